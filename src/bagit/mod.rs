//! BagIt bags: how they are written and what they hold (RFC 8493). Knows bytes, not what the documents mean.
//!
//! [`names`] judges paths, [`manifest`] and [`bag`] return texts, [`zip`] writes into the sink it is given. Files are
//! written by `outputs` alone; `verify` judges what was written.

pub mod bag;
pub(crate) mod deferred_errors;
pub mod manifest;
pub mod names;
pub mod stored;
pub mod zip;

pub use bag::PROFILE;
