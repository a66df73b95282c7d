//! Options that choose among reports, and those of one report alone.

use std::path::PathBuf;

use jiff::civil::Date;

use super::typed;
use crate::reports::Choice;

/// Options that choose among reports. Journals, summary sheets and acts are made whatever is chosen.
#[derive(Debug, clap::Args)]
pub struct ChosenArgs {
    /// Only these kinds of reports, such as analytics,timeliness.
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    pub only: Vec<String>,
    /// Reports of these terms, such as Q1,Q2.
    #[arg(long, value_name = "TERM", value_delimiter = ',')]
    pub terms: Vec<String>,
    /// Reports of these classes, such as 5A,5B.
    #[arg(long, value_name = "CLASS", value_delimiter = ',')]
    pub class: Vec<String>,
}

impl ChosenArgs {
    /// Returns what was chosen.
    pub fn choice(&self) -> Choice {
        let Self { only, terms, class } = self;
        Choice { kinds: only.clone(), terms: terms.clone(), classes: class.clone() }
    }
}

/// Options of `report`.
#[derive(Debug, clap::Args)]
pub struct ReportArgs {
    /// The kind of report, the beginning of its file's name, such as analytics.
    pub kind: String,
    /// Folders with a year's export; without them all in the folder inputs.
    pub bundles: Vec<PathBuf>,
    /// Where to put it.
    #[arg(short, long, default_value = ".")]
    pub output: PathBuf,
    /// Of these terms, such as Q1,Q2.
    #[arg(long, value_name = "TERM", value_delimiter = ',')]
    pub terms: Vec<String>,
    /// Of these classes, such as 5A,5B.
    #[arg(long, value_name = "CLASS", value_delimiter = ',')]
    pub class: Vec<String>,
    /// A folder of own templates.
    #[arg(long, value_name = "DIR")]
    pub templates: Option<PathBuf>,
    /// The date to speak for.
    #[arg(long, value_name = "DATE", value_parser = typed::day)]
    pub as_of: Option<Date>,
    /// How many threads to use.
    #[arg(long, value_name = "N", value_parser = typed::threads)]
    pub threads: Option<usize>,
}
