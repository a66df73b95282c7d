//! Remarks of the bound journal (Замечания по ведению журнала) that the deputy selected among the findings,
//! and findings of an earlier build that this one no longer has: those are corrected.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;

use super::context::ReportContext;
use super::selected::{classes_of, gone, keys, matching, names};
use super::timeliness::{Cause, fold, phrases};
use crate::ingest::SelectedRow;
use crate::model::*;
use crate::render::format;
use crate::render::measure::clean;
use crate::reports::labels;
use crate::rules::finding::Finding;

/// A remark of the leaf, ready to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeafRemark {
    /// On which class's journal.
    pub class: Id<Class>,
    /// When it was checked.
    pub date: String,
    /// What is wrong.
    pub text: String,
    /// Who checked.
    pub by: String,
    /// When it was corrected, or room to sign for it.
    pub done: String,
}

/// The line for the signature of the person who corrects it.
const SIGN: &str = "Устранено: «__» ________ 20__ г. ______________ (подпись)";

/// Returns the selected remarks, by the rows of `remarks_selected.csv`.
pub fn remarks(context: &ReportContext<'_>) -> Vec<LeafRemark> {
    let selection = context.selection;
    if selection.selected.is_empty() {
        return Vec::new();
    }
    let now: BTreeSet<String> = keys(context);
    let gone: Vec<&SelectedRow> = gone(context, &now);
    let mut remarks = Vec::new();
    for row in &selection.selected {
        let found: Vec<Finding> = matching(context, row).cloned().collect();
        remarks.extend(fold(&found).iter().flat_map(|cause| of_cause(context, row, cause)));
        remarks.extend(mended_of(context, row, &gone));
    }
    remarks
}

/// Returns the remark of one line for every class whose journal it belongs to.
fn of_cause(context: &ReportContext<'_>, row: &SelectedRow, cause: &Cause<'_>) -> Vec<LeafRemark> {
    let journal = context.journal;
    let classes = classes_of(journal, cause.first());
    let own = row.cell("text");
    let text = if own.is_empty() { sentence(journal, cause) } else { clean(own) };
    let until = until(context, row);
    let remark = |class: Id<Class>| LeafRemark {
        class,
        date: checked_at(context, row),
        text: text.clone(),
        by: checked_by(context, row, class),
        done: format!("Устранить до {until}. {SIGN}"),
    };
    classes.into_iter().map(remark).collect()
}

fn sentence(journal: &Journal, cause: &Cause<'_>) -> String {
    let first = cause.first();
    let subject = first.subject.map(|id| clean(&journal.subjects[id].title)).unwrap_or_default();
    let place = phrases::join(", ", [subject, phrases::when(journal, cause)]);
    let count = if cause.count() > 1 { format!(" — {}", cause.count()) } else { String::new() };
    let pupils = if first.lesson.is_none() {
        phrases::spelled(phrases::pupils(journal, cause))
    } else {
        String::new()
    };
    let what = format!("{}{count}", phrases::title_of(first.rule));
    format!(
        "{} ({})",
        phrases::join("; ", [phrases::join(": ", [place, what]), pupils]),
        labels::clause(first.clause)
    )
}

/// Returns the remarks on selected findings that no longer exist, one for each rule, class and subject.
fn mended_of(context: &ReportContext<'_>, row: &SelectedRow, gone: &[&SelectedRow]) -> Vec<LeafRemark> {
    let journal = context.journal;
    let mut groups: BTreeMap<(Id<Class>, &str, &str), Vec<&SelectedRow>> = BTreeMap::new();
    for before in gone.iter().filter(|before| names(row, before)) {
        for class in classes_before(journal, before) {
            groups.entry((class, before.cell("rule"), before.cell("subject_id"))).or_default().push(before);
        }
    }
    let remark = |((class, rule, _), rows): ((Id<Class>, &str, &str), Vec<&SelectedRow>)| LeafRemark {
        class,
        date: checked_at(context, row),
        text: sentence_before(journal, rule, &rows),
        by: checked_by(context, row, class),
        done: format!("Устранено: на {} не обнаружено", format::date(context.as_of)),
    };
    groups.into_iter().map(remark).collect()
}

/// Describes a corrected finding: subject, days, what was wrong, and whose it was if it was not about a
/// lesson.
fn sentence_before(journal: &Journal, rule: &str, rows: &[&SelectedRow]) -> String {
    let subject = journal.subjects.values().find(|one| one.key == rows[0].cell("subject_id"));
    let subject = subject.map(|one| clean(&one.title)).unwrap_or_default();
    let days: BTreeSet<Date> = rows.iter().filter_map(|row| row.cell("date").parse().ok()).collect();
    let days = phrases::spelled(days.into_iter().map(format::day_month).collect());
    let about_pupils = rows.iter().filter(|row| row.cell("lesson_id").is_empty());
    let pupils: BTreeSet<&str> = about_pupils.map(|row| row.cell("pupil_id")).collect();
    let named = journal.pupils.values().filter(|one| pupils.contains(one.key.as_str()));
    let pupils: BTreeSet<String> = named.map(|one| format::initials(&clean(&one.short_name()))).collect();
    let many = if rows.len() > 1 { format!(" — {}", rows.len()) } else { String::new() };
    let what = format!("{}{many}", phrases::title_of(rule));
    let place = phrases::join(", ", [subject, days]);
    phrases::join("; ", [phrases::join(": ", [place, what]), phrases::spelled(pupils.into_iter().collect())])
}

/// Returns the classes of an earlier finding: its own, or those of its course's group.
fn classes_before(journal: &Journal, before: &SelectedRow) -> Vec<Id<Class>> {
    let key = before.cell("class_id");
    if !key.is_empty() {
        return journal.classes.iter().filter(|(_, class)| class.key == key).map(|(id, _)| id).collect();
    }
    let mut courses = journal.courses.values();
    let course = courses.find(|course| course.key == before.cell("course_id"));
    course.map(|course| journal.classes_of(course).to_vec()).unwrap_or_default()
}

fn checked_at(context: &ReportContext<'_>, row: &SelectedRow) -> String {
    day(row.cell("checked_at")).unwrap_or_else(|| format::date(context.as_of))
}

fn until(context: &ReportContext<'_>, row: &SelectedRow) -> String {
    let days = i64::from(context.policy.mend_days).days();
    day(row.cell("mend_by")).unwrap_or_else(|| format::date(context.as_of.saturating_add(days)))
}

/// Returns a day in printed form; text that is not a date of the exchange format is printed unchanged.
fn day(text: &str) -> Option<String> {
    if text.is_empty() {
        return None;
    }
    Some(text.parse().map_or_else(|_| clean(text), format::date))
}

/// Returns who checked: the name in the row, or the deputy responsible for the grade.
fn checked_by(context: &ReportContext<'_>, row: &SelectedRow, class: Id<Class>) -> String {
    let own = row.cell("checked_by");
    if !own.is_empty() {
        return clean(own);
    }
    let grade = context.journal.classes[class].grade;
    let answers = |grades: &str| GradeSet::parse(grades).is_none_or(|set| set.contains(grade));
    let mut deputies = context.journal.officials.deputies.iter();
    let deputy = deputies.find(|deputy| answers(&deputy.grades)).map(|deputy| &deputy.official);
    deputy.map(|one| format!("{} {}", one.post, format::signature(&one.name))).unwrap_or_default()
}
