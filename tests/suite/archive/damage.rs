//! Damage done to a written bag: every kind is found and the file is named (`archive.md` 5.2).

use std::fs;
use std::path::Path;

use letopis::verify::{Status, verify};

use super::{SampleBag, assert_codes, codes, sample_files};

/// Flips bits of one byte at a time in every file of the bag, each time in one place, and asserts that the verdict is
/// invalid and the file is named.
#[test]
fn a_flipped_byte_anywhere_is_found_and_the_file_named() {
    let bag = SampleBag::new();
    let mut flips = 0;
    for file in sample_files().iter().filter(|file| !file.bytes.is_empty()) {
        let last = file.bytes.len() - 1;
        for (at, mask) in
            [(0, 1), (last / 2, 1), (last / 2, 0x20), (last / 3, 0x80), (last, 4), (last * 3 / 4, 0x20)]
        {
            let mut bytes = file.bytes.clone();
            bytes[at] ^= mask;
            fs::write(bag.at(&file.path), &bytes).unwrap();
            let report = bag.report();
            let names = |text: &str| text.contains(&file.path);
            let is_named =
                report.findings.iter().any(|finding| names(&finding.path) || names(&finding.message.ru));
            assert!(
                report.status == Status::Invalid && is_named,
                "{} at {at}: {:?}",
                file.path,
                codes(&report)
            );
            flips += 1;
        }
        fs::write(bag.at(&file.path), &file.bytes).unwrap();
    }
    assert_eq!(flips, 6 * 10);
    assert_codes(&bag.report(), &[]);
}

#[test]
fn a_damaged_manifest_is_told_from_a_damaged_file() {
    let bag = SampleBag::new();
    let path = bag.at("tagmanifest-sha256.txt");
    let text = fs::read_to_string(&path).unwrap();
    let flipped = if text.starts_with('0') { "1" } else { "0" };
    fs::write(&path, format!("{flipped}{}", &text[1..])).unwrap();
    let report = bag.report();
    assert_codes(&report, &["A402 tagmanifest-sha256.txt"]);
    // Nothing is missing, and yet the bag is not valid.
    assert_eq!((report.complete, report.valid), (true, false));
}

#[test]
fn truncated_missing_and_extra_files_are_told_apart() {
    let bag = SampleBag::new();
    fs::write(bag.at("data/журналы/5А.pdf"), b"%PDF").unwrap();
    assert_codes(&bag.report(), &["A301 bag-info.txt", "A401 data/журналы/5А.pdf"]);
    let bag = SampleBag::new();
    fs::remove_file(bag.at("data/журналы/5А.pdf")).unwrap();
    assert_codes(&bag.report(), &["A301 bag-info.txt", "A302 data/журналы/5А.pdf"]);
    let bag = SampleBag::new();
    fs::write(bag.at("data/лишний.txt"), "x").unwrap();
    let report = bag.report();
    assert_codes(&report, &["A301 bag-info.txt", "A304 data/лишний.txt"]);
    assert!(!report.complete);
}

#[test]
fn a_renamed_file_and_two_swapped_ones_are_recognised() {
    let bag = SampleBag::new();
    fs::rename(bag.at("data/журналы/5А.pdf"), bag.at("data/копия.pdf")).unwrap();
    let report = bag.report();
    assert_codes(&report, &["A305 data/журналы/5А.pdf"]);
    assert!(report.findings[0].message.ru.contains("data/копия.pdf"));

    let bag = SampleBag::new();
    let (first, second) = (bag.at("data/журналы/5А.pdf"), bag.at("data/журналы/5Б.pdf"));
    fs::rename(&first, bag.at("x")).unwrap();
    fs::rename(&second, &first).unwrap();
    fs::rename(bag.at("x"), &second).unwrap();
    assert_codes(&bag.report(), &["A405 data/журналы/5А.pdf", "A405 data/журналы/5Б.pdf"]);
}

#[test]
fn a_file_moved_out_of_the_payload_is_recognised() {
    let bag = SampleBag::new();
    fs::rename(bag.at("data/журналы/5А.pdf"), bag.at("5А.pdf")).unwrap();
    assert_codes(&bag.report(), &["A301 bag-info.txt", "A605 5А.pdf", "A305 data/журналы/5А.pdf"]);
}

#[test]
fn deleted_manifests_are_missed() {
    let deletions: [(&[&str], &[&str]); 3] = [
        (
            &["tagmanifest-sha256.txt", "tagmanifest-sha512.txt"],
            &["A601 tagmanifest-sha256.txt", "A601 tagmanifest-sha512.txt"],
        ),
        (
            &["manifest-sha512.txt", "tagmanifest-sha512.txt"],
            &["A601 manifest-sha512.txt", "A601 tagmanifest-sha512.txt", "A302 manifest-sha512.txt"],
        ),
        (&["manifest-sha256.txt"], &["A315", "A601 manifest-sha256.txt", "A302 manifest-sha256.txt"]),
    ];
    for (names, expected) in deletions {
        let bag = SampleBag::new();
        names.iter().for_each(|name| fs::remove_file(bag.at(name)).unwrap());
        assert_codes(&bag.report(), expected);
    }
    let bag = SampleBag::new();
    fs::remove_file(bag.at("manifest-sha256.txt")).unwrap();
    fs::remove_file(bag.at("manifest-sha512.txt")).unwrap();
    assert_eq!(codes(&bag.report())[0], "A110");
}

#[test]
fn every_tag_file_is_missed_when_deleted() {
    let tag_files: Vec<_> =
        sample_files().into_iter().filter(|file| !file.path.starts_with("data/")).collect();
    assert_eq!(tag_files.len(), 7);
    for file in tag_files {
        let bag = SampleBag::new();
        fs::remove_file(bag.at(&file.path)).unwrap();
        let report = bag.report();
        let is_named = report.findings.iter().any(|finding| finding.path == file.path);
        assert!(report.status == Status::Invalid && is_named, "{}: {:?}", file.path, codes(&report));
    }
}

#[test]
fn an_empty_folder_is_a_warning_and_an_unlisted_tag_file_an_error_of_the_profile() {
    let bag = SampleBag::new();
    fs::create_dir(bag.at("data/пустая")).unwrap();
    let report = bag.report();
    assert_codes(&report, &["A115 data/пустая"]);
    assert_eq!((report.status, bag.verify().exit_code()), (Status::ValidWithWarnings, 0));
    let bag = SampleBag::new();
    fs::create_dir(bag.at("заметки")).unwrap();
    fs::write(bag.at("заметки/x.txt"), "x").unwrap();
    assert_codes(&bag.report(), &["A605 заметки/x.txt"]);
    let bag = SampleBag::new();
    // A signature need not be listed, but this is none.
    fs::write(bag.at("tagmanifest-sha512.txt.p7s"), "signature").unwrap();
    assert_codes(&bag.report(), &["A702 tagmanifest-sha512.txt.p7s"]);
}

#[test]
fn a_missing_payload_folder_is_named() {
    let bag = SampleBag::new();
    fs::remove_dir_all(bag.at("data")).unwrap();
    assert!(codes(&bag.report()).contains(&"A109 data".to_owned()));
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_errors_and_never_followed() {
    use std::os::unix::fs::symlink;
    let file = "data/журналы/5А.pdf";
    let twin = tempfile::NamedTempFile::new().unwrap();
    fs::write(twin.path(), b"%PDF-1.7 five A".repeat(40)).unwrap();
    let targets =
        [twin.path(), Path::new("/nowhere/at/all"), Path::new("5А.pdf"), Path::new("/etc/hostname")];
    for target in targets {
        let bag = SampleBag::new();
        fs::remove_file(bag.at(file)).unwrap();
        symlink(target, bag.at(file)).unwrap();
        assert_codes(&bag.report(), &["A113 data/журналы/5А.pdf", "A301 bag-info.txt"]);
    }
    let bag = SampleBag::new();
    symlink("..", bag.at("data/петля")).unwrap();
    assert_codes(&bag.report(), &["A113 data/петля"]);
    let bag = SampleBag::new();
    fs::rename(bag.at("bag-info.txt"), bag.at("x")).unwrap();
    symlink("x", bag.at("bag-info.txt")).unwrap();
    assert!(codes(&bag.report()).contains(&"A113 bag-info.txt".to_owned()));
}

#[cfg(unix)]
#[test]
fn a_pipe_is_an_error_and_never_opened() {
    for name in ["data/труба", "data/журналы/5А.pdf", "bagit.txt", "manifest-sha256.txt"] {
        let bag = SampleBag::new();
        let _ = fs::remove_file(bag.at(name));
        let Ok(status) = std::process::Command::new("mkfifo").arg(bag.at(name)).status() else { return };
        assert!(status.success());
        let report = bag.report();
        let expected = format!("A114 {name}");
        assert!(
            report.status == Status::Invalid && codes(&report).contains(&expected),
            "{:?}",
            codes(&report)
        );
    }
}

#[test]
fn what_cannot_be_verified_is_never_valid() {
    let home = tempfile::tempdir().unwrap();
    let at = |name: &str| home.path().join(name);
    fs::write(at("note.txt"), "x").unwrap();
    fs::create_dir(at("empty")).unwrap();
    for (path, code) in [(at("absent"), "A001"), (at("empty"), "A002"), (at("note.txt"), "A003")] {
        let report = verify(&[path]);
        assert_eq!((report.findings[0].code, report.exit_code()), (code, 2));
        assert_eq!(report.status(), Status::Unchecked);
    }
    assert_eq!(verify(&[]).exit_code(), 2);
}

#[cfg(unix)]
#[test]
fn a_link_to_a_bag_is_said_to_be_unchecked() {
    let bag = SampleBag::new();
    let folder = bag.path.parent().unwrap();
    std::os::unix::fs::symlink(&bag.path, folder.join("latest")).unwrap();
    let report = verify(&[folder.to_owned()]);
    assert_eq!((report.bags.len(), report.findings[0].code, report.exit_code()), (1, "A005", 2));
    // Named directly, the same link leads to its bag.
    assert_eq!(verify(&[folder.join("latest")]).exit_code(), 0);
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_unchecked_not_missing() {
    use std::os::unix::fs::PermissionsExt;
    let bag = SampleBag::new();
    let path = bag.at("data/журналы/5А.pdf");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::File::open(&path).is_ok() {
        // The superuser reads everything; a unit test of the verifier covers the rest.
        return;
    }
    let report = bag.report();
    assert_codes(&report, &["A403 data/журналы/5А.pdf"]);
    assert_eq!((report.status, bag.verify().exit_code()), (Status::Unchecked, 2));
}

#[test]
fn our_profile_forbids_fetch_lists_and_older_versions() {
    let bag = SampleBag::new();
    fs::write(bag.at("fetch.txt"), "").unwrap();
    assert_codes(&bag.report(), &["A605 fetch.txt", "A602 fetch.txt"]);
    let bag = SampleBag::new();
    fs::write(bag.at("bagit.txt"), "BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n").unwrap();
    assert_codes(&bag.report(), &["A604 bagit.txt", "A401 bagit.txt"]);
}

/// Copying through a Mac decomposes letters such as «Й».
#[test]
fn decomposed_names_are_accepted_with_a_warning() {
    let bag = SampleBag::new();
    fs::rename(bag.at("ЧИТАЙ-МЕНЯ.txt"), bag.at("ЧИТАИ\u{306}-МЕНЯ.txt")).unwrap();
    let report = bag.report();
    assert_eq!(report.status, Status::ValidWithWarnings);
    assert_codes(&report, &["A309 ЧИТАИ\u{306}-МЕНЯ.txt"; 2]);
}

#[test]
fn system_files_beside_the_tag_files_are_only_warned_of() {
    let bag = SampleBag::new();
    fs::write(bag.at(".DS_Store"), "x").unwrap();
    let report = bag.report();
    assert_codes(&report, &["A312 .DS_Store"]);
    assert_eq!(report.status, Status::ValidWithWarnings);
}

#[test]
fn folders_nested_beyond_reason_are_said_to_be_unchecked() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir_all(home.path().join("папка/".repeat(20))).unwrap();
    let report = verify(&[home.path().to_owned()]);
    assert_eq!((report.findings[0].code, report.exit_code()), ("A007", 2));
}

/// Tag files that hold anything at all: the verifier comes back with a verdict, and it is not "valid".
#[test]
fn nonsense_in_tag_files_gives_a_verdict() {
    let nonsense: [&[u8]; 9] = [
        b"",
        b"\0\0\0\0",
        b"\xFF\xFE\x00",
        b"\xEF\xBB\xBF\n",
        b": \n:\n\t\n",
        b"%\n%2\n%25%\n*\n\\\n./\n",
        b"BagIt-Version: 99999999999999999999.1\nTag-File-Character-Encoding: UTF-16\n",
        b"BagIt-Version: 1.\nTag-File-Character-Encoding:\n\r\r\n",
        b"Payload-Oxum: 18446744073709551616.1\nPayload-Oxum: -1.+1\nBagIt-Profile-Identifier: x\n",
    ];
    let bag = SampleBag::new();
    for file in sample_files().iter().filter(|file| !file.path.starts_with("data/")) {
        for content in nonsense {
            fs::write(bag.at(&file.path), content).unwrap();
            let report = bag.report();
            assert!(!report.valid, "{} {content:?}: {:?}", file.path, codes(&report));
        }
        fs::write(bag.at(&file.path), &file.bytes).unwrap();
    }
    for content in nonsense.iter().filter(|content| !content.is_empty()) {
        fs::write(bag.at("fetch.txt"), content).unwrap();
        assert!(!bag.report().valid);
    }
}
