//! The known name most similar to an unknown one: "did you mean".

/// Returns the known name nearest to a word, if it is near enough for a typing mistake.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    let limit = (length / 3).max(1);
    let near_in_length = known.filter(|known| known.chars().count().abs_diff(length) <= limit);
    // Two swapped letters are one mistake.
    let distances = near_in_length.map(|known| (strsim::osa_distance(word, known), known));
    distances.min().filter(|(distance, _)| *distance <= limit).map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_the_pen_is_seen_and_another_word_is_not() {
        let known = ["тема", "дата", "номер урока"];
        assert_eq!(nearest("тима", known.into_iter()), Some("тема"));
        assert_eq!(nearest("номер уроков", known.into_iter()), Some("номер урока"));
        assert_eq!(nearest("адта", known.into_iter()), Some("дата"));
        assert_eq!(nearest("кабинет", known.into_iter()), None);
    }
}
