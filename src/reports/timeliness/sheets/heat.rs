//! The sheet of homework compared with age: a row per class and week, a shaded cell per day.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;

use super::super::Timeliness;
use super::super::figures::monday;
use super::super::homework::{ClassLoad, Day, INSTEAD, NO_MINUTES, has_minutes};
use super::parts::{column, count, row, sheet};
use crate::model::Journal;
use crate::render::workbook::{Cell, Row, Sheet};

pub(super) fn homework(report: &Timeliness<'_>) -> Sheet {
    let columns = vec![
        column("Класс", 9.0),
        column("Неделя с", 12.0),
        column("Норма на день, мин", 11.0),
        column("Понедельник", 13.0),
        column("Вторник", 13.0),
        column("Среда", 13.0),
        column("Четверг", 13.0),
        column("Пятница", 13.0),
        column("Суббота", 13.0),
        column("Дней сверх нормы", 11.0),
        column("Дней без минут", 11.0),
    ];
    let journal = report.context.journal;
    let rows: Vec<Row> = match &report.homework {
        None => vec![row(vec![Cell::text(NO_MINUTES)])],
        Some(loads) if has_minutes(loads) => {
            loads.iter().flat_map(|load| weeks(load, |monday| week(journal, load, monday))).collect()
        }
        Some(loads) => {
            let said = row(vec![Cell::text(format!("{NO_MINUTES}. {INSTEAD}"))]);
            let counts = |load| weeks(load, |monday| week_of_tasks(journal, load, monday));
            std::iter::once(said).chain(loads.iter().flat_map(counts)).collect()
        }
    };
    let title = "Домашние задания: минуты на день и норма класса; «нет минут»: показатель не рассчитан";
    sheet(report, ("Домашние задания", title), columns, rows)
}

fn weeks(load: &ClassLoad, week: impl Fn(Date) -> Row) -> Vec<Row> {
    let mondays: BTreeSet<Date> = load.days.keys().map(|date| monday(*date)).collect();
    mondays.into_iter().map(week).collect()
}

/// Returns the days of a week with homework, Monday to Saturday.
fn days(load: &ClassLoad, monday: Date) -> impl Iterator<Item = Option<&Day>> {
    (0..6_i64).map(move |day| load.days.get(&monday.saturating_add(day.days())))
}

/// Returns a week's counts of tasks.
fn week_of_tasks(journal: &Journal, load: &ClassLoad, monday: Date) -> Row {
    let class = journal.classes[load.class].key.as_str();
    let mut cells = vec![Cell::text(class), Cell::Date(monday), Cell::Empty];
    let cell = |day: &Day| Cell::Shaded(day.tasks as f64, day.shade_by_tasks());
    cells.extend(days(load, monday).map(|day| day.map_or(Cell::Empty, cell)));
    row(cells)
}

fn week(journal: &Journal, load: &ClassLoad, monday: Date) -> Row {
    let mut cells = vec![
        Cell::text(journal.classes[load.class].key.as_str()),
        Cell::Date(monday),
        count(usize::from(load.norm)),
    ];
    let (mut above, mut unjudged) = (0, 0);
    for day in days(load, monday) {
        cells.push(match day.map(|day| day.minutes) {
            None => Cell::Empty,
            Some(None) => {
                unjudged += 1;
                Cell::text("нет минут")
            }
            Some(Some(minutes)) => {
                above += usize::from(minutes > f64::from(load.norm));
                Cell::Shaded(minutes, load.shade(minutes))
            }
        });
    }
    cells.extend([count(above), count(unjudged)]);
    row(cells)
}
