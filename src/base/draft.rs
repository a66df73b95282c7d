//! Files that are not made yet, and the keys by which the file of an earlier build may be used in their
//! place.

use anyhow::Result;
use sha2::{Digest, Sha256};

use super::files::{Document, hex};
use super::settings::VERSION;

/// A digest over everything that decides the bytes of a file, including the program: equal keys mean equal
/// bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key(String);

impl Key {
    /// Takes a key out of the record of a build.
    pub fn listed(text: String) -> Self {
        Self(text)
    }

    /// Returns the digest as lower-case hex.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a file was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeFrom {
    /// Everything that decides its bytes.
    pub key: Key,
    /// Everything that its maker may read, if that is known before the file is laid out: equal inputs mean equal
    /// keys.
    pub inputs: Option<Key>,
}

impl From<Key> for MadeFrom {
    fn from(key: Key) -> Self {
        Self { key, inputs: None }
    }
}

/// Bytes gathered before they are digested: a drawing is a million short pieces.
const GATHERED: usize = 1 << 16;

/// Collects everything that decides the bytes of a file. The length of a text precedes it, so that different
/// sequences of pieces never give the same bytes.
pub struct KeyMaker {
    digest: Sha256,
    gathered: Vec<u8>,
}

impl KeyMaker {
    /// Starts the key of a kind of file, with the program's version and the digest of its sources.
    pub fn new(kind: &str) -> Self {
        let mut key = Self { digest: Sha256::new(), gathered: Vec::with_capacity(GATHERED) };
        key.text(VERSION);
        key.text(kind);
        key
    }

    /// Adds bytes of any length.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.add(bytes);
    }

    /// Adds a text.
    pub fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    /// Adds a number: a count, a code, a choice.
    pub fn number(&mut self, number: u64) {
        self.add(&number.to_le_bytes());
    }

    /// Adds a measure with all its bits.
    pub fn measure(&mut self, measure: f64) {
        self.number(measure.to_bits());
    }

    /// Returns the key.
    pub fn finish(mut self) -> Key {
        self.digest.update(&self.gathered);
        Key(hex(&self.digest.finalize()))
    }

    fn add(&mut self, bytes: &[u8]) {
        self.gathered.extend_from_slice(bytes);
        if self.gathered.len() >= GATHERED {
            self.digest.update(&self.gathered);
            self.gathered.clear();
        }
    }
}

/// A file that is not made yet: its place, and how its bytes are made.
pub struct Draft<'a> {
    /// Path below the output folder.
    pub path: String,
    content: Content<'a>,
}

enum Content<'a> {
    /// The bytes exist already.
    Ready(Vec<u8>),
    /// Making them costs time.
    Costly(Key, Box<dyn FnOnce() -> Result<Vec<u8>> + Send + 'a>),
}

impl From<Document> for Draft<'_> {
    fn from(document: Document) -> Self {
        Self { path: document.path, content: Content::Ready(document.bytes) }
    }
}

impl<'a> Draft<'a> {
    /// Describes a file that is slow to make; the key covers everything that `make` uses.
    pub fn costly(
        path: impl Into<String>,
        key: Key,
        make: impl FnOnce() -> Result<Vec<u8>> + Send + 'a,
    ) -> Self {
        Self { path: path.into(), content: Content::Costly(key, Box::new(make)) }
    }

    /// Returns the key, if the file is slow to make.
    pub fn key(&self) -> Option<&Key> {
        if let Content::Costly(key, _) = &self.content { Some(key) } else { None }
    }

    /// Makes the file.
    ///
    /// # Errors
    /// Those of the making.
    pub fn make(self) -> Result<Document> {
        let bytes = match self.content {
            Content::Ready(bytes) => bytes,
            Content::Costly(_, make) => make()?,
        };
        Ok(Document::new(self.path, bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(pieces: &[&str]) -> Key {
        let mut key = KeyMaker::new("kind");
        pieces.iter().for_each(|piece| key.text(piece));
        key.finish()
    }

    #[test]
    fn a_piece_that_moves_from_one_text_to_the_next_makes_another_key() {
        assert_eq!(key(&["ab", "c"]), key(&["ab", "c"]));
        assert_ne!(key(&["ab", "c"]), key(&["a", "bc"]));
        assert_ne!(key(&["ab", ""]), key(&["ab"]));
        assert_ne!(KeyMaker::new("pdf").finish(), KeyMaker::new("parquet").finish());
    }

    #[test]
    fn a_long_text_counts_to_its_last_byte() {
        let long = "я".repeat(GATHERED);
        assert_ne!(key(&[&long, "а"]), key(&[&long, "б"]));
        assert_ne!(key(&[&format!("а{long}")]), key(&[&format!("б{long}")]));
    }
}
