//! XML as a tree that is written back as it was read: texts and values of attributes stay escaped as they are.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Deeper trees are no workbook's.
const DEPTH: usize = 200;

/// A document: what stands before its root, the root, what stands behind.
#[derive(Clone, Debug, Default)]
pub(super) struct Document {
    before: String,
    pub(super) root: Element,
    behind: String,
}

/// An element.
#[derive(Clone, Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<Node>,
}

/// What stands in an element.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Element(Element),
    /// Text, escaped; comments, instructions and raw sections with their delimiters.
    Raw(String),
}

impl Document {
    /// Reads a document; `None`: it is damaged.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)).ok()?;
        let mut reader = Reader::from_str(text);
        let mut open: Vec<Element> = Vec::new();
        let mut document = Self::default();
        let mut has_root = false;
        loop {
            let raw = match reader.read_event().ok()? {
                Event::Start(tag) if open.len() < DEPTH => {
                    open.push(element(&tag)?);
                    continue;
                }
                Event::Start(_) => return None,
                Event::Empty(tag) => Node::Element(element(&tag)?),
                Event::End(_) => Node::Element(open.pop()?),
                Event::Eof => break,
                Event::Text(text) => Node::Raw((*text).to_owned()),
                Event::GeneralRef(name) => Node::Raw(format!("&{};", &*name)),
                Event::CData(text) => Node::Raw(format!("<![CDATA[{}]]>", &*text)),
                Event::Comment(text) => Node::Raw(format!("<!--{}-->", &*text)),
                Event::PI(text) => Node::Raw(format!("<?{}?>", &*text)),
                Event::Decl(text) => Node::Raw(format!("<?{}?>", &*text)),
                // No part of a workbook declares types of its own.
                Event::DocType(_) => return None,
            };
            match (open.last_mut(), raw) {
                (Some(parent), node) => parent.push(node),
                (None, Node::Element(root)) if !has_root => (document.root, has_root) = (root, true),
                (None, Node::Element(_)) => return None,
                (None, Node::Raw(text)) if has_root => document.behind.push_str(&text),
                (None, Node::Raw(text)) => document.before.push_str(&text),
            }
        }
        (open.is_empty() && has_root).then_some(document)
    }

    /// Returns the document as bytes.
    pub(super) fn write(&self) -> Vec<u8> {
        let mut out = self.before.clone();
        self.root.write(&mut out);
        out.push_str(&self.behind);
        out.into_bytes()
    }
}

fn element(tag: &BytesStart<'_>) -> Option<Element> {
    let mut attributes = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.ok()?;
        let value = attribute.value.replace('"', "&quot;");
        attributes.push((attribute.key.as_ref().to_owned(), value));
    }
    Some(Element { name: tag.name().as_ref().to_owned(), attributes, children: Vec::new() })
}

impl Element {
    /// Returns an element beside another: of the same prefix.
    pub(super) fn beside(other: &str, name: &str) -> Self {
        let prefix = other.split_once(':').map_or(String::new(), |(prefix, _)| format!("{prefix}:"));
        Self { name: format!("{prefix}{name}"), ..Self::default() }
    }

    fn push(&mut self, node: Node) {
        match (self.children.last_mut(), node) {
            (Some(Node::Raw(before)), Node::Raw(text)) => before.push_str(&text),
            (_, node) => self.children.push(node),
        }
    }

    fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(&self.name);
        for (name, value) in &self.attributes {
            out.extend([" ", name, "=\"", value, "\""]);
        }
        if self.children.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        for node in &self.children {
            match node {
                Node::Element(element) => element.write(out),
                Node::Raw(text) => out.push_str(text),
            }
        }
        out.extend(["</", &self.name, ">"]);
    }

    /// Returns the name without its prefix.
    pub(super) fn local(&self) -> &str {
        local(&self.name)
    }

    /// Returns an attribute by its name without prefix, unescaped.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let (_, value) =
            self.attributes.iter().find(|(one, _)| local(one) == name && !one.starts_with("xmlns"))?;
        Some(unescaped(value))
    }

    /// Sets an attribute.
    pub(super) fn set(&mut self, name: &str, value: &str) {
        let value = escaped(value);
        match self.attributes.iter_mut().find(|(one, _)| local(one) == name) {
            Some((_, there)) => *there = value,
            None => self.attributes.push((name.to_owned(), value)),
        }
    }

    /// Takes an attribute away.
    pub(super) fn unset(&mut self, name: &str) {
        self.attributes.retain(|(one, _)| local(one) != name);
    }

    /// Returns the elements in it.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Raw(_) => None,
        })
    }

    /// Returns the elements in it, to be changed.
    pub(super) fn elements_mut(&mut self) -> impl Iterator<Item = &mut Self> {
        self.children.iter_mut().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Raw(_) => None,
        })
    }

    /// Returns the first element of a name in it.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|one| one.local() == name)
    }

    /// Returns the first element of a name in it, to be changed.
    pub(super) fn child_mut(&mut self, name: &str) -> Option<&mut Self> {
        self.elements_mut().find(|one| one.local() == name)
    }

    /// Returns its text, unescaped.
    pub(super) fn text(&self) -> String {
        let raw = self.children.iter().filter_map(|node| match node {
            Node::Raw(text) => Some(text.as_str()),
            Node::Element(_) => None,
        });
        unescaped(&raw.collect::<String>())
    }

    /// Sets its text.
    pub(super) fn set_text(&mut self, text: &str) {
        self.children = vec![Node::Raw(escaped(text))];
    }

    /// Visits all elements below it, and itself.
    pub(super) fn visit(&self, see: &mut dyn FnMut(&Self)) {
        see(self);
        self.elements().for_each(|one| one.visit(see));
    }

    /// Visits all elements below it, and itself, to change them.
    pub(super) fn visit_mut(&mut self, change: &mut dyn FnMut(&mut Self)) {
        change(self);
        self.elements_mut().for_each(|one| one.visit_mut(change));
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn unescaped(raw: &str) -> String {
    let raw = match raw.strip_prefix("<![CDATA[").and_then(|text| text.strip_suffix("]]>")) {
        Some(text) => return text.to_owned(),
        None => raw,
    };
    quick_xml::escape::unescape(raw).map_or_else(|_| raw.to_owned(), std::borrow::Cow::into_owned)
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // XML has no other control characters.
            sign if sign.is_control() && !matches!(sign, '\n' | '\t') => {}
            sign => out.push(sign),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::Document;

    #[test]
    fn what_is_read_is_written_as_it_was() {
        let text = "<?xml version=\"1.0\"?>\n<x:a xmlns:x=\"u\" b=\"1 &amp; 2\"><c> т &lt;&#10;э </c><!-- n --><d/><e>\n</e></x:a>\n";
        let document = Document::read(text.as_bytes()).expect("well-formed");
        assert_eq!(String::from_utf8(document.write()).expect("text"), text);
        assert_eq!(document.root.child("c").expect("there").text(), " т <\nэ ");
        assert_eq!(document.root.get("b").as_deref(), Some("1 & 2"));
    }

    #[test]
    fn what_is_no_document_is_refused() {
        for text in ["", "<a>", "<a></b>", "<a/><b/>", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>"] {
            assert!(Document::read(text.as_bytes()).is_none(), "{text}");
        }
        let deep = "<a>".repeat(5000) + &"</a>".repeat(5000);
        assert!(Document::read(deep.as_bytes()).is_none());
    }
}
