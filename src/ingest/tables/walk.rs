//! Walks the rows of a table's sheets into the journal and counts the rows kept.

use std::sync::Arc;

use super::chosen::Chosen;
use super::placed::Placed;
use super::rows;
use crate::base::problems::ProblemSeverity;
use crate::base::said::said;
use crate::base::source::Origin;
use crate::ingest::builder::Builder;
use crate::ingest::examples::is_example;
use crate::ingest::problems::{Problems, Spot};
use crate::ingest::raw::RowCells;
use crate::ingest::reading::TableRows;
use crate::ingest::row_limits;
use crate::model::Table;

/// Reads the rows of a table; `None` if it was not given, or only as forms with nothing but examples.
pub(crate) fn read_table(
    table: Table,
    sheets: &[&Placed],
    chosen: &Chosen,
    builder: &mut Builder,
) -> Option<TableRows> {
    let mut counts = TableRows { table, kept: 0, left_out: 0 };
    let mut is_given = false;
    for (index, placed) in sheets.iter().enumerate() {
        let before = counts.kept + counts.left_out;
        let examples = read_sheet((index, placed), chosen, builder, &mut counts);
        if counts.kept + counts.left_out > before || examples == 0 {
            is_given = true;
            note_presence(placed, builder);
        }
        if examples > 0 {
            report_examples(placed, examples, builder);
        }
    }
    is_given.then_some(counts)
}

fn note_presence(placed: &Placed, builder: &mut Builder) {
    let (table, positions) = &placed.positions;
    for (column, _) in positions.columns.iter().zip(&positions.places).filter(|(_, place)| place.is_some()) {
        builder.journal.presence.note(*table, column.id);
    }
}

/// Reads the rows of one sheet and returns how many examples it has.
fn read_sheet(
    (index, placed): (usize, &Placed),
    chosen: &Chosen,
    builder: &mut Builder,
    counts: &mut TableRows,
) -> usize {
    let (table, positions) = &placed.positions;
    let aliases = Arc::clone(&builder.aliases);
    let whole = positions.in_order();
    let (mut examples, mut beyond, most) = (0, 0usize, row_limits::rows(*table));
    rows::reserve(builder, *table, placed.sheet.rows.estimated_len());
    let walked = placed.sheet.rows.walk(|number, row| {
        if number <= placed.header_row || row.is_blank() {
            return true;
        }
        if is_example(&row) {
            examples += 1;
            return true;
        }
        if chosen.skips((index, number)) {
            return true;
        }
        if counts.kept + counts.left_out >= most {
            counts.left_out += 1;
            beyond += 1;
            return true;
        }
        if !is_readable(placed, (&row, number), &mut builder.problems) {
            counts.left_out += 1;
            return true;
        }
        let (row, positions) = match chosen.filled((index, number)) {
            Some(cells) => (RowCells::Grid(cells), &whole),
            None => (row, positions),
        };
        let is_kept = rows::read_row(builder, *table, (row, number), (positions, &aliases));
        *if is_kept { &mut counts.kept } else { &mut counts.left_out } += 1;
        true
    });
    if beyond > 0 {
        report_beyond(placed, (beyond, most), builder);
    }
    if let Err((row, error)) = walked {
        let spot = Spot { row: Some(row), ..Spot::default() };
        let message = said!("строка не читается: {error}", "the line cannot be read: {error}");
        builder.problems.add(
            "J103",
            ProblemSeverity::Error,
            (&positions.origin, spot),
            message,
            said!("выгрузите файл снова", "export the file again"),
        );
    }
    examples
}

fn report_beyond(placed: &Placed, (count, most): (usize, usize), builder: &mut Builder) {
    let message = said!(
        "в таблице больше {most} строк: не прочитано строк: {count}",
        "the table has more than {most} rows: rows not read: {count}"
    );
    let hint = said!(
        "оставьте строки одного учебного года одной школы",
        "leave the rows of one school year of one school"
    );
    let origin = &placed.sheet.origin;
    builder.problems.add("J116", ProblemSeverity::Error, (origin, Spot::default()), message, hint);
}

/// Returns whether the cells of a row are in their columns and no two contradict each other; reports where
/// not.
#[inline]
fn is_readable(placed: &Placed, (row, number): (&RowCells<'_>, u32), problems: &mut Problems) -> bool {
    let origin = &placed.sheet.origin;
    if row.len() > placed.width && row.is_cut() {
        let extra = (placed.width..row.len()).map(|place| row.cell(place).to_text());
        let extra: Vec<_> = extra.filter(|cell| !cell.is_empty()).collect();
        if !extra.is_empty() {
            too_long(origin, number, &extra.join(" | "), problems);
            return false;
        }
    }
    !placed.twice.differs((row, number), origin, problems)
}

/// A delimiter inside a text shifts every cell after it.
fn too_long(origin: &Origin, number: u32, extra: &str, problems: &mut Problems) {
    let spot = Spot { row: Some(number), value: extra.to_owned(), ..Spot::default() };
    let message = said!(
        "в строке ячеек больше, чем столбцов: лишнее — «{extra}»; строка исключена",
        "the row has more cells than there are columns, \"{extra}\" beyond them; it was left out"
    );
    let hint = said!(
        "возьмите в кавычки текст, внутри которого стоит разделитель столбцов",
        "quote the text in which the delimiter of columns stands"
    );
    problems.add("J312", ProblemSeverity::Error, (origin, spot), message, hint);
}

fn report_examples(placed: &Placed, count: usize, builder: &mut Builder) {
    let message = said!("строк-примеров пропущено: {count}", "example rows passed over: {count}");
    let hint = said!("удалите их, когда они больше не нужны", "delete them once they are no longer needed");
    let origin = &placed.sheet.origin;
    builder.problems.add("J106", ProblemSeverity::Notice, (origin, Spot::default()), message, hint);
}
