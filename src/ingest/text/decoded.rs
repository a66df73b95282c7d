//! What reading a text gives: the text with remarks, or a refusal.

use std::borrow::Cow;

use crate::base::problems::ProblemSeverity;
use crate::base::said::{Said, said};

/// A text, and remarks for a person on how it was read.
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) notes: Vec<Note>,
}

/// A remark on a file that was read all the same.
#[derive(Clone, Debug)]
pub(crate) struct Note {
    pub(crate) code: &'static str,
    pub(crate) severity: ProblemSeverity,
    /// Line from 1; 0 means the whole file.
    pub(crate) row: u32,
    pub(crate) message: Said,
    pub(crate) hint: Said,
}

/// Why a file could not be read, and the remedy.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub(crate) message: Said,
    pub(crate) hint: Said,
}

impl From<Said> for Refusal {
    fn from(message: Said) -> Self {
        Self { message, hint: said!("выгрузите файл снова", "export the file again") }
    }
}
