//! Which table a sheet is, and where its columns stand.

use super::Placed;
use crate::findings::ProblemSeverity;
use crate::ingest::nearest::nearest;
use crate::ingest::parse;
use crate::ingest::positions::Positions;
use crate::ingest::problems::{Problems, Spot, words};
use crate::ingest::raw::{RawSheet, RowCells};
use crate::ingest::schema::{Column, TABLES, TableSchema, schema_of};
use crate::ingest::trust::TABLES as TABLES_SYSTEM;
use crate::model::Table;
use crate::source::Origin;

/// Above which row a header is looked for: people put a title line or two on top.
const HEADER_WITHIN: usize = 10;

/// Places a sheet, or says why it is passed over.
pub(super) fn place<'a>(
    sheet: RawSheet<'a>,
    has_sheets: bool,
    problems: &mut Problems,
) -> Option<Placed<'a>> {
    let Some(table) = table_of(&sheet.origin, has_sheets) else {
        unknown_sheet(&sheet.origin, problems);
        return None;
    };
    place_as(table, sheet, TABLES_SYSTEM, problems)
}

/// Places a sheet whose table is known.
pub(super) fn place_as<'a>(
    table: Table,
    sheet: RawSheet<'a>,
    system: &str,
    problems: &mut Problems,
) -> Option<Placed<'a>> {
    let schema = schema_of(table);
    let Some((header_row, header)) = header(&sheet, schema) else {
        no_header(&sheet.origin, problems);
        return None;
    };
    let places: Vec<Option<usize>> =
        schema.columns.iter().map(|column| find(&header, column.id, column.title)).collect();
    report_unknown(&sheet.origin, header_row, (&header, schema), &places, problems);
    if report_missing(&sheet.origin, header_row, (&header, schema), &places, problems) {
        return None;
    }
    let origin = sheet.origin.clone();
    let positions =
        Positions { columns: schema.columns, places, origin, origin_index: 0, system: system.into() };
    Some(Placed { sheet, positions: (table, positions), header_row })
}

fn table_of(origin: &Origin, has_sheets: bool) -> Option<Table> {
    if has_sheets {
        return named(&origin.sheet);
    }
    let mut parts = origin.file.rsplit('/');
    let stem = parts.next().and_then(|name| name.split('.').next()).unwrap_or("");
    // `marks.2.csv` and `marks/5А.csv` are both `marks`.
    named(stem).or_else(|| parts.next().and_then(named))
}

fn named(name: &str) -> Option<Table> {
    let name = parse::header(name);
    Table::parse(&name).or_else(|| {
        TABLES.iter().find(|schema| parse::header(schema.title) == name).map(|schema| schema.table)
    })
}

/// Returns the row with most known columns among the first ones, folded for comparison.
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
        if best.as_ref().is_none_or(|(most, _, _)| known > *most) {
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
    // The forms of `letopis init` put an asterisk behind a required column's title.
    let fold =
        |position| parse::header(&row.cell(position).to_text()).trim_end_matches([' ', '*']).to_owned();
    (0..row.len()).map(fold).collect()
}

fn find(header: &[String], id: &str, title: &str) -> Option<usize> {
    let title = parse::header(title);
    header.iter().position(|name| name == id).or_else(|| header.iter().position(|name| *name == title))
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
    let message = words(
        format!("столбцы не из формата обмена, в расчёт не взяты: {names}"),
        format!("columns outside the exchange format, not used: {names}"),
    );
    let hint = words(
        "ничего делать не нужно, если они не нужны; опечатку исправьте в заголовке",
        "nothing needs doing unless they matter; mend a misspelt header",
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
        let message = words(
            format!(
                "нет обязательного столбца {} («{}»): файл оставлен без внимания",
                column.id, column.title
            ),
            format!("required column {} is missing: the file was passed over", column.id),
        );
        let unused = header.iter().enumerate().filter(|(place, _)| !places.contains(&Some(*place)));
        let near = unused.map(|(_, name)| name.as_str()).find(|name| is_like(name, column));
        let hint = match near {
            Some(name) => words(
                format!("возможно, это столбец «{name}»: исправьте его заголовок"),
                format!("perhaps it is column \"{name}\": mend its header"),
            ),
            None => words("добавьте столбец с таким заголовком", "add a column with this header"),
        };
        let row = (row > 0).then_some(row);
        let spot = Spot { row, column: column.id.to_owned(), value: String::new() };
        problems.add("J201", ProblemSeverity::Error, (origin, spot), message, hint);
    }
    is_any
}

/// Returns the column, not yet found in the header, that an unknown name is most like.
fn similar(name: &str, schema: &TableSchema, places: &[Option<usize>]) -> Option<&'static Column> {
    let free = schema.columns.iter().zip(places).filter(|(_, place)| place.is_none());
    free.map(|(column, _)| column).find(|column| is_like(name, column))
}

fn is_like(name: &str, column: &Column) -> bool {
    let title = parse::header(column.title);
    !name.is_empty() && nearest(name, [column.id, title.as_str()].into_iter()).is_some()
}

/// Returns the table whose name or title a sheet's or file's name is most like.
fn similar_table(origin: &Origin) -> Option<&'static TableSchema> {
    let name = if origin.sheet.is_empty() {
        origin.file.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or("")
    } else {
        &origin.sheet
    };
    let name = parse::header(name);
    let titles: Vec<String> = TABLES.iter().map(|schema| parse::header(schema.title)).collect();
    let known = titles.iter().map(String::as_str).chain(TABLES.iter().map(|schema| schema.table.id()));
    let near = nearest(&name, known)?;
    let is_it = |(schema, title): &(&TableSchema, &String)| schema.table.id() == near || *title == near;
    TABLES.iter().zip(&titles).find(is_it).map(|(schema, _)| schema)
}

fn unknown_sheet(origin: &Origin, problems: &mut Problems) {
    let message = words(
        "имя не совпадает ни с одной таблицей формата обмена",
        "the name is that of no table of the exchange format",
    );
    let hint = match similar_table(origin) {
        Some(schema) => words(
            format!("возможно, это «{}» ({}): исправьте имя", schema.title, schema.table.id()),
            format!("perhaps it is {}: mend the name", schema.table.id()),
        ),
        None => words(
            "назовите файл или лист по таблице, например marks",
            "name the file or sheet after its table, such as marks",
        ),
    };
    problems.add("J105", ProblemSeverity::Notice, (origin, Spot::default()), message, hint);
}

fn no_header(origin: &Origin, problems: &mut Problems) {
    let message = words(
        "нет строки заголовков: файл или лист пуст",
        "there is no header row: the file or sheet is empty",
    );
    let hint = words("проверьте выгрузку", "check the export");
    problems.add("J203", ProblemSeverity::Error, (origin, Spot::default()), message, hint);
}
