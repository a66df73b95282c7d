//! The only writer: a build grows in a folder beside its target and takes the target's place in one step.
//!
//! A run that is killed leaves the earlier outputs whole; what it left beside them the next run puts in order. Nothing is
//! ever removed that letopis did not make: what that is, lists say (`made`, `listing`), and one file removes (`removal`).

// These are the files the ban on writing points to.
#![allow(clippy::disallowed_methods)]

mod carry;
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
pub mod store;
mod survey;

pub use carry::{CHANGED, Carried};
pub use disk::{checksums_below, files_below};
pub use papers::{Laid, lay_papers};
pub use staging::{Staging, recover};
pub use survey::{Survey, survey};
