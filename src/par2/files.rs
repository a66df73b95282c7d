//! The PAR2 files beside a bag: the set they describe and the intact recovery blocks.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::names::{file_name, hex_of};
use super::packets::{self, Hash, Packet, RECOVERY};
use super::set::ParitySet;
use super::stripes::Place;

/// A recovery block that is whole.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) exponent: u32,
    pub(super) place: Place,
}

/// Parity that lies beside a bag.
#[derive(Clone, Debug)]
pub struct Parity {
    pub(super) set: ParitySet,
    pub(super) blocks: Vec<Block>,
    /// The PAR2 files, sorted.
    pub files: Vec<PathBuf>,
    /// Bytes of them outside intact packets.
    pub damaged_bytes: u64,
}

/// The files beside a bag that have names of parity files.
pub enum Beside {
    /// No such file.
    Nothing,
    /// These files exist, but nothing in them says what they protect.
    Unreadable(Vec<PathBuf>),
    /// Parity.
    Parity(Parity),
}

impl Beside {
    /// Reads the parity beside a bag. The bag itself may be gone.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn of(bag: &Path) -> io::Result<Self> {
        let files = files(bag)?;
        if files.is_empty() {
            return Ok(Self::Nothing);
        }
        let mut sets: BTreeMap<Hash, Vec<(PathBuf, Packet)>> = BTreeMap::new();
        let mut damaged_bytes = 0;
        for path in &files {
            let (packets, damaged) = packets::read(path)?;
            damaged_bytes += damaged;
            for packet in packets {
                sets.entry(packet.set).or_default().push((path.clone(), packet));
            }
        }
        let sets = sets.values().filter_map(|packets| parity(packets));
        let Some((set, blocks)) = sets.max_by_key(|(_, blocks)| blocks.len()) else {
            return Ok(Self::Unreadable(files));
        };
        Ok(Self::Parity(Parity { set, blocks, files, damaged_bytes }))
    }
}

impl Beside {
    /// Returns the files, sorted.
    pub fn files(&self) -> &[PathBuf] {
        match self {
            Self::Nothing => &[],
            Self::Unreadable(files) => files,
            Self::Parity(parity) => &parity.files,
        }
    }
}

impl Parity {
    /// Returns the digest that names the set, as hexadecimal digits.
    pub fn id(&self) -> String {
        hex_of(&self.set.id())
    }

    /// Returns how many recovery blocks are whole.
    pub fn blocks(&self) -> usize {
        self.blocks.len()
    }

    /// Returns how many recovery blocks the file names promise. Files of other programs follow the same rule.
    pub fn promised(&self) -> usize {
        let promise = |path: &PathBuf| {
            let name = path.file_name()?.to_str()?.strip_suffix(".par2")?;
            name.rsplit_once('+')?.1.parse::<usize>().ok()
        };
        self.files.iter().filter_map(promise).sum()
    }

    /// Returns the size of a block in bytes.
    pub fn block_bytes(&self) -> u64 {
        self.set.slice
    }

    /// Returns how many blocks the protected files have.
    pub fn protected_blocks(&self) -> usize {
        self.set.slices()
    }

    /// Tells whether a file is protected, by its path from the folder of the PAR2 files.
    pub fn protects(&self, name: &str) -> bool {
        self.set.files.iter().any(|file| file.name == name)
    }

    /// Returns whether bytes are those that were protected under a name; `None` for an unprotected name.
    pub fn agrees(&self, name: &str, bytes: &[u8]) -> Option<bool> {
        let file = self.set.files.iter().find(|file| file.name == name)?;
        Some(file.md5 == packets::hash(&[bytes]))
    }
}

/// Combines a set and its recovery blocks.
fn parity(packets: &[(PathBuf, Packet)]) -> Option<(ParitySet, Vec<Block>)> {
    let own: Vec<Packet> = packets
        .iter()
        .filter(|(_, packet)| packet.kind != *RECOVERY)
        .map(|(_, packet)| packet.clone())
        .collect();
    let set = ParitySet::from_packets(&own)?;
    let mut blocks: BTreeMap<u32, Block> = BTreeMap::new();
    for (path, packet) in packets.iter().filter(|(_, packet)| packet.kind == *RECOVERY) {
        if let (Some(exponent), true) = (packet.body.first_chunk(), packet.length == 4 + set.slice) {
            let place = Place { path: path.clone(), at: packet.at + 4, bytes: set.slice };
            let exponent = u32::from_le_bytes(*exponent);
            blocks.entry(exponent).or_insert(Block { exponent, place });
        }
    }
    Some((set, blocks.into_values().collect()))
}

/// Lists the PAR2 files beside a bag, by name.
fn files(bag: &Path) -> io::Result<Vec<PathBuf>> {
    let start = format!("{}.", file_name(bag)?);
    let folder = bag.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut files = Vec::new();
    for item in folder.read_dir()? {
        let item = item?;
        let name = item.file_name();
        let is_own = name
            .to_str()
            .and_then(|name| name.strip_prefix(&start))
            .is_some_and(|rest| rest == "par2" || (rest.starts_with("vol") && rest.ends_with(".par2")));
        if is_own && item.file_type()?.is_file() {
            files.push(folder.join(name));
        }
    }
    files.sort();
    Ok(files)
}
