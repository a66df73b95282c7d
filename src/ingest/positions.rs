//! Where the columns of a table stand in a sheet, and where the sheet comes from.

use super::schema::Column;
use crate::base::source::Origin;
use crate::model::Text;

/// Where the columns of a table stand in a sheet.
#[derive(Clone)]
pub(crate) struct Positions {
    pub(crate) columns: &'static [Column],
    pub(crate) places: Vec<Option<usize>>,
    pub(crate) origin: Origin,
    pub(crate) origin_index: u32,
    /// Which system the sheet comes from.
    pub(crate) system: Text,
}

impl Positions {
    /// Returns the positions of a row whose cells stand in the order of the table's columns.
    pub(crate) fn in_order(&self) -> Self {
        Self { places: (0..self.columns.len()).map(Some).collect(), ..self.clone() }
    }

    /// Returns the system and the file, as aliases and trust name sources.
    pub(crate) fn source(&self) -> (&str, &str) {
        (&self.system, &self.origin.file)
    }
}
