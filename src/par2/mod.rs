//! Parity beside a bag in the format PAR2 (Parity Volume Set Specification 2.0): what the medium loses can be reckoned
//! back, by this program or by any other that reads the format.
//!
//! Files are cut into slices, the slices are numbers of a field of 65,536 elements, and a recovery block is a sum of all
//! slices, each by a power of a constant of its own. As many slices as there are recovery blocks may be lost. `create`
//! reckons, `files` reads what lies beside a bag, `mend` finds what is left and reckons the rest. Nothing is written
//! here but into what is given.

mod create;
mod files;
mod galois;
mod matrix;
mod mend;
mod packets;
mod planes;
mod set;
mod stripes;
mod sums;

use std::io;
use std::path::Path;

pub use create::ParityPlan;
pub use files::{Beside, Parity};
pub use mend::{DamagedFile, Survey};

use crate::base::files::hex;

/// Returns a bag's own name, with which its parity's names begin.
fn file_name(bag: &Path) -> io::Result<String> {
    let name = bag.file_name().and_then(|name| name.to_str());
    let fault = || io::Error::new(io::ErrorKind::InvalidInput, format!("{}: no name", bag.display()));
    name.map(str::to_owned).ok_or_else(fault)
}

fn hex_of(hash: &[u8; 16]) -> String {
    hex(hash)
}
