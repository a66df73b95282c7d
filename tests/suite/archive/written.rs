//! Bags and ZIPs that letopis writes: valid, complete, the same bytes every time.

use std::fs;
use std::io::{self, Cursor};

use letopis::bagit::zip::{Earlier, pack, pack_beside};
use letopis::base::files::{Checksums, Document};
use letopis::verify::{Container, Status, verify};

use super::{SampleBag, assert_codes, only_bag, sample_files, sample_payload};

#[test]
fn a_written_bag_is_valid_without_a_warning() {
    let bag = SampleBag::new();
    let report = bag.report();
    assert_codes(&report, &[]);
    assert_eq!((report.status, report.complete, report.valid), (Status::Valid, true, true));
    assert_eq!((report.version.as_str(), report.container), ("1.0", Container::Folder));
    // Four payload files, five tag files listed in the tag manifests.
    assert_eq!(report.files, 9);
    assert_eq!(bag.verify().exit_code(), 0);
}

#[test]
fn a_bag_with_an_empty_payload_is_valid() {
    let files = letopis::bagit::bag::tag_files(&[], &[], &[]);
    assert_codes(&SampleBag::of(&files).report(), &[]);
}

#[test]
fn tag_files_have_the_bytes_of_the_standard() {
    let files = sample_files();
    let text = |name: &str| {
        let file = files.iter().find(|file| file.path == name).unwrap();
        String::from_utf8(file.bytes.clone()).unwrap()
    };
    assert_eq!(text("bagit.txt"), "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
    let info = text("bag-info.txt");
    let bytes: usize = sample_payload().iter().map(|file| file.bytes.len()).sum();
    assert!(info.ends_with(&format!("Payload-Oxum: {bytes}.4\n")), "{info}");
    assert!(info.lines().all(|line| line.chars().count() <= 79), "{info}");
    assert_eq!(info.lines().filter(|line| line.starts_with("  ")).count(), 3, "{info}");
    let first = &sample_payload()[0];
    let digest = Checksums::of(&first.bytes).sha256;
    assert_eq!(text("manifest-sha256.txt").lines().next().unwrap(), format!("{digest}  {}", first.path));
    let listed: Vec<String> =
        text("tagmanifest-sha512.txt").lines().map(|line| line[130..].to_owned()).collect();
    let expected =
        ["bag-info.txt", "bagit.txt", "manifest-sha256.txt", "manifest-sha512.txt", "ЧИТАЙ-МЕНЯ.txt"];
    assert_eq!(listed, expected);
    let names: Vec<_> = files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(names[5..7], ["tagmanifest-sha256.txt", "tagmanifest-sha512.txt"]);
}

#[test]
fn the_order_of_the_payload_does_not_change_the_bytes() {
    let entry = |name: &str| {
        letopis::bagit::manifest::PayloadEntry::new(format!("data/{name}"), Checksums::of(name.as_bytes()))
    };
    let forward = [entry("а"), entry("б"), entry("Z")];
    let backward = [entry("Z"), entry("б"), entry("а")];
    let tags = |payload| letopis::bagit::bag::tag_files(&[], payload, &[]);
    assert_eq!(tags(&forward), tags(&backward));
}

fn packed(files: &[Document]) -> Vec<u8> {
    let sizes: Vec<_> = files.iter().map(|file| (file.path.clone(), file.bytes.len() as u64)).collect();
    let open = |path: &str| {
        let file = files.iter().find(|file| file.path == path).ok_or(io::ErrorKind::NotFound)?;
        Ok(Cursor::new(file.bytes.clone()))
    };
    pack(Cursor::new(Vec::new()), "letopis-2024-2025-5", &sizes, open).unwrap().into_inner()
}

#[test]
fn a_packed_bag_is_valid_in_place_and_always_the_same() {
    let mut files = sample_files();
    let bytes = packed(&files);
    files.reverse();
    assert_eq!(packed(&files), bytes, "the order of the files changed the archive");
    // Other systems and later versions must write these bytes too.
    let known = "6966018c42f9ab36cae03d71260c47ea19578635e362fdf1b5fdd7d940524381";
    assert_eq!(Checksums::of(&bytes).sha256, known);
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("letopis-2024-2025-5.zip");
    fs::write(&path, &bytes).unwrap();
    let report = only_bag(verify(&[path]));
    assert_codes(&report, &[]);
    assert_eq!((report.status, report.container, report.files), (Status::Valid, Container::Zip, 9));
}

#[test]
fn a_packed_bag_has_fixed_times_modes_and_methods() {
    let mut archive = zip::ZipArchive::new(Cursor::new(packed(&sample_files()))).unwrap();
    let mut names = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        let time = entry.last_modified().unwrap();
        assert_eq!((time.year(), time.month(), time.day(), time.hour()), (1980, 1, 1, 0), "{name}");
        assert_eq!(entry.unix_mode(), Some(0o100_644), "{name}");
        let is_stored = entry.compression() == zip::CompressionMethod::Stored;
        assert_eq!(is_stored, name.ends_with(".pdf"), "{name}");
        names.push(name);
    }
    assert!(names.is_sorted(), "{names:?}");
    assert!(names.contains(&"letopis-2024-2025-5/data/журналы/5А.pdf".to_owned()), "{names:?}");
}

#[test]
fn an_empty_payload_keeps_its_folder_in_the_zip() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("letopis-2024-2025-5.zip");
    fs::write(&path, packed(&letopis::bagit::bag::tag_files(&[], &[], &[]))).unwrap();
    assert_codes(&only_bag(verify(&[path])), &[]);
}

#[test]
fn packing_names_the_file_that_failed() {
    let files = [("data/x".to_owned(), 3)];
    let sink = || Cursor::new(Vec::new());
    let absent =
        pack(sink(), "bag", &files, |_| Err::<&[u8], _>(io::ErrorKind::NotFound.into())).unwrap_err();
    assert!(absent.to_string().starts_with("data/x: "), "{absent}");
    let changed = pack(sink(), "bag", &files, |_| Ok(&b"four"[..])).unwrap_err();
    assert_eq!(changed.to_string(), "data/x: прочитано байт 4, а должно быть 3");
    let twice = [("x".to_owned(), 1), ("x".to_owned(), 1)];
    assert!(pack(sink(), "bag", &twice, |_| Ok(&b"1"[..])).is_err());
}

#[test]
fn the_report_is_readable_by_programs_and_people() {
    let bag = SampleBag::new();
    fs::write(bag.at("data/пусто.txt"), "x").unwrap();
    let report = bag.verify();
    let json = report.to_json();
    assert_eq!(json["status"], "invalid");
    assert_eq!(json["exit_code"], 1);
    assert_eq!(json["bags"][0]["status"], "invalid");
    assert_eq!((&json["bags"][0]["complete"], &json["bags"][0]["valid"]), (&false.into(), &false.into()));
    let last = json["findings"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["code"], &last["severity"]), (&"A401".into(), &"error".into()));
    assert_eq!((&last["path"], &last["bag"]), (&"data/пусто.txt".into(), &bag.path.to_str().unwrap().into()));
    let russian = report.to_text().ru;
    assert!(russian.contains("ошибка A401 data/пусто.txt: содержимое изменено"), "{russian}");
    assert!(russian.ends_with("неверных: 1, проверенных не полностью: 0\n"), "{russian}");
    assert!(report.to_text().en.contains("error A401 data/пусто.txt: the content was changed"));
}

#[test]
fn members_copied_from_an_earlier_zip_are_the_bytes_that_deflating_gives() {
    let text = |name: &str| name.repeat(5_000).into_bytes();
    let names = ["bagit.txt", "data/Отметки.csv", "data/a.pdf", "data/empty.csv", "data/sources/0001.csv"];
    let files: Vec<(String, u64)> = names
        .iter()
        .map(|name| ((*name).to_owned(), if name.contains("empty") { 0 } else { text(name).len() as u64 }))
        .collect();
    let open = |name: &str| Ok(Cursor::new(if name.contains("empty") { Vec::new() } else { text(name) }));
    let whole = pack(Cursor::new(Vec::new()), "bag", &files, open).expect("memory takes everything");
    for same in [&names[..], &names[1..3], &["data/no-such-file"]] {
        let same = same.iter().map(|name| (*name).to_owned()).collect();
        let mut earlier = Earlier::open(Cursor::new(whole.get_ref()), same).expect("it is a ZIP");
        let again = pack_beside(Cursor::new(Vec::new()), "bag", &files, open, Some(&mut earlier));
        assert!(again.expect("memory takes everything").get_ref() == whole.get_ref());
    }
}
