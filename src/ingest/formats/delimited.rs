//! CSV: UTF-8 (a BOM is fine), Windows-1251 or UTF-16 with its BOM, delimited by comma, semicolon or tab, all detected.

use std::borrow::Cow;

use super::Contents;
use crate::ingest::problems::{Words, words};
use crate::ingest::raw::{ExportFile, RawSheet, Rows};
use crate::limits;
use crate::source::Origin;

/// Reads a delimited text.
pub(super) fn read(file: &ExportFile) -> Result<Contents<'_>, Words> {
    let text = decode(&file.bytes)?;
    no_endless_line(&text)?;
    let delimiter = delimiter(&text);
    let origin = Origin { file: file.path.clone(), sheet: String::new() };
    let sheet = RawSheet { origin, rows: Rows::Delimited { text, delimiter } };
    Ok(Contents { sheets: vec![sheet], faults: Vec::new() })
}

/// Refuses a text with a line that no table has: every cell of it would be as long.
pub(super) fn no_endless_line(text: &str) -> Result<(), Words> {
    let bytes = text.as_bytes();
    let (mut start, mut number) = (0, 1usize);
    let ends = memchr::memchr2_iter(b'\n', b'\r', bytes).chain([bytes.len()]);
    for end in ends {
        if end - start > limits::LINE_BYTES {
            let most = limits::LINE_BYTES;
            return Err(words(
                format!("строка {number} длиннее {most} байт: это не таблица"),
                format!("line {number} is longer than {most} bytes: this is no table"),
            ));
        }
        number += usize::from(bytes.get(end) == Some(&b'\n'));
        start = end + 1;
    }
    Ok(())
}

/// Turns bytes into text: UTF-8 where they are that, UTF-16 where a BOM says so, else Windows-1251.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Words> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return Ok(text.into());
    }
    // «Текст Юникод» of office programs.
    if let Some((encoding, length)) = encoding_rs::Encoding::for_bom(bytes) {
        return Ok(encoding.decode_without_bom_handling(&bytes[length..]).0);
    }
    if bytes.contains(&0) {
        return Err(words(
            "файл не текстовый: в нём есть нулевые байты",
            "the file is no text: it has zero bytes",
        ));
    }
    Ok(encoding_rs::WINDOWS_1251.decode_without_bom_handling(bytes).0)
}

/// Lines that are looked at to find the delimiter.
const LOOKED_AT: usize = 20;
const DELIMITERS: [u8; 3] = *b",;\t";

/// Returns the delimiter of which most of the first lines have equally many, quoted parts left out: a comma in a title
/// above the header, or in the numbers of a table with semicolons, is none.
fn delimiter(text: &str) -> u8 {
    let lines: Vec<_> = text.split(['\n', '\r']).filter(|line| !line.is_empty()).take(LOOKED_AT).collect();
    let agreeing = |delimiter: u8| {
        let counts: Vec<usize> = lines.iter().map(|line| count(line, delimiter)).collect();
        let alike = |count: usize| counts.iter().filter(|other| **other == count).count();
        counts.iter().filter(|count| **count > 0).map(|count| (alike(*count), *count)).max()
    };
    // Of equals the first stands last, for `max_by_key` returns the last.
    let found = DELIMITERS.into_iter().rev().filter_map(|delimiter| Some((agreeing(delimiter)?, delimiter)));
    found.max_by_key(|(agreeing, _)| *agreeing).map_or(b',', |(_, delimiter)| delimiter)
}

fn count(line: &str, delimiter: u8) -> usize {
    let mut is_quoted = false;
    let mut count = 0;
    for byte in line.bytes() {
        is_quoted ^= byte == b'"';
        count += usize::from(byte == delimiter && !is_quoted);
    }
    count
}

#[cfg(test)]
mod tests {
    use super::{decode, delimiter};

    #[test]
    fn the_delimiter_is_that_of_the_table_not_of_a_title_or_a_number() {
        for (text, expected) in [
            ("a,b\n1,2\n", b','),
            ("Школа № 1, с. Заречье\n\nа;б;в\n1;2;3\n", b';'),
            ("а;б\n1,5;2,5\n3,5;4\n", b';'),
            ("а,каналы\n1,portal;sms;email\n", b','),
            ("\"а;б;в\",г\r1,2", b','),
            ("а\tб, в\n1\t2\n", b'\t'),
            ("sep=;\nа;б\n1;2\n", b';'),
            ("один столбец\n1\n", b','),
        ] {
            assert_eq!(delimiter(text), expected, "{text:?}");
        }
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let text = "Код;ФИО\nс1;Лапина";
        let wide: Vec<u16> = text.encode_utf16().collect();
        let little: Vec<u8> = [0xFEFF].iter().chain(&wide).flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = [0xFEFF].iter().chain(&wide).flat_map(|unit| unit.to_be_bytes()).collect();
        let windows = encoding_rs::WINDOWS_1251.encode(text).0.into_owned();
        let marked = [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat();
        for bytes in [text.as_bytes(), &marked, &windows, &little, &big] {
            assert_eq!(decode(bytes).map_err(|error| error.en), Ok(text.into()));
        }
        assert!(decode(b"\x00\xff\x00").is_err());
    }
}
