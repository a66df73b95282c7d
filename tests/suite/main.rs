//! The one integration binary: each area of the program is a module.

mod archive;
mod print;
mod reading;
mod register;
mod rules;
mod stats;
mod tables;
