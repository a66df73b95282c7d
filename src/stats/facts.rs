//! The facts behind the figures, read from the journal: who was where in each term, with which outcome.

use jiff::civil::Date;

use super::plan;
use crate::model::*;

/// What a fact is about. A fact of a course in a class has no pupil; one of the class list has no course.
#[derive(Clone, Copy)]
pub(super) struct Key {
    pub(super) term: Id<Term>,
    pub(super) class: Id<Class>,
    pub(super) course: Option<Id<Course>>,
    pub(super) pupil: Option<Id<Pupil>>,
}

/// A course of a class in a term.
pub(super) struct Offer {
    pub(super) key: Key,
    /// The class is taught in this term.
    pub(super) is_taught: bool,
    /// Term marks are due in it.
    pub(super) is_graded: bool,
    /// Planned hours.
    pub(super) plan: Option<f64>,
    /// Hours of lessons held.
    pub(super) given: f64,
}

/// The outcome of a pupil's term mark in a course.
pub(super) struct Outcome {
    pub(super) key: Key,
    pub(super) standing: TermStanding,
}

/// The kinds of outcome that figures distinguish.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum TermStanding {
    /// Has a value.
    Given(TermValue),
    /// No value, and a deferral that has not expired.
    Deferred,
    /// No row.
    Absent,
}

/// Lessons due to a pupil in a course, or one absence from them.
pub(super) struct Presence {
    pub(super) key: Key,
    /// The pupil is enrolled on the term's last day, and so has rows of their own.
    pub(super) is_enrolled: bool,
    pub(super) due: u32,
    pub(super) absence: Option<AbsenceReason>,
}

/// Returns the terms that have ended by the date, by their first day.
pub(super) fn ended_terms(journal: &Journal, as_of: Date) -> Vec<Id<Term>> {
    let mut terms: Vec<_> = journal.terms.iter().filter(|(_, term)| term.span.to <= as_of).collect();
    terms.sort_by_key(|(_, term)| (term.span.from, term.span.to, &term.key));
    terms.into_iter().map(|(id, _)| id).collect()
}

/// Lists the courses of every term, once per class.
pub(super) fn offers(journal: &Journal, roster: &Roster, terms: &[Id<Term>]) -> Vec<Offer> {
    let plans = plan::Plans::new(journal);
    let mut offers = Vec::new();
    for &term in terms {
        for (id, course) in journal.courses.iter() {
            let given = roster.hours_given(journal, id, journal.terms[term].span);
            let plan = plans.hours(id, term);
            for &class in journal.classes_of(course) {
                let key = Key { term, class, course: Some(id), pupil: None };
                let is_taught = journal.terms[term].grades.contains(journal.classes[class].grade);
                let is_graded = is_graded(journal, course, class, term);
                if is_taught || is_graded {
                    offers.push(Offer { key, is_taught, is_graded, plan, given });
                }
            }
        }
    }
    offers
}

/// Lists who is enrolled on each term's last day, of the term's grades.
pub(super) fn roll(journal: &Journal, roster: &Roster, terms: &[Id<Term>]) -> Vec<Key> {
    let mut roll = Vec::new();
    for &term in terms {
        let Term { span, grades, .. } = &journal.terms[term];
        for pupil in journal.pupils.ids() {
            let class = roster.class_on(pupil, span.to);
            if let Some(class) = class.filter(|class| grades.contains(journal.classes[*class].grade)) {
                roll.push(Key { term, class, course: None, pupil: Some(pupil) });
            }
        }
    }
    roll
}

/// Lists every member of every graded course on each term's last day, with the outcome of the term mark.
pub(super) fn outcomes(journal: &Journal, roster: &Roster, terms: &[Id<Term>], as_of: Date) -> Vec<Outcome> {
    let marks = SeenTermMarks::new(journal, as_of, |_| true);
    let mut outcomes = Vec::new();
    for &term in terms {
        let day = journal.terms[term].span.to;
        for (id, course) in journal.courses.iter() {
            let mut last = None;
            for member in roster.members_on(id, day) {
                let class = roster.class_on(member.pupil, day).unwrap_or(member.class);
                if last == Some(member.pupil) || !is_graded(journal, course, class, term) {
                    continue;
                }
                last = Some(member.pupil);
                let key = Key { term, class, course: Some(id), pupil: Some(member.pupil) };
                let kind = journal.terms[term].closing_kind();
                let mark = marks.counting(journal, &(member.pupil, course.subject, term, kind));
                let mark = mark.map(|id| &journal.term_marks[id]);
                outcomes.push(Outcome { key, standing: standing(mark, as_of) });
            }
        }
    }
    outcomes
}

/// Lists the lessons due per pupil, course and term, and every absence from a held lesson of which the pupil
/// was a member that day.
pub(super) fn presence(journal: &Journal, roster: &Roster, terms: &[Id<Term>]) -> Vec<Presence> {
    let mut presence = Vec::new();
    for &term in terms {
        for course in journal.courses.ids() {
            lessons_due(journal, roster, term, course, &mut presence);
            absences(journal, roster, term, course, &mut presence);
        }
    }
    presence
}

/// Returns whether term marks are due for pupils of a class in a course: an ordinary graded subject, from
/// grade 2, in the terms of the grade or of the course's own kind.
fn is_graded(journal: &Journal, course: &Course, class: Id<Class>, term: Id<Term>) -> bool {
    is_marked_in(journal, course, class, term)
        && journal.classes[class].grade >= FIRST_MARKED_GRADE
        && course.kind == CourseKind::Lesson
        && journal.grading(course) != Grading::None
}

/// Returns whether a course is marked in a term for a class: a term of its own kind if it has one, or of the
/// grade.
pub(super) fn is_marked_in(journal: &Journal, course: &Course, class: Id<Class>, term: Id<Term>) -> bool {
    let term = &journal.terms[term];
    match course.term_kind.filter(|_| term.kind != TermKind::Year) {
        None => term.grades.contains(journal.classes[class].grade),
        Some(kind) => term.kind == kind,
    }
}

fn standing(mark: Option<&TermMark>, as_of: Date) -> TermStanding {
    match mark {
        Some(TermMark { value: Some(value), .. }) => TermStanding::Given(*value),
        Some(TermMark { deferred_until: Some(until), .. }) if *until >= as_of => TermStanding::Deferred,
        _ => TermStanding::Absent,
    }
}

fn lessons_due(
    journal: &Journal,
    roster: &Roster,
    term: Id<Term>,
    course: Id<Course>,
    presence: &mut Vec<Presence>,
) {
    let Term { span, grades, .. } = &journal.terms[term];
    let dates: Vec<Date> =
        roster.held_in(journal, course, *span).map(|id| journal.lessons[id].date).collect();
    let mut before: Option<Member> = None;
    for member in roster.members_of(course) {
        // Two rows may give one pupil overlapping stays: their common days count once.
        let stay = rest_of_stay(before.replace(*member), *member);
        let due = stay.map_or(0, |stay| {
            let until = dates.partition_point(|date| *date <= stay.to);
            until.saturating_sub(dates.partition_point(|date| *date < stay.from))
        });
        if due > 0 && grades.contains(journal.classes[member.class].grade) {
            let key = Key { term, class: member.class, course: Some(course), pupil: Some(member.pupil) };
            let is_enrolled = roster.class_on(member.pupil, span.to).is_some();
            let due = u32::try_from(due).expect("a course has fewer lessons than there are row numbers");
            presence.push(Presence { key, is_enrolled, due, absence: None });
        }
    }
}

fn rest_of_stay(before: Option<Member>, member: Member) -> Option<Span> {
    let before = before.filter(|before| before.pupil == member.pupil && before.class == member.class);
    let from = match before {
        Some(before) if before.span.to >= member.span.from => before.span.to.tomorrow().ok()?,
        _ => member.span.from,
    };
    (from <= member.span.to).then_some(Span { from, to: member.span.to })
}

fn absences(
    journal: &Journal,
    roster: &Roster,
    term: Id<Term>,
    course: Id<Course>,
    presence: &mut Vec<Presence>,
) {
    let Term { span, grades, .. } = &journal.terms[term];
    for lesson in roster.held_in(journal, course, *span) {
        let date = journal.lessons[lesson].date;
        let mut latest: Vec<&Absence> =
            roster.absences_of(lesson).iter().map(|id| &journal.absences[*id]).collect();
        // A source may repeat an absence: the record entered last counts.
        latest.sort_by_key(|absence| (absence.pupil, absence.recorded_at));
        for (index, absence) in latest.iter().enumerate() {
            if latest.get(index + 1).is_some_and(|next| next.pupil == absence.pupil) {
                continue;
            }
            let member = roster.members_on(course, date).find(|member| member.pupil == absence.pupil);
            let Some(class) = member.map(|member| member.class) else { continue };
            if absence.reason.is_absence() && grades.contains(journal.classes[class].grade) {
                let key = Key { term, class, course: Some(course), pupil: Some(absence.pupil) };
                let is_enrolled = roster.class_on(absence.pupil, span.to).is_some();
                presence.push(Presence { key, is_enrolled, due: 0, absence: Some(absence.reason) });
            }
        }
    }
}
