//! The kind of a file, by its content: people name files, and programs give one kind the name of another.

use std::io::{Cursor, Read};

use zip::{ZipArchive, ZipReadOptions};

use super::{biff, ole};
use crate::ingest::text::{self, Known};

/// How many bytes at the beginning are examined.
const HEAD: usize = 4096;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// XLSX, XLSM, XLSB, XLS or ODS.
    Workbook,
    /// XML Spreadsheet 2003.
    SpreadsheetXml,
    Html,
    /// One JSON value, or several.
    Json,
    Parquet,
    /// Text of no other kind: perhaps lines of cells.
    Text,
    Empty,
    Foreign(Foreign),
    Unknown,
}

/// A known kind that holds no readable table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Foreign {
    LockedWorkbook,
    BrokenZip,
    Zip,
    Archive(&'static str),
    Pdf,
    Document(&'static str),
    Picture,
    Database(&'static str),
    WebArchive,
    FlatOds,
    Xml,
    Shortcut,
}

/// Examines a file's bytes.
pub(crate) fn of(bytes: &[u8]) -> Kind {
    if bytes.is_empty() {
        return Kind::Empty;
    }
    if let Some(kind) = by_signature(bytes) {
        return kind;
    }
    let head = plain_head(bytes);
    let start = past_comments(head.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']));
    if start.starts_with('<') {
        return markup(start, &head);
    }
    if start.starts_with("MIME-Version:") || start.starts_with("Content-Type: multipart") {
        return Kind::Foreign(Foreign::WebArchive);
    }
    if start.starts_with("{\\rtf") {
        return Kind::Foreign(Foreign::Document("RTF"));
    }
    if is_json(start) {
        return Kind::Json;
    }
    if is_binary(bytes) { Kind::Unknown } else { Kind::Text }
}

fn by_signature(bytes: &[u8]) -> Option<Kind> {
    const SIGNATURES: &[(&[u8], Kind)] = &[
        (b"PAR1", Kind::Parquet),
        (b"%PDF-", Kind::Foreign(Foreign::Pdf)),
        (b"Rar!", Kind::Foreign(Foreign::Archive("RAR"))),
        (b"7z\xBC\xAF\x27\x1C", Kind::Foreign(Foreign::Archive("7z"))),
        (b"\x1F\x8B", Kind::Foreign(Foreign::Archive("gzip"))),
        (b"BZh", Kind::Foreign(Foreign::Archive("bzip2"))),
        (b"\xFD7zXZ", Kind::Foreign(Foreign::Archive("xz"))),
        (b"\x28\xB5\x2F\xFD", Kind::Foreign(Foreign::Archive("zstd"))),
        (b"MSCF", Kind::Foreign(Foreign::Archive("CAB"))),
        (b"\x89PNG", Kind::Foreign(Foreign::Picture)),
        (b"\xFF\xD8\xFF", Kind::Foreign(Foreign::Picture)),
        (b"GIF8", Kind::Foreign(Foreign::Picture)),
        (b"II*\0", Kind::Foreign(Foreign::Picture)),
        (b"MM\0*", Kind::Foreign(Foreign::Picture)),
        (b"SQLite format 3", Kind::Foreign(Foreign::Database("SQLite"))),
        (b"\x00\x01\x00\x00Standard ", Kind::Foreign(Foreign::Database("Access"))),
        (b"L\0\0\0\x01\x14\x02\0", Kind::Foreign(Foreign::Shortcut)),
    ];
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Some(zip(bytes));
    }
    if bytes.starts_with(ole::SIGNATURE) {
        return Some(compound(bytes));
    }
    if bytes.get(257..262) == Some(b"ustar") {
        return Some(Kind::Foreign(Foreign::Archive("TAR")));
    }
    SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)).map(|(_, kind)| *kind)
}

/// Distinguishes office files that are ZIPs from ZIPs that are folders.
fn zip(bytes: &[u8]) -> Kind {
    let Ok(archive) = ZipArchive::new(Cursor::new(bytes)) else { return Kind::Foreign(Foreign::BrokenZip) };
    let has = |start: &str| {
        archive
            .file_names()
            .any(|name| name.is_ok_and(|name| name.trim_start_matches('/').starts_with(start)))
    };
    let mime = entry(bytes, "mimetype").unwrap_or_default();
    let manifest = || entry(bytes, "META-INF/manifest.xml").unwrap_or_default();
    if mime.contains("opendocument.spreadsheet") {
        let is_locked = manifest().contains("encryption-data");
        return if is_locked { Kind::Foreign(Foreign::LockedWorkbook) } else { Kind::Workbook };
    }
    if mime.contains("opendocument") {
        return Kind::Foreign(Foreign::Document("OpenDocument"));
    }
    if has("xl/") || entry(bytes, "[Content_Types].xml").is_some_and(|types| types.contains("spreadsheetml"))
    {
        return Kind::Workbook;
    }
    if has("word/") {
        return Kind::Foreign(Foreign::Document("Word"));
    }
    if has("ppt/") {
        return Kind::Foreign(Foreign::Document("PowerPoint"));
    }
    Kind::Foreign(Foreign::Zip)
}

/// Returns the text of a small part of a ZIP.
fn entry(bytes: &[u8], name: &str) -> Option<String> {
    const MOST: u64 = 1 << 20;
    let archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let metadata = archive.metadata();
    let mut entries = (0..metadata.len()).filter_map(|index| metadata.entry(index).ok());
    let entry = entries.find(|entry| entry.name_raw() == name.as_bytes())?;
    let mut source = Cursor::new(bytes);
    let mut text = Vec::new();
    entry.with_reader(&mut source, ZipReadOptions::new()).ok()?.take(MOST).read_to_end(&mut text).ok()?;
    Some(String::from_utf8_lossy(&text).into_owned())
}

/// Distinguishes the files of old office programs by their streams.
fn compound(bytes: &[u8]) -> Kind {
    let has = |names: &[&str]| !ole::streams(bytes, names).is_empty();
    if has(&["EncryptedPackage"]) || biff::is_locked(bytes) {
        return Kind::Foreign(Foreign::LockedWorkbook);
    }
    if has(&["WordDocument"]) {
        return Kind::Foreign(Foreign::Document("Word"));
    }
    if has(&["PowerPoint Document"]) {
        return Kind::Foreign(Foreign::Document("PowerPoint"));
    }
    // Damaged ones too: the reader reports what is wrong with them.
    Kind::Workbook
}

/// Returns the beginning as text, without the zeros of wide encodings: only ASCII characters are searched.
fn plain_head(bytes: &[u8]) -> String {
    let head = &bytes[..bytes.len().min(HEAD)];
    let marks = [b"\xEF\xBB\xBF".as_slice(), b"\xFF\xFE", b"\xFE\xFF"];
    let head = marks.into_iter().find_map(|mark| head.strip_prefix(mark)).unwrap_or(head);
    String::from_utf8_lossy(&head.iter().copied().filter(|byte| *byte != 0).collect::<Vec<_>>()).into_owned()
}

/// Skips comments before the first tag.
fn past_comments(mut start: &str) -> &str {
    while let Some(comment) = start.strip_prefix("<!--") {
        let Some((_, rest)) = comment.split_once("-->") else { return start };
        start = rest.trim_start();
    }
    start
}

fn markup(start: &str, head: &str) -> Kind {
    const HTML: [&str; 27] = [
        "html", "head", "meta", "title", "link", "style", "script", "base", "body", "table", "thead",
        "tbody", "tr", "div", "span", "p", "font", "center", "form", "br", "h1", "h2", "h3", "b", "big",
        "section", "main",
    ];
    let mut rest = start;
    // Declarations, instructions and comments may precede the first element, in any order.
    while rest.starts_with("<?") || rest.starts_with("<!") {
        if rest.to_ascii_lowercase().starts_with("<!doctype html") {
            return Kind::Html;
        }
        let after = if rest.starts_with("<!--") { past_comments(rest) } else { after_tag(rest) };
        if after.len() == rest.len() {
            break;
        }
        rest = after.trim_start();
    }
    let name: String = rest
        .chars()
        .skip(1)
        .take_while(|sign| sign.is_ascii_alphanumeric() || matches!(sign, ':' | '-'))
        .collect();
    let name = name.to_ascii_lowercase();
    let local = name.rsplit(':').next().unwrap_or_default();
    if HTML.contains(&local) {
        return Kind::Html;
    }
    if local == "workbook" && head.contains("urn:schemas-microsoft-com:office:spreadsheet") {
        return Kind::SpreadsheetXml;
    }
    if head.contains("opendocument.spreadsheet") {
        return Kind::Foreign(Foreign::FlatOds);
    }
    if start.starts_with("<?xml") || !name.is_empty() && head.contains("</") {
        return Kind::Foreign(Foreign::Xml);
    }
    Kind::Text
}

fn after_tag(text: &str) -> &str {
    text.split_once('>').map_or(text, |(_, rest)| rest)
}

fn is_json(start: &str) -> bool {
    let mut signs = start.chars().filter(|sign| !sign.is_whitespace());
    match (signs.next(), signs.next()) {
        (Some('{'), second) => matches!(second, Some('"' | '}')),
        (Some('['), second) => matches!(second, Some('{' | ']')),
        _ => false,
    }
}

/// Returns whether bytes are binary: texts have no values below the blank other than line ends; wide
/// encodings have zeros.
fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD)];
    let controls = head.iter().filter(|byte| matches!(byte, 1..=8 | 14..=25 | 27..=31)).count();
    controls * 50 > head.len() && text::decode(head, Known::default()).is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_told_apart_by_its_first_element() {
        let sheet = "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n<Workbook \
                     xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">";
        for (text, kind) in [
            ("<table><tr>", Kind::Html),
            ("\u{feff}  <!-- saved --><meta charset=x><table>", Kind::Html),
            ("<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"x\"><html>", Kind::Html),
            ("<?xml version=\"1.0\"?><!-- a > b --><html xmlns=\"x\">", Kind::Html),
            ("<HTML xmlns:x=\"urn:schemas-microsoft-com:office:excel\">", Kind::Html),
            (sheet, Kind::SpreadsheetXml),
            (&sheet.replace("<Workbook", "<!-- x --><ss:Workbook"), Kind::SpreadsheetXml),
            ("<?xml version=\"1.0\"?><Файл><a/></Файл>", Kind::Foreign(Foreign::Xml)),
            ("<5;да\n", Kind::Text),
            ("а;б\n1;2\n", Kind::Text),
            ("[{\"a\": 1}]", Kind::Json),
            ("{\n \"a\": 1}", Kind::Json),
            ("[секция];x", Kind::Text),
            ("MIME-Version: 1.0\n", Kind::Foreign(Foreign::WebArchive)),
        ] {
            assert_eq!(of(text.as_bytes()), kind, "{text}");
            let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert_eq!(of(&wide), kind, "{text} as UTF-16");
        }
    }

    #[test]
    fn foreign_files_are_known_by_their_signatures() {
        assert_eq!(of(b"%PDF-1.7 x"), Kind::Foreign(Foreign::Pdf));
        assert_eq!(of(b"PK\x03\x04 cut off"), Kind::Foreign(Foreign::BrokenZip));
        assert_eq!(of(b""), Kind::Empty);
        assert_eq!(of(b"PAR1"), Kind::Parquet);
    }
}
