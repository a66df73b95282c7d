//! The bytes of a workbook during reading, and how often they were read.
//!
//! A few thousand sheets may share one part of a file, which would be unpacked anew for each.

use std::cell::Cell;
use std::io::{Cursor, Error, Read, Result, Seek, SeekFrom};
use std::rc::Rc;

use crate::base::limits;

/// Bytes that may be read a limited number of times, by all copies together.
#[derive(Clone)]
pub(super) struct Metered<'a> {
    bytes: Cursor<&'a [u8]>,
    left: Rc<Cell<u64>>,
}

/// Readers of other formats also examine a small workbook when they guess.
const LEAST: u64 = 1 << 18;

impl<'a> Metered<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let left = (bytes.len() as u64).saturating_mul(limits::WORKBOOK_READINGS) + LEAST;
        Self { bytes: Cursor::new(bytes), left: Rc::new(Cell::new(left)) }
    }
}

impl Read for Metered<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let read = self.bytes.read(buffer)?;
        let Some(left) = self.left.get().checked_sub(read as u64) else {
            let times = limits::WORKBOOK_READINGS;
            let text =
                format!("листы ссылаются на одну часть файла, прочитано {times} раз (sheets share a part)");
            return Err(Error::other(text));
        };
        self.left.set(left);
        Ok(read)
    }
}

impl Seek for Metered<'_> {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        self.bytes.seek(to)
    }
}
