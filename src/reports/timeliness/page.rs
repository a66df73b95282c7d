//! The report as an HTML page for any computer: the same tables as in the PDF, none of them shortened.

use anyhow::Result;
use serde::Serialize;

use super::homework::has_minutes;
use super::pages::{attention, classes, corrections, homework, rules, school, staff};
use super::people::by_staff;
use super::phrases::{mended, not_run, ran, unjudged};
use super::{INSTEAD, NO_MINUTES, TITLE, Timeliness, WORKBOOK};
use crate::model::Table as Source;
use crate::render::drawing::{Align, Shade};
use crate::render::measure::clean;
use crate::render::table::Table;
use crate::render::{format, html};

/// The path of the page below the outputs.
pub const PAGE: &str = "timeliness.html";

#[derive(Serialize)]
struct View {
    title: &'static str,
    school: String,
    year: String,
    as_of: String,
    workbook: &'static str,
    pdf: &'static str,
    ran: String,
    not_run: Vec<String>,
    unjudged: String,
    weeks: Vec<WeekView>,
    sections: Vec<SectionView>,
    heat: Vec<HeatView>,
}

#[derive(Serialize)]
struct WeekView {
    label: String,
    month: &'static str,
    dark: String,
    light: String,
}

#[derive(Serialize)]
struct SectionView {
    id: &'static str,
    title: &'static str,
    note: String,
    has_heat: bool,
    parts: Vec<PartView>,
}

/// A table under a title, collapsed if there are many.
#[derive(Serialize)]
struct PartView {
    title: String,
    note: String,
    is_folded: bool,
    tables: Vec<TableView>,
}

#[derive(Serialize)]
struct TableView {
    caption: String,
    head: Vec<CellView>,
    rows: Vec<RowView>,
}

#[derive(Serialize)]
struct RowView {
    is_bold: bool,
    cells: Vec<CellView>,
}

#[derive(Serialize)]
struct CellView {
    text: String,
    is_number: bool,
}

#[derive(Serialize)]
struct HeatView {
    class: String,
    norm: u16,
    cells: Vec<HeatCell>,
}

#[derive(Serialize)]
struct HeatCell {
    shade: &'static str,
    label: String,
}

/// Makes the page.
///
/// # Errors
/// When template and view do not match, which is a fault of the program.
pub(super) fn html(report: &Timeliness<'_>) -> Result<String> {
    html::timeliness(&view(report))
}

fn view(report: &Timeliness<'_>) -> View {
    let context = report.context;
    let school = &context.journal.school;
    View {
        title: TITLE,
        school: school.full_name().to_owned(),
        year: format::years(&context.journal.year.title),
        as_of: format::date_long(context.as_of),
        workbook: WORKBOOK,
        pdf: super::PDF,
        ran: ran(report),
        not_run: not_run(report),
        unjudged: unjudged(report).unwrap_or_default(),
        weeks: weeks(report),
        sections: vec![
            of_school(report),
            of_rules(report),
            of_classes(report),
            of_homework(report),
            of_corrections(report),
            of_staff(report),
        ],
        heat: heat(report),
    }
}

fn table(caption: &str, table: &Table) -> TableView {
    let cell = |column: &crate::render::table::Column, text: &str| CellView {
        text: text.to_owned(),
        is_number: column.align != Align::Left,
    };
    // The page has no titles over several columns, so each column has the whole title.
    let spans = table.spans.iter().flat_map(|span| std::iter::repeat_n(span.title.as_str(), span.columns));
    let spans = spans.chain(std::iter::repeat(""));
    let title = |(column, span): (&crate::render::table::Column, &str)| match span {
        "" => cell(column, &unbroken(&column.title)),
        span => cell(column, &format!("{span}: {}", unbroken(&column.title))),
    };
    let rows = table.rows.iter().map(|row| RowView {
        is_bold: row.is_bold,
        cells: table.columns.iter().zip(&row.cells).map(|(column, text)| cell(column, text)).collect(),
    });
    TableView {
        caption: caption.to_owned(),
        // A hyphen breaks the word in a narrow column's title; a page has room.
        head: table.columns.iter().zip(spans).map(title).collect(),
        rows: rows.collect(),
    }
}

fn unbroken(title: &str) -> String {
    title
        .replace("Прове-рено", "Проверено")
        .replace("Нару-шений", "Нарушений")
        .replace("све-дению", "сведению")
}

fn part(title: impl Into<String>, tables: Vec<TableView>) -> PartView {
    let tables = tables.into_iter().filter(|table| !table.rows.is_empty()).collect();
    PartView { title: title.into(), note: String::new(), is_folded: false, tables }
}

fn section(id: &'static str, title: &'static str, note: &str, parts: Vec<PartView>) -> SectionView {
    let parts = parts.into_iter().filter(|part| !part.tables.is_empty()).collect();
    SectionView { id, title, note: note.to_owned(), has_heat: false, parts }
}

fn of_school(report: &Timeliness<'_>) -> SectionView {
    let mut directions = table("", &school::directions_table(report));
    for (cell, at) in directions.head.iter_mut().rev().zip([0, 1]) {
        if let Some(stretch) = &report.stretches[at] {
            cell.text = format!("Нарушений, {}", stretch.title);
        }
    }
    let attention = part("На что обратить внимание", vec![table("", &attention::table_of(report))]);
    let parts = vec![part("", vec![directions]), attention];
    let note = [Some(school::lessons_note(report)), mended(report)];
    let note = note.into_iter().flatten().collect::<Vec<_>>().join(" ");
    section("school", "Школа: по направлениям контроля", &note, parts)
}

fn of_rules(report: &Timeliness<'_>) -> SectionView {
    let parts = rules::tables(report).into_iter().map(|(title, one)| part(title, vec![table("", &one)]));
    section("rules", "По правилам", rules::NOTE_ON_COUNTS, parts.collect())
}

fn of_classes(report: &Timeliness<'_>) -> SectionView {
    let [counts, gravest] = classes::tables(report).map(|one| table("", &one));
    let parts = vec![part("", vec![counts]), part("Что важнее всего в каждом классе", vec![gravest])];
    section("classes", "По классам", classes::NOTE_ON_GROUPS, parts)
}

fn of_homework(report: &Timeliness<'_>) -> SectionView {
    let title = "Домашние задания и возраст";
    match &report.homework {
        None => section("homework", title, NO_MINUTES, Vec::new()),
        Some(loads) => {
            let loads = table("", &homework::loads_table(report.context.journal, loads));
            let parts = vec![part("", vec![loads])];
            match &heat(report)[..] {
                [] => section("homework", title, &format!("{NO_MINUTES}. {INSTEAD}"), parts),
                _ => {
                    let section = section("homework", title, homework::NOTE_ON_MINUTES, parts);
                    SectionView { has_heat: true, ..section }
                }
            }
        }
    }
}

fn of_corrections(report: &Timeliness<'_>) -> SectionView {
    let title = "Исправления";
    if !report.context.journal.presence.has(Source::Changes) {
        let note = "Не проверялось: в источнике нет журнала изменений.";
        return section("corrections", title, note, Vec::new());
    }
    let [authors, telling] = corrections::tables(report).map(|one| table("", &one));
    let parts = vec![part("", vec![authors]), part(corrections::TELLING, vec![telling])];
    section("corrections", title, &corrections::summary(report), parts)
}

fn of_staff(report: &Timeliness<'_>) -> SectionView {
    let journal = report.context.journal;
    let lines = by_staff(report.context, &report.causes);
    let parts = lines.iter().filter(|line| !line.causes.is_empty()).map(|line| {
        let name =
            line.of.map_or("Администрация".to_owned(), |id| clean(&journal.staff[id].name));
        let [now, later] = staff::tables(journal, line);
        PartView {
            note: format!("нарушений {}, к сведению {}", line.counts.violations, line.counts.notices),
            is_folded: true,
            ..part(name, vec![table("", &now), table(staff::LATER, &later)])
        }
    });
    let note = format!("{} {}", staff::deadline(report), staff::NOTE_ON_ORDER);
    let parts = std::iter::once(part("", vec![table("", &staff::summary(report))])).chain(parts);
    section("staff", "По учителям: что устранить", &note, parts.collect())
}

/// Returns the bars, with heights in per cent of the highest.
fn weeks(report: &Timeliness<'_>) -> Vec<WeekView> {
    let most = report.weeks.iter().map(|week| week.counts.all()).max().unwrap_or(0).max(1) as f64;
    let share = |count: usize| (count as f64 * 1000.0 / most).round() / 10.0;
    // A month of one or two weeks at the year's edge has no room for its name.
    const LEAST: usize = 3;
    let mut last = 0;
    let view = |week: &super::Week| {
        let month = week.monday.month();
        let weeks = report.weeks.iter().filter(|other| other.monday.month() == month).count();
        let is_named = std::mem::replace(&mut last, month) != month && weeks >= LEAST;
        let month = if is_named { format::month(week.monday) } else { "" };
        WeekView {
            label: format!(
                "неделя с {}: нарушений {}, к сведению {}, уроков {}",
                format::date(week.monday),
                week.counts.violations,
                week.counts.notices,
                week.lessons
            ),
            month,
            dark: share(week.counts.violations).to_string(),
            light: share(week.counts.notices).to_string(),
        }
    };
    report.weeks.iter().map(view).collect()
}

fn heat(report: &Timeliness<'_>) -> Vec<HeatView> {
    let Some(loads) = report.homework.as_ref().filter(|loads| has_minutes(loads)) else { return Vec::new() };
    let days = homework::school_days(loads);
    let rows = loads.iter().map(|load| {
        let cells = days.iter().map(|date| {
            let day = load.days.get(date);
            let said = |what: String| format!("{}: {what}", format::date(*date));
            match day.map(|day| day.minutes) {
                None => HeatCell { shade: "none", label: said("заданий нет".to_owned()) },
                Some(None) => HeatCell {
                    shade: "unknown", label: said("есть задание без минут".to_owned())
                },
                Some(Some(minutes)) => {
                    let shade = match load.shade(minutes) {
                        Shade::Dark => "dark",
                        Shade::Middle => "middle",
                        Shade::Light | Shade::Pale => "light",
                    };
                    let what = format!("{} мин при норме {}", format::count(minutes), load.norm);
                    HeatCell { shade, label: said(what) }
                }
            }
        });
        let class = report.context.journal.classes[load.class].key.to_string();
        HeatView { class, norm: load.norm, cells: cells.collect() }
    });
    rows.collect()
}
