//! A bundle in a ZIP: read in memory entry by entry, nothing unpacked. What could do harm is refused and said.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::read::{ZipArchiveMetadata, ZipFileEntry};
use zip::{ZipArchive, ZipReadOptions};

use super::bundle::{SCHOOL_TOML, most_bytes};
use super::problems::{Problems, Words, words};
use super::raw::ExportFile;
use crate::findings::ProblemSeverity;
use crate::limits;
use crate::zip_entries::{
    EntryFault, EntryName, ZipLimits, entry_fault, entry_name, repeated_names, total_bytes,
};

/// A year of a large school is some hundred files and 200 MB of text; what is read stays in memory.
const LIMITS: ZipLimits = ZipLimits {
    entries: limits::ZIP_ENTRIES,
    bytes: limits::BUNDLE_BYTES,
    bomb_bytes: limits::BOMB_BYTES,
    bomb_ratio: limits::BOMB_RATIO,
};

/// Reads the files of a ZIP. Where `school.toml` stands in its only folder, paths begin there.
pub(super) fn read(archive: &str, bytes: &[u8], problems: &mut Problems) -> Vec<ExportFile> {
    read_within(archive, bytes, &LIMITS, problems)
}

fn read_within(archive: &str, bytes: &[u8], limits: &ZipLimits, problems: &mut Problems) -> Vec<ExportFile> {
    let metadata = match open(bytes, limits) {
        Ok(metadata) => metadata,
        Err(message) => {
            let hint = words("соберите архив заново из папки", "pack the archive anew from the folder");
            problems.add_file("J108", ProblemSeverity::Error, archive, message, hint);
            return Vec::new();
        }
    };
    let mut files = BTreeMap::new();
    for index in 0..metadata.len() {
        let Ok(entry) = metadata.entry(index) else { continue };
        let EntryName { name, is_folder, .. } = entry_name(&entry);
        // Old archivers of Windows part folders by a backslash.
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
    let folder = only_folder(&files);
    let inside = |name: &str| name.strip_prefix(&folder).map(str::to_owned);
    let files = files.into_iter().filter_map(|(name, bytes)| Some(ExportFile::new(inside(&name)?, bytes)));
    files.collect()
}

/// Opens the archive and judges it as a whole.
fn open(bytes: &[u8], limits: &ZipLimits) -> Result<std::sync::Arc<ZipArchiveMetadata>, Words> {
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| {
        words(format!("ZIP не открывается: {error}"), format!("the ZIP cannot be opened: {error}"))
    })?;
    let metadata = archive.metadata();
    if metadata.len() > limits.entries {
        let (count, most) = (metadata.len(), limits.entries);
        return Err(words(
            format!("в архиве {count} записей, больше {most}: он не прочитан"),
            format!("the archive has {count} entries, more than {most}: it was not read"),
        ));
    }
    let total = total_bytes(&metadata);
    if total > u128::from(limits.bytes) {
        let most = limits.bytes;
        return Err(words(
            format!("архив разворачивается в {total} байт, больше {most}: он не прочитан"),
            format!("the archive unpacks to {total} bytes, more than {most}: it was not read"),
        ));
    }
    if archive.has_duplicate_names() {
        let names = repeated_names(&mut Cursor::new(bytes), &metadata).unwrap_or_default();
        let names = names.into_iter().collect::<Vec<_>>().join(", ");
        return Err(words(
            format!("в архиве несколько записей с одним именем ({names}): какая верна, неизвестно"),
            format!("several entries have one name ({names}): nobody knows which is right"),
        ));
    }
    Ok(metadata)
}

/// Returns an entry's bytes; `None` for folders and for files that are passed over in folders too.
fn content(
    entry: ZipFileEntry<'_>,
    (name, is_folder): (&str, bool),
    archive: &[u8],
    limits: &ZipLimits,
) -> Result<Option<Vec<u8>>, Words> {
    if let Some(fault) = entry_fault(&entry, name, is_folder, limits) {
        return Err(fault_words(fault));
    }
    if is_folder || name.split('/').any(is_hidden) {
        return Ok(None);
    }
    let damaged = |error: String| {
        words(format!("запись не распаковывается: {error}"), format!("the entry cannot be unpacked: {error}"))
    };
    let size = entry.size();
    if size > most_bytes(name) {
        let most = most_bytes(name);
        return Err(words(
            format!("в файле {size} байт, а читается не больше {most}"),
            format!("the file has {size} bytes, no more than {most} are read"),
        ));
    }
    let mut source = Cursor::new(archive);
    let reader = entry.with_reader(&mut source, ZipReadOptions::new());
    let reader = reader.map_err(|error| damaged(error.to_string()))?;
    let mut bytes = Vec::new();
    // One byte more than promised is enough to see a promise broken.
    let read = reader.take(size.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|error| damaged(error.to_string()))?;
    if bytes.len() as u64 != size {
        return Err(words(
            "запись не той длины, что указана в архиве",
            "the entry is not as long as the archive says",
        ));
    }
    Ok(Some(bytes))
}

/// Tells whether a file or folder is none of the bundle's: hidden, a lock of an office program, an archiver's own.
pub(super) fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || name.starts_with("~$") || name == "__MACOSX"
}

fn fault_words(fault: EntryFault) -> Words {
    match fault {
        EntryFault::Outside => words(
            "имя записи ведёт за пределы папки: запись не прочитана",
            "the entry's name leads outside the folder: it was not read",
        ),
        EntryFault::NotFile => {
            words("это ссылка или устройство, а не файл", "this is a link or a device, not a file")
        }
        EntryFault::Unsupported => words(
            "запись зашифрована или сжата способом, который не читается",
            "the entry is encrypted or packed in a way that is not read",
        ),
        EntryFault::Bomb => words(
            "запись разворачивается во много раз больше своего размера: похоже на вредоносную",
            "the entry unpacks to very many times its size: it looks hostile",
        ),
    }
}

fn twice() -> Words {
    words("запись с таким именем в архиве уже есть", "the archive already has an entry of this name")
}

fn refuse(archive: &str, name: &str, message: Words, problems: &mut Problems) {
    let path = format!("{archive}/{name}");
    let hint = words("соберите архив заново из папки", "pack the archive anew from the folder");
    problems.add_file("J107", ProblemSeverity::Error, &path, message, hint);
}

/// Returns the folder that holds the bundle, with its slash: archivers often pack the folder, not what is in it.
fn only_folder(files: &BTreeMap<String, Vec<u8>>) -> String {
    if files.contains_key(SCHOOL_TOML) {
        return String::new();
    }
    let heads = files.keys().filter_map(|name| name.strip_suffix(SCHOOL_TOML));
    let mut heads = heads.filter(|head| head.ends_with('/') && head.matches('/').count() == 1);
    match (heads.next(), heads.next()) {
        (Some(head), None) => head.to_owned(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    fn read_all(bytes: &[u8], limits: &ZipLimits) -> (Vec<String>, Vec<&'static str>) {
        let mut problems = Problems::default();
        let files = read_within("a.zip", bytes, limits, &mut problems);
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
        let two = archive(&["a/school.toml", "b/school.toml"]);
        assert_eq!(read_all(&two, &LIMITS).0, ["a/school.toml", "b/school.toml"]);
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
