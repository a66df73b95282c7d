//! What spreadsheets and invisible characters do to ids.

use std::borrow::Cow;

use super::text::without_invisible;

/// Returns the intended id: without invisible characters, the apostrophe that makes a cell text, and `.0`
/// after a whole number.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    if is_plain(text.as_bytes()) {
        return text.into();
    }
    let seen = without_invisible(text);
    let bare = seen.strip_prefix(['\'', '’', '‘']).unwrap_or(&seen);
    let whole = [".0", ",0", ".00", ",00"].into_iter().find_map(|end| bare.strip_suffix(end));
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let meant = whole.filter(|whole| is_number(whole)).unwrap_or(bare);
    if meant.len() == text.len() { text.into() } else { meant.to_owned().into() }
}

/// A cheap test first: nearly every id is letters and digits.
#[inline]
fn is_plain(bytes: &[u8]) -> bool {
    let ends_plain = |last: &u8| *last != b'0' || !bytes.iter().any(|byte| matches!(byte, b'.' | b','));
    bytes.is_ascii()
        && bytes.first().is_some_and(|first| first.is_ascii_alphanumeric())
        && bytes.last().is_some_and(|last| last.is_ascii_alphanumeric() && ends_plain(last))
}

/// Returns whether an id is a number as spreadsheets shorten it: `1,00001E+16`.
pub(crate) fn is_cut(text: &str) -> bool {
    if !text.as_bytes().first().is_some_and(u8::is_ascii_digit) {
        return false;
    }
    let Some((digits, power)) = text.split_once(['E', 'e', 'Е', 'е']) else { return false };
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = digits.split_once(['.', ',']).unwrap_or((digits, "0"));
    power.strip_prefix('+').is_some_and(is_number) && is_number(whole) && is_number(fraction)
}

/// Returns a number without leading zeros; `None` if it is not a number.
pub(crate) fn without_zeros(text: &str) -> Option<&str> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.trim_start_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_as_they_are_meant() {
        for (text, meant) in [
            ("'0000101", "0000101"),
            ("101.0", "101"),
            ("101,00", "101"),
            ("P01\u{200b}", "P01"),
            ("\u{feff}P01", "P01"),
            ("P-1.0", "P-1.0"),
            ("1.05", "1.05"),
            ("'", ""),
            ("О'Нил", "О'Нил"),
        ] {
            assert_eq!(plain(text), meant, "{text}");
        }
    }

    #[test]
    fn numbers_that_a_spreadsheet_has_cut_are_known() {
        for text in ["1,00001E+16", "1.5e+17", "1E+16", "1,00001Е+16"] {
            assert!(is_cut(text), "{text}");
        }
        for text in ["1E5", "12E45", "E+16", "a1E+2", "1,00001E16", "5А"] {
            assert!(!is_cut(text), "{text}");
        }
    }
}
