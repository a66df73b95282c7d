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

/// Transliterates one character, in the manner of GOST R 7.0.34: quotes are dropped, other signs become hyphens.
fn latin(character: char) -> &'static str {
    const LOWER: [(char, &str); 33] = [
        ('а', "a"),
        ('б', "b"),
        ('в', "v"),
        ('г', "g"),
        ('д', "d"),
        ('е', "e"),
        ('ё', "yo"),
        ('ж', "zh"),
        ('з', "z"),
        ('и', "i"),
        ('й', "j"),
        ('к', "k"),
        ('л', "l"),
        ('м', "m"),
        ('н', "n"),
        ('о', "o"),
        ('п', "p"),
        ('р', "r"),
        ('с', "s"),
        ('т', "t"),
        ('у', "u"),
        ('ф', "f"),
        ('х', "h"),
        ('ц', "c"),
        ('ч', "ch"),
        ('ш', "sh"),
        ('щ', "shh"),
        ('ъ', ""),
        ('ы', "y"),
        ('ь', ""),
        ('э', "eh"),
        ('ю', "yu"),
        ('я', "ya"),
    ];
    const UPPER: [(char, &str); 33] = [
        ('А', "A"),
        ('Б', "B"),
        ('В', "V"),
        ('Г', "G"),
        ('Д', "D"),
        ('Е', "E"),
        ('Ё', "YO"),
        ('Ж', "ZH"),
        ('З', "Z"),
        ('И', "I"),
        ('Й', "J"),
        ('К', "K"),
        ('Л', "L"),
        ('М', "M"),
        ('Н', "N"),
        ('О', "O"),
        ('П', "P"),
        ('Р', "R"),
        ('С', "S"),
        ('Т', "T"),
        ('У', "U"),
        ('Ф', "F"),
        ('Х', "H"),
        ('Ц', "C"),
        ('Ч', "CH"),
        ('Ш', "SH"),
        ('Щ', "SHH"),
        ('Ъ', ""),
        ('Ы', "Y"),
        ('Ь', ""),
        ('Э', "EH"),
        ('Ю', "YU"),
        ('Я', "YA"),
    ];
    const ASCII: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    if let Some(at) = ASCII.find(character) {
        return &ASCII[at..=at];
    }
    if matches!(character, '«' | '»' | '"' | '\'' | ' ' | '\u{a0}') {
        return "";
    }
    LOWER.iter().chain(&UPPER).find(|(from, _)| *from == character).map_or("-", |(_, to)| to)
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
