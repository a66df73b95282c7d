//! A bundle in a ZIP: what it builds is what its folder builds, to the last byte; one that does harm is refused.

// Tests write archives.
#![allow(clippy::disallowed_methods)]

use std::io::{Cursor, Write};
use std::path::Path;

use letopis::outputs::checksums_below;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::bundle::{TinyBundle, build};

/// Packs the bundle's folder with a folder of another name around it, and whatever a case adds.
fn pack(folder: &Path, add: impl FnOnce(&mut ZipWriter<Cursor<Vec<u8>>>)) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for entry in folder.read_dir().expect("the bundle's folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
        writer.start_file(format!("Выгрузка/{name}"), SimpleFileOptions::default()).expect("a new name");
        writer.write_all(&std::fs::read(&path).expect("a file")).expect("memory");
    }
    add(&mut writer);
    writer.finish().expect("memory").into_inner()
}

fn tree(folder: &Path) -> Vec<(String, u64, String)> {
    checksums_below(folder, &[]).expect("the outputs can be read")
}

#[test]
fn a_zip_builds_what_its_folder_builds() {
    let bundle = TinyBundle::new();
    let of_folder = bundle.build(&[]);
    let inputs = tempfile::tempdir().expect("a folder");
    std::fs::write(inputs.path().join("год.ZIP"), pack(&bundle.root(), |_| {})).expect("an archive");
    let out = tempfile::tempdir().expect("a folder");
    // Named itself, and found in a folder of bundles.
    for place in [inputs.path().join("год.ZIP"), inputs.path().to_owned()] {
        let outputs = out.path().join(place.file_name().expect("a name"));
        let of_zip = build(&place, &outputs, &[]);
        assert_eq!(of_zip.code, of_folder.code, "{}", of_zip.text);
        assert_eq!(tree(&outputs), tree(&bundle.outputs()));
    }
}

#[test]
fn what_would_lead_outside_is_refused_and_said() {
    let bundle = TinyBundle::new();
    let bytes = pack(&bundle.root(), |writer| {
        writer.start_file("../../marks.csv", SimpleFileOptions::default()).expect("a new name");
        writer.write_all(b"mark_id,lesson_id,pupil_id,value\nM9,L1,P1,2\n").expect("memory");
    });
    let home = tempfile::tempdir().expect("a folder");
    let archive = home.path().join("year.zip");
    std::fs::write(&archive, bytes).expect("an archive");
    let run = build(&archive, &bundle.outputs(), &[]);
    assert_eq!(run.code, 1, "{}", run.text);
    assert!(run.text.contains("J107") && run.text.contains("ведёт за пределы папки"), "{}", run.text);
    let marks = std::fs::read_to_string(bundle.output("data/tables/marks.csv")).expect("the table");
    assert!(!marks.contains("M9"));
    std::fs::write(&archive, b"PK\x03\x04 and then nothing").expect("an archive");
    let run = build(&archive, &bundle.outputs(), &[]);
    assert!(run.code == 1 && run.text.contains("J108"), "{}", run.text);
}
