//! Which term a column of the report card, or the span of a report on progress, is: one of the bundle's, else a new one.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};

use super::lines::fold;
use super::{Import, PupilBlock, at};
use crate::findings::ProblemSeverity;
use crate::ingest::problems::words;
use crate::model::*;
use crate::source::SourceRef;

/// A report on progress is of a term when this share of its days is in the term; of the year, when it has this share
/// of the year's days. Schools pick the days by hand, so some slack is needed.
const ENOUGH_PERCENT: i64 = 80;

/// What the days of a report on progress are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Days {
    Term(Id<Term>),
    Year,
    Other,
}

/// The terms of the bundle as the reports name them.
pub(super) struct TermBook {
    titles: BTreeMap<(u8, String), Id<Term>>,
    periods: BTreeMap<(u8, Span), Days>,
    years: BTreeMap<u8, Id<Term>>,
}

/// A kind of term and its number in the year.
type Slot = (TermKind, usize);

impl TermBook {
    /// Returns the term of a grade by its printed title.
    pub(super) fn by_title(&self, grade: u8, title: &str) -> Option<Id<Term>> {
        self.titles.get(&(grade, fold(title))).copied()
    }

    /// Tells what a span of dates is.
    pub(super) fn days(&self, grade: u8, span: Span) -> Days {
        self.periods.get(&(grade, span)).copied().unwrap_or(Days::Other)
    }

    /// Tells what the days of a report are: as its own label names the term, else by its span.
    pub(super) fn days_of(&self, journal: &Journal, block: &PupilBlock) -> Days {
        let grade = journal.classes[block.class].grade;
        match self.by_title(grade, &block.term) {
            Some(term) => Days::Term(term),
            None => block.period.map_or(Days::Other, |span| self.days(grade, span)),
        }
    }

    /// Returns the term of a report on progress.
    pub(super) fn term_of(&self, journal: &Journal, block: &PupilBlock) -> Option<Id<Term>> {
        match self.days_of(journal, block) {
            Days::Term(term) => Some(term),
            _ => None,
        }
    }

    /// Returns the grade's term of kind `year`.
    pub(super) fn year(&self, grade: u8) -> Option<Id<Term>> {
        self.years.get(&grade).copied()
    }
}

/// What the reports say of terms: printed titles and spans, by grade, with the first place of each.
#[derive(Default)]
struct Wanted {
    titles: BTreeMap<(u8, String), (Text, SourceRef)>,
    periods: BTreeSet<(u8, Span)>,
    grades: BTreeSet<u8>,
}

impl Import<'_> {
    /// Finds every term the reports speak of, and makes those that the bundle has no table for.
    pub(super) fn terms(&mut self, blocks: &[PupilBlock]) -> TermBook {
        let wanted = self.wanted(blocks);
        let first = at(blocks.first().map_or(0, |block| block.origin), 1);
        if self.builder.journal.terms.is_empty() {
            self.make_terms(&wanted, first);
        }
        let years = self.year_terms(&wanted, first);
        let mut titles = BTreeMap::new();
        for ((grade, folded), (title, place)) in &wanted.titles {
            let source = self.source(*place);
            let alias = self.builder.aliases.by_name(Table::Terms, title, "", source.as_pair());
            let meant = alias.and_then(|id| self.builder.keys.terms.get(id));
            match meant.or_else(|| self.named(*grade, folded)) {
                Some(term) => drop(titles.insert((*grade, folded.clone()), term)),
                None => self.unknown_term(*place, title),
            }
        }
        let days = |(grade, span): &(u8, Span)| ((*grade, *span), self.what(*grade, *span));
        let periods = wanted.periods.iter().map(days).collect();
        TermBook { titles, periods, years }
    }

    fn wanted(&self, blocks: &[PupilBlock]) -> Wanted {
        let mut wanted = Wanted::default();
        for block in blocks {
            let grade = self.builder.journal.classes[block.class].grade;
            wanted.grades.insert(grade);
            wanted.periods.extend(block.period.map(|span| (grade, span)));
            // The label above a table may hold anything; a column of it has marks.
            let label = Some(&block.term).filter(|term| slot(&fold(term)).is_some());
            for title in block.terms.iter().chain(label) {
                wanted.titles.entry((grade, fold(title))).or_insert((title.clone(), block.place()));
            }
        }
        wanted
    }

    /// Says for which terms a class with reports on progress has none: its absences and lessons are of the others only.
    pub(super) fn say_terms_without_cells(&mut self, blocks: &[PupilBlock], book: &TermBook) {
        let mut covered: BTreeMap<Id<Class>, (SourceRef, BTreeSet<Id<Term>>)> = BTreeMap::new();
        for block in blocks.iter().filter(|block| !block.is_card()) {
            let grade = self.builder.journal.classes[block.class].grade;
            let (_, terms) = covered.entry(block.class).or_insert((block.place(), BTreeSet::new()));
            match book.days_of(&self.builder.journal, block) {
                Days::Term(term) => drop(terms.insert(term)),
                Days::Year => terms.extend(self.builder.journal.terms_of_grade(grade)),
                Days::Other => {}
            }
        }
        for (class, (place, covered)) in covered {
            let journal = &self.builder.journal;
            let terms = journal.terms_of_grade(journal.classes[class].grade).into_iter();
            let missing = terms.filter(|term| !covered.contains(term));
            let missing: Vec<&str> = missing.map(|term| journal.terms[term].title.as_str()).collect();
            if missing.is_empty() {
                continue;
            }
            let (key, missing) = (journal.classes[class].key.clone(), missing.join(", "));
            let message = words(
                format!(
                    "по классу {key} нет отчёта об успеваемости и посещаемости за: {missing}; пропуски и отметки за уроки — только за остальное"
                ),
                format!(
                    "class {key} has no report on progress for: {missing}; absences and marks of lessons are of the rest only"
                ),
            );
            let hint = words("выгрузите отчёт за каждый период", "export the report for every term");
            self.note("J628", ProblemSeverity::Notice, place, ("Период", ""), (message, hint));
        }
    }

    fn unknown_term(&mut self, place: SourceRef, title: &Text) {
        let message = words(
            format!("период «{title}» не найден среди периодов класса: его отметки не прочитаны"),
            format!("term \"{title}\" is none of the class's terms: its marks were not read"),
        );
        let hint = words(
            format!("проверьте таблицу terms или добавьте в таблицу aliases строку «terms;{title};;;…»"),
            format!("check the table of terms, or add the row \"terms;{title};;;…\" to the table aliases"),
        );
        self.note("J615", ProblemSeverity::Error, place, ("Учебные периоды", title), (message, hint));
    }

    /// Finds a term by title, or by its kind and number: «1 Четверть» is the grade's first quarter.
    fn named(&self, grade: u8, folded: &str) -> Option<Id<Term>> {
        let journal = &self.builder.journal;
        let terms = journal.terms_of_grade(grade);
        let same = terms.iter().find(|term| fold(&journal.terms[**term].title) == folded);
        same.copied().or_else(|| {
            let (kind, number) = slot(folded)?;
            terms.into_iter().filter(|term| journal.terms[*term].kind == kind).nth(number - 1)
        })
    }

    /// Tells which term most of a span's days are in.
    fn what(&self, grade: u8, span: Span) -> Days {
        let journal = &self.builder.journal;
        let common = |other: Span| span.intersect(other).map_or(0, days);
        let terms = journal.terms_of_grade(grade).into_iter();
        let best = terms.map(|term| (common(journal.terms[term].span), std::cmp::Reverse(term))).max();
        if let Some((shared, std::cmp::Reverse(term))) = best
            && shared * 100 >= days(span) * ENOUGH_PERCENT
        {
            return Days::Term(term);
        }
        let year = Span { from: journal.year.start, to: journal.year.end };
        if common(year) * 100 >= days(year) * ENOUGH_PERCENT { Days::Year } else { Days::Other }
    }

    fn year_terms(&mut self, wanted: &Wanted, place: SourceRef) -> BTreeMap<u8, Id<Term>> {
        let journal = &self.builder.journal;
        let known = |grade: u8| journal.years_of_grade(grade).first().copied();
        let missing: BTreeSet<u8> =
            wanted.grades.iter().copied().filter(|grade| known(*grade).is_none()).collect();
        if !missing.is_empty() {
            let span = Span { from: journal.year.start, to: journal.year.end };
            self.push_term((TermKind::Year, 1), span, &missing, place);
        }
        let journal = &self.builder.journal;
        let years = wanted.grades.iter().filter_map(|grade| {
            let year = journal.years_of_grade(*grade).first().copied()?;
            Some((*grade, year))
        });
        years.collect()
    }

    /// Makes the terms the reports speak of, where the bundle has no table of terms.
    fn make_terms(&mut self, wanted: &Wanted, place: SourceRef) {
        let mut slots: BTreeMap<Slot, BTreeSet<u8>> = BTreeMap::new();
        for (grade, folded) in wanted.titles.keys() {
            if let Some(slot) = slot(folded) {
                slots.entry(slot).or_default().insert(*grade);
            }
        }
        let year = &self.builder.journal.year;
        let year = Span { from: year.start, to: year.end };
        // Where a report card names the terms, spans of other reports make none.
        let named: BTreeSet<u8> = slots.values().flatten().copied().collect();
        for (grade, span) in wanted.periods.iter().filter(|(grade, _)| !named.contains(grade)) {
            if let Some(slot) = likeliest(year, *span) {
                slots.entry(slot).or_default().insert(*grade);
            }
        }
        for ((kind, number), grades) in &slots {
            let spans = spans(year, *kind, wanted, grades);
            if let Some(span) = spans.get(number - 1) {
                self.push_term((*kind, *number), *span, grades, place);
            }
        }
        let message = words(
            "в комплекте нет таблицы terms: границы учебных периодов взяты из отчётов, а где отчётов нет — обычные",
            "the bundle has no table of terms: their days were taken from the reports and, where there are none, from custom",
        );
        let hint =
            words("добавьте таблицу terms с датами школы", "add a table of terms with the school's dates");
        self.note("J616", ProblemSeverity::Warning, place, ("", ""), (message, hint));
    }

    fn push_term(&mut self, (kind, number): Slot, span: Span, grades: &BTreeSet<u8>, place: SourceRef) {
        let numbers: Vec<String> = grades.iter().map(u8::to_string).collect();
        let grades = GradeSet::parse(&numbers.join(";")).unwrap_or(GradeSet::ALL);
        let (letter, title) = match kind {
            TermKind::Quarter => ("Q", format!("{number} четверть")),
            TermKind::Trimester => ("T", format!("{number} триместр")),
            TermKind::HalfYear => ("H", format!("{number} полугодие")),
            TermKind::Year => ("Y", "Год".to_owned()),
        };
        let key = Text::from(format!("{letter}{number}"));
        let builder = &mut *self.builder;
        let key = if builder.keys.terms.get(&key).is_some() { Text::from(format!("ns-{key}")) } else { key };
        let term = Term { key: key.clone(), kind, title: title.into(), span, grades, place };
        let id = builder.journal.terms.push(term);
        builder.keys.terms.insert(key, id);
    }
}

/// Reads «1 четверть», «II полугодие», «2-й триместр», «Первая четверть».
pub(super) fn slot(folded: &str) -> Option<Slot> {
    const ORDINALS: [(&str, usize); 4] = [("перв", 1), ("втор", 2), ("трет", 3), ("четвертая", 4)];
    let kinds = [
        ("четверть", TermKind::Quarter, 4),
        ("четверти", TermKind::Quarter, 4),
        ("четв.", TermKind::Quarter, 4),
        ("триместр", TermKind::Trimester, 3),
        ("полугоди", TermKind::HalfYear, 2),
    ];
    let (_, kind, most) = kinds.into_iter().find(|(word, ..)| folded.contains(word))?;
    let number = folded.split_whitespace().find_map(|word| match word {
        "i" => Some(1),
        "ii" => Some(2),
        "iii" => Some(3),
        "iv" => Some(4),
        other => {
            let ordinal = ORDINALS.iter().find(|(start, _)| other.starts_with(start));
            let digits = other.trim_start_matches('№').trim_end_matches(|c: char| !c.is_ascii_digit());
            ordinal.map(|(_, number)| *number).or_else(|| digits.parse().ok())
        }
    })?;
    (1..=most).contains(&number).then_some((kind, number))
}

/// Returns the days a kind of term usually has: schools move the borders by a week or two.
fn custom(year: Span, kind: TermKind) -> Vec<Span> {
    let (first, second) = (year.from.year(), year.to.year());
    let starts: &[Date] = match kind {
        TermKind::Quarter => &[date(first, 11, 1), date(second, 1, 1), date(second, 3, 26)],
        TermKind::Trimester => &[date(first, 12, 1), date(second, 3, 1)],
        TermKind::HalfYear => &[date(second, 1, 1)],
        TermKind::Year => &[],
    };
    let from = std::iter::once(year.from).chain(starts.iter().copied());
    let ends = starts.iter().map(|start| start.yesterday().unwrap_or(*start));
    from.zip(ends.chain(std::iter::once(year.to))).map(|(from, to)| Span { from, to }).collect()
}

/// Returns the customary days of a kind of term, moved to those of the reports that are of one of them.
fn spans(year: Span, kind: TermKind, wanted: &Wanted, grades: &BTreeSet<u8>) -> Vec<Span> {
    let custom = custom(year, kind);
    let mut spans = custom.clone();
    let periods = wanted.periods.iter().filter(|(grade, _)| grades.contains(grade));
    for (number, usual) in custom.iter().enumerate() {
        let of_term = |span: &Span| likeness(*span, *usual) * 100 >= days(*usual).max(1) * 60;
        // Of several classes' spans the longest: a class may have broken up earlier.
        let best = periods.clone().map(|(_, span)| *span).filter(of_term).max_by_key(|span| days(*span));
        let Some(best) = best else { continue };
        spans[number] = best;
        if let Some(before) = number.checked_sub(1) {
            spans[before].to = spans[before].to.min(best.from.yesterday().unwrap_or(best.from));
        }
        if let Some(after) = spans.get_mut(number + 1) {
            after.from = after.from.max(best.to.tomorrow().unwrap_or(best.to));
        }
    }
    spans
}

/// Returns the term whose customary days are most like a span's.
fn likeliest(year: Span, span: Span) -> Option<Slot> {
    let kinds = [TermKind::Quarter, TermKind::Trimester, TermKind::HalfYear];
    let all = kinds.into_iter().flat_map(|kind| {
        custom(year, kind).into_iter().enumerate().map(move |(index, usual)| (usual, (kind, index + 1)))
    });
    let fit = |usual: Span| likeness(span, usual) * 1000 / days(usual).max(days(span)).max(1);
    let best = all
        .map(|(usual, slot)| (fit(usual), slot))
        .max_by_key(|(fit, (kind, _))| (*fit, std::cmp::Reverse(*kind)));
    best.filter(|(fit, _)| *fit >= 600).map(|(_, slot)| slot)
}

fn likeness(one: Span, other: Span) -> i64 {
    one.intersect(other).map_or(0, days)
}

fn days(span: Span) -> i64 {
    span.from.until(span.to).map_or(0, |between| i64::from(between.get_days())) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_titles_are_terms() {
        assert_eq!(slot("1 четверть"), Some((TermKind::Quarter, 1)));
        assert_eq!(slot("ii полугодие"), Some((TermKind::HalfYear, 2)));
        assert_eq!(slot("3-й триместр"), Some((TermKind::Trimester, 3)));
        assert_eq!(slot("четвертая четверть"), Some((TermKind::Quarter, 4)));
        assert_eq!(slot("четверть №2"), Some((TermKind::Quarter, 2)));
        assert_eq!(slot("5 четверть"), None);
        assert_eq!(slot("четверть"), None);
    }

    #[test]
    fn a_span_is_the_term_it_is_most_like() {
        let year = Span { from: date(2024, 9, 1), to: date(2025, 5, 31) };
        let quarter = Span { from: date(2024, 11, 5), to: date(2024, 12, 27) };
        let half = Span { from: date(2025, 1, 9), to: date(2025, 5, 26) };
        assert_eq!(likeliest(year, quarter), Some((TermKind::Quarter, 2)));
        assert_eq!(likeliest(year, half), Some((TermKind::HalfYear, 2)));
        assert_eq!(likeliest(year, Span { from: date(2025, 4, 7), to: date(2025, 4, 11) }), None);
    }
}
