//! Turns a school's folder into the typed journal. It never judges how the journal is kept: see `rules`.
//!
//! In: a bundle (folder with `school.toml` and tables). Out: [`crate::model::Journal`] and the problems met. Knows
//! nothing of figures, documents or typesetting. Wrong data is a [`crate::base::problems::Problem`], never an `Err`.

mod aliases;
mod builder;
mod bundle;
mod cells;
mod consistency;
mod fields;
mod formats;
mod ids;
mod keys;
mod lengths;
mod links;
mod nearest;
mod neighbours;
pub mod parse;
mod people;
mod positions;
mod problems;
mod quoted;
mod raw;
mod row_limits;
mod school_toml;
mod seen;
mod selection;
mod settings_files;
mod snapshots;
mod systems;
mod tables;
mod text;
mod trust;
mod unprintable;
mod zipped;

pub use bundle::{Bundle, POLICY_TOML, Received, SCHOOL_TOML, find_bundles, read_bundle};
pub use formats::is_taking_apart;
pub use selection::{FINDINGS_BEFORE, REMARKS_SELECTED, SelectedRow, Selection, read_selection};
pub use snapshots::read_journal;
pub use systems::profile::{ProfileNote, profiles_of, shipped_profile};
pub use tables::{EXAMPLE_PREFIX, Head, Reading, SourceNote, TableRows, read_head};
