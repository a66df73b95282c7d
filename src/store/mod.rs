//! The long-term archive: a folder outside any build, in which editions accumulate and nothing is ever
//! replaced.
//!
//! `archive/journals-2025-2026-ed1`, `-ed2` … are complete bags, and `archive/register.txt` is their
//! register. A build's package becomes an edition if its payload differs from the newest one. A later edition
//! states the reason (`Edition-Reason`), the post of the responsible person (`Edition-Author-Post`), and the
//! differences (`data/изменения.csv`). The earlier edition stays, and the register marks it as superseded.
//! Only the register has clock time.

mod archiving;
mod changes;
mod checks;
mod copies;
mod edition;
mod events;
mod hold;
mod medium;
mod names;
mod parity;
mod places;
mod readme;
mod record_file;
mod registers;
mod repair;
mod restore;
mod retention;
mod signatures;
mod sound;
mod sources;
mod state;
mod tables;

pub use archiving::{Archived, Request, archive};
pub use changes::{CellChanges, Change, Detail, What, changes, page_list};
pub use checks::{Amount, in_parts, read_whole, verify_in_parts};
pub use copies::{BagCopy, BagFailure, Copied, CopyRequest, copy, spread_register};
pub use events::{Entering, add_event, enter, posts};
pub use hold::unmatched_holds;
pub use medium::{CopyKind, Medium, is_copy_beside, medium_of};
pub use names::HOLD;
pub use parity::ParityCopy;
pub use places::Place;
pub use record_file::{Fate, Obstacle, RecordFile, SHEET_YEARS, Term};
pub use registers::{registered, sound_register, write_register};
pub use repair::{Repair, RepairOutcome, RepairRequest, Repairing, repair};
pub use restore::{Difference, REBUILT, Rebuilt, Restored, Restoring, SOURCES, TABLES, restore};
pub use retention::record_files;
pub use signatures::{UnfitSignature, note_signatures};
pub use sound::is_sound;
pub use sources::{SCHOOL_TOML, Source, sources};
pub use state::{ClassNote, YearState, notes_name, start_notes, year_state};
