//! The whole register: its form, its entries and its head.

use std::fmt;

use crate::base::digest::Algorithm;
use crate::base::said::{Fault, said};

use super::entry::{Entry, Record};
use super::fault::LineFault;

/// File name of the register in its archive.
pub const REGISTER: &str = "register.txt";

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
    pub(super) const ALL: [Self; 2] = [Self::One, Self::Two];

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

    pub(super) fn digest(self) -> String {
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
