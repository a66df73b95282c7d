//! Pupils by name: as classes have them, by group, those one mark short, those who fail.

use super::super::lists::{Entry, Lists, key};
use super::super::pages::{Head, Page, Pages};
use super::super::people::{GROUPS, Person, wholes};
use crate::render::workbook::{Cell, Column, Sheet};
use crate::reports::common::standings::word;
use crate::stats::analytics::STANDINGS;

pub(super) const BY_NAME: Page = Page {
    name: "Успеваемость поимённо",
    said: "все ученики по классам: итог и отметки",
    has_names: true,
    make: by_name,
};
pub(super) const BY_GROUP: Page = Page {
    name: "Группы учеников",
    said: "те же ученики школы по итогу: отличники, хорошисты, дальше",
    has_names: true,
    make: by_group,
};
pub(super) const RESERVE: Page = Page {
    name: "Резерв",
    said: "поимённо: не хватает одной отметки до «5» или до «4» и «5»",
    has_names: true,
    make: reserve,
};
pub(super) const FAILING: Page = Page {
    name: "Не успевают",
    said: "поимённо, с предметами, учителями и прошлой отметкой",
    has_names: true,
    make: failing,
};

/// Says why nobody is named.
pub(super) fn lack(pages: &Pages<'_>) -> Option<String> {
    pages.data.lack(&STANDINGS).or_else(|| pages.coverage.lack_of_term_marks())
}

/// Says whom a list counts, or why it is empty.
fn whom(pages: &Pages<'_>) -> String {
    match lack(pages) {
        Some(why) => format!("Не сформировано: {why}."),
        None => format!(
            "Учтены: {}, ученики, зачисленные в класс в последний день периода.",
            pages.data.grades.marked().label()
        ),
    }
}

/// Returns what the row of a pupil is about.
fn keys(pages: &Pages<'_>, person: &Person<'_>, counts: &[&str]) -> Vec<String> {
    let wholes = wholes(pages.context.journal, person.class);
    let of_whole =
        |(scope, id): &(_, String)| counts.iter().map(|what| key(what, *scope, id)).collect::<Vec<_>>();
    wholes.iter().flat_map(of_whole).collect()
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("Класс", 8.0),
        Column::new("Ученик", 30.0),
        Column::new("Итог", 20.0),
        Column::new("«5»", 6.0),
        Column::new("«4»", 6.0),
        Column::new("«3»", 6.0),
        Column::new("«2» и «1»", 7.0),
        Column::new("н/а", 6.0),
        Column::new("Не учтены", 8.0),
        Column::new("Чем решено", 40.0),
        Column::new("Было", 16.0),
        Column::new("Текущих «2»", 9.0),
    ]
}

fn cells(pages: &Pages<'_>, lists: &Lists, person: &Person<'_>) -> Vec<Cell> {
    let row = person.row;
    let of =
        |what: &str, number: usize| lists.count(number, &format!("{what}|pupil:{}", row.text("pupil_id")));
    let before = row.text("before");
    vec![
        Cell::text(row.text("class_id")),
        Cell::text(&person.name),
        Cell::text(GROUPS[person.group()].1),
        of("5", row.count("n5")),
        of("4", row.count("n4")),
        of("3", row.count("n3")),
        of("2", row.count("n2") + row.count("n1")),
        of("н/а", row.count("na")),
        of("excluded", excluded(row.text("excluded"))),
        Cell::text(deciding(pages, person)),
        Cell::text(if before.is_empty() { "" } else { word(before) }),
        pages.bad_marks(lists, row.text("pupil_id")),
    ]
}

/// Returns how many marks are left out: `absent:1;осв:2` is three.
fn excluded(codes: &str) -> usize {
    let counts = codes.split(';').filter_map(|part| part.rsplit_once(':'));
    counts.filter_map(|(_, count)| count.parse::<usize>().ok()).sum()
}

/// Returns the subjects that decide a pupil's standing, with their marks.
fn deciding(pages: &Pages<'_>, person: &Person<'_>) -> String {
    let keys = &pages.data.keys;
    let subject = |code: &str| {
        let Some(subject) = keys.subject(code) else { return code.to_owned() };
        let mark = pages.people.mark((person.pupil, subject)).and_then(|one| one.value);
        match mark {
            Some(mark) => format!("{} {}", keys.subject_name(subject), mark.code()),
            None => keys.subject_name(subject),
        }
    };
    person.row.list("deciding").map(subject).collect::<Vec<_>>().join("; ")
}

fn by_name(pages: &Pages<'_>, lists: &mut Lists) -> Sheet {
    let mut people: Vec<&Person<'_>> = pages.people.all.iter().collect();
    // The sort is stable: names stay in their order.
    people.sort_by_key(|one| (pages.data.keys.class_order(one.row.text("class_id")), one.group()));
    let title = "Ученики по классам: от отличников до неаттестованных".to_owned();
    of_people(pages, lists, (BY_NAME.name, title), &people)
}

fn by_group(pages: &Pages<'_>, lists: &mut Lists) -> Sheet {
    let mut people: Vec<&Person<'_>> = pages.people.all.iter().collect();
    people.sort_by_key(|one| one.group());
    let title = "Ученики школы по группам: от отличников до неаттестованных".to_owned();
    of_people(pages, lists, (BY_GROUP.name, title), &people)
}

fn of_people(
    pages: &Pages<'_>,
    lists: &mut Lists,
    (name, title): (&'static str, String),
    people: &[&Person<'_>],
) -> Sheet {
    let entry = |one: &&Person<'_>| Entry::new(keys(pages, one, &one.counts()), cells(pages, lists, one));
    let entries: Vec<Entry> = people.iter().map(entry).collect();
    let notes = vec![whom(pages)];
    pages.list(lists, Head { name, title, notes, columns: columns(), frozen: 2 }, entries)
}

/// Columns of a list that names subjects one below the other.
fn subject_columns() -> Vec<Column> {
    vec![
        Column::new("Группа", 20.0),
        Column::new("Класс", 8.0),
        Column::new("Ученик", 30.0),
        Column::new("Предмет", 30.0),
        Column::new("Учитель", 26.0),
        Column::new("Отметка", 9.0),
        Column::new("Текущий средний (отметок)", 14.0),
        Column::new("За прошлый период", 16.0),
        Column::new("Текущих «2»", 9.0),
        Column::new("Пропущено уроков", 11.0),
    ]
}

/// Returns the row of a pupil with the subjects that decide: a line each, so that the list has as many rows as pupils.
fn subject_cells(pages: &Pages<'_>, lists: &Lists, group: &str, person: &Person<'_>) -> Vec<Cell> {
    let keys = &pages.data.keys;
    let pupil = person.row.text("pupil_id");
    let mut lines: [Vec<String>; 5] = Default::default();
    for code in person.row.list("deciding") {
        let subject = keys.subject(code);
        let place = subject.map(|subject| (person.pupil, subject));
        let given = place.and_then(|place| pages.people.mark(place));
        let mark = given.and_then(|one| one.value).map_or("", |value| value.code());
        let teacher = given.map(|one| pages.context.journal.courses[one.course].teacher);
        let before = place.and_then(|place| pages.people.before(place)).unwrap_or("—");
        let again = if before == mark { ", повторно" } else { "" };
        lines[0].push(subject.map_or(code.to_owned(), |id| keys.subject_name(id)));
        lines[1].push(teacher.map_or("—".to_owned(), |id| keys.teacher_name(id)));
        lines[2].push(mark.to_owned());
        lines[3].push(pages.current_mean(pupil, code));
        lines[4].push(format!("{before}{again}"));
    }
    let mut cells =
        vec![Cell::text(group), Cell::text(person.row.text("class_id")), Cell::text(&person.name)];
    cells.extend(lines.map(|lines| Cell::text(lines.join("\n"))));
    cells.push(pages.bad_marks(lists, pupil));
    cells.push(pages.missed_lessons(lists, pupil));
    cells
}

fn reserve(pages: &Pages<'_>, lists: &mut Lists) -> Sheet {
    let mut entries = Vec::new();
    for (code, group) in [("one_4", "с одной «4»"), ("one_3", "с одной «3»")] {
        let own = pages.people.all.iter().filter(|one| one.row.text("one_short") == code);
        entries.extend(
            own.map(|one| Entry::new(keys(pages, one, &[code]), subject_cells(pages, lists, group, one))),
        );
    }
    let title = "Резерв: кому до «5» или до «4» и «5» не хватает одной отметки".to_owned();
    let notes = vec![whom(pages)];
    let head = Head { name: RESERVE.name, title, notes, columns: subject_columns(), frozen: 3 };
    pages.list(lists, head, entries)
}

fn failing(pages: &Pages<'_>, lists: &mut Lists) -> Sheet {
    let mut entries = Vec::new();
    for (groups, what) in [(&[3usize, 4][..], "failing"), (&[5], "not_assessed")] {
        let own = pages.people.all.iter().filter(|one| groups.contains(&one.group()));
        entries.extend(own.map(|one| {
            let group = GROUPS[one.group()].1;
            Entry::new(keys(pages, one, &[what]), subject_cells(pages, lists, group, one))
        }));
    }
    let title = "Не успевают и не аттестованы".to_owned();
    let notes = vec![whom(pages), "У кого есть и «2», и н/а, стоит в неуспевающих.".to_owned()];
    let head = Head { name: FAILING.name, title, notes, columns: subject_columns(), frozen: 3 };
    pages.list(lists, head, entries)
}
