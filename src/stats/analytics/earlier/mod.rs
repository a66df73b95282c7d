//! What earlier years of a school lend to a later one: figures and marks of the year before, and how forecasts came out.
//!
//! Years are taken in one at a time, the earliest first; of each only what a later one compares with is kept, so that ten years
//! need little more memory than two.

mod lent;
mod take_in;
mod year_before;

pub use self::lent::Earlier;
pub(super) use self::year_before::{OutcomeThen, YearBefore};
