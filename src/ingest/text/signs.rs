//! Characters that are not text: control characters, the replacement character of a lost letter, invisible
//! characters.

use std::borrow::Cow;

use memchr::memmem;

use super::decoded::{Decoded, Note};
use crate::base::problems::ProblemSeverity;
use crate::base::said::said;

/// The text in place of bytes that are not a letter.
pub(crate) const BROKEN: &str = "[?]";
/// The decoders' character for it.
pub(crate) const LOST: char = '\u{fffd}';

/// How many places of one kind are named; a damaged file may have millions.
const MOST_NAMED: usize = 20;

/// Replaces unprintable characters with printable text, and reports each line.
pub(super) fn cleaned(text: Cow<'_, str>, mut notes: Vec<Note>) -> Decoded<'_> {
    let text = without_end_of_file(text);
    if !has_unprintable(&text) {
        return Decoded { text, notes };
    }
    let mut clean = String::with_capacity(text.len());
    let (mut lost, mut controls) = (Lines::default(), Lines::default());
    let mut line = 1u32;
    for sign in text.chars() {
        match sign {
            LOST => {
                lost.add(line);
                clean.push_str(BROKEN);
            }
            '\n' | '\r' | '\t' => {
                line = line.saturating_add(u32::from(sign == '\n'));
                clean.push(sign);
            }
            _ if sign.is_control() => {
                controls.add(line);
                clean.push(' ');
            }
            _ => clean.push(sign),
        }
    }
    notes.extend(lost.rows.iter().map(|row| lost_at(*row, lost.count)));
    notes.extend(controls.rows.first().map(|row| controls_at(*row, controls.count)));
    Decoded { text: clean.into(), notes }
}

/// DOS programs end their files with this character.
fn without_end_of_file(text: Cow<'_, str>) -> Cow<'_, str> {
    const END: char = '\u{1a}';
    match text {
        Cow::Borrowed(text) => text.trim_end_matches(END).into(),
        Cow::Owned(text) if text.ends_with(END) => text.trim_end_matches(END).to_owned().into(),
        owned => owned,
    }
}

/// Only a test; nearly every text has none.
fn has_unprintable(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Counted, not searched, so that the compiler tests many at once.
    let controls: usize = bytes
        .chunks(1 << 12)
        .map(|chunk| {
            let is_control =
                |byte: u8| byte < 0x20 && byte != b'\n' && byte != b'\r' && byte != b'\t' || byte == 0x7F;
            chunk.iter().map(|byte| usize::from(is_control(*byte))).sum::<usize>()
        })
        .sum();
    controls > 0 || !text.is_ascii() && has_lost_or_high(bytes)
}

/// Tests for lost letters, and for control characters beyond ASCII.
fn has_lost_or_high(bytes: &[u8]) -> bool {
    let is_high = |at: usize| bytes.get(at + 1).is_some_and(|byte| *byte < 0xA0);
    memmem::find(bytes, LOST.encode_utf8(&mut [0; 4]).as_bytes()).is_some()
        || memchr::memchr_iter(0xC2, bytes).any(is_high)
}

#[derive(Default)]
struct Lines {
    rows: Vec<u32>,
    count: usize,
}

impl Lines {
    fn add(&mut self, row: u32) {
        self.count += 1;
        if self.rows.len() < MOST_NAMED && self.rows.last() != Some(&row) {
            self.rows.push(row);
        }
    }
}

fn lost_at(row: u32, count: usize) -> Note {
    Note {
        code: "J123",
        severity: ProblemSeverity::Error,
        row,
        message: said!(
            "в строке испорчена буква, вместо неё стоит {BROKEN} (таких мест в файле: {count})",
            "a letter of this line is broken, {BROKEN} stands for it (such places in the file: {count})"
        ),
        hint: said!(
            "исправьте слово в журнале и выгрузите файл снова: часто его обрезает длина поля в базе",
            "mend the word in the journal and export the file again: often the length of a field cuts it off"
        ),
    }
}

fn controls_at(row: u32, count: usize) -> Note {
    Note {
        code: "J123",
        severity: ProblemSeverity::Notice,
        row,
        message: said!(
            "управляющие знаки заменены пробелами (всего в файле: {count})",
            "control signs were taken for blanks (in the whole file: {count})"
        ),
        hint: said!("ничего делать не нужно, если текст верен", "nothing needs doing if the text is right"),
    }
}

/// Returns the text of a cell in printable form: line ends as one character, other control characters as
/// blanks.
#[inline]
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte >= 0x20 && byte != 0x7F && byte != 0xC2 && byte != 0xEF || byte == b'\n';
    if text.bytes().all(is_plain) { text.into() } else { replaced(text) }
}

fn replaced(text: &str) -> Cow<'_, str> {
    let is_bad = |sign: char| sign == LOST || sign.is_control() && !matches!(sign, '\n' | '\t');
    if !text.contains(is_bad) {
        return text.into();
    }
    let mut clean = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            LOST => clean.push_str(BROKEN),
            '\r' if signs.peek() == Some(&'\n') => {}
            '\r' => clean.push('\n'),
            _ if is_bad(sign) => clean.push(' '),
            _ => clean.push(sign),
        }
    }
    clean.into()
}

/// Returns whether a character has no width and no meaning in a code or a header.
pub(crate) fn is_invisible(sign: char) -> bool {
    matches!(
        sign,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e007f}'
    )
}

/// A blank that looks like another.
fn is_odd_blank(sign: char) -> bool {
    sign.is_whitespace() && !matches!(sign, ' ' | '\n' | '\r' | '\t')
}

/// Returns a code or a header as it looks: without invisible characters, with plain blanks, trimmed.
pub(crate) fn without_invisible(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return text.trim().into();
    }
    if !text.chars().any(|sign| is_invisible(sign) || is_odd_blank(sign)) {
        return text.trim().into();
    }
    let seen = text.chars().filter(|sign| !is_invisible(*sign));
    let plain: String = seen.map(|sign| if is_odd_blank(sign) { ' ' } else { sign }).collect();
    plain.trim().to_owned().into()
}

/// Returns a text for a message: invisible characters by their code points, as in `P01[U+200B]`.
pub(crate) fn shown(text: &str) -> Cow<'_, str> {
    let is_hidden = |sign: char| {
        is_invisible(sign)
            || is_odd_blank(sign)
            || sign == LOST
            || sign.is_control() && !matches!(sign, '\n' | '\t')
    };
    if text.is_ascii() && !text.bytes().any(|byte| byte.is_ascii_control()) || !text.contains(is_hidden) {
        return text.into();
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for sign in text.chars() {
        if is_hidden(sign) {
            shown.push_str(&format!("[U+{:04X}]", u32::from(sign)));
        } else {
            shown.push(sign);
        }
    }
    shown.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_shown_by_its_number_and_ignored_in_comparing() {
        assert_eq!(shown("P01\u{200b}"), "P01[U+200B]");
        assert_eq!(shown("P\u{a0}01"), "P[U+00A0]01");
        assert_eq!(shown("P01 я"), "P01 я");
        for text in ["P01\u{200b}", "\u{feff}P01", "P\u{ad}01", "P01\u{a0}", "\u{202a}P01\u{202c}", " P01"] {
            assert_eq!(without_invisible(text), "P01", "{text:?}");
        }
        assert_eq!(without_invisible("Код\u{a0}ученика"), "Код ученика");
    }

    #[test]
    fn no_control_sign_gets_through() {
        let decoded = cleaned("а\u{b}б\u{85}в\u{fffd}\n\u{1a}".into(), Vec::new());
        assert_eq!(decoded.text, "а б в[?]\n");
        assert_eq!(decoded.notes.len(), 2);
    }
}
