//! letopis turns a school's electronic journal exports into what the school must keep and show.
//!
//! # The story
//!
//! [`pipeline::build`] reads aloud: read the files of a bundle, see whether anything changed, turn the tables into a typed
//! [`model::Journal`], compute figures ([`stats`]) and findings ([`rules`]), typeset documents ([`reports`], [`render`]), write tables for
//! programs ([`data_files`], [`tables`]), pack and verify the archive ([`packages`], [`archive`]), publish ([`outputs`]).
//!
//! # Who may use whom ("A ← B": B may use A)
//!
//! ```text
//! source ← model, findings ← settings, labels            limits, shown ← everybody
//! signs ← ingest, render                   signs knows what the fonts can draw
//! model, findings, files ← ingest          model ← stats ← rules ← reports
//! render ← reports                          render knows strings and cells, no word of the school
//! files ← archive                           archive knows bytes, not documents' meaning
//! files, archive ← outputs ← packages ← pipeline ← commands ← main
//! ```
//!
//! # Invariants
//!
//! 1. `ingest` knows nothing of figures, documents or typesetting; `model` uses no heavy crate and does no I/O.
//! 2. Each heavy crate has its place: polars in `stats`, the table writer and the Parquet reader; typst in `render/pdf`;
//!    rust_xlsxwriter in `render/workbook`; calamine in `ingest/formats`; minijinja in `render/html`.
//! 3. Templates do not compute: what they print is a view of ready strings and coordinates; data never becomes template source.
//! 4. Only `outputs` writes; only `settings` knows today's date; nothing walks a hash map into an output.
//! 5. Wrong data is a value ([`findings::Problem`], [`findings::Finding`]), never an `Err` or a panic. `Err` means that the tool could
//!    not work: disk, arguments.
//! 6. The same inputs, date and version give the same bytes, at any thread count, time zone and locale.
//! 7. Nothing that letopis did not make is ever removed. A build replaces what the `build.json` of the standing outputs lists and
//!    whose bytes are as it lists them; all else stays in its place, or under `изменено/` where a product has that place. What grows
//!    has a list beside it. One file removes (`outputs/removal`), by such lists alone, and never a folder with anything in it.
//! 8. One bad file, class or pupil never stops the others; what was left out is said on the terminal, on the index page and in
//!    `problems.csv`.
//!
//! `tests/suite/layers.rs` enforces what of this a test can see.

pub mod archive;
pub mod build_record;
pub mod cli;
pub mod commands;
pub mod data_files;
pub mod editions;
pub mod files;
pub mod findings;
pub mod ingest;
pub mod inside;
pub mod inventory;
pub mod labels;
pub mod limits;
pub mod model;
pub mod new_bundle;
pub mod outputs;
mod package_papers;
pub mod package_readme;
mod package_settings;
pub mod packages;
pub mod pipeline;
pub mod places;
pub mod policy;
pub mod problems_workbook;
pub mod products;
pub mod protocol;
pub mod render;
pub mod reports;
pub mod rules;
pub mod series;
pub mod settings;
pub mod shown;
pub mod signs;
pub mod source;
pub mod stats;
pub mod tables;
mod zip_entries;
