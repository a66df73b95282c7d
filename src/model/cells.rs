//! Cells of a record's fields: how each type of field is read and written.
//!
//! These types know no file. `ingest` implements [`Reader`] for a row of a sheet; `tables` implements
//! [`Writer`] for a written row.

use jiff::civil::{Date, DateTime, Time};

use super::codes::Code;
use super::columns::{Holds, Kind};
use super::grades::GradeSet;
use super::id::Id;
use super::mark_values::TermValue;
use super::tables::Table;
use super::values::{Span, Text};
use crate::base::source::SourceRef;

/// The cells of a row, taken in the order of the columns.
///
/// An empty cell is `None`; in a required column it is a fault of the row, which is then not kept.
pub trait Reader {
    /// Returns the place of the row.
    fn place(&self) -> SourceRef;
    /// Takes a text; empty if there is none.
    fn text(&mut self) -> Text;
    /// Takes a list of texts.
    fn list(&mut self) -> Vec<Text>;
    /// Takes the record's own id, to which no other table refers.
    fn own_id(&mut self) -> Text;
    /// Takes the record's own id, to which other tables refer.
    fn key(&mut self, table: Table) -> Text;
    /// Takes the name of a class, spelt as its id.
    fn class_name(&mut self) -> Text;
    /// Takes the id of a record of another table.
    fn link<T: Referred>(&mut self) -> Option<Id<T>>;
    /// Takes a list of ids of another table.
    fn links<T: Referred>(&mut self) -> Vec<Id<T>>;
    /// Takes a date.
    fn date(&mut self) -> Option<Date>;
    /// Takes a date of the school year or of one of its terms.
    fn school_day(&mut self) -> Option<Date>;
    /// Takes a moment.
    fn moment(&mut self) -> Option<DateTime>;
    /// Takes a time of day.
    fn time(&mut self) -> Option<Time>;
    /// Takes a whole number within bounds.
    fn whole(&mut self, least: u32, most: u32) -> Option<u32>;
    /// Takes a number not below 0.
    fn decimal(&mut self) -> Option<f64>;
    /// Takes a flag.
    fn flag(&mut self) -> Option<bool>;
    /// Takes a code; `allowed` lists the allowed codes.
    fn code<C>(&mut self, read: fn(&str) -> Option<C>, allowed: fn() -> String) -> Option<C>;
    /// Takes a set of grades, if there is one.
    fn grades(&mut self) -> Option<GradeSet>;
    /// Takes both ends of a span; a missing one is open.
    fn span(&mut self) -> Span;
    /// Takes a mark for a term; an empty cell is not a fault.
    fn term_value(&mut self) -> Option<TermValue>;
    /// Takes the name of a table, one of some.
    fn table(&mut self, known: &'static [&'static str]) -> Option<Table>;
    /// Refuses the row unless exactly one of the last cells is filled.
    fn one_alone(&mut self, filled: usize);
}

/// A cell in a type of the exchange format.
#[derive(Clone, Debug, PartialEq)]
pub enum Written {
    /// An empty cell.
    Nothing,
    /// A text, code or id.
    Text(Text),
    /// A date.
    Date(Date),
    /// A date and time.
    Moment(DateTime),
    /// A time of day.
    Time(Time),
    /// A whole number.
    Whole(u32),
    /// A number.
    Decimal(f64),
    /// A flag.
    Flag(bool),
}

/// Receives the cells of a written row, in the order of the columns.
pub trait Writer {
    /// Puts the next cell.
    fn put(&mut self, cell: Written);
    /// Returns the id of a record of another table.
    fn key<T: Referred>(&self, id: Id<T>) -> Text;

    /// Adds a text; an empty one is an empty cell.
    fn put_text(&mut self, text: impl Into<Text>) {
        let text = text.into();
        self.put(if text.is_empty() { Written::Nothing } else { Written::Text(text) });
    }

    /// Adds a list of texts.
    fn put_list<'t>(&mut self, items: impl Iterator<Item = &'t Text>) {
        let parts: Vec<&str> = items.map(Text::as_str).collect();
        self.put_text(parts.join(";"));
    }
}

/// A record that others refer to by its id.
pub trait Referred: Sized {
    /// Its table.
    const TABLE: Table;
    /// The note for people on a cell with its id.
    const NOTE: &'static str;
}

/// How a value is stored in the cells of a row.
pub(super) trait Codec<V> {
    /// What the cells hold.
    const HOLDS: Holds;
    /// Takes the value's cells.
    fn read(cells: &mut impl Reader) -> V;
    /// Puts the value's cells.
    fn write(value: &V, cells: &mut impl Writer);
    /// Returns the meaning of an empty cell.
    fn nothing() -> V;
}

/// The default way for the field's type.
pub(super) struct Plain;

impl Codec<Text> for Plain {
    const HOLDS: Holds = Holds::any(Kind::Text);
    #[inline]
    fn read(cells: &mut impl Reader) -> Text {
        cells.text()
    }
    fn write(value: &Text, cells: &mut impl Writer) {
        cells.put_text(value.clone());
    }
    fn nothing() -> Text {
        Text::new()
    }
}

/// Values of one cell, and optional ones. The default of a missing value is never kept if the column is
/// required.
macro_rules! plain {
    ($($Value:ty = $kind:ident by $read:ident, $nothing:expr;)*) => {$(
        impl Codec<$Value> for Plain {
            const HOLDS: Holds = Holds::any(Kind::$kind);
            #[inline]
            fn read(cells: &mut impl Reader) -> $Value {
                cells.$read().unwrap_or($nothing)
            }
            fn write(value: &$Value, cells: &mut impl Writer) {
                cells.put(Written::$kind(*value));
            }
            fn nothing() -> $Value {
                $nothing
            }
        }

        impl Codec<Option<$Value>> for Plain {
            const HOLDS: Holds = Holds::any(Kind::$kind);
            #[inline]
            fn read(cells: &mut impl Reader) -> Option<$Value> {
                cells.$read()
            }
            fn write(value: &Option<$Value>, cells: &mut impl Writer) {
                cells.put(value.map_or(Written::Nothing, Written::$kind));
            }
            fn nothing() -> Option<$Value> {
                None
            }
        }
    )*};
}

plain! {
    Date = Date by date, Date::ZERO;
    DateTime = Moment by moment, DateTime::ZERO;
    Time = Time by time, Time::midnight();
    f64 = Decimal by decimal, 0.0;
    bool = Flag by flag, false;
}

impl<C: Code> Codec<C> for Plain {
    const HOLDS: Holds = Holds::codes(C::CODES, C::WORDS);
    #[inline]
    fn read(cells: &mut impl Reader) -> C {
        cells.code(C::parse, C::allowed).unwrap_or(C::FIRST)
    }
    fn write(value: &C, cells: &mut impl Writer) {
        cells.put_text(value.code());
    }
    fn nothing() -> C {
        C::FIRST
    }
}

impl<C: Code> Codec<Option<C>> for Plain {
    const HOLDS: Holds = Holds::codes(C::CODES, C::WORDS);
    #[inline]
    fn read(cells: &mut impl Reader) -> Option<C> {
        cells.code(C::parse, C::allowed)
    }
    fn write(value: &Option<C>, cells: &mut impl Writer) {
        cells.put_text(value.map_or("", C::code));
    }
    fn nothing() -> Option<C> {
        None
    }
}

impl<T: Referred> Codec<Id<T>> for Plain {
    const HOLDS: Holds = Holds::id_of(T::TABLE).note(T::NOTE);
    #[inline]
    fn read(cells: &mut impl Reader) -> Id<T> {
        cells.link().unwrap_or(Id::NOWHERE)
    }
    fn write(value: &Id<T>, cells: &mut impl Writer) {
        cells.put_text(cells.key(*value));
    }
    fn nothing() -> Id<T> {
        Id::NOWHERE
    }
}

impl<T: Referred> Codec<Option<Id<T>>> for Plain {
    const HOLDS: Holds = <Self as Codec<Id<T>>>::HOLDS;
    #[inline]
    fn read(cells: &mut impl Reader) -> Option<Id<T>> {
        cells.link()
    }
    fn write(value: &Option<Id<T>>, cells: &mut impl Writer) {
        cells.put_text(value.map_or(Text::new(), |id| cells.key(id)));
    }
    fn nothing() -> Option<Id<T>> {
        None
    }
}

impl<T: Referred> Codec<Vec<Id<T>>> for Plain {
    const HOLDS: Holds = Holds::id_of(T::TABLE).note("Классы через точку с запятой: 5А;5Б.");
    fn read(cells: &mut impl Reader) -> Vec<Id<T>> {
        cells.links()
    }
    fn write(value: &Vec<Id<T>>, cells: &mut impl Writer) {
        let keys: Vec<Text> = value.iter().map(|id| cells.key(*id)).collect();
        cells.put_list(keys.iter());
    }
    fn nothing() -> Vec<Id<T>> {
        Vec::new()
    }
}

/// Two cells: a beginning and an end.
impl Codec<Span> for Plain {
    const HOLDS: Holds = Holds::any(Kind::Date);
    fn read(cells: &mut impl Reader) -> Span {
        cells.span()
    }
    fn write(value: &Span, cells: &mut impl Writer) {
        cells.put(if value.from == Date::MIN { Written::Nothing } else { Written::Date(value.from) });
        cells.put(if value.to == Date::MAX { Written::Nothing } else { Written::Date(value.to) });
    }
    fn nothing() -> Span {
        Span::ALWAYS
    }
}

impl Codec<GradeSet> for Plain {
    const HOLDS: Holds = Holds::any(Kind::Text).note("Годы обучения: 1-9 или 10;11. Пусто — все.");
    fn read(cells: &mut impl Reader) -> GradeSet {
        cells.grades().unwrap_or(GradeSet::ALL)
    }
    fn write(value: &GradeSet, cells: &mut impl Writer) {
        cells.put_text(value.code());
    }
    fn nothing() -> GradeSet {
        GradeSet::ALL
    }
}
