//! A report's value for a fact that the bundle's tables have too. Equal values are one fact. If two differ,
//! the more trusted one is kept, and both are reported with their places.

use super::Import;
use super::entries::Stand;
use crate::base::problems::ProblemSeverity;
use crate::base::said::said;
use crate::base::source::SourceRef;
use crate::ingest::trust::trust_hint;
use crate::model::*;

impl Import<'_> {
    /// Compares the marks of a cell with those of the tables for the lesson.
    pub(super) fn compare_marks(&mut self, table: &[Id<Mark>], stand: &Stand) {
        let journal = &self.builder.journal;
        let mut left: Vec<(MarkValue, Text)> = stand.marks.clone();
        let mut others: Vec<Id<Mark>> = Vec::new();
        for id in table {
            let value = journal.marks[*id].value;
            match left.iter().position(|(own, _)| *own == value) {
                Some(at) => drop(left.remove(at)),
                None => others.push(*id),
            }
        }
        if left.is_empty() && others.is_empty() {
            return;
        }
        let own: Vec<&str> = stand.marks.iter().map(|(value, _)| value.code()).collect();
        let tables: Vec<&str> = table.iter().map(|id| journal.marks[*id].value.code()).collect();
        let first = &journal.marks[table[0]];
        let (lesson, pupil, there) = (first.lesson, first.pupil, first.place);
        let (own, tables) = (own.join(" "), tables.join(" "));
        if !self.say_which((stand.place, &own), (there, &tables), ("Отметка", "")) {
            return;
        }
        // The lesson and the work stay those of the tables. Who entered the other value, and when, does not
        // apply to this one.
        let paired = others.len().min(left.len());
        let rest = left.split_off(paired);
        for (id, (value, printed)) in others.iter().zip(left) {
            if let Some(mark) = self.builder.journal.marks.get_mut(*id) {
                (mark.value, mark.printed, mark.place) = (value, printed, stand.place);
                (mark.recorded_at, mark.recorded_by) = (None, None);
            }
        }
        self.gone.extend(others.into_iter().skip(paired));
        self.push_marks(lesson, pupil, (table.len() + 1, &rest), stand.place);
    }

    /// Compares an absence with the one in the tables.
    pub(super) fn compare_absence(&mut self, table: Id<Absence>, reason: AbsenceReason, place: SourceRef) {
        let Absence { reason: other, place: there, .. } = self.builder.journal.absences[table];
        if other == reason || !self.say_which((place, reason.code()), (there, other.code()), ("Пропуск", ""))
        {
            return;
        }
        if let Some(absence) = self.builder.journal.absences.get_mut(table) {
            (absence.reason, absence.place) = (reason, place);
            (absence.recorded_at, absence.recorded_by) = (None, None);
        }
    }

    /// Reports that two places differ, at the one that is not believed; true if the value here is believed.
    pub(super) fn say_which(
        &mut self,
        (here, own): (SourceRef, &str),
        (there, other): (SourceRef, &str),
        (what, column): (&str, &str),
    ) -> bool {
        let journal = &self.builder.journal;
        let is_own = self.builder.sources.is_more_trusted(journal, here, there);
        let ((lost_at, lost), (kept_at, kept)) =
            if is_own { ((there, other), (here, own)) } else { ((here, own), (there, other)) };
        let file = journal.origin(kept_at).map_or("", |origin| origin.file.as_str());
        let row = kept_at.row;
        let message = said!(
            "{what}: здесь «{lost}», а в {file}, строка {row}, — «{kept}»; взято второе",
            "{what}: \"{lost}\" here, \"{kept}\" in {file}, row {row}; the latter was taken"
        );
        let lost = lost.to_owned();
        self.note("J620", ProblemSeverity::Warning, lost_at, (column, &lost), (message, trust_hint()));
        is_own
    }
}
