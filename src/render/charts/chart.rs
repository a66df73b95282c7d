//! What a chart is: its words, its numbers, its kind.

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
    /// Returns every number of the chart.
    pub(super) fn values(&self) -> Vec<&Value> {
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
