//! BagIt bags: how they are written and what they contain (RFC 8493). This folder knows bytes, not the
//! meaning of documents.
//!
//! [`names`] checks paths, [`manifest`] and [`bag`] return texts, [`zip`] writes into a sink. Only `outputs`
//! writes files; `verify` checks them.

pub mod bag;
pub(crate) mod deferred_errors;
pub mod manifest;
pub mod names;
pub mod stored;
pub mod zip;

pub use bag::PROFILE;
