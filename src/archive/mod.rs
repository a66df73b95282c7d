//! Bags, manifests and their verification. Knows bytes, not what the documents mean.
//!
//! The writing half is pure: [`names`] judges paths, [`manifest`] and [`bag`] return texts, [`zip`] writes into a
//! sink it is given. The reading half, [`verify`], only reads. Files are written by `outputs` alone.

pub mod bag;
pub mod checks;
pub mod digest;
pub mod manifest;
pub mod names;
pub mod parity;
pub mod register;
pub mod signature;
mod steady;
pub mod stored;
pub mod verify;
pub mod zip;

/// Identifier of the profile that letopis bags declare in `bag-info.txt`: BagIt 1.0, sha256 and sha512 manifests and
/// tag manifests in canonical form, every tag file listed, no `fetch.txt`.
pub const PROFILE: &str = "urn:letopis:bagit-profile:1";
