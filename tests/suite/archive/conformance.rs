//! The BagIt conformance suite of the Library of Congress: the folder's name is the expected verdict.

use std::fs;
use std::path::{Path, PathBuf};

use letopis::verify::{Status, verify};

use super::{only_bag, show};

fn folders(path: &Path) -> Vec<PathBuf> {
    let mut found: Vec<_> =
        fs::read_dir(path).unwrap().map(|item| item.unwrap().path()).filter(|path| path.is_dir()).collect();
    found.sort();
    found
}

fn is_right(group: &str, status: Status) -> bool {
    match group {
        "valid" => matches!(status, Status::Valid | Status::ValidWithWarnings),
        "warning" => status == Status::ValidWithWarnings,
        "invalid" | "linux-only" | "windows-only" => status == Status::Invalid,
        other => panic!("unknown group {other}"),
    }
}

#[test]
fn all_sixty_bags_are_judged_right() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bags");
    let mut judged = 0;
    let mut wrong = Vec::new();
    for group in folders(&root).iter().flat_map(|version| folders(version)) {
        for bag in folders(&group) {
            let report = verify(std::slice::from_ref(&bag));
            let shown = show(&report);
            let name = group.file_name().unwrap().to_str().unwrap();
            let (status, exit_code) = (report.status(), report.exit_code());
            assert_eq!(exit_code, u8::from(status == Status::Invalid), "{shown}");
            if !is_right(name, only_bag(report).status) {
                wrong.push(format!("{name}:\n{shown}"));
            }
            judged += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(judged, 60);
}

/// A verdict may be right for a wrong reason; these are the reasons.
#[test]
fn invalid_and_warning_bags_are_judged_for_the_right_reason() {
    let expected = [
        ("v0.97/invalid/baginfo-missing-encoding", "A106"),
        ("v0.97/invalid/bom-in-bagit.txt", "A102"),
        ("v0.97/invalid/corrupt-data-file", "A401"),
        ("v0.97/invalid/corrupt-tag-file", "A401"),
        ("v0.97/invalid/extra-file-in-bag", "A304"),
        ("v0.97/invalid/invalid-version-number", "A104"),
        ("v0.97/invalid/missing-baginfo", "A302"),
        ("v0.97/invalid/missing-bagit.txt", "A101"),
        ("v0.97/invalid/out-of-scope-file-paths-using-dot-notation", "A216"),
        ("v0.97/invalid/out-of-scope-file-paths-using-dot-notation-for-fetch", "A216"),
        ("v0.97/invalid/same-filename-listed-twice-with-different-hashes", "A219"),
        ("v0.97/linux-only/out-of-scope-file-paths-using-shortcut-username", "A216"),
        ("v0.97/windows-only/out-of-scope-file-paths-using-unc-for-fetch", "A216"),
        ("v0.97/windows-only/out-of-scope-file-paths-using-shortcut", "A216"),
        ("v0.97/warning/duplicate-file-with-different-case", "A310"),
        ("v0.97/warning/made-with-md5sum-tools", "A213"),
        ("v0.97/warning/relative-path", "A215"),
        ("v0.97/warning/same-filename-listed-twice-with-different-normalization", "A309"),
        ("v0.97/warning/same-filename-listed-twice-with-the-same-hash", "A218"),
        ("v0.97/warning/special-system-files", "A308"),
        ("v1.0/invalid/bagit-with-invalid-whitespace", "A103"),
        ("v1.0/invalid/notAllManifestsListAllFiles", "A304"),
        ("v1.0/invalid/same-filename-listed-twice-with-different-hashes", "A219"),
        ("v1.0/invalid/same-filename-listed-twice-with-the-same-hash", "A218"),
    ];
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bags");
    for (path, code) in expected {
        let report = only_bag(verify(&[root.join(path)]));
        let found: Vec<_> = report.findings.iter().map(|finding| finding.code).collect();
        assert!(found.contains(&code), "{path}: {found:?}");
    }
}

/// The whole suite as one folder: every bag is found, whatever surrounds it.
#[test]
fn a_folder_of_bags_is_verified_bag_by_bag() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bags");
    let report = verify(&[root]);
    assert_eq!(report.bags.len(), 60);
    assert_eq!((report.status(), report.exit_code()), (Status::Invalid, 1));
    let count = |status| report.bags.iter().filter(|bag| bag.status == status).count();
    assert_eq!(count(Status::Invalid), 27);
}
