//! Converts results of both reports to term marks: the card's for terms and the year, the report on progress
//! for its own days.

use std::collections::BTreeMap;

use super::compose::Offers;
use super::lines::{fold, is_blank};
use super::terms::{Days, TermBook};
use super::{Import, PupilBlock, at};
use crate::base::problems::ProblemSeverity;
use crate::base::said::said;
use crate::base::source::SourceRef;
use crate::model::*;

/// Kinds of the card's last columns, in the order of [`super::tables::SubjectRow::year`].
const YEAR_KINDS: [TermMarkKind; 4] =
    [TermMarkKind::Year, TermMarkKind::Exam, TermMarkKind::StateExam, TermMarkKind::Final];

type Key = (Id<Pupil>, Id<Subject>, Id<Term>, TermMarkKind);
/// Term marks in force, with the printed text and its place.
type Standing = BTreeMap<Key, (Option<TermValue>, SourceRef, Id<TermMark>)>;

impl Import<'_> {
    /// Writes the results as term marks. If two reports differ, the card's is kept, and both are reported.
    pub(super) fn results(&mut self, blocks: &[PupilBlock], offers: &Offers, terms: &TermBook) {
        let journal = &self.builder.journal;
        let known = journal.term_marks.iter();
        let mut standing: Standing = known
            .map(|(id, mark)| {
                ((mark.pupil, mark.subject, mark.term, mark.kind), (mark.value, mark.place, id))
            })
            .collect();
        for is_card in [true, false] {
            for block in blocks.iter().filter(|block| block.is_card() == is_card) {
                self.named_results(block, offers, terms, &mut standing);
                self.own_results(block, offers, terms, &mut standing);
            }
        }
    }

    /// Writes the results of terms and years in the table's header.
    fn named_results(
        &mut self,
        block: &PupilBlock,
        offers: &Offers,
        terms: &TermBook,
        standing: &mut Standing,
    ) {
        let grade = self.builder.journal.classes[block.class].grade;
        for row in &block.rows {
            let Some(subject) = offers.subject(block.class, &row.subject) else { continue };
            let place = at(block.origin, row.row);
            for (title, sums) in block.terms.iter().zip(&row.terms) {
                if let Some(term) = terms.by_title(grade, title) {
                    let key = (block.pupil, subject, term, TermMarkKind::Term);
                    self.result(key, (title, &sums.result), place, standing);
                }
            }
            let Some(year) = terms.year(grade) else { continue };
            for (kind, text) in YEAR_KINDS.iter().zip(&row.year) {
                self.result((block.pupil, subject, year, *kind), (kind.code(), text), place, standing);
            }
        }
    }

    /// Writes the results of the report's own days.
    fn own_results(
        &mut self,
        block: &PupilBlock,
        offers: &Offers,
        terms: &TermBook,
        standing: &mut Standing,
    ) {
        if block.rows.iter().all(|row| is_blank(&row.sums.result)) {
            return;
        }
        let grade = self.builder.journal.classes[block.class].grade;
        let (term, kind) = match (terms.days_of(&self.builder.journal, block), terms.year(grade)) {
            (Days::Term(term), _) => (term, TermMarkKind::Term),
            (Days::Year, Some(year)) => (year, TermMarkKind::Year),
            _ => return self.say_no_term(block),
        };
        for row in &block.rows {
            let Some(subject) = offers.subject(block.class, &row.subject) else { continue };
            let key = (block.pupil, subject, term, kind);
            let column = ("Итоговая оценка за период", row.sums.result.as_str());
            self.result(key, column, at(block.origin, row.row), standing);
        }
    }

    fn say_no_term(&mut self, block: &PupilBlock) {
        let message = said!(
            "дни отчёта не совпадают ни с одним учебным периодом: итоговые оценки из него не взяты",
            "the report's days are those of no term: its results were not taken"
        );
        let hint = said!(
            "выгрузите отчёт за четверть или добавьте табель",
            "export the report for a term, or add the report card"
        );
        self.note("J622", ProblemSeverity::Warning, block.place(), ("Период", ""), (message, hint));
    }

    fn result(&mut self, key: Key, (column, text): (&str, &str), place: SourceRef, standing: &mut Standing) {
        if is_blank(text) {
            return;
        }
        let Some(value) = self.term_value(column, text, place) else { return };
        if let Some((first, first_place, id)) = standing.get_mut(&key) {
            let there = (*first_place, first.map_or("", TermValue::code));
            if *first != Some(value) && self.say_which((place, text), there, (column, column)) {
                (*first, *first_place) = (Some(value), place);
                self.take_over(*id, value, place);
            }
            return;
        }
        let (pupil, subject, term, kind) = key;
        let id = self.builder.journal.term_marks.push(TermMark {
            pupil,
            subject,
            term,
            kind,
            value: Some(value),
            ..TermMark::bare(place)
        });
        standing.insert(key, (Some(value), place, id));
    }

    /// Replaces a term mark with a more trusted value: who entered the other, and when, does not apply to
    /// this one.
    fn take_over(&mut self, id: Id<TermMark>, value: TermValue, place: SourceRef) {
        if let Some(mark) = self.builder.journal.term_marks.get_mut(id) {
            (mark.value, mark.place) = (Some(value), place);
            (mark.recorded_at, mark.recorded_by) = (None, None);
        }
    }

    fn term_value(&mut self, column: &str, text: &str, place: SourceRef) -> Option<TermValue> {
        let folded = fold(text);
        if folded == "0" {
            let message =
                said!("итоговая отметка 0 прочитана как н/а", "a term mark of 0 was read as not assessed");
            let hint = said!("проверьте отметку в источнике", "check the mark in the source");
            self.note("J307", ProblemSeverity::Notice, place, (column, text), (message, hint));
            return Some(TermValue::NotAssessed);
        }
        let value = match folded.as_str() {
            "зачет" => Some(TermValue::Pass),
            "незачет" => Some(TermValue::Fail),
            "б/о" => Some(TermValue::Unmarked),
            "о/с" => Some(TermValue::Exempt),
            other => TermValue::parse(other),
        };
        if value.is_none() {
            let message = said!(
                "итог «{text}»: ждали 1–5, 0, зач, незач, осв, н/а или безотм",
                "result \"{text}\": 1–5, 0, зач, незач, осв, н/а or безотм was wanted"
            );
            let hint = said!("исправьте отметку в источнике", "mend the mark in the source");
            self.note("J302", ProblemSeverity::Error, place, (column, text), (message, hint));
        }
        value
    }
}
