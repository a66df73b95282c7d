//! Which version of BagIt a bag declares, and how its tag files are encoded.

use std::fmt;

use encoding_rs::Encoding;

use super::severity::ArchiveSeverity;

/// A version of BagIt. Versions are compared to find the rules that apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Version {
    major: u32,
    minor: u32,
}

impl Version {
    /// RFC 8493.
    pub(super) const V1: Self = Self { major: 1, minor: 0 };
    pub(super) const FIRST: Self = Self { major: 0, minor: 93 };
    pub(super) const LAST_DRAFT: Self = Self { major: 0, minor: 97 };

    /// Returns whether the rules of RFC 8493 apply, rather than those of an earlier draft.
    pub(super) fn is_strict(self) -> bool {
        self >= Self::V1
    }

    /// Returns the severity of something that the RFC forbids and the drafts did not.
    pub(super) fn strictness(self) -> ArchiveSeverity {
        if self.is_strict() { ArchiveSeverity::Error } else { ArchiveSeverity::Warning }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        let number =
            |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten();
        let (major, minor) = text.split_once('.')?;
        Some(Self { major: number(major)?, minor: number(minor)? })
    }

    pub(super) fn is_known(self) -> bool {
        self == Self::V1 || (Self::FIRST..=Self::LAST_DRAFT).contains(&self)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.major, self.minor)
    }
}

/// The content of the declaration, or the defaults where it is unreadable.
#[derive(Clone, Copy, Debug)]
pub(super) struct Declaration {
    /// `None` if it could not be read; then the rules of 1.0 apply.
    pub(super) stated: Option<Version>,
    pub(super) encoding: &'static Encoding,
    /// UTF-16 without a byte order mark is big-endian, unless the label says otherwise (RFC 2781, 4.3).
    pub(super) is_plain_utf16: bool,
}

impl Declaration {
    /// Returns the version whose rules apply.
    pub(super) fn version(&self) -> Version {
        self.stated.unwrap_or(Version::V1)
    }
}
