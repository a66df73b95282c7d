//! What is wrong with the input: a [`Problem`] with its place and its remedy.

use std::collections::BTreeMap;

use crate::base::said::{Said, said};
use crate::base::shown;

/// How much a problem of the input weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProblemSeverity {
    /// A row or a file was left out.
    Error,
    /// The row is kept, but something about it is doubtful.
    Warning,
    /// Worth knowing.
    Notice,
}

impl ProblemSeverity {
    /// Returns the word used in `data/problems.csv`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Notice => "notice",
        }
    }
}

/// Something wrong with the input, with its place: one line of `data/problems.csv`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Stable code, such as `J203`.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: ProblemSeverity,
    /// File inside the bundle.
    pub file: String,
    /// Sheet; empty where the format has none.
    pub sheet: String,
    /// Row or line, counted from 1; `None` for a whole file.
    pub row: Option<u32>,
    /// The column title as the file's header spells it.
    pub column: String,
    /// The value found.
    pub value: String,
    /// One sentence.
    pub message: Said,
    /// How to mend it.
    pub hint: Said,
    /// How many problems this stands for: more than one where the rest of its kind is not listed.
    pub count: usize,
    /// Address of the cell on its sheet, such as `D6`. Empty where the format has no sheets or the cell is
    /// unknown.
    pub cell: String,
}

impl Problem {
    /// Returns the place: `marks.csv, строка 17, столбец value`.
    pub fn place(&self) -> Said {
        let mut place = vec![Said::same(shown::line(&self.file))];
        // For a record of a JSON file the pointer says more than the number.
        let is_record = self.sheet.starts_with('/');
        let sheet = shown::line(&self.sheet);
        if is_record {
            place.push(said!("запись {sheet}", "record {sheet}"));
        } else if !sheet.is_empty() {
            place.push(said!("лист «{sheet}»", "sheet «{sheet}»"));
        }
        match self.row.filter(|_| !is_record) {
            Some(_) if !self.cell.is_empty() => {
                let cell = shown::line(&self.cell);
                place.push(said!("ячейка {cell}", "cell {cell}"));
            }
            Some(row) => place.push(said!("строка {row}", "row {row}")),
            None => {}
        }
        if !self.column.is_empty() {
            let column = shown::line(&self.column);
            place.push(said!("столбец {column}", "column {column}"));
        }
        Said::join(place, ", ")
    }
}

/// Problems that one correction removes: the same message repeated, or one column that is wrong in many ways.
pub struct Cause<'a> {
    /// The first of them in the file.
    pub first: &'a Problem,
    /// How many there are.
    pub count: usize,
    /// How many different values are among them.
    pub kinds: usize,
}

/// Up to this many kinds of one problem in one column are listed apart.
const FEW: usize = 4;

/// Groups problems by their message, or by column where one column has many kinds of one problem. Errors come
/// first.
pub fn causes(problems: &[Problem]) -> Vec<Cause<'_>> {
    let mut columns: BTreeMap<_, BTreeMap<_, (usize, &Problem)>> = BTreeMap::new();
    for problem in problems {
        let column = (problem.severity, problem.code, &problem.file, &problem.column);
        let kinds = columns.entry(column).or_default();
        kinds.entry((&problem.value, &problem.message)).or_insert((0, problem)).0 += problem.count;
    }
    let mut causes = Vec::new();
    for kinds in columns.into_values() {
        if kinds.len() > FEW {
            let first = kinds.values().map(|(_, problem)| *problem).min_by_key(|problem| problem.row);
            let count = kinds.values().map(|(count, _)| count).sum();
            causes.extend(first.map(|first| Cause { first, count, kinds: kinds.len() }));
        } else {
            causes.extend(kinds.into_values().map(|(count, first)| Cause { first, count, kinds: 1 }));
        }
    }
    causes
}
