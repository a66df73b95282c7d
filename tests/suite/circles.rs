//! No two source files need each other: who reads one of them can read on downwards, and never comes back.
//!
//! A file needs another where it names something that stands there. A name that a folder's `mod.rs` only hands on leads to
//! the file that defines it; the modules that `mod.rs` lists are no need of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A module's path below the crate: `["store", "events"]`.
type Module = Vec<String>;

struct Source {
    module: Module,
    file: String,
    text: String,
    /// Names it hands on, each with the path it takes them from.
    handed_on: Vec<(String, Vec<String>)>,
}

/// Reads every source file below `src`, without its comments and without the tests at its end.
fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let entries = walkdir::WalkDir::new(&root).sort_by_file_name().into_iter().flatten();
    let files = entries.filter(|entry| entry.path().extension().is_some_and(|ending| ending == "rs"));
    let read = files.map(|entry| {
        let inside = entry.path().strip_prefix(&root).expect("below src");
        let file = inside.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
        let mut module: Module = file.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
        module.pop_if(|last| ["mod", "lib", "main"].contains(&last.as_str()));
        let text = code(&std::fs::read_to_string(entry.path()).expect("a source file is text"));
        Source { handed_on: handed_on(&module, &text), module, file, text }
    });
    read.filter(|source| source.file != "main.rs").collect()
}

fn code(text: &str) -> String {
    let body = text.split("#[cfg(test)]").next().unwrap_or(text);
    let lines = body.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Returns the statements that begin with a word and `use`, without the word: `crate::a::{b, c}`.
fn uses(text: &str, is_wanted: fn(&str) -> bool) -> Vec<&str> {
    let mut found = Vec::new();
    for (start, _) in text.match_indices("use ") {
        let line = text[..start].rfind('\n').map_or(0, |end| end + 1);
        let before = text[line..start].trim();
        // Not the end of a name: `pub enum Cause {`.
        let is_word = text[..start].chars().next_back().is_none_or(char::is_whitespace);
        let is_statement = is_word && (before.is_empty() || before.starts_with("pub"));
        let end = text[start..].find(';').map(|end| start + end);
        if let Some(end) = end.filter(|_| is_statement && is_wanted(before)) {
            found.push(text[start + 4..end].trim());
        }
    }
    found
}

/// Spreads `a::{b, c::{d, e as f}}` to its paths, each with the name it takes here.
fn spread(tree: &str) -> Vec<(String, String)> {
    let Some(open) = tree.find('{') else {
        let (path, name) = tree.split_once(" as ").unwrap_or((tree, tree));
        let path = path.trim().trim_end_matches("::self");
        let name = name.trim().trim_end_matches("::self").rsplit("::").next().unwrap_or_default();
        return vec![(path.to_owned(), name.to_owned())];
    };
    let (head, rest) = (&tree[..open], &tree[open + 1..tree.rfind('}').unwrap_or(tree.len())]);
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    for (at, sign) in rest.char_indices() {
        match sign {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&rest[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&rest[start..]);
    let parts = parts.into_iter().map(str::trim).filter(|part| !part.is_empty());
    parts.flat_map(|part| spread(&format!("{head}{part}"))).collect()
}

/// Turns a path as a module writes it into one from the crate's root; none where it leads to another crate.
fn from_root(module: &Module, path: &str, children: bool) -> Option<Vec<String>> {
    let mut parts: Vec<String> = path.split("::").map(|part| part.trim().to_owned()).collect();
    let mut base = match parts.first()?.as_str() {
        "crate" => Vec::new(),
        "self" | "super" => module.clone(),
        _ if children => {
            return Some(module.iter().cloned().chain(parts).collect());
        }
        _ => return None,
    };
    let mut is_up = true;
    parts.retain(|part| match part.as_str() {
        "super" if is_up => {
            base.pop();
            false
        }
        "self" | "crate" => false,
        _ => {
            is_up = false;
            true
        }
    });
    Some(base.into_iter().chain(parts).collect())
}

fn handed_on(module: &Module, text: &str) -> Vec<(String, Vec<String>)> {
    let trees = uses(text, |before| before.starts_with("pub"));
    let paths = trees.into_iter().flat_map(spread);
    paths.filter_map(|(path, name)| Some((name, from_root(module, &path, true)?))).collect()
}

/// Follows a path to the file that defines what it names.
fn defining<'a>(all: &BTreeMap<&Module, &'a Source>, path: &[String], hops: usize) -> Option<&'a Source> {
    let known = (1..=path.len()).rev().find(|&length| all.contains_key(&path[..length].to_vec()))?;
    let (source, rest) = (all[&path[..known].to_vec()], &path[known..]);
    let handed = rest.first().and_then(|name| source.handed_on.iter().find(|(own, _)| own == name));
    match handed {
        Some((_, to)) if hops > 0 => {
            defining(all, &[to.as_slice(), &rest[1..]].concat(), hops - 1).or(Some(source))
        }
        _ => Some(source),
    }
}

/// Returns which files each file needs.
fn needs(sources: &[Source]) -> BTreeMap<&str, BTreeSet<&str>> {
    let all: BTreeMap<&Module, &Source> = sources.iter().map(|source| (&source.module, source)).collect();
    let mut needs: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for source in sources {
        let taken = uses(&source.text, |before| !before.starts_with("pub")).into_iter().flat_map(spread);
        let mut paths: Vec<Vec<String>> =
            taken.filter_map(|(path, _)| from_root(&source.module, &path, false)).collect();
        paths.extend(written_out(&source.text).filter_map(|path| from_root(&source.module, path, false)));
        paths.extend(children(source, &all));
        let found = paths.iter().filter_map(|path| defining(&all, path, 9)).map(|other| other.file.as_str());
        needs.entry(&source.file).or_default().extend(found.filter(|other| *other != source.file));
    }
    needs
}

/// Paths in the code itself, such as `crate::base::shown` or `super::facts::of`.
fn written_out(text: &str) -> impl Iterator<Item = &str> {
    let taken: Vec<std::ops::Range<usize>> = uses(text, |_| true)
        .into_iter()
        .map(|tree| tree.as_ptr() as usize - text.as_ptr() as usize)
        .map(|start| start..start + text[start..].find(';').unwrap_or_default())
        .collect();
    let heads = ["crate::", "super::", "self::"];
    let starts = heads.into_iter().flat_map(|head| text.match_indices(head).map(|(start, _)| start));
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let starts = starts.filter(move |start| !text[..*start].ends_with(is_word));
    // The text of a macro is named by whoever uses it, and `pub(in super)` names nothing.
    let starts = starts.filter(|start| !["$", "(in "].iter().any(|before| text[..*start].ends_with(before)));
    let starts = starts.filter(move |start| !taken.iter().any(|range| range.contains(start)));
    starts.map(move |start| {
        let rest = &text[start..];
        let path = &rest[..rest.find(|c: char| !is_word(c)).unwrap_or(rest.len())];
        path.trim_end_matches(':')
    })
}

/// What a folder's own file takes from the files beside it, written `child::NAME`.
fn children(source: &Source, all: &BTreeMap<&Module, &Source>) -> Vec<Vec<String>> {
    let own = all.keys().filter(|module| module.len() == source.module.len() + 1);
    let own = own.filter(|module| module.starts_with(&source.module)).filter_map(|module| module.last());
    let named = own.filter(|child| {
        let call = format!("{child}::");
        let body = source.text.lines().filter(|line| !line.contains("use "));
        body.into_iter().any(|line| {
            line.match_indices(&call)
                .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'))
        })
    });
    named.map(|child| source.module.iter().cloned().chain([child.clone()]).collect()).collect()
}

/// Returns every file that a file comes to, directly or through others.
fn reach<'a>(needs: &BTreeMap<&'a str, BTreeSet<&'a str>>, from: &'a str) -> BTreeSet<&'a str> {
    let (mut met, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(file) = open.pop() {
        open.extend(needs.get(file).into_iter().flatten().filter(|next| met.insert(**next)));
    }
    met
}

#[test]
fn no_files_need_each_other() {
    let sources = sources();
    let needs = needs(&sources);
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        needs.keys().map(|file| (*file, reach(&needs, file))).collect();
    let circle = |file: &&&str| reached[**file].contains(**file);
    let mut circles: BTreeMap<BTreeSet<&str>, Vec<String>> = BTreeMap::new();
    for file in needs.keys().filter(circle) {
        let members: BTreeSet<&str> =
            reached[*file].iter().copied().filter(|other| reached[*other].contains(*file)).collect();
        let ties = needs[*file].iter().filter(|other| members.contains(**other));
        circles.entry(members.clone()).or_default().extend(ties.map(|other| format!("{file} -> {other}")));
    }
    let circles: Vec<Vec<String>> = circles.into_values().collect();
    assert!(circles.is_empty(), "{} circles: {circles:#?}", circles.len());
}

#[test]
fn a_name_that_is_handed_on_leads_to_the_file_that_defines_it() {
    let module = |path: &str| path.split("::").map(str::to_owned).collect::<Module>();
    let source = |path: &str, file: &str, text: &str| Source {
        module: module(path),
        file: file.to_owned(),
        text: text.to_owned(),
        handed_on: handed_on(&module(path), text),
    };
    let sources = [
        source(
            "rules",
            "rules/mod.rs",
            "pub use rule::Rule;\nuse late::LATE;\nconst ALL: &[Rule] = &[late::LATE];",
        ),
        source("rules::rule", "rules/rule.rs", "pub struct Rule;"),
        source("rules::late", "rules/late.rs", "use super::Rule;\nuse crate::{base::{a, b as c}};"),
    ];
    let needs = needs(&sources);
    assert_eq!(needs["rules/late.rs"], BTreeSet::from(["rules/rule.rs"]));
    assert_eq!(needs["rules/mod.rs"], BTreeSet::from(["rules/late.rs"]));
    let spread: Vec<String> =
        spread("crate::{base::{a, b as c}, d}").into_iter().map(|(path, name)| path + " " + &name).collect();
    assert_eq!(spread, ["crate::base::a a", "crate::base::b c", "crate::d d"]);
}
