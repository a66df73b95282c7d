//! Answers that stand in files: compared, or with `ACCEPT=1` rewritten, every file that changed being named.

use std::path::Path;

/// Compares a text with a file of the repository; with `ACCEPT=1` writes it there instead, where it differs.
pub(crate) fn assert_file(path: &str, text: &str) {
    assert_files(&[(path.to_owned(), text.to_owned())]);
}

/// Compares texts with the files of the repository they belong to, and names every file that differs; with `ACCEPT=1`
/// writes them there instead.
pub(crate) fn assert_files(files: &[(String, String)]) {
    let refused: Vec<String> = files.iter().filter_map(|(path, text)| refused(path, text)).collect();
    assert!(refused.is_empty(), "{}\nACCEPT=1 cargo test rewrites what is named", refused.join("\n"));
}

/// Says how a text differs from its file, unless the difference is accepted.
#[allow(clippy::disallowed_methods)]
fn refused(path: &str, text: &str) -> Option<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let found = std::fs::read_to_string(&file).unwrap_or_default();
    if found == text {
        return None;
    }
    if std::env::var("ACCEPT").is_ok_and(|accept| accept == "1") {
        std::fs::create_dir_all(file.parent().expect("a file has a folder")).expect("the folder is there");
        std::fs::write(&file, text).expect("the answer is written");
        // Not captured, so that nothing is accepted unseen.
        let _ = std::io::Write::write_fmt(&mut std::io::stderr(), format_args!("accepted: {path}\n"));
        return None;
    }
    Some(difference(path, &found, text))
}

fn difference(path: &str, found: &str, text: &str) -> String {
    let (was, now) = (found.lines().count(), text.lines().count());
    let pairs = (1..).zip(found.lines().zip(text.lines()));
    let first = pairs.into_iter().find(|(_, (found, text))| found != text);
    let first = first.map_or_else(
        || format!("  line {}: one of the two ends here", was.min(now) + 1),
        |(line, (found, text))| {
            format!("  line {line} of the file: {found}\n  line {line} now:         {text}")
        },
    );
    format!("{path} is not up to date ({was} lines in the file, {now} now):\n{first}")
}
