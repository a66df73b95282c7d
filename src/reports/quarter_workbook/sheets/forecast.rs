//! What the term under way may end with, by name; and how such a forecast would have done in this term.

use rustc_hash::FxHashMap;

use super::super::lists::{Entry, Lists};
use super::super::pages::{Head, Page, Pages};
use crate::model::*;
use crate::render::workbook::{Cell, Column, Sheet};
use crate::reports::common::numbers::part;
use crate::reports::common::terms;
use crate::reports::forecast::{fives, reasons};
use crate::stats::analytics::forecast::Prospect;
use crate::stats::analytics::{FORECAST as TABLE, FORECAST_ACCURACY, Record};

pub(super) const FORECAST: Page = Page { name: "Прогноз", has_names: true, make: forecast };

/// What is known of a pupil in a course of a term under way, by the ids of pupil and course.
type Prospects<'a> = FxHashMap<(Id<Pupil>, Id<Course>), &'a Prospect>;

/// Returns the prospects of the terms that follow this one.
fn prospects<'a>(pages: &Pages<'a>) -> Prospects<'a> {
    let journal = pages.context.journal;
    let follows = |one: &&Prospect| {
        journal.previous_term(one.term, journal.classes[one.class].grade) == Some(pages.data.term)
    };
    let all = pages.context.outlook.prospects.iter().filter(follows);
    all.map(|one| ((one.pupil, one.course), one)).collect()
}

fn prospect<'a>(pages: &Pages<'_>, prospects: &Prospects<'a>, row: Record<'_>) -> Option<&'a Prospect> {
    let keys = &pages.data.keys;
    let place = (keys.pupil(row.text("pupil_id"))?, keys.course(row.text("course_id"))?);
    prospects.get(&place).copied()
}

/// Returns the forecasts of the terms that follow this one, the lowest expected marks first.
fn ahead<'a>(pages: &Pages<'a>) -> Vec<Record<'a>> {
    let journal = pages.context.journal;
    let follows = |row: &Record<'_>| {
        let term = journal.terms.iter().find(|(_, term)| term.key == row.text("term_id"));
        let class = pages.data.keys.class(row.text("class_id"));
        term.zip(class).is_some_and(|((id, _), class)| {
            journal.previous_term(id, journal.classes[class].grade) == Some(pages.data.term)
        })
    };
    let mut rows: Vec<Record<'a>> = pages.data.tables.all(&TABLE).filter(follows).collect();
    rows.sort_by_cached_key(|row| {
        let pupil = row.text("pupil_id");
        let expected = row.whole("expected").unwrap_or(i64::MAX);
        (
            expected.max(1),
            pages.data.keys.pupil_order(row.text("class_id"), pupil),
            pupil,
            row.text("subject_id"),
            row.text("course_id"),
        )
    });
    rows
}

fn forecast(pages: &Pages<'_>, lists: &mut Lists) -> Sheet {
    let rows = ahead(pages);
    let prospects = prospects(pages);
    let entry = |row: &Record<'_>| {
        let prospect = prospect(pages, &prospects, *row);
        let mut entry = Entry::new(vec!["forecast".to_owned()], cells(pages, *row, prospect));
        entry.row.is_total = row.whole("expected").is_some_and(|mark| mark <= 2);
        entry
    };
    let entries = rows.iter().map(entry).collect();
    let columns = vec![
        Column::new("Ожидается", 11.0),
        Column::new("Класс", 8.0),
        Column::new("Ученик", 32.0),
        Column::new("Предмет", 32.0),
        Column::new("Отметок пока", 10.0),
        Column::new("Средний пока", 10.0),
        Column::new("За прошлый период", 12.0),
        Column::new("Сколько «5» до следующей отметки", 16.0),
        Column::new("Сколько пятёрок нужно", 24.0),
        Column::new("На что обратить внимание", 44.0),
    ];
    let mut notes = vec![said(pages, &rows)];
    notes.extend(accuracy(pages));
    let title = "Прогноз отметок следующего периода".to_owned();
    pages.list(lists, Head { name: FORECAST.name, title, notes, columns, frozen: 3 }, entries)
}

fn said(pages: &Pages<'_>, rows: &[Record<'_>]) -> String {
    if let Some(why) = pages.data.lack(&TABLE) {
        return format!("Не сформировано: {why}.");
    }
    if rows.is_empty() {
        let title = terms::title(pages.context.journal, pages.data.term);
        return format!(
            "На эту дату не идёт ни один период, который следует за «{title}»: прогнозировать нечего."
        );
    }
    "Ожидается: средний отметок периода, к которым прибавлена отметка за прошлый период, 3,5 — «4». Первыми стоят те, у кого ожидается «2».".to_owned()
}

/// Says how the forecast would have done in this term, week by week, beside plain rounding and the last term's mark.
fn accuracy(pages: &Pages<'_>) -> Vec<String> {
    let line = |row: Record<'_>| {
        let of = |judged: &str, exact: &str| part(row.count(exact), row.count(judged));
        (row.count("cases") > 0).then(|| {
            format!(
                "Проверка на этом периоде, неделя {}: угадано прогнозом {}, округлением среднего {}, отметкой за прошлый период {}; из отметок \
                 «3» и ниже названо заранее {}.",
                row.count("week"),
                of("forecast_judged", "forecast_exact"),
                of("naive_judged", "naive_exact"),
                of("before_judged", "before_exact"),
                of("low", "low_found")
            )
        })
    };
    pages
        .data
        .rows(&FORECAST_ACCURACY)
        .filter(|row| matches!(row.count("week"), 4 | 6))
        .filter_map(line)
        .collect()
}

fn cells(pages: &Pages<'_>, row: Record<'_>, prospect: Option<&Prospect>) -> Vec<Cell> {
    let number = |column: &str| row.whole(column).map_or(Cell::Empty, |number| Cell::Count(number as f64));
    vec![
        number("expected"),
        Cell::text(row.text("class_id")),
        Cell::text(pages.pupil(row.text("pupil_id"))),
        Cell::text(pages.subject_of(row.text("subject_id"))),
        number("marks"),
        row.number("mean").map_or(Cell::Empty, Cell::Decimal),
        number("before"),
        number("needed"),
        Cell::text(prospect.map_or_else(String::new, fives)),
        Cell::text(prospect.map_or_else(String::new, |one| reasons(one).join("; "))),
    ]
}
