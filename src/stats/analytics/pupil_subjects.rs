//! Pupils by subject: current marks, their means, the term mark, lessons and absences.

use rustc_hash::FxHashMap;

use super::facts::{Facts, Studied};
use super::sheet::Kind::{Number, Text, Whole};
use super::sheet::{Cell, Row};
use super::table::AnalyticsTable;
use crate::model::*;

/// Ученики по предметам.
pub const PUPIL_SUBJECTS: AnalyticsTable = AnalyticsTable {
    name: "pupil_subjects",
    title: "Ученики по предметам",
    columns: &[
        ("term_id", Text),
        ("class_id", Text),
        ("pupil_id", Text),
        ("subject_id", Text),
        ("course_id", Text),
        ("marks", Whole),
        ("mark_sum", Whole),
        ("mean", Number),
        ("weighted_mean", Number),
        ("term_mark", Text),
        ("lessons", Whole),
        ("absences", Whole),
    ],
    sources: &[Table::Marks],
    rows,
};

/// Held lessons of which a pupil was a member, and those from which the pupil was absent.
pub(super) type Attended = FxHashMap<Id<Pupil>, (usize, usize)>;

fn rows(facts: &Facts<'_>) -> Vec<Row> {
    let has_attendance = facts.journal.presence.has(Table::Attendance);
    let mut rows = Vec::new();
    for &term in &facts.ended {
        let span = facts.journal.terms[term].span;
        let studied = facts.studied(term, span.to);
        // Rows of a course follow each other.
        for of_course in studied.chunk_by(|one, other| one.course == other.course) {
            let attended = attended(facts, of_course[0].course, span);
            for one in of_course {
                let (lessons, absences) = attended.get(&one.pupil).copied().unwrap_or_default();
                let absences = if has_attendance { absences.into() } else { Cell::Nothing };
                rows.push(row(facts, term, one, [lessons.into(), absences]));
            }
        }
    }
    rows
}

fn row(facts: &Facts<'_>, term: Id<Term>, one: &Studied, attended: [Cell; 2]) -> Row {
    let journal = facts.journal;
    let sums = facts.sums(one.pupil, one.course, journal.terms[term].span);
    let mean = |sum: i128, count: i128| (count > 0).then(|| sum as f64 / count as f64);
    let mark = facts.term_mark(one.pupil, one.subject, term).and_then(|mark| mark.value);
    let mut row: Row = vec![
        facts.term_key(Some(term)).into(),
        facts.class_key(Some(one.class)).into(),
        journal.pupils[one.pupil].key.as_str().into(),
        journal.subjects[one.subject].key.as_str().into(),
        journal.courses[one.course].key.as_str().into(),
        Cell::Whole(i64::try_from(sums.count).unwrap_or(i64::MAX)),
        Cell::Whole(i64::try_from(sums.sum).unwrap_or(i64::MAX)),
        mean(sums.sum, sums.count).into(),
        mean(sums.weighted, sums.weight).into(),
        mark.map_or("", TermValue::code).into(),
    ];
    row.extend(attended);
    row
}

/// Counts a course's held lessons in a term by member.
pub(super) fn attended(facts: &Facts<'_>, course: Id<Course>, span: Span) -> Attended {
    let mut attended = Attended::default();
    for lesson in facts.roster.held_in(facts.journal, course, span) {
        let date = facts.journal.lessons[lesson].date;
        let mut last = None;
        for member in facts.roster.members_on(course, date) {
            if last.replace(member.pupil) != Some(member.pupil) {
                let (lessons, absences) = attended.entry(member.pupil).or_default();
                *lessons += 1;
                *absences += usize::from(facts.is_absent(lesson, member.pupil));
            }
        }
    }
    attended
}
