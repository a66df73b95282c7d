//! Compound files (the container of XLS): tells whether their chains of sectors end.
//!
//! A damaged table of sectors may lead in a circle; a reader that follows it never ends ([MS-CFB] 2.3).

const SIGNATURE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
const HEADER: usize = 512;
/// Where the header lists the first sectors of the table, and how large a sector is ([MS-CFB] 2.2).
const TABLE_AT: usize = 76;
const SECTOR_SHIFT_AT: usize = 30;
const MORE_TABLE_AT: usize = 68;
/// Numbers from here on are marks, not sectors.
const RESERVED: u32 = 0xFFFF_FFFA;

/// Tells whether the bytes are a compound file in which some chain of sectors never ends.
pub(super) fn goes_in_circles(bytes: &[u8]) -> bool {
    if !bytes.starts_with(SIGNATURE) || bytes.len() < HEADER {
        return false;
    }
    let size = if bytes[SECTOR_SHIFT_AT] == 0x0C { 4096 } else { 512 };
    match table(bytes, size) {
        Some(table) => has_circle(&table),
        None => true,
    }
}

/// Returns the next sector of every sector; `None` where the table's own list goes in a circle.
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

fn sector(bytes: &[u8], number: u32, size: usize) -> &[u8] {
    let start = (number as usize).saturating_add(1).saturating_mul(size).min(bytes.len());
    &bytes[start..start.saturating_add(size).min(bytes.len())]
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

fn has_circle(next: &[u32]) -> bool {
    // 0: not seen; otherwise the number of the walk that came by.
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
