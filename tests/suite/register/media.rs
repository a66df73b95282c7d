//! Media: a label of its own for each, one disk is said, a readme at every root.

use std::fs;
use std::path::Path;

use letopis::store::{Copied, CopyKind, CopyRequest, copy, medium_of};
use letopis::verify::verify;

use super::{Disk, copy_folder};
use crate::bundle::{letopis, program};

fn labelled(disk: &Disk, to: &str, label: Option<&str>) -> anyhow::Result<Copied> {
    copy(&CopyRequest { label: label.map(str::to_owned), ..disk.copying(to) })
}

fn media(disk: &Disk) -> Vec<String> {
    let register = letopis::register::Register::read(disk.register().as_bytes());
    let states = register.states();
    states["journals-2025-2026-ed1"].media().into_iter().map(str::to_owned).collect()
}

#[test]
fn a_label_that_repeats_is_asked_for() {
    let disk = Disk::archived();
    labelled(&disk, "one/archive", None).unwrap();
    let before = disk.register();
    for label in [None, Some("archive"), Some(" ARCHIVE"), Some("—"), Some("")] {
        let refused = labelled(&disk, "two/archive", label).unwrap_err().to_string();
        assert!(refused.contains("--label"), "{label:?}: {refused}");
        assert_eq!(disk.register(), before);
        assert!(!disk.at("two/archive/register.txt").exists());
    }
    let second = labelled(&disk, "two/archive", Some("диск 2")).unwrap();
    assert_eq!((second.is_whole(), second.medium.label.as_str()), (true, "диск 2"));
    assert_eq!(media(&disk).len(), 2);
    // From then on each medium says what it is called, and which of the copies it holds.
    let again = copy(&CopyRequest { usual_kind: CopyKind::Working, ..disk.copying("one/archive") }).unwrap();
    assert_eq!((again.medium.label.as_str(), again.medium.kind), ("archive", CopyKind::Main));
    labelled(&disk, "two/archive", None).unwrap();
    assert_eq!(media(&disk), ["основной экземпляр: archive", "основной экземпляр: диск 2"]);
    // The wrong disk in the slot is not taken for the right one.
    let wrong = labelled(&disk, "two/archive", Some("диск 3")).unwrap_err().to_string();
    assert!(wrong.contains("«диск 2»") && wrong.contains("«диск 3»"), "{wrong}");
}

/// Copies from before media said what they are called: the person says it once more.
#[test]
fn a_medium_without_a_readme_is_believed_when_its_label_is_told() {
    let disk = Disk::archived();
    labelled(&disk, "usb", None).unwrap();
    fs::remove_file(disk.at("usb/ЧИТАЙ-МЕНЯ.txt")).unwrap();
    assert!(labelled(&disk, "usb", None).is_err());
    assert!(labelled(&disk, "usb", Some("usb")).unwrap().is_whole());
    assert_eq!(medium_of(&disk.at("usb")).unwrap().to_string(), "основной экземпляр: usb");
    assert_eq!(media(&disk).len(), 1);
}

#[test]
fn copies_on_one_disk_are_said_and_made() {
    let disk = Disk::archived();
    let (archive, main, working) = (disk.archive_folder(), disk.at("main"), disk.at("working"));
    let text = |path: &Path| path.display().to_string();
    let run = letopis(&mut program(&["copy", &text(&archive), &text(&main), &text(&working)]));
    assert_eq!(run.code, 0, "{}", run.text);
    let said: Vec<&str> = run.text.lines().filter(|line| line.starts_with("! ")).collect();
    assert_eq!(said.len(), 2, "{}", run.text);
    assert!(said[0].contains(&text(&archive)) && said[1].contains(&text(&main)), "{}", run.text);
    // A copy of an earlier run is found where it stands beside the new one.
    let third = copy(&disk.copying("third")).unwrap();
    assert_eq!(third.same_disk, [archive.clone(), main, working]);
    // Another file system is another disk; where there is none to try, nothing can be said of it.
    let memory = Path::new("/dev/shm");
    if let Ok(other) = tempfile::tempdir_in(memory) {
        use std::os::unix::fs::MetadataExt;
        let device = |path: &Path| fs::metadata(path).unwrap().dev();
        if device(memory) != device(&archive) {
            let far = copy(&CopyRequest { to: other.path().join("usb"), ..disk.copying("") }).unwrap();
            assert_eq!(far.same_disk, Vec::<std::path::PathBuf>::new());
        }
    }
}

#[test]
fn a_readme_stands_at_every_root_and_is_never_overwritten() {
    let disk = Disk::archived();
    labelled(&disk, "usb", Some("диск 1")).unwrap();
    let (root, usb) = (disk.at("archive/ЧИТАЙ-МЕНЯ.txt"), disk.at("usb/ЧИТАЙ-МЕНЯ.txt"));
    let (here, there) = (fs::read_to_string(&root).unwrap(), fs::read_to_string(&usb).unwrap());
    for word in [
        "register.txt",
        "hold.toml",
        "[[hold]]",
        "par2 repair",
        ".p7s",
        "--head",
        "reversed",
        "25 лет",
        "sha256sum",
    ] {
        assert!(here.contains(word) && there.contains(word), "{word}: {here}");
    }
    assert!(
        there.contains("Носитель: основной экземпляр: диск 1\n") && !here.contains("Носитель: "),
        "{there}"
    );
    fs::write(&root, "своё").unwrap();
    disk.build("3");
    disk.archive(Some("ещё раз")).unwrap();
    labelled(&disk, "usb", None).unwrap();
    assert_eq!(fs::read_to_string(&root).unwrap(), "своё");
    assert_eq!(fs::read_to_string(&usb).unwrap(), there);
    assert_eq!(verify(&[disk.archive_folder(), disk.at("usb")]).exit_code(), 0);
}

/// What the readme says of the chain holds: the sums are those of the lines up to their last tab.
#[cfg(unix)]
#[test]
fn the_chain_is_checked_by_hand_as_the_readme_says() {
    let disk = Disk::archived();
    let readme = fs::read_to_string(disk.at("archive/ЧИТАЙ-МЕНЯ.txt")).unwrap();
    let command = readme.lines().find(|line| line.trim_start().starts_with("sed -n 8p")).unwrap();
    let (register, lines) = (disk.register(), 5);
    for number in 2..=lines {
        let command = command.replace("8p", &format!("{number}p"));
        let output =
            std::process::Command::new("sh").arg("-c").arg(&command).current_dir(disk.at("archive")).output();
        let sum = String::from_utf8(output.unwrap().stdout).unwrap();
        let last = register.lines().nth(number - 1).unwrap().rsplit('\t').next().unwrap();
        assert_eq!(sum.split(' ').next().unwrap(), last, "{command}");
    }
    assert_eq!(register.lines().count(), lines);
}

#[test]
fn the_hold_of_the_readme_is_understood() {
    let disk = Disk::archived();
    let readme = fs::read_to_string(disk.at("archive/ЧИТАЙ-МЕНЯ.txt")).unwrap();
    let start = readme.find("  [[hold]]").unwrap();
    fs::write(disk.at("archive/hold.toml"), &readme[start..]).unwrap();
    let run = letopis(&mut program(&[
        "retention",
        &disk.archive_folder().display().to_string(),
        "--as-of",
        "2032-01-01",
    ]));
    assert!(run.code == 0 && run.text.contains("запрос прокуратуры № 12 (до 2033-05-31)"), "{}", run.text);
}

#[test]
fn a_copy_of_another_place_keeps_its_label() {
    let disk = Disk::archived();
    labelled(&disk, "usb", Some("диск 1")).unwrap();
    // The whole medium moved to another folder is the same medium.
    copy_folder(&disk.at("usb"), &disk.at("mounted/elsewhere"));
    assert_eq!(labelled(&disk, "mounted/elsewhere", None).unwrap().medium.label, "диск 1");
}

/// The readme of a built bag: a person pastes the check for Windows as it stands, so no sign in it may be another's quote.
#[test]
fn the_readme_of_a_bag_speaks_of_all_that_stands_behind_it() {
    use letopis::package::readme::WINDOWS_SCRIPT;
    let bundle = crate::bundle::TinyBundle::new();
    bundle.build(&[]);
    for package in ["journals-2024-2025", "summary-sheets-2024-2025"] {
        let readme = fs::read_to_string(bundle.output(&format!("archive/{package}/ЧИТАЙ-МЕНЯ.txt"))).unwrap();
        for word in [
            "register.txt",
            "--head",
            "QR-код",
            ".par2",
            "letopis repair",
            ".p7s",
            "sha256sum -c",
            "letopis verify",
        ] {
            assert!(readme.contains(word), "{package}: {word}: {readme}");
        }
        let script: String = WINDOWS_SCRIPT.lines().map(|line| format!("    {line}\n")).collect();
        assert!(readme.contains(&script), "{package}: the check for Windows stands whole");
    }
    assert!(!WINDOWS_SCRIPT.contains(['\t', '“', '”', '„', '‘', '’', '–', '—']), "{WINDOWS_SCRIPT}");
    for manifest in
        ["manifest-sha256.txt", "manifest-sha512.txt", "tagmanifest-sha256.txt", "tagmanifest-sha512.txt"]
    {
        assert!(WINDOWS_SCRIPT.contains(&format!("'{manifest}'")), "{manifest}");
    }
    for (open, close) in [('{', '}'), ('(', ')')] {
        assert_eq!(WINDOWS_SCRIPT.matches(open).count(), WINDOWS_SCRIPT.matches(close).count());
    }
}

/// The two commands for Linux, as they stand in the readme.
#[cfg(unix)]
#[test]
fn a_bag_is_checked_by_hand_as_its_readme_says() {
    let bundle = crate::bundle::TinyBundle::new();
    bundle.build(&[]);
    let bag = bundle.output("archive/journals-2024-2025");
    let readme = fs::read_to_string(bag.join("ЧИТАЙ-МЕНЯ.txt")).unwrap();
    let line = |start: &str| {
        readme.lines().find(|line| line.trim_start().starts_with(start)).unwrap().trim().to_owned()
    };
    let run = |command: &str| {
        std::process::Command::new("sh").arg("-c").arg(command).current_dir(&bag).output().unwrap()
    };
    let (sums, count) = (line("sha256sum -c"), line("find data"));
    let counts = |output: Vec<u8>| -> Vec<usize> {
        String::from_utf8(output).unwrap().split_whitespace().map(|number| number.parse().unwrap()).collect()
    };
    assert!(run(&sums).status.success());
    let numbers = counts(run(&count).stdout);
    assert!(numbers.len() == 2 && numbers[0] == numbers[1] && numbers[0] > 10, "{numbers:?}");
    fs::write(bag.join("data/чужое.txt"), "x").unwrap();
    fs::write(bag.join("bag-info.txt"), "x").unwrap();
    assert!(!run(&sums).status.success(), "the tag manifest is read too");
    let numbers = counts(run(&count).stdout);
    assert_ne!(numbers[0], numbers[1]);
}
