//! Everything that names a path and comes from a file, made to lead outside: nothing there is read as a bag, written or
//! removed, and the place that names it is said.

use std::fs;
use std::path::{Path, PathBuf};

use letopis::bagit::stored::StoredBag;
use letopis::base::digest::Algorithm;
use letopis::base::files::Document;
use letopis::base::inside::{BagName, InsidePath};
use letopis::data::build_record::BuildRecord;
use letopis::register::Register;
use letopis::store::{
    CopyRequest, HOLD, RepairRequest, Restoring, copy, record_files, repair, restore, sound_register,
};
use letopis::verify::verify;

use super::{Disk, copy_folder, files, write_bag};

const BAG: &str = "journals-2025-2026-ed1";

/// Ways out, as a forger would write them; `OUT` stands for a folder beside everything the test uses.
const WAYS: [&str; 10] = [
    "../outside-ed1",
    "../../outside-ed1",
    "a/../../outside-ed1",
    "OUT/outside-ed1",
    "..\\outside-ed1",
    "C:\\outside-ed1",
    "\\\\server\\outside-ed1",
    "~/outside-ed1",
    "$HOME/outside-ed1",
    "%HOMEDRIVE%/outside-ed1",
];

/// An archive with whole bags at every place a way could lead to.
fn disk() -> Disk {
    let disk = Disk::archived();
    for place in ["outside-ed1", "archive-of-others/outside-ed1"] {
        write_bag(&disk.at(place), &[Document::new("data/secret.txt", "чужое")], "5");
    }
    disk
}

fn ways(disk: &Disk) -> Vec<String> {
    WAYS.iter().map(|way| way.replace("OUT", disk.home.path().to_str().unwrap())).collect()
}

/// Every file of the disk with its digest, but locks and what lies below the named folders.
fn rest(disk: &Disk, own: &[&str]) -> Vec<String> {
    let mut all = files(disk.home.path());
    all.retain(|(path, _)| !path.ends_with(".lock") && !own.iter().any(|own| path.starts_with(own)));
    all.into_iter().map(|(path, bytes)| format!("{} {path}", sha256(&bytes))).collect()
}

fn sha256(bytes: &[u8]) -> String {
    Algorithm::Sha256.of(bytes)
}

/// Writes a register whose second line names another bag, with a chain that fits.
fn forge_register(disk: &Disk, name: &str) {
    let text = disk.register();
    let mut lines = text.lines();
    let heading = lines.next().unwrap();
    let (mut forged, mut previous) = (format!("{heading}\n"), sha256(heading.as_bytes()));
    for (number, line) in lines.enumerate() {
        let mut fields: Vec<&str> = line.split('\t').collect();
        if number == 1 {
            fields[3] = name;
        }
        fields[7] = &previous;
        let content = fields[..8].join("\t");
        let digest = sha256(content.as_bytes());
        forged.push_str(&format!("{content}\t{digest}\n"));
        previous = digest;
    }
    disk.write_register(&forged);
}

#[test]
fn a_register_that_names_the_outside_makes_nothing_leave_the_archive() {
    let disk = disk();
    for way in ways(&disk) {
        let sound = disk.register();
        forge_register(&disk, &way);
        let before = rest(&disk, &["usb/", "archive/"]);
        let said = disk.codes();
        assert!(said.iter().any(|code| code.starts_with("A840")), "{way}: {said:?}");
        assert!(sound_register(&disk.archive_folder()).is_err(), "{way}");
        assert!(copy(&disk.copying("usb")).is_err(), "{way}");
        assert!(disk.archive(Some("повод")).is_err(), "{way}");
        assert!(record_files(&disk.archive_folder(), jiff::civil::date(2099, 1, 1)).is_err(), "{way}");
        let register = Register::read(disk.register().as_bytes());
        assert!(register.entries.iter().all(|entry| BagName::new(entry.record.bag.as_str()).is_ok()));
        assert_eq!(rest(&disk, &["usb/", "archive/"]), before, "{way}");
        let landed = if disk.at("usb").exists() { files(&disk.at("usb")) } else { Vec::new() };
        assert!(landed.iter().all(|(path, _)| !path.contains("outside")), "{way}");
        disk.write_register(&sound);
    }
}

/// Adds a line to the manifests of a bag and makes every digest fit again.
fn forge_manifests(bag: &Path, prefix: &str, path: &str) {
    for algorithm in [Algorithm::Sha256, Algorithm::Sha512] {
        let name = bag.join(format!("{prefix}-{}.txt", algorithm.name()));
        let text = fs::read_to_string(&name).unwrap();
        fs::write(&name, format!("{text}{}  {path}\n", algorithm.of("чужое".as_bytes()))).unwrap();
    }
    if prefix == "tagmanifest" {
        return;
    }
    for algorithm in [Algorithm::Sha256, Algorithm::Sha512] {
        let name = bag.join(format!("tagmanifest-{}.txt", algorithm.name()));
        let mut lines = Vec::new();
        for line in fs::read_to_string(&name).unwrap().lines() {
            let path = line.split_once("  ").unwrap().1;
            lines.push(format!("{}  {path}\n", algorithm.of(&fs::read(bag.join(path)).unwrap())));
        }
        fs::write(name, lines.concat()).unwrap();
    }
}

#[test]
fn manifests_and_tag_manifests_that_name_the_outside_are_refused_by_all_who_read_them() {
    for prefix in ["manifest", "tagmanifest"] {
        let disk = disk();
        for (number, way) in ways(&disk).into_iter().enumerate() {
            let bag = disk.at(&format!("forged-{number}"));
            copy_folder(&disk.archive_folder().join(BAG), &bag);
            forge_manifests(&bag, prefix, &format!("{way}/data/secret.txt"));
            let before = rest(&disk, &["back/"]);
            let report = verify(std::slice::from_ref(&bag));
            let found: Vec<_> = report.all_findings().map(|(_, finding)| finding.code).collect();
            assert!(!report.bags[0].valid && found.contains(&"A216"), "{way}: {found:?}");
            assert!(StoredBag::open(&bag).is_err(), "{way}");
            assert!(matches!(restore(&bag, &disk.at("back"), 1).unwrap(), Restoring::Unsound(_)), "{way}");
            assert_eq!(rest(&disk, &["back/"]), before, "{way}");
        }
    }
}

#[test]
fn fetch_lists_that_name_the_outside_are_refused() {
    let disk = disk();
    let bag = disk.archive_folder().join(BAG);
    for way in ways(&disk) {
        fs::write(bag.join("fetch.txt"), format!("https://example.org/x - {way}\n")).unwrap();
        let report = verify(std::slice::from_ref(&bag));
        let found: Vec<_> = report.all_findings().map(|(_, finding)| finding.code).collect();
        assert!(found.contains(&"A216"), "{way}: {found:?}");
    }
}

/// Renames a protected file inside PAR2 packets and makes the packets' digests fit.
fn forge_parity(bytes: &mut [u8], from: &str, to: &str) -> usize {
    use md5::{Digest, Md5};
    assert_eq!(from.len(), to.len());
    let starts: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(b"PAR2\0PKT")).collect();
    let mut changed = 0;
    for start in starts {
        let length = u64::from_le_bytes(bytes[start + 8..start + 16].try_into().unwrap()) as usize;
        let packet = &mut bytes[start..start + length];
        let Some(at) = (0..packet.len()).find(|at| packet[*at..].starts_with(from.as_bytes())) else {
            continue;
        };
        packet[at..at + to.len()].copy_from_slice(to.as_bytes());
        let digest = Md5::digest(&packet[32..]);
        packet[16..32].copy_from_slice(&digest);
        changed += 1;
    }
    changed
}

#[test]
fn parity_sets_that_name_the_outside_mend_nothing() {
    let disk = disk();
    copy(&CopyRequest { parity: Some(100), ..disk.copying("usb") }).unwrap();
    let own = format!("{BAG}/data/tables/marks.csv");
    let outside = format!("../{}", "x".repeat(own.len() - 3));
    for (path, mut bytes) in files(&disk.at("usb")) {
        if path.starts_with(BAG) && path.ends_with(".par2") {
            assert!(forge_parity(&mut bytes, &own, &outside) > 0, "{path}");
            fs::write(disk.at("usb").join(path), bytes).unwrap();
        }
    }
    fs::remove_file(disk.at("usb").join(&own)).unwrap();
    let before = rest(&disk, &["mended/"]);
    let request = RepairRequest { bag: disk.at("usb").join(BAG), to: disk.at("mended"), archive: None };
    let tried = repair(&request).unwrap();
    assert!(matches!(tried, letopis::store::Repairing::Unreadable(_)), "{tried:?}");
    assert_eq!(rest(&disk, &["mended/"]), before);
    assert!(!disk.at("mended").exists());
}

#[test]
fn zip_entries_that_name_the_outside_are_refused() {
    use std::io::Write;
    let disk = disk();
    for way in ways(&disk) {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        for (path, bytes) in files(&disk.archive_folder().join(BAG)) {
            writer.start_file(format!("{BAG}/{path}"), options).unwrap();
            writer.write_all(&bytes).unwrap();
        }
        writer.start_file(format!("{way}/x"), options).unwrap();
        let path = disk.at("forged.zip");
        fs::write(&path, writer.finish().unwrap().into_inner()).unwrap();
        let before = rest(&disk, &[]);
        let report = verify(&[path]);
        let found: Vec<_> = report.all_findings().map(|(_, finding)| finding.code).collect();
        assert!(found.contains(&"A502") || way.starts_with(['~', '$', '%']), "{way}: {found:?}");
        assert_eq!(rest(&disk, &[]), before);
    }
}

#[test]
fn a_table_of_names_that_leads_outside_restores_nothing() {
    let disk = disk();
    for (number, way) in ways(&disk).into_iter().enumerate() {
        let names = format!("number,file,name_as_received\n1,0001.toml,school.toml\n2,0002.csv,{way}\n");
        let payload = [
            Document::new("data/sources/0001.toml", "[school]\n"),
            Document::new("data/sources/0002.csv", "чужое"),
            Document::new("data/sources/names.csv", names),
        ];
        let bag = disk.at(&format!("named-{number}"));
        write_bag(&bag, &payload, "5");
        let before = rest(&disk, &[]);
        let error = restore(&bag, &disk.at(&format!("back-{number}")), 1).unwrap_err();
        assert!(format!("{error:#}").contains("names.csv"), "{way}: {error:#}");
        assert_eq!(rest(&disk, &[]), before, "{way}");
    }
}

#[test]
fn the_record_of_a_build_that_names_the_outside_is_no_record() {
    let product = |path: &str| {
        serde_json::from_value::<letopis::data::build_record::Product>(serde_json::json!({
            "path": path, "bytes": 1, "sha256": ""
        }))
    };
    assert!(product("journals/journal-5.pdf").is_ok());
    for way in WAYS.map(|way| way.replace("OUT", "/tmp")) {
        assert!(product(&way).is_err(), "{way}");
        let documents = serde_json::json!([{ "path": way, "title": "", "pages": 1 }]);
        let record = serde_json::json!({
            "fingerprint": { "version": "", "as_of": "", "inputs_sha256": "" }, "year": "2025-2026",
            "inputs": [], "tables": [], "problems": { "errors": 0, "warnings": 0, "notices": 0 },
            "findings": { "violations": 0, "notices": 0 }, "left_out": [],
            "documents": documents, "packages": [], "products": [],
        });
        assert!(serde_json::from_value::<BuildRecord>(record).is_err(), "{way}");
    }
}

#[test]
fn the_title_of_a_year_names_no_file_outside_the_archive() {
    for way in WAYS {
        let name = letopis::store::notes_name(way);
        assert!(InsidePath::new(name.as_str()).is_ok() && !name.contains(['/', '\\']), "{name}");
    }
}

#[test]
fn a_hold_that_names_the_outside_is_said_and_not_passed_over() {
    let disk = disk();
    for way in ways(&disk) {
        let name = way.replace('\\', "\\\\");
        let text = format!("[[hold]]\nbag = \"{name}\"\nreason = \"проверка\"\n");
        fs::write(disk.archive_folder().join(HOLD), text).unwrap();
        let error = record_files(&disk.archive_folder(), jiff::civil::date(2030, 1, 1)).unwrap_err();
        assert!(format!("{error:#}").contains(HOLD), "{way}: {error:#}");
    }
}

/// The two writers of archives refuse a way out whoever hands it to them.
#[test]
fn nothing_grows_outside_its_folder() {
    use letopis::outputs::store::Growing;
    let disk = disk();
    let growing = Growing::anew(&disk.at("archive/new")).unwrap();
    let before = rest(&disk, &[]);
    for way in ways(&disk) {
        let from: PathBuf = disk.at("outside-ed1/data/secret.txt");
        assert!(growing.write(&way, b"x").is_err(), "{way}");
        assert!(growing.open_sized(&way, 1).is_err(), "{way}");
        assert!(growing.copy_in(&from, &way, &sha256("чужое".as_bytes())).is_err(), "{way}");
    }
    assert_eq!(rest(&disk, &[]), before);
}
