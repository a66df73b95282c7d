//! A table of the analytics: its name, columns and the function that fills it.

use super::facts::Facts;
use super::sheet::{Column, Row};
use crate::model::Table;

/// One table of the analytics.
pub struct AnalyticsTable {
    /// File name without its ending.
    pub name: &'static str,
    /// What it is, for people.
    pub title: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
    /// Tables without any of which it has a header only.
    pub sources: &'static [Table],
    pub(super) rows: fn(&Facts<'_>) -> Vec<Row>,
}
