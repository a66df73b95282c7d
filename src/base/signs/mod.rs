//! Which characters documents can show, and how a text is made printable. It is below reading and
//! typesetting, so that a check can report in advance what a page will show.

mod faces;

use std::borrow::Cow;
use std::sync::LazyLock;

use unicode_bidi::BidiClass;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use crate::base::shown;

pub(crate) use faces::{FILES, Faces, OWN, font_files};

/// Characters below this have a table of their own: Latin, Cyrillic, punctuation and most symbols.
pub(crate) const DIRECT: u32 = 0x2700;

/// Which characters are written unchanged: Liberation has them, they do not combine, and they run from left
/// to right.
static PLAIN: LazyLock<Vec<bool>> =
    LazyLock::new(|| (0..DIRECT).map(|code| char::from_u32(code).is_some_and(is_plain_sign)).collect());

fn is_plain_sign(sign: char) -> bool {
    let is_alone = !sign.is_control() && !is_ignorable(sign) && !is_combining_mark(sign);
    let is_itself = unicode_normalization::is_nfc_quick(std::iter::once(sign))
        == unicode_normalization::IsNormalized::Yes;
    is_alone && is_itself && !is_from_right(sign) && Faces::of(sign).has_own()
}

/// Returns whether a text can be drawn character by character.
pub(crate) fn is_plain(text: &str) -> bool {
    text.chars().all(|one| PLAIN.get(one as usize).copied().unwrap_or(false))
}

/// Makes a text printable, in NFC. Invisible characters are removed; a character that no font of the program
/// has becomes its code point in brackets, such as `[U+1F393]`. White space and line ends stay.
///
/// Characters that join Arabic letters stay too, and in right-to-left text the direction marks. Control
/// characters and marks that reverse a whole stretch become their code points: a record reads in the order in
/// which it was written, and shows attempts to deceive.
pub fn printable(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    walk(text, |part| match part {
        Part::Drawn(sign) => out.push(sign),
        Part::Missing(sign) => out.push_str(&code_point(sign)),
    });
    Cow::Owned(out)
}

/// Returns the characters of a text that no font of the program has, each once, in order.
pub fn missing(text: &str) -> Vec<char> {
    let mut found = Vec::new();
    if !is_plain(text) {
        walk(text, |part| match part {
            Part::Missing(sign) if !found.contains(&sign) => found.push(sign),
            _ => {}
        });
    }
    found
}

/// Names a character by its code point, as it is printed if the character itself cannot be.
pub fn code_point(sign: char) -> String {
    format!("[U+{:04X}]", sign as u32)
}

/// A character of the result.
enum Part {
    Drawn(char),
    Missing(char),
}

/// Walks a text in NFC by visible characters: a letter with its marks uses one face or loses the marks.
fn walk(text: &str, mut put: impl FnMut(Part)) {
    let text: String = text.nfc().collect();
    let steering = Steering::of(&text);
    for cluster in text.graphemes(true) {
        let mut faces = Faces::ALL;
        let mut lost = Vec::new();
        for sign in cluster.chars().filter_map(|sign| steering.kept(sign)) {
            if is_steering(sign) {
                lost.push(sign);
                continue;
            }
            let both = if is_ignorable(sign) || sign == '\n' { faces } else { faces.and(Faces::of(sign)) };
            if both.is_empty() {
                lost.push(sign);
            } else {
                faces = both;
                put(Part::Drawn(sign));
            }
        }
        lost.into_iter().for_each(|sign| put(Part::Missing(sign)));
    }
}

/// Which control characters a text needs.
struct Steering {
    has_joining: bool,
    has_from_right: bool,
}

impl Steering {
    fn of(text: &str) -> Self {
        let has_joining = text.chars().any(|one| matches!(one, '\u{600}'..='\u{8ff}'));
        Self { has_joining, has_from_right: text.chars().any(is_letter_from_right) }
    }

    /// Returns a character as it is printed; tabs and breaks become spaces, except line ends.
    fn kept(&self, sign: char) -> Option<char> {
        match sign {
            '\n' => Some(sign),
            '\r' => None,
            '\u{200c}' | '\u{200d}' => self.has_joining.then_some(sign),
            '\u{200e}' | '\u{200f}' | '\u{61c}' => self.has_from_right.then_some(sign),
            _ if is_steering(sign) => Some(sign),
            _ if is_ignorable(sign) => None,
            '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
            _ => Some(sign),
        }
    }
}

/// Returns whether a character controls a screen or reverses a stretch of text: one that [`shown`] gives as a
/// code, except white space and characters that belong to a letter or show its direction.
fn is_steering(sign: char) -> bool {
    shown::is_hidden(sign)
        && !sign.is_whitespace()
        && (sign.is_control() || matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
}

fn is_letter_from_right(sign: char) -> bool {
    matches!(unicode_bidi::bidi_class(sign), BidiClass::R | BidiClass::AL) && !is_ignorable(sign)
}

fn is_from_right(sign: char) -> bool {
    use BidiClass::{AL, AN, R};
    matches!(unicode_bidi::bidi_class(sign), R | AL | AN)
}

/// Unicode's Default_Ignorable_Code_Point: characters that are invisible by themselves.
pub(crate) fn is_ignorable(sign: char) -> bool {
    matches!(sign,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_text_is_left_alone() {
        for text in ["", "Иванов Пётр, 5А — «Ёлка» № 7; x² + ½", "Ҡәҙим Ұлы"] {
            assert!(matches!(printable(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn letters_and_their_marks_become_one_sign() {
        assert_eq!(printable("Андреи\u{306} Е\u{308}лкин"), "Андрей Ёлкин");
        assert_eq!(printable("за\u{301}мок"), "за\u{301}мок");
    }

    #[test]
    fn signs_that_show_nothing_are_taken_off_and_those_that_steer_a_screen_are_codes() {
        let text = "пере\u{ad}вод\u{200b} ис\u{2060}ка\u{200d}ть\u{200e} \u{feff}знак\u{fe0f}";
        assert_eq!(printable(text), "перевод искать знак");
        assert_eq!(printable("а\tб\u{2028}в\r\nг"), "а б в\nг");
        assert_eq!(printable("а\u{1b}[2Jб\u{202e}в\u{2069}"), "а[U+001B][2Jб[U+202E]в[U+2069]");
    }

    #[test]
    fn what_arabic_and_hebrew_need_stays() {
        assert_eq!(printable("می\u{200c}خواهم"), "می\u{200c}خواهم");
        assert_eq!(printable("שלום\u{200f}!"), "שלום\u{200f}!");
        assert!(missing("محمد გიორგი Արամ שָׁלוֹם Ἀλέξανδρος").is_empty());
    }

    #[test]
    fn what_no_font_has_is_its_code_point() {
        assert_eq!(printable("Директор 🎓 школы"), "Директор [U+1F393] школы");
        assert_eq!(printable("👩\u{200d}🎓\u{fe0f}漢"), "[U+1F469][U+1F393][U+6F22]");
        assert_eq!(printable("\u{e000}\u{fffd}"), "[U+E000][U+FFFD]");
        assert_eq!(missing("🎓 и 🎓, ★✓½√₂∠"), ['🎓']);
    }

    #[test]
    fn a_mark_that_no_font_has_with_its_letter_is_named_after_it() {
        assert_eq!(printable("ა\u{301}\u{489}"), "ა\u{301}[U+0489]");
        let many = format!("а{}", "\u{301}".repeat(100_000));
        assert_eq!(printable(&many).chars().count(), 100_001);
    }

    #[test]
    fn what_was_made_printable_stays_so() {
        for text in ["пере\u{ad}вод🎓", "за\u{301}мок", "می\u{200c}خواهم", "Е\u{308}"] {
            let once = printable(text).into_owned();
            assert_eq!(printable(&once), once);
        }
    }
}
