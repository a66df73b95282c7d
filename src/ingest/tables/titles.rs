//! Tables and columns by the titles that people write for their ids.

use crate::model::schema::{Column, schema_of};
use crate::model::{Table, Text};

/// Returns the table that an id or a title means.
pub(super) fn table_of(name: &str) -> Option<Table> {
    let is_title = |table: &&Table| schema_of(**table).title.to_lowercase() == name.trim().to_lowercase();
    Table::parse(name).or_else(|| Table::ALL.iter().find(is_title).copied())
}

/// Returns the id of the column that an id or a title means.
pub(super) fn column_of(table: Table, name: &Text) -> Text {
    let is_title = |column: &&Column| column.title.to_lowercase() == name.trim().to_lowercase();
    schema_of(table).columns.iter().find(is_title).map_or_else(|| name.clone(), |column| column.id.into())
}
