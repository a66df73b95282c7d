//! UTF-16 and UTF-32, with and without a byte order mark.

/// An encoding whose units are wider than a byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wide {
    is_big: bool,
    /// Bytes of a unit: 2 or 4.
    width: usize,
}

const ALL: [Wide; 4] = [
    Wide { is_big: false, width: 4 },
    Wide { is_big: true, width: 4 },
    Wide { is_big: false, width: 2 },
    Wide { is_big: true, width: 2 },
];

/// How many bytes are examined if there is no byte order mark.
const LOOKED_AT: usize = 1 << 16;

impl Wide {
    /// Returns the encoding of a byte order mark at the beginning, and the mark's length.
    pub(super) fn by_mark(bytes: &[u8]) -> Option<(Self, usize)> {
        // The mark of UTF-32 begins with that of UTF-16, so the longer one is tested first.
        ALL.into_iter().find(|wide| bytes.starts_with(&wide.mark())).map(|wide| (wide, wide.width))
    }

    /// Returns the encoding by the places of the zeros: Latin and Cyrillic letters, digits and line ends have
    /// theirs on one side. A text of bytes has none.
    pub(super) fn by_zeros(bytes: &[u8]) -> Option<Self> {
        const SHORTEST: usize = 8;
        let head = &bytes[..bytes.len().min(LOOKED_AT) / 4 * 4];
        if head.len() < SHORTEST {
            return None;
        }
        ALL.into_iter().find(|wide| wide.is_likely(head))
    }

    fn is_likely(self, head: &[u8]) -> bool {
        let units = head.len() / self.width;
        let is_common = |unit: &[u8]| match self.code(unit) {
            0x09 | 0x0A | 0x0D => true,
            code => {
                (0x20..0x7F).contains(&code)
                    || (0xA0..0x0530).contains(&code)
                    || (0x2000..0x2200).contains(&code)
            }
        };
        let common = head.chunks_exact(self.width).filter(|unit| is_common(unit)).count();
        units > 0 && head.contains(&0) && common * 20 >= units * 19
    }

    fn mark(self) -> Vec<u8> {
        let mark = if self.width == 2 {
            0xFEFF_u16.to_be_bytes().to_vec()
        } else {
            0xFEFF_u32.to_be_bytes().to_vec()
        };
        if self.is_big { mark } else { mark.into_iter().rev().collect() }
    }

    fn code(self, unit: &[u8]) -> u32 {
        let add = |code: u32, byte: &u8| code << 8 | u32::from(*byte);
        if self.is_big { unit.iter().fold(0, add) } else { unit.iter().rev().fold(0, add) }
    }

    /// Converts the bytes after the mark to text; an invalid character becomes U+FFFD.
    pub(super) fn decode(self, bytes: &[u8]) -> String {
        let units = bytes.chunks(self.width);
        let code = |unit: &[u8]| if unit.len() == self.width { self.code(unit) } else { 0xFFFD };
        if self.width == 4 {
            return units.map(|unit| char::from_u32(code(unit)).unwrap_or('\u{fffd}')).collect();
        }
        let units = units.map(|unit| u16::try_from(code(unit)).unwrap_or(0xFFFD));
        char::decode_utf16(units).map(|sign| sign.unwrap_or('\u{fffd}')).collect()
    }

    /// Returns whether bytes can have this encoding: a mark of UTF-32 may be one of UTF-16 and a zero.
    pub(super) fn fits(self, bytes: &[u8]) -> bool {
        self.width == 2 || bytes.chunks_exact(4).all(|unit| char::from_u32(self.code(unit)).is_some())
    }

    /// Returns the name people know it by.
    pub(super) fn name(self) -> &'static str {
        match (self.width, self.is_big) {
            (2, false) => "UTF-16LE",
            (2, true) => "UTF-16BE",
            (_, false) => "UTF-32LE",
            (_, true) => "UTF-32BE",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Код;ФИО\r\nс1;Лапина «Ё»";

    fn encode(wide: Wide, text: &str) -> Vec<u8> {
        let bytes = |code: u32| {
            let all = code.to_be_bytes()[4 - wide.width..].to_vec();
            if wide.is_big { all } else { all.into_iter().rev().collect() }
        };
        if wide.width == 2 {
            return text.encode_utf16().flat_map(|unit| bytes(u32::from(unit))).collect();
        }
        text.chars().flat_map(|sign| bytes(u32::from(sign))).collect()
    }

    #[test]
    fn each_is_recognised_with_its_mark_and_without() {
        for wide in ALL {
            let bytes = encode(wide, TEXT);
            assert_eq!(Wide::by_zeros(&bytes), Some(wide));
            assert_eq!(wide.decode(&bytes), TEXT);
            let marked = encode(wide, &format!("\u{feff}{TEXT}"));
            assert_eq!(Wide::by_mark(&marked), Some((wide, wide.width)));
        }
    }

    #[test]
    fn texts_of_bytes_are_not_wide() {
        assert_eq!(Wide::by_zeros(TEXT.as_bytes()), None);
        assert_eq!(Wide::by_zeros(b"P01,5\0,x\nP02,4,y\n"), None);
        assert_eq!(Wide::by_zeros(b""), None);
    }
}
