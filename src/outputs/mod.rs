//! The only writer. A build grows in a folder beside its target and replaces the target in one step.
//!
//! A run that is killed leaves the earlier outputs intact, and the next run removes what the killed one left.
//! Only files that letopis made are removed: lists name them (`made`, `listing`), and one file removes them
//! (`removal`).

// The ban on direct writes names these files as the place for them.
#![allow(clippy::disallowed_methods)]

mod carry;
mod copy_failure;
mod disk;
mod growing;
mod listing;
mod made;
mod papers;
mod private;
pub mod refusals;
mod removal;
pub mod signals;
mod staging;
mod standing;
pub mod store;
mod survey;
mod whole;

pub use carry::{CHANGED, Carried};
pub use disk::{checksums_below, files_below};
pub use papers::{Laid, lay_papers};
pub use staging::{Staging, recover};
pub use standing::{Listed, Standing};
pub use survey::{Survey, survey};
