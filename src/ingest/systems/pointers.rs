//! Where a problem is in a JSON file: the pointer of its record.

use std::collections::BTreeMap;

use crate::base::problems::Problem;

/// The places of the records of JSON files, by file and source; row numbers count from 1.
#[derive(Default)]
pub(crate) struct Pointers(BTreeMap<(String, String), Vec<String>>);

impl Pointers {
    /// Records the pointers of a source of a file.
    pub(super) fn add(&mut self, file: &str, source: String, pointers: Vec<String>) {
        self.0.insert((file.to_owned(), source), pointers);
    }

    /// Gives every problem of a JSON record its pointer (RFC 6901) in place of the source's title.
    pub(crate) fn point(&self, mut problems: Vec<Problem>) -> Vec<Problem> {
        for problem in &mut problems {
            let Some(row) = problem.row.and_then(|row| usize::try_from(row).ok()) else { continue };
            let pointers = self.0.get(&(problem.file.clone(), problem.sheet.clone()));
            if let Some(pointer) = pointers.and_then(|pointers| pointers.get(row.wrapping_sub(1))) {
                problem.sheet.clone_from(pointer);
                // The rest of the pointer, if the value is deeper than its record.
                if problem.column.starts_with('/') {
                    problem.sheet += &std::mem::take(&mut problem.column);
                }
            }
        }
        problems
    }
}
