//! Turns what a school has in a folder into the typed journal. Never judges how the journal is kept: see `rules`.
//!
//! In: a bundle (folder with `school.toml` and tables). Out: [`crate::model::Journal`] and the problems met. Knows
//! nothing of figures, documents or typesetting. Wrong data is a [`crate::findings::Problem`], never an `Err`.

mod bundle;
mod cells;
mod consistency;
mod fields;
mod formats;
mod keys;
mod layouts;
pub mod parse;
mod problems;
mod raw;
pub mod schema;
mod school_toml;
mod zipped;

pub use bundle::{Bundle, POLICY_TOML, Received, find_bundles, read_bundle};
pub use layouts::exchange::{Head, Reading, TableRows, read_head, read_journal};
