//! The tables of the exchange format: which table a sheet is, where its columns are, and its rows as records.

mod address;
mod chosen;
mod header;
mod identity;
mod names;
mod placed;
mod places;
mod reader;
mod rows;
mod titles;
mod twice;
mod walk;

pub(crate) use address::point;
pub(crate) use chosen::{Chosen, RowAt};
pub(crate) use names::is_named_as_table;
pub(crate) use placed::{Placed, cell, each_row};
pub(crate) use places::{Among, place, place_as};
pub(crate) use walk::read_table;
