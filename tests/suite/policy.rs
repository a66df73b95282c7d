//! The policy file: every figure documented, every mistake refused with its place.

use jiff::SignedDuration;
use jiff::civil::time;
use letopis::base::severity::Severity;
use letopis::policy::{DEFAULT_TEXT, FIGURES, Policy, PolicyReading, read_policy};
use letopis::rules::rule_ids;

use crate::small_year::small_year;

fn read(text: &str) -> PolicyReading {
    read_policy(text, &rule_ids()).unwrap_or_else(|errors| panic!("refused: {errors:#?}"))
}

/// Returns place and sentence of everything that is refused.
fn refused(text: &str) -> Vec<String> {
    let errors = read_policy(text, &rule_ids()).expect_err("the text is wrong");
    errors.iter().map(|error| format!("{}:{} {}", error.line, error.column, error.message.ru)).collect()
}

#[test]
fn the_default_text_gives_every_figure_its_default_and_its_clause() {
    let reading = read(DEFAULT_TEXT);
    assert_eq!(reading.policy, Policy::default());
    for figure in FIGURES {
        let line =
            reading.given.get(figure.key).unwrap_or_else(|| panic!("{} is not in the file", figure.key));
        let (above, _) = DEFAULT_TEXT.split_at(offset(*line));
        let section = above.rsplit_once('[').map_or(above, |(_, section)| section);
        assert!(section.contains(&format!("({}", figure.clause)), "{} without {}", figure.key, figure.clause);
        let (_, key) = figure.key.split_once('.').expect("a key has its section");
        let shown = format!("{key} = {}", figure.show(&reading.policy));
        assert_eq!(DEFAULT_TEXT.lines().nth(*line as usize - 1), Some(shown.as_str()));
    }
}

fn offset(line: u32) -> usize {
    DEFAULT_TEXT.split_inclusive('\n').take(line as usize - 1).map(str::len).sum()
}

#[test]
fn every_figure_has_its_own_key_and_title() {
    let mut keys: Vec<_> = FIGURES.iter().map(|figure| figure.key).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), FIGURES.len());
    assert!(FIGURES.iter().all(|figure| !figure.title.ru.is_empty() && !figure.title.en.is_empty()));
}

#[test]
fn an_empty_file_changes_nothing() {
    let reading = read("");
    assert_eq!(reading.policy, Policy::default());
    assert!(reading.given.is_empty());
}

#[test]
fn figures_given_are_in_force_and_know_their_line() {
    let reading = read("[homework]\nby = 18:30:00\n\n[absences]\nstricter_minutes = 15\n");
    assert_eq!(reading.policy.homework_by, time(18, 30, 0, 0));
    assert_eq!(reading.policy.absence_stricter, SignedDuration::from_mins(15));
    assert_eq!(reading.given.get("homework.by"), Some(&2));
    assert_eq!(reading.given.get("absences.stricter_minutes"), Some(&5));
    assert_eq!(reading.policy.written_mark_days, Policy::default().written_mark_days);
}

#[test]
fn unknown_keys_are_refused_with_their_place() {
    assert_eq!(
        refused("[marks]\noral_days = 1\n  oral_day = 1\n"),
        ["3:3 неизвестно: показатель «marks.oral_day»"]
    );
    assert_eq!(refused("[mark]\noral_days = 1\n"), ["1:2 неизвестно: раздел «mark»"]);
    assert_eq!(refused("oral_days = 1\n"), ["1:1 неизвестно: показатель «oral_days»"]);
    let rule = "[rules.no-such-rule]\noff = true\nreason = \"нет\"\n";
    assert_eq!(refused(rule), ["1:8 неизвестно: проверка «no-such-rule»"]);
    let key = "[rules.mark-late]\noff = true\nwhy = \"нет\"\nreason = \"да\"\n";
    assert_eq!(refused(key), ["3:1 неизвестно: ключ «rules.mark-late.why»"]);
}

#[test]
fn wrong_values_are_refused_with_their_place() {
    let day = "показатель «marks.oral_days»: ожидается целое число дней от 0 до 366";
    for value in ["-1", "367", "1.5", "\"1\"", "true"] {
        assert_eq!(refused(&format!("[marks]\noral_days = {value}\n")), [format!("2:13 {day}")], "{value}");
    }
    let clock = "2:6 показатель «homework.by»: ожидается время вида 17:00:00";
    for value in ["17", "\"17:00\"", "2024-09-02T17:00:00"] {
        assert_eq!(refused(&format!("[homework]\nby = {value}\n")), [clock], "{value}");
    }
    for value in ["\"02-30\"", "\"5 сентября\"", "\"13-01\"", "\"02-29\"", "9"] {
        assert_eq!(refused(&format!("[setup]\ndeputies_by = {value}\n")).len(), 1, "{value}");
    }
    for value in ["[1, 2]", "60", "[1,1,1,1,1,1,1,1,1,1,\"x\"]"] {
        assert_eq!(refused(&format!("[homework]\nminutes_by_grade = {value}\n")).len(), 1, "{value}");
    }
    for value in ["[]", "\"phone\"", "[\"health_group\"]", "[\"phone\", \"phone\"]", "[1]"] {
        assert_eq!(refused(&format!("[pupil_cards]\nrequired = {value}\n")).len(), 1, "{value}");
    }
    assert_eq!(refused("[term_marks]\ndrift = 0\n").len(), 1, "a drift of nothing would be every mark");
}

#[test]
fn all_mistakes_are_named_at_once_and_broken_toml_has_a_place() {
    assert_eq!(refused("[marks]\noral_days = -1\nx = 1\n").len(), 2);
    let broken = refused("[marks]\noral_days = = 1\n");
    assert!(broken[0].starts_with("2:13 файл записан не по правилам TOML"), "{broken:?}");
}

#[test]
fn a_rule_is_changed_only_with_a_reason() {
    let bare = "[rules.mark-late]\noff = true\n";
    assert_eq!(refused(bare), ["1:8 проверка «mark-late» изменена без причины: нужен непустой reason"]);
    assert_eq!(refused(&format!("{bare}reason = \" \"\n")).len(), 1);
    let wrong = "[rules.mark-late]\nseverity = \"error\"\nreason = \"да\"\n";
    assert_eq!(
        refused(wrong),
        ["2:12 проверка «mark-late», severity: ожидается \"notice\" или \"violation\""]
    );
}

#[test]
fn figures_that_contradict_each_other_are_refused() {
    let laxer = refused("[absences]\nstricter_minutes = 30\n");
    assert_eq!(
        laxer,
        [
            "2:1 показатель «absences.stricter_minutes» больше, чем «absences.laxer_minutes»: должно быть наоборот"
        ]
    );
    let both = refused("[absences]\nlaxer_minutes = 5\nstricter_minutes = 6\n");
    assert!(both.len() == 1 && both[0].starts_with("3:1 "), "{both:?}");
    assert_eq!(read("[absences]\nlaxer_minutes = 10\n").policy.absence_laxer, SignedDuration::from_mins(10));
    let marks = refused("[enough_marks]\nup_to_1_hour = 6\n");
    assert!(marks.len() == 1 && marks[0].contains("enough_marks.up_to_2_hours"), "{marks:?}");
}

#[test]
fn a_reason_without_a_change_is_refused() {
    let idle = "[rules.mark-late]\nreason = \"приказ\"\n";
    assert_eq!(
        refused(idle),
        ["1:8 проверка «mark-late»: причина есть, а изменения нет: нужен off = true или severity"]
    );
}

#[test]
fn a_rule_switched_off_is_reported_with_its_reason() {
    let year = small_year().table("homework", "lesson_id,text");
    assert_eq!(year.count("homework-missing"), 1);
    let policy = read("[rules.homework-missing]\noff = true\nreason = \"ведётся в дневниках\"\n").policy;
    let (_, checked) = year.policy(policy).check();
    assert!(checked.findings.iter().all(|finding| finding.rule != "homework-missing"));
    let line = checked.not_run.iter().find(|line| line.rule == "homework-missing").expect("it is reported");
    assert!(line.reason.ru.contains("ведётся в дневниках"), "{line:?}");
}

#[test]
fn a_changed_severity_is_that_of_every_finding() {
    let policy = read("[rules.homework-missing]\nseverity = \"violation\"\nreason = \"приказ\"\n").policy;
    let (_, checked) = small_year().table("homework", "lesson_id,text").policy(policy).check();
    let found =
        checked.findings.iter().find(|finding| finding.rule == "homework-missing").expect("it is found");
    assert_eq!(found.severity, Severity::Violation);
    let said: Vec<_> = checked.reweighted.iter().map(|one| (one.rule, one.reason.as_str())).collect();
    assert_eq!(said, [("homework-missing", "приказ")]);
}

#[test]
fn a_changed_figure_moves_the_boundary() {
    let year = small_year().table("homework", "lesson_id,text,recorded_at\nL1,Задача,2024-09-02T11:00:00");
    assert_eq!(year.count("homework-late"), 1);
    let policy = read("[homework]\nafter_lessons_minutes = 105\n").policy;
    assert_eq!(year.policy(policy).count("homework-late"), 0);
}
