//! Reads a typeset document back as lines of text, in the order of its pages.

use typst::layout::{Frame, FrameItem, Point, Transform};
use typst_layout::PagedDocument;

/// Texts whose baselines are no farther apart than this stand on one line, in points.
const SAME_LINE: f64 = 1.5;

/// Runs closer than this are parts of one word, in ems; farther ones have a space between them, columns two.
const SAME_WORD: f64 = 0.12;
const SAME_CELL: f64 = 0.6;

/// A run of text with the place where it begins and where it ends, in points.
struct Run {
    x: f64,
    end: f64,
    y: f64,
    size: f64,
    text: String,
}

/// Returns the lines of every page: from top to bottom, runs of one line from left to right, cells with two spaces between them.
pub(super) fn page_texts(document: &PagedDocument) -> Vec<Vec<String>> {
    let lines_of = |frame: &Frame| {
        let mut runs = Vec::new();
        collect(frame, Transform::identity(), &mut runs);
        lines(runs)
    };
    document.pages().iter().map(|page| lines_of(&page.frame)).collect()
}

fn collect(frame: &Frame, at: Transform, runs: &mut Vec<Run>) {
    for (point, item) in frame.items() {
        let here = at.pre_concat(Transform::translate(point.x, point.y));
        match item {
            FrameItem::Group(group) => collect(&group.frame, here.pre_concat(group.transform), runs),
            FrameItem::Text(text) => {
                let place = Point::zero().transform(here);
                let (x, y) = (place.x.to_pt(), place.y.to_pt());
                let (end, size) = (x + text.width().to_pt(), text.size.to_pt());
                runs.push(Run { x, end, y, size, text: text.text.to_string() });
            }
            _ => {}
        }
    }
}

fn lines(mut runs: Vec<Run>) -> Vec<String> {
    runs.sort_by(|one, other| one.y.total_cmp(&other.y).then(one.x.total_cmp(&other.x)));
    let mut lines: Vec<(f64, Vec<Run>)> = Vec::new();
    for run in runs {
        match lines.last_mut() {
            Some((y, line)) if run.y - *y <= SAME_LINE => line.push(run),
            _ => lines.push((run.y, vec![run])),
        }
    }
    lines.into_iter().map(|(_, line)| joined(line)).filter(|line| !line.is_empty()).collect()
}

/// Joins the runs of a line from left to right.
fn joined(mut line: Vec<Run>) -> String {
    line.sort_by(|one, other| one.x.total_cmp(&other.x));
    let mut text = String::new();
    let mut end = f64::NEG_INFINITY;
    for run in &line {
        let gap = (run.x - end) / run.size;
        let is_apart = text.ends_with(' ') || run.text.starts_with(' ');
        text.push_str(match gap {
            gap if gap < SAME_WORD || text.is_empty() => "",
            gap if gap < SAME_CELL => {
                if is_apart {
                    ""
                } else {
                    " "
                }
            }
            _ => "  ",
        });
        text.push_str(&run.text);
        end = run.end;
    }
    text.trim().to_owned()
}
