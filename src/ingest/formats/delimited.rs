//! CSV: text in any encoding that [`crate::ingest::text`] knows, delimited by comma, semicolon or tab, all
//! detected.

use super::contents::Contents;
use super::joined::parts;
use super::shape::{check_line_lengths, shape};
use super::wrapped;
use crate::base::problems::ProblemSeverity;
use crate::base::said::said;
use crate::base::source::Origin;
use crate::ingest::quoted::{Cutter, Oddity};
use crate::ingest::raw::{Delimited, ExportFile, RawSheet, Rows};
use crate::ingest::text::{Note, Refusal, decode};

/// Reads a delimited text.
pub(super) fn read(file: &ExportFile) -> Result<Contents<'_>, Refusal> {
    let decoded = decode(&file.bytes, file.known())?;
    let (mut notes, mut text) = (decoded.notes, decoded.text);
    check_line_lengths(&text)?;
    if let Some(unwrapped) = wrapped::unwrapped(&text) {
        notes.push(wrapped::note());
        text = unwrapped.into();
    }
    let mut contents = Contents { notes, ..Contents::default() };
    let shape = shape(&text);
    for (index, (first_line, text)) in parts(text, shape).into_iter().enumerate() {
        if index > 0 {
            contents.notes.push(joined(first_line));
        }
        odd_quotes(&text, shape, first_line, &mut contents.notes);
        let (delimiter, columns) = shape;
        let origin = Origin { file: file.path.clone(), sheet: String::new() };
        let rows = Rows::Delimited(Delimited { text, delimiter, columns, first_line });
        contents.sheets.push(RawSheet { origin, rows });
    }
    Ok(contents)
}

/// Reports unclosed quotes, and cells with very many lines.
fn odd_quotes(text: &str, shape: (u8, usize), first_line: u32, notes: &mut Vec<Note>) {
    if memchr::memchr(b'"', text.as_bytes()).is_none() {
        return;
    }
    for record in Cutter::new(text, shape, first_line) {
        match record.oddity {
            Some(Oddity::Open { lines }) => notes.push(open(record.line, lines)),
            Some(Oddity::Long { lines }) => notes.push(long(record.line, lines)),
            None => {}
        }
    }
}

fn open(row: u32, lines: u32) -> Note {
    let message = match lines {
        0 => said!(
            "кавычка не закрыта: она прочитана как знак",
            "a quote is not closed: it was read as a sign"
        ),
        _ => said!(
            "кавычка не закрыта и поглотила бы строк: {lines}; все они прочитаны как стоят",
            "a quote is not closed and would swallow lines: {lines}; all were read as they stand"
        ),
    };
    Note {
        code: "J124",
        severity: ProblemSeverity::Error,
        row,
        message,
        hint: said!(
            "проверьте эту строку: закройте кавычку или удалите её",
            "look at this line: close the quote or delete it"
        ),
    }
}

fn long(row: u32, lines: u32) -> Note {
    Note {
        code: "J124",
        severity: ProblemSeverity::Warning,
        row,
        message: said!(
            "ячейка в кавычках занимает строк: {lines}",
            "a quoted cell has so many lines: {lines}"
        ),
        hint: said!(
            "проверьте, что кавычка закрыта там, где нужно",
            "check that the quote is closed where it should be"
        ),
    }
}

fn joined(row: u32) -> Note {
    Note {
        code: "J125",
        severity: ProblemSeverity::Notice,
        row,
        message: said!(
            "отсюда начинается ещё один файл со своим заголовком: файлы склеены, прочитаны все",
            "another file with its own header begins here: files were joined, all were read"
        ),
        hint: said!(
            "ничего делать не нужно; надёжнее класть файлы по одному",
            "nothing needs doing; files one by one are safer"
        ),
    }
}
