//! A bundle in a ZIP, read in memory entry by entry, without unpacking. Harmful entries are refused and
//! reported.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use zip::read::{ZipArchiveMetadata, ZipFileEntry};
use zip::{ZipArchive, ZipReadOptions};

use super::file_names::SCHOOL_TOML;
use super::problems::Problems;
use super::raw::ExportFile;
use super::received::most_bytes;
use super::settings_files;
use crate::base::limits;
use crate::base::problems::ProblemSeverity;
use crate::base::said::{Said, said};
use crate::base::zip_entries::{
    EntryFault, EntryName, ZipLimits, entry_fault, entry_name, repeated_names, total_bytes,
};

/// A year of a large school is some hundred files and 200 MB of text, and stays in memory.
const LIMITS: ZipLimits = ZipLimits {
    entries: limits::ZIP_ENTRIES,
    bytes: limits::BUNDLE_BYTES,
    bomb_bytes: limits::BOMB_BYTES,
    bomb_ratio: limits::BOMB_RATIO,
};

/// Reads the files of a ZIP. If `school.toml` is in its only folder, paths begin there.
pub(super) fn read(archive: &str, bytes: &[u8], problems: &mut Problems) -> Vec<ExportFile> {
    read_within((archive, 0), bytes, &LIMITS, problems)
}

/// How deep archives may be nested.
const DEEPEST: usize = 3;

fn read_within(
    (archive, depth): (&str, usize),
    bytes: &[u8],
    limits: &ZipLimits,
    problems: &mut Problems,
) -> Vec<ExportFile> {
    let metadata = match open(bytes, limits) {
        Ok(metadata) => metadata,
        Err(message) => {
            let hint = said!("соберите архив заново из папки", "pack the archive anew from the folder");
            problems.add_file("J108", ProblemSeverity::Error, archive, message, hint);
            return Vec::new();
        }
    };
    let mut files = BTreeMap::new();
    for index in 0..metadata.len() {
        let Ok(entry) = metadata.entry(index) else { continue };
        let EntryName { name, is_folder, .. } = entry_name(&entry);
        // Old Windows archivers separate folders by a backslash.
        let name = name.replace('\\', "/");
        let (name, is_folder) = match name.strip_suffix('/') {
            Some(folder) => (folder.to_owned(), true),
            None => (name, is_folder),
        };
        match content(entry, (&name, is_folder), bytes, limits) {
            Ok(Some(_)) if files.contains_key(&name) => refuse(archive, &name, twice(), problems),
            Ok(Some(content)) => drop(files.insert(name, content)),
            Ok(None) => {}
            Err(message) => refuse(archive, &name, message, problems),
        }
    }
    if let Some((name, inner)) = only_archive(&files).filter(|_| depth < DEEPEST) {
        return read_within((&format!("{archive}/{name}"), depth + 1), inner, limits, problems);
    }
    let folder = only_folder(&files);
    let inside = |name: &str| name.strip_prefix(&folder).map(str::to_owned);
    let beside = files.keys().filter(|name| !name.starts_with(&folder)).count();
    if beside > 0 {
        passed_over(archive, &folder, beside, problems);
    }
    let files = files.into_iter().filter_map(|(name, bytes)| Some(ExportFile::new(inside(&name)?, bytes)));
    files.collect()
}

/// Opens the archive and checks it as a whole.
fn open(bytes: &[u8], limits: &ZipLimits) -> Result<std::sync::Arc<ZipArchiveMetadata>, Said> {
    let archive = ZipArchive::new(Cursor::new(bytes))
        .map_err(|error| said!("ZIP не открывается: {error}", "the ZIP cannot be opened: {error}"))?;
    let metadata = archive.metadata();
    if metadata.len() > limits.entries {
        let (count, most) = (metadata.len(), limits.entries);
        return Err(said!(
            "записей в архиве {count}, больше {most}: он не прочитан",
            "the archive has {count} entries, more than {most}: it was not read"
        ));
    }
    let total = total_bytes(&metadata);
    if total > u128::from(limits.bytes) {
        let most = limits.bytes;
        return Err(said!(
            "архив разворачивается в {total} байт, больше {most}: он не прочитан",
            "the archive unpacks to {total} bytes, more than {most}: it was not read"
        ));
    }
    if archive.has_duplicate_names() {
        let names = repeated_names(&mut Cursor::new(bytes), &metadata).unwrap_or_default();
        let names = names.into_iter().collect::<Vec<_>>().join(", ");
        return Err(said!(
            "в архиве несколько записей с одним именем ({names}): какая верна, неизвестно",
            "several entries have one name ({names}): nobody knows which is right"
        ));
    }
    Ok(metadata)
}

/// Returns an entry's bytes; `None` for folders and for files that would be skipped in a folder too.
fn content(
    entry: ZipFileEntry<'_>,
    (name, is_folder): (&str, bool),
    archive: &[u8],
    limits: &ZipLimits,
) -> Result<Option<Vec<u8>>, Said> {
    if let Some(fault) = entry_fault(&entry, name, is_folder, limits) {
        return Err(fault_words(fault));
    }
    if is_folder || name.split('/').any(is_hidden) {
        return Ok(None);
    }
    let damaged =
        |error: String| said!("запись не распаковывается: {error}", "the entry cannot be unpacked: {error}");
    let size = entry.size();
    if size > most_bytes(name) {
        let most = most_bytes(name);
        return Err(said!(
            "в файле {size} байт, а читается не больше {most}",
            "the file has {size} bytes, no more than {most} are read"
        ));
    }
    let mut source = Cursor::new(archive);
    let reader = entry.with_reader(&mut source, ZipReadOptions::new());
    let reader = reader.map_err(|error| damaged(error.to_string()))?;
    let mut bytes = Vec::new();
    // One byte more than announced is enough to detect a false size.
    let read = reader.take(size.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|error| damaged(error.to_string()))?;
    if bytes.len() as u64 != size {
        return Err(said!(
            "запись не той длины, что указана в архиве",
            "the entry is not as long as the archive says"
        ));
    }
    Ok(Some(bytes))
}

/// Returns whether a file or folder does not belong to the bundle: hidden, a lock of an office program, an
/// archiver's own.
pub(super) fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || name.starts_with("~$") || name == "__MACOSX"
}

fn fault_words(fault: EntryFault) -> Said {
    match fault {
        EntryFault::Outside => said!(
            "имя записи ведёт за пределы папки: запись не прочитана",
            "the entry's name leads outside the folder: it was not read"
        ),
        EntryFault::NotFile => {
            said!("это ссылка или устройство, а не файл", "this is a link or a device, not a file")
        }
        EntryFault::Unsupported => said!(
            "запись зашифрована или сжата способом, который не читается",
            "the entry is encrypted or packed in a way that is not read"
        ),
        EntryFault::Bomb => said!(
            "запись разворачивается во много раз больше своего размера: похоже на вредоносную",
            "the entry unpacks to very many times its size: it looks hostile"
        ),
    }
}

fn twice() -> Said {
    said!("запись с таким именем в архиве уже есть", "the archive already has an entry of this name")
}

fn refuse(archive: &str, name: &str, message: Said, problems: &mut Problems) {
    let path = format!("{archive}/{name}");
    let hint = said!("соберите архив заново из папки", "pack the archive anew from the folder");
    problems.add_file("J107", ProblemSeverity::Error, &path, message, hint);
}

/// Returns the folder that holds the bundle, with its slash: people often pack the folder, not its contents.
fn only_folder(files: &BTreeMap<String, Vec<u8>>) -> String {
    if files.contains_key(SCHOOL_TOML) {
        return String::new();
    }
    let is_school = |name: &&String| settings_files::means_school(name.rsplit('/').next().unwrap_or(name));
    let head = |name: &String| name.rfind('/').map_or_else(String::new, |end| name[..=end].to_owned());
    let heads: BTreeSet<String> = files.keys().filter(is_school).map(head).collect();
    let depth = |head: &String| head.matches('/').count();
    let least = heads.iter().map(depth).min();
    let mut highest = heads.iter().filter(|head| Some(depth(head)) == least);
    match (highest.next(), highest.next()) {
        (Some(head), None) => head.clone(),
        _ => String::new(),
    }
}

/// Returns the archive that is an archive's only content.
fn only_archive(files: &BTreeMap<String, Vec<u8>>) -> Option<(&str, &[u8])> {
    let mut files = files.iter();
    let (name, bytes) = files.next()?;
    let is_zip = name.to_lowercase().ends_with(".zip") && bytes.starts_with(b"PK");
    (is_zip && files.next().is_none()).then_some((name.as_str(), bytes.as_slice()))
}

fn passed_over(archive: &str, folder: &str, count: usize, problems: &mut Problems) {
    let message = said!(
        "год прочитан из папки «{folder}» архива; файлов вне её не прочитано: {count}",
        "the year was read from folder \"{folder}\" of the archive; files outside it not read: {count}"
    );
    let hint = said!(
        "если они нужны, положите их в эту папку и соберите архив заново",
        "if they matter, put them into that folder and pack the archive anew"
    );
    problems.add_file("J104", ProblemSeverity::Notice, archive, message, hint);
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    fn read_all(bytes: &[u8], limits: &ZipLimits) -> (Vec<String>, Vec<&'static str>) {
        let mut problems = Problems::default();
        let files = read_within(("a.zip", 0), bytes, limits, &mut problems);
        let codes = problems.into_sorted().into_iter().map(|problem| problem.code).collect();
        (files.into_iter().map(|file| file.path).collect(), codes)
    }

    fn archive(names: &[&str]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for name in names {
            writer.start_file(*name, SimpleFileOptions::default()).expect("a new name");
            writer.write_all(b"x").expect("memory");
        }
        writer.finish().expect("memory").into_inner()
    }

    #[test]
    fn a_folder_around_the_bundle_is_left_out_of_paths() {
        let names = ["год/school.toml", "год/marks/5А.csv", "год/.git/x", "__MACOSX/год/._marks.csv"];
        assert_eq!(
            read_all(&archive(&names), &LIMITS),
            (vec!["marks/5А.csv".into(), "school.toml".into()], vec![])
        );
        let deep = ["Выгрузка/2025/school.toml", "Выгрузка/2025/marks.csv", "Выгрузка/прочти.txt"];
        assert_eq!(
            read_all(&archive(&deep), &LIMITS),
            (vec!["marks.csv".into(), "school.toml".into()], vec!["J104"])
        );
        let two = archive(&["a/school.toml", "b/school.toml"]);
        assert_eq!(read_all(&two, &LIMITS).0, ["a/school.toml", "b/school.toml"]);
    }

    #[test]
    fn an_archive_that_is_all_an_archive_holds_is_read() {
        let mut bytes = archive(&["год/school.toml", "год/marks.csv"]);
        for depth in 0..5 {
            let (files, codes) = read_all(&bytes, &LIMITS);
            let expected =
                if depth <= DEEPEST { vec!["marks.csv", "school.toml"] } else { vec!["год.zip"] };
            assert_eq!((files.iter().map(String::as_str).collect(), codes), (expected, vec![]), "{depth}");
            let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
            writer.start_file("год.zip", SimpleFileOptions::default()).expect("a new name");
            writer.write_all(&bytes).expect("memory");
            bytes = writer.finish().expect("memory").into_inner();
        }
    }

    #[test]
    fn entries_that_lead_outside_are_refused_one_by_one() {
        for name in ["../x.csv", "/x.csv", "C:/x.csv", "a/../../x.csv", "..\\x.csv", "a//x.csv"] {
            let read = read_all(&archive(&["school.toml", name]), &LIMITS);
            assert_eq!(read, (vec!["school.toml".to_owned()], vec!["J107"]), "{name}");
        }
    }

    #[test]
    fn links_and_bombs_are_refused() {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer.add_symlink("link.csv", "/etc/passwd", SimpleFileOptions::default()).expect("memory");
        writer.start_file("bomb.csv", SimpleFileOptions::default()).expect("a new name");
        writer.write_all(&vec![b'0'; 1 << 20]).expect("memory");
        let bytes = writer.finish().expect("memory").into_inner();
        let small = ZipLimits { bomb_bytes: 1 << 16, ..LIMITS };
        assert_eq!(read_all(&bytes, &small), (vec![], vec!["J107", "J107"]));
        let smaller = ZipLimits { bytes: 1 << 16, ..LIMITS };
        assert_eq!(read_all(&bytes, &smaller), (vec![], vec!["J108"]));
        assert_eq!(read_all(&bytes, &ZipLimits { entries: 1, ..LIMITS }), (vec![], vec!["J108"]));
    }

    #[test]
    fn equal_names_damage_and_false_lengths_are_refused() {
        let mut twins = archive(&["marks.csv", "marks.cs_"]);
        let places: Vec<_> =
            (0..twins.len() - 9).filter(|at| twins[*at..].starts_with(b"marks.cs_")).collect();
        places.into_iter().for_each(|at| twins[at + 8] = b'v');
        assert_eq!(read_all(&twins, &LIMITS), (vec![], vec!["J108"]));
        let whole = archive(&["school.toml"]);
        for length in 0..whole.len() {
            let (files, codes) = read_all(&whole[..length], &LIMITS);
            assert!(files.is_empty() && codes == ["J108"], "{length}: {files:?} {codes:?}");
        }
    }

    #[test]
    fn names_of_the_old_console_are_read() {
        let mut bytes = archive(&["_____.csv", "school.toml"]);
        let places: Vec<_> = (0..bytes.len() - 5).filter(|at| bytes[*at..].starts_with(b"_____")).collect();
        for at in places {
            // Five letters of code page 866.
            bytes[at..at + 5].copy_from_slice(&[0x8F, 0xE0, 0xA8, 0xA2, 0xA5]);
        }
        assert_eq!(read_all(&bytes, &LIMITS).0, ["school.toml", "Приве.csv"]);
    }
}
