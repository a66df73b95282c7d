//! File names in Latin letters: they outlast the systems that can read Cyrillic ones.

use super::transliterate::to_latin;

/// Returns a file name in Latin letters, digits and hyphens: `5А` is `5A`, `10 «Б»` is `10B`.
pub fn file_stem(name: &str) -> String {
    let latin: String = to_latin(name).chars().filter_map(plain).collect();
    let stem: Vec<&str> = latin.split('-').filter(|part| !part.is_empty()).collect();
    if stem.is_empty() { "x".to_owned() } else { stem.join("-") }
}

/// Returns file names for all of the names, in order. If two are equal, in any letter case, the later one
/// gets a number.
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

/// Returns the year's title as a folder name: `2024/2025` becomes `2024-2025`.
pub fn folder_name(title: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let name: String = title.trim().chars().map(|c| if is_plain(c) { c } else { '-' }).collect();
    if name.trim_matches('.').is_empty() { "year".to_owned() } else { name }
}

/// Drops quotes and blanks; other characters become hyphens.
fn plain(sign: char) -> Option<char> {
    match sign {
        '«' | '»' | '"' | '\'' | ' ' | '\u{a0}' => None,
        _ if sign.is_ascii_alphanumeric() => Some(sign),
        _ => Some('-'),
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
