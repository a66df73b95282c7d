//! A table during writing, column by column.

use jiff::civil::{Date, DateTime, Time};

use crate::ingest::schema::Column;
use crate::model::{Span, Text};

/// One cell in a type of the exchange format.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Out {
    Nothing,
    Text(Text),
    Date(Date),
    Moment(DateTime),
    Time(Time),
    Whole(u32),
    Decimal(f64),
    Flag(bool),
}

/// The written columns, each with its cells.
pub(super) struct Grid {
    pub(super) columns: Vec<(Column, Vec<Out>)>,
    kept: Vec<Option<usize>>,
    next: usize,
}

impl Grid {
    /// Prepares the columns that `is_written` selects; the others are walked and dropped.
    pub(super) fn new(columns: &[Column], is_written: impl Fn(&str) -> bool) -> Self {
        let mut grid = Self { columns: Vec::new(), kept: Vec::new(), next: 0 };
        for column in columns {
            let is_kept = is_written(column.id);
            grid.kept.push(is_kept.then_some(grid.columns.len()));
            if is_kept {
                grid.columns.push((*column, Vec::new()));
            }
        }
        grid
    }

    /// Returns how many rows there are.
    pub(super) fn height(&self) -> usize {
        self.columns.first().map_or(0, |(_, cells)| cells.len())
    }

    /// Adds the next cell of the row, in the order of the table's columns.
    pub(super) fn put(&mut self, cell: Out) -> &mut Self {
        if let Some(index) = self.kept[self.next] {
            self.columns[index].1.push(cell);
        }
        self.next = (self.next + 1) % self.kept.len();
        self
    }

    pub(super) fn text(&mut self, text: impl Into<Text>) -> &mut Self {
        let text = text.into();
        self.put(if text.is_empty() { Out::Nothing } else { Out::Text(text) })
    }

    pub(super) fn maybe<V>(&mut self, value: Option<V>, cell: fn(V) -> Out) -> &mut Self {
        self.put(value.map_or(Out::Nothing, cell))
    }

    pub(super) fn code(&mut self, code: Option<&'static str>) -> &mut Self {
        self.text(code.unwrap_or(""))
    }

    pub(super) fn list<'a>(&mut self, items: impl Iterator<Item = &'a Text>) -> &mut Self {
        let parts: Vec<&str> = items.map(Text::as_str).collect();
        self.text(parts.join(";"))
    }

    /// Adds both ends of a span; an open end is empty.
    pub(super) fn span(&mut self, span: Span) -> &mut Self {
        self.put(if span.from == Date::MIN { Out::Nothing } else { Out::Date(span.from) });
        self.put(if span.to == Date::MAX { Out::Nothing } else { Out::Date(span.to) })
    }
}
