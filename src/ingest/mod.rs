//! Turns what a school has in a folder into the typed journal. Never judges how the journal is kept: see `rules`.
//!
//! In: a bundle (folder with `school.toml` and tables). Out: [`crate::model::Journal`] and the problems met. Knows
//! nothing of figures, documents or typesetting. Wrong data is a [`crate::findings::Problem`], never an `Err`.

mod bundle;
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

pub use bundle::{Bundle, POLICY_TOML, Received, find_bundles, read_bundle};
pub use layouts::exchange::{Head, Reading, SourceNote, TableRows, read_head, read_journal};
pub use layouts::profile::{ProfileNote, profiles_of, shipped_profile};

use crate::findings::Problem;

/// Turns a refused place of `policy.toml` into a problem like any other.
pub fn policy_problem(error: crate::policy::PolicyError) -> Problem {
    Problem {
        code: "J112",
        severity: crate::findings::ProblemSeverity::Error,
        file: POLICY_TOML.to_owned(),
        sheet: String::new(),
        row: Some(error.line),
        column: error.column.to_string(),
        value: String::new(),
        message: error.message,
        message_en: error.message_en,
        hint: "исправьте policy.toml или удалите строку: тогда действует значение регламента".to_owned(),
        hint_en: "mend policy.toml, or delete the line for the regulation's own figure".to_owned(),
    }
}
