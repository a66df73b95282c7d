//! Turns a school's folder into the typed journal. It never judges how the journal is kept: see `rules`.
//!
//! In: a bundle (folder with `school.toml` and tables). Out: [`crate::model::Journal`] and the problems. This
//! folder knows nothing of figures, documents or typesetting. Wrong data is a
//! [`crate::base::problems::Problem`], never an `Err`.

mod aliases;
mod builder;
mod bundle;
mod cell_names;
mod cells;
mod consistency;
mod examples;
mod fields;
mod file_names;
mod formats;
mod ids;
mod journal;
mod keys;
mod lengths;
mod links;
mod merge;
mod neighbours;
pub mod parse;
mod people;
mod positions;
mod problems;
mod quoted;
mod raw;
mod reading;
mod received;
mod row_limits;
mod school_toml;
mod seen;
mod selection;
mod settings_files;
mod sheets;
mod snapshots;
mod systems;
mod tables;
mod text;
mod trust;
mod unprintable;
mod wanted;
mod zipped;

pub use bundle::{find_bundles, read_bundle};
pub use examples::EXAMPLE_PREFIX;
pub use file_names::{FINDINGS_BEFORE, POLICY_TOML, REMARKS_SELECTED, SCHOOL_TOML};
pub use formats::is_parsing;
pub use journal::{read_head, read_journal};
pub use reading::{Head, Reading, SourceNote, TableRows};
pub use received::{Bundle, Received};
pub use selection::{SelectedRow, Selection, read_selection};
pub use systems::{ProfileNote, profiles_of, shipped_profile};
