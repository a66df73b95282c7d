//! One page of a table, as `templates/leaves.typ` prints it: every text broken into lines, every row with its
//! height in millimetres.

use serde::Serialize;

use super::{Column, Laid, Table};
use crate::render::drawing::Align;

/// A page of a table.
#[derive(Clone, Debug, Serialize)]
pub struct TableLeaf {
    columns: Vec<ColumnView>,
    over: Vec<SpanView>,
    heights: Vec<f64>,
    /// Level rules that are thick, by the number of rows above them.
    thick: Vec<usize>,
    groups: Vec<GroupView>,
    /// Size of the text in points.
    size: f64,
}

#[derive(Clone, Debug, Serialize)]
struct ColumnView {
    title: String,
    width: f64,
    align: &'static str,
    upwards: bool,
    /// Space between rule and text.
    padding: f64,
    /// The title stands in both rows of the head.
    high: bool,
}

/// A title over several columns.
#[derive(Clone, Debug, Serialize)]
struct SpanView {
    title: String,
    columns: usize,
}

/// Rows that belong together.
#[derive(Clone, Debug, Serialize)]
struct GroupView {
    /// What stands once beside all rows.
    lead: Vec<String>,
    rows: Vec<RowView>,
}

#[derive(Clone, Debug, Serialize)]
struct RowView {
    cells: Vec<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    bold: bool,
    /// A text of it has several lines: all begin at the top.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    tall: bool,
}

/// A page being filled.
pub(super) struct Sheet<'a> {
    table: &'a Table,
    room: f64,
    leaf: TableLeaf,
}

impl<'a> Sheet<'a> {
    /// Begins a page with the head of the table.
    pub(super) fn new(table: &'a Table, room: f64) -> Self {
        let [over, own] = table.head_heights();
        let heights = if table.spans.is_empty() { vec![own] } else { vec![over, own] };
        let leaf = TableLeaf {
            columns: columns(table),
            over: spans(table),
            thick: vec![0, heights.len()],
            heights,
            groups: Vec::new(),
            size: table.size_pt,
        };
        Self { table, room: room - over - own, leaf }
    }

    pub(super) fn has_room(&self, height: f64) -> bool {
        height <= self.room + 1e-6
    }

    /// Returns the height that is left.
    pub(super) const fn room(&self) -> f64 {
        self.room
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.leaf.groups.is_empty()
    }

    /// Puts rows that belong together.
    pub(super) fn put(&mut self, rows: &[Laid]) {
        self.room -= rows.iter().map(|row| row.height).sum::<f64>();
        let heights = &mut self.leaf.heights;
        if !self.leaf.groups.is_empty() && self.table.rows.iter().any(|row| row.joins) {
            self.leaf.thick.push(heights.len());
        }
        heights.extend(rows.iter().map(|row| row.height));
        let lead = rows.first().map(|row| texts(&row.cells[..self.lead(row)])).unwrap_or_default();
        let rows = rows.iter().map(|row| self.row(row)).collect();
        self.leaf.groups.push(GroupView { lead, rows });
    }

    fn lead(&self, row: &Laid) -> usize {
        self.table.lead.min(row.cells.len())
    }

    fn row(&self, row: &Laid) -> RowView {
        RowView {
            cells: texts(&row.cells[self.lead(row)..]),
            bold: row.is_bold,
            tall: row.cells.iter().any(|lines| lines.len() > 1),
        }
    }

    pub(super) fn finish(mut self) -> TableLeaf {
        self.leaf.thick.push(self.leaf.heights.len());
        self.leaf
    }
}

fn texts(cells: &[Vec<String>]) -> Vec<String> {
    cells.iter().map(|lines| lines.join("\n")).collect()
}

fn columns(table: &Table) -> Vec<ColumnView> {
    let high = table.spans.iter().flat_map(|span| vec![span.title.is_empty(); span.columns]);
    let column = |(column, high): (&Column, bool)| ColumnView {
        title: column.title_lines(table.title_style(column)).join("\n"),
        width: column.width,
        align: name_of(column.align),
        upwards: column.upwards,
        padding: column.padding(),
        high,
    };
    table.columns.iter().zip(high.chain(std::iter::repeat(table.spans.is_empty()))).map(column).collect()
}

fn spans(table: &Table) -> Vec<SpanView> {
    let titled = table.spans.iter().filter(|span| !span.title.is_empty());
    titled.map(|span| SpanView { title: span.title.clone(), columns: span.columns }).collect()
}

/// Returns the name that templates have for an alignment.
pub(in crate::render) const fn name_of(align: Align) -> &'static str {
    match align {
        Align::Left => "left",
        Align::Middle => "middle",
        Align::Right => "right",
    }
}

#[cfg(test)]
impl TableLeaf {
    /// Returns everything that is written, from the head down.
    pub(super) fn texts(&self) -> Vec<&str> {
        let titles = self.columns.iter().map(|column| column.title.as_str());
        let groups = self.groups.iter().flat_map(|group| {
            group.lead.iter().chain(group.rows.iter().flat_map(|row| &row.cells)).map(String::as_str)
        });
        titles.chain(groups).collect()
    }

    pub(super) fn height(&self) -> f64 {
        self.heights.iter().sum()
    }
}
