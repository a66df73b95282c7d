//! The command line: parse, call, exit code.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use letopis::cli::Cli;
use letopis::commands::{Exit, run};

fn main() -> ExitCode {
    let cli = Cli::parse();
    let exit = run(&cli).unwrap_or_else(|error| {
        let label = cli.lang().pick("ошибка", "error");
        // Where even the terminal cannot be written, the exit code still tells.
        let _ = writeln!(std::io::stderr(), "letopis: {label}: {error:#}");
        Exit::CouldNot
    });
    ExitCode::from(exit as u8)
}
