//! The closed vocabularies of the exchange format: every code as a value, and back.

/// Declares an enum whose variants are the codes of one column.
macro_rules! codes {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $code:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $variant,)* }

        impl $name {
            /// The codes as the exchange format writes them.
            pub const CODES: &'static [&'static str] = &[$($code),*];

            /// Returns the code as the exchange format writes it.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// Reads a code; `None` where it is not one of [`Self::CODES`].
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($code => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

codes! {
    /// The kind of a term (учебный период).
    TermKind {
        /// четверть
        Quarter = "quarter",
        /// триместр
        Trimester = "trimester",
        /// полугодие
        HalfYear = "half_year",
        /// учебный год
        Year = "year",
    }
}
codes! {
    /// What marks a subject is given.
    Grading {
        /// Marks 1 to 5.
        Five = "five",
        /// зачёт, незачёт
        Pass = "pass",
        /// No marks at all.
        None = "none",
    }
}
codes! {
    /// The part of the curriculum a subject belongs to.
    Component {
        /// The federal part.
        Federal = "federal",
        /// The school's own part.
        School = "school",
    }
}
codes! {
    /// A pupil's sex as the personal file has it.
    Sex {
        /// мужской
        Male = "м",
        /// женский
        Female = "ж",
    }
}
codes! {
    /// How a pupil came into a class.
    JoinKind {
        /// At the beginning of the year.
        Start = "start",
        /// From another school.
        Arrived = "arrived",
        /// From another class of this school.
        Transferred = "transferred",
    }
}
codes! {
    /// How a pupil left a class.
    LeaveKind {
        /// To another class or school by order.
        Transferred = "transferred",
        /// Left the school.
        Left = "left",
        /// Promoted to the next grade.
        Promoted = "promoted",
        /// Finished school.
        Graduated = "graduated",
    }
}
codes! {
    /// What a group is for.
    GroupKind {
        /// A part of a class.
        Group = "group",
        /// A stream (поток) over several classes.
        Stream = "stream",
        /// An elective course.
        Elective = "elective",
        /// A project group.
        Project = "project",
        /// An individual curriculum (ИУП).
        Individual = "individual",
    }
}
codes! {
    /// What a course is in the curriculum.
    CourseKind {
        /// An ordinary subject.
        Lesson = "lesson",
        /// An elective (факультатив).
        Elective = "elective",
        /// Outside the curriculum (внеурочная деятельность).
        Extracurricular = "extracurricular",
    }
}
codes! {
    /// What became of a lesson.
    LessonStatus {
        /// It was held.
        Held = "held",
        /// It was not held and not made up.
        Missed = "missed",
        /// It was moved to another date.
        Moved = "moved",
        /// It was cancelled.
        Cancelled = "cancelled",
    }
}
codes! {
    /// What a mark is given for.
    WorkKind {
        /// An answer in class.
        Oral = "oral",
        /// A written work.
        Written = "written",
        /// A test of choices.
        Test = "test",
        /// A control work.
        Control = "control",
        /// A dictation.
        Dictation = "dictation",
        /// A composition.
        Composition = "composition",
        /// A laboratory work.
        Laboratory = "laboratory",
        /// A practical work.
        Practical = "practical",
        /// A project.
        Project = "project",
        /// Anything else.
        Other = "other",
    }
}
codes! {
    /// Why a pupil was not there, or not from the beginning.
    AbsenceReason {
        /// болел
        Ill = "б",
        /// уважительная причина
        Excused = "ну",
        /// неуважительная причина
        Unexcused = "н",
        /// опоздал: not an absence
        Late = "оп",
        /// отсутствовал, причина неизвестна
        Unknown = "?",
    }
}
codes! {
    /// Which mark of a term a term mark is.
    TermMarkKind {
        /// For a term.
        Term = "term",
        /// For the year.
        Year = "year",
        /// For an exam.
        Exam = "exam",
        /// The final one.
        Final = "final",
        /// For a state exam.
        StateExam = "state_exam",
    }
}
codes! {
    /// What a change did to its record.
    ChangeAction {
        /// It made the record.
        Create = "create",
        /// It changed a field.
        Update = "update",
        /// It removed the record.
        Delete = "delete",
    }
}
codes! {
    /// The clause that sets a set-up section's deadline.
    DueClause {
        /// Deputies: 5 September.
        Deputies = "Z.5",
        /// The director: 10 September.
        Director = "D.10",
        /// The whole system: 15 September.
        System = "R.2.2",
    }
}
codes! {
    /// A teacher's part in a course taught by several.
    TeacherRole {
        /// The one answerable.
        Main = "main",
        /// A second teacher.
        Second = "second",
    }
}
codes! {
    /// In which weeks a timetable row is taught.
    Weeks {
        /// Odd weeks of the school year.
        Odd = "odd",
        /// Even weeks of the school year.
        Even = "even",
    }
}
codes! {
    /// What the pedagogical council decided on a pupil.
    DecisionKind {
        /// переведён
        Promoted = "promoted",
        /// переведён условно
        Conditional = "conditional",
        /// оставлен на повторное обучение
        Retained = "retained",
        /// выпущен
        Graduated = "graduated",
    }
}

impl AbsenceReason {
    /// Tells whether the pupil missed the lesson, whatever the reason (late is not absent).
    pub fn is_absence(self) -> bool {
        self != Self::Late
    }

    /// Tells whether the reason is one of `б` `ну` `н`, the ones rules speak of.
    pub fn is_known_absence(self) -> bool {
        matches!(self, Self::Ill | Self::Excused | Self::Unexcused)
    }
}

/// The sign in a cell of a lesson (отметка).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MarkValue {
    /// 1 to 5.
    Numeric(u8),
    /// зачёт
    Pass,
    /// незачёт
    Fail,
    /// A point: work owed, no mark.
    Point,
    /// A source's zero, kept as printed, in no figure.
    Zero,
}

impl MarkValue {
    /// Reads `1`–`5`, `зач`, `незач`, `.` and `0`.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "." => Self::Point,
            "0" => Self::Zero,
            "зач" => Self::Pass,
            "незач" => Self::Fail,
            _ => Self::Numeric(numeric(text)?),
        })
    }

    /// Returns the sign as the exchange format writes it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Numeric(mark) => digit(mark),
            Self::Pass => "зач",
            Self::Fail => "незач",
            Self::Point => ".",
            Self::Zero => "0",
        }
    }

    /// Returns the mark 1 to 5, if it is one.
    pub fn numeric(self) -> Option<u8> {
        if let Self::Numeric(mark) = self { Some(mark) } else { None }
    }
}

/// A mark for a term (отметка за учебный период).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TermValue {
    /// 1 to 5.
    Numeric(u8),
    /// зачёт
    Pass,
    /// незачёт
    Fail,
    /// освобождён
    Exempt,
    /// не аттестован
    NotAssessed,
    /// без отметки
    Unmarked,
}

impl TermValue {
    /// Reads `1`–`5`, `зач`, `незач`, `осв`, `н/а` and `безотм`.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "зач" => Self::Pass,
            "незач" => Self::Fail,
            "осв" => Self::Exempt,
            "н/а" => Self::NotAssessed,
            "безотм" => Self::Unmarked,
            _ => Self::Numeric(numeric(text)?),
        })
    }

    /// Returns the value as the exchange format writes it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Numeric(mark) => digit(mark),
            Self::Pass => "зач",
            Self::Fail => "незач",
            Self::Exempt => "осв",
            Self::NotAssessed => "н/а",
            Self::Unmarked => "безотм",
        }
    }

    /// Returns the mark 1 to 5, if it is one.
    pub fn numeric(self) -> Option<u8> {
        if let Self::Numeric(mark) = self { Some(mark) } else { None }
    }
}

fn numeric(text: &str) -> Option<u8> {
    match text.as_bytes() {
        [digit @ b'1'..=b'5'] => Some(digit - b'0'),
        _ => None,
    }
}

fn digit(mark: u8) -> &'static str {
    ["0", "1", "2", "3", "4", "5"][usize::from(mark.min(5))]
}
