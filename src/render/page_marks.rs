//! A short digest of each page's content, so that two editions of a document can be compared page by page.
//! The bytes of the PDF cannot be compared: one new letter renumbers the glyphs of every page.

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::drawing::Drawing;
use super::pdf::PdfJob;

/// Digits of a page mark: enough to distinguish pages; it protects nothing.
const DIGITS: usize = 16;

/// Returns a mark for each page. Of a document with drawings, the view's `pages` are the pages between the first
/// and the last, a drawing or a `leaf` each; the rest of the view belongs to these two, and its `sources` only
/// to the first. If nothing is drawn, each of the view's `tables` is a page, and the rest of the view belongs to
/// the first page and to a page of its own at the end.
pub fn page_marks(job: &PdfJob) -> Vec<String> {
    let Ok(Value::Object(mut view)) = serde_json::from_slice(&job.data) else { return Vec::new() };
    if !job.drawings.is_empty() {
        let pages = view.remove("pages");
        let whole = Value::Object(view.clone()).to_string();
        view.remove("sources");
        let rest = Value::Object(view).to_string();
        let leaf = |page: usize| pages.as_ref()?.get(page.checked_sub(1)?)?.get("leaf");
        let of = |(page, drawing): (usize, &Drawing)| match (page, leaf(page)) {
            (_, Some(leaf)) => mark(leaf.to_string().as_bytes()),
            (0, None) => mark(whole.as_bytes()),
            (_, None) if is_empty(drawing) => mark(rest.as_bytes()),
            (_, None) => of_drawing(drawing),
        };
        return job.drawings.iter().enumerate().map(of).collect();
    }
    let Some(Value::Array(tables)) = view.remove("tables") else { return Vec::new() };
    let pages = view.get("numbers").and_then(Value::as_array).map_or(tables.len(), Vec::len);
    let rest = Value::Object(view).to_string();
    let mut marks: Vec<String> = tables.iter().map(|table| mark(table.to_string().as_bytes())).collect();
    if let Some(first) = marks.first_mut() {
        *first = mark(format!("{first}{rest}").as_bytes());
    }
    marks.resize(pages.max(marks.len()), mark(rest.as_bytes()));
    marks
}

fn is_empty(drawing: &Drawing) -> bool {
    drawing.lines.is_empty() && drawing.rules.is_empty() && drawing.fills.is_empty()
}

fn of_drawing(drawing: &Drawing) -> String {
    let mut hasher = Sha256::new();
    for line in &drawing.lines {
        hasher.update(line.y.to_bits().to_le_bytes());
        hasher.update(line.style.size_pt.to_bits().to_le_bytes());
        for word in &line.words {
            hasher.update(word.x.to_bits().to_le_bytes());
            hasher.update(&word.text);
            hasher.update([0]);
        }
    }
    for fill in &drawing.fills {
        hasher.update([fill.shade.luma()]);
        fill.corners.iter().for_each(|edge| hasher.update(edge.to_bits().to_le_bytes()));
    }
    hasher.update(drawing.rules.len().to_le_bytes());
    written(&hasher.finalize())
}

fn mark(bytes: &[u8]) -> String {
    written(&Sha256::digest(bytes))
}

fn written(digest: &[u8]) -> String {
    let mut text: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    text.truncate(DIGITS);
    text
}
