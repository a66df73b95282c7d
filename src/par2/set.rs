//! The description of the protected files in a PAR2 set: their names, digests, and the digest of every slice.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use md5::{Digest, Md5};
use rayon::prelude::*;

use super::packets::{CREATOR, FILE, Hash, MAIN, Packet, SLICES, hash, packet};
use crate::base::inside::InsidePath;
use crate::base::said::{Fault, said};

/// The largest number of slices of a set: the field has that many suitable constants.
pub(super) const MOST_SLICES: u64 = 32_768;
/// The usual number of slices of a set: more would repair more scattered damage and take longer.
const GOOD_SLICES: u64 = 2_000;
/// The smallest slice in bytes: a disk sector, the least that is lost at once.
const SMALLEST: u64 = 4_096;
/// The largest slice that is accepted: a set that asks for more is hostile.
const LARGEST: u64 = 1 << 30;
/// Bytes at the beginning of a file whose digest is part of the file's id in the set.
const BEGINNING: u64 = 16_384;

/// One protected file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Protected {
    /// Path from the folder of the PAR2 files, inside that folder.
    pub(super) name: InsidePath,
    pub(super) bytes: u64,
    pub(super) id: Hash,
    pub(super) md5: Hash,
    beginning: Hash,
    /// MD5 and CRC-32 of every slice, the last one padded with zeros.
    pub(super) slices: Vec<(Hash, u32)>,
}

/// A set: its files in the order in which slices are numbered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ParitySet {
    pub(super) slice: u64,
    pub(super) files: Vec<Protected>,
    /// Files that the set knows only by digest.
    others: Vec<Hash>,
}

impl ParitySet {
    /// Reads files and describes them. Empty files are left out, because nothing of them can be lost.
    ///
    /// # Errors
    /// Disk errors; `InvalidInput` for more files than a set may have.
    pub(super) fn of(folder: &Path, names: &[String]) -> io::Result<Self> {
        let mut sizes = Vec::new();
        for name in names {
            let bytes = folder.join(name).metadata()?.len();
            if bytes > 0 {
                sizes.push((name, bytes));
            }
        }
        let slice = slice_bytes(&sizes.iter().map(|(_, bytes)| *bytes).collect::<Vec<_>>())?;
        let described = sizes.par_iter().map(|(name, bytes)| describe(folder, name, *bytes, slice));
        let mut files = described.collect::<io::Result<Vec<_>>>()?;
        // Digests are compared as numbers whose last byte is the most significant.
        files.sort_by_key(|file| reversed(&file.id));
        Ok(Self { slice, files, others: Vec::new() })
    }

    /// Builds a set from its packets; `None` if a required packet is missing or invalid.
    pub(super) fn from_packets(packets: &[Packet]) -> Option<Self> {
        let main = &packets.iter().find(|packet| packet.kind == *MAIN)?.body;
        let slice = u64::from_le_bytes(main.get(..8)?.try_into().ok()?);
        let count = u32::from_le_bytes(main.get(8..12)?.try_into().ok()?) as usize;
        let ids: Vec<Hash> = main.get(12..)?.chunks(16).filter_map(|id| id.try_into().ok()).collect();
        if slice == 0 || slice % 4 != 0 || slice > LARGEST || count > ids.len() {
            return None;
        }
        let of_kind = |kind: &Hash| -> BTreeMap<Hash, &[u8]> {
            let own = packets.iter().filter(|packet| packet.kind == *kind);
            own.filter_map(|packet| Some((*packet.body.first_chunk()?, &packet.body[16..]))).collect()
        };
        let (descriptions, slices) = (of_kind(FILE), of_kind(SLICES));
        let file = |id: &Hash| Protected::parse(id, descriptions.get(id)?, slices.get(id)?, slice);
        let files = ids[..count].iter().map(file).collect::<Option<Vec<_>>>()?;
        let set = Self { slice, files, others: ids[count..].to_vec() };
        (set.slices() as u64 <= MOST_SLICES).then_some(set)
    }

    /// Returns the number of slices.
    pub(super) fn slices(&self) -> usize {
        self.files.iter().map(|file| file.slices.len()).sum()
    }

    /// Returns the file of every slice, by number, and the slice's place in it.
    pub(super) fn places(&self) -> Vec<(usize, u64)> {
        let files = self.files.iter().enumerate();
        files
            .flat_map(|(number, file)| (0..file.slices.len() as u64).map(move |at| (number, at * self.slice)))
            .collect()
    }

    /// Returns the digest that names the set.
    pub(super) fn id(&self) -> Hash {
        hash(&[&self.main()])
    }

    fn main(&self) -> Vec<u8> {
        let mut body = self.slice.to_le_bytes().to_vec();
        body.extend((self.files.len() as u32).to_le_bytes());
        body.extend(self.files.iter().flat_map(|file| file.id));
        body.extend(self.others.iter().flatten());
        body
    }

    /// Returns everything except recovery blocks, as consecutive packets.
    pub(super) fn critical(&self) -> Vec<u8> {
        let id = self.id();
        let mut bytes = packet(&id, MAIN, &self.main());
        for file in &self.files {
            bytes.extend(packet(&id, FILE, &file.description()));
            bytes.extend(packet(&id, SLICES, &file.digests()));
        }
        bytes.extend(packet(&id, CREATOR, &padded(b"letopis")));
        bytes
    }
}

impl Protected {
    fn description(&self) -> Vec<u8> {
        let size = self.bytes.to_le_bytes();
        [&self.id[..], &self.md5, &self.beginning, &size, &padded(self.name.as_bytes())].concat()
    }

    fn digests(&self) -> Vec<u8> {
        let mut body = self.id.to_vec();
        for (md5, crc) in &self.slices {
            body.extend(md5);
            body.extend(crc.to_le_bytes());
        }
        body
    }

    fn parse(id: &Hash, description: &[u8], digests: &[u8], slice: u64) -> Option<Self> {
        let md5 = *description.first_chunk()?;
        let beginning = description.get(16..32)?.try_into().ok()?;
        let bytes = u64::from_le_bytes(description.get(32..40)?.try_into().ok()?);
        let name = description[40..].split(|byte| *byte == 0).next()?;
        let name = InsidePath::new(String::from_utf8(name.to_vec()).ok()?).ok()?;
        let slices = digests.chunks_exact(20).filter_map(|slice| {
            Some((*slice.first_chunk()?, u32::from_le_bytes(slice.get(16..20)?.try_into().ok()?)))
        });
        let slices: Vec<_> = slices.collect();
        let is_sound = slices.len() as u64 == bytes.div_ceil(slice);
        is_sound.then_some(Self { name, bytes, id: *id, md5, beginning, slices })
    }
}

/// Pads a text to a multiple of four bytes.
fn padded(text: &[u8]) -> Vec<u8> {
    let mut bytes = text.to_vec();
    bytes.resize(text.len().next_multiple_of(4), 0);
    bytes
}

fn reversed(id: &Hash) -> u128 {
    u128::from_le_bytes(*id)
}

/// Returns the size of a slice: a power of two, so that about two thousand slices hold all files.
fn slice_bytes(sizes: &[u64]) -> io::Result<u64> {
    let slices = |slice: u64| sizes.iter().map(|bytes| bytes.div_ceil(slice)).sum::<u64>();
    // Every file takes at least one slice.
    let most = GOOD_SLICES.max(2 * sizes.len() as u64).min(MOST_SLICES);
    let mut slice = SMALLEST;
    while slices(slice) > most {
        if slice >= sizes.iter().copied().max().unwrap_or_default() {
            let said = said!(
                "файлов {}, а PAR2 знает не больше {MOST_SLICES}",
                "{} files, and PAR2 knows no more than {MOST_SLICES}",
                sizes.len()
            );
            return Err(io::Error::new(io::ErrorKind::InvalidInput, Fault::new(said)));
        }
        slice *= 2;
    }
    Ok(slice)
}

fn describe(folder: &Path, name: &str, bytes: u64, slice: u64) -> io::Result<Protected> {
    let mut file = File::open(folder.join(name))?;
    let (mut whole, mut beginning) = (Md5::new(), Md5::new());
    let (mut slices, mut left, mut start) = (Vec::new(), bytes, BEGINNING);
    while left > 0 {
        let count = left.min(slice);
        let sums = slice_sums(&mut file, slice, count, &mut |part| {
            whole.update(part);
            let own = part.len().min(usize::try_from(start).unwrap_or(usize::MAX));
            beginning.update(&part[..own]);
            start -= own as u64;
        })?;
        slices.push(sums);
        left -= count;
    }
    let beginning: Hash = beginning.finalize().into();
    let id = hash(&[&beginning, &bytes.to_le_bytes(), name.as_bytes()]);
    let name = InsidePath::new(name).map_err(|outside| io::Error::other(Fault::from(outside)))?;
    Ok(Protected { name, bytes, id, md5: whole.finalize().into(), beginning, slices })
}

/// Reads so many bytes, pads them with zeros and returns MD5 and CRC-32 of that slice.
///
/// # Errors
/// Errors of the stream; `UnexpectedEof` if it is shorter.
pub(super) fn slice_sums(
    stream: &mut impl Read,
    slice: u64,
    count: u64,
    take: &mut dyn FnMut(&[u8]),
) -> io::Result<(Hash, u32)> {
    let (mut md5, mut crc) = (Md5::new(), crc32fast::Hasher::new());
    let mut buffer = vec![0; (1 << 16).min(usize::try_from(slice).unwrap_or(usize::MAX))];
    let mut at = 0;
    while at < slice {
        let part = buffer.len().min(usize::try_from(slice - at).unwrap_or(usize::MAX));
        let real = part.min(usize::try_from(count.saturating_sub(at)).unwrap_or(usize::MAX));
        stream.read_exact(&mut buffer[..real])?;
        take(&buffer[..real]);
        buffer[real..part].fill(0);
        md5.update(&buffer[..part]);
        crc.update(&buffer[..part]);
        at += part as u64;
    }
    Ok((md5.finalize().into(), crc.finalize()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_are_as_small_as_their_number_allows() {
        let mib = 1 << 20;
        assert_eq!(slice_bytes(&[100, 5_000]).expect("few files"), 4_096);
        assert_eq!(slice_bytes(&[mib; 100]).expect("100 MiB"), 65_536);
        assert_eq!(slice_bytes(&vec![100; 30_000]).expect("many small files"), 4_096);
        assert!(slice_bytes(&vec![100; 32_769]).is_err());
    }
}
