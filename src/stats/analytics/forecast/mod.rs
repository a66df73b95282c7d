//! What is to be expected of a term that has not ended, and what such forecasts are worth.
//!
//! `table` is the table of the terms under way, `cases` lists what forecasts would have said of the terms that ended, `past` counts
//! how often they came true, `trial` and `back_test` judge them by that, `outlook` lists who is at risk now.

mod arithmetic;
mod back_test;
mod case;
mod cases;
mod estimate;
mod outlook;
mod past;
mod risks;
mod scores;
mod table;
mod today;
mod trial;

pub(super) use self::arithmetic::LOW;
pub use self::arithmetic::{FEWEST_CASES, marks_for, needed};
pub(super) use self::back_test::Trial;
pub use self::back_test::{BackTest, Bin, Method, Probability, TestRow, Verdict};
pub(super) use self::case::TermCases;
pub(super) use self::cases::term_cases;
pub use self::estimate::Estimate;
pub use self::outlook::{Outlook, Prospect};
pub(super) use self::past::Past;
pub use self::past::Shares;
pub use self::risks::Risk;
pub use self::scores::Found;
pub use self::table::FORECAST;
pub(super) use self::trial::trial;
