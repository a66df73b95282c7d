//! `{{…}}` in the texts of cells.

use crate::base::said::{Said, said};

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// As it stands.
    Text(String),
    /// A name, in its parts.
    Field(Vec<String>),
}

const OPEN: &str = "{{";
const CLOSE: &str = "}}";

/// Cuts a text at its fields.
///
/// # Errors
/// When a field is not closed, or has no name.
pub(super) fn parts(text: &str) -> Result<Vec<Part>, Said> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(OPEN) {
        let (before, field) = (&rest[..at], &rest[at + OPEN.len()..]);
        let Some(end) = field.find(CLOSE) else { return Err(open()) };
        if field[..end].contains(OPEN) {
            return Err(open());
        }
        if !before.is_empty() {
            parts.push(Part::Text(before.to_owned()));
        }
        let name = split(&field[..end]);
        if name.iter().any(String::is_empty) {
            return Err(said!("в {{{{…}}}} нет имени", "there is no name in {{{{…}}}}"));
        }
        parts.push(Part::Field(name));
        rest = &field[end + CLOSE.len()..];
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest.to_owned()));
    }
    Ok(parts)
}

/// Returns the parts of a name: `;` stands between them, or a dot where there is no `;`.
pub(super) fn split(name: &str) -> Vec<String> {
    let sign = if name.contains(';') { ';' } else { '.' };
    name.split(sign).map(|part| part.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// Tells whether a text has fields.
pub(super) fn has_fields(text: &str) -> bool {
    text.contains(OPEN)
}

fn open() -> Said {
    said!(
        "скобки {{{{ не закрыты, или часть имени выделена другим шрифтом: наберите {{{{имя}}}} заново, одним шрифтом",
        "the braces {{{{ are not closed, or a part of the name is set in another font: type {{{{name}}}} anew, in one font"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(parts: &[&str]) -> Part {
        Part::Field(parts.iter().map(|part| (*part).to_owned()).collect())
    }

    #[test]
    fn a_text_is_cut_at_its_fields() {
        let text = |text: &str| Part::Text(text.to_owned());
        assert_eq!(
            parts("Качество {{ качество }} %"),
            Ok(vec![text("Качество "), field(&["качество"]), text(" %")])
        );
        assert_eq!(
            parts("{{классы.класс}}{{соу; 5 А}}"),
            Ok(vec![field(&["классы", "класс"]), field(&["соу", "5 А"])])
        );
        assert_eq!(parts("без полей }}"), Ok(vec![text("без полей }}")]));
        assert!(parts("{{качество").is_err() && parts("{{а {{б}}").is_err() && parts("{{ }}").is_err());
    }
}
