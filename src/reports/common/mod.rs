//! What every report about pupils, teaching and works shares.
//!
//! [`TermData`] finds figures, rows of the analytics and names of one term; [`numbers`] writes shares, means and changes;
//! [`Coverage`] says which terms and tables the inputs have; [`Standings`] counts pupils by their standing; [`table`] has
//! columns and rows of ready strings. Figures come from `stats`: here they are looked up, counted and put into words.

pub mod balance;
pub mod changes;
pub mod coverage;
pub mod grades;
pub mod keys;
pub mod listing;
pub mod numbers;
pub mod plan_changes;
pub mod practice;
pub mod signatures;
pub mod standings;
pub mod table;
pub mod term_data;
pub mod terms;
pub mod two_forms;
pub mod work_sum;

pub use changes::{Change, Changes, Moves, Verdict};
pub use coverage::Coverage;
pub use keys::Keys;
pub use standings::Standings;
pub use term_data::{Count, TermData};
