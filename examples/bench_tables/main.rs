//! Measures the tables of the analytics: of years of one town school, each compared with those before it, then of many schools
//! one after the other: `cargo run --release --example bench_tables [-- YEARS SCHOOLS [town]]`. The schools are small ones, or
//! towns. After each the peak of memory is printed: what grows with the number of years or schools is the figure that counts.

// A benchmark reads clocks and writes scratch folders.
#![allow(clippy::disallowed_methods, clippy::print_stdout)]

#[path = "../bench/clock.rs"]
mod clock;
#[path = "../make_year/year.rs"]
mod year;

use std::path::Path;

use anyhow::{Context, Result};
use clock::{measure, peak_mib};
use letopis::data::csv_files::analytics_files;
use letopis::ingest::{read_bundle, read_journal};
use letopis::model::Roster;
use letopis::stats::analytics::{Earlier, analyse, try_forecast};
use letopis::stats::compute;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let count =
        |place: usize, usual: u16| args.get(place).and_then(|text| text.parse().ok()).unwrap_or(usual);
    let (years, schools) = (count(0, 10), count(1, 100));
    let kind = if args.iter().any(|arg| arg == "town") { year::Kind::Town } else { year::Kind::Village };
    let folder = tempfile::tempdir()?;
    println!("years of one town school, compared");
    let mut earlier = Earlier::default();
    for bundle in year::write_years(year::Kind::Town, 1, years, folder.path())? {
        earlier = tables(&bundle, earlier)?;
    }
    drop(earlier);
    println!("schools one after the other");
    for seed in 0..u64::from(schools) {
        let bundle = folder.path().join("school");
        year::write_year(kind, 1000 + seed, &bundle)?;
        tables(&bundle, Earlier::default())?;
    }
    Ok(())
}

/// Makes the tables of a year after earlier ones, and takes the year in.
fn tables(bundle: &Path, earlier: Earlier) -> Result<Earlier> {
    let (reading, read) = measure(|| read_journal(&read_bundle(bundle)));
    let as_of = reading.as_of.context("a made-up year says its date")?;
    let journal = reading.journal.context("a made-up year can be read")?;
    let roster = Roster::new(&journal);
    let (figures, figured) = measure(|| compute(&journal, &roster, as_of));
    let figures = figures?;
    let (filled, analysed) = measure(|| analyse((&journal, &roster), &figures, as_of, &earlier));
    let (_, tried) = measure(|| try_forecast((&journal, &roster), as_of, &earlier));
    let (encoded, written) = measure(|| -> Result<usize> {
        let drafts = analytics_files(&filled.0)?.into_iter();
        drafts.map(|draft| Ok(draft.make()?.bytes.len())).sum()
    });
    let bytes = encoded?;
    let (earlier, taken) = measure(|| earlier.with(&journal, &roster, &figures, as_of));
    println!(
        "{}: CPU s: reading {:.2}, figures {:.2}, tables {:.2} (of it the forecast's trial {:.2}), CSV and Parquet {:.2} ({} KB), taking in {:.2}; peak {} MiB",
        journal.year.title,
        read.cpu,
        figured.cpu,
        analysed.cpu,
        tried.cpu,
        written.cpu,
        bytes / 1024,
        taken.cpu,
        peak_mib()
    );
    Ok(earlier)
}
