//! What the report says, gathered once for all of its forms.

use super::causes::{Cause, fold};
use super::corrections::{self, Correction};
use super::figures::{self, Counts, DirectionLine, RuleLine, Stretch, Week};
use super::homework::{self, ClassLoad};
use crate::ingest::SelectedRow;
use crate::reports::context::ReportContext;
use crate::reports::selected;

/// Title of the report.
pub const TITLE: &str = "Полнота и своевременность ведения журнала";
/// The report to print.
pub const PDF: &str = "reports/timeliness.pdf";
/// The workbook with every finding.
pub const WORKBOOK: &str = "workbooks/timeliness.xlsx";

/// The whole content of the report, for all of its forms.
pub struct Timeliness<'a> {
    /// What it speaks about.
    pub context: &'a ReportContext<'a>,
    /// Findings combined by cause, sorted by importance.
    pub causes: Vec<Cause<'a>>,
    /// Rules that ran, in their order.
    pub rules: Vec<RuleLine>,
    /// Directions of control.
    pub directions: Vec<DirectionLine>,
    /// The last term, and the one before it.
    pub stretches: [Option<Stretch>; 2],
    /// The year week by week.
    pub weeks: Vec<Week>,
    /// Homework by class and day; `None` if the source has no days for it.
    pub homework: Option<Vec<ClassLoad>>,
    /// Corrections, by moment.
    pub corrections: Vec<Correction<'a>>,
    /// Findings of an earlier build that no longer exist; `None` if there is no earlier list.
    pub mended: Option<Vec<&'a SelectedRow>>,
}

impl<'a> Timeliness<'a> {
    /// Gathers the report.
    pub fn new(context: &'a ReportContext<'a>) -> Self {
        let causes = fold(&context.checked.findings);
        let rules = figures::rule_lines(context, &causes);
        let stretches = figures::stretches(context);
        let directions = figures::direction_lines(context, &rules, stretches.each_ref().map(Option::as_ref));
        let weeks = figures::weeks(context);
        let homework = homework::loads(context);
        let corrections = corrections::corrections(context);
        let mended = selected::mended(context);
        Self { context, causes, rules, directions, stretches, weeks, homework, corrections, mended }
    }

    /// Returns all counts together.
    pub fn total(&self) -> Counts {
        self.rules.iter().fold(Counts::default(), |sum, line| sum.plus(line.counts))
    }
    /// Returns the counts of findings in no week of the year, such as a consent without a day.
    pub(super) fn outside(&self) -> Counts {
        let within = self.weeks.iter().fold(Counts::default(), |sum, week| sum.plus(week.counts));
        let all = self.total();
        Counts {
            violations: all.violations.saturating_sub(within.violations),
            notices: all.notices.saturating_sub(within.notices),
            causes: 0,
        }
    }
}
