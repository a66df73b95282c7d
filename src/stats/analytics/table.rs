//! A table of the analytics: its name, columns and the function that fills it.

use super::facts::Facts;
use super::sheet::{Column, Row};
use crate::model::Table;

/// One table of the analytics.
pub struct AnalyticsTable {
    /// File name without its extension.
    pub name: &'static str,
    /// Its title, for people.
    pub title: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
    /// Tables that it needs: without any of them it has only a header.
    pub sources: &'static [Table],
    pub(super) rows: fn(&Facts<'_>) -> Vec<Row>,
}
