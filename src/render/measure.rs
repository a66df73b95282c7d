//! Measures text with the real widths of the fonts and breaks it into lines, so that a page is known before it is set.

use super::fonts::Face;

/// Millimetres in a typographic point.
pub const MM_PER_PT: f64 = 25.4 / 72.0;

/// A face at a size: what it takes to measure or to set text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// The font.
    pub face: Face,
    /// Size in points.
    pub size_pt: f64,
}

impl Style {
    /// Names a face at a size in points.
    pub const fn new(face: Face, size_pt: f64) -> Self {
        Self { face, size_pt }
    }

    /// Returns the width of a text on one line, in millimetres.
    pub fn width(self, text: &str) -> f64 {
        text.chars().map(|one| self.face.glyph(one).advance).sum::<f64>() * self.size_pt * MM_PER_PT
    }

    /// Returns whether a text fits a width in millimetres on one line.
    pub fn fits(self, text: &str, width: f64) -> bool {
        self.width(text) <= width + SLACK
    }

    /// Breaks a text into lines no wider than `width` millimetres, at spaces; a word that is wider alone is broken
    /// after a hyphen or a slash, else where the line is full. No character but white space is lost; a space that does
    /// not break (U+00A0) stays.
    pub fn wrap(self, text: &str, width: f64) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let is_gap = |one: char| one.is_whitespace() && one != '\u{a0}';
        for word in text.split(is_gap).filter(|word| !word.is_empty()) {
            if let Some(line) = lines.last_mut() {
                let longer = format!("{line} {word}");
                if self.fits(&longer, width) {
                    *line = longer;
                    continue;
                }
            }
            lines.extend(self.pieces(word, width));
        }
        lines
    }

    /// Cuts a word into pieces that fit.
    fn pieces(self, word: &str, width: f64) -> Vec<String> {
        let mut pieces = Vec::new();
        let mut rest = word;
        while !self.fits(rest, width) {
            let cut = self.cut(rest, width);
            pieces.push(rest[..cut].to_owned());
            rest = &rest[cut..];
        }
        pieces.push(rest.to_owned());
        pieces
    }

    /// Returns the byte where a too wide word is cut: after the last joint that fits, else after the last character
    /// that does, but after one character at least.
    fn cut(self, word: &str, width: f64) -> usize {
        let first = word.chars().next().map_or(word.len(), char::len_utf8);
        let mut fitting = first;
        let mut joint = None;
        for (start, character) in word.char_indices() {
            let end = start + character.len_utf8();
            if !self.fits(&word[..end], width) {
                break;
            }
            fitting = fitting.max(end);
            if matches!(character, '-' | '/' | ',' | ';') {
                joint = Some(end);
            }
        }
        joint.unwrap_or(fitting)
    }
}

/// Rounding of sums of widths may not break a line, in millimetres.
const SLACK: f64 = 1e-6;

/// Returns text fit for one line of a cell: any run of white space or control characters becomes one space.
pub fn clean(text: &str) -> String {
    let spaced: String = text.chars().map(|one| if one.is_control() { ' ' } else { one }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SANS: Style = Style::new(Face::Sans, 10.0);

    #[test]
    fn digits_are_as_wide_as_the_font_says() {
        // 1139 of 2048 units, as in Arial.
        assert!((SANS.width("55") - 2.0 * 1139.0 / 2048.0 * 10.0 * MM_PER_PT).abs() < 1e-9);
    }

    #[test]
    fn wrapped_lines_fit_and_lose_nothing() {
        let text = "Упражнение 125, выучить правило на странице 48; словарь-справочник/приложение";
        let lines = SANS.wrap(text, 30.0);
        assert!(lines.len() > 3);
        assert!(lines.iter().all(|line| SANS.fits(line, 30.0)), "{lines:?}");
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        assert_eq!(bare(&lines.join(" ")), bare(text));
    }

    #[test]
    fn a_word_without_joints_is_cut_where_the_line_is_full() {
        let lines = SANS.wrap(&"щ".repeat(40), 20.0);
        assert!(lines.len() > 2);
        assert_eq!(lines.concat(), "щ".repeat(40));
    }

    #[test]
    fn a_space_that_does_not_break_stays() {
        let width = SANS.width("приказ пр.");
        assert_eq!(SANS.wrap("приказ пр. №\u{a0}61", width), ["приказ пр.", "№\u{a0}61"]);
    }

    #[test]
    fn control_characters_become_spaces() {
        assert_eq!(clean(" а\tб\r\nв\u{0}г "), "а б в г");
    }
}
