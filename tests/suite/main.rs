//! The one integration binary: each area of the program is a module.

mod boundaries;
mod policy;
mod reading;
mod rules;
mod small_year;
