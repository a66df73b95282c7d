//! The tables of the exchange format by name, and which of their columns the inputs had.

use std::collections::{BTreeMap, BTreeSet};

use super::id::Id;
use super::{Class, Term};

macro_rules! tables {
    ($($(#[$doc:meta])* $variant:ident = $id:literal,)*) => {
        /// A table of the exchange format, in the order in which references can be resolved.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Table { $($(#[$doc])* $variant,)* }

        impl Table {
            /// Every table, parents before children.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Returns the table's name in the exchange format.
            pub fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)* }
            }

            /// Finds a table by its name.
            pub fn parse(id: &str) -> Option<Self> {
                match id { $($id => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

tables! {
    /// Employees.
    Staff = "staff",
    /// Terms.
    Terms = "terms",
    /// Holidays.
    Holidays = "holidays",
    /// Bells.
    Bells = "bells",
    /// Subjects.
    Subjects = "subjects",
    /// Classes.
    Classes = "classes",
    /// Suspended days.
    Suspensions = "suspensions",
    /// Pupils.
    Pupils = "pupils",
    /// Stays in classes.
    Enrolment = "enrolment",
    /// Groups.
    Groups = "groups",
    /// Stays in groups.
    GroupMembers = "group_members",
    /// Courses.
    Courses = "courses",
    /// Teachers of courses.
    CourseTeachers = "course_teachers",
    /// Hours planned.
    Curriculum = "curriculum",
    /// Lesson plans.
    LessonPlans = "lesson_plans",
    /// Timetable.
    Timetable = "timetable",
    /// Days taught by another weekday's timetable.
    DayMoves = "day_moves",
    /// Lessons.
    Lessons = "lessons",
    /// Homework.
    Homework = "homework",
    /// Works.
    Works = "works",
    /// Marks.
    Marks = "marks",
    /// Absences.
    Attendance = "attendance",
    /// The class teachers' register of absentees.
    AbsenceRegister = "absence_register",
    /// Term marks.
    TermMarks = "term_marks",
    /// Accounts.
    Accounts = "accounts",
    /// The journal's own log.
    Changes = "changes",
    /// Breaches.
    Breaches = "breaches",
    /// Consents.
    Consents = "consents",
    /// Acquaintance.
    Acknowledgements = "acknowledgements",
    /// Recommendations.
    Recommendations = "recommendations",
    /// Remarks.
    Remarks = "remarks",
    /// Year set-up.
    Setup = "setup",
    /// Decisions of the pedagogical council.
    Decisions = "decisions",
    /// Names and ids that sources use for records.
    Aliases = "aliases",
}

/// Which tables and columns the inputs had: missing ones switch rules and figures off.
#[derive(Clone, Debug, Default)]
pub struct Presence {
    given: BTreeMap<Table, BTreeSet<&'static str>>,
    partial: BTreeSet<Table>,
    dated: BTreeSet<Table>,
    /// Terms for which a class's lessons are missing; a class without terms: those of the rest of the year.
    unseen: BTreeMap<Id<Class>, BTreeSet<Id<Term>>>,
}

impl Presence {
    /// Records that a file had the table with the column.
    pub fn note(&mut self, table: Table, column: &'static str) {
        self.given.entry(table).or_default().insert(column);
    }

    /// Tells whether the table was given at all.
    pub fn has(&self, table: Table) -> bool {
        self.given.contains_key(&table)
    }

    /// Tells whether the table was given with the column.
    pub fn has_column(&self, table: Table, column: &str) -> bool {
        self.given.get(&table).is_some_and(|columns| columns.contains(column))
    }

    /// Records that snapshots show between which dates the table's rows were entered.
    pub fn note_dated(&mut self, table: Table) {
        self.dated.insert(table);
    }

    /// Returns whether the moments of entry are known, from a column or from snapshots.
    pub fn has_moments(&self, table: Table) -> bool {
        self.has_column(table, "recorded_at") || self.dated.contains(&table)
    }

    /// Records that the table has only some rows, such as lessons known only by their marks.
    pub fn note_partial(&mut self, table: Table) {
        self.partial.insert(table);
    }

    /// Records that a class's lessons, marks and absences cover a part of the year: not these terms, and not
    /// the year.
    pub fn note_unseen(&mut self, class: Id<Class>, terms: impl IntoIterator<Item = Id<Term>>) {
        self.unseen.entry(class).or_default().extend(terms);
    }

    /// Returns whether the source has no lessons of a class for a term: zeros would be false figures.
    pub fn is_unseen(&self, class: Id<Class>, term: Id<Term>) -> bool {
        self.unseen.get(&class).is_some_and(|terms| terms.contains(&term))
    }

    /// Returns whether a class's lessons cover only a part of the year.
    pub fn is_part_of_year(&self, class: Id<Class>) -> bool {
        self.unseen.contains_key(&class)
    }

    /// Returns whether the table may lack rows: a missing row then proves nothing.
    pub fn is_partial(&self, table: Table) -> bool {
        self.partial.contains(&table)
    }
}
