//! Absences of a pupil in a term: lessons by reason, and whole days.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::facts::Facts;
use super::sheet::Kind::{Text, Whole};
use super::sheet::Row;
use super::table::AnalyticsTable;
use crate::model::*;

/// Пропуски учеников.
pub const ABSENCE_DAYS: AnalyticsTable = AnalyticsTable {
    name: "absence_days",
    title: "Пропуски учеников",
    columns: &[
        ("term_id", Text),
        ("class_id", Text),
        ("pupil_id", Text),
        ("lessons_due", Whole),
        ("lessons_missed", Whole),
        ("ill", Whole),
        ("excused", Whole),
        ("unexcused", Whole),
        ("unknown", Whole),
        ("late", Whole),
        ("days_missed", Whole),
    ],
    sources: &[Table::Attendance],
    rows,
};

/// A pupil's day: lessons due, and lessons by reason of absence or lateness in the order of [`REASONS`].
#[derive(Clone, Copy, Default)]
struct Day {
    due: usize,
    by_reason: [usize; 5],
}

const REASONS: [AbsenceReason; 5] = [
    AbsenceReason::Ill,
    AbsenceReason::Excused,
    AbsenceReason::Unexcused,
    AbsenceReason::Unknown,
    AbsenceReason::Late,
];

impl Day {
    fn missed(&self) -> usize {
        self.by_reason[..4].iter().sum()
    }
}

fn rows(facts: &Facts<'_>) -> Vec<Row> {
    let journal = facts.journal;
    let days = days(facts);
    let mut rows = Vec::new();
    for &term in &facts.ended {
        let Term { span, grades, .. } = &journal.terms[term];
        for pupil in journal.pupils.ids() {
            let Some(class) = facts.roster.class_on(pupil, span.to) else { continue };
            if grades.contains(journal.classes[class].grade) {
                let own = &days[pupil.index()];
                rows.push(row(facts, (term, class, pupil), own.range(span.from..=span.to)));
            }
        }
    }
    rows
}

fn row<'d>(
    facts: &Facts<'_>,
    (term, class, pupil): (Id<Term>, Id<Class>, Id<Pupil>),
    days: impl Iterator<Item = (&'d Date, &'d Day)>,
) -> Row {
    let (mut sum, mut days_missed) = (Day::default(), 0);
    for (_, day) in days {
        sum.due += day.due;
        sum.by_reason.iter_mut().zip(day.by_reason).for_each(|(sum, count)| *sum += count);
        days_missed += usize::from(day.due > 0 && day.missed() == day.due);
    }
    let mut row: Row = vec![
        facts.term_key(Some(term)).into(),
        facts.class_key(Some(class)).into(),
        facts.journal.pupils[pupil].key.as_str().into(),
        sum.due.into(),
        sum.missed().into(),
    ];
    row.extend(sum.by_reason.map(Into::into));
    row.push(days_missed.into());
    row
}

/// Returns every pupil's days with held lessons of which the pupil is a member.
fn days(facts: &Facts<'_>) -> Vec<BTreeMap<Date, Day>> {
    let mut days = vec![BTreeMap::new(); facts.journal.pupils.len()];
    for (id, lesson) in facts.lessons().filter(|(_, lesson)| lesson.status == LessonStatus::Held) {
        let mut last = None;
        for member in facts.roster.members_on(lesson.course, lesson.date) {
            if last.replace(member.pupil) == Some(member.pupil) {
                continue;
            }
            let day: &mut Day = days[member.pupil.index()].entry(lesson.date).or_default();
            day.due += 1;
            let reason = facts.absence(id, member.pupil).map(|absence| absence.reason);
            if let Some(at) = reason.and_then(|reason| REASONS.iter().position(|one| *one == reason)) {
                day.by_reason[at] += 1;
            }
        }
    }
    days
}
