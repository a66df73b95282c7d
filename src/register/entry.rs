//! An entry of the register: what happened to a bag.

use crate::base::inside::BagName;

/// The text used for the post if nobody named one.
pub const NOT_SAID: &str = "не указано";

/// The separator in the note of a copy between its medium and the parity beside it.
pub const PARITY_MARK: &str = "; PAR2 ";

/// The beginning of the note of a reversal. The number of the entry follows, then a colon and the reason.
pub(super) const REVERSED_MARK: &str = "запись № ";

/// Returns the note of a reversal.
pub fn reversal_note(number: u64, reason: &str) -> String {
    format!("{REVERSED_MARK}{number}: {reason}")
}

/// The events of a bag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Event {
    /// The edition was put into the archive.
    Created,
    /// The edition was verified and found sound.
    Verified,
    /// The edition was copied to another medium and verified there.
    Copied,
    /// A later edition took its place; it stays.
    Superseded,
    /// It was handed over to another archive.
    HandedOver,
    /// It was destroyed by an act.
    Destroyed,
    /// An earlier entry was a mistake and is reversed.
    Reversed,
    /// A signature over one of its files was added. The note has its path and SHA-256.
    Signed,
}

impl Event {
    /// Every event.
    pub const ALL: [Self; 8] = [
        Self::Created,
        Self::Verified,
        Self::Copied,
        Self::Superseded,
        Self::HandedOver,
        Self::Destroyed,
        Self::Reversed,
        Self::Signed,
    ];

    /// Returns the word used in the register.
    pub fn word(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Verified => "verified",
            Self::Copied => "copied",
            Self::Superseded => "superseded",
            Self::HandedOver => "handed_over",
            Self::Destroyed => "destroyed",
            Self::Reversed => "reversed",
            Self::Signed => "signed",
        }
    }

    /// Returns whether the event changes what the archive holds, rather than how it was cared for.
    pub fn changes_holdings(self) -> bool {
        !matches!(self, Self::Verified | Self::Copied)
    }

    /// Returns whether a later entry can reverse it: the creation of an edition cannot be reversed.
    pub fn is_reversible(self) -> bool {
        matches!(self, Self::Verified | Self::Copied | Self::HandedOver | Self::Destroyed | Self::Signed)
    }

    pub(super) fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.word() == word)
    }
}

/// The content of a new entry, before it has a number and a place in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Clock time with offset, RFC 3339. No other file of an archive holds a clock time.
    pub moment: String,
    /// What happened.
    pub event: Event,
    /// Folder name of the bag in the archive.
    pub bag: BagName,
    /// Number of the edition, from 1.
    pub edition: u32,
    /// SHA-256 of the bag's `tagmanifest-sha256.txt`.
    pub tag_manifest: String,
    /// Reason, medium or act, but never a person's name.
    pub note: String,
    /// Posts of the people, separated by `; `. Lines from before posts were recorded have none; a new entry
    /// without a post says so in words.
    pub by: String,
}

/// One line of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Number, from 1 without gaps.
    pub number: u64,
    /// What happened.
    pub record: Record,
    /// Digest of the previous line.
    pub previous: String,
    /// Digest of this line.
    pub digest: String,
}

impl Record {
    /// Replaces tabs and line breaks, which would end a field.
    pub(super) fn cleaned(&self) -> Self {
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        Self {
            moment: plain(&self.moment),
            tag_manifest: plain(&self.tag_manifest),
            note: plain(&self.note),
            by: Some(plain(&self.by)).filter(|by| !by.is_empty()).unwrap_or_else(|| NOT_SAID.to_owned()),
            ..self.clone()
        }
    }
}

impl Entry {
    /// Returns the line before its last tab, over which its digest is computed.
    pub(super) fn content(&self) -> String {
        let Record { moment, event, bag, edition, tag_manifest, note, by } = &self.record;
        let Self { number, previous, .. } = self;
        let event = event.word();
        let by = if by.is_empty() { String::new() } else { format!("\t{by}") };
        format!("{number}\t{moment}\t{event}\t{bag}\t{edition}\t{tag_manifest}\t{note}{by}\t{previous}")
    }
}
