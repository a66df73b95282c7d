//! The contents of every place in every snapshot, and the two snapshots between which an entry first
//! appeared.

use rustc_hash::FxHashMap;

use super::coverage::Coverage;
use super::entries::{Entry, Record, Scope, Slot};
use super::taken::{Place, Taken};
use crate::base::source::{Origin, SourceRef};
use crate::model::{Interval, Snapshot, Text};

/// The values in one place of the journal from one snapshot on.
pub(super) struct Step {
    pub(super) snapshot: usize,
    /// Sorted; empty if the place was empty.
    pub(super) values: Vec<Text>,
    /// The last snapshot with these values, and the place there.
    pub(super) last: (usize, SourceRef),
}

/// One place of the journal through all snapshots.
pub(super) struct Track {
    key: u64,
    pub(super) slot: Slot,
    /// It is the main key of its entries.
    pub(super) is_main: bool,
    pub(super) record: Record,
    pub(super) scope: Scope,
    /// Position among the history's files.
    file: usize,
    pub(super) steps: Vec<Step>,
}

impl Track {
    /// Starts with the first contents of a place; `files` are those of the snapshot's origins.
    fn begin<'a>(place: Place<'a>, snapshot: usize, files: &[usize], values: &mut Vec<&'a Text>) -> Self {
        let (Entry { record, scope, place: at, .. }, (slot, is_main)) = (place.first(), place.slot());
        let file = files.get(at.origin as usize).copied().unwrap_or_default();
        let (record, scope, steps) = (*record, scope.clone(), Vec::new());
        let mut track = Self { key: place.key, slot, is_main, record, scope, file, steps };
        place.values(values);
        track.add(snapshot, values, *at);
        track
    }

    /// Returns the contents in a snapshot.
    fn values(&self, snapshot: usize) -> &[Text] {
        let step = self.steps.iter().rev().find(|step| step.snapshot <= snapshot);
        step.map_or(&[], |step| step.values.as_slice())
    }

    /// Adds the contents in the next snapshot; `values` are sorted.
    fn add(&mut self, snapshot: usize, values: &[&Text], place: SourceRef) {
        let is_first = self.steps.is_empty();
        match self.steps.last_mut().filter(|step| step.values.iter().eq(values.iter().copied())) {
            Some(step) => step.last = (snapshot, place),
            None if is_first && values.is_empty() => {}
            None => {
                let values = values.iter().map(|value| (*value).clone()).collect();
                self.steps.push(Step { snapshot, values, last: (snapshot, place) });
            }
        }
    }
}

/// The parts of a snapshot that are needed later.
pub(super) struct Past {
    pub(super) taken: Snapshot,
    pub(super) coverage: Coverage,
    pub(super) origins: Vec<Origin>,
}

/// All snapshots so far; the last one added is the state.
#[derive(Default)]
pub(super) struct History {
    pub(super) past: Vec<Past>,
    /// In key order. A snapshot is in key order too, so one walk merges it.
    pub(super) tracks: Vec<Track>,
    /// Path and sheet of every file inside the snapshots.
    files: Vec<(String, String)>,
}

/// Whether an entry was in a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stood {
    Yes,
    No,
    Unknown,
}

impl History {
    /// Returns path and sheet of the file in which a place first had contents.
    pub(super) fn file(&self, track: &Track) -> &(String, String) {
        &self.files[track.file]
    }

    /// Returns when a snapshot was taken according to its reports, or according to its folder if the reports
    /// would put it before the previous one.
    pub(super) fn not_before(&self, taken: Snapshot, by_name: Snapshot) -> Snapshot {
        let is_before = self.past.last().is_some_and(|past| taken.first < past.taken.last);
        if is_before { by_name } else { taken }
    }

    /// Adds the next snapshot; its coverage and its origins are moved here.
    pub(super) fn add(&mut self, taken: Snapshot, shown: &mut Taken) {
        let files = self.note_files(shown);
        let (coverage, origins) = (std::mem::take(&mut shown.coverage), std::mem::take(&mut shown.origins));
        let snapshot = self.past.len();
        let mut values = Vec::new();
        let mut places = shown.places().peekable();
        let mut tracks = std::mem::take(&mut self.tracks);
        let mut added = Vec::new();
        for track in &mut tracks {
            while let Some(place) = places.next_if(|place| place.key < track.key) {
                added.push(Track::begin(place, snapshot, &files, &mut values));
            }
            match places.next_if(|place| place.key == track.key) {
                Some(place) => {
                    place.values(&mut values);
                    track.add(snapshot, &values, place.first().place);
                }
                None => track.add(snapshot, &[], SourceRef::default()),
            }
        }
        for place in places {
            added.push(Track::begin(place, snapshot, &files, &mut values));
        }
        tracks.extend(added);
        tracks.sort_by_key(|track| track.key);
        self.tracks = tracks;
        self.past.push(Past { taken, coverage, origins });
    }

    /// Returns for every origin of a snapshot the index of its file among the history's.
    fn note_files(&mut self, shown: &Taken) -> Vec<usize> {
        let mut positions = Vec::with_capacity(shown.origins.len());
        for file in &shown.files {
            let file = file.clone().unwrap_or_default();
            let known = self.files.iter().position(|known| *known == file);
            positions.push(known.unwrap_or(self.files.len()));
            if known.is_none() {
                self.files.push(file);
            }
        }
        positions
    }

    /// Returns the interval of every entry of the state without a moment of its own.
    pub(super) fn intervals(&self, state: &Taken) -> Vec<(Record, Interval)> {
        let tracks: FxHashMap<u64, &Track> = self.tracks.iter().map(|track| (track.key, track)).collect();
        let numbers = numbers(state);
        let open = state.entries.iter().zip(&numbers).filter(|(entry, _)| !entry.is_dated);
        open.filter_map(|(entry, numbers)| {
            let file = state.file(entry.place)?;
            let keys = entry.keys().zip(numbers);
            let tracks = keys.filter_map(|((slot, key), number)| Some((slot, *number, *tracks.get(&key)?)));
            Some((entry.record, self.interval(entry, &tracks.collect::<Vec<_>>(), file)))
        })
        .collect()
    }

    fn interval(&self, entry: &Entry, tracks: &[(Slot, usize, &Track)], file: &(String, String)) -> Interval {
        let state = self.past.len() - 1;
        let mut after = None;
        for (snapshot, past) in self.past.iter().enumerate() {
            match stood(entry, tracks, (snapshot, state)) {
                Stood::Yes => return Interval { after, by: past.taken.last },
                Stood::No if past.coverage.covers(&entry.scope, file) => after = Some(past.taken.first),
                Stood::No | Stood::Unknown => {}
            }
        }
        // The state itself has the entry, so the loop has returned.
        Interval { after: None, by: self.past[state].taken.last }
    }
}

/// Returns for both keys of every entry its number among equal ones: the n-th exists where there are n of
/// them.
fn numbers(state: &Taken) -> Vec<[usize; 2]> {
    let mut numbers = vec![[1; 2]; state.entries.len()];
    for place in state.places() {
        let at = usize::from(!place.slot().1);
        let mut before: Vec<&Text> = Vec::new();
        for (position, entry) in place.entries() {
            numbers[position as usize][at] += before.iter().filter(|value| **value == &entry.value).count();
            before.push(&entry.value);
        }
    }
    numbers
}

fn stood(entry: &Entry, tracks: &[(Slot, usize, &Track)], (snapshot, state): (usize, usize)) -> Stood {
    let mut stood_at_all = Stood::No;
    for (slot, number, track) in tracks {
        let (then, now) = (track.values(snapshot), track.values(state));
        let stood = match slot {
            Slot::One => yes_or_no(!then.is_empty()),
            Slot::Lesson => yes_or_no(then.iter().any(|topic| entry.value.is_empty() || !topic.is_empty())),
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

fn yes_or_no(is_there: bool) -> Stood {
    if is_there { Stood::Yes } else { Stood::No }
}

/// Returns whether the n-th of equal values was there among several. If a value has disappeared since, this
/// one may be its correction.
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
