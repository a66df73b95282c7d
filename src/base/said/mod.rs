//! Texts for people: every message and every error in Russian and in English, side by side.
//!
//! A message is made in both languages; only `commands` choose one of them. `said!` makes one from two
//! templates, [`Fault`] carries one as an error, [`Nouns`] counts things in both languages.

mod faults;
mod macros;
mod nouns;
mod system;
mod text;

pub use faults::{AtPlace, Fault, Kind, Tell, explain, of_error, of_io};
pub(crate) use macros::{fault, refuse, said};
pub use nouns::{Nouns, bytes, russian_form};
pub use text::{In, Lang, Said, Speak};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_in_the_language_of_their_template() {
        let (count, what) = (3, Said::fixed("файл", "file"));
        let said = said!("{count}: {:<5}|, {}", "{count}: {:<5}|, {}", what, "a/б");
        assert_eq!(said, Said::new("3: файл |, a/б", "3: file |, a/б"));
        assert_eq!(said!("да", "yes").pick(Lang::En), "yes");
    }

    #[test]
    fn parts_are_joined_in_their_languages() {
        let parts = [said!("раз", "one"), Said::same("7"), said!("два", "two")];
        assert_eq!(Said::join(parts, ", "), Said::new("раз, 7, два", "one, 7, two"));
        assert!(Said::join([], ", ").is_empty());
    }
}
