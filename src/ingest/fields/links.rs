//! Cells that refer to records of other tables.

use super::Fields;
use crate::ingest::keys::Keys;
use crate::ingest::parse;
use crate::ingest::problems::words;
use crate::model::{Id, Text};

impl Fields<'_> {
    /// Takes a reference to another table.
    pub(crate) fn link<T>(&mut self, keys: &Keys<T>) -> Id<T> {
        let cell = self.take();
        let text = cell.as_text();
        if text.is_empty() {
            self.missing();
            return Id::NOWHERE;
        }
        let meant = self.meant(keys, &text);
        self.find(keys, meant.map_or(&*text, Text::as_str))
    }

    /// Takes a reference that may be missing.
    pub(crate) fn maybe_link<T>(&mut self, keys: &Keys<T>) -> Option<Id<T>> {
        let text = self.take().as_text();
        if text.is_empty() {
            return None;
        }
        let meant = self.meant(keys, &text);
        Some(self.find(keys, meant.map_or(&*text, Text::as_str)))
    }

    /// Takes the name of a class.
    pub(crate) fn class_link<T>(&mut self, keys: &Keys<T>) -> Id<T> {
        let text = self.required();
        if text.is_empty() { Id::NOWHERE } else { self.find(keys, &self.class_meant(&text)) }
    }

    /// Takes the name of a class that may be missing.
    pub(crate) fn maybe_class_link<T>(&mut self, keys: &Keys<T>) -> Option<Id<T>> {
        let text = self.text();
        (!text.is_empty()).then(|| self.find(keys, &self.class_meant(&text)))
    }

    /// Takes a list of class names; where it is required, of at least one.
    pub(crate) fn class_links<T>(&mut self, keys: &Keys<T>) -> Vec<Id<T>> {
        let cell = self.take();
        let text = cell.to_text();
        let names: Vec<Text> = parse::list(&text).map(|name| self.class_meant(name)).collect();
        if names.is_empty() && self.column().required {
            self.missing();
        }
        names.iter().map(|name| self.find(keys, name)).collect()
    }

    fn find<T>(&mut self, keys: &Keys<T>, text: &str) -> Id<T> {
        if let Some(id) = keys.get(text) {
            return id;
        }
        let title = self.column().title;
        let (code, message) = if keys.was_left_out(text) {
            let en = format!("\"{text}\" was left out because of a fault in its own row");
            ("J402", words(format!("«{text}» ({title}): эта запись сама исключена из-за ошибки"), en))
        } else {
            (
                "J401",
                words(
                    format!("«{text}» ({title}) нет среди записей"),
                    format!("there is no record \"{text}\""),
                ),
            )
        };
        let hint = match keys.nearest(text).filter(|_| code == "J401") {
            Some(near) => {
                words(format!("возможно, имелось в виду «{near}»"), format!("did you mean \"{near}\"?"))
            }
            None => words(
                "проверьте код или добавьте запись в её таблицу",
                "check the id or add the record to its table",
            ),
        };
        self.reject(code, text, message, hint);
        Id::NOWHERE
    }
}
