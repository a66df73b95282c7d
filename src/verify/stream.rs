//! Reads a stream piece by piece, without trusting the size that it announces.

use std::io::{self, Read};

/// Reads a stream to its end, but at most one byte past the listed size: a bomb's header may be false.
pub(super) fn pump(
    stream: &mut dyn Read,
    listed: u64,
    buffer: &mut [u8],
    take: &mut dyn FnMut(&[u8]),
) -> io::Result<u64> {
    let mut total = 0;
    while total <= listed {
        match stream.read(buffer) {
            Ok(0) => break,
            Ok(count) => {
                take(&buffer[..count]);
                total += count as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(total)
}
