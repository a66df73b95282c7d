//! What stood where in every snapshot, and between which two of them an entry first appeared.

use rustc_hash::FxHashMap;

use super::coverage::Coverage;
use super::entries::{Entry, Record, Scope, Slot, Walk};
use crate::model::{Interval, Journal, Snapshot, Text};
use crate::source::{Origin, SourceRef};

/// The values in one place of the journal from one snapshot on.
pub(super) struct Step {
    pub(super) snapshot: usize,
    /// Sorted; none: nothing stood there.
    pub(super) values: Vec<Text>,
    /// The last snapshot they stood in, and where.
    pub(super) last: (usize, SourceRef),
}

/// One place of the journal through all snapshots.
pub(super) struct Track {
    pub(super) slot: Slot,
    /// It is the main key of its entries.
    pub(super) is_main: bool,
    pub(super) record: Record,
    pub(super) scope: Scope,
    pub(super) file: (String, String),
    pub(super) steps: Vec<Step>,
}

impl Track {
    /// Returns what stood there in a snapshot.
    fn values(&self, snapshot: usize) -> &[Text] {
        let step = self.steps.iter().rev().find(|step| step.snapshot <= snapshot);
        step.map_or(&[], |step| step.values.as_slice())
    }
}

/// One snapshot as far as it matters afterwards.
pub(super) struct Past {
    pub(super) taken: Snapshot,
    pub(super) coverage: Coverage,
    pub(super) origins: Vec<Origin>,
}

/// All snapshots so far; the last is the state once it is added.
#[derive(Default)]
pub(super) struct History {
    pub(super) past: Vec<Past>,
    pub(super) tracks: FxHashMap<u64, Track>,
}

/// Whether an entry stood in a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stood {
    Yes,
    No,
    Unknown,
}

impl History {
    /// Adds the next snapshot.
    pub(super) fn add(
        &mut self,
        journal: &Journal,
        walk: &Walk<'_>,
        inside: impl Fn(SourceRef) -> Option<(String, String)>,
        (taken, coverage): (Snapshot, Coverage),
    ) {
        let snapshot = self.past.len();
        let mut cells: FxHashMap<u64, (Vec<Text>, SourceRef)> = FxHashMap::default();
        walk.each(|entry| {
            for (at, (slot, key)) in entry.keys.iter().enumerate() {
                let cell = cells.entry(*key).or_insert_with(|| (Vec::new(), entry.place));
                cell.0.push(entry.value.clone());
                self.tracks.entry(*key).or_insert_with(|| Track {
                    slot: *slot,
                    is_main: at == 0,
                    record: entry.record,
                    scope: entry.scope.clone(),
                    file: inside(entry.place).unwrap_or_default(),
                    steps: Vec::new(),
                });
            }
        });
        self.tracks.iter_mut().for_each(|(key, track)| {
            let (mut values, place) = cells.remove(key).unwrap_or_default();
            values.sort();
            let is_first = track.steps.is_empty();
            match track.steps.last_mut().filter(|step| step.values == values) {
                Some(step) => step.last = (snapshot, place),
                None if is_first && values.is_empty() => {}
                None => track.steps.push(Step { snapshot, values, last: (snapshot, place) }),
            }
        });
        self.past.push(Past { taken, coverage, origins: journal.origins.clone() });
    }

    /// Returns the interval of every entry of the state whose moment its source does not say.
    pub(super) fn intervals(
        &self,
        walk: &Walk<'_>,
        inside: impl Fn(SourceRef) -> Option<(String, String)>,
    ) -> Vec<(Record, Interval)> {
        let mut intervals = Vec::new();
        // The n-th of equal values in one place is there where n of them are.
        let mut counts: FxHashMap<(u64, Text), usize> = FxHashMap::default();
        walk.each(|entry| {
            let numbers: Vec<usize> = entry
                .keys
                .iter()
                .map(|(_, key)| {
                    let count = counts.entry((*key, entry.value.clone())).or_default();
                    *count += 1;
                    *count
                })
                .collect();
            if entry.is_dated {
                return;
            }
            if let Some(file) = inside(entry.place) {
                intervals.push((entry.record, self.interval(&entry, &numbers, &file)));
            }
        });
        intervals
    }

    fn interval(&self, entry: &Entry, numbers: &[usize], file: &(String, String)) -> Interval {
        let state = self.past.len() - 1;
        let mut after = None;
        for (snapshot, past) in self.past.iter().enumerate() {
            match self.stood(entry, numbers, (snapshot, state)) {
                Stood::Yes => return Interval { after, by: past.taken.last },
                Stood::No if past.coverage.covers(&entry.scope, file) => after = Some(past.taken.first),
                Stood::No | Stood::Unknown => {}
            }
        }
        // The state itself has the entry, so the loop has returned.
        Interval { after: None, by: self.past[state].taken.last }
    }

    fn stood(&self, entry: &Entry, numbers: &[usize], (snapshot, state): (usize, usize)) -> Stood {
        let mut stood_at_all = Stood::No;
        for ((slot, key), number) in entry.keys.iter().zip(numbers) {
            let Some(track) = self.tracks.get(key) else { continue };
            let (then, now) = (track.values(snapshot), track.values(state));
            let stood = match slot {
                Slot::One => yes_or_no(!then.is_empty()),
                Slot::Lesson => {
                    yes_or_no(then.iter().any(|topic| entry.value.is_empty() || !topic.is_empty()))
                }
                Slot::Many => among(&entry.value, *number, then, now),
            };
            match stood {
                Stood::Yes => return Stood::Yes,
                Stood::No => {}
                Stood::Unknown => stood_at_all = Stood::Unknown,
            }
        }
        stood_at_all
    }
}

fn yes_or_no(is_there: bool) -> Stood {
    if is_there { Stood::Yes } else { Stood::No }
}

/// Tells whether the n-th of equal values stood among several. Where a value has gone since, this one may be its correction.
fn among(value: &Text, number: usize, then: &[Text], now: &[Text]) -> Stood {
    let count = |values: &[Text], value: &Text| values.iter().filter(|other| *other == value).count();
    if count(then, value) >= number {
        Stood::Yes
    } else if then.iter().all(|value| count(then, value) <= count(now, value)) {
        Stood::No
    } else {
        Stood::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_values_a_new_one_is_told_from_a_corrected_one() {
        let texts = |list: &str| list.split_whitespace().map(Text::from).collect::<Vec<_>>();
        for (value, number, then, now, stood) in [
            ("5", 1, "5", "4 5", Stood::Yes),
            ("4", 1, "5", "4 5", Stood::No),
            ("4", 1, "", "4", Stood::No),
            ("4", 1, "3", "4", Stood::Unknown),
            ("5", 2, "5", "5 5", Stood::No),
            ("5", 2, "5 3", "5 5", Stood::Unknown),
        ] {
            assert_eq!(among(&value.into(), number, &texts(then), &texts(now)), stood, "{value} in {then}");
        }
    }
}
