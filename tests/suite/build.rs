//! The main job as a process: equal bytes everywhere, no work where nothing changed, whole outputs after a kill.

// Tests change outputs on purpose.
#![allow(clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use letopis::outputs::checksums_below;

use crate::bundle::{Run, TinyBundle, command, letopis};

type Tree = BTreeMap<String, String>;

fn tree(folder: &Path) -> Tree {
    let files = checksums_below(folder, &[]).expect("the outputs can be read");
    files.into_iter().map(|(path, _, sha256)| (path, sha256)).collect()
}

fn year_bundle() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journals/year/inputs")
}

fn build_in(folder: &Path, threads: &str, environment: &[(&str, &str)]) -> Run {
    let mut command = command(&year_bundle(), Path::new("out"), &["--threads", threads]);
    letopis(command.current_dir(folder).envs(environment.iter().copied()))
}

#[test]
fn two_builds_give_the_same_bytes_wherever_they_run() {
    let (one, two) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let first = build_in(one.path(), "1", &[("TZ", "UTC"), ("LC_ALL", "C")]);
    let second = build_in(
        two.path(),
        "3",
        &[("TZ", "Asia/Kamchatka"), ("LC_ALL", "ru_RU.UTF-8"), ("POLARS_MAX_THREADS", "5")],
    );
    assert_eq!((first.code, second.code), (0, 0), "{}{}", first.text, second.text);
    let (first, second) = (tree(&one.path().join("out")), tree(&two.path().join("out")));
    assert!(first.len() > 150, "{} files", first.len());
    assert_eq!(first, second);
}

fn is_unchanged(run: &Run) -> bool {
    assert!(run.code <= 1, "{}", run.text);
    run.text.contains("без изменений")
}

#[test]
fn a_second_build_does_nothing_until_something_changes() {
    let bundle = TinyBundle::new();
    assert!(!is_unchanged(&bundle.build(&[])));
    assert!(is_unchanged(&bundle.build(&[])));
    assert!(!is_unchanged(&bundle.build(&["--as-of", "2025-06-01"])), "another date");
    assert!(!is_unchanged(&bundle.build(&[])), "the first date again");
    bundle.put("policy.toml", "");
    assert!(!is_unchanged(&bundle.build(&[])), "a policy");
    bundle.change("marks.csv", "P1,5", "P1,4");
    assert!(!is_unchanged(&bundle.build(&[])), "a mark");
    assert!(is_unchanged(&bundle.build(&[])));
    assert!(!is_unchanged(&bundle.build(&["--force"])), "by force");
}

#[test]
fn a_damaged_product_is_made_anew() {
    let bundle = TinyBundle::new();
    bundle.build(&[]);
    let whole = tree(&bundle.outputs());
    for name in
        ["journals/journal-5A.pdf", "data/metrics.csv", "build.json", "archive/journals-2024-2025.zip"]
    {
        let path = bundle.output(name);
        let mut bytes = std::fs::read(&path).expect("a product");
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(&path, bytes).expect("a product is damaged");
        assert!(!is_unchanged(&bundle.build(&[])), "{name}");
        // Whether it was damaged or edited nobody can tell: what was there is kept.
        let kept = bundle.output("изменено");
        let file = name.rsplit('/').next().expect("a name");
        assert!(name == "build.json" || kept.join(file).is_file(), "{name}");
        let _ = std::fs::remove_dir_all(kept);
        assert!(tree(&bundle.outputs()) == whole, "{name} is as it was");
    }
    std::fs::remove_file(bundle.output("index.html")).expect("a product is removed");
    assert!(!is_unchanged(&bundle.build(&[])), "a removed product");
    assert!(tree(&bundle.outputs()) == whole);
    std::fs::write(bundle.output("stray.txt"), "x").expect("a stray file");
    let run = bundle.build(&[]);
    assert!(is_unchanged(&run) && run.text.contains("stray.txt"), "{}", run.text);
}

#[test]
fn a_killed_run_leaves_the_earlier_outputs_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let outputs = folder.path().join("out");
    let earlier = letopis(&mut command(&year_bundle(), &outputs, &["--as-of", "2025-03-01"]));
    assert_eq!(earlier.code, 0, "{}", earlier.text);
    let year = outputs.join("2024-2025");
    let before = tree(&year);
    let mut killed = 0;
    for delay in [50, 250, 600, 1200] {
        let mut run = command(&year_bundle(), &outputs, &[])
            .stdout(std::process::Stdio::null())
            .spawn()
            .expect("a run");
        std::thread::sleep(Duration::from_millis(delay));
        run.kill().expect("the run is killed");
        run.wait().expect("the run has ended");
        let after = tree(&year);
        if after != before {
            break; // This one was done before it could be killed.
        }
        killed += 1;
    }
    assert!(killed > 0, "even the first run was done within 50 ms");
    let last = letopis(&mut command(&year_bundle(), &outputs, &[]));
    assert_eq!(last.code, 0, "{}", last.text);
    let left: Vec<_> =
        outputs.read_dir().expect("outputs").flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(left.len(), 2, "only the year and its lock: {left:?}");
}

#[test]
fn a_signature_laid_beside_a_product_stays_as_long_as_the_product_does() {
    let bundle = TinyBundle::new();
    bundle.build(&[]);
    let archive = "archive/journals-2024-2025/tagmanifest-sha512.txt.sig";
    let (signature, stray) = (bundle.output(archive), bundle.output("index.html.p7s"));
    std::fs::write(&signature, "a signature").expect("laid beside");
    std::fs::write(&stray, "another").expect("laid beside");
    assert!(is_unchanged(&bundle.build(&[])), "a signature is no damage");
    assert!(!is_unchanged(&bundle.build(&["--force"])));
    assert_eq!(std::fs::read(&signature).expect("carried over"), b"a signature");
    assert!(stray.exists() && is_unchanged(&bundle.build(&[])));
    bundle.change("marks.csv", "P1,5", "P1,4");
    let run = bundle.build(&[]);
    assert!(run.text.contains(archive) && run.text.contains("подпишите заново"), "{}", run.text);
    assert!(!signature.exists(), "it would sign something else");
    let kept = bundle.output("изменено/tagmanifest-sha512.txt.sig");
    assert_eq!(std::fs::read(kept).expect("nobody's signature is removed"), b"a signature");
    assert!(is_unchanged(&bundle.build(&[])));
}
