//! A page for a browser as text: what is seen, in its order.

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

/// Returns the lines a reader of the page sees; links have their targets behind them.
pub(super) fn text(html: &str) -> String {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut page = Page::default();
    for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
        match token {
            Token::StartTag(tag) => page.open(&tag),
            Token::EndTag(tag) => page.close(&String::from_utf8_lossy(&tag.name)),
            Token::String(text) if !page.is_silent => page.words.push_str(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    page.end_line();
    page.text
}

#[derive(Default)]
struct Page {
    text: String,
    words: String,
    target: String,
    is_silent: bool,
}

impl Page {
    fn open(&mut self, tag: &StartTag<usize>) {
        match &*String::from_utf8_lossy(&tag.name) {
            "style" | "script" => self.is_silent = true,
            "h1" | "h2" | "h3" | "table" => {
                self.end_line();
                self.text.push('\n');
            }
            "p" | "div" | "ul" | "li" | "tr" | "br" | "summary" | "footer" => self.end_line(),
            "a" => {
                let href = tag.attributes.get(b"href".as_slice());
                self.target = href.map(|href| String::from_utf8_lossy(href).into_owned()).unwrap_or_default();
            }
            "span" | "small" | "b" => self.words.push(' '),
            _ => {}
        }
        if String::from_utf8_lossy(&tag.name) == "li" {
            self.words.push_str("• ");
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "style" | "script" => self.is_silent = false,
            "td" | "th" => self.words.push_str(" | "),
            "a" => self.words.push_str(&format!(" [{}]", std::mem::take(&mut self.target))),
            "b" | "small" => self.words.push(' '),
            "title" | "h1" | "h2" | "h3" | "p" | "div" | "ul" | "li" | "tr" | "table" | "summary" => {
                self.end_line();
            }
            _ => {}
        }
    }

    fn end_line(&mut self) {
        let words = self.words.split_whitespace().collect::<Vec<_>>().join(" ");
        let line = words.trim_end_matches(['|', ' ']);
        if !line.is_empty() {
            self.text.push_str(line);
            self.text.push('\n');
        }
        self.words.clear();
    }
}
