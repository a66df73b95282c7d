//! The steps of a value on its way into a column: dates, moments, parts of names, word lists, look-ups.

use jiff::SignedDuration;
use jiff::civil::{DateTime, Time, date};

use super::dates::DateForm;
use super::directory::{Directory, Found};
use super::refusal::{Refusal, Why};
use super::words::WordLists;
use crate::base::said::{Said, said};
use crate::ingest::aliases::Aliases;
use crate::ingest::parse;
use crate::model::{SchoolYear, Table};

/// One pipe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Pipe {
    /// The meaning in a word list; with `?` an unknown word gives nothing rather than a problem.
    Words {
        list: String,
        is_lenient: bool,
    },
    /// The id of the record of the bundle's own tables that has this value: `find subjects.title`.
    Find(String),
    /// A date in one of the profile's forms.
    Date,
    /// A moment; one with a time zone is converted to the school's own time.
    Moment,
    /// Seconds since 1970 as a moment in the school's own time.
    Epoch,
    /// The first, second, and every further word of a full name.
    Surname,
    GivenName,
    Patronymic,
    /// The digits at the beginning: `5А` is 5, `1 урок` is 1.
    Number,
    /// The text after the digits at the beginning: `5А` is А.
    Letter,
    /// The text before or after another text. If that does not occur, before is everything and after is
    /// nothing.
    Before(String),
    After(String),
}

/// The bundle's facts for every record of a file.
pub(super) struct Setting<'a> {
    pub(super) year: &'a SchoolYear,
    pub(super) utc_offset: &'a str,
    pub(super) dates: &'a [DateForm],
    pub(super) directory: &'a Directory,
    pub(super) aliases: &'a Aliases,
    pub(super) profile: &'a str,
    pub(super) file: &'a str,
    pub(super) sheet: &'a str,
}

impl Setting<'_> {
    /// The names that a template may use with `@`.
    pub(super) const NAMES: &'static [&'static str] = &["file", "folder", "sheet", "year.start", "year.end"];

    /// Returns one of [`Self::NAMES`].
    pub(super) fn named(&self, name: &str) -> String {
        let mut parts = self.file.rsplit('/');
        let file = parts.next().unwrap_or_default();
        match name {
            "file" => file.rsplit_once('.').map_or(file, |(stem, _)| stem).to_owned(),
            "folder" => parts.next().unwrap_or_default().to_owned(),
            "sheet" => self.sheet.to_owned(),
            "year.start" => self.year.start.to_string(),
            "year.end" => self.year.end.to_string(),
            _ => String::new(),
        }
    }

    /// Finds the pupil with a source's name in a class.
    pub(super) fn pupil(&self, name: &str, class: &str) -> Found {
        let class = parse::class_name(class);
        let alias = self.aliases.by_name(Table::Pupils, name, &class, (self.profile, self.file));
        alias.map_or_else(|| self.directory.pupil(name, &class), |id| Found::One(id.to_string()))
    }

    /// Finds the record with a source's name: by the table of aliases, or by the bundle's own tables.
    fn find(&self, place: &str, text: &str) -> Found {
        let table = place.split('.').next().and_then(Table::parse);
        let source = (self.profile, self.file);
        let alias = table.and_then(|table| self.aliases.by_name(table, text, "", source));
        alias.map_or_else(|| self.directory.find(place, text), |id| Found::One(id.to_string()))
    }
}

impl Pipe {
    /// Parses a pipe of a profile.
    pub(super) fn parse(text: &str, words: &WordLists) -> Result<Self, Said> {
        let (name, rest) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
        let argument = rest.trim().to_owned();
        Ok(match (name, argument.is_empty()) {
            ("date", true) => Self::Date,
            ("moment", true) => Self::Moment,
            ("epoch", true) => Self::Epoch,
            ("surname", true) => Self::Surname,
            ("given_name", true) => Self::GivenName,
            ("patronymic", true) => Self::Patronymic,
            ("number", true) => Self::Number,
            ("letter", true) => Self::Letter,
            ("before", false) => Self::Before(argument),
            ("after", false) => Self::After(argument),
            ("find", false) => Self::Find(Directory::check(&argument)?),
            _ => {
                let (list, is_lenient) = name.strip_suffix('?').map_or((name, false), |list| (list, true));
                if !words.contains_key(list) || !argument.is_empty() {
                    return Err(said!(
                        "нет ни действия, ни списка слов «{text}»",
                        "\"{text}\" is neither an action nor a word list"
                    ));
                }
                Self::Words { list: list.to_owned(), is_lenient }
            }
        })
    }

    /// Passes a value through; an empty value stays empty.
    pub(super) fn apply(
        &self,
        text: String,
        words: &WordLists,
        setting: &Setting<'_>,
    ) -> Result<String, Refusal> {
        if text.is_empty() {
            return Ok(text);
        }
        Ok(match self {
            Self::Words { list, is_lenient } => {
                let meaning = words.get(list).and_then(|list| list.meaning(&text));
                match meaning {
                    Some(meaning) => meaning,
                    None if *is_lenient => String::new(),
                    None => return Err(Refusal { value: text, why: Why::NotInList(list.clone()) }),
                }
            }
            Self::Find(place) => match setting.find(place, &text) {
                Found::One(id) => id,
                Found::None | Found::Stranger(_) => String::new(),
                Found::Several => return Err(Refusal { value: text, why: Why::Ambiguous(place.clone()) }),
            },
            // An unreadable value is passed on unchanged: the reader of rows reports its place and the
            // expected form.
            Self::Date => {
                DateForm::read(setting.dates, &text, setting.year).map_or(text, |date| date.to_string())
            }
            Self::Moment => moment(&text, setting).map_or(text, |moment| moment.to_string()),
            Self::Epoch => epoch(&text, setting).map_or(text, |moment| moment.to_string()),
            Self::Surname => word(&text, 0),
            Self::GivenName => word(&text, 1),
            Self::Patronymic => text.split_whitespace().skip(2).collect::<Vec<_>>().join(" "),
            Self::Number => text.chars().take_while(char::is_ascii_digit).collect(),
            Self::Letter => {
                parse::class_name(text.trim_start_matches(|c: char| c.is_ascii_digit())).to_string()
            }
            Self::Before(mark) => {
                text.split_once(mark).map_or(text.as_str(), |(before, _)| before).trim().to_owned()
            }
            Self::After(mark) => text.split_once(mark).map_or("", |(_, after)| after).trim().to_owned(),
        })
    }
}

fn word(text: &str, index: usize) -> String {
    text.split_whitespace().nth(index).unwrap_or_default().to_owned()
}

/// Reads a moment; one with a time zone (`Z`, `+03:00`) is converted to the school's time.
fn moment(text: &str, setting: &Setting<'_>) -> Option<DateTime> {
    let (day, time) = text.split_once(['T', ' '])?;
    let day = DateForm::read(setting.dates, day, setting.year)?;
    let zone_at = time.find(['Z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at(zone_at);
    let moment = day.to_datetime(parse::time(clock)?);
    match zone {
        "" => Some(moment),
        "Z" => shifted(moment, offset(setting.utc_offset)?),
        _ => shifted(moment, offset(setting.utc_offset)? - offset(zone)?),
    }
}

fn epoch(text: &str, setting: &Setting<'_>) -> Option<DateTime> {
    let seconds: i64 = text.split('.').next()?.parse().ok()?;
    let start = date(1970, 1, 1).to_datetime(Time::midnight());
    start
        .checked_add(SignedDuration::from_secs(seconds))
        .ok()
        .and_then(|utc| shifted(utc, offset(setting.utc_offset)?))
}

fn shifted(moment: DateTime, by: SignedDuration) -> Option<DateTime> {
    moment.checked_add(by).ok()
}

/// Reads `+04:00` or `-0330`.
fn offset(text: &str) -> Option<SignedDuration> {
    let (sign, rest) = match text.trim().strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.trim().trim_start_matches('+')),
    };
    let digits: String = rest.chars().filter(|c| *c != ':').collect();
    let number: i64 = digits.parse().ok().filter(|_| (1..=4).contains(&digits.len()))?;
    let minutes = if digits.len() > 2 { number / 100 * 60 + number % 100 } else { number * 60 };
    Some(SignedDuration::from_mins(sign * minutes))
}

/// A date far from every year: for tests of forms without a year.
#[cfg(test)]
pub(super) fn sample_year() -> SchoolYear {
    SchoolYear { title: "2024-2025".to_owned(), start: date(2024, 9, 1), end: date(2025, 5, 31) }
}
