//! The content and the codes of columns: the notes on the headers of a new workbook.

use crate::ingest::schema::{Column, Kind};
use crate::model::*;

/// Returns the words for a column, as the form offers them; empty if any text is allowed.
pub(super) fn choices(table: Table, column: &Column) -> Vec<&'static str> {
    pairs(table, column).into_iter().map(|(_, word)| word).collect()
}

/// Returns the codes of a column, each with its word.
fn pairs(table: Table, column: &Column) -> Vec<(&'static str, &'static str)> {
    let (codes, words) = vocabulary(table, column);
    codes.iter().copied().zip(words.iter().copied()).collect()
}

type Words = &'static [&'static str];

fn vocabulary(table: Table, column: &Column) -> (Words, Words) {
    macro_rules! of {
        ($name:ident) => {
            ($name::CODES, $name::WORDS)
        };
    }
    let same = |words: Words| (words, words);
    match (table, column.id) {
        (Table::Terms, "kind") => of!(TermKind),
        // A course has a kind of terms; the year is not one.
        (Table::Courses, "term_kind") => (&TermKind::CODES[..3], &TermKind::WORDS[..3]),
        (_, "grading") => of!(Grading),
        (_, "component") => of!(Component),
        (_, "sex") => of!(Sex),
        (_, "in_kind") => of!(JoinKind),
        (_, "out_kind") => of!(LeaveKind),
        (Table::Groups, "kind") => of!(GroupKind),
        (Table::Courses, "kind") => of!(CourseKind),
        (_, "role") if table == Table::CourseTeachers => of!(TeacherRole),
        (_, "weeks") => of!(Weeks),
        (_, "status") => of!(LessonStatus),
        (Table::Works, "kind") => of!(WorkKind),
        (Table::Marks, "value") => same(&["5", "4", "3", "2", "1", "зач", "незач", "."]),
        (Table::TermMarks, "value") => {
            same(&["5", "4", "3", "2", "1", "зач", "незач", "осв", "н/а", "безотм"])
        }
        (Table::TermMarks, "kind") => of!(TermMarkKind),
        (Table::AbsenceRegister, "reason") => same(&["б", "ну", "н"]),
        (Table::Attendance, "reason") => of!(AbsenceReason),
        (_, "action") => of!(ChangeAction),
        (_, "due_clause") => of!(DueClause),
        (Table::Decisions, "kind") => of!(DecisionKind),
        (Table::Aliases, "table") => (Alias::TABLES, ALIASED),
        (Table::Changes, "table") => (LOGGED_IDS, LOGGED),
        _ if column.kind == Kind::Flag => same(&["да", "нет"]),
        _ => (&[], &[]),
    }
}

/// Titles of [`Alias::TABLES`]; a test compares them with the schema's.
const ALIASED: Words = &[
    "Ученики",
    "Классы",
    "Предметы",
    "Периоды",
    "Сотрудники",
    "Курсы",
    "Группы",
    "Уроки",
    "Работы",
    "Посещаемость",
];

/// Tables whose changes are in a log.
const LOGGED_IDS: Words = &["marks", "lessons", "homework", "attendance", "term_marks"];
const LOGGED: Words = &["Отметки", "Уроки", "Домашние задания", "Посещаемость", "Итоговые отметки"];

/// Returns the meaning of a word that does not explain itself.
fn meaning(word: &str) -> &'static str {
    match word {
        "пятибалльная" => "отметки 1–5",
        "зачётная" => "зачёт, незачёт",
        "часть школы" => "часть учебного плана, которую формирует школа",
        "поток" => "из нескольких классов",
        "." => "точка: работа должна быть сдана",
        "незач" => "незачёт",
        "зач" => "зачёт",
        "б" => "болел",
        "ну" => "уважительная причина",
        "н" => "без уважительной причины",
        "оп" => "опоздал",
        "?" => "причина неизвестна",
        "осв" => "освобождён",
        "н/а" => "не аттестован",
        "безотм" => "предмет без отметок",
        _ => "",
    }
}

/// Returns the note on a column's header.
pub(super) fn note(table: Table, column: &Column) -> String {
    let mut lines = Vec::new();
    lines.push(
        if column.required {
            "Обязательный столбец."
        } else {
            "Можно не заполнять."
        }
        .to_owned(),
    );
    lines.extend(Some(about(table, column)).filter(|text| !text.is_empty()).map(str::to_owned));
    let codes = choices(table, column).into_iter().map(|word| match meaning(word) {
        "" => word.to_owned(),
        meaning => format!("{word} — {meaning}"),
    });
    let codes: Vec<String> = codes.collect();
    if !codes.is_empty() {
        lines.push(format!("Значения:\n{}", codes.join("\n")));
    }
    lines.join("\n")
}

fn about(table: Table, column: &Column) -> &'static str {
    match (table, column.id) {
        (Table::Aliases, "name") => {
            "Имя или код так, как они стоят в выгрузке. Тёзок одного отчёта различает номер: Ольхин Пётр (2)."
        }
        (Table::Aliases, "class_id") => "Только в этом классе; пусто — во всех.",
        (Table::Aliases, "source") => {
            "Только в этом источнике: netschool (отчёты «Сетевого города»), код профиля, образец имени файла; пусто — во всех."
        }
        (Table::Aliases, "id") => "Код записи в её таблице: кого или что имели в виду.",
        (Table::Classes, "class_id") => "Имя класса: 5А. Пробелы, дефисы и кавычки не важны.",
        (_, "class_id") => "Класс с листа «Классы»: 5А.",
        (_, "class_ids") => "Классы через точку с запятой: 5А;5Б.",
        (Table::Staff, "staff_id") => "Свой короткий код сотрудника, на него ссылаются другие листы.",
        (Table::Courses, "group_id") => {
            "Код группы с листа «Группы»; заполняется что-то одно: класс или группа."
        }
        (Table::Groups, "group_id") => "Свой короткий код группы.",
        (Table::Terms, "term_id") => "Свой короткий код периода: 1ч.",
        (Table::Subjects, "subject_id") => "Свой короткий код предмета: мат.",
        (Table::Pupils, "pupil_id") => "Код ученика в электронном журнале или свой; не меняется за год.",
        (Table::Courses, "course_id") => "Свой код курса: один предмет у одного класса или группы.",
        (Table::Lessons, "lesson_id") => "Код урока в электронном журнале или свой.",
        (Table::Works, "work_id") => "Код работы, за которую ставят отметки.",
        (Table::Marks, "mark_id") => "Код отметки в электронном журнале или свой.",
        (Table::Curriculum, "group_id" | "pupil_id") => {
            "Заполняется ровно одно: класс, группа или ученик (ИУП)."
        }
        (Table::Curriculum, "term_id") => "Код периода; пусто — часы за весь год.",
        (_, "staff_id" | "teacher_id" | "recorded_by" | "replaces_teacher_id") => {
            "Код сотрудника с листа «Сотрудники»."
        }
        (_, "group_id") => "Код группы с листа «Группы».",
        (_, "term_id") => "Код периода с листа «Периоды».",
        (_, "subject_id") => "Код предмета с листа «Предметы».",
        (_, "pupil_id") => "Код ученика с листа «Ученики».",
        (_, "course_id") => "Код курса с листа «Курсы».",
        (_, "lesson_id") => "Код урока с листа «Уроки».",
        (_, "work_id") => "Код работы с листа «Работы».",
        (_, "grades") => "Годы обучения: 1-9 или 10;11. Пусто — все.",
        (_, "weekday" | "as_weekday") => "День недели числом: 1 — понедельник, 7 — воскресенье.",
        (_, "channels") => "Через точку с запятой: портал;смс;почта;бумага.",
        (_, "minutes") => "На сколько минут рассчитано задание.",
        (_, "printed") => "Как отметка стоит в источнике, если иначе: 5-, 8/12.",
        (_, "hours") if table == Table::Lessons => "Сдвоенный урок одной строкой — 2; пусто — 1.",
        (_, "deferred_until") => "До какого дня отложена аттестация; отметка тогда может быть пустой.",
        (_, "table") => "В какой таблице изменена запись: название листа.",
        (Table::Changes, "field") => "Название столбца, который изменён: Отметка, Тема, Задание.",
        (_, "record_id") => "Код изменённой записи; для посещаемости — урок:ученик.",
        (_, "set_id") => "Общий код классов одного класса-комплекта.",
        (_, "control") => "Стоит в графике внутришкольного контроля.",
        (_, "to") => "Последний день включительно; пусто — до конца года.",
        (_, "end") => match column.kind {
            Kind::Time => "Время: 09:15.",
            _ => "Последний день включительно: 24.10.2025.",
        },
        _ => match column.kind {
            Kind::Date => "Дата: 02.09.2025.",
            Kind::Moment => "Дата и время: 02.09.2025 08:47.",
            Kind::Time => "Время: 08:30.",
            Kind::Whole => "Целое число.",
            Kind::Decimal => "Число.",
            Kind::Flag => "да или нет.",
            Kind::Text => "",
        },
    }
}
