//! Measures the main job on the town school (1,000 pupils, 40 classes), every figure as a ratio within this run:
//! `cargo run --release --example bench [-- village]`. Needs some hundred megabytes in the temporary folder.

// A benchmark reads clocks and writes scratch folders.
#![allow(clippy::disallowed_methods, clippy::print_stdout)]

mod clock;
mod plain;
#[path = "../make_year/year.rs"]
mod year;

use std::path::Path;

use anyhow::{Context, Result};
use clock::{Cost, measure, peak_mib};
use letopis::base::files::Checksums;
use letopis::ingest::{Bundle, read_bundle, read_journal};
use letopis::model::Roster;
use letopis::pipeline::{Built, Request, build};
use letopis::policy::Policy;
use letopis::render::drawing::Drawing;
use letopis::render::pdf::{PdfJob, typeset};
use letopis::reports::{Made, REPORTS, ReportContext, jobs, source_line};
use letopis::rules::{RuleContext, check};
use letopis::stats;
use polars_io::prelude::{CsvReadOptions, SerReader};
use sha2::{Digest, Sha256};

/// How many pages the typst library typesets alone, to be compared page by page.
const PLAIN_PAGES: usize = 120;

fn main() -> Result<()> {
    let kind =
        if std::env::args().any(|arg| arg == "village") { year::Kind::Village } else { year::Kind::Town };
    let folder = tempfile::tempdir()?;
    let inputs = folder.path().join("inputs");
    println!("{}", year::write_year(kind, 1, &inputs)?);
    let threads = std::thread::available_parallelism()?.get();
    println!("{threads} threads; wall and CPU in seconds");
    let bundle = read_bundle(&inputs);
    reading(&bundle)?;
    hashing(&bundle);
    let typesetting = judging_and_typesetting(&bundle, threads)?;
    whole_build(&inputs, folder.path(), threads, &typesetting)
}

/// Rows a second into the typed model, against polars reading the same CSV files into frames of text.
fn reading(bundle: &Bundle) -> Result<()> {
    let (reading, ours) = measure(|| read_journal(bundle));
    let rows: usize = reading.rows.iter().map(|rows| rows.kept).sum();
    let (read, theirs) = measure(|| polars_rows(bundle));
    println!(
        "reading    {rows} rows {:.2} / {:.2}: {:.0} rows a CPU second; polars, CSV only, {} rows {:.2} / {:.2}: CPU ratio {:.2}",
        ours.wall,
        ours.cpu,
        rows as f64 / ours.cpu,
        read?,
        theirs.wall,
        theirs.cpu,
        ours.cpu / theirs.cpu
    );
    Ok(())
}

fn polars_rows(bundle: &Bundle) -> Result<usize> {
    let mut rows = 0;
    for file in bundle.files.iter().filter(|file| file.path().ends_with(".csv")) {
        if std::str::from_utf8(file.bytes()).is_err() {
            continue; // polars reads no Windows-1251.
        }
        let options = CsvReadOptions::default().with_infer_schema_length(Some(0)).with_has_header(true);
        let frame = options.into_reader_with_file_handle(std::io::Cursor::new(file.bytes())).finish();
        rows += frame.with_context(|| file.path().to_owned())?.height();
    }
    Ok(rows)
}

/// Megabytes a second through both digests, against SHA-256 alone.
fn hashing(bundle: &Bundle) {
    let bytes: usize = bundle.files.iter().map(|file| file.bytes().len()).sum();
    let (_, both) =
        measure(|| bundle.files.iter().map(|file| Checksums::of(file.bytes())).collect::<Vec<_>>());
    let (_, one) =
        measure(|| bundle.files.iter().map(|file| Sha256::digest(file.bytes())).collect::<Vec<_>>());
    let megabytes = bytes as f64 / 1e6;
    println!(
        "hashing    {megabytes:.0} MB: both digests {:.0} MB/s, sha256 alone {:.0} MB/s, ratio {:.2}",
        megabytes / both.wall,
        megabytes / one.wall,
        both.wall / one.wall
    );
}

/// What typesetting came to.
struct Typesetting {
    pages: usize,
    /// Compiling and exporting every document, laid out beforehand.
    cost: Cost,
    /// CPU seconds a page of the typst library alone.
    plain_page: f64,
}

fn judging_and_typesetting(bundle: &Bundle, threads: usize) -> Result<Typesetting> {
    let reading = read_journal(bundle);
    let journal = reading.journal.context("the made-up year has a school.toml")?;
    let as_of = reading.as_of.context("the made-up year gives its date")?;
    let (roster, index) = measure(|| Roster::new(&journal));
    let (figures, stats) = measure(|| stats::compute(&journal, &roster, as_of));
    let figures = figures?;
    let policy = Policy::default();
    let (checked, rules) = measure(|| check(&RuleContext::new(&journal, &roster, &policy, as_of)));
    println!("roster     {:.2} / {:.2}", index.wall, index.cpu);
    println!("figures    {} {:.2} / {:.2}", figures.len(), stats.wall, stats.cpu);
    println!("rules      {} findings {:.2} / {:.2}", checked.findings.len(), rules.wall, rules.cpu);
    let context = ReportContext {
        journal: &journal,
        roster: &roster,
        figures: &figures,
        analytics: &[],
        outlook: &letopis::stats::analytics::forecast::Outlook::default(),
        checked: &checked,
        problems: &[],
        selection: &letopis::ingest::Selection::default(),
        policy: &policy,
        as_of,
        styles: letopis::render::pdf::Styles::default(),
        sources: letopis::data::class_rows(&journal, &roster)
            .iter()
            .map(|class| source_line(class.rows, &class.sha256))
            .collect(),
    };
    typesetting(&context, threads)
}

fn typesetting(context: &ReportContext<'_>, threads: usize) -> Result<Typesetting> {
    let list = jobs(REPORTS, context);
    let (paged, files): (Vec<_>, Vec<_>) = list.iter().partition(|job| job.template().is_some());
    let (_, cost) = measure(|| files.iter().filter_map(|job| job.make(context).ok()).count());
    println!("workbooks and pages to read {} {:.2} / {:.2}", files.len(), cost.wall, cost.cpu);
    let (laid_out, layout) = measure(|| {
        let made = paged.iter().filter_map(|job| job.make(context).ok());
        made.filter_map(|made| match made {
            Made::Pages(job) => Some(*job),
            Made::File(_) => None,
        })
        .collect::<Vec<PdfJob>>()
    });
    let pages = std::sync::atomic::AtomicUsize::new(0);
    let make = |index: usize| laid_out.get(index).cloned().map(Ok);
    let done = |_: usize, result: Result<_, _>| {
        let made: letopis::render::pdf::TypesetPdf = match result {
            Ok(made) => made,
            Err(error) => panic!("{error:?}"),
        };
        pages.fetch_add(made.pages, std::sync::atomic::Ordering::Relaxed);
    };
    let ((), cost) = measure(|| typeset(laid_out.len(), threads, &make, &done));
    let pages = pages.into_inner();
    println!("layout     {:.2} / {:.2}", layout.wall, layout.cpu);
    println!(
        "typesetting {pages} pages {:.2} / {:.2}: {:.0} pages a second",
        cost.wall,
        cost.cpu,
        pages as f64 / cost.wall
    );
    let drawn: Vec<Drawing> = laid_out
        .iter()
        .flat_map(|job| &job.drawings)
        .filter(|page| page.lines.len() > 5)
        .take(PLAIN_PAGES)
        .cloned()
        .collect();
    let (plain_pages, plain) = measure(|| plain::typeset(&drawn));
    let plain_page = plain.cpu / plain_pages as f64;
    println!(
        "typst alone {plain_pages} of these pages as tables {:.2} / {:.2}: {:.1} CPU ms a page, letopis {:.1}, ratio {:.2}",
        plain.wall,
        plain.cpu,
        1000.0 * plain_page,
        1000.0 * cost.cpu / pages as f64,
        cost.cpu / pages as f64 / plain_page
    );
    Ok(Typesetting { pages, cost, plain_page })
}

fn whole_build(inputs: &Path, folder: &Path, threads: usize, typesetting: &Typesetting) -> Result<()> {
    let request = Request {
        bundle: inputs.to_owned(),
        outputs: folder.join("outputs"),
        as_of: None,
        is_strict: true,
        threads,
        is_forced: false,
        reports: REPORTS,
        templates: std::sync::Arc::default(),
        keeps_views: false,
        choice: letopis::reports::Choice::default(),
    };
    let (built, whole) = measure(|| build(&request));
    let Built::Done(outcome) = built? else { anyhow::bail!("the made-up year was refused") };
    for (stage, time) in &outcome.stages.0 {
        println!("  {:>6.2} {}", time.as_secs_f64(), stage.en);
    }
    let Typesetting { pages, cost, plain_page } = typesetting;
    println!("whole build {:.2} / {:.2}, peak of this process {} MiB", whole.wall, whole.cpu, peak_mib());
    println!("  CPU against typesetting the same documents: {:.2}", whole.cpu / cost.cpu);
    println!(
        "  CPU against the typst library alone, same pages as tables: {:.2}",
        whole.cpu / (plain_page * *pages as f64)
    );
    let (again, second) = measure(|| build(&request));
    let is_unchanged = matches!(again?, Built::Done(outcome) if outcome.is_unchanged);
    println!("second build {:.2} / {:.2}, unchanged: {is_unchanged}", second.wall, second.cpu);
    after_a_changed_mark(&request, whole)
}

/// The cost of a build over standing outputs after one mark was changed, against the full build.
fn after_a_changed_mark(request: &Request, whole: Cost) -> Result<()> {
    let mut files: Vec<_> = std::fs::read_dir(request.bundle.join("marks"))?.flatten().collect();
    files.sort_by_key(std::fs::DirEntry::path);
    let path = files.first().context("the made-up year has marks")?.path();
    let mut bytes = std::fs::read(&path)?;
    let middle = bytes.len() / 2;
    let four = bytes[middle..].windows(3).position(|part| part == b",4,").context("a mark in the middle")?;
    bytes[middle + four + 1] = b'3';
    std::fs::write(&path, bytes)?;
    let (built, cost) = measure(|| build(request));
    let Built::Done(outcome) = built? else { anyhow::bail!("the changed year was refused") };
    for (name, time) in &outcome.stages.0 {
        println!("  {:>6.2} {}", time.as_secs_f64(), name.en);
    }
    println!(
        "after a changed mark {:.2} / {:.2}, {} files taken over: {:.2} of the full build's CPU",
        cost.wall,
        cost.cpu,
        outcome.taken_over.len(),
        cost.cpu / whole.cpu
    );
    Ok(())
}
