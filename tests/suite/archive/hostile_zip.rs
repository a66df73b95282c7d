//! ZIP archives made to harm: refused by name, nothing unpacked.

use std::fs;
use std::io::{Cursor, Write};

use letopis::base::files::Document;
use letopis::verify::{Status, ZipLimits, verify, verify_within};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{SampleBag, codes, only_bag, sample_files};

const ROOT: &str = "letopis-2024-2025-5";

/// Packs files and whatever a case adds, and returns the bytes.
fn archive(files: &[Document], add: impl FnOnce(&mut ZipWriter<Cursor<Vec<u8>>>)) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for file in files {
        writer.start_file(format!("{ROOT}/{}", file.path), SimpleFileOptions::default()).unwrap();
        writer.write_all(&file.bytes).unwrap();
    }
    add(&mut writer);
    writer.finish().unwrap().into_inner()
}

fn entry(writer: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, content: &[u8]) {
    writer.start_file(name, SimpleFileOptions::default()).unwrap();
    writer.write_all(content).unwrap();
}

/// Writes a ZIP beside nothing else and returns the verdict on it with its codes.
fn judge(bytes: &[u8]) -> (Status, Vec<String>) {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join(format!("{ROOT}.zip"));
    fs::write(&path, bytes).unwrap();
    let report = only_bag(verify(&[path]));
    let unpacked: Vec<_> = fs::read_dir(home.path()).unwrap().collect();
    assert_eq!(unpacked.len(), 1, "something was unpacked");
    (report.status, codes(&report))
}

#[track_caller]
fn assert_refused(bytes: &[u8], expected: &str) {
    let (status, found) = judge(bytes);
    assert!(status == Status::Invalid && found.iter().any(|code| code == expected), "{found:?}");
}

#[test]
fn the_same_archive_without_the_attack_is_valid() {
    assert_eq!(judge(&archive(&sample_files(), |_| {})), (Status::Valid, vec![]));
}

#[test]
fn names_that_lead_outside_are_refused() {
    for name in ["../x", "/tmp/x", "C:/x", "~/x", "a\\..\\x", "\\\\server\\x", "bag/../../x", "a//x", "./x"] {
        let bytes = archive(&sample_files(), |writer| entry(writer, name, b"x"));
        assert_refused(&bytes, &format!("A502 {name}"));
    }
    let bytes = archive(&sample_files(), |writer| entry(writer, &format!("{ROOT}/data/../../../x"), b"x"));
    assert_refused(&bytes, "A502 data/../../../x");
    let alone = archive(&[], |writer| entry(writer, "../x", b"x"));
    assert_refused(&alone, "A502 ../x");
}

#[test]
fn links_are_refused() {
    let bytes = archive(&sample_files(), |writer| {
        writer
            .add_symlink(format!("{ROOT}/data/ссылка"), "/etc/passwd", SimpleFileOptions::default())
            .unwrap();
    });
    assert_refused(&bytes, "A503 data/ссылка");
}

#[test]
fn entries_of_one_name_are_refused() {
    let twin = format!("{ROOT}/data/b.txt");
    let mut files = sample_files();
    files.push(Document::new("data/a.txt", "first"));
    let mut bytes = archive(&files, |writer| entry(writer, &twin, b"second"));
    // The writer refuses equal names, so the first is renamed in the finished bytes, in both headers.
    let name = format!("{ROOT}/data/a.txt").into_bytes();
    let places: Vec<_> = (0..bytes.len() - name.len()).filter(|at| bytes[*at..].starts_with(&name)).collect();
    assert_eq!(places.len(), 2);
    for at in places {
        bytes[at..at + name.len()].copy_from_slice(twin.as_bytes());
    }
    assert_refused(&bytes, "A504 data/b.txt");
}

#[test]
fn headers_that_disagree_are_refused() {
    let mut bytes = archive(&sample_files(), |_| {});
    // Only the local header is renamed: one unpacker would see another file than the rest.
    let name = format!("{ROOT}/bagit.txt").into_bytes();
    let at = (0..bytes.len()).find(|at| bytes[*at..].starts_with(&name)).unwrap();
    bytes[at + name.len() - 1] = b'x';
    let (status, found) = judge(&bytes);
    assert!(status == Status::Invalid && found.iter().any(|code| code.starts_with("A509")), "{found:?}");
}

#[test]
fn bombs_are_refused_without_being_read() {
    let zeros = vec![0; 1 << 20];
    let bytes = archive(&sample_files(), |writer| {
        writer.start_file(format!("{ROOT}/data/бомба"), SimpleFileOptions::default()).unwrap();
        (0..65).for_each(|_| writer.write_all(&zeros).unwrap());
    });
    assert!(bytes.len() < 200_000);
    assert_refused(&bytes, "A505 data/бомба");
}

#[test]
fn archives_beyond_the_limits_are_refused() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join(format!("{ROOT}.zip"));
    fs::write(&path, archive(&sample_files(), |_| {})).unwrap();
    let few = ZipLimits { entries: 3, ..ZipLimits::default() };
    let small = ZipLimits { bytes: 100, ..ZipLimits::default() };
    for limits in [few, small] {
        let report = only_bag(verify_within(std::slice::from_ref(&path), &limits));
        assert_eq!(
            (report.status, codes(&report), report.files),
            (Status::Invalid, vec!["A506".to_owned()], 0)
        );
    }
}

#[test]
fn many_small_entries_can_be_a_bomb_together() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join(format!("{ROOT}.zip"));
    let zeros = vec![0; 900_000];
    let bytes = archive(&sample_files(), |writer| {
        (0..20).for_each(|number| entry(writer, &format!("{ROOT}/data/{number}"), &zeros));
    });
    fs::write(&path, bytes).unwrap();
    let limits = ZipLimits { bomb_bytes: 1 << 20, ..ZipLimits::default() };
    let report = only_bag(verify_within(&[path], &limits));
    assert_eq!((codes(&report), report.files), (vec!["A506".to_owned()], 0));
}

/// Whatever byte is damaged, the verifier comes back with a verdict; a seeded walk over the whole archive.
#[test]
fn damage_anywhere_in_an_archive_gives_a_verdict() {
    let whole = archive(&sample_files(), |_| {});
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join(format!("{ROOT}.zip"));
    let mut seed: u64 = 7;
    let mut sound = 0;
    for _ in 0..400 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let at = (seed >> 33) as usize % whole.len();
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (seed >> 61);
        fs::write(&path, bytes).unwrap();
        sound += usize::from(verify(std::slice::from_ref(&path)).status() == Status::Valid);
    }
    // What no reader uses: times, attributes, versions, comments. A content's damage never passes.
    assert!(sound < 100, "{sound}");
}

#[test]
fn damaged_archives_are_invalid_not_unreadable() {
    let whole = archive(&sample_files(), |_| {});
    let (status, found) = judge(&whole[..whole.len() / 2]);
    assert_eq!((status, found), (Status::Invalid, vec!["A501".to_owned()]));
    let (status, found) = judge(b"no ZIP at all");
    assert_eq!((status, found), (Status::Invalid, vec!["A501".to_owned()]));
}

/// A byte anywhere in the archive matters, except where a ZIP keeps what no reader uses.
#[test]
fn flipped_bytes_in_contents_are_found() {
    let files = sample_files();
    let whole = archive(&files, |_| {});
    let mut reader = zip::ZipArchive::new(Cursor::new(whole.clone())).unwrap();
    for index in 0..reader.len() {
        let entry = reader.by_index(index).unwrap();
        if entry.size() == 0 {
            continue;
        }
        let at = (entry.data_start().unwrap() + entry.compressed_size() / 2) as usize;
        let name = entry.name().unwrap()[ROOT.len() + 1..].to_owned();
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        let (status, found) = judge(&bytes);
        assert!(
            status == Status::Invalid && found.iter().any(|code| code.ends_with(&name)),
            "{name}: {found:?}"
        );
    }
}

#[test]
fn names_in_the_old_russian_code_page_are_read_with_a_warning() {
    let mut files = sample_files();
    files.push(Document::new("опись.txt", ""));
    let mut bytes = archive(&files, |_| {});
    // CP866 needs one byte a letter; the name keeps its length with ASCII filling, the UTF-8 flag is cleared.
    let utf8 = format!("{ROOT}/опись.txt").into_bytes();
    let mut cp866 = format!("{ROOT}/").into_bytes();
    cp866.extend([0xAE, 0xAF, 0xA8, 0xE1, 0xEC]);
    cp866.extend(b"12345.txt");
    assert_eq!(cp866.len(), utf8.len());
    let places: Vec<_> = (0..bytes.len() - utf8.len()).filter(|at| bytes[*at..].starts_with(&utf8)).collect();
    for at in places {
        bytes[at..at + utf8.len()].copy_from_slice(&cp866);
        let flags = if bytes[at - 30..].starts_with(b"PK\x03\x04") { at - 30 + 7 } else { at - 46 + 9 };
        bytes[flags] &= !0x08;
    }
    let (_, found) = judge(&bytes);
    assert!(found.contains(&"A508 опись12345.txt".to_owned()), "{found:?}");
}

#[test]
fn the_form_of_serialization_is_checked() {
    let files = sample_files();
    let beside = archive(&files, |writer| entry(writer, "__MACOSX/x", b"x"));
    assert_eq!(judge(&beside), (Status::ValidWithWarnings, vec!["A514 __MACOSX".to_owned()]));
    let bare = {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        files.iter().for_each(|file| entry(&mut writer, &file.path, &file.bytes));
        writer.finish().unwrap().into_inner()
    };
    assert_eq!(judge(&bare), (Status::ValidWithWarnings, vec!["A511".to_owned()]));
}

#[test]
fn several_bags_in_one_zip_are_an_error_and_all_verified() {
    let bytes = archive(&sample_files(), |writer| {
        sample_files().iter().for_each(|file| entry(writer, &format!("second/{}", file.path), &file.bytes));
    });
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("two.zip");
    fs::write(&path, bytes).unwrap();
    let report = verify(&[path]);
    let found: Vec<_> = report.bags.iter().map(codes).collect();
    assert_eq!(found, [["A510"], ["A510"]]);
    assert!(report.bags.iter().all(|bag| bag.files == 9));
}

#[test]
fn a_folder_with_bags_and_zips_is_verified_whole() {
    let bag = SampleBag::new();
    let folder = bag.path.parent().unwrap();
    fs::write(folder.join(format!("{ROOT}.zip")), archive(&sample_files(), |_| {})).unwrap();
    let without = {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        entry(&mut writer, "photo.jpg", b"x");
        writer.finish().unwrap().into_inner()
    };
    fs::write(folder.join("photos.zip"), without).unwrap();
    let report = verify(&[folder.to_owned()]);
    assert_eq!(report.bags.len(), 2);
    assert_eq!((report.findings[0].code, report.exit_code()), ("A006", 0));
}

#[test]
fn entries_that_cannot_be_unpacked_are_left_unchecked() {
    let mut bytes =
        archive(&sample_files(), |writer| entry(writer, &format!("{ROOT}/tagmanifest-sha512.txt.p7s"), b"x"));
    // Method 14 (LZMA, APPNOTE 4.4.5) in both headers of the last entry.
    let name = format!("{ROOT}/tagmanifest-sha512.txt.p7s").into_bytes();
    let places: Vec<_> = (0..bytes.len() - name.len()).filter(|at| bytes[*at..].starts_with(&name)).collect();
    for at in places {
        let method = if bytes[at - 30..].starts_with(b"PK\x03\x04") { at - 30 + 8 } else { at - 46 + 10 };
        bytes[method] = 14;
    }
    assert_eq!(judge(&bytes), (Status::Unchecked, vec!["A507 tagmanifest-sha512.txt.p7s".to_owned()]));
}
