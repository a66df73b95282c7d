//! Pupils whose class the report does not give, and one name in two classes: the user is asked, with the
//! alias row that settles it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::blocks::Block;
use super::lines::fold;
use super::roster::row;
use super::terms::TermBook;
use super::{Import, PupilBlock, dates};
use crate::base::problems::ProblemSeverity;
use crate::base::said::said;
use crate::base::source::SourceRef;
use crate::model::*;

/// How many equal term marks in two classes make them one pupil's, carried over.
const ENOUGH_ALIKE: usize = 3;

/// The reports' data on one pupil in one class.
#[derive(Default)]
pub(super) struct Stay {
    place: SourceRef,
    /// The first and the last day with a mark or letter.
    pub(super) signs: Option<Span>,
    /// The days of the reports, if no day has a mark or letter.
    pub(super) days: Option<Span>,
    /// Results by folded subject and term.
    results: BTreeMap<(String, String), Text>,
}

/// A pupil in a class.
type Who = (Id<Class>, Id<Pupil>);
/// Stays by name, then by class and pupil.
type Named = BTreeMap<String, BTreeMap<Who, Stay>>;

impl Import<'_> {
    /// Returns the class of a pupil whose report names none, if an alias or the tables' enrolment has the
    /// name.
    pub(super) fn class_of_pupil(&mut self, name: &str, block: &Block, place: SourceRef) -> Option<Text> {
        let source = self.source(place);
        if let [class] = self.builder.aliases.classes_of(name, source.as_pair()).as_slice() {
            return Some((*class).clone());
        }
        let mut classes = self.roster.classes_of(name);
        if let (Some(period), true) = (dates::period(&block.labels.period), classes.len() > 1) {
            let journal = &self.builder.journal;
            let is_there = |class: &Id<Class>| {
                let mut stays = journal.enrolment.iter().filter(|stay| stay.class == *class);
                stays.any(|stay| {
                    fold(&journal.pupils[stay.pupil].full_name()) == fold(name)
                        && stay.span.intersect(period).is_some()
                })
            };
            classes.retain(is_there);
        }
        if let [class] = classes.as_slice() {
            return Some(self.builder.journal.classes[*class].key.clone());
        }
        self.ask_class(name, &source.0, place);
        None
    }

    fn ask_class(&mut self, name: &str, file: &str, place: SourceRef) {
        let journal = &self.builder.journal;
        let named = journal.pupils.values().filter(|pupil| fold(&pupil.full_name()) == fold(name));
        let known: Vec<(Text, Text)> = named.filter_map(|pupil| self.class_and_id(pupil)).collect();
        let (class, id) = match known.as_slice() {
            [(class, id)] => (class.as_str(), id.as_str()),
            _ => ("8А", "у1"),
        };
        let row = row(name, class, id);
        let message = said!(
            "в отчёте «{file}» не указан класс ученика «{name}»: таблица не прочитана",
            "the report \"{file}\" does not say the class of \"{name}\": the table was not read"
        );
        let hint = said!(
            "скажите, в каком он классе: строка {row} в таблице aliases (класс и код ученика — ваши) или строки таблиц pupils и enrolment",
            "say which class it is: the row {row} in the table aliases (with the right class, and an id of yours), or rows of the tables pupils and enrolment"
        );
        self.note("J638", ProblemSeverity::Error, place, ("Класс", name), (message, hint));
    }

    fn class_and_id(&self, pupil: &Pupil) -> Option<(Text, Text)> {
        let journal = &self.builder.journal;
        let id = self.builder.keys.get::<Pupil>(&pupil.key)?;
        let stay = journal.enrolment.iter().find(|stay| stay.pupil == id)?;
        Some((journal.classes[stay.class].key.clone(), pupil.key.clone()))
    }

    /// Asks whether pupils with one full name in two classes are one who moved, or two.
    pub(super) fn ask_about_moves(&mut self, blocks: &[PupilBlock], terms: &TermBook) {
        for (_, stays) in self.stays_by_name(blocks, terms) {
            let mut stays: Vec<_> = stays.into_iter().collect();
            stays.sort_by_key(|(_, stay)| stay.signs.or(stay.days).map(|span| span.from));
            for (number, (who, stay)) in stays.iter().enumerate() {
                let before = stays[..number].iter();
                let mut others =
                    before.filter(|(other, _)| other.1 != who.1 && !self.is_settled(*other, *who));
                if let Some((other, earlier)) = others.find(|(_, other)| !are_two(other, stay)) {
                    self.ask_move((*other, earlier), (*who, stay));
                }
            }
        }
    }

    /// Returns whether a person has decided who the two are: by an alias of one, or by enrolling both.
    fn is_settled(&self, one: Who, other: Who) -> bool {
        let is_enrolled = |(class, pupil): Who| !self.stays.contains(&(pupil, class));
        self.told.contains(&one) || self.told.contains(&other) || (is_enrolled(one) && is_enrolled(other))
    }

    fn stays_by_name(&self, blocks: &[PupilBlock], terms: &TermBook) -> Named {
        let journal = &self.builder.journal;
        let mut named = Named::new();
        for block in blocks {
            let name = fold(&journal.pupils[block.pupil].full_name());
            let stay = named.entry(name).or_default().entry((block.class, block.pupil)).or_default();
            stay.take(block, |title| {
                terms.by_title(journal.classes[block.class].grade, title).map(|term| journal.terms[term].span)
            });
        }
        // Two pupils with one name in one class are different people: their order distinguishes them.
        named.retain(|_, stays| stays.keys().map(|(class, _)| class).collect::<BTreeSet<_>>().len() > 1);
        named
    }

    fn ask_move(&mut self, ((first, pupil), earlier): (Who, &Stay), ((second, _), later): (Who, &Stay)) {
        let journal = &self.builder.journal;
        let (one, other) = (journal.classes[first].key.clone(), journal.classes[second].key.clone());
        let id = journal.pupils[pupil].key.clone();
        let full = journal.pupils[pupil].full_name();
        let days = |stay: &Stay| {
            stay.signs
                .or(stay.days)
                .map_or_else(String::new, |span| format!(" ({} — {})", ru(span.from), ru(span.to)))
        };
        let (there, here) = (days(earlier), days(later));
        let message = said!(
            "«{full}» есть в отчётах {one}{there} и {other}{here}: один ученик перешёл или это тёзки? Пока считаются двумя",
            "\"{full}\" is in the reports of {one}{there} and of {other}{here}: one pupil who moved, or two? Counted as two for now"
        );
        let rows = format!("{} и {}", row(&full, &one, &id), row(&full, &other, &id));
        let two = row(&full, &other, "…");
        let hint = said!(
            "если один — добавьте в таблицу aliases строки {rows} или его строки в pupils и enrolment; если тёзки — строку {two} с другим кодом",
            "if one, add the rows {rows} to the table aliases, or his rows to pupils and enrolment; if two, the row {two} with another id"
        );
        self.note("J639", ProblemSeverity::Error, later.place, ("Ученик", &full), (message, hint));
    }
}

fn ru(date: Date) -> String {
    format!("{:02}.{:02}.{}", date.day(), date.month(), date.year())
}

impl Stay {
    pub(super) fn take(&mut self, block: &PupilBlock, span_of: impl Fn(&str) -> Option<Span>) {
        let is_first = self.place == SourceRef::default();
        if is_first {
            self.place = block.place();
        }
        for row in &block.rows {
            let signed = row.entries.iter().filter(|entry| !entry.text.is_empty());
            signed.for_each(|entry| {
                self.signs = Some(over(self.signs, Span { from: entry.date, to: entry.date }));
            });
            for (title, sums) in
                block.terms.iter().zip(&row.terms).filter(|(_, sums)| !super::lines::is_blank(&sums.result))
            {
                self.results.insert((fold(&row.subject), fold(title)), sums.result.clone());
                self.days = span_of(title).map(|span| over(self.days, span)).or(self.days);
            }
        }
        let span = block.period.or_else(|| span_of(&block.term));
        self.days = span.map(|span| over(self.days, span)).or(self.days);
    }
}

fn over(known: Option<Span>, more: Span) -> Span {
    known.map_or(more, |known| Span { from: known.from.min(more.from), to: known.to.max(more.to) })
}

/// Returns whether two stays cannot be one pupil's: entries on the same days, or different marks for the same
/// terms.
fn are_two(one: &Stay, other: &Stay) -> bool {
    if let (Some(one), Some(other)) = (one.signs, other.signs)
        && one.intersect(other).is_some()
    {
        return true;
    }
    let common = one.results.iter().filter_map(|(key, value)| Some((value, other.results.get(key)?)));
    let (alike, differ): (Vec<_>, Vec<_>) = common.partition(|(one, other)| one == other);
    let are_dated = one.signs.is_some() && other.signs.is_some();
    !are_dated && !differ.is_empty() || (!are_dated && alike.len() < ENOUGH_ALIKE && !alike.is_empty())
}
