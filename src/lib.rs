//! letopis turns a school's electronic journal exports into what the school must keep and show.

pub mod archive;
pub mod cli;
pub mod commands;
pub mod data_files;
pub mod files;
pub mod findings;
pub mod ingest;
pub mod model;
pub mod outputs;
pub mod packages;
pub mod pipeline;
pub mod products;
pub mod render;
pub mod reports;
pub mod settings;
pub mod source;
pub mod tables;
