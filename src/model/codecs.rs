//! Fields whose cells differ from their types.

use std::marker::PhantomData;

use jiff::civil::Date;

use super::cells::{Codec, Plain, Reader, Referred, Writer, Written};
use super::codes::{AbsenceReason, TermKind, allowed};
use super::columns::{Holds, Kind};
use super::grades::GradeSet;
use super::mark_values::{MarkValue, TermValue};
use super::tables::Table;
use super::values::Text;

/// The record's own id, to which other tables refer.
pub(super) struct Key<T>(PhantomData<T>);

impl<T: Referred> Codec<Text> for Key<T> {
    const HOLDS: Holds = Holds::id_of(T::TABLE);
    fn read(cells: &mut impl Reader) -> Text {
        cells.key(T::TABLE)
    }
    fn write(value: &Text, cells: &mut impl Writer) {
        cells.put_text(value.clone());
    }
    fn nothing() -> Text {
        Text::new()
    }
}

/// Texts with a special reader that are written unchanged.
macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident: $holds:expr, $cells:ident => $read:expr;)*) => {$(
        $(#[$doc])*
        pub(super) struct $name;

        impl Codec<Text> for $name {
            const HOLDS: Holds = $holds;
            fn read($cells: &mut impl Reader) -> Text {
                $read
            }
            fn write(value: &Text, cells: &mut impl Writer) {
                cells.put_text(value.clone());
            }
            fn nothing() -> Text {
                Text::new()
            }
        }
    )*};
}

texts! {
    /// The record's own id, to which no other table refers.
    OwnId: Holds::any(Kind::Text), cells => cells.own_id();
    /// The name of a class that need not be there.
    ClassName: Holds::id_of(Table::Classes), cells => cells.class_name();
    /// The table of a logged row: by id, by title, or by the source's name.
    LoggedTable: Holds::codes(LOGGED_IDS, LOGGED).note("В какой таблице изменена запись: название листа."),
        cells => cells.text();
}

/// Tables whose changes are in a log, with their titles.
const LOGGED_IDS: &[&str] = &["marks", "lessons", "homework", "attendance", "term_marks"];
const LOGGED: &[&str] = &["Отметки", "Уроки", "Домашние задания", "Посещаемость", "Итоговые отметки"];

/// A whole number within bounds.
pub(super) struct Whole<const LEAST: u32, const MOST: u32>;

/// Whole numbers of each size, and optional ones. The bounds keep small ones small.
macro_rules! whole {
    ($($Number:ty),*) => {$(
        impl<const LEAST: u32, const MOST: u32> Codec<$Number> for Whole<LEAST, MOST> {
            const HOLDS: Holds = Holds::any(Kind::Whole);
            fn read(cells: &mut impl Reader) -> $Number {
                <Self as Codec<Option<$Number>>>::read(cells).unwrap_or_default()
            }
            fn write(value: &$Number, cells: &mut impl Writer) {
                cells.put(Written::Whole((*value).into()));
            }
            fn nothing() -> $Number {
                <$Number>::default()
            }
        }

        impl<const LEAST: u32, const MOST: u32> Codec<Option<$Number>> for Whole<LEAST, MOST> {
            const HOLDS: Holds = Holds::any(Kind::Whole);
            fn read(cells: &mut impl Reader) -> Option<$Number> {
                cells.whole(LEAST, MOST).and_then(|number| number.try_into().ok())
            }
            fn write(value: &Option<$Number>, cells: &mut impl Writer) {
                cells.put(value.map_or(Written::Nothing, |number| Written::Whole(number.into())));
            }
            fn nothing() -> Option<$Number> {
                None
            }
        }
    )*};
}

whole!(u8, u32);

/// A date of the school year or of one of its terms.
pub(super) struct SchoolDay;

impl Codec<Date> for SchoolDay {
    const HOLDS: Holds = <Plain as Codec<Date>>::HOLDS;
    fn read(cells: &mut impl Reader) -> Date {
        cells.school_day().unwrap_or(Date::ZERO)
    }
    fn write(value: &Date, cells: &mut impl Writer) {
        <Plain as Codec<Date>>::write(value, cells);
    }
    fn nothing() -> Date {
        Date::ZERO
    }
}

/// A number with the default 1.
pub(super) struct OneByDefault;

impl Codec<f64> for OneByDefault {
    const HOLDS: Holds = <Plain as Codec<f64>>::HOLDS;
    fn read(cells: &mut impl Reader) -> f64 {
        cells.decimal().unwrap_or(1.0)
    }
    fn write(value: &f64, cells: &mut impl Writer) {
        <Plain as Codec<f64>>::write(value, cells);
    }
    fn nothing() -> f64 {
        1.0
    }
}

/// Grades that are written out even if they are all.
pub(super) struct GradesInFull;

impl Codec<GradeSet> for GradesInFull {
    const HOLDS: Holds = <Plain as Codec<GradeSet>>::HOLDS;
    fn read(cells: &mut impl Reader) -> GradeSet {
        <Plain as Codec<GradeSet>>::read(cells)
    }
    fn write(value: &GradeSet, cells: &mut impl Writer) {
        let code = value.code();
        cells.put_text(if code.is_empty() { "1-11".to_owned() } else { code });
    }
    fn nothing() -> GradeSet {
        GradeSet::ALL
    }
}

/// The signs of a mark that people can choose.
const MARK_SIGNS: &[&str] = &["5", "4", "3", "2", "1", "зач", "незач", "."];
/// The signs of a mark for a term.
const TERM_SIGNS: &[&str] = &["5", "4", "3", "2", "1", "зач", "незач", "осв", "н/а", "безотм"];
/// The reasons in a register of absentees.
const REGISTER_REASONS: &[&str] = &["б", "ну", "н"];

/// The sign of a mark.
pub(super) struct MarkSign;

impl Codec<MarkValue> for MarkSign {
    const HOLDS: Holds = Holds::codes(MARK_SIGNS, MARK_SIGNS);
    #[inline]
    fn read(cells: &mut impl Reader) -> MarkValue {
        let allowed = || "1–5, зач, незач, «.», 0".to_owned();
        cells.code(MarkValue::of_form, allowed).unwrap_or(MarkValue::Point)
    }
    fn write(value: &MarkValue, cells: &mut impl Writer) {
        cells.put_text(value.code());
    }
    fn nothing() -> MarkValue {
        MarkValue::Point
    }
}

/// The sign of a mark for a term, or nothing.
pub(super) struct TermSign;

impl Codec<Option<TermValue>> for TermSign {
    const HOLDS: Holds = Holds::codes(TERM_SIGNS, TERM_SIGNS);
    fn read(cells: &mut impl Reader) -> Option<TermValue> {
        cells.term_value()
    }
    fn write(value: &Option<TermValue>, cells: &mut impl Writer) {
        cells.put_text(value.map_or("", TermValue::code));
    }
    fn nothing() -> Option<TermValue> {
        None
    }
}

/// A reason in the class teacher's register, which has only absences, each with its reason.
pub(super) struct RegisterReason;

impl Codec<AbsenceReason> for RegisterReason {
    const HOLDS: Holds = Holds::codes(REGISTER_REASONS, REGISTER_REASONS);
    fn read(cells: &mut impl Reader) -> AbsenceReason {
        let known = |code: &str| AbsenceReason::parse(code).filter(|reason| reason.is_known_absence());
        cells.code(known, || REGISTER_REASONS.join(", ")).unwrap_or(AbsenceReason::Unknown)
    }
    fn write(value: &AbsenceReason, cells: &mut impl Writer) {
        <Plain as Codec<AbsenceReason>>::write(value, cells);
    }
    fn nothing() -> AbsenceReason {
        AbsenceReason::Unknown
    }
}

/// The kind of a course's terms; the year is not one, though its word is understood.
pub(super) struct TeachingTerm;

impl TeachingTerm {
    const CODES: &[&str] = TermKind::CODES.split_at(3).0;
    const WORDS: &[&str] = TermKind::WORDS.split_at(3).0;
}

impl Codec<Option<TermKind>> for TeachingTerm {
    const HOLDS: Holds = Holds::codes(Self::CODES, Self::WORDS);
    fn read(cells: &mut impl Reader) -> Option<TermKind> {
        cells.code(TermKind::parse, || allowed(Self::CODES, Self::WORDS))
    }
    fn write(value: &Option<TermKind>, cells: &mut impl Writer) {
        <Plain as Codec<Option<TermKind>>>::write(value, cells);
    }
    fn nothing() -> Option<TermKind> {
        None
    }
}

/// Channels, by the format's names or the words people write.
pub(super) struct Channels;

impl Codec<Vec<Text>> for Channels {
    const HOLDS: Holds = Holds::any(Kind::Text).note("Через точку с запятой: портал;смс;почта;бумага.");
    fn read(cells: &mut impl Reader) -> Vec<Text> {
        cells.list().into_iter().map(channel).collect()
    }
    fn write(value: &Vec<Text>, cells: &mut impl Writer) {
        cells.put_list(value.iter());
    }
    fn nothing() -> Vec<Text> {
        Vec::new()
    }
}

/// Returns the format's name of a channel for the word people write.
fn channel(word: Text) -> Text {
    match word.to_lowercase().as_str() {
        "портал" => "portal".into(),
        "смс" => "sms".into(),
        "почта" | "эл. почта" | "электронная почта" => "email".into(),
        "бумага" | "на бумаге" => "paper".into(),
        _ => word,
    }
}

/// A table whose records may have other names in sources.
pub(super) struct AliasedTable;

impl Codec<Table> for AliasedTable {
    const HOLDS: Holds = Holds::codes(ALIASED_IDS, ALIASED);
    fn read(cells: &mut impl Reader) -> Table {
        cells.table(ALIASED_IDS).unwrap_or(Table::Pupils)
    }
    fn write(value: &Table, cells: &mut impl Writer) {
        cells.put_text(value.id());
    }
    fn nothing() -> Table {
        Table::Pupils
    }
}

/// Tables whose records others refer to, and the one whose reasons sources write as letters of their own.
pub(super) const ALIASED_IDS: &[&str] = &[
    "pupils",
    "classes",
    "subjects",
    "terms",
    "staff",
    "courses",
    "groups",
    "lessons",
    "works",
    "attendance",
];
/// Their titles; a test compares them with the schema's.
const ALIASED: &[&str] = &[
    "Ученики",
    "Классы",
    "Предметы",
    "Периоды",
    "Сотрудники",
    "Курсы",
    "Группы",
    "Уроки",
    "Работы",
    "Посещаемость",
];
