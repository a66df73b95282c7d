//! letopis turns a school's electronic journal exports into what the school must keep and show.

pub mod archive;
pub mod build_record;
pub mod cli;
pub mod commands;
pub mod data_files;
pub mod editions;
pub mod files;
pub mod findings;
pub mod ingest;
pub mod labels;
pub mod model;
pub mod outputs;
pub mod packages;
pub mod pipeline;
pub mod policy;
pub mod products;
pub mod render;
pub mod reports;
pub mod rules;
pub mod settings;
pub mod source;
pub mod stats;
pub mod tables;
