//! The only writer: what it refuses, what it puts in order, and that refusing leaves everything as it was.

// Tests lay leftovers out.
#![allow(clippy::disallowed_methods)]

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use letopis::base::files::Document;
use letopis::outputs::{Carried, Staging, recover};

use crate::bundle::{Run, TinyBundle, letopis, program};

const YEAR: &str = "2024-2025";

/// Returns the names in a folder.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .map(|item| item.expect("an item").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// Asserts that a run could not do its work and said so with these words.
#[track_caller]
fn assert_refused(run: &Run, words: &str) {
    assert_refused_with(2, run, words);
}

#[track_caller]
fn assert_refused_with(code: i32, run: &Run, words: &str) {
    assert_eq!(run.code, code, "{}", run.text);
    assert!(run.text.contains(words), "{}", run.text);
}

fn place() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join(YEAR);
    (folder, target)
}

fn publish(target: &Path, content: &str) -> Carried {
    let staging = Staging::begin(target).expect("the place is free");
    write(&staging, content);
    staging.publish().expect("the disk takes it")
}

/// Writes outputs of one product, and their record.
fn write(staging: &Staging, content: &str) {
    let product = staging.write(&Document::new("inside/x.txt", content)).expect("the disk takes it");
    let record = serde_json::json!({ "products": [{ "path": "inside/x.txt", "sha256": product.sha256 }] });
    let text = serde_json::to_string_pretty(&record).expect("a record") + "\n";
    staging.write(&Document::new("build.json", text)).expect("the disk takes it");
}

/// Leaves what a run leaves that is killed while it writes.
fn kill_while_writing(target: &Path, content: &str) {
    let staging = Staging::begin(target).expect("the place is free");
    write(&staging, content);
    let (folder, list) = (staging.path(""), list_of(&staging.path("")));
    let aside = tempfile::tempdir().expect("a folder");
    let moves = [(&folder, "folder"), (&list, "list")];
    for (from, to) in moves {
        fs::rename(from, aside.path().join(to)).expect("out of the sight of the run that ends");
    }
    drop(staging);
    for (to, from) in moves {
        fs::rename(aside.path().join(from), to).expect("as if it had been killed");
    }
}

fn list_of(folder: &Path) -> PathBuf {
    let name = folder.file_name().expect("a name").to_string_lossy().into_owned();
    folder.with_file_name(format!("{name}.list"))
}

fn content(target: &Path) -> String {
    fs::read_to_string(target.join("inside/x.txt")).expect("it was published")
}

#[test]
fn what_is_published_takes_the_place_of_the_earlier() {
    let (folder, target) = place();
    publish(&target, "one");
    publish(&target, "two");
    assert_eq!(content(&target), "two");
    assert_eq!(names(folder.path()), [format!(".{YEAR}.lock"), YEAR.to_owned()]);
}

#[test]
fn what_is_not_published_leaves_the_earlier_and_nothing_else() {
    let (folder, target) = place();
    publish(&target, "one");
    let staging = Staging::begin(&target).expect("the place is free");
    write(&staging, "two");
    drop(staging);
    assert_eq!(content(&target), "one");
    assert_eq!(names(folder.path()), [format!(".{YEAR}.lock"), YEAR.to_owned()]);
}

#[test]
fn a_file_in_the_place_of_the_outputs_is_refused_and_kept() {
    let bundle = TinyBundle::new();
    fs::create_dir(bundle.outputs()).expect("a folder");
    let target = bundle.outputs().join(YEAR);
    fs::write(&target, "someone's notes").expect("a file");
    assert_refused(&bundle.build(&[]), "это не папка");
    assert_eq!(fs::read_to_string(&target).expect("it is kept"), "someone's notes");
    assert_eq!(names(&bundle.outputs()), [format!(".{YEAR}.lock"), YEAR.to_owned()]);
}

#[test]
fn a_file_in_the_place_of_the_folder_above_is_refused_and_kept() {
    let bundle = TinyBundle::new();
    fs::write(bundle.outputs(), "someone's notes").expect("a file");
    assert_refused(&bundle.build(&[]), "out: ");
    assert_eq!(fs::read_to_string(bundle.outputs()).expect("it is kept"), "someone's notes");
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_the_outputs_is_refused_and_kept() {
    let (folder, target) = place();
    let elsewhere = folder.path().join("elsewhere");
    for exists in [false, true] {
        if exists {
            fs::create_dir(&elsewhere).expect("a folder");
        }
        let _ = fs::remove_file(&target);
        std::os::unix::fs::symlink(&elsewhere, &target).expect("a link");
        let error = Staging::begin(&target).err().expect("a link is no folder");
        assert!(format!("{error:#}").contains("это не папка"), "{error:#}");
        assert!(target.is_symlink());
    }
}

#[cfg(unix)]
#[test]
fn a_folder_without_write_permission_is_refused_and_kept() {
    use std::os::unix::fs::PermissionsExt;
    let bundle = TinyBundle::new();
    bundle.build(&[]);
    let before = names(&bundle.outputs());
    let set = |mode| fs::set_permissions(bundle.outputs(), fs::Permissions::from_mode(mode));
    set(0o555).expect("the mode is set");
    // The superuser may write anywhere: what cannot be forbidden is not asserted (the crash matrix mounts read-only).
    let is_forbidden = File::create(bundle.outputs().join("probe")).is_err();
    if is_forbidden {
        let run = bundle.build(&["--force"]);
        assert_refused(&run, "Permission denied");
        assert_eq!(names(&bundle.outputs()), before);
    } else {
        eprintln!("skipped: the superuser may write anywhere");
    }
    set(0o755).expect("the mode is set");
    let _ = fs::remove_file(bundle.outputs().join("probe"));
    let run = bundle.build(&["--force"]);
    assert!(run.code <= 1, "{}", run.text);
    assert_eq!(names(&bundle.outputs()), before);
}

#[test]
fn leftovers_of_a_killed_run_are_removed() {
    let (folder, target) = place();
    publish(&target, "one");
    kill_while_writing(&target, "half");
    assert_eq!(names(folder.path()).len(), 4, "{:?}", names(folder.path()));
    drop(Staging::begin(&target).expect("the place is free"));
    assert_eq!(content(&target), "one");
    assert_eq!(names(folder.path()), [format!(".{YEAR}.lock"), YEAR.to_owned()]);
}

#[test]
fn a_leftover_that_cannot_be_changed_is_removed_too() {
    let (folder, target) = place();
    kill_while_writing(&target, "half");
    let leftover = folder.path().join(format!(".{YEAR}.new"));
    for path in [leftover.join("inside"), leftover] {
        let mut permissions = fs::metadata(&path).expect("a folder").permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).expect("it is made read-only");
    }
    publish(&target, "one");
    assert_eq!(names(folder.path()), [format!(".{YEAR}.lock"), YEAR.to_owned()]);
}

/// Whatever stands under the names that letopis uses itself: it stays, and the run goes on under another name.
#[test]
fn what_others_have_under_the_names_of_leftovers_stays_and_blocks_nothing() {
    for kind in ["file", "folder", "empty"] {
        let (folder, target) = place();
        publish(&target, "one");
        for name in ["new", "old", "new.list", "old.list", "new.list-part", "old.list-part"] {
            let path = folder.path().join(format!(".{YEAR}.{name}"));
            match kind {
                "file" => fs::write(path, "a letter").expect("a file"),
                _ => fs::create_dir(&path).expect("a folder"),
            }
            if kind == "folder" {
                fs::write(folder.path().join(format!(".{YEAR}.{name}/letter.txt")), "a letter")
                    .expect("a file");
            }
        }
        let before = names(folder.path());
        publish(&target, "two");
        assert_eq!(content(&target), "two");
        assert_eq!(names(folder.path()), before);
        let letters = walkdir::WalkDir::new(folder.path())
            .into_iter()
            .flatten()
            .filter(|entry| fs::read_to_string(entry.path()).is_ok_and(|text| text == "a letter"));
        assert_eq!(letters.count(), if kind == "empty" { 0 } else { 6 });
    }
}

/// The list of folders that cannot be exchanged, of a run killed before it took its name.
#[test]
fn a_list_that_is_not_finished_is_removed_and_what_others_have_of_its_name_stays() {
    let (folder, target) = place();
    publish(&target, "one");
    let half = folder.path().join(format!(".{YEAR}.old.list-part"));
    for text in ["", "letopis: сборка, новая или прежняя (outputs, new or replaced)\n"] {
        fs::write(&half, text).expect("a list");
        letopis::outputs::recover(&target);
        assert_eq!(names(folder.path()), [format!(".{YEAR}.lock"), YEAR.to_owned()], "{text:?}");
    }
    fs::write(&half, "letopis: a letter").expect("a letter");
    publish(&target, "two");
    assert_eq!(content(&target), "two");
    assert_eq!(fs::read_to_string(&half).expect("it stays"), "letopis: a letter");
}

#[test]
fn what_others_laid_into_a_leftover_stays() {
    let (folder, target) = place();
    kill_while_writing(&target, "half");
    let leftover = folder.path().join(format!(".{YEAR}.new"));
    fs::write(leftover.join("inside/letter.txt"), "a letter").expect("a letter");
    publish(&target, "one");
    assert_eq!(content(&target), "one");
    assert_eq!(fs::read_to_string(leftover.join("inside/letter.txt")).expect("it stays"), "a letter");
    assert!(!leftover.join("inside/x.txt").exists(), "the program's own is removed");
}

/// Where folders cannot be exchanged, a run killed between two renames leaves no target.
#[test]
fn outputs_set_aside_by_a_killed_run_come_back() {
    let (folder, target) = place();
    publish(&target, "one");
    kill_while_writing(&target, "half");
    set_aside(&target);
    drop(Staging::begin(&target).expect("the place is free"));
    assert_eq!(content(&target), "one");
    assert_eq!(names(folder.path()), [format!(".{YEAR}.lock"), YEAR.to_owned()]);
}

fn set_aside(target: &Path) {
    let old = target.with_file_name(format!(".{YEAR}.old"));
    fs::rename(target, &old).expect("set aside");
    let line = "letopis: сборка, новая или прежняя (outputs, new or replaced)\n";
    fs::write(list_of(&old), line).expect("its list");
}

#[test]
fn a_second_run_while_the_first_writes_is_refused_and_harms_nothing() {
    let bundle = TinyBundle::new();
    bundle.build(&[]);
    let target = bundle.outputs().join(YEAR);
    let before = fs::read(target.join("build.json")).expect("a record");
    let staging = Staging::begin(&target).expect("the place is free");
    staging.write(&Document::new("x.txt", "first")).expect("the disk takes it");
    assert_refused_with(4, &bundle.build(&["--force"]), "сюда уже пишет другой запуск");
    assert_eq!(fs::read(staging.path("x.txt")).expect("the first run's file"), b"first");
    assert_eq!(fs::read(target.join("build.json")).expect("a record"), before);
    drop(staging);
    assert!(bundle.build(&["--force"]).code <= 1);
}

#[test]
fn even_a_build_with_nothing_to_do_clears_what_a_killed_run_left() {
    let bundle = TinyBundle::new();
    bundle.build(&[]);
    let before = names(&bundle.outputs());
    let target = bundle.outputs().join(YEAR);
    kill_while_writing(&target, "half");
    assert!(bundle.build(&[]).text.contains("без изменений"));
    assert_eq!(names(&bundle.outputs()), before);
    // Outputs that were set aside need not be made again either.
    set_aside(&target);
    assert!(bundle.build(&[]).text.contains("без изменений"));
    assert_eq!(names(&bundle.outputs()), before);
}

#[test]
fn recovery_keeps_its_hands_off_what_another_run_writes() {
    let (_folder, target) = place();
    publish(&target, "one");
    let staging = Staging::begin(&target).expect("the place is free");
    write(&staging, "two");
    recover(&target);
    staging.publish().expect("nobody took it away");
    assert_eq!(content(&target), "two");
}

#[cfg(unix)]
#[test]
fn everything_is_written_for_the_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let bundle = TinyBundle::new();
    bundle.build(&[]);
    let home = bundle.outputs().parent().expect("a home").to_owned();
    let archive = home.join("archive");
    letopis(program(&["archive"]).arg(bundle.outputs().join(YEAR)).arg("--to").arg(&archive));
    letopis(program(&["copy", "--parity=10"]).arg(&archive).arg(home.join("usb")));
    let bag = archive.join(format!("journals-{YEAR}-ed1"));
    letopis(program(&["restore"]).arg(&bag).arg("-o").arg(home.join("back")));
    letopis(program(&["verify"]).arg(&bag).arg("--protocol").arg(home.join("protocol")));
    letopis(
        program(&["state"])
            .arg(bundle.outputs().join(YEAR))
            .arg("--archive")
            .arg(&archive)
            .arg("--page")
            .arg(home.join("page")),
    );
    for folder in ["out", "archive", "usb", "back", "protocol", "page"] {
        let mut entries = 0;
        for entry in walkdir::WalkDir::new(home.join(folder)) {
            let entry = entry.expect("an entry");
            let mode = entry.metadata().expect("a mode").permissions().mode() & 0o777;
            let expected = if entry.file_type().is_dir() { 0o700 } else { 0o600 };
            assert_eq!(mode, expected, "{}", entry.path().display());
            entries += 1;
        }
        assert!(entries > 1, "{folder} has {entries} entries");
    }
}
