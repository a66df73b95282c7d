//! Documents: the journal as pages and tables of ready strings. Templates and `render` print them, and compute nothing.

pub mod class_journal;
mod plan;
mod pupils;
mod results;
pub mod summary_sheet;
