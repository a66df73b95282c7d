//! The electronic journal's own log with resolved references: which lesson, which pupil, by whom.

use super::about::About;
use super::context::RuleContext;
use super::log::Resolved;
use crate::model::*;

impl<'a> RuleContext<'a> {
    /// Walks the changes made up to `as_of`.
    pub(super) fn changes(&self) -> impl Iterator<Item = (&'a Change, &Resolved)> {
        self.log().filter(|(change, _)| change.at.date() <= self.as_of)
    }

    /// Walks all changes, including those after `as_of`.
    pub(super) fn log(&self) -> impl Iterator<Item = (&'a Change, &Resolved)> {
        self.journal.changes.iter().zip(&self.log.0)
    }

    /// Returns the subject of a finding on a change: its term is the lesson's, its staff is the author.
    pub(super) fn about_change(&self, change: &Change, resolved: &Resolved) -> About {
        let about = match (resolved.lesson, resolved.pupil) {
            (Some(lesson), Some(pupil)) => self.about_entry(lesson, pupil),
            (Some(lesson), None) => self.about_lesson(lesson),
            (None, pupil) => About { pupil, ..About::default() },
        };
        About { date: Some(change.at.date()), staff: resolved.author, ..about }.at(change.place)
    }
}
