//! A coverage-guided fuzzer over everything that letopis reads: `run.sh TARGET [SECONDS]`.
//!
//! The modules that read are compiled in from the program's own sources, so that neither typst nor the rest of polars has
//! to be built. A panic in them is a finding, also where the program would catch it: only the readers of other people's
//! formats may give up, because `ingest::formats::read` takes that for a damaged file.

// Only what reads is used here.
#![allow(dead_code, unused_imports, unreachable_pub)]
#![no_main]

#[path = "../../src/base/mod.rs"]
mod base;
#[path = "../../src/bagit/mod.rs"]
mod bagit;
#[path = "../../src/ingest/systems/netschool/cell.rs"]
mod cell;
#[path = "../../src/cms/mod.rs"]
mod cms;
#[path = "../../src/ingest/mod.rs"]
mod ingest;
#[path = "../../src/model/mod.rs"]
mod model;
#[path = "../../src/ingest/systems/netschool/dates.rs"]
mod netschool_dates;
#[path = "../../src/par2/mod.rs"]
mod par2;
#[path = "../../src/policy/mod.rs"]
mod policy;
#[path = "../../src/register/mod.rs"]
mod register;
mod targets;
#[path = "../../src/verify/mod.rs"]
mod verify;

libfuzzer_sys::fuzz_target!(|data: &[u8]| targets::run(data));
