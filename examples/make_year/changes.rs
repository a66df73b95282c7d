//! The journal's own log of corrections, most of them on the same day, a few when it was too late.

use fastrand::Rng;

use super::calendar::{Moment, at, day};
use super::journal::lesson_id;
use super::lessons::Lesson;
use super::marks::Sample;
use super::papers::{BREACHES, account};
use super::plans::Planned;
use super::school::{DEPUTY, School};
use super::table::Table;

const COLUMNS: &[&str] =
    &["at", "account", "staff_id", "action", "table", "record_id", "field", "old", "new"];

/// One row of the log.
struct Change {
    at: Moment,
    by: usize,
    action: &'static str,
    table: &'static str,
    record: String,
    cells: [String; 3],
}

/// Returns the log in the order of time.
pub(crate) fn changes(
    school: &School,
    lessons: &[Lesson],
    plans: &[Vec<Planned>],
    samples: &[Sample],
    rng: &mut Rng,
) -> Table {
    let mut log: Vec<Change> = samples.iter().enumerate().map(|(i, s)| mark_change(i, s, rng)).collect();
    for (i, lesson) in lessons.iter().enumerate().filter(|(_, l)| l.is_held() && !l.is_remote) {
        let course = &school.courses[lesson.course];
        log.extend(lesson_change(i, lesson, plans, course.is_graded() && course.kind == "lesson", rng));
    }
    in_breaches(&mut log, samples);
    log.sort_by(|a, b| (a.at, &a.record).cmp(&(b.at, &b.record)));
    let mut table = Table::new("changes", COLUMNS);
    for change in &log {
        let [field, old, new] = &change.cells;
        let moment = school.cal.stamp(change.at);
        let (account, staff) = (account(change.by), &school.staff[change.by].id);
        table.row(&[
            &moment,
            &account,
            staff,
            &change.action,
            &change.table,
            &change.record,
            field,
            old,
            new,
        ]);
    }
    table
}

fn mark_change(index: usize, sample: &Sample, rng: &mut Rng) -> Change {
    let old = if sample.value == 5 { 4 } else { sample.value + 1 };
    let after_term = at(sample.term_end + 2, 700 + rng.i32(0..200));
    let (moment, by) = match index % 25 {
        7 => (after_term, sample.by),
        19 => (after_term, DEPUTY),
        _ => (sample.recorded + rng.i32(1..25), sample.by),
    };
    if index % 25 == 3 {
        // The record is gone: only the log knows of it.
        let (record, cells) =
            (format!("{}x", sample.mark_id), ["value".to_owned(), old.to_string(), String::new()]);
        return Change { at: moment, by, action: "delete", table: "marks", record, cells };
    }
    let cells = ["value".to_owned(), old.to_string(), sample.value.to_string()];
    Change { at: moment, by, action: "update", table: "marks", record: sample.mark_id.clone(), cells }
}

fn lesson_change(
    index: usize,
    lesson: &Lesson,
    plans: &[Vec<Planned>],
    has_homework: bool,
    rng: &mut Rng,
) -> Option<Change> {
    let planned = plans[lesson.course].get(lesson.plan?)?;
    let (table, cells) = match rng.u32(..2000) {
        0 | 1 => ("lessons", ["topic", "Повторение", planned.topic.as_str()]),
        2 | 3 if has_homework => ("homework", ["minutes", "30", "20"]),
        _ => return None,
    };
    let moment = lesson.recorded + rng.i32(1..30);
    let cells = cells.map(str::to_owned);
    Some(Change { at: moment, by: lesson.teacher, action: "update", table, record: lesson_id(index), cells })
}

/// While an account was in strange hands, two marks were changed with it.
fn in_breaches(log: &mut Vec<Change>, samples: &[Sample]) {
    for (owner, date, [detected, _, _, closed], _) in BREACHES {
        let before = samples.iter().filter(|s| s.recorded < at(day(date), detected) && s.by == owner);
        for (sample, minute) in before.take(2).zip([detected + 25, closed - 90]) {
            let cells = ["value".to_owned(), sample.value.to_string(), "5".to_owned()];
            let record = sample.mark_id.clone();
            log.push(Change {
                at: at(day(date), minute),
                by: owner,
                action: "update",
                table: "marks",
                record,
                cells,
            });
        }
    }
}
