//! Attendance and absences of the school, its levels, parallels and classes.

use super::super::lists::{Lists, key};
use super::super::pages::{Page, Pages, WHOLES, kind, number};
use super::absences::ABSENCES;
use crate::render::workbook::{Cell, Column, Row, Sheet};
use crate::stats::{Figure, Scope};

pub(super) const ATTENDANCE: Page = Page {
    name: "Посещаемость",
    said: "уроки к посещению, посещённые и пропущенные, по причинам",
    has_names: false,
    make: attendance,
};

const PRESENCE_COLUMNS: [Column; 7] = [
    Column::new("Уроков к посещению", 13.0),
    Column::new("Посещено", 11.0),
    Column::new("Посещаемость, %", 14.0),
    Column::new("Пропущено всего", 11.0),
    Column::new("по болезни (б)", 11.0),
    Column::new("по уважительной причине (ну)", 15.0),
    Column::new("без уважительной причины (н)", 15.0),
];

fn attendance(pages: &Pages<'_>, lists: &mut Lists) -> Sheet {
    let scopes = WHOLES.into_iter().chain([Scope::Class]);
    let figures = scopes.flat_map(|scope| pages.term.overall("attendance", scope));
    let row = |figure: &Figure| {
        let mut cells = vec![Cell::text(kind(figure.scope)), Cell::text(pages.whole(figure))];
        cells.push(number(figure.denominator, Cell::Count));
        cells.push(number(figure.numerator, Cell::Count));
        cells.push(number(figure.value, Cell::Decimal));
        cells.push(missed(pages, lists, figure, "absence_lessons"));
        cells.extend(
            ["absence_б", "absence_ну", "absence_н"].map(|metric| missed(pages, lists, figure, metric)),
        );
        Row { cells, is_total: figure.scope == Scope::School }
    };
    let mut columns = vec![Column::new("Что", 12.0), Column::new("Охват", 16.0)];
    columns.extend(PRESENCE_COLUMNS);
    pages.sheet(ATTENDANCE.name, "Посещаемость и пропуски уроков", columns, figures.map(row))
}

/// Returns lessons missed: all of them lead to the lessons, those for a reason to the pupils who missed.
fn missed(pages: &Pages<'_>, lists: &Lists, figure: &Figure, metric: &'static str) -> Cell {
    let Some(value) = pages.term.beside(figure, metric).and_then(|one| one.value) else { return Cell::Empty };
    let (scope, id) = (figure.scope, figure.scope_id.as_str());
    let what = if metric == "absence_lessons" { "missed" } else { metric };
    let pupils = key("absent", scope, id);
    lists.count_or_sum(value.round().max(0.0) as usize, &key(what, scope, id), (ABSENCES.name, &pupils))
}
