//! The analytics about pupils, teaching and works: every table of `analytics.md`, exactly (M1–M12, Z.11,
//! Z.13, P.13, S.4).
//!
//! In: the journal, its roster, the figures and the date. Out: a table as CSV and Parquet for each line of
//! [`ANALYTICS`]. Every printed or clickable figure about pupils comes from these tables.

mod absence_days;
mod control_works;
mod dynamics;
mod earlier;
mod facts;
pub mod forecast;
mod forecast_accuracy;
mod lesson_changes;
mod lesson_kinds;
mod lookup;
mod missed;
mod movement;
mod objectivity;
mod programme;
mod pupil_subjects;
mod rounding;
mod sheet;
mod standings;
mod table;
mod unsatisfactory;
mod workload;

use anyhow::Result;
use jiff::civil::Date;
use rayon::prelude::*;

pub use self::absence_days::ABSENCE_DAYS;
pub use self::control_works::{CONTROL_WORKS, Written, written_works};
pub use self::dynamics::DYNAMICS;
pub use self::earlier::Earlier;
pub use self::forecast::FORECAST;
use self::forecast::Outlook;
pub use self::forecast_accuracy::FORECAST_ACCURACY;
pub use self::lesson_changes::LESSON_CHANGES;
pub use self::lesson_kinds::LESSON_KINDS;
pub use self::lookup::{Record, Tables};
pub use self::missed::MISSED;
pub use self::movement::MOVEMENT;
pub use self::objectivity::OBJECTIVITY;
pub use self::programme::PROGRAMME;
pub use self::pupil_subjects::PUPIL_SUBJECTS;
pub use self::rounding::{exact, half_up};
pub use self::sheet::{Cell, Column, Kind, Row};
pub use self::standings::STANDINGS;
pub use self::table::AnalyticsTable;
pub use self::unsatisfactory::UNSATISFACTORY;
pub use self::workload::WORKLOAD;
use super::figure::Figure;
use crate::model::{Journal, Roster, Table};
use facts::Facts;

/// Every table, by name.
pub const ANALYTICS: &[&AnalyticsTable] = &[
    &ABSENCE_DAYS,
    &CONTROL_WORKS,
    &DYNAMICS,
    &FORECAST,
    &FORECAST_ACCURACY,
    &LESSON_CHANGES,
    &LESSON_KINDS,
    &MISSED,
    &MOVEMENT,
    &OBJECTIVITY,
    &PROGRAMME,
    &PUPIL_SUBJECTS,
    &STANDINGS,
    &UNSATISFACTORY,
    &WORKLOAD,
];

/// A table with its rows, sorted as text by their columns from the left.
pub struct Filled {
    /// Which table.
    pub table: &'static AnalyticsTable,
    /// Its rows.
    pub rows: Vec<Row>,
    /// Tables that it needs and the inputs do not have.
    pub absent: Vec<Table>,
}

impl Filled {
    /// Returns the table as CSV: UTF-8, comma, header.
    ///
    /// # Errors
    /// When the writer fails, which does not happen in memory.
    pub fn csv(&self) -> Result<Vec<u8>> {
        sheet::csv(self.table.columns, &self.rows)
    }

    /// Returns the table as Parquet.
    ///
    /// # Errors
    /// When polars cannot encode it.
    pub fn parquet(&self) -> Result<Vec<u8>> {
        sheet::parquet(self.table.columns, &self.rows)
    }
}

/// Fills every table for the build's date, compared with no other year.
pub fn fill(journal: &Journal, roster: &Roster, figures: &[Figure], as_of: Date) -> Vec<Filled> {
    analyse((journal, roster), figures, as_of, &Earlier::default()).0
}

/// Fills every table for the build's date, and looks at the terms under way.
pub fn analyse(
    (journal, roster): (&Journal, &Roster),
    figures: &[Figure],
    as_of: Date,
    earlier: &Earlier,
) -> (Vec<Filled>, Outlook) {
    let facts = Facts::new((journal, roster), figures, as_of, earlier);
    rayon::join(|| tables(&facts), || Outlook::of(&facts))
}

/// Tries the forecast on the terms that have ended.
pub fn try_forecast(
    (journal, roster): (&Journal, &Roster),
    as_of: Date,
    earlier: &Earlier,
) -> forecast::BackTest {
    Outlook::of(&Facts::new((journal, roster), &[], as_of, earlier)).back_test
}

fn tables(facts: &Facts<'_>) -> Vec<Filled> {
    ANALYTICS
        .par_iter()
        .map(|table| {
            let is_absent = |source: &Table| !facts.journal.presence.has(*source);
            let absent: Vec<Table> = table.sources.iter().copied().filter(is_absent).collect();
            let mut rows = if absent.is_empty() { (table.rows)(facts) } else { Vec::new() };
            sheet::sort(&mut rows);
            Filled { table, rows, absent }
        })
        .collect()
}
