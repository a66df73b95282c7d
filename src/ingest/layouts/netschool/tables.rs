//! The table of one pupil block: what each column is, and what stands in each row.

use jiff::civil::Date;

use super::dates;
use super::lines::{Block, Line, fold};
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

/// A cell of a day.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) date: Date,
    /// Which of the day's columns, from 1.
    pub(super) column_of_day: u8,
    pub(super) text: Text,
}

/// A subject's row of the report on progress.
#[derive(Debug)]
pub(super) struct ProgressRow {
    pub(super) row: u32,
    pub(super) subject: Text,
    pub(super) entries: Vec<Entry>,
    pub(super) sums: Sums,
}

/// A subject's row of the report card.
#[derive(Debug)]
pub(super) struct CardRow {
    pub(super) row: u32,
    pub(super) subject: Text,
    /// As the terms stand in the header.
    pub(super) terms: Vec<Sums>,
    /// Year, exam, state exam, final.
    pub(super) year: [Text; 4],
}

/// A header that cannot be: the place and what stands there.
pub(super) struct BadColumn {
    pub(super) row: u32,
    pub(super) value: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sum {
    Mean,
    Weighted,
    Result,
}

/// «Средняя оценка», «Средневзвешенный ⏎ балл», «Итоговая оценка за период», and the card's «Средний балл»,
/// «Ср. взв. балл», «Итог».
fn sum(title: &str) -> Option<Sum> {
    if title.contains("взв") {
        Some(Sum::Weighted)
    } else if title.starts_with("ср") {
        Some(Sum::Mean)
    } else if title.starts_with("итог") {
        Some(Sum::Result)
    } else {
        None
    }
}

impl Sums {
    fn take(&mut self, sum: Sum, text: &str) {
        match sum {
            Sum::Mean => self.mean = shown(text),
            // A weighted mean of 0 says that there is no weighted work.
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

/// Reads the rows of a report on progress.
pub(super) fn progress(
    block: &Block,
    years: (i16, i16),
    period: Option<Span>,
) -> (Vec<ProgressRow>, Vec<BadColumn>) {
    let (days, bad) = days(block, years, period);
    let sums: Vec<(usize, Sum)> =
        (0..block.width()).filter_map(|column| Some((column, sum(&block.title(0, column))?))).collect();
    let row = |line: &Line| {
        let entry = |(column, date, column_of_day): &(usize, Date, u8)| {
            let text = line.cell(*column).trim();
            (!text.is_empty()).then(|| Entry {
                date: *date,
                column_of_day: *column_of_day,
                text: text.into(),
            })
        };
        let mut found = Sums::default();
        sums.iter().for_each(|(column, sum)| found.take(*sum, line.cell(*column)));
        ProgressRow {
            row: line.row,
            subject: subject(line, block),
            entries: days.iter().filter_map(entry).collect(),
            sums: found,
        }
    };
    (block.rows.iter().map(row).collect(), bad)
}

fn subject(line: &Line, block: &Block) -> Text {
    line.cell(block.subject).split_whitespace().collect::<Vec<_>>().join(" ").into()
}

/// Dates the day columns: months stand once over their days, a day stands twice where it had two lessons.
fn days(block: &Block, years: (i16, i16), period: Option<Span>) -> (Vec<(usize, Date, u8)>, Vec<BadColumn>) {
    let mut days: Vec<(usize, Date, u8)> = Vec::new();
    let mut bad = Vec::new();
    let mut month = None;
    for column in (0..block.width()).filter(|column| *column != block.subject) {
        let (above, number) = (block.title(0, column), block.title(1, column));
        if !above.is_empty() {
            month = dates::month(&above);
        }
        if number.is_empty() {
            continue;
        }
        let date =
            month.zip(number.parse().ok()).and_then(|(month, day)| dates::day(month, day, years, period));
        let Some(date) = date else {
            bad.push(BadColumn { row: block.header.get(1).map_or(1, |line| line.row), value: number });
            continue;
        };
        let same_day = days.iter().filter(|(_, other, _)| *other == date).count();
        days.push((column, date, u8::try_from(same_day + 1).unwrap_or(u8::MAX)));
    }
    (days, bad)
}

/// Reads the rows of a report card, and the titles of its terms as printed.
pub(super) fn card(block: &Block) -> (Vec<CardRow>, Vec<Text>) {
    let mut terms: Vec<Text> = Vec::new();
    let mut term_columns = Vec::new();
    let mut year_columns = Vec::new();
    let mut is_in_term = false;
    for column in (0..block.width()).filter(|column| *column != block.subject) {
        let title = block.title(0, column);
        if !title.is_empty() {
            is_in_term = false;
        }
        let term = block.header.get(1).map_or("", |line| line.cell(column));
        if !term.is_empty() {
            terms.push(term.split_whitespace().collect::<Vec<_>>().join(" ").into());
            is_in_term = true;
        }
        if let Some(sum) = sum(&block.title(2, column)).filter(|_| is_in_term) {
            term_columns.push((column, terms.len() - 1, sum));
        } else if let Some(kind) = year_kind(&title) {
            year_columns.push((column, kind));
        }
    }
    let row = |line: &Line| {
        let mut sums = vec![Sums::default(); terms.len()];
        term_columns.iter().for_each(|(column, term, sum)| sums[*term].take(*sum, line.cell(*column)));
        let mut year: [Text; 4] = Default::default();
        year_columns.iter().for_each(|(column, kind)| year[*kind] = line.cell(*column).trim().into());
        CardRow { row: line.row, subject: subject(line, block), terms: sums, year }
    };
    (block.rows.iter().map(row).collect(), terms)
}

/// «Год. оценка», «Экз. оценка», «Гос. экз. оценка», «Итог. оценка», by their place in [`CardRow::year`].
fn year_kind(title: &str) -> Option<usize> {
    ["год", "экз", "гос", "итог"].iter().position(|start| fold(title).starts_with(start))
}
