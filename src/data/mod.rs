//! The normalised tables: the journal written back in the exchange format, as CSV and Parquet with a
//! description.
//!
//! In: the journal. Out: documents under `data/tables/`. Reading them as a bundle gives the same journal.
//! There is also a digest over the rows of each class.

pub mod build_record;
mod cells;
mod class_rows;
pub mod csv_files;
mod encode;
mod rows;

use anyhow::Result;
use rayon::prelude::*;

use crate::base::draft::Draft;
use crate::base::files::Document;
use crate::model::schema::{TABLES, TableSchema};
use crate::model::{Journal, Table};
use cells::Grid;

pub use class_rows::{ClassRows, class_rows};

/// Which columns of which tables are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Everything: for the package kept 5 years.
    Everything,
    /// The tables behind the summary sheets, without addresses, phones, parents and health data: kept 25
    /// years.
    SummarySheets,
}

/// The tables behind the summary sheets (R.2.15–R.2.17).
const SHEET_TABLES: &[Table] = &[
    Table::Staff,
    Table::Terms,
    Table::Subjects,
    Table::Classes,
    Table::Pupils,
    Table::Enrolment,
    Table::Groups,
    Table::GroupMembers,
    Table::Courses,
    Table::TermMarks,
    Table::Decisions,
];

/// Personal data that summary sheets do not need for 25 years.
const WITHHELD: &[&str] = &["address", "phone", "parents", "health_group", "pe_group"];

impl Extent {
    fn has_table(self, table: Table) -> bool {
        self == Self::Everything || SHEET_TABLES.contains(&table)
    }

    fn has_column(self, table: Table, column: &str) -> bool {
        self == Self::Everything || table != Table::Pupils || !WITHHELD.contains(&column)
    }
}

/// Writes the tables that were given, as `FOLDER/NAME.csv` and `.parquet`, with `FOLDER/datapackage.json`. The Parquet
/// files are not made yet.
///
/// # Errors
/// Never in practice: the CSV is written to memory.
pub fn write<'a>(journal: &'a Journal, folder: &str, extent: Extent) -> Result<Vec<Draft<'a>>> {
    let given: Vec<&'static TableSchema> = TABLES
        .iter()
        .filter(|schema| journal.presence.has(schema.table) && extent.has_table(schema.table))
        .collect();
    let encoded: Result<Vec<(Document, Draft<'a>)>> = given
        .par_iter()
        .map(|schema: &&'static TableSchema| {
            let schema = *schema;
            let columns = grid(journal, schema, extent);
            let path = format!("{folder}/{}", schema.table.id());
            let csv = Document::new(format!("{path}.csv"), encode::csv(&columns)?);
            let key = encode::parquet_key(&columns, &csv.bytes);
            // The columns are gathered again here: all tables at once would be a year of cells in memory.
            let make = move || encode::parquet(&grid(journal, schema, extent));
            Ok((csv, Draft::costly(format!("{path}.parquet"), key, make)))
        })
        .collect();
    let (documents, parquet): (Vec<Document>, Vec<Draft<'a>>) = encoded?.into_iter().unzip();
    let description = encode::datapackage(journal, folder, &given, extent, &documents)?;
    Ok(documents.into_iter().chain([description]).map(Draft::from).chain(parquet).collect())
}

fn grid(journal: &Journal, schema: &TableSchema, extent: Extent) -> Grid {
    let is_written = |id: &str| extent.has_column(schema.table, id);
    let mut grid =
        Grid::new(schema.columns, |id| is_written(id) && journal.presence.has_column(schema.table, id));
    rows::write(journal, schema.table, &mut grid);
    grid
}
