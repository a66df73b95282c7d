//! `letopis policy`: the figures in force, where each comes from, and the default file.

use std::process::Command;

use letopis::policy::{DEFAULT_TEXT, FIGURES};
use serde_json::{Value, json};

use crate::bundle::{Run, TinyBundle, letopis};

const CHANGED: &str = "[marks]\noral_days = 1\ncontrol_days = 3\n\n\
                       [rules.topic-off-plan]\nseverity = \"violation\"\nreason = \"Приказ 17\"\n\n\
                       [rules.homework-missing]\noff = true\nreason = \"Задания в тетрадях\"\n";

fn policy(lang: &str, arguments: &[&str]) -> Run {
    letopis(Command::new(env!("CARGO_BIN_EXE_letopis")).args(["--lang", lang, "policy"]).args(arguments))
}

fn with_policy(text: &str) -> (TinyBundle, String) {
    let bundle = TinyBundle::new();
    bundle.put("policy.toml", text);
    let root = bundle.root().to_string_lossy().into_owned();
    (bundle, root)
}

#[test]
fn without_a_file_every_figure_is_the_default() {
    let bundle = TinyBundle::new();
    let run = policy("ru", &[&bundle.root().to_string_lossy()]);
    assert_eq!(run.code, 0, "{}", run.text);
    assert_eq!(run.text.matches("[по умолчанию]").count(), FIGURES.len(), "{}", run.text);
    assert!(run.text.contains("все проверки включены"), "{}", run.text);
}

#[test]
fn a_figure_says_its_value_its_clause_and_where_it_comes_from() {
    let (_bundle, root) = with_policy(CHANGED);
    let run = policy("ru", &[&root]);
    assert_eq!(run.code, 0, "{}", run.text);
    for line in [
        "marks.oral_days = 1   [policy.toml, строка 2, по умолчанию 0]",
        "Отметка за ответ: дней после урока — Регламент, п. 2.6 (R.2.6)",
        "marks.control_days = 3   [policy.toml, строка 3, как по умолчанию]",
        "marks.written_days = 7   [по умолчанию]",
        "topic-off-plan: каждое замечание — нарушение   [policy.toml, строка 5]",
        "homework-missing: выключена   [policy.toml, строка 9]",
        "причина: Задания в тетрадях",
    ] {
        assert!(run.text.contains(line), "no {line:?} in: {}", run.text);
    }
    let english = policy("en", &[&root]).text;
    assert!(english.contains("marks.oral_days = 1   [policy.toml, line 2, default 0]"), "{english}");
    assert!(english.contains("homework-missing: switched off   [policy.toml, line 9]"), "{english}");
}

#[test]
fn programs_get_the_same_as_json() {
    let (_bundle, root) = with_policy(CHANGED);
    let run = policy("en", &[&root, "--format", "json"]);
    let document: Value = serde_json::from_str(&run.text).expect("the answer is JSON");
    let figures = document[0]["figures"].as_array().expect("a list of figures");
    assert_eq!(figures.len(), FIGURES.len());
    let figure = |key: &str| figures.iter().find(|figure| figure["key"] == key).expect("it is there");
    let oral = figure("marks.oral_days");
    assert_eq!((&oral["value"], &oral["default"], &oral["line"]), (&json!(1), &json!(0), &json!(2)));
    assert_eq!((&oral["source"], &oral["clause"]), (&json!("policy.toml"), &json!("R.2.6")));
    assert_eq!(figure("homework.by")["value"], "17:00:00");
    assert_eq!(figure("setup.deputies_by")["value"], "09-05");
    assert_eq!(figure("homework.minutes_by_grade")["value"][10], 210);
    assert_eq!(figure("pupil_cards.required")["source"], "default");
    let rules = &document[0]["rules"];
    assert_eq!(rules[0]["rule"], "homework-missing");
    assert_eq!((&rules[0]["off"], &rules[0]["line"]), (&json!(true), &json!(9)));
    assert_eq!((&rules[1]["severity"], &rules[1]["reason"]), (&json!("violation"), &json!("Приказ 17")));
}

#[test]
fn the_default_file_can_be_saved_and_is_in_force_as_it_is() {
    let run = policy("ru", &["--default"]);
    assert_eq!((run.code, run.text.as_str()), (0, DEFAULT_TEXT));
    let (_bundle, root) = with_policy(&run.text);
    let run = policy("ru", &[&root]);
    assert_eq!(run.text.matches("как по умолчанию]").count(), FIGURES.len(), "{}", run.text);
}

#[test]
fn a_wrong_policy_is_refused_with_its_place_and_shows_no_figure() {
    let (_bundle, root) = with_policy("[marks]\noral_days = -1\n");
    let run = policy("ru", &[&root]);
    assert_eq!(run.code, 1, "{}", run.text);
    assert!(run.text.contains("J112 policy.toml, строка 2"), "{}", run.text);
    assert!(!run.text.contains("по умолчанию"), "{}", run.text);
    let run = policy("ru", &[&root, "--format", "json"]);
    let document: Value = serde_json::from_str(&run.text).expect("the answer is JSON");
    assert_eq!((run.code, &document[0]["problems"][0]["line"]), (1, &json!(2)));
    assert_eq!(document[0]["figures"], json!([]));
}

#[test]
fn a_folder_that_is_no_bundle_is_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let run = policy("ru", &[&folder.path().to_string_lossy()]);
    assert_eq!(run.code, 2, "{}", run.text);
    assert!(run.text.contains("нет ни school.toml, ни policy.toml"), "{}", run.text);
}
