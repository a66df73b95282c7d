//! Walks the cells of one row in the order of the table's columns and converts each to the value that the
//! record needs.
//!
//! An unreadable cell is a problem with its place, and the row is left out. The other cells are still
//! checked, so that a person corrects a row once.

mod ids;

use std::borrow::Cow;

use jiff::civil::{Date, DateTime, Time};

use super::aliases::Aliases;
use super::cells::*;
use super::lengths;
use super::parse;
use super::positions::Positions;
use super::problems::{Problems, Spot};
use super::raw::{Cell, RowCells, Value, trimmed};
use super::text;
use crate::base::problems::ProblemSeverity;
use crate::base::said::{Said, said};
use crate::base::source::SourceRef;
use crate::model::schema::{Column, Kind};
use crate::model::{GradeSet, Span, Text};

/// The cells of one row, taken one after the other.
pub(crate) struct Fields<'a> {
    row: RowCells<'a>,
    number: u32,
    positions: &'a Positions,
    aliases: &'a Aliases,
    problems: &'a mut Problems,
    next: usize,
    is_bad: bool,
    /// The last cell has no valid value, and this was reported.
    is_faulty: bool,
}

impl<'a> Fields<'a> {
    pub(crate) fn new(
        row: RowCells<'a>,
        number: u32,
        (positions, aliases): (&'a Positions, &'a Aliases),
        problems: &'a mut Problems,
    ) -> Self {
        let mut fields =
            Self { row, number, positions, aliases, problems, next: 0, is_bad: false, is_faulty: false };
        if row.has_longer(lengths::SHORT) {
            fields.check_lengths();
        }
        fields
    }

    /// Refuses texts that no document could hold.
    fn check_lengths(&mut self) {
        for (index, place) in self.positions.places.iter().enumerate() {
            let Some(Cell::Text(text)) = place.map(|place| self.row.cell(place)) else { continue };
            let Some(fault) = lengths::fault(&self.positions.columns[index], text) else { continue };
            let hint = said!("сократите текст в источнике", "make the text shorter in the source");
            self.next = index + 1;
            self.reject("J308", text, fault, hint);
        }
        self.next = 0;
    }

    /// Returns whether a cell could not be read: the row must be left out.
    pub(crate) fn is_bad(&self) -> bool {
        self.is_bad
    }

    /// Returns the place of the row.
    pub(crate) fn place(&self) -> SourceRef {
        SourceRef { origin: self.positions.origin_index, row: self.number }
    }

    /// Takes the next cell; a large year has ten million.
    #[inline(always)]
    fn take(&mut self) -> Cell<'a> {
        let place = self.positions.places[self.next];
        self.next += 1;
        let cell = match (self.row, place) {
            (RowCells::Plain(cells), Some(place)) if place < cells.len() => Cell::Text(trimmed(cells[place])),
            (row, Some(place)) => row.cell(place),
            (_, None) => Cell::Text(""),
        };
        self.is_faulty = false;
        match cell {
            Cell::Text(text) if parse::is_blank(text) && !self.column().required => Cell::Text(""),
            Cell::Text(text) if parse::is_nothing(text) => Cell::Text(""),
            Cell::Text(text) if text.starts_with('#') && parse::is_error(text) => self.fault(text),
            Cell::Typed(Value::Fault(error)) => self.fault(error),
            cell => cell,
        }
    }

    /// Reports that a cell has an error for a value: it must not be taken for a value, nor for an empty cell.
    #[cold]
    fn fault(&mut self, error: &str) -> Cell<'a> {
        let column = self.column();
        let message = if error.starts_with('=') {
            Said::new(
                format!("в столбце «{}» формула, которую никто не вычислил: значения нет", column.title),
                format!("column {} has a formula that nobody computed: there is no value", column.id),
            )
        } else {
            Said::new(
                format!("в столбце «{}» ошибка формулы {error} вместо значения", column.title),
                format!("column {} has the error {error} of a formula in place of a value", column.id),
            )
        };
        let hint = said!(
            "откройте книгу в Excel или LibreOffice, исправьте формулу или впишите значение и сохраните",
            "open the workbook in Excel or LibreOffice, mend the formula or enter the value, and save it"
        );
        self.reject("J309", error, message, hint);
        self.is_faulty = true;
        Cell::Text("")
    }

    /// Returns the column of the cell taken last.
    fn column(&self) -> &'static Column {
        &self.positions.columns[self.next.saturating_sub(1)]
    }

    /// Reports a problem of the last cell and leaves the row out.
    pub(crate) fn reject(&mut self, code: &'static str, value: &str, message: Said, hint: Said) {
        self.is_bad = true;
        self.note(code, ProblemSeverity::Error, value, message, hint);
    }

    /// Reports a problem of the last cell; the row stays.
    pub(crate) fn note(
        &mut self,
        code: &'static str,
        severity: ProblemSeverity,
        value: &str,
        message: Said,
        hint: Said,
    ) {
        let column = self.column();
        let spot = Spot { row: Some(self.number), column: column.id.to_owned(), value: value.to_owned() };
        self.problems.add(code, severity, (&self.positions.origin, spot), message, hint);
    }

    fn missing(&mut self) {
        if self.is_faulty {
            return;
        }
        let column = self.column();
        let message = Said::new(
            format!("пустая ячейка в обязательном столбце «{}»", column.title),
            format!("an empty cell in the required column {}", column.id),
        );
        let hint = said!("впишите значение или удалите строку", "fill in the value or delete the row");
        self.reject("J301", "", message, hint);
    }

    fn unreadable(&mut self, cell: Cell<'_>, wanted: &Said) {
        let column = self.column();
        let value = cell.to_text();
        let cause = cause(column, cell);
        let message = Said::new(
            format!("«{value}» в столбце «{}»: {}{}", column.title, wanted.ru, cause.ru),
            format!("\"{value}\" in column {}: {}{}", column.id, wanted.en, cause.en),
        );
        let hint = said!(
            "исправьте ячейку в источнике и выгрузите файл снова",
            "mend the cell in the source and export the file again"
        );
        self.reject("J302", &value, message, hint);
    }

    /// Takes a cell whose text may be empty.
    pub(crate) fn text(&mut self) -> Text {
        let cell = self.take();
        self.printable(cell.to_text())
    }

    /// Replaces control characters with blanks; a letter lost on the way is reported.
    #[inline]
    fn printable(&mut self, text: Text) -> Text {
        match text::printable(&text) {
            Cow::Borrowed(_) => text,
            Cow::Owned(clean) => {
                if text.contains(text::LOST) {
                    self.lost(&clean);
                }
                clean.into()
            }
        }
    }

    #[cold]
    fn lost(&mut self, shown: &str) {
        let message = said!(
            "испорчена буква, вместо неё стоит {}: «{shown}»",
            "a letter is broken, {} stands for it: \"{shown}\"",
            text::BROKEN
        );
        let hint = said!(
            "исправьте слово в журнале и выгрузите файл снова",
            "mend the word in the journal and export the file again"
        );
        self.note("J123", ProblemSeverity::Error, shown, message, hint);
    }

    /// Takes a cell whose text may be empty only where the column is optional.
    pub(crate) fn filled_text(&mut self) -> Text {
        let text = self.text();
        if text.is_empty() {
            self.empty();
        }
        text
    }

    /// Reports that the last cell is empty although its column is required.
    fn empty(&mut self) {
        if self.column().required {
            self.missing();
        }
    }

    /// Takes a value with a parser for its cell; `wanted` describes the expected form. An empty cell of an
    /// optional column gives nothing.
    pub(crate) fn value<V>(
        &mut self,
        read: impl Fn(Cell<'_>) -> Option<V>,
        wanted: impl Fn() -> Said,
    ) -> Option<V> {
        let cell = self.take();
        // What `take` leaves empty is missing, whatever word for nothing stood there.
        if matches!(cell, Cell::Text("")) {
            self.empty();
            return None;
        }
        let value = read(cell);
        if value.is_none() {
            self.unreadable(cell, &wanted());
        }
        value
    }

    /// Takes a date.
    pub(crate) fn date(&mut self) -> Option<Date> {
        self.value(date, date_wanted)
    }

    /// Takes both ends of a span; a missing end is open.
    pub(crate) fn span(&mut self) -> Span {
        let (from, to) = (self.date(), self.date());
        let span = Span::new(from, to);
        if span.from > span.to && !self.is_bad {
            let value = format!("{} – {}", span.from, span.to);
            let message = said!("начало позже конца: {value}", "the span begins after its end: {value}");
            let hint = said!("проверьте обе даты", "check both dates");
            self.reject("J304", &value, message, hint);
        }
        span
    }

    /// Takes a moment.
    pub(crate) fn moment(&mut self) -> Option<DateTime> {
        self.value(moment, moment_wanted)
    }

    /// Takes a time of day.
    pub(crate) fn time(&mut self) -> Option<Time> {
        self.value(time, || said!("нужно время, например 08:30", "a time such as 08:30 is wanted"))
    }

    /// Takes a whole number within bounds.
    pub(crate) fn whole(&mut self, least: u32, most: u32) -> Option<u32> {
        self.value(|cell| whole(cell, least, most), || whole_wanted(least, most))
    }

    /// Takes a number not below zero.
    pub(crate) fn decimal(&mut self) -> Option<f64> {
        self.value(decimal, decimal_wanted)
    }

    /// Takes a flag.
    pub(crate) fn flag(&mut self) -> Option<bool> {
        self.value(flag, flag_wanted)
    }

    /// Takes one of a column's codes.
    pub(crate) fn code<V>(
        &mut self,
        read: impl Fn(&str) -> Option<V>,
        codes: impl Fn() -> String,
    ) -> Option<V> {
        self.value(|cell| read_code(cell, &read), || code_wanted(&codes()))
    }

    /// Takes a set of grades. An empty cell means all of them, and is not a fault in a required column.
    pub(crate) fn grades(&mut self) -> Option<GradeSet> {
        let cell = self.take();
        if matches!(cell, Cell::Text("")) {
            return None;
        }
        let grades = GradeSet::parse(&cell.to_text());
        if grades.is_none() {
            let wanted = said!(
                "нужны годы обучения, например 1-9 или 10;11",
                "grades such as 1-9 or 10;11 are wanted"
            );
            self.unreadable(cell, &wanted);
        }
        grades
    }

    /// Takes a list of texts.
    pub(crate) fn list(&mut self) -> Vec<Text> {
        parse::list(&self.text()).map(Text::from).collect()
    }
}

/// Returns the cause of a cell's state, if it is known.
fn cause(column: &Column, cell: Cell<'_>) -> Said {
    match cell {
        Cell::Typed(Value::Date(date)) if column.kind == Kind::Text => said!(
            "; программа таблиц приняла запись за дату, вероятно, было «{}/{}»",
            "; a spreadsheet took it for a date, perhaps it was \"{}/{}\"",
            date.day(),
            date.month()
        ),
        Cell::Text(text) if matches!(column.kind, Kind::Date | Kind::Moment) && parse::has_zone(text) => {
            said!(
                "; в записи часовой пояс: выгрузите местное время",
                "; it names a time zone: export local time"
            )
        }
        _ => Said::default(),
    }
}
