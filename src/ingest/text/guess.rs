//! Finds which of the old Russian encodings a text without a byte order mark has. Letter pairs that are usual
//! in Russian decide; if they decide little, a general detector has to agree.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, IBM866, ISO_8859_5, KOI8_R, KOI8_U, WINDOWS_1251, X_MAC_CYRILLIC};
use indexmap::IndexSet;

use super::russian::likeness;

/// The encodings to try, the likeliest first.
const CANDIDATES: [&Encoding; 5] = [WINDOWS_1251, KOI8_R, IBM866, X_MAC_CYRILLIC, ISO_8859_5];
/// The advantage of encodings that the exchange format itself allows besides UTF-8.
const ALLOWED: i32 = 4;
/// How much likelier than the second the best must be: by itself, and with the detector's agreement.
const CLEAR: i32 = 8;
const WITH_CONSENT: i32 = 3;
/// How many words are examined.
const MOST_WORDS: usize = 3000;

/// The guess for a text without a byte order mark.
pub(super) struct Guess {
    /// The possible encodings, the likeliest first; empty if the text shows no Russian.
    pub(super) likely: Vec<&'static Encoding>,
    /// Those in which it reads as in the likeliest, including that one.
    pub(super) alike: Vec<&'static Encoding>,
    pub(super) certainty: Certainty,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Certainty {
    /// By its letters.
    Clear,
    /// Nothing contradicts it; the files beside it may.
    Weak,
    None,
}

/// Guesses from the text itself.
pub(super) fn guess(bytes: &[u8]) -> Guess {
    let words = words(bytes);
    let letters: usize = words.iter().map(|word| word.len()).sum();
    let mut scores: Vec<(i32, usize)> = (0..CANDIDATES.len())
        .map(|index| {
            let encoding = CANDIDATES[index];
            let score: i32 = words.iter().map(|word| likeness(&plain(encoding, word))).sum();
            (score + if encoding == WINDOWS_1251 { ALLOWED } else { 0 }, index)
        })
        .collect();
    scores.sort_by_key(|(score, index)| (-score, *index));
    let (best, index) = scores[0];
    let encoding = CANDIDATES[index];
    // Far below chance: not Russian at all.
    if best.saturating_mul(2) < -i32::try_from(letters).unwrap_or(i32::MAX) {
        return Guess { likely: Vec::new(), alike: Vec::new(), certainty: Certainty::None };
    }
    // Letters at the same code in two encodings do not distinguish them, and need not.
    let reads_alike =
        |other: usize| words.iter().all(|word| plain(encoding, word) == plain(CANDIDATES[other], word));
    let others: Vec<_> = scores[1..].iter().filter(|(_, index)| !reads_alike(*index)).collect();
    let lead = others.first().map_or(i32::MAX, |(second, _)| best.saturating_sub(*second));
    let near = others.iter().filter(|(score, _)| best.saturating_sub(*score) < CLEAR);
    let near = near.map(|(_, index)| CANDIDATES[*index]);
    // Codes alone prove nothing; their references show whether they were read wrongly.
    let is_expected = || encoding == WINDOWS_1251 && lead > 0;
    let certainty = if lead >= CLEAR {
        Certainty::Clear
    } else if is_expected() || lead >= WITH_CONSENT && has_consent(bytes, encoding) {
        Certainty::Weak
    } else {
        Certainty::None
    };
    let likely = std::iter::once(variant(encoding, bytes)).chain(near).collect();
    let alike = (0..CANDIDATES.len()).filter(|other| reads_alike(*other));
    Guess { likely, alike: alike.map(|index| CANDIDATES[index]).collect(), certainty }
}

fn plain<'a>(encoding: &'static Encoding, word: &'a [u8]) -> std::borrow::Cow<'a, str> {
    encoding.decode_without_bom_handling(word).0
}

/// Returns the different words with letters beyond ASCII, in order: a repeated word proves no more than one.
/// A class is a word with its number; numbers of other codes are not part of words.
fn words(bytes: &[u8]) -> IndexSet<&[u8]> {
    let is_letter = |byte: u8| byte >= 0x80 || byte.is_ascii_alphabetic();
    let mut distinct = IndexSet::new();
    let mut at = 0;
    while at < bytes.len() && distinct.len() < MOST_WORDS {
        let start = at + bytes[at..].iter().take_while(|byte| !is_letter(**byte)).count();
        at = start + bytes[start..].iter().take_while(|byte| is_letter(**byte)).count();
        let digits = bytes[..start].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        let is_class =
            at - start == 1 && matches!(digits, 1 | 2) && !bytes.get(at).is_some_and(u8::is_ascii_digit);
        let word = &bytes[if is_class { start - digits } else { start }..at];
        if !word.is_ascii() {
            distinct.insert(word);
        }
    }
    distinct
}

/// The detector does not know Macintosh, and does not distinguish KOI8-R and KOI8-U.
fn has_consent(bytes: &[u8], encoding: &'static Encoding) -> bool {
    const LOOKED_AT: usize = 1 << 20;
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(LOOKED_AT)], true);
    let found = detector.guess(Some(b"ru"), Utf8Detection::Deny);
    found == encoding
        || encoding == KOI8_R && found == KOI8_U
        || encoding == X_MAC_CYRILLIC && !CANDIDATES.contains(&found)
}

/// KOI8-U differs from KOI8-R by the Ukrainian letters, which replace graphics.
fn variant(encoding: &'static Encoding, bytes: &[u8]) -> &'static Encoding {
    const UKRAINIAN: [u8; 8] = [0xA4, 0xA6, 0xA7, 0xAD, 0xB4, 0xB6, 0xB7, 0xBD];
    let is_ukrainian = encoding == KOI8_R && bytes.iter().any(|byte| UKRAINIAN.contains(byte));
    if is_ukrainian { KOI8_U } else { encoding }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PUPILS: &str =
        "pupil_id,surname,given_name,patronymic\nP01,Аистова,Вера,Павловна\nP02,Бобров,Олег,Ильич\n";

    fn sure(encoding: &'static Encoding, text: &str) -> Option<&'static str> {
        let (bytes, _, is_lossy) = encoding.encode(text);
        assert!(!is_lossy, "{text}");
        let guess = guess(&bytes);
        (guess.certainty != Certainty::None).then(|| guess.likely[0].name())
    }

    /// The library cannot write it. Its letters have the codes of Windows, except capitals, ё and я.
    fn macintosh(text: &str) -> Vec<u8> {
        let byte = |sign: char| (0..=255u8).find(|byte| plain(X_MAC_CYRILLIC, &[*byte]).starts_with(sign));
        text.chars().map(|sign| byte(sign).expect("a Russian letter")).collect()
    }

    #[test]
    fn short_files_are_recognised_in_every_encoding() {
        for encoding in [WINDOWS_1251, KOI8_R, IBM866, ISO_8859_5] {
            assert_eq!(sure(encoding, PUPILS), Some(encoding.name()));
        }
        let guess = guess(&macintosh(PUPILS));
        assert_eq!((guess.likely[0], guess.certainty), (X_MAC_CYRILLIC, Certainty::Clear));
        assert_eq!(sure(KOI8_U, &PUPILS.replace("Ильич", "Ілліч")), Some("KOI8-U"));
    }

    #[test]
    fn codes_and_classes_alone_are_read_as_the_exchange_format_allows() {
        for text in [
            "L1,P1,б\nL2,P2,б\n",
            "P01,5А,2025-09-01,\n",
            "Код;ФИО\n",
            "пятёрка",
            "Я",
            "м0-1,л0,у0\nм1-1,л1,у1\n",
        ] {
            assert_eq!(sure(WINDOWS_1251, text), Some("windows-1251"), "{text}");
        }
    }

    #[test]
    fn what_is_no_russian_is_not_guessed() {
        let noise: Vec<u8> = (0..200u8).map(|byte| 0x80 | byte.wrapping_mul(37)).collect();
        assert_eq!(guess(&noise).certainty, Certainty::None);
    }
}
