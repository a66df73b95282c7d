//! Finds what is left of a bag and of its parity, and restores the bag from both.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::files::Parity;
use super::galois::{constants, power};
use super::matrix::solve;
use super::packets::Hash;
use super::set::slice_sums;
use super::stripes::{Place, Reader};
use super::sums::{BATCH, Combinations, stripes};

/// Found slices are copied in pieces. So many pieces fit into the memory for computing.
const PIECES: usize = 64;

/// A protected file that has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DamagedFile {
    /// Path from the folder in which the PAR2 files lie.
    pub name: String,
    /// There is no file of its name.
    pub is_missing: bool,
    /// Its blocks.
    pub blocks: usize,
    /// Its slices that were found nowhere, counted from 1; empty if the content exists intact under another
    /// name.
    pub lost: Vec<usize>,
}

/// What is left of a bag.
pub struct Survey<'a> {
    parity: &'a Parity,
    folder: PathBuf,
    /// Where each slice was found.
    found: Vec<Option<Place>>,
}

impl<'a> Survey<'a> {
    /// Reads all remaining files of a bag and finds its slices, under any name.
    ///
    /// # Errors
    /// When a folder cannot be listed. Unreadable content counts as lost.
    pub fn of(bag: &Path, parity: &'a Parity) -> io::Result<Self> {
        let folder = bag.parent().map(Path::to_owned).unwrap_or_default();
        let mut paths = Vec::new();
        if bag.is_dir() {
            for item in WalkDir::new(bag).sort_by_file_name() {
                let item = item?;
                if item.file_type().is_file() {
                    paths.push(item.into_path());
                }
            }
        }
        let set = &parity.set;
        let mut wanted: BTreeMap<(Hash, u32), Vec<usize>> = BTreeMap::new();
        for (number, sums) in set.files.iter().flat_map(|file| &file.slices).enumerate() {
            wanted.entry(*sums).or_default().push(number);
        }
        let scanned: Vec<_> = paths.par_iter().map(|path| slices_of(path, set.slice, &wanted)).collect();
        let places = set.places();
        let mut found: Vec<Option<Place>> = vec![None; places.len()];
        for (sums, place) in scanned.into_iter().flatten() {
            for number in wanted.get(&sums).into_iter().flatten() {
                let (file, at) = places[*number];
                let is_own = place.at == at && place.path == set.files[file].name.below(&folder);
                if is_own || found[*number].is_none() {
                    found[*number] = Some(place.clone());
                }
            }
        }
        Ok(Self { parity, folder, found })
    }

    /// Returns the files that have changed, by name.
    pub fn damaged(&self) -> Vec<DamagedFile> {
        let (mut damaged, mut first) = (Vec::new(), 0);
        for file in &self.parity.set.files {
            let found = &self.found[first..first + file.slices.len()];
            first += file.slices.len();
            let path = file.name.below(&self.folder);
            let size = path.symlink_metadata().ok().map(|metadata| metadata.len());
            let is_own = |place: &Option<Place>| place.as_ref().is_some_and(|place| place.path == path);
            if size == Some(file.bytes) && found.iter().all(is_own) {
                continue;
            }
            let lost = found.iter().enumerate().filter(|(_, place)| place.is_none());
            damaged.push(DamagedFile {
                name: file.name.to_string(),
                is_missing: size.is_none(),
                blocks: file.slices.len(),
                lost: lost.map(|(number, _)| number + 1).collect(),
            });
        }
        damaged.sort_by(|one, other| one.name.cmp(&other.name));
        damaged
    }

    /// Tells whether some of the slices are taken from a file.
    pub fn takes_from(&self, path: &Path) -> bool {
        self.found.iter().flatten().any(|place| place.path == path)
    }

    /// Returns the number of slices found nowhere.
    pub fn lost(&self) -> usize {
        self.found.iter().filter(|place| place.is_none()).count()
    }

    /// Writes every protected file in full. `open` creates a file of that name and size and opens it for
    /// writing, or opens the one it created before. Returns false, and writes nothing, if too many slices are
    /// lost.
    ///
    /// # Errors
    /// Those of the disks.
    pub fn mend(&self, open: &mut dyn FnMut(&str, u64) -> io::Result<File>) -> io::Result<bool> {
        let Some(solution) = Solution::of(self) else { return Ok(false) };
        self.write_found(open)?;
        solution.write_lost(self, open)?;
        Ok(true)
    }

    fn write_found(&self, open: &mut dyn FnMut(&str, u64) -> io::Result<File>) -> io::Result<()> {
        let (mut reader, mut first) = (Reader::default(), 0);
        for file in &self.parity.set.files {
            let mut target = open(&file.name, file.bytes)?;
            let found = &self.found[first..first + file.slices.len()];
            first += found.len();
            for (number, place) in found.iter().enumerate() {
                let Some(place) = place else { continue };
                let start = number as u64 * self.parity.set.slice;
                let bytes = (file.bytes - start).min(self.parity.set.slice);
                target.seek(SeekFrom::Start(start))?;
                for (offset, count) in stripes(bytes, PIECES) {
                    target.write_all(&reader.read(place, offset, count)?)?;
                }
            }
        }
        Ok(())
    }
}

/// Finds the slices of interest in a file; an unreadable file has none.
fn slices_of(
    path: &Path,
    slice: u64,
    wanted: &BTreeMap<(Hash, u32), Vec<usize>>,
) -> Vec<((Hash, u32), Place)> {
    let Ok(mut file) = File::open(path) else { return Vec::new() };
    let size = file.metadata().map(|metadata| metadata.len()).unwrap_or_default();
    let mut found = Vec::new();
    for at in (0..size.div_ceil(slice)).map(|number| number * slice) {
        let bytes = (size - at).min(slice);
        // Sectors after an unreadable one may be readable.
        let sums =
            file.seek(SeekFrom::Start(at)).and_then(|_| slice_sums(&mut file, slice, bytes, &mut |_| {}));
        if let Some(sums) = sums.ok().filter(|sums| wanted.contains_key(sums)) {
            found.push((sums, Place { path: path.to_owned(), at, bytes }));
        }
    }
    found
}

/// How recovery blocks give the lost slices.
struct Solution {
    lost: Vec<usize>,
    /// Numbers of the recovery blocks in use, as many as there are lost slices.
    blocks: Vec<usize>,
    /// For each lost slice, the factor of each of those blocks.
    factors: Vec<Vec<u16>>,
}

impl Solution {
    fn of(survey: &Survey<'_>) -> Option<Self> {
        let slices = survey.found.iter().enumerate();
        let lost: Vec<usize> =
            slices.filter(|(_, place)| place.is_none()).map(|(number, _)| number).collect();
        let constants = constants(survey.found.len());
        let blocks = &survey.parity.blocks;
        let row = |exponent| lost.iter().map(|slice| power(constants[*slice], exponent)).collect();
        let rows: Vec<Vec<u16>> = blocks.iter().map(|block| row(block.exponent)).collect();
        let (blocks, factors) = solve(&rows, lost.len())?;
        Some(Self { lost, blocks, factors })
    }

    /// Computes the lost slices, one stripe of all at a time, and writes them into their files.
    fn write_lost(
        &self,
        survey: &Survey<'_>,
        open: &mut dyn FnMut(&str, u64) -> io::Result<File>,
    ) -> io::Result<()> {
        if self.lost.is_empty() {
            return Ok(());
        }
        let (set, places) = (&survey.parity.set, survey.parity.set.places());
        for (offset, bytes) in stripes(set.slice, 2 * self.lost.len()) {
            let known = self.known(survey, offset, bytes)?;
            let known: Vec<Vec<u8>> = (0..self.lost.len()).map(|row| known.row(row)).collect();
            let mut sums = Combinations::new(self.lost.len(), bytes);
            for (number, batch) in known.chunks(BATCH).enumerate() {
                sums.add_all(batch, &|row, block| self.factors[row][number * BATCH + block]);
            }
            for (row, slice) in self.lost.iter().enumerate() {
                let (file, at) = places[*slice];
                let file = &set.files[file];
                let left = usize::try_from((file.bytes - at).saturating_sub(offset)).unwrap_or(usize::MAX);
                let stripe = sums.row(row);
                let mut target = open(&file.name, file.bytes)?;
                target.seek(SeekFrom::Start(at + offset))?;
                target.write_all(&stripe[..left.min(bytes)])?;
            }
        }
        Ok(())
    }

    /// Returns a stripe of the blocks in use, minus the contribution of the found slices.
    fn known(&self, survey: &Survey<'_>, offset: u64, bytes: usize) -> io::Result<Combinations> {
        let mut sums = Combinations::new(self.blocks.len(), bytes);
        let mut reader = Reader::default();
        for (row, block) in self.blocks.iter().enumerate() {
            sums.add(row, &reader.read(&survey.parity.blocks[*block].place, offset, bytes)?);
        }
        let exponents: Vec<u32> =
            self.blocks.iter().map(|block| survey.parity.blocks[*block].exponent).collect();
        let constants = constants(survey.found.len());
        let found = survey.found.iter().zip(&constants);
        let found: Vec<(&Place, u16)> =
            found.filter_map(|(place, constant)| Some((place.as_ref()?, *constant))).collect();
        for batch in found.chunks(BATCH) {
            let stripes = batch.iter().map(|(place, _)| reader.read(place, offset, bytes));
            let stripes = stripes.collect::<io::Result<Vec<_>>>()?;
            sums.add_all(&stripes, &|row, slice| power(batch[slice].1, exponents[row]));
        }
        Ok(sums)
    }
}
