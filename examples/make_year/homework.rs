//! Homework: short tasks with numbers in them, mostly written down before the lesson is over.

use fastrand::Rng;

use super::calendar::{Day, at};
use super::lessons::Lesson;
use super::school::School;
use super::subjects::{SUBJECTS, Style};
use super::table::Table;

const COLUMNS: &[&str] = &["lesson_id", "text", "minutes", "due_date", "recorded_at", "recorded_by"];

/// Returns an empty table of homework.
pub(crate) fn homework_table() -> Table {
    Table::new("homework", COLUMNS)
}

/// Gives homework for a held lesson, if the course has any; `next` is the course's next lesson.
pub(crate) fn give(
    table: &mut Table,
    school: &School,
    lesson: &Lesson,
    id: &str,
    next: Option<Day>,
    rng: &mut Rng,
) {
    let course = &school.courses[lesson.course];
    if !course.is_graded() || course.kind != "lesson" || rng.u32(..100) < 2 {
        return;
    }
    let style = SUBJECTS[course.subject].style;
    let by = &school.staff[lesson.teacher];
    let due = next.map_or("", |day| school.cal.dotted(day));
    let minute = if lesson.is_remote { remote_minute(rng) } else { minute(lesson, by.sloppiness, rng) };
    let recorded = school.cal.short_stamp(at(lesson.day, minute));
    table.row(&[&id, &text(style, rng), &minutes(style, course.grade, rng), &due, &recorded, &by.id]);
}

/// On days of frost the tasks go out by 10:00.
fn remote_minute(rng: &mut Rng) -> i32 {
    if rng.u32(..25) == 0 { 605 + rng.i32(0..60) } else { 490 + rng.i32(0..105) }
}

fn minute(lesson: &Lesson, sloppiness: f64, rng: &mut Rng) -> i32 {
    let end = lesson.start() - at(lesson.day, 0) + 45;
    match rng.f64() / sloppiness {
        c if c < 0.006 => 1022 + rng.i32(0..220),
        c if c < 0.014 => 955 + rng.i32(0..60),
        _ => end + rng.i32(-15..40),
    }
}

/// Minutes a pupil should need; very rarely too many, or left out.
fn minutes(style: Style, grade: u8, rng: &mut Rng) -> String {
    let minutes = match (rng.u32(..200), style) {
        (0, _) => return String::new(),
        (1..3, _) => 40,
        (_, Style::Hands | Style::Body) => 5,
        _ if grade <= 3 => 10 + 5 * rng.u32(..2),
        _ => 10 + 5 * rng.u32(..3),
    };
    minutes.to_string()
}

/// Tasks by style with places for numbers; the first ones of a list are given more often.
fn tasks(style: Style) -> &'static [&'static str] {
    match style {
        Style::Language => &[
            "Упр. {b}, правило на с. {a}",
            "Упр. {b}; разбор предложения",
            "Повторить изученное, упр. {b}",
            "Выучить словарные слова на с. {a}, упр. {b} письменно; подготовиться к диктанту: повторить правила § {c}–{d}",
            "Написать сочинение по плану, черновик",
        ],
        Style::Reading => &[
            "С. {a}–{d}, выразительное чтение",
            "Прочитать с. {b}, вопросы {c}",
            "Выучить наизусть отрывок",
            "Дочитать произведение до конца, составить план пересказа и письменно ответить на вопросы после текста",
        ],
        Style::Foreign => &[
            "Упр. {c}, с. {a}; слова",
            "Раб. тетр., с. {a}, № {c}",
            "Повторить времена глагола",
            "Подготовить рассказ по теме (10–12 предложений), слова на с. {b} учить наизусть",
        ],
        Style::Numbers => &[
            "§ {a}, № {b}, {e}",
            "№ {b} (а, в), {e}",
            "Решить вариант {c} карточки",
            "П. {a} учить определения и свойства; № {b}, {e} (б, г) с подробной записью решения, повторить п. {c}",
        ],
        Style::Nature => &[
            "§ {a}, вопросы 1–{c}",
            "§ {a}, задача {b}",
            "§ {a}, повторить § {c}",
            "§ {a}–{d} пересказ, заполнить таблицу в тетради, подготовить отчёт о наблюдении",
        ],
        Style::Society => &[
            "§ {a}, вопросы с. {b}",
            "§ {a}, записи в тетради",
            "§ {a}–{d}; письменно ответить на вопрос {c}, отметить на карте изученные объекты",
        ],
        Style::Hands => {
            &["Принести материалы к уроку", "Закончить работу", "Подготовить сообщение (до {c} мин)"]
        }
        Style::Body | Style::Talk => {
            &["Комплекс упражнений № {c}", "Прыжки через скакалку, утренняя зарядка"]
        }
    }
}

fn text(style: Style, rng: &mut Rng) -> String {
    let tasks = tasks(style);
    let task = tasks[rng.usize(..tasks.len()).min(rng.usize(..tasks.len()))];
    let (a, b, c) = (rng.u32(3..60), rng.u32(10..240), rng.u32(2..9));
    let numbers = [("{a}", a), ("{b}", b), ("{c}", c), ("{d}", a + c), ("{e}", b + c)];
    numbers.iter().fold(task.to_owned(), |text, (place, number)| text.replace(place, &number.to_string()))
}
