//! Characters that control a terminal, hide, change the direction of writing or stand for a lost letter,
//! shown as codes: `U+001B`.
//!
//! All text for people passes through here: the terminal, HTML pages, workbooks, problems. PDFs use
//! [`crate::base::signs`], which puts the codes in brackets. Tables for programs keep the text as it is.

use std::borrow::Cow;
use std::fmt::Write;

use unicode_normalization::char::is_combining_mark;

use crate::base::limits;

/// Returns whether a character is not shown as itself: control characters, and those that change the
/// direction of writing or end lines and paragraphs invisibly.
pub fn is_hidden(sign: char) -> bool {
    sign.is_control()
        || matches!(
            sign,
            '\u{61C}'
                | '\u{200E}'
                | '\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2066}'..='\u{2069}'
                | '\u{206A}'..='\u{206F}'
                | '\u{FFF9}'..='\u{FFFD}'
                | '\u{E0000}'..='\u{E007F}'
        )
}

/// Returns whether one letter has more combining marks than any writing system uses: fonts and typesetters
/// fail on them.
pub fn has_stacked_marks(text: &str) -> bool {
    let mut run = 0usize;
    text.chars().any(|sign| {
        run = if !sign.is_ascii() && is_combining_mark(sign) { run + 1 } else { 0 };
        run > limits::COMBINING_MARKS
    })
}

/// Returns a value, a name or a note as it is shown on one line. Line ends and tabs are shown as codes too.
pub fn line(text: &str) -> Cow<'_, str> {
    coded(text, is_hidden)
}

/// Returns a text that may have several lines. Line ends become uniform; tabs stay.
pub fn lines(text: &str) -> Cow<'_, str> {
    let is_coded = |sign| is_hidden(sign) && !matches!(sign, '\n' | '\t');
    if text.contains("\r\n") {
        return Cow::Owned(coded(&text.replace("\r\n", "\n"), is_coded).into_owned());
    }
    coded(text, is_coded)
}

/// Returns a value of any length as it is shown on one line, cut after so many characters.
pub fn start(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        Some((end, _)) => Cow::Owned(line(&text[..end]).into_owned() + "…"),
        None => line(text),
    }
}

/// Returns a value as a cell of a CSV for people: an apostrophe precedes text that a spreadsheet program
/// would take for a formula. A CSV for programs keeps the text as it is, because an apostrophe would change
/// the value.
pub fn cell(text: &str) -> Cow<'_, str> {
    let shown = lines(text);
    let is_formula = match text.chars().next() {
        Some('=' | '+' | '@' | '\t' | '\r' | '\n') => true,
        Some('-') => text.len() > 1 && text.parse::<f64>().is_err(),
        _ => false,
    };
    if is_formula { Cow::Owned(format!("'{shown}")) } else { shown }
}

/// Returns equal JSON with such characters inside texts written as `\u202e`, for a terminal.
pub fn json(text: &str) -> Cow<'_, str> {
    let is_raw = |sign: char| is_hidden(sign) && sign != '\n';
    replaced(text, is_raw, |out, sign| {
        for unit in sign.encode_utf16(&mut [0; 2]) {
            let _ = write!(out, "\\u{unit:04x}");
        }
    })
}

fn coded(text: &str, is_coded: impl Fn(char) -> bool) -> Cow<'_, str> {
    replaced(text, is_coded, push_code)
}

fn push_code(out: &mut String, sign: char) {
    let _ = write!(out, "U+{:04X}", u32::from(sign));
}

fn replaced(text: &str, is_meant: impl Fn(char) -> bool, write: impl Fn(&mut String, char)) -> Cow<'_, str> {
    if !text.chars().any(&is_meant) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for sign in text.chars() {
        if is_meant(sign) { write(&mut shown, sign) } else { shown.push(sign) }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steering_signs_are_codes_and_all_else_stays() {
        let text = "а\u{1b}[2J\u{202e}б\u{2069}\u{9b}\u{7f}\n\tв\u{ad}\u{200b}\u{301}";
        assert_eq!(lines(text), "аU+001B[2JU+202EбU+2069U+009BU+007F\n\tв\u{ad}\u{200b}\u{301}");
        assert_eq!(line("а\nб\tв"), "аU+000AбU+0009в");
        assert_eq!(line("Ив\u{fffd}нов"), "ИвU+FFFDнов");
        assert_eq!(lines("а\r\nб\r"), "а\nбU+000D");
        assert!(matches!(line("Ёлкина Анна, 5 «А»"), Cow::Borrowed(_)));
        assert_eq!(start("абвгд", 3), "абв…");
        assert_eq!(start("абв", 3), "абв");
    }

    #[test]
    fn a_formula_in_a_table_for_people_is_a_text() {
        for text in ["=1+1", "+7 900", "@SUM(A1)", "\t=1", "-2+3|cmd", "\r=1"] {
            assert!(cell(text).starts_with('\''), "{text:?}");
        }
        for text in ["", "-", "-5", "-0.5", "5", "а=б", "'=1", "Ёлкина"] {
            assert_eq!(cell(text), text);
        }
    }

    #[test]
    fn json_on_a_terminal_says_the_same() {
        let text = "x\u{1b}\u{202e}\\u001b\\\u{7f}\n\"";
        let json_text = serde_json::to_string_pretty(&serde_json::json!([text])).expect("plain text");
        let again: Vec<String> = serde_json::from_str(&json(&json_text)).expect("still JSON");
        assert_eq!(again, [text]);
        assert!(!json(&json_text).contains(|sign| is_hidden(sign) && sign != '\n'));
    }
}
