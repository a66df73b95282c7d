//! The command line: parse, call, exit code.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use letopis::base::shown;
use letopis::commands::cli::{Cli, refused};
use letopis::commands::{Exit, interrupts, run};
use letopis::ingest::is_taking_apart;

/// Crates that read other programs' files, and give up on damaged ones by a panic.
const READERS: &[&str] = &["calamine-", "polars-", "quick-xml-", "zip-"];

fn main() -> ExitCode {
    say_no_panics_of_readers();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return not_understood(&error),
    };
    interrupts::listen(cli.lang());
    let exit = run(&cli).unwrap_or_else(|error| {
        let label = cli.lang().pick("ошибка", "error");
        // Where even the terminal cannot be written, the exit code still tells.
        let text = format!("{error:#}");
        let _ = writeln!(std::io::stderr(), "letopis: {label}: {}", shown::lines(&text));
        let exit = Exit::of(&error);
        if let Some(remedy) = exit.remedy(cli.lang()) {
            let _ = writeln!(std::io::stderr(), "  → {remedy}");
        }
        exit
    });
    ExitCode::from(exit as u8)
}

/// Says why a command line was not understood, or gives the help that was asked for.
fn not_understood(error: &clap::Error) -> ExitCode {
    let words: Vec<String> = std::env::args_os().map(|word| word.to_string_lossy().into_owned()).collect();
    let Some(text) = refused(error, &words) else {
        // A reader that has gone away, such as a pager, needs no help any more.
        let _ = error.print();
        return ExitCode::SUCCESS;
    };
    let _ = writeln!(std::io::stderr(), "{text}");
    ExitCode::from(Exit::CouldNot as u8)
}

/// The file is said to be damaged; a trace of somebody else's code would only frighten.
fn say_no_panics_of_readers() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let file = panic.location().map_or("", |place| place.file());
        if !(is_taking_apart() && READERS.iter().any(|name| file.contains(name))) {
            usual(panic);
        }
    }));
}
