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

mod entry;
mod fault;
mod history;
mod judge;
mod mail;
mod state;

pub use entry::{Entry, Event, NOT_SAID, PARITY_MARK, Record, reversal_note};
pub use fault::{FaultKind, LineFault};
pub use history::{Form, Head, REGISTER, Register, WrittenHead, signed_name, state_name, state_number};
pub use mail::as_written;
pub use state::{BagState, Contradiction, day_of, label_key, label_of};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::inside::BagName;

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
