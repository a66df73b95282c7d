//! Finds the table of a sheet and the positions of its columns.

use super::header::find;
use super::placed::Placed;
use super::{names, twice};
use crate::base::nearest::nearest;
use crate::base::problems::ProblemSeverity;
use crate::base::said::{Said, said};
use crate::base::source::Origin;
use crate::ingest::parse;
use crate::ingest::positions::Positions;
use crate::ingest::problems::{Problems, Spot};
use crate::ingest::raw::{RawSheet, RowCells, Rows};
use crate::ingest::trust::TABLES as TABLES_SYSTEM;
use crate::model::Table;
use crate::model::schema::{Column, TABLES, TableSchema, schema_of};

/// How many rows are searched for a header: people put titles, addresses and orders on top.
const HEADER_WITHIN: usize = 50;

/// Finds the table of a sheet, or reports why it is skipped.
pub(crate) fn place<'a>(sheet: RawSheet<'a>, among: Among, problems: &mut Problems) -> Option<Placed<'a>> {
    let Some(table) = names::table_of(&sheet.origin, among.is_only) else {
        if !is_blank(&sheet) {
            names::unknown_sheet(&sheet.origin, like(&sheet), among.is_missed, problems);
        }
        return None;
    };
    place_as(table, sheet, TABLES_SYSTEM, problems)
}

/// What the other sheets of the file show about a sheet.
#[derive(Clone, Copy)]
pub(crate) struct Among {
    /// No other sheet has a row, so the file's name is the sheet's.
    is_only: bool,
    /// The file is named after a table, but none of its sheets is.
    is_missed: bool,
}

impl Among {
    pub(crate) fn of(path: &str, sheets: &[RawSheet]) -> Self {
        let is_only = sheets.iter().filter(|sheet| !is_blank(sheet)).count() == 1;
        let is_named = |sheet: &RawSheet| names::table_of(&sheet.origin, is_only).is_some();
        Self { is_only, is_missed: names::is_named_as_table(path) && !sheets.iter().any(is_named) }
    }
}

fn is_blank(sheet: &RawSheet) -> bool {
    let mut is_blank = true;
    let _ = sheet.rows.walk(|_, row| {
        is_blank = row.is_blank();
        is_blank
    });
    is_blank
}

/// Returns the table that has all of a sheet's headers, if exactly one does.
fn like(sheet: &RawSheet) -> Option<&'static TableSchema> {
    let has_all = |schema: &&TableSchema| {
        let required = schema.columns.iter().filter(|column| column.required);
        let header = header(sheet, schema).map(|(_, header)| header).unwrap_or_default();
        let mut count = 0;
        let all =
            required.inspect(|_| count += 1).all(|column| find(&header, column.id, column.title).is_some());
        all && count > 2
    };
    let mut found = TABLES.iter().filter(has_all);
    found.next().filter(|_| found.next().is_none())
}

/// Finds the columns of a sheet whose table is known.
pub(crate) fn place_as<'a>(
    table: Table,
    mut sheet: RawSheet<'a>,
    system: &str,
    problems: &mut Problems,
) -> Option<Placed<'a>> {
    let schema = schema_of(table);
    number_apart(&mut sheet.rows);
    let Some((header_row, header)) = header(&sheet, schema) else {
        no_header(&sheet, problems);
        return None;
    };
    let mut places: Vec<Option<usize>> =
        schema.columns.iter().map(|column| find(&header, column.id, column.title)).collect();
    let twice = twice::find(&sheet, header_row, (&header, schema), &mut places, problems);
    let known: Vec<Option<usize>> = places.iter().copied().chain(twice.known()).collect();
    report_unknown(&sheet.origin, header_row, (&header, schema), &known, problems);
    if report_missing(&sheet.origin, header_row, (&header, schema), &places, problems) {
        return None;
    }
    let origin = sheet.origin.clone();
    let positions =
        Positions { columns: schema.columns, places, origin, origin_index: 0, system: system.into() };
    Some(Placed { sheet, positions: (table, positions), header_row, width: header.len(), twice })
}

/// Rows of a page may be on one line. Then they are numbered in table order, because the header could not be
/// told from the rows below it.
fn number_apart(rows: &mut Rows<'_>) {
    let Rows::Grid(rows) = rows else { return };
    if !rows.is_sorted_by(|one, next| one.0 < next.0) {
        for (number, (row, _)) in (1..).zip(rows) {
            *row = number;
        }
    }
}

/// Returns the first row with the most known columns, folded for comparison; `None` if no row has any, so
/// there is no header.
fn header(sheet: &RawSheet, schema: &TableSchema) -> Option<(u32, Vec<String>)> {
    let mut best: Option<(usize, u32, Vec<String>)> = None;
    let mut seen = 0;
    let walked = sheet.rows.walk(|number, row| {
        if row.is_blank() {
            return true;
        }
        let names = folded(&row);
        let known =
            schema.columns.iter().filter(|column| find(&names, column.id, column.title).is_some()).count();
        if known > best.as_ref().map_or(0, |(most, _, _)| *most) {
            best = Some((known, number, names));
        }
        seen += 1;
        seen < HEADER_WITHIN
    });
    // An unreadable line is reported when the rows are read.
    let _ = walked;
    best.map(|(_, number, names)| (number, names))
}

fn folded(row: &RowCells<'_>) -> Vec<String> {
    // The forms of `letopis init` put an asterisk after a required column's title.
    let fold =
        |position| parse::header(&row.cell(position).to_text()).trim_end_matches([' ', '*']).to_owned();
    (0..row.len()).map(fold).collect()
}

/// Unknown columns that are named; a file of another kind may have thousands.
const MOST_NAMED: usize = 30;

fn report_unknown(
    origin: &Origin,
    row: u32,
    (header, schema): (&[String], &TableSchema),
    places: &[Option<usize>],
    problems: &mut Problems,
) {
    let unknown =
        header.iter().enumerate().filter(|(place, name)| !name.is_empty() && !places.contains(&Some(*place)));
    let count = unknown.clone().count();
    let mut names: Vec<String> = unknown
        .take(MOST_NAMED)
        .map(|(_, name)| match similar(name, schema, places) {
            Some(column) => format!("{name} (возможно, «{}»)", column.title),
            None => name.clone(),
        })
        .collect();
    if names.is_empty() {
        return;
    }
    if count > MOST_NAMED {
        names.push(format!("… (всего {count})"));
    }
    let names = names.join(", ");
    let message = said!(
        "столбцы не из формата обмена, в расчёт не взяты: {names}",
        "columns outside the exchange format, not used: {names}"
    );
    let hint = said!(
        "ничего делать не нужно, если они не нужны; опечатку исправьте в заголовке",
        "nothing needs doing unless they matter; mend a misspelt header"
    );
    // Formats without a header row have row 0.
    let spot = Spot { row: (row > 0).then_some(row), ..Spot::default() };
    problems.add("J202", ProblemSeverity::Notice, (origin, spot), message, hint);
}

fn report_missing(
    origin: &Origin,
    row: u32,
    (header, schema): (&[String], &TableSchema),
    places: &[Option<usize>],
    problems: &mut Problems,
) -> bool {
    let missing =
        schema.columns.iter().zip(places).filter(|(column, place)| column.required && place.is_none());
    let mut is_any = false;
    for (column, _) in missing {
        is_any = true;
        let message = Said::new(
            format!(
                "нет обязательного столбца {} («{}»): файл оставлен без внимания",
                column.id, column.title
            ),
            format!("required column {} is missing: the file was passed over", column.id),
        );
        let unused = header.iter().enumerate().filter(|(place, _)| !places.contains(&Some(*place)));
        let near = unused.map(|(_, name)| name.as_str()).find(|name| is_like(name, column));
        let hint = match near {
            Some(name) => said!(
                "возможно, это столбец «{name}»: исправьте его заголовок",
                "perhaps it is column \"{name}\": mend its header"
            ),
            None => said!("добавьте столбец с таким заголовком", "add a column with this header"),
        };
        let row = (row > 0).then_some(row);
        let spot = Spot { row, column: column.id.to_owned(), value: String::new() };
        problems.add("J201", ProblemSeverity::Error, (origin, spot), message, hint);
    }
    is_any
}

/// Returns the missing column most similar to an unknown name.
fn similar(name: &str, schema: &TableSchema, places: &[Option<usize>]) -> Option<&'static Column> {
    let free = schema.columns.iter().zip(places).filter(|(_, place)| place.is_none());
    free.map(|(column, _)| column).find(|column| is_like(name, column))
}

fn is_like(name: &str, column: &Column) -> bool {
    let title = parse::header(column.title);
    !name.is_empty() && nearest(name, [column.id, title.as_str()].into_iter()).is_some()
}

fn no_header(sheet: &RawSheet, problems: &mut Problems) {
    let message = if is_blank(sheet) {
        said!(
            "нет строки заголовков: файл или лист пуст",
            "there is no header row: the file or sheet is empty"
        )
    } else {
        said!(
            "среди первых {HEADER_WITHIN} строк с текстом нет строки заголовков столбцов",
            "none of the first {HEADER_WITHIN} rows with text is a header row"
        )
    };
    let hint = said!(
        "проверьте выгрузку: над таблицей должны стоять названия столбцов, например pupil_id или «Код ученика»",
        "check the export: the names of columns, such as pupil_id, have to stand above the table"
    );
    problems.add("J203", ProblemSeverity::Error, (&sheet.origin, Spot::default()), message, hint);
}
