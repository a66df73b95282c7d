//! The whole school year of facts.

use std::collections::BTreeMap;

use jiff::civil::DateTime;

use super::codes::Grading;
use super::id::{Arena, Id};
use super::presence::Presence;
use super::records::{
    Absence, Account, Acknowledgement, Alias, Audience, Bell, Breach, Change, Class, Consent, Course,
    CourseTeacher, Curriculum, DayMove, Decision, Enrolment, Group, GroupMember, Holiday, Homework, Lesson,
    Mark, PlannedLesson, PrintedMean, Pupil, Recommendation, RegisterRow, Remark, SetupStep, Staff, Subject,
    Suspension, Term, TermMark, TimetableRow, Work,
};
use super::school::{ArchiveIds, Officials, Regulation, School, SchoolYear};
use super::snapshots::Snapshot;
use crate::base::source::{Origin, SourceRef};

/// One school year of one school, as read: nothing judged, nothing computed.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    /// The school.
    pub school: School,
    /// The year.
    pub year: SchoolYear,
    /// Who signs.
    pub officials: Officials,
    /// The local act.
    pub regulation: Regulation,
    /// The archive's identifiers.
    pub archive: ArchiveIds,
    /// Files and sheets that places refer to.
    pub origins: Vec<Origin>,
    /// The dated snapshots behind moments of entry, oldest first; empty if there are none.
    pub snapshots: Vec<Snapshot>,
    /// When reports were made, by the index of their origin, if they say it.
    pub made_at: BTreeMap<u32, DateTime>,
    /// Which tables and columns were given.
    pub presence: Presence,
    /// `staff`
    pub staff: Arena<Staff>,
    /// `terms`
    pub terms: Arena<Term>,
    /// `holidays`
    pub holidays: Vec<Holiday>,
    /// `suspensions`
    pub suspensions: Vec<Suspension>,
    /// `bells`
    pub bells: Vec<Bell>,
    /// `subjects`
    pub subjects: Arena<Subject>,
    /// `classes`
    pub classes: Arena<Class>,
    /// `pupils`
    pub pupils: Arena<Pupil>,
    /// `enrolment`
    pub enrolment: Vec<Enrolment>,
    /// `groups`
    pub groups: Arena<Group>,
    /// `group_members`
    pub group_members: Vec<GroupMember>,
    /// `courses`
    pub courses: Arena<Course>,
    /// `course_teachers`
    pub course_teachers: Vec<CourseTeacher>,
    /// `curriculum`
    pub curriculum: Vec<Curriculum>,
    /// `lesson_plans`
    pub lesson_plans: Vec<PlannedLesson>,
    /// `timetable`
    pub timetable: Vec<TimetableRow>,
    /// `day_moves`
    pub day_moves: Vec<DayMove>,
    /// `lessons`
    pub lessons: Arena<Lesson>,
    /// `homework`
    pub homework: Arena<Homework>,
    /// `works`
    pub works: Arena<Work>,
    /// `marks`
    pub marks: Arena<Mark>,
    /// `attendance`
    pub absences: Arena<Absence>,
    /// `absence_register`
    pub register: Vec<RegisterRow>,
    /// `term_marks`
    pub term_marks: Arena<TermMark>,
    /// `accounts`
    pub accounts: Vec<Account>,
    /// `changes`
    pub changes: Vec<Change>,
    /// `breaches`
    pub breaches: Vec<Breach>,
    /// `consents`
    pub consents: Vec<Consent>,
    /// `acknowledgements`
    pub acknowledgements: Vec<Acknowledgement>,
    /// `recommendations`
    pub recommendations: Vec<Recommendation>,
    /// `remarks`
    pub remarks: Vec<Remark>,
    /// `setup`
    pub setup: Vec<SetupStep>,
    /// `decisions`
    pub decisions: Vec<Decision>,
    /// `aliases`
    pub aliases: Vec<Alias>,
    /// Means and results as a source printed them, kept beside the marks they summarise.
    pub printed_means: Vec<PrintedMean>,
}

impl Journal {
    /// Returns the file and sheet of a place.
    pub fn origin(&self, place: SourceRef) -> Option<&Origin> {
        self.origins.get(place.origin as usize)
    }

    /// Returns the grading of a course: its own, or its subject's.
    pub fn grading(&self, course: &Course) -> Grading {
        course.grading.unwrap_or(self.subjects[course.subject].grading)
    }

    /// Returns the classes of a course: its class, or those of its group.
    pub fn classes_of<'a>(&'a self, course: &'a Course) -> &'a [Id<Class>] {
        match &course.audience {
            Audience::Class(class) => std::slice::from_ref(class),
            Audience::Group(group) => &self.groups[*group].classes,
            Audience::Pupil(_) => &[],
        }
    }

    /// Returns the group of a group's course.
    pub fn group_of(&self, course: &Course) -> Option<&Group> {
        if let Audience::Group(group) = course.audience { Some(&self.groups[group]) } else { None }
    }

    /// Returns the grade of a course: that of its first class; 0 for a group without classes.
    pub fn grade_of(&self, course: &Course) -> u8 {
        self.classes_of(course).first().map_or(0, |class| self.classes[*class].grade)
    }
}
