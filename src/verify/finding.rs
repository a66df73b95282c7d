//! One archive finding: a code's texts with values in them.

use serde::{Serialize, Serializer};

use super::codes::{self, Code};
use super::severity::ArchiveSeverity;
use crate::base::said::Said;
use crate::base::shown;

/// One thing found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ArchiveFinding {
    /// Stable code, such as `A401`.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: ArchiveSeverity,
    /// The file concerned: from the bag's root, or as given if there is no bag; empty for the bag itself.
    pub path: String,
    /// One sentence.
    #[serde(flatten, serialize_with = "message_fields")]
    pub message: Said,
    /// What to do; may be empty.
    #[serde(flatten, serialize_with = "hint_fields")]
    pub hint: Said<&'static str>,
}

impl ArchiveFinding {
    /// Fills a code's texts with values.
    pub(super) fn new(code: Code, path: impl Into<String>, values: &[&str]) -> Self {
        let message = code.text.map(|text| filled(text, values));
        Self { code: code.id, severity: code.severity, path: path.into(), message, hint: code.hint }
    }

    /// Fills a code's texts with values that differ between the languages.
    pub(super) fn told(code: Code, path: impl Into<String>, values: &[Said]) -> Self {
        let ru: Vec<&str> = values.iter().map(|value| value.ru.as_str()).collect();
        let en: Vec<&str> = values.iter().map(|value| value.en.as_str()).collect();
        let message = Said::new(filled(code.text.ru, &ru), filled(code.text.en, &en));
        Self { message, ..Self::new(code, path, &[]) }
    }

    /// Returns whether the finding is that a package lacks documents without a reason. Its bytes may still be
    /// intact.
    pub fn is_lack_of_documents(&self) -> bool {
        self.code == codes::DOCUMENTS_LACKING.id
    }

    /// Returns whether the finding came from the content, from signatures or from the register, after the
    /// completeness check.
    pub(super) fn is_about_content(&self) -> bool {
        ["A4", "A7", "A8"].iter().any(|stage| self.code.starts_with(stage))
    }
}

fn message_fields<S: Serializer>(message: &Said, serializer: S) -> Result<S::Ok, S::Error> {
    message.as_ref().map(String::as_str).fields(["message", "message_en"], serializer)
}

// Serde passes the value by reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn hint_fields<S: Serializer>(hint: &Said<&'static str>, serializer: S) -> Result<S::Ok, S::Error> {
    hint.fields(["hint", "hint_en"], serializer)
}

/// Replaces `{0}`, `{1}` … with values. Placeholders inside the values are left alone.
fn filled(template: &str, values: &[&str]) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, tail)) = rest.split_once('{') {
        let (place, after) = tail.split_once('}').expect("places in code tables are closed");
        let index: usize = place.parse().expect("places in code tables are numbers");
        text.push_str(before);
        text.push_str(&shown::line(values.get(index).copied().unwrap_or_default()));
        rest = after;
    }
    text.push_str(rest);
    text
}
