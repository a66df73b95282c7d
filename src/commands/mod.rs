//! One file per command: it takes the typed arguments, calls the pipeline and reports the result.

mod archive;
mod build;
mod bundles;
mod check;
pub mod cli;
mod copy;
mod exit;
mod init;
pub mod interrupts;
mod papers;
mod policy;
mod profiles;
mod register;
mod repair;
mod restore;
mod retention;
mod state;
mod terminal;
mod verify;

use anyhow::{Context, Result};

use crate::base::settings;
use crate::commands::cli::{Cli, Verb};

pub use exit::Exit;

/// Runs a verb.
///
/// # Errors
/// When the tool cannot do its work: a disk error, wrong arguments, another run in the same folder.
pub fn run(cli: &Cli) -> Result<Exit> {
    let lang = cli.lang();
    let asked = if let Verb::Build(args) = &cli.verb { args.threads } else { None };
    let threads = settings::threads(asked)?;
    // Only the first call in a process can set the size; later calls keep it.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    let ended = match &cli.verb {
        Verb::Build(args) => build::run(args, threads, lang),
        Verb::Check(args) => check::run(args, lang),
        Verb::Init(args) => init::run(args, lang),
        Verb::Profiles(args) => profiles::run(args, lang),
        Verb::Policy(args) => policy::run(args, lang),
        Verb::Verify(args) => verify::run(args, lang),
        Verb::Archive(args) => archive::run(args, lang),
        Verb::Copy(args) => copy::run(args, lang),
        Verb::Repair(args) => repair::run(args, lang),
        Verb::Restore(args) => restore::run(args, lang),
        Verb::Retention(args) => retention::run(args, lang),
        Verb::State(args) => state::run(args, lang),
        Verb::Register(args) => register::run(args, lang),
    };
    match terminal::failure() {
        Some(error) if ended.is_ok() => Err(error).context(
            lang.pick("вывод программы не записан целиком", "standard output could not be written whole"),
        ),
        _ => ended,
    }
}
