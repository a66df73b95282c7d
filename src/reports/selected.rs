//! Which findings the deputy selected for the bound journal, and which of an earlier build no longer exist.

use std::collections::BTreeSet;

use super::context::ReportContext;
use super::finding_key::{KEY_COLUMNS, cells, key, key_of_cells};
use crate::ingest::SelectedRow;
use crate::model::{Class, Id, Journal};
use crate::rules::finding::Finding;

/// Columns of `findings.csv` that a selected row may use besides the key's.
const OTHER_COLUMNS: [&str; 2] = ["clause", "severity"];

/// Returns rows of `remarks_selected.csv` that match nothing, now or earlier: row numbers.
pub fn unmatched_rows(context: &ReportContext<'_>) -> Vec<u32> {
    let before = context.selection.before.as_deref().unwrap_or_default();
    let rows = context.selection.selected.iter();
    rows.filter(|row| matching(context, row).next().is_none() && !before.iter().any(|one| names(row, one)))
        .map(|row| row.row)
        .collect()
}

/// Returns findings of `findings_before.csv` that no longer exist; `None` if there is no such file.
pub fn mended<'a>(context: &ReportContext<'a>) -> Option<Vec<&'a SelectedRow>> {
    context.selection.before.as_ref()?;
    Some(gone(context, &keys(context)))
}

/// Returns rows of `remarks_selected.csv` that match only findings outside all class journals: row numbers.
pub fn rows_without_class(context: &ReportContext<'_>) -> Vec<u32> {
    let has_class = |finding: &Finding| !classes_of(context.journal, finding).is_empty();
    let rows = context.selection.selected.iter();
    let is_classless = |row: &&SelectedRow| {
        let mut found = matching(context, row).peekable();
        found.peek().is_some() && !found.any(has_class)
    };
    rows.filter(is_classless).map(|row| row.row).collect()
}

/// Returns the classes whose journals show a finding: its own, or those of its course's group.
pub(super) fn classes_of(journal: &Journal, finding: &Finding) -> Vec<Id<Class>> {
    match (finding.class, finding.course) {
        (Some(class), _) => vec![class],
        (None, Some(course)) => journal.classes_of(&journal.courses[course]).to_vec(),
        (None, None) => Vec::new(),
    }
}

pub(super) fn keys(context: &ReportContext<'_>) -> BTreeSet<String> {
    context.checked.findings.iter().map(|finding| key(context.journal, finding)).collect()
}

pub(super) fn gone<'a>(context: &ReportContext<'a>, now: &BTreeSet<String>) -> Vec<&'a SelectedRow> {
    let before = context.selection.before.iter().flatten();
    // A finding that was not checked this time is not counted as corrected.
    let ran: BTreeSet<&str> = context.checked.examined.iter().map(|one| one.rule).collect();
    before.filter(|row| ran.contains(row.cell("rule")) && !now.contains(&key_of_row(row))).collect()
}

fn key_of_row(row: &SelectedRow) -> String {
    key_of_cells(&KEY_COLUMNS.map(|column| row.cell(column).to_owned()))
}

/// Walks the findings that agree with every filled cell of a row; a row without such cells matches none.
pub(super) fn matching<'a>(
    context: &ReportContext<'a>,
    row: &'a SelectedRow,
) -> impl Iterator<Item = &'a Finding> {
    let (journal, key_wanted) = (context.journal, row.cell("key"));
    let wanted: Vec<(usize, &str)> = KEY_COLUMNS
        .iter()
        .enumerate()
        .filter_map(|(place, column)| Some((place, row.cells.get(*column)?.as_str())))
        .collect();
    let is_empty = key_wanted.is_empty() && wanted.is_empty();
    context.checked.findings.iter().filter(move |finding| {
        // The rule alone excludes most findings before any key is computed.
        let rule = row.cells.get("rule").is_none_or(|rule| rule == finding.rule);
        let clause = row.cells.get(OTHER_COLUMNS[0]).is_none_or(|clause| clause == finding.clause);
        let severity = row.cells.get(OTHER_COLUMNS[1]).is_none_or(|code| code == finding.severity.code());
        if is_empty || !rule || !clause || !severity {
            return false;
        }
        let own = cells(journal, finding);
        wanted.iter().all(|(place, text)| own[*place] == **text)
            && (key_wanted.is_empty() || key_of_cells(&own) == key_wanted)
    })
}

/// Returns whether a selected row matches a finding of the earlier build.
pub(super) fn names(row: &SelectedRow, before: &SelectedRow) -> bool {
    let columns = KEY_COLUMNS.iter().chain(&OTHER_COLUMNS);
    let mut wanted = columns.filter_map(|column| Some((column, row.cells.get(*column)?))).peekable();
    let key = row.cell("key");
    (wanted.peek().is_some() || !key.is_empty())
        && wanted.all(|(column, text)| before.cell(column) == text)
        && (key.is_empty() || key_of_row(before) == key)
}
