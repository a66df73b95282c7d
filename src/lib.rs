//! letopis turns a school's electronic journal exports into what the school must keep and show.

pub mod archive;
pub mod files;
pub mod findings;
pub mod ingest;
pub mod model;
pub mod outputs;
pub mod render;
pub mod settings;
pub mod source;
pub mod stats;
pub mod tables;
