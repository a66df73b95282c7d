//! The command line: parse, call, exit code.

use std::io::Write;
use std::process::ExitCode;

use clap::FromArgMatches;

use letopis::base::said::{Said, explain};
use letopis::base::shown;
use letopis::commands::cli::{Cli, asked, command, refused};
use letopis::commands::{Exit, interrupts, run};
use letopis::ingest::is_parsing;

/// Crates that read other programs' files and may panic on damaged ones.
const READERS: &[&str] = &["calamine-", "polars-", "quick-xml-", "zip-"];

fn main() -> ExitCode {
    hide_reader_panics();
    let words: Vec<String> = std::env::args_os().map(|word| word.to_string_lossy().into_owned()).collect();
    let matches = command(asked(&words)).try_get_matches();
    let cli = match matches.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) => return not_understood(&error, &words),
    };
    interrupts::listen(cli.lang());
    let exit = run(&cli).unwrap_or_else(|error| {
        // The exit code still reports the failure where even the terminal cannot be written to.
        let lang = cli.lang();
        let text = Said::join([Said::new("ошибка", "error"), explain(&error)], ": ").pick(lang);
        let _ = writeln!(std::io::stderr(), "letopis: {}", shown::lines(&text));
        let exit = Exit::of(&error);
        if let Some(remedy) = exit.remedy() {
            let _ = writeln!(std::io::stderr(), "  → {}", remedy.pick(lang));
        }
        exit
    });
    ExitCode::from(exit as u8)
}

/// Prints why a command line was not understood, or prints the help that was asked for.
fn not_understood(error: &clap::Error, words: &[String]) -> ExitCode {
    let Some(text) = refused(error, words) else {
        // A reader that has closed the pipe, such as a pager, needs no more help text.
        let _ = error.print();
        return ExitCode::SUCCESS;
    };
    let _ = writeln!(std::io::stderr(), "{text}");
    ExitCode::from(Exit::CouldNot as u8)
}

/// Hides the panic messages of reader crates. The program reports the file as damaged; a stack trace would
/// only frighten the user.
fn hide_reader_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let file = panic.location().map_or("", |place| place.file());
        if !(is_parsing() && READERS.iter().any(|name| file.contains(name))) {
            usual(panic);
        }
    }));
}
