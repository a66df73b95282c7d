//! One row of a table and its record: [`record!`] declares both together.
//!
//! A line of [`record!`] is a field and its column (or its columns, if a field has several cells): the
//! field's name and type, how it is stored if its type does not say so, then `required` or `optional`, the
//! column's id and Russian title, the table of its ids (again only if the type does not say so), an example,
//! and a note for people who fill the column in. Reader, writer, forms, titles and `docs/tables.md` all come
//! from that line.

use super::cells::{Reader, Writer};
use super::columns::TableSchema;

/// A record that is one row of a table.
pub trait Row: Sized {
    /// The table with its columns.
    const SCHEMA: TableSchema;
    /// Reads the record from the cells of its row.
    fn read(cells: &mut impl Reader) -> Self;
    /// Writes the record into the cells of its row.
    fn write(&self, cells: &mut impl Writer);
}

/// Names the codec of a field: the given one, or its type's own.
macro_rules! codec {
    () => {
        $crate::model::cells::Plain
    };
    ($codec:ty) => {
        $codec
    };
}
pub(super) use codec;

/// Declares a record with its table, as described at the top of this file. Fields under `beside` have no
/// column.
macro_rules! record {
    (
        $(#[$meta:meta])*
        $Record:ident of $Table:ident $table_title:literal {
            $(
                $(#[$doc:meta])*
                $field:ident: $Value:ty $(as $codec:ty)? = $(
                    $weight:ident $id:literal $title:literal $(refers $Refers:ident)? $(eg $example:literal)? $(note $note:expr)?
                ),+;
            )*
        }
        $(beside { $($(#[$beside_doc:meta])* $beside:ident: $Beside:ty;)* })?
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        pub struct $Record {
            $($(#[$doc])* pub $field: $Value,)*
            $($($(#[$beside_doc])* pub $beside: $Beside,)*)?
            /// Its row.
            pub place: $crate::base::source::SourceRef,
        }

        const _: () = {
            use $crate::model::cells::{Codec, Reader, Writer};
            use $crate::model::columns::{Column, TableSchema};
            use $crate::model::tables::Table;
            // The codec of each field, by the field's name.
            $(#[allow(non_camel_case_types)] type $field = $crate::model::row::codec!($($codec)?);)*

            impl $crate::model::row::Row for $Record {
                const SCHEMA: TableSchema = TableSchema {
                    table: Table::$Table,
                    title: $table_title,
                    columns: &[$($(
                        Column::$weight($id, $title, <$field as Codec<$Value>>::HOLDS)
                            $(.refers(Table::$Refers))? $(.eg($example))? $(.note($note))?,
                    )+)*],
                };

                #[inline]
                fn read(cells: &mut impl Reader) -> Self {
                    Self {
                        $($field: <$field as Codec<$Value>>::read(cells),)*
                        $($($beside: Default::default(),)*)?
                        place: cells.place(),
                    }
                }

                fn write(&self, cells: &mut impl Writer) {
                    $(<$field as Codec<$Value>>::write(&self.$field, cells);)*
                }
            }

            impl $Record {
                /// Returns a record with only defaults, for sources that give only some fields.
                pub fn bare(place: $crate::base::source::SourceRef) -> Self {
                    Self {
                        $($field: <$field as Codec<$Value>>::nothing(),)*
                        $($($beside: Default::default(),)*)?
                        place,
                    }
                }
            }
        };
    };
}
pub(super) use record;
