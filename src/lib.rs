//! letopis turns a school's electronic journal exports into what the school must keep and show.

pub mod archive;
pub mod files;
pub mod render;
