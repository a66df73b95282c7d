//! The input of every document.

use jiff::civil::Date;

use crate::base::problems::Problem;
use crate::ingest::Selection;
use crate::model::{Journal, Roster};
use crate::policy::Policy;
use crate::render::pdf::Styles;
use crate::rules::Checked;
use crate::stats::Figure;
use crate::stats::analytics::Filled;
use crate::stats::analytics::forecast::Outlook;

/// Everything that a document may print.
pub struct ReportContext<'a> {
    /// The school year of facts.
    pub journal: &'a Journal,
    /// Who is where on which day.
    pub roster: &'a Roster,
    /// The figures.
    pub figures: &'a [Figure],
    /// The tables about pupils, teaching and works.
    pub analytics: &'a [Filled],
    /// The forecast of the terms under way, and what such forecasts were worth.
    pub outlook: &'a Outlook,
    /// The findings, and the rules that were not run.
    pub checked: &'a Checked,
    /// Problems of the input.
    pub problems: &'a [Problem],
    /// The deputy's selection, and the findings of an earlier build.
    pub selection: &'a Selection,
    /// The figures of the regulation in force.
    pub policy: &'a Policy,
    /// The date the build speaks for.
    pub as_of: Date,
    /// The style of the templates in use: what is drawn is measured by its sizes.
    pub styles: Styles,
    /// A line for each class, in table order, that names the rows behind its journal; empty if there are
    /// none.
    pub sources: Vec<String>,
}
