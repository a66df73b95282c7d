//! The eight directions of control that D.14 and Z.10 name alike, and two groups of checks beyond them.

/// A direction of control.
pub struct Direction {
    /// The regulation's words.
    pub title: &'static str,
    /// The clauses that name it.
    pub clauses: &'static [&'static str],
    /// Ids of the rules that answer it.
    pub rules: &'static [&'static str],
}

const CONTROL: &[&str] = &["D.14", "Z.10"];

/// The eight directions in the regulation's order, then what other clauses ask; every rule stands in one of them.
pub const DIRECTIONS: &[Direction] = &[
    Direction {
        title: "Своевременность отражения в журнале занятий",
        clauses: CONTROL,
        rules: &["lesson-missing", "lesson-recorded-late", "topic-missing"],
    },
    Direction {
        title: "Своевременность выставления отметок",
        clauses: CONTROL,
        rules: &[
            "term-mark-missing",
            "term-mark-late",
            "control-mark-late",
            "written-mark-late",
            "mark-late",
            "work-kind-missing",
            "term-mark-early",
        ],
    },
    Direction {
        title: "Наполняемость отметок (в течение отчётного периода)",
        clauses: CONTROL,
        rules: &["marks-too-few"],
    },
    Direction {
        title: "Отражение посещаемости занятий",
        clauses: CONTROL,
        rules: &[
            "register-missing",
            "register-differs",
            "register-unconfirmed",
            "mark-while-absent",
            "absence-late",
        ],
    },
    Direction {
        title: "Выполнение учебной программы",
        clauses: CONTROL,
        rules: &[
            "programme-behind",
            "control-work-not-held",
            "lesson-plan-missing",
            "lesson-plan-short",
            "topic-off-plan",
            "control-work-moved",
        ],
    },
    Direction {
        title: "Заполнение раздела домашних заданий",
        clauses: CONTROL,
        rules: &["homework-late-suspended", "homework-late", "homework-missing"],
    },
    Direction {
        title: "Соответствие домашних заданий возрасту, содержанию и объёму",
        clauses: CONTROL,
        rules: &["homework-overload", "homework-in-grade-1"],
    },
    Direction {
        title: "Учёт заменённых и пропущенных уроков",
        clauses: CONTROL,
        rules: &["moved-lesson-lost", "substitution-unmarked", "lesson-lost"],
    },
    Direction {
        title: "Исправления, доступ, достоверность",
        clauses: &["D.13", "T.rights", "R.2.4", "R.4.3", "S.5"],
        rules: &[
            "entry-void",
            "breach-told-late",
            "edit-after-term-mark",
            "foreign-entry",
            "term-mark-conflict",
            "term-mark-drift",
            "correction",
        ],
    },
    Direction {
        title: "Подготовка года, согласия и ознакомление родителей",
        clauses: &["Z.5", "D.10", "R.2.2", "S.1", "D.21", "P.17"],
        rules: &["setup-late", "consent-missing", "acquaintance-missing", "pupil-card-incomplete"],
    },
];

/// How many of [`DIRECTIONS`] are the regulation's own.
pub const REGULATED: usize = 8;

/// Returns the direction a rule answers; one unknown to the list belongs to the last.
pub(super) fn direction_of(rule: &str) -> usize {
    DIRECTIONS.iter().position(|direction| direction.rules.contains(&rule)).unwrap_or(DIRECTIONS.len() - 1)
}
