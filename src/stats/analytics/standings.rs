//! Pupils by their term marks: excellent, good, with one 4 or one 3, failing, not assessed.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::Facts;
use super::sheet::Kind::{Text, Whole};
use super::sheet::Row;
use super::table::AnalyticsTable;
use crate::model::*;

/// Ученики по итогам периодов.
pub const STANDINGS: AnalyticsTable = AnalyticsTable {
    name: "standings",
    title: "Ученики по итогам периодов",
    columns: &[
        ("term_id", Text),
        ("class_id", Text),
        ("pupil_id", Text),
        ("standing", Text),
        ("one_short", Text),
        ("deciding", Text),
        ("assessed", Whole),
        ("n5", Whole),
        ("n4", Whole),
        ("n3", Whole),
        ("n2", Whole),
        ("n1", Whole),
        ("na", Whole),
        ("excluded", Text),
        ("before", Text),
    ],
    sources: &[Table::TermMarks],
    rows,
};

/// The total of a pupil's term marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Failing,
    NotAssessed,
    None,
    Excellent,
    Good,
    Satisfactory,
}

impl Standing {
    fn code(self) -> &'static str {
        match self {
            Self::Failing => "failing",
            Self::NotAssessed => "not_assessed",
            Self::None => "none",
            Self::Excellent => "excellent",
            Self::Good => "good",
            Self::Satisfactory => "satisfactory",
        }
    }
}

/// A pupil's subjects in a term, by the outcome of the mark.
#[derive(Default)]
struct Tally<'a> {
    /// Subjects by numeric mark, 1 to 5 at 0 to 4.
    numeric: [Vec<&'a str>; 5],
    not_assessed: Vec<&'a str>,
    excluded: BTreeMap<&'static str, usize>,
}

impl<'a> Tally<'a> {
    fn add(&mut self, subject: &'a str, mark: Option<&TermMark>, facts: &Facts<'_>) {
        let left_out = match mark.map(|mark| (mark.value, mark.deferred_until)) {
            Some((Some(TermValue::Numeric(value)), _)) => {
                return self.numeric[usize::from(value.clamp(1, 5)) - 1].push(subject);
            }
            Some((Some(TermValue::NotAssessed), _)) => return self.not_assessed.push(subject),
            Some((Some(value), _)) => value.code(),
            Some((None, Some(until))) if until >= facts.as_of => "deferred",
            _ => "absent",
        };
        *self.excluded.entry(left_out).or_default() += 1;
    }

    fn count(&self, mark: usize) -> usize {
        self.numeric[mark - 1].len()
    }

    fn standing(&self) -> Standing {
        let numeric: usize = self.numeric.iter().map(Vec::len).sum();
        match () {
            () if self.count(1) + self.count(2) > 0 => Standing::Failing,
            () if !self.not_assessed.is_empty() => Standing::NotAssessed,
            () if numeric == 0 => Standing::None,
            () if self.count(5) == numeric => Standing::Excellent,
            () if self.count(3) == 0 => Standing::Good,
            () => Standing::Satisfactory,
        }
    }

    /// Returns the code of the one mark that prevents the next standing, and the deciding subjects.
    fn deciding(&self) -> (&'static str, Vec<&'a str>) {
        match self.standing() {
            Standing::Good if self.count(4) == 1 => ("one_4", self.numeric[3].clone()),
            Standing::Satisfactory if self.count(3) == 1 => ("one_3", self.numeric[2].clone()),
            Standing::Failing => ("", [self.numeric[0].clone(), self.numeric[1].clone()].concat()),
            Standing::NotAssessed => ("", self.not_assessed.clone()),
            _ => ("", Vec::new()),
        }
    }
}

type OfTerm<'a> = BTreeMap<(Id<Term>, Id<Pupil>), (Id<Class>, Tally<'a>)>;

fn rows(facts: &Facts<'_>) -> Vec<Row> {
    let tallies = tallies(facts);
    let journal = facts.journal;
    let row = |((term, pupil), (class, tally)): (&(Id<Term>, Id<Pupil>), &(Id<Class>, Tally<'_>))| {
        let (one_short, mut deciding) = tally.deciding();
        deciding.sort_unstable();
        let excluded: Vec<String> =
            tally.excluded.iter().map(|(code, count)| format!("{code}:{count}")).collect();
        let before = facts.previous(*term, journal.classes[*class].grade);
        let before = before.and_then(|before| tallies.get(&(before, *pupil)));
        let numeric: usize = tally.numeric.iter().map(Vec::len).sum();
        vec![
            facts.term_key(Some(*term)).into(),
            facts.class_key(Some(*class)).into(),
            journal.pupils[*pupil].key.as_str().into(),
            tally.standing().code().into(),
            one_short.into(),
            deciding.join(";").into(),
            (numeric + tally.not_assessed.len()).into(),
            tally.count(5).into(),
            tally.count(4).into(),
            tally.count(3).into(),
            tally.count(2).into(),
            tally.count(1).into(),
            tally.not_assessed.len().into(),
            excluded.join(";").into(),
            before.map_or("", |(_, tally)| tally.standing().code()).into(),
        ]
    };
    tallies.iter().map(row).collect()
}

/// Gathers the subjects of every pupil in a class on the last day of every ended term of the class's grade.
fn tallies<'a>(facts: &Facts<'a>) -> OfTerm<'a> {
    let journal = facts.journal;
    let mut tallies = OfTerm::new();
    for &term in &facts.ended {
        let Term { span, grades, .. } = &journal.terms[term];
        for pupil in journal.pupils.ids() {
            let Some(class) = facts.roster.class_on(pupil, span.to) else { continue };
            let grade = journal.classes[class].grade;
            if grade >= FIRST_MARKED_GRADE && grades.contains(grade) {
                tallies.insert((term, pupil), (class, Tally::default()));
            }
        }
        let studied = facts.graded(term, span.to);
        let subjects: BTreeSet<_> = studied.iter().map(|one| (one.pupil, one.subject)).collect();
        for (pupil, subject) in subjects {
            if let Some((_, tally)) = tallies.get_mut(&(term, pupil)) {
                let mark = facts.term_mark(pupil, subject, term);
                tally.add(journal.subjects[subject].key.as_str(), mark, facts);
            }
        }
    }
    tallies
}
