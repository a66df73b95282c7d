//! Charts: one description gives the picture on paper and on pages of HTML, the native chart of a workbook, the words for
//! those who do not see it, and the table beneath it. Knows labels and numbers, no word of the school.
//!
//! A report makes a [`Chart`] and hands it on: [`Paper::chart`](super::paper::Paper::chart) for a PDF, [`Chart::page_view`]
//! with the macro of `templates/charts.html` for HTML, `Sheet::of_charts` of [`super::workbook`] for XLSX.
//!
//! What is missing is a gap that says so, never 0. Fills that touch differ three to one in grey, or by hatching
//! ([`ink`]). A share of fewer than [`FEW`] is told by its counts first and has no ground of its own.

mod bars;
mod heat;
pub mod ink;
mod panels;
pub mod picture;
mod rows;
mod scale;
mod slopes;
mod stacks;
mod svg;
mod table;
mod texts;
mod view;
mod words;

pub use heat::{HeatBlock, HeatCell, HeatTable};
pub use picture::Picture;
pub use table::{DataCell, DataTable};
pub use view::ChartView;

/// From so many in the denominator on a share may be judged; below it counts come first and nothing is shaded.
pub const FEW: u64 = 10;

/// A chart: what it shows, in words and numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// What is to be seen, in ten words or fewer.
    pub title: String,
    /// What is measured, of whom, when.
    pub subtitle: String,
    /// What the rows are: «Класс».
    pub rows_title: String,
    /// What the numbers are: «Качество, %».
    pub value_title: String,
    /// How the numbers are written and how far they may go.
    pub unit: Unit,
    /// What is said under it: who is not counted, what an interval means.
    pub notes: Vec<String>,
    /// The kind of chart, and its rows.
    pub kind: Kind,
}

/// The five kinds of charts.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A bar a row, its value at its end.
    Bars {
        /// From the top.
        rows: Vec<Row>,
        /// What the rows are compared with.
        reference: Option<Reference>,
    },
    /// A dot a row, with the interval it could lie in by chance.
    Intervals {
        /// From the top.
        rows: Vec<Row>,
        /// What the rows are compared with.
        reference: Option<Reference>,
    },
    /// A whole a row, cut into at most five parts.
    Stacks {
        /// What the parts are, from the left: «5», «4», «3», «2».
        parts: Vec<String>,
        /// From the top.
        rows: Vec<Stack>,
    },
    /// A line a row, over points in time.
    Slopes {
        /// The points from the left: terms.
        points: Vec<String>,
        /// The lines.
        lines: Vec<Series>,
    },
    /// Numbers in a table, shaded by their size.
    Heat {
        /// The columns from the left.
        columns: Vec<String>,
        /// From the top.
        rows: Vec<Series>,
    },
}

/// A label with its number.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Whose number it is.
    pub label: String,
    /// The number; `None`: there is none, which is not 0.
    pub value: Option<Value>,
    /// Sums others up: set in bold.
    pub is_total: bool,
}

/// A label with a number for each point or column.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Whose numbers they are.
    pub label: String,
    /// The numbers; `None`: a gap.
    pub values: Vec<Option<Value>>,
    /// Sums others up: set in bold.
    pub is_total: bool,
}

/// A label with the counts of its parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Stack {
    /// Whose counts they are.
    pub label: String,
    /// A count a part; `None`: nothing is known.
    pub counts: Option<Vec<u64>>,
    /// Sums others up: set in bold.
    pub is_total: bool,
}

/// What all rows are compared with: a line through them.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// What it is: «Школа».
    pub label: String,
    /// Where it is.
    pub value: Value,
}

/// A number and what it was made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Value {
    /// The number.
    pub number: f64,
    /// A share: how many of how many.
    pub of: Option<[u64; 2]>,
    /// Where the number could lie by chance, from and to.
    pub interval: Option<[f64; 2]>,
}

impl Value {
    /// Returns a number that is no share; `None` for what is none at all.
    pub fn plain(number: f64) -> Option<Self> {
        number.is_finite().then_some(Self { number, of: None, interval: None })
    }

    /// Returns a share in per cent of its counts; `None` where nothing was counted.
    pub fn share(found: u64, of: u64) -> Option<Self> {
        // Counts are far below 2^52: exact.
        let value = Self::plain(found as f64 * 100.0 / of as f64)?;
        Some(Self { of: Some([found, of]), ..value })
    }

    /// Says where the number could lie by chance.
    pub fn within(self, interval: [f64; 2]) -> Self {
        let interval = interval.iter().all(|end| end.is_finite()).then_some(interval);
        Self { interval, ..self }
    }

    /// Tells whether it is a share of too few to be judged.
    pub fn is_of_few(&self) -> bool {
        self.of.is_some_and(|[_, of]| of < FEW)
    }
}

/// How numbers are written and how far they may go.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unit {
    /// Digits behind the comma.
    pub places: usize,
    /// Stands behind a number: `%`.
    pub sign: &'static str,
    /// The least and the most there can be; `None`: from 0 to the largest number shown.
    pub bounds: Option<[f64; 2]>,
}

impl Unit {
    /// Per cent from 0 to 100.
    pub const PERCENT: Self = Self { places: 1, sign: "%", bounds: Some([0.0, 100.0]) };
    /// Whole numbers of something.
    pub const COUNT: Self = Self { places: 0, sign: "", bounds: None };
    /// Means of marks from 1 to 5.
    pub const MEAN: Self = Self { places: 2, sign: "", bounds: Some([1.0, 5.0]) };
}

impl Chart {
    /// Returns the pictures of the chart, each at most so wide and, where rows allow it, so high, in millimetres. Long charts
    /// go on in further pictures; one without rows is one picture that says so. A heat table has none: it is a table.
    pub fn pictures(&self, width: f64, most_height: f64) -> Vec<Picture> {
        let room = rows::Room { width, height: most_height };
        match &self.kind {
            Kind::Bars { rows, reference } => bars::bars(self, rows, reference.as_ref(), room),
            Kind::Intervals { rows, reference } => bars::intervals(self, rows, reference.as_ref(), room),
            Kind::Stacks { parts, rows } => stacks::pictures(parts, rows, room),
            Kind::Slopes { points, lines } => slopes::pictures(self, points, lines, room),
            Kind::Heat { .. } => Vec::new(),
        }
    }

    /// Returns the shaded table of a heat table, so many millimetres wide; nothing of other kinds.
    pub fn heat(&self, width: f64) -> Option<HeatTable> {
        match &self.kind {
            Kind::Heat { columns, rows } => Some(heat::table(self, columns, rows, width)),
            _ => None,
        }
    }

    /// Returns the numbers of the chart as the table that stands beneath it.
    pub fn table(&self) -> DataTable {
        table::of(self)
    }

    /// Returns the chart in words, for those who do not see it.
    pub fn alt(&self) -> String {
        words::alt(self)
    }

    /// Returns the lines that stand under the picture: the notes, and what the look of the picture means.
    pub fn captions(&self) -> Vec<String> {
        words::captions(self, words::OPEN_DOT)
    }

    /// Returns the lines that stand under the native chart.
    pub(in crate::render) fn native_captions(&self) -> Vec<String> {
        words::captions(self, words::CROSS)
    }

    /// Returns every number of the chart.
    fn values(&self) -> Vec<&Value> {
        match &self.kind {
            Kind::Bars { rows, reference } | Kind::Intervals { rows, reference } => {
                let compared = reference.iter().map(|one| &one.value);
                rows.iter().filter_map(|row| row.value.as_ref()).chain(compared).collect()
            }
            Kind::Slopes { lines: rows, .. } | Kind::Heat { rows, .. } => {
                rows.iter().flat_map(|row| row.values.iter().flatten()).collect()
            }
            Kind::Stacks { .. } => Vec::new(),
        }
    }
}

/// Returns a value in full: «91,7 % (22 из 24)»; of few, counts first.
pub(in crate::render) fn value_text(value: &Value, unit: Unit) -> String {
    texts::full(value, unit)
}

/// Returns a value for the end of a line: «91,7»; of few, «3/3».
pub(in crate::render) fn short_text(value: &Value, unit: Unit) -> String {
    texts::short(value, unit)
}

/// Returns the bounds of an axis that begins at the foot of bars.
pub(in crate::render) fn bounds(chart: &Chart) -> [f64; 2] {
    scale::whole(chart)
}

/// Returns the bounds of an axis close around the numbers.
pub(in crate::render) fn close_bounds(chart: &Chart) -> [f64; 2] {
    scale::close(chart.values().into_iter(), chart.unit)
}

/// Returns the ground of a number of a heat table.
pub(in crate::render) fn heat_ground(chart: &Chart, value: &Value) -> ink::Colour {
    heat::ground(chart, value)
}
