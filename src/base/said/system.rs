//! Messages of the system and of libraries, in both languages.

use std::error::Error;
use std::io::{self, ErrorKind};

use super::{Fault, Said, said};

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

/// Returns in Russian what the system says in English.
fn in_russian(kind: ErrorKind) -> Option<&'static str> {
    Some(match kind {
        ErrorKind::NotFound => "нет такого файла или папки",
        ErrorKind::PermissionDenied => "нет прав доступа",
        ErrorKind::AlreadyExists => "это имя уже занято",
        ErrorKind::NotADirectory => "это не папка",
        ErrorKind::IsADirectory => "это папка, а не файл",
        ErrorKind::DirectoryNotEmpty => "папка не пуста",
        ErrorKind::ReadOnlyFilesystem => "на диск нельзя писать, он только для чтения",
        ErrorKind::StorageFull => "на диске нет места",
        ErrorKind::QuotaExceeded => "место, отведённое на диске, кончилось",
        ErrorKind::FileTooLarge => "файл слишком велик для этого диска",
        ErrorKind::ResourceBusy => "файл или диск занят другой программой",
        ErrorKind::ExecutableFileBusy => "файл занят: это работающая программа",
        ErrorKind::CrossesDevices => "это другой диск",
        ErrorKind::InvalidFilename => "такого имени у файла быть не может",
        ErrorKind::InvalidInput => "так файл назвать или открыть нельзя",
        ErrorKind::InvalidData => "содержимое файла испорчено",
        ErrorKind::UnexpectedEof => "файл оборван",
        ErrorKind::WriteZero => "записано не всё",
        ErrorKind::TimedOut => "диск или сеть не отвечает",
        ErrorKind::Interrupted => "прервано",
        ErrorKind::BrokenPipe => "вывод закрыт тем, кто его читал",
        ErrorKind::StaleNetworkFileHandle => "сетевой диск отключился",
        ErrorKind::OutOfMemory => "не хватило памяти",
        ErrorKind::Unsupported => "этот диск так не умеет",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
