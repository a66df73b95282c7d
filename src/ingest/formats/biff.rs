//! The stream inside an XLS (BIFF, [MS-XLS] 2.1): how far apart the cells of its sheets are.
//!
//! The library allocates the rectangle around all cells of a sheet; two damaged numbers make it gigabytes.

use super::ole;

/// Record types ([MS-XLS] 2.3).
const BOUND_SHEET: u16 = 0x0085;
const END: u16 = 0x000A;
const DIMENSIONS: u16 = 0x0200;
const MULTIPLE_NUMBERS: u16 = 0x00BD;
/// Records of one cell: they begin with its row and column.
const CELLS: [u16; 8] = [0x0006, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E];

/// Returns whether some sheet of an XLS spans more cells than are read. A file that is not an XLS is left to
/// its reader.
pub(super) fn is_bomb(bytes: &[u8], most_cells: usize) -> bool {
    let is_wide = |stream: &Vec<u8>| {
        let sheets = records(stream).take_while(|(kind, _)| *kind != END);
        let starts = sheets.filter(|(kind, _)| *kind == BOUND_SHEET).filter_map(|(_, data)| number(data, 0));
        starts.filter_map(|start| stream.get(start..)).any(|sheet| spans_more(sheet, most_cells))
    };
    ole::streams(bytes, &["Workbook", "Book"]).iter().any(is_wide)
}

/// Returns whether an XLS is encrypted: its records after this one cannot be read ([MS-XLS] 2.4.117).
pub(super) fn is_locked(bytes: &[u8]) -> bool {
    const FILE_PASS: u16 = 0x002F;
    let streams = ole::streams(bytes, &["Workbook", "Book"]);
    let has_lock = |stream: &Vec<u8>| {
        records(stream).take_while(|(kind, _)| *kind != END).any(|(kind, _)| kind == FILE_PASS)
    };
    streams.iter().any(has_lock)
}

/// Walks the records of a stream up to a truncated one: type and data.
fn records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let (kind, length) = (short(rest, 0)?, short(rest, 2)?);
        let data = rest.get(4..4 + usize::from(length))?;
        rest = rest.get(4 + usize::from(length)..)?;
        Some((kind, data))
    })
}

fn spans_more(sheet: &[u8], most_cells: usize) -> bool {
    let mut corners: Option<[usize; 4]> = None;
    let mut add = |row: u16, column: u16| {
        let (row, column) = (usize::from(row), usize::from(column));
        let [top, left, bottom, right] = corners.unwrap_or([row, column, row, column]);
        let wider = [top.min(row), left.min(column), bottom.max(row), right.max(column)];
        corners = Some(wider);
        (wider[2] - wider[0] + 1) * (wider[3] - wider[1] + 1)
    };
    // Charts inside a sheet end before it does; their records are checked too.
    let mut depth = 0usize;
    for (kind, data) in records(sheet) {
        let cell = short(data, 0).zip(short(data, 2));
        let area = match kind {
            0x0809 => {
                depth += 1;
                0
            }
            END if depth <= 1 => return false,
            END => {
                depth -= 1;
                0
            }
            DIMENSIONS => promised(data),
            MULTIPLE_NUMBERS => match (cell, data.len().checked_sub(2).and_then(|at| short(data, at))) {
                (Some((row, first)), Some(last)) => add(row, first).max(add(row, last)),
                _ => 0,
            },
            kind if CELLS.contains(&kind) => cell.map_or(0, |(row, column)| add(row, column)),
            _ => 0,
        };
        if area > most_cells {
            return true;
        }
    }
    false
}

/// Returns the cells that the library allocates in advance ([MS-XLS] 2.4.90). Rows that end before they begin
/// count as too many.
fn promised(data: &[u8]) -> usize {
    let rows_and_columns = match data.len() {
        10 => [0, 2, 4, 6].map(|at| short(data, at).map(usize::from)),
        14 | 16 => [
            number(data, 0),
            number(data, 4),
            short(data, 8).map(usize::from),
            short(data, 10).map(usize::from),
        ],
        _ => return 0,
    };
    let [Some(top), Some(bottom), Some(left), Some(right)] = rows_and_columns else { return 0 };
    if bottom == 0 || right == 0 {
        return 0;
    }
    let left = if left > 0xFF || right < left { 0 } else { left };
    // The ends are one after the last row and column.
    let rows = bottom.checked_sub(top).unwrap_or(usize::MAX);
    rows.saturating_mul(right - left)
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2).map(|two| u16::from_le_bytes([two[0], two[1]]))
}

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..at + 4)?;
    usize::try_from(u32::from_le_bytes([four[0], four[1], four[2], four[3]])).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).expect("a short record");
        [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
    }

    fn cell(row: u16, column: u16) -> Vec<u8> {
        record(0x0203, &[&row.to_le_bytes()[..], &column.to_le_bytes(), &[0; 10]].concat())
    }

    #[test]
    fn the_rectangle_around_all_cells_counts_and_so_does_the_promised_one() {
        let sheet =
            |records: &[Vec<u8>]| [record(0x0809, &[0; 4]), records.concat(), record(END, &[])].concat();
        assert!(!spans_more(&sheet(&[cell(0, 0), cell(99, 9)]), 1000));
        assert!(spans_more(&sheet(&[cell(0, 0), cell(100, 9)]), 1000));
        assert!(spans_more(&sheet(&[cell(65_535, 0), cell(0, 65_535)]), 20_000_000));
        let wide = record(MULTIPLE_NUMBERS, &[&[1, 0, 0, 0][..], &[0; 6], &[0xFF, 0xFF]].concat());
        assert!(spans_more(&sheet(&[wide]), 1000));
        let promise = |top: u32, bottom: u32| {
            record(
                DIMENSIONS,
                &[&top.to_le_bytes()[..], &bottom.to_le_bytes(), &[0, 0, 10, 0, 0, 0]].concat(),
            )
        };
        assert!(!spans_more(&sheet(&[promise(0, 100)]), 1000));
        assert!(spans_more(&sheet(&[promise(0, 101)]), 1000) && spans_more(&sheet(&[promise(5, 3)]), 1000));
        // Records after the end of the sheet belong to another.
        assert!(!spans_more(&[sheet(&[cell(0, 0)]), cell(9999, 9)].concat(), 1000));
    }

    #[test]
    fn records_that_are_cut_off_end_the_walk() {
        let whole = [cell(1, 1), cell(2, 2)].concat();
        for length in 0..whole.len() {
            assert!(records(&whole[..length]).count() < 2, "{length}");
        }
        assert_eq!(records(&whole).count(), 2);
    }
}
