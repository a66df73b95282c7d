//! Digest algorithms of BagIt manifests. Several digests are computed in one read.

use std::io::{self, Read};

use md5::Md5;
use sha1::Sha1;
use sha2::digest::DynDigest;
use sha2::{Digest, Sha224, Sha256, Sha384, Sha512};
use streebog::{Streebog256, Streebog512};

use crate::base::files::{Checksums, hex};

/// Bytes read at a time: large enough to make system calls cheap, small enough to stay in the cache.
pub const BUFFER_BYTES: usize = 256 * 1024;

/// A digest algorithm, in the order of trust: the last is the strongest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Algorithm {
    /// MD5, only in old bags.
    Md5,
    /// SHA-1, only in old bags.
    Sha1,
    /// SHA-224.
    Sha224,
    /// SHA-256, written by letopis.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512, written by letopis.
    Sha512,
    /// Streebog of 256 bits (GOST R 34.11-2012, RFC 6986), written by letopis if the policy asks for it.
    Streebog256,
    /// Streebog of 512 bits, in signatures.
    Streebog512,
}

impl Algorithm {
    /// Returns the algorithm of a manifest's file name, after the normalization of RFC 8493, 2.4: lower case
    /// without punctuation, so that `SHA-256` is `sha256`.
    pub fn named(name: &str) -> Option<Self> {
        let plain: String =
            name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        match plain.as_str() {
            "md5" => Some(Self::Md5),
            "sha1" => Some(Self::Sha1),
            "sha224" => Some(Self::Sha224),
            "sha256" => Some(Self::Sha256),
            "sha384" => Some(Self::Sha384),
            "sha512" => Some(Self::Sha512),
            "streebog256" => Some(Self::Streebog256),
            "streebog512" => Some(Self::Streebog512),
            _ => None,
        }
    }

    /// Returns the name used in manifest file names.
    pub fn name(self) -> &'static str {
        match self {
            Self::Md5 => "md5",
            Self::Sha1 => "sha1",
            Self::Sha224 => "sha224",
            Self::Sha256 => "sha256",
            Self::Sha384 => "sha384",
            Self::Sha512 => "sha512",
            Self::Streebog256 => "streebog256",
            Self::Streebog512 => "streebog512",
        }
    }

    /// Returns the length of the digest in hexadecimal digits.
    pub fn hex_len(self) -> usize {
        let bytes = match self {
            Self::Md5 => 16,
            Self::Sha1 => 20,
            Self::Sha224 => 28,
            Self::Sha256 | Self::Streebog256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 | Self::Streebog512 => 64,
        };
        bytes * 2
    }

    /// Returns the digest of bytes in memory, as lower-case hex.
    pub fn of(self, bytes: &[u8]) -> String {
        hex(&self.digest(bytes))
    }

    /// Returns the digest of bytes in memory.
    pub fn digest(self, bytes: &[u8]) -> Box<[u8]> {
        let mut hasher = self.hasher();
        hasher.update(bytes);
        hasher.finalize()
    }

    fn hasher(self) -> Box<dyn DynDigest> {
        match self {
            Self::Md5 => Box::new(Md5::new()),
            Self::Sha1 => Box::new(Sha1::new()),
            Self::Sha224 => Box::new(Sha224::new()),
            Self::Sha256 => Box::new(Sha256::new()),
            Self::Sha384 => Box::new(Sha384::new()),
            Self::Sha512 => Box::new(Sha512::new()),
            Self::Streebog256 => Box::new(Streebog256::new()),
            Self::Streebog512 => Box::new(Streebog512::new()),
        }
    }
}

/// Several digests computed side by side over one stream of bytes.
pub struct Hashers(Vec<(Algorithm, Box<dyn DynDigest>)>);

impl Hashers {
    /// Starts the digests.
    pub fn new(algorithms: &[Algorithm]) -> Self {
        Self(algorithms.iter().map(|algorithm| (*algorithm, algorithm.hasher())).collect())
    }

    /// Takes the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        for (_, hasher) in &mut self.0 {
            hasher.update(bytes);
        }
    }

    /// Returns the digests as lower-case hex, in the order they were requested.
    pub fn finish(self) -> Vec<(Algorithm, String)> {
        self.0.into_iter().map(|(algorithm, hasher)| (algorithm, hex(&hasher.finalize()))).collect()
    }
}

/// Reads a stream once to its end and returns its size and both digests that letopis writes.
///
/// # Errors
/// The stream's own.
pub fn checksums_of(mut stream: impl Read) -> io::Result<Checksums> {
    let mut hashers = Hashers::new(&[Algorithm::Sha256, Algorithm::Sha512]);
    let mut buffer = vec![0; BUFFER_BYTES];
    let mut bytes = 0;
    loop {
        match stream.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => {
                hashers.update(&buffer[..count]);
                bytes += count as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let mut digests = hashers.finish().into_iter().map(|(_, digest)| digest);
    let mut next = || digests.next().expect("two digests were asked for");
    Ok(Checksums { bytes, sha256: next(), sha512: next() })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Digests of the empty input, from the standards RFC 1321, RFC 3174 and FIPS 180-4.
    #[test]
    fn digests_of_nothing_are_the_published_ones() {
        assert_eq!(Algorithm::Md5.of(b""), "d41d8cd98f00b204e9800998ecf8427e");
        assert_eq!(Algorithm::Sha1.of(b""), "da39a3ee5e6b4b0d3255bfef95601890afd80709");
        assert!(Algorithm::Sha224.of(b"").starts_with("d14a028c2a3a2bc9"));
        assert!(Algorithm::Sha384.of(b"").starts_with("38b060a751ac9638"));
        for name in ["md5", "sha1", "sha224", "sha256", "sha384", "sha512", "streebog256", "streebog512"] {
            let algorithm = Algorithm::named(name).expect("the name is known");
            assert_eq!(algorithm.hex_len(), algorithm.of(b"").len(), "{name}");
        }
    }

    /// The first example of RFC 6986, 10.1, in the order of bytes that programs write.
    #[test]
    fn streebog_of_the_published_message_is_the_published_one() {
        let message = b"012345678901234567890123456789012345678901234567890123456789012";
        assert_eq!(
            Algorithm::Streebog256.of(message),
            "9d151eefd8590b89daa6ba6cb74af9275dd051026bb149a452fd84e5e57b5500"
        );
        assert_eq!(
            Algorithm::Streebog512.of(message),
            "1b54d01a4af5b9d5cc3d86d68d285462b19abc2475222f35c085122be4ba1ffa\
             00ad30f8767b3a82384c6574f024c311e2a481332b08ef7f41797891c1646f48"
        );
    }

    #[test]
    fn a_stream_and_memory_agree() {
        let bytes = vec![7_u8; BUFFER_BYTES + 1];
        assert_eq!(checksums_of(bytes.as_slice()).expect("memory is readable"), Checksums::of(&bytes));
    }
}
