//! Entries that a later snapshot has with another value, or no longer has: listed if the journal's own log is
//! not given.

use std::collections::BTreeMap;

use super::entries::{Record, Scope, Slot};
use super::history::{History, Step, Track};
use crate::base::problems::ProblemSeverity;
use crate::base::said::{Said, said};
use crate::base::source::Origin;
use crate::ingest::problems::{Problems, Spot};
use crate::model::Text;
use crate::model::schema::schema_of;

/// How many differences of one snapshot are listed; the rest are counted.
const MOST_LISTED: usize = 200;

/// Lists the differences between neighbouring snapshots, in the order of their places.
pub(super) fn list(history: &History, problems: &mut Problems) {
    let mut found: Vec<(&Track, &Step, &Step)> = Vec::new();
    for track in history.tracks.iter().filter(|track| track.is_main) {
        for pair in track.steps.windows(2) {
            let (before, after) = (&pair[0], &pair[1]);
            let past = &history.past[after.snapshot];
            let is_gone = after.values.is_empty();
            if differs(track.slot, before, after)
                && (!is_gone || past.coverage.covers(&track.scope, history.file(track)))
            {
                found.push((track, before, after));
            }
        }
    }
    found.sort_by_key(|(_, before, after)| (before.last, after.snapshot));
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for (track, before, after) in found {
        let count = counts.entry(before.last.0).or_default();
        *count += 1;
        if *count <= MOST_LISTED {
            say(history, track, (before, after), problems);
        }
    }
    for (snapshot, count) in counts.into_iter().filter(|(_, count)| *count > MOST_LISTED) {
        let rest = count - MOST_LISTED;
        let date = history.past[snapshot].taken.first.date();
        let message = said!(
            "после снимка {date} изменилось ещё записей: {rest}; названы первые {MOST_LISTED}",
            "more entries changed after the snapshot of {date}: {rest}; the first {MOST_LISTED} are listed"
        );
        problems.add_file("J653", ProblemSeverity::Notice, "", message, hint());
    }
}

/// Returns whether a value that was there no longer is. An added value is not a difference.
fn differs(slot: Slot, before: &Step, after: &Step) -> bool {
    let count = |values: &[Text], value: &Text| values.iter().filter(|other| *other == value).count();
    let is_kept = |value: &Text| count(&before.values, value) <= count(&after.values, value);
    let is_blank = slot == Slot::Lesson && before.values.iter().all(Text::is_empty);
    (!is_blank || after.values.is_empty()) && !before.values.iter().all(is_kept)
}

fn say(history: &History, track: &Track, (before, after): (&Step, &Step), problems: &mut Problems) {
    let unknown = Origin { file: String::new(), sheet: String::new() };
    let past = &history.past[before.last.0];
    let origin = past.origins.get(before.last.1.origin as usize).unwrap_or(&unknown);
    let date = history.past[after.snapshot].taken.first.date();
    let table = schema_of(track.record.table());
    let (old, new) = (before.values.join("; "), after.values.join("; "));
    let message = if after.values.is_empty() {
        Said::new(
            format!("{}: «{old}» здесь есть, а в снимке {date} записи нет", table.title),
            format!("{}: \"{old}\" here, and no entry in the snapshot of {date}", table.table.id()),
        )
    } else {
        Said::new(
            format!("{}: здесь «{old}», а в снимке {date} — «{new}»", table.title),
            format!("{}: \"{old}\" here, \"{new}\" in the snapshot of {date}", table.table.id()),
        )
    };
    let column = match (&track.scope, track.record) {
        (Scope::Report { day: Some(day), .. }, _) => day.to_string(),
        (_, Record::Lesson(_)) => "topic".to_owned(),
        (_, Record::Homework(_)) => "text".to_owned(),
        (_, Record::Absence(_)) => "reason".to_owned(),
        (_, Record::Mark(_) | Record::TermMark(_)) => "value".to_owned(),
    };
    let spot = Spot { row: Some(before.last.1.row), column, value: old };
    problems.add("J653", ProblemSeverity::Notice, (origin, spot), message, hint());
}

fn hint() -> Said {
    said!(
        "кто и когда исправил, скажет журнал изменений: таблица changes",
        "the journal's own log, table changes, says who mended it and when"
    )
}
