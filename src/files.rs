//! Bytes with a name: what was received and what is produced, and the digests of both.

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
