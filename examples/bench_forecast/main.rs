//! Tries the forecast on years it was not made for: `cargo run --release --example bench_forecast [-- BUNDLE…]`. Bundles of one
//! school are taken as its years, the earliest first. Without any, five made-up town schools are tried, and three years of one
//! more; `village` tries small schools.

// A benchmark writes scratch folders and prints.
#![allow(clippy::disallowed_methods, clippy::print_stdout)]

#[path = "../make_year/year.rs"]
mod year;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use letopis::ingest::{read_bundle, read_head, read_journal};
use letopis::model::{Journal, Roster, TermKind};
use letopis::pipeline::as_of;
use letopis::stats::analytics::forecast::{BackTest, Estimate, Method, TestRow, Verdict};
use letopis::stats::analytics::{Earlier, try_forecast};
use letopis::stats::compute;

/// Seeds of the made-up schools: none of them was looked at while the generator's figures were set.
const SEEDS: [u64; 5] = [101, 102, 103, 104, 105];

fn main() -> Result<()> {
    let bundles: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let is_village = bundles == [PathBuf::from("village")];
    if !bundles.is_empty() && !is_village {
        return years(&bundles);
    }
    let kind = if is_village { year::Kind::Village } else { year::Kind::Town };
    let folder = tempfile::tempdir()?;
    for seed in SEEDS {
        let bundle = folder.path().join(seed.to_string());
        println!("\n== seed {seed}: {}", year::write_year(kind, seed, &bundle)?);
        years(&[bundle])?;
    }
    println!("\n== three years of one school");
    years(&year::write_years(kind, 106, 3, folder.path())?)
}

/// Tries each year, with what the earlier ones lend; one at a time is in memory.
fn years(bundles: &[PathBuf]) -> Result<()> {
    let start = |bundle: &PathBuf| {
        let head = read_head(&read_bundle(bundle));
        head.with_context(|| format!("{}: no school.toml", bundle.display())).map(|head| head.year.start)
    };
    let mut years: Vec<_> =
        bundles.iter().map(|bundle| Ok((start(bundle)?, bundle))).collect::<Result<_>>()?;
    years.sort();
    let mut earlier = Earlier::default();
    for (_, bundle) in years {
        let (journal, as_of) = journal(bundle)?;
        let roster = Roster::new(&journal);
        let figures = compute(&journal, &roster, as_of)?;
        print(&try_forecast((&journal, &roster), as_of, &earlier));
        earlier = earlier.with(&journal, &roster, &figures, as_of);
    }
    Ok(())
}

fn journal(path: &Path) -> Result<(Journal, jiff::civil::Date)> {
    let bundle = read_bundle(path);
    let head = read_head(&bundle).with_context(|| format!("{}: no school.toml", path.display()))?;
    let day = as_of(None, head.as_of, &head.school, &head.year);
    Ok((read_journal(&bundle).journal.context("the year cannot be read")?, day))
}

fn print(test: &BackTest) {
    println!("-- {}; cases of «н/а»: {}", test.year, test.not_assessed);
    println!(
        "{:<10} {:>2} {:>6} | {:<22} {:<22} {:<22} | {:<22} | {:<34} | {:<24} {:<20} | «2»",
        "term",
        "wk",
        "cases",
        "rounding",
        "mark before",
        "forecast",
        "gain, points",
        "Brier, reference, skill",
        "ECE; recall",
        "precision"
    );
    test.rows.iter().for_each(print_row);
}

fn print_row(row: &TestRow) {
    let percent = |estimate: Option<Estimate>| shown(estimate, 100.0, 1);
    let method = |method: &Method| format!("{} of {}", percent(method.share), method.judged);
    let kind = match row.kind {
        TermKind::Quarter => "quarter",
        TermKind::Trimester => "trimester",
        TermKind::HalfYear => "half year",
        TermKind::Year => "year",
    };
    let verdict = match row.verdict {
        Verdict::Better => "better",
        Verdict::NotBetter => "not better",
        Verdict::Unknown => "unknown",
    };
    let (brier, error) = row.probability.as_ref().map_or((String::from("-"), String::from("-")), |one| {
        let skill = shown(Some(one.skill), 1.0, 2);
        (
            format!("{:.4} {:.4} {skill} of {}", one.brier.value, one.reference.value, one.cases),
            format!("{:.3}", one.calibration_error),
        )
    });
    println!(
        "{kind:<10} {:>2} {:>6} | {:<22} {:<22} {:<22} | {:<22} | {brier:<34} | {error}; {:<17} {:<20} | {} of {} found",
        row.week,
        row.cases,
        method(&row.rounding),
        method(&row.before),
        method(&row.forecast),
        format!("{} {verdict}", shown(row.gain, 1.0, 1)),
        percent(row.forecast.recall),
        percent(row.forecast.precision),
        row.twos.found,
        row.twos.cases,
    );
}

fn shown(estimate: Option<Estimate>, factor: f64, places: usize) -> String {
    estimate.map_or_else(
        || "-".to_owned(),
        |one| {
            let [value, low, high] = [one.value, one.low, one.high].map(|figure| figure * factor);
            format!("{value:.places$} [{low:.places$}, {high:.places$}]")
        },
    )
}
