//! Undoes the changes of mail programs and editors: line ends, a byte order mark, UTF-16.

use std::borrow::Cow;

/// The mark that some editors put before UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// Returns the bytes that letopis wrote, whatever a mail program did to line ends and encoding.
pub fn as_written(bytes: &[u8]) -> Cow<'_, [u8]> {
    match undone(bytes) {
        (_, changes) if changes.is_empty() => Cow::Borrowed(bytes),
        (text, _) => Cow::Owned(text.into_owned().into_bytes()),
    }
}

/// Returns the text as it was written, and the changes that were undone, in both languages.
pub(super) fn undone(bytes: &[u8]) -> (Cow<'_, str>, Vec<&'static str>) {
    let mut changes = Vec::new();
    let mut text = match utf16(bytes) {
        Some(text) => {
            changes.push("UTF-16");
            Cow::Owned(text)
        }
        None => match bytes.strip_prefix(MARK) {
            Some(rest) => {
                changes.push("BOM");
                String::from_utf8_lossy(rest)
            }
            None => String::from_utf8_lossy(bytes),
        },
    };
    if text.contains("\r\n") {
        changes.push("CRLF");
        text = Cow::Owned(text.replace("\r\n", "\n"));
    } else if text.contains('\r') && !text.contains('\n') {
        changes.push("CR");
        text = Cow::Owned(text.replace('\r', "\n"));
    }
    if !changes.is_empty() {
        // Blank lines at the end are also an effect of mail; a register has none.
        let whole = text.trim_end_matches(['\n', '\r', ' ']);
        let ended = if text[whole.len()..].contains('\n') { "\n" } else { "" };
        text = Cow::Owned(format!("{whole}{ended}"));
    }
    (text, changes)
}

/// Decodes UTF-16 with a byte order mark; a register never begins with one.
fn utf16(bytes: &[u8]) -> Option<String> {
    let unit: fn([u8; 2]) -> u16 = match bytes.get(..2)? {
        [0xFF, 0xFE] => u16::from_le_bytes,
        [0xFE, 0xFF] => u16::from_be_bytes,
        _ => return None,
    };
    let units = bytes[2..].chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    Some(char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_mail_and_editors_do_is_undone_and_named() {
        let text = "один\tдва\nтри\n";
        let utf16: Vec<u8> = std::iter::once(0xFEFF)
            .chain(text.replace('\n', "\r\n").encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        let cases: [(Vec<u8>, &[&str]); 7] = [
            (text.as_bytes().to_vec(), &[]),
            (text.replace('\n', "\r\n").into_bytes(), &["CRLF"]),
            ("один\tдва\nтри\r\n".as_bytes().to_vec(), &["CRLF"]),
            (format!("{}\r\n \r\n", text.replace('\n', "\r\n")).into_bytes(), &["CRLF"]),
            (text.replace('\n', "\r").into_bytes(), &["CR"]),
            ([MARK, text.as_bytes()].concat(), &["BOM"]),
            (utf16, &["UTF-16", "CRLF"]),
        ];
        for (bytes, changes) in cases {
            assert_eq!(undone(&bytes), (Cow::Borrowed(text), changes.to_vec()), "{bytes:?}");
            assert_eq!(as_written(&bytes), text.as_bytes());
        }
    }
}
