//! Counted things in both languages: «3 файла», "3 files".

use super::{Said, said};

/// A noun in its forms for counting.
#[derive(Clone, Copy, Debug)]
pub struct Nouns {
    /// For 1, 2 and 5: файл, файла, файлов.
    pub ru: [&'static str; 3],
    /// For 1 and 2: file, files.
    pub en: [&'static str; 2],
}

impl Nouns {
    /// Counts.
    pub fn count(self, number: usize) -> Said {
        let ru = self.ru[russian_form(number)];
        let en = self.en[usize::from(number != 1)];
        said!("{number} {}", "{number} {}", Said::fixed(ru, en))
    }
}

/// Returns the form of a Russian noun for a number: that of 1, of 2 or of 5.
pub fn russian_form(number: usize) -> usize {
    match (number % 100, number % 10) {
        (11..=14, _) => 2,
        (_, 1) => 0,
        (_, 2..=4) => 1,
        _ => 2,
    }
}

/// Writes a number of bytes in a readable unit: «1,5 МиБ», "1.5 MiB"; rounded up.
pub fn bytes(number: u64) -> Said {
    const KIB: u64 = 1 << 10;
    const MIB: u64 = 1 << 20;
    const GIB: u64 = 1 << 30;
    let (unit, name) = match number {
        0..KIB => return said!("{number} байт", "{number} bytes"),
        KIB..MIB => (KIB, Said::fixed("КиБ", "KiB")),
        MIB..GIB => (MIB, Said::fixed("МиБ", "MiB")),
        _ => (GIB, Said::fixed("ГиБ", "GiB")),
    };
    let tenths = (u128::from(number) * 10).div_ceil(u128::from(unit));
    let (whole, rest) = (tenths / 10, tenths % 10);
    said!("{whole},{rest} {}", "{whole}.{rest} {}", name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_are_counted_in_both_languages() {
        let files = Nouns { ru: ["файл", "файла", "файлов"], en: ["file", "files"] };
        let said = |number| files.count(number);
        assert_eq!(said(1), Said::new("1 файл", "1 file"));
        assert_eq!(said(22), Said::new("22 файла", "22 files"));
        assert_eq!(said(112), Said::new("112 файлов", "112 files"));
        assert_eq!(said(0), Said::new("0 файлов", "0 files"));
    }

    #[test]
    fn bytes_are_weighed_in_both_languages() {
        assert_eq!(bytes(1023), Said::new("1023 байт", "1023 bytes"));
        assert_eq!(bytes(1025), Said::new("1,1 КиБ", "1.1 KiB"));
        assert_eq!(bytes(3 << 29), Said::new("1,5 ГиБ", "1.5 GiB"));
    }
}
