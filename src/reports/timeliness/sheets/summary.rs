//! Sheets of counts: the school by direction, by rule, by person, by class, by week; what was not run.

use super::super::Timeliness;
use super::super::figures::{DirectionLine, NOTHING, Week};
use super::super::people::{Line, Whose, by_class, by_need, by_staff};
use super::super::phrases::{clauses, severity, title_of};
use super::parts::{column, count, row, share, sheet};
use crate::render::measure::clean;
use crate::render::workbook::{Bars, Cell, Column, Drawn, Row, Sheet};
use crate::reports::{gaps, labels};
use crate::rules::RULES;

pub(super) fn summary(report: &Timeliness<'_>) -> Sheet {
    let columns = vec![
        column("Направление контроля", 46.0),
        column("Пункты", 34.0),
        column("Проверено записей", 12.0),
        column("Нельзя проверить", 12.0),
        column("Нарушений", 11.0),
        column("Доля нарушений, %", 11.0),
        column("К сведению", 11.0),
        column("Случаев после объединения", 10.0),
        column("Проверок не выполнено", 12.0),
        column("Нарушений в прошлом периоде", 14.0),
        column("Нарушений в последнем периоде", 14.0),
    ];
    let mut rows: Vec<Row> = report.directions.iter().enumerate().map(direction).collect();
    let sum = |part: fn(&DirectionLine) -> usize| report.directions.iter().map(part).sum::<usize>();
    let (examined, violations) = (sum(|line| line.examined), sum(|line| line.counts.violations));
    rows.push(Row {
        cells: vec![
            Cell::text("Всего"),
            Cell::Empty,
            count(examined),
            count(sum(|line| line.unjudged)),
            count(violations),
            share(violations, examined),
            count(sum(|line| line.counts.notices)),
            count(report.causes.len()),
            count(sum(|line| line.not_run)),
            count(sum(|line| line.before.violations)),
            count(sum(|line| line.now.violations)),
        ],
        is_total: true,
    });
    sheet(report, ("Сводка", "Полнота и своевременность ведения журнала: школа"), columns, rows)
}

fn direction((index, line): (usize, &DirectionLine)) -> Row {
    let figure = |count: Cell| if line.is_silent() { Cell::text(NOTHING) } else { count };
    let number =
        if index < crate::rules::Direction::REGULATED { format!("{}. ", index + 1) } else { String::new() };
    row(vec![
        Cell::text(format!("{number}{}", line.direction.title())),
        Cell::text(clauses(line.direction.clauses())),
        figure(count(line.examined)),
        figure(count(line.unjudged)),
        figure(count(line.counts.violations)),
        figure(share(line.counts.violations, line.examined)),
        figure(count(line.counts.notices)),
        figure(count(line.counts.causes)),
        count(line.not_run),
        figure(count(line.before.violations)),
        figure(count(line.now.violations)),
    ])
}

pub(super) fn rules(report: &Timeliness<'_>) -> Sheet {
    let columns = vec![
        column("Проверка", 30.0),
        column("Слова регламента", 50.0),
        column("Проверено", 11.0),
        column("Чего", 15.0),
        column("Нельзя проверить", 11.0),
        column("Нарушений", 11.0),
        column("Доля нарушений, %", 11.0),
        column("К сведению", 11.0),
        column("Случаев после объединения", 13.0),
        column("Что сделать", 30.0),
        column("Направление", 34.0),
        column("Пункты", 28.0),
        column("Код", 22.0),
        column("Требование", 11.0),
    ];
    let rows = report.rules.iter().map(|line| {
        let quotes: Vec<String> = line
            .rule
            .quotes
            .iter()
            .map(|(clause, words)| format!("{}: {words}", labels::clause(clause)))
            .collect();
        row(vec![
            Cell::text(line.rule.title.ru),
            Cell::text(quotes.join("\n")),
            count(line.examined.examined),
            Cell::text(line.rule.counted),
            count(line.examined.unjudged),
            count(line.counts.violations),
            share(line.counts.violations, line.examined.examined),
            count(line.counts.notices),
            count(line.counts.causes),
            Cell::text(line.rule.remedy),
            Cell::text(line.rule.direction.title()),
            Cell::text(clauses(line.rule.clauses)),
            Cell::text(line.rule.id),
            Cell::text(line.rule.requirement),
        ])
    });
    let title = "Замечания по правилам, со словами регламента";
    Sheet { printed_columns: Some(10), ..sheet(report, ("По правилам", title), columns, rows) }
}

/// Columns of counts for a person or a class: missing and late entries are separate.
static TALLY: [Column; 9] = [
    Column::new("Проведено уроков", 11.0),
    Column::new("Проверено записей", 11.0),
    Column::new("Не сделано: нарушений", 12.0),
    Column::new("Не сделано: к сведению", 12.0),
    Column::new("Не сделано: нарушений на 100 уроков", 12.0),
    Column::new("Не в срок: нарушений", 12.0),
    Column::new("Не в срок: к сведению", 12.0),
    Column::new("Не в срок: нарушений на 100 уроков", 12.0),
    Column::new("Случаев после объединения", 13.0),
];
/// How many columns of a person or a class are printed: the directions are for the screen.
const TALLIED: u16 = 2 + TALLY.len() as u16;

fn tally<K>(report: &Timeliness<'_>, line: &Line<'_, K>) -> Vec<Cell> {
    let mut cells = vec![count(line.lessons), count(line.judged())];
    for counts in [line.undone(), line.late()] {
        cells.extend([counts.violations, counts.notices].map(count));
        cells.push(share(counts.violations, line.lessons));
    }
    cells.push(count(line.counts.causes));
    // If no check of a direction ran, there is nothing to count: a zero would look like a clean result.
    let of = |at: usize| {
        let lines = report.directions.iter();
        lines.map(move |of| match of.is_silent() {
            true => Cell::text(NOTHING),
            false => count(line.undone_and_late(of.direction)[at]),
        })
    };
    cells.extend(of(0));
    cells.extend(of(1));
    cells
}

/// Titles of the columns by direction: first what is missing or wrong, then what is late.
const BY_DIRECTION: [[&str; 2]; 10] = [
    ["Занятия: не сделано", "Занятия: не в срок"],
    ["Отметки: не сделано", "Отметки: не в срок"],
    ["Наполняемость: не сделано", "Наполняемость: не в срок"],
    ["Посещаемость: не сделано", "Посещаемость: не в срок"],
    ["Программа: не сделано", "Программа: не в срок"],
    ["Домашние задания: не записано", "Домашние задания: записано не в срок"],
    ["Возраст и объём: не сделано", "Возраст и объём: не в срок"],
    ["Замены и пропуски: не сделано", "Замены и пропуски: не в срок"],
    ["Исправления и доступ: не сделано", "Исправления и доступ: не в срок"],
    ["Год и согласия: не сделано", "Год и согласия: не в срок"],
];

fn tally_columns() -> impl Iterator<Item = Column> {
    let of = |at: usize| BY_DIRECTION.into_iter().map(move |titles| column(titles[at], 13.0));
    TALLY.iter().cloned().chain(of(0)).chain(of(1))
}

pub(super) fn staff(report: &Timeliness<'_>) -> Sheet {
    let journal = report.context.journal;
    let mut columns = vec![column("Кто устраняет", 34.0), column("Должность", 24.0)];
    columns.extend(tally_columns());
    let rows = by_need(by_staff(report.context, &report.causes)).into_iter().map(|line| {
        let person = line.of.map(|staff| &journal.staff[staff]);
        let mut cells = vec![
            Cell::text(person.map_or("Администрация".to_owned(), |one| clean(&one.name))),
            Cell::text(person.map(|one| clean(&one.position)).unwrap_or_default()),
        ];
        cells.extend(tally(report, &line));
        row(cells)
    });
    let title =
        "Замечания по тем, кто их устраняет: у кого больше нарушений «не сделано» на 100 уроков, тот выше";
    Sheet { printed_columns: Some(TALLIED), ..sheet(report, ("По учителям", title), columns, rows) }
}

pub(super) fn classes(report: &Timeliness<'_>) -> Sheet {
    let journal = report.context.journal;
    let mut columns = vec![column("Класс, группа", 20.0), column("Классный руководитель", 30.0)];
    columns.extend(tally_columns());
    let rows = by_class(report.context, &report.causes).into_iter().map(|line| {
        let (name, teacher) = match line.of {
            Whose::Class(class) => {
                let record = &journal.classes[class];
                let teacher = record.teacher.map(|id| clean(&journal.staff[id].name));
                (record.key.to_string(), teacher.unwrap_or_default())
            }
            Whose::Group(group) => (clean(&journal.groups[group].title), String::new()),
            Whose::School => ("Школа в целом".to_owned(), String::new()),
        };
        let mut cells = vec![Cell::text(name), Cell::text(teacher)];
        cells.extend(tally(report, &line));
        row(cells)
    });
    let title = "Замечания по классам и группам";
    Sheet { printed_columns: Some(TALLIED), ..sheet(report, ("По классам", title), columns, rows) }
}

pub(super) fn not_run(report: &Timeliness<'_>) -> Sheet {
    let columns = vec![
        column("Проверка", 44.0),
        column("Что не выполнено", 24.0),
        column("Почему", 60.0),
        column("Нельзя проверить записей", 13.0),
        column("Код", 24.0),
    ];
    let why = if report.context.journal.snapshots.len() > 1 {
        "в строках источника нет нужных данных (времени записи, минут), а снимки не показывают, соблюдён ли срок"
    } else {
        "в строках источника нет нужных данных (времени записи, минут)"
    };
    let mut rows: Vec<Row> = Vec::new();
    for rule in RULES {
        for skipped in report.context.checked.not_run.iter().filter(|one| one.rule == rule.id) {
            let what =
                if skipped.in_part { "часть проверки" } else { "вся проверка" };
            rows.push(row(vec![
                Cell::text(title_of(rule.id)),
                Cell::text(what),
                Cell::text(gaps::reason(skipped).ru),
                Cell::Empty,
                Cell::text(rule.id),
            ]));
        }
        let line = report.rules.iter().find(|line| line.rule.id == rule.id);
        if let Some(line) = line.filter(|line| line.examined.unjudged > 0) {
            rows.push(row(vec![
                Cell::text(rule.title.ru),
                Cell::text("отдельные записи"),
                Cell::text(why),
                count(line.examined.unjudged),
                Cell::text(rule.id),
            ]));
        }
    }
    for one in &report.context.checked.reweighted {
        rows.push(row(vec![
            Cell::text(title_of(one.rule)),
            Cell::text(format!("вес изменён: {}", severity(one.severity))),
            Cell::text(one.reason.as_str()),
            Cell::Empty,
            Cell::text(one.rule),
        ]));
    }
    if rows.is_empty() {
        rows.push(row(vec![Cell::text("Выполнены все проверки, и для каждой записи данных хватило.")]));
    }
    sheet(report, ("Полнота проверки", "Что не проверялось и почему"), columns, rows)
}

pub(super) fn weeks(report: &Timeliness<'_>) -> Sheet {
    let columns = vec![
        column("Неделя с", 12.0),
        column("Проведено уроков", 12.0),
        column("Нарушений", 12.0),
        column("К сведению", 12.0),
        column("Нарушений на 100 уроков", 14.0),
    ];
    let mut rows: Vec<Row> = report.weeks.iter().map(week).collect();
    let outside = report.outside();
    if outside.all() > 0 {
        let (violations, notices) = (count(outside.violations), count(outside.notices));
        rows.push(row(vec![
            Cell::text("без даты или вне года"),
            Cell::Empty,
            violations,
            notices,
            Cell::Empty,
        ]));
    }
    let title = "Ход по неделям: неделя урока, задания, изменения или конца периода";
    let bars = Bars {
        title: "Замечания по неделям",
        heights: vec![2, 3],
        rows: u32::try_from(report.weeks.len()).unwrap_or(0),
    };
    Sheet { chart: Some(Drawn::Bars(bars)), ..sheet(report, ("По неделям", title), columns, rows) }
}

fn week(week: &Week) -> Row {
    row(vec![
        Cell::Date(week.monday),
        count(week.lessons),
        count(week.counts.violations),
        count(week.counts.notices),
        share(week.counts.violations, week.lessons),
    ])
}
