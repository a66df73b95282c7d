//! Measures reading alone, every figure as a ratio within this run: a million marks from CSV beside polars and pandas, a
//! hundred thousand rows of XLSX beside calamine and pandas with openpyxl: `cargo run --release --example bench_read [-- village]`.
//!
//! The Python with pandas is `$BENCH_PYTHON`, else `python3`; where it has none, that part is left out and said.

// A benchmark reads clocks and the environment, and writes scratch folders.
#![allow(clippy::disallowed_methods, clippy::print_stdout)]

#[path = "../bench/clock.rs"]
mod clock;
mod peers;
#[path = "../make_year/year.rs"]
mod year;

use std::cell::Cell;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clock::{Cost, measure};
use letopis::ingest::{Bundle, Reading, read_bundle, read_journal};
use letopis::model::{Roster, Table};
use letopis::stats;
use peers::Cells;

const MARKS: usize = 1_000_000;
const SHEET_ROWS: usize = 100_000;
/// What marks refer to, and marks themselves: all else of the made-up year is left out.
const KEPT: &[&str] = &[
    "school.toml",
    "Школа.xlsx",
    "terms.csv",
    "groups.csv",
    "group_members.csv",
    "lessons.csv",
    "works.csv",
];
/// Times each reader is run; the quickest counts, the machine being never idle.
const RUNS: usize = 3;
/// Times readers that are compared are run in turn.
const ROUNDS: usize = 7;

fn main() -> Result<()> {
    if let (Some(part), Some(folder)) = (std::env::args().nth(1), std::env::args().nth(2)) {
        return peers::child(&part, Path::new(&folder));
    }
    let kind =
        if std::env::args().any(|arg| arg == "village") { year::Kind::Village } else { year::Kind::Town };
    let folder = tempfile::tempdir()?;
    let csv = folder.path().join("csv");
    let header = lay_out(kind, &csv)?;
    println!("wall and CPU in seconds, the quickest of {RUNS} runs; peak memory of a process of its own");
    let python = peers::python();
    delimited(&csv, python.as_deref())?;
    let sheet = folder.path().join("xlsx");
    as_workbook(&csv, &sheet, &header)?;
    workbook(&sheet, python.as_deref())
}

/// Measures some work several times; the quickest run counts.
fn quickest<T>(work: impl Fn() -> T) -> (T, Cost) {
    let mut runs = (0..RUNS).map(|_| measure(&work));
    let first = runs.next().expect("there is a run");
    runs.fold(first, |best, run| if run.1.cpu < best.1.cpu { run } else { best })
}

/// Measures several works in turn, so that a busy moment of the machine meets them all; the quickest of each counts.
fn in_turn<const N: usize>(mut works: [&mut dyn FnMut(); N]) -> [Cost; N] {
    let mut best = [Cost { wall: f64::INFINITY, cpu: f64::INFINITY }; N];
    for _ in 0..ROUNDS {
        for (work, best) in works.iter_mut().zip(&mut best) {
            let ((), cost) = measure(work);
            *best = Cost { wall: best.wall.min(cost.wall), cpu: best.cpu.min(cost.cpu) };
        }
    }
    best
}

/// Writes a made-up year, keeps what marks need, and repeats the marks until there are a million; returns their header.
fn lay_out(kind: year::Kind, folder: &Path) -> Result<String> {
    let whole = folder.with_file_name("year");
    println!("{}", year::write_year(kind, 1, &whole)?);
    std::fs::create_dir_all(folder)?;
    for name in KEPT.iter().filter(|name| whole.join(name).is_file()) {
        std::fs::copy(whole.join(name), folder.join(name))?;
    }
    let mut parts: Vec<PathBuf> =
        whole.join("marks").read_dir()?.map(|part| part.map(|part| part.path())).collect::<Result<_, _>>()?;
    parts.sort();
    let texts: Vec<String> = parts.iter().map(std::fs::read_to_string).collect::<Result<_, _>>()?;
    let header = texts[0].lines().next().context("a header")?.to_owned();
    let rows: Vec<&str> = texts.iter().flat_map(|text| text.lines().skip(1)).collect();
    let mut marks = format!("{header}\n");
    for (number, row) in rows.iter().cycle().take(MARKS).enumerate() {
        let (_, rest) = row.split_once(',').context("a mark has an id and more")?;
        let _ = writeln!(marks, "м{number},{}", with_iso_moment(rest));
    }
    std::fs::write(folder.join("marks.csv"), marks)?;
    Ok(header)
}

/// Writes a row's `01.09.2025 12:03` as `2025-09-01T12:03:00`, the only form of a moment that every reader here parses.
fn with_iso_moment(row: &str) -> String {
    let moment = |cell: &str| {
        let (day, time) = cell.split_once(' ')?;
        let mut parts = day.split('.');
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        Some(format!("{year}-{month}-{day}T{time}:00"))
    };
    let cells: Vec<String> =
        row.split(',').map(|cell| moment(cell).unwrap_or_else(|| cell.to_owned())).collect();
    cells.join(",")
}

/// Takes one file out of a bundle: what the other tables cost is no part of reading it.
fn parted(bundle: Bundle, name: &str) -> (Bundle, Bundle) {
    let (one, rest) = bundle.files.into_iter().partition(|file| file.path() == name);
    let with = |files| Bundle { root: bundle.root.clone(), files, problems: Vec::new() };
    (with(one), with(rest))
}

fn kept(reading: &Reading, table: Table) -> usize {
    reading.rows.iter().find(|rows| rows.table == table).map_or(0, |rows| rows.kept)
}

fn show(name: &str, rows: usize, cost: Cost, peak: Option<u64>) {
    let peak = peak.map_or(String::new(), |peak| format!(", peak {peak} MiB"));
    println!("{name:<40} {rows:>9} rows {:>6.2} / {:>6.2}{peak}", cost.wall, cost.cpu);
}

fn delimited(folder: &Path, python: Option<&Path>) -> Result<()> {
    let bundle = read_bundle(folder);
    let reading = read_journal(&bundle);
    let (marks, rest) = parted(read_bundle(folder), "marks.csv");
    let counts = [const { Cell::new(0) }; 3];
    let [whole, others, text, cast, found] = in_turn([
        &mut || drop(read_journal(&bundle)),
        &mut || drop(read_journal(&rest)),
        &mut || counts[0].set(peers::polars(&marks, Cells::Text).unwrap_or_default()),
        &mut || counts[1].set(peers::polars(&marks, Cells::Cast).unwrap_or_default()),
        &mut || counts[2].set(peers::polars(&marks, Cells::Found).unwrap_or_default()),
    ]);
    let counts = counts.map(|count| count.get());
    ensure!(counts == [MARKS; 3], "polars read {counts:?} rows");
    let model = whole - others;
    show("typed model", kept(&reading, Table::Marks), model, peers::peak("model", folder));
    let journal = reading.journal.context("the made-up year has a school.toml")?;
    let as_of = reading.as_of.context("the made-up year gives its date")?;
    let roster = Roster::new(&journal);
    let (figures, frames) = quickest(|| stats::compute(&journal, &roster, as_of));
    show("frames and every figure from it", figures?.len(), frames, None);
    show("polars, cells as text", MARKS, text, peers::peak("polars", folder));
    show("polars, moments parsed by their form", MARKS, cast, None);
    show("polars, types found by itself", MARKS, found, None);
    for (name, polars) in [("as text", text), ("moments parsed", cast), ("types found", found)] {
        println!("ratio of CPU: typed model / polars, {name} {:.2}", model.cpu / polars.cpu);
    }
    if let Some((rows, cost)) = python.and_then(|python| peers::pandas(python, &folder.join("marks.csv"))) {
        show("pandas, read_csv", rows, cost, None);
        println!(
            "ratio of CPU: pandas / polars, moments parsed {:.2}, typed model / pandas {:.2}",
            cost.cpu / cast.cpu,
            model.cpu / cost.cpu
        );
    }
    Ok(())
}

/// The same bundle with a hundred thousand marks on a sheet.
fn as_workbook(csv: &Path, folder: &Path, header: &str) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    for name in KEPT.iter().filter(|name| csv.join(name).is_file()) {
        std::fs::copy(csv.join(name), folder.join(name))?;
    }
    let marks = std::fs::read_to_string(csv.join("marks.csv"))?;
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet();
    page.set_name("marks")?;
    for (row, line) in (0..).zip(std::iter::once(header).chain(marks.lines().skip(1).take(SHEET_ROWS))) {
        for (column, cell) in (0..).zip(line.split(',')) {
            match cell.parse::<f64>() {
                Ok(number) => page.write_number(row, column, number)?,
                Err(_) => page.write_string(row, column, cell)?,
            };
        }
    }
    book.save(folder.join("Отметки.xlsx"))?;
    Ok(())
}

fn workbook(folder: &Path, python: Option<&Path>) -> Result<()> {
    let bundle = read_bundle(folder);
    let (reading, whole) = quickest(|| read_journal(&bundle));
    let (_, rest) = parted(bundle, "Отметки.xlsx");
    let ours = whole - quickest(|| read_journal(&rest)).1;
    show("XLSX, typed model", kept(&reading, Table::Marks), ours, peers::peak("model", folder));
    let path = folder.join("Отметки.xlsx");
    let (rows, calamine) = quickest(|| peers::calamine(&path));
    show("XLSX, calamine alone", rows?, calamine, peers::peak("calamine", folder));
    println!("ratio of CPU: typed model / calamine {:.2}", ours.cpu / calamine.cpu);
    if let Some((rows, cost)) = python.and_then(|python| peers::openpyxl(python, &path)) {
        show("XLSX, pandas with openpyxl", rows, cost, None);
        println!("ratio of CPU: pandas / typed model {:.1}", cost.cpu / ours.cpu);
    }
    Ok(())
}
