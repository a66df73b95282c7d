//! The expected form of a value of `policy.toml`, for messages.

use crate::base::said::Said;

/// The expected form of a value.
pub(super) type Expected = Said<&'static str>;
