//! letopis turns a school's electronic journal exports into what the school must keep and show.

pub mod archive;
pub mod data_files;
pub mod files;
pub mod findings;
pub mod ingest;
pub mod model;
pub mod policy;
pub mod render;
pub mod rules;
pub mod source;
