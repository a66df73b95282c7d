//! Lays out a course over facing pages: marks on the left, topics and homework of the same lessons on the
//! right.

use super::course::{ColumnView, CourseView, PupilRow};
use super::item::{BODY_HEIGHT, Item};
use super::left::{MARKS_WIDTH, ROW_MOST, left_page, row_least, width};
use super::right::{MAX_LINES, height_of, homework_lines, right_page, topic_lines};
use crate::render::drawing::Drawing;

/// Returns the pages of a course, alternating left and right; the first is a left one.
pub(super) fn pages(course: &CourseView) -> Vec<Drawing> {
    let least = row_least(&course.pupils);
    // The pages are filled evenly, so that no page has a single last pupil.
    let parts = course.pupils.len().div_ceil(rows_on_page(least)).max(1);
    let rows = course.pupils.len().div_ceil(parts).max(1);
    let height = row_height(rows, least);
    let items = items(course, height);
    let tables: Vec<&[PupilRow]> = course.pupils.chunks(rows).collect();
    let tables = if tables.is_empty() { vec![&[][..]] } else { tables };
    let mut pages = Vec::new();
    for chunk in chunks(&items) {
        let mut first = 0;
        for pupils in &tables {
            pages.push(left_page(pupils, first, height, chunk));
            pages.push(right_page(chunk));
            first += pupils.len();
        }
    }
    pages
}

/// Returns how many pupils a left page can hold in rows of a least height.
fn rows_on_page(least: f64) -> usize {
    ((BODY_HEIGHT / least) as usize).max(1)
}

fn items(course: &CourseView, height: f64) -> Vec<Item<'_>> {
    course.columns.iter().flat_map(|column| item(column, height)).collect()
}

/// Measures a column; a lesson with more lines than a page holds becomes several.
fn item(column: &ColumnView, row_height: f64) -> Vec<Item<'_>> {
    let (mut topic, mut homework) = match column {
        ColumnView::Lesson(lesson) => (topic_lines(lesson), homework_lines(lesson)),
        ColumnView::Term(_) => (Vec::new(), Vec::new()),
    };
    let mut parts = Vec::new();
    loop {
        let more_topic = topic.split_off(topic.len().min(MAX_LINES));
        let more_homework = homework.split_off(homework.len().min(MAX_LINES));
        let lines = topic.len().max(homework.len());
        parts.push(Item {
            column,
            width: width(column, row_height),
            topic,
            homework,
            height: height_of(lines),
            continues: !parts.is_empty(),
        });
        if more_topic.is_empty() && more_homework.is_empty() {
            return parts;
        }
        (topic, homework) = (more_topic, more_homework);
    }
}

/// Divides the columns into spreads that fit the width of the left page and the height of the right page.
fn chunks<'a, 'b>(items: &'b [Item<'a>]) -> Vec<&'b [Item<'a>]> {
    let mut chunks = Vec::new();
    let (mut start, mut width, mut height) = (0, 0.0, 0.0);
    for (index, item) in items.iter().enumerate() {
        let is_full = width + item.width > MARKS_WIDTH || height + item.height > BODY_HEIGHT;
        if index > start && is_full {
            chunks.push(&items[start..index]);
            (start, width, height) = (index, 0.0, 0.0);
        }
        width += item.width;
        height += item.height;
    }
    chunks.push(&items[start..]);
    chunks
}

/// Returns the row height for this many pupils per page, at least what the longest name needs.
fn row_height(pupils: usize, least: f64) -> f64 {
    (BODY_HEIGHT / pupils.max(1) as f64).clamp(least, ROW_MOST.max(least))
}
