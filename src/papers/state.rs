//! The state of a year as a page to print: the work left until 30 June, and who does it.

use anyhow::Result;
use jiff::civil::Date;

use super::setting::{Papers, Setting};
use crate::register::{BagState, day_of};
use crate::render::drawing::Align;
use crate::render::file_names::folder_name;
use crate::render::format;
use crate::render::paper::{Frame, Look, Paper};
use crate::render::pdf::Template;
use crate::render::table::{Column, Row, Table};
use crate::store::{ClassNote, YearState, notes_name};
use crate::verify::checks::Progress;

pub(super) const TEMPLATE: Template =
    Template { name: "state.typ", source: include_str!("../../templates/state.typ") };
const TITLE: &str = "Состояние учебного года";
const SIZE_PT: f64 = 8.0;
/// The text for a day that is not noted.
const NOT_YET: &str = "—";
/// Copies that the archive must have: the main one and the working one.
const COPIES: usize = 2;

/// Typesets the state of a year on one page; a school with more than fifty classes needs a second.
///
/// # Errors
/// When the view cannot be written as JSON: a fault of the program.
pub fn state_page(state: &YearState, as_of: Date, setting: &Setting) -> Result<Papers> {
    let foot = format!("letopis {}", env!("CARGO_PKG_VERSION"));
    let mut paper = Paper::default();
    paper.heading(1, &format!("{TITLE} {}", format::years(&state.year)));
    paper.paragraph(Look::Strong, &format!("На {}: {}.", format::date_long(as_of), left(state)));
    paper.paragraph(Look::Text, &counts(state));
    paper.gap(1.0);
    paper.table(&classes(state));
    paper.gap(3.0);
    for class in &state.unknown {
        let notes = notes_name(&state.year);
        paper.paragraph(
            Look::Strong,
            &format!("В {notes} отмечен «{class}», но журнала такого класса нет: проверьте название."),
        );
    }
    if state.editions.is_empty() {
        paper.paragraph(Look::Strong, "В архив ещё ничего не положено.");
    } else {
        paper.table(&packages(state));
    }
    let title = format!("{TITLE} {} на {}", format::years(&state.year), format::date(as_of));
    let path = format!("состояние-{}-на-{as_of}.pdf", folder_name(&state.year));
    let ident = format!("letopis state {} {as_of}", state.year);
    let frame = Frame { title: &title, head: &title, foot: &foot, date: as_of, ident: &ident };
    setting.set(paper.into_job(TEMPLATE, frame, &path)?)
}

fn left(state: &YearState) -> String {
    let days = format::plural(state.days_left.unsigned_abs() as usize, ["день", "дня", "дней"]);
    match state.days_left {
        0 => "сегодня 30 июня, последний день, чтобы распечатать, подписать и опечатать журналы".to_owned(),
        left @ 1.. => format!("до 30 июня {left} {days}"),
        past => format!("30 июня прошло {} {days} назад", -past),
    }
}

fn counts(state: &YearState) -> String {
    let all = state.classes.len();
    let count = |day: fn(&ClassNote) -> Option<Date>| {
        state.classes.iter().filter(|(_, note)| day(note).is_some()).count()
    };
    format!(
        "Журналы классов: закрыто {} из {all}, напечатано {} из {all}, подписано и опечатано {} из {all}.",
        count(|note| note.closed),
        count(|note| note.printed),
        count(|note| note.signed),
    )
}

fn classes(state: &YearState) -> Table {
    let columns = vec![
        Column::new("№", 10.0, Align::Right),
        Column::new("Класс", 38.0, Align::Left),
        Column::new("Журнал закрыт", 44.0, Align::Left),
        Column::new("Напечатан и прошит", 44.0, Align::Left),
        Column::new("Подписан и опечатан", 44.0, Align::Left),
    ];
    let day = |date: Option<Date>| date.map_or(NOT_YET.to_owned(), format::date);
    let rows = (1..).zip(&state.classes).map(|(number, (class, note)): (usize, _)| {
        let days = [note.closed, note.printed, note.signed].map(day);
        Row { cells: [vec![number.to_string(), class.clone()], days.to_vec()].concat(), ..Row::default() }
    });
    Table::plain(columns, rows.collect(), SIZE_PT)
}

fn packages(state: &YearState) -> Table {
    let columns = vec![
        Column::new("Пакет в архиве", 66.0, Align::Left),
        Column::new("Положен", 24.0, Align::Left),
        Column::new("Проверен", 30.0, Align::Left),
        Column::new("Копии (нужно две: основная и рабочая)", 60.0, Align::Left),
    ];
    let rows = state.editions.iter().map(|(bag, edition)| {
        let verified = edition.verified.as_deref().map_or("не проверен".to_owned(), written_day);
        let in_part = state.parts.get(bag).map(in_part).unwrap_or_default();
        let verified = format!("{verified}{in_part}");
        let cells = vec![bag.to_string(), written_day(&edition.created), verified, copies(edition)];
        Row { cells, ..Row::default() }
    });
    Table::plain(columns, rows.collect(), SIZE_PT)
}

/// Describes the progress of a check in parts.
fn in_part(progress: &Progress) -> String {
    let last = progress.last.as_deref().map(written_day).unwrap_or_default();
    match (&progress.whole, progress.faults.len()) {
        (_, faults @ 1..) => format!("; по частям найдено повреждённых: {faults}"),
        (Some((_, until)), _) if progress.is_whole => format!("; по частям целиком {}", written_day(until)),
        _ => format!("; по частям {} %, последняя {last}", progress.read.percent()),
    }
}

fn copies(edition: &BagState) -> String {
    let media = edition.media();
    let named = media.iter().copied().collect::<Vec<_>>().join("; ");
    match media.len() {
        0 => "нет ни одной".to_owned(),
        few if few < COPIES => format!("только одна: {named}"),
        _ => named,
    }
}

/// Writes the day of a register's moment in the form of Russian papers.
fn written_day(moment: &str) -> String {
    let day = day_of(moment);
    day.parse().map_or_else(|_| day.to_owned(), format::date)
}
