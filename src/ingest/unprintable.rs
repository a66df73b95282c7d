//! Characters that no font of the program has. They are reported before anything is printed, each with its
//! cell. Documents are made all the same, with the code point in brackets.

use super::file_names::SCHOOL_TOML;
use super::problems::{Problems, Spot};
use crate::base::problems::ProblemSeverity;
use crate::base::said::said;
use crate::base::signs;
use crate::base::source::{Origin, SourceRef};
use crate::model::*;

/// Checks every text of a journal that documents print; `settings` is the text of `school.toml`.
pub(super) fn check(journal: &Journal, settings: Option<&str>, problems: &mut Problems) {
    let mut notes = Notes { journal, problems };
    notes.settings(settings.unwrap_or_default());
    notes.people();
    notes.frame();
    notes.entries();
    notes.papers();
}

struct Notes<'a> {
    journal: &'a Journal,
    problems: &'a mut Problems,
}

impl Notes<'_> {
    /// Checks the texts of one row.
    fn row(&mut self, place: SourceRef, texts: &[(&str, &str)]) {
        for (column, text) in texts {
            let missing = signs::missing(text);
            if !missing.is_empty() {
                let unknown = Origin { file: String::new(), sheet: String::new() };
                let origin = self.journal.origin(place).unwrap_or(&unknown).clone();
                self.add(&origin, Some(place.row), (column, text), &missing);
            }
        }
    }

    fn add(&mut self, origin: &Origin, row: Option<u32>, (column, text): (&str, &str), missing: &[char]) {
        const MOST: usize = 6;
        let more = if missing.len() > MOST { ", …" } else { "" };
        let list = |name: fn(char) -> String| {
            missing.iter().take(MOST).map(|sign| name(*sign)).collect::<Vec<_>>().join(", ") + more
        };
        let (signs, codes) = (list(named), list(signs::code_point));
        let (noun, instead) = if missing.len() == 1 {
            ("знака", "вместо него")
        } else {
            ("знаков", "вместо них")
        };
        let message = said!(
            "{noun} {signs} нет в шрифтах программы: в документах {instead} напечатано {codes}",
            "the program's fonts lack {signs}: documents have {codes} instead"
        );
        let hint = said!(
            "удалите или замените в источнике; остальной текст печатается как есть",
            "remove or replace it in the source; the rest of the text is printed as it is"
        );
        let value = signs::printable(&text.chars().take(80).collect::<String>()).into_owned();
        let spot = Spot { row, column: column.to_owned(), value };
        self.problems.add("J701", ProblemSeverity::Warning, (origin, spot), message, hint);
    }

    /// Checks `school.toml`; the reported line is the first with the value.
    fn settings(&mut self, text: &str) {
        let origin = Origin { file: SCHOOL_TOML.to_owned(), sheet: String::new() };
        for (key, value) in settings_of(self.journal) {
            let missing = signs::missing(value);
            if !missing.is_empty() {
                let line = text.lines().position(|line| line.contains(value));
                let row = line.and_then(|line| u32::try_from(line + 1).ok());
                self.add(&origin, row, (key, value), &missing);
            }
        }
    }

    fn people(&mut self) {
        let journal = self.journal;
        for one in journal.staff.values() {
            self.row(one.place, &[("name", &one.name), ("position", &one.position)]);
        }
        for one in journal.pupils.values() {
            let names = [
                ("surname", &*one.surname),
                ("given_name", &one.given_name),
                ("patronymic", &one.patronymic),
            ];
            self.row(one.place, &names);
            let card = [("file_number", &*one.file_number), ("address", &one.address), ("phone", &one.phone)];
            self.row(one.place, &card);
            self.row(one.place, &[("parents", &one.parents)]);
        }
        for one in &journal.enrolment {
            let orders = [("in_order", &*one.joined_order), ("out_order", &one.left_order)];
            self.row(one.place, &orders);
            self.row(one.place, &[("out_reason", &one.left_reason)]);
        }
    }

    fn frame(&mut self) {
        let journal = self.journal;
        for one in journal.terms.values() {
            self.row(one.place, &[("title", &one.title)]);
        }
        for one in journal.subjects.values() {
            self.row(one.place, &[("title", &one.title), ("short", &one.short), ("area", &one.area)]);
        }
        for one in journal.classes.values() {
            self.row(one.place, &[("class_id", &one.key), ("profile", &one.profile)]);
        }
        for one in journal.groups.values() {
            self.row(one.place, &[("title", &one.title)]);
        }
        for one in &journal.suspensions {
            self.row(one.place, &[("reason", &one.reason), ("order", &one.order)]);
        }
        for one in &journal.lesson_plans {
            self.row(one.place, &[("topic", &one.topic), ("section", &one.section)]);
        }
    }

    fn entries(&mut self) {
        let journal = self.journal;
        for one in journal.lessons.values() {
            self.row(one.place, &[("topic", &one.topic)]);
        }
        for one in journal.homework.values() {
            self.row(one.place, &[("text", &one.text)]);
        }
        for one in journal.works.values() {
            self.row(one.place, &[("title", &one.title), ("form", &one.form)]);
        }
        for one in journal.marks.values() {
            self.row(one.place, &[("value", &one.printed)]);
        }
        for one in &journal.changes {
            self.row(one.place, &[("old", &one.old), ("new", &one.new)]);
        }
    }

    fn papers(&mut self) {
        let journal = self.journal;
        for one in &journal.breaches {
            self.row(one.place, &[("note", &one.note)]);
        }
        for one in &journal.recommendations {
            self.row(one.place, &[("text", &one.text)]);
        }
        for one in &journal.remarks {
            self.row(one.place, &[("text", &one.text)]);
        }
        for one in &journal.decisions {
            self.row(one.place, &[("protocol", &one.protocol)]);
        }
    }
}

/// Returns the texts of `school.toml` that documents print, by key.
fn settings_of(journal: &Journal) -> Vec<(&'static str, &str)> {
    let Journal { school, officials, regulation, archive, .. } = journal;
    let mut settings = vec![
        ("school.name", school.name.as_str()),
        ("school.short", &school.short),
        ("school.place", &school.place),
        ("school.municipality", &school.municipality),
        ("school.region", &school.region),
        ("year.title", &journal.year.title),
        ("officials.director.post", &officials.director.post),
        ("officials.director.name", &officials.director.name),
        ("officials.archivist.post", &officials.archivist.post),
        ("officials.archivist.name", &officials.archivist.name),
        ("regulation.title", &regulation.title),
        ("regulation.order", &regulation.order),
        ("archive.fond", &archive.fond),
        ("archive.journal_index", &archive.journal_index),
        ("archive.sheet_index", &archive.sheet_index),
    ];
    for deputy in &officials.deputies {
        settings.push(("officials.deputies.post", &deputy.official.post));
        settings.push(("officials.deputies.name", &deputy.official.name));
    }
    settings
}

/// Returns a character in a form that a person can find: itself, if a screen shows it, and its code point.
fn named(sign: char) -> String {
    let code = format!("U+{:04X}", sign as u32);
    let is_shown = !sign.is_control() && !matches!(sign, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
    if is_shown { format!("{sign} ({code})") } else { code }
}
