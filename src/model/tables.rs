//! The tables of the exchange format by name.

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

impl Table {
    /// Returns whether a table's rows are the journal's own: two sources for one of them must be compared.
    pub fn is_fact(self) -> bool {
        matches!(self, Self::Lessons | Self::Homework | Self::Marks | Self::Attendance | Self::TermMarks)
    }
}
