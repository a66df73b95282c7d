//! What a snapshot covers: an entry that is missing from it was not made yet only if the snapshot would show
//! it.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::entries::{Entry, Scope, Walk, key};
use super::folders::Folder;
use crate::base::problems::{Problem, ProblemSeverity};
use crate::base::said::said;
use crate::ingest::problems::Problems;
use crate::model::*;

/// Problems that leave the rest of a file complete: an unidentified pupil or subject of a report.
const OF_ONE_BLOCK: &[&str] = &["J612", "J615", "J631", "J632", "J633", "J634", "J638", "J639"];

/// What one snapshot covers.
#[derive(Default)]
pub(super) struct Coverage {
    /// Files by their path inside the snapshot, each with its sheet.
    files: BTreeSet<(String, String)>,
    /// Classes with any data in the snapshot's own files.
    classes: BTreeSet<Text>,
    /// Rows of reports by pupil and subject: their days and their term.
    rows: FxHashMap<u64, Vec<(Option<Span>, Option<Text>)>>,
}

impl Coverage {
    /// Examines what was read of a snapshot. A file with errors covers nothing, which is reported.
    pub(super) fn of(
        journal: &Journal,
        (walk, entries): (&Walk<'_>, &[Entry]),
        folder: &Folder,
        read: &[Problem],
        problems: &mut Problems,
    ) -> Self {
        let faulty = faulty(folder, read);
        faulty.iter().for_each(|(file, count)| say_faulty(file, *count, problems));
        let whole = journal.origins.iter().filter(|origin| !faulty.contains_key(origin.file.as_str()));
        let files = whole.filter_map(|origin| folder.inside(origin)).collect();
        let mut classes = BTreeSet::new();
        // Entries of one class follow each other.
        for together in entries.chunk_by(|one, other| one.scope == other.scope) {
            if let Scope::Classes(own) = &together[0].scope {
                classes.extend(own.iter().cloned());
            }
        }
        let mut rows: FxHashMap<u64, Vec<_>> = FxHashMap::default();
        let is_whole = |mean: &&PrintedMean| {
            let file = journal.origin(mean.place).map_or("", |origin| origin.file.as_str());
            walk.is_own(mean.place) && !faulty.contains_key(file)
        };
        for mean in journal.printed_means.iter().filter(is_whole) {
            let row = key((&journal.pupils[mean.pupil].key, &journal.subjects[mean.subject].key));
            let term = mean.term.map(|term| journal.terms[term].key.clone());
            rows.entry(row).or_default().push((mean.span, term));
        }
        Self { files, classes, rows }
    }

    /// Returns whether the snapshot would show an entry of this scope and file.
    pub(super) fn covers(&self, scope: &Scope, file: &(String, String)) -> bool {
        match scope {
            Scope::Classes(classes) => {
                self.files.contains(file) && classes.iter().any(|class| self.classes.contains(class))
            }
            Scope::Report { row, day, term } => {
                let rows = self.rows.get(row).map_or(&[][..], Vec::as_slice);
                rows.iter().any(|(span, of_term)| match day {
                    Some(day) => span.is_some_and(|span| span.contains(*day)),
                    None => of_term == term,
                })
            }
        }
    }
}

/// Counts the errors of each of a snapshot's files.
fn faulty<'a>(folder: &Folder, read: &'a [Problem]) -> BTreeMap<&'a str, usize> {
    let mut faulty = BTreeMap::new();
    for problem in read {
        let is_fault = problem.severity == ProblemSeverity::Error && !OF_ONE_BLOCK.contains(&problem.code);
        if is_fault && problem.file.starts_with(&folder.path) {
            *faulty.entry(problem.file.as_str()).or_default() += 1;
        }
    }
    faulty
}

fn say_faulty(file: &str, count: usize, problems: &mut Problems) {
    let message = said!(
        "файл снимка прочитан с ошибками ({count}): записи, которых в нём нет, по нему не судятся",
        "a snapshot's file was read with errors ({count}): what it does not have is not judged by it"
    );
    let hint = said!("исправьте файл, если этот снимок важен", "mend the file if this snapshot matters");
    problems.add_file("J652", ProblemSeverity::Notice, file, message, hint);
}
