//! The templates of documents: the program's own, and a school's files in place of some of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use sha2::{Digest, Sha256};
use typst::foundations::Bytes;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};

/// A typst template. Each document has its own; this file keeps the ones that templates import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Template {
    /// File name: the user's folder of templates may have another file of this name.
    pub name: &'static str,
    /// The shipped text.
    pub source: &'static str,
}

/// The files that templates import.
pub const SHELF: [Template; 5] = [
    Template { name: "style.typ", source: include_str!("../../../templates/style.typ") },
    Template { name: "parts.typ", source: include_str!("../../../templates/parts.typ") },
    Template { name: "blocks.typ", source: include_str!("../../../templates/blocks.typ") },
    Template { name: "leaves.typ", source: include_str!("../../../templates/leaves.typ") },
    Template { name: "charts.typ", source: include_str!("../../../templates/charts.typ") },
];

/// The same in typst's form. The names are fixed, because typst keeps every name that it ever saw.
static SHIPPED: LazyLock<Vec<Source>> = LazyLock::new(|| SHELF.map(source_of).into());

/// The templates of a build. Without own files, the program's templates.
#[derive(Clone, Debug, Default)]
pub struct Templates {
    own: BTreeMap<String, Own>,
}

/// A file of the school.
#[derive(Clone, Debug)]
struct Own {
    id: FileId,
    bytes: Bytes,
    /// The parsed text of a template; pictures have none.
    source: Option<Source>,
}

impl Templates {
    /// Puts a school's files in place of the program's. A name is a plain file name; a template is UTF-8
    /// text.
    ///
    /// # Errors
    /// The name of a template that is not text.
    pub fn with(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Result<Self, String> {
        let mut own = BTreeMap::new();
        for (name, bytes) in files {
            let Some(id) = id_of(&name) else { return Err(name) };
            let source = match (is_template(&name), String::from_utf8(bytes.clone())) {
                (false, _) => None,
                (true, Ok(text)) => Some(Source::new(id, text.trim_start_matches('\u{feff}').to_owned())),
                (true, Err(_)) => return Err(name),
            };
            own.insert(name, Own { id, bytes: Bytes::new(bytes), source });
        }
        Ok(Self { own })
    }

    /// Walks the school's files by name, each with its bytes.
    pub fn own(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.own.iter().map(|(name, own)| (name.as_str(), own.bytes.as_slice()))
    }

    /// Returns the text of a template in use: the school's, or the program's.
    pub fn text(&self, template: Template) -> &str {
        let own = self.own.get(template.name).and_then(|own| own.source.as_ref());
        own.map_or(template.source, Source::text)
    }

    /// Returns the school's files that a document with a template uses, including imported ones.
    pub fn own_of(&self, template: Template) -> Vec<&str> {
        if self.own.is_empty() {
            return Vec::new();
        }
        let mut used = BTreeSet::from([template.name]);
        let mut texts = vec![self.text(template)];
        let shelf = || SHELF.iter().map(|one| (one.name, self.text(*one)));
        let own = || {
            self.own.iter().map(|(name, own)| (name.as_str(), own.source.as_ref().map_or("", Source::text)))
        };
        while let Some(text) = texts.pop() {
            for (name, next) in own().chain(shelf()) {
                if names(text, name) && used.insert(name) {
                    texts.push(next);
                }
            }
        }
        self.own.keys().map(String::as_str).filter(|name| used.contains(name)).collect()
    }

    /// Returns a digest over everything besides the data that decides a document's pages: equal digests mean
    /// equal pages.
    pub fn digest(&self, template: Template) -> [u8; 32] {
        let mut digest = Sha256::new();
        let own = self.own().map(|(name, bytes)| (name, bytes.to_vec()));
        let shipped = SHELF.into_iter().chain([template]);
        let shipped = shipped.map(|one| (one.name, one.source.as_bytes().to_vec()));
        for (name, bytes) in shipped.chain(own) {
            digest.update(name.len().to_le_bytes());
            digest.update(name);
            digest.update(bytes.len().to_le_bytes());
            digest.update(bytes);
        }
        digest.finalize().into()
    }

    pub(super) fn main(&self, template: Template) -> Source {
        self.own_source(template.name).unwrap_or_else(|| source_of(template))
    }

    pub(super) fn source(&self, id: FileId) -> Option<Source> {
        let own = self.own.values().find(|own| own.id == id).and_then(|own| own.source.clone());
        own.or_else(|| SHIPPED.iter().find(|source| source.id() == id).cloned())
    }

    pub(super) fn file(&self, id: FileId) -> Option<Bytes> {
        self.own.values().find(|own| own.id == id).map(|own| own.bytes.clone())
    }

    pub(super) fn is_own(&self, id: FileId) -> bool {
        self.own.values().any(|own| own.id == id)
    }

    fn own_source(&self, name: &str) -> Option<Source> {
        self.own.get(name)?.source.clone()
    }
}

/// Tells whether a file of this name is a template.
pub fn is_template(name: &str) -> bool {
    name.ends_with(".typ")
}

/// Returns whether a typst text names a file, as imports and pictures do: `"NAME"`, `"/NAME"`.
pub fn names(text: &str, name: &str) -> bool {
    let named = format!("{name}\"");
    text.match_indices(&named).any(|(at, _)| matches!(text[..at].chars().next_back(), Some('"' | '/')))
}

/// Returns the place of a file in the templates' folder; `None` if the name is not that of a file.
pub(super) fn id_of(name: &str) -> Option<FileId> {
    let path = VirtualPath::new(name).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

fn source_of(template: Template) -> Source {
    let id = id_of(template.name).expect("a plain file name is a virtual path");
    Source::new(id, template.source.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHEET: Template = Template { name: "sheet.typ", source: "#import \"style.typ\": styled" };
    const PLAIN: Template = Template { name: "plain.typ", source: "Текст" };

    fn own(files: &[(&str, &str)]) -> Templates {
        let files = files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
        Templates::with(files).expect("the files are texts")
    }

    #[test]
    fn a_document_uses_the_own_files_that_it_imports() {
        let style =
            own(&[("style.typ", "#import \"/more.typ\": x"), ("more.typ", "#let x = 1"), ("idle.typ", "")]);
        assert_eq!(style.own_of(SHEET), ["more.typ", "style.typ"]);
        assert_eq!(style.own_of(PLAIN), Vec::<&str>::new());
        let sheet = own(&[("sheet.typ", "#image(\"logo.png\", alt: \"Герб\")"), ("logo.png", "\u{1}")]);
        assert_eq!(sheet.own_of(SHEET), ["logo.png", "sheet.typ"]);
        assert!(names("image(\"a/logo.png\")", "logo.png") && !names("image(\"x-logo.png\")", "logo.png"));
    }

    #[test]
    fn every_own_file_counts_in_the_digest() {
        let digests = [&[][..], &[("style.typ", "a")], &[("style.typ", "b")], &[("other.typ", "a")]]
            .map(|files| own(files).digest(SHEET));
        let different: BTreeSet<_> = digests.iter().collect();
        assert_eq!(different.len(), digests.len());
        assert_eq!(own(&[]).digest(SHEET), Templates::default().digest(SHEET));
    }
}
