//! Texts of the sample `school.toml` that nobody replaced: each is a problem with its key, and none is
//! printed.

use super::file::{File, line_of_key, refuse};
use crate::base::said::said;
use crate::ingest::problems::Problems;

/// A line in place of a school's name, for writing by hand.
const BLANK: &str = "________________";

/// Removes the sample's texts from the file.
pub(super) fn take_out(text: &str, file: &mut File, problems: &mut Problems) {
    let File { school, officials, .. } = file;
    let mut texts = vec![
        ("school", "name", &mut school.name),
        ("school", "short", &mut school.short),
        ("school", "place", &mut school.place),
        ("school", "municipality", &mut school.municipality),
        ("school", "region", &mut school.region),
        ("officials", "director", &mut officials.director.name),
        ("officials", "archivist", &mut officials.archivist.name),
    ];
    texts.extend(officials.deputies.iter_mut().map(|one| ("officials", "deputies", &mut one.name)));
    for (part, key, value) in texts.into_iter().filter(|(_, key, value)| is_sample(key, value)) {
        let message = said!(
            "в разделе [{part}] не заполнено {key}: осталось слово образца «{value}»",
            "{key} in [{part}] still has the sample's words \"{value}\""
        );
        refuse("J117", problems, (line_of_key(text, part, key), &format!("{part}.{key}"), value), message);
        *value = if ["name", "short"].contains(&key) { BLANK.to_owned() } else { String::new() };
    }
}

/// Returns whether a text is from the sample that `letopis init` leaves.
fn is_sample(key: &str, value: &str) -> bool {
    let plain = value.split_whitespace().collect::<Vec<_>>().join(" ");
    let has_word = |word: &str| plain.split(|one: char| !one.is_alphabetic()).any(|part| part == word);
    match key {
        "municipality" => plain == "муниципальный район",
        "region" => plain == "область",
        "name" | "short" | "place" => has_word("Название"),
        _ => has_word("Фамилия"),
    }
}

#[cfg(test)]
mod tests {
    use super::is_sample;

    #[test]
    fn words_of_the_sample_are_known_and_true_names_are_not() {
        for (key, value) in [
            ("name", "МБОУ «Средняя школа с. Название»"),
            ("place", "с.\u{a0}Название"),
            ("director", "И. О. Фамилия"),
            ("deputies", "Фамилия И. О."),
            ("region", "область"),
        ] {
            assert!(is_sample(key, value), "{value}");
        }
        for (key, value) in [
            ("name", "МБОУ «Средняя школа с. Названьево»"),
            ("director", "А. Б. Фамильева"),
            ("region", "Саратовская область"),
            ("short", ""),
        ] {
            assert!(!is_sample(key, value), "{value}");
        }
    }
}
