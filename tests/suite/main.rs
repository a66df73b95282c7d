//! The one integration binary: each area of the program is a module.

mod archive;
mod bad_input;
mod boundaries;
mod build;
mod bundle;
mod diagnostics;
mod forms;
mod layers;
mod netschool;
mod new_bundle;
mod outputs;
mod policy;
mod print;
mod profiles;
mod reading;
mod register;
mod robustness;
mod rules;
mod small_year;
mod stats;
mod tables;
mod timeliness;
mod workbook;
mod zipped;
