//! The cells of a row of a table as a record takes them: ids become positions in the journal.

use jiff::civil::{Date, DateTime, Time};

use super::titles::table_of;
use crate::base::problems::ProblemSeverity;
use crate::base::said::said;
use crate::base::source::SourceRef;
use crate::ingest::fields::Fields;
use crate::ingest::keys::AllKeys;
use crate::ingest::parse;
use crate::model::rows::{Reader, Referred};
use crate::model::schema::schema_of;
use crate::model::{GradeSet, Id, Journal, Span, Table, TermValue, Text, allowed};

/// The cells of one row, with what they may refer to.
pub(super) struct RowReader<'r, 'a> {
    pub(super) fields: &'r mut Fields<'a>,
    pub(super) keys: &'r AllKeys,
    pub(super) journal: &'r Journal,
}

impl Reader for RowReader<'_, '_> {
    fn place(&self) -> SourceRef {
        self.fields.place()
    }

    #[inline]
    fn text(&mut self) -> Text {
        self.fields.filled_text()
    }

    fn list(&mut self) -> Vec<Text> {
        self.fields.list()
    }

    #[inline]
    fn own_id(&mut self) -> Text {
        self.fields.own_id()
    }

    fn key(&mut self, table: Table) -> Text {
        match table {
            Table::Classes => self.fields.class_key(),
            _ => self.fields.key(self.keys.of(table)),
        }
    }

    fn class_name(&mut self) -> Text {
        parse::class_name(&self.fields.text())
    }

    #[inline]
    fn link<T: Referred>(&mut self) -> Option<Id<T>> {
        let keys = self.keys.of(T::TABLE);
        let position = match T::TABLE {
            Table::Classes => self.fields.class_link(keys),
            _ => self.fields.link(keys),
        };
        position.map(Id::new)
    }

    /// The format has lists only of classes.
    fn links<T: Referred>(&mut self) -> Vec<Id<T>> {
        self.fields.class_links(self.keys.of(T::TABLE)).into_iter().map(Id::new).collect()
    }

    #[inline]
    fn date(&mut self) -> Option<Date> {
        self.fields.date()
    }

    fn school_day(&mut self) -> Option<Date> {
        let date = self.fields.date()?;
        if !self.fields.is_bad() && !is_in_year(self.journal, date) {
            self.reject_date(date);
        }
        Some(date)
    }

    #[inline]
    fn moment(&mut self) -> Option<DateTime> {
        self.fields.moment()
    }

    fn time(&mut self) -> Option<Time> {
        self.fields.time()
    }

    fn whole(&mut self, least: u32, most: u32) -> Option<u32> {
        self.fields.whole(least, most)
    }

    fn decimal(&mut self) -> Option<f64> {
        self.fields.decimal()
    }

    fn flag(&mut self) -> Option<bool> {
        self.fields.flag()
    }

    #[inline]
    fn code<C>(&mut self, read: fn(&str) -> Option<C>, allowed: fn() -> String) -> Option<C> {
        self.fields.code(read, allowed)
    }

    fn grades(&mut self) -> Option<GradeSet> {
        self.fields.grades()
    }

    fn span(&mut self) -> Span {
        self.fields.span()
    }

    fn term_value(&mut self) -> Option<TermValue> {
        // An empty value is none: beside a deferral by right, without one the mark is missing and a rule says so.
        let text = self.fields.text().to_lowercase();
        match text.as_str() {
            "" | "-" | "—" => None,
            "0" => {
                let message = said!(
                    "итоговая отметка 0 прочитана как н/а",
                    "a term mark of 0 was read as not assessed"
                );
                let hint = said!("проверьте отметку в источнике", "check the mark in the source");
                self.fields.note("J307", ProblemSeverity::Notice, "0", message, hint);
                Some(TermValue::NotAssessed)
            }
            _ => TermValue::of_form(&text).or_else(|| {
                self.reject_term_value(&text);
                None
            }),
        }
    }

    fn table(&mut self, known: &'static [&'static str]) -> Option<Table> {
        let titles = || {
            let tables = known.iter().filter_map(|id| Table::parse(id));
            tables.map(|table| schema_of(table).title).collect::<Vec<_>>()
        };
        let is_known = |table: &Table| known.contains(&table.id());
        self.fields.code(|name| table_of(name).filter(is_known), || allowed(known, &titles()))
    }

    fn one_alone(&mut self, filled: usize) {
        if filled != 1 && !self.fields.is_bad() {
            let message = said!(
                "должно быть указано ровно одно: класс, группа или ученик",
                "exactly one of class, group and pupil must be given"
            );
            let hint = said!("оставьте заполненным один столбец", "leave one of the columns filled");
            self.fields.reject("J305", "", message, hint);
        }
    }
}

impl RowReader<'_, '_> {
    fn reject_date(&mut self, date: Date) {
        let year = format!("{} – {}", self.journal.year.start, self.journal.year.end);
        let message = said!(
            "урок {date} вне учебного года ({year})",
            "lesson of {date} is outside the school year ({year})"
        );
        let hint = said!(
            "исправьте дату урока или границы года в school.toml",
            "mend the lesson's date or the year in school.toml"
        );
        self.fields.reject("J306", &date.to_string(), message, hint);
    }

    fn reject_term_value(&mut self, text: &str) {
        let message = said!(
            "отметка «{text}»: допустимы только 1–5, зач, незач, осв, н/а, безотм",
            "term mark \"{text}\": only 1–5, зач, незач, осв, н/а and безотм are allowed"
        );
        let hint = said!("исправьте отметку в источнике", "mend the mark in the source");
        self.fields.reject("J302", text, message, hint);
    }
}

/// A term may reach past the year's own ends (practice in June).
fn is_in_year(journal: &Journal, date: Date) -> bool {
    let year = Span { from: journal.year.start, to: journal.year.end };
    year.contains(date) || journal.terms.values().any(|term| term.span.contains(date))
}
