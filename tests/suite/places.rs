//! Where outputs may stand: away from bundles and archives, and two schools of one year beside each other.

// Tests lay bundles out in temporary folders.
#![allow(clippy::disallowed_methods)]

use std::fs;
use std::path::{Path, PathBuf};

use letopis::outputs::checksums_below;

use crate::bundle::{Run, TinyBundle, letopis, program};

const YEAR: &str = "2024-2025";

fn tree(folder: &Path) -> Vec<(String, u64, String)> {
    checksums_below(folder, &[]).expect("the folder can be read")
}

fn build(bundles: &[&Path], outputs: &Path, folder: &Path) -> Run {
    letopis(program(&["build"]).args(bundles).arg("-o").arg(outputs).current_dir(folder))
}

#[track_caller]
fn assert_refused(run: &Run, words: &str) {
    assert!(run.code == 2 && run.text.contains(words), "{} {}", run.code, run.text);
}

#[test]
fn outputs_that_are_hold_or_lie_in_a_bundle_are_refused_and_nothing_is_touched() {
    let bundle = TinyBundle::new();
    let root = bundle.root();
    let home = root.parent().expect("a home").to_owned();
    // The bundle has the very name that its outputs would have.
    let inputs = home.join("inputs");
    fs::create_dir(&inputs).expect("a folder");
    let year = inputs.join(YEAR);
    fs::rename(&root, &year).expect("the bundle is moved");
    let before = tree(&home);
    let cases: [(&Path, &Path); 7] = [
        (Path::new("."), &inputs),
        (Path::new("."), &home),
        (Path::new("inputs"), &home),
        (Path::new("inputs/2024-2025"), &home),
        (Path::new("inputs/2024-2025/out/deep"), &home),
        (Path::new("inputs/x/../2024-2025/out"), &home),
        (Path::new("../inputs"), &inputs),
    ];
    for (outputs, folder) in cases {
        assert_refused(&build(&[&year], outputs, folder), "сюда нельзя собирать");
        assert_eq!(tree(&home), before, "{} in {}", outputs.display(), folder.display());
    }
    #[cfg(unix)]
    {
        let link = home.join("link");
        std::os::unix::fs::symlink(&year, &link).expect("a link");
        assert_refused(&build(&[&year], &link, &home), "сюда нельзя собирать");
        assert_refused(&build(&[&link], &year.join("out"), &home), "сюда нельзя собирать");
        fs::remove_file(link).expect("the link is removed");
    }
    assert_eq!(tree(&home), before);
}

#[test]
fn outputs_beside_a_zipped_bundle_are_refused_in_its_folder_alone() {
    let home = tempfile::tempdir().expect("a folder");
    let zip = home.path().join("2024-2025.zip");
    fs::write(&zip, "no bundle, but named as one").expect("a file");
    assert_refused(&build(&[&zip], home.path(), home.path()), "сюда нельзя собирать");
    assert!(!build(&[&zip], &home.path().join("out"), home.path()).text.contains("сюда нельзя собирать"));
}

#[test]
fn an_archive_below_a_year_is_refused_and_stops_the_build_where_it_stands() {
    let bundle = TinyBundle::new();
    bundle.build(&[]);
    let year = bundle.outputs().join(YEAR);
    for below in ["archive", "хранилище/архив"] {
        let run = letopis(program(&["archive"]).arg(&year).arg("--to").arg(year.join(below)));
        assert_refused(&run, "архив не может лежать внутри собранного года");
        assert!(!year.join(below).join("register.txt").exists());
    }
    let outside = bundle.outputs().parent().expect("a home").join("archive");
    assert_eq!(letopis(program(&["archive"]).arg(&year).arg("--to").arg(&outside)).code, 0);
    // Somebody moves it there.
    let moved = year.join("хранилище");
    fs::rename(&outside, &moved).expect("the archive is moved");
    let before = tree(&bundle.outputs());
    assert_refused(&bundle.build(&["--force"]), "перенесите эту папку");
    assert_eq!(tree(&bundle.outputs()), before);
}

#[test]
fn nothing_is_laid_into_a_bag_or_a_bundle_by_any_command() {
    let bundle = TinyBundle::new();
    bundle.build(&[]);
    let year = bundle.outputs().join(YEAR);
    let home = bundle.outputs().parent().expect("a home").to_owned();
    let archive = home.join("archive");
    assert_eq!(letopis(program(&["archive"]).arg(&year).arg("--to").arg(&archive)).code, 0);
    let bag = archive.join(format!("summary-sheets-{YEAR}-ed1"));
    let before = tree(&home);
    for place in [bag.clone(), bag.join("data/new"), bundle.root().join("new/deeper")] {
        let told: [(&str, Vec<&Path>); 7] = [
            ("restore", vec![&bag, Path::new("-o")]),
            ("repair", vec![&bag, Path::new("-o")]),
            ("verify", vec![&archive, Path::new("--protocol")]),
            ("retention", vec![&archive, Path::new("--act")]),
            ("state", vec![&year, Path::new("--archive"), &archive, Path::new("--page")]),
            ("archive", vec![&year, Path::new("--to")]),
            ("copy", vec![&archive]),
        ];
        for (verb, words) in told {
            let run = letopis(program(&[verb]).args(words).arg(&place));
            assert_refused(&run, "сюда нельзя писать");
            assert!(run.text.contains("ничего не тронуто"), "{verb}: {}", run.text);
            assert_eq!(tree(&home), before, "{verb} to {}", place.display());
        }
    }
}

/// Lays the tiny bundle out as another school.
fn school(short: &str) -> (TinyBundle, PathBuf) {
    let bundle = TinyBundle::new();
    bundle.change("school.toml", "short = \"Школа\"", &format!("short = \"{short}\""));
    let root = bundle.root();
    (bundle, root)
}

fn owner(year: &Path) -> String {
    let record = fs::read(year.join("build.json")).expect("a record");
    let record: serde_json::Value = serde_json::from_slice(&record).expect("a record");
    record["school"].as_str().expect("a school").to_owned()
}

#[test]
fn two_schools_of_one_year_are_built_beside_each_other_and_standing_outputs_never_move() {
    let ((_one, first), (_two, second)) = (school("Школа № 1"), school("Школа № 2"));
    let (_third, third) = school("Школа с. Берёзовка");
    let home = tempfile::tempdir().expect("a folder");
    let out = home.path().join("out");
    let run = build(&[&first, &second], &out, home.path());
    assert!(run.code <= 1, "{}", run.text);
    assert_eq!(owner(&out.join("SHkola-1").join(YEAR)), "Школа № 1");
    assert_eq!(owner(&out.join("SHkola-2").join(YEAR)), "Школа № 2");
    assert!(build(&[&third], &out, home.path()).code <= 1);
    assert_eq!(owner(&out.join("SHkola-s-Beryozovka").join(YEAR)), "Школа с. Берёзовка");
    // Built alone, each finds its own.
    assert!(build(&[&second], &out, home.path()).text.contains("без изменений"));

    let out = home.path().join("apart");
    assert!(build(&[&first], &out, home.path()).code <= 1);
    assert!(build(&[&second], &out, home.path()).code <= 1);
    let before = tree(&out.join(YEAR));
    assert_eq!(owner(&out.join(YEAR)), "Школа № 1");
    assert_eq!(owner(&out.join("SHkola-2").join(YEAR)), "Школа № 2");
    assert!(build(&[&second, &first], &out, home.path()).code <= 1);
    assert_eq!(tree(&out.join(YEAR)), before);
}

#[test]
fn one_school_and_year_twice_is_refused_before_anything_is_written() {
    let ((_one, first), (_two, second)) = (school("Школа"), school("Школа"));
    let home = tempfile::tempdir().expect("a folder");
    let out = home.path().join("out");
    assert_refused(&build(&[&first, &second], &out, home.path()), "дважды");
    assert!(!out.exists());
}

#[cfg(unix)]
#[test]
fn a_signal_ends_a_run_and_leaves_nothing_unfinished() {
    let bundle = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journals/year/inputs");
    for (name, code) in [("INT", 130), ("TERM", 143), ("HUP", 129)] {
        let home = tempfile::tempdir().expect("a folder");
        let out = home.path().join("out");
        let mut child = program(&["build"]);
        child
            .arg(&bundle)
            .arg("-o")
            .arg(&out)
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null());
        let mut child = child.spawn().expect("a run");
        let growing = out.join(format!(".{YEAR}.new/journals"));
        for _ in 0..12_000 {
            if growing.exists() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        assert!(growing.exists(), "it never began");
        let sent =
            std::process::Command::new("kill").args([format!("-{name}"), child.id().to_string()]).status();
        assert!(sent.expect("a signal").success());
        assert_eq!(child.wait().expect("it ends").code(), Some(code), "{name}");
        let left: Vec<_> =
            out.read_dir().expect("a folder").flatten().map(|entry| entry.file_name()).collect();
        assert_eq!(left, [format!(".{YEAR}.lock").as_str()], "{name}");
    }
}
