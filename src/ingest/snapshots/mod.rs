//! Dated copies of one export, `snapshots/DATE/`. The newest is the state. If the source has no moments of
//! entry, the older ones show between which dates an entry first appeared.
//!
//! Files outside `snapshots/` belong to all of them. An entry counts as not yet made only if a snapshot would
//! show it: its file is complete and has data of the class, or a report has the pupil's row over that day.

mod coverage;
mod differences;
mod entries;
mod folders;
mod history;
mod made;
mod taken;

use std::collections::BTreeSet;

use rayon::prelude::*;

use self::entries::Record;
use self::folders::{Folder, HOME};
use self::history::History;
use self::taken::Taken;
use super::problems::Problems;
use super::reading::{Part, Reading, SourceNote};
use super::received::Bundle;
use super::wanted::Wanted;
use crate::base::problems::{Problem, ProblemSeverity};
use crate::base::said::said;
use crate::model::{Interval, Journal, Snapshot, Table};

/// How many snapshots are read at once, at most: each takes the memory of a journal.
const AT_ONCE: usize = 4;

/// Reads some files of a bundle.
type Read<'a> = dyn Fn(&Wanted<'_>) -> Part + Sync + 'a;

/// Reads a bundle, with its snapshots if it has any; `read` reads the requested part of it.
pub(super) fn read(bundle: &Bundle, read: &Read<'_>) -> Reading {
    let mut problems = Problems::default();
    let folders = folders::list(bundle, &mut problems);
    let Some((newest, older)) = folders.split_last() else {
        let Part { mut reading, .. } = read(&Wanted::all(&|path| !path.starts_with(HOME)));
        if let Some(journal) = &mut reading.journal {
            made::say_state(journal, &mut problems);
        }
        add_problems(&mut reading, problems);
        return reading;
    };
    let mut history = History::default();
    let mut sources = Vec::new();
    for folders in older.chunks(AT_ONCE.min(rayon::current_num_threads()).max(1)) {
        let seen: Vec<_> = folders.par_iter().map(|folder| (folder, look_at(folder, read))).collect();
        for (folder, seen) in seen {
            sources.extend(seen.sources);
            seen.problems.into_iter().for_each(|problem| problems.push(problem));
            if let Some((taken, mut shown)) = seen.shown {
                history.add(history.not_before(taken, folder.taken), &mut shown);
            }
        }
    }
    let mut part = read(&Wanted::all(&|path| is_part(path, newest)));
    if let Some(mut journal) = part.reading.journal.take() {
        date_entries(&mut journal, &part, newest, &mut history, &mut problems);
        part.reading.journal = Some(journal);
    }
    let mut reading = part.reading;
    reading.sources.extend(sources);
    reading.sources.sort();
    add_problems(&mut reading, problems);
    reading
}

/// Returns whether a file belongs to all snapshots, or to this one.
fn is_part(path: &str, folder: &Folder) -> bool {
    !path.starts_with(HOME) || path.starts_with(&folder.path)
}

/// The kept parts of an older snapshot.
struct Seen {
    shown: Option<(Snapshot, Taken)>,
    sources: Vec<SourceNote>,
    problems: Vec<Problem>,
}

/// Reads an older snapshot for its entries.
fn look_at(folder: &Folder, read: &Read<'_>) -> Seen {
    let part = read(&Wanted::entries(&|path| is_part(path, folder)));
    let mut problems = Problems::default();
    let shown = part.reading.journal.as_ref().map(|journal| {
        let taken = made::moment_taken(journal, folder, &mut problems);
        (taken, Taken::of(journal, &part, folder, &mut problems))
    });
    let sources = part.reading.sources.into_iter().filter(|source| source.file.starts_with(&folder.path));
    Seen { shown, sources: sources.collect(), problems: problems.into_sorted() }
}

fn add_problems(reading: &mut Reading, mut problems: Problems) {
    std::mem::take(&mut reading.problems).into_iter().for_each(|problem| problems.push(problem));
    reading.problems = problems.into_sorted();
}

/// Gives the entries of the state their intervals, and reports where they come from.
fn date_entries(
    journal: &mut Journal,
    part: &Part,
    newest: &Folder,
    history: &mut History,
    problems: &mut Problems,
) {
    // Faults of the state's own files are among its problems already.
    let mut shown = Taken::of(journal, part, newest, &mut Problems::default());
    let taken = made::moment_taken(journal, newest, problems);
    history.add(history.not_before(taken, newest.taken), &mut shown);
    journal.snapshots = history.past.iter().map(|past| past.taken).collect();
    let intervals = history.intervals(&shown);
    // One snapshot shows no beginning: a rule that needs moments would find nothing and look satisfied.
    if history.past.len() > 1 {
        let tables: BTreeSet<Table> = intervals.iter().map(|(record, _)| record.table()).collect();
        tables.iter().for_each(|table| journal.presence.note_dated(*table));
        intervals.into_iter().for_each(|(record, interval)| put(journal, record, interval));
    }
    say_snapshots(history, newest, problems);
    if !journal.presence.has(Table::Changes) {
        differences::list(history, problems);
    }
}

fn put(journal: &mut Journal, record: Record, interval: Interval) {
    let seen = match record {
        Record::Lesson(id) => journal.lessons.get_mut(id).map(|lesson| &mut lesson.seen),
        Record::Homework(id) => journal.homework.get_mut(id).map(|task| &mut task.seen),
        Record::Mark(id) => journal.marks.get_mut(id).map(|mark| &mut mark.seen),
        Record::Absence(id) => journal.absences.get_mut(id).map(|absence| &mut absence.seen),
        Record::TermMark(id) => journal.term_marks.get_mut(id).map(|mark| &mut mark.seen),
    };
    if let Some(seen) = seen {
        *seen = Some(Box::new(interval));
    }
}

fn say_snapshots(history: &History, newest: &Folder, problems: &mut Problems) {
    let dates: Vec<String> = history.past.iter().map(|past| past.taken.first.date().to_string()).collect();
    let (count, listed) = (dates.len(), dates.join(", "));
    let message = said!(
        "снимков выгрузки: {count} ({listed}); год собран по последнему, а время записи, которого нет в источнике, известно между снимками",
        "snapshots of the export: {count} ({listed}); the year is made from the last, and moments of entry that the source does not have are known between snapshots"
    );
    let hint = said!(
        "чем чаще снимки, тем больше записей можно судить по сроку",
        "the more often snapshots are taken, the more entries can be judged"
    );
    problems.add_file("J651", ProblemSeverity::Notice, &newest.path, message, hint);
}
