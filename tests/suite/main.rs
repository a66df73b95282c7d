//! The one integration binary: each area of the program is a module.

mod reading;
mod stats;
mod tables;
