//! Questions that several tables of the analytics ask: terms of dates, graded courses of pupils, marks of
//! courses, who teaches.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use jiff::civil::{Date, DateTime};

use super::earlier::{Earlier, YearBefore};
use super::forecast::{Past, TermCases};
use super::rounding::exact;
use super::sheet::Row;
use crate::model::*;
use crate::stats::facts::{ended_terms, is_marked_in};
use crate::stats::figure::Figure;
use crate::stats::plan::Plans;

/// A mark on a lesson of a course.
#[derive(Clone, Copy)]
pub(super) struct CourseMark {
    pub(super) pupil: Id<Pupil>,
    pub(super) date: Date,
    pub(super) id: Id<Mark>,
    /// 1 to 5, if it is numeric.
    pub(super) value: Option<u8>,
    /// In billionths; 1 if the mark has no work or the work has no weight.
    pub(super) weight: i128,
}

/// A pupil in a graded course on a term's last day, or on another day.
#[derive(Clone, Copy)]
pub(super) struct Studied {
    pub(super) pupil: Id<Pupil>,
    pub(super) class: Id<Class>,
    pub(super) course: Id<Course>,
    pub(super) subject: Id<Subject>,
}

/// Count and sum of numeric marks, and the same weighted.
#[derive(Clone, Copy, Default)]
pub(super) struct Sums {
    pub(super) count: i128,
    pub(super) sum: i128,
    pub(super) weight: i128,
    pub(super) weighted: i128,
}

/// The year as the tables see it.
pub(crate) struct Facts<'a> {
    pub(super) journal: &'a Journal,
    pub(super) roster: &'a Roster,
    pub(super) figures: &'a [Figure],
    pub(super) as_of: Date,
    /// The year before, where it is compared with.
    pub(super) year_before: Option<&'a YearBefore>,
    /// Cases of forecasts of all earlier years that are compared with.
    pub(super) past: &'a Past,
    /// Terms ended by `as_of`, including the year.
    pub(super) ended: Vec<Id<Term>>,
    pub(super) plans: Plans<'a>,
    term_marks: SeenTermMarks,
    /// Marks of each course on lessons up to `as_of`, by pupil and date, without signs that are not marks.
    marks: Vec<Vec<CourseMark>>,
    teachers: CourseTeachers,
    /// Study terms of every grade, by their first day.
    study_terms: BTreeMap<u8, Vec<Id<Term>>>,
    /// What forecasts would have said of the terms that ended, once somebody asked.
    pub(super) term_cases: OnceLock<Vec<TermCases>>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(
        (journal, roster): (&'a Journal, &'a Roster),
        figures: &'a [Figure],
        as_of: Date,
        earlier: &'a Earlier,
    ) -> Self {
        let grades: BTreeSet<u8> = journal.classes.values().map(|class| class.grade).collect();
        let study_terms = grades.into_iter().map(|grade| (grade, journal.terms_of_grade(grade))).collect();
        Self {
            journal,
            roster,
            figures,
            as_of,
            year_before: earlier.year_before(journal),
            past: &earlier.past,
            ended: ended_terms(journal, as_of),
            plans: Plans::new(journal),
            term_marks: SeenTermMarks::new(journal, as_of, |_| true),
            marks: course_marks(journal, as_of),
            teachers: CourseTeachers::new(journal),
            study_terms,
            term_cases: OnceLock::new(),
        }
    }

    /// Returns the study term of a grade that holds a date.
    pub(super) fn study_term(&self, grade: u8, date: Date) -> Option<Id<Term>> {
        let terms = self.study_terms.get(&grade)?;
        terms.iter().copied().find(|term| self.journal.terms[*term].span.contains(date))
    }

    /// Returns the study term of a date and course.
    pub(super) fn term_of_course(&self, course: Id<Course>, date: Date) -> Option<Id<Term>> {
        self.study_term(self.journal.grade_of(&self.journal.courses[course]), date)
    }

    /// Returns a pupil's class on a date, and the study term of the two.
    pub(super) fn class_and_term(
        &self,
        pupil: Id<Pupil>,
        date: Date,
    ) -> (Option<Id<Class>>, Option<Id<Term>>) {
        let class = self.roster.class_on(pupil, date);
        (class, class.and_then(|class| self.study_term(self.journal.classes[class].grade, date)))
    }

    /// Returns the previous term of the same kind for a grade: the one with the latest end before a term's
    /// start; the year has none.
    pub(super) fn previous(&self, term: Id<Term>, grade: u8) -> Option<Id<Term>> {
        self.journal.previous_term(term, grade)
    }

    /// Returns a pupil's numeric or other value that counts for a subject in a term: kind `year` in the year,
    /// otherwise `term`.
    pub(super) fn term_mark(
        &self,
        pupil: Id<Pupil>,
        subject: Id<Subject>,
        term: Id<Term>,
    ) -> Option<&TermMark> {
        self.term_mark_of(pupil, subject, term, self.journal.terms[term].closing_kind())
    }

    /// Returns the term mark of a kind that counts. A mark of a pupil without a course in its subject on the
    /// term's last day (of somebody who left, or from another school) counts nowhere.
    pub(super) fn term_mark_of(
        &self,
        pupil: Id<Pupil>,
        subject: Id<Subject>,
        term: Id<Term>,
        kind: TermMarkKind,
    ) -> Option<&TermMark> {
        let last_day = self.journal.terms[term].span.to;
        let is_ours = |course: Id<Course>| self.journal.courses[course].subject == subject;
        if !self.roster.courses_on(pupil, last_day).any(is_ours) {
            return None;
        }
        let id = self.term_marks.counting(self.journal, &(pupil, subject, term, kind))?;
        Some(&self.journal.term_marks[id])
    }

    /// Returns a numeric term mark.
    pub(super) fn numeric_term_mark(
        &self,
        pupil: Id<Pupil>,
        subject: Id<Subject>,
        term: Id<Term>,
    ) -> Option<u8> {
        self.term_mark(pupil, subject, term)?.value?.numeric()
    }

    /// Lists pupils and graded courses of a day in a term, in any grade: once per pupil and course, by
    /// course.
    pub(super) fn studied(&self, term: Id<Term>, day: Date) -> Vec<Studied> {
        let journal = self.journal;
        let mut studied = Vec::new();
        for (course, record) in journal.courses.iter() {
            if record.kind != CourseKind::Lesson || journal.grading(record) == Grading::None {
                continue;
            }
            let mut last = None;
            for member in self.roster.members_on(course, day) {
                let Some(class) = self.roster.class_on(member.pupil, day) else { continue };
                if last != Some(member.pupil) && is_marked_in(journal, record, class, term) {
                    let (pupil, subject) = (member.pupil, record.subject);
                    studied.push(Studied { pupil, class, course, subject });
                }
                last = Some(member.pupil);
            }
        }
        studied
    }

    /// Lists the same for grades with marks.
    pub(super) fn graded(&self, term: Id<Term>, day: Date) -> Vec<Studied> {
        let mut graded = self.studied(term, day);
        graded.retain(|one| self.journal.classes[one.class].grade >= FIRST_MARKED_GRADE);
        graded
    }

    /// Returns a pupil's marks in a course, by date.
    pub(super) fn marks_of(&self, pupil: Id<Pupil>, course: Id<Course>) -> &[CourseMark] {
        let marks = &self.marks[course.index()];
        let from = marks.partition_point(|mark| mark.pupil < pupil);
        let to = marks.partition_point(|mark| mark.pupil <= pupil);
        &marks[from..to]
    }

    /// Walks a pupil's numeric marks in a course over some days, by date.
    pub(super) fn numeric_marks(
        &self,
        pupil: Id<Pupil>,
        course: Id<Course>,
        span: Span,
    ) -> impl Iterator<Item = u8> {
        let marks = self.marks_of(pupil, course).iter();
        marks.filter(move |mark| span.contains(mark.date)).filter_map(|mark| mark.value)
    }

    /// Sums a pupil's numeric marks in a course over some days.
    pub(super) fn sums(&self, pupil: Id<Pupil>, course: Id<Course>, span: Span) -> Sums {
        let mut sums = Sums::default();
        for mark in self.marks_of(pupil, course).iter().filter(|mark| span.contains(mark.date)) {
            let Some(value) = mark.value.map(i128::from) else { continue };
            sums.count += 1;
            sums.sum += value;
            sums.weight += mark.weight;
            sums.weighted += value * mark.weight;
        }
        sums
    }

    /// Returns whether somebody teaches a course on a day.
    pub(super) fn teaches(&self, staff: Id<Staff>, course: Id<Course>, date: Date) -> bool {
        self.teachers.teaches(staff, course, date)
    }

    /// Returns a pupil's absence from a lesson, or the lateness; of several rows the one entered last.
    pub(super) fn absence(&self, lesson: Id<Lesson>, pupil: Id<Pupil>) -> Option<&'a Absence> {
        let rows = self.roster.absences_of(lesson).iter().map(|id| &self.journal.absences[*id]);
        rows.filter(|row| row.pupil == pupil).max_by_key(|row| row.recorded_at)
    }

    /// Tells whether a pupil is absent from a lesson.
    pub(super) fn is_absent(&self, lesson: Id<Lesson>, pupil: Id<Pupil>) -> bool {
        self.absence(lesson, pupil).is_some_and(|absence| absence.reason.is_absence())
    }

    /// Returns when a mark was recorded.
    pub(super) fn recorded(&self, mark: Id<Mark>) -> (Option<DateTime>, Date, u8) {
        recorded(self.journal, mark)
    }

    /// Returns whether a mark is recorded later than another.
    pub(super) fn is_recorded_later(&self, mark: Id<Mark>, other: Id<Mark>) -> bool {
        is_recorded_later(self.journal, mark, other)
    }

    /// Walks the lessons dated up to `as_of`.
    pub(super) fn lessons(&self) -> impl Iterator<Item = (Id<Lesson>, &'a Lesson)> {
        let as_of = self.as_of;
        self.journal.lessons.iter().filter(move |(_, lesson)| lesson.date <= as_of)
    }

    /// Returns whether a term has a course: any of its classes has a grade of the term.
    pub(super) fn has_course(&self, term: Id<Term>, course: &Course) -> bool {
        let grades = &self.journal.terms[term].grades;
        let mut classes = self.journal.classes_of(course).iter();
        classes.any(|class| grades.contains(self.journal.classes[*class].grade))
    }

    /// Returns the cells with the place of an entry on a pupil at a lesson: term, date, class, pupil, course,
    /// subject, lesson.
    pub(super) fn place_of_entry(&self, pupil: Id<Pupil>, lesson: Id<Lesson>) -> Row {
        let journal = self.journal;
        let lesson = &journal.lessons[lesson];
        let course = &journal.courses[lesson.course];
        let (class, term) = self.class_and_term(pupil, lesson.date);
        vec![
            self.term_key(term).into(),
            lesson.date.into(),
            self.class_key(class).into(),
            journal.pupils[pupil].key.as_str().into(),
            course.key.as_str().into(),
            journal.subjects[course.subject].key.as_str().into(),
            lesson.key.as_str().into(),
        ]
    }

    /// Returns the id of a term, empty if there is none.
    pub(super) fn term_key(&self, term: Option<Id<Term>>) -> &'a str {
        term.map_or("", |term| self.journal.terms[term].key.as_str())
    }

    /// Returns the id of a class, empty if there is none.
    pub(super) fn class_key(&self, class: Option<Id<Class>>) -> &'a str {
        class.map_or("", |class| self.journal.classes[class].key.as_str())
    }
}

/// Returns the sort key by which marks are recorded: the moment (`None` is before any), then the lesson.
fn recorded(journal: &Journal, mark: Id<Mark>) -> (Option<DateTime>, Date, u8) {
    let mark = &journal.marks[mark];
    let lesson = &journal.lessons[mark.lesson];
    (mark.recorded_at, lesson.date, lesson.number)
}

/// Returns whether a mark is recorded later than another: by the moment, the lesson, the id.
pub(super) fn is_recorded_later(journal: &Journal, mark: Id<Mark>, other: Id<Mark>) -> bool {
    let order = |id: Id<Mark>| (recorded(journal, id), &journal.marks[id].key);
    order(mark) > order(other)
}

fn course_marks(journal: &Journal, as_of: Date) -> Vec<Vec<CourseMark>> {
    let mut marks = vec![Vec::new(); journal.courses.len()];
    for (id, mark) in journal.marks.iter() {
        let lesson = &journal.lessons[mark.lesson];
        if lesson.date > as_of || matches!(mark.value, MarkValue::Point | MarkValue::Zero) {
            continue;
        }
        let weight = exact(mark.work.and_then(|work| journal.works[work].weight).unwrap_or(1.0));
        let (pupil, value) = (mark.pupil, mark.value.numeric());
        marks[lesson.course.index()].push(CourseMark { pupil, date: lesson.date, id, value, weight });
    }
    marks.iter_mut().for_each(|marks| marks.sort_by_key(|mark| (mark.pupil, mark.date, mark.id)));
    marks
}
