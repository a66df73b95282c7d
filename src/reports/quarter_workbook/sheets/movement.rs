//! Movement: the balance of wholes and classes, and everybody behind its numbers by name.

use super::super::lists::{Entry, Lists, key};
use super::super::pages::{Head, Page, Pages};
use super::super::people::wholes;
use crate::model::*;
use crate::render::measure::clean;
use crate::render::workbook::{Cell, Column, Sheet};
use crate::reports::common::grades::Level;
use crate::stats::Scope;
use crate::stats::analytics::{MOVEMENT as TABLE, Record};

pub(super) const MOVEMENT: Page =
    Page {
        name: "Движение", said: "сколько было, прибыло, выбыло, стало", has_names: false, make: movement
    };
pub(super) const MOVED: Page = Page {
    name: "Движение поимённо",
    said: "кто прибыл и выбыл, состав на первый и последний день",
    has_names: true,
    make: moved,
};

/// Columns of the balance: of the table, over the numbers, over the names.
const KINDS: [(&str, &str, &str); 8] = [
    ("arrived", "Прибыло в школу", "прибыл в школу"),
    ("transferred_in", "Из другого класса", "пришёл из другого класса"),
    ("other_in", "Прибыло, иное", "прибыл, как — не сказано"),
    ("left", "Выбыло из школы", "выбыл из школы"),
    ("transferred_out", "В другой класс", "ушёл в другой класс"),
    ("other_out", "Выбыло, иное", "выбыл, как — не сказано"),
    ("start", "На начало", "на начало"),
    ("end", "На конец", "на конец"),
];

fn movement(pages: &Pages<'_>, lists: &mut Lists) -> Sheet {
    let lack = pages.data.lack(&TABLE);
    let entries = lines(pages).into_iter().filter_map(|(title, scope, id)| {
        let own = pages
            .data
            .rows(&TABLE)
            .find(|row| row.text("scope") == scope.code() && row.text("scope_id") == id)?;
        let count = |column: &str| lists.count(own.count(column), &key(column, scope, &id));
        let mut cells = vec![Cell::text(title), count("start")];
        cells.extend(KINDS[..6].iter().map(|(column, ..)| count(column)));
        cells.push(count("end"));
        let mut entry = Entry::new(Vec::new(), cells);
        entry.row.is_total = scope == Scope::School || scope == Scope::Level;
        Some(entry)
    });
    let entries = entries.collect();
    let mut columns = vec![Column::new("Охват", 26.0), Column::new("На начало", 12.0)];
    columns.extend(KINDS[..6].iter().map(|(_, title, _)| Column::new(title, 14.0)));
    columns.push(Column::new("На конец", 12.0));
    let note = "На начало — в первый день периода, на конец — в последний; начало + прибывшие − выбывшие = конец. Перевод внутри школы \
                стоит и в прибывших, и в выбывших своего класса.";
    let notes = vec![pages.whom(lack.as_deref(), note)];
    let title = "Контингент и движение".to_owned();
    pages.list(lists, Head { name: MOVEMENT.name, title, notes, columns, frozen: 1 }, entries)
}

/// Returns title, scope and id of the lines: classes, parallels and levels from the lowest, then the school.
fn lines(pages: &Pages<'_>) -> Vec<(String, Scope, String)> {
    let (journal, grades) = (pages.context.journal, &pages.data.grades);
    let mut lines = Vec::new();
    for level in grades.levels() {
        for grade in grades.only(|grade| level.has(grade)).iter() {
            let classes = pages.data.classes().into_iter().filter(|id| journal.classes[*id].grade == grade);
            lines.extend(
                classes
                    .map(|id| journal.classes[id].key.to_string())
                    .map(|id| (id.clone(), Scope::Class, id)),
            );
            lines.push((format!("{grade}-е классы"), Scope::Parallel, grade.to_string()));
        }
        lines.push((grades.level_label(level), Scope::Level, level_code(level)));
    }
    lines.push((format!("Школа, {}", grades.label()), Scope::School, String::new()));
    lines
}

fn level_code(level: Level) -> String {
    level.code.to_owned()
}

/// A stay in a class as one number of the balance counts it.
struct Moved<'a> {
    at: usize,
    stay: &'a Enrolment,
}

fn stays<'a>(pages: &Pages<'a>) -> Vec<Moved<'a>> {
    let journal = pages.context.journal;
    let span = pages.data.span();
    let mut moved = Vec::new();
    for stay in &journal.enrolment {
        if !pages.data.grades.contains(journal.classes[stay.class].grade) {
            continue;
        }
        let mut add = |code: &str| {
            moved.extend(KINDS.iter().position(|(one, ..)| *one == code).map(|at| Moved { at, stay }));
        };
        if stay.span.contains(span.from) {
            add("start");
        }
        if stay.span.contains(span.to) {
            add("end");
        }
        if stay.span.from > span.from && stay.span.from <= span.to && stay.span.from <= stay.span.to {
            add(match stay.joined {
                Some(JoinKind::Arrived) => "arrived",
                Some(JoinKind::Transferred) => "transferred_in",
                _ => "other_in",
            });
        }
        if stay.span.to >= span.from && stay.span.to < span.to && stay.span.from <= stay.span.to {
            add(match stay.left {
                Some(LeaveKind::Left) => "left",
                Some(LeaveKind::Transferred) => "transferred_out",
                _ => "other_out",
            });
        }
    }
    moved
}

fn moved(pages: &Pages<'_>, lists: &mut Lists) -> Sheet {
    let (keys, journal) = (&pages.data.keys, pages.context.journal);
    let mut moved = stays(pages);
    moved.sort_by_cached_key(|one| {
        let (class, pupil) = (&journal.classes[one.stay.class].key, &journal.pupils[one.stay.pupil].key);
        (one.at, keys.pupil_order(class, pupil), one.stay.pupil, one.stay.span.from)
    });
    let entry = |one: &Moved<'_>| {
        let wholes = wholes(journal, one.stay.class);
        let about = wholes.iter().map(|(scope, id)| key(KINDS[one.at].0, *scope, id)).collect();
        Entry::new(about, cells(pages, one))
    };
    let entries = moved.iter().map(entry).collect();
    let columns = vec![
        Column::new("Что", 24.0),
        Column::new("Класс", 8.0),
        Column::new("Ученик", 34.0),
        Column::new("Дата", 12.0),
        Column::new("Приказ", 22.0),
        Column::new("Куда, причина", 44.0),
    ];
    let lack = pages.data.lack(&TABLE);
    let note = "Сначала прибывшие и выбывшие, потом состав на первый и на последний день.";
    let notes = vec![pages.whom(lack.as_deref(), note)];
    let title = "Движение и состав поимённо".to_owned();
    pages.list(lists, Head { name: MOVED.name, title, notes, columns, frozen: 3 }, entries)
}

fn cells(pages: &Pages<'_>, one: &Moved<'_>) -> Vec<Cell> {
    let stay = one.stay;
    let class = &pages.context.journal.classes[stay.class].key;
    let (date, order, why) = match one.at {
        0..=2 => (Some(stay.span.from), clean(&stay.joined_order), String::new()),
        3..=5 => (Some(stay.span.to), clean(&stay.left_order), clean(&stay.left_reason)),
        _ => (None, String::new(), String::new()),
    };
    vec![
        Cell::text(KINDS[one.at].2),
        Cell::text(class.as_str()),
        Cell::text(pages.data.keys.pupil_name(stay.pupil)),
        date.map_or(Cell::Empty, Cell::Date),
        Cell::text(order),
        Cell::text(why),
    ]
}

/// Returns a number of the school's balance.
pub(super) fn of_school(pages: &Pages<'_>, column: &str) -> Option<usize> {
    let is_school = |row: &Record<'_>| row.text("scope") == Scope::School.code();
    pages.data.rows(&TABLE).find(is_school).map(|row| row.count(column))
}
