//! Change from the same term of the year before, pupils matched by their ids.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::super::earlier::{OutcomeThen, YearBefore};
use super::super::facts::Facts;
use super::super::sheet::Row;
use super::rows::{Now, cohort, common, row, whole};
use super::wholes::{Names, Pooled, Pupils};
use crate::model::*;
use crate::stats::figure::{Figure, Scope};

/// Returns a row for every figure whose term has its like in the year before; courses have none.
pub(super) fn rows(facts: &Facts<'_>, figures: &[&Figure], now: &Now<'_>, year: &YearBefore) -> Vec<Row> {
    let names = Names::new();
    let then = pupils(facts.journal, &names, year);
    let classes: BTreeMap<&str, &Class> =
        facts.journal.classes.values().map(|class| (class.key.as_str(), class)).collect();
    let nobody = Pupils::new();
    let mut rows = Vec::new();
    for figure in figures.iter().filter(|figure| figure.scope != Scope::Course) {
        let Some(term) = like(facts, figure, now, year) else { continue };
        let class = (figure.scope == Scope::Class).then(|| classes[figure.scope_id.as_str()]);
        // A class was that of the grade below; every other whole keeps its name.
        let id_then = class.map_or(Some(&figure.scope_id), |class| year.class_before(class));
        let subject = figure.subject.map(|id| facts.journal.subjects[id].key.clone()).unwrap_or_default();
        let key = (term, figure.metric, figure.scope);
        let before = id_then.and_then(|id| year.value(key, id, &subject));
        let pooled = id_then.map(|id| (term, (figure.scope, id.as_str(), figure.subject)));
        let pupils_then = pooled.and_then(|pooled| then.get(&pooled)).unwrap_or(&nobody);
        let pupils_now = now.pupils.get(&(figure.term, whole(figure))).unwrap_or(&nobody);
        let cohort = cohort(figure, pupils_now, pupils_then);
        rows.push(row(facts, figure, (&year.term_key(term), before), cohort));
    }
    rows
}

/// Returns the same term of the year before, by kind and order, where all grades of a whole have the same. A class takes that of
/// the grade it was, where the grade had such a term.
fn like(facts: &Facts<'_>, figure: &Figure, now: &Now<'_>, year: &YearBefore) -> Option<usize> {
    let grades = now.grades.get(&(figure.term, whole(figure)))?;
    let kind = facts.journal.terms[figure.term].kind;
    common(grades, |grade| {
        let place = place(facts.journal, figure.term, grade)?;
        let was = (figure.scope == Scope::Class).then(|| year.term(kind, grade.saturating_sub(1), place));
        was.flatten().or_else(|| year.term(kind, grade, place))
    })
}

/// Returns the place of a term among those of its kind for a grade, by their first days.
fn place(journal: &Journal, term: Id<Term>, grade: u8) -> Option<usize> {
    let kind = journal.terms[term].kind;
    let is_one = |other: &Term| other.kind == kind && other.grades.contains(grade);
    let mut terms: Vec<(Span, Id<Term>)> =
        journal.terms.iter().filter(|(_, other)| is_one(other)).map(|(id, other)| (other.span, id)).collect();
    terms.sort_by_key(|(span, id)| (span.from, span.to, *id));
    terms.iter().position(|(_, id)| *id == term)
}

/// Returns the pupils of every whole in every term of the year before, as far as they are in this year's tables.
fn pupils<'k>(
    journal: &Journal,
    names: &'k Names,
    year: &'k YearBefore,
) -> FxHashMap<(usize, Pooled<'k>), Pupils> {
    let known: FxHashMap<&Text, Id<Pupil>> =
        journal.pupils.iter().map(|(id, pupil)| (&pupil.key, id)).collect();
    let mut subjects: FxHashMap<&Text, Id<Subject>> =
        journal.subjects.iter().map(|(id, subject)| (&subject.key, id)).collect();
    let mut pupils: FxHashMap<_, Pupils> = FxHashMap::default();
    let mut seen = BTreeSet::new();
    for outcome in &year.outcomes {
        let OutcomeThen { term, pupil, class, subject, teacher, standing } = outcome;
        let Some(pupil) = known.get(pupil).copied() else { continue };
        // A subject that is taught no more counts in all subjects together.
        let next = Id::new(journal.subjects.len() + subjects.len());
        let subject = *subjects.entry(subject).or_insert(next);
        let class = year.class(*class);
        let is_first = seen.insert((*term, pupil, subject));
        let of_classes = names.of_classes((class.key.as_str(), class.grade), subject).filter(|_| is_first);
        for whole in of_classes.chain(Names::of_teacher(teacher, subject)) {
            pupils.entry((*term, whole)).or_default().entry(pupil).or_default().add(*standing);
        }
    }
    pupils
}
