//! Change from the term before, and from the same term of the year before: every figure of term marks with the figure then, and
//! both over the same pupils.

mod rows;
mod table;
mod wholes;
mod years;

pub use self::table::DYNAMICS;
pub(super) use self::wholes::{METRICS, SCOPES};
