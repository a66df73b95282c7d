//! The little language of a day's cell: `5`, `3/4`, `4 4`, `О 2`, `Н 4/3`, `Б Б 3`, `Н Н`, `0`, `.`.
//!
//! A space parts lessons or works, a slash the marks of one work, letters are attendance, a dot is work owed.

use crate::model::{AbsenceReason, MarkValue};

/// What this source's letters mean, as its own legend says: «Н = Неуважительная», «О = Опоздание», «Б = Болезнь»,
/// «У = Уважительная». The same letters mean other things in other journals: «н» of the exchange format's sources may be
/// an absence whose reason is not known.
pub(super) const LETTERS: &[(char, AbsenceReason, &str)] = &[
    ('Н', AbsenceReason::Unexcused, "неуважительная"),
    ('О', AbsenceReason::Late, "опоздание"),
    ('Б', AbsenceReason::Ill, "болезнь"),
    ('У', AbsenceReason::Excused, "уважительная"),
];

/// Signs in one cell: a day of a subject has a few.
const MOST_SIGNS: usize = 40;

/// A mark and the sign it was printed as, where that is more than the value: `5-`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sign {
    pub(super) value: MarkValue,
    pub(super) printed: Option<String>,
}

/// A cell taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct DayCell {
    /// Marks in the order printed; those of one work stand in one list.
    pub(super) works: Vec<Vec<Sign>>,
    /// One entry for each lesson missed or come late to.
    pub(super) attendance: Vec<AbsenceReason>,
    /// Parts that are none of the language.
    pub(super) unknown: Vec<String>,
}

impl DayCell {
    /// Walks the marks.
    pub(super) fn marks(&self) -> impl Iterator<Item = &Sign> {
        self.works.iter().flatten()
    }
}

/// Takes a cell apart; never fails, what it cannot read is kept apart.
pub(super) fn read(text: &str) -> DayCell {
    let mut cell = DayCell::default();
    for part in text.split_whitespace().take(MOST_SIGNS) {
        if let Some(reasons) = letters(part) {
            cell.attendance.extend(reasons);
        } else if let Some(marks) = part.split('/').map(sign).collect() {
            cell.works.push(marks);
        } else {
            cell.unknown.push(part.to_owned());
        }
    }
    cell.unknown.extend(text.split_whitespace().nth(MOST_SIGNS).map(str::to_owned));
    cell
}

/// Reads `Н`, and `НН` where the space was lost.
fn letters(part: &str) -> Option<Vec<AbsenceReason>> {
    part.chars().map(reason).collect()
}

fn reason(letter: char) -> Option<AbsenceReason> {
    let letter = match letter.to_uppercase().next()? {
        // Latin look-alikes get in when a cell was typed by hand.
        'H' => 'Н',
        'O' => 'О',
        'Y' => 'У',
        other => other,
    };
    LETTERS.iter().find(|(known, ..)| *known == letter).map(|(_, reason, _)| *reason)
}

fn sign(part: &str) -> Option<Sign> {
    let lower = part.to_lowercase();
    let bare = lower.trim_end_matches(['+', '-', '−']);
    let value = match bare {
        "зачет" | "зачёт" => MarkValue::Pass,
        "незачет" | "незачёт" => MarkValue::Fail,
        "" => return None,
        other => MarkValue::parse(other)?,
    };
    let is_plain = bare.len() == lower.len();
    if !is_plain && value.numeric().is_none() {
        return None;
    }
    Some(Sign { value, printed: (!is_plain).then(|| part.to_owned()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> (Vec<Vec<&'static str>>, String, Vec<String>) {
        let cell = read(text);
        let works = cell.works.iter().map(|work| work.iter().map(|sign| sign.value.code()).collect());
        (works.collect(), cell.attendance.iter().map(|reason| reason.code()).collect(), cell.unknown)
    }

    #[test]
    fn every_form_of_the_language_is_read() {
        let cases: [(&str, &[&[&str]], &str); 16] = [
            ("5", &[&["5"]], ""),
            ("3/4", &[&["3", "4"]], ""),
            ("4 4", &[&["4"], &["4"]], ""),
            ("О 2", &[&["2"]], "оп"),
            ("Н 4/3", &[&["4", "3"]], "н"),
            ("Б Б 3", &[&["3"]], "бб"),
            ("Н Н", &[], "нн"),
            ("НН", &[], "нн"),
            ("H o y", &[], "нопну"),
            ("0", &[&["0"]], ""),
            (".", &[&["."]], ""),
            ("2 .", &[&["2"], &["."]], ""),
            ("0/5", &[&["0", "5"]], ""),
            ("3/2 4", &[&["3", "2"], &["4"]], ""),
            ("зачёт", &[&["зач"]], ""),
            ("  ", &[], ""),
        ];
        for (text, works, attendance) in cases {
            let works: Vec<Vec<&str>> = works.iter().map(|work| work.to_vec()).collect();
            assert_eq!(codes(text), (works, attendance.to_owned(), vec![]), "{text}");
        }
    }

    #[test]
    fn a_sign_with_a_minus_counts_as_its_mark_and_is_kept_as_printed() {
        let cell = read("5- 4");
        assert_eq!(cell.works[0], [Sign { value: MarkValue::Numeric(5), printed: Some("5-".to_owned()) }]);
        assert_eq!(cell.works[1], [Sign { value: MarkValue::Numeric(4), printed: None }]);
    }

    #[test]
    fn what_is_not_of_the_language_is_kept_apart() {
        for text in ["7", "5/", "/", "Ж", "12", "5,5", "-", "..", "Н5", ".-"] {
            assert_eq!(codes(text).2, [text], "{text}");
        }
        assert_eq!(read(&"5 ".repeat(1000)).works.len(), MOST_SIGNS);
    }
}
