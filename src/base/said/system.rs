//! Messages of the system and of libraries, in both languages.

use std::io::ErrorKind;

/// Returns in Russian what the system says in English.
pub(super) fn in_russian(kind: ErrorKind) -> Option<&'static str> {
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
