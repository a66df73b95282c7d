//! Layouts: which columns of a sheet mean what.

pub(crate) mod exchange;
pub(crate) mod profile;
