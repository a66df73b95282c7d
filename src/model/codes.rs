//! The closed vocabularies of the exchange format: conversion of every code to a value, and back.

/// One of the codes of a column.
pub trait Code: Copy + 'static {
    /// The codes as the exchange format writes them.
    const CODES: &'static [&'static str];
    /// The word for each code.
    const WORDS: &'static [&'static str];
    /// The first of them, for rows that are not kept.
    const FIRST: Self;
    /// Returns the code as the exchange format writes it.
    fn code(self) -> &'static str;
    /// Reads a code, or a word for it.
    fn parse(text: &str) -> Option<Self>;
    /// Lists the allowed texts, for messages.
    fn allowed() -> String {
        allowed(Self::CODES, Self::WORDS)
    }
}

/// Declares an enum whose variants are the codes of one column, each with the Russian words that people write for it: the
/// first is the one offered to them.
macro_rules! codes {
    ($(#[$meta:meta])* $name:ident {
        $($(#[$doc:meta])* $variant:ident = $code:literal [$first:literal $(, $word:literal)*],)*
    }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $variant,)* }

        impl $name {
            /// The codes as the exchange format writes them.
            pub const CODES: &'static [&'static str] = &[$($code),*];

            /// The word for each code, in the order of [`Self::CODES`].
            pub const WORDS: &'static [&'static str] = &[$($first),*];

            /// Returns the code as the exchange format writes it.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// Reads a code, or a word for it; `None` for anything else.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($code => Some(Self::$variant),)* _ => Self::of_word(text) }
            }

            fn of_word(text: &str) -> Option<Self> {
                $(if [$first $(, $word)*].iter().any(|word| is_word(text, word)) {
                    return Some(Self::$variant);
                })*
                None
            }

            /// Lists the allowed codes for messages: «проведён (held), перенесён (moved)».
            pub fn allowed() -> String {
                allowed(Self::CODES, Self::WORDS)
            }
        }

        impl Code for $name {
            const CODES: &'static [&'static str] = Self::CODES;
            const WORDS: &'static [&'static str] = Self::WORDS;
            const FIRST: Self = [$(Self::$variant),*][0];
            fn code(self) -> &'static str {
                Self::code(self)
            }
            fn parse(text: &str) -> Option<Self> {
                Self::parse(text)
            }
        }
    };
}

/// Returns whether a text is a word, ignoring capitals, blanks and «ё».
pub(super) fn is_word(text: &str, word: &str) -> bool {
    let signs = |text: &'_ str| -> String {
        let lower = text.to_lowercase().replace('ё', "е");
        lower.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    signs(text) == signs(word)
}

/// Returns the words with their codes, if these differ.
pub fn allowed(codes: &[&str], words: &[&str]) -> String {
    let both = codes.iter().zip(words);
    let said =
        both.map(|(code, word)| if code == word { (*code).to_owned() } else { format!("{word} ({code})") });
    said.collect::<Vec<_>>().join(", ")
}

codes! {
    /// The kind of a term (учебный период).
    TermKind {
        /// четверть
        Quarter = "quarter" ["четверть"],
        /// триместр
        Trimester = "trimester" ["триместр"],
        /// полугодие
        HalfYear = "half_year" ["полугодие"],
        /// учебный год
        Year = "year" ["год", "учебный год"],
    }
}
codes! {
    /// The kind of marks that a subject is given.
    Grading {
        /// Marks 1 to 5.
        Five = "five" ["пятибалльная", "отметки 1–5", "отметки 1-5", "отметки"],
        /// зачёт, незачёт
        Pass = "pass" ["зачётная", "зачёт", "зачёт, незачёт", "зачёт/незачёт"],
        /// No marks at all.
        None = "none" ["без отметок", "безотметочная"],
    }
}
codes! {
    /// The part of the curriculum a subject belongs to.
    Component {
        /// The federal part.
        Federal = "federal" ["обязательная часть", "федеральный", "федеральный компонент"],
        /// The school's own part.
        School = "school" [
            "часть школы", "школьный", "школьный компонент", "часть, которую формирует школа",
            "часть, формируемая участниками образовательных отношений"
        ],
    }
}
codes! {
    /// A pupil's sex in the personal file.
    Sex {
        /// мужской
        Male = "м" ["м", "мужской", "муж", "муж.", "мальчик"],
        /// женский
        Female = "ж" ["ж", "женский", "жен", "жен.", "девочка"],
    }
}
codes! {
    /// How a pupil joined a class.
    JoinKind {
        /// At the beginning of the year.
        Start = "start" ["с начала года"],
        /// From another school.
        Arrived = "arrived" ["прибыл из другой школы", "прибыла из другой школы", "прибыл", "прибыла"],
        /// From another class of this school.
        Transferred = "transferred" [
            "переведён из другого класса", "переведена из другого класса", "переведён", "переведена"
        ],
    }
}
codes! {
    /// How a pupil left a class.
    LeaveKind {
        /// To another class or school by order.
        Transferred = "transferred" [
            "переведён", "переведена", "переведён в другой класс", "переведена в другой класс"
        ],
        /// Left the school.
        Left = "left" ["выбыл", "выбыла"],
        /// Promoted to the next grade.
        Promoted = "promoted" ["переведён в следующий класс", "переведена в следующий класс"],
        /// Finished school.
        Graduated = "graduated" ["окончил школу", "окончила школу", "выпущен", "выпущена"],
    }
}
codes! {
    /// The purpose of a group.
    GroupKind {
        /// A part of a class.
        Group = "group" ["часть класса", "группа", "подгруппа"],
        /// A stream (поток) over several classes.
        Stream = "stream" ["поток", "поток из нескольких классов"],
        /// An elective course.
        Elective = "elective" ["курс по выбору", "факультатив", "курс по выбору, факультатив"],
        /// A project group.
        Project = "project" ["проект", "проектная группа"],
        /// An individual curriculum (ИУП).
        Individual = "individual" ["индивидуальный учебный план", "индивидуальный план", "ИУП"],
    }
}
codes! {
    /// The kind of a course in the curriculum.
    CourseKind {
        /// An ordinary subject.
        Lesson = "lesson" ["урок", "урок учебного плана", "предмет"],
        /// An elective (факультатив).
        Elective = "elective" ["факультатив", "курс по выбору", "курс по выбору, факультатив"],
        /// Outside the curriculum (внеурочная деятельность).
        Extracurricular = "extracurricular" ["внеурочная деятельность", "внеурочная"],
    }
}
codes! {
    /// The status of a lesson.
    LessonStatus {
        /// It was held.
        Held = "held" ["проведён", "проведена", "состоялся"],
        /// It was neither held nor made up.
        Missed = "missed" ["не проведён", "пропущен", "не состоялся"],
        /// It was moved to another date.
        Moved = "moved" ["перенесён"],
        /// It was cancelled.
        Cancelled = "cancelled" ["отменён"],
    }
}
codes! {
    /// The kind of work that a mark is for.
    WorkKind {
        /// An answer in class.
        Oral = "oral" ["устный ответ", "ответ на уроке", "ответ у доски", "устная", "устный"],
        /// A written work.
        Written = "written" [
            "письменная работа", "письменная", "самостоятельная работа", "самостоятельная",
            "письменная, самостоятельная"
        ],
        /// A test of choices.
        Test = "test" ["тест", "тестирование"],
        /// A control work.
        Control = "control" ["контрольная работа", "контрольная"],
        /// A dictation.
        Dictation = "dictation" ["диктант"],
        /// A composition.
        Composition = "composition" ["сочинение", "изложение", "сочинение, изложение"],
        /// A laboratory work.
        Laboratory = "laboratory" ["лабораторная работа", "лабораторная"],
        /// A practical work.
        Practical = "practical" ["практическая работа", "практическая"],
        /// A project.
        Project = "project" ["проект", "проектная работа"],
        /// Anything else.
        Other = "other" ["другое", "другая", "прочее"],
    }
}
codes! {
    /// Why a pupil was absent, or absent at the beginning.
    AbsenceReason {
        /// болел
        Ill = "б" ["б", "болел", "болела", "болезнь", "болен", "больна"],
        /// уважительная причина
        Excused = "ну" ["ну", "уважительная причина", "уважительная", "по уважительной причине"],
        /// неуважительная причина
        Unexcused = "н" ["н", "без уважительной причины", "неуважительная причина", "неуважительная"],
        /// опоздал: not an absence
        Late = "оп" ["оп", "опоздал", "опоздала", "опоздание"],
        /// отсутствовал, причина неизвестна
        Unknown = "?" ["?", "причина неизвестна", "неизвестна", "неизвестно"],
    }
}
codes! {
    /// The kind of a term mark.
    TermMarkKind {
        /// For a term.
        Term = "term" [
            "за период", "за четверть", "за триместр", "за полугодие", "четвертная", "триместровая",
            "полугодовая"
        ],
        /// For the year.
        Year = "year" ["за год", "годовая", "год"],
        /// For an exam.
        Exam = "exam" ["за экзамен", "экзамен", "экзаменационная"],
        /// The final one.
        Final = "final" ["итоговая"],
        /// For a state exam.
        StateExam = "state_exam" [
            "за государственный экзамен", "государственный экзамен", "ГИА", "ОГЭ", "ЕГЭ"
        ],
    }
}
codes! {
    /// The effect of a change on its record.
    ChangeAction {
        /// It made the record.
        Create = "create" ["создание", "создано", "добавление", "добавлено"],
        /// It changed a field.
        Update = "update" ["изменение", "изменено", "исправление", "исправлено"],
        /// It removed the record.
        Delete = "delete" ["удаление", "удалено"],
    }
}
codes! {
    /// The clause with a set-up section's deadline.
    DueClause {
        /// Deputies: 5 September.
        Deputies = "Z.5" ["до 5 сентября", "до 5 сентября, заместители"],
        /// The director: 10 September.
        Director = "D.10" ["до 10 сентября", "до 10 сентября, директор"],
        /// The whole system: 15 September.
        System = "R.2.2" ["до 15 сентября", "до 15 сентября, всё"],
    }
}
codes! {
    /// The role of a teacher in a course with several.
    TeacherRole {
        /// The one answerable.
        Main = "main" ["основной", "основная"],
        /// A second teacher.
        Second = "second" ["второй", "вторая"],
    }
}
codes! {
    /// The weeks of a timetable row.
    Weeks {
        /// Odd weeks of the school year.
        Odd = "odd" ["нечётные", "нечётные недели", "нечётная"],
        /// Even weeks of the school year.
        Even = "even" ["чётные", "чётные недели", "чётная"],
    }
}
codes! {
    /// A decision of the pedagogical council on a pupil.
    DecisionKind {
        /// переведён
        Promoted = "promoted" [
            "переведён", "переведена", "переведён в следующий класс", "переведена в следующий класс"
        ],
        /// переведён условно
        Conditional = "conditional" ["переведён условно", "переведена условно"],
        /// оставлен на повторное обучение
        Retained = "retained" [
            "оставлен на повторное обучение", "оставлена на повторное обучение", "оставлен на второй год",
            "оставлена на второй год"
        ],
        /// выпущен
        Graduated = "graduated" ["выпущен", "выпущена", "окончил школу", "окончила школу"],
    }
}

impl AbsenceReason {
    /// Returns whether the pupil missed the lesson, for any reason (late is not absent).
    pub fn is_absence(self) -> bool {
        self != Self::Late
    }

    /// Returns whether the reason is one of `б` `ну` `н`, the ones that rules name.
    pub fn is_known_absence(self) -> bool {
        matches!(self, Self::Ill | Self::Excused | Self::Unexcused)
    }
}
