//! The shape of a delimited text: its delimiter, its cells in a line, and the limits of both.

use crate::base::limits;
use crate::base::said::{Said, said};

/// Lines that are examined to find the delimiter.
const LOOKED_AT: usize = 20;
pub(super) const DELIMITERS: [u8; 3] = *b",;\t";

/// Returns the delimiter that occurs equally often in most of the first lines outside quotes, and the number
/// of cells. A comma in a title above the header, or in the numbers of a table with semicolons, is not a
/// delimiter.
pub(super) fn shape(text: &str) -> (u8, usize) {
    let lines: Vec<_> = text.split(['\n', '\r']).filter(|line| !line.is_empty()).take(LOOKED_AT).collect();
    let agreeing = |delimiter: u8| {
        let counts: Vec<usize> = lines.iter().map(|line| count(line, delimiter)).collect();
        let alike = |count: usize| counts.iter().filter(|other| **other == count).count();
        counts.iter().filter(|count| **count > 0).map(|count| (alike(*count), *count)).max()
    };
    // Among equals the first comes last, because `max_by_key` returns the last.
    let found = DELIMITERS.into_iter().rev().filter_map(|delimiter| Some((agreeing(delimiter)?, delimiter)));
    let found = found.max_by_key(|(agreeing, _)| *agreeing);
    found.map_or((b',', 1), |((_, count), delimiter)| (delimiter, count + 1))
}

/// Counts the delimiters outside quotes; a quote that is not closed in its line quotes nothing.
fn count(line: &str, delimiter: u8) -> usize {
    let (mut is_quoted, mut count, mut in_quotes) = (false, 0, 0);
    for byte in line.bytes() {
        if byte == b'"' {
            is_quoted = !is_quoted;
            in_quotes = 0;
        } else if byte == delimiter {
            *if is_quoted { &mut in_quotes } else { &mut count } += 1;
        }
    }
    if is_quoted { count + in_quotes } else { count }
}

/// Refuses a text with a line longer than any table has, because every cell could be as long, and a text with
/// too many lines.
pub(super) fn check_line_lengths(text: &str) -> Result<(), Said> {
    let bytes = text.as_bytes();
    let (mut start, mut number) = (0, 1usize);
    let ends = memchr::memchr2_iter(b'\n', b'\r', bytes).chain([bytes.len()]);
    for end in ends {
        if end - start > limits::LINE_BYTES {
            let most = limits::LINE_BYTES;
            return Err(said!(
                "строка {number} длиннее {most} байт: это не таблица",
                "line {number} is longer than {most} bytes: this is no table"
            ));
        }
        if number > limits::LINES {
            let most = limits::LINES;
            return Err(said!(
                "в файле больше {most} строк: это не таблица одной школы",
                "the file has more than {most} lines: this is no table of one school"
            ));
        }
        let is_half = bytes.get(end) == Some(&b'\r') && bytes.get(end + 1) == Some(&b'\n');
        number += usize::from(!is_half);
        start = end + 1;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::shape;

    #[test]
    fn the_delimiter_is_that_of_the_table_not_of_a_title_or_a_number() {
        for (text, expected) in [
            ("a,b\n1,2\n", (b',', 2)),
            ("Школа № 1, с. Заречье\n\nа;б;в\n1;2;3\n", (b';', 3)),
            ("а;б\n1,5;2,5\n3,5;4\n", (b';', 2)),
            ("а,каналы\n1,portal;sms;email\n", (b',', 2)),
            ("\"а;б;в\",г\r1,2", (b',', 2)),
            ("а\tб, в\n1\t2\n", (b'\t', 2)),
            ("sep=;\nа;б\n1;2\n", (b';', 2)),
            ("один столбец\n1\n", (b',', 1)),
            ("а;б\n\"1;2\n3;4\n", (b';', 2)),
        ] {
            assert_eq!(shape(text), expected, "{text:?}");
        }
    }
}
