//! The records of a school year, one struct per table of the exchange format, each with its place.

use ecow::EcoString;
use jiff::civil::{Date, DateTime, Time};

use super::codes::*;
use super::grades::GradeSet;
use super::id::Id;
use super::mark_values::*;
use super::snapshots::Interval;
use super::tables::Table;
use crate::base::source::SourceRef;

/// Short strings are stored inline: most ids and marks need no allocation.
pub type Text = EcoString;

/// A span of dates, both ends inclusive; an open end is [`Date::MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

impl Span {
    /// Every day there is.
    pub const ALWAYS: Self = Self { from: Date::MIN, to: Date::MAX };

    /// Joins two ends; a missing one is open.
    pub fn new(from: Option<Date>, to: Option<Date>) -> Self {
        Self { from: from.unwrap_or(Date::MIN), to: to.unwrap_or(Date::MAX) }
    }

    /// Returns whether the date is inside, ends included.
    pub fn contains(self, date: Date) -> bool {
        self.from <= date && date <= self.to
    }

    /// Returns the days in both spans, if any.
    pub fn intersect(self, other: Self) -> Option<Self> {
        let both = Self { from: self.from.max(other.from), to: self.to.min(other.to) };
        (both.from <= both.to).then_some(both)
    }
}

/// The classes, groups or pupils of a course, a plan or a group's lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// A whole class.
    Class(Id<Class>),
    /// A group.
    Group(Id<Group>),
    /// One pupil (only in the curriculum).
    Pupil(Id<Pupil>),
}

/// An employee; every teacher is one.
#[derive(Clone, Debug)]
pub struct Staff {
    /// `staff_id`.
    pub key: Text,
    /// Full name: «Фамилия Имя Отчество».
    pub name: Text,
    /// Post.
    pub position: Text,
    /// Its row.
    pub place: SourceRef,
}

/// A term (учебный период), the year included.
#[derive(Clone, Debug)]
pub struct Term {
    /// `term_id`.
    pub key: Text,
    /// What kind of term.
    pub kind: TermKind,
    /// As printed: «1 четверть».
    pub title: Text,
    /// Its days.
    pub span: Span,
    /// Grades it is for.
    pub grades: GradeSet,
    /// Its row.
    pub place: SourceRef,
}

/// Days without lessons.
#[derive(Clone, Debug)]
pub struct Holiday {
    /// As printed.
    pub title: Text,
    /// Its days.
    pub span: Span,
    /// Its grades; all by default.
    pub grades: GradeSet,
    /// Its row.
    pub place: SourceRef,
}

/// Suspended days (актированные дни).
#[derive(Clone, Debug)]
pub struct Suspension {
    /// Its days.
    pub span: Span,
    /// Its classes; empty means all.
    pub classes: Vec<Id<Class>>,
    /// Why.
    pub reason: Text,
    /// By which order.
    pub order: Text,
    /// Its row.
    pub place: SourceRef,
}

/// The times of a lesson number.
#[derive(Clone, Debug)]
pub struct Bell {
    /// Lesson number.
    pub number: u8,
    /// When it begins.
    pub start: Time,
    /// When it ends.
    pub end: Time,
    /// Shift, if the school has several.
    pub shift: Text,
    /// Only on this weekday (1 Monday … 7).
    pub weekday: Option<u8>,
    /// Only on these days.
    pub span: Span,
    /// Its row.
    pub place: SourceRef,
}

/// A subject of the curriculum.
#[derive(Clone, Debug)]
pub struct Subject {
    /// `subject_id`.
    pub key: Text,
    /// As printed.
    pub title: Text,
    /// Short title for narrow columns; empty if none is given.
    pub short: Text,
    /// Subject area.
    pub area: Text,
    /// Part of the curriculum.
    pub component: Option<Component>,
    /// The kind of marks it is given.
    pub grading: Grading,
    /// Its row.
    pub place: SourceRef,
}

/// A class, such as 5А.
#[derive(Clone, Debug)]
pub struct Class {
    /// `class_id`, folded: «5А».
    pub key: Text,
    /// Year of study, 1 to 11.
    pub grade: u8,
    /// Letter.
    pub letter: Text,
    /// Class teacher.
    pub teacher: Option<Id<Staff>>,
    /// Profile of study.
    pub profile: Text,
    /// Shift.
    pub shift: Text,
    /// Class-set (класс-комплект) it is taught in.
    pub set: Text,
    /// Its row.
    pub place: SourceRef,
}

/// A pupil's personal card.
#[derive(Clone, Debug)]
pub struct Pupil {
    /// `pupil_id`.
    pub key: Text,
    /// Фамилия.
    pub surname: Text,
    /// Имя.
    pub given_name: Text,
    /// Отчество.
    pub patronymic: Text,
    /// Date of birth.
    pub birth_date: Option<Date>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Number of the personal file.
    pub file_number: Text,
    /// Address.
    pub address: Text,
    /// Telephone.
    pub phone: Text,
    /// Parents.
    pub parents: Text,
    /// Health group: special-category data, never printed.
    pub health_group: Text,
    /// Group for physical education: special-category data, never printed.
    pub pe_group: Text,
    /// Its row.
    pub place: SourceRef,
}

impl Pupil {
    /// Returns «Фамилия Имя», the form on journal pages.
    pub fn short_name(&self) -> String {
        format!("{} {}", self.surname, self.given_name)
    }

    /// Returns «Фамилия Имя Отчество».
    pub fn full_name(&self) -> String {
        [&self.surname, &self.given_name, &self.patronymic]
            .into_iter()
            .filter(|part| !part.is_empty())
            .map(Text::as_str)
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// A pupil's stay in a class.
#[derive(Clone, Debug)]
pub struct Enrolment {
    /// Who.
    pub pupil: Id<Pupil>,
    /// Where.
    pub class: Id<Class>,
    /// The days of the stay.
    pub span: Span,
    /// How it began.
    pub joined: Option<JoinKind>,
    /// By which order.
    pub joined_order: Text,
    /// How it ended.
    pub left: Option<LeaveKind>,
    /// By which order.
    pub left_order: Text,
    /// Where to, or why.
    pub left_reason: Text,
    /// Its row.
    pub place: SourceRef,
}

/// Pupils taught together who are not a class.
#[derive(Clone, Debug)]
pub struct Group {
    /// `group_id`.
    pub key: Text,
    /// As printed.
    pub title: Text,
    /// Classes its pupils come from.
    pub classes: Vec<Id<Class>>,
    /// What it is for.
    pub kind: GroupKind,
    /// Its row.
    pub place: SourceRef,
}

/// A pupil's stay in a group.
#[derive(Clone, Debug)]
pub struct GroupMember {
    /// Where.
    pub group: Id<Group>,
    /// Who.
    pub pupil: Id<Pupil>,
    /// The days of the stay.
    pub span: Span,
    /// Its row.
    pub place: SourceRef,
}

/// One series of journal pages: who teaches what to whom.
#[derive(Clone, Debug)]
pub struct Course {
    /// `course_id`.
    pub key: Text,
    /// What.
    pub subject: Id<Subject>,
    /// A class or a group.
    pub audience: Audience,
    /// By whom.
    pub teacher: Id<Staff>,
    /// Weekly hours.
    pub hours_week: Option<f64>,
    /// Its kind in the curriculum.
    pub kind: CourseKind,
    /// Overrides the subject's own grading.
    pub grading: Option<Grading>,
    /// Overrides the grade's own kind of terms.
    pub term_kind: Option<TermKind>,
    /// Its row.
    pub place: SourceRef,
}

/// Hours planned.
#[derive(Clone, Debug)]
pub struct Curriculum {
    /// Of what.
    pub subject: Id<Subject>,
    /// For whom.
    pub audience: Audience,
    /// The term; `None` means the year.
    pub term: Option<Id<Term>>,
    /// How many.
    pub hours: f64,
    /// Its row.
    pub place: SourceRef,
}

/// A lesson of the lesson plan (КТП).
#[derive(Clone, Debug)]
pub struct PlannedLesson {
    /// Of which course.
    pub course: Id<Course>,
    /// Position in the plan.
    pub seq: u32,
    /// Topic.
    pub topic: Text,
    /// Hours.
    pub hours: f64,
    /// Unit.
    pub section: Text,
    /// Kind of lesson.
    pub kind: Text,
    /// The planned day of the lesson.
    pub planned_date: Option<Date>,
    /// Its row.
    pub place: SourceRef,
}

/// A row of the timetable.
#[derive(Clone, Debug)]
pub struct TimetableRow {
    /// Which course.
    pub course: Id<Course>,
    /// 1 Monday … 7 Sunday.
    pub weekday: u8,
    /// Lesson number.
    pub number: u8,
    /// Room.
    pub room: Text,
    /// The days on which it applies.
    pub span: Span,
    /// Only in odd or even weeks.
    pub weeks: Option<Weeks>,
    /// Its row.
    pub place: SourceRef,
}

/// A lesson in the journal.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// `lesson_id`.
    pub key: Text,
    /// Which course.
    pub course: Id<Course>,
    /// When.
    pub date: Date,
    /// Lesson number.
    pub number: u8,
    /// What became of it.
    pub status: LessonStatus,
    /// The new date of a moved lesson.
    pub moved_to: Option<Date>,
    /// Who held it.
    pub teacher: Id<Staff>,
    /// Whom that teacher replaced.
    pub replaces: Option<Id<Staff>>,
    /// Room.
    pub room: Text,
    /// Kind of lesson.
    pub kind: Text,
    /// Topic.
    pub topic: Text,
    /// Position in the lesson plan.
    pub plan_seq: Option<u32>,
    /// Hours that it counts for; 1 by default.
    pub hours: f64,
    /// When it was entered.
    pub recorded_at: Option<DateTime>,
    /// By whom.
    pub recorded_by: Option<Id<Staff>>,
    /// Between which snapshots it first appeared, if there are any and `recorded_at` is not given.
    pub seen: Option<Box<Interval>>,
    /// Its row.
    pub place: SourceRef,
}

/// Homework given at a lesson.
#[derive(Clone, Debug)]
pub struct Homework {
    /// At which lesson.
    pub lesson: Id<Lesson>,
    /// What.
    pub text: Text,
    /// Minutes it takes.
    pub minutes: Option<f64>,
    /// For which day.
    pub due_on: Option<Date>,
    /// Only for this pupil.
    pub pupil: Option<Id<Pupil>>,
    /// When it was entered.
    pub recorded_at: Option<DateTime>,
    /// By whom.
    pub recorded_by: Option<Id<Staff>>,
    /// Between which snapshots it first appeared, if there are any and `recorded_at` is not given.
    pub seen: Option<Box<Interval>>,
    /// Its row.
    pub place: SourceRef,
}

/// What marks are given for.
#[derive(Clone, Debug)]
pub struct Work {
    /// `work_id`.
    pub key: Text,
    /// Of which course.
    pub course: Id<Course>,
    /// Kind of work.
    pub kind: WorkKind,
    /// As printed.
    pub title: Text,
    /// Is in the schedule of control works (ВШК).
    pub control: bool,
    /// Form of control.
    pub form: Text,
    /// The planned day.
    pub planned_date: Option<Date>,
    /// The lesson of the work.
    pub lesson: Option<Id<Lesson>>,
    /// Weight.
    pub weight: Option<f64>,
    /// Its row.
    pub place: SourceRef,
}

/// The value in a pupil's cell of a lesson (отметка).
#[derive(Clone, Debug)]
pub struct Mark {
    /// `mark_id`.
    pub key: Text,
    /// At which lesson.
    pub lesson: Id<Lesson>,
    /// Whose.
    pub pupil: Id<Pupil>,
    /// The sign.
    pub value: MarkValue,
    /// What for.
    pub work: Option<Id<Work>>,
    /// Comment.
    pub comment: Text,
    /// The source's printed form, if it differs from the value.
    pub printed: Text,
    /// When it was entered.
    pub recorded_at: Option<DateTime>,
    /// By whom.
    pub recorded_by: Option<Id<Staff>>,
    /// Between which snapshots it first appeared, if there are any and `recorded_at` is not given.
    pub seen: Option<Box<Interval>>,
    /// Its row.
    pub place: SourceRef,
}

/// An absence or a lateness at a lesson.
#[derive(Clone, Debug)]
pub struct Absence {
    /// At which lesson.
    pub lesson: Id<Lesson>,
    /// Whose.
    pub pupil: Id<Pupil>,
    /// Why.
    pub reason: AbsenceReason,
    /// Comment.
    pub comment: Text,
    /// When it was entered.
    pub recorded_at: Option<DateTime>,
    /// By whom.
    pub recorded_by: Option<Id<Staff>>,
    /// Between which snapshots it first appeared, if there are any and `recorded_at` is not given.
    pub seen: Option<Box<Interval>>,
    /// Its row.
    pub place: SourceRef,
}

/// A row of the class teacher's daily register of absentees.
#[derive(Clone, Debug)]
pub struct RegisterRow {
    /// Which day.
    pub date: Date,
    /// Who.
    pub pupil: Id<Pupil>,
    /// Why.
    pub reason: AbsenceReason,
    /// How many lessons.
    pub lessons: Option<u32>,
    /// When it was entered.
    pub recorded_at: Option<DateTime>,
    /// By whom.
    pub recorded_by: Option<Id<Staff>>,
    /// Its row.
    pub place: SourceRef,
}

/// A mark for a term, year or exam, or the final one.
#[derive(Clone, Debug)]
pub struct TermMark {
    /// Whose.
    pub pupil: Id<Pupil>,
    /// In what.
    pub subject: Id<Subject>,
    /// For which term.
    pub term: Id<Term>,
    /// The kind of the term mark.
    pub kind: TermMarkKind,
    /// The mark; `None` only with a deferral.
    pub value: Option<TermValue>,
    /// The course, if the source gives it.
    pub course: Option<Id<Course>>,
    /// Deferred until this day.
    pub deferred_until: Option<Date>,
    /// By which order.
    pub order: Text,
    /// When it was entered.
    pub recorded_at: Option<DateTime>,
    /// By whom.
    pub recorded_by: Option<Id<Staff>>,
    /// Between which snapshots it first appeared, if there are any and `recorded_at` is not given.
    pub seen: Option<Box<Interval>>,
    /// Its row.
    pub place: SourceRef,
}

/// A line of the electronic journal's own log.
#[derive(Clone, Debug)]
pub struct Change {
    /// When.
    pub at: DateTime,
    /// With which account.
    pub account: Text,
    /// By whom.
    pub staff: Option<Id<Staff>>,
    /// What was done.
    pub action: ChangeAction,
    /// The table of the changed row.
    pub table: Text,
    /// To which row.
    pub record_key: Text,
    /// To which field.
    pub field: Text,
    /// What stood there.
    pub old: Text,
    /// What stands there now.
    pub new: Text,
    /// Its row.
    pub place: SourceRef,
}

/// An account of the electronic journal.
#[derive(Clone, Debug)]
pub struct Account {
    /// `account`.
    pub key: Text,
    /// Whose.
    pub staff: Option<Id<Staff>>,
    /// Role: `teacher`, `deputy`, `director`, …
    pub role: Text,
    /// Its row.
    pub place: SourceRef,
}

/// A reported breach of an account's confidentiality.
#[derive(Clone, Debug)]
pub struct Breach {
    /// Which account.
    pub account: Text,
    /// When it was noticed.
    pub detected_at: DateTime,
    /// When the director was informed.
    pub director_told_at: Option<DateTime>,
    /// When support was told.
    pub support_told_at: Option<DateTime>,
    /// When it was closed.
    pub closed_at: Option<DateTime>,
    /// Note.
    pub note: Text,
    /// Its row.
    pub place: SourceRef,
}

/// A parent's consent or refusal.
#[derive(Clone, Debug)]
pub struct Consent {
    /// For whom.
    pub pupil: Id<Pupil>,
    /// By whom.
    pub parent: Text,
    /// Given or refused.
    pub given: bool,
    /// When.
    pub at: DateTime,
    /// Over which channels.
    pub channels: Vec<Text>,
    /// Telephone.
    pub phone: Text,
    /// E-mail.
    pub email: Text,
    /// Its row.
    pub place: SourceRef,
}

/// A parent's acquaintance with the diary.
#[derive(Clone, Debug)]
pub struct Acknowledgement {
    /// For whom.
    pub pupil: Id<Pupil>,
    /// By whom.
    pub parent: Text,
    /// When.
    pub at: DateTime,
    /// With which term.
    pub term: Option<Id<Term>>,
    /// How.
    pub method: Text,
    /// Its row.
    pub place: SourceRef,
}

/// A teacher's recommendation to a pupil.
#[derive(Clone, Debug)]
pub struct Recommendation {
    /// To whom.
    pub pupil: Id<Pupil>,
    /// By whom.
    pub staff: Id<Staff>,
    /// When.
    pub at: DateTime,
    /// What.
    pub text: Text,
    /// In which course.
    pub course: Option<Id<Course>>,
    /// Its row.
    pub place: SourceRef,
}

/// A remark on how a journal is kept (замечание по ведению журнала).
#[derive(Clone, Debug)]
pub struct Remark {
    /// On which class's journal.
    pub class: Id<Class>,
    /// When.
    pub at: DateTime,
    /// By whom.
    pub staff: Id<Staff>,
    /// What.
    pub text: Text,
    /// When it was mended.
    pub done_at: Option<DateTime>,
    /// Its row.
    pub place: SourceRef,
}

/// A completed section of the year's set-up.
#[derive(Clone, Debug)]
pub struct SetupStep {
    /// Which section.
    pub section: Text,
    /// When.
    pub done_at: DateTime,
    /// By whom.
    pub staff: Option<Id<Staff>>,
    /// The clause with its deadline.
    pub due_clause: Option<DueClause>,
    /// Its row.
    pub place: SourceRef,
}

/// One of several teachers of a course.
#[derive(Clone, Debug)]
pub struct CourseTeacher {
    /// Which course.
    pub course: Id<Course>,
    /// Who.
    pub teacher: Id<Staff>,
    /// On which days.
    pub span: Span,
    /// In which part.
    pub role: Option<TeacherRole>,
    /// Its row.
    pub place: SourceRef,
}

/// A day taught by another weekday's timetable.
#[derive(Clone, Debug)]
pub struct DayMove {
    /// Which day.
    pub date: Date,
    /// 1 Monday … 7 Sunday.
    pub as_weekday: u8,
    /// Its grades; all by default.
    pub grades: GradeSet,
    /// Its row.
    pub place: SourceRef,
}

/// A decision of the pedagogical council on a pupil.
#[derive(Clone, Debug)]
pub struct Decision {
    /// On whom.
    pub pupil: Id<Pupil>,
    /// What.
    pub kind: DecisionKind,
    /// To which grade.
    pub to_grade: Option<u8>,
    /// Number of the protocol.
    pub protocol: Text,
    /// When.
    pub date: Option<Date>,
    /// Its row.
    pub place: SourceRef,
}

/// A name or id that a source uses for a record: a person states that two sources mean one pupil.
#[derive(Clone, Debug)]
pub struct Alias {
    /// The table of the record.
    pub table: Table,
    /// The name or id in the source.
    pub name: Text,
    /// Only in this class, folded; empty means in all.
    pub class: Text,
    /// Only in this source: a system or a pattern of files; empty means in all.
    pub source: Text,
    /// The id it means.
    pub id: Text,
    /// Its row.
    pub place: SourceRef,
}

impl Alias {
    /// Tables whose records others refer to, and the one whose reasons sources write as letters of their own.
    pub const TABLES: &'static [&'static str] = &[
        "pupils",
        "classes",
        "subjects",
        "terms",
        "staff",
        "courses",
        "groups",
        "lessons",
        "works",
        "attendance",
    ];
}

/// The values that a report of another system printed for a pupil's subject: never recomputed, never
/// overwritten.
#[derive(Clone, Debug, PartialEq)]
pub struct PrintedMean {
    /// Whose.
    pub pupil: Id<Pupil>,
    /// In what.
    pub subject: Id<Subject>,
    /// The days, if the report gives them or its term is known.
    pub span: Option<Span>,
    /// The term, if the days are those of one.
    pub term: Option<Id<Term>>,
    /// Mean of the marks.
    pub mean: Option<f64>,
    /// Weighted mean; `None` if the report prints 0 because there are no weighted works.
    pub weighted: Option<f64>,
    /// The result as printed: a mark, `0`, or nothing.
    pub result: Text,
    /// Its row.
    pub place: SourceRef,
}
