//! Which documents a person chose: some kinds of reports, terms, classes. What is kept in archive packages is made whatever
//! was chosen: a package must be whole.

use std::collections::BTreeSet;

use anyhow::Result;

use super::each::Of;
use super::report::{Keeping, Report};
use crate::base::said::{Said, refuse, said};
use crate::ingest::parse;
use crate::model::*;

/// What was chosen; of what is empty, all that a build makes by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Kinds of reports.
    pub kinds: Vec<String>,
    /// Terms, by id or title.
    pub terms: Vec<String>,
    /// Classes.
    pub classes: Vec<String>,
}

impl Choice {
    /// Tells whether nothing was chosen.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Returns the reports that are made: those made by themselves or the chosen ones, and what packages hold.
    pub fn reports(
        &self,
        by_themselves: &[&'static Report],
        on_request: &[&'static Report],
    ) -> Vec<&'static Report> {
        let is_wanted = |report: &Report| self.kinds.iter().any(|kind| kind == report.kind);
        let all = by_themselves
            .iter()
            .filter(|report| self.kinds.is_empty() || !is_chosen(report.keeping) || is_wanted(report));
        all.chain(on_request.iter().filter(|report| is_wanted(report))).copied().collect()
    }

    /// Returns the chosen terms; `None`: a report has those it speaks of by itself.
    pub(super) fn terms_of(&self, journal: &Journal, keeping: Keeping) -> Option<BTreeSet<Id<Term>>> {
        let is_meant = |term: &Term| self.terms.iter().any(|name| is_term(term, name));
        let chosen = || journal.terms.iter().filter(|(_, term)| is_meant(term)).map(|(id, _)| id).collect();
        (!self.terms.is_empty() && is_chosen(keeping)).then(chosen)
    }

    /// Tells whether a document's class is among those chosen; one that speaks of no class is.
    pub(super) fn has(&self, journal: &Journal, of: Of, keeping: Keeping) -> bool {
        match of {
            Of::Class(id) if !self.classes.is_empty() && is_chosen(keeping) => {
                self.classes.iter().any(|name| is_class(&journal.classes[id], name))
            }
            _ => true,
        }
    }

    /// Refuses what the program or the year does not have.
    ///
    /// # Errors
    /// When a kind, a term or a class is not known.
    pub fn check(&self, reports: &[&Report], journal: &Journal) -> Result<()> {
        for kind in &self.kinds {
            if !reports.iter().any(|report| report.kind == kind) {
                let known = reports.iter().map(|report| report.kind).collect::<Vec<_>>().join(", ");
                refuse!(
                    "отчёта «{kind}» нет; есть: {known}",
                    "there is no report \"{kind}\"; there are: {known}"
                );
            }
        }
        for name in &self.terms {
            if !journal.terms.values().any(|term| is_term(term, name)) {
                let known =
                    journal.terms.values().map(|term| term.key.as_str()).collect::<Vec<_>>().join(", ");
                refuse!(
                    "периода «{name}» в этом году нет; есть: {known}",
                    "there is no term \"{name}\" in this year; there are: {known}"
                );
            }
        }
        for name in &self.classes {
            if !journal.classes.values().any(|class| is_class(class, name)) {
                let known =
                    journal.classes.values().map(|class| class.key.as_str()).collect::<Vec<_>>().join(", ");
                refuse!(
                    "класса «{name}» в этом году нет; есть: {known}",
                    "there is no class \"{name}\" in this year; there are: {known}"
                );
            }
        }
        Ok(())
    }

    /// Says what was chosen, for the record of a build; nothing where all is made.
    pub fn said(&self) -> Option<Said> {
        let parts = [
            (Said::fixed("отчёты", "reports"), &self.kinds),
            (Said::fixed("периоды", "terms"), &self.terms),
            (Said::fixed("классы", "classes"), &self.classes),
        ];
        let parts = parts.iter().filter(|(_, names)| !names.is_empty());
        let said =
            Said::join(parts.map(|(what, names)| said!("{}: {}", "{}: {}", what, names.join(", "))), "; ");
        (!said.is_empty()).then_some(said)
    }
}

/// Tells whether documents may be chosen among: those of archive packages and the acts may not.
const fn is_chosen(keeping: Keeping) -> bool {
    matches!(keeping, Keeping::Report)
}

fn is_term(term: &Term, name: &str) -> bool {
    let same = |known: &str| known.to_lowercase() == name.trim().to_lowercase();
    same(&term.key) || same(&term.title)
}

fn is_class(class: &Class, name: &str) -> bool {
    class.key == parse::class_name(name)
}
