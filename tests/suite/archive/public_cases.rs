//! Bags as public bug reports of other programs have them, each with the right value of its `EXPECT.md`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use letopis::base::said::Lang;
use letopis::verify::{BagReport, Status, VerifyReport, verify};

use super::{codes, only_bag};

fn case(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/public-cases").join(path)
}

/// Verifies the bag of a case; other programs' bags need not have tag manifests.
fn bag(path: &str) -> BagReport {
    only_bag(verify(&[case(path)]))
}

fn report(path: &str) -> VerifyReport {
    verify(&[case(path)])
}

fn run(lang: &str, path: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_letopis"));
    command.args(["--lang", lang, "verify"]).arg(path).output().unwrap()
}

fn has(report: &BagReport, code: &str) -> bool {
    codes(report).iter().any(|found| found == code)
}

#[track_caller]
fn assert_only(report: &BagReport, expected: &[&str]) {
    assert_eq!(codes(report), expected, "{:#?}", report.findings);
}

#[test]
fn case_48_a_bag_zipped_by_a_mac_is_found_under_its_decomposed_names() {
    let plain = bag("48-bag-zip-by-macos/paket.zip");
    assert_eq!((plain.status, plain.valid, plain.files), (Status::ValidWithWarnings, true, 7));
    // Nine files of the Mac in one line, and no stranger among the tag files but its own.
    let litter: Vec<_> = plain.findings.iter().filter(|finding| finding.code == "A514").collect();
    assert_eq!(litter.len(), 1);
    assert!(
        litter[0].message.ru.contains("9") && litter[0].message.ru.contains("macOS"),
        "{}",
        litter[0].message.ru
    );
    assert!(has(&plain, "A312 .DS_Store") && !codes(&plain).iter().any(|code| code.starts_with("A512")));
    let among = bag("48-bag-zip-by-macos/paket-ds.zip");
    assert_eq!((among.status, among.payload.listed, among.payload.whole), (Status::Invalid, 3, 3));
    assert!(has(&among, "A316 data/.DS_Store") && !has(&among, "A301 bag-info.txt"), "{:?}", codes(&among));
    let said = report("48-bag-zip-by-macos/paket-ds.zip").to_text().ru;
    for word in ["macOS", "можно удалить", "все документы, названные в манифестах, целы: 3"]
    {
        assert!(said.contains(word), "{word}: {said}");
    }
}

#[test]
fn case_49_streamed_stored_and_zip64_archives_are_valid_without_a_word() {
    for kind in ["streamed", "stored", "zip64"] {
        let bag = bag(&format!("49-bag-zip-streamed-zip64/{kind}/paket.zip"));
        assert_only(&bag, &[]);
        assert_eq!((bag.status, bag.files), (Status::Valid, 7), "{kind}");
    }
}

#[test]
fn case_52_what_explorer_left_is_named_and_the_documents_are_said_to_be_whole() {
    let bag_report = bag("52-bag-opened-in-explorer/paket");
    assert_eq!(bag_report.status, Status::Invalid);
    assert_only(&bag_report, &["A312 desktop.ini", "A316 data/журналы/Thumbs.db"]);
    assert_eq!((bag_report.payload.listed, bag_report.payload.whole), (3, 3));
    let said = report("52-bag-opened-in-explorer/paket").to_text().en;
    for word in ["Windows", "may be removed", "all listed documents are whole: 3"] {
        assert!(said.contains(word), "{word}: {said}");
    }
    // The Mac's icon is listed as data/Icon%0D.
    let icon = bag("52-bag-opened-in-explorer/icon");
    assert!(icon.valid && icon.complete, "{:?}", codes(&icon));
}

#[test]
fn case_53_line_ends_changed_on_the_way_are_told_file_by_file() {
    let damaged = bag("53-bag-through-git-autocrlf/paket");
    assert_eq!((damaged.status, damaged.valid), (Status::Invalid, false));
    let by_line_ends: Vec<_> = damaged
        .findings
        .iter()
        .filter(|finding| finding.code == "A407")
        .map(|finding| &finding.path)
        .collect();
    assert_eq!(
        by_line_ends,
        [
            "bag-info.txt",
            "bagit.txt",
            "data/журналы/Йод и ёлка.csv",
            "data/опись.txt",
            "manifest-sha256.txt",
            "manifest-sha512.txt"
        ]
    );
    assert_eq!(
        (damaged.payload.whole, damaged.payload.whole_files.as_slice()),
        (1, &["data/журналы/Журнал 5А.pdf".to_owned()][..])
    );
    let said = report("53-bag-through-git-autocrlf/paket").to_text().ru;
    assert!(said.contains("из них целы: 1 (data/журналы/Журнал 5А.pdf)"), "{said}");
    assert!(said.contains("LF на CRLF"), "{said}");
    assert_only(&bag("53-bag-through-git-autocrlf/declared"), &[]);
}

#[test]
fn a_file_changed_in_more_than_its_line_ends_is_simply_changed() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("paket");
    copy(&case("57-bag-in-other-wrapping/paket"), &path);
    fs::write(path.join("data/опись.txt"), "Опись и ещё\r\n").unwrap();
    let report = only_bag(verify(&[path]));
    assert!(has(&report, "A401 data/опись.txt"), "{:?}", codes(&report));
}

#[test]
fn case_54_what_is_left_without_manifests_is_told() {
    let none = bag("54-bag-manifests-gone/a");
    assert!(none.status == Status::Invalid && has(&none, "A110"), "{:?}", codes(&none));
    let unprotected = bag("54-bag-manifests-gone/b");
    assert_eq!(unprotected.status, Status::ValidWithWarnings);
    assert_only(&unprotected, &["A317"]);
    let weak = bag("54-bag-manifests-gone/c");
    assert_eq!((weak.status, weak.valid), (Status::ValidWithWarnings, true), "{:?}", codes(&weak));
    assert!(has(&weak, "A111 manifest-sha3256.txt") && has(&weak, "A119"), "{:?}", codes(&weak));
}

#[test]
fn case_55_a_wrong_oxum_is_named_and_hides_no_bad_file() {
    let wrong = bag("55-bag-oxum/a");
    assert_eq!(wrong.status, Status::Invalid);
    assert_only(&wrong, &["A301 bag-info.txt"]);
    assert_only(&bag("55-bag-oxum/b"), &["A301 bag-info.txt", "A401 data/опись.txt"]);
    assert_only(&bag("55-bag-oxum/c"), &["A207 bag-info.txt"]);
    // An empty folder is kept by no version control, so it is made here.
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("d");
    copy(&case("55-bag-oxum/d"), &path);
    fs::create_dir(path.join("data")).unwrap();
    let empty = only_bag(verify(&[path]));
    assert!(empty.valid && empty.complete, "{:?}", codes(&empty));
}

#[test]
fn case_56_an_empty_payload_lost_by_an_archiver_is_said_to_be_that() {
    let with = bag("56-bag-empty-payload-zip/with/paket.zip");
    assert!(with.valid && with.complete, "{:?}", codes(&with));
    let without = report("56-bag-empty-payload-zip/without/paket.zip");
    assert_eq!(without.exit_code(), 1);
    for (lang, word) in [(Lang::Ru, "пустую папку потеряла программа"), (Lang::En, "lost an empty folder")]
    {
        assert!(without.to_text().pick(lang).contains(word), "{}", without.to_text().pick(lang));
    }
}

#[test]
fn case_57_a_bag_in_another_wrapping_is_verified_or_said_what_to_do() {
    let deep = bag("57-bag-in-other-wrapping/deep.zip");
    assert_eq!(deep.status, Status::ValidWithWarnings);
    assert!(has(&deep, "A516") && deep.files == 7, "{:?}", codes(&deep));
    // A tag file stands for its bag.
    for name in ["bagit.txt", "manifest-sha256.txt", "bag-info.txt"] {
        let named = report(&format!("57-bag-in-other-wrapping/paket/{name}"));
        assert_eq!((named.status(), named.bags.len()), (Status::Valid, 1), "{name}");
    }
    for lang in ["ru", "en"] {
        let output = run(lang, &case("57-bag-in-other-wrapping/paket.tar.gz"));
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("tar.gz") && said.contains("tar -xzf paket.tar.gz"), "{said}");
    }
    // A part of a bag is no bag, and is said to be a part.
    let part = report("57-bag-in-other-wrapping/paket/data");
    assert_eq!((part.findings[0].code, part.exit_code()), ("A009", 2));
    let part = report("57-bag-in-other-wrapping/paket/data/опись.txt");
    assert_eq!((part.findings[0].code, part.exit_code()), ("A009", 2));
}

#[test]
fn a_zip_of_a_zip_is_said_to_be_one() {
    let report = only_bag(report("51-bundle-zip-by-explorer/outer.zip"));
    assert_eq!(report.status, Status::Unchecked);
    assert_only(&report, &["A010"]);
    assert!(
        report.findings[0].message.ru.ends_with("архивов внутри: 1"),
        "{}",
        report.findings[0].message.ru
    );
}

#[test]
fn case_58_names_in_capitals_are_warned_of_and_cut_names_known_by_digest() {
    let tags = bag("58-bag-through-fat-or-cd/a");
    assert_eq!((tags.status, tags.valid, tags.files), (Status::ValidWithWarnings, true, 7));
    let expected = ["BAG-INFO.TXT", "BAGIT.TXT", "MANIFEST-SHA256.TXT", "MANIFEST-SHA512.TXT"];
    for name in expected {
        assert!(has(&tags, &format!("A120 {name}")), "{:?}", codes(&tags));
    }
    let payload = bag("58-bag-through-fat-or-cd/b");
    assert_eq!(payload.status, Status::ValidWithWarnings);
    assert!(has(&payload, "A310 data/OPIS.TXT"), "{:?}", codes(&payload));
    let cut = bag("58-bag-through-fat-or-cd/c");
    assert_eq!(cut.status, Status::Invalid);
    assert_only(&cut, &["A305 data/Journal 5A.pdf", "A305 data/opis-dela-dlinnaya.txt"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_bag_wholly_in_capitals_is_read_and_its_damage_found() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("PAKET");
    for (name, bytes) in files(&case("58-bag-through-fat-or-cd/b")) {
        let place = path.join(name.to_uppercase());
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, bytes).unwrap();
    }
    let sound = only_bag(verify(std::slice::from_ref(&path)));
    assert_eq!((sound.status, sound.files), (Status::ValidWithWarnings, 6), "{:?}", codes(&sound));
    assert!(has(&sound, "A120 DATA"), "{:?}", codes(&sound));
    fs::write(path.join("DATA/OPIS.TXT"), "x3").unwrap();
    let damaged = only_bag(verify(&[path]));
    assert_eq!(damaged.status, Status::Invalid, "{:?}", codes(&damaged));
}

#[test]
fn a_zip_with_backslashes_for_folders_is_read_with_a_warning_and_a_way_out_is_refused() {
    use std::io::Write;
    let pack = |add: &[&str]| {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        for (name, bytes) in files(&case("58-bag-through-fat-or-cd/b")) {
            writer.start_file(format!("paket\\{}", name.replace('/', "\\")), options).unwrap();
            writer.write_all(&bytes).unwrap();
        }
        for name in add {
            writer.start_file(*name, options).unwrap();
        }
        writer.finish().unwrap().into_inner()
    };
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("paket.zip");
    fs::write(&path, pack(&[])).unwrap();
    let report = only_bag(verify(std::slice::from_ref(&path)));
    assert!(report.valid && has(&report, "A515"), "{:?}", codes(&report));
    fs::write(&path, pack(&["paket\\..\\..\\x"])).unwrap();
    let report = only_bag(verify(&[path]));
    assert!(!report.valid && has(&report, "A502 ../../x"), "{:?}", codes(&report));
}

#[cfg(target_os = "linux")]
#[test]
fn a_verdict_that_cannot_be_written_is_an_error() {
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_letopis"));
    command.args(["--lang", "ru", "verify"]).arg(case("57-bag-in-other-wrapping/paket"));
    let output = command.stdout(full).output().unwrap();
    // 5 where the disk is full, by the table of exit codes; never 0.
    assert!(matches!(output.status.code(), Some(2 | 5)), "{:?}", output.status);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("вывод программы не записан"), "{said}");
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.unwrap());
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let name = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            (name, fs::read(entry.path()).unwrap())
        })
        .collect()
}

fn copy(from: &Path, to: &Path) {
    for (name, bytes) in files(from) {
        let place = to.join(name);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, bytes).unwrap();
    }
}
