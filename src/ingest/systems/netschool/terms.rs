//! Finds the term of a report card's column, or of a report's span: one of the bundle's, or a new one.

use std::collections::{BTreeMap, BTreeSet};

use super::calendar::{Slot, days, likeliest, most, slot, spans};
use super::lines::fold;
use super::{Import, PupilBlock, at};
use crate::base::problems::ProblemSeverity;
use crate::base::said::said;
use crate::base::source::SourceRef;
use crate::model::*;

/// A report on progress belongs to a term if this share of its days is in the term, and to the year if it has
/// this share of the year's days. Schools pick the days by hand, so some tolerance is needed.
const ENOUGH_PERCENT: i64 = 80;

/// What the days of a report on progress are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Days {
    Term(Id<Term>),
    Year,
    Other,
}

/// The terms of the bundle, as the reports name them.
pub(super) struct TermBook {
    titles: BTreeMap<(u8, String), Id<Term>>,
    periods: BTreeMap<(u8, Span), Days>,
    years: BTreeMap<u8, Id<Term>>,
}

impl TermBook {
    /// Returns the term of a grade by its printed title.
    pub(super) fn by_title(&self, grade: u8, title: &str) -> Option<Id<Term>> {
        self.titles.get(&(grade, fold(title))).copied()
    }

    /// Returns what a span of dates is.
    pub(super) fn days(&self, grade: u8, span: Span) -> Days {
        self.periods.get(&(grade, span)).copied().unwrap_or(Days::Other)
    }

    /// Returns what the days of a report are: by its own label, or by its span.
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

/// What the reports say about terms: printed titles and spans, by grade, with the first place of each.
#[derive(Default)]
struct Wanted {
    titles: BTreeMap<(u8, String), (Text, SourceRef)>,
    periods: BTreeSet<(u8, Span)>,
    grades: BTreeSet<u8>,
    /// Grades for which some report has marks of the year.
    years: BTreeSet<u8>,
}

impl Import<'_> {
    /// Finds every term in the reports, and makes those for which the bundle has no table.
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
            let meant = alias.and_then(|id| self.builder.keys.get::<Term>(id));
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
            wanted.years.extend(block.has_year.then_some(grade));
            wanted.periods.extend(block.period.map(|span| (grade, span)));
            // The label above a table may be anything; a column of the table has marks.
            let label = Some(&block.term).filter(|term| slot(&fold(term)).is_some());
            for title in block.terms.iter().chain(label) {
                wanted.titles.entry((grade, fold(title))).or_insert((title.clone(), block.place()));
            }
        }
        wanted
    }

    fn unknown_term(&mut self, place: SourceRef, title: &Text) {
        let message = said!(
            "период «{title}» не найден среди периодов класса: его отметки не прочитаны",
            "term \"{title}\" is none of the class's terms: its marks were not read"
        );
        let hint = said!(
            "проверьте таблицу terms или добавьте в таблицу aliases строку «terms;{title};;;…»",
            "check the table of terms, or add the row \"terms;{title};;;…\" to the table aliases"
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

    /// Returns the term that has most of a span's days.
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
        if self.is_year(span) { Days::Year } else { Days::Other }
    }

    /// Returns whether a span is nearly all of the year.
    fn is_year(&self, span: Span) -> bool {
        let year = &self.builder.journal.year;
        let year = Span { from: year.start, to: year.end };
        span.intersect(year).map_or(0, days) * 100 >= days(year) * ENOUGH_PERCENT
    }

    /// Returns whether the terms of a grade make a year.
    pub(super) fn has_all_terms(&self, grade: u8) -> bool {
        let journal = &self.builder.journal;
        let terms = journal.terms_of_grade(grade);
        let kind = terms.first().map(|term| journal.terms[*term].kind);
        kind.is_some_and(|kind| terms.len() >= most(kind))
    }

    fn year_terms(&mut self, wanted: &Wanted, place: SourceRef) -> BTreeMap<u8, Id<Term>> {
        let journal = &self.builder.journal;
        let known = |grade: u8| journal.years_of_grade(grade).first().copied();
        // Reports of some terms say nothing about the year: its sums would be those of the terms.
        let has_year = |grade: &u8| {
            let mut spans = wanted.periods.iter().filter(|(own, _)| own == grade);
            wanted.years.contains(grade)
                || self.has_all_terms(*grade)
                || spans.any(|(_, span)| self.is_year(*span))
        };
        let grades = wanted.grades.iter().copied().filter(|grade| known(*grade).is_none());
        let missing: BTreeSet<u8> = grades.filter(has_year).collect();
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

    /// Makes the terms in the reports, if the bundle has no table of terms.
    fn make_terms(&mut self, wanted: &Wanted, place: SourceRef) {
        let mut slots: BTreeMap<Slot, BTreeSet<u8>> = BTreeMap::new();
        for (grade, folded) in wanted.titles.keys() {
            if let Some(slot) = slot(folded) {
                slots.entry(slot).or_default().insert(*grade);
            }
        }
        let year = &self.builder.journal.year;
        let year = Span { from: year.start, to: year.end };
        // If a report card names the terms, spans of other reports make none.
        let named: BTreeSet<u8> = slots.values().flatten().copied().collect();
        for (grade, span) in wanted.periods.iter().filter(|(grade, _)| !named.contains(grade)) {
            if let Some(slot) = likeliest(year, *span) {
                slots.entry(slot).or_default().insert(*grade);
            }
        }
        for ((kind, number), grades) in &slots {
            let spans = spans(year, *kind, &wanted.periods, grades);
            if let Some(span) = spans.get(number - 1) {
                self.push_term((*kind, *number), *span, grades, place);
            }
        }
        let message = said!(
            "в комплекте нет таблицы terms: границы учебных периодов взяты из отчётов, а где отчётов нет — обычные",
            "the bundle has no table of terms: their days were taken from the reports and, where there are none, from custom"
        );
        let hint =
            said!("добавьте таблицу terms с датами школы", "add a table of terms with the school's dates");
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
        let key =
            if builder.keys.get::<Term>(&key).is_some() { Text::from(format!("ns-{key}")) } else { key };
        let term = Term { key: key.clone(), kind, title: title.into(), span, grades, place };
        let id = builder.journal.terms.push(term);
        builder.keys.insert(key, id);
    }
}
