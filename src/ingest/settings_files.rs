//! The bundle's settings as files: under the names that Windows programs give them, in the encodings they are
//! saved in.

use std::path::Path;

use super::file_names::{POLICY_TOML, SCHOOL_TOML, is_profile};
use super::problems::Problems;
use super::received::Received;
use super::text;
use crate::base::problems::ProblemSeverity;
use crate::base::said::said;

/// Returns the settings that a slightly different file name means: text editors add a hidden extension.
fn meant(name: &str) -> Option<&'static str> {
    let name = name.trim().to_lowercase();
    [SCHOOL_TOML, POLICY_TOML].into_iter().find(|known| {
        let stem = known.trim_end_matches(".toml");
        let rest = name.strip_prefix(stem).unwrap_or_default();
        let rest =
            rest.trim_start_matches(|sign: char| matches!(sign, ' ' | '(' | ')') || sign.is_ascii_digit());
        matches!(rest, ".toml" | ".toml.txt" | ".toml.toml" | ".tom" | ".toml.ini" | ".txt" | ".toml.bak.txt")
    })
}

/// Returns whether a file name is that of the school's settings, or nearly.
pub(super) fn means_school(name: &str) -> bool {
    meant(name) == Some(SCHOOL_TOML)
}

/// Tells whether a folder is a bundle.
pub(super) fn has_school(folder: &Path) -> bool {
    if folder.join(SCHOOL_TOML).is_file() {
        return true;
    }
    let Ok(entries) = folder.read_dir() else { return false };
    let mut files = entries.flatten().filter(|entry| entry.path().is_file());
    files.any(|entry| meant(&entry.file_name().to_string_lossy()) == Some(SCHOOL_TOML))
}

/// Uses a file with a slightly different name as the settings, if they are missing and it is the only one.
pub(super) fn rename(files: &mut [Received], problems: &mut Problems) {
    for name in [SCHOOL_TOML, POLICY_TOML] {
        if files.iter().any(|file| file.path() == name) {
            continue;
        }
        let mut found = files.iter_mut().filter(|file| meant(file.path()) == Some(name));
        let (Some(file), None) = (found.next(), found.next()) else { continue };
        let message = said!(
            "файла {name} нет, вместо него прочитан этот",
            "there is no {name}: this file was read in its place"
        );
        let hint = said!(
            "переименуйте его в {name}; Windows прячет «.txt» в конце имени, пока в Проводнике не включён показ расширений",
            "rename it to {name}; Windows hides \".txt\" at its end until Explorer is told to show extensions"
        );
        problems.add_file("J121", ProblemSeverity::Notice, file.path(), message, hint);
        name.clone_into(&mut file.export.path);
    }
}

/// Reports how the settings were converted to text, and which could not be.
pub(super) fn check(files: &[Received], problems: &mut Problems) {
    let is_settings = |path: &str| matches!(path, SCHOOL_TOML | POLICY_TOML) || is_profile(path);
    for file in files.iter().filter(|file| is_settings(file.path())) {
        match text::decode(file.bytes(), file.export.known()) {
            Ok(decoded) => decoded.notes.into_iter().for_each(|note| problems.add_note(file.path(), note)),
            Err(refusal) => {
                problems.add_file("J102", ProblemSeverity::Error, file.path(), refusal.message, refusal.hint);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_known_under_the_names_that_windows_gives_them() {
        for name in [
            "school.toml.txt",
            "School.toml",
            "school.toml.toml",
            "school (1).toml",
            "SCHOOL.TOML",
            "school.txt",
        ] {
            assert_eq!(meant(name), Some(SCHOOL_TOML), "{name}");
        }
        for name in ["school.csv", "a/school.toml", "schools.toml", "marks.csv"] {
            assert_eq!(meant(name), None, "{name}");
        }
        assert_eq!(meant("policy.toml.txt"), Some(POLICY_TOML));
    }
}
