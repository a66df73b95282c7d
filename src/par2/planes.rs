//! Multiplies long runs of 16-bit words by constants of the field. Sixteen planes hold the sixteen bits of
//! the words.
//!
//! Multiplication by a constant is linear over bits: each plane of the product is the sum of some planes of
//! the factor. The sums of every four neighbouring planes are computed once for all constants, so that a
//! plane of any product takes four additions of whole planes. Any compiler turns these into the widest
//! registers of the machine.

use super::galois::multiply;

/// Bytes converted to planes together: small enough that their sums stay in the fastest cache.
pub(super) const CHUNK: usize = 4096;
/// Words of 64 bits in a plane.
const WORDS: usize = CHUNK / 16 / 8;

type Plane = [u64; WORDS];

/// One chunk, bit by bit.
pub(super) type Planes = [Plane; 16];

/// All planes zero.
pub(super) const ZERO: Planes = [[0; WORDS]; 16];

/// Sums of every subset of every four neighbouring planes: `4 × 16` planes.
pub(super) struct Sums(Box<[Plane; 64]>);

/// For each plane of the product, the subset of each four planes to add.
#[derive(Clone)]
pub(super) struct Factor([[u8; 4]; 16]);

/// Converts up to a chunk of bytes to planes; missing bytes count as zero.
pub(super) fn planes(bytes: &[u8]) -> Planes {
    let mut planes = ZERO;
    for (at, group) in bytes.chunks(128).enumerate() {
        let mut rows = [0_u64; 16];
        for (row, word) in rows.iter_mut().zip(group.chunks(8)) {
            let mut whole = [0; 8];
            whole[..word.len()].copy_from_slice(word);
            *row = u64::from_le_bytes(whole);
        }
        transpose(&mut rows);
        for (plane, row) in planes.iter_mut().zip(rows) {
            plane[at] = row;
        }
    }
    planes
}

/// Converts planes back to bytes, as many as the target takes.
pub(super) fn bytes(planes: &Planes, target: &mut [u8]) {
    for (at, group) in target.chunks_mut(128).enumerate() {
        let mut rows = [0_u64; 16];
        for (row, plane) in rows.iter_mut().zip(planes) {
            *row = plane[at];
        }
        transpose(&mut rows);
        for (row, word) in rows.iter().zip(group.chunks_mut(8)) {
            let count = word.len();
            word.copy_from_slice(&row.to_le_bytes()[..count]);
        }
    }
}

/// Transposes four matrices of 16 × 16 bits that are side by side. Transposing twice changes nothing.
fn transpose(rows: &mut [u64; 16]) {
    let masks = [
        (8, 0x00FF_00FF_00FF_00FF),
        (4, 0x0F0F_0F0F_0F0F_0F0F),
        (2, 0x3333_3333_3333_3333),
        (1, 0x5555_5555_5555_5555),
    ];
    for (width, mask) in masks {
        for row in (0..16).filter(|row| row & width == 0) {
            let changed = ((rows[row] >> width) ^ rows[row + width]) & mask;
            rows[row + width] ^= changed;
            rows[row] ^= changed << width;
        }
    }
}

impl Sums {
    /// Makes room.
    pub(super) fn new() -> Self {
        Self(Box::new([[0; WORDS]; 64]))
    }

    /// Computes the sums of a chunk's planes.
    pub(super) fn take(&mut self, planes: &Planes) {
        for (sums, four) in self.0.chunks_exact_mut(16).zip(planes.chunks_exact(4)) {
            for subset in 1..16_usize {
                let lowest = subset.trailing_zeros() as usize;
                let rest = sums[subset & (subset - 1)];
                add(&mut sums[subset], &rest, &four[lowest]);
            }
        }
    }
}

fn add(sum: &mut Plane, one: &Plane, other: &Plane) {
    for (sum, (one, other)) in sum.iter_mut().zip(one.iter().zip(other)) {
        *sum = one ^ other;
    }
}

impl Factor {
    /// Returns the multiplication by a constant.
    pub(super) fn of(constant: u16) -> Self {
        let mut subsets = [[0; 4]; 16];
        for bit in 0..16_usize {
            let product = multiply(constant, 1 << bit);
            for (plane, subset) in subsets.iter_mut().enumerate() {
                subset[bit / 4] |= ((product >> plane & 1) as u8) << (bit % 4);
            }
        }
        Self(subsets)
    }
}

/// Adds the product of a chunk, given by its sums, and a constant.
pub(super) fn add_product(target: &mut Planes, sums: &Sums, factor: &Factor) {
    for (plane, subset) in target.iter_mut().zip(&factor.0) {
        let [a, b, c, d] = [0, 1, 2, 3].map(|four| &sums.0[four * 16 + usize::from(subset[four] & 15)]);
        for at in 0..WORDS {
            plane[at] ^= a[at] ^ b[at] ^ c[at] ^ d[at];
        }
    }
}

/// Adds a chunk unchanged.
pub(super) fn add_planes(target: &mut Planes, other: &Planes) {
    for (plane, other) in target.iter_mut().zip(other) {
        for at in 0..WORDS {
            plane[at] ^= other[at];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_in_planes_is_the_product_of_every_word() {
        let mut random = fastrand::Rng::with_seed(16);
        for length in [CHUNK, CHUNK - 2, 300, 4] {
            let content: Vec<u8> = (0..length).map(|_| random.u8(..)).collect();
            let mut back = vec![0; length];
            bytes(&planes(&content), &mut back);
            assert_eq!(back, content);
            for constant in [0, 1, 2, 0x8000, random.u16(..)] {
                let (mut sums, mut target) = (Sums::new(), planes(&content));
                sums.take(&planes(&content));
                add_product(&mut target, &sums, &Factor::of(constant));
                bytes(&target, &mut back);
                for (found, word) in back.chunks(2).zip(content.chunks(2)) {
                    let word = u16::from_le_bytes([word[0], word[1]]);
                    let expected = word ^ multiply(word, constant);
                    assert_eq!(u16::from_le_bytes([found[0], found[1]]), expected, "{word} × {constant}");
                }
            }
        }
    }
}
