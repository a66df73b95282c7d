//! The fields that a pupil's personal card may be required to have.

use toml::de::DeValue;

use super::expected::Expected;
use crate::model::Pupil;

macro_rules! fields {
    ($($(#[$doc:meta])* $variant:ident = $code:literal, $title:literal, $is_given:expr;)*) => {
        /// A field of a pupil's card, in the order of the exchange format. Health data are never required.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum CardField { $($(#[$doc])* $variant,)* }

        impl CardField {
            /// Every field.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Returns the column of `pupils`.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// Returns the field's Russian name, in the form for a sentence.
            pub fn title_ru(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }

            /// Tells whether a card has the field filled in.
            pub fn is_given(self, pupil: &Pupil) -> bool {
                match self { $(Self::$variant => { let is_given: fn(&Pupil) -> bool = $is_given; is_given(pupil) })* }
            }
        }
    };
}

fields! {
    /// Отчество: not everybody has one.
    Patronymic = "patronymic", "отчество", |pupil| !pupil.patronymic.trim().is_empty();
    /// Date of birth.
    BirthDate = "birth_date", "дата рождения", |pupil| pupil.birth_date.is_some();
    /// Sex.
    Sex = "sex", "пол", |pupil| pupil.sex.is_some();
    /// Number of the personal file.
    FileNumber = "file_number", "номер личного дела", |pupil| !pupil.file_number.trim().is_empty();
    /// Address.
    Address = "address", "адрес", |pupil| !pupil.address.trim().is_empty();
    /// Telephone.
    Phone = "phone", "телефон", |pupil| !pupil.phone.trim().is_empty();
    /// Parents.
    Parents = "parents", "родители", |pupil| !pupil.parents.trim().is_empty();
}

const FIELDS: Expected = Expected::fixed(
    "непустой список из patronymic, birth_date, sex, file_number, address, phone, parents без повторов",
    "a list of one or more of patronymic, birth_date, sex, file_number, address, phone, parents, none twice",
);

/// The fields that the class journal prints besides the name (see `reports::class_journal`).
pub(super) fn printed() -> Vec<CardField> {
    use CardField::{Address, BirthDate, FileNumber, Parents, Phone};
    vec![BirthDate, FileNumber, Address, Phone, Parents]
}

/// Reads a list of fields.
///
/// # Errors
/// The expected form of the list, if it is empty or has an unknown or repeated field.
pub(super) fn read(value: &DeValue<'_>) -> Result<Vec<CardField>, Expected> {
    let mut fields = Vec::new();
    for item in value.as_array().ok_or(FIELDS)?.iter() {
        let code = item.get_ref().as_str().ok_or(FIELDS)?;
        let field = CardField::ALL.iter().copied().find(|field| field.code() == code).ok_or(FIELDS)?;
        if fields.contains(&field) {
            return Err(FIELDS);
        }
        fields.push(field);
    }
    fields.sort_unstable();
    if fields.is_empty() { Err(FIELDS) } else { Ok(fields) }
}

/// Returns the list in the form of `policy.toml`.
pub(super) fn show(fields: &[CardField]) -> String {
    let codes: Vec<_> = fields.iter().map(|field| field.code()).collect();
    format!("{codes:?}")
}
