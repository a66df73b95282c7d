//! What goes into a column, and which codes it takes: the notes on the headers of a new workbook.

use crate::ingest::schema::{Column, Kind};
use crate::model::*;

/// Returns the codes that a column takes; empty: anything goes.
pub(super) fn choices(table: Table, column: &Column) -> &'static [&'static str] {
    match (table, column.id) {
        (Table::Terms, "kind") => TermKind::CODES,
        (Table::Courses, "term_kind") => &["quarter", "trimester", "half_year"],
        (_, "grading") => Grading::CODES,
        (_, "component") => Component::CODES,
        (_, "sex") => Sex::CODES,
        (_, "in_kind") => JoinKind::CODES,
        (_, "out_kind") => LeaveKind::CODES,
        (Table::Groups, "kind") => GroupKind::CODES,
        (Table::Courses, "kind") => CourseKind::CODES,
        (_, "role") if table == Table::CourseTeachers => TeacherRole::CODES,
        (_, "weeks") => Weeks::CODES,
        (_, "status") => LessonStatus::CODES,
        (Table::Works, "kind") => WorkKind::CODES,
        (Table::Marks, "value") => &["5", "4", "3", "2", "1", "зач", "незач", "."],
        (Table::TermMarks, "value") => &["5", "4", "3", "2", "1", "зач", "незач", "осв", "н/а", "безотм"],
        (Table::TermMarks, "kind") => TermMarkKind::CODES,
        (Table::AbsenceRegister, "reason") => &["б", "ну", "н"],
        (Table::Attendance, "reason") => AbsenceReason::CODES,
        (_, "action") => ChangeAction::CODES,
        (_, "due_clause") => DueClause::CODES,
        (Table::Decisions, "kind") => DecisionKind::CODES,
        (Table::Aliases, "table") => Alias::TABLES,
        _ if column.kind == Kind::Flag => &["да", "нет"],
        _ => &[],
    }
}

/// Returns what a code means in Russian; empty where the code says it itself.
fn meaning(code: &str) -> &'static str {
    match code {
        "quarter" => "четверть",
        "trimester" => "триместр",
        "half_year" => "полугодие",
        "year" => "учебный год; отметка за год",
        "five" => "отметки 1–5",
        "pass" => "зачёт, незачёт",
        "none" => "без отметок",
        "federal" => "обязательная часть",
        "school" => "часть, которую формирует школа",
        "start" => "с начала года",
        "arrived" => "прибыл из другой школы",
        "transferred" => "переведён",
        "left" => "выбыл",
        "promoted" => "переведён в следующий класс",
        "graduated" => "окончил школу",
        "group" => "часть класса",
        "stream" => "поток из нескольких классов",
        "elective" => "курс по выбору, факультатив",
        "project" => "проект",
        "individual" => "индивидуальный учебный план",
        "lesson" => "урок учебного плана",
        "extracurricular" => "внеурочная деятельность",
        "main" => "основной",
        "second" => "второй",
        "odd" => "нечётные недели",
        "even" => "чётные недели",
        "held" => "проведён",
        "missed" => "не проведён",
        "moved" => "перенесён",
        "cancelled" => "отменён",
        "oral" => "устный ответ",
        "written" => "письменная, самостоятельная",
        "test" => "тест",
        "control" => "контрольная",
        "dictation" => "диктант",
        "composition" => "сочинение, изложение",
        "laboratory" => "лабораторная",
        "practical" => "практическая",
        "other" => "другое",
        "." => "точка: работа должна быть сдана",
        "term" => "за период",
        "exam" => "за экзамен",
        "final" => "итоговая",
        "state_exam" => "за государственный экзамен",
        "б" => "болел",
        "ну" => "уважительная причина",
        "н" => "без уважительной причины",
        "оп" => "опоздал",
        "?" => "причина неизвестна",
        "create" => "создание",
        "update" => "изменение",
        "delete" => "удаление",
        "Z.5" => "до 5 сентября, заместители",
        "D.10" => "до 10 сентября, директор",
        "R.2.2" => "до 15 сентября, всё",
        "conditional" => "переведён условно",
        "retained" => "оставлен на повторное обучение",
        "осв" => "освобождён",
        "н/а" => "не аттестован",
        "безотм" => "предмет без отметок",
        _ => of_table(code),
    }
}

/// Returns what a record of a table is.
fn of_table(table: &str) -> &'static str {
    match table {
        "pupils" => "ученик",
        "classes" => "класс",
        "subjects" => "предмет",
        "terms" => "учебный период",
        "staff" => "сотрудник",
        "courses" => "курс",
        "groups" => "группа",
        "lessons" => "урок",
        "works" => "работа",
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
    let codes = choices(table, column).iter().map(|code| match meaning(code) {
        "" => (*code).to_owned(),
        meaning => format!("{code} — {meaning}"),
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
            "Только в этом источнике: tables, netschool, код профиля или образец имени файла; пусто — во всех."
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
        (_, "channels") => "Через точку с запятой: portal;sms;email;paper.",
        (_, "minutes") => "На сколько минут рассчитано задание.",
        (_, "printed") => "Как отметка стоит в источнике, если иначе: 5-, 8/12.",
        (_, "hours") if table == Table::Lessons => "Сдвоенный урок одной строкой — 2; пусто — 1.",
        (_, "deferred_until") => "До какого дня отложена аттестация; отметка тогда может быть пустой.",
        (_, "table") => "Имя таблицы формата обмена: marks, lessons, term_marks…",
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
