//! Nothing that letopis did not make is ever removed: things of every kind are planted everywhere, and builds pass over.

// Tests plant things on purpose.
#![allow(clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use letopis::base::files::Document;
use letopis::outputs::{CHANGED, Carried, Staging};

use crate::bundle::TinyBundle;

/// What a product holds that somebody edited, and what is planted: nothing else holds such a word.
const MARK: &str = "посажено";

/// Publishes products with their record.
fn publish(target: &Path, products: &BTreeMap<String, String>) -> Carried {
    let staging = Staging::begin(target).expect("the place is free");
    let mut listed = Vec::new();
    for (path, content) in products {
        let sums = staging.write(&Document::new(path.as_str(), content.as_str())).expect("the disk takes it");
        listed.push(serde_json::json!({ "path": path, "sha256": sums.sha256 }));
    }
    let text =
        serde_json::to_string_pretty(&serde_json::json!({ "products": listed })).expect("a record") + "\n";
    staging.write(&Document::new("build.json", text)).expect("the disk takes it");
    staging.publish().expect("the disk takes it")
}

/// Everything below a folder that was planted, by its content: files by what they hold, links by where they lead, empty
/// folders by their names.
fn planted(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type().is_symlink() {
            found.push(fs::read_link(entry.path()).expect("a link").to_string_lossy().into_owned());
        } else if entry.file_type().is_file() {
            found.extend(fs::read_to_string(entry.path()).ok().filter(|text| text.starts_with(MARK)));
        } else if name.starts_with(MARK) {
            found.push(name);
        }
    }
    found.sort();
    found
}

const FOLDERS: &[&str] =
    &["", "journals", "workbooks", "archive/bag/data", "letters", "letters/2025", CHANGED];
const NAMES: &[&str] = &["a.pdf", "b.pdf", "c.xlsx", "letter.txt", ".hidden", "a.pdf.sig", "письмо «1».docx"];

fn products(random: &mut fastrand::Rng) -> BTreeMap<String, String> {
    let places =
        ["journals/a.pdf", "journals/b.pdf", "workbooks/c.xlsx", "archive/bag/data/a.pdf", "letter.txt"];
    let mut products = BTreeMap::new();
    for path in places {
        if random.u8(0..4) > 0 {
            products.insert(path.to_owned(), format!("product {}", random.u8(0..3)));
        }
    }
    products
}

/// Plants one thing somewhere in the outputs and returns what it is known by.
fn plant(target: &Path, number: usize, random: &mut fastrand::Rng) -> Option<String> {
    let folder = target.join(FOLDERS[random.usize(0..FOLDERS.len())]);
    let path = folder.join(NAMES[random.usize(0..NAMES.len())]);
    let mark = format!("{MARK} {number}");
    fs::create_dir_all(&folder).ok()?;
    match random.u8(0..8) {
        // Over a product, or where nothing stands; never over what was planted before.
        0..=4 if !is_planted(&path) && !path.is_dir() => fs::write(&path, &mark).ok()?,
        5 => fs::create_dir(folder.join(&mark)).ok()?,
        #[cfg(unix)]
        6 if path.symlink_metadata().is_err() => std::os::unix::fs::symlink(&mark, &path).ok()?,
        7 if path.symlink_metadata().is_err() => {
            fs::create_dir(&path).ok()?;
            fs::write(path.join("внутри.txt"), &mark).ok()?;
        }
        _ => return None,
    }
    Some(mark)
}

fn is_planted(path: &Path) -> bool {
    path.is_symlink() || fs::read_to_string(path).is_ok_and(|text| text.starts_with(MARK))
}

#[test]
fn whatever_is_planted_anywhere_outlives_every_build() {
    for seed in 0..60 {
        let random = &mut fastrand::Rng::with_seed(seed);
        let home = tempfile::tempdir().expect("a folder");
        let target = home.path().join("2024-2025");
        publish(&target, &products(random));
        let mut expected: Vec<String> = Vec::new();
        for round in 0..6 {
            expected.extend((0..random.usize(0..6)).filter_map(|n| plant(&target, round * 10 + n, random)));
            // A record that is damaged or gone makes everything foreign.
            match random.u8(0..12) {
                0 => fs::remove_file(target.join("build.json")).expect("the record is removed"),
                1 => fs::write(target.join("build.json"), "{\"products\": [").expect("the record is damaged"),
                _ => {}
            }
            let made = products(random);
            let carried = publish(&target, &made);
            expected.sort();
            assert!(carried.stuck.is_empty(), "seed {seed}, round {round}: {carried:?}");
            assert_eq!(planted(&target), expected, "seed {seed}, round {round}: {carried:?}");
            for (path, content) in &made {
                let there = fs::read_to_string(target.join(path)).expect("a product");
                assert_eq!(there, *content, "seed {seed}, round {round}: {path}");
            }
            let beside: Vec<_> = home.path().read_dir().expect("a folder").flatten().collect();
            assert_eq!(beside.len(), 2, "seed {seed}, round {round}: {beside:?}");
        }
    }
}

#[test]
fn what_nobody_touches_comes_back_to_its_very_place() {
    let bundle = TinyBundle::new();
    bundle.build(&[]);
    let letters = ["letter.txt", "письма/ответ.txt", "journals/заметка.txt", "archive/запись.txt"];
    for letter in letters {
        let path = bundle.output(letter);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, letter).expect("a letter");
    }
    for round in 0..3 {
        let run = bundle.build(&["--force"]);
        assert!(run.text.contains("оставлено на месте: 4"), "{}", run.text);
        for letter in letters {
            assert_eq!(fs::read_to_string(bundle.output(letter)).expect("it stays"), letter, "round {round}");
        }
    }
    assert!(!bundle.output(CHANGED).exists());
}

#[test]
fn a_workbook_that_a_deputy_edited_is_kept_under_a_name_of_its_own_every_time() {
    let bundle = TinyBundle::new();
    bundle.build(&[]);
    let workbook = bundle.output("workbooks/quarter-Q1.xlsx");
    for edit in ["first", "second", "third"] {
        fs::write(&workbook, edit).expect("the deputy saves");
        let run = bundle.build(&[]);
        assert!(run.text.contains("правили") && run.text.contains("изменено/quarter-Q1"), "{}", run.text);
        assert!(fs::read(&workbook).expect("a workbook").starts_with(b"PK"), "made anew");
        assert!(bundle.build(&["--force"]).code <= 1);
    }
    let kept = ["quarter-Q1.xlsx", "quarter-Q1 (2).xlsx", "quarter-Q1 (3).xlsx"];
    let texts = kept.map(|name| fs::read_to_string(bundle.output(CHANGED).join(name)).expect("it is kept"));
    assert_eq!(texts, ["first", "second", "third"]);
}

#[test]
fn a_product_that_became_a_link_or_a_folder_is_kept() {
    let bundle = TinyBundle::new();
    bundle.build(&[]);
    let index = bundle.output("index.html");
    fs::remove_file(&index).expect("it is removed");
    fs::create_dir(&index).expect("a folder");
    fs::write(index.join("letter.txt"), "a letter").expect("a letter");
    bundle.build(&["--force"]);
    assert!(index.is_file());
    let kept = bundle.output(CHANGED).join("index.html/letter.txt");
    assert_eq!(fs::read_to_string(kept).expect("it is kept"), "a letter");
}

#[cfg(unix)]
#[test]
fn folders_behind_links_are_never_entered() {
    let bundle = TinyBundle::new();
    bundle.build(&[]);
    let elsewhere = tempfile::tempdir().expect("a folder");
    let journals = bundle.output("journals");
    let copied = elsewhere.path().join("journals");
    fs::rename(&journals, &copied).expect("moved to another disk");
    std::os::unix::fs::symlink(&copied, &journals).expect("a link");
    let before: Vec<PathBuf> =
        walkdir::WalkDir::new(&copied).into_iter().flatten().map(|e| e.into_path()).collect();
    bundle.build(&["--force"]);
    let after: Vec<PathBuf> =
        walkdir::WalkDir::new(&copied).into_iter().flatten().map(|e| e.into_path()).collect();
    assert_eq!(after, before, "nothing behind the link is removed");
    assert!(before.len() > 1 && journals.is_dir() && !journals.is_symlink());
    assert!(bundle.output(CHANGED).join("journals").is_symlink());
}

#[test]
fn a_record_that_names_files_outside_removes_none_of_them() {
    let home = tempfile::tempdir().expect("a folder");
    let target = home.path().join("2024-2025");
    fs::write(home.path().join("marks.csv"), "marks").expect("somebody's file");
    publish(&target, &BTreeMap::new());
    let sha256 = letopis::base::files::Checksums::of(b"marks").sha256;
    let outside = ["../marks.csv", "x/../../marks.csv"].map(str::to_owned);
    let absolute = home.path().join("marks.csv").to_string_lossy().into_owned();
    let listed: Vec<_> = outside
        .into_iter()
        .chain([absolute])
        .map(|path| serde_json::json!({ "path": path, "sha256": sha256 }))
        .collect();
    let text =
        serde_json::to_string_pretty(&serde_json::json!({ "products": listed })).expect("a record") + "\n";
    fs::write(target.join("build.json"), text).expect("a record of somebody else");
    publish(&target, &BTreeMap::new());
    assert!(home.path().join("marks.csv").is_file());
}

/// Papers that a person asks for replace only the program's own of that name.
#[test]
fn a_protocol_that_was_signed_is_kept_when_the_next_is_laid_beside() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("протоколы");
    let lay = |text: &str| {
        let papers = [Document::new("protocol.pdf", text)];
        letopis::outputs::lay_papers(&folder, &papers).expect("the disk takes it").remove(0).set_aside
    };
    fs::create_dir(&folder).expect("a folder");
    fs::write(folder.join("protocol.pdf"), "somebody's").expect("a file");
    assert!(lay("one").is_some_and(|aside| fs::read(aside).expect("kept") == b"somebody's"));
    assert!(lay("two").is_none(), "its own paper is replaced");
    assert!(lay("two").is_none());
    fs::write(folder.join("protocol.pdf"), "signed").expect("somebody signs");
    assert!(lay("three").is_some_and(|aside| fs::read(aside).expect("kept") == b"signed"));
    assert_eq!(fs::read(folder.join("protocol.pdf")).expect("the newest"), b"three");
    assert_eq!(fs::read(folder.join(CHANGED).join("protocol.pdf")).expect("kept"), b"somebody's");
}
