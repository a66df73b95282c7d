//! Parity beside a bag in the format PAR2 (Parity Volume Set Specification 2.0). This program, or any other
//! that reads the format, can recompute what the medium loses.
//!
//! Files are divided into slices, the slices are numbers of a field of 65,536 elements, and a recovery block
//! is a sum of all slices, each times a power of its own constant. As many slices may be lost as there are
//! recovery blocks. `create` computes, `files` reads the parity beside a bag, `mend` finds what is left and
//! computes the rest. These files write only into sinks that they are given.

mod create;
mod files;
mod galois;
mod matrix;
mod mend;
mod names;
mod packets;
mod planes;
mod set;
mod stripes;
mod sums;

pub use create::ParityPlan;
pub use files::{Beside, Parity};
pub use mend::{DamagedFile, Survey};
