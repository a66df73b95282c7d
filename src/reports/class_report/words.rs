//! Words that several parts of the report use.

use crate::model::{Id, Journal, Work, WorkKind};
use crate::render::format;
use crate::render::measure::clean;
use crate::render::paper::{Look, Paper};
use crate::reports::common::numbers::{GAP, mean};
use crate::stats::analytics::forecast::marks_for;

/// What the signs of absences mean.
pub(super) const REASONS: &str =
    "б — по болезни, ну — по уважительной причине, н — без уважительной причины, ? — причина неизвестна";

/// Returns the reason of an absence in words.
pub(super) fn reason(code: &str) -> &'static str {
    match code {
        "б" => "болезнь",
        "ну" => "пропуск по уважительной причине",
        "н" => "пропуск без уважительной причины",
        _ => "пропуск, причина неизвестна",
    }
}

/// Returns a topic, or says that none was written down.
pub(super) fn topic(text: &str) -> String {
    let topic = clean(text);
    if topic.is_empty() { "тема не записана".to_owned() } else { topic }
}

/// Returns «3,46 (12)»: the mean of marks and how many there are; a gap where there are none.
pub(super) fn mean_of(value: Option<f64>, count: usize) -> String {
    if count == 0 { GAP.to_owned() } else { format!("{}\u{a0}({count})", mean(value)) }
}

/// Names a work: its title, else its kind.
pub(super) fn work_title(journal: &Journal, work: Id<Work>) -> String {
    let Work { kind, title, .. } = &journal.works[work];
    let title = clean(title);
    if !title.is_empty() {
        return title;
    }
    let at = WorkKind::CODES.iter().position(|code| *code == kind.code()).unwrap_or(0);
    WorkKind::WORDS[at].to_owned()
}

/// Says with which further marks a mean reaches «3»: «1 отметка «5», или 2 отметки «4», или 4 отметки «3»».
pub(super) fn sets_for_3(sums: (i128, i128)) -> Option<String> {
    let set = |value: u8| {
        let count = usize::try_from(marks_for(sums, value, 3)?).ok()?;
        Some(format!("{} «{value}»", format::counted(count, ["отметка", "отметки", "отметок"])))
    };
    let sets: Vec<String> = [5, 4, 3].into_iter().filter_map(set).collect();
    (!sets.is_empty()).then(|| sets.join(", или "))
}

/// Joins so many names with commas, and counts the others; says «нет» of none.
pub(super) fn named(names: &[String], most: usize) -> String {
    let (shown, rest) = names.split_at(names.len().min(most));
    match (shown, rest.len()) {
        ([], 0) => "нет".to_owned(),
        (shown, 0) => shown.join(", "),
        ([], rest) => format!("поимённо — в сводной ведомости, {rest}"),
        (shown, rest) => format!("{} и ещё {rest}", shown.join(", ")),
    }
}

/// Says in place of a table why it is not there.
pub(super) fn say_lack(paper: &mut Paper, why: &str) {
    paper.paragraph(Look::Strong, &format!("Не сформировано: {why}."));
}

/// Says how many rows the list below is short of.
pub(super) fn say_rest(paper: &mut Paper, rest: usize) {
    if rest > 0 {
        let said =
            format!("Показаны первые строки, ещё {rest} не поместилось: отметки всех — в сводной ведомости.");
        paper.paragraph(Look::Text, &said);
    }
}

/// Writes the first letter large.
pub(super) fn capital(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}
