//! Why the tool could not do its work, in both languages, with the causes.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::Path;

use super::system::in_russian;
use super::{Lang, Said, Speak, said};

/// The kind of a failure for the calling script, which decides by it what to do next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// No more than that it failed.
    #[default]
    Plain,
    /// Another run of letopis is writing in the same place.
    AnotherRun,
    /// The disk or the medium has no room.
    NoRoom,
}

/// An error in both languages.
#[derive(Debug, Default)]
pub struct Fault {
    said: Said,
    kind: Kind,
    cause: Option<anyhow::Error>,
}

impl Fault {
    /// Says what is wrong.
    pub fn new(said: impl Into<Said>) -> Self {
        Self { said: said.into(), ..Self::default() }
    }

    /// Sets the kind of the failure.
    pub fn of_kind(self, kind: Kind) -> Self {
        Self { kind, ..self }
    }

    /// Returns the message without its causes.
    pub fn said(&self) -> &Said {
        &self.said
    }

    /// Returns the kind of the failure.
    pub fn kind(&self) -> Kind {
        self.kind
    }
}

/// For logs and tests; `commands` choose the text for people from [`explain`].
impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said.speak(Lang::Ru, out)
    }
}

impl Error for Fault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.as_ref().map(|cause| -> &(dyn Error + 'static) { cause.as_ref() })
    }
}

/// Adds to an error what was being done, in both languages.
pub trait Tell<T> {
    /// Puts a message before the error.
    ///
    /// # Errors
    /// The error with the message.
    fn told(self, said: impl FnOnce() -> Said) -> anyhow::Result<T>;
}

impl<T, E: Into<anyhow::Error>> Tell<T> for Result<T, E> {
    fn told(self, said: impl FnOnce() -> Said) -> anyhow::Result<T> {
        self.map_err(|error| Fault { said: said(), cause: Some(error.into()), ..Fault::default() }.into())
    }
}

impl<T> Tell<T> for Option<T> {
    fn told(self, said: impl FnOnce() -> Said) -> anyhow::Result<T> {
        self.ok_or_else(|| Fault::new(said()).into())
    }
}

/// Adds to an error its place: a path needs no language.
pub trait AtPlace<T> {
    /// Puts a path before the error.
    ///
    /// # Errors
    /// The error with the path.
    fn at(self, path: impl AsRef<Path>) -> anyhow::Result<T>;
}

impl<T, E: Into<anyhow::Error>> AtPlace<T> for Result<T, E> {
    fn at(self, path: impl AsRef<Path>) -> anyhow::Result<T> {
        self.told(|| Said::same(path.as_ref().display()))
    }
}

/// Returns the message of an error with all its causes, the outermost first.
pub fn explain(error: &anyhow::Error) -> Said {
    let mut parts: Vec<Said> = Vec::new();
    for cause in error.chain() {
        let said = of_error(cause);
        // Some libraries repeat a cause in the message of an error.
        if parts.last().is_none_or(|before| !before.ru.ends_with(&said.ru)) {
            parts.push(said);
        }
    }
    Said::join(parts, ": ")
}

/// Returns the message of an error without its causes.
pub fn of_error(error: &(dyn Error + 'static)) -> Said {
    if let Some(fault) = error.downcast_ref::<Fault>() {
        return fault.said().clone();
    }
    if let Some(error) = error.downcast_ref::<io::Error>() {
        return of_io(error);
    }
    let text = error.to_string();
    let text = text.trim_end();
    if error.is::<toml::de::Error>() {
        return said!("файл записан не по правилам TOML: {text}", "not valid TOML: {text}");
    }
    if error.is::<serde_json::Error>() {
        return said!("файл записан не по правилам JSON: {text}", "not valid JSON: {text}");
    }
    if error.is::<csv::Error>() {
        return said!("таблица CSV не читается: {text}", "the CSV cannot be read: {text}");
    }
    said!("сообщение библиотеки: {text}", "{text}")
}

/// Returns the message of an I/O error: our own if it carries one, otherwise the system's.
pub fn of_io(error: &io::Error) -> Said {
    if let Some(inner) = error.get_ref() {
        return of_error(inner);
    }
    match in_russian(error.kind()) {
        Some(ru) => Said::new(ru, error.to_string()),
        None => said!("ошибка системы: {error}", "{error}"),
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;
    use crate::base::said::said;

    #[test]
    fn an_error_says_all_that_lies_behind_it_in_one_language() {
        let full: Result<(), _> = Err(io::Error::from(io::ErrorKind::StorageFull));
        let error =
            full.at(Path::new("out/a.pdf")).told(|| said!("сборка", "building")).expect_err("an error");
        assert_eq!(explain(&error).ru, "сборка: out/a.pdf: на диске нет места");
        assert_eq!(explain(&error).en, "building: out/a.pdf: no storage space");
        let nothing = None::<()>.told(|| said!("нет", "none")).expect_err("an error");
        assert_eq!(explain(&nothing), Said::new("нет", "none"));
    }

    #[test]
    fn an_error_inside_one_of_the_disk_is_said_as_it_is() {
        let inner = Fault::new(said!("это папка", "this is a folder"));
        let error = Err::<(), _>(io::Error::other(inner)).told(|| said!("чтение", "reading"));
        let said = explain(&error.expect_err("an error"));
        assert_eq!(said, Said::new("чтение: это папка", "reading: this is a folder"));
    }

    #[test]
    fn the_system_speaks_russian_too() {
        let error = std::fs::read("/no/such/file").expect_err("there is none");
        assert_eq!(of_io(&error).ru, "нет такого файла или папки");
        assert!(of_io(&error).en.starts_with("No such file"));
        let odd = io::Error::from_raw_os_error(42);
        assert!(of_io(&odd).ru.starts_with("ошибка системы: "), "{}", of_io(&odd).ru);
        let toml = toml::from_str::<toml::Table>("a = ").expect_err("no value");
        assert!(of_error(&toml).ru.starts_with("файл записан не по правилам TOML: "));
    }
}
