//! The terms with lessons in the reports: a part of the year gives no sums of the year.

use std::collections::{BTreeMap, BTreeSet};

use super::terms::{Days, TermBook};
use super::{Import, PupilBlock};
use crate::base::problems::ProblemSeverity;
use crate::base::said::said;
use crate::base::source::SourceRef;
use crate::model::*;

/// The terms of each class with a report on progress, and a place of the class.
type Covered = BTreeMap<Id<Class>, (SourceRef, BTreeSet<Id<Term>>)>;

impl Import<'_> {
    /// Reports the terms for which a class has no report on progress: its absences and lessons cover only the
    /// other terms, and the year's sums cannot be formed.
    pub(super) fn say_terms_without_cells(&mut self, blocks: &[PupilBlock], book: &TermBook) {
        let has_tables = self.builder.journal.presence.has(Table::Lessons);
        if has_tables || blocks.iter().all(PupilBlock::is_card) {
            return;
        }
        for (class, (place, covered)) in self.covered(blocks, book) {
            let journal = &self.builder.journal;
            let grade = journal.classes[class].grade;
            let terms = journal.terms_of_grade(grade).into_iter();
            let unseen: Vec<Id<Term>> = terms.filter(|term| !covered.contains(term)).collect();
            let missing: Vec<String> =
                unseen.iter().map(|term| journal.terms[*term].title.to_string()).collect();
            if !unseen.is_empty() || !self.has_all_terms(grade) {
                let years = journal.years_of_grade(grade);
                self.builder.journal.presence.note_unseen(class, unseen.into_iter().chain(years));
            }
            let journal = &self.builder.journal;
            if missing.is_empty() {
                continue;
            }
            let (key, missing) = (journal.classes[class].key.clone(), missing.join(", "));
            let message = said!(
                "по классу {key} нет отчёта об успеваемости и посещаемости за: {missing}; пропуски и отметки за уроки — только за остальное",
                "class {key} has no report on progress for: {missing}; absences and marks of lessons are of the rest only"
            );
            let hint = said!("выгрузите отчёт за каждый период", "export the report for every term");
            self.note("J628", ProblemSeverity::Notice, place, ("Период", ""), (message, hint));
        }
    }

    fn covered(&self, blocks: &[PupilBlock], book: &TermBook) -> Covered {
        let mut covered = Covered::new();
        for block in blocks {
            let grade = self.builder.journal.classes[block.class].grade;
            let (_, terms) = covered.entry(block.class).or_insert((block.place(), BTreeSet::new()));
            match book.days_of(&self.builder.journal, block) {
                _ if block.is_card() => {}
                Days::Term(term) => drop(terms.insert(term)),
                Days::Year => terms.extend(self.builder.journal.terms_of_grade(grade)),
                Days::Other => {}
            }
            let named = block.terms.iter().filter(|_| !block.is_card());
            terms.extend(named.filter_map(|title| book.by_title(grade, title)));
        }
        covered
    }
}
