//! HTML written piece by piece, for pages of a hundred thousand pieces: every text is escaped, and characters that change the
//! direction of writing or hide are shown as codes, as in the templates of [`super::html`].

use crate::base::shown;

/// A part of a page that grows.
#[derive(Debug, Default)]
pub struct Markup(String);

impl Markup {
    /// Adds markup of the program: never a value of the data.
    pub fn raw(&mut self, html: &str) -> &mut Self {
        self.0.push_str(html);
        self
    }

    /// Adds a text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        push_escaped(&mut self.0, &shown::lines(text));
        self
    }

    /// Adds a count.
    pub fn count(&mut self, count: usize) -> &mut Self {
        use std::fmt::Write;
        // Memory takes every write.
        let _ = write!(self.0, "{count}");
        self
    }

    /// Returns how long the part is, in bytes.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Tells whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the part.
    pub fn finish(self) -> String {
        self.0
    }
}

/// Returns a text as markup, for one that is written many times.
pub fn escaped(text: &str) -> String {
    let mut markup = Markup::default();
    markup.text(text);
    markup.finish()
}

fn push_escaped(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_never_markup_and_steers_nothing() {
        let mut markup = Markup::default();
        markup.raw("<b>").text("5 < 6 & \"a\" > 'b'\u{202e}").raw("</b>").count(12);
        assert_eq!(markup.finish(), "<b>5 &lt; 6 &amp; &quot;a&quot; &gt; &#39;b&#39;U+202E</b>12");
        assert_eq!(escaped("Ёлкина «5А»"), "Ёлкина «5А»");
        assert!(Markup::default().is_empty());
    }
}
