//! The meaning of each block's letters, and the letters that nobody can explain.

use std::collections::BTreeMap;

use super::blocks::Pages;
use super::cell::Letters;
use super::legend::{Legend, Meaning};
use super::{Import, PupilBlock, at};
use crate::base::problems::ProblemSeverity;
use crate::base::said::said;
use crate::base::source::SourceRef;
use crate::ingest::aliases::attendance;
use crate::model::{Table, Text};

/// Letters that are not understood: how often, the first place, and its column.
type Unclear = BTreeMap<String, (usize, SourceRef, usize)>;

impl Import<'_> {
    /// Returns the letters of each block of a sheet, from its own legend, then the sheet's, then the
    /// bundle's.
    pub(super) fn letters(&self, origin: u32, pages: &Pages) -> Vec<Letters> {
        let sheet = Legend::of(pages.explained());
        let wider = if sheet.is_empty() { &self.legend } else { &sheet };
        let source = self.source(at(origin, 1));
        let of_block = |own: Legend| {
            let codes = own.codes().chain(wider.codes()).cloned();
            let mut letters: Letters = codes
                .map(|code| {
                    let (meaning, words) = own
                        .get(&code)
                        .or_else(|| wider.get(&code))
                        .unwrap_or((Meaning::Unclear, String::new()));
                    let alias = |name: &str| {
                        self.builder.aliases.by_name(Table::Attendance, name, "", source.as_pair())
                    };
                    let told = alias(&words).or_else(|| alias(&code)).and_then(|id| attendance(id));
                    (code, told.map_or(meaning, meant))
                })
                .collect();
            self.add_told(&mut letters, source.as_pair());
            letters
        };
        pages.blocks.iter().map(|block| of_block(Legend::of(block.legend.iter()))).collect()
    }

    /// Adds letters that no legend has but the table of aliases has.
    fn add_told(&self, letters: &mut Letters, source: (&str, &str)) {
        let told = self.builder.journal.aliases.iter().filter(|alias| alias.table == Table::Attendance);
        for alias in told {
            let code = super::legend::code(&alias.name);
            let id = self.builder.aliases.by_name(Table::Attendance, &alias.name, "", source);
            if let Some(reason) = id.and_then(|id| attendance(id)) {
                letters.entry(code).or_insert(meant(reason));
            }
        }
    }

    /// Reports once per sheet which letters in its cells are explained nowhere: they were not read.
    pub(super) fn say_letters(&mut self, origin: u32, blocks: &[PupilBlock]) {
        let mut unclear = Unclear::new();
        for block in blocks.iter().filter(|block| block.origin == origin) {
            for row in &block.rows {
                for entry in &row.entries {
                    for letter in &entry.cell.letters {
                        let first = (0, at(origin, row.row), entry.column);
                        unclear.entry(letter.clone()).or_insert(first).0 += 1;
                    }
                }
            }
        }
        for (letter, (count, place, column)) in unclear {
            self.say_letter(&letter, count, place, column);
        }
    }

    fn say_letter(&mut self, letter: &str, count: usize, place: SourceRef, column: usize) {
        let cell = self.cell(place, column);
        let (why, why_en) = match self.legend.get(letter) {
            Some((_, said)) => (
                format!("легенда: «{letter} — {said}», а какой это пропуск, неизвестно"),
                format!("the legend says \"{letter} — {said}\", which is no known reason"),
            ),
            None if self.legend.is_empty() => (
                format!("в отчётах нет легенды, и что значит «{letter}», неизвестно"),
                format!("the reports have no legend, so what \"{letter}\" means is not known"),
            ),
            None => (
                format!("в легенде отчёта нет «{letter}»"),
                format!("the report's legend does not have \"{letter}\""),
            ),
        };
        let message = said!(
            "{why}: не прочитано {count}, первый раз — {cell}",
            "{why_en}: {count} not read, the first at {cell}"
        );
        let row = format!("«attendance;{letter};;;…»");
        let hint = said!(
            "отметки рядом прочитаны; если это пропуск, добавьте в таблицу aliases строку {row} с кодом ну, н, б, оп или ?, если нет — с «нет»",
            "marks beside it were read; if it is an absence, add the row {row} to the table aliases with ну, н, б, оп or ?, else with нет"
        );
        let letter = Text::from(letter);
        self.note("J629", ProblemSeverity::Error, place, (&cell, &letter), (message, hint));
    }
}

fn meant(reason: Option<crate::model::AbsenceReason>) -> Meaning {
    reason.map_or(Meaning::Present, Meaning::Absent)
}
