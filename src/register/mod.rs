//! The register of a long-term archive: an append-only text in which every line holds the digest of the line
//! before. It shows what digests inside bags cannot show: an edition that was removed, rolled back, or made
//! anew with all its digests.
//!
//! One event per line, with fields separated by a tab: number, moment, event, bag, edition, SHA-256 of the
//! bag's `tagmanifest-sha256.txt`, note, post of the person, digest of the previous line, digest of the line.
//! The last field is the SHA-256 of the line's bytes before its last tab; the first event continues the
//! digest of the heading. A person with the last digest (the head) on paper can prove the whole archive.
//! Nothing is ever erased: a later entry reverses a mistaken one. Registers from before posts were recorded
//! keep their heading, and their earlier lines have no post. This file is pure: others read and write files.

mod judge;
mod mail;
mod state;

use std::fmt;

use crate::base::digest::Algorithm;
use crate::base::inside::BagName;
use crate::base::said::{Fault, said};

pub use judge::{FaultKind, LineFault};
pub use mail::as_written;
pub use state::{BagState, Contradiction, day_of, label_key, label_of};

/// File name of the register in its archive.
pub const REGISTER: &str = "register.txt";

/// The text used for the post if nobody named one.
pub const NOT_SAID: &str = "не указано";

/// The form of a register, by its first line: what it is, and the columns, for a reader without letopis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// From before posts were recorded.
    One,
    /// Every line names a post.
    #[default]
    Two,
}

impl Form {
    const ALL: [Self; 2] = [Self::One, Self::Two];

    /// Returns the first line.
    pub(crate) fn heading(self) -> &'static str {
        match self {
            Self::One => {
                "letopis-register-1\tмомент\tсобытие\tпакет\tиздание\tsha256 файла tagmanifest-sha256.txt\t\
примечание\tsha256 предыдущей строки\tsha256 этой строки до последней табуляции"
            }
            Self::Two => {
                "letopis-register-2\tмомент\tсобытие\tпакет\tиздание\tsha256 файла tagmanifest-sha256.txt\t\
примечание\tкто (должность)\tsha256 предыдущей строки\tsha256 этой строки до последней табуляции"
            }
        }
    }

    fn digest(self) -> String {
        Algorithm::Sha256.of(self.heading().as_bytes())
    }
}

/// Returns the file name of an earlier, signed state: later entries must not break its signature.
pub fn state_name(events: u64) -> String {
    format!("register-{events:04}.txt")
}

/// Returns the number of events of a file that is named as an earlier state.
pub fn state_number(name: &str) -> Option<u64> {
    name.strip_prefix("register-")?.strip_suffix(".txt")?.parse().ok()
}

/// Returns the register or earlier state that a signature file signs, judged by its name.
pub fn signed_name(name: &str) -> Option<&str> {
    let signed = name.strip_suffix(".sig").or_else(|| name.strip_suffix(".p7s"))?;
    (signed == REGISTER || state_number(signed).is_some()).then_some(signed)
}

/// The separator in the note of a copy between its medium and the parity beside it.
pub const PARITY_MARK: &str = "; PAR2 ";

/// The beginning of the note of a reversal. The number of the entry follows, then a colon and the reason.
const REVERSED_MARK: &str = "запись № ";

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

    fn of_word(word: &str) -> Option<Self> {
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

/// The last line's number and digest, as printed on paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Number of the line; 0 for an empty register.
    pub number: u64,
    /// Its digest.
    pub digest: String,
}

impl fmt::Display for Head {
    /// The short form: number and the first 64 bits, `7:3f2a-91bc-0d4e-77aa`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits: Vec<char> = self.digest.chars().take(16).collect();
        let groups: Vec<String> = digits.chunks(4).map(|group| group.iter().collect()).collect();
        write!(out, "{}:{}", self.number, groups.join("-"))
    }
}

/// A head that a person copied from paper: number and the beginning of the digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenHead {
    /// Number of the line.
    pub number: u64,
    /// First digits of the digest, lower case, at least eight.
    pub digits: String,
}

impl std::str::FromStr for WrittenHead {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        let wrong = || {
            Fault::new(said!(
                "«{text}»: напишите, как на бумаге, например 7:3f2a-91bc-0d4e-77aa",
                "«{text}»: write it as it stands on paper, such as 7:3f2a-91bc-0d4e-77aa"
            ))
        };
        let (number, digits) = text.split_once(':').ok_or_else(wrong)?;
        let number = number.trim().parse().map_err(|_| wrong())?;
        let digits: String = digits.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
        let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        if !is_hex || !(8..=64).contains(&digits.len()) {
            return Err(wrong());
        }
        Ok(Self { number, digits: digits.to_ascii_lowercase() })
    }
}

/// A parsed register: its entries and its faults.
#[derive(Clone, Debug, Default)]
pub struct Register {
    /// Which heading it has.
    pub form: Form,
    /// The readable lines, in order.
    pub entries: Vec<Entry>,
    /// The faults; empty for a sound register.
    pub faults: Vec<LineFault>,
}

impl Register {
    /// Parses a register and checks its chain.
    pub fn read(bytes: &[u8]) -> Self {
        judge::read(bytes)
    }

    /// Returns the head.
    pub fn head(&self) -> Head {
        match self.entries.last() {
            Some(entry) => Head { number: entry.number, digest: entry.digest.clone() },
            None => Head { number: 0, digest: self.form.digest() },
        }
    }

    /// Returns whether the register has a line with this number and digest: then the state on paper is part
    /// of this history.
    pub fn has(&self, head: &WrittenHead) -> bool {
        let digest = match head.number {
            0 => Some(self.form.digest()),
            number => {
                let entry = self.entries.iter().find(|entry| entry.number == number);
                entry.map(|entry| entry.digest.clone())
            }
        };
        digest.is_some_and(|digest| digest.starts_with(&head.digits))
    }

    /// Returns the offset of the last moment from UTC, `+04:00`; `Z` for an empty register.
    pub fn offset(&self) -> String {
        let moment = self.entries.last().map(|entry| entry.record.moment.as_str()).unwrap_or_default();
        let start = moment.char_indices().rev().nth(5).map(|(at, _)| at);
        match start.map(|at| &moment[at..]) {
            Some(offset) if offset.starts_with(['+', '-']) => offset.to_owned(),
            _ => "Z".to_owned(),
        }
    }

    /// Adds an event as a new line.
    pub fn append(&mut self, record: &Record) {
        let head = self.head();
        let record = record.cleaned();
        let mut entry =
            Entry { number: head.number + 1, record, previous: head.digest, digest: String::new() };
        entry.digest = Algorithm::Sha256.of(entry.content().as_bytes());
        self.entries.push(entry);
    }

    /// Returns the whole text.
    pub fn text(&self) -> String {
        let mut text = format!("{}\n", self.form.heading());
        for entry in &self.entries {
            text.push_str(&format!("{}\t{}\n", entry.content(), entry.digest));
        }
        text
    }
}

impl Record {
    /// Replaces tabs and line breaks, which would end a field.
    fn cleaned(&self) -> Self {
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
    fn content(&self) -> String {
        let Record { moment, event, bag, edition, tag_manifest, note, by } = &self.record;
        let Self { number, previous, .. } = self;
        let event = event.word();
        let by = if by.is_empty() { String::new() } else { format!("\t{by}") };
        format!("{number}\t{moment}\t{event}\t{bag}\t{edition}\t{tag_manifest}\t{note}{by}\t{previous}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_cannot_break_the_line_and_the_head_is_short() {
        let mut register = Register::default();
        register.append(&Record {
            moment: "2026-07-01T10:00:00+04:00".to_owned(),
            event: Event::Created,
            bag: BagName::new("a").expect("a name"),
            edition: 1,
            tag_manifest: "ab".repeat(32),
            note: "one\ttwo\nthree".to_owned(),
            by: String::new(),
        });
        let again = Register::read(register.text().as_bytes());
        assert!(again.faults.is_empty(), "{:?}", again.faults);
        assert_eq!(again.entries[0].record.note, "one two three");
        assert_eq!(again.entries[0].record.by, NOT_SAID);
        assert_eq!(again.offset(), "+04:00");
        let head: WrittenHead = again.head().to_string().to_uppercase().parse().expect("our own form");
        assert!(again.has(&head) && !Register::default().has(&head), "{head:?}");
    }
}
