//! Very long words, which no line holds: where they may be broken.

/// Longest run of letters and digits that is never broken.
const LONGEST_RUN: usize = 24;

/// Returns a text whose very long words (digests, addresses, file names) may be broken: it has a zero-width
/// space (U+200B) after every so many letters of them.
pub(super) fn breakable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut run = 0;
    for one in text.chars() {
        run = if one.is_whitespace() { 0 } else { run + 1 };
        if run > LONGEST_RUN {
            shown.push('\u{200b}');
            run = 1;
        }
        shown.push(one);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::breakable;

    #[test]
    fn only_very_long_words_may_be_broken() {
        assert_eq!(breakable("Контрольная работа № 5"), "Контрольная работа № 5");
        let digest = "0123456789abcdef".repeat(4);
        let shown = breakable(&digest);
        assert_eq!(shown.replace('\u{200b}', ""), digest);
        assert!(shown.split('\u{200b}').all(|piece| piece.len() <= 24));
    }
}
