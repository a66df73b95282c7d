//! Pupils by standing: classes with subtotals of levels, each number opens the names.

use super::super::lists::{Entry, Lists, key};
use super::super::pages::{Head, Page, Pages};
use super::by_name;
use crate::render::workbook::{Cell, Column, Sheet};
use crate::reports::common::standings::Standings;
use crate::stats::Scope;

pub(super) const STANDINGS: Page = Page {
    name: "Итоги по классам",
    said: "сколько в классе отличников, хорошистов, с «3», с «2», н/а",
    has_names: false,
    make: standings,
};

/// Columns: what the rows behind the number are called, title.
pub(super) const COUNTS: [(&str, &str); 10] = [
    ("listed", "Учеников"),
    ("excellent", "Отличники («5»)"),
    ("good", "Хорошисты («4» и «5»)"),
    ("one_4", "в т. ч. с одной «4»"),
    ("satisfactory", "С «3»"),
    ("one_3", "в т. ч. с одной «3»"),
    ("failing", "Неуспевающие («2»)"),
    ("many", "в т. ч. по двум и более"),
    ("not_assessed", "Н/а"),
    ("none", "Без отметок"),
];

/// Counts the pupils of some classes.
pub(super) fn of(pages: &Pages<'_>, is_wanted: impl Fn(u8, &str) -> bool) -> Standings {
    let journal = pages.context.journal;
    let own = pages
        .people
        .all
        .iter()
        .filter(|one| is_wanted(journal.classes[one.class].grade, one.row.text("class_id")));
    Standings::of(own.map(|one| one.row))
}

fn standings(pages: &Pages<'_>, lists: &mut Lists) -> Sheet {
    let journal = pages.context.journal;
    let lack = by_name::lack(pages);
    let mut entries = Vec::new();
    let marked = pages.data.grades.marked();
    for level in marked.levels().into_iter().filter(|_| lack.is_none()) {
        let classes = pages.data.marked_classes().into_iter().map(|id| &journal.classes[id]);
        for class in classes.filter(|class| level.has(class.grade)) {
            let teacher = class.teacher.map_or_else(String::new, |id| pages.data.keys.teacher_name(id));
            let own = of(pages, |_, id| id == class.key);
            entries.push(line(lists, (class.key.to_string(), teacher), &own, (Scope::Class, &class.key)));
        }
        let own = of(pages, |grade, _| level.has(grade));
        entries.push(line(
            lists,
            (marked.level_label(level), String::new()),
            &own,
            (Scope::Level, level.code),
        ));
    }
    if lack.is_none() {
        let title = format!("Школа, {}", marked.label());
        entries.push(line(lists, (title, String::new()), &of(pages, |_, _| true), (Scope::School, "")));
    }
    let mut columns = vec![Column::new("Класс", 23.0), Column::new("Классный руководитель", 24.0)];
    columns.extend(COUNTS.map(|(_, title)| Column::new(title, 11.0)));
    let said = match lack {
        Some(why) => format!("Не сформировано: {why}."),
        None => format!(
            "Учтены: {}. «В т. ч.» — часть своей группы, а не группа рядом с нею. Щелчок по числу открывает и выделяет его учеников.",
            marked.label()
        ),
    };
    let title = "Итоги периода: сколько учеников с какими отметками".to_owned();
    let head = Head { name: STANDINGS.name, title, notes: vec![said], columns, frozen: 1 };
    pages.list(lists, head, entries)
}

fn line(
    lists: &Lists,
    (title, teacher): (String, String),
    own: &Standings,
    (scope, id): (Scope, &str),
) -> Entry {
    let mut cells = vec![Cell::text(title), Cell::text(teacher)];
    let numbers = COUNTS.iter().zip(own.counts());
    cells.extend(numbers.map(|((what, _), number)| lists.count(number, &key(what, scope, id))));
    let mut entry = Entry::new(Vec::new(), cells);
    entry.row.is_total = scope != Scope::Class;
    entry
}
