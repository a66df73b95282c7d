//! The page of homework compared with age (C14): a strip of days for every class, and the totals of the days.

use super::super::Timeliness;
use super::super::homework::{ClassLoad, INSTEAD, NO_MINUTES, has_minutes};
use super::super::phrases::count_or_blank;
use super::parts::{count, row, table, text};
use crate::model::Journal;
use crate::render::drawing::{Align, Drawing, Shade, Weight, sans, word};
use crate::render::format;
use crate::render::paper::{Look, Paper, WIDTH};
use crate::render::table::{Row, Table};
use jiff::ToSpan;
use jiff::civil::Date;

/// Room for a class's name and norm at the left of its strip, and the height of a strip, in millimetres.
const NAME: f64 = 22.0;
const STRIP: f64 = 5.4;

/// Lays the page out.
pub(super) fn page(report: &Timeliness<'_>, paper: &mut Paper) {
    paper.turn();
    paper.heading(1, "Домашние задания и возраст");
    let Some(loads) = &report.homework else {
        paper.paragraph(Look::Strong, &format!("Домашние задания: {NO_MINUTES}."));
        return;
    };
    if has_minutes(loads) {
        paper.paragraph(Look::Note, NOTE_ON_MINUTES);
    } else {
        paper.paragraph(Look::Strong, &format!("Домашние задания: {NO_MINUTES}. {INSTEAD}"));
    }
    paper.gap(1.0);
    strips(report, loads, paper);
    paper.gap(2.0);
    paper.table(&loads_table(report.context.journal, loads));
}

/// Explains the cells and figures.
pub(in super::super) const NOTE_ON_MINUTES: &str = "Минуты всех заданий класса на один день, у ученика с наибольшей \
    суммой, в сравнении с нормой класса (Директор, п. 14; минуты установлены школой по санитарным нормам, в регламенте их нет). Дни, где хотя \
    бы одно задание без минут, не оцениваются.";

/// Returns the totals of each class's days.
pub(in super::super) fn loads_table(journal: &Journal, loads: &[ClassLoad]) -> Table {
    if !has_minutes(loads) {
        return tasks_table(journal, loads);
    }
    let columns = vec![
        text("Класс", 16.0),
        count("Норма, мин", 20.0),
        count("Дней с заданиями", 24.0),
        count("Рассчитано дней", 24.0),
        count("Нет минут, дней", 24.0),
        count("В среднем, мин", 24.0),
        count("Больше всего, мин", 26.0),
        count("Дней сверх нормы", 22.0),
    ];
    table(columns, loads.iter().map(|load| class_row(journal, load)).collect(), 8.0)
}

/// Returns how many tasks the days of each class have, if the minutes are unknown.
fn tasks_table(journal: &Journal, loads: &[ClassLoad]) -> Table {
    let columns = vec![
        text("Класс", 16.0),
        count("Дней с заданиями", 30.0),
        count("Заданий", 24.0),
        count("В среднем на день", 30.0),
        count("Больше всего на день", 40.0),
    ];
    let rows = loads.iter().map(|load| {
        let tasks: usize = load.days.values().map(|day| day.tasks).sum();
        let most = load.days.iter().max_by_key(|(date, day)| (day.tasks, std::cmp::Reverse(**date)));
        let mean = tasks as f64 / load.days.len().max(1) as f64;
        row(vec![
            journal.classes[load.class].key.to_string(),
            count_or_blank(load.days.len()),
            count_or_blank(tasks),
            if tasks == 0 { String::new() } else { format::decimal(mean, 1) },
            most.map(|(date, day)| format!("{} ({})", day.tasks, format::day_month(*date)))
                .unwrap_or_default(),
        ])
    });
    table(columns, rows.collect(), 8.0)
}

fn class_row(journal: &Journal, load: &ClassLoad) -> Row {
    let judged: Vec<(Date, f64)> = load.judged().collect();
    let most = judged.iter().copied().reduce(|most, day| if day.1 > most.1 { day } else { most });
    let mean = judged.iter().map(|(_, minutes)| minutes).sum::<f64>() / judged.len().max(1) as f64;
    row(vec![
        journal.classes[load.class].key.to_string(),
        load.norm.to_string(),
        load.days.len().to_string(),
        judged.len().to_string(),
        count_or_blank(load.unjudged()),
        if judged.is_empty() { String::new() } else { format::decimal(mean, 0) },
        most.map(|(date, minutes)| format!("{} ({})", format::count(minutes), format::day_month(date)))
            .unwrap_or_default(),
        count_or_blank(load.above()),
    ])
}

/// Draws the strips: a cell for every day from the first to the last with homework.
fn strips(report: &Timeliness<'_>, loads: &[ClassLoad], paper: &mut Paper) {
    let (days, by_minutes) = (school_days(loads), has_minutes(loads));
    let step = (WIDTH - NAME) / days.len().max(1) as f64;
    for part in loads.chunks(40) {
        let mut drawing = Drawing::default();
        let bottom = 5.0 + part.len() as f64 * STRIP;
        months(&mut drawing, &days, (3.5, bottom), step);
        for (index, load) in part.iter().enumerate() {
            let y = 5.0 + index as f64 * STRIP;
            let name = &report.context.journal.classes[load.class].key;
            let norm = if by_minutes { format!(", {} мин", load.norm) } else { String::new() };
            drawing.text(sans(8.0), 0.0, y + 3.8, format!("{name}{norm}"));
            strip(&mut drawing, (load, by_minutes), (&days, step), y);
        }
        let signs: &[Sign] = if by_minutes { &BY_MINUTES } else { &BY_TASKS };
        legend(&mut drawing, signs, bottom + 5.0);
        let alt = "Полосы по классам: клетка — день, темнее — больше заданий. Числа стоят в таблице ниже.";
        paper.picture(bottom + 10.0, alt, &drawing);
    }
}

/// Returns every day but Sundays from the first to the last with homework.
pub(in super::super) fn school_days(loads: &[ClassLoad]) -> Vec<Date> {
    let days = || loads.iter().flat_map(|load| load.days.keys());
    let (Some(first), Some(last)) = (days().min().copied(), days().max().copied()) else { return Vec::new() };
    first.series(1.day()).take_while(|day| *day <= last).filter(|day| !is_sunday(*day)).collect()
}

fn is_sunday(day: Date) -> bool {
    day.weekday() == jiff::civil::Weekday::Sunday
}

fn months(drawing: &mut Drawing, days: &[Date], (y, bottom): (f64, f64), step: f64) {
    for (index, day) in days.iter().enumerate() {
        if index == 0 || days[index - 1].month() != day.month() {
            let x = NAME + index as f64 * step;
            drawing.down(Weight::Thin, x, y, bottom);
            if index + 8 < days.len() {
                drawing.text(sans(7.0), x + 0.5, y, format::month(*day));
            }
        }
    }
}

fn strip(
    drawing: &mut Drawing,
    (load, by_minutes): (&ClassLoad, bool),
    (days, step): (&[Date], f64),
    y: f64,
) {
    for (index, date) in days.iter().enumerate() {
        let Some(day) = load.days.get(date) else { continue };
        let left = NAME + index as f64 * step;
        let corners = |height: f64| [left, y + STRIP - 0.6 - height, left + step * 0.92, y + STRIP - 0.6];
        match day.minutes {
            // Full height: the shade alone carries the meaning, and a printer shows it.
            Some(minutes) => drawing.fill(load.shade(minutes), corners(STRIP - 1.2)),
            None if !by_minutes => drawing.fill(day.shade_by_tasks(), corners(STRIP - 1.2)),
            None => drawing.fill(Shade::Pale, corners(1.0)),
        }
    }
}

/// A shade, its height in millimetres, and its meaning.
type Sign = (Shade, f64, &'static str);

const BY_MINUTES: [Sign; 4] = [
    (Shade::Light, 2.4, "до половины нормы"),
    (Shade::Middle, 2.4, "до нормы"),
    (Shade::Dark, 2.4, "сверх нормы"),
    (Shade::Pale, 1.0, "есть задание без минут"),
];
const BY_TASKS: [Sign; 3] = [
    (Shade::Pale, 2.4, "одно или два задания"),
    (Shade::Light, 2.4, "три или четыре"),
    (Shade::Middle, 2.4, "пять и больше"),
];

fn legend(drawing: &mut Drawing, signs: &[Sign], y: f64) {
    let mut x = 0.0;
    for (shade, height, words) in signs.iter().copied() {
        drawing.fill(shade, [x, y + 0.2 - height, x + 3.0, y + 0.2]);
        let said = word(sans(7.5), Align::Left, x + 4.0, WIDTH, words);
        drawing.words(sans(7.5), y, vec![said]);
        x += 8.0 + sans(7.5).width(words);
    }
}
