//! Files that hold no usable table: what they are, and how to get a table out of them.

use super::contents::Contents;
use super::kind::{self, Foreign, Kind};
use crate::base::said::{Said, said};
use crate::ingest::raw::ExportFile;
use crate::ingest::text::Refusal;

/// Refuses a file and says what it is.
pub(super) fn refuse(file: &ExportFile) -> Result<Contents<'_>, Refusal> {
    Err(refusal(kind::of(&file.bytes)))
}

/// The same for a file that nobody takes for a table.
pub(super) fn known(kind: Kind) -> Option<Refusal> {
    matches!(kind, Kind::Foreign(_)).then(|| refusal(kind))
}

fn refusal(kind: Kind) -> Refusal {
    let message = name(kind);
    let hint = match kind {
        Kind::Foreign(Foreign::LockedWorkbook) => said!(
            "откройте книгу с паролем и сохраните без пароля",
            "open the workbook with its password and save it without one"
        ),
        Kind::Foreign(Foreign::BrokenZip) => said!(
            "скачайте или выгрузите файл снова: он оборван",
            "download or export the file again: it was cut off"
        ),
        Kind::Foreign(Foreign::Zip | Foreign::Archive(_)) => said!(
            "распакуйте архив и положите файлы из него в эту папку",
            "unpack the archive and put its files into this folder"
        ),
        Kind::Foreign(Foreign::Pdf | Foreign::Picture | Foreign::Document(_)) => said!(
            "выгрузите из журнала таблицу: XLSX или CSV",
            "export a table from the journal: XLSX or CSV"
        ),
        Kind::Foreign(Foreign::Shortcut) => {
            said!("положите сам файл, а не ярлык", "put the file itself here, not a shortcut to it")
        }
        Kind::Empty => said!("выгрузите таблицу снова", "export the table again"),
        _ => said!(
            "откройте файл в Excel или LibreOffice и сохраните как книгу XLSX",
            "open the file in Excel or LibreOffice and save it as an XLSX workbook"
        ),
    };
    Refusal { message, hint }
}

/// Returns what a file is.
fn name(kind: Kind) -> Said {
    let foreign = match kind {
        Kind::Foreign(foreign) => foreign,
        Kind::Empty => return said!("файл пуст", "the file is empty"),
        _ => {
            return said!(
                "это не таблица, вид файла не распознан",
                "this is no table of a kind that is known"
            );
        }
    };
    match foreign {
        Foreign::LockedWorkbook => {
            said!("книга защищена паролем: прочитать её нельзя", "the workbook is protected by a password")
        }
        Foreign::BrokenZip => said!(
            "файл неполон: начинается как книга или архив ZIP, конца у него нет",
            "the file is incomplete: it begins as a workbook or a ZIP and has no end"
        ),
        Foreign::Zip => said!("это архив ZIP, а не таблица", "this is a ZIP archive, not a table"),
        Foreign::Archive(name) => {
            said!("это архив {name}, а не таблица", "this is a {name} archive, not a table")
        }
        Foreign::Pdf => said!("это PDF, а не таблица", "this is a PDF, not a table"),
        Foreign::Document(name) => {
            said!("это документ {name}, а не таблица", "this is a document of {name}, not a table")
        }
        Foreign::Picture => said!("это изображение, а не таблица", "this is a picture, not a table"),
        Foreign::Database(name) => said!(
            "это база данных {name}: прямо из неё таблицы не читаются",
            "this is a database of {name}: tables are not read from it"
        ),
        Foreign::WebArchive => said!(
            "это веб-страница в одном файле (MHT): таблица из неё не читается",
            "this is a web page in one file (MHT): its table is not read"
        ),
        Foreign::FlatOds => {
            said!("это плоский ODS (FODS): он не читается", "this is a flat ODS (FODS), which is not read")
        }
        Foreign::Xml => said!("это XML, а не таблица", "this is XML, not a table"),
        Foreign::Shortcut => {
            said!("это ярлык Windows, а не файл", "this is a shortcut of Windows, not a file")
        }
    }
}
