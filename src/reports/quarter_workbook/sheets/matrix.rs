//! Quality of every class in every subject on one scale of grounds; a number opens the marks behind it.

use std::collections::BTreeSet;

use super::super::lists::{Entry, Lists, key};
use super::super::pages::{Head, Page, Pages};
use super::marks_by_name::MARKS;
use crate::model::*;
use crate::render::charts::{Value, ground_of_share};
use crate::render::workbook::{Cell, Column, Sheet};
use crate::reports::common::Count;
use crate::reports::common::numbers::FEW;
use crate::stats::Scope;

pub(super) const MATRIX: Page = Page {
    name: "Матрица качества",
    said: "качество по классам и предметам, чем темнее, тем больше",
    has_names: false,
    make: matrix,
};

fn matrix(pages: &Pages<'_>, lists: &mut Lists) -> Sheet {
    let journal = pages.context.journal;
    let subjects = subjects(pages);
    let mut columns = vec![Column::new("Класс", 15.0)];
    columns.extend(subjects.iter().map(|id| Column::titled(pages.data.keys.subject_name(*id), 5.4).turned()));
    columns.push(Column::narrow("Все отметки", 6.5));
    let marked = pages.data.grades.marked();
    let mut lines: Vec<(String, Scope, String)> = Vec::new();
    for class in pages.data.marked_classes() {
        let id = journal.classes[class].key.to_string();
        lines.push((id.clone(), Scope::Class, id));
    }
    lines.extend(
        marked
            .levels()
            .into_iter()
            .map(|level| (marked.level_label(level), Scope::Level, level.code.to_owned())),
    );
    lines.push((format!("Школа, {}", marked.label()), Scope::School, String::new()));
    let entry = |(title, scope, id): (String, Scope, String)| {
        let mut cells = vec![Cell::text(title)];
        let counts: Vec<Count> =
            subjects.iter().map(|subject| pages.data.count("quality", scope, &id, Some(*subject))).collect();
        cells.extend(subjects.iter().zip(&counts).map(|(subject, count)| {
            let listed = format!("{}|{}", key("listed", scope, &id), journal.subjects[*subject].key);
            lists.about(share(*count), (MARKS.name, &listed))
        }));
        let all = counts
            .iter()
            .fold(Count::default(), |sum, one| Count { found: sum.found + one.found, of: sum.of + one.of });
        cells.push(share(all));
        let mut entry = Entry::new(Vec::new(), cells);
        entry.row.is_total = scope != Scope::Class;
        entry
    };
    let entries = lines.into_iter().map(entry).collect();
    let note = format!(
        "Учтены: {}. Доля отметок «4» и «5» от аттестованных, %. Чем темнее клетка, тем больше доля: до 20, 40, 60, 80, 100 %. Меньше \
         {FEW} аттестованных — счёт без фона: 3/7. Пустая клетка — аттестованных нет.",
        marked.label()
    );
    let title = "Качество по классам и предметам, %".to_owned();
    pages.list(lists, Head { name: MATRIX.name, title, notes: vec![note], columns, frozen: 1 }, entries)
}

fn subjects(pages: &Pages<'_>) -> Vec<Id<Subject>> {
    let own: BTreeSet<Id<Subject>> =
        pages.people.given.iter().filter(|one| one.is_assessed()).map(|one| one.subject).collect();
    let mut subjects: Vec<Id<Subject>> = own.into_iter().collect();
    subjects.sort_by_cached_key(|id| (pages.data.keys.subject_name(*id), *id));
    subjects
}

fn share(Count { found, of }: Count) -> Cell {
    let wide = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    match Value::share(wide(found), wide(of)) {
        None => Cell::Empty,
        Some(_) if of < FEW => Cell::text(format!("{found}/{of}")),
        Some(value) => Cell::Heat(value.number, ground_of_share(value.number)),
    }
}
