//! Cyrillic letters of Russian and other languages in Latin ones. File and folder names use only this table.
//!
//! The table is GOST 7.79-2000, system B, without its apostrophes and accents, which do not suit file names:
//!
//! - `х` is `h` and `ц` is `c`, as at school;
//! - `э` is `eh` and `ы` is `y`, so that they differ from `е` (`e`) and `й` (`j`) without an accent;
//! - the hard and the soft sign are dropped within a word; alone, as the letter of a class, they are `tz` and `mz`;
//! - Ukrainian, Belarusian and Old Russian letters follow the standard; letters of other languages of Russia, which it
//!   does not name, have a pair of Latin ones.
//!
//! Every single letter has a transliteration of its own, so the classes 10Б and 10В are `10B` and `10V`. Two
//! different words may get equal names (`сх` and `ш`); the caller then numbers the files
//! ([`super::file_names::file_stems`]).

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Small letters and their transliterations; a silent sign becomes the empty string.
#[rustfmt::skip]
const LETTERS: [(char, &str); 58] = [
    ('а', "a"), ('б', "b"), ('в', "v"), ('г', "g"), ('д', "d"), ('е', "e"), ('ё', "yo"), ('ж', "zh"), ('з', "z"),
    ('и', "i"), ('й', "j"), ('к', "k"), ('л', "l"), ('м', "m"), ('н', "n"), ('о', "o"), ('п', "p"), ('р', "r"),
    ('с', "s"), ('т', "t"), ('у', "u"), ('ф', "f"), ('х', "h"), ('ц', "c"), ('ч', "ch"), ('ш', "sh"), ('щ', "shh"),
    ('ъ', ""), ('ы', "y"), ('ь', ""), ('э', "eh"), ('ю', "yu"), ('я', "ya"),
    // Ukrainian, Belarusian, Old Russian.
    ('і', "ii"), ('ї', "yi"), ('є', "ye"), ('ґ', "gg"), ('ў', "uu"), ('ѣ', "ie"), ('ѳ', "fh"), ('ѵ', "yh"),
    // Tatar, Bashkir, Kazakh, Kalmyk, Tuvan, Yakut, Buryat, Komi, Chuvash, Caucasian.
    ('ә', "ae"), ('ө', "oe"), ('ү', "ue"), ('җ', "dj"), ('ң', "nq"), ('һ', "hh"), ('қ', "kq"), ('ғ', "gh"),
    ('ұ', "uq"), ('ҙ', "dh"), ('ҡ', "qa"), ('ҫ', "th"), ('ҥ', "ng"), ('ҕ', "gx"), ('ӑ', "ax"), ('ӗ', "ex"),
    ('ӏ', "q"),
];

/// The silent signs, when they are not inside a word.
const SIGNS: [(char, &str); 2] = [('ъ', "tz"), ('ь', "mz")];

/// Returns a text with Cyrillic letters as Latin ones and Latin letters without accents; every other
/// character stays.
pub fn to_latin(text: &str) -> String {
    let composed: Vec<char> = text.nfc().collect();
    let mut latin = String::with_capacity(text.len());
    for (index, sign) in composed.iter().enumerate() {
        let is_in_word = index.checked_sub(1).is_some_and(|before| composed[before].is_alphabetic())
            || composed.get(index + 1).is_some_and(|after| after.is_alphabetic());
        push(&mut latin, *sign, is_in_word);
    }
    latin
}

fn push(latin: &mut String, sign: char, is_in_word: bool) {
    if sign.is_ascii() {
        return latin.push(sign);
    }
    let small = sign.to_lowercase().next().unwrap_or(sign);
    let of = |table: &[(char, &'static str)]| {
        table.iter().find(|(letter, _)| *letter == small).map(|(_, text)| *text)
    };
    let found = if is_in_word { None } else { of(&SIGNS) };
    match found.or_else(|| of(&LETTERS)) {
        Some(text) if small == sign => latin.push_str(text),
        Some(text) => latin.push_str(&text.to_uppercase()),
        None => latin.extend(without_accents(sign)),
    }
}

/// `é` is `e`; a letter that is not Latin without its accents is unchanged.
fn without_accents(sign: char) -> Vec<char> {
    let base: Vec<char> = sign.nfd().filter(|part| !is_combining_mark(*part)).collect();
    if base.iter().all(char::is_ascii) { base } else { vec![sign] }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn letters_of_classes_stay_distinct_in_any_case_of_letters() {
        let small: BTreeSet<String> =
            LETTERS.iter().map(|(letter, _)| to_latin(&letter.to_string())).collect();
        assert_eq!(small.len(), LETTERS.len());
        let is_plain = |text: &String| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase());
        assert!(small.iter().all(is_plain), "{small:?}");
        let large: BTreeSet<String> = LETTERS
            .iter()
            .map(|(letter, _)| to_latin(&format!("10{}", letter.to_uppercase())).to_lowercase())
            .collect();
        assert_eq!(large.len(), LETTERS.len());
    }

    #[test]
    fn classes_are_named_by_the_table() {
        let classes = ["10А", "10Б", "10В", "10Г", "10Н", "10Р", "10С", "10Х", "10Ь", "5Ъ"];
        let latin = ["10A", "10B", "10V", "10G", "10N", "10R", "10S", "10H", "10MZ", "5TZ"];
        assert_eq!(classes.map(to_latin), latin);
    }

    #[test]
    fn words_lose_their_signs_and_accents_and_keep_the_rest() {
        assert_eq!(to_latin("МБОУ «СОШ № 5», с. Подъёмное"), "MBOU «SOSH № 5», s. Podyomnoe");
        assert_eq!(to_latin("Эльбрус, Ёлкино, Щучье"), "EHlbrus, YOlkino, SHHuche");
        // Composed and decomposed letters are equal.
        assert_eq!(to_latin("и\u{306}е\u{308}"), "jyo");
        assert_eq!(to_latin("École ß 学"), "Ecole ß 学");
    }
}
