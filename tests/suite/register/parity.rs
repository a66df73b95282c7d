//! Parity beside copies: written with them, the same bytes always, and enough to mend what a medium loses.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use letopis::base::files::Document;
use letopis::store::{CopyRequest, RepairOutcome, RepairRequest, Repairing, copy, repair};
use letopis::verify::{Status, verify};

use super::{Disk, files, show, write_bag};

const BAG: &str = "journals-2025-2026-ed1";

/// Returns a disk whose archive has a bag of many files, copied with parity to `usb`.
fn copied(percent: u32) -> Disk {
    let disk = Disk::new();
    let mut random = fastrand::Rng::with_seed(9);
    let mut payload: Vec<Document> = (1..=30)
        .map(|number| {
            let bytes: Vec<u8> = (0..random.usize(1..30_000)).map(|_| random.u8(..)).collect();
            Document::new(format!("data/journals/журнал-{number:02}.pdf"), bytes)
        })
        .collect();
    payload.push(Document::new("data/пусто.csv", ""));
    let package = disk.at("outputs/2025-2026/archive/journals-2025-2026");
    fs::remove_dir_all(&package).unwrap();
    write_bag(&package, &payload, "5");
    disk.archive(None).unwrap();
    let copied = copy(&CopyRequest { parity: Some(percent), ..disk.copying("usb") }).unwrap();
    assert!(copied.is_whole(), "{copied:?}");
    disk
}

fn journal(number: usize) -> String {
    format!("usb/{BAG}/data/journals/журнал-{number:02}.pdf")
}

/// Flips a bit at a place given as a share of the file.
fn flip(path: &Path, share: f64) {
    let mut bytes = fs::read(path).unwrap();
    let at = (bytes.len() as f64 * share) as usize;
    bytes[at] ^= 0x10;
    fs::write(path, bytes).unwrap();
}

fn mend(disk: &Disk) -> (RepairOutcome, usize, usize) {
    let request = RepairRequest { bag: disk.at("usb").join(BAG), to: disk.at("new"), archive: None };
    match repair(&request).unwrap() {
        Repairing::Tried(repair) => (repair.outcome, repair.lost, repair.blocks),
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn assert_mended(disk: &Disk) {
    let (outcome, lost, blocks) = mend(disk);
    assert!(matches!(outcome, RepairOutcome::Whole), "{outcome:?}, {lost} of {blocks}");
    assert_eq!(files(&disk.at("new").join(BAG)), files(&disk.archive_folder().join(BAG)));
}

/// Runs `letopis repair usb/BAG -o new`.
fn run(disk: &Disk, language: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_letopis"));
    command.args(["--lang", language, "repair"]).arg(disk.at("usb").join(BAG));
    command.arg("-o").arg(disk.at("new")).output().unwrap()
}

fn volume(disk: &Disk) -> PathBuf {
    let names = files(&disk.at("usb")).into_iter().map(|(name, _)| name);
    let own = names.filter(|name| name.starts_with(BAG) && name.contains(".vol"));
    disk.at("usb").join(own.collect::<Vec<_>>().first().unwrap())
}

#[test]
fn every_kind_of_damage_is_mended_to_the_last_byte() {
    let disk = copied(30);
    for number in 1..=5 {
        flip(&disk.at(&journal(number)), 0.5);
    }
    fs::remove_file(disk.at(&journal(6))).unwrap();
    let cut = fs::read(disk.at(&journal(7))).unwrap();
    fs::write(disk.at(&journal(7)), &cut[..cut.len() / 3]).unwrap();
    fs::rename(disk.at(&journal(8)), disk.at(&format!("usb/{BAG}/data/иначе.pdf"))).unwrap();
    let longer = [fs::read(disk.at(&journal(9))).unwrap(), b"more".to_vec()].concat();
    fs::write(disk.at(&journal(9)), longer).unwrap();
    let swapped = (fs::read(disk.at(&journal(10))).unwrap(), fs::read(disk.at(&journal(11))).unwrap());
    fs::write(disk.at(&journal(10)), swapped.1).unwrap();
    fs::write(disk.at(&journal(11)), swapped.0).unwrap();
    fs::remove_file(disk.at(&format!("usb/{BAG}/data/пусто.csv"))).unwrap();
    for name in ["bagit.txt", "manifest-sha256.txt", "tagmanifest-sha512.txt"] {
        flip(&disk.at("usb").join(BAG).join(name), 0.3);
    }
    let before = files(&disk.at("usb"));
    assert_mended(&disk);
    assert_eq!(files(&disk.at("usb")), before, "what is damaged is not touched");
    assert_eq!(verify(&[disk.at("new").join(BAG)]).exit_code(), 0);
}

#[test]
fn one_lost_file_in_ten_comes_back() {
    let disk = copied(10);
    let mut sizes: Vec<_> = (1..=30).map(|n| (fs::read(disk.at(&journal(n))).unwrap().len(), n)).collect();
    sizes.sort_unstable();
    for (_, number) in &sizes[13..16] {
        fs::remove_file(disk.at(&journal(*number))).unwrap();
    }
    assert_mended(&disk);
}

#[test]
fn a_bag_that_is_gone_comes_back_from_parity_of_a_hundred_percent() {
    let disk = copied(100);
    fs::remove_dir_all(disk.at("usb").join(BAG)).unwrap();
    assert_mended(&disk);
}

#[test]
fn damaged_parity_gives_what_is_left_of_it() {
    let disk = copied(20);
    let path = volume(&disk);
    let index = disk.at("usb").join(format!("{BAG}.par2"));
    fs::remove_file(index).unwrap();
    for share in [0.0, 0.3, 0.7] {
        flip(&path, share);
    }
    flip(&disk.at(&journal(3)), 0.9);
    let report = verify(&[disk.at("usb")]);
    let codes = super::codes(&report, &disk.at("usb"));
    assert!(codes.contains(&format!("A902 {BAG}")), "{codes:?}");
    let (outcome, lost, blocks) = mend(&disk);
    assert!(matches!(outcome, RepairOutcome::Whole), "{outcome:?}");
    assert!(lost == 1 && blocks > 10, "{lost} {blocks}");
    // Cut to its beginning, the volume has the description of the set and no recovery block.
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[bytes.len() - 100..]).unwrap();
    fs::remove_dir_all(disk.at("new")).unwrap();
    let output = run(&disk, "en");
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("what they protect is not known"), "{said}");
    assert!(super::codes(&verify(&[disk.at("usb")]), &disk.at("usb")).contains(&format!("A901 {BAG}")));
}

#[test]
fn damage_beyond_parity_is_told_block_by_block_and_nothing_is_written() {
    let disk = copied(5);
    for number in 1..=12 {
        fs::remove_file(disk.at(&journal(number))).unwrap();
    }
    let output = run(&disk, "ru");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    for word in ["НЕ ПОЧИНИТЬ", "не хватает блоков", "journals/журнал-01.pdf: нет файла, потеряны блоки № 1"]
    {
        assert!(said.contains(word), "{said}");
    }
    assert!(!disk.at("new").exists());
    let english = run(&disk, "en");
    assert!(String::from_utf8_lossy(&english.stdout).contains("CANNOT BE MENDED"));
}

#[test]
fn parity_is_the_same_bytes_recorded_seen_and_not_written_twice() {
    let disk = copied(10);
    let parity = |folder: &str| -> Vec<_> {
        let all = files(&disk.at(folder));
        all.into_iter().filter(|(name, _)| name.ends_with(".par2")).collect()
    };
    let first = parity("usb");
    assert_eq!(first.len(), 4, "an index and a volume for each bag");
    copy(&CopyRequest { parity: Some(10), ..disk.copying("second") }).unwrap();
    assert_eq!(parity("second"), first);
    assert!(disk.register().contains("основной экземпляр: usb; PAR2 "), "{}", disk.register());
    let report = verify(&[disk.at("usb")]);
    assert_eq!(report.bags.iter().map(|bag| bag.status).collect::<Vec<_>>(), [Status::Valid; 2]);
    assert!(show(&report).contains("PAR2: можно потерять блоков"), "{}", show(&report));
    assert!(report.to_json()["bags"][0]["parity"]["blocks"].as_u64() > Some(3));

    let again = |percent| {
        let done = copy(&CopyRequest { parity: Some(percent), ..disk.copying("usb") }).unwrap();
        done.bags.into_iter().map(|bag| bag.parity.unwrap().unwrap().is_new).collect::<Vec<_>>()
    };
    assert_eq!(again(10), [false, false]);
    flip(&volume(&disk), 0.5);
    assert_eq!(again(10), [true, false], "what is damaged is written anew");
    assert_eq!(parity("usb"), first);
    assert_eq!(again(20), [true, true]);
    assert_eq!(parity("usb").len(), 4, "the parity that was replaced is gone");
}

#[test]
fn a_signature_made_later_is_kept_and_strangers_are_left_out() {
    let disk = copied(10);
    let signature = format!("{BAG}/tagmanifest-sha256.txt.p7s");
    fs::write(disk.at("usb").join(&signature), "signed").unwrap();
    fs::write(disk.at("usb").join(BAG).join("data/чужое.txt"), "stray").unwrap();
    flip(&disk.at(&journal(1)), 0.1);
    let request = RepairRequest { bag: disk.at("usb").join(BAG), to: disk.at("new"), archive: None };
    let Repairing::Tried(done) = repair(&request).unwrap() else { panic!("parity is there") };
    assert_eq!(done.left_out, ["data/чужое.txt"]);
    // The signature is no signature, and only that keeps the bag from being called sound.
    let RepairOutcome::Unsound(report) = done.outcome else { panic!("{:?}", done.outcome) };
    assert!(report.all_findings().all(|(_, finding)| finding.code.starts_with("A7")), "{}", show(&report));
    assert!(!disk.at("new").join(BAG).exists());
}

#[test]
fn only_the_register_tells_which_bag_is_the_right_one() {
    let disk = copied(10);
    flip(&disk.at(&journal(1)), 0.1);
    let register = disk.at("usb/register.txt");
    let text = fs::read_to_string(&register).unwrap();
    fs::remove_file(&register).unwrap();
    let output = run(&disk, "en");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("NOT COMPARED WITH A REGISTER"));
    assert_eq!(files(&disk.at("new").join(BAG)), files(&disk.archive_folder().join(BAG)));
    // The folder stands already, or would lie in the bag.
    assert_eq!(run(&disk, "en").status.code(), Some(2));
    let inside = disk.at("usb").join(BAG).join("new");
    let request = RepairRequest { bag: disk.at("usb").join(BAG), to: inside, archive: None };
    assert!(repair(&request).unwrap_err().to_string().contains("внутри пакета"));
    fs::remove_dir_all(disk.at("new")).unwrap();

    // A register of another history knows another bag under this name.
    let other = Disk::archived();
    fs::copy(other.at("archive/register.txt"), &register).unwrap();
    assert!(matches!(mend(&disk).0, RepairOutcome::Disowned));
    fs::write(&register, text.replace("created", "copied")).unwrap();
    assert_eq!(run(&disk, "en").status.code(), Some(2), "a register that was touched proves nothing");
    let request = RepairRequest {
        bag: disk.at("usb").join(BAG),
        to: disk.at("new"),
        archive: Some(disk.archive_folder()),
    };
    let Repairing::Tried(done) = repair(&request).unwrap() else { panic!("parity is there") };
    assert!(matches!(done.outcome, RepairOutcome::Whole));
}

#[test]
fn without_parity_repair_says_so() {
    let disk = copied(10);
    for (name, _) in files(&disk.at("usb")).into_iter().filter(|(name, _)| name.ends_with(".par2")) {
        fs::remove_file(disk.at("usb").join(name)).unwrap();
    }
    let output = run(&disk, "ru");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("рядом нет файлов PAR2"));
}

#[test]
fn parity_of_another_bag_is_seen() {
    let (disk, other) = (copied(10), Disk::archived());
    copy(&CopyRequest { parity: Some(10), ..other.copying("usb") }).unwrap();
    fs::remove_file(volume(&disk)).unwrap();
    let own = |name: &str| name.starts_with(BAG) && name.ends_with(".par2");
    for (name, bytes) in files(&other.at("usb")).into_iter().filter(|(name, _)| own(name)) {
        fs::write(disk.at("usb").join(name), bytes).unwrap();
    }
    assert_eq!(super::codes(&verify(&[disk.at("usb")]), &disk.at("usb")), [format!("A903 {BAG}")]);
    let done = copy(&CopyRequest { parity: Some(10), ..disk.copying("usb") }).unwrap();
    assert!(done.is_whole());
    assert_eq!(verify(&[disk.at("usb")]).status(), Status::Valid);
}
