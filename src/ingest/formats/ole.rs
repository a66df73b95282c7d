//! Compound files (the container of XLS): whether their chains of sectors end, and their streams.
//!
//! A damaged sector table may be circular; a reader that follows it never ends ([MS-CFB] 2.3).

/// The first bytes of a compound file.
pub(super) const SIGNATURE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
const HEADER: usize = 512;
/// Where the header lists the first sectors of the table, and the sector size ([MS-CFB] 2.2).
const TABLE_AT: usize = 76;
const SECTOR_SHIFT_AT: usize = 30;
const MORE_TABLE_AT: usize = 68;
const DIRECTORY_AT: usize = 48;
const SMALL_TABLE_AT: usize = 60;
/// Shorter streams are stored in pieces inside the root's stream ([MS-CFB] 2.4).
const SHORTEST_STREAM: u32 = 4096;
const SMALL_SECTOR: usize = 64;
/// Length of a directory entry, and the offsets of its first sector and its length ([MS-CFB] 2.6).
const ENTRY: usize = 128;
const START_AT: usize = 116;
const LENGTH_AT: usize = 120;
/// Numbers from here on are markers, not sectors.
const RESERVED: u32 = 0xFFFF_FFFA;

/// Returns whether the bytes are a compound file with an endless chain of sectors.
pub(super) fn goes_in_circles(bytes: &[u8]) -> bool {
    if !bytes.starts_with(SIGNATURE) || bytes.len() < HEADER {
        return false;
    }
    let size = sector_size(bytes);
    match table(bytes, size) {
        Some(table) => has_circle(&table),
        None => true,
    }
}

/// Returns the next sector of every sector; `None` if the table's own list is circular.
fn table(bytes: &[u8], size: usize) -> Option<Vec<u32>> {
    let mut list: Vec<u32> = numbers(&bytes[TABLE_AT..HEADER]).collect();
    let mut more = numbers(&bytes[MORE_TABLE_AT..MORE_TABLE_AT + 4]).next()?;
    let most = bytes.len() / size + 1;
    let mut seen = 0;
    while more < RESERVED {
        seen += 1;
        if seen > most {
            return None;
        }
        list.extend(numbers(sector(bytes, more, size)));
        more = list.pop().unwrap_or(RESERVED);
    }
    let sectors = list.into_iter().filter(|sector| *sector < RESERVED).take(most);
    Some(sectors.flat_map(|number| numbers(sector(bytes, number, size))).collect())
}

/// Returns the streams of these names, ignoring letter case; none for a file with circular chains.
pub(super) fn streams(bytes: &[u8], names: &[&str]) -> Vec<Vec<u8>> {
    if !bytes.starts_with(SIGNATURE) || bytes.len() < HEADER || goes_in_circles(bytes) {
        return Vec::new();
    }
    let size = sector_size(bytes);
    let Some(next) = table(bytes, size) else { return Vec::new() };
    let at = |offset: usize| numbers(&bytes[offset..offset + 4]).next().unwrap_or(RESERVED);
    let follow = |start: u32| chain(start, &next, |number| sector(bytes, number, size));
    let directory = follow(at(DIRECTORY_AT));
    let entry = |entry: &[u8]| (name(entry), number(entry, START_AT), number(entry, LENGTH_AT));
    let root =
        directory.chunks_exact(ENTRY).next().map_or_else(Vec::new, |root| follow(number(root, START_AT)));
    let small: Vec<u32> = numbers(&follow(at(SMALL_TABLE_AT))).collect();
    let piece = |number: u32| {
        let start = (number as usize).saturating_mul(SMALL_SECTOR).min(root.len());
        &root[start..(start + SMALL_SECTOR).min(root.len())]
    };
    let found = directory
        .chunks_exact(ENTRY)
        .map(entry)
        .filter(|(name, ..)| names.iter().any(|known| known.eq_ignore_ascii_case(name)));
    found
        .map(
            |(_, start, length)| {
                if length < SHORTEST_STREAM { chain(start, &small, piece) } else { follow(start) }
            },
        )
        .collect()
}

fn name(entry: &[u8]) -> String {
    let units = entry[..SMALL_SECTOR].chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]]));
    String::from_utf16_lossy(&units.take_while(|unit| *unit != 0).collect::<Vec<_>>())
}

fn number(entry: &[u8], at: usize) -> u32 {
    numbers(&entry[at..at + 4]).next().unwrap_or(RESERVED)
}

/// Joins the sectors of a chain; a circular chain ends after one round.
fn chain<'a>(start: u32, next: &[u32], sector: impl Fn(u32) -> &'a [u8]) -> Vec<u8> {
    let mut joined = Vec::new();
    let (mut at, mut left) = (start, next.len());
    while at < RESERVED && left > 0 {
        joined.extend_from_slice(sector(at));
        at = next.get(at as usize).copied().unwrap_or(RESERVED);
        left -= 1;
    }
    joined
}

fn sector_size(bytes: &[u8]) -> usize {
    if bytes[SECTOR_SHIFT_AT] == 0x0C { 4096 } else { 512 }
}

fn sector(bytes: &[u8], number: u32, size: usize) -> &[u8] {
    let start = (number as usize).saturating_add(1).saturating_mul(size).min(bytes.len());
    &bytes[start..start.saturating_add(size).min(bytes.len())]
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

fn has_circle(next: &[u32]) -> bool {
    // 0: not seen; otherwise the number of the walk that passed.
    let mut walked = vec![0u32; next.len()];
    for (walk, start) in (1u32..).zip(0..next.len()) {
        let mut at = start;
        while walked.get(at) == Some(&0) {
            walked[at] = walk;
            at = next[at] as usize;
        }
        if walked.get(at) == Some(&walk) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::has_circle;

    #[test]
    fn circles_are_seen_and_chains_that_meet_are_not() {
        const END: u32 = 0xFFFF_FFFE;
        assert!(!has_circle(&[1, 2, END, 2]));
        assert!(has_circle(&[1, 2, 0]));
        assert!(has_circle(&[0]));
        assert!(has_circle(&[END, 2, 3, 2]));
        assert!(!has_circle(&[]));
    }
}
