//! Paths that suit a bag which will move between Linux, Windows and macOS for decades (`archive.md` 1.1).

use std::collections::BTreeMap;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc, is_nfc_quick};

use crate::base::said::{Said, said};

/// Letters in one name: ext4 allows 255 bytes, and a Cyrillic letter takes two.
const NAME_LETTERS: usize = 127;
/// Bytes in one name, for letters of more than two bytes.
const NAME_BYTES: usize = 255;
/// Letters in the whole path, so that a bag some folders deep stays within the 260 characters of Windows.
const PATH_LETTERS: usize = 200;
/// Characters that Windows refuses in names, and `%`, because validators disagree about escaping it.
const REFUSED: &str = "<>:\"\\|?*%";

/// Characters that Windows refuses in names.
const FORBIDDEN_BY_WINDOWS: &str = "<>:\"\\|?*";

/// A path that does not suit a bag, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameProblem {
    /// The path as given.
    pub path: String,
    /// One sentence.
    pub message: Said,
}

/// Returns what is wrong with the paths for one bag, each by itself and all together; empty if nothing is.
pub fn problems<'a>(paths: impl IntoIterator<Item = &'a str>) -> Vec<NameProblem> {
    let mut found = Vec::new();
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for path in paths {
        found.extend(faults(path).into_iter().map(|message| problem(path, message)));
        if let Some(other) = seen.insert(folded(path), path) {
            let message = said!(
                "имя совпадает с «{other}», если не различать регистр и запись букв",
                "the name equals '{other}' when case and normalization are ignored"
            );
            found.push(problem(path, message));
        }
    }
    found
}

/// Returns why Windows cannot have a file or folder of this name. The name is a
/// single name, not a path.
pub fn unfit_for_windows(name: &str) -> Option<Said> {
    if let Some(sign) = name.chars().find(|c| c.is_control() || FORBIDDEN_BY_WINDOWS.contains(*c)) {
        let shown = sign.escape_debug();
        return Some(said!("знак «{shown}»", "the sign '{shown}'"));
    }
    if name.ends_with([' ', '.']) {
        return Some(said!("пробел или точка в конце", "a blank or dot at the end"));
    }
    is_device(name).then(|| said!("так называется устройство", "it is the name of a device"))
}

/// Returns a path in the form in which a file system without case and normalization sees it.
pub fn folded(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    // Upper case comes first, because some letters are equal only there: «ß» and «ss».
    composed(&composed(path).to_uppercase().to_lowercase())
}

/// Returns a path in Unicode's composed form (NFC).
pub fn composed(path: &str) -> String {
    // A bag may hold a hundred thousand names, nearly all of them already composed.
    match is_nfc_quick(path.chars()) {
        IsNormalized::Yes => path.to_owned(),
        _ => path.nfc().collect(),
    }
}

fn problem(path: &str, message: Said) -> NameProblem {
    NameProblem { path: path.to_owned(), message }
}

fn faults(path: &str) -> Vec<Said> {
    let mut found: Vec<Said> = path.split('/').flat_map(name_faults).collect();
    if !is_nfc(path) {
        found.push(said!("буквы записаны разложенными (не NFC)", "letters are decomposed (not NFC)"));
    }
    if path.chars().count() > PATH_LETTERS {
        found.push(said!("путь длиннее {PATH_LETTERS} букв", "the path exceeds {PATH_LETTERS} letters"));
    }
    found
}

fn name_faults(name: &str) -> Vec<Said> {
    let mut found = Vec::new();
    if name.is_empty() {
        found.push(said!("пустое имя в пути", "an empty name in the path"));
    }
    if let Some(sign) = name.chars().find(|c| c.is_control() || REFUSED.contains(*c)) {
        let shown = sign.escape_debug();
        found.push(said!("знак «{shown}» не переносится", "the sign '{shown}' is not portable"));
    }
    // Windows silently drops these; "." and ".." end with a dot too.
    if name.ends_with([' ', '.']) {
        found.push(said!("пробел или точка в конце имени", "a blank or dot at the end of a name"));
    }
    if is_device(name) {
        found.push(said!("имя устройства Windows", "the name of a Windows device"));
    }
    if name.chars().count() > NAME_LETTERS || name.len() > NAME_BYTES {
        found.push(said!("имя длиннее {NAME_LETTERS} букв", "a name exceeds {NAME_LETTERS} letters"));
    }
    found
}

/// Tells whether Windows takes a name for a device, with any extension ("Naming Files, Paths, and Namespaces").
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    if matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$") {
        return true;
    }
    let numbered = stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT"));
    numbered.is_some_and(|number| {
        let mut signs = number.chars();
        matches!((signs.next(), signs.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fit_paths_have_no_problems() {
        let paths = [
            "data/журналы/5А.pdf",
            "data/журналы/5Б.pdf",
            "data/console.txt",
            "ЧИТАЙ-МЕНЯ.txt",
            "data/COM10",
        ];
        assert_eq!(problems(paths), []);
        assert_eq!(problems([format!("data/{}", "я".repeat(127)).as_str()]), []);
    }

    #[test]
    fn each_fault_is_found() {
        let long = format!("data/{}", "я".repeat(128));
        let deep = "папка/".repeat(40) + "файл";
        let unfit = [
            "data/100%.txt",
            "data/a\nb",
            "data/a\rb",
            "data/a ",
            "data/a.",
            "data/b./c",
            "data/a:b",
            "data/a\\b",
            "data/a?b",
            "data/CON",
            "data/nul.txt",
            "data/lpt9.x",
            "data/и\u{306}",
            "/data",
            "data//b",
            "data/../b",
            &long,
            &deep,
        ];
        for path in unfit {
            assert_eq!(problems([path]).len(), 1, "{path}: {:?}", problems([path]));
        }
    }

    #[test]
    fn names_equal_after_folding_are_found() {
        assert_eq!(problems(["data/Опись", "data/опись"]).len(), 1);
        assert_eq!(problems(["data/straße", "data/STRASSE"]).len(), 1);
    }
}
