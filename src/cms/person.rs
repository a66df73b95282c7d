//! Names and times in certificates and signatures, as text for people.

use super::der::{Element, dotted, tag};

/// Returns a distinguished name as "surname and given names or common name, post, organization" (X.520);
/// `None` when any part of it is damaged.
pub(super) fn name(sequence: Element<'_>) -> Option<String> {
    let parts = parts(sequence)?;
    let part = |object_id: &str| {
        let found = parts.iter().find(|(kind, _)| kind == object_id);
        found.map(|(_, text)| text.trim()).filter(|text| !text.is_empty())
    };
    let (common, surname, given) = (part("2.5.4.3"), part("2.5.4.4"), part("2.5.4.42"));
    let person = match (surname, given) {
        (Some(surname), Some(given)) => Some(format!("{surname} {given}")),
        _ => common.map(str::to_owned),
    };
    let mut words: Vec<String> = person.into_iter().collect();
    for more in [part("2.5.4.12"), part("2.5.4.10")].into_iter().flatten() {
        if !words.iter().any(|word| word == more) {
            words.push(more.to_owned());
        }
    }
    Some(words.join(", "))
}

fn parts(sequence: Element<'_>) -> Option<Vec<(String, String)>> {
    let mut parts = Vec::new();
    let mut sets = sequence.inside();
    while !sets.is_empty() {
        let mut pairs = sets.expect(tag::SET)?.inside();
        while !pairs.is_empty() {
            let mut fields = pairs.expect(tag::SEQUENCE)?.inside();
            parts.push((fields.object_id()?, text(fields.next()?)?));
        }
    }
    Some(parts)
}

/// Decodes one of the string types (X.680, 41).
fn text(value: Element<'_>) -> Option<String> {
    const UTF8: u8 = 0x0C;
    const BMP: u8 = 0x1E;
    match value.tag {
        UTF8 => String::from_utf8(value.content.to_vec()).ok(),
        BMP => {
            let units = value.content.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            char::decode_utf16(units).collect::<Result<_, _>>().ok()
        }
        // Printable, numeric, IA5; old certificates hold Latin-1.
        _ => Some(value.content.iter().map(|byte| char::from(*byte)).collect()),
    }
}

/// Returns a time as `2025-06-30 12:00:00 UTC`; `None` if its form is not the one required of signatures (RFC
/// 5652, 11.3).
pub(super) fn time(value: Element<'_>) -> Option<String> {
    let digits = std::str::from_utf8(value.content).ok()?.strip_suffix('Z')?;
    let (year, rest) = match value.tag {
        tag::UTC_TIME => {
            let (year, rest) = digits.split_at_checked(2)?;
            // Two digits mean 1950 to 2049 (RFC 5280, 4.1.2.5.1).
            (format!("{}{year}", if year < "50" { "20" } else { "19" }), rest)
        }
        tag::GENERALIZED_TIME => {
            let (year, rest) = digits.split_at_checked(4)?;
            (year.to_owned(), rest)
        }
        _ => return None,
    };
    let is_plain = rest.len() == 10 && digits.bytes().all(|digit| digit.is_ascii_digit());
    let two = |at: usize| &rest[at..at + 2];
    is_plain.then(|| format!("{year}-{}-{} {}:{}:{} UTC", two(0), two(2), two(4), two(6), two(8)))
}

/// Returns the object identifier in an element, if the element is one.
pub(super) fn object_id(value: Element<'_>) -> Option<String> {
    (value.tag == tag::OBJECT_ID).then(|| dotted(value.content)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cms::der::Reader;

    fn element(tag: u8, content: &[u8]) -> Vec<u8> {
        [&[tag, u8::try_from(content.len()).expect("it is short")], content].concat()
    }

    fn shown(tag: u8, content: &str) -> Option<String> {
        time(Reader(&element(tag, content.as_bytes())).next()?)
    }

    #[test]
    fn times_are_read_and_odd_ones_are_not() {
        assert_eq!(shown(tag::UTC_TIME, "250630120000Z").as_deref(), Some("2025-06-30 12:00:00 UTC"));
        assert_eq!(shown(tag::UTC_TIME, "990101000000Z").as_deref(), Some("1999-01-01 00:00:00 UTC"));
        assert_eq!(
            shown(tag::GENERALIZED_TIME, "20510630120000Z").as_deref(),
            Some("2051-06-30 12:00:00 UTC")
        );
        for odd in ["2506301200Z", "250630120000", "25063012000жZ", "", "Z"] {
            assert_eq!(shown(tag::UTC_TIME, odd), None, "{odd}");
        }
    }

    #[test]
    fn a_person_is_surname_given_names_post_and_organization() {
        let part = |last: u8, tag: u8, text: &[u8]| {
            let object_id = element(tag::OBJECT_ID, &[0x55, 4, last]);
            let pair = element(tag::SEQUENCE, &[object_id, element(tag, text)].concat());
            element(tag::SET, &pair)
        };
        let all = [
            part(3, 0x0C, "Школа".as_bytes()),
            part(4, 0x0C, "Образцова".as_bytes()),
            part(42, 0x1E, &[0x04, 0x10, 0x04, 0x3D]),
            part(12, 0x13, b"director"),
            part(10, 0x0C, "Школа".as_bytes()),
        ];
        let sequence = element(tag::SEQUENCE, &all.concat());
        let shown = Reader(&sequence).next().and_then(name);
        assert_eq!(shown.as_deref(), Some("Образцова Ан, director, Школа"));
    }
}
