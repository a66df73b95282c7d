//! Who is where on which day, and what each lesson has: look-ups made once from the journal.
//!
//! Membership follows `exchange.md`: spans are inclusive at both ends; a pupil in a group of kind `individual` that
//! has a course in a subject is not a member of the class's course in that subject.

use std::ops::Deref;

use jiff::civil::Date;

use super::codes::GroupKind;
use super::groups::Groups;
use super::id::Id;
use super::journal::Journal;
use super::records::{Absence, Audience, Class, Course, Group, Homework, Lesson, Mark, Pupil, Subject};
use super::values::Span;

/// A pupil's stay in a course.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Member {
    /// Who.
    pub pupil: Id<Pupil>,
    /// In which class meanwhile.
    pub class: Id<Class>,
    /// On which days.
    pub span: Span,
}

/// Who is where on which day.
pub struct Membership {
    stays: Groups<(Span, Id<Class>)>,
    members: Vec<Vec<Member>>,
    courses_of: Vec<Vec<Id<Course>>>,
}

impl Membership {
    /// Builds the look-ups of enrolments and groups.
    pub fn new(journal: &Journal) -> Self {
        let stays = stays(journal);
        let members: Vec<_> = journal.courses.ids().map(|course| members(journal, &stays, course)).collect();
        let mut courses_of = vec![Vec::new(); journal.pupils.len()];
        for (index, members) in members.iter().enumerate() {
            for member in members {
                let courses: &mut Vec<Id<Course>> = &mut courses_of[member.pupil.index()];
                if courses.last() != Some(&Id::new(index)) {
                    courses.push(Id::new(index));
                }
            }
        }
        Self { stays, members, courses_of }
    }

    /// Returns the class in which a pupil is enrolled on a date; of overlapping stays the one that began
    /// last.
    pub fn class_on(&self, pupil: Id<Pupil>, date: Date) -> Option<Id<Class>> {
        self.stays
            .of(pupil.index())
            .iter()
            .rev()
            .find(|(span, _)| span.contains(date))
            .map(|(_, class)| *class)
    }

    /// Returns a pupil's stays in classes, by their first day.
    pub fn stays_of(&self, pupil: Id<Pupil>) -> &[(Span, Id<Class>)] {
        self.stays.of(pupil.index())
    }

    /// Returns every stay in a course, by pupil and first day; a pupil who came back has several.
    pub fn members_of(&self, course: Id<Course>) -> &[Member] {
        &self.members[course.index()]
    }

    /// Walks the members of a course on a date, by pupil.
    pub fn members_on(&self, course: Id<Course>, date: Date) -> impl Iterator<Item = &Member> {
        self.members[course.index()].iter().filter(move |member| member.span.contains(date))
    }

    /// Tells whether a pupil is a member of a course on a date.
    pub fn is_member(&self, pupil: Id<Pupil>, course: Id<Course>, date: Date) -> bool {
        let members = &self.members[course.index()];
        let first = members.partition_point(|member| member.pupil < pupil);
        members[first..]
            .iter()
            .take_while(|member| member.pupil == pupil)
            .any(|member| member.span.contains(date))
    }

    /// Walks the courses a pupil is a member of on a date.
    pub fn courses_on(&self, pupil: Id<Pupil>, date: Date) -> impl Iterator<Item = Id<Course>> {
        self.courses_of[pupil.index()]
            .iter()
            .copied()
            .filter(move |course| self.is_member(pupil, *course, date))
    }

    /// Returns the pupils enrolled in a class on a date, in the order of their table.
    pub fn enrolled_on(&self, class: Id<Class>, date: Date) -> Vec<Id<Pupil>> {
        (0..self.stays.len())
            .map(Id::new)
            .filter(|pupil| self.class_on(*pupil, date) == Some(class))
            .collect()
    }
}

/// Look-ups over one journal.
pub struct Roster {
    membership: Membership,
    lessons: Groups<Id<Lesson>>,
    marks: Groups<Id<Mark>>,
    absences: Groups<Id<Absence>>,
    homework: Groups<Id<Homework>>,
}

impl Deref for Roster {
    type Target = Membership;
    fn deref(&self) -> &Membership {
        &self.membership
    }
}

impl Roster {
    /// Indexes a journal.
    pub fn new(journal: &Journal) -> Self {
        let lessons = journal.lessons.iter().map(|(id, lesson)| (lesson.course.index(), id));
        let lessons = Groups::new(journal.courses.len(), lessons)
            .sorted_by_key(|id| (journal.lessons[*id].date, journal.lessons[*id].number, *id));
        let count = journal.lessons.len();
        Self {
            membership: Membership::new(journal),
            lessons,
            marks: Groups::new(count, journal.marks.iter().map(|(id, mark)| (mark.lesson.index(), id))),
            absences: Groups::new(
                count,
                journal.absences.iter().map(|(id, absence)| (absence.lesson.index(), id)),
            ),
            homework: Groups::new(count, journal.homework.iter().map(|(id, task)| (task.lesson.index(), id))),
        }
    }

    /// Returns the lessons of a course, by date and number.
    pub fn lessons_of(&self, course: Id<Course>) -> &[Id<Lesson>] {
        self.lessons.of(course.index())
    }

    /// Returns the marks of a lesson, as read.
    pub fn marks_of(&self, lesson: Id<Lesson>) -> &[Id<Mark>] {
        self.marks.of(lesson.index())
    }

    /// Returns the absences and latenesses of a lesson, as read.
    pub fn absences_of(&self, lesson: Id<Lesson>) -> &[Id<Absence>] {
        self.absences.of(lesson.index())
    }

    /// Returns the homework given at a lesson, as read.
    pub fn homework_of(&self, lesson: Id<Lesson>) -> &[Id<Homework>] {
        self.homework.of(lesson.index())
    }
}

fn stays(journal: &Journal) -> Groups<(Span, Id<Class>)> {
    let rows = journal.enrolment.iter().map(|row| (row.pupil.index(), (row.span, row.class)));
    Groups::new(journal.pupils.len(), rows).sorted_by_key(|stay| *stay)
}

fn members(journal: &Journal, stays: &Groups<(Span, Id<Class>)>, course: Id<Course>) -> Vec<Member> {
    let mut members = match journal.courses[course].audience {
        Audience::Class(class) => class_members(journal, &journal.courses[course], class),
        Audience::Group(group) => group_members(journal, stays, group),
        Audience::Pupil(_) => Vec::new(),
    };
    members.sort();
    members.dedup();
    members
}

fn class_members(journal: &Journal, course: &Course, class: Id<Class>) -> Vec<Member> {
    let mut members = Vec::new();
    for stay in journal.enrolment.iter().filter(|stay| stay.class == class) {
        let mut spans = vec![stay.span];
        for own in individual_spans(journal, stay.pupil, course.subject) {
            spans = spans.into_iter().flat_map(|span| without(span, own)).collect();
        }
        members.extend(spans.into_iter().map(|span| Member { pupil: stay.pupil, class, span }));
    }
    members
}

fn individual_spans(journal: &Journal, pupil: Id<Pupil>, subject: Id<Subject>) -> impl Iterator<Item = Span> {
    let taught_alone = move |group: Id<Group>| {
        let own = Audience::Group(group);
        journal.groups[group].kind == GroupKind::Individual
            && journal.courses.values().any(|course| course.subject == subject && course.audience == own)
    };
    journal
        .group_members
        .iter()
        .filter(move |row| row.pupil == pupil && taught_alone(row.group))
        .map(|row| row.span)
}

fn group_members(journal: &Journal, stays: &Groups<(Span, Id<Class>)>, group: Id<Group>) -> Vec<Member> {
    let rows = journal.group_members.iter().filter(|row| row.group == group);
    rows.flat_map(|row| {
        stays.of(row.pupil.index()).iter().filter_map(|(stay, class)| {
            let span = row.span.intersect(*stay)?;
            Some(Member { pupil: row.pupil, class: *class, span })
        })
    })
    .collect()
}

/// Returns the rest of a span without the days of another.
fn without(span: Span, hole: Span) -> Vec<Span> {
    let before = hole.from.yesterday().ok().filter(|_| hole.from > span.from);
    let after = hole.to.tomorrow().ok().filter(|_| hole.to < span.to);
    let before = before.map(|last| Span { from: span.from, to: span.to.min(last) });
    let after = after.map(|first| Span { from: span.from.max(first), to: span.to });
    before.into_iter().chain(after).filter(|span| span.from <= span.to).collect()
}
