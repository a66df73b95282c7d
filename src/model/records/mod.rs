//! The records of a school year: one struct per table of the exchange format, with the columns of its fields.
//!
//! A new column is one line of one of these files: see [`super::row`].

mod audience;
mod conduct;
mod entries;
mod people;
mod teaching;
mod year;

pub use audience::Audience;
pub use conduct::*;
pub use entries::*;
pub use people::*;
pub use teaching::*;
pub use year::*;
