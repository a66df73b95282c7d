//! One example row for every table, in the order of its columns; together they are a small whole journal.

use crate::model::Table;

/// What the first cell of an example row begins with: readers pass such rows over.
pub(super) const PREFIX: &str = crate::ingest::EXAMPLE_PREFIX;

/// Returns the cells of a table's example row as a person would type them.
pub(super) fn example(table: Table) -> &'static [&'static str] {
    EXAMPLES.iter().find(|(known, _)| *known == table).map_or(&[], |(_, cells)| cells)
}

const EXAMPLES: &[(Table, &[&str])] = &[
    (Table::Staff, &["с1", "Ромашкина Вера Ильинична", "учитель"]),
    (Table::Terms, &["1ч", "quarter", "1 четверть", "01.09.2025", "24.10.2025", "1-9"]),
    (Table::Holidays, &["Осенние каникулы", "25.10.2025", "04.11.2025", "1-11"]),
    (Table::Bells, &["1", "08:30", "09:15", "", "", "", ""]),
    (Table::Subjects, &["мат", "Математика", "Матем.", "Математика и информатика", "federal", "five"]),
    (Table::Classes, &["5А", "5", "А", "с1", "", "", ""]),
    (Table::Suspensions, &["20.01.2026", "21.01.2026", "5А", "мороз", "12-од"]),
    (
        Table::Pupils,
        &[
            "у1",
            "Васильков",
            "Иван",
            "Петрович",
            "14.03.2014",
            "м",
            "В-17",
            "ул. Луговая, 3",
            "+7 900 000-00-00",
            "Василькова Мария Олеговна",
            "II",
            "основная",
        ],
    ),
    (Table::Enrolment, &["у1", "5А", "01.09.2025", "", "start", "31-од", "", "", ""]),
    (Table::Groups, &["г1", "5А английский, 1 группа", "5А", "group"]),
    (Table::GroupMembers, &["г1", "у1", "01.09.2025", ""]),
    (Table::Courses, &["к1", "мат", "5А", "", "с1", "5", "lesson", "", ""]),
    (Table::CourseTeachers, &["к1", "с1", "01.09.2025", "", "main"]),
    (Table::Curriculum, &["мат", "5А", "", "", "", "170"]),
    (Table::LessonPlans, &["к1", "1", "Натуральные числа", "1", "Повторение", "", "02.09.2025"]),
    (Table::Timetable, &["к1", "2", "1", "12", "", "", ""]),
    (Table::DayMoves, &["06.09.2025", "1", "1-11"]),
    (
        Table::Lessons,
        &[
            "л1",
            "к1",
            "02.09.2025",
            "1",
            "held",
            "",
            "с1",
            "",
            "12",
            "",
            "Натуральные числа",
            "1",
            "02.09.2025 10:05",
            "с1",
            "1",
        ],
    ),
    (Table::Homework, &["л1", "№ 14, 15", "20", "03.09.2025", "02.09.2025 12:10", "с1", ""]),
    (Table::Works, &["р1", "к1", "oral", "Ответ у доски", "нет", "", "", "л1", "1"]),
    (Table::Marks, &["о1", "л1", "у1", "4", "р1", "", "02.09.2025 10:07", "с1", ""]),
    (Table::Attendance, &["л1", "у1", "оп", "автобус", "02.09.2025 08:35", "с1"]),
    (Table::AbsenceRegister, &["03.09.2025", "у1", "б", "5", "03.09.2025 09:00", "с1"]),
    (Table::TermMarks, &["у1", "мат", "1ч", "term", "4", "к1", "", "", "22.10.2025 14:00", "с1"]),
    (Table::Accounts, &["romashkina", "с1", "учитель"]),
    (Table::Changes, &["04.09.2025 15:20", "romashkina", "с1", "update", "marks", "о1", "value", "3", "4"]),
    (
        Table::Breaches,
        &[
            "romashkina",
            "10.11.2025 09:00",
            "10.11.2025 09:30",
            "10.11.2025 10:00",
            "11.11.2025 12:00",
            "пароль заменён",
        ],
    ),
    (
        Table::Consents,
        &["у1", "Василькова Мария Олеговна", "да", "01.09.2025 18:00", "portal;sms", "+7 900 000-00-00", ""],
    ),
    (Table::Acknowledgements, &["у1", "Василькова Мария Олеговна", "24.10.2025 19:00", "1ч", "портал"]),
    (Table::Recommendations, &["у1", "с1", "24.10.2025 15:00", "Повторить таблицу умножения", "к1"]),
    (Table::Remarks, &["5А", "15.10.2025 16:00", "с1", "Нет тем двух уроков", "16.10.2025 12:00"]),
    (Table::Setup, &["Расписание", "04.09.2025 16:00", "с1", "Z.5"]),
    (Table::Decisions, &["у1", "promoted", "6", "№ 7", "26.05.2026"]),
    (Table::Aliases, &["pupils", "Васильков Ваня", "5А", "netschool", "у1"]),
];
