//! Parity beside the bags of a copy: PAR2 files from which losses of the medium can be recomputed.

use std::io::Write;
use std::path::Path;

use crate::outputs::store::{CopyFailure, grow_file, remove_replaced};
use crate::par2::{Beside, Parity, ParityPlan};

/// The parity beside a bag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParityCopy {
    /// Digest that identifies the set, MD5 in hexadecimal digits.
    pub id: String,
    /// How many blocks of the bag may be lost.
    pub blocks: usize,
    /// How many blocks the bag has.
    pub protected_blocks: usize,
    /// Size of a block in bytes.
    pub block_bytes: u64,
    /// It was written in this run and read back; otherwise it already existed and is intact.
    pub is_new: bool,
}

/// Writes parity beside a bag, unless the same parity exists intact. Parity of an earlier state of the bag is
/// replaced.
pub(super) fn write_parity(bag: &Path, percent: u32) -> Result<ParityCopy, CopyFailure> {
    let at_bag = |error| CopyFailure::Disk(bag.to_owned(), error);
    let folder = bag.parent().unwrap_or(Path::new("."));
    let plan = ParityPlan::new(bag, percent).map_err(at_bag)?;
    let names = [plan.index_name(), plan.volume_name()].map(|name| folder.join(name));
    let there = Beside::of(bag).map_err(at_bag)?;
    let is_whole = |parity: &Parity| {
        parity.id() == plan.id()
            && parity.damaged_bytes == 0
            && parity.blocks() == plan.blocks()
            && parity.files == names
    };
    let is_new = !matches!(&there, Beside::Parity(parity) if is_whole(parity));
    if is_new {
        let [index, volume] = &names;
        grow_file(volume, |file| plan.write_volume(file), |landed| plan.is_volume(landed))?;
        grow_file(index, |file| file.write_all(&plan.index()), |landed| plan.is_index(landed))?;
        for old in there.files().iter().filter(|old| !names.contains(old)) {
            remove_replaced(old).map_err(|error| CopyFailure::Disk(old.clone(), error))?;
        }
    }
    Ok(ParityCopy {
        id: plan.id(),
        blocks: plan.blocks(),
        protected_blocks: plan.protected_blocks(),
        block_bytes: plan.block_bytes(),
        is_new,
    })
}
