//! Writes a made-up school year: `cargo run --example make_year -- village DIR [--seed N] [--years N]`, or `town`. Several years
//! of one school stand in a folder each.
//! Every name and event in it is invented; one seed gives one and the same set of bytes.

#[path = "year.rs"]
mod year;

use std::path::Path;
use std::process::ExitCode;

use year::{Kind, write_year, write_years};

const USAGE: &str = "usage: make_year village|town DIR [--seed N] [--years N]";

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
    let [kind, dir, options @ ..] = args else { return Err(USAGE.to_owned()) };
    let kind = match kind.as_str() {
        "village" => Kind::Village,
        "town" => Kind::Town,
        _ => return Err(USAGE.to_owned()),
    };
    let (mut seed, mut years) = (1_u64, None);
    for option in options.chunks(2) {
        match option {
            [flag, text] if flag == "--seed" => seed = text.parse().map_err(|_| USAGE.to_owned())?,
            [flag, text] if flag == "--years" => {
                let count: u16 = text.parse().map_err(|_| USAGE.to_owned())?;
                years = Some(count).filter(|count| (1..=20).contains(count));
                years.ok_or_else(|| USAGE.to_owned())?;
            }
            _ => return Err(USAGE.to_owned()),
        }
    }
    let written = match years {
        None => write_year(kind, seed, Path::new(dir)),
        Some(count) => {
            let folders = write_years(kind, seed, count, Path::new(dir));
            folders.map(|folders| folders.iter().map(|one| one.display().to_string() + "\n").collect())
        }
    };
    written.map_err(|error| format!("{dir}: {error}"))
}
