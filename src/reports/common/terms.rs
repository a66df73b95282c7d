//! Titles of terms as sentences need them, and the term before.

use std::collections::BTreeSet;

use crate::model::*;
use crate::render::format;

/// Returns a term's title: «1 четверть», «2024–2025 учебный год».
pub fn title(journal: &Journal, term: Id<Term>) -> String {
    match journal.terms[term].kind {
        TermKind::Year => format!("{} учебный год", format::years(&journal.year.title)),
        _ => format::years(&journal.terms[term].title),
    }
}

/// Returns the title as it stands after «по итогам»: «1 четверти», «2024–2025 учебного года».
pub fn title_of(journal: &Journal, term: Id<Term>) -> String {
    title(journal, term)
        .replace("четверть", "четверти")
        .replace("полугодие", "полугодия")
        .replace("триместр", "триместра")
        .replace("модуль", "модуля")
        .replace("учебный год", "учебного года")
}

/// Returns the title as it stands after «по сравнению с»: «1 четвертью».
pub fn title_with(journal: &Journal, term: Id<Term>) -> String {
    title(journal, term)
        .replace("четверть", "четвертью")
        .replace("полугодие", "полугодием")
        .replace("триместр", "триместром")
        .replace("модуль", "модулем")
        .replace("учебный год", "учебным годом")
}

/// Returns a narrow title: «1 четв.», «2 п/г», «год».
pub fn short_title(journal: &Journal, term: Id<Term>) -> String {
    match journal.terms[term].kind {
        TermKind::Year => "год".to_owned(),
        _ => title(journal, term)
            .replace("четверть", "четв.")
            .replace("полугодие", "п/г")
            .replace("триместр", "трим."),
    }
}

/// Returns the term before, where all these grades have the same.
pub fn previous(journal: &Journal, term: Id<Term>, grades: impl Iterator<Item = u8>) -> Option<Id<Term>> {
    let before: BTreeSet<Option<Id<Term>>> = grades.map(|grade| journal.previous_term(term, grade)).collect();
    let mut before = before.into_iter();
    let first = before.next().flatten();
    if before.next().is_some() { None } else { first }
}
