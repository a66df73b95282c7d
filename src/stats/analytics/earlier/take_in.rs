//! Takes in a year: what of it a later year compares with.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::super::dynamics::{METRICS, SCOPES};
use super::super::facts::Facts;
use super::super::forecast::{Trial, term_cases, trial};
use super::lent::Earlier;
use super::year_before::{ClassThen, OutcomeThen, TermThen, ValueKey, YearBefore};
use crate::model::*;
use crate::stats::facts::{Outcome, outcomes};
use crate::stats::figure::{Figure, Scope};

impl Earlier {
    /// Takes in a year that is later than those before.
    #[must_use]
    pub fn with(self, journal: &Journal, roster: &Roster, figures: &[Figure], as_of: Date) -> Self {
        let facts = Facts::new((journal, roster), figures, as_of, &self);
        let year = year_before(&facts);
        let mut past = self.past.clone();
        if journal.presence.has(Table::Marks) && journal.presence.has(Table::TermMarks) {
            term_cases(&facts).iter().for_each(|of| past.add(journal, of));
        }
        Self { year: Some(year), past }
    }
}

fn year_before(facts: &Facts<'_>) -> YearBefore {
    let journal = facts.journal;
    let has = |table| journal.presence.has(table);
    let term = |(id, term): (Id<Term>, &Term)| TermThen {
        key: term.key.clone(),
        kind: term.kind,
        grades: term.grades,
        span: term.span,
        has_ended: facts.ended.contains(&id),
    };
    let class = |class: &Class| ClassThen {
        key: class.key.clone(),
        grade: class.grade,
        letter: class.letter.clone(),
    };
    YearBefore {
        title: journal.year.title.clone(),
        start: journal.year.start,
        terms: journal.terms.iter().map(term).collect(),
        classes: journal.classes.values().map(class).collect(),
        values: if has(Table::TermMarks) { values(facts) } else { FxHashMap::default() },
        outcomes: if has(Table::TermMarks) { outcomes_then(facts) } else { Vec::new() },
        last_marks: last_marks(facts),
        trial: if has(Table::TermMarks) && has(Table::Marks) { trial(facts) } else { Trial::default() },
    }
}

fn values(facts: &Facts<'_>) -> FxHashMap<ValueKey, f64> {
    let wanted =
        facts.figures.iter().filter(|one| METRICS.contains(&one.metric) && SCOPES.contains(&one.scope));
    let value = |figure: &Figure| {
        let subject = figure.subject.map(|id| facts.journal.subjects[id].key.clone()).unwrap_or_default();
        let key = (figure.term.index(), figure.metric, figure.scope, figure.scope_id.clone(), subject);
        Some((key, figure.value?))
    };
    wanted.filter(|one| one.scope != Scope::Course).filter_map(value).collect()
}

fn outcomes_then(facts: &Facts<'_>) -> Vec<OutcomeThen> {
    let journal = facts.journal;
    let outcomes = outcomes(journal, facts.roster, &facts.ended, facts.as_of);
    let then = |outcome: Outcome| {
        let course = &journal.courses[outcome.key.course?];
        Some(OutcomeThen {
            term: outcome.key.term.index(),
            pupil: journal.pupils[outcome.key.pupil?].key.clone(),
            class: outcome.key.class.index(),
            subject: journal.subjects[course.subject].key.clone(),
            teacher: journal.staff[course.teacher].key.clone(),
            standing: outcome.standing,
        })
    };
    outcomes.into_iter().filter_map(then).collect()
}

/// Lists the numeric marks of every pupil for the last study term of the pupil's class, of whatever kind.
fn last_marks(facts: &Facts<'_>) -> FxHashMap<(Text, Text), u8> {
    let journal = facts.journal;
    let mut marks = FxHashMap::default();
    for (class, record) in journal.classes.iter() {
        let terms = journal.terms_of_grade(record.grade);
        let Some(term) = terms.into_iter().max_by_key(|term| (journal.terms[*term].span.to, *term)) else {
            continue;
        };
        if !facts.ended.contains(&term) {
            continue;
        }
        let last_day = journal.terms[term].span.to;
        for pupil in facts.roster.enrolled_on(class, last_day) {
            for course in facts.roster.courses_on(pupil, last_day) {
                let subject = journal.courses[course].subject;
                if let Some(mark) = facts.numeric_term_mark(pupil, subject, term) {
                    let key = (journal.pupils[pupil].key.clone(), journal.subjects[subject].key.clone());
                    marks.insert(key, mark);
                }
            }
        }
    }
    marks
}
