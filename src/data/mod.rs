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
mod extent;
mod rows;

use anyhow::Result;
use rayon::prelude::*;

use crate::base::draft::Draft;
use crate::base::files::Document;
use crate::model::Journal;
use crate::model::schema::{TABLES, TableSchema};
use rows::grid;

pub use class_rows::{ClassRows, class_rows};
pub use extent::Extent;

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
