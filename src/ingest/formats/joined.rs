//! Concatenated files, as `copy a+b` makes them: each but the first begins with its own header, often with a
//! byte order mark before it.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem;

const MARK: &str = "\u{feff}";
/// A shorter line may occur in a table twice.
const SHORTEST_HEADER: usize = 8;

/// Returns the parts of a concatenated text, each with the number of its first line.
pub(super) fn parts<'a>(text: Cow<'a, str>, shape: (u8, usize)) -> Vec<(u32, Cow<'a, str>)> {
    let starts = starts(&text, shape);
    if starts.is_empty() && (text.is_ascii() || memmem::find(text.as_bytes(), MARK.as_bytes()).is_none()) {
        return vec![(1, text)];
    }
    let mut parts = Vec::new();
    let (mut from, mut line) = (0, 1u32);
    for end in starts.into_iter().chain([text.len()]) {
        parts.push((line, part(&text, from..end)));
        line = line.saturating_add(lines_in(&text[from..end]));
        from = end;
    }
    parts
}

/// Counts line ends in the same way as the splitter of records.
fn lines_in(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let is_end = |at: &usize| bytes[*at] == b'\n' || bytes[*at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
    u32::try_from((0..bytes.len()).filter(is_end).count()).unwrap_or(u32::MAX)
}

/// Cuts out a part. Byte order marks that begin no part precede the first cell of some line, where they are
/// unwanted.
fn part<'a>(whole: &Cow<'a, str>, range: Range<usize>) -> Cow<'a, str> {
    match whole {
        _ if whole[range.clone()].contains(MARK) => whole[range].replace(MARK, "").into(),
        Cow::Borrowed(whole) => whole[range].into(),
        Cow::Owned(whole) => whole[range].to_owned().into(),
    }
}

/// Returns where the second and each later part begins.
fn starts(text: &str, (delimiter, columns): (u8, usize)) -> Vec<usize> {
    let lines = text.split(['\n', '\r']);
    let is_header = |line: &&str| line.bytes().filter(|byte| *byte == delimiter).count() + 1 == columns;
    let Some(header) = lines.take(50).find(is_header) else { return Vec::new() };
    let header = header.trim_start_matches(MARK);
    let marked = if text.is_ascii() { "" } else { text };
    let mut starts: Vec<usize> = memmem::find_iter(marked.as_bytes(), MARK)
        .filter(|at| *at > 0 && begins_line(text, *at) && begins_header(&text[*at + MARK.len()..], header))
        .collect();
    if header.len() >= SHORTEST_HEADER && columns > 1 && !header.bytes().any(|byte| byte.is_ascii_digit()) {
        let first = text.find(header).unwrap_or_default();
        let again = memmem::find_iter(&text.as_bytes()[first + header.len()..], header);
        let again = again.map(|at| at + first + header.len());
        starts.extend(again.filter(|at| begins_line(text, *at) && ends_line(text, at + header.len())));
    }
    starts.sort_unstable();
    starts
}

fn begins_line(text: &str, at: usize) -> bool {
    at == 0 || matches!(text.as_bytes()[at - 1], b'\n' | b'\r')
}

fn ends_line(text: &str, at: usize) -> bool {
    matches!(text.as_bytes().get(at), None | Some(b'\n' | b'\r'))
}

/// Returns whether a line after a byte order mark is a header: the same one, or words without a digit.
fn begins_header(rest: &str, header: &str) -> bool {
    let line = rest.split(['\n', '\r']).next().unwrap_or_default();
    line == header || !line.is_empty() && !line.bytes().any(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_has_its_header_and_its_first_line() {
        for (text, expected) in [
            ("код;имя\n1;а\n", vec![(1, "код;имя\n1;а\n")]),
            ("код;имя\n1;а\n\u{feff}код;имя\n2;б\n", vec![(1, "код;имя\n1;а\n"), (3, "код;имя\n2;б\n")]),
            ("код;имя\r\n1;а\r\nкод;имя\r\n2;б", vec![(1, "код;имя\r\n1;а\r\n"), (3, "код;имя\r\n2;б")]),
            ("код;имя\n1;а\n\u{feff}имя;код\nб;2\n", vec![(1, "код;имя\n1;а\n"), (3, "имя;код\nб;2\n")]),
            ("код;имя\n1;а\n\u{feff}2;б\n", vec![(1, "код;имя\n1;а\n2;б\n")]),
            ("код;имя\n1;код;имя\n", vec![(1, "код;имя\n1;код;имя\n")]),
        ] {
            let found = parts(text.into(), (b';', 2));
            let found: Vec<_> = found.iter().map(|(line, part)| (*line, part.as_ref())).collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }
}
