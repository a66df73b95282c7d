//! The state of each bag after all events of a register, and events that contradict each other.

use std::collections::{BTreeMap, BTreeSet};

use super::entry::{Entry, Event, PARITY_MARK, REVERSED_MARK};
use super::history::Register;
use crate::bagit::names::folded;
use crate::base::inside::BagName;
use crate::base::said::Said;

/// A bag as the register knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BagState {
    /// Number of the edition.
    pub edition: u32,
    /// SHA-256 of its tag manifest when it was created.
    pub tag_manifest: String,
    /// When it was created.
    pub created: String,
    /// When it was last verified.
    pub verified: Option<String>,
    /// Media with copies of it, with the moment, in the order of events.
    pub copies: Vec<(String, String)>,
    /// A later edition took its place.
    pub is_superseded: bool,
    /// When it was handed over, if it was.
    pub handed_over: Option<String>,
    /// It was destroyed: when.
    pub destroyed: Option<String>,
    /// Note of its creation: how long it is kept, and why there is a new edition.
    pub created_note: String,
    /// Numbers of entries about it that were reversed.
    pub reversed: Vec<u64>,
    /// Signatures over its files, with the SHA-256 of each.
    pub signatures: BTreeMap<String, String>,
}

impl BagState {
    /// Returns the media with copies of it, each label once, as the last copy onto it says.
    pub fn media(&self) -> BTreeSet<&str> {
        let labelled = self.copies.iter().map(|(medium, _)| (label_key(label_of(medium)), medium.as_str()));
        labelled.collect::<BTreeMap<_, _>>().into_values().collect()
    }

    /// Returns whether the bag must be in the archive.
    pub fn is_kept(&self) -> bool {
        self.handed_over.is_none() && self.destroyed.is_none()
    }
}

/// Returns the day of a register's moment.
pub fn day_of(moment: &str) -> &str {
    moment.get(..10).unwrap_or(moment)
}

/// Returns the label in the register's name of a medium: `основной экземпляр: диск 1`.
pub fn label_of(medium: &str) -> &str {
    medium.split_once(": ").map_or(medium, |(_, label)| label)
}

/// Returns a label for comparison: labels that differ only by case or blanks are equal.
pub fn label_key(label: &str) -> String {
    folded(&label.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Two events that cannot both be true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// Number of the later event.
    pub number: u64,
    /// The bag.
    pub bag: BagName,
    /// What contradicts.
    pub message: Said<&'static str>,
}

impl Register {
    /// Returns every bag by its name.
    pub fn states(&self) -> BTreeMap<BagName, BagState> {
        self.follow().0
    }

    /// Returns the contradictions: a chain can be sound and still tell a forged story.
    pub fn contradictions(&self) -> Vec<Contradiction> {
        self.follow().1
    }

    /// Returns the numbers of all entries that a later one reverses.
    pub fn reversed(&self) -> BTreeSet<u64> {
        let mut known: BTreeMap<u64, &Entry> = BTreeMap::new();
        let mut reversed = BTreeSet::new();
        for entry in &self.entries {
            let number = reversed_number(entry).filter(|number| {
                known.get(number).is_some_and(|earlier| {
                    earlier.record.event.is_reversible() && earlier.record.bag == entry.record.bag
                })
            });
            reversed.extend(number);
            known.insert(entry.number, entry);
        }
        reversed
    }

    fn follow(&self) -> (BTreeMap<BagName, BagState>, Vec<Contradiction>) {
        let mut states: BTreeMap<BagName, BagState> = BTreeMap::new();
        let mut found = Vec::new();
        let mut open = self.reversed();
        // A mistaken entry contradicts nothing, and it is reversed once.
        let reversed = open.clone();
        for entry in self.entries.iter().filter(|entry| !reversed.contains(&entry.number)) {
            let known = states.get(&entry.record.bag);
            let superseding = known_edition(&states, entry);
            let is_idle = entry.record.event == Event::Reversed
                && !reversed_number(entry).is_some_and(|number| open.remove(&number));
            let objection = match objection(entry, known, superseding) {
                None if is_idle => Some(Said::fixed(
                    "отменяет запись, которой нет, которая отменена или которую отменить нельзя",
                    "reverses an entry that is not there, was reversed, or cannot be",
                )),
                objection => objection,
            };
            if let Some(message) = objection {
                let bag = entry.record.bag.clone();
                found.push(Contradiction { number: entry.number, bag, message });
            }
            apply(&mut states, entry);
        }
        (states, found)
    }
}

/// Returns the number of the entry that a reversal reverses.
fn reversed_number(entry: &Entry) -> Option<u64> {
    let note = Some(entry.record.note.as_str()).filter(|_| entry.record.event == Event::Reversed)?;
    note.strip_prefix(REVERSED_MARK)?.split_once(':')?.0.parse().ok()
}

/// Returns whether the edition before this one is known; a first edition needs none.
fn known_edition(states: &BTreeMap<BagName, BagState>, entry: &Entry) -> bool {
    let stem = entry.record.bag.rsplit_once("-ed").map_or("", |(stem, _)| stem);
    entry.record.edition <= 1
        || states.contains_key(format!("{stem}-ed{}", entry.record.edition - 1).as_str())
}

fn objection(entry: &Entry, known: Option<&BagState>, has_earlier: bool) -> Option<Said<&'static str>> {
    match (entry.record.event, known) {
        (Event::Created, Some(_)) => Some(Said::fixed("пакет создан дважды", "the bag was created twice")),
        (Event::Created, None) if !has_earlier => {
            Some(Said::fixed("предыдущее издание не создавалось", "the edition before it was never created"))
        }
        (Event::Created, None) => None,
        (_, None) => Some(Said::fixed("пакет не создавался", "the bag was never created")),
        (_, Some(state)) if state.tag_manifest != entry.record.tag_manifest => Some(Said::fixed(
            "контрольная сумма не та, с какой пакет создан",
            "the digest is not that of its creation",
        )),
        (_, Some(state)) if state.edition != entry.record.edition => Some(Said::fixed(
            "номер издания не тот, с каким пакет создан",
            "the edition is not that of its creation",
        )),
        (_, Some(state)) if state.destroyed.is_some() => {
            Some(Said::fixed("пакет к этому времени уничтожен", "the bag had been destroyed by then"))
        }
        _ => None,
    }
}

fn apply(states: &mut BTreeMap<BagName, BagState>, entry: &Entry) {
    let record = &entry.record;
    let state = states.entry(record.bag.clone()).or_insert_with(|| BagState {
        edition: record.edition,
        tag_manifest: record.tag_manifest.clone(),
        created: record.moment.clone(),
        ..BagState::default()
    });
    let moment = record.moment.clone();
    match record.event {
        Event::Created => state.created_note.clone_from(&record.note),
        Event::Verified => state.verified = Some(moment),
        Event::Copied => {
            let medium = record.note.split(PARITY_MARK).next().unwrap_or_default();
            state.copies.push((medium.to_owned(), moment));
        }
        Event::Superseded => state.is_superseded = true,
        Event::HandedOver => state.handed_over = Some(moment),
        Event::Destroyed => state.destroyed = Some(moment),
        Event::Reversed => state.reversed.extend(reversed_number(entry)),
        Event::Signed => {
            let signature = record.note.rsplit_once(' ');
            state.signatures.extend(signature.map(|(path, sha256)| (path.to_owned(), sha256.to_owned())));
        }
    }
}
