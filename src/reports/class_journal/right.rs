//! The right page: date, number, topic and homework of the lessons in the columns of the left page.

use super::course::{ColumnView, LessonView};
use super::item::Item;
use super::layout::middle;
use super::look::Look;
use crate::render::drawing::{Align, Drawing, Weight, word};
use crate::render::measure::Style;

/// Returns how many lines a page can hold in one row.
pub(super) fn most_lines(look: &Look) -> usize {
    (((look.body_height() - 2.0) / look.topics.text.leading) as usize).max(1)
}

/// Draws dates, topics and homework of some lessons.
pub(super) fn right_page(look: &Look, items: &[Item<'_>]) -> Drawing {
    let mut drawing = Drawing::default();
    let (left, right) = look.edges(1);
    let body = look.top + look.head_total();
    let mut y = body;
    right_head(&mut drawing, look, left);
    let mut rows = Vec::new();
    let least = spread_out(look, items);
    for item in items {
        let height = item.height.max(least);
        if y > body {
            drawing.across(Weight::Thin, y, left, right);
        }
        right_row(&mut drawing, look, left, [y, height], item);
        rows.push((y, y + height, matches!(item.column, ColumnView::Lesson(_))));
        y += height;
    }
    drawing.frame(Weight::Bold, [left, look.top, right, y]);
    drawing.across(Weight::Bold, body, left, right);
    column_rules(&mut drawing, look, left, &rows);
    drawing
}

/// Returns the greatest row height at which the rows still fit the page.
fn spread_out(look: &Look, items: &[Item<'_>]) -> f64 {
    let (row, most) = (look.topics.row, look.topics.row_most);
    let steps = ((most - row).max(0.0) / 0.1).round() as usize;
    let mut tried = (0..=steps).map(|step| most - 0.1 * step as f64);
    let room = look.body_height();
    let fits = |least: &f64| items.iter().map(|item| item.height.max(*least)).sum::<f64>() <= room;
    tried.find(fits).unwrap_or(row)
}

fn right_head(drawing: &mut Drawing, look: &Look, left: f64) {
    let style = look.topics.title;
    let mut x = left;
    let mut words = Vec::new();
    for (title, width) in look.topic_columns() {
        words.push(word(style, Align::Middle, x, x + width, title));
        x += width;
    }
    drawing.words(style, middle(style, look.top, look.head_total()), words);
}

/// Draws the rules between the columns; rows of terms have none.
fn column_rules(drawing: &mut Drawing, look: &Look, left: f64, rows: &[(f64, f64, bool)]) {
    let mut x = left;
    for (_, width) in &look.topic_columns()[..3] {
        x += width;
        let mut from = look.top;
        for (top, bottom, is_lesson) in rows {
            if !is_lesson {
                if from < *top {
                    drawing.down(Weight::Thin, x, from, *top);
                }
                from = *bottom;
            }
        }
        let end = rows.last().map_or(look.top + look.head_total(), |row| row.1);
        if from < end {
            drawing.down(Weight::Thin, x, from, end);
        }
    }
}

fn right_row(drawing: &mut Drawing, look: &Look, left: f64, [top, height]: [f64; 2], item: &Item<'_>) {
    let (columns, padding) = (look.topic_columns(), look.topics.padding);
    let lesson = match item.column {
        ColumnView::Lesson(lesson) => lesson,
        ColumnView::Term(term) => {
            let style = look.topics.title;
            drawing.text(style, left + padding, middle(style, top, height), term.summary.clone());
            return;
        }
    };
    let x = |column: usize| left + columns[..column].iter().map(|(_, width)| width).sum::<f64>();
    let (style, leading) = (look.topics.text.style, look.topics.text.leading);
    let lines = item.topic.len().max(item.homework.len()).max(1);
    let first = top + (height - lines as f64 * leading) / 2.0 + leading * 0.76;
    let date = if item.continues { "прод." } else { lesson.date.as_str() };
    drawing.words(
        style,
        first,
        vec![
            word(style, Align::Middle, left, x(1), date),
            word(style, Align::Middle, x(1), x(2), lesson.number.clone()),
        ],
    );
    for (index, (style, line)) in item.topic.iter().enumerate() {
        drawing.text(*style, x(2) + padding, first + index as f64 * leading, line.clone());
    }
    for (index, line) in item.homework.iter().enumerate() {
        drawing.text(style, x(3) + padding, first + index as f64 * leading, line.clone());
    }
}

/// Returns the lines of a lesson's topic, with the lesson's status below it.
pub(super) fn topic_lines(look: &Look, lesson: &LessonView) -> Vec<(Style, String)> {
    let width = inner(look, 2);
    let set = |style: Style, text: &str| {
        style.wrap(text, width).into_iter().map(move |line| (style, line)).collect::<Vec<_>>()
    };
    let mut lines = set(look.topics.text.style, &lesson.topic);
    lines.extend(lesson.notes.iter().flat_map(|note| set(look.topics.remark, note)));
    lines
}

fn inner(look: &Look, column: usize) -> f64 {
    look.topic_columns()[column].1 - 2.0 * look.topics.padding
}

/// Returns the lines of a lesson's homework.
pub(super) fn homework_lines(look: &Look, lesson: &LessonView) -> Vec<String> {
    look.topics.text.style.wrap(&lesson.homework, inner(look, 3))
}

/// Returns the height of a row with this many lines.
pub(super) fn height_of(look: &Look, lines: usize) -> f64 {
    (lines as f64 * look.topics.text.leading + 1.6).max(look.topics.row)
}
