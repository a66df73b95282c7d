//! A coverage-guided fuzzer over everything that letopis reads: `run.sh TARGET [SECONDS]`.
//!
//! A panic in letopis is a finding, also where the program would catch it. Only the readers of other people's formats may
//! give up, because `ingest::formats` takes that for a damaged file.

#![no_main]

mod targets;

use std::panic::{PanicHookInfo, set_hook};
use std::sync::LazyLock;

/// What is tried, chosen by the environment variable `LETOPIS_FUZZ`.
static TARGET: LazyLock<fn(&[u8])> = LazyLock::new(|| {
    set_hook(Box::new(on_panic));
    let wanted = std::env::var("LETOPIS_FUZZ").unwrap_or_default();
    let found = targets::TARGETS.iter().find(|(name, _)| *name == wanted);
    let names: Vec<_> = targets::TARGETS.iter().map(|(name, _)| *name).collect();
    found.unwrap_or_else(|| panic!("LETOPIS_FUZZ is one of {names:?}")).1
});

/// Other people's readers may give up; a panic in letopis itself ends the run.
fn on_panic(info: &PanicHookInfo<'_>) {
    let place = info.location().map(|place| place.file().to_owned()).unwrap_or_default();
    if !place.contains("/registry/") && !place.contains("/rustc/") {
        eprintln!("{info}");
        std::process::abort();
    }
}

libfuzzer_sys::fuzz_target!(|data: &[u8]| TARGET(data));
