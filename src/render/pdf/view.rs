//! The data of a document as its template reads them.

use serde::Serialize;
use serde_json::{Map, Value};

use super::PdfJob;
use crate::base::signs::{is_plain, printable};
use crate::render::drawing_view::DrawingView;

/// Makes every string of a view printable. A sign that no font has would cost the whole document.
pub(super) fn fit_to_print(data: Vec<u8>) -> Vec<u8> {
    // Control signs stand escaped in JSON.
    let is_fit = std::str::from_utf8(&data).is_ok_and(|text| is_plain(text) && !text.contains("\\u"));
    if is_fit {
        return data;
    }
    let Ok(mut view) = serde_json::from_slice::<Value>(&data) else { return data };
    fit_strings(&mut view);
    serde_json::to_vec(&view).unwrap_or(data)
}

fn fit_strings(value: &mut Value) {
    match value {
        Value::String(text) => *text = printable(text).into_owned(),
        Value::Array(items) => items.iter_mut().for_each(fit_strings),
        Value::Object(members) => members.values_mut().for_each(fit_strings),
        _ => {}
    }
}

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
