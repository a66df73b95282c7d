//! Whether documents can hold a text of this length with these characters.

use crate::base::said::{Said, said};
use crate::base::{limits, shown};
use crate::model::schema::{Column, Kind};

/// Texts up to this length in bytes need only the check of their column: nearly all are.
pub(super) const SHORT: usize = 40;

/// Columns whose texts appear in headings, lists and signatures; all others may hold sentences.
const NAMES: &[&str] = &[
    "account",
    "area",
    "component",
    "file_number",
    "given_name",
    "letter",
    "name",
    "parent",
    "patronymic",
    "position",
    "profile",
    "room",
    "short",
    "surname",
    "title",
];

/// Reports what is wrong with the length of a cell's text.
#[inline]
pub(super) fn fault(column: &Column, text: &str) -> Option<Said> {
    if text.len() <= SHORT { None } else { fault_of_text(text, most(column)) }
}

/// Reports what is wrong with the length of any text.
pub(super) fn fault_of_text(text: &str, most: usize) -> Option<Said> {
    too_long(text, most).or_else(|| stacked(text))
}

/// Returns the largest number of characters for a column's texts.
fn most(column: &Column) -> usize {
    let is_name = column.id.ends_with("_id") || NAMES.contains(&column.id);
    match column.kind {
        Kind::Text if column.id == "class_id" => limits::CLASS_CHARS,
        Kind::Text if !is_name => limits::TEXT_CHARS,
        _ => limits::NAME_CHARS,
    }
}

fn too_long(text: &str, most: usize) -> Option<Said> {
    if text.len() <= most {
        return None;
    }
    let count = text.chars().count();
    (count > most).then(|| {
        said!(
            "текст из {count} знаков, а читается не больше {most}",
            "a text of {count} characters, no more than {most} are read"
        )
    })
}

/// Finds more combining marks on one letter than any writing system uses.
fn stacked(text: &str) -> Option<Said> {
    let most = limits::COMBINING_MARKS;
    shown::has_stacked_marks(text).then(|| {
        said!(
            "на одной букве больше {most} надстрочных и подстрочных знаков",
            "more than {most} combining marks on one letter"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::schema::TABLES;

    fn column(id: &'static str) -> Column {
        let mut columns = TABLES.iter().flat_map(|schema| schema.columns);
        *columns.find(|column| column.id == id).expect("there is such a column")
    }

    #[test]
    fn names_are_short_sentences_long_and_letters_have_few_marks() {
        let said = |id, text: String| fault(&column(id), &text).map(|words| words.en);
        assert_eq!(said("topic", "щ".repeat(90_000)), None);
        assert!(said("topic", "щ".repeat(90_001)).is_some_and(|text| text.contains("90000")));
        assert_eq!(said("title", "щ".repeat(300)), None);
        assert!(said("title", "щ".repeat(301)).is_some_and(|text| text.contains("300")));
        assert!(said("class_id", "щ".repeat(61)).is_some_and(|text| text.contains("60")));
        let vietnamese = "e\u{302}\u{301}".repeat(50);
        assert_eq!(said("title", vietnamese), None);
        assert!(said("title", format!("е{}", "\u{301}".repeat(31))).is_some_and(|text| text.contains("30")));
    }
}
