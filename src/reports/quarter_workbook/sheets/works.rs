//! Control works: those not held and those held late first.

use super::super::lists::{Entry, Lists};
use super::super::pages::{Head, Page, Pages};
use crate::render::format;
use crate::render::workbook::{Cell, Column, Sheet};
use crate::stats::analytics::{CONTROL_WORKS, Record};

pub(super) const WORKS: Page = Page {
    name: "Контрольные",
    said: "проведены ли в срок, как написаны, подтвердила ли отметка за период",
    has_names: false,
    make: works,
};

/// What became of a work: its place in the list, what its count is called.
pub(super) fn state(row: Record<'_>) -> (u8, &'static str) {
    match (row.date("held_date"), row.whole("days_late")) {
        (None, _) => (0, "works_not_held"),
        (Some(_), Some(days)) if days > 0 => (1, "works_late"),
        _ => (2, "works_in_time"),
    }
}

fn works(pages: &Pages<'_>, lists: &mut Lists) -> Sheet {
    let lack = pages.data.lack(&CONTROL_WORKS);
    let mut rows = pages.data.rows_of_study(&CONTROL_WORKS);
    rows.sort_by_cached_key(|row| {
        let course = pages.data.keys.course(row.text("course_id"));
        let late = std::cmp::Reverse(row.whole("days_late").filter(|_| state(*row).0 == 1));
        (
            state(*row).0,
            late,
            course.map(|id| pages.data.keys.course_order(id)),
            row.date("planned_date"),
            row.text("work_id"),
        )
    });
    let entry = |row: &Record<'_>| {
        let mut about = vec!["works".to_owned(), state(*row).1.to_owned()];
        about.extend(row.date("held_date").map(|_| "works_held".to_owned()));
        Entry::new(about, cells(pages, lists, *row))
    };
    let entries = rows.iter().map(entry).collect();
    let note = "Сначала не проведённые, потом проведённые позже срока. Доли — от писавших. «Совпала», «выше», «ниже» — отметка за период \
                против отметки за работу.";
    let notes = vec![pages.whom(lack.as_deref(), note)];
    let title = "Контрольные работы".to_owned();
    pages.list(lists, Head { name: WORKS.name, title, notes, columns: columns(), frozen: 4 }, entries)
}

fn columns() -> Vec<Column> {
    let mut columns = vec![
        Column::new("Замечание", 12.0),
        Column::new("Класс, группа", 10.0),
        Column::new("Предмет", 18.0),
        Column::new("Учитель", 17.0),
        Column::new("По графику", 11.0),
        Column::new("Проведена", 11.0),
    ];
    let counts = ["По списку", "Писали", "Не были", "«5»", "«4»", "«3»", "«2»", "«1»"];
    columns.extend(counts.map(|title| Column::narrow(title, 4.4)));
    columns.extend(
        ["Успеваемость, %", "Качество, %", "СОУ, %", "Средний балл"].map(|title| Column::narrow(title, 6.6)),
    );
    columns.extend(["Сравнено", "Совпала", "Выше", "Ниже"].map(|title| Column::narrow(title, 4.4)));
    columns
}

fn cells(pages: &Pages<'_>, lists: &Lists, row: Record<'_>) -> Vec<Cell> {
    let late = row.whole("days_late").and_then(|days| usize::try_from(days).ok()).unwrap_or(0);
    let remark = match state(row).0 {
        0 => "НЕ ПРОВЕДЕНА".to_owned(),
        1 => format!("позже на {}", format::counted(late, ["день", "дня", "дней"])),
        _ => String::new(),
    };
    let date = |column: &str| row.date(column).map_or(Cell::Empty, Cell::Date);
    let mut cells = vec![
        Cell::text(remark),
        Cell::text(pages.audience_of(row.text("course_id"))),
        Cell::text(pages.subject_of(row.text("subject_id"))),
        Cell::text(pages.teacher(row.text("teacher_id"))),
        date("planned_date"),
        date("held_date"),
    ];
    let work = row.text("work_id");
    let count = |column: &str| {
        let number = row.whole(column).and_then(|number| usize::try_from(number).ok());
        number.map_or(Cell::Empty, |number| lists.count(number, &format!("{column}|work:{work}")))
    };
    cells.extend(["listed", "wrote", "absent", "n5", "n4", "n3", "n2", "n1"].map(count));
    let share = |column: &str| row.number(column).map_or(Cell::Empty, Cell::Decimal);
    cells.extend(["attainment", "quality", "sou", "mean_mark"].map(share));
    cells.extend(["compared", "equal", "higher", "lower"].map(count));
    cells
}
