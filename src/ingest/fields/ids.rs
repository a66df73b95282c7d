//! Ids in a row: the record's own, and those of the records it refers to.
//!
//! Ids are compared as they look: invisible characters, the apostrophe of spreadsheets and `.0` after a whole
//! number do not count. Digits cut off by a spreadsheet are lost, which is reported. An id of two records is
//! ambiguous.

use super::Fields;
use crate::base::problems::ProblemSeverity;
use crate::base::said::{Said, said};
use crate::ingest::keys::Keys;
use crate::ingest::raw::{Cell, Value};
use crate::ingest::{ids, parse};
use crate::model::{Table, Text};

impl<'a> Fields<'a> {
    /// Takes the record's own id: not empty, and complete.
    pub(crate) fn key(&mut self, keys: &Keys) -> Text {
        let text = self.own_id();
        self.meant(keys, &text).cloned().unwrap_or(text)
    }

    /// Takes an id that no other table refers to.
    pub(crate) fn own_id(&mut self) -> Text {
        let cell = self.take();
        let text = cell.to_text();
        if text.is_empty() {
            self.missing();
            return text;
        }
        if is_cut(cell, &text) {
            self.reject_cut(&text);
            return text;
        }
        let plain = ids::plain(&text);
        if plain == text.as_str() {
            return text;
        }
        self.note_plain(&text, &plain);
        plain.as_ref().into()
    }

    /// Takes the name of a class as its id.
    pub(crate) fn class_key(&mut self) -> Text {
        let text = self.filled_text();
        self.class_meant(&text)
    }

    /// Returns the id that the alias table gives for an id, if it differs.
    fn meant(&self, keys: &Keys, text: &str) -> Option<&'a Text> {
        self.aliases.by_id(keys.table(), text, self.positions.source())
    }

    /// Returns the id of the class with this name.
    fn class_meant(&self, text: &str) -> Text {
        let alias = self.aliases.by_name(Table::Classes, text, "", self.positions.source());
        alias.cloned().unwrap_or_else(|| parse::class_name(text))
    }

    /// Reports that the record's own id, in the first column, already exists; the row is left out. `other` is
    /// the row of the other record.
    pub(crate) fn reject_twin(&mut self, key: &str, other: Option<u32>) {
        self.next = self.next.min(1);
        let message = match other {
            None => said!("код «{key}» уже есть в таблице", "id \"{key}\" is already in the table"),
            Some(row) => said!(
                "код «{key}» уже есть в таблице у другой записи (строка {row}): всё, что на него ссылается, исключено",
                "id \"{key}\" is already in the table for another record (row {row}): what refers to it is left out"
            ),
        };
        let hint = said!(
            "удалите повтор или дайте строке свой код",
            "delete the copy or give the row an id of its own"
        );
        self.reject("J303", key, message, hint);
    }

    fn reject_cut(&mut self, text: &str) {
        let message = said!(
            "код «{text}» обрезан программой таблиц: часть цифр потеряна, записи не различить",
            "id \"{text}\" was cut by a spreadsheet: some digits are lost, and records cannot be told apart"
        );
        self.reject("J310", text, message, cut_hint());
    }

    /// Reports once per column that ids are not read literally.
    fn note_plain(&mut self, text: &str, plain: &str) {
        let message = said!(
            "код «{text}» прочитан как «{plain}»: апостроф, «.0» и невидимые знаки в кодах не учитываются",
            "id \"{text}\" was read as \"{plain}\": an apostrophe, \".0\" and invisible signs do not count in ids"
        );
        let hint = said!(
            "ничего делать не нужно; следующая выгрузка верна без них",
            "nothing needs doing; the next export is right without them"
        );
        if self.problems.is_first("J311", &self.positions.origin, self.column().id) {
            self.note("J311", ProblemSeverity::Notice, text, message, hint);
        }
    }

    /// Takes a reference to another table: the position of the record that is meant.
    pub(crate) fn link(&mut self, keys: &Keys) -> Option<usize> {
        let cell = self.take();
        let text = cell.as_text();
        if text.is_empty() {
            self.empty();
            return None;
        }
        self.find_cell(keys, cell, &text)
    }

    /// A number without its last digits may equal another record's id.
    #[inline]
    fn find_cell(&mut self, keys: &Keys, cell: Cell<'_>, text: &str) -> Option<usize> {
        let meant = self.meant(keys, text);
        if matches!(cell, Cell::Typed(_)) && is_cut(cell, text) {
            self.reject_cut(text);
            return None;
        }
        self.find(keys, meant.map_or(text, Text::as_str))
    }

    /// Takes the name of a class.
    pub(crate) fn class_link(&mut self, keys: &Keys) -> Option<usize> {
        let text = self.filled_text();
        if text.is_empty() { None } else { self.find(keys, &self.class_meant(&text)) }
    }

    /// Takes a list of class names, with at least one if it is required.
    pub(crate) fn class_links(&mut self, keys: &Keys) -> Vec<usize> {
        let cell = self.take();
        let text = cell.to_text();
        let names: Vec<Text> = parse::list(&text).map(|name| self.class_meant(name)).collect();
        if names.is_empty() {
            self.empty();
        }
        names.iter().filter_map(|name| self.find(keys, name)).collect()
    }

    #[inline]
    fn find(&mut self, keys: &Keys, text: &str) -> Option<usize> {
        keys.get(text).or_else(|| self.find_plain(keys, text))
    }

    /// Looks up an id as it looks; an unknown id is reported with its cause.
    #[cold]
    fn find_plain(&mut self, keys: &Keys, text: &str) -> Option<usize> {
        let plain = ids::plain(text);
        if let Some(position) = keys.get(&plain) {
            self.note_plain(text, &plain);
            return Some(position);
        }
        let (code, message, hint) = unknown(keys, text, &plain, self.column().title);
        self.reject(code, text, message, hint);
        None
    }
}

/// Workbooks keep fifteen digits of a number.
fn is_cut(cell: Cell<'_>, text: &str) -> bool {
    const EXACT: f64 = 1e15;
    matches!(cell, Cell::Typed(Value::Number(number)) if number.abs() >= EXACT) || ids::is_cut(text)
}

fn cut_hint() -> Said {
    said!(
        "выгрузите файл из журнала снова и не открывайте его в Excel, либо задайте столбцу формат «Текстовый» до вставки",
        "export the file from the journal again and do not open it in Excel, or make the column text before pasting"
    )
}

/// Reports why an id leads to no record, and the remedy.
fn unknown(keys: &Keys, text: &str, plain: &str, title: &str) -> (&'static str, Said, Said) {
    let table = keys.table().id();
    if keys.is_ambiguous(plain) {
        let message = said!(
            "«{text}» ({title}): этот код у нескольких записей, чья это строка, неизвестно",
            "\"{text}\": several records have this id, and whose row this is nobody knows"
        );
        let hint = said!(
            "дайте записям таблицы {table} разные коды и выгрузите таблицы снова",
            "give the records of {table} ids of their own and export the tables again"
        );
        return ("J403", message, hint);
    }
    if keys.was_left_out(text) || keys.was_left_out(plain) {
        let message = said!(
            "«{text}» ({title}): эта запись сама исключена из-за ошибки",
            "\"{text}\" was left out because of a fault in its own row"
        );
        let hint = said!(
            "исправьте эту запись в таблице {table}: о ней сказано отдельно",
            "mend that record of {table}: it is said apart"
        );
        return ("J402", message, hint);
    }
    if ids::is_cut(text) {
        let message = said!(
            "«{text}» ({title}): код обрезан программой таблиц",
            "\"{text}\": the id was cut by a spreadsheet"
        );
        return ("J401", message, cut_hint());
    }
    let message = said!("«{text}» ({title}) нет среди записей", "there is no record \"{text}\"");
    if let Some(whole) = keys.with_other_zeros(plain) {
        let hint = said!(
            "потеряны нули в начале: имелся в виду «{whole}»; задайте столбцу формат «Текстовый»",
            "leading zeros were lost: \"{whole}\" is meant; make the column text"
        );
        return ("J401", message, hint);
    }
    let hint = match keys.nearest(plain) {
        Some(near) => {
            said!("возможно, имелось в виду «{near}»", "did you mean \"{near}\"?")
        }
        None => said!(
            "проверьте код или добавьте запись в её таблицу",
            "check the id or add the record to its table"
        ),
    };
    ("J401", message, hint)
}
