//! Word lists of a profile: the meaning of a source's marks, absences and kinds of work in the exchange
//! format.

use std::collections::BTreeMap;

use super::pattern::fits;
use super::refusal::{Refusal, Token, Why};
use crate::ingest::parse;

/// The word lists of a profile by name.
pub(super) type WordLists = BTreeMap<String, WordList>;

/// The meaning of each word of a source.
#[derive(Clone, Debug, Default)]
pub(super) struct WordList {
    /// Folded word to its meaning; an empty meaning says that the word is ignored.
    meanings: BTreeMap<String, String>,
    /// Patterns with `*` in them, such as `*четверть*`, and their meanings.
    patterns: Vec<(String, String)>,
    /// The meaning of every other word; `*` keeps the word unchanged.
    others: Option<String>,
}

impl WordList {
    /// Makes a list from the words of a profile; `*` is every other word.
    pub(super) fn new(words: BTreeMap<String, String>) -> Self {
        let mut list = Self::default();
        for (word, meaning) in words {
            if word == "*" {
                list.others = Some(meaning);
            } else if word.contains('*') {
                list.patterns.push((fold(&word), meaning));
            } else {
                list.meanings.insert(fold(&word), meaning);
            }
        }
        list
    }

    /// Returns the meaning of a word; `None` if the list does not have it.
    pub(super) fn meaning(&self, word: &str) -> Option<String> {
        if word.is_empty() {
            return Some(String::new());
        }
        let folded = fold(word);
        let fitting =
            || self.patterns.iter().find(|(pattern, _)| fits(pattern, &folded)).map(|(_, meaning)| meaning);
        let own = self.meanings.get(&folded).or_else(fitting);
        own.cloned().or_else(|| self.others.as_ref().map(|other| other.replace('*', word)))
    }
}

/// Folds a word for comparison: trimmed, lower case, ё as е, single inner spaces.
pub(super) fn fold(text: &str) -> String {
    parse::name(text)
}

/// Splits a cell such as `3 4н` into the tokens of one list; tokens of the other lists are recognised and
/// skipped.
pub(super) fn cut(
    cell: &str,
    words: &WordLists,
    into: &str,
    others: &[String],
) -> Result<Vec<Token>, Refusal> {
    let printed: Vec<char> = cell.chars().collect();
    let folded: Vec<char> =
        printed.iter().map(|c| parse::header(&c.to_string()).chars().next().unwrap_or(*c)).collect();
    let lists: Vec<(&WordList, bool)> = std::iter::once((into, true))
        .chain(others.iter().map(|name| (name.as_str(), false)))
        .filter_map(|(name, is_meant)| Some((words.get(name)?, is_meant)))
        .collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < folded.len() {
        if folded[at].is_whitespace() || matches!(folded[at], '/' | ',' | ';') {
            at += 1;
            continue;
        }
        let Some((length, meaning, is_meant)) = longest(&folded[at..], &lists) else {
            return Err(Refusal { value: cell.to_owned(), why: Why::NotInList(into.to_owned()) });
        };
        if is_meant && !meaning.is_empty() {
            tokens.push(Token { meaning, printed: printed[at..at + length].iter().collect() });
        }
        at += length;
    }
    Ok(tokens)
}

/// Finds the longest known word at the beginning of the rest of a cell; a number is never split.
fn longest(rest: &[char], lists: &[(&WordList, bool)]) -> Option<(usize, String, bool)> {
    let longest_known = 24.min(rest.len());
    (1..=longest_known).rev().find_map(|length| {
        let cuts_number =
            rest[length - 1].is_ascii_digit() && rest.get(length).is_some_and(char::is_ascii_digit);
        if cuts_number {
            return None;
        }
        let word: String = rest[..length].iter().collect();
        lists.iter().find_map(|(list, is_meant)| {
            list.meanings.get(&word).map(|meaning| (length, meaning.clone(), *is_meant))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists() -> WordLists {
        let list = |pairs: &[(&str, &str)]| {
            WordList::new(
                pairs.iter().map(|(word, meaning)| ((*word).to_owned(), (*meaning).to_owned())).collect(),
            )
        };
        let marks = list(&[("5", "5"), ("4", "4"), ("3", "3"), ("4-", "4"), ("0", "0")]);
        let absences = list(&[("н", "?"), ("нн", "?"), ("оп", "оп")]);
        let noise = list(&[("999", "")]);
        [("marks".to_owned(), marks), ("absences".to_owned(), absences), ("noise".to_owned(), noise)].into()
    }

    fn cut_into(cell: &str, into: &str) -> Option<String> {
        let others = ["marks", "absences", "noise"].map(str::to_owned);
        let tokens = cut(cell, &lists(), into, &others).ok()?;
        Some(
            tokens
                .iter()
                .map(|token| format!("{}={}", token.printed, token.meaning))
                .collect::<Vec<_>>()
                .join(" "),
        )
    }

    #[test]
    fn a_cell_is_cut_into_its_tokens() {
        assert_eq!(cut_into("3 4н", "marks").as_deref(), Some("3=3 4=4"));
        assert_eq!(cut_into("3 4Н", "absences").as_deref(), Some("Н=?"));
        assert_eq!(cut_into("4-/5", "marks").as_deref(), Some("4-=4 5=5"));
        assert_eq!(cut_into("4НН", "absences").as_deref(), Some("НН=?"));
        assert_eq!(cut_into("999", "marks").as_deref(), Some(""));
        assert_eq!(cut_into("", "marks").as_deref(), Some(""));
    }

    #[test]
    fn what_no_list_knows_is_refused_whole() {
        for cell in ["45", "4 х", "9", "5!"] {
            assert_eq!(cut_into(cell, "marks"), None, "{cell}");
        }
    }
}
