//! The tables of the exchange format column by column, in the order of `exchange.md`. Only this file names
//! them.
//!
//! The readers and writers of rows walk the columns in this order. A header may have a Russian title in place
//! of an id.

use crate::model::Table;

/// The content of a column's cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any text, code or id; lists are separated by `;`.
    Text,
    /// A date.
    Date,
    /// A date and time.
    Moment,
    /// A time of day.
    Time,
    /// A whole number.
    Whole,
    /// A number.
    Decimal,
    /// `1/0`, `true/false`, `да/нет`.
    Flag,
}

/// One column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its id in the exchange format.
    pub id: &'static str,
    /// Its Russian title.
    pub title: &'static str,
    /// Must be in every file of the table.
    pub required: bool,
    /// What its cells hold.
    pub kind: Kind,
}

/// One table.
#[derive(Clone, Copy, Debug)]
pub struct TableSchema {
    /// Which table.
    pub table: Table,
    /// Its Russian title.
    pub title: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
}

/// Returns the columns of a table.
pub fn schema_of(table: Table) -> &'static TableSchema {
    &TABLES[table as usize]
}

const fn required(id: &'static str, title: &'static str, kind: Kind) -> Column {
    Column { id, title, required: true, kind }
}

const fn optional(id: &'static str, title: &'static str, kind: Kind) -> Column {
    Column { id, title, required: false, kind }
}

use Kind::*;

/// Every table, in the order of [`Table::ALL`].
pub const TABLES: &[TableSchema] = &[
    TableSchema {
        table: Table::Staff,
        title: "Сотрудники",
        columns: &[
            required("staff_id", "Код сотрудника", Text),
            required("name", "ФИО", Text),
            optional("position", "Должность", Text),
        ],
    },
    TableSchema {
        table: Table::Terms,
        title: "Периоды",
        columns: &[
            required("term_id", "Код периода", Text),
            required("kind", "Вид периода", Text),
            required("title", "Название", Text),
            required("start", "Начало", Date),
            required("end", "Конец", Date),
            required("grades", "Классы (годы обучения)", Text),
        ],
    },
    TableSchema {
        table: Table::Holidays,
        title: "Каникулы",
        columns: &[
            optional("title", "Название", Text),
            required("start", "Начало", Date),
            required("end", "Конец", Date),
            optional("grades", "Классы (годы обучения)", Text),
        ],
    },
    TableSchema {
        table: Table::Bells,
        title: "Звонки",
        columns: &[
            required("number", "Номер урока", Whole),
            required("start", "Начало", Time),
            required("end", "Конец", Time),
            optional("shift", "Смена", Text),
            optional("weekday", "День недели", Whole),
            optional("from", "С даты", Date),
            optional("to", "По дату", Date),
        ],
    },
    TableSchema {
        table: Table::Subjects,
        title: "Предметы",
        columns: &[
            required("subject_id", "Код предмета", Text),
            required("title", "Предмет", Text),
            optional("short", "Краткое название", Text),
            optional("area", "Предметная область", Text),
            optional("component", "Компонент", Text),
            required("grading", "Система отметок", Text),
        ],
    },
    TableSchema {
        table: Table::Classes,
        title: "Классы",
        columns: &[
            required("class_id", "Класс", Text),
            required("grade", "Год обучения", Whole),
            optional("letter", "Литера", Text),
            optional("teacher_id", "Классный руководитель", Text),
            optional("profile", "Профиль", Text),
            optional("shift", "Смена", Text),
            optional("set_id", "Класс-комплект", Text),
        ],
    },
    TableSchema {
        table: Table::Suspensions,
        title: "Актированные дни",
        columns: &[
            required("start", "Начало", Date),
            required("end", "Конец", Date),
            optional("class_ids", "Классы", Text),
            optional("reason", "Причина", Text),
            optional("order", "Приказ", Text),
        ],
    },
    TableSchema {
        table: Table::Pupils,
        title: "Ученики",
        columns: &[
            required("pupil_id", "Код ученика", Text),
            required("surname", "Фамилия", Text),
            required("given_name", "Имя", Text),
            optional("patronymic", "Отчество", Text),
            optional("birth_date", "Дата рождения", Date),
            optional("sex", "Пол", Text),
            optional("file_number", "Номер личного дела", Text),
            optional("address", "Адрес", Text),
            optional("phone", "Телефон", Text),
            optional("parents", "Родители", Text),
            optional("health_group", "Группа здоровья", Text),
            optional("pe_group", "Группа по физкультуре", Text),
        ],
    },
    TableSchema {
        table: Table::Enrolment,
        title: "Зачисление",
        columns: &[
            required("pupil_id", "Код ученика", Text),
            required("class_id", "Класс", Text),
            required("from", "С даты", Date),
            optional("to", "По дату", Date),
            optional("in_kind", "Как прибыл", Text),
            optional("in_order", "Приказ о прибытии", Text),
            optional("out_kind", "Как выбыл", Text),
            optional("out_order", "Приказ о выбытии", Text),
            optional("out_reason", "Куда или почему выбыл", Text),
        ],
    },
    TableSchema {
        table: Table::Groups,
        title: "Группы",
        columns: &[
            required("group_id", "Код группы", Text),
            required("title", "Группа", Text),
            required("class_ids", "Классы", Text),
            required("kind", "Вид группы", Text),
        ],
    },
    TableSchema {
        table: Table::GroupMembers,
        title: "Состав групп",
        columns: &[
            required("group_id", "Код группы", Text),
            required("pupil_id", "Код ученика", Text),
            optional("from", "С даты", Date),
            optional("to", "По дату", Date),
        ],
    },
    TableSchema {
        table: Table::Courses,
        title: "Курсы",
        columns: &[
            required("course_id", "Код курса", Text),
            required("subject_id", "Код предмета", Text),
            optional("class_id", "Класс", Text),
            optional("group_id", "Код группы", Text),
            required("teacher_id", "Код учителя", Text),
            optional("hours_week", "Часов в неделю", Decimal),
            optional("kind", "Вид курса", Text),
            optional("grading", "Система отметок", Text),
            optional("term_kind", "Вид периода", Text),
        ],
    },
    TableSchema {
        table: Table::CourseTeachers,
        title: "Учителя курсов",
        columns: &[
            required("course_id", "Код курса", Text),
            required("teacher_id", "Код учителя", Text),
            optional("from", "С даты", Date),
            optional("to", "По дату", Date),
            optional("role", "Роль", Text),
        ],
    },
    TableSchema {
        table: Table::Curriculum,
        title: "Учебный план",
        columns: &[
            required("subject_id", "Код предмета", Text),
            optional("class_id", "Класс", Text),
            optional("group_id", "Код группы", Text),
            optional("pupil_id", "Код ученика", Text),
            optional("term_id", "Код периода", Text),
            required("hours", "Часы", Decimal),
        ],
    },
    TableSchema {
        table: Table::LessonPlans,
        title: "КТП",
        columns: &[
            required("course_id", "Код курса", Text),
            required("seq", "Номер по плану", Whole),
            required("topic", "Тема", Text),
            required("hours", "Часы", Decimal),
            optional("section", "Раздел", Text),
            optional("kind", "Вид урока", Text),
            optional("planned_date", "Дата по плану", Date),
        ],
    },
    TableSchema {
        table: Table::Timetable,
        title: "Расписание",
        columns: &[
            required("course_id", "Код курса", Text),
            required("weekday", "День недели", Whole),
            required("number", "Номер урока", Whole),
            optional("room", "Кабинет", Text),
            optional("from", "С даты", Date),
            optional("to", "По дату", Date),
            optional("weeks", "Недели", Text),
        ],
    },
    TableSchema {
        table: Table::DayMoves,
        title: "Переносы дней",
        columns: &[
            required("date", "Дата", Date),
            required("as_weekday", "По расписанию дня", Whole),
            optional("grades", "Классы (годы обучения)", Text),
        ],
    },
    TableSchema {
        table: Table::Lessons,
        title: "Уроки",
        columns: &[
            required("lesson_id", "Код урока", Text),
            required("course_id", "Код курса", Text),
            required("date", "Дата", Date),
            required("number", "Номер урока", Whole),
            required("status", "Состояние", Text),
            optional("moved_to", "Перенесён на", Date),
            required("teacher_id", "Код учителя", Text),
            optional("replaces_teacher_id", "Кого заменял", Text),
            optional("room", "Кабинет", Text),
            optional("kind", "Вид урока", Text),
            optional("topic", "Тема", Text),
            optional("plan_seq", "Номер по плану", Whole),
            optional("recorded_at", "Внесено", Moment),
            optional("recorded_by", "Кем внесено", Text),
            optional("hours", "Часы", Decimal),
        ],
    },
    TableSchema {
        table: Table::Homework,
        title: "Домашние задания",
        columns: &[
            required("lesson_id", "Код урока", Text),
            required("text", "Задание", Text),
            optional("minutes", "Минут", Decimal),
            optional("due_date", "На дату", Date),
            optional("recorded_at", "Внесено", Moment),
            optional("recorded_by", "Кем внесено", Text),
            optional("pupil_id", "Код ученика", Text),
        ],
    },
    TableSchema {
        table: Table::Works,
        title: "Работы",
        columns: &[
            required("work_id", "Код работы", Text),
            required("course_id", "Код курса", Text),
            required("kind", "Вид работы", Text),
            optional("title", "Название", Text),
            optional("control", "По графику ВШК", Flag),
            optional("form", "Форма контроля", Text),
            optional("planned_date", "Дата по плану", Date),
            optional("lesson_id", "Код урока", Text),
            optional("weight", "Вес", Decimal),
        ],
    },
    TableSchema {
        table: Table::Marks,
        title: "Отметки",
        columns: &[
            required("mark_id", "Код отметки", Text),
            required("lesson_id", "Код урока", Text),
            required("pupil_id", "Код ученика", Text),
            required("value", "Отметка", Text),
            optional("work_id", "Код работы", Text),
            optional("comment", "Комментарий", Text),
            optional("recorded_at", "Внесено", Moment),
            optional("recorded_by", "Кем внесено", Text),
            optional("printed", "Как в источнике", Text),
        ],
    },
    TableSchema {
        table: Table::Attendance,
        title: "Посещаемость",
        columns: &[
            required("lesson_id", "Код урока", Text),
            required("pupil_id", "Код ученика", Text),
            required("reason", "Причина", Text),
            optional("comment", "Комментарий", Text),
            optional("recorded_at", "Внесено", Moment),
            optional("recorded_by", "Кем внесено", Text),
        ],
    },
    TableSchema {
        table: Table::AbsenceRegister,
        title: "Учёт отсутствующих",
        columns: &[
            required("date", "Дата", Date),
            required("pupil_id", "Код ученика", Text),
            required("reason", "Причина", Text),
            optional("lessons", "Уроков", Whole),
            optional("recorded_at", "Внесено", Moment),
            optional("recorded_by", "Кем внесено", Text),
        ],
    },
    TableSchema {
        table: Table::TermMarks,
        title: "Итоговые отметки",
        columns: &[
            required("pupil_id", "Код ученика", Text),
            required("subject_id", "Код предмета", Text),
            required("term_id", "Код периода", Text),
            required("kind", "Вид отметки", Text),
            required("value", "Отметка", Text),
            optional("course_id", "Код курса", Text),
            optional("deferred_until", "Отсрочка до", Date),
            optional("order", "Приказ", Text),
            optional("recorded_at", "Внесено", Moment),
            optional("recorded_by", "Кем внесено", Text),
        ],
    },
    TableSchema {
        table: Table::Accounts,
        title: "Учётные записи",
        columns: &[
            required("account", "Учётная запись", Text),
            optional("staff_id", "Код сотрудника", Text),
            optional("role", "Роль", Text),
        ],
    },
    TableSchema {
        table: Table::Changes,
        title: "Изменения",
        columns: &[
            required("at", "Когда", Moment),
            required("account", "Учётная запись", Text),
            optional("staff_id", "Код сотрудника", Text),
            required("action", "Действие", Text),
            required("table", "Таблица", Text),
            required("record_id", "Код записи", Text),
            optional("field", "Поле", Text),
            optional("old", "Было", Text),
            optional("new", "Стало", Text),
        ],
    },
    TableSchema {
        table: Table::Breaches,
        title: "Нарушения доступа",
        columns: &[
            required("account", "Учётная запись", Text),
            required("detected_at", "Обнаружено", Moment),
            optional("director_told_at", "Извещён директор", Moment),
            optional("support_told_at", "Извещена поддержка", Moment),
            optional("closed_at", "Закрыто", Moment),
            optional("note", "Примечание", Text),
        ],
    },
    TableSchema {
        table: Table::Consents,
        title: "Согласия",
        columns: &[
            required("pupil_id", "Код ученика", Text),
            required("parent", "Родитель", Text),
            required("given", "Согласие дано", Flag),
            required("at", "Когда", Moment),
            optional("channels", "Каналы", Text),
            optional("phone", "Телефон", Text),
            optional("email", "Электронная почта", Text),
        ],
    },
    TableSchema {
        table: Table::Acknowledgements,
        title: "Ознакомление",
        columns: &[
            required("pupil_id", "Код ученика", Text),
            required("parent", "Родитель", Text),
            required("at", "Когда", Moment),
            optional("term_id", "Код периода", Text),
            optional("method", "Способ", Text),
        ],
    },
    TableSchema {
        table: Table::Recommendations,
        title: "Рекомендации",
        columns: &[
            required("pupil_id", "Код ученика", Text),
            required("staff_id", "Код сотрудника", Text),
            required("at", "Когда", Moment),
            required("text", "Рекомендация", Text),
            optional("course_id", "Код курса", Text),
        ],
    },
    TableSchema {
        table: Table::Remarks,
        title: "Замечания",
        columns: &[
            required("class_id", "Класс", Text),
            required("at", "Когда", Moment),
            required("staff_id", "Код сотрудника", Text),
            required("text", "Замечание", Text),
            optional("done_at", "Устранено", Moment),
        ],
    },
    TableSchema {
        table: Table::Setup,
        title: "Настройка года",
        columns: &[
            required("section", "Раздел", Text),
            required("done_at", "Выполнено", Moment),
            optional("staff_id", "Код сотрудника", Text),
            optional("due_clause", "Пункт со сроком", Text),
        ],
    },
    TableSchema {
        table: Table::Decisions,
        title: "Решения педсовета",
        columns: &[
            required("pupil_id", "Код ученика", Text),
            required("kind", "Решение", Text),
            optional("to_grade", "В класс", Whole),
            optional("protocol", "Протокол", Text),
            optional("date", "Дата", Date),
        ],
    },
    TableSchema {
        table: Table::Aliases,
        title: "Соответствия",
        columns: &[
            required("table", "Таблица", Text),
            required("name", "Как в источнике", Text),
            optional("class_id", "Класс", Text),
            optional("source", "Источник", Text),
            required("id", "Код записи", Text),
        ],
    },
];
