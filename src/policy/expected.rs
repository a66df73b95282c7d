//! What a value of `policy.toml` should have been, for messages.

/// The expected form of a value, Russian and English.
pub(super) type Expected = (&'static str, &'static str);
