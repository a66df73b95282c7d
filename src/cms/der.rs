//! Reads DER, and the BER that some signing programs write (X.690): nested elements, without copying.
//!
//! It reads only what signature files use: one-byte tags, lengths of at most four bytes, indefinite lengths.
//! The raw bytes of an element stay available, because signatures are over them.

/// How deep elements of indefinite length may be nested.
const DEPTH: usize = 32;

/// Universal and context tags that signature files use (X.690, 8.1.2).
pub(super) mod tag {
    pub(in super::super) const INTEGER: u8 = 0x02;
    pub(in super::super) const BIT_STRING: u8 = 0x03;
    pub(in super::super) const OCTET_STRING: u8 = 0x04;
    pub(in super::super) const OBJECT_ID: u8 = 0x06;
    pub(in super::super) const UTC_TIME: u8 = 0x17;
    pub(in super::super) const GENERALIZED_TIME: u8 = 0x18;
    pub(in super::super) const SEQUENCE: u8 = 0x30;
    pub(in super::super) const SET: u8 = 0x31;
    /// An octet string in pieces, which DER forbids and BER allows.
    pub(in super::super) const OCTET_PIECES: u8 = 0x24;
    /// `[0]` of an implicit primitive.
    pub(in super::super) const CONTEXT_0_PLAIN: u8 = 0x80;
    pub(in super::super) const CONTEXT_0: u8 = 0xA0;
    pub(in super::super) const CONTEXT_1: u8 = 0xA1;
    pub(in super::super) const CONTEXT_2: u8 = 0xA2;
}

/// One element: tag, length, content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Element<'a> {
    pub(super) tag: u8,
    /// The whole element, from its tag to its end.
    pub(super) raw: &'a [u8],
    /// What the length spans.
    pub(super) content: &'a [u8],
    /// Its length is definite, as DER demands.
    pub(super) is_definite: bool,
}

impl<'a> Element<'a> {
    /// Returns a reader of the elements inside.
    pub(super) fn inside(self) -> Reader<'a> {
        Reader(self.content)
    }

    /// Returns the bytes of an octet string, its pieces joined.
    pub(super) fn octets(self) -> Option<Vec<u8>> {
        match self.tag {
            tag::OCTET_STRING => Some(self.content.to_vec()),
            tag::OCTET_PIECES => {
                let mut octets = Vec::new();
                let mut pieces = self.inside();
                while !pieces.is_empty() {
                    octets.extend_from_slice(pieces.expect(tag::OCTET_STRING)?.content);
                }
                Some(octets)
            }
            _ => None,
        }
    }

    /// Returns the bytes of a bit string that ends at a whole byte.
    pub(super) fn whole_bits(self) -> Option<&'a [u8]> {
        let (unused, bits) = self.content.split_first()?;
        (self.tag == tag::BIT_STRING && *unused == 0).then_some(bits)
    }
}

/// Writes the content of an object identifier with points between the numbers (X.690, 8.19).
pub(super) fn dotted(content: &[u8]) -> Option<String> {
    let mut numbers: Vec<u64> = Vec::new();
    let (mut number, mut is_open) = (0_u64, false);
    for byte in content {
        number = number.checked_mul(128)?.checked_add(u64::from(byte & 0x7F))?;
        is_open = byte & 0x80 != 0;
        if !is_open {
            if numbers.is_empty() {
                // The first two numbers share one: the first is 0, 1 or 2.
                let first = (number / 40).min(2);
                numbers.extend([first, number - first * 40]);
            } else {
                numbers.push(number);
            }
            number = 0;
        }
    }
    let text: Vec<String> = numbers.iter().map(u64::to_string).collect();
    (!is_open && !text.is_empty()).then(|| text.join("."))
}

/// Walks consecutive elements in some bytes. `None` means that the bytes are malformed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'a>(pub(super) &'a [u8]);

impl<'a> Reader<'a> {
    /// Tells whether no bytes are left.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the next element.
    pub(super) fn next(&mut self) -> Option<Element<'a>> {
        let (element, rest) = element(self.0, DEPTH)?;
        self.0 = rest;
        Some(element)
    }

    /// Returns the next element, which must have this tag.
    pub(super) fn expect(&mut self, tag: u8) -> Option<Element<'a>> {
        self.optional(tag)
    }

    /// Returns the next element, an object identifier, with points between its numbers.
    pub(super) fn object_id(&mut self) -> Option<String> {
        dotted(self.expect(tag::OBJECT_ID)?.content)
    }

    /// Returns the next element if it has this tag, else leaves it.
    pub(super) fn optional(&mut self, tag: u8) -> Option<Element<'a>> {
        (self.0.first() == Some(&tag)).then(|| self.next()).flatten()
    }
}

/// Splits off the first element.
fn element(bytes: &[u8], depth: usize) -> Option<(Element<'_>, &[u8])> {
    let (&tag, rest) = bytes.split_first()?;
    let (&first, rest) = rest.split_first()?;
    // Tags of several bytes do not occur in signature files.
    if tag & 0x1F == 0x1F {
        return None;
    }
    let (length, rest) = match first {
        0x80 => return indefinite(bytes, depth),
        0..0x80 => (usize::from(first), rest),
        _ => {
            let (digits, rest) = rest.split_at_checked(usize::from(first & 0x7F))?;
            if digits.len() > 4 {
                return None;
            }
            (digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit)), rest)
        }
    };
    let (content, after) = rest.split_at_checked(length)?;
    let raw = &bytes[..bytes.len() - after.len()];
    Some((Element { tag, raw, content, is_definite: true }, after))
}

/// Splits off an element that ends with two zero bytes (X.690, 8.1.3.6).
fn indefinite(bytes: &[u8], depth: usize) -> Option<(Element<'_>, &[u8])> {
    const CONSTRUCTED: u8 = 0x20;
    let (&tag, body) = (bytes.first()?, bytes.get(2..)?);
    if tag & CONSTRUCTED == 0 || depth == 0 {
        return None;
    }
    let mut rest = body;
    while !rest.starts_with(&[0, 0]) {
        rest = element(rest, depth - 1)?.1;
    }
    let after = rest.get(2..)?;
    let raw = &bytes[..bytes.len() - after.len()];
    let content = &body[..body.len() - rest.len()];
    Some((Element { tag, raw, content, is_definite: false }, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_short_and_indefinite_lengths_are_read() {
        let mut long = vec![tag::OCTET_STRING, 0x81, 0x80];
        long.extend([7; 128]);
        let bytes: Vec<u8> =
            [long, vec![tag::OCTET_PIECES, 0x80, 4, 1, 1, 4, 2, 2, 3, 0, 0], vec![5, 0]].concat();
        let mut reader = Reader(&bytes);
        assert_eq!(reader.next().map(|element| element.content.len()), Some(128));
        let pieces = reader.next().expect("it is there");
        assert_eq!((pieces.octets(), pieces.is_definite), (Some(vec![1, 2, 3]), false));
        assert_eq!(reader.optional(tag::INTEGER), None);
        assert_eq!(reader.expect(0x05).map(|element| element.raw), Some(&[5, 0][..]));
        assert!(reader.is_empty());
    }

    #[test]
    fn object_identifiers_are_written_with_points() {
        assert_eq!(dotted(&[0x2A, 0x85, 0x03, 0x07, 0x01]).as_deref(), Some("1.2.643.7.1"));
        assert_eq!(dotted(&[0x60, 0x86, 0x48]).as_deref(), Some("2.16.840"));
        assert_eq!(dotted(&[0x2A, 0x85]), None);
        assert_eq!(dotted(&[]), None);
    }

    #[test]
    fn lengths_beyond_the_bytes_and_bottomless_nesting_are_refused() {
        for bytes in
            [&[][..], &[4], &[4, 5, 1], &[4, 0x85, 0, 0, 0, 0, 1, 9], &[0x1F, 1, 0], &[4, 0x80, 0, 0]]
        {
            assert_eq!(Reader(bytes).next(), None, "{bytes:?}");
        }
        assert_eq!(Reader(&[0x30, 0x80].repeat(100_000)).next(), None);
    }
}
