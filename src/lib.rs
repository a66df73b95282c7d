//! letopis turns the exports of a school's electronic journal into the documents and data that the school
//! must keep.
//!
//! # The story
//!
//! [`pipeline::build`] tells the story: read the files of a bundle, see whether anything changed, turn the
//! tables into a typed [`model::Journal`] ([`ingest`]), compute figures ([`stats`]) and findings ([`rules`]),
//! typeset documents ([`reports`], [`render`]), write tables for programs ([`data`]), pack and verify the
//! archive packages ([`package`], [`bagit`], [`verify`]), publish ([`outputs`]). [`store`] is the life of the
//! packages in later years.
//!
//! # Who may use whom
//!
//! A folder may use those below it, never those above. `tests/suite/layers.rs` has the list.
//!
//! ```text
//! commands                                   what people type, in which language they are answered
//! papers                                     act of destruction, state of a year, protocol of a check
//! store                                      the school's archive: editions, copies, retention, repair
//! pipeline                                   one build, from the bundle to the published outputs
//! verify  register  par2  bagit  cms         packages: judged, listed, protected, written, signed; bytes, not meaning
//! reports  package  data  forms              documents for people, archive packages, tables for programs, a school's own forms
//! rules ← stats, policy                      findings and figures of the journal
//! render  new_bundle  outputs  ingest        pages and sheets of strings; a first bundle; the only writer; the only reader
//! model                                      the school year as typed facts; no heavy crate, no I/O
//! base                                       files, limits, settings, problems, shown texts, signs of the fonts
//! ```
//!
//! # Invariants
//!
//! 1. `ingest` knows nothing of figures, documents or typesetting. `model` uses no heavy crate and does no
//!    I/O.
//! 2. Each heavy crate has its place: polars in `stats`, the table writer of `data` and the Parquet reader; typst in `render/pdf`;
//!    rust_xlsxwriter in `render/workbook`; calamine in `ingest/formats`; minijinja in `render/html`.
//! 3. Templates do not compute. They print a view of ready strings and coordinates. Data never becomes
//!    template source.
//! 4. Only `outputs` writes. Only `base/settings` knows today's date. No output depends on the order of a
//!    hash map.
//! 5. Wrong data is a value ([`base::problems::Problem`], [`rules::finding::Finding`]), never an `Err` or a
//!    panic. `Err` means that the tool could not work: disk, arguments.
//! 6. The same inputs, date and version give the same bytes, at any thread count, time zone and locale.
//! 7. Nothing that letopis did not make is ever removed. A build replaces what the `build.json` of the standing outputs lists and
//!    whose bytes are as it lists them; all else stays in its place, or under `изменено/` where a product has that place. What grows
//!    has a list beside it. One file removes (`outputs/removal`), by such lists alone, and never a folder with anything in it.
//! 8. One bad file, class or pupil never stops the others; what was left out is listed on the terminal, on the index page and in
//!    `problems.csv`.
//!
//! `tests/suite/layers.rs` enforces what of this a test can see.

pub mod bagit;
pub mod base;
pub mod cms;
pub mod commands;
pub mod data;
pub mod forms;
pub mod ingest;
pub mod model;
pub mod new_bundle;
pub mod outputs;
pub mod package;
pub mod papers;
pub mod par2;
pub mod pipeline;
pub mod policy;
pub mod register;
pub mod render;
pub mod reports;
pub mod rules;
pub mod stats;
pub mod store;
pub mod verify;

/// Typesetting takes and gives back hundreds of millions of small pieces of memory: the system's allocator spends a quarter of the
/// whole time on them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
