//! Makes parity for a bag: the set of its files, and recovery blocks for a share of its slices.

use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use md5::{Digest, Md5};
use walkdir::WalkDir;

use super::galois::{constants, power};
use super::names::{file_name, hex_of};
use super::packets::{self, HEADER, RECOVERY, header};
use super::set::ParitySet;
use super::stripes::{Place, Reader};
use super::sums::{BATCH, Combinations, stripes};
use crate::base::said::{Fault, said};

/// The parity of a bag before it is computed.
pub struct ParityPlan {
    folder: PathBuf,
    name: String,
    pub(super) set: ParitySet,
    blocks: usize,
}

impl ParityPlan {
    /// Reads a bag once and describes it. `percent` of its slices, at least one, may be lost.
    ///
    /// # Errors
    /// Disk errors; `InvalidInput` for too many files or a name that is not Unicode.
    pub fn new(bag: &Path, percent: u32) -> io::Result<Self> {
        let name = file_name(bag)?;
        let folder = bag.parent().map(Path::to_owned).unwrap_or_default();
        let set = ParitySet::of(&folder, &names(bag, &name)?)?;
        let blocks = (set.slices() as u64 * u64::from(percent)).div_ceil(100).max(1) as usize;
        Ok(Self { folder, name, set, blocks })
    }

    /// Returns the digest that names the set, as hexadecimal digits.
    pub fn id(&self) -> String {
        hex_of(&self.set.id())
    }

    /// Returns how many slices may be lost.
    pub fn blocks(&self) -> usize {
        self.blocks
    }

    /// Returns how many slices the bag has.
    pub fn protected_blocks(&self) -> usize {
        self.set.slices()
    }

    /// Returns the size of a slice in bytes.
    pub fn block_bytes(&self) -> u64 {
        self.set.slice
    }

    /// Returns whether a file is the expected index.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn is_index(&self, landed: &Path) -> io::Result<bool> {
        Ok(std::fs::read(landed)? == self.index())
    }

    /// Returns whether a file has every recovery block intact, and nothing else.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn is_volume(&self, landed: &Path) -> io::Result<bool> {
        let (found, outside) = packets::read(landed)?;
        let own = found.iter().filter(|packet| packet.kind == *RECOVERY && packet.set == self.set.id());
        Ok(own.count() == self.blocks && outside == 0)
    }

    /// Returns the name of the file with everything except recovery blocks.
    pub fn index_name(&self) -> String {
        format!("{}.par2", self.name)
    }

    /// Returns the content of that file.
    pub fn index(&self) -> Vec<u8> {
        self.set.critical()
    }

    /// Returns the name of the file with the recovery blocks.
    pub fn volume_name(&self) -> String {
        format!("{}.vol0+{}.par2", self.name, self.blocks)
    }

    /// Writes that file. The description of the set comes before, between and after the recovery blocks,
    /// because any part may be lost.
    ///
    /// # Errors
    /// Errors of either disk.
    pub fn write_volume(&self, target: &mut (impl Write + Seek)) -> io::Result<()> {
        let (critical, id, slice) = (self.set.critical(), self.set.id(), self.set.slice);
        let length = HEADER + 4 + slice;
        let half = self.blocks.div_ceil(2);
        let start = |block: usize| {
            let copies = if block < half { 1 } else { 2 };
            copies * critical.len() as u64 + block as u64 * length
        };
        for at in [0, start(half) - critical.len() as u64, start(self.blocks)] {
            target.seek(SeekFrom::Start(at))?;
            target.write_all(&critical)?;
        }
        let exponent = |block: usize| (block as u32).to_le_bytes();
        let prefix = |block| [&id[..], RECOVERY, &exponent(block)].concat();
        let mut hashers: Vec<Md5> =
            (0..self.blocks).map(|block| Md5::new_with_prefix(prefix(block))).collect();
        for (offset, bytes) in stripes(slice, self.blocks) {
            let sums = self.compute_stripe(offset, bytes)?;
            for (block, hasher) in hashers.iter_mut().enumerate() {
                let row = sums.row(block);
                hasher.update(&row);
                target.seek(SeekFrom::Start(start(block) + HEADER + 4 + offset))?;
                target.write_all(&row)?;
            }
        }
        for (block, hasher) in hashers.into_iter().enumerate() {
            target.seek(SeekFrom::Start(start(block)))?;
            target.write_all(&header(&id, RECOVERY, 4 + slice, &hasher.finalize().into()))?;
            target.write_all(&exponent(block))?;
        }
        Ok(())
    }

    /// Returns one stripe of every recovery block: the sum of that stripe over all slices, each times a power
    /// of its constant.
    fn compute_stripe(&self, offset: u64, bytes: usize) -> io::Result<Combinations> {
        let (places, constants) = (self.places(), constants(self.set.slices()));
        let mut sums = Combinations::new(self.blocks, bytes);
        let mut reader = Reader::default();
        for (batch, constants) in places.chunks(BATCH).zip(constants.chunks(BATCH)) {
            let stripes = batch.iter().map(|place| reader.read(place, offset, bytes));
            let stripes = stripes.collect::<io::Result<Vec<_>>>()?;
            sums.add_all(&stripes, &|block, slice| power(constants[slice], block as u32));
        }
        Ok(sums)
    }

    fn places(&self) -> Vec<Place> {
        let place = |(file, at): (usize, u64)| {
            let file = &self.set.files[file];
            Place { path: file.name.below(&self.folder), at, bytes: (file.bytes - at).min(self.set.slice) }
        };
        self.set.places().into_iter().map(place).collect()
    }
}

/// Lists the files of a bag, by path from the bag's parent folder.
fn names(bag: &Path, name: &str) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for item in WalkDir::new(bag).sort_by_file_name() {
        let item = item?;
        if item.file_type().is_file() {
            let inside = item.path().strip_prefix(bag).unwrap_or(item.path());
            let parts: Option<Vec<&str>> = inside.iter().map(|part| part.to_str()).collect();
            let parts = parts.ok_or_else(|| {
                let path = item.path().display();
                let said = said!("{path}: имя записано не в Unicode", "{path}: the name is not Unicode");
                io::Error::new(io::ErrorKind::InvalidInput, Fault::new(said))
            })?;
            names.push(format!("{name}/{}", parts.join("/")));
        }
    }
    Ok(names)
}
