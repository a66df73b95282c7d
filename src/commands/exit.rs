//! Exit codes in one table. A script that starts the program decides by them what to do next.

use anyhow::Error;

use crate::base::said::Said;
use crate::outputs::refusals;

/// The result of a run for the calling process. If a run did several things, the higher code wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Everything was done. Findings and warnings are results, not failures.
    Done = 0,
    /// The data or the archive has a fault: rows left out, a bag invalid.
    DataAtFault = 1,
    /// The tool could not do or finish its work.
    CouldNot = 2,
    /// `verify --strict`: everything is valid, but there are warnings.
    Warnings = 3,
    /// Another run of letopis is writing in the same place. Nothing was touched.
    AnotherRun = 4,
    /// The disk or the medium is full. Existing files are unchanged.
    DiskFull = 5,
}

impl Exit {
    /// Every code with its meaning, as in `docs/exit-codes.md`. A run that a signal ended returns 128 plus
    /// the signal's number.
    pub const TABLE: &[(Self, Said<&str>)] = &[
        (
            Self::Done,
            Said::fixed(
                "сделано, в том числе с замечаниями",
                "done, also with warnings and with findings about the journal",
            ),
        ),
        (
            Self::DataAtFault,
            Said::fixed(
                "виноваты данные: строки не прочитаны, пакет неверен",
                "the data or a package is at fault: rows left out, a bag invalid",
            ),
        ),
        (
            Self::CouldNot,
            Said::fixed(
                "работу не удалось сделать или проверено не всё",
                "the work could not be done or finished, or not everything could be checked",
            ),
        ),
        (
            Self::Warnings,
            Said::fixed(
                "`verify --strict`: всё верно, но есть замечания",
                "`verify --strict`: everything is valid, but there are warnings",
            ),
        ),
        (
            Self::AnotherRun,
            Said::fixed(
                "в эту папку уже пишет другой запуск",
                "another run of letopis is writing in the same folder",
            ),
        ),
        (Self::DiskFull, Said::fixed("на диске нет места", "the disk, or standard output, is full")),
    ];

    /// Returns the result of a run that an error stopped.
    pub fn of(error: &Error) -> Self {
        if refusals::is_another_run(error) {
            Self::AnotherRun
        } else if refusals::is_full(error) {
            Self::DiskFull
        } else {
            Self::CouldNot
        }
    }

    /// Returns what a person can do about it, if the error itself does not say.
    pub fn remedy(self) -> Option<Said<&'static str>> {
        let full = Said::fixed(
            "на диске нет места: освободите его и запустите снова; то, что было собрано раньше, цело",
            "the disk is full: make room and run again; what was built before is whole",
        );
        (self == Self::DiskFull).then_some(full)
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::path::{Path, PathBuf};

    use super::*;
    use crate::outputs::refusals::another_run;
    use crate::outputs::store::CopyFailure;

    #[test]
    fn an_error_tells_its_exit_code_however_deep_its_cause_lies() {
        let full = || Error::from(io::Error::from(io::ErrorKind::StorageFull)).context("x").context("y");
        assert_eq!(Exit::of(&full()), Exit::DiskFull);
        assert_eq!(Exit::of(&CopyFailure::Full(PathBuf::new()).into()), Exit::DiskFull);
        assert_eq!(Exit::of(&Error::from(another_run(Path::new(""))).context("x")), Exit::AnotherRun);
        assert_eq!(Exit::of(&Error::from(io::Error::from(io::ErrorKind::NotFound))), Exit::CouldNot);
    }

    #[test]
    fn the_list_of_exit_codes_is_that_of_the_program() {
        let listed = include_str!("../../docs/exit-codes.md");
        let items: Vec<&str> = listed.split("\n- **").skip(1).collect();
        let expected =
            Exit::TABLE.iter().map(|(exit, means)| format!("{}** {}\n  {}", *exit as u8, means.en, means.ru));
        assert_eq!(items[..items.len() - 1], expected.collect::<Vec<_>>());
        assert!(items.last().is_some_and(|item| item.starts_with("128 + n** ")));
    }
}
