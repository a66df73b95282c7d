//! Stable codes of verification findings, one table per stage. A code is never reused for something else.
//!
//! `A0xx` before a bag is reached · `A1xx` structure · `A2xx` content of tag files · `A3xx` completeness ·
//! `A4xx` digests · `A5xx` ZIP · `A6xx` the letopis profile · `A7xx` signatures · `A8xx` the register ·
//! `A9xx` parity beside the bag.

mod code;
mod contents;
mod outside;
mod parity;
mod register;
mod signatures;
mod structure;
mod tags;
mod zipped;

pub(super) use code::Code;
pub(super) use contents::*;
pub(super) use outside::*;
pub(super) use parity::*;
pub(super) use register::*;
pub(super) use signatures::*;
pub(super) use structure::*;
pub(super) use tags::*;
pub(super) use zipped::*;

/// Returns every code, for the documentation and the tests.
pub(super) fn all() -> impl Iterator<Item = &'static Code> {
    let bag = [structure::ALL, tags::ALL, contents::ALL, zipped::ALL, signatures::ALL];
    let around = [register::ALL, parity::ALL];
    [outside::ALL].into_iter().chain(bag).chain(around).flatten()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_are_unique_and_speak_both_languages() {
        let ids: BTreeSet<_> = all().map(|code| code.id).collect();
        assert_eq!(ids.len(), all().count());
        for code in all() {
            assert!(code.id.starts_with('A') && code.id.len() == 4, "{}", code.id);
            assert!(!code.text.ru.ends_with('.') && !code.text.en.ends_with('.'), "{}", code.id);
            assert_eq!(code.hint.ru.is_empty(), code.hint.en.is_empty(), "{}", code.id);
            for place in ["{0}", "{1}", "{2}", "{3}"] {
                assert_eq!(code.text.ru.contains(place), code.text.en.contains(place), "{} {place}", code.id);
            }
        }
    }
}
