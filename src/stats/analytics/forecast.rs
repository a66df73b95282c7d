//! The expected mark for a term that has not ended, and how many fives would raise it.

use super::facts::{Facts, Studied};
use super::rounding::half_up;
use super::sheet::Kind::{Number, Text, Whole};
use super::sheet::{Cell, Row};
use super::table::AnalyticsTable;
use crate::model::*;

pub(super) const FORECAST: AnalyticsTable = AnalyticsTable {
    name: "forecast",
    title: "Прогноз на период",
    columns: &[
        ("term_id", Text),
        ("class_id", Text),
        ("pupil_id", Text),
        ("subject_id", Text),
        ("course_id", Text),
        ("marks", Whole),
        ("mean", Number),
        ("before", Whole),
        ("expected", Whole),
        ("needed", Whole),
    ],
    sources: &[Table::Marks],
    rows,
};

/// The largest number of fives that is recommended to anybody.
const MOST_FIVES: i128 = 20;

fn rows(facts: &Facts<'_>) -> Vec<Row> {
    let journal = facts.journal;
    let is_under_way = |term: &&Term| {
        term.kind != TermKind::Year && term.span.from <= facts.as_of && facts.as_of < term.span.to
    };
    let mut rows = Vec::new();
    for (term, record) in journal.terms.iter().filter(|(_, term)| is_under_way(term)) {
        let so_far = Span { from: record.span.from, to: facts.as_of };
        for one in facts.graded(term, facts.as_of) {
            if journal.grading(&journal.courses[one.course]) == Grading::Five {
                rows.push(row(facts, term, one, so_far));
            }
        }
    }
    rows
}

fn row(facts: &Facts<'_>, term: Id<Term>, one: Studied, so_far: Span) -> Row {
    let journal = facts.journal;
    let sums = facts.sums(one.pupil, one.course, so_far);
    let before = before(facts, term, one);
    vec![
        facts.term_key(Some(term)).into(),
        facts.class_key(Some(one.class)).into(),
        journal.pupils[one.pupil].key.as_str().into(),
        journal.subjects[one.subject].key.as_str().into(),
        journal.courses[one.course].key.as_str().into(),
        Cell::Whole(i64::try_from(sums.count).unwrap_or(i64::MAX)),
        (sums.count > 0).then(|| sums.sum as f64 / sums.count as f64).into(),
        before.into(),
        expected(sums.sum, sums.count, before).into(),
        needed(sums.sum, sums.count).into(),
    ]
}

/// Returns the numeric term mark of the previous term in the subject.
pub(super) fn before(facts: &Facts<'_>, term: Id<Term>, one: Studied) -> Option<u8> {
    let previous = facts.previous(term, facts.journal.classes[one.class].grade)?;
    facts.numeric_term_mark(one.pupil, one.subject, previous)
}

/// Returns the expected mark: the half-up mean of the marks so far and the previous mark.
pub(super) fn expected(sum: i128, count: i128, before: Option<u8>) -> Option<u8> {
    match before {
        Some(before) => half_up(sum + i128::from(before), count + 1),
        None => half_up(sum, count),
    }
}

/// Returns the least number of further fives with which the half-up mean exceeds the present one.
fn needed(sum: i128, count: i128) -> Option<i64> {
    let now = half_up(sum, count).unwrap_or(0);
    let exceeds = |fives: &i128| half_up(sum + 5 * fives, count + fives) > Some(now);
    (1..=MOST_FIVES).find(exceeds).and_then(|fives| i64::try_from(fives).ok())
}

#[cfg(test)]
mod tests {
    use super::{expected, needed};

    #[test]
    fn fives_needed_are_the_least_and_no_more_than_twenty() {
        assert_eq!(needed(0, 0), Some(1));
        assert_eq!(needed(10, 2), None);
        assert_eq!(needed(7, 2), Some(4));
        assert_eq!(needed(4, 2), Some(1));
        // 40 marks of 3: 3.5 with 14 fives.
        assert_eq!(needed(120, 40), Some(14));
        assert_eq!(needed(180, 60), Some(20));
        assert_eq!(needed(183, 61), None);
    }

    #[test]
    fn the_mark_before_counts_as_one_mark() {
        assert_eq!(expected(7, 2, Some(3)), Some(3));
        assert_eq!(expected(7, 2, None), Some(4));
        assert_eq!(expected(0, 0, Some(4)), Some(4));
        assert_eq!(expected(0, 0, None), None);
    }
}
