//! Lessons that were not held as planned: by whose they were, and by who stood in.

use super::super::lists::{Entry, Lists, key};
use super::super::pages::{Head, Page, Pages};
use crate::render::workbook::{Cell, Column, Sheet};
use crate::stats::Scope;
use crate::stats::analytics::{LESSON_CHANGES, Record};

pub(super) const CHANGES: Page = Page {
    name: "Замены",
    said: "замены, непроведённые, перенесённые, отменённые уроки",
    has_names: false,
    make: changes,
};
pub(super) const STOOD_IN: Page =
    Page {
        name: "Кто заменял", said: "замены по тем, кто заменял", has_names: false, make: stood_in
    };

/// Kinds in the order of the list: code, word, column of the programme.
const KINDS: [(&str, &str, &str); 4] = [
    ("substitution", "замена", "substituted"),
    ("missed", "не проведён", "missed"),
    ("moved", "перенесён", "moved"),
    ("cancelled", "отменён", "cancelled"),
];

/// Returns the changes inside the term.
fn own<'a>(pages: &Pages<'a>) -> Vec<Record<'a>> {
    let span = pages.data.span();
    let journal = pages.context.journal;
    let is_own = |row: &Record<'_>| {
        let grade =
            pages.data.keys.course(row.text("course_id")).map(|id| journal.grade_of(&journal.courses[id]));
        row.date("date").is_some_and(|date| span.contains(date))
            && grade.is_some_and(|grade| pages.data.grades.contains(grade))
    };
    pages.data.tables.all(&LESSON_CHANGES).filter(is_own).collect()
}

/// Returns the teacher whose course it is.
fn owner<'a>(pages: &Pages<'a>, row: Record<'_>) -> &'a str {
    let journal = pages.context.journal;
    let course = pages.data.keys.course(row.text("course_id"));
    course.map_or("", |id| journal.staff[journal.courses[id].teacher].key.as_str())
}

fn kind(row: Record<'_>) -> usize {
    KINDS.iter().position(|(code, ..)| *code == row.text("kind")).unwrap_or(KINDS.len() - 1)
}

fn changes(pages: &Pages<'_>, lists: &mut Lists) -> Sheet {
    let mut rows = own(pages);
    rows.sort_by_cached_key(|row| {
        let teacher = owner(pages, *row);
        let course = pages.data.keys.course(row.text("course_id"));
        let order = course.map(|id| pages.data.keys.course_order(id));
        (
            kind(*row),
            pages.staff(teacher),
            teacher,
            order,
            row.text("course_id"),
            row.date("date"),
            row.text("lesson_id"),
        )
    });
    let about = |row: &Record<'_>| {
        let (_, _, column) = KINDS[kind(*row)];
        let of_teacher = if column == "substituted" { "held_by_others" } else { column };
        vec![
            format!("{column}|course:{}", row.text("course_id")),
            key(of_teacher, Scope::Teacher, owner(pages, *row)),
            format!("lessons_{column}"),
        ]
    };
    let title = "Замены, непроведённые, перенесённые и отменённые уроки".to_owned();
    list(pages, lists, (CHANGES.name, title), &rows, about)
}

fn stood_in(pages: &Pages<'_>, lists: &mut Lists) -> Sheet {
    let mut rows = own(pages);
    rows.retain(|row| row.text("kind") == "substitution");
    rows.sort_by_cached_key(|row| {
        let teacher = row.text("teacher_id");
        (pages.staff(teacher), teacher, row.date("date"), row.text("lesson_id"))
    });
    let about = |row: &Record<'_>| vec![key("held_for_others", Scope::Teacher, row.text("teacher_id"))];
    list(pages, lists, (STOOD_IN.name, "Замены по тем, кто заменял".to_owned()), &rows, about)
}

fn list(
    pages: &Pages<'_>,
    lists: &mut Lists,
    (name, title): (&'static str, String),
    rows: &[Record<'_>],
    about: impl Fn(&Record<'_>) -> Vec<String>,
) -> Sheet {
    let entries = rows.iter().map(|row| Entry::new(about(row), cells(pages, *row))).collect();
    let columns = vec![
        Column::new("Что", 14.5),
        Column::new("Дата", 11.0),
        Column::new("Класс, группа", 20.0),
        Column::new("Предмет", 30.0),
        Column::new("Учитель курса", 26.0),
        Column::new("Кто провёл замену", 26.0),
        Column::new("Отмечена в журнале", 12.0),
        Column::new("Перенесён на", 12.0),
    ];
    let lack = pages.data.lack(&LESSON_CHANGES).or_else(|| pages.coverage.lack_of_lessons());
    let notes = vec![
        pages.whom(lack.as_deref(), "Замена: урок провёл не учитель курса этого дня, отмечена она или нет."),
    ];
    pages.list(lists, Head { name, title, notes, columns, frozen: 2 }, entries)
}

fn cells(pages: &Pages<'_>, row: Record<'_>) -> Vec<Cell> {
    let is_substitution = row.text("kind") == "substitution";
    let marked = if row.flag("is_marked") { "да" } else { "НЕТ" };
    vec![
        Cell::text(KINDS[kind(row)].1),
        row.date("date").map_or(Cell::Empty, Cell::Date),
        Cell::text(pages.audience_of(row.text("course_id"))),
        Cell::text(pages.subject_of(row.text("subject_id"))),
        Cell::text(pages.teacher(owner(pages, row))),
        Cell::text(if is_substitution { pages.teacher(row.text("teacher_id")) } else { String::new() }),
        Cell::text(if is_substitution { marked } else { "" }),
        row.date("moved_to").map_or(Cell::Empty, Cell::Date),
    ]
}
