//! What a register says of each bag after all its events, and where its events contradict each other.

use std::collections::{BTreeMap, BTreeSet};

use super::{Entry, Event, PARITY_MARK, Register};

/// A bag as the register knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BagState {
    /// Number of the edition.
    pub edition: u32,
    /// SHA-256 of its tag manifest, as of its creation.
    pub tag_manifest: String,
    /// When it was created.
    pub created: String,
    /// When it was last verified.
    pub verified: Option<String>,
    /// Media it was copied to, with the moment, in the order of events.
    pub copies: Vec<(String, String)>,
    /// A later edition took its place.
    pub is_superseded: bool,
    /// It was handed over: when.
    pub handed_over: Option<String>,
    /// It was destroyed: when.
    pub destroyed: Option<String>,
}

impl BagState {
    /// Returns the media it was copied to, each once.
    pub fn media(&self) -> BTreeSet<&str> {
        self.copies.iter().map(|(medium, _)| medium.as_str()).collect()
    }

    /// Tells whether the bag must lie in the archive.
    pub fn is_kept(&self) -> bool {
        self.handed_over.is_none() && self.destroyed.is_none()
    }
}

/// Returns the day of a moment of the register.
pub fn day_of(moment: &str) -> &str {
    moment.get(..10).unwrap_or(moment)
}

/// Two events that cannot both be true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// Number of the later event.
    pub number: u64,
    /// The bag.
    pub bag: String,
    /// What contradicts, in Russian.
    pub message: &'static str,
    /// The same in English.
    pub message_en: &'static str,
}

impl Register {
    /// Returns every bag by its name.
    pub fn states(&self) -> BTreeMap<String, BagState> {
        self.follow().0
    }

    /// Returns what does not fit together: a chain can be sound and still tell a forged story.
    pub fn contradictions(&self) -> Vec<Contradiction> {
        self.follow().1
    }

    fn follow(&self) -> (BTreeMap<String, BagState>, Vec<Contradiction>) {
        let mut states: BTreeMap<String, BagState> = BTreeMap::new();
        let mut found = Vec::new();
        for entry in &self.entries {
            let known = states.get(&entry.record.bag);
            let superseding = known_edition(&states, entry);
            if let Some((message, message_en)) = objection(entry, known, superseding) {
                let bag = entry.record.bag.clone();
                found.push(Contradiction { number: entry.number, bag, message, message_en });
            }
            apply(&mut states, entry);
        }
        (states, found)
    }
}

/// Tells whether the edition before this one is known; a first edition needs none.
fn known_edition(states: &BTreeMap<String, BagState>, entry: &Entry) -> bool {
    let stem = entry.record.bag.rsplit_once("-ed").map_or("", |(stem, _)| stem);
    entry.record.edition <= 1 || states.contains_key(&format!("{stem}-ed{}", entry.record.edition - 1))
}

fn objection(
    entry: &Entry,
    known: Option<&BagState>,
    has_earlier: bool,
) -> Option<(&'static str, &'static str)> {
    match (entry.record.event, known) {
        (Event::Created, Some(_)) => Some(("пакет создан дважды", "the bag was created twice")),
        (Event::Created, None) if !has_earlier => {
            Some(("предыдущее издание не создавалось", "the edition before it was never created"))
        }
        (Event::Created, None) => None,
        (_, None) => Some(("пакет не создавался", "the bag was never created")),
        (_, Some(state)) if state.tag_manifest != entry.record.tag_manifest => {
            Some(("контрольная сумма не та, с какой пакет создан", "the digest is not that of its creation"))
        }
        (_, Some(state)) if state.edition != entry.record.edition => {
            Some(("номер издания не тот, с каким пакет создан", "the edition is not that of its creation"))
        }
        (_, Some(state)) if state.destroyed.is_some() => {
            Some(("пакет к этому времени уничтожен", "the bag had been destroyed by then"))
        }
        _ => None,
    }
}

fn apply(states: &mut BTreeMap<String, BagState>, entry: &Entry) {
    let record = &entry.record;
    let state = states.entry(record.bag.clone()).or_insert_with(|| BagState {
        edition: record.edition,
        tag_manifest: record.tag_manifest.clone(),
        created: record.moment.clone(),
        ..BagState::default()
    });
    let moment = record.moment.clone();
    match record.event {
        Event::Created => {}
        Event::Verified => state.verified = Some(moment),
        Event::Copied => {
            let medium = record.note.split(PARITY_MARK).next().unwrap_or_default();
            state.copies.push((medium.to_owned(), moment));
        }
        Event::Superseded => state.is_superseded = true,
        Event::HandedOver => state.handed_over = Some(moment),
        Event::Destroyed => state.destroyed = Some(moment),
    }
}
