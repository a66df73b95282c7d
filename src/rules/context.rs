//! The input of every rule: the journal, its roster, the policy, the date, and look-ups made once.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

use super::about::{About, Owner};
use super::log::Log;
use super::term_marks::TermMarks;
use crate::model::*;
use crate::policy::Policy;

/// Everything rules look at.
pub struct RuleContext<'a> {
    /// The school year of facts.
    pub journal: &'a Journal,
    /// Who is where, and what each lesson has.
    pub roster: &'a Roster,
    /// The figures in force.
    pub policy: &'a Policy,
    /// The date that the build is made for: nothing dated after it is due.
    pub as_of: Date,
    /// Term marks known on that date.
    pub(super) term_marks: TermMarks,
    /// The journal's own log, resolved.
    pub(super) log: Log,
    terms: Vec<Vec<Id<Term>>>,
    terms_of_classes: Vec<Vec<Id<Term>>>,
    teachers: CourseTeachers,
}

impl<'a> RuleContext<'a> {
    /// Makes the look-ups that rules share.
    pub fn new(journal: &'a Journal, roster: &'a Roster, policy: &'a Policy, as_of: Date) -> Self {
        let terms = journal.courses.values().map(|course| journal.terms_of_course(course)).collect();
        let terms_of_classes =
            journal.classes.values().map(|class| journal.terms_of_grade(class.grade)).collect();
        let teachers = CourseTeachers::new(journal);
        let term_marks = TermMarks::new(journal, roster, as_of);
        let log = Log::new(journal);
        Self { journal, roster, policy, as_of, term_marks, log, terms, terms_of_classes, teachers }
    }

    /// Returns the terms in which a course is marked, without the year.
    pub(super) fn terms_of(&self, course: Id<Course>) -> &[Id<Term>] {
        &self.terms[course.index()]
    }

    /// Returns the terms in which a course marks a pupil of a class: a group may have classes with other
    /// terms than its first.
    pub(super) fn terms_of_member(&self, course: Id<Course>, class: Id<Class>) -> &[Id<Term>] {
        let own_kind = self.journal.courses[course].term_kind.is_some();
        if own_kind { self.terms_of(course) } else { &self.terms_of_classes[class.index()] }
    }

    /// Returns the course's term of a date, without the year.
    pub(super) fn term_of(&self, course: Id<Course>, date: Date) -> Option<Id<Term>> {
        self.term_among(&self.terms[course.index()], date)
    }

    /// Returns the class's term of a date, without the year.
    pub(super) fn term_of_class(&self, class: Id<Class>, date: Date) -> Option<Id<Term>> {
        self.term_among(&self.terms_of_classes[class.index()], date)
    }

    fn term_among(&self, terms: &[Id<Term>], date: Date) -> Option<Id<Term>> {
        terms.iter().copied().find(|term| self.journal.terms[*term].span.contains(date))
    }

    /// Walks the lessons dated up to `as_of`.
    pub(super) fn lessons(&self) -> impl Iterator<Item = (Id<Lesson>, &'a Lesson)> {
        self.journal.lessons.iter().filter(|(_, lesson)| lesson.date <= self.as_of)
    }

    /// Walks the lessons held up to `as_of`.
    pub(super) fn held(&self) -> impl Iterator<Item = (Id<Lesson>, &'a Lesson)> {
        self.lessons().filter(|(_, lesson)| lesson.status == LessonStatus::Held)
    }

    /// Walks the marks of lessons up to `as_of`; a point is not a mark.
    pub(super) fn marks(&self) -> impl Iterator<Item = (&'a Mark, &'a Lesson)> {
        let lesson_of = |mark: &'a Mark| (mark, &self.journal.lessons[mark.lesson]);
        let marks = self.journal.marks.values().filter(|mark| mark.value != MarkValue::Point).map(lesson_of);
        marks.filter(|(_, lesson)| lesson.date <= self.as_of)
    }

    /// Returns whether the pupil is absent from the lesson for one of the reasons that rules name.
    pub(super) fn is_absent(&self, lesson: Id<Lesson>, pupil: Id<Pupil>) -> bool {
        self.roster
            .absences_of(lesson)
            .iter()
            .map(|id| &self.journal.absences[*id])
            .any(|absence| absence.pupil == pupil && absence.reason.is_known_absence())
    }

    /// Returns whether somebody teaches the course on the date.
    pub(super) fn teaches(&self, staff: Id<Staff>, course: Id<Course>, date: Date) -> bool {
        self.teachers.teaches(staff, course, date)
    }

    /// Returns everyone who teaches any course.
    pub(super) fn teachers(&self) -> BTreeSet<Id<Staff>> {
        let main = self.journal.courses.values().map(|course| course.teacher);
        main.chain(self.journal.course_teachers.iter().map(|row| row.teacher)).collect()
    }

    /// Returns the subject of a finding on a course; a group's course has no class.
    pub(super) fn about_course(&self, id: Id<Course>) -> About {
        let course = &self.journal.courses[id];
        About {
            class: if let Audience::Class(class) = course.audience { Some(class) } else { None },
            subject: Some(course.subject),
            course: Some(id),
            staff: Some(course.teacher),
            ..About::default()
        }
    }

    /// Returns the owner of a course's records.
    pub(super) fn owner_of_course(&self, id: Id<Course>) -> Owner {
        self.about_course(id).into()
    }

    /// Returns the owner of a lesson's records.
    pub(super) fn owner_of_lesson(&self, id: Id<Lesson>) -> Owner {
        self.owner_of_course(self.journal.lessons[id].course)
    }

    /// Returns the owner of an entry on a pupil at a lesson; for a group's lesson the class is the pupil's.
    pub(super) fn owner_of_entry(&self, lesson: Id<Lesson>, pupil: Id<Pupil>) -> Owner {
        let Lesson { date, course, .. } = self.journal.lessons[lesson];
        let whose = self.owner_of_course(course);
        Owner { class: whose.class.or_else(|| self.class_near(pupil, date)), ..whose }
    }

    /// Returns the owner of homework: a lesson's, or one pupil's.
    pub(super) fn owner_of_homework(&self, task: &Homework) -> Owner {
        match task.pupil {
            None => self.owner_of_lesson(task.lesson),
            Some(pupil) => self.owner_of_entry(task.lesson, pupil),
        }
    }

    /// Returns the subject of a finding on a lesson.
    pub(super) fn about_lesson(&self, id: Id<Lesson>) -> About {
        let lesson = &self.journal.lessons[id];
        About {
            date: Some(lesson.date),
            term: self.term_of(lesson.course, lesson.date),
            lesson: Some(id),
            place: Some(lesson.place),
            ..self.about_course(lesson.course)
        }
    }

    /// Returns the subject of a finding on a mark.
    pub(super) fn about_mark(&self, mark: &Mark) -> About {
        self.about_entry(mark.lesson, mark.pupil).at(mark.place)
    }

    /// Returns the subject of a finding on a term mark.
    pub(super) fn about_term_mark(&self, id: Id<TermMark>) -> About {
        let mark = &self.journal.term_marks[id];
        let last_day = self.journal.terms[mark.term].span.to;
        let about = self.term_marks.course(id).map(|course| self.about_course(course)).unwrap_or_default();
        About {
            date: Some(last_day),
            term: Some(mark.term),
            class: about.class.or_else(|| self.class_near(mark.pupil, last_day)),
            subject: Some(mark.subject),
            pupil: Some(mark.pupil),
            place: Some(mark.place),
            ..about
        }
    }

    /// Returns the subject of a finding on an absence.
    pub(super) fn about_absence(&self, absence: &Absence) -> About {
        self.about_entry(absence.lesson, absence.pupil).at(absence.place)
    }

    /// Returns the subject of a finding on a pupil at a lesson; for a group's lesson the class is the
    /// pupil's.
    pub(super) fn about_entry(&self, lesson: Id<Lesson>, pupil: Id<Pupil>) -> About {
        let about = self.about_lesson(lesson);
        let Lesson { date, course, .. } = self.journal.lessons[lesson];
        let class = about.class.or_else(|| self.class_near(pupil, date));
        let term = class.and_then(|class| self.term_among(self.terms_of_member(course, class), date));
        About { class, term: term.or(about.term), pupil: Some(pupil), ..about }
    }

    /// Returns the subject of a finding on homework: a lesson's, or one pupil's.
    pub(super) fn about_homework(&self, task: &Homework) -> About {
        let about = match task.pupil {
            None => self.about_lesson(task.lesson),
            Some(pupil) => self.about_entry(task.lesson, pupil),
        };
        about.at(task.place)
    }

    /// Returns a pupil's class on a date, or the last one before it, or the first one after.
    pub(super) fn class_near(&self, pupil: Id<Pupil>, date: Date) -> Option<Id<Class>> {
        let stays = self.roster.stays_of(pupil);
        let before = || stays.iter().filter(|(span, _)| span.to < date).max_by_key(|(span, _)| span.to);
        let nearest = || before().or(stays.first()).map(|(_, class)| *class);
        self.roster.class_on(pupil, date).or_else(nearest)
    }

    /// Returns the last second of `as_of`.
    pub(super) fn as_of_end(&self) -> DateTime {
        day_end(self.as_of)
    }
}

/// Returns the day's end, 23:59:59.
pub(super) fn day_end(date: Date) -> DateTime {
    date.at(23, 59, 59, 0)
}

/// Returns the day some days later.
pub(super) fn days_after(date: Date, days: u16) -> Date {
    date.saturating_add(i64::from(days).days())
}
