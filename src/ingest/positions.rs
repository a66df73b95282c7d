//! The positions of a table's columns in a sheet, and the origin of the sheet.

use crate::base::source::Origin;
use crate::model::Text;
use crate::model::schema::Column;

/// The positions of a table's columns in a sheet.
#[derive(Clone)]
pub(crate) struct Positions {
    pub(crate) columns: &'static [Column],
    pub(crate) places: Vec<Option<usize>>,
    pub(crate) origin: Origin,
    pub(crate) origin_index: u32,
    /// The system that wrote the sheet.
    pub(crate) system: Text,
}

impl Positions {
    /// Returns the positions for rows whose cells are in the order of the table's columns.
    pub(crate) fn in_order(&self) -> Self {
        Self { places: (0..self.columns.len()).map(Some).collect(), ..self.clone() }
    }

    /// Returns the system and the file, by which aliases and trust name sources.
    pub(crate) fn source(&self) -> (&str, &str) {
        (&self.system, &self.origin.file)
    }
}
