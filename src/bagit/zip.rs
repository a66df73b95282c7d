//! A deterministic ZIP of a folder: equal files give equal bytes on every system.
//!
//! Entries are sorted by the bytes of their paths. Times are the earliest that ZIP knows, permissions are
//! fixed, and the sizes are in the local headers. Content passes through one buffer, so memory does not grow
//! with the files.

use std::collections::BTreeSet;
use std::io::{self, Read, Seek, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipArchive, ZipWriter};

use crate::bagit::deferred_errors::DeferredErrors;
use crate::base::digest::BUFFER_BYTES;
use crate::base::folders::{PAYLOAD, is_payload};
use crate::base::said::{Fault, of_io, said};

/// Extensions of compressed formats: deflating them again takes time and saves nothing.
const COMPRESSED: &[&str] =
    &["7z", "docx", "gz", "jpeg", "jpg", "ods", "odt", "parquet", "pdf", "png", "rar", "webp", "xlsx", "zip"];

/// Permissions of a file: the owner writes, everybody reads.
const FILE_MODE: u32 = 0o644;
/// Deflate level: a third of the time of level 6 for a sixth more bytes. It is explicit, so that a new
/// default in the library does not change the bytes.
const LEVEL: i64 = 4;
/// Entries above this size in bytes are written as ZIP64. It is below 4 GiB by as much as deflating may add.
const LARGE_BYTES: u64 = 0xFF00_0000;
/// Permissions of a folder.
const FOLDER_MODE: u32 = 0o755;

/// A ZIP of the same folder that this program version wrote earlier. Members with equal bytes are copied from
/// it, because deflating them again would give the same result.
pub struct Earlier<R> {
    archive: ZipArchive<R>,
    same: BTreeSet<String>,
}

impl<R: Read + Seek> Earlier<R> {
    /// Opens the ZIP; `same` are the paths, relative to the folder, of the members with equal bytes.
    ///
    /// # Errors
    /// When it is none.
    pub fn open(zip: R, same: BTreeSet<String>) -> io::Result<Self> {
        Ok(Self { archive: ZipArchive::new(zip).map_err(into_io)?, same })
    }

    /// Copies a member if it is the same; `false` if it is not.
    fn copy<W: Write + Seek>(
        &mut self,
        root: &str,
        (path, bytes): &(String, u64),
        writer: &mut ZipWriter<W>,
    ) -> io::Result<bool> {
        if !self.same.contains(path) {
            return Ok(false);
        }
        match self.archive.by_name(&format!("{root}/{path}")) {
            Ok(member) if member.size() == *bytes => {
                writer.raw_copy_file(member).map_err(into_io)?;
                Ok(true)
            }
            _ => Ok(false),
        }
    }
}

/// Writes a ZIP whose entries are in one folder called `root`, as BagIt 0.97, 4 requires of a serialized bag.
///
/// `files` are paths relative to the folder, with `/` between names, and sizes in bytes. `open` is called
/// once for each path, in the order of their bytes. Returns the sink, positioned at its end.
///
/// # Errors
/// Errors of the sink, of `open` and of its readers (the message names the path); a path given twice; a size
/// that differs from the announced one, because the file changed meanwhile.
pub fn pack<W, R>(
    sink: W,
    root: &str,
    files: &[(String, u64)],
    open: impl FnMut(&str) -> io::Result<R>,
) -> io::Result<W>
where
    W: Write + Seek,
    R: Read,
{
    pack_beside(sink, root, files, open, None::<&mut Earlier<io::Empty>>)
}

/// Writes the same ZIP, byte for byte, with copies of members from an earlier one.
///
/// # Errors
/// The errors of [`pack`], and those of reading the earlier ZIP.
pub fn pack_beside<W, R, E>(
    sink: W,
    root: &str,
    files: &[(String, u64)],
    mut open: impl FnMut(&str) -> io::Result<R>,
    mut earlier: Option<&mut Earlier<E>>,
) -> io::Result<W>
where
    W: Write + Seek,
    R: Read,
    E: Read + Seek,
{
    let mut writer = ZipWriter::new(DeferredErrors::new(sink));
    let mut buffer = vec![0; BUFFER_BYTES];
    if !files.iter().any(|(path, _)| is_payload(path)) {
        // A bag without payload still needs its folder.
        let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
        let options = options.system(System::Unix).unix_permissions(FOLDER_MODE);
        writer.add_directory(format!("{root}/{PAYLOAD}"), options).map_err(into_io)?;
    }
    let mut sorted: Vec<_> = files.iter().collect();
    sorted.sort_by_key(|(path, _)| path.as_bytes());
    for file in sorted {
        let (path, bytes) = file;
        if let Some(earlier) = earlier.as_deref_mut()
            && earlier.copy(root, file, &mut writer).map_err(|error| at(path, &error))?
        {
            continue;
        }
        let mut content = open(path).map_err(|error| at(path, &error))?;
        writer.start_file(format!("{root}/{path}"), options(path, *bytes)).map_err(into_io)?;
        let copied = copy(&mut content, &mut writer, &mut buffer).map_err(|error| at(path, &error))?;
        if copied != *bytes {
            return Err(io::Error::other(Fault::new(said!(
                "{path}: прочитано байт {copied}, а должно быть {bytes}",
                "{path}: {copied} bytes read, {bytes} expected"
            ))));
        }
    }
    writer.finish().map_err(into_io)?.finish()
}

fn options(path: &str, bytes: u64) -> SimpleFileOptions {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    let is_compressed = extension.is_some_and(|extension| COMPRESSED.contains(&extension.as_str()));
    let (method, level) = if is_compressed {
        (CompressionMethod::Stored, None)
    } else {
        (CompressionMethod::Deflated, Some(LEVEL))
    };
    SimpleFileOptions::default()
        .compression_method(method)
        .compression_level(level)
        .last_modified_time(DateTime::default())
        .unix_permissions(FILE_MODE)
        .system(System::Unix)
        .large_file(bytes > LARGE_BYTES)
}

/// Copies in full buffers, whatever size the reader returns, so that deflating sees the same pieces.
fn copy(content: &mut impl Read, writer: &mut impl Write, buffer: &mut [u8]) -> io::Result<u64> {
    let mut total = 0;
    loop {
        let filled = fill(content, buffer)?;
        writer.write_all(&buffer[..filled])?;
        total += filled as u64;
        if filled < buffer.len() {
            return Ok(total);
        }
    }
}

fn fill(content: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match content.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

fn at(path: &str, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), Fault::new(said!("{path}: {}", "{path}: {}", of_io(error))))
}

fn into_io(error: ZipError) -> io::Error {
    match error {
        ZipError::Io(error) => error,
        other => io::Error::other(other),
    }
}
