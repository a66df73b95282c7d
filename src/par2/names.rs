//! Names of parity files and sets.

use std::io;
use std::path::Path;

use crate::base::files::hex;
use crate::base::said::{Fault, said};

/// Returns a bag's own name, which is the beginning of its parity files' names.
pub(super) fn file_name(bag: &Path) -> io::Result<String> {
    let name = bag.file_name().and_then(|name| name.to_str());
    let fault = || {
        let said = said!("{}: нет имени", "{}: no name", bag.display());
        io::Error::new(io::ErrorKind::InvalidInput, Fault::new(said))
    };
    name.map(str::to_owned).ok_or_else(fault)
}

/// Returns a digest as hexadecimal digits.
pub(super) fn hex_of(hash: &[u8; 16]) -> String {
    hex(hash)
}
