//! The right page: date, number, topic and homework of the lessons in the columns of the left page.

use super::course::{ColumnView, LessonView};
use super::item::{BODY_HEIGHT, HEAD_ROW, HEAD_TOTAL, Item};
use super::layout::{BODY, TOP, edges};
use crate::render::drawing::{Align, Drawing, Weight, sans, sans_bold, word};
use crate::render::measure::Style;

/// The columns with their widths.
const RIGHT_COLUMNS: [(&str, f64); 4] =
    [("Дата", 16.5), ("Урок", 9.0), ("Тема урока", 80.0), ("Домашнее задание", BODY - 105.5)];
const RIGHT_PADDING: f64 = 1.1;
const TOPIC: Style = sans(7.5);
const NOTE: Style = sans_bold(7.0);
const LEADING: f64 = 3.15;
const RIGHT_LEAST: f64 = 5.6;
/// The greatest row height on a page with room to spare.
const RIGHT_MOST: f64 = 9.6;
/// Lines that a page can hold in one row.
pub(super) const MAX_LINES: usize = ((BODY_HEIGHT - 2.0) / LEADING) as usize;

/// Draws dates, topics and homework of some lessons.
pub(super) fn right_page(items: &[Item<'_>]) -> Drawing {
    let mut drawing = Drawing::default();
    let (left, right) = edges(1);
    let mut y = TOP + HEAD_TOTAL;
    right_head(&mut drawing, left);
    let mut rows = Vec::new();
    let least = spread_out(items);
    for item in items {
        let height = item.height.max(least);
        if y > TOP + HEAD_TOTAL {
            drawing.across(Weight::Thin, y, left, right);
        }
        right_row(&mut drawing, left, [y, height], item);
        rows.push((y, y + height, matches!(item.column, ColumnView::Lesson(_))));
        y += height;
    }
    drawing.frame(Weight::Bold, [left, TOP, right, y]);
    drawing.across(Weight::Bold, TOP + HEAD_TOTAL, left, right);
    column_rules(&mut drawing, left, &rows);
    drawing
}

/// Returns the greatest row height at which the rows still fit the page.
fn spread_out(items: &[Item<'_>]) -> f64 {
    let steps = ((RIGHT_MOST - RIGHT_LEAST) / 0.1).round() as usize;
    let mut tried = (0..=steps).map(|step| RIGHT_MOST - 0.1 * step as f64);
    let fits = |least: &f64| items.iter().map(|item| item.height.max(*least)).sum::<f64>() <= BODY_HEIGHT;
    tried.find(fits).unwrap_or(RIGHT_LEAST)
}

fn right_head(drawing: &mut Drawing, left: f64) {
    let style = sans_bold(7.5);
    let mut x = left;
    let mut words = Vec::new();
    for (title, width) in RIGHT_COLUMNS {
        words.push(word(style, Align::Middle, x, x + width, title));
        x += width;
    }
    drawing.words(style, TOP + HEAD_ROW + 0.95, words);
}

/// Draws the rules between the columns; rows of terms have none.
fn column_rules(drawing: &mut Drawing, left: f64, rows: &[(f64, f64, bool)]) {
    let mut x = left;
    for (_, width) in &RIGHT_COLUMNS[..3] {
        x += width;
        let mut from = TOP;
        for (top, bottom, is_lesson) in rows {
            if !is_lesson {
                if from < *top {
                    drawing.down(Weight::Thin, x, from, *top);
                }
                from = *bottom;
            }
        }
        let end = rows.last().map_or(TOP + HEAD_TOTAL, |row| row.1);
        if from < end {
            drawing.down(Weight::Thin, x, from, end);
        }
    }
}

fn right_row(drawing: &mut Drawing, left: f64, [top, height]: [f64; 2], item: &Item<'_>) {
    let lesson = match item.column {
        ColumnView::Lesson(lesson) => lesson,
        ColumnView::Term(term) => {
            let y = top + height / 2.0 + 0.95;
            drawing.text(sans_bold(7.5), left + RIGHT_PADDING, y, term.summary.clone());
            return;
        }
    };
    let x = |column: usize| left + RIGHT_COLUMNS[..column].iter().map(|(_, width)| width).sum::<f64>();
    let lines = item.topic.len().max(item.homework.len()).max(1);
    let first = top + (height - lines as f64 * LEADING) / 2.0 + LEADING * 0.76;
    let date = if item.continues { "прод." } else { lesson.date.as_str() };
    drawing.words(
        TOPIC,
        first,
        vec![
            word(TOPIC, Align::Middle, left, x(1), date),
            word(TOPIC, Align::Middle, x(1), x(2), lesson.number.clone()),
        ],
    );
    for (index, (style, line)) in item.topic.iter().enumerate() {
        drawing.text(*style, x(2) + RIGHT_PADDING, first + index as f64 * LEADING, line.clone());
    }
    for (index, line) in item.homework.iter().enumerate() {
        drawing.text(TOPIC, x(3) + RIGHT_PADDING, first + index as f64 * LEADING, line.clone());
    }
}

/// Returns the lines of a lesson's topic, with the lesson's status below it.
pub(super) fn topic_lines(lesson: &LessonView) -> Vec<(Style, String)> {
    let set = |style: Style, text: &str| {
        style.wrap(text, inner(2)).into_iter().map(move |line| (style, line)).collect::<Vec<_>>()
    };
    let mut lines = set(TOPIC, &lesson.topic);
    lines.extend(lesson.notes.iter().flat_map(|note| set(NOTE, note)));
    lines
}

fn inner(column: usize) -> f64 {
    RIGHT_COLUMNS[column].1 - 2.0 * RIGHT_PADDING
}

/// Returns the lines of a lesson's homework.
pub(super) fn homework_lines(lesson: &LessonView) -> Vec<String> {
    TOPIC.wrap(&lesson.homework, inner(3))
}

/// Returns the height of a row with this many lines.
pub(super) fn height_of(lines: usize) -> f64 {
    (lines as f64 * LEADING + 1.6).max(RIGHT_LEAST)
}
