//! Packets of PAR2 files (Parity Volume Set Specification 2.0): written, and found in files that may be
//! damaged.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use md5::{Digest, Md5};

/// An MD5 digest; also the id of a file or a set.
pub(super) type Hash = [u8; 16];

const MAGIC: &[u8; 8] = b"PAR2\0PKT";
/// Bytes before a packet's body: magic, length, digest, set, kind.
pub(super) const HEADER: u64 = 64;

/// The set: size of a slice, files.
pub(super) const MAIN: &Hash = b"PAR 2.0\0Main\0\0\0\0";
/// A file's name, size and digest.
pub(super) const FILE: &Hash = b"PAR 2.0\0FileDesc";
/// Digests of a file's slices.
pub(super) const SLICES: &Hash = b"PAR 2.0\0IFSC\0\0\0\0";
/// A recovery block.
pub(super) const RECOVERY: &Hash = b"PAR 2.0\0RecvSlic";
/// The program that wrote the set.
pub(super) const CREATOR: &Hash = b"PAR 2.0\0Creator\0";

/// A body above this size stays on the disk: in sets of up to 32,768 slices only recovery blocks are so
/// large.
const KEPT: u64 = 32 << 20;

/// Returns a whole packet; the body's length is a multiple of four.
pub(super) fn packet(set: &Hash, kind: &Hash, body: &[u8]) -> Vec<u8> {
    let mut packet = header(set, kind, body.len() as u64, &hash(&[set, kind, body]));
    packet.extend_from_slice(body);
    packet
}

/// Returns the header of a packet whose digest over set, kind and body is known.
pub(super) fn header(set: &Hash, kind: &Hash, body: u64, digest: &Hash) -> Vec<u8> {
    let length = (HEADER + body).to_le_bytes();
    [&MAGIC[..], &length, digest, set, kind].concat()
}

/// Returns the MD5 of parts one after another.
pub(super) fn hash(parts: &[&[u8]]) -> Hash {
    let mut hasher = Md5::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// A packet that was found whole.
#[derive(Clone, Debug)]
pub(super) struct Packet {
    pub(super) set: Hash,
    pub(super) kind: Hash,
    /// Offset of its body in the file.
    pub(super) at: u64,
    /// Length of its body.
    pub(super) length: u64,
    /// The body, or only the exponent of a recovery block.
    pub(super) body: Vec<u8>,
}

/// Finds every intact packet of a file. The rest of the file counts as damaged. Returns the packets and the
/// number of bytes outside them.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn read(path: &Path) -> io::Result<(Vec<Packet>, u64)> {
    let mut file = BufReader::with_capacity(1 << 18, File::open(path)?);
    let size = file.get_ref().metadata()?.len();
    let (mut packets, mut at, mut inside) = (Vec::new(), 0, 0);
    // A hostile file would have a header every few bytes, each announcing the rest of the file.
    let mut patience = 8 * size;
    while let Some(start) = next_magic(&mut file, at)? {
        match read_packet(&mut file, start, size, &mut patience)? {
            Some(packet) => {
                at = packet.at + packet.length;
                inside += packet.length + HEADER;
                packets.push(packet);
            }
            None if patience == 0 => break,
            None => at = start + 1,
        }
    }
    Ok((packets, size - inside))
}

/// Returns where the next packet seems to begin.
fn next_magic(file: &mut BufReader<File>, from: u64) -> io::Result<Option<u64>> {
    file.seek(SeekFrom::Start(from))?;
    let (mut start, mut window) = (from, Vec::new());
    loop {
        let count = file.by_ref().take(1 << 16).read_to_end(&mut window)?;
        if let Some(at) = window.windows(MAGIC.len()).position(|bytes| bytes == MAGIC) {
            return Ok(Some(start + at as u64));
        }
        if count == 0 {
            return Ok(None);
        }
        let read = window.len().saturating_sub(MAGIC.len() - 1);
        window.drain(..read);
        start += read as u64;
    }
}

fn read_packet(
    file: &mut BufReader<File>,
    start: u64,
    size: u64,
    patience: &mut u64,
) -> io::Result<Option<Packet>> {
    let Some(room) = size.checked_sub(start).filter(|room| *room >= HEADER) else { return Ok(None) };
    file.seek(SeekFrom::Start(start + 8))?;
    let (mut length, mut digest, mut set, mut kind) = ([0; 8], [0; 16], [0; 16], [0; 16]);
    file.read_exact(&mut length)?;
    for part in [&mut digest, &mut set, &mut kind] {
        file.read_exact(part)?;
    }
    let length = u64::from_le_bytes(length);
    if length < HEADER || length % 4 != 0 || length > room || length > *patience {
        return Ok(None);
    }
    *patience -= length;
    let length = length - HEADER;
    let is_recovery = kind == *RECOVERY;
    let mut hasher = Md5::new_with_prefix([set, kind].concat());
    let (mut body, mut left, mut buffer) = (Vec::new(), length, vec![0; 1 << 16]);
    while left > 0 {
        let count = left.min(buffer.len() as u64) as usize;
        file.read_exact(&mut buffer[..count])?;
        hasher.update(&buffer[..count]);
        let kept = if is_recovery { 4_usize.saturating_sub(body.len()).min(count) } else { count };
        if is_recovery || length <= KEPT {
            body.extend_from_slice(&buffer[..kept]);
        }
        left -= count as u64;
    }
    let found: Hash = hasher.finalize().into();
    Ok((found == digest).then_some(Packet { set, kind, at: start + HEADER, length, body }))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::disallowed_methods)]

    use super::*;

    #[test]
    fn whole_packets_are_found_among_damage() {
        let (set, creator) = ([7; 16], packet(&[7; 16], CREATOR, b"letopis\0"));
        let recovery = packet(&set, RECOVERY, &[1; 300]);
        let mut broken = creator.clone();
        broken[70] ^= 1;
        let noise = vec![b'P'; 70_001];
        let folder = tempfile::tempdir().expect("a folder for the test");
        let path = folder.path().join("x.par2");
        let all = [&noise, &creator, &broken, &recovery, &noise[..9], &creator[..60]].concat();
        std::fs::write(&path, all).expect("the test may write");
        let (found, outside) = read(&path).expect("it is readable");
        let kinds: Vec<_> = found.iter().map(|packet| packet.kind).collect();
        assert_eq!(kinds, [*CREATOR, *RECOVERY]);
        assert_eq!((found[0].body.as_slice(), found[1].body.as_slice()), (&b"letopis\0"[..], &[1; 4][..]));
        assert_eq!((found[1].at, found[1].length), (70_001 + 2 * 72 + 64, 300));
        assert_eq!(outside, 70_001 + 72 + 9 + 60);
    }
}
