//! Every message in both languages: whole, in its own language, with the same places for values.

use std::path::{Path, PathBuf};
use std::process::Command;

use letopis::base::said::Said;
use letopis::ingest::{profiles_of, read_bundle, read_journal};
use letopis::policy::FIGURES;
use letopis::reports::labels;
use letopis::rules::RULES;
use letopis::verify::codes;
use regex::Regex;

/// Names of files, and words of the journals that people have to type, are the same in an English message.
const NAMES: &[&str] =
    &["изменения.csv", "незач", "зач", "безотм", "осв", "н/а", "ну, н, б, оп", "нет", "Ученик:", "8А"];

/// Values that one language needs and the other does not: names of tables, words inside a sentence.
const ONE_SIDED: &[&str] =
    &["title", "name", "noun", "instead", "reason", "why", "why_en", "seen", "seen_en"];

fn journals(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journals").join(name)
}

/// Every source file with its path below `src`, without its tests.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let entries = walkdir::WalkDir::new(&root).sort_by_file_name().into_iter().flatten();
    let files = entries.filter(|entry| entry.path().extension().is_some_and(|ending| ending == "rs"));
    files
        .map(|entry| {
            let path =
                entry.path().strip_prefix(&root).expect("below src").to_string_lossy().replace('\\', "/");
            let text = std::fs::read_to_string(entry.path()).expect("a source file is text");
            let code = text.split("#[cfg(test)]").next().unwrap_or(&text).to_owned();
            (path, code)
        })
        .collect()
}

fn is_cyrillic(sign: char) -> bool {
    ('\u{400}'..='\u{4FF}').contains(&sign)
}

/// The places for values of a template, in any order; named ones by their names.
fn places(template: &str) -> Vec<String> {
    let place = Regex::new(r"\{(\w*)[^}]*\}").expect("a pattern");
    let plain = template.replace("{{", "").replace("}}", "");
    let mut places: Vec<String> = place.captures_iter(&plain).map(|found| found[1].to_owned()).collect();
    places.retain(|place| !ONE_SIDED.contains(&place.as_str()));
    places.sort();
    places
}

/// What is wrong with a message; nothing where each wording is whole and in its own language.
fn fault(ru: &str, en: &str) -> Option<&'static str> {
    let place = Regex::new(r"\{[^}]*\}").expect("a pattern");
    let known = NAMES.iter().fold(en.to_owned(), |text, name| text.replace(name, ""));
    let words = place.replace_all(ru, "");
    let sentence = Regex::new(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}").expect("a pattern");
    let translation = Regex::new(r"\((?:[a-z']+ )+[a-z']+\)").expect("a pattern");
    if ru.is_empty() != en.is_empty() {
        Some("one language only")
    } else if known.contains(is_cyrillic) {
        Some("Russian in the English wording")
    } else if !words.contains(is_cyrillic) && sentence.is_match(&words) {
        Some("English in place of the Russian wording")
    } else if translation.is_match(&words.replace("(letopis profiles)", "")) {
        Some("a translation inside the Russian wording")
    } else if places(ru) != places(en) {
        Some("other values")
    } else {
        None
    }
}

/// Literals as the compiler reads them: a line that ends with a backslash goes on.
fn literal(text: &str) -> String {
    let joined = Regex::new(r"\\\r?\n\s*").expect("a pattern").replace_all(text, "").into_owned();
    joined.replace("\\\"", "\"").replace("\\n", "\n")
}

#[test]
fn every_message_of_the_sources_is_whole_in_both_languages() {
    let pair = r#"\(\s*"((?:[^"\\]|\\[\s\S])*)",\s*"((?:[^"\\]|\\[\s\S])*)""#;
    let message =
        Regex::new(&format!(r"(?:\bsaid!|\brefuse!|\bfault!|Said::new|Said::fixed|Expected::fixed){pair}"));
    let message = message.expect("a pattern");
    let (mut count, mut wrong) = (0, Vec::new());
    for (path, text) in sources() {
        for found in message.captures_iter(&text) {
            let (ru, en) = (literal(&found[1]), literal(&found[2]));
            count += 1;
            wrong.extend(fault(&ru, &en).map(|fault| format!("{path}: {fault}: {ru:?} / {en:?}")));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(count > 700, "only {count} messages were met: how are they written now?");
}

#[test]
fn every_code_and_figure_speaks_both_languages() {
    for (id, _, text, hint) in codes() {
        assert_eq!(fault(text.ru, text.en), None, "{id}");
        assert_eq!(fault(hint.ru, hint.en), None, "{id}");
    }
    for figure in FIGURES {
        assert_eq!(fault(figure.title.ru, figure.title.en), None, "{}", figure.key);
        assert!(figure.title.ru.contains(is_cyrillic), "{}", figure.key);
    }
}

#[test]
fn every_rule_clause_and_profile_speaks_both_languages() {
    let check = |name: &str, said: &Said| {
        assert_eq!(fault(&said.ru, &said.en), None, "{name}: {said:?}");
        assert!(said.en.contains(|sign: char| sign.is_ascii_alphabetic()), "{name}: {said:?}");
    };
    for rule in RULES {
        check(rule.id, &rule.title.owned());
        assert!(rule.title.ru.contains(is_cyrillic), "{}", rule.id);
        rule.clauses.iter().for_each(|clause| check(clause, &labels::cited(clause)));
    }
    for profile in profiles_of(None).0 {
        check(&profile.id, &profile.title);
        assert_eq!(profile.about.en.chars().find(|sign| is_cyrillic(*sign)), None, "{}", profile.id);
        assert_ne!(profile.about.ru, profile.about.en, "{}", profile.id);
    }
    let reading = read_journal(&read_bundle(&journals("small-class/inputs")));
    reading.sources.iter().for_each(|source| check(&source.file, &source.taken_for));
}

/// Runs the program in English; what it prints without names of files and of classes, which are not translated.
fn english(folder: &Path, arguments: &[&str]) -> String {
    let mut program = Command::new(env!("CARGO_BIN_EXE_letopis"));
    let output = program.current_dir(folder).args(["--lang", "en"]).args(arguments).output();
    let output = output.expect("the program starts");
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(!said.trim().is_empty(), "{arguments:?} says something");
    let names = Regex::new(r"\S+/\S+|\b\d{1,2}[А-Я]\b").expect("a pattern");
    names.replace_all(&said, "").into_owned()
}

#[test]
fn an_english_run_says_nothing_in_russian() {
    let folder = tempfile::tempdir().expect("a folder");
    let bundle = journals("small-class/inputs");
    let bundle = bundle.to_str().expect("UTF-8");
    let runs: &[&[&str]] = &[
        &["build", bundle, "-o", "out"],
        &["build", bundle, "-o", "out"],
        &["build", bundle, "-o", "chosen", "--only", "timeliness", "--class", "8А"],
        &["check", bundle],
        &["policy", bundle],
        &["profiles"],
        &["profiles", bundle],
        &["archive", "out/2024-2025", "--to", "store", "--by", "director"],
        &["state", "out/2024-2025", "--archive", "store"],
        &["verify", "store"],
        &["register", "store"],
        &["retention", "store", "--as-of", "2035-01-01"],
        &["restore", "store/journals-2024-2025-ed1", "-o", "restored"],
        &["form", "--names"],
        &["report", "nothing", bundle],
        &["check", "nowhere"],
    ];
    for arguments in runs {
        let said = english(folder.path(), arguments);
        let russian: Vec<&str> = said.lines().filter(|line| line.contains(is_cyrillic)).collect();
        assert!(russian.is_empty(), "{arguments:?}: {russian:#?}");
    }
}

#[test]
fn errors_are_said_in_no_other_way() {
    let other = [
        r"\bbail!",
        r"\banyhow!\(",
        r"\bensure!\(",
        r"\.context\(",
        r"\.with_context\(",
        r#"io::Error::other\(\s*(format!|")"#,
        r#"io::Error::new\([^()]*,\s*(format!|")"#,
        r"_en: String",
        r"\[String; 2\]",
        r"fn \w+\([^)]*\bru: &str, en: &str",
    ];
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        for way in other {
            let found =
                Regex::new(way).expect("a pattern").find(&text).map(|found| found.as_str().to_owned());
            wrong.extend(found.map(|found| format!("{path}: {found}")));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn languages_are_chosen_in_commands_alone() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let is_place =
            ["commands/", "base/said/"].iter().any(|folder| path.starts_with(folder)) || path == "main.rs";
        if !is_place && (text.contains(".pick(") || text.contains("Lang::Ru") || text.contains("Lang::En")) {
            wrong.push(path);
        }
    }
    let settings = wrong.iter().position(|path| path == "base/settings.rs");
    assert!(settings.is_some(), "the settings know the language of the system");
    wrong.retain(|path| path != "base/settings.rs");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_test_of_messages_finds_what_it_is_for() {
    assert_eq!(fault("нет файла {}", "no file {}"), None);
    assert!(fault("файла нет (no such file)", "no such file").is_some());
    assert!(fault("no such file here", "no such file here").is_some());
    assert!(fault("файла нет", "файла нет").is_some());
    assert!(fault("нет {count}", "none").is_some());
    assert!(fault("", "none").is_some());
}
