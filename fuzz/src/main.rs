//! A coverage-guided fuzzer over everything that letopis reads: `run.sh TARGET [SECONDS]`.
//!
//! The modules that read are compiled in from the program's own sources, so that neither typst nor the rest of polars has
//! to be built. A panic in them is a finding, also where the program would catch it: only the readers of other people's
//! formats may give up, because `ingest::formats::read` takes that for a damaged file.

// Only what reads is used here.
#![allow(dead_code, unused_imports, unreachable_pub)]
#![no_main]

#[path = "../../src/archive/mod.rs"]
mod archive;
#[path = "../../src/ingest/layouts/netschool/cell.rs"]
mod cell;
#[path = "../../src/files.rs"]
mod files;
#[path = "../../src/findings.rs"]
mod findings;
#[path = "../../src/ingest/mod.rs"]
mod ingest;
#[path = "../../src/model/mod.rs"]
mod model;
#[path = "../../src/ingest/layouts/netschool/dates.rs"]
mod netschool_dates;
#[path = "../../src/policy/mod.rs"]
mod policy;
#[path = "../../src/source.rs"]
mod source;
mod targets;
#[path = "../../src/zip_entries.rs"]
mod zip_entries;

libfuzzer_sys::fuzz_target!(|data: &[u8]| targets::run(data));
