//! The rows of one pupil block: the entries of each for its days, its terms and its year.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::blocks::Block;
use super::cell::{self, DayCell, Letters};
use super::dates;
use super::header::{Role, Sum};
use super::lines::{Line, Report};
use crate::ingest::parse;
use crate::model::{Span, Text};

/// A number as printed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shown {
    pub(super) value: f64,
    /// Signs after the point.
    pub(super) decimals: usize,
}

/// Mean, weighted mean and result of one subject in one term, as printed.
#[derive(Clone, Debug, Default)]
pub(super) struct Sums {
    pub(super) mean: Option<Shown>,
    pub(super) weighted: Option<Shown>,
    pub(super) result: Text,
}

/// A cell of a day, as printed and as read.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) date: Date,
    /// The number of the column within the day, from 1.
    pub(super) column_of_day: u8,
    pub(super) column: usize,
    pub(super) text: Text,
    pub(super) cell: DayCell,
}

/// A subject's row.
#[derive(Debug)]
pub(super) struct SubjectRow {
    pub(super) row: u32,
    pub(super) subject: Text,
    pub(super) entries: Vec<Entry>,
    /// Of the report's own days.
    pub(super) sums: Sums,
    /// In the order of the block's terms.
    pub(super) terms: Vec<Sums>,
    /// Year, exam, state exam, final.
    pub(super) year: [Text; 4],
}

/// An unreadable cell: its place and its text.
pub(super) struct BadCell {
    pub(super) row: u32,
    pub(super) column: usize,
    pub(super) value: String,
}

/// The content of a block's table.
pub(super) struct Tabled {
    pub(super) rows: Vec<SubjectRow>,
    /// Columns with content that do not belong to the report.
    pub(super) bad: Vec<BadCell>,
}

impl SubjectRow {
    /// The mean of no marks is printed as 0; that of zeros is 0 too, and a term without days here may have
    /// had some.
    fn drop_mean_of_no_marks(&mut self, report: Report) {
        if self.entries.iter().any(|entry| entry.cell.marks().next().is_some()) {
            return;
        }
        let is_of_days = report == Report::Progress;
        for sums in self.terms.iter_mut().chain([&mut self.sums]) {
            if is_of_days || sums.weighted.is_none() {
                sums.mean = sums.mean.filter(|mean| mean.value > 0.0);
            }
        }
    }

    /// Returns the sums of the row's days, if all days are of one span.
    pub(super) fn only_sums(&self) -> Option<&Sums> {
        match self.terms.as_slice() {
            [] => Some(&self.sums),
            [only] if self.sums.mean.is_none() => Some(only),
            _ => None,
        }
    }
}

impl Sums {
    fn take(&mut self, sum: Sum, text: &str) {
        match sum {
            Sum::Mean => self.mean = shown(text),
            // A weighted mean of 0 means that there is no weighted work.
            Sum::Weighted => self.weighted = shown(text).filter(|shown| shown.value != 0.0),
            Sum::Result => self.result = text.trim().into(),
        }
    }
}

fn shown(text: &str) -> Option<Shown> {
    let value = parse::decimal(text).filter(|value| (0.0..1e6).contains(value))?;
    let decimals = text.trim().split_once(['.', ',']).map_or(0, |(_, decimals)| decimals.len());
    Some(Shown { value, decimals })
}

/// Days by column: the date, and the number of the column within it.
type Days = BTreeMap<usize, (Date, u8)>;

/// Reads the rows of a block.
pub(super) fn read(block: &Block, years: (i16, i16), period: Option<Span>, letters: &Letters) -> Tabled {
    let days = days(block, years, period);
    let knows_presence = knows_presence(block, &days);
    let row = |line: &Line| {
        let mut row = SubjectRow {
            row: line.row,
            subject: line.cell(block.subject).split_whitespace().collect::<Vec<_>>().join(" ").into(),
            entries: entries(line, &days, knows_presence, letters),
            sums: Sums::default(),
            terms: vec![Sums::default(); block.columns.terms.len()],
            year: Default::default(),
        };
        for (column, role) in &block.columns.roles {
            let text = line.cell(*column);
            match role {
                Role::Sum(sum, None) => row.sums.take(*sum, text),
                Role::Sum(sum, Some(term)) => row.terms[*term].take(*sum, text),
                Role::Year(kind) => row.year[*kind] = text.trim().into(),
                Role::Aside | Role::Day(..) | Role::Unknown(_) => {}
            }
        }
        row.drop_mean_of_no_marks(block.report);
        row
    };
    Tabled { rows: block.rows.iter().map(row).collect(), bad: bad(block, &days) }
}

fn entries(line: &Line, days: &Days, knows_presence: bool, letters: &Letters) -> Vec<Entry> {
    let is_there = |column: usize| !line.cell(column).is_empty() || (knows_presence && line.is_there(column));
    let there = days.iter().filter(|(column, _)| is_there(**column));
    let entry = |(column, (date, column_of_day)): (&usize, &(Date, u8))| Entry {
        date: *date,
        column_of_day: *column_of_day,
        column: *column,
        text: line.cell(*column).split_whitespace().collect::<Vec<_>>().join(" ").into(),
        cell: cell::of_line(line, *column, letters),
    };
    there.map(entry).collect()
}

/// Finds the dates of the day columns: a day with two lessons has two columns.
fn days(block: &Block, years: (i16, i16), period: Option<Span>) -> Days {
    let mut days = Days::new();
    for (column, role) in &block.columns.roles {
        let Role::Day(month, title) = role else { continue };
        let Some(date) = dates::column(*month, title, years, period) else { continue };
        let same_day = days.values().filter(|(other, _)| *other == date).count();
        days.insert(*column, (date, u8::try_from(same_day + 1).unwrap_or(u8::MAX)));
    }
    days
}

/// Returns whether existing but empty cells mean anything: if every cell of the table exists, they do not.
fn knows_presence(block: &Block, days: &Days) -> bool {
    block.rows.len() == 1 || block.rows.iter().any(|line| days.keys().any(|column| !line.is_there(*column)))
}

/// Lists content that cannot be read: columns by their titles, cells without a title one by one.
fn bad(block: &Block, days: &Days) -> Vec<BadCell> {
    let is_filled = |column: usize| block.rows.iter().any(|line| !line.cell(column).is_empty());
    let title = |column: usize| block.header.iter().rev().find(|line| !line.cell(column).is_empty());
    let is_unread = |column: usize, role: &Role| match role {
        Role::Day(..) => !days.contains_key(&column),
        Role::Unknown(_) => true,
        _ => false,
    };
    let titled =
        block.columns.roles.iter().filter(|(column, role)| is_unread(*column, role) && is_filled(*column));
    let titled = titled.map(|(column, _)| BadCell {
        row: title(*column).map_or(block.row(), |line| line.row),
        column: *column,
        value: title(*column).map_or_else(String::new, |line| line.cell(*column).to_owned()),
    });
    let is_untitled = |column: &usize| *column != block.subject && block.columns.role(*column).is_none();
    let untitled = block.rows.iter().flat_map(|line| {
        let cells = line.filled().filter(|(column, _)| is_untitled(column));
        cells.map(|(column, cell)| BadCell { row: line.row, column, value: cell.to_owned() })
    });
    titled.chain(untitled).collect()
}
