//! The sheets of term marks: attainment, quality, СОУ and means of wholes, classes, subjects, groups, teachers.

use super::super::lists::{Lists, key, number_cell};
use super::super::pages::{Page, Pages, WHOLES, number};
use super::super::people::wholes;
use super::by_name::BY_NAME;
use super::marks_by_name::{COURSES, MARKS};
use crate::model::*;
use crate::render::workbook::{Cell, Column, Row, Sheet};
use crate::stats::{Exclusion, Figure, Scope};

pub(super) const SUMMARY: Page = Page {
    name: "Сводка",
    said: "успеваемость, качество, СОУ, средний балл школы, уровней, параллелей",
    has_names: false,
    make: summary,
};
pub(super) const CLASSES: Page =
    Page { name: "Классы", said: "то же по классам", has_names: false, make: classes };
pub(super) const CLASSES_BY_SUBJECT: Page = Page {
    name: "Классы × предметы",
    said: "то же по классам и предметам",
    has_names: false,
    make: classes_by_subject,
};
pub(super) const SUBJECTS: Page =
    Page {
        name: "Предметы", said: "то же по предметам", has_names: false, make: subjects
    };
pub(super) const GROUPS: Page =
    Page {
        name: "Группы", said: "то же по подгруппам", has_names: false, make: groups
    };
pub(super) const TEACHERS: Page =
    Page {
        name: "Учителя", said: "то же по учителям и их курсам", has_names: false, make: teachers
    };
pub(super) const EXCLUSIONS: Page = Page {
    name: "Не аттестованы, исключены",
    said: "кто не вошёл в доли и почему, по классам и предметам",
    has_names: false,
    make: exclusions,
};

const ATTAINMENT: &str = "attainment";

const MARK_COLUMNS: [Column; 13] = [
    Column::narrow("По списку", 5.5),
    Column::narrow("Аттестовано", 5.5),
    Column::narrow("Успевают (не ниже «3»)", 5.5),
    Column::new("Успеваемость, %", 12.0),
    Column::new("Успеваемость от списка класса, %", 12.0),
    Column::narrow("На «4» и «5»", 5.5),
    Column::new("Качество, %", 9.0),
    Column::narrow("Отметок и н/а", 6.0),
    Column::new("СОУ, %", 6.5),
    Column::narrow("Отметок 1–5", 6.0),
    Column::new("Средний балл", 8.0),
    Column::narrow("Не учтено", 5.5),
    Column::new("Почему не учтены", 18.0),
];

/// The columns of exclusions, in their order, and what the rows behind them are called.
const EXCLUDED: [(Exclusion, &str); 6] = [
    (Exclusion::Exempt, "осв"),
    (Exclusion::Unmarked, "безотм"),
    (Exclusion::Pass, "зач"),
    (Exclusion::Fail, "незач"),
    (Exclusion::Deferred, "deferred"),
    (Exclusion::Absent, "absent"),
];

/// Returns what something of a figure's whole and subject is called.
fn key_of(pages: &Pages<'_>, what: &str, figure: &Figure) -> String {
    let whole = key(what, figure.scope, &figure.scope_id);
    match figure.subject {
        Some(subject) => format!("{whole}|{}", pages.context.journal.subjects[subject].key),
        None => whole,
    }
}

/// Returns what a row of a figure is about where wholes sum it up.
fn about(pages: &Pages<'_>, figure: &Figure, is_by_subject: bool) -> Vec<String> {
    let Some(class) = pages.data.keys.class(&figure.scope_id) else { return Vec::new() };
    let wholes = wholes(pages.context.journal, class).into_iter();
    let rows = wholes.map(|(scope, id)| key("rows", scope, &id));
    let subject = figure.subject.filter(|_| is_by_subject);
    let subject = subject.map(|id| format!("|{}", pages.context.journal.subjects[id].key));
    rows.map(|key| format!("{key}{}", subject.as_deref().unwrap_or(""))).collect()
}

/// Which sheet sums pupils up, and which marks.
#[derive(Clone, Copy)]
struct Sums {
    pupils: &'static str,
    marks: &'static str,
}

/// The school, its levels and parallels.
fn summary(pages: &Pages<'_>, lists: &mut Lists) -> Sheet {
    let figures = WHOLES.into_iter().flat_map(|scope| pages.term.overall(ATTAINMENT, scope));
    let sums = Sums { pupils: CLASSES.name, marks: CLASSES_BY_SUBJECT.name };
    let row = |figure| {
        let head = vec![Cell::text(pages.whole(figure))];
        marks(pages, lists, figure, (head, sums), figure.scope == Scope::School)
    };
    let columns = with_marks(vec![Column::new("Охват", 16.0)]);
    let title = "Успеваемость и качество: школа, уровни, параллели";
    Sheet { frozen_columns: 1, ..pages.sheet(SUMMARY.name, title, columns, figures.map(row)) }
}

/// Classes over all subjects.
fn classes(pages: &Pages<'_>, lists: &mut Lists) -> Sheet {
    let mut figures: Vec<&Figure> = pages.term.overall(ATTAINMENT, Scope::Class).collect();
    figures.sort_by_cached_key(|figure| pages.data.keys.class_order(&figure.scope_id));
    let keys: Vec<Vec<String>> = figures.iter().map(|figure| about(pages, figure, false)).collect();
    lists.note_rows(CLASSES.name, keys.iter().map(Vec::as_slice));
    let sums = Sums { pupils: "", marks: CLASSES_BY_SUBJECT.name };
    let row = |figure: &Figure| {
        let head = vec![Cell::text(figure.scope_id.as_str()), pages.class_teacher(figure)];
        marks(pages, lists, figure, (head, sums), false)
    };
    let columns = with_marks(vec![Column::new("Класс", 7.0), Column::new("Классный руководитель", 24.0)]);
    pages.sheet(CLASSES.name, "Успеваемость и качество по классам", columns, figures.into_iter().map(row))
}

/// Returns every class in every subject, by class.
fn of_classes<'a>(pages: &Pages<'a>) -> Vec<(&'a Figure, Id<Subject>)> {
    let mut figures: Vec<_> = pages.term.by_subject(ATTAINMENT, Scope::Class).collect();
    figures.sort_by_cached_key(|(figure, subject)| {
        (pages.data.keys.class_order(&figure.scope_id), pages.subject(*subject), *subject)
    });
    figures
}

/// Every class in every subject.
fn classes_by_subject(pages: &Pages<'_>, lists: &mut Lists) -> Sheet {
    let figures = of_classes(pages);
    let keys: Vec<Vec<String>> = figures.iter().map(|(figure, _)| about(pages, figure, false)).collect();
    lists.note_rows(CLASSES_BY_SUBJECT.name, keys.iter().map(Vec::as_slice));
    let row = |(figure, subject): (&Figure, Id<Subject>)| {
        let head = vec![Cell::text(figure.scope_id.as_str()), Cell::text(pages.subject(subject))];
        marks(pages, lists, figure, (head, Sums { pupils: "", marks: "" }), false)
    };
    let columns = with_marks(vec![Column::new("Класс", 8.0), Column::new("Предмет", 26.0)]);
    let title = "Успеваемость и качество по классам и предметам";
    pages.sheet(CLASSES_BY_SUBJECT.name, title, columns, figures.into_iter().map(row))
}

/// Every group in its subject.
fn groups(pages: &Pages<'_>, lists: &mut Lists) -> Sheet {
    let mut figures: Vec<_> = pages.term.by_subject(ATTAINMENT, Scope::Group).collect();
    figures.sort_by_cached_key(|(figure, subject)| (pages.group(&figure.scope_id), pages.subject(*subject)));
    let row = |(figure, subject): (&Figure, Id<Subject>)| {
        let head = vec![Cell::text(pages.group(&figure.scope_id)), Cell::text(pages.subject(subject))];
        marks(pages, lists, figure, (head, Sums { pupils: "", marks: "" }), false)
    };
    let columns = with_marks(vec![Column::new("Группа", 16.0), Column::new("Предмет", 22.0)]);
    let title = "Успеваемость и качество по группам";
    pages.sheet(GROUPS.name, title, columns, figures.into_iter().map(row))
}

/// Every subject in the school, its levels and parallels, and below them in its classes.
fn subjects(pages: &Pages<'_>, lists: &mut Lists) -> Sheet {
    let scopes = WHOLES.into_iter().chain([Scope::Class]);
    let mut figures: Vec<_> = scopes
        .enumerate()
        .flat_map(|(at, scope)| {
            pages.term.by_subject(ATTAINMENT, scope).map(move |(figure, subject)| (at, figure, subject))
        })
        .collect();
    figures.sort_by_cached_key(|(at, figure, subject)| {
        let class = (*at == 3).then(|| pages.data.keys.class_order(&figure.scope_id));
        (pages.subject(*subject), *subject, *at, class)
    });
    let keys: Vec<Vec<String>> = figures.iter().map(|(_, figure, _)| about(pages, figure, true)).collect();
    lists.note_rows(SUBJECTS.name, keys.iter().map(Vec::as_slice));
    let sums = Sums { pupils: SUBJECTS.name, marks: SUBJECTS.name };
    let row = |(_, figure, subject): (usize, &Figure, Id<Subject>)| {
        let is_class = figure.scope == Scope::Class;
        let whole = if is_class { figure.scope_id.to_string() } else { pages.whole(figure) };
        let head = vec![Cell::text(pages.subject(subject)), Cell::text(whole)];
        let sums = if is_class { Sums { pupils: "", marks: "" } } else { sums };
        marks(pages, lists, figure, (head, sums), figure.scope == Scope::School)
    };
    let columns = with_marks(vec![Column::new("Предмет", 24.0), Column::new("Охват", 14.0)]);
    let title = "Успеваемость и качество по предметам";
    pages.sheet(SUBJECTS.name, title, columns, figures.into_iter().map(row))
}

/// A row about a teacher: over all subjects, in a subject, or in a course.
struct Taught<'a> {
    teacher: &'a str,
    /// 0: all subjects; 1: a subject; 2: a course.
    depth: u8,
    subject: String,
    audience: (u8, String),
    figure: &'a Figure,
}

fn taught<'a>(pages: &Pages<'a>) -> Vec<Taught<'a>> {
    let overall = pages.term.overall(ATTAINMENT, Scope::Teacher).map(|figure| Taught {
        teacher: &figure.scope_id,
        depth: 0,
        subject: String::new(),
        audience: (0, String::new()),
        figure,
    });
    let by_subject = pages.term.by_subject(ATTAINMENT, Scope::Teacher).map(|(figure, subject)| Taught {
        teacher: &figure.scope_id,
        depth: 1,
        subject: pages.subject(subject),
        audience: (0, String::new()),
        figure,
    });
    let journal = pages.context.journal;
    let by_course = pages.term.by_subject(ATTAINMENT, Scope::Course).filter_map(|(figure, subject)| {
        let course = &journal.courses[pages.data.keys.course(&figure.scope_id)?];
        Some(Taught {
            teacher: &journal.staff[course.teacher].key,
            depth: 2,
            subject: pages.subject(subject),
            audience: pages.audience(course),
            figure,
        })
    });
    let mut all: Vec<Taught<'a>> = overall.chain(by_subject).chain(by_course).collect();
    all.sort_by_cached_key(|one| {
        let id = one.figure.scope_id.to_string();
        (pages.staff(one.teacher), one.teacher, one.depth, one.subject.clone(), one.audience.clone(), id)
    });
    all
}

/// Every teacher over all subjects, in each, and in each course.
fn teachers(pages: &Pages<'_>, lists: &mut Lists) -> Sheet {
    let all = taught(pages);
    let journal = pages.context.journal;
    let about = |one: &Taught<'_>| match (one.depth, one.figure.subject) {
        (2, Some(subject)) => {
            let whole = key("rows", Scope::Teacher, one.teacher);
            vec![format!("{whole}|{}", journal.subjects[subject].key), whole]
        }
        _ => Vec::new(),
    };
    let keys: Vec<Vec<String>> = all.iter().map(about).collect();
    lists.note_rows(TEACHERS.name, keys.iter().map(Vec::as_slice));
    let row = |one: Taught<'_>| {
        let (subject, of) = match one.depth {
            0 => ("все предметы".to_owned(), String::new()),
            1 => (one.subject, "все".to_owned()),
            _ => (one.subject, one.audience.1),
        };
        let own = if one.depth == 2 { "" } else { TEACHERS.name };
        let head = vec![Cell::text(pages.teacher(one.teacher)), Cell::text(subject), Cell::text(of)];
        marks(pages, lists, one.figure, (head, Sums { pupils: own, marks: own }), one.depth == 0)
    };
    let columns = with_marks(vec![
        Column::new("Учитель", 21.0),
        Column::new("Предмет", 22.0),
        Column::new("Класс, группа", 12.0),
    ]);
    let title = "Успеваемость и качество по учителям (счёт отметок)";
    pages.sheet(TEACHERS.name, title, columns, all.into_iter().map(row))
}

/// Pupils who are not assessed or left out, if there are any.
fn exclusions(pages: &Pages<'_>, lists: &mut Lists) -> Sheet {
    let noted: Vec<(&Figure, Id<Subject>)> =
        of_classes(pages).into_iter().filter(|(figure, _)| is_noted(pages, figure)).collect();
    let keys = |figure: &Figure| {
        let mut keys = about(pages, figure, false);
        keys.push(key_of(pages, "rows", figure));
        keys
    };
    let keys: Vec<Vec<String>> = noted.iter().map(|(figure, _)| keys(figure)).collect();
    lists.note_rows(EXCLUSIONS.name, keys.iter().map(Vec::as_slice));
    let rows = noted.into_iter().map(|(figure, subject)| {
        let mut cells = vec![Cell::text(figure.scope_id.as_str()), Cell::text(pages.subject(subject))];
        let listed = pages.term.beside(figure, "attainment_regulation").and_then(|one| one.denominator);
        cells.push(count(pages, lists, listed, ("listed", figure)));
        cells.push(count(pages, lists, not_assessed(pages, figure), ("н/а", figure)));
        for (column, what) in EXCLUDED {
            let found = figure.excluded.iter().find(|(exclusion, _)| *exclusion == column);
            let found = found.map_or(0.0, |(_, count)| f64::from(*count));
            cells.push(count(pages, lists, Some(found), (what, figure)));
        }
        cells.push(count(pages, lists, Some(left_out_count(figure) as f64), ("excluded", figure)));
        Row { cells, is_total: false }
    });
    let mut columns = vec![
        Column::new("Класс", 8.0),
        Column::new("Предмет", 30.0),
        Column::new("По списку", 8.0),
        Column::new("не аттестованы (н/а)", 13.5),
    ];
    columns.extend(EXCLUDED.map(|(exclusion, _)| Column::new(exclusion.title(), 12.0)));
    columns.push(Column::new("всего не учтено", 12.0));
    let title = "Не аттестованные и не вошедшие в показатели, учеников";
    pages.sheet(EXCLUSIONS.name, title, columns, rows)
}

/// СОУ counts н/а, the mean does not: the difference is their number.
fn not_assessed(pages: &Pages<'_>, figure: &Figure) -> Option<f64> {
    let assessed = pages.term.beside(figure, "sou")?.denominator?;
    Some(assessed - pages.term.beside(figure, "mean_mark")?.denominator?)
}

fn is_noted(pages: &Pages<'_>, figure: &Figure) -> bool {
    not_assessed(pages, figure).is_some_and(|found| found > 0.0 || !figure.excluded.is_empty())
}

fn count(pages: &Pages<'_>, lists: &Lists, found: Option<f64>, (what, figure): (&str, &Figure)) -> Cell {
    found.map_or(Cell::Empty, |found| lists.count(whole(found), &key_of(pages, what, figure)))
}

/// Counts of pupils and marks are whole and far below 2^52.
fn whole(found: f64) -> usize {
    found.max(0.0).round() as usize
}

fn marks(
    pages: &Pages<'_>,
    lists: &Lists,
    figure: &Figure,
    (mut cells, sums): (Vec<Cell>, Sums),
    is_total: bool,
) -> Row {
    let term = pages.term;
    let rows = key_of(pages, "rows", figure);
    let pupils = |found: Option<f64>, what: &str| match found {
        Some(found) => lists.count_or_sum(whole(found), &key_of(pages, what, figure), (sums.pupils, &rows)),
        None => Cell::Empty,
    };
    let of_marks = |found: Option<f64>, what: &str| match found {
        Some(found) => {
            // A count of marks over all subjects is not one of pupils.
            let what = if figure.subject.is_some() { what } else { "" };
            lists.count_or_sum(whole(found), &key_of(pages, what, figure), (sums.marks, &rows))
        }
        None => Cell::Empty,
    };
    let beside = |metric| term.beside(figure, metric);
    // A share opens everybody listed: who counts, in what, and who was left out with the reason.
    let (listed, left_out) = (key_of(pages, "listed", figure), key_of(pages, "excluded", figure));
    let all =
        if figure.subject.is_some() { [MARKS.name, COURSES.name] } else { [BY_NAME.name, COURSES.name] };
    let share = |value: Option<f64>, sums: &'static str| {
        let places = [(all[0], listed.as_str()), (all[1], &listed), (sums, &rows)];
        lists.about_any(number(value, Cell::Decimal), &places)
    };
    let value = |metric| beside(metric).and_then(|one| one.value);
    let not_counted = || {
        let cell = number_cell(left_out_count(figure));
        let places = [
            (MARKS.name, left_out.as_str()),
            (COURSES.name, &left_out),
            (EXCLUSIONS.name, &rows),
            (sums.marks, &rows),
        ];
        if left_out_count(figure) == 0 { cell } else { lists.about_any(cell, &places) }
    };
    cells.extend([
        pupils(beside("attainment_regulation").and_then(|one| one.denominator), "listed"),
        pupils(figure.denominator, "assessed"),
        pupils(figure.numerator, "success"),
        share(figure.value, sums.pupils),
        share(value("attainment_regulation"), sums.pupils),
        pupils(beside("quality").and_then(|one| one.numerator), "quality"),
        share(value("quality"), sums.pupils),
        of_marks(beside("sou").and_then(|one| one.denominator), "assessed"),
        share(value("sou"), sums.marks),
        of_marks(beside("mean_mark").and_then(|one| one.denominator), "numeric"),
        share(value("mean_mark"), sums.marks),
        not_counted(),
        Cell::text(excluded(figure)),
    ]);
    Row { cells, is_total }
}

fn with_marks(mut columns: Vec<Column>) -> Vec<Column> {
    columns.extend(MARK_COLUMNS);
    columns
}

/// Returns how many marks, or pupils where they are counted, are not in a figure.
fn left_out_count(figure: &Figure) -> usize {
    figure.excluded.iter().map(|(_, count)| *count as usize).sum()
}

fn excluded(figure: &Figure) -> String {
    let parts = figure.excluded.iter().map(|(exclusion, count)| format!("{}: {count}", exclusion.title()));
    parts.collect::<Vec<_>>().join("\n")
}
