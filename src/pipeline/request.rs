//! The request and the result of a build.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use super::Stages;
use crate::base::problems::Problem;
use crate::data::build_record::BuildRecord;
use crate::outputs::Carried;
use crate::render::pdf::Templates;
use crate::reports::{Choice, Report};

/// The request for one build.
#[derive(Clone, Debug)]
pub struct Request {
    /// The bundle.
    pub bundle: PathBuf,
    /// The folder for the outputs of all years.
    pub outputs: PathBuf,
    /// The date that the build is made for, where it was given.
    pub as_of: Option<Date>,
    /// Stop if any row was left out.
    pub is_strict: bool,
    /// How many documents are typeset at the same time.
    pub threads: usize,
    /// Build everything again, even if nothing changed.
    pub is_forced: bool,
    /// The documents for people.
    pub reports: &'static [&'static Report],
    /// The school's own templates.
    pub templates: Arc<Templates>,
    /// Whether the views of the documents are kept among the outputs.
    pub keeps_views: bool,
    /// Which of it, and what beside, a person chose.
    pub choice: Choice,
}

/// The result of a build.
pub struct Outcome {
    /// Where the outputs stand.
    pub target: PathBuf,
    /// What `build.json` says.
    pub record: BuildRecord,
    /// Problems of the input; empty if nothing has changed.
    pub problems: Vec<Problem>,
    /// Nothing has changed, so nothing was written.
    pub is_unchanged: bool,
    /// The files that were taken from an earlier build because they are the same; sorted.
    pub taken_over: Vec<String>,
    /// Other people's files in the year's folder, and where they are now.
    pub carried: Carried,
    /// How long each stage took.
    pub stages: Stages,
}

/// How a build ended.
pub enum Built {
    /// The outputs stand.
    Done(Box<Outcome>),
    /// Nothing could be built from the bundle, or `--strict` forbade it: why.
    Refused(Vec<Problem>),
}
