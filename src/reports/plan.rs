//! Hours planned and hours given of a course, as `exchange.md` defines them.

use crate::model::*;

/// Returns the hours planned for a course in a term (or, for a term of kind year, in the year), if any are.
///
/// The course's own row counts; a group of kind `individual` has its pupils' rows first; a group without a row has that
/// of its classes, where they agree. A year without a row of its own is the sum of its terms.
pub(crate) fn hours_planned(journal: &Journal, course: Id<Course>, term: Id<Term>) -> Option<f64> {
    let course = &journal.courses[course];
    let audiences = audiences(journal, course);
    if journal.terms[term].kind != TermKind::Year {
        return audiences.iter().find_map(|some| agreed(journal, course, some, &[Some(term)]));
    }
    let terms: Vec<Option<Id<Term>>> = journal.terms_of_course(course).into_iter().map(Some).collect();
    audiences.iter().find_map(|some| {
        let year =
            agreed(journal, course, some, &[Some(term)]).or_else(|| agreed(journal, course, some, &[None]));
        year.or_else(|| agreed(journal, course, some, &terms))
    })
}

/// Returns the hours of the lessons of a course held in a term.
pub(crate) fn hours_given(journal: &Journal, roster: &Roster, course: Id<Course>, term: Id<Term>) -> f64 {
    let span = journal.terms[term].span;
    let lessons = roster.lessons_of(course).iter().map(|id| &journal.lessons[*id]);
    let held = lessons.filter(|lesson| lesson.status == LessonStatus::Held && span.contains(lesson.date));
    held.map(|lesson| lesson.hours).sum()
}

/// Returns whose rows plan a course, the nearest first; all of one list must agree.
fn audiences(journal: &Journal, course: &Course) -> Vec<Vec<Audience>> {
    let Audience::Group(id) = course.audience else { return vec![vec![course.audience]] };
    let group = &journal.groups[id];
    let mut audiences = Vec::new();
    if group.kind == GroupKind::Individual {
        let members = journal.group_members.iter().filter(|row| row.group == id);
        audiences.push(members.map(|row| Audience::Pupil(row.pupil)).collect());
    }
    audiences.push(vec![course.audience]);
    audiences.push(group.classes.iter().map(|class| Audience::Class(*class)).collect());
    audiences
}

/// Returns the hours that all of the audiences have planned alike for the terms together.
fn agreed(
    journal: &Journal,
    course: &Course,
    audiences: &[Audience],
    terms: &[Option<Id<Term>>],
) -> Option<f64> {
    let hours = |audience: &Audience| {
        let rows = journal.curriculum.iter().filter(|row| {
            row.subject == course.subject && row.audience == *audience && terms.contains(&row.term)
        });
        rows.map(|row| row.hours).reduce(|sum, hours| sum + hours)
    };
    let mut all = audiences.iter().map(hours);
    let first = all.next()??;
    all.all(|other| other == Some(first)).then_some(first)
}
