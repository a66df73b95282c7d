//! A sink that hides a failing disk from a writer that would panic on it.

use std::io::{self, Seek, SeekFrom, Write};

/// Accepts everything. After the first failure it only counts, and it reports the failure at the end.
///
/// `ZipWriter` goes back to patch an entry's header and asserts on its positions if that fails.
pub(super) struct DeferredErrors<W> {
    sink: W,
    position: u64,
    end: u64,
    failure: Option<io::Error>,
}

impl<W: Write + Seek> DeferredErrors<W> {
    /// Wraps a sink at its beginning.
    pub(super) fn new(sink: W) -> Self {
        Self { sink, position: 0, end: 0, failure: None }
    }

    /// Returns the sink.
    ///
    /// # Errors
    /// The first failure.
    pub(super) fn finish(self) -> io::Result<W> {
        match self.failure {
            Some(failure) => Err(failure),
            None => Ok(self.sink),
        }
    }

    /// Keeps a failure; a request to try again is passed on.
    fn keep<T>(&mut self, result: io::Result<T>) -> io::Result<Option<T>> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Err(error) => {
                self.failure = Some(error);
                Ok(None)
            }
        }
    }
}

impl<W: Write + Seek> Write for DeferredErrors<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut count = bytes.len();
        if self.failure.is_none() {
            let result = match self.sink.write(bytes) {
                Ok(0) if !bytes.is_empty() => Err(io::ErrorKind::WriteZero.into()),
                result => result,
            };
            count = self.keep(result)?.unwrap_or(count);
        }
        self.position += count as u64;
        self.end = self.end.max(self.position);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.failure.is_none() {
            let result = self.sink.flush();
            self.keep(result)?;
        }
        Ok(())
    }
}

impl<W: Write + Seek> Seek for DeferredErrors<W> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::Current(offset) => self.position.checked_add_signed(offset),
            SeekFrom::End(offset) => self.end.checked_add_signed(offset),
        };
        let position = position.ok_or(io::ErrorKind::InvalidInput)?;
        if self.failure.is_none() {
            let result = self.sink.seek(SeekFrom::Start(position));
            self.keep(result)?;
        }
        self.position = position;
        Ok(position)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bagit::zip::pack;

    /// A disk that fails once, at one of its calls.
    struct Failing {
        disk: io::Cursor<Vec<u8>>,
        calls: usize,
        fails_at: usize,
    }

    impl Failing {
        fn call(&mut self) -> io::Result<()> {
            self.calls += 1;
            if self.calls == self.fails_at { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
        }
    }

    impl Write for Failing {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.call()?;
            self.disk.write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            self.call()
        }
    }

    impl Seek for Failing {
        fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
            self.call()?;
            self.disk.seek(to)
        }
    }

    #[test]
    fn a_disk_that_fails_at_any_call_is_an_error_and_no_panic() {
        let files = [("data/a.csv".to_owned(), 300), ("bagit.txt".to_owned(), 300)];
        let run = |fails_at| {
            let sink = Failing { disk: io::Cursor::new(Vec::new()), calls: 0, fails_at };
            pack(sink, "bag", &files, |_| Ok(io::Cursor::new(vec![b'x'; 300])))
        };
        let calls = run(0).expect("this disk never fails").calls;
        assert!(calls > 20, "{calls}");
        for fails_at in 1..=calls {
            let error = run(fails_at).err().expect("the failure is told");
            assert_eq!(error.kind(), io::ErrorKind::StorageFull, "call {fails_at}");
        }
    }
}
