//! A term as reports see it: its figures by what they are about, the rows of its tables, names, the term before.

use rustc_hash::FxHashMap;

use super::grades::Grades;
use super::{Keys, terms};
use crate::model::*;
use crate::reports::context::ReportContext;
use crate::reports::labels;
use crate::stats::analytics::{AnalyticsTable, Record, Tables};
use crate::stats::{Figure, Scope};

type Place<'a> = (&'static str, Scope, &'a str, Option<Id<Subject>>);

/// Numerator and denominator of a share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// How many.
    pub found: usize,
    /// Of how many.
    pub of: usize,
}

/// Everything about one term.
pub struct TermData<'a> {
    /// What every report may print.
    pub context: &'a ReportContext<'a>,
    /// The term.
    pub term: Id<Term>,
    /// The term before, where all its grades have the same.
    pub before: Option<Id<Term>>,
    /// Its grades that the school has.
    pub grades: Grades,
    /// Names.
    pub keys: Keys<'a>,
    /// The tables of the analytics.
    pub tables: Tables<'a>,
    figures: FxHashMap<Place<'a>, &'a Figure>,
    figures_before: FxHashMap<Place<'a>, &'a Figure>,
}

impl<'a> TermData<'a> {
    /// Gathers a term.
    pub fn new(context: &'a ReportContext<'a>, term: Id<Term>) -> Self {
        let place = |figure: &'a Figure| {
            ((figure.metric, figure.scope, figure.scope_id.as_str(), figure.subject), figure)
        };
        let of = |term| context.figures.iter().filter(move |figure| figure.term == term).map(place);
        let grades = Grades::of_term(context.journal, term);
        let before = terms::previous(context.journal, term, grades.iter());
        Self {
            context,
            term,
            before,
            grades,
            keys: Keys::new(context.journal),
            tables: Tables(context.analytics),
            figures: of(term).collect(),
            figures_before: before.into_iter().flat_map(of).collect(),
        }
    }

    /// Returns the journal.
    pub fn journal(&self) -> &'a Journal {
        self.context.journal
    }

    /// Tells whether the term is the year.
    pub fn is_year(&self) -> bool {
        self.journal().terms[self.term].kind == TermKind::Year
    }

    /// Returns the term's days.
    pub fn span(&self) -> Span {
        self.context.journal.terms[self.term].span
    }

    /// Returns the term's id.
    pub fn key(&self) -> &'a str {
        &self.context.journal.terms[self.term].key
    }

    /// Finds a figure of the term.
    pub fn figure(
        &self,
        metric: &'static str,
        scope: Scope,
        id: &str,
        subject: Option<Id<Subject>>,
    ) -> Option<&'a Figure> {
        self.figures.get(&(metric, scope, id, subject)).copied()
    }

    /// Returns a figure's value.
    pub fn value(
        &self,
        metric: &'static str,
        scope: Scope,
        id: &str,
        subject: Option<Id<Subject>>,
    ) -> Option<f64> {
        self.figure(metric, scope, id, subject)?.value
    }

    /// Returns the counts of a share; nobody of nobody where there is no such figure.
    pub fn count(&self, metric: &'static str, scope: Scope, id: &str, subject: Option<Id<Subject>>) -> Count {
        self.figure(metric, scope, id, subject).map_or(Count::default(), count_of)
    }

    /// Returns the counts of a share in the term before; nothing where there is no such figure.
    pub fn count_before(
        &self,
        metric: &'static str,
        scope: Scope,
        id: &str,
        subject: Option<Id<Subject>>,
    ) -> Option<Count> {
        self.figures_before.get(&(metric, scope, id, subject)).map(|figure| count_of(figure))
    }

    /// Walks the rows of a table for this term.
    pub fn rows(&self, table: &AnalyticsTable) -> impl Iterator<Item = Record<'a>> + use<'a> {
        self.tables.of_term(table, self.key())
    }

    /// Walks the rows of a table whose terms are study terms: of this term, in the year of all its days.
    pub fn rows_of_study(&self, table: &AnalyticsTable) -> Vec<Record<'a>> {
        if self.context.journal.terms[self.term].kind != TermKind::Year {
            return self.rows(table).collect();
        }
        let of_grades = |row: &Record<'_>| {
            let course = self.keys.course(row.text("course_id"));
            course.is_some_and(|id| {
                let journal = self.context.journal;
                self.grades.contains(journal.grade_of(&journal.courses[id]))
            })
        };
        self.tables.all(table).filter(of_grades).collect()
    }

    /// Walks the rows of a table for the term before.
    pub fn rows_before(&self, table: &AnalyticsTable) -> impl Iterator<Item = Record<'a>> + use<'a> {
        let key = self.before.map(|term| self.context.journal.terms[term].key.as_str());
        let tables = self.tables;
        let rows = key.map(|key| tables.of_term(table, key));
        rows.into_iter().flatten()
    }

    /// Says why a table has no rows: what of the inputs it needs and they do not have.
    pub fn lack(&self, table: &AnalyticsTable) -> Option<String> {
        let absent = self.tables.absent(table);
        let lacks: Vec<&str> = absent.iter().map(|table| labels::lack_of(*table)).collect();
        (!lacks.is_empty()).then(|| lacks.join(", "))
    }

    /// Returns the classes of the term, by grade and name.
    pub fn classes(&self) -> Vec<Id<Class>> {
        let journal = self.context.journal;
        let of_term = |id: &Id<Class>| self.grades.contains(journal.classes[*id].grade);
        let mut classes: Vec<Id<Class>> = journal.classes.ids().filter(of_term).collect();
        classes.sort_by_key(|id| (journal.classes[*id].grade, journal.classes[*id].key.clone()));
        classes
    }

    /// Returns those of them that have marks.
    pub fn marked_classes(&self) -> Vec<Id<Class>> {
        let mut classes = self.classes();
        classes.retain(|id| self.context.journal.classes[*id].grade >= FIRST_MARKED_GRADE);
        classes
    }
}

/// Returns numerator and denominator of a share as counts.
pub fn count_of(figure: &Figure) -> Count {
    // Counts of pupils and marks are whole and far below 2^52.
    let whole = |value: Option<f64>| value.unwrap_or(0.0).max(0.0).round() as usize;
    Count { found: whole(figure.numerator), of: whole(figure.denominator) }
}
