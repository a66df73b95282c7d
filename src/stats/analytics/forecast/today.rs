//! Which terms are under way, who gets a mark in them, and which mark was there before.

use super::super::facts::{Facts, Studied};
use crate::model::*;

/// Lists the study terms that have begun and not ended, with their days so far.
pub(super) fn under_way(facts: &Facts<'_>) -> Vec<(Id<Term>, Span)> {
    let is_under_way = |term: &Term| {
        term.kind != TermKind::Year && term.span.from <= facts.as_of && facts.as_of < term.span.to
    };
    let terms = facts.journal.terms.iter().filter(|(_, term)| is_under_way(term));
    terms.map(|(id, term)| (id, Span { from: term.span.from, to: facts.as_of })).collect()
}

/// Lists the pupils and courses of today that get a mark of five for a term.
pub(super) fn forecast(facts: &Facts<'_>, term: Id<Term>) -> Vec<Studied> {
    let mut studied = facts.graded(term, facts.as_of);
    let journal = facts.journal;
    studied.retain(|one| journal.grading(&journal.courses[one.course]) == Grading::Five);
    studied
}

/// Returns the numeric term mark of the previous term in the subject; for the first term of a year that is compared with the
/// one before, of that one's last term.
pub(super) fn before(facts: &Facts<'_>, term: Id<Term>, one: Studied) -> Option<u8> {
    if facts.previous(term, facts.journal.classes[one.class].grade).is_some() {
        return before_in_year(facts, term, one);
    }
    let (pupil, subject) = (&facts.journal.pupils[one.pupil].key, &facts.journal.subjects[one.subject].key);
    facts.year_before?.last_mark(pupil, subject)
}

/// Returns the numeric term mark of the previous term of the same year in the subject.
pub(super) fn before_in_year(facts: &Facts<'_>, term: Id<Term>, one: Studied) -> Option<u8> {
    let previous = facts.previous(term, facts.journal.classes[one.class].grade)?;
    facts.numeric_term_mark(one.pupil, one.subject, previous)
}
