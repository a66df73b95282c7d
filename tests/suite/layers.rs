//! The map of the program holds: arrows between folders, heavy crates in their places, sizes, docs, registries.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Every folder of the program, from the ground up, and the folders that its files may name. A folder names only folders
/// above it in this list: the arrows go one way.
const ARROWS: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("cms", &["base"]),
    ("bagit", &["base", "cms"]),
    ("model", &["base"]),
    ("ingest", &["base", "model"]),
    ("outputs", &["base", "cms"]),
    ("par2", &["base"]),
    ("policy", &["base", "model"]),
    ("register", &["bagit", "base"]),
    ("render", &["base"]),
    ("new_bundle", &["base", "ingest", "model", "policy", "render"]),
    ("stats", &["base", "model"]),
    ("forms", &["base", "model", "render", "stats"]),
    ("rules", &["base", "model", "policy", "stats"]),
    ("data", &["base", "ingest", "model", "rules", "stats"]),
    ("package", &["bagit", "base", "data", "ingest", "model", "outputs", "policy", "render"]),
    ("reports", &["base", "data", "ingest", "model", "policy", "render", "rules", "stats"]),
    ("verify", &["bagit", "base", "cms", "par2", "register"]),
    (
        "pipeline",
        &[
            "bagit", "base", "data", "ingest", "model", "outputs", "package", "policy", "register", "render",
            "reports", "rules", "stats", "verify",
        ],
    ),
    (
        "store",
        &[
            "bagit", "base", "cms", "data", "ingest", "model", "outputs", "package", "par2", "pipeline",
            "register", "render", "verify",
        ],
    ),
    ("papers", &["base", "cms", "package", "register", "render", "store", "verify"]),
    (
        "commands",
        &[
            "base",
            "cms",
            "forms",
            "ingest",
            "model",
            "new_bundle",
            "outputs",
            "papers",
            "par2",
            "pipeline",
            "policy",
            "register",
            "render",
            "reports",
            "rules",
            "store",
            "verify",
        ],
    ),
];

/// Each heavy crate and the files that may name it.
const HEAVY: &[(&str, &[&str])] = &[
    ("polars", &["stats/", "data/encode.rs", "ingest/formats/parquet"]),
    ("polars_buffer", &["ingest/formats/parquet"]),
    ("polars_io", &["data/encode.rs", "ingest/formats/parquet", "stats/"]),
    ("polars_parquet", &["ingest/formats/parquet"]),
    ("typst", &["render/pdf"]),
    ("typst_pdf", &["render/pdf"]),
    ("typst_layout", &["render/pdf"]),
    ("rust_xlsxwriter", &["render/workbook"]),
    ("calamine", &["ingest/formats/workbook"]),
    ("minijinja", &["render/html.rs"]),
];

const MOST_LINES: usize = 400;
const MOST_LINES_OF_A_FUNCTION: usize = 70;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every source file by its path below `src`, with its text.
fn sources() -> Vec<(String, String)> {
    let entries = walkdir::WalkDir::new(root()).sort_by_file_name().into_iter().flatten();
    let files = entries.filter(|entry| entry.path().extension().is_some_and(|ending| ending == "rs"));
    files
        .map(|entry| {
            let inside = entry.path().strip_prefix(root()).expect("below src");
            let path = inside.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
            (path, std::fs::read_to_string(entry.path()).expect("a source file is text"))
        })
        .collect()
}

/// Lines that are code: no comments, no tests at the bottom.
fn code(text: &str) -> impl Iterator<Item = &str> {
    let body = text.split("#[cfg(test)]").next().unwrap_or(text);
    body.lines().filter(|line| !line.trim_start().starts_with("//"))
}

/// Returns the modules a file names as `crate::NAME`, single or in braces.
fn named_modules(text: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for line in code(text) {
        for rest in line.split("crate::").skip(1) {
            let list = rest.strip_prefix('{').map_or(rest, |inner| inner.split('}').next().unwrap_or(inner));
            let parts: Vec<&str> = if rest.starts_with('{') { list.split(',').collect() } else { vec![list] };
            for part in parts {
                let name: String =
                    part.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                names.insert(name);
            }
        }
    }
    names.retain(|name| name.chars().next().is_some_and(char::is_lowercase));
    names
}

/// Returns the folder of a source file below `src`; nothing for `lib.rs` and `main.rs`.
fn folder_of(path: &str) -> Option<&str> {
    path.split_once('/').map(|(folder, _)| folder)
}

#[test]
fn every_folder_has_its_arrows_and_no_file_lies_loose() {
    let found: BTreeSet<String> =
        sources().iter().filter_map(|(path, _)| folder_of(path)).map(str::to_owned).collect();
    let listed: BTreeSet<String> = ARROWS.iter().map(|(folder, _)| (*folder).to_owned()).collect();
    assert_eq!(found, listed, "folders of src, and folders in ARROWS");
    let loose: Vec<String> =
        sources().into_iter().map(|(path, _)| path).filter(|path| folder_of(path).is_none()).collect();
    assert_eq!(loose, ["lib.rs", "main.rs"]);
}

#[test]
fn no_arrow_points_the_wrong_way() {
    let place = |name: &str| ARROWS.iter().position(|(folder, _)| *folder == name);
    let mut wrong = Vec::new();
    for (folder, allowed) in ARROWS {
        wrong.extend(
            allowed
                .iter()
                .filter(|name| place(name) >= place(folder))
                .map(|name| format!("{folder} before {name}")),
        );
    }
    for (path, text) in sources() {
        let Some(own) = folder_of(&path) else { continue };
        let allowed =
            ARROWS.iter().find(|(folder, _)| *folder == own).map_or(&[][..], |(_, allowed)| allowed);
        for name in
            named_modules(&text).iter().filter(|name| *name != own && !allowed.contains(&name.as_str()))
        {
            wrong.push(format!("{path} names crate::{name}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A module with children is `NAME/mod.rs`, never `NAME.rs` beside `NAME/`.
#[test]
fn a_folder_has_its_own_file_inside() {
    let wrong: Vec<String> = sources()
        .into_iter()
        .map(|(path, _)| path)
        .filter(|path| root().join(path.trim_end_matches(".rs")).is_dir())
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn heavy_crates_are_named_in_their_places_only() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        for (name, places) in HEAVY {
            let is_named = code(&text).any(|line| {
                line.split(&format!("{name}::")).skip(1).count() > 0
                    && line.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|word| word == *name)
            });
            if is_named && !places.iter().any(|place| path.starts_with(place)) {
                wrong.push(format!("{path} names {name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn only_outputs_writes() {
    let writing =
        ["fs::write", "create_dir", "File::create", "remove_file", "remove_dir", "fs::rename", "OpenOptions"];
    let mut wrong = Vec::new();
    for (path, text) in sources().into_iter().filter(|(path, _)| !path.starts_with("outputs/")) {
        wrong.extend(
            writing
                .iter()
                .filter(|word| code(&text).any(|line| line.contains(*word)))
                .map(|word| format!("{path}: {word}")),
        );
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Invariant 7: whoever wants to remove something asks the one file that knows what letopis made.
#[test]
fn only_one_file_removes() {
    let removing = ["remove_file", "remove_dir"];
    let wrong: Vec<String> = sources()
        .into_iter()
        .filter(|(path, _)| path != "outputs/removal.rs")
        .filter(|(_, text)| removing.iter().any(|word| code(text).any(|line| line.contains(word))))
        .map(|(path, _)| path)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn folders_of_outputs_and_packages_are_named_once() {
    let begins = ["\"data/", "\"archive/", "\"{root}/data"];
    let mut wrong = Vec::new();
    for (path, text) in sources().into_iter().filter(|(path, _)| path != "base/folders.rs") {
        let found = begins.iter().filter(|begin| code(&text).any(|line| line.contains(**begin)));
        wrong.extend(found.map(|begin| format!("{path}: {begin}…")));
    }
    assert!(wrong.is_empty(), "names of base/folders written out: {wrong:#?}");
}

#[test]
fn every_file_says_what_it_is_for_and_none_is_too_long() {
    for (path, text) in sources() {
        assert!(text.starts_with("//! "), "{path} has no module doc");
        let lines = text.lines().count();
        assert!(lines <= MOST_LINES, "{path} has {lines} lines");
    }
}

#[test]
fn no_function_is_too_long() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let mut open: Option<(usize, usize, &str)> = None;
        for (number, line) in text.lines().enumerate() {
            let indent = line.len() - line.trim_start().len();
            let is_start = line
                .trim_start()
                .trim_start_matches("pub ")
                .trim_start_matches("pub(crate) ")
                .trim_start_matches("pub(super) ")
                .starts_with("fn ");
            // A function of a trait may have no body.
            if is_start && open.is_none() && !line.trim_end().ends_with(['}', ';']) {
                open = Some((number, indent, line));
            } else if let Some((start, at, head)) = open.filter(|(_, at, _)| {
                line.starts_with('}') && *at == 0
                    || indent == *at && line.trim_end() == format!("{}}}", " ".repeat(*at))
            }) {
                let _ = at;
                if number - start + 1 > MOST_LINES_OF_A_FUNCTION {
                    wrong.push(format!(
                        "{path}:{}: {} lines: {}",
                        start + 1,
                        number - start + 1,
                        head.trim()
                    ));
                }
                open = None;
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_source_file_is_left_out_of_the_program() {
    for (path, _) in sources() {
        let name = path.rsplit('/').next().unwrap_or(&path);
        if ["main.rs", "lib.rs"].contains(&path.as_str()) {
            continue;
        }
        let (folder, module) = if name == "mod.rs" {
            let folder = path.trim_end_matches("/mod.rs");
            folder.rsplit_once('/').unwrap_or(("", folder))
        } else {
            path.trim_end_matches(".rs").rsplit_once('/').unwrap_or(("", path.trim_end_matches(".rs")))
        };
        let parents = [format!("{folder}/mod.rs"), format!("{folder}.rs"), "lib.rs".to_owned()];
        let declared = parents.iter().any(|parent| {
            std::fs::read_to_string(root().join(parent))
                .is_ok_and(|text| text.contains(&format!("mod {module};")))
        });
        assert!(declared, "{path} is in no module");
    }
}
