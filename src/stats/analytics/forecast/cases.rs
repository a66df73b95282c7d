//! Lists what forecasts would have said of terms that have ended: every pupil and course with a term mark, week by week.

use jiff::ToSpan;
use jiff::civil::Date;

use super::super::facts::{Facts, Studied};
use super::case::{Case, TermCases, WEEKS};
use super::today::{before, before_in_year};
use crate::model::*;

/// Lists the cases of every ended study term, by the term's first day; found once, for several ask for them.
pub(crate) fn term_cases<'f>(facts: &'f Facts<'_>) -> &'f [TermCases] {
    let is_study = |term: &Id<Term>| facts.journal.terms[*term].kind != TermKind::Year;
    let find = || facts.ended.iter().copied().filter(is_study).map(|term| of_term(facts, term)).collect();
    facts.term_cases.get_or_init(find)
}

fn of_term(facts: &Facts<'_>, term: Id<Term>) -> TermCases {
    let span = facts.journal.terms[term].span;
    let last_day = |week: u8| span.from.saturating_add((7 * i64::from(week) - 1).days());
    let weeks: Vec<(u8, Date)> =
        WEEKS.map(|week| (week, last_day(week))).filter(|(_, day)| *day < span.to).collect();
    let (mut cases, mut not_assessed) = (Vec::new(), 0);
    for one in facts.graded(term, span.to) {
        let value = facts.term_mark(one.pupil, one.subject, term).and_then(|mark| mark.value);
        not_assessed += usize::from(value == Some(TermValue::NotAssessed));
        if let Some(mark) = value.and_then(TermValue::numeric) {
            cases.push(Case {
                pupil: one.pupil,
                mark,
                before_in_year: before_in_year(facts, term, one),
                before: before(facts, term, one),
                marks: so_far(facts, one, span.from, &weeks),
            });
        }
    }
    TermCases { term, weeks, cases, not_assessed }
}

/// Sums a pupil's marks in a course from a day to the end of each week.
fn so_far(facts: &Facts<'_>, one: Studied, from: Date, weeks: &[(u8, Date)]) -> Vec<(i128, i128)> {
    let marks = facts.marks_of(one.pupil, one.course);
    let first = marks.partition_point(|mark| mark.date < from);
    let mut rest = marks[first..].iter().peekable();
    let (mut sum, mut count) = (0, 0);
    let mut sums = Vec::with_capacity(weeks.len());
    for (_, day) in weeks {
        while let Some(mark) = rest.next_if(|mark| mark.date <= *day) {
            sum += i128::from(mark.value.unwrap_or(0));
            count += i128::from(mark.value.is_some());
        }
        sums.push((sum, count));
    }
    sums
}
