//! The eight directions of control that both D.14 and Z.10 name, and two groups of checks beyond them.

/// A direction of control; the order is the regulation's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// Lessons recorded in time.
    LessonsInTime,
    /// Marks given in time.
    MarksInTime,
    /// Enough marks in a term.
    MarkDensity,
    /// Attendance.
    Attendance,
    /// The programme carried out.
    Programme,
    /// Homework recorded.
    Homework,
    /// Homework fit for the age.
    HomeworkLoad,
    /// Substituted and missed lessons.
    Substitutions,
    /// Corrections and access: beyond the eight.
    Corrections,
    /// The year's set-up and parents: beyond the eight.
    YearSetup,
}

impl Direction {
    /// All of them: the regulation's eight, then those of other clauses.
    pub const ALL: [Self; 10] = [
        Self::LessonsInTime,
        Self::MarksInTime,
        Self::MarkDensity,
        Self::Attendance,
        Self::Programme,
        Self::Homework,
        Self::HomeworkLoad,
        Self::Substitutions,
        Self::Corrections,
        Self::YearSetup,
    ];

    /// How many of [`Self::ALL`] are the regulation's own.
    pub const REGULATED: usize = 8;

    /// Returns the regulation's words.
    pub fn title(self) -> &'static str {
        match self {
            Self::LessonsInTime => "Своевременность отражения в журнале занятий",
            Self::MarksInTime => "Своевременность выставления отметок",
            Self::MarkDensity => "Наполняемость отметок (в течение отчётного периода)",
            Self::Attendance => "Отражение посещаемости занятий",
            Self::Programme => "Выполнение учебной программы",
            Self::Homework => "Заполнение раздела домашних заданий",
            Self::HomeworkLoad => "Соответствие домашних заданий возрасту, содержанию и объёму",
            Self::Substitutions => "Учёт заменённых и пропущенных уроков",
            Self::Corrections => "Исправления, доступ, достоверность",
            Self::YearSetup => "Подготовка года, согласия и ознакомление родителей",
        }
    }

    /// Returns the clauses that name it.
    pub fn clauses(self) -> &'static [&'static str] {
        match self {
            Self::Corrections => &["D.13", "T.rights", "R.2.4", "R.4.3", "S.5"],
            Self::YearSetup => &["Z.5", "D.10", "R.2.2", "S.1", "D.21", "P.17"],
            _ => &["D.14", "Z.10"],
        }
    }

    /// Returns its place in [`Self::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }
}
