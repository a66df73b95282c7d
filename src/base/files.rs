//! Bytes with a name: what was received and what is produced, and the digests of both.

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

/// How a text begins that spreadsheet programs are to read as UTF-8.
const MARK: &str = "\u{feff}";

/// Begins a table that a person opens by a double click: with the mark of UTF-8 in front; `delimiter` is a semicolon for
/// Russian spreadsheet programs, a comma where other programs read the file too.
pub fn table_to_open(delimiter: u8) -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new().delimiter(delimiter).from_writer(MARK.into())
}

/// Size and both digests of one file, taken in one read.
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
    /// Takes both digests of bytes in memory.
    pub fn of(bytes: &[u8]) -> Self {
        Self {
            bytes: bytes.len() as u64,
            sha256: hex(&Sha256::digest(bytes)),
            sha512: hex(&Sha512::digest(bytes)),
        }
    }
}

/// Why a file is not read, in both languages; [`read_file`] gives it inside an [`io::Error`].
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
    /// Puts an error of reading in both languages; the system's own words are the same in both.
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

/// Reads a regular file of no more than `most` bytes. A pipe, a device or a socket might never end: it is not opened.
///
/// # Errors
/// Those of the disk, and a [`Refusal`] where the file is none or is larger.
pub fn read_file(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let metadata = std::fs::metadata(path)?;
    if let Some(refusal) = refused(&metadata) {
        return Err(io::Error::other(refusal));
    }
    if metadata.len() > most {
        return Err(io::Error::other(Refusal::too_large(metadata.len(), most)));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0) + 1);
    // A file may grow while it is read; some of the system's own say that they are empty.
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::other(Refusal::too_large(bytes.len() as u64, most)));
    }
    Ok(bytes)
}

/// The same for a text in UTF-8.
///
/// # Errors
/// Those of [`read_file`], and where the file is no UTF-8.
pub fn read_text(path: &Path, most: u64) -> io::Result<String> {
    String::from_utf8(read_file(path, most)?)
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

/// Says why something is no file to read, by what the system tells of it.
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
