//! The left page: pupils by lessons, absences and marks in the cells, term marks after the last lesson of a
//! term.

use super::course::{ColumnView, PupilRow};
use super::item::{BODY_HEIGHT, HEAD_ROW, HEAD_TOTAL, Item};
use super::layout::{BODY, TOP, edges};
use crate::render::drawing::{Align, Drawing, Weight, Word, sans, sans_bold, word};
use crate::render::measure::{MM_PER_PT, Style};

const NUMBER_WIDTH: f64 = 6.0;
const NAME_WIDTH: f64 = 40.0;
/// Room for the columns of lessons and terms.
pub(super) const MARKS_WIDTH: f64 = BODY - NUMBER_WIDTH - NAME_WIDTH;
/// Least width of a lesson's column, and of a term's.
const LESSON_WIDTH: f64 = 5.45;
const TERM_WIDTH: f64 = 8.2;
/// A wider cell is broken into lines.
const WIDEST_CELL: f64 = 14.0;
/// Least and greatest height of a pupil's row.
const ROW_LEAST: f64 = 5.25;
pub(super) const ROW_MOST: f64 = 8.0;
const CELL: Style = sans(8.0);
const TERM_CELL: Style = sans_bold(8.0);
const SMALL: Style = sans(6.0);
const SMALL_LEADING: f64 = 2.25;

/// Draws the marks of some pupils for some lessons.
pub(super) fn left_page(pupils: &[PupilRow], first: usize, height: f64, items: &[Item<'_>]) -> Drawing {
    let mut drawing = Drawing::default();
    let left = edges(0).0;
    let marks = left + NUMBER_WIDTH + NAME_WIDTH;
    let stops = stops(marks, items);
    let right = stops.last().map_or(marks, |(_, to)| *to);
    let bottom = TOP + HEAD_TOTAL + height * pupils.len() as f64;
    left_head(&mut drawing, left, items, &stops);
    for (index, pupil) in pupils.iter().enumerate() {
        let top = TOP + HEAD_TOTAL + height * index as f64;
        pupil_row(&mut drawing, [left, top, height], first + index, pupil, items, &stops);
        if index > 0 {
            drawing.across(Weight::Thin, top, left, right);
        }
    }
    drawing.frame(Weight::Bold, [left, TOP, right, bottom]);
    drawing.across(Weight::Bold, TOP + HEAD_TOTAL, left, right);
    drawing.down(Weight::Thin, left + NUMBER_WIDTH, TOP, bottom);
    drawing.down(Weight::Bold, marks, TOP, bottom);
    inner_rules(&mut drawing, items, &stops, bottom);
    drawing
}

/// Returns the left and right edge of each column; a full page is stretched to its edge.
fn stops(from: f64, items: &[Item<'_>]) -> Vec<(f64, f64)> {
    let total: f64 = items.iter().map(|item| item.width).sum();
    let free = MARKS_WIDTH - total;
    let shown = items.iter().filter(|item| item.width > 0.0).count().max(1);
    let extra = if free < TERM_WIDTH { free / shown as f64 } else { 0.0 };
    let mut x = from;
    items
        .iter()
        .map(|item| {
            let start = x;
            x += if item.width > 0.0 { item.width + extra } else { 0.0 };
            (start, x)
        })
        .collect()
}

fn left_head(drawing: &mut Drawing, left: f64, items: &[Item<'_>], stops: &[(f64, f64)]) {
    let bold = sans_bold(7.5);
    let base = |row: f64| TOP + HEAD_ROW * row + HEAD_ROW / 2.0 + 0.95;
    let name = left + NUMBER_WIDTH;
    let middle = TOP + HEAD_ROW + 0.95;
    drawing.words(
        bold,
        middle,
        vec![
            word(bold, Align::Middle, left, name, "№"),
            word(bold, Align::Middle, name, name + NAME_WIDTH, "Фамилия, имя"),
        ],
    );
    let months: Vec<Word> = months(items, stops).iter().filter_map(month_word).collect();
    drawing.words(sans(7.5), base(0.0), months);
    let mut days = Vec::new();
    for (item, (from, to)) in items.iter().zip(stops) {
        match item.column {
            ColumnView::Lesson(lesson) => {
                days.push(word(sans(7.5), Align::Middle, *from, *to, lesson.day.clone()));
            }
            ColumnView::Term(term) if item.width > 0.0 => {
                drawing.words(bold, middle, vec![word(bold, Align::Middle, *from, *to, term.title.clone())]);
            }
            ColumnView::Term(_) => {}
        }
    }
    drawing.words(sans(7.5), base(1.0), days);
}

/// A month over the columns of its lessons.
struct Month {
    number: usize,
    from: f64,
    to: f64,
}

fn months(items: &[Item<'_>], stops: &[(f64, f64)]) -> Vec<Month> {
    let mut months: Vec<Month> = Vec::new();
    for (item, (from, to)) in items.iter().zip(stops) {
        if let ColumnView::Lesson(lesson) = item.column {
            match months.last_mut() {
                Some(month) if month.number == lesson.month && month.to >= *from => month.to = *to,
                _ => months.push(Month { number: lesson.month, from: *from, to: *to }),
            }
        }
    }
    months
}

/// Returns the month's name, shortened to three letters if its columns are narrow.
fn month_word(month: &Month) -> Option<Word> {
    let style = sans(7.5);
    let name = *crate::base::months::MONTHS.get(month.number.checked_sub(1)?)?;
    let short: String = name.chars().take(3).collect();
    let text = if style.fits(name, month.to - month.from - 1.0) { name.to_owned() } else { short };
    Some(word(style, Align::Middle, month.from, month.to, text))
}

fn inner_rules(drawing: &mut Drawing, items: &[Item<'_>], stops: &[(f64, f64)], bottom: f64) {
    for month in months(items, stops) {
        drawing.across(Weight::Thin, TOP + HEAD_ROW, month.from, month.to);
    }
    let inside = items.iter().zip(stops).skip(1);
    for (index, (item, (from, _))) in inside.enumerate() {
        if item.width <= 0.0 {
            continue;
        }
        let same = match (items[index].column, item.column) {
            (ColumnView::Lesson(before), ColumnView::Lesson(after)) => before.month == after.month,
            _ => false,
        };
        drawing.down(Weight::Thin, *from, if same { TOP + HEAD_ROW } else { TOP }, bottom);
    }
}

/// Writes one pupil's row: number, name and all marks as one run, term marks as a bold one.
fn pupil_row(
    drawing: &mut Drawing,
    [left, top, height]: [f64; 3],
    index: usize,
    pupil: &PupilRow,
    items: &[Item<'_>],
    stops: &[(f64, f64)],
) {
    let y = top + height / 2.0 + CELL.size_pt * MM_PER_PT * 0.36;
    let number = (index + 1).to_string();
    let mut words = vec![word(CELL, Align::Right, left, left + NUMBER_WIDTH - 1.0, number)];
    let name = left + NUMBER_WIDTH + 1.0;
    let is_plain = pupil.note.is_empty() && CELL.fits(&pupil.name, NAME_WIDTH - 2.0);
    if is_plain {
        words.push(Word { x: name, text: pupil.name.clone() });
    }
    let mut bold = Vec::new();
    let mut broken = Vec::new();
    for (item, (from, to)) in items.iter().zip(stops).filter(|(item, _)| !item.continues) {
        let (cells, style, line) = match item.column {
            ColumnView::Lesson(lesson) => (&lesson.cells, CELL, &mut words),
            ColumnView::Term(term) => (&term.cells, TERM_CELL, &mut bold),
        };
        let text = cells[index].as_str();
        if text.is_empty() {
            continue;
        }
        if style.fits(text, to - from - 0.6) {
            line.push(word(style, Align::Middle, *from, *to, text));
        } else {
            broken.push((*from, *to, text));
        }
    }
    drawing.words(CELL, y, words);
    if !is_plain {
        small_name(drawing, name, [top, height], pupil);
    }
    drawing.words(TERM_CELL, y, bold);
    for (from, to, text) in broken {
        small_lines(drawing, [top, height], &SMALL.wrap(text, to - from - 1.2), |line| {
            Align::Middle.place(from, to, SMALL.width(line))
        });
    }
}

/// Writes a long name, or one with a note below it, in small lines.
fn small_name(drawing: &mut Drawing, x: f64, place: [f64; 2], pupil: &PupilRow) {
    let width = NAME_WIDTH - 2.0;
    let large = sans(7.0);
    if large.fits(&pupil.name, width) && !pupil.note.is_empty() {
        let [top, height] = place;
        drawing.text(large, x, top + height / 2.0 - 0.15, pupil.name.clone());
        drawing.text(SMALL, x, top + height / 2.0 + SMALL_LEADING, pupil.note.clone());
        return;
    }
    small_lines(drawing, place, &small_name_lines(pupil), |_| x);
}

fn small_name_lines(pupil: &PupilRow) -> Vec<String> {
    [&pupil.name, &pupil.note].into_iter().flat_map(|text| SMALL.wrap(text, NAME_WIDTH - 2.0)).collect()
}

/// Returns the least height of the rows of some pupils: that of the longest name in small lines.
pub(super) fn row_least(pupils: &[PupilRow]) -> f64 {
    let long = pupils.iter().filter(|pupil| !CELL.fits(&pupil.name, NAME_WIDTH - 2.0));
    let lines = long.map(|pupil| small_name_lines(pupil).len()).max().unwrap_or(0);
    // Counts of lines are far below 2^52: exact.
    (lines as f64 * SMALL_LEADING + 0.7).clamp(ROW_LEAST, BODY_HEIGHT)
}

fn small_lines(drawing: &mut Drawing, [top, height]: [f64; 2], lines: &[String], x: impl Fn(&str) -> f64) {
    let first = top + (height - lines.len() as f64 * SMALL_LEADING) / 2.0 + 1.8;
    for (index, line) in lines.iter().enumerate() {
        drawing.text(SMALL, x(line), first + index as f64 * SMALL_LEADING, line.clone());
    }
}

/// Returns the width of a column: that of its widest cell; 0 for a term without marks.
pub(super) fn width(column: &ColumnView, row_height: f64) -> f64 {
    let (cells, style, least) = match column {
        ColumnView::Lesson(lesson) => (&lesson.cells, CELL, LESSON_WIDTH),
        ColumnView::Term(term) if term.cells.iter().all(String::is_empty) => return 0.0,
        ColumnView::Term(term) => {
            (&term.cells, TERM_CELL, TERM_WIDTH.max(TERM_CELL.width(&term.title) + 1.0))
        }
    };
    let long = cells.iter().filter(|text| text.len() > 4);
    long.map(|text| cell_width(style, text, row_height) + 1.2).fold(least, f64::max)
}

/// Returns the width that a cell needs: that of its text, or, if this is too much, that of its lines in small
/// type.
fn cell_width(style: Style, text: &str, row_height: f64) -> f64 {
    let whole = style.width(text);
    if whole <= WIDEST_CELL {
        return whole;
    }
    let most = (row_height / SMALL_LEADING) as usize;
    let mut tried = (0..8).map(|step| WIDEST_CELL + 8.0 * f64::from(step));
    tried.find(|width| SMALL.wrap(text, *width).len() <= most).unwrap_or(MARKS_WIDTH - 1.2).min(whole)
}
