//! The head of a profile's TOML file: what it is called and what it reads, in both languages.

use serde::Deserialize;
use toml::Spanned;

use crate::base::said::Said;

/// The section `[profile]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HeadText {
    pub(super) id: Spanned<String>,
    title: String,
    #[serde(default)]
    about: String,
    #[serde(default)]
    lacks: Vec<String>,
    #[serde(default)]
    pub(super) dates: Vec<Spanned<String>>,
    #[serde(default)]
    en: EnglishText,
}

/// The section `[profile.en]`: a school's own profile may go without.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct EnglishText {
    title: Option<String>,
    about: Option<String>,
    lacks: Option<Vec<String>>,
}

impl HeadText {
    /// Returns the title, what the profile is about, and what its source does not have.
    pub(super) fn words(&self) -> (Said, Said, Said) {
        let Self { title, about, lacks, en, .. } = self;
        (
            both(title, en.title.as_deref()),
            both(about.trim(), en.about.as_deref().map(str::trim)),
            both(&lacks.join("; "), en.lacks.as_ref().map(|lacks| lacks.join("; ")).as_deref()),
        )
    }
}

/// Puts both languages together. Words that a school has in one language stand for both.
fn both(ru: &str, en: Option<&str>) -> Said {
    Said::new(ru, en.unwrap_or(ru))
}
