//! Lays out a course over facing pages: marks on the left, topics and homework of the same lessons on the
//! right.

use super::course::{ColumnView, CourseView, PupilRow};
use super::item::Item;
use super::left::{left_page, row_least, width};
use super::look::Look;
use super::right::{height_of, homework_lines, most_lines, right_page, topic_lines};
use crate::render::drawing::Drawing;

/// Returns the pages of a course, alternating left and right; the first is a left one.
pub(super) fn pages(look: &Look, course: &CourseView) -> Vec<Drawing> {
    let least = row_least(look, &course.pupils);
    // The pages are filled evenly, so that no page has a single last pupil.
    let parts = course.pupils.len().div_ceil(rows_on_page(look, least)).max(1);
    let rows = course.pupils.len().div_ceil(parts).max(1);
    let height = row_height(look, rows, least);
    let items = items(look, course, height);
    let tables: Vec<&[PupilRow]> = course.pupils.chunks(rows).collect();
    let tables = if tables.is_empty() { vec![&[][..]] } else { tables };
    let mut pages = Vec::new();
    for chunk in chunks(look, &items) {
        let mut first = 0;
        for pupils in &tables {
            pages.push(left_page(look, (pupils, first), height, chunk));
            pages.push(right_page(look, chunk));
            first += pupils.len();
        }
    }
    pages
}

/// Returns how many pupils a left page can hold in rows of a least height.
fn rows_on_page(look: &Look, least: f64) -> usize {
    ((look.body_height() / least) as usize).max(1)
}

fn items<'a>(look: &Look, course: &'a CourseView, height: f64) -> Vec<Item<'a>> {
    course.columns.iter().flat_map(|column| item(look, column, height)).collect()
}

/// Measures a column; a lesson with more lines than a page holds becomes several.
fn item<'a>(look: &Look, column: &'a ColumnView, row_height: f64) -> Vec<Item<'a>> {
    let (mut topic, mut homework) = match column {
        ColumnView::Lesson(lesson) => (topic_lines(look, lesson), homework_lines(look, lesson)),
        ColumnView::Term(_) => (Vec::new(), Vec::new()),
    };
    let (width, most) = (width(look, column, row_height), most_lines(look));
    let mut parts = Vec::new();
    loop {
        let more_topic = topic.split_off(topic.len().min(most));
        let more_homework = homework.split_off(homework.len().min(most));
        let lines = topic.len().max(homework.len());
        parts.push(Item {
            column,
            width,
            topic,
            homework,
            height: height_of(look, lines),
            continues: !parts.is_empty(),
        });
        if more_topic.is_empty() && more_homework.is_empty() {
            return parts;
        }
        (topic, homework) = (more_topic, more_homework);
    }
}

/// Divides the columns into spreads that fit the width of the left page and the height of the right page.
fn chunks<'a, 'b>(look: &Look, items: &'b [Item<'a>]) -> Vec<&'b [Item<'a>]> {
    let mut chunks = Vec::new();
    let (mut start, mut width, mut height) = (0, 0.0, 0.0);
    for (index, item) in items.iter().enumerate() {
        let is_full = width + item.width > look.marks_width() || height + item.height > look.body_height();
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
fn row_height(look: &Look, pupils: usize, least: f64) -> f64 {
    (look.body_height() / pupils.max(1) as f64).clamp(least, look.marks.row_most.max(least))
}
