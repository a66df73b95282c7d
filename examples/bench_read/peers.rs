//! The readers that letopis is measured against, and the same readers in a process of their own for its peak memory.

use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use anyhow::{Context, Result};
use calamine::{Reader, Xlsx};
use letopis::ingest::{Bundle, read_bundle, read_journal};
use polars::prelude::{DataType, Field, IntoLazy, Schema, StrptimeOptions, TimeUnit, col, lit};
use polars_io::prelude::{CsvParseOptions, CsvReadOptions, SerReader};

use super::clock::{Cost, peak_mib};

/// How polars reads a table.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cells {
    /// Every cell as text.
    Text,
    /// As text, then the moments parsed by their one form: the least that a person who knows polars would do.
    Cast,
    /// With the types that polars finds in the first thousand rows; a mark is text.
    Found,
}

/// Reads every CSV file into a frame.
pub(crate) fn polars(bundle: &Bundle, cells: Cells) -> Result<usize> {
    let is_typed = cells == Cells::Found;
    let mut rows = 0;
    for file in bundle.files.iter().filter(|file| file.path().ends_with(".csv")) {
        let inferred = if is_typed { Some(1000) } else { Some(0) };
        let text = Schema::from_iter([Field::new("value".into(), DataType::String)]);
        let parsing = CsvParseOptions::default().with_try_parse_dates(is_typed);
        let options = CsvReadOptions::default()
            .with_infer_schema_length(inferred)
            .with_has_header(true)
            .with_schema_overwrite(is_typed.then(|| Arc::new(text)))
            .with_parse_options(parsing);
        let frame = options.into_reader_with_file_handle(Cursor::new(file.bytes())).finish();
        let mut frame = frame.with_context(|| file.path().to_owned())?;
        if cells == Cells::Cast {
            let form = StrptimeOptions { format: Some("%Y-%m-%dT%H:%M:%S".into()), ..Default::default() };
            let moment =
                col("recorded_at").str().to_datetime(Some(TimeUnit::Microseconds), None, form, lit("raise"));
            frame = frame.lazy().with_column(moment).collect()?;
        }
        rows += frame.height();
    }
    Ok(rows)
}

/// Reads every cell of every sheet as calamine hands them over.
pub(crate) fn calamine(path: &Path) -> Result<usize> {
    let bytes = std::fs::read(path)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes))?;
    let mut rows = 0;
    for name in book.sheet_names() {
        rows += book.worksheet_range(&name)?.height();
    }
    Ok(rows.saturating_sub(1))
}

/// Finds a Python with pandas.
pub(crate) fn python() -> Option<PathBuf> {
    let python = PathBuf::from(std::env::var_os("BENCH_PYTHON").unwrap_or_else(|| "python3".into()));
    let has_pandas = Command::new(&python).args(["-c", "import pandas, openpyxl"]).output();
    if has_pandas.is_ok_and(|output| output.status.success()) {
        return Some(python);
    }
    println!("no Python with pandas and openpyxl (BENCH_PYTHON): left out");
    None
}

/// Prints rows, wall and CPU seconds of one statement that gives a frame.
const TIMED: &str = "
import sys, time, pandas
best = None
for _ in range(int(sys.argv[3])):
    wall, cpu = time.perf_counter(), time.process_time()
    frame = eval(sys.argv[2])
    cost = time.process_time() - cpu, time.perf_counter() - wall
    best = cost if best is None else min(best, cost)
print(len(frame), best[1], best[0])
";

fn timed(python: &Path, path: &Path, statement: &str, runs: usize) -> Option<(usize, Cost)> {
    let runs = runs.to_string();
    let output = Command::new(python).args(["-c", TIMED]).arg(path).args([statement, &runs]).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut numbers = text.split_whitespace();
    let rows = numbers.next()?.parse().ok()?;
    let (wall, cpu) = (numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?);
    Some((rows, Cost { wall, cpu }))
}

/// Reads a CSV file with pandas.
pub(crate) fn pandas(python: &Path, path: &Path) -> Option<(usize, Cost)> {
    timed(python, path, "pandas.read_csv(sys.argv[1], parse_dates=['recorded_at'])", 3)
}

/// Reads a sheet with pandas through openpyxl.
pub(crate) fn openpyxl(python: &Path, path: &Path) -> Option<(usize, Cost)> {
    timed(python, path, "pandas.read_excel(sys.argv[1], engine='openpyxl')", 1)
}

/// Runs one reader in a process of its own and returns its peak memory in MiB, where the system tells.
pub(crate) fn peak(part: &str, folder: &Path) -> Option<u64> {
    let output = Command::new(std::env::current_exe().ok()?).arg(part).arg(folder).output().ok()?;
    String::from_utf8_lossy(&output.stdout).trim().parse().ok()
}

/// The other end of [`peak`]: reads, and prints the process's high-water mark.
pub(crate) fn child(part: &str, folder: &Path) -> Result<()> {
    match part {
        "model" => drop(read_journal(&read_bundle(folder))),
        "polars" => drop(polars(&read_bundle(folder), Cells::Text)?),
        _ => drop(calamine(&folder.join("Отметки.xlsx"))?),
    }
    println!("{}", peak_mib());
    Ok(())
}
