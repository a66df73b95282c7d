//! Names of files and labels that the archive uses.

use crate::base::folders::{CHANGES, EVENTS, INVENTORY, INVENTORY_PDF};

/// The school's label in the metadata of a bag.
pub(super) const SCHOOL: &str = "Source-Organization";

/// Returns whether a payload file is about the bag itself: two bags with the same content may differ in it.
pub(super) fn is_about_bag(path: &str) -> bool {
    [INVENTORY, INVENTORY_PDF, EVENTS, CHANGES].contains(&path)
}

/// File name of the readme.
pub(super) const README: &str = "ЧИТАЙ-МЕНЯ.txt";

/// The beginning of the line that names the medium.
pub(super) const MEDIUM_LINE: &str = "Носитель: ";

/// File name of the holds in their archive.
pub const HOLD: &str = "hold.toml";
