//! Movement of pupils: who was enrolled, who joined and left, by class, parallel, level and school.

use std::collections::BTreeMap;

use super::facts::Facts;
use super::sheet::Kind::{Text, Whole};
use super::sheet::Row;
use super::table::AnalyticsTable;
use crate::model::*;
use crate::stats::read::level_of;

/// Движение обучающихся.
pub const MOVEMENT: AnalyticsTable = AnalyticsTable {
    name: "movement",
    title: "Движение обучающихся",
    columns: &[
        ("term_id", Text),
        ("scope", Text),
        ("scope_id", Text),
        ("start", Whole),
        ("arrived", Whole),
        ("transferred_in", Whole),
        ("other_in", Whole),
        ("left", Whole),
        ("transferred_out", Whole),
        ("other_out", Whole),
        ("end", Whole),
        ("boys", Whole),
        ("girls", Whole),
    ],
    sources: &[Table::Enrolment],
    rows,
};

/// Counts in the order of the columns after `scope_id`.
type Counts = [usize; 10];

fn rows(facts: &Facts<'_>) -> Vec<Row> {
    let journal = facts.journal;
    let mut counts: BTreeMap<(Id<Term>, &str, String), Counts> = BTreeMap::new();
    for &term in &facts.ended {
        let Term { span, grades, .. } = &journal.terms[term];
        for (class, record) in journal.classes.iter().filter(|(_, one)| grades.contains(one.grade)) {
            let own = of_class(journal, class, *span);
            let scopes = [
                ("class", record.key.to_string()),
                ("parallel", record.grade.to_string()),
                ("level", level_of(record.grade).to_owned()),
                ("school", String::new()),
            ];
            for (scope, id) in scopes {
                let sum = counts.entry((term, scope, id)).or_default();
                sum.iter_mut().zip(own).for_each(|(sum, count)| *sum += count);
            }
        }
    }
    let row = |((term, scope, id), counts): ((Id<Term>, &str, String), Counts)| {
        let mut row: Row = vec![facts.term_key(Some(term)).into(), scope.into(), id.into()];
        row.extend(counts.map(Into::into));
        row
    };
    counts.into_iter().map(row).collect()
}

fn of_class(journal: &Journal, class: Id<Class>, term: Span) -> Counts {
    let mut counts = Counts::default();
    for stay in journal.enrolment.iter().filter(|stay| stay.class == class) {
        counts[0] += usize::from(stay.span.contains(term.from));
        if term.from < stay.span.from && stay.span.from <= term.to {
            counts[1 + came(stay.joined)] += 1;
        }
        if term.from <= stay.span.to && stay.span.to < term.to {
            counts[4 + left(stay.left)] += 1;
        }
        if stay.span.contains(term.to) {
            counts[7] += 1;
            let sex = journal.pupils[stay.pupil].sex;
            counts[8] += usize::from(sex == Some(Sex::Male));
            counts[9] += usize::from(sex == Some(Sex::Female));
        }
    }
    counts
}

fn came(kind: Option<JoinKind>) -> usize {
    match kind {
        Some(JoinKind::Arrived) => 0,
        Some(JoinKind::Transferred) => 1,
        Some(JoinKind::Start) | None => 2,
    }
}

fn left(kind: Option<LeaveKind>) -> usize {
    match kind {
        Some(LeaveKind::Left) => 0,
        Some(LeaveKind::Transferred) => 1,
        Some(LeaveKind::Promoted | LeaveKind::Graduated) | None => 2,
    }
}
