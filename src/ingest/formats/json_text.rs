//! Invalid JSON that programs write: `NaN` for an empty value, a comma after the last item.

use crate::base::problems::ProblemSeverity;
use crate::base::said::said;
use crate::ingest::text::Note;

/// A text whose invalid JSON was replaced.
pub(super) struct Mended {
    pub(super) text: String,
    /// Line of the first such place.
    pub(super) line: u32,
}

/// Words for an empty value in Python and JavaScript.
const NOTHING: [&str; 4] = ["NaN", "-Infinity", "Infinity", "undefined"];

/// Replaces such words with `null` and drops commas after the last item; `None` if there are neither.
pub(super) fn mended(text: &str) -> Option<Mended> {
    let mut mended = String::with_capacity(text.len());
    let mut first = None;
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        let taken = if sign == '"' {
            string_length(rest)
        } else if let Some(word) = NOTHING.into_iter().find(|word| rest.starts_with(word)) {
            first.get_or_insert(mended.len());
            mended.push_str("null");
            rest = &rest[word.len()..];
            continue;
        } else if sign == ',' && rest[1..].trim_start().starts_with([']', '}']) {
            first.get_or_insert(mended.len());
            rest = &rest[1..];
            continue;
        } else {
            sign.len_utf8()
        };
        mended.push_str(&rest[..taken]);
        rest = &rest[taken..];
    }
    let breaks = mended[..first?].matches('\n').count();
    Some(Mended { text: mended, line: u32::try_from(breaks + 1).unwrap_or(u32::MAX) })
}

/// Returns the length of a string with its quotes.
fn string_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    text.len()
}

pub(super) fn note(line: u32) -> Note {
    Note {
        code: "J125",
        severity: ProblemSeverity::Notice,
        // Rows of JSON are records.
        row: 0,
        message: said!(
            "строка {line}: NaN или лишняя запятая — не JSON; NaN прочитано как пустое значение",
            "line {line}: NaN or a comma too many, which is no JSON; NaN was read as nothing"
        ),
        hint: said!(
            "ничего делать не нужно; в pandas пустые значения пишет to_json",
            "nothing needs doing; to_json of pandas writes empty values right"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::mended;

    #[test]
    fn only_what_is_no_json_is_replaced() {
        let found = mended("[\n{\"a\": NaN, \"б\": \"NaN, ]\\\"\",},\n]").expect("there is something");
        assert_eq!((found.text.as_str(), found.line), ("[\n{\"a\": null, \"б\": \"NaN, ]\\\"\"}\n]", 2));
        assert!(mended("[{\"a\": \"NaN\"}]").is_none());
    }
}
