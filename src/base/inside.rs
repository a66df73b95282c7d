//! Paths that came from a file. Each has a type of its own that cannot lead out of the folder it is relative
//! to.
//!
//! A register, a manifest, a fetch list, a PAR2 set, a ZIP, a build's record, a table of names or a
//! handwritten note may be hostile. A path from one of them is joined to a folder only as an [`InsidePath`]
//! or a [`BagName`].

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer, Serialize};

use crate::base::said::{Fault, said};
use crate::base::zip_entries::leads_outside;

/// A path that is not a name, or that leads outside its folder on some system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside(pub String);

impl From<Outside> for Fault {
    fn from(outside: Outside) -> Self {
        // Control characters are shown as codes.
        let path = outside.0.escape_debug();
        Self::new(said!("«{path}»: путь ведёт наружу", "«{path}»: the path leads outside"))
    }
}

impl From<Outside> for anyhow::Error {
    fn from(outside: Outside) -> Self {
        Fault::from(outside).into()
    }
}

/// A relative path with `/` between names that stays in its folder on every system.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct InsidePath(String);

impl InsidePath {
    /// Checks a path from a file.
    ///
    /// # Errors
    /// When the path leads outside on some system.
    pub fn new(path: impl Into<String>) -> Result<Self, Outside> {
        let path = path.into();
        if path.is_empty() || leads_outside(&path) { Err(Outside(path)) } else { Ok(Self(path)) }
    }

    /// Returns the place below a folder.
    pub fn below(&self, folder: &Path) -> PathBuf {
        folder.join(&self.0)
    }

    /// Returns the path as it was given.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The name of a bag in its archive: a single name that is not hidden and does not lead upwards.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct BagName(String);

impl BagName {
    /// Checks a name from a file.
    ///
    /// # Errors
    /// When the text is not a single name, or could lead outside.
    pub fn new(name: impl Into<String>) -> Result<Self, Outside> {
        let name = name.into();
        let is_name = !name.is_empty()
            && !name.starts_with('.')
            && !name.contains(['/', '\\'])
            && !name.contains(char::is_control)
            && !leads_outside(&name);
        if is_name { Ok(Self(name)) } else { Err(Outside(name)) }
    }

    /// Returns the place of the bag in an archive.
    pub fn below(&self, archive: &Path) -> PathBuf {
        archive.join(&self.0)
    }

    /// Returns the name as it was given.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Gives a checked text the traits of a text.
macro_rules! as_text {
    ($type:ident) => {
        impl Deref for $type {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $type {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.pad(&self.0)
            }
        }

        impl PartialEq<str> for $type {
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }

        impl PartialEq<&str> for $type {
            fn eq(&self, other: &&str) -> bool {
                self.0 == **other
            }
        }

        impl PartialEq<String> for $type {
            fn eq(&self, other: &String) -> bool {
                self.0 == *other
            }
        }

        impl From<&$type> for String {
            fn from(path: &$type) -> Self {
                path.0.clone()
            }
        }

        impl From<$type> for String {
            fn from(path: $type) -> Self {
                path.0
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let name = String::deserialize(deserializer)?;
                Self::new(name).map_err(|Outside(name)| serde::de::Error::custom(name.escape_debug()))
            }
        }
    };
}

as_text!(InsidePath);
as_text!(BagName);

/// Reads a path from a record that the program itself wrote. The path is checked again, because the record
/// comes from a file.
///
/// # Errors
/// When it leads outside.
pub fn inside_path<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    InsidePath::deserialize(deserializer).map(String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_outside_is_no_path_and_what_is_no_name_is_no_bag() {
        for path in ["", "../x", "a/../../x", "/x", "C:\\x", "~/x", "a\\..\\x", "$HOME/x", "a\0"] {
            assert!(InsidePath::new(path).is_err() && BagName::new(path).is_err(), "{path}");
        }
        for name in ["a/b", "a\\b", ".", "..", ".bag.part", "a\tb", "a\nb"] {
            assert!(BagName::new(name).is_err(), "{name:?}");
        }
        assert_eq!(
            InsidePath::new("data/журнал 5А.pdf").map(String::from).as_deref(),
            Ok("data/журнал 5А.pdf")
        );
        assert!(BagName::new("journals-2025-2026-ed1").is_ok());
        assert!(serde_json::from_str::<InsidePath>("\"../x\"").is_err());
    }
}
