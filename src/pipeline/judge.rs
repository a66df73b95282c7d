//! Computes figures, findings and analytics for documents and tables.

use std::sync::Arc;

use anyhow::Result;
use jiff::civil::Date;

use super::{Stages, Year};
use crate::base::said::Said;
use crate::data;
use crate::model::{Journal, Roster};
use crate::policy::Policy;
use crate::render::pdf::Styles;
use crate::reports::{self, ReportContext};
use crate::rules::{self, Checked, RuleContext};
use crate::stats::analytics::forecast::Outlook;
use crate::stats::analytics::{self, Earlier, Filled};
use crate::stats::{self, Figure};

/// The figures, findings and analytics of the year.
pub(super) struct Judged {
    pub(super) figures: Vec<Figure>,
    pub(super) checked: Checked,
    pub(super) analytics: Vec<Filled>,
    pub(super) outlook: Outlook,
}

/// Judges a year.
///
/// # Errors
/// When a figure cannot be formed: a defect of the program.
pub(super) fn judged(
    (journal, roster): (&Journal, &Roster),
    policy: &Policy,
    as_of: Date,
    (lent, stages): (&Earlier, &mut Stages),
) -> Result<Judged> {
    let check = || rules::check(&RuleContext::new(journal, roster, policy, as_of));
    let compute = || stats::compute(journal, roster, as_of);
    let (figures, checked) = stages
        .time(Said::fixed("показатели и проверки", "figures and checks"), || {
            rayon::join(compute, check)
        });
    let figures = figures?;
    let (analytics, outlook) = stages.time(Said::fixed("аналитика", "analytics"), || {
        analytics::analyse((journal, roster), &figures, as_of, lent)
    });
    Ok(Judged { figures, checked, analytics, outlook })
}

/// Names for each class the rows that its journal is made from.
pub(super) fn sources(journal: &Journal, roster: &Roster) -> Vec<String> {
    let rows = data::class_rows(journal, roster);
    rows.iter().map(|class| reports::source_line(class.rows, &class.sha256)).collect()
}

impl Year<'_> {
    /// Judges the year.
    pub(super) fn judge(&self, stages: &mut Stages) -> Result<Judged> {
        judged((self.journal, self.roster), self.policy, self.as_of, (self.lent, stages))
    }

    /// Gathers everything a document may print.
    pub(super) fn report_context<'b>(&'b self, judged: &'b Judged) -> ReportContext<'b> {
        ReportContext {
            journal: self.journal,
            roster: self.roster,
            figures: &judged.figures,
            checked: &judged.checked,
            analytics: &judged.analytics,
            outlook: &judged.outlook,
            problems: self.problems,
            selection: self.selection,
            policy: self.policy,
            as_of: self.as_of,
            styles: Styles::of(Arc::clone(&self.request.templates)),
            sources: sources(self.journal, self.roster),
        }
    }
}
