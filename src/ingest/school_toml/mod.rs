//! Reads `school.toml`: the school, the year, the officials, the archive's identifiers.

mod file;
mod texts;
mod unfilled;

use jiff::civil::Date;

use self::file::{ArchivePart, File, OfficialPart, RegulationPart, SchoolPart, line_of_key, reject};
use super::parse;
use super::problems::Problems;
use super::trust::Trust;
use crate::base::limits;
use crate::base::said::{Said, said};
use crate::model::{ArchiveIds, Deputy, Journal, Official, Officials, Regulation, School, SchoolYear};

/// What the file says that is not part of the journal.
#[derive(Default)]
pub(super) struct Settings {
    /// The date that builds are made for, if the year gives one.
    pub(super) as_of: Option<Date>,
    /// Which source is believed.
    pub(super) trust: Trust,
    /// Bundles of earlier years to compare with, as they are written.
    pub(super) compare: Vec<String>,
}

/// Reads the text into the journal's head and returns the rest. `None` means that nothing can be built.
pub(super) fn read(text: &str, journal: &mut Journal, problems: &mut Problems) -> Option<Settings> {
    let mut file: File = match toml::from_str(text) {
        Ok(file) => file,
        Err(error) => {
            reject(problems, line_of(text, error.span()), "", Said::new(error.message(), error.message()));
            return None;
        }
    };
    let mut dates = Dates { text, problems, is_bad: false };
    let start = dates.required("year", "start", file.year.start.as_ref());
    let end = dates.required("year", "end", file.year.end.as_ref());
    let as_of = dates.optional("year", "as_of", file.year.as_of.as_ref());
    let ordered = dates.optional("regulation", "date", file.regulation.date.as_ref());
    let is_bad = dates.is_bad | !texts::are_sound(text, &file, problems);
    unfilled::take_out(text, &mut file, problems);
    let titles = [("school", "name", &file.school.name), ("year", "title", &file.year.title)];
    for (part, key, _) in titles.iter().filter(|(_, _, value)| value.trim().is_empty()) {
        let message = said!("в разделе [{part}] нет {key}", "{key} is missing in [{part}]");
        reject(problems, None, key, message);
    }
    if is_bad || titles.iter().any(|(_, _, value)| value.trim().is_empty()) {
        return None;
    }
    let (start, end) = (start?, end?);
    if let Some(message) = wrong_span(start, end) {
        reject(problems, line_of_key(text, "year", "start"), "year.start", message);
        return None;
    }
    journal.year = SchoolYear { title: file.year.title.trim().to_owned(), start, end };
    let trust = Trust::new(std::mem::take(&mut file.sources.trust));
    let compare = file.compare.bundles.iter().map(|path| path.trim().to_owned());
    let compare = compare.filter(|path| !path.is_empty()).collect();
    fill(journal, file, ordered);
    Some(Settings { as_of, trust, compare })
}

/// Reports what is wrong with the ends of a school year.
fn wrong_span(start: Date, end: Date) -> Option<Said> {
    let (days, most) = (start.until(end).map_or(0, |span| span.get_days()), limits::YEAR_DAYS);
    if start > end {
        return Some(said!("год начинается позже, чем кончается", "the year begins after its end"));
    }
    (days > most).then(|| {
        said!(
            "год длится {days} дней, а может не больше {most}",
            "the year has {days} days, no more than {most} are allowed"
        )
    })
}

fn fill(journal: &mut Journal, file: File, ordered: Option<Date>) {
    let SchoolPart { name, short, place, municipality, region, utc_offset } = file.school;
    let short = if short.is_empty() { name.clone() } else { short };
    journal.school = School { name, short, place, municipality, region, utc_offset };
    let deputies = file.officials.deputies.into_iter().map(|part| {
        let grades = part.grades.clone();
        Deputy { official: official(part), grades }
    });
    journal.officials = Officials {
        deputies: deputies.collect(),
        director: official(file.officials.director),
        archivist: official(file.officials.archivist),
    };
    let RegulationPart { title, order, .. } = file.regulation;
    journal.regulation = Regulation { title, order, date: ordered };
    let ArchivePart { fond, journal_index, sheet_index } = file.archive;
    journal.archive = ArchiveIds { fond, journal_index, sheet_index };
}

fn official(part: OfficialPart) -> Official {
    Official { post: part.post, name: part.name }
}

/// Reads dates of the file, written as TOML dates or as text.
struct Dates<'a> {
    text: &'a str,
    problems: &'a mut Problems,
    is_bad: bool,
}

impl Dates<'_> {
    fn required(&mut self, part: &str, key: &str, value: Option<&toml::Value>) -> Option<Date> {
        if value.is_none() {
            self.is_bad = true;
            reject(
                self.problems,
                None,
                key,
                said!("в разделе [{part}] нет {key}", "{key} is missing in [{part}]"),
            );
        }
        self.optional(part, key, value)
    }

    fn optional(&mut self, part: &str, key: &str, value: Option<&toml::Value>) -> Option<Date> {
        let text = match value? {
            toml::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let date = parse::date(&text);
        if date.is_none() {
            self.is_bad = true;
            let (first, last) = limits::YEARS.into_inner();
            let message = said!(
                "«{text}» — не дата {first}–{last} годов",
                "\"{text}\" is no date of the years {first} to {last}"
            );
            reject(self.problems, line_of_key(self.text, part, key), key, message);
        }
        date
    }
}

fn line_of(text: &str, span: Option<std::ops::Range<usize>>) -> Option<u32> {
    let before = text.get(..span?.start)?;
    u32::try_from(before.matches('\n').count() + 1).ok()
}
