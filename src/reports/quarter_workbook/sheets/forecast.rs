//! What the term under way may end with, by name; and how such a forecast would have done in this term.

use rustc_hash::FxHashMap;

use super::super::lists::{Entry, Lists};
use super::super::pages::{Head, Page, Pages};
use crate::model::*;
use crate::render::workbook::{Cell, Column, Sheet};
use crate::reports::common::{numbers, terms};
use crate::reports::forecast::{
    TEST_COLUMNS, calibration_rows, chances, fives, not_assessed, reasons, test_rows, twos, verdict,
};
use crate::stats::analytics::forecast::{Method, Prospect, TestRow};
use crate::stats::analytics::{FORECAST as TABLE, Record};

pub(super) const FORECAST: Page = Page {
    name: "Прогноз",
    said: "чем может закончиться идущий период, поимённо",
    has_names: true,
    make: forecast,
};

pub(super) const TRIAL: Page = Page {
    name: "Проверка прогноза",
    said: "чего стоил такой прогноз против простого округления",
    has_names: false,
    make: trial,
};

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
        Column::new("Ожидается", 9.0),
        Column::new("Класс", 7.0),
        Column::new("Ученик", 24.0),
        Column::new("Предмет", 20.0),
        Column::narrow("Отметок пока", 5.0),
        Column::narrow("Средний пока", 6.0),
        Column::narrow("За прошлый период", 5.0),
        Column::narrow("«5» до следующей отметки", 5.0),
        Column::new("Сколько пятёрок нужно", 22.0),
        Column::new("Чем кончались такие же случаи", 26.0),
        Column::new("На что обратить внимание", 34.0),
    ];
    let mut notes = vec![said(pages, &rows)];
    notes.extend(checked(pages));
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

/// The weeks of a trial that the sheet of names tells of.
const WEEKS: [u8; 2] = [4, 6];

/// Says how such forecasts did in terms that ended, beside plain rounding; the other weeks stand on the sheet of the trial.
fn checked(pages: &Pages<'_>) -> Vec<String> {
    let test = &pages.context.outlook.back_test;
    if test.rows.is_empty() {
        return vec![NO_TRIAL.to_owned()];
    }
    let line = |([when, ..], row): ([String; 9], &TestRow)| {
        let [forecast, rounding, before] = [&row.forecast, &row.rounding, &row.before].map(exact);
        format!(
            "Проверка на завершённых периодах, {}. {when} неделя, случаев {}; верно: прогноз — {forecast}, округление среднего — \
             {rounding}, прошлая отметка — {before}. Прогноз {}. {}.",
            test.year,
            row.cases,
            verdict(row),
            twos(row)
        )
    };
    let rows = test_rows(test).into_iter().zip(&test.rows);
    rows.filter(|(_, row)| WEEKS.contains(&row.week)).map(line).collect()
}

const NO_TRIAL: &str =
    "Проверить прогноз нельзя: в этих данных нет завершённого периода с отметками и уроками.";

fn exact(method: &Method) -> String {
    let percent = |share: f64| format!("{}\u{a0}%", numbers::percent(Some(100.0 * share)));
    method.share.map_or_else(|| "нет случаев".to_owned(), |share| percent(share.value))
}

/// The trial: what such forecasts were worth, week by week.
fn trial(pages: &Pages<'_>, lists: &mut Lists) -> Sheet {
    let test = &pages.context.outlook.back_test;
    let calibration = |row: &TestRow| {
        let said = |[tenth, cases, said, came]: [String; 4]| {
            format!("{tenth}: случаев {cases}, сказано {said}, вышло {came}")
        };
        let rows = row.probability.as_ref().map(calibration_rows).unwrap_or_default();
        rows.into_iter().map(said).collect::<Vec<_>>().join("\n")
    };
    let entry = |(said, row): ([String; 9], &TestRow)| {
        let mut cells: Vec<Cell> = said.into_iter().map(Cell::Text).collect();
        cells.push(Cell::text(calibration(row)));
        Entry::new(Vec::new(), cells)
    };
    let entries = test_rows(test).into_iter().zip(&test.rows).map(entry).collect();
    let widths = [11.0, 8.0, 14.0, 14.0, 14.0, 14.0, 18.0, 18.0, 13.0];
    let mut columns: Vec<Column> =
        TEST_COLUMNS.iter().zip(widths).map(|(title, width)| Column::new(title, width)).collect();
    columns.push(Column::new("Доли таких же случаев: сказано и вышло", 36.0));
    let notes = match test.rows.is_empty() {
        true => vec![NO_TRIAL.to_owned()],
        false => vec![
            format!(
                "Проверено на завершённых периодах, {}: по отметкам, которые были на конец недели. {}.",
                test.year,
                not_assessed(test)
            ),
            "В скобках 95-процентные интервалы: бутстрэп по ученикам. Оценка Брайера тем лучше, чем меньше."
                .to_owned(),
        ],
    };
    let title = "Проверка прогноза: чего он стоил".to_owned();
    pages.list(lists, Head { name: TRIAL.name, title, notes, columns, frozen: 1 }, entries)
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
        Cell::text(prospect.and_then(chances).unwrap_or_default()),
        Cell::text(prospect.map_or_else(String::new, |one| reasons(one).join("; "))),
    ]
}
