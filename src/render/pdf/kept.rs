//! A document's view as a file: plain typst sets the same pages from it.

use serde::Serialize;
use serde_json::{Map, Value};

use super::PdfJob;
use super::view::fit_to_print;
use crate::render::drawing_view::DrawingView;

/// What a kept view has besides the view itself.
#[derive(Serialize)]
struct Kept {
    #[serde(flatten)]
    view: Map<String, Value>,
    /// What the program draws upon the pages: plain typst has nobody else to draw it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    drawn: Vec<DrawingView>,
}

/// Returns the view of a document as a file that plain typst sets the same pages from.
///
/// # Errors
/// When the view is no JSON object: a fault of the program.
pub fn kept_view(job: &PdfJob) -> serde_json::Result<Vec<u8>> {
    let view = serde_json::from_slice(&fit_to_print(job.data.clone()))?;
    let drawn = job.drawings.iter().map(DrawingView::from).collect();
    let mut json = serde_json::to_vec_pretty(&Kept { view, drawn })?;
    json.push(b'\n');
    Ok(json)
}
