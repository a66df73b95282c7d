//! Where in the exports a finding stands: the row that was judged, where there is one.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};

use crate::findings::Finding;
use crate::model::*;
use crate::source::SourceRef;

/// Look-ups made once for all findings.
pub(super) struct Places<'a> {
    journal: &'a Journal,
    roster: &'a Roster,
    term_marks: BTreeMap<(Id<Pupil>, Id<Subject>, Id<Term>), SourceRef>,
    register: BTreeMap<(Date, Id<Pupil>), SourceRef>,
    changes: BTreeMap<DateTime, Vec<&'a Change>>,
}

impl<'a> Places<'a> {
    pub(super) fn new(journal: &'a Journal, roster: &'a Roster) -> Self {
        let term_marks = journal.term_marks.values();
        let mut changes: BTreeMap<DateTime, Vec<&Change>> = BTreeMap::new();
        for change in &journal.changes {
            changes.entry(change.at).or_default().push(change);
        }
        Self {
            journal,
            roster,
            term_marks: term_marks.map(|mark| ((mark.pupil, mark.subject, mark.term), mark.place)).collect(),
            register: journal.register.iter().map(|row| ((row.date, row.pupil), row.place)).collect(),
            changes,
        }
    }

    /// Returns the row a finding is about: the entry's, else the lesson's.
    pub(super) fn of(&self, finding: &Finding) -> Option<SourceRef> {
        let own = match finding.rule {
            "mark-late" | "control-mark-late" | "written-mark-late" | "mark-while-absent"
            | "work-kind-missing" => self.mark(finding),
            "absence-late" => self.absence(finding),
            "homework-late" | "homework-late-suspended" | "homework-in-grade-1" => self.homework(finding),
            "correction" | "edit-after-term-mark" | "entry-void" => return self.change(finding),
            "register-differs" | "register-unconfirmed" => self.registered(finding),
            "breach-told-late" => self.breach(finding),
            _ if finding.lesson.is_none() => self.term_mark(finding),
            _ => None,
        };
        own.or_else(|| finding.lesson.map(|lesson| self.journal.lessons[lesson].place))
    }

    fn mark(&self, finding: &Finding) -> Option<SourceRef> {
        let marks = self.roster.marks_of(finding.lesson?).iter().map(|id| &self.journal.marks[*id]);
        let own: Vec<&Mark> = marks.filter(|mark| Some(mark.pupil) == finding.pupil).collect();
        let same = own
            .iter()
            .find(|mark| finding.found_at.is_some() && mark.entered().earliest() == finding.found_at);
        same.or(own.first()).map(|mark| mark.place)
    }

    fn absence(&self, finding: &Finding) -> Option<SourceRef> {
        let absences = self.roster.absences_of(finding.lesson?).iter().map(|id| &self.journal.absences[*id]);
        absences.filter(|absence| Some(absence.pupil) == finding.pupil).map(|absence| absence.place).next()
    }

    fn homework(&self, finding: &Finding) -> Option<SourceRef> {
        let tasks = self.roster.homework_of(finding.lesson?).iter().map(|id| &self.journal.homework[*id]);
        let own: Vec<&Homework> = tasks.filter(|task| task.pupil == finding.pupil).collect();
        let same = own
            .iter()
            .find(|task| finding.found_at.is_some() && task.entered().earliest() == finding.found_at);
        same.or(own.first()).map(|task| task.place)
    }

    fn term_mark(&self, finding: &Finding) -> Option<SourceRef> {
        self.term_marks.get(&(finding.pupil?, finding.subject?, finding.term?)).copied()
    }

    fn registered(&self, finding: &Finding) -> Option<SourceRef> {
        self.register.get(&(finding.date?, finding.pupil?)).copied()
    }

    fn change(&self, finding: &Finding) -> Option<SourceRef> {
        let changes = self.changes.get(&finding.found_at?)?;
        let by = changes.iter().find(|change| change.staff.is_some() && change.staff == finding.staff);
        by.or(changes.first()).map(|change| change.place)
    }

    fn breach(&self, finding: &Finding) -> Option<SourceRef> {
        let mut breaches = self.journal.breaches.iter();
        breaches.find(|breach| Some(breach.detected_at.date()) == finding.date).map(|breach| breach.place)
    }
}
