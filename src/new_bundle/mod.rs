//! The contents of a new folder by `letopis init`: settings, a workbook with every table, a README. This file
//! writes nothing itself.

mod notes;

use anyhow::Result;
use jiff::civil::date;

use crate::base::files::Document;
use crate::ingest::{EXAMPLE_PREFIX, POLICY_TOML, SCHOOL_TOML, parse};
use crate::model::schema::{Column, Kind, TABLES, TableSchema};
use crate::policy;
use crate::render::workbook::form::{self, Form, FormCell, FormColumn, FormSheet, Look};

/// The workbook of a new bundle.
pub const WORKBOOK: &str = "Журнал.xlsx";
/// The README of a new bundle.
pub const README: &str = "ЧИТАЙ-МЕНЯ.md";

/// Returns the files of a new bundle.
///
/// # Errors
/// When the workbook cannot be made, which is a defect of the program.
pub fn documents() -> Result<Vec<Document>> {
    let sheets = TABLES.iter().map(sheet).collect();
    // Any fixed day: the same program makes the same bytes.
    let form =
        Form {
            title: "Электронный журнал за учебный год".to_owned(), created_on: date(2025, 9, 1), sheets
        };
    Ok(vec![
        Document::new(SCHOOL_TOML, include_str!("school.toml")),
        Document::new(POLICY_TOML, policy::DEFAULT_TEXT),
        Document::new(WORKBOOK, form::write(&form)?),
        Document::new(README, include_str!("readme.md")),
    ])
}

fn sheet(schema: &TableSchema) -> FormSheet {
    let columns = schema.columns.iter().map(|column| FormColumn {
        title: if column.required { format!("{} *", column.title) } else { column.title.to_owned() },
        note: notes::note(column),
        is_required: column.required,
        choices: notes::choices(column),
        look: look(column.kind),
    });
    let example = schema.columns.iter().enumerate().map(|(at, column)| match at {
        // The first cell marks the row as an example, whatever its column holds: readers pass such rows over.
        0 => FormCell::Text(format!("{EXAMPLE_PREFIX} {}", column.example)),
        _ => cell(column, column.example),
    });
    FormSheet { name: schema.title, columns: columns.collect(), example: example.collect() }
}

fn look(kind: Kind) -> Look {
    match kind {
        Kind::Text | Kind::Flag => Look::Text,
        Kind::Whole | Kind::Decimal => Look::Number,
        Kind::Date => Look::Date,
        Kind::Moment => Look::Moment,
        Kind::Time => Look::Time,
    }
}

fn cell(column: &Column, text: &str) -> FormCell {
    let typed = match column.kind {
        Kind::Text | Kind::Flag => None,
        Kind::Whole | Kind::Decimal => parse::decimal(text).map(FormCell::Number),
        Kind::Date => parse::date(text).map(FormCell::Date),
        Kind::Moment => parse::moment(text).map(FormCell::Moment),
        Kind::Time => parse::time(text).map(FormCell::Time),
    };
    match (typed, text) {
        (_, "") => FormCell::Empty,
        (Some(cell), _) => cell,
        (None, text) => FormCell::Text(text.to_owned()),
    }
}
