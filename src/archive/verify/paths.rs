//! Paths written in a bag that could lead out of it, on any system (RFC 8493, 5.1): such a bag must not be trusted
//! wherever it is read.

/// Tells whether a path leads, or could lead on some system, outside the folder it is relative to.
pub(super) fn leads_outside(path: &str) -> bool {
    path.starts_with(['/', '\\', '~'])
        || path.contains('\0')
        || path.split(['/', '\\']).any(|name| name == "..")
        || has_drive(path)
        || has_variable(path)
}

/// `C:\x`, `c:x`: a drive of Windows.
fn has_drive(path: &str) -> bool {
    let mut signs = path.chars();
    matches!((signs.next(), signs.next()), (Some(letter), Some(':')) if letter.is_ascii_alphabetic())
}

/// `%HomeDrive%\x`, `$HOME/x`: a first name that a shell replaces.
fn has_variable(path: &str) -> bool {
    let first = path.split(['/', '\\']).next().unwrap_or_default();
    let is_enclosed = first.len() > 2 && first.starts_with('%') && first[1..].contains('%');
    is_enclosed || (first.starts_with('$') && first.len() > 1 && path != first)
}

#[cfg(test)]
mod tests {
    use super::leads_outside;

    #[test]
    fn ways_out_are_seen_on_every_system() {
        let out = [
            "/tmp/x",
            "../x",
            "data/../../x",
            "..",
            "data\\..\\..\\x",
            "~/x",
            "~root/x",
            "C:\\x",
            "c:x",
            "\\\\?\\UNC\\x",
            "\\\\server\\x",
            "%HomeDrive%\\x",
            "%HOME%/x",
            "$HOME/x",
            "${HOME}/x",
            "data/\0",
        ];
        for path in out {
            assert!(leads_outside(path), "{path}");
        }
    }

    #[test]
    fn odd_names_inside_are_allowed() {
        let within = [
            "data/~x",
            "data/%7Ex",
            "data/%test2.txt",
            "data/...",
            "data/..x",
            "bag-info.txt",
            "data/C:x",
            "100%",
            "$x",
        ];
        for path in within {
            assert!(!leads_outside(path), "{path}");
        }
    }
}
