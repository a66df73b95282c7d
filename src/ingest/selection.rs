//! Files that a deputy adds to a bundle besides the exports: findings selected as remarks, and an earlier
//! list of findings.
//!
//! Both files are CSV with columns of `data/findings.csv`. `remarks_selected.csv` may also have `key` (the
//! workbook's column «Ключ»), `text`, `checked_by`, `checked_at`, `mend_by`. `findings_before.csv` is an
//! earlier `data/findings.csv`.

use std::collections::BTreeMap;

use super::file_names::{FINDINGS_BEFORE, REMARKS_SELECTED};
use super::formats;
use super::problems::Problems;
use super::received::Bundle;
use crate::base::problems::{Problem, ProblemSeverity};
use crate::base::said::{Said, said};

/// The deputy's two files as read; empty if they do not exist.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Rows of `remarks_selected.csv`: each selects every finding that agrees with all of its filled cells.
    pub selected: Vec<SelectedRow>,
    /// Rows of `findings_before.csv`; `None` if there is no such file.
    pub before: Option<Vec<SelectedRow>>,
}

/// One row: its filled cells by column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectedRow {
    /// Row in the file, from 1.
    pub row: u32,
    /// Cells that are not empty, by column name.
    pub cells: BTreeMap<String, String>,
}

impl SelectedRow {
    /// Returns a cell; empty if there is none.
    pub fn cell(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

/// Reads the deputy's files. An unreadable file is a problem, and counts as absent.
pub fn read_selection(bundle: &Bundle) -> (Selection, Vec<Problem>) {
    let mut problems = Problems::default();
    let selected = read(bundle, REMARKS_SELECTED, &mut problems).unwrap_or_default();
    let before = read(bundle, FINDINGS_BEFORE, &mut problems);
    (Selection { selected, before }, problems.into_sorted())
}

fn read(bundle: &Bundle, name: &str, problems: &mut Problems) -> Option<Vec<SelectedRow>> {
    let file = bundle.files.iter().find(|file| file.path() == name)?;
    let format = formats::format_of(file.path(), file.bytes())?;
    let sheet = match formats::read(format, &file.export) {
        Ok(contents) => contents.sheets.into_iter().next()?,
        Err(refusal) => {
            refuse(problems, name, refusal.message);
            return None;
        }
    };
    let mut header: Vec<String> = Vec::new();
    let mut rows = Vec::new();
    let walked = sheet.rows.walk(|row, cells| {
        if cells.is_blank() {
            return true;
        }
        let texts = (0..cells.len()).map(|place| cells.cell(place).to_text().to_string());
        if header.is_empty() {
            header = texts.map(|title| title.trim().to_lowercase()).collect();
        } else {
            let filled = header.iter().cloned().zip(texts).filter(|(_, text)| !text.is_empty());
            rows.push(SelectedRow { row, cells: filled.collect() });
        }
        true
    });
    if let Err((row, error)) = walked {
        refuse(
            problems,
            name,
            said!("строка {row} не читается: {error}", "row {row} cannot be read: {error}"),
        );
        return None;
    }
    if !header.iter().any(|title| title == "rule" || title == "key") {
        refuse(
            problems,
            name,
            said!("нет ни столбца key, ни столбца rule", "there is neither a column key nor a column rule"),
        );
        return None;
    }
    Some(rows)
}

fn refuse(problems: &mut Problems, name: &str, message: Said) {
    let hint = said!(
        "скопируйте строки из data/findings.csv вместе с заголовком или столбец «Ключ» из книги под заголовком key",
        "copy rows of data/findings.csv with their header, or the workbook's column of keys under the header key"
    );
    problems.add_file("J114", ProblemSeverity::Warning, name, message, hint);
}
