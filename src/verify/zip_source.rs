//! A ZIP that is read in place.

use std::fs::File;
use std::io::{self, BufReader};
use std::path::PathBuf;
use std::sync::Arc;

use zip::ZipReadOptions;
use zip::read::ZipArchiveMetadata;
use zip::result::ZipError;

use super::stream::pump;

/// A ZIP with a parsed directory, shared by its bags and by the threads that read entries.
#[derive(Clone)]
pub(super) struct ZipSource {
    pub(super) path: PathBuf,
    pub(super) metadata: Arc<ZipArchiveMetadata>,
}

impl ZipSource {
    /// Passes an entry's content on, piece by piece; see `Tree::read`.
    pub(super) fn read(
        &self,
        index: usize,
        listed: u64,
        buffer: &mut [u8],
        take: &mut dyn FnMut(&[u8]),
    ) -> io::Result<u64> {
        // Each read opens the archive anew, so that threads do not share a position.
        let mut file = BufReader::new(File::open(&self.path)?);
        let entry = self.metadata.entry(index).map_err(into_io)?;
        let mut content = entry.with_reader(&mut file, ZipReadOptions::new()).map_err(into_io)?;
        pump(&mut content, listed, buffer, take)
    }
}

pub(super) fn into_io(error: ZipError) -> io::Error {
    match error {
        ZipError::Io(error) => error,
        ZipError::InvalidArchive(text) => io::Error::new(io::ErrorKind::InvalidData, text.into_owned()),
        other => io::Error::other(other),
    }
}
