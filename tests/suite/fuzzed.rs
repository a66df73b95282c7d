//! The fuzzer's targets compile with the program, and survive the first inputs of a run.

#[path = "../../fuzz/src/targets.rs"]
#[allow(clippy::disallowed_methods)]
mod targets;

use std::collections::BTreeSet;
use std::path::Path;

/// What every target gets after the byte that chooses its form: nothing, texts, bytes that are no text.
fn inputs() -> Vec<Vec<u8>> {
    let journals = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journals");
    let table = std::fs::read(journals.join("year/inputs/terms.csv")).expect("a sample is there");
    let texts = ["5/4 Н <b>", "{\"a\": [1, {}]}", "[school]\nname = \"Ш\"\n", "с 05.11.24 по 27.12.24"];
    let mut inputs: Vec<Vec<u8>> = texts.iter().map(|text| text.as_bytes().to_vec()).collect();
    inputs.extend([Vec::new(), table, b"PK\x03\x04\0\0".to_vec(), vec![0xff; 40]]);
    inputs
}

#[test]
#[allow(clippy::disallowed_methods)]
fn every_target_of_the_fuzzer_runs() {
    for (_, run) in targets::TARGETS {
        run(&[]);
        for form in 0..5 {
            for input in inputs() {
                run(&[&[form], input.as_slice()].concat());
            }
        }
    }
    assert!(targets::FOLDER.starts_with("/dev/shm") || targets::FOLDER.starts_with(std::env::temp_dir()));
    std::fs::remove_dir_all(&*targets::FOLDER).expect("the targets leave one folder");
}

/// The packages of a lock file by name and version, and what its entry of letopis needs.
fn locked(path: &str) -> (BTreeSet<(String, String)>, BTreeSet<String>) {
    let text =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a lock file");
    let lock: toml::Table = text.parse().expect("TOML");
    let packages = lock["package"].as_array().expect("packages");
    let text = |package: &toml::Value, key: &str| package[key].as_str().expect("a text").to_owned();
    let own = packages.iter().find(|package| text(package, "name") == "letopis").expect("letopis is locked");
    let needs = own["dependencies"].as_array().expect("it needs some");
    (
        packages.iter().map(|package| (text(package, "name"), text(package, "version"))).collect(),
        needs.iter().filter_map(toml::Value::as_str).map(str::to_owned).collect(),
    )
}

/// Otherwise `cargo build --locked` of the fuzzer fails, which no other test would show.
#[test]
fn the_fuzzer_has_the_versions_of_the_program() {
    let (program, needs) = locked("Cargo.lock");
    let (fuzzer, needs_of_fuzzer) = locked("fuzz/Cargo.lock");
    let only_for_fuzzing = ["arbitrary", "letopis-fuzz", "libfuzzer-sys"];
    let other: Vec<_> =
        fuzzer.difference(&program).filter(|(name, _)| !only_for_fuzzing.contains(&name.as_str())).collect();
    assert!(other.is_empty(), "in fuzz/Cargo.lock alone: {other:?}");
    let lacking: Vec<_> = needs.difference(&needs_of_fuzzer).filter(|name| *name != "regex").collect();
    assert!(lacking.is_empty(), "not in fuzz/Cargo.lock: {lacking:?}");
}
