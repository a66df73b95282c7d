//! A school's own templates: `build --templates` and the views that `--keep-data` leaves.

// Tests lay templates out and read the outputs of a build.
#![allow(clippy::disallowed_methods)]

use std::fs;
use std::path::{Path, PathBuf};

use letopis::data::build_record::BuildRecord;
use letopis::store::{Rebuilt, Request, Restoring, archive, restore};

use crate::bundle::{Run, TinyBundle, build};

/// A tiny bundle with a folder of templates beside it.
struct School {
    bundle: TinyBundle,
    folder: tempfile::TempDir,
}

impl School {
    fn new() -> Self {
        Self { bundle: TinyBundle::new(), folder: tempfile::tempdir().expect("a folder") }
    }

    fn put(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.folder.path().join(name), content).expect("a template");
    }

    /// Lays a changed copy of a template of the program into the folder.
    fn change(&self, name: &str, from: &str, to: &str) {
        let text = shipped(name);
        assert!(text.contains(from), "{name} has no {from}");
        self.put(name, text.replacen(from, to, 1));
    }

    fn build(&self, more: &[&str]) -> Run {
        let folder = self.folder.path().to_str().expect("a path in UTF-8");
        self.bundle.build(&[&["--templates", folder], more].concat())
    }

    fn record(&self) -> BuildRecord {
        record(&self.bundle)
    }
}

fn shipped(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates").join(name);
    fs::read_to_string(path).expect("a template of the program")
}

fn record(bundle: &TinyBundle) -> BuildRecord {
    let text = fs::read(bundle.output("build.json")).expect("a record");
    serde_json::from_slice(&text).expect("the record is JSON")
}

fn has(path: &PathBuf, words: &str) -> bool {
    fs::read(path).expect("a file").windows(words.len()).any(|part| part == words.as_bytes())
}

#[test]
fn an_own_template_changes_its_paper_alone_and_nobody_takes_it_for_the_standard_one() {
    let school = School::new();
    school.bundle.build(&[]);
    let standard = record(&school.bundle);
    school.change("summary-sheet.typ", "Сводная ведомость учёта успеваемости обучающихся", "Ведомость школы");
    let run = school.build(&[]);
    assert_eq!(run.code, 0, "{}", run.text);
    let own = school.record();
    let changed: Vec<&str> = standard
        .products
        .iter()
        .filter(|one| own.products.iter().all(|other| other.path != one.path || other.sha256 != one.sha256))
        .map(|one| one.path.as_str())
        .filter(|path| path.ends_with(".pdf") && !path.starts_with("archive/"))
        .collect();
    assert_eq!(changed, ["summary-sheets/summary-5A.pdf"]);
    assert_eq!(own.fingerprint.templates.len(), 1);
    assert_eq!(own.fingerprint.templates[0].name, "summary-sheet.typ");
    let index = fs::read_to_string(school.bundle.output("index.html")).expect("an index");
    assert!(index.contains("по шаблонам школы") && index.contains("summary-sheet.typ"));
    let bag = school.bundle.output("archive/summary-sheets-2024-2025");
    assert!(has(&bag.join("bag-info.txt"), "Own-Template: summary-sheet.typ"));
    assert!(bag.join("data/templates/summary-sheet.typ").is_file());
    let sheet = school.bundle.output("summary-sheets/summary-5A.pdf");
    assert!(has(&sheet, "own templates: summary-sheet.typ"));
    assert!(!has(&school.bundle.output("journals/journal-5A.pdf"), "own templates"));
    assert!(school.build(&[]).text.contains("без изменений"), "the same templates: nothing to do");
    assert!(
        !school.bundle.build(&[]).text.contains("без изменений"),
        "without them the standard ones are back"
    );
    assert!(!has(&sheet, "own templates"));
}

#[test]
fn a_style_of_the_school_reaches_every_paper_and_may_import_more_files() {
    let school = School::new();
    let style = shipped("style.typ").replace("#let sans =", "#import \"more.typ\": room\n#let sans =");
    school.put("style.typ", style.replace("outside: 12mm", "outside: room"));
    school.put("more.typ", "#let room = 13mm\n");
    let run = school.build(&[]);
    assert_eq!(run.code, 0, "{}", run.text);
    for path in ["journals/journal-5A.pdf", "summary-sheets/summary-5A.pdf", "reports/timeliness.pdf"] {
        assert!(has(&school.bundle.output(path), "own templates: more.typ, style.typ"), "{path}");
    }
}

#[test]
fn an_unknown_name_is_said_with_the_nearest_known() {
    let school = School::new();
    school.change("summary-sheet.typ", "Сводная ведомость учёта", "Ведомость учёта");
    school.put("timelines.typ", shipped("timeliness.typ"));
    school.put("crest.png", b"\x89PNG");
    let run = school.build(&[]);
    assert_eq!(run.code, 1, "{}", run.text);
    assert!(
        run.text.contains("timelines.typ") && run.text.contains("похожее имя: timeliness.typ"),
        "{}",
        run.text
    );
    assert!(run.text.contains("crest.png"), "{}", run.text);
    assert_eq!(school.record().fingerprint.templates.len(), 1, "what takes no part is in no record");
}

#[test]
fn a_folder_without_any_template_and_a_missing_one_are_refused_before_anything_is_made() {
    let school = School::new();
    school.put("sumary-sheet.typ", "x");
    let run = school.build(&[]);
    assert_eq!(run.code, 2, "{}", run.text);
    assert!(run.text.contains("похожее имя: summary-sheet.typ"), "{}", run.text);
    let run = school.bundle.build(&["--templates", "/nowhere/at/all"]);
    assert!(run.code == 2 && run.text.contains("/nowhere/at/all"), "{}", run.text);
    assert!(!school.bundle.outputs().exists());
    school.put("summary-sheet.typ", b"\xff\xfe\x00");
    let run = school.build(&[]);
    assert!(run.code == 2 && run.text.contains("UTF-8"), "{}", run.text);
}

#[test]
fn a_template_that_does_not_compile_stops_what_needs_it_and_its_place_is_said_in_both_languages() {
    let school = School::new();
    school.put(
        "summary-sheet.typ",
        "#let data = json(\"/data.json\")\n#set document(title: data.title)\n  #сетка(data)\n",
    );
    let run = school.build(&[]);
    assert_eq!(run.code, 2, "{}", run.text);
    let ru = "шаблон «summary-sheet.typ», строка 3, столбец 4: неизвестное имя: сетка";
    assert!(run.text.contains(ru), "{}", run.text);
    let record = school.record();
    assert_eq!(record.failed, ["summary-sheets/summary-5A.pdf"]);
    assert!(record.left_out.ru[0].contains(ru), "{:?}", record.left_out);
    assert!(school.bundle.output("journals/journal-5A.pdf").is_file());
    let folder = school.folder.path().to_str().expect("UTF-8");
    let mut english = std::process::Command::new(env!("CARGO_BIN_EXE_letopis"));
    let english = english.args(["--lang", "en", "build", "--force", "--templates", folder]);
    let english = english.arg(school.bundle.root()).arg("-o").arg(school.bundle.outputs());
    let output = english.output().expect("the program starts");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.contains("template summary-sheet.typ, line 3, column 4: unknown variable: сетка"), "{text}");
}

#[test]
fn a_broken_style_stops_every_paper_but_the_packages_have_their_inventories() {
    let school = School::new();
    school.put("style.typ", "#let bound = (\n");
    let run = school.build(&[]);
    assert_eq!(run.code, 2, "{}", run.text);
    assert!(run.text.contains("шаблон «style.typ», строка 1"), "{}", run.text);
    let record = school.record();
    let is_stopped = |folder: &&str| record.failed.iter().any(|path| path.starts_with(*folder));
    assert!(["journals/", "summary-sheets/", "reports/"].iter().all(is_stopped), "{:?}", record.failed);
    assert!(!record.documents.iter().any(|one| one.path.ends_with(".pdf")), "no paper is made");
    assert_eq!(record.template_faults.len(), 1, "a fault is said once: {:?}", record.template_faults);
    assert!(record.left_out.ru.iter().any(|line| line.starts_with("опись оформлена по образцу программы")));
    assert!(school.bundle.output("archive/journals-2024-2025/data/опись.pdf").is_file());
    assert!(school.bundle.output("workbooks/timeliness.xlsx").is_file());
}

#[test]
fn a_package_of_own_templates_gives_its_sheets_again() {
    let school = School::new();
    school.change("summary-sheet.typ", "Сводная ведомость учёта успеваемости обучающихся", "Ведомость школы");
    school.change("inventory.typ", "#flow(data.blocks", "#text(size: 7pt)[Школа]\n#flow(data.blocks");
    assert_eq!(school.build(&[]).code, 0);
    let place = |name: &str| school.folder.path().join(name);
    let year = school.bundle.outputs().join("2024-2025");
    let request = Request { year, archive: place("archive"), reason: None, by: None, incomplete: None };
    archive(&request).expect("the year is archived");
    let edition = place("archive/summary-sheets-2024-2025-ed1");
    assert!(has(&edition.join("data/опись.pdf"), "own templates: inventory.typ"));
    let restored = restore(&edition, &place("restored"), 2).expect("the package is read");
    let Restoring::Done(restored) = restored else { panic!("refused") };
    let Some(Rebuilt::Compared { differing, equal }) = restored.rebuilt else {
        panic!("nothing was rebuilt")
    };
    assert!(equal > 10 && differing.is_empty(), "{differing:?}");
}

#[test]
fn kept_views_have_all_that_plain_typst_needs_and_are_in_no_package() {
    let bundle = TinyBundle::new();
    assert_eq!(bundle.build(&["--keep-data"]).code, 0);
    for path in [
        "views/journals/journal-5A.json",
        "views/summary-sheets/summary-5A.json",
        "views/reports/timeliness.json",
        "views/archive/journals-2024-2025/опись.json",
        "views/templates/class-journal.typ",
        "views/templates/style.typ",
        "views/templates/inventory.typ",
        "views/fonts/LiberationSans-Regular.ttf",
        "views/fonts/LICENSE-Liberation.txt",
    ] {
        assert!(bundle.output(path).is_file(), "{path}");
    }
    let readme = fs::read_to_string(bundle.output("views/ЧИТАЙ-МЕНЯ.txt")).expect("a readme");
    assert!(
        readme.contains("--input view=/journals/journal-5A.json views/templates/class-journal.typ"),
        "{readme}"
    );
    let view = fs::read(bundle.output("views/journals/journal-5A.json")).expect("a view");
    let view: serde_json::Value = serde_json::from_slice(&view).expect("the view is JSON");
    let drawn = view["drawn"].as_array().expect("the drawn pages are kept");
    assert_eq!(drawn.len(), view["pages"].as_array().expect("the pages are listed").len() + 2);
    for bag in ["journals-2024-2025", "summary-sheets-2024-2025"] {
        assert!(!has(&bundle.output(&format!("archive/{bag}/manifest-sha256.txt")), "views/"), "{bag}");
    }
    assert!(record(&bundle).fingerprint.keeps_views);
    assert_eq!(build(&bundle.root(), &bundle.outputs(), &[]).code, 0);
    assert!(
        !bundle.output("views/journals/journal-5A.json").exists(),
        "views go when they are not asked for"
    );
}
