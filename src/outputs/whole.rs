//! Writes whole files, and reads back what the disk holds.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use super::private;
use crate::base::digest::{BUFFER_BYTES, Hashers, checksums_of};

/// Writes a whole file and makes sure that it is on the disk.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<u64> {
    fill(private::emptied_file(path)?, &mut &bytes[..], None)
}

/// Fills a new file and makes sure that it is on the disk.
pub(super) fn fill(
    mut file: File,
    content: &mut dyn Read,
    mut hashers: Option<&mut Hashers>,
) -> io::Result<u64> {
    let (mut buffer, mut total) = (vec![0; BUFFER_BYTES], 0);
    loop {
        let count = match content.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if let Some(hashers) = &mut hashers {
            hashers.update(&buffer[..count]);
        }
        file.write_all(&buffer[..count])?;
        total += count as u64;
    }
    file.sync_all()?;
    Ok(total)
}

/// Computes the digest from the medium, not from the system's cache.
pub(super) fn read_back(path: &Path) -> io::Result<String> {
    let file = File::open(path)?;
    forget(&file);
    Ok(checksums_of(file)?.sha256)
}

/// Drops a file from the system's cache, so that it is read from the medium.
pub(super) fn forget(file: &File) {
    #[cfg(target_os = "linux")]
    {
        // This is only advice: if the system ignores it, the digest is still that of the bytes every reader
        // would get.
        let _ = rustix::fs::fadvise(file, 0, None, rustix::fs::Advice::DontNeed);
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = file;
    }
}
