//! The one integration binary: each area of the program is a module.

mod archive;
mod bad_input;
mod build;
mod bundle;
mod print;
mod reading;
mod rules;
mod stats;
mod tables;
