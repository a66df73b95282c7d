//! Lines quoted as a whole: a spreadsheet program puts a file with another delimiter into one column and
//! saves it so.

use super::shape::{DELIMITERS, shape};
use crate::base::problems::ProblemSeverity;
use crate::base::said::said;
use crate::ingest::quoted::Cutter;
use crate::ingest::text::Note;

/// Records that are examined.
const LOOKED_AT: usize = 40;

/// Returns the text without the quotes around its lines, if most of its first lines have them.
pub(super) fn unwrapped(text: &str) -> Option<String> {
    // A cheap test first: such a line begins and ends with a quote.
    let is_suspect = |line: &str| {
        line.len() > 2 && line.starts_with('"') && line.trim_end().ends_with(['"', ',', ';', '\t'])
    };
    let mut lines = text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).take(LOOKED_AT);
    if !lines.any(is_suspect) {
        return None;
    }
    let delimiter = DELIMITERS.into_iter().max_by_key(|delimiter| wrapped(text, *delimiter))?;
    let records = Cutter::new(text, (delimiter, 0), 1).take(LOOKED_AT).count();
    (wrapped(text, delimiter) * 2 > records).then(|| unwrap(text, delimiter))
}

/// Counts the first records that are one quoted cell with delimiters in it.
fn wrapped(text: &str, delimiter: u8) -> usize {
    let records = Cutter::new(text, (delimiter, 0), 1).take(LOOKED_AT);
    records.filter(|record| record.is_one_quoted && shape(&record.cells[0]).1 > 1).count()
}

/// Removes the quotes; every line keeps its number.
fn unwrap(text: &str, delimiter: u8) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut line = 1;
    let mut cutter = Cutter::new(text, (delimiter, 0), 1);
    let mut from = 0;
    while let Some(record) = cutter.next() {
        while line < record.line {
            plain.push('\n');
            line += 1;
        }
        let end = cutter.position();
        let inner =
            if record.is_one_quoted { &record.cells[0] } else { text[from..end].trim_matches(['\n', '\r']) };
        plain.push_str(inner);
        line += u32::try_from(inner.matches('\n').count()).unwrap_or(0);
        from = end;
    }
    plain.push('\n');
    plain
}

pub(super) fn note() -> Note {
    Note {
        code: "J125",
        severity: ProblemSeverity::Notice,
        row: 0,
        message: said!(
            "каждая строка целиком взята в кавычки, все столбцы в одной ячейке: кавычки сняты, столбцы прочитаны",
            "every line is quoted as a whole, all columns in one cell: the quotes were taken off and the columns read"
        ),
        hint: said!(
            "ничего делать не нужно; надёжнее выгружать файл, не открывая его в Excel",
            "nothing needs doing; a file that was not opened in Excel is safer"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::unwrapped;

    #[test]
    fn lines_quoted_as_a_whole_lose_their_quotes_and_no_others_do() {
        for (text, expected) in [
            ("\"код,имя\"\n\"1,а\"\n\"2,\"\"б, в\"\"\"\n", Some("код,имя\n1,а\n2,\"б, в\"\n")),
            ("\"код;имя\"\r\n\r\n\"1;а\"\r\n", Some("код;имя\n\n1;а\n")),
            ("код,имя\n\"1,а\"\n\"2,б\"\n", Some("код,имя\n1,а\n2,б\n")),
            ("\"код\",\"имя\"\n\"1\",\"а, б\"\n", None),
            ("\"код\"\n\"1\"\n", None),
            ("код,имя\n1,\"а\nб\"\n", None),
        ] {
            assert_eq!(unwrapped(text).as_deref(), expected, "{text}");
        }
    }
}
