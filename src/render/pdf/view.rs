//! The data of a document as its template reads them.

use serde_json::Value;

use crate::base::signs::{is_plain, printable};

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
