//! Linear combinations of slices, computed for one stripe at a time, so that memory does not grow with the
//! bag.

use rayon::prelude::*;

use super::planes::{self, CHUNK, Factor, Planes, Sums};

/// Bytes that the combinations of one stripe may take together.
const MEMORY: usize = 64 << 20;

/// Slices that are added together: their multiplications are prepared once for all chunks.
pub(super) const BATCH: usize = 32;

/// Returns how many bytes of a slice are computed at once for so many combinations.
pub(super) fn stripe_bytes(slice: u64, rows: usize) -> usize {
    let most = (MEMORY / rows.max(1) / CHUNK).max(1) * CHUNK;
    usize::try_from(slice).unwrap_or(usize::MAX).min(most)
}

/// Splits a slice into stripes: the place of each and its length.
pub(super) fn stripes(slice: u64, rows: usize) -> impl Iterator<Item = (u64, usize)> {
    let width = stripe_bytes(slice, rows) as u64;
    (0..slice.div_ceil(width)).map(move |number| {
        let start = number * width;
        (start, (slice - start).min(width) as usize)
    })
}

/// Several combinations of one stripe during the computation.
pub(super) struct Combinations {
    rows: usize,
    bytes: usize,
    /// For each chunk of the stripe, that chunk of every combination.
    chunks: Vec<Planes>,
}

impl Combinations {
    /// Begins with zeros.
    pub(super) fn new(rows: usize, bytes: usize) -> Self {
        Self { rows, bytes, chunks: vec![planes::ZERO; rows * bytes.div_ceil(CHUNK)] }
    }

    /// Adds a slice's stripe to one combination.
    pub(super) fn add(&mut self, row: usize, stripe: &[u8]) {
        for (chunk, part) in self.chunks.chunks_mut(self.rows).zip(stripe.chunks(CHUNK)) {
            planes::add_planes(&mut chunk[row], &planes::planes(part));
        }
    }

    /// Adds the stripes of some slices to every combination, each times its factor: `factor(row, slice)`.
    pub(super) fn add_all(&mut self, stripes: &[Vec<u8>], factor: &(impl Fn(usize, usize) -> u16 + Sync)) {
        let rows = self.rows;
        let factors: Vec<Option<Factor>> = (0..stripes.len() * rows)
            .into_par_iter()
            .map(|at| {
                let constant = factor(at % rows, at / rows);
                (constant != 0).then(|| Factor::of(constant))
            })
            .collect();
        self.chunks.par_chunks_mut(rows.max(1)).enumerate().for_each_init(
            Sums::new,
            |sums, (number, chunk)| {
                for (stripe, factors) in stripes.iter().zip(factors.chunks(rows)) {
                    let start = (number * CHUNK).min(stripe.len());
                    let part = &stripe[start..stripe.len().min(start + CHUNK)];
                    sums.take(&planes::planes(part));
                    for (target, factor) in chunk.iter_mut().zip(factors) {
                        if let Some(factor) = factor {
                            planes::add_product(target, sums, factor);
                        }
                    }
                }
            },
        );
    }

    /// Returns the bytes of one combination.
    pub(super) fn row(&self, row: usize) -> Vec<u8> {
        let mut bytes = vec![0; self.bytes];
        for (chunk, part) in self.chunks.chunks(self.rows).zip(bytes.chunks_mut(CHUNK)) {
            planes::bytes(&chunk[row], part);
        }
        bytes
    }
}
