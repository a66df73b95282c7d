//! Writes a made-up school year: `cargo run --example make_year -- village DIR [--seed N]`, or `town`.
//! Every name and event in it is invented; one seed gives one and the same set of bytes.

#[path = "year.rs"]
mod year;

use std::path::Path;
use std::process::ExitCode;

use year::{Kind, write_year};

const USAGE: &str = "usage: make_year village|town DIR [--seed N]";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match run(&args) {
        Ok(summary) => {
            println!("{summary}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[String]) -> Result<String, String> {
    let (kind, dir, seed) = match args {
        [kind, dir] => (kind, dir, Ok(1)),
        [kind, dir, flag, seed] if flag == "--seed" => (kind, dir, seed.parse()),
        _ => return Err(USAGE.to_owned()),
    };
    let kind = match kind.as_str() {
        "village" => Kind::Village,
        "town" => Kind::Town,
        _ => return Err(USAGE.to_owned()),
    };
    let seed: u64 = seed.map_err(|_| USAGE.to_owned())?;
    write_year(kind, seed, Path::new(dir)).map_err(|error| format!("{dir}: {error}"))
}
