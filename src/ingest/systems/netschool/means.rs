//! The printed means: kept unchanged, and compared with the means of the marks and with each other.
//!
//! The vendor counts a mark that it does not show in about one row of a hundred, so a difference is a warning
//! with both values. A weighted mean cannot be recomputed: the reports have no weights.

use std::collections::BTreeMap;

use super::compose::Offers;
use super::tables::{Shown, SubjectRow, Sums};
use super::terms::TermBook;
use super::{Import, PupilBlock, at};
use crate::base::problems::ProblemSeverity;
use crate::base::said::said;
use crate::base::source::SourceRef;
use crate::model::*;

/// Decimal places from which a mean counts as printed in full, not rounded.
const WHOLE_DECIMALS: usize = 6;
/// Half of the last place of a rounded mean, and of a full one, with room for the binary fraction.
const ROUNDED: f64 = 0.005 + 1e-9;
const WHOLE: f64 = 1e-6;

/// The sums of a report on progress by pupil, subject and term.
type Printed = BTreeMap<(Id<Pupil>, Id<Subject>, Id<Term>), Sums>;

impl Import<'_> {
    /// Keeps every printed mean and reports those that do not agree.
    pub(super) fn compare_means(&mut self, blocks: &[PupilBlock], offers: &Offers, terms: &TermBook) {
        let tolerances = tolerances(blocks);
        let mut printed = Printed::new();
        for block in blocks.iter().filter(|block| !block.is_card()) {
            let term = terms.term_of(&self.builder.journal, block);
            for row in &block.rows {
                let Some(subject) = offers.subject(block.class, &row.subject) else { continue };
                let place = at(block.origin, row.row);
                if let Some(tolerance) = tolerances.get(&block.origin) {
                    self.compare_row(row, *tolerance, place);
                }
                if block.terms.is_empty() {
                    self.keep((block.pupil, subject, term, block.period), &row.sums, place);
                }
                if let Some(term) = term.filter(|_| block.terms.is_empty()) {
                    printed.entry((block.pupil, subject, term)).or_insert_with(|| row.sums.clone());
                }
            }
        }
        for block in blocks {
            self.term_means(block, offers, terms, &printed);
        }
    }

    fn term_means(&mut self, block: &PupilBlock, offers: &Offers, terms: &TermBook, printed: &Printed) {
        let grade = self.builder.journal.classes[block.class].grade;
        for row in &block.rows {
            let Some(subject) = offers.subject(block.class, &row.subject) else { continue };
            let place = at(block.origin, row.row);
            for (title, sums) in block.terms.iter().zip(&row.terms) {
                let Some(term) = terms.by_title(grade, title) else { continue };
                let span = self.builder.journal.terms[term].span;
                self.keep((block.pupil, subject, Some(term), Some(span)), sums, place);
                if let Some(progress) = printed.get(&(block.pupil, subject, term)) {
                    self.compare_reports(title, (sums.mean, progress.mean), place);
                    self.compare_reports(title, (sums.weighted, progress.weighted), place);
                }
            }
        }
    }

    fn keep(
        &mut self,
        (pupil, subject, term, span): (Id<Pupil>, Id<Subject>, Option<Id<Term>>, Option<Span>),
        sums: &Sums,
        place: SourceRef,
    ) {
        let value = |shown: Option<Shown>| shown.map(|shown| shown.value);
        self.builder.journal.printed_means.push(PrintedMean {
            pupil,
            subject,
            span,
            term,
            mean: value(sums.mean),
            weighted: value(sums.weighted),
            result: sums.result.clone(),
            place,
        });
    }

    /// Compares a row's printed mean with that of its cells; the vendor counts a 0 as zero.
    fn compare_row(&mut self, row: &SubjectRow, tolerance: f64, place: SourceRef) {
        // If a row has several terms, nobody knows which days belong to which.
        let Some(sums) = row.only_sums() else { return };
        let marks = row.entries.iter().flat_map(|entry| entry.cell.marks());
        let numbers: Vec<u32> = marks
            .filter_map(|sign| match sign.value {
                MarkValue::Numeric(mark) => Some(u32::from(mark)),
                MarkValue::Zero => Some(0),
                _ => None,
            })
            .collect();
        let (sum, count) = (numbers.iter().sum::<u32>(), numbers.len());
        let own = (count > 0).then(|| f64::from(sum) / count as f64);
        let shown = sums.mean.map(|shown| shown.value).filter(|value| *value > 0.0 || own.is_some());
        let agrees = match (shown, own) {
            (Some(shown), Some(own)) => (shown - own).abs() <= tolerance,
            (None, None) => true,
            _ => false,
        };
        if agrees {
            return;
        }
        let text = |value: Option<f64>| value.map_or_else(|| "нет".to_owned(), comma);
        let (shown, own) = (text(shown), text(own));
        let message = said!(
            "средняя в отчёте {shown}, по видимым отметкам {own} ({sum}/{count})",
            "printed mean {shown}, by the marks shown {own} ({sum}/{count})"
        );
        let hint = said!(
            "обычно в отчёте учтена отметка, которой в нём не видно: сверьте с журналом",
            "the report usually counts a mark it does not show: compare with the journal"
        );
        self.note("J624", ProblemSeverity::Warning, place, ("Средняя оценка", &shown), (message, hint));
    }

    fn compare_reports(&mut self, title: &str, shown: (Option<Shown>, Option<Shown>), place: SourceRef) {
        let (Some(card), Some(progress)) = shown else { return };
        if (card.value - progress.value).abs() <= ROUNDED {
            return;
        }
        let (card, progress) = (comma(card.value), comma(progress.value));
        let message = said!(
            "в табеле {card}, в отчёте об успеваемости {progress}",
            "{card} in the report card, {progress} in the report on progress"
        );
        let hint = said!(
            "отчёты выгружены в разное время: выгрузите оба снова",
            "the reports were exported at different times: export both again"
        );
        self.note("J625", ProblemSeverity::Warning, place, (title, &card), (message, hint));
    }
}

/// Returns how far a recomputed mean may differ, for the sheets with printed means: workbooks print them in
/// full, pages round them.
fn tolerances(blocks: &[PupilBlock]) -> BTreeMap<u32, f64> {
    let mut tolerances = BTreeMap::new();
    for block in blocks {
        let sums = block.rows.iter().flat_map(|row| row.terms.iter().chain([&row.sums]));
        let sums = sums.filter(|_| !block.is_card());
        for mean in sums.filter_map(|sums| sums.mean).filter(|mean| mean.value > 0.0) {
            let tolerance: &mut f64 = tolerances.entry(block.origin).or_insert(ROUNDED);
            if mean.decimals >= WHOLE_DECIMALS {
                *tolerance = WHOLE;
            }
        }
    }
    tolerances
}

/// Writes a number with up to four decimal places after a comma.
fn comma(value: f64) -> String {
    let text = format!("{value:.4}");
    text.trim_end_matches('0').trim_end_matches('.').replace('.', ",")
}
