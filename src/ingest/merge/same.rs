//! When a row of a table equals one of another file, and when two cells mean the same.

use crate::ingest::aliases::Aliases;
use crate::ingest::raw::Cell;
use crate::ingest::tables::Placed;
use crate::ingest::{cells, parse};
use crate::model::schema::{Column, Kind, schema_of};
use crate::model::{Table, Text};

/// One way in which rows are equal.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sameness {
    /// The columns that must agree; none means all.
    columns: &'static [&'static str],
    /// The columns are the record's id: no file has it twice.
    pub(super) is_id: bool,
    /// Only rows of different systems: each has ids of its own.
    pub(super) between_systems: bool,
}

const fn id(columns: &'static [&'static str]) -> Sameness {
    Sameness { columns, is_id: true, between_systems: false }
}

const fn natural(columns: &'static [&'static str]) -> Sameness {
    Sameness { columns, is_id: false, between_systems: false }
}

const MARKS: &[Sameness] = &[
    id(&["mark_id"]),
    Sameness { columns: &["lesson_id", "pupil_id"], is_id: false, between_systems: true },
];

/// Returns the ways in which rows of a table are equal, to be tried in this order.
pub(super) fn of(table: Table) -> &'static [Sameness] {
    match table {
        Table::Staff => &[const { id(&["staff_id"]) }],
        Table::Terms => &[const { id(&["term_id"]) }],
        Table::Subjects => &[const { id(&["subject_id"]) }],
        Table::Classes => &[const { id(&["class_id"]) }],
        Table::Pupils => &[const { id(&["pupil_id"]) }],
        Table::Groups => &[const { id(&["group_id"]) }],
        Table::Courses => &[const { id(&["course_id"]) }],
        Table::Lessons => &[const { id(&["lesson_id"]) }],
        Table::Works => &[const { id(&["work_id"]) }],
        Table::Marks => MARKS,
        Table::Homework => &[const { natural(&["lesson_id", "pupil_id"]) }],
        Table::Attendance => &[const { natural(&["lesson_id", "pupil_id"]) }],
        Table::AbsenceRegister => &[const { natural(&["date", "pupil_id"]) }],
        Table::TermMarks => &[const { natural(&["pupil_id", "subject_id", "term_id", "kind"]) }],
        Table::LessonPlans => &[const { natural(&["course_id", "seq"]) }],
        Table::Curriculum => {
            &[const { natural(&["subject_id", "class_id", "group_id", "pupil_id", "term_id"]) }]
        }
        _ => &[const { natural(&[]) }],
    }
}

impl Sameness {
    /// Returns whether a column is one of those that must agree.
    pub(super) fn has(&self, column: &str) -> bool {
        self.columns.is_empty() || self.columns.contains(&column)
    }

    /// Returns the owner of a row: rows of one owner are not compared.
    pub(super) fn owner<'a>(&self, placed: &'a Placed) -> &'a str {
        if self.between_systems { &placed.positions.1.system } else { &placed.sheet.origin.file }
    }

    /// Returns whether the rows are steps of one record, each with its moment: the last one counts, and all
    /// are kept.
    pub(super) fn is_history(&self, table: Table, rows: &[&[Text]]) -> bool {
        let moment = schema_of(table).columns.iter().position(|column| column.id == "recorded_at");
        let (Some(moment), Table::TermMarks) = (moment, table) else { return false };
        let is_dated = rows.iter().all(|row| !row[moment].is_empty());
        is_dated && rows.windows(2).any(|pair| pair[0][moment] != pair[1][moment])
    }
}

/// Returns what a cell means, in one spelling: dates, numbers and flags as such, ids as the aliases have them.
pub(super) fn meaning(column: &Column, cell: Cell<'_>, aliases: &Aliases, source: (&str, &str)) -> Text {
    let plain = cell.to_text();
    if plain.is_empty() || (!column.required && parse::is_blank(&plain)) {
        return Text::new();
    }
    let typed = match column.kind {
        Kind::Date => cells::date(cell).map(|date| date.to_string()),
        Kind::Moment => cells::moment(cell).map(|moment| moment.to_string()),
        Kind::Time => cells::time(cell).map(|time| time.to_string()),
        Kind::Whole | Kind::Decimal => cells::number(cell).map(|number| number.to_string()),
        Kind::Flag => cells::flag(cell).map(|flag| flag.to_string()),
        Kind::Text => return text(column, plain, aliases, source),
    };
    typed.map_or(plain, Text::from)
}

fn text(column: &Column, plain: Text, aliases: &Aliases, source: (&str, &str)) -> Text {
    let class = |name: &str| {
        let alias = aliases.by_name(Table::Classes, name, "", source);
        alias.cloned().unwrap_or_else(|| parse::class_name(name))
    };
    match column.id {
        "class_id" => class(&plain),
        "class_ids" => parse::list(&plain).map(class).collect::<Vec<_>>().join(";").into(),
        // Codes are read in either case.
        "value" | "reason" | "status" | "kind" => plain.to_lowercase(),
        _ => match column.refers {
            Some(table) => aliases.by_id(table, &plain, source).cloned().unwrap_or(plain),
            None => plain,
        },
    }
}
