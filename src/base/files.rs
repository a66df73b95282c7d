//! Bytes with a name, both received and produced, and their digests.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256, Sha512};

use crate::base::said::{Fault, Said, said};

/// A produced file: a relative path with `/` between folders, and its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Path below the output folder, NFC, `/` as separator.
    pub path: String,
    /// The whole content.
    pub bytes: Vec<u8>,
}

impl Document {
    /// Names some bytes.
    pub fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), bytes: bytes.into() }
    }
}

/// The byte order mark: a text that starts with it is read as UTF-8 by spreadsheet programs.
const MARK: &str = "\u{feff}";

/// Starts a table that a person opens with a double click. It begins with the UTF-8 mark. `delimiter` is a
/// semicolon for Russian spreadsheet programs, or a comma where other programs read the file too.
pub fn table_to_open(delimiter: u8) -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new().delimiter(delimiter).from_writer(MARK.into())
}

/// Size and both digests of one file, computed in one read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checksums {
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256 as lower-case hex.
    pub sha256: String,
    /// SHA-512 as lower-case hex.
    pub sha512: String,
}

impl Checksums {
    /// Computes both digests of bytes in memory.
    pub fn of(bytes: &[u8]) -> Self {
        Self {
            bytes: bytes.len() as u64,
            sha256: hex(&Sha256::digest(bytes)),
            sha512: hex(&Sha512::digest(bytes)),
        }
    }
}

fn too_large(bytes: u64, most: u64) -> io::Error {
    io::Error::other(Fault::new(said!(
        "в файле {bytes} байт, а читается не больше {most}",
        "the file has {bytes} bytes, no more than {most} are read"
    )))
}

/// Reads a regular file of at most `most` bytes. A pipe, a device or a socket is not opened, because it might
/// never end.
///
/// # Errors
/// Disk errors, and a [`Fault`] where the path is not a regular file or the file is larger.
pub fn read_file(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let metadata = std::fs::metadata(path)?;
    if let Some(refusal) = refused(&metadata) {
        return Err(io::Error::other(Fault::new(refusal)));
    }
    if metadata.len() > most {
        return Err(too_large(metadata.len(), most));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0) + 1);
    // A file may grow while it is read, and some system files report a size of 0.
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(too_large(bytes.len() as u64, most));
    }
    Ok(bytes)
}

/// Reads a UTF-8 text in the same way.
///
/// # Errors
/// The errors of [`read_file`], and invalid UTF-8.
pub fn read_text(path: &Path, most: u64) -> io::Result<String> {
    String::from_utf8(read_file(path, most)?).map_err(|_| {
        let said = said!("файл записан не в кодировке UTF-8", "the file is not in UTF-8");
        io::Error::new(io::ErrorKind::InvalidData, Fault::new(said))
    })
}

/// Returns why a path is not a regular file, according to its metadata.
pub fn refused(metadata: &Metadata) -> Option<Said> {
    if metadata.is_file() {
        return None;
    }
    let said = if metadata.is_dir() {
        Said::fixed("это папка, а не файл", "this is a folder, not a file")
    } else if metadata.is_symlink() {
        Said::fixed(
            "это ссылка, а не файл: положите на её место сам файл",
            "this is a link, not a file: put the file itself in its place",
        )
    } else {
        Said::fixed(
            "это не файл, а канал, устройство или сокет: не читается",
            "this is no file but a pipe, a device or a socket: it is not read",
        )
    };
    Some(said.owned())
}

/// Writes bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}
