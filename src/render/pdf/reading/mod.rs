//! Reads a typeset document back as lines of text, in page order.

mod columns;

use typst::layout::{Frame, FrameItem, Point, Transform};
use typst::text::TextItem;
use typst_layout::PagedDocument;

use columns::{Cell, laid_out};

/// Texts whose baselines are at most this far apart are on one line, in points.
const SAME_LINE: f64 = 1.5;

/// Runs closer than this are parts of one word, in ems; runs closer than the gap of a cell have a space
/// between them.
const SAME_WORD: f64 = 0.12;
const SAME_CELL: f64 = 0.45;

/// How far the spaces in a drawn word may differ from the font's own, in ems; other spaces are the gaps
/// between drawn words.
const SAME_SPACE: f64 = 0.001;

/// The share of a line's size above its baseline.
const HEIGHT: f64 = 0.7;

/// A run of text with its beginning and its end, in points.
struct Run {
    x: f64,
    end: f64,
    y: f64,
    size: f64,
    is_turned: bool,
    /// A cell begins here, however near the text before it is.
    begins: bool,
    text: String,
}

/// Returns the lines of every page from top to bottom; one column of the page is one column of the text.
pub(super) fn page_texts(document: &PagedDocument) -> Vec<Vec<String>> {
    let lines_of = |frame: &Frame| {
        let mut runs = Vec::new();
        collect(frame, Transform::identity(), &mut runs);
        laid_out(&lines(runs))
    };
    document.pages().iter().map(|page| lines_of(&page.frame)).collect()
}

fn collect(frame: &Frame, at: Transform, runs: &mut Vec<Run>) {
    for (point, item) in frame.items() {
        let here = at.pre_concat(Transform::translate(point.x, point.y));
        match item {
            FrameItem::Group(group) => collect(&group.frame, here.pre_concat(group.transform), runs),
            FrameItem::Text(text) if here.sx.get().abs() < 0.5 => runs.push(turned(text, here)),
            FrameItem::Text(text) => level(text, here, runs),
            _ => {}
        }
    }
}

/// Takes an upward text: its breadth is the height of a line.
fn turned(item: &TextItem, at: Transform) -> Run {
    let place = Point::zero().transform(at);
    let (end, y, size) = (place.x.to_pt(), place.y.to_pt(), item.size.to_pt());
    Run { x: end - HEIGHT * size, end, y, size, is_turned: true, begins: true, text: item.text.to_string() }
}

/// Takes a horizontal text, split where a space is the gap between two cells. Full cells are close together:
/// in a drawn line every space counts that is not the font's own.
fn level(item: &TextItem, at: Transform, runs: &mut Vec<Run>) {
    let place = Point::zero().transform(at);
    let (mut x, y, size) = (place.x.to_pt(), place.y.to_pt(), item.size.to_pt());
    let (mut end, mut begins) = (x, false);
    let mut text = String::new();
    for glyph in &item.glyphs {
        let (sign, advance) = (&item.text[glyph.range()], glyph.x_advance.get());
        let own = item.font.x_advance(glyph.id).map_or(advance, |own| own.get());
        let is_drawn = glyph.span.0.is_detached();
        let is_gap = advance >= SAME_CELL || is_drawn && (advance - own).abs() > SAME_SPACE;
        if sign == " " && is_gap {
            let text = std::mem::take(&mut text);
            runs.push(Run { x, end, y, size, is_turned: false, begins, text });
            (x, begins) = (end + advance * size, true);
        } else {
            // A hyphen at a line's end is visible, though the text has only a soft hyphen.
            text.push_str(if sign == "\u{ad}" { "-" } else { sign });
        }
        end += advance * size;
    }
    runs.push(Run { x, end, y, size, is_turned: false, begins, text });
}

fn lines(mut runs: Vec<Run>) -> Vec<Vec<Cell>> {
    runs.sort_by(|one, other| one.y.total_cmp(&other.y).then(one.x.total_cmp(&other.x)));
    let mut lines: Vec<(f64, Vec<Run>)> = Vec::new();
    for run in runs {
        match lines.last_mut() {
            Some((y, line)) if run.y - *y <= SAME_LINE => line.push(run),
            _ => lines.push((run.y, vec![run])),
        }
    }
    lines.into_iter().flat_map(|(_, line)| stacked(cells(line))).filter(|line| !line.is_empty()).collect()
}

/// Writes upward texts as a head of horizontal words one below the other.
fn stacked(line: Vec<Cell>) -> Vec<Vec<Cell>> {
    let words = |cell: &Cell| if cell.is_turned { cell.text.split_whitespace().count() } else { 1 };
    let height = line.iter().map(words).max().unwrap_or(0);
    let mut lines: Vec<Vec<Cell>> = (0..height).map(|_| Vec::new()).collect();
    for cell in line {
        if cell.is_turned {
            let first = height - words(&cell);
            for (line, word) in lines[first..].iter_mut().zip(cell.text.split_whitespace()) {
                line.push(Cell { text: word.to_owned(), ..cell });
            }
        } else if let Some(last) = lines.last_mut() {
            last.push(cell);
        }
    }
    lines
}

/// Joins the runs of a line that are close together.
fn cells(mut line: Vec<Run>) -> Vec<Cell> {
    line.sort_by(|one, other| one.x.total_cmp(&other.x));
    let mut cells: Vec<Cell> = Vec::new();
    for run in line {
        let gap = |cell: &Cell| (run.x - cell.end) / run.size;
        match cells.last_mut().filter(|cell| !run.begins && gap(cell) < SAME_CELL) {
            Some(cell) => {
                let is_apart = cell.text.ends_with(' ') || run.text.starts_with(' ');
                if gap(cell) >= SAME_WORD && !is_apart {
                    cell.text.push(' ');
                }
                cell.text.push_str(&run.text);
                cell.end = run.end;
            }
            None => cells.push(Cell { x: run.x, end: run.end, is_turned: run.is_turned, text: run.text }),
        }
    }
    cells.retain(|cell| !cell.text.trim().is_empty());
    cells
}
