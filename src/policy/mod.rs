//! The figures of the regulation that the checks compare with, as set in the school's `policy.toml`.
//!
//! Every figure has a default, a clause and a line in [`DEFAULT_TEXT`]; only [`FIGURES`] lists them.

mod card_field;
mod expected;
mod figures;
mod in_force;
mod read;

pub use card_field::CardField;
pub use figures::{FIGURES, PolicyFigure};
pub use in_force::{MonthDay, Policy, RuleChange};
pub use read::{PolicyError, PolicyReading, read_policy};

/// The file that documents every figure with its default, as `letopis init` leaves it in a new bundle.
pub const DEFAULT_TEXT: &str = include_str!("policy.toml");
