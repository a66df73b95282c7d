//! Sentences and short texts that all forms of the report share.

use std::collections::BTreeSet;

use super::Timeliness;
use super::causes::Cause;
use crate::model::*;
use crate::render::format;
pub(super) use crate::render::format::share;
use crate::render::measure::clean;
pub(in crate::reports) use crate::reports::gaps::{severity, title_of};
use crate::reports::{gaps, selected};
use crate::rules::finding::Finding;

/// How many names or dates one line spells out.
const SPELLED: usize = 6;

/// Returns «3 из 1 200».
pub(super) fn out_of(found: usize, examined: usize) -> String {
    format!("{} из {}", format::thousands(found), format::thousands(examined))
}

/// Returns a count for a table; empty for zero.
pub(super) fn count_or_blank(count: usize) -> String {
    if count == 0 { String::new() } else { format::thousands(count) }
}

/// Returns the sentence on how many of the checks were run.
pub(super) fn ran(report: &Timeliness<'_>) -> String {
    let (ran, all) = (report.rules.len(), crate::rules::RULES.len());
    if ran == all && report.context.checked.not_run.is_empty() {
        format!("Выполнены все проверки ({all}).")
    } else {
        format!("Выполнено проверок: {ran} из {all}.")
    }
}

/// Returns the lines on what was not run and why, complete rules first; then the school's changes, and
/// selections without effect.
pub(super) fn not_run(report: &Timeliness<'_>) -> Vec<String> {
    let checked = report.context.checked;
    let mut lines: Vec<String> = gaps::lines(checked).into_iter().map(|line| line.ru).collect();
    lines.extend(gaps::reweighted(checked));
    lines.extend(unused_selections(report));
    lines
}

/// Names the rows of the selection of remarks that select nothing, and those that select findings outside all
/// class journals.
fn unused_selections(report: &Timeliness<'_>) -> Vec<String> {
    let spoken = |rows: Vec<u32>, words: &str| {
        let rows: Vec<String> = rows.iter().map(u32::to_string).collect();
        (!rows.is_empty()).then(|| format!("отбор замечаний, строки {}: {words}", spelled(rows)))
    };
    let gone = "таких замечаний нет ни сейчас, ни в прежнем списке";
    let classless = "замечание не относится ни к одному классу и в лист замечаний журнала не попадает";
    let idle = spoken(selected::unmatched_rows(report.context), gone);
    idle.into_iter().chain(spoken(selected::rows_without_class(report.context), classless)).collect()
}

/// Returns how many findings of an earlier list are corrected; empty if there is no such list.
pub(super) fn mended(report: &Timeliness<'_>) -> Option<String> {
    let gone = report.mended.as_ref()?.len();
    let before = report.context.selection.before.as_ref()?.len();
    Some(format!(
        "Из прежнего списка замечаний ({}): устранено {}, остаётся или не проверялось {}.",
        format::thousands(before),
        format::thousands(gone),
        format::thousands(before - gone.min(before))
    ))
}

/// Returns how many things could not be judged; empty if all could.
pub(super) fn unjudged(report: &Timeliness<'_>) -> Option<String> {
    let lines: Vec<String> = report
        .rules
        .iter()
        .filter(|line| line.examined.unjudged > 0)
        .map(|line| format!("«{}» — {}", line.rule.title.ru, format::thousands(line.examined.unjudged)))
        .collect();
    let why = if report.context.journal.snapshots.len() > 1 {
        "времени, минут или часов либо снимки не показывают, соблюдён ли срок"
    } else {
        "времени, минут, часов"
    };
    let counted = (!lines.is_empty())
        .then(|| format!("Отдельные записи, которые нельзя проверить (нет {why}): {}.", lines.join("; ")));
    let said: Vec<String> = snapshots(report.context.journal).into_iter().chain(counted).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// Returns the note that moments of entry come from snapshots, and how they are judged.
pub(super) fn snapshots(journal: &Journal) -> Option<String> {
    let dates: Vec<String> =
        journal.snapshots.iter().map(|snapshot| format::date(snapshot.first.date())).collect();
    (dates.len() > 1).then(|| {
        format!(
            "Время записи, которого нет в источнике, взято из снимков выгрузки ({}): запись считается опоздавшей, только \
             если её нет в снимке, снятом после срока, и сделанной в срок, только если она есть в снимке, снятом до него; \
             остальные записи не оцениваются.",
            spelled(dates)
        )
    })
}

/// Returns the class of a finding; for a group's course the group's title.
pub(super) fn audience(journal: &Journal, finding: &Finding) -> String {
    let course = finding.course.map(|course| &journal.courses[course]);
    let group = course.and_then(|course| journal.group_of(course)).map(|group| clean(&group.title));
    match (finding.class, group) {
        (Some(class), _) => journal.classes[class].key.to_string(),
        (None, Some(group)) => group,
        (None, None) => String::new(),
    }
}

/// Returns «5А, Математика».
pub(super) fn place(journal: &Journal, finding: &Finding) -> String {
    let subject = finding.subject.map(|subject| clean(&journal.subjects[subject].title)).unwrap_or_default();
    join(", ", [audience(journal, finding), subject])
}

/// Joins the texts that are not empty.
pub(in crate::reports) fn join(between: &str, parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
}

/// Returns the time of a line's findings: the lesson, the dates, or the term.
pub(in crate::reports) fn when(journal: &Journal, cause: &Cause<'_>) -> String {
    let first = cause.first();
    if let Some(lesson) = first.lesson.map(|id| &journal.lessons[id])
        && cause.findings.iter().all(|finding| finding.lesson == first.lesson)
    {
        return format!("{}, {}-й урок", format::date(lesson.date), lesson.number);
    }
    let dates: BTreeSet<_> = cause.findings.iter().filter_map(|finding| finding.date).collect();
    let term = first.term.map(|term| format::years(&journal.terms[term].title));
    let by_term = |finding: &&Finding| finding.term == first.term && is_of_term(journal, finding);
    if cause.findings.iter().all(by_term)
        && let Some(term) = term
    {
        return term;
    }
    spelled(dates.into_iter().map(format::day_month).collect())
}

/// Returns whether a finding is about a whole term: it has no lesson, and its date is the term's last day.
pub(super) fn is_of_term(journal: &Journal, finding: &Finding) -> bool {
    let last = finding.term.map(|term| journal.terms[term].span.to);
    finding.lesson.is_none() && last.is_some() && last == finding.date
}

/// Spells out the first few and counts the rest.
pub(in crate::reports) fn spelled(items: Vec<String>) -> String {
    spelled_with(items, ", ")
}

/// Does the same with another separator.
pub(super) fn spelled_with(items: Vec<String>, between: &str) -> String {
    let rest = items.len().saturating_sub(SPELLED);
    let mut text = items.into_iter().take(SPELLED).collect::<Vec<_>>().join(between);
    if rest > 0 {
        text.push_str(&format!(" и ещё {rest}"));
    }
    text
}

/// Returns the pupils of a line, «Фамилия И.», by name.
pub(in crate::reports) fn pupils(journal: &Journal, cause: &Cause<'_>) -> Vec<String> {
    let ids: BTreeSet<Id<Pupil>> = cause.findings.iter().filter_map(|finding| finding.pupil).collect();
    let mut names: Vec<String> =
        ids.into_iter().map(|id| format::initials(&clean(&journal.pupils[id].short_name()))).collect();
    names.sort();
    names
}

/// Returns what else has the same cause.
pub(super) fn beside(cause: &Cause<'_>) -> Option<String> {
    let parts: Vec<String> =
        cause.beside.iter().map(|(rule, found)| format!("«{}» — {}", title_of(rule), found.len())).collect();
    (!parts.is_empty()).then(|| format!("тем же вызвано: {}", parts.join(", ")))
}

/// Returns the clauses of a rule in the form that people cite.
pub(super) fn clauses(ids: &[&str]) -> String {
    ids.iter().map(|id| crate::reports::labels::clause(id)).collect::<Vec<_>>().join("; ")
}
