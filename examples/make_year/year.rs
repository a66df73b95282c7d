//! One made-up school year as a bundle of the exchange format. Other examples and benches include this file by its path.
//!
//! Every stage draws from a generator of its own, seeded from the one seed, so that a change in one leaves the others as they were.
#![allow(
    clippy::disallowed_methods,
    reason = "an example writes inputs; only the program's outputs go through outputs.rs"
)]

mod absences;
mod calendar;
mod changes;
mod frame;
mod homework;
mod journal;
mod lessons;
mod marks;
mod papers;
mod people;
mod plans;
mod school;
mod shape;
mod staffing;
mod subjects;
mod table;
mod term_marks;
mod timetable;
mod topics;
mod words;
mod workbook;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use fastrand::Rng;

use school::School;
pub(crate) use shape::Kind;
use shape::Shape;
use table::Table;

/// Tables that a school keeps as sheets of one workbook.
const IN_WORKBOOK: [&str; 7] =
    ["pupils", "enrolment", "staff", "classes", "subjects", "courses", "curriculum"];

/// The year in which the last school year begins.
const LAST: i16 = 2025;

/// Writes the year 2025-2026 of a school into a folder and returns a line that says what was written.
///
/// # Errors
/// When the folder or a file cannot be written.
#[allow(dead_code, reason = "not every program that includes this file writes one year")]
pub(crate) fn write_year(kind: Kind, seed: u64, dir: &Path) -> io::Result<String> {
    let school = School::new(Shape::of(kind), LAST, &mut rng(seed, 0, 1));
    write_of(&school, seed, 0, dir)
}

/// Writes so many years of one school, 2025-2026 the last, each into a folder of its own, and returns their folders.
///
/// # Errors
/// When a folder or a file cannot be written.
#[allow(dead_code, reason = "not every program that includes this file writes several years")]
pub(crate) fn write_years(kind: Kind, seed: u64, count: u16, dir: &Path) -> io::Result<Vec<PathBuf>> {
    let mut folders = Vec::new();
    let mut school: Option<School> = None;
    for (turn, year) in (0..).zip(LAST + 1 - count as i16..=LAST) {
        let mut rng = rng(seed, turn, 1);
        let this = match school {
            None => School::new(Shape::of(kind), year, &mut rng),
            Some(before) => before.later(year, &mut rng),
        };
        let folder = dir.join(&this.cal.title);
        write_of(&this, seed, turn, &folder)?;
        folders.push(folder);
        school = Some(this);
    }
    Ok(folders)
}

/// Returns the generator of a stage of a year.
fn rng(seed: u64, turn: u64, stage: u64) -> Rng {
    Rng::with_seed(seed.wrapping_mul(1_000_003).wrapping_add(1000 * turn + stage))
}

fn write_of(school: &School, seed: u64, turn: u64, dir: &Path) -> io::Result<String> {
    let rng = |stage| rng(seed, turn, stage);
    let timetable = timetable::timetable(school, &mut rng(2));
    let plans = plans::plans(school, &timetable, &mut rng(3));
    let lessons = lessons::lessons(school, &timetable, &plans, &mut rng(4));
    let journal = journal::journal(school, &lessons, &plans, &mut rng(5));
    let mut tables = frame::tables(school, &timetable, &plans);
    tables.extend(papers::tables(school, &mut rng(6)));
    tables.push(changes::changes(school, &lessons, &plans, &journal.samples, &mut rng(7)));
    let summary = summary(school, &journal);
    tables.extend(journal.tables);
    write(school, &tables, &journal.marks, dir)?;
    Ok(summary)
}

fn summary(school: &School, journal: &journal::Journal) -> String {
    let count = |id: &str| journal.tables.iter().filter(|t| t.id == id).map(|t| t.row_count).sum::<usize>();
    let marks: usize = journal.marks.iter().map(|t| t.row_count).sum();
    format!(
        "{}: {} classes, {} pupils, {} staff, {} courses, {} lessons, {marks} marks, {} absences",
        school.shape.short,
        school.classes.len(),
        school.pupils.len(),
        school.staff.len(),
        school.courses.len(),
        count("lessons"),
        count("attendance"),
    )
}

fn write(school: &School, tables: &[Table], marks: &[Table; 4], dir: &Path) -> io::Result<()> {
    fs::create_dir_all(dir.join("marks"))?;
    fs::write(dir.join("school.toml"), frame::school_toml(school))?;
    let (mut book, mut plans) = (Vec::new(), Vec::new());
    for table in tables {
        match table.id {
            id if IN_WORKBOOK.contains(&id) => book.push(table),
            "lesson_plans" if school.shape.plans_in_workbook => plans.push(table),
            // As an office program of the country saves it.
            "homework" => {
                let text = table.csv(';', "\r\n");
                fs::write(dir.join("homework.csv"), encoding_rs::WINDOWS_1251.encode(&text).0)?;
            }
            id => fs::write(dir.join(format!("{id}.csv")), table.csv(',', "\n"))?,
        }
    }
    for (quarter, table) in (1..).zip(marks) {
        fs::write(dir.join(format!("marks/{quarter} четверть.csv")), table.csv(',', "\n"))?;
    }
    book.sort_by_key(|t| IN_WORKBOOK.iter().position(|id| *id == t.id));
    fs::write(dir.join("Школа.xlsx"), workbook::workbook(&book)?)?;
    if !plans.is_empty() {
        fs::write(dir.join("КТП.xlsx"), workbook::workbook(&plans)?)?;
    }
    Ok(())
}
