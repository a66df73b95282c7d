//! Reads and writes the register of an archive.

use std::path::Path;

use anyhow::Result;

use crate::base::files::read_file;
use crate::base::limits;
use crate::base::said::{AtPlace, refuse};
use crate::outputs::store::{move_file, replace_file};
use crate::register::{self, REGISTER, Register};

/// Reads the register of an archive, or starts a new one.
///
/// # Errors
/// When it cannot be read, or is not sound: nothing is ever added to a damaged register.
pub fn sound_register(archive: &Path) -> Result<Register> {
    let path = archive.join(REGISTER);
    let bytes = match read_file(&path, limits::REGISTER_BYTES) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Register::default()),
        Err(error) => return Err(error).at(&path),
    };
    let register = Register::read(&bytes);
    if !register.faults.is_empty() || !register.contradictions().is_empty() {
        refuse!(
            "{}: реестр повреждён, запись в него остановлена; запустите letopis verify",
            "{}: the register is damaged, nothing is entered in it; run letopis verify",
            path.display()
        );
    }
    Ok(register)
}

/// Reads the register of an archive that must have one.
///
/// # Errors
/// When there is none, it cannot be read, or it is not sound.
pub fn registered(archive: &Path) -> Result<Register> {
    if !archive.join(REGISTER).is_file() {
        refuse!(
            "{}: здесь нет архива с реестром (register.txt); архив начинает letopis archive",
            "{}: no archive with a register (register.txt) here; letopis archive begins one",
            archive.display()
        );
    }
    sound_register(archive)
}

/// Writes a register with new entries.
///
/// # Errors
/// On a disk error; the register is then unchanged.
pub fn write_register(archive: &Path, register: &Register) -> Result<()> {
    let path = archive.join(REGISTER);
    keep_signed_state(archive).at(&path)?;
    replace_file(&path, register.text().as_bytes()).at(&path)
}

/// Keeps a signed state of the register under a name of its own, with its signatures: they stay valid for it,
/// and would not be valid for the growing register.
fn keep_signed_state(archive: &Path) -> std::io::Result<()> {
    let path = archive.join(REGISTER);
    for ending in ["p7s", "sig"] {
        let signature = archive.join(format!("{REGISTER}.{ending}"));
        if !signature.is_file() {
            continue;
        }
        let signed = read_file(&path, limits::SIGNED_BYTES)?;
        let name = register::state_name(Register::read(&signed).head().number);
        replace_file(&archive.join(&name), &signed)?;
        move_file(&signature, &archive.join(format!("{name}.{ending}")))?;
    }
    Ok(())
}
