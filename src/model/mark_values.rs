//! The values of marks: in a cell of a lesson, and for a term.

use super::codes::is_word;

/// The value in a cell of a lesson (отметка).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MarkValue {
    /// 1 to 5.
    Numeric(u8),
    /// зачёт
    Pass,
    /// незачёт
    Fail,
    /// A point: a mark due, not a mark.
    Point,
    /// A source's zero, kept as printed and used in no figure.
    Zero,
}

impl MarkValue {
    /// Reads `1`–`5`, `зач`, `незач`, `.` and `0`, or the words for them.
    pub fn of_form(text: &str) -> Option<Self> {
        let of_word = || {
            let words = [("зачёт", Self::Pass), ("незачёт", Self::Fail), ("точка", Self::Point)];
            words.into_iter().find(|(word, _)| is_word(text, word)).map(|(_, value)| value)
        };
        Self::parse(text).or_else(of_word)
    }

    /// Reads `1`–`5`, `зач`, `незач`, `.` and `0`.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "." => Self::Point,
            "0" => Self::Zero,
            "зач" => Self::Pass,
            "незач" => Self::Fail,
            _ => Self::Numeric(numeric(text)?),
        })
    }

    /// Returns the value in the exchange format.
    pub fn code(self) -> &'static str {
        match self {
            Self::Numeric(mark) => digit(mark),
            Self::Pass => "зач",
            Self::Fail => "незач",
            Self::Point => ".",
            Self::Zero => "0",
        }
    }

    /// Returns the mark 1 to 5, if it is one.
    pub fn numeric(self) -> Option<u8> {
        if let Self::Numeric(mark) = self { Some(mark) } else { None }
    }
}

/// A mark for a term (отметка за учебный период).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TermValue {
    /// 1 to 5.
    Numeric(u8),
    /// зачёт
    Pass,
    /// незачёт
    Fail,
    /// освобождён
    Exempt,
    /// не аттестован
    NotAssessed,
    /// без отметки
    Unmarked,
}

impl TermValue {
    /// Reads `1`–`5`, `зач`, `незач`, `осв`, `н/а` and `безотм`, or the words for them.
    pub fn of_form(text: &str) -> Option<Self> {
        let of_word = || {
            let words = [
                ("зачёт", Self::Pass),
                ("незачёт", Self::Fail),
                ("освобождён", Self::Exempt),
                ("освобождена", Self::Exempt),
                ("не аттестован", Self::NotAssessed),
                ("не аттестована", Self::NotAssessed),
                ("без отметки", Self::Unmarked),
            ];
            words.into_iter().find(|(word, _)| is_word(text, word)).map(|(_, value)| value)
        };
        Self::parse(text).or_else(of_word)
    }

    /// Reads `1`–`5`, `зач`, `незач`, `осв`, `н/а` and `безотм`.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "зач" => Self::Pass,
            "незач" => Self::Fail,
            "осв" => Self::Exempt,
            "н/а" => Self::NotAssessed,
            "безотм" => Self::Unmarked,
            _ => Self::Numeric(numeric(text)?),
        })
    }

    /// Returns the value in the exchange format.
    pub fn code(self) -> &'static str {
        match self {
            Self::Numeric(mark) => digit(mark),
            Self::Pass => "зач",
            Self::Fail => "незач",
            Self::Exempt => "осв",
            Self::NotAssessed => "н/а",
            Self::Unmarked => "безотм",
        }
    }

    /// Returns the mark 1 to 5, if it is one.
    pub fn numeric(self) -> Option<u8> {
        if let Self::Numeric(mark) = self { Some(mark) } else { None }
    }
}

fn numeric(text: &str) -> Option<u8> {
    match text.as_bytes() {
        [digit @ b'1'..=b'5'] => Some(digit - b'0'),
        _ => None,
    }
}

fn digit(mark: u8) -> &'static str {
    ["0", "1", "2", "3", "4", "5"][usize::from(mark.min(5))]
}
