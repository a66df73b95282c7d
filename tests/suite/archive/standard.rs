//! What else RFC 8493 demands, and faults of the last kind: the lists in `docs/archive-tests.md` name every test.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use letopis::base::digest::Algorithm;
use letopis::base::files::Document;
use letopis::base::said::explain;
use letopis::outputs::store::{ArchiveLock, CopyFailure, Growing};
use letopis::verify::{Status, verify};

use super::{SampleBag, assert_codes, codes, sample_files};

const DECLARATION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

fn line(algorithm: Algorithm, bytes: &[u8], path: &str) -> String {
    format!("{}  {path}\n", algorithm.of(bytes))
}

/// Returns a bag of one file with these manifests, and other files.
fn bag(algorithms: &[Algorithm], others: &[(&str, &[u8])]) -> SampleBag {
    let mut files = vec![Document::new("bagit.txt", DECLARATION), Document::new("data/a.txt", "a")];
    for algorithm in algorithms {
        let name = format!("manifest-{}.txt", algorithm.name());
        files.push(Document::new(name, line(*algorithm, b"a", "data/a.txt")));
    }
    files.extend(others.iter().map(|(path, bytes)| Document::new(*path, *bytes)));
    SampleBag::of(&files)
}

#[test]
fn old_and_new_algorithms_are_supported() {
    use Algorithm::{Md5, Sha1, Sha224, Sha256, Sha384, Sha512};
    for algorithm in [Md5, Sha1, Sha224, Sha256, Sha384, Sha512] {
        let bag = bag(&[algorithm], &[]);
        assert_codes(&bag.report(), &[]);
        fs::write(bag.at("data/a.txt"), "b").unwrap();
        assert_codes(&bag.report(), &["A401 data/a.txt"]);
    }
    assert_codes(&bag(&[Md5, Sha1, Sha512], &[]).report(), &[]);
}

#[test]
fn the_base_folder_may_have_any_name() {
    for name in ["-x", "data", "папка с пробелом", "%0A", "bagit.txt"] {
        let bag = bag(&[Algorithm::Sha256], &[]);
        let path = bag.path.with_file_name(name);
        fs::rename(&bag.path, &path).unwrap();
        let report = verify(std::slice::from_ref(&path));
        assert_eq!((report.status(), report.bags.len()), (Status::ValidWithWarnings, 1), "{name}");
    }
}

#[test]
fn listed_tag_files_are_digested_and_otherwise_opaque() {
    let opaque: &[u8] = b"\xEF\xBB\xBF\x00\xFF no text at all";
    let manifest = line(Algorithm::Sha256, b"a", "data/a.txt");
    let tags = [("bagit.txt", DECLARATION.as_bytes()), ("manifest-sha256.txt", manifest.as_bytes())];
    let extra = [("meta/глубже/x.bin", opaque)];
    let text: String =
        tags.iter().chain(&extra).map(|(path, bytes)| line(Algorithm::Sha256, bytes, path)).collect();
    let others = [("meta/глубже/x.bin", opaque), ("tagmanifest-sha256.txt", text.as_bytes())];
    let bag = bag(&[Algorithm::Sha256], &others);
    assert_codes(&bag.report(), &[]);
    fs::write(bag.at("meta/note.txt"), "not listed").unwrap();
    let report = bag.report();
    assert_codes(&report, &["A312 meta/note.txt"]);
    assert_eq!(report.status, Status::ValidWithWarnings);
    fs::remove_file(bag.at("meta/note.txt")).unwrap();
    fs::write(bag.at("meta/глубже/x.bin"), "other").unwrap();
    assert_codes(&bag.report(), &["A401 meta/глубже/x.bin"]);
}

#[test]
fn a_length_in_a_fetch_list_is_a_hint() {
    for length in ["999", "0", "99999999999999999999999", "-"] {
        let text = format!("https://example.org/a\t {length}  data/a.txt\n");
        let bag = bag(&[Algorithm::Sha256], &[("fetch.txt", text.as_bytes())]);
        assert_codes(&bag.report(), &[]);
    }
}

#[test]
fn residue_of_md5sum_is_accepted_and_said() {
    let plain = line(Algorithm::Md5, b"a", "data/a.txt");
    for (text, code) in [(plain.replace("  ", " *"), "A213"), (format!("\\{plain}"), "A214")] {
        let bag = bag(&[], &[("manifest-md5.txt", text.as_bytes())]);
        let report = bag.report();
        assert_codes(&report, &[&format!("{code} manifest-md5.txt")]);
        assert_eq!(report.status, Status::ValidWithWarnings);
    }
}

#[test]
fn a_declaration_that_is_not_utf8_is_an_error() {
    let bag = bag(&[Algorithm::Sha256], &[]);
    for bytes in [&b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\xFF\n"[..], b"\xFF\xFEB\0a\0g\0"]
    {
        fs::write(bag.at("bagit.txt"), bytes).unwrap();
        let report = bag.report();
        assert_eq!(report.status, Status::Invalid, "{:?}", codes(&report));
        let is_about_it = |code: &String| code.ends_with(" bagit.txt") || code == "A317";
        assert!(codes(&report).iter().all(is_about_it), "{:?}", codes(&report));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn manifests_whose_names_differ_by_case_are_warned_of() {
    let listed = line(Algorithm::Sha256, b"a", "data/a.txt");
    let bag = bag(&[Algorithm::Sha256], &[("manifest-SHA256.txt", listed.as_bytes())]);
    let report = bag.report();
    assert_eq!(report.status, Status::ValidWithWarnings, "{:?}", codes(&report));
    assert!(codes(&report).contains(&"A112 manifest-SHA256.txt".to_owned()), "{:?}", codes(&report));
}

/// Ten flips at places nobody chose, in every file.
#[test]
fn flips_at_random_places_are_all_found() {
    let (bag, mut random) = (SampleBag::new(), fastrand::Rng::with_seed(52));
    for file in sample_files().iter().filter(|file| !file.bytes.is_empty()) {
        for _ in 0..10 {
            let mut bytes = file.bytes.clone();
            bytes[random.usize(..file.bytes.len())] ^= 1 << random.u8(..8);
            fs::write(bag.at(&file.path), &bytes).unwrap();
            let report = bag.report();
            let names = |text: &str| text.contains(&file.path);
            let is_named =
                report.findings.iter().any(|finding| names(&finding.path) || names(&finding.message.ru));
            assert!(!report.valid && is_named, "{}: {:?}", file.path, codes(&report));
        }
        fs::write(bag.at(&file.path), &file.bytes).unwrap();
    }
}

/// A hole of 5 GiB, more than 32 bits can count; its digest was taken by `sha256sum`.
#[cfg(target_os = "linux")]
#[test]
fn a_file_of_five_gigabytes_is_counted_and_digested() {
    let size: u64 = 5 << 30;
    let digest = "7f06c62352aebd8125b2a1841e2b9e1ffcbed602f381c3dcb3200200e383d1d5";
    let manifest = format!("{digest}  data/дыра.bin\n");
    let oxum = format!("Payload-Oxum: {size}.1\n");
    let files = [
        Document::new("bagit.txt", DECLARATION),
        Document::new("bag-info.txt", oxum),
        Document::new("manifest-sha256.txt", manifest),
    ];
    let bag = SampleBag::of(&files);
    fs::File::create(bag.at("data/дыра.bin")).unwrap().set_len(size).unwrap();
    let report = bag.report();
    assert_codes(&report, &[]);
    assert_eq!((report.files, report.bytes), (1, size));
}

#[test]
fn a_source_that_changes_between_digest_and_copy_does_not_land() {
    let home = tempfile::tempdir().unwrap();
    let (source, target) = (home.path().join("source.pdf"), home.path().join("bag"));
    fs::write(&source, "as it was").unwrap();
    let sha256 = Algorithm::Sha256.of(b"as it was");
    fs::write(&source, "as it is!").unwrap();
    let growing = Growing::resumed(&target, ["data/source.pdf"]).unwrap();
    let failure = growing.copy_in(&source, "data/source.pdf", &sha256).unwrap_err();
    assert!(matches!(&failure, CopyFailure::SourceDamaged(path) if *path == source), "{failure:?}");
    let left: Vec<_> = walkdir::WalkDir::new(home.path())
        .into_iter()
        .filter_map(|item| Some(item.unwrap()).filter(|item| item.file_type().is_file()))
        .collect();
    // The source, and the list by which a later run goes on.
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn a_second_run_in_one_archive_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let first = ArchiveLock::take(home.path()).unwrap();
    let refused = ArchiveLock::take(home.path()).err().unwrap();
    assert!(explain(&refused).en.contains("another run of letopis"), "{refused:#}");
    drop(first);
    assert!(ArchiveLock::take(home.path()).is_ok());
}

/// Every test that the tables name is there, and none of their rows is without one.
#[test]
fn the_lists_of_archive_tests_name_tests_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut names = BTreeSet::new();
    for folder in ["tests/suite", "src"] {
        let files = walkdir::WalkDir::new(root.join(folder)).into_iter().map(Result::unwrap);
        for file in files.filter(|file| file.path().extension().is_some_and(|ending| ending == "rs")) {
            let text = fs::read_to_string(file.path()).unwrap();
            let functions =
                text.lines().filter_map(|line| line.trim_start().strip_prefix("fn ")?.split_once('('));
            names.extend(functions.map(|(name, _)| name.to_owned()));
        }
    }
    let text = fs::read_to_string(root.join("docs/archive-tests.md")).unwrap();
    let items: Vec<&str> = text.split("\n- **").skip(1).collect();
    assert!(items.len() > 80, "{}", items.len());
    for row in items {
        let listed = row.split_once("\n  Tests: ").map_or("", |(_, tests)| tests);
        let listed = listed.split_once("\n\n").map_or(listed, |(tests, _)| tests);
        let tests: Vec<&str> = listed.split('`').skip(1).step_by(2).collect();
        assert!(!tests.is_empty(), "no test: {row}");
        for test in tests.iter().filter(|test| !test.starts_with(".ci/")) {
            assert!(names.contains(*test), "{test}: {row}");
        }
        for script in tests.iter().filter_map(|test| test.strip_prefix(".ci/")) {
            assert!(root.join(".ci").join(script).exists(), "{script}: {row}");
        }
    }
}
