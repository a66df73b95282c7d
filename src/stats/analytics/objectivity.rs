//! Term marks compared with their basis: current marks, control works, examinations.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::facts::{Facts, Studied};
use super::rounding::half_up;
use super::sheet::Kind::{Text, Whole};
use super::sheet::Row;
use super::table::AnalyticsTable;
use crate::model::*;

/// Объективность отметок за период.
pub const OBJECTIVITY: AnalyticsTable = AnalyticsTable {
    name: "objectivity",
    title: "Объективность отметок за период",
    columns: &[
        ("term_id", Text),
        ("basis", Text),
        ("teacher_id", Text),
        ("subject_id", Text),
        ("class_id", Text),
        ("compared", Whole),
        ("equal", Whole),
        ("higher", Whole),
        ("lower", Whole),
    ],
    sources: &[Table::TermMarks],
    rows,
};

/// Returns the result of a comparison: 0 equal, 1 the term mark is higher, 2 lower.
pub(super) fn side(term_mark: u8, basis: u8) -> usize {
    match term_mark.cmp(&basis) {
        std::cmp::Ordering::Equal => 0,
        std::cmp::Ordering::Greater => 1,
        std::cmp::Ordering::Less => 2,
    }
}

type Key = (Id<Term>, &'static str, Id<Staff>, Id<Subject>, Id<Class>);

fn rows(facts: &Facts<'_>) -> Vec<Row> {
    let journal = facts.journal;
    let control = control_marks(facts);
    let mut counts: BTreeMap<Key, [usize; 3]> = BTreeMap::new();
    for &term in &facts.ended {
        for one in facts.graded(term, journal.terms[term].span.to) {
            let Some(mark) = facts.numeric_term_mark(one.pupil, one.subject, term) else { continue };
            let teacher = journal.courses[one.course].teacher;
            for (basis, value) in bases(facts, &control, term, one) {
                let key = (term, basis, teacher, one.subject, one.class);
                counts.entry(key).or_default()[side(mark, value)] += 1;
            }
        }
    }
    let row = |((term, basis, teacher, subject, class), [equal, higher, lower]): (Key, [usize; 3])| {
        vec![
            facts.term_key(Some(term)).into(),
            basis.into(),
            journal.staff[teacher].key.as_str().into(),
            journal.subjects[subject].key.as_str().into(),
            facts.class_key(Some(class)).into(),
            (equal + higher + lower).into(),
            equal.into(),
            higher.into(),
            lower.into(),
        ]
    };
    counts.into_iter().map(row).collect()
}

/// Returns the bases for comparing a term mark.
fn bases(facts: &Facts<'_>, control: &ControlMarks, term: Id<Term>, one: Studied) -> Vec<(&'static str, u8)> {
    let span = facts.journal.terms[term].span;
    let sums = facts.sums(one.pupil, one.course, span);
    let mut bases = vec![("mean", half_up(sums.weighted, sums.weight))];
    bases.push(("control", control_mean(facts, control, one, span)));
    if facts.journal.terms[term].kind == TermKind::Year {
        let of = |kind| facts.term_mark_of(one.pupil, one.subject, term, kind)?.value?.numeric();
        bases.push(("exam", of(TermMarkKind::Exam).or_else(|| of(TermMarkKind::StateExam))));
    }
    bases.into_iter().filter_map(|(basis, value)| Some((basis, value?))).collect()
}

/// Numeric marks of control works by pupil and subject, in any course.
type ControlMarks = FxHashMap<(Id<Pupil>, Id<Subject>), Vec<Id<Mark>>>;

fn control_marks(facts: &Facts<'_>) -> ControlMarks {
    let journal = facts.journal;
    let mut marks = ControlMarks::default();
    for (id, mark) in journal.marks.iter().filter(|(_, mark)| mark.value.numeric().is_some()) {
        let lesson = &journal.lessons[mark.lesson];
        let is_control = mark.work.is_some_and(|work| journal.works[work].control);
        if is_control && lesson.date <= facts.as_of {
            let subject = journal.courses[lesson.course].subject;
            marks.entry((mark.pupil, subject)).or_default().push(id);
        }
    }
    marks
}

/// Returns the mean of a pupil's control marks in a subject and term, rounded half up: for each work the
/// later recorded mark.
fn control_mean(facts: &Facts<'_>, control: &ControlMarks, one: Studied, span: Span) -> Option<u8> {
    let journal = facts.journal;
    let mut latest: BTreeMap<Option<Id<Work>>, Id<Mark>> = BTreeMap::new();
    for id in control.get(&(one.pupil, one.subject))? {
        let mark = &journal.marks[*id];
        if span.contains(journal.lessons[mark.lesson].date) {
            let kept = latest.entry(mark.work).or_insert(*id);
            if facts.is_recorded_later(*id, *kept) {
                *kept = *id;
            }
        }
    }
    let values = latest.values().filter_map(|id| journal.marks[*id].value.numeric()).map(i128::from);
    let (sum, count) = values.fold((0, 0), |(sum, count), value| (sum + value, count + 1));
    half_up(sum, count)
}
