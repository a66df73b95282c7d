//! The left page: pupils by lessons, absences and marks in the cells, term marks after the last lesson of a
//! term.

use super::course::{ColumnView, LessonView, PupilRow};
use super::item::Item;
use super::layout::middle;
use super::look::Look;
use crate::render::drawing::{Align, Drawing, Weight, Word, word};
use crate::render::measure::Style;
use crate::render::pdf::Lettering;

/// Space beside a name, and the same on both sides.
const BESIDE: f64 = 1.0;

/// Draws the marks of some pupils for some lessons.
pub(super) fn left_page(
    look: &Look,
    (pupils, first): (&[PupilRow], usize),
    height: f64,
    items: &[Item<'_>],
) -> Drawing {
    let mut drawing = Drawing::default();
    let left = look.edges(0).0;
    let names = left + look.marks.number_width;
    let marks = names + look.marks.name_width;
    let stops = stops(look, marks, items);
    let right = stops.last().map_or(marks, |(_, to)| *to);
    let body = look.top + look.head_total();
    let bottom = body + height * pupils.len() as f64;
    left_head(&mut drawing, look, items, &stops);
    for (index, pupil) in pupils.iter().enumerate() {
        let top = body + height * index as f64;
        pupil_row(&mut drawing, look, [left, top, height], first + index, pupil, items, &stops);
        if index > 0 {
            drawing.across(Weight::Thin, top, left, right);
        }
    }
    drawing.frame(Weight::Bold, [left, look.top, right, bottom]);
    drawing.across(Weight::Bold, body, left, right);
    drawing.down(Weight::Thin, names, look.top, bottom);
    drawing.down(Weight::Bold, marks, look.top, bottom);
    inner_rules(&mut drawing, look, items, &stops, bottom);
    drawing
}

/// Returns the left and right edge of each column; a full page is stretched to its edge.
fn stops(look: &Look, from: f64, items: &[Item<'_>]) -> Vec<(f64, f64)> {
    let total: f64 = items.iter().map(|item| item.width).sum();
    let free = look.marks_width() - total;
    let shown = items.iter().filter(|item| item.width > 0.0).count().max(1);
    let extra = if free < look.marks.term_width { free / shown as f64 } else { 0.0 };
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

fn left_head(drawing: &mut Drawing, look: &Look, items: &[Item<'_>], stops: &[(f64, f64)]) {
    let (bold, day, row) = (look.marks.title, look.marks.day, look.marks.head_row);
    let left = look.edges(0).0;
    let name = left + look.marks.number_width;
    let across = middle(bold, look.top, look.head_total());
    drawing.words(
        bold,
        across,
        vec![
            word(bold, Align::Middle, left, name, "№"),
            word(bold, Align::Middle, name, name + look.marks.name_width, "Фамилия, имя"),
        ],
    );
    let months: Vec<Word> = months(items, stops).iter().filter_map(|one| month_word(day, one)).collect();
    drawing.words(day, middle(day, look.top, row), months);
    let mut days = Vec::new();
    for (item, (from, to)) in items.iter().zip(stops) {
        match item.column {
            ColumnView::Lesson(lesson) => {
                days.push(word(day, Align::Middle, *from, *to, lesson.day.clone()));
            }
            ColumnView::Term(term) if item.width > 0.0 => {
                drawing.words(bold, across, vec![word(bold, Align::Middle, *from, *to, term.title.clone())]);
            }
            ColumnView::Term(_) => {}
        }
    }
    drawing.words(day, middle(day, look.top + row, row), days);
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
fn month_word(style: Style, month: &Month) -> Option<Word> {
    let name = *crate::base::months::MONTHS.get(month.number.checked_sub(1)?)?;
    let short: String = name.chars().take(3).collect();
    let text = if style.fits(name, month.to - month.from - 1.0) { name.to_owned() } else { short };
    Some(word(style, Align::Middle, month.from, month.to, text))
}

fn inner_rules(drawing: &mut Drawing, look: &Look, items: &[Item<'_>], stops: &[(f64, f64)], bottom: f64) {
    let below_months = look.top + look.marks.head_row;
    for month in months(items, stops) {
        drawing.across(Weight::Thin, below_months, month.from, month.to);
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
        drawing.down(Weight::Thin, *from, if same { below_months } else { look.top }, bottom);
    }
}

/// Writes one pupil's row: number, name and all marks as one run, term marks as a bold one.
fn pupil_row(
    drawing: &mut Drawing,
    look: &Look,
    [left, top, height]: [f64; 3],
    index: usize,
    pupil: &PupilRow,
    items: &[Item<'_>],
    stops: &[(f64, f64)],
) {
    let (cell, bold_cell) = (look.marks.cell, look.marks.term);
    let y = middle(cell, top, height);
    let number = (index + 1).to_string();
    let names = left + look.marks.number_width;
    let mut words = vec![word(cell, Align::Right, left, names - BESIDE, number)];
    let name = names + BESIDE;
    let is_plain = pupil.note.is_empty() && cell.fits(&pupil.name, name_room(look));
    if is_plain {
        words.push(Word { x: name, text: pupil.name.clone() });
    }
    let mut bold = Vec::new();
    let mut broken = Vec::new();
    for (item, (from, to)) in items.iter().zip(stops).filter(|(item, _)| !item.continues) {
        let (cells, style, line) = match item.column {
            ColumnView::Lesson(lesson) => (&lesson.cells, cell, &mut words),
            ColumnView::Term(term) => (&term.cells, bold_cell, &mut bold),
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
    drawing.words(cell, y, words);
    if !is_plain {
        small_name(drawing, look, name, [top, height], pupil);
    }
    drawing.words(bold_cell, middle(bold_cell, top, height), bold);
    let small = look.marks.small;
    for (from, to, text) in broken {
        small_lines(drawing, small, [top, height], &small.style.wrap(text, to - from - 1.2), |line| {
            Align::Middle.place(from, to, small.style.width(line))
        });
    }
}

/// Writes a long name, or one with a note below it, in small lines.
fn small_name(drawing: &mut Drawing, look: &Look, x: f64, place: [f64; 2], pupil: &PupilRow) {
    let (large, small) = (look.marks.noted, look.marks.small);
    if large.fits(&pupil.name, name_room(look)) && !pupil.note.is_empty() {
        let [top, height] = place;
        drawing.text(large, x, top + height / 2.0 - 0.15, pupil.name.clone());
        drawing.text(small.style, x, top + height / 2.0 + small.leading, pupil.note.clone());
        return;
    }
    small_lines(drawing, small, place, &small_name_lines(look, pupil), |_| x);
}

/// Returns the room for a name.
fn name_room(look: &Look) -> f64 {
    look.marks.name_width - 2.0 * BESIDE
}

fn small_name_lines(look: &Look, pupil: &PupilRow) -> Vec<String> {
    let wrap = |text: &String| look.marks.small.style.wrap(text, name_room(look));
    [&pupil.name, &pupil.note].into_iter().flat_map(wrap).collect()
}

/// Returns the least height of the rows of some pupils: that of the longest name in small lines.
pub(super) fn row_least(look: &Look, pupils: &[PupilRow]) -> f64 {
    let long = pupils.iter().filter(|pupil| !look.marks.cell.fits(&pupil.name, name_room(look)));
    let lines = long.map(|pupil| small_name_lines(look, pupil).len()).max().unwrap_or(0);
    let room = look.body_height();
    // Counts of lines are far below 2^52: exact.
    (lines as f64 * look.marks.small.leading + 0.7).clamp(look.marks.row.min(room), room)
}

fn small_lines(
    drawing: &mut Drawing,
    Lettering { style, leading, .. }: Lettering,
    [top, height]: [f64; 2],
    lines: &[String],
    x: impl Fn(&str) -> f64,
) {
    let first = top + (height - lines.len() as f64 * leading) / 2.0 + 0.8 * leading;
    for (index, line) in lines.iter().enumerate() {
        drawing.text(style, x(line), first + index as f64 * leading, line.clone());
    }
}

/// Returns the width of a column: that of its widest cell; 0 for a term without marks.
pub(super) fn width(look: &Look, column: &ColumnView, row_height: f64) -> f64 {
    let (cells, style, least) = match column {
        ColumnView::Lesson(lesson) => (&lesson.cells, look.marks.cell, lesson_width(look, lesson)),
        ColumnView::Term(term) if term.cells.iter().all(String::is_empty) => return 0.0,
        ColumnView::Term(term) => {
            let title = look.marks.term.width(&term.title).max(look.marks.title.width(&term.title)) + 1.0;
            (&term.cells, look.marks.term, look.marks.term_width.max(title))
        }
    };
    let wide = cells.iter().filter(|text| text.len() > 4 || !style.fits(text, least - 0.6));
    let widths = wide.map(|text| cell_width(look, style, text, row_height) + 1.2);
    widths.fold(least, f64::max).min(look.marks_width())
}

fn lesson_width(look: &Look, lesson: &LessonView) -> f64 {
    look.marks.lesson_width.max(look.marks.day.width(&lesson.day) + 0.8)
}

/// Returns the width that a cell needs: that of its text, or, if this is too much, that of its lines in small
/// type.
fn cell_width(look: &Look, style: Style, text: &str, row_height: f64) -> f64 {
    let (whole, widest, small) = (style.width(text), look.marks.widest_cell, look.marks.small);
    if whole <= widest {
        return whole;
    }
    let most = (row_height / small.leading) as usize;
    let mut tried = (0..8).map(|step| widest + 8.0 * f64::from(step));
    let fitting = tried.find(|width| small.style.wrap(text, *width).len() <= most);
    fitting.unwrap_or_else(|| look.marks_width() - 1.2).min(whole)
}
