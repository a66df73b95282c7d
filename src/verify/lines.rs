//! Lines of a text in both languages.

use crate::base::said::Said;

/// Lines in both languages.
#[derive(Default)]
pub(super) struct Lines(pub(super) Said);

impl Lines {
    /// Adds a line.
    pub(super) fn push(&mut self, line: Said) {
        self.0.ru += &(line.ru + "\n");
        self.0.en += &(line.en + "\n");
    }
}
