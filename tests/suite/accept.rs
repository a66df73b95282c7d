//! Answers that stand in files: compared, or with `ACCEPT=1` rewritten, every file that changed being named.

use std::path::Path;

/// Compares a text with a file of the repository; with `ACCEPT=1` writes it there instead, where it differs.
#[allow(clippy::disallowed_methods)]
pub(crate) fn assert_file(path: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let found = std::fs::read_to_string(&file).unwrap_or_default();
    if found == text {
        return;
    }
    if std::env::var("ACCEPT").is_ok_and(|accept| accept == "1") {
        std::fs::create_dir_all(file.parent().expect("a file has a folder")).expect("the folder is there");
        std::fs::write(&file, text).expect("the answer is written");
        // Not captured, so that nothing is accepted unseen.
        let _ = std::io::Write::write_fmt(&mut std::io::stderr(), format_args!("accepted: {path}\n"));
        return;
    }
    let differing = found.lines().zip(text.lines()).find(|(found, text)| found != text);
    let length = format!("{} lines in the file, {} now", found.lines().count(), text.lines().count());
    panic!(
        "{path} is not up to date ({length}; first difference {differing:?}); ACCEPT=1 cargo test rewrites it"
    );
}
