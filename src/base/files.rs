//! Bytes with a name, both received and produced, and their digests.

use std::fmt;
use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256, Sha512};

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

/// Why a file is not read, in both languages. [`read_file`] puts it inside an [`io::Error`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Russian.
    pub ru: String,
    /// English.
    pub en: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.ru, self.en)
    }
}

impl std::error::Error for Refusal {}

impl Refusal {
    /// Wraps a read error for both languages. The system's own words are the same in both.
    pub fn of(error: &io::Error) -> Self {
        let own = error.get_ref().and_then(|inner| inner.downcast_ref::<Self>()).cloned();
        own.unwrap_or_else(|| Self { ru: error.to_string(), en: error.to_string() })
    }

    fn too_large(bytes: u64, most: u64) -> Self {
        Self {
            ru: format!("в файле {bytes} байт, а читается не больше {most}"),
            en: format!("the file has {bytes} bytes, no more than {most} are read"),
        }
    }
}

/// Reads a regular file of at most `most` bytes. A pipe, a device or a socket is not opened, because it might
/// never end.
///
/// # Errors
/// Disk errors, and a [`Refusal`] where the path is not a regular file or the file is larger.
pub fn read_file(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let metadata = std::fs::metadata(path)?;
    if let Some(refusal) = refused(&metadata) {
        return Err(io::Error::other(refusal));
    }
    if metadata.len() > most {
        return Err(io::Error::other(Refusal::too_large(metadata.len(), most)));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0) + 1);
    // A file may grow while it is read, and some system files report a size of 0.
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::other(Refusal::too_large(bytes.len() as u64, most)));
    }
    Ok(bytes)
}

/// Reads a UTF-8 text in the same way.
///
/// # Errors
/// The errors of [`read_file`], and invalid UTF-8.
pub fn read_text(path: &Path, most: u64) -> io::Result<String> {
    String::from_utf8(read_file(path, most)?)
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

/// Returns why a path is not a regular file, according to its metadata.
pub fn refused(metadata: &Metadata) -> Option<Refusal> {
    if metadata.is_file() {
        return None;
    }
    let (ru, en) = if metadata.is_dir() {
        ("это папка, а не файл", "this is a folder, not a file")
    } else if metadata.is_symlink() {
        (
            "это ссылка, а не файл: положите на её место сам файл",
            "this is a link, not a file: put the file itself in its place",
        )
    } else {
        (
            "это не файл, а канал, устройство или сокет: не читается",
            "this is no file but a pipe, a device or a socket: it is not read",
        )
    };
    Some(Refusal { ru: ru.to_owned(), en: en.to_owned() })
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
