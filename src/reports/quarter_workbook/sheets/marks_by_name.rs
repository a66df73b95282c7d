//! Term marks by name: of classes in subjects, and of teachers' courses.

use super::super::lists::{Entry, Lists, key};
use super::super::pages::{Head, Page, Pages};
use super::super::people::wholes;
use super::by_name;
use crate::model::*;
use crate::render::workbook::{Cell, Column, Sheet};
use crate::stats::{Given, Scope};

pub(super) const MARKS: Page = Page {
    name: "Отметки поимённо",
    said: "отметки за период по предметам и классам",
    has_names: true,
    make: of_classes,
};
pub(super) const COURSES: Page = Page {
    name: "Отметки по учителям",
    said: "отметки за период по учителям и курсам",
    has_names: true,
    make: of_courses,
};
pub(super) const PUPILS: Page = Page {
    name: "Отметки учеников",
    said: "отметки за период по ученикам",
    has_names: true,
    make: of_pupils,
};

/// Returns what a mark is sorted by, the best first, and what of a figure's counts it is in.
fn place(given: &Given) -> (u8, Vec<&'static str>) {
    let (at, own) = match given.value {
        Some(TermValue::Numeric(mark)) => {
            (5 - mark.clamp(1, 5), ["1", "2", "3", "4", "5"][usize::from(mark.clamp(1, 5)) - 1])
        }
        Some(TermValue::NotAssessed) => (5, "н/а"),
        Some(value) => (
            6 + [TermValue::Exempt, TermValue::Unmarked, TermValue::Pass]
                .iter()
                .take_while(|one| **one != value)
                .count() as u8,
            value.code(),
        ),
        None if given.is_deferred => (10, "deferred"),
        None => (11, "absent"),
    };
    let mut counts = vec!["listed", own];
    counts.extend((at < 2).then_some("quality"));
    counts.extend((at < 3).then_some("success"));
    counts.extend((at < 5).then_some("numeric"));
    counts.push(if at < 6 { "assessed" } else { "excluded" });
    (at, counts)
}

/// A mark with what lists are sorted by.
struct Line<'g> {
    given: &'g Given,
    at: u8,
    counts: Vec<&'static str>,
    name: String,
}

fn lines<'g>(pages: &'g Pages<'_>, is_wanted: impl Fn(&Given) -> bool) -> Vec<Line<'g>> {
    let own = pages.people.given.iter().filter(|one| is_wanted(one));
    let line = |given: &'g Given| {
        let (at, counts) = place(given);
        Line { given, at, counts, name: pages.data.keys.pupil_name(given.pupil) }
    };
    own.map(line).collect()
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("Предмет", 30.0),
        Column::new("Класс", 8.0),
        Column::new("Ученик", 30.0),
        Column::new("Отметка за период", 14.0),
        Column::new("Учитель", 26.0),
        Column::new("Класс, группа", 20.0),
        Column::new("Текущий средний (отметок)", 16.0),
        Column::new("За прошлый период", 12.0),
    ]
}

fn cells(pages: &Pages<'_>, line: &Line<'_>) -> Vec<Cell> {
    let (keys, journal, given) = (&pages.data.keys, pages.context.journal, line.given);
    let value = match given.value {
        Some(value) => value.code(),
        None if given.is_deferred => "отсрочка",
        None => "нет",
    };
    let subject = &journal.subjects[given.subject];
    let pupil = &journal.pupils[given.pupil];
    vec![
        Cell::text(keys.subject_name(given.subject)),
        Cell::text(journal.classes[given.class].key.as_str()),
        Cell::text(&line.name),
        mark_cell(value),
        Cell::text(keys.teacher_name(journal.courses[given.course].teacher)),
        Cell::text(keys.audience_name(given.course)),
        Cell::text(pages.current_mean(&pupil.key, &subject.key)),
        mark_cell(pages.people.before((given.pupil, given.subject)).unwrap_or("")),
    ]
}

/// Returns a mark as a number, so that it can be filtered as one; anything else as a text.
fn mark_cell(code: &str) -> Cell {
    match code.parse::<u8>() {
        Ok(mark) => Cell::Count(f64::from(mark)),
        Err(_) => Cell::text(code),
    }
}

fn list(
    pages: &Pages<'_>,
    lists: &mut Lists,
    (name, title, whom): (&'static str, &str, &str),
    lines: &[Line<'_>],
    keys: impl Fn(&Line<'_>) -> Vec<String>,
) -> Sheet {
    let is_shown = lists.shows(name);
    let cells = |line: &Line<'_>| if is_shown { cells(pages, line) } else { Vec::new() };
    let entries = lines.iter().map(|line| Entry::new(keys(line), cells(line))).collect();
    let said = match by_name::lack(pages) {
        Some(why) => format!("Не сформировано: {why}."),
        None => format!("Учтены: {}. {whom}", pages.data.grades.marked().label()),
    };
    let head = Head { name, title: title.to_owned(), notes: vec![said], columns: columns(), frozen: 3 };
    pages.list(lists, head, entries)
}

/// Marks by subject and class, the best first: a pupil once in a subject.
fn of_classes(pages: &Pages<'_>, lists: &mut Lists) -> Sheet {
    let (keys, journal) = (&pages.data.keys, pages.context.journal);
    let mut lines = lines(pages, |one| one.is_first);
    lines.sort_by_cached_key(|one| {
        let class = &journal.classes[one.given.class].key;
        (
            keys.subject_name(one.given.subject),
            one.given.subject,
            keys.class_order(class),
            one.at,
            one.name.clone(),
            one.given.pupil,
        )
    });
    let about = |line: &Line<'_>| {
        let subject = &journal.subjects[line.given.subject].key;
        let whole = |(scope, id): (Scope, String)| {
            let all = line.counts.iter().map(|what| format!("{}|{subject}", key(what, scope, &id)));
            all.collect::<Vec<_>>()
        };
        wholes(journal, line.given.class).into_iter().flat_map(whole).collect()
    };
    let whom = "Ученик стоит в предмете один раз.";
    list(pages, lists, (MARKS.name, "Отметки за период по предметам и классам", whom), &lines, about)
}

/// Marks by teacher, subject and course.
fn of_courses(pages: &Pages<'_>, lists: &mut Lists) -> Sheet {
    let (keys, journal) = (&pages.data.keys, pages.context.journal);
    let mut lines = lines(pages, |_| true);
    lines.sort_by_cached_key(|one| {
        let course = &journal.courses[one.given.course];
        let teacher = &journal.staff[course.teacher];
        (
            (teacher.name.to_string(), course.teacher),
            (keys.subject_name(course.subject), course.subject),
            keys.course_order(one.given.course),
            one.given.course,
            one.at,
            one.name.clone(),
            one.given.pupil,
        )
    });
    let about = |line: &Line<'_>| {
        let course = &journal.courses[line.given.course];
        let subject = &journal.subjects[course.subject].key;
        let teacher = journal.staff[course.teacher].key.as_str();
        let group = course_group(journal, course);
        let of = |what: &&'static str| {
            let mut keys = vec![
                format!("{}|{subject}", key(what, Scope::Course, &course.key)),
                format!("{}|{subject}", key(what, Scope::Teacher, teacher)),
                key(what, Scope::Teacher, teacher),
            ];
            keys.extend(group.map(|group| format!("{}|{subject}", key(what, Scope::Group, group))));
            keys
        };
        line.counts.iter().flat_map(of).collect()
    };
    let whom = "Ученик стоит в каждом своём курсе.";
    list(pages, lists, (COURSES.name, "Отметки за период по учителям и курсам", whom), &lines, about)
}

fn course_group<'a>(journal: &'a Journal, course: &Course) -> Option<&'a str> {
    journal.group_of(course).map(|group| group.key.as_str())
}

/// Marks by class and pupil.
fn of_pupils(pages: &Pages<'_>, lists: &mut Lists) -> Sheet {
    let (keys, journal) = (&pages.data.keys, pages.context.journal);
    let mut lines = lines(pages, |one| one.is_first);
    lines.sort_by_cached_key(|one| {
        let (class, pupil) = (&journal.classes[one.given.class].key, &journal.pupils[one.given.pupil].key);
        (
            keys.pupil_order(class, pupil),
            one.given.pupil,
            one.at,
            keys.subject_name(one.given.subject),
            one.given.subject,
        )
    });
    let about = |line: &Line<'_>| {
        let pupil = &journal.pupils[line.given.pupil].key;
        let what = match line.at {
            at @ 0..=2 => ["5", "4", "3"][usize::from(at)],
            3 | 4 => "2",
            5 => "н/а",
            _ => "excluded",
        };
        vec![format!("{what}|pupil:{pupil}")]
    };
    let whom = "Ученик стоит в предмете один раз.";
    list(pages, lists, (PUPILS.name, "Отметки за период по ученикам", whom), &lines, about)
}
