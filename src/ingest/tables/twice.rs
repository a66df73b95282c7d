//! Columns that a header has twice: only the school knows which of them is right.

use super::header::find as place_of;
use crate::base::problems::ProblemSeverity;
use crate::base::said::{Said, said};
use crate::base::source::Origin;
use crate::ingest::problems::{Problems, Spot};
use crate::ingest::raw::{RawSheet, RowCells};
use crate::model::schema::{Column, TableSchema};

/// The columns that a sheet has more than once.
#[derive(Default)]
pub(super) struct Twice {
    /// A column, the position where it is read, and its other position.
    columns: Vec<(&'static Column, usize, usize)>,
    equal: Vec<usize>,
}

impl Twice {
    /// Returns the positions that are not unknown columns.
    pub(super) fn known(&self) -> impl Iterator<Item = Option<usize>> {
        self.columns.iter().map(|(_, _, other)| *other).chain(self.equal.iter().copied()).map(Some)
    }

    /// Reports that the two cells of a row differ; false if they agree and the row can be read.
    pub(super) fn differs(
        &self,
        (row, number): (&RowCells<'_>, u32),
        origin: &Origin,
        problems: &mut Problems,
    ) -> bool {
        let mut differs = false;
        for (column, place, other) in &self.columns {
            let (one, two) = (row.cell(*place).to_text(), row.cell(*other).to_text());
            if one != two {
                differs = true;
                let spot =
                    Spot { row: Some(number), column: column.id.to_owned(), value: format!("{one} / {two}") };
                let message = Said::new(
                    format!(
                        "столбец «{}» стоит дважды, и в строке разные значения: «{one}» и «{two}»",
                        column.title
                    ),
                    format!(
                        "column {} stands twice, and the row has both \"{one}\" and \"{two}\"",
                        column.id
                    ),
                );
                problems.add("J204", ProblemSeverity::Error, (origin, spot), message, hint());
            }
        }
        differs
    }
}

fn hint() -> Said {
    said!(
        "оставьте в файле один из столбцов, другому дайте своё название",
        "leave one of the columns, give the other a name of its own"
    )
}

/// Finds the columns that occur twice. A completely empty one does not count; two that always agree are one.
pub(super) fn find(
    sheet: &RawSheet,
    header_row: u32,
    (header, schema): (&[String], &'static TableSchema),
    places: &mut [Option<usize>],
    problems: &mut Problems,
) -> Twice {
    let mut twice = Twice::default();
    for (column, place) in schema.columns.iter().zip(places) {
        let Some(first) = *place else { continue };
        let rest: Vec<String> = header
            .iter()
            .enumerate()
            .map(|(at, name)| if at == first { String::new() } else { name.clone() })
            .collect();
        let Some(other) = place_of(&rest, column.id, column.title) else { continue };
        match compared(sheet, header_row, first, other) {
            Compared::SecondEmpty => twice.equal.push(other),
            Compared::FirstEmpty => {
                *place = Some(other);
                twice.equal.push(first);
            }
            Compared::Equal => {
                let spot = Spot {
                    row: Some(header_row).filter(|row| *row > 0),
                    column: column.id.to_owned(),
                    value: String::new(),
                };
                let message = Said::new(
                    format!("столбец «{}» стоит дважды, значения одинаковы: прочитан один", column.title),
                    format!("column {} stands twice with the same values: one was read", column.id),
                );
                problems.add("J204", ProblemSeverity::Notice, (&sheet.origin, spot), message, hint());
                twice.equal.push(other);
            }
            Compared::Different => twice.columns.push((column, first, other)),
        }
    }
    twice
}

enum Compared {
    Equal,
    FirstEmpty,
    SecondEmpty,
    Different,
}

fn compared(sheet: &RawSheet, header_row: u32, first: usize, other: usize) -> Compared {
    let (mut equal, mut no_first, mut no_second) = (true, true, true);
    let _ = sheet.rows.walk(|number, row| {
        if number > header_row {
            let (one, two) = (row.cell(first).to_text(), row.cell(other).to_text());
            equal &= one == two;
            no_first &= one.is_empty();
            no_second &= two.is_empty();
        }
        equal || no_first || no_second
    });
    match (equal, no_first, no_second) {
        (_, _, true) => Compared::SecondEmpty,
        (_, true, _) => Compared::FirstEmpty,
        (true, ..) => Compared::Equal,
        _ => Compared::Different,
    }
}
