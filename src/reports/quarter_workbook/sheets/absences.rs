//! Absences by name: a row a pupil and class, each number opens the lessons behind it.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::super::lists::{Entry, Lists, key};
use super::super::pages::{Head, Page, Pages};
use super::super::people::wholes;
use super::topics::{REASONS, missed};
use crate::render::workbook::{Cell, Column, Sheet};
use crate::stats::analytics::{ABSENCE_DAYS, MISSED, Record};

pub(super) const ABSENCES: Page =
    Page {
        name: "Пропуски", said: "поимённо, по причинам", has_names: true, make: absences
    };

/// Lessons missed in a class: all, and by reason.
type Missed = [usize; 5];
type Place<'a> = (&'a str, &'a str);

fn count<'a>(rows: &[Record<'a>]) -> BTreeMap<Place<'a>, Missed> {
    let mut counts: BTreeMap<Place<'a>, Missed> = BTreeMap::new();
    for row in rows {
        let own = counts.entry((row.text("class_id"), row.text("pupil_id"))).or_default();
        own[0] += 1;
        let at = REASONS.iter().position(|(code, _)| *code == row.text("reason"));
        own[at.map_or(REASONS.len(), |at| at + 1)] += 1;
    }
    counts
}

fn absences(pages: &Pages<'_>, lists: &mut Lists) -> Sheet {
    let lack = pages.data.lack(&MISSED).or_else(|| pages.coverage.lack_of_lessons());
    let counts = if lack.is_some() { BTreeMap::new() } else { count(&missed(pages)) };
    let whole: FxHashMap<Place<'_>, Record<'_>> = pages
        .data
        .rows(&ABSENCE_DAYS)
        .map(|row| ((row.text("class_id"), row.text("pupil_id")), row))
        .collect();
    let mut rows: Vec<(Place<'_>, Missed)> = counts.into_iter().collect();
    rows.sort_by_cached_key(|((class, pupil), _)| (pages.data.keys.pupil_order(class, pupil), *pupil));
    let entries = rows.iter().map(|(place, missed)| {
        Entry::new(about(pages, place.0), cells(pages, lists, (*place, missed), whole.get(place).copied()))
    });
    let entries = entries.collect();
    let mut columns =
        vec![Column::new("Класс", 8.0), Column::new("Ученик", 30.0), Column::new("Пропущено уроков", 11.0)];
    columns.extend(REASONS.map(|(_, title)| Column::new(title, 14.0)));
    columns.extend([
        Column::new("За весь период: уроков к посещению", 12.0),
        Column::new("пропущено", 11.0),
        Column::new("пропущено, %", 11.0),
        Column::new("полных дней", 9.0),
        Column::new("опозданий", 10.0),
    ]);
    let note = "Стоят те, кто пропустил хотя бы один урок; по классу, в котором ученик был в тот день. «За весь период» — у тех, кто \
                в этом классе в последний день: все уроки периода, и в прежнем классе. Опоздание не пропуск.";
    let notes = vec![pages.whom(lack.as_deref(), note)];
    let title = "Пропуски уроков поимённо".to_owned();
    pages.list(lists, Head { name: ABSENCES.name, title, notes, columns, frozen: 2 }, entries)
}

fn about(pages: &Pages<'_>, class: &str) -> Vec<String> {
    let class = pages.data.keys.class(class);
    let wholes = class.map(|class| wholes(pages.context.journal, class)).unwrap_or_default();
    wholes.iter().map(|(scope, id)| key("absent", *scope, id)).collect()
}

fn cells(
    pages: &Pages<'_>,
    lists: &Lists,
    ((class, pupil), missed): (Place<'_>, &Missed),
    whole: Option<Record<'_>>,
) -> Vec<Cell> {
    let mut cells = vec![Cell::text(class), Cell::text(pages.pupil(pupil))];
    cells.push(lists.count(missed[0], &format!("missed|{class}|{pupil}")));
    for ((code, _), number) in REASONS.iter().zip(&missed[1..]) {
        cells.push(lists.count(*number, &format!("{code}|{class}|{pupil}")));
    }
    let Some(whole) = whole else {
        cells.resize(12, Cell::Empty);
        return cells;
    };
    let (due, missed) = (whole.count("lessons_due"), whole.count("lessons_missed"));
    let number = |count: usize| Cell::Count(count as f64);
    cells.extend([
        number(due),
        lists.count(missed, &format!("missed|pupil:{pupil}")),
        if due == 0 { Cell::Empty } else { Cell::Share(missed as f64 * 100.0 / due as f64) },
        number(whole.count("days_missed")),
        number(whole.count("late")),
    ]);
    cells
}
