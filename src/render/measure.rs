//! Measures text with the real widths of the fonts and breaks it into lines, so that a page is known before
//! it is typeset.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::fonts::Face;
use super::shaping;
use crate::base::signs::{is_plain, printable};

/// Millimetres in a typographic point.
pub const MM_PER_PT: f64 = 25.4 / 72.0;

/// A face at a size, for measuring and typesetting text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// The font.
    pub face: Face,
    /// Size in points.
    pub size_pt: f64,
}

impl Style {
    /// Makes a face at a size in points.
    pub const fn new(face: Face, size_pt: f64) -> Self {
        Self { face, size_pt }
    }

    /// Returns the width of a text on one line, in millimetres.
    pub fn width(self, text: &str) -> f64 {
        shaping::advance(self.face, text) * self.size_pt * MM_PER_PT
    }

    /// Returns whether a text fits a width in millimetres on one line.
    pub fn fits(self, text: &str, width: f64) -> bool {
        self.width(text) <= width + SLACK
    }

    /// Breaks a text into lines no wider than `width` millimetres, at spaces, and makes it printable. A
    /// single word that is too wide is broken where its text allows it (a soft hyphen, a zero-width space),
    /// or after a hyphen or a slash, or where the line is full. Only white space is lost; a non-breaking
    /// space (U+00A0) stays.
    pub fn wrap(self, text: &str, width: f64) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split(is_gap) {
            let shown = printable(word);
            if shown.is_empty() {
                continue;
            }
            if let Some(line) = lines.last_mut() {
                let longer = format!("{line} {shown}");
                if self.fits(&longer, width) {
                    *line = longer;
                    continue;
                }
            }
            if shown.len() <= LONG && self.fits(&shown, width) {
                lines.push(shown.into_owned());
            } else {
                lines.extend(self.parts(word, width));
            }
        }
        lines
    }

    /// Breaks a word that is too wide where its text allows it; a soft hyphen is visible only at a break.
    fn parts(self, word: &str, width: f64) -> Vec<String> {
        let mut lines = Vec::new();
        let (mut line, mut hyphen) = (String::new(), "");
        for part in word.split_inclusive([SOFT_HYPHEN, NO_WIDTH]) {
            let shown = printable(part);
            let next = if part.ends_with(SOFT_HYPHEN) { "-" } else { "" };
            if !line.is_empty() && !self.fits(&format!("{line}{shown}{next}"), width) {
                lines.push(std::mem::take(&mut line) + hyphen);
            }
            line.push_str(&shown);
            let mut pieces = self.pieces(&line, width);
            line = pieces.pop().unwrap_or_default();
            lines.append(&mut pieces);
            hyphen = next;
        }
        lines.extend(Some(line).filter(|line| !line.is_empty()));
        lines
    }

    /// Splits a word into pieces that fit.
    fn pieces(self, word: &str, width: f64) -> Vec<String> {
        let mut pieces = Vec::new();
        let mut rest = word;
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(self.cut(rest, width));
            pieces.push(piece.to_owned());
            rest = after;
        }
        pieces
    }

    /// Returns the byte at which a word is split: its end if it fits, or after the last joint that fits, or
    /// after the last letter that does, but after at least one letter. The code point of a character is not
    /// split.
    fn cut(self, word: &str, width: f64) -> usize {
        let (mut used, mut fitting, mut joint) = (0.0, 0, None);
        let mut is_simple = true;
        for (start, letter) in word.grapheme_indices(true) {
            let end = start + letter.len();
            is_simple = is_simple && is_plain(letter);
            used = if is_simple { used + self.width(letter) } else { self.width(&word[..end]) };
            if used > width + SLACK && start > 0 {
                let whole = before_code_point(&word[..end]).filter(|at| *at > 0);
                return joint.or(whole).unwrap_or(fitting);
            }
            fitting = end;
            if matches!(letter, "-" | "/" | "," | ";") {
                joint = Some(end);
            }
        }
        word.len()
    }
}

/// A possible line break: white space, except characters that bind words together.
fn is_gap(one: char) -> bool {
    one.is_whitespace() && !matches!(one, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

/// Returns where the code point of a missing character begins, if a text breaks off inside it.
fn before_code_point(text: &str) -> Option<usize> {
    let start = text.rfind("[U+")?;
    // The last character may be the one that closes it.
    let before_last = text.char_indices().next_back().map_or(start, |(at, _)| at);
    (!text[start..before_last.max(start)].contains(']')).then_some(start)
}

const SOFT_HYPHEN: char = '\u{ad}';
const NO_WIDTH: char = '\u{200b}';
/// Longer words, in bytes, are not measured as a whole.
const LONG: usize = 400;
/// Tolerance for rounded sums of widths, so that they do not break a line, in millimetres.
const SLACK: f64 = 1e-6;

/// Returns text for one line of a cell, in NFC: any run of white space becomes one space.
pub fn clean(text: &str) -> String {
    if is_clean(text) {
        return text.to_owned();
    }
    let text: String = text.nfc().collect();
    text.split(is_gap).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Returns whether a text of usual letters and signs has single spaces between its words and no others. Such letters are in NFC.
fn is_clean(text: &str) -> bool {
    let mut after_space = true;
    for one in text.chars() {
        let is_space = one == ' ';
        let is_usual = matches!(one, ' '..='~' | 'Ѐ'..='ҁ' | '«' | '»' | '№' | '–' | '—' | '\u{a0}');
        if !is_usual || is_space && after_space {
            return false;
        }
        after_space = is_space;
    }
    !after_space
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cleaned_the_same_whether_it_looks_clean_or_not() {
        let slowly = |text: &str| {
            let text: String = text.nfc().collect();
            text.split(is_gap).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
        };
        let texts = [
            "",
            " ",
            "а",
            " а",
            "а ",
            "а  б",
            "а б",
            "и\u{306}",
            "ё й Ђ ҁ",
            "№\u{a0}5 «да» — нет",
            "а\tб",
            "~",
        ];
        texts.iter().for_each(|text| assert_eq!(clean(text), slowly(text), "{text:?}"));
        let usual = (' '..='~').chain('Ѐ'..='ҁ').chain("«»№–—\u{a0}".chars());
        for one in usual.map(|one| format!("a{one}б")) {
            assert_eq!(clean(&one), slowly(&one), "{one:?}");
        }
    }

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
    fn a_soft_hyphen_is_seen_only_where_it_breaks_a_word() {
        assert_eq!(SANS.wrap("пере\u{ad}вод тек\u{200b}ста", 100.0), ["перевод текста"]);
        let word = "электро\u{ad}энцефало\u{ad}графический";
        let width = SANS.width("электроэнцефало-");
        assert_eq!(SANS.wrap(word, width), ["электроэнцефало-", "графический"]);
        assert_eq!(SANS.wrap("прошла\u{200b}неделя", SANS.width("неделя0")), ["прошла", "неделя"]);
    }

    #[test]
    fn a_letter_keeps_its_marks_and_a_code_point_is_not_cut() {
        let lines = SANS.wrap(&"а\u{301}".repeat(40), 20.0);
        assert!(lines.len() > 2 && lines.iter().all(|line| line.starts_with('а')), "{lines:?}");
        let signs = SANS.wrap(&"🎓".repeat(6), SANS.width("[U+1F393][U+1"));
        assert_eq!(signs, ["[U+1F393]"; 6]);
    }

    #[test]
    fn a_word_of_many_thousand_letters_is_cut_in_no_time() {
        let lines = SANS.wrap(&"я".repeat(200_000), 60.0);
        assert_eq!(lines.iter().map(|line| line.chars().count()).sum::<usize>(), 200_000);
    }

    #[test]
    fn a_letter_behind_a_code_point_may_be_of_two_bytes() {
        let lines = SANS.wrap("\u{2066}в\u{2066}в", SANS.width("[U+2066]"));
        assert_eq!(lines.concat(), "[U+2066]в[U+2066]в");
    }

    #[test]
    fn a_text_of_signs_that_show_nothing_has_no_lines() {
        assert!(SANS.wrap("\u{200b} \u{feff}\u{ad}", 20.0).is_empty());
    }

    #[test]
    fn line_ends_become_spaces_and_control_characters_codes() {
        assert_eq!(clean(" а\tб\r\nв\u{b}г "), "а б в г");
        assert_eq!(SANS.wrap(&clean("а\u{0}б"), 100.0), ["а[U+0000]б"]);
    }
}
