//! What every document is made from.

use jiff::civil::Date;

use crate::base::problems::Problem;
use crate::ingest::Selection;
use crate::model::{Journal, Roster};
use crate::policy::Policy;
use crate::rules::Checked;
use crate::stats::Figure;
use crate::stats::analytics::Filled;

/// Everything a document may print.
pub struct ReportContext<'a> {
    /// The school year of facts.
    pub journal: &'a Journal,
    /// Who is where on which day.
    pub roster: &'a Roster,
    /// The figures.
    pub figures: &'a [Figure],
    /// The tables about pupils, teaching and works.
    pub analytics: &'a [Filled],
    /// The findings, and what was not run.
    pub checked: &'a Checked,
    /// Problems of the input.
    pub problems: &'a [Problem],
    /// What the deputy selected, and the findings of an earlier build.
    pub selection: &'a Selection,
    /// The figures of the regulation in force.
    pub policy: &'a Policy,
    /// The date the build speaks for.
    pub as_of: Date,
    /// A line for each class, in the order of their table, that names the rows its journal is made from; none where empty.
    pub sources: Vec<String>,
}
