//! Names of files in Latin letters: they outlive the systems that can read Cyrillic ones.

/// Returns a name for a file in Latin letters, digits and hyphens: `5А` is `5A`, `10 «Б»` is `10B`.
pub fn file_stem(name: &str) -> String {
    let latin: String = name.chars().map(latin).collect();
    let stem: Vec<&str> = latin.split('-').filter(|part| !part.is_empty()).collect();
    if stem.is_empty() { "x".to_owned() } else { stem.join("-") }
}

/// Returns file names for all of the names, in their order; where two come out alike, in any case of letters, the later
/// one gets a number.
pub fn file_stems<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut taken = std::collections::BTreeSet::new();
    let mut free = |stem: &str| {
        let numbered = (2..).map(|number| format!("{stem}-{number}"));
        std::iter::once(stem.to_owned())
            .chain(numbered)
            .find(|name| taken.insert(name.to_lowercase()))
            .unwrap_or_default()
    };
    names.into_iter().map(|name| free(&file_stem(name))).collect()
}

/// Small letters and their transliteration in the manner of GOST R 7.0.34.
#[rustfmt::skip]
const LATIN: [(char, &str); 33] = [
    ('а', "a"), ('б', "b"), ('в', "v"), ('г', "g"), ('д', "d"), ('е', "e"), ('ё', "yo"), ('ж', "zh"), ('з', "z"),
    ('и', "i"), ('й', "j"), ('к', "k"), ('л', "l"), ('м', "m"), ('н', "n"), ('о', "o"), ('п', "p"), ('р', "r"),
    ('с', "s"), ('т', "t"), ('у', "u"), ('ф', "f"), ('х', "h"), ('ц', "c"), ('ч', "ch"), ('ш', "sh"), ('щ', "shh"),
    ('ъ', ""), ('ы', "y"), ('ь', ""), ('э', "eh"), ('ю', "yu"), ('я', "ya"),
];

/// Transliterates one character: quotes and blanks are dropped, other signs become hyphens.
fn latin(character: char) -> String {
    if character.is_ascii_alphanumeric() {
        return character.to_string();
    }
    if matches!(character, '«' | '»' | '"' | '\'' | ' ' | '\u{a0}') {
        return String::new();
    }
    let small = character.to_lowercase().next().unwrap_or(character);
    match LATIN.iter().find(|(letter, _)| *letter == small) {
        Some((_, text)) if small == character => (*text).to_owned(),
        Some((_, text)) => text.to_uppercase(),
        None => "-".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_classes_are_latin_and_never_alike() {
        assert_eq!(
            file_stems(["5А", "5Б", "5В", "5Г", "5A", "10 «э»"]),
            ["5A", "5B", "5V", "5G", "5A-2", "10eh"]
        );
        assert_eq!(file_stem("///"), "x");
    }
}
