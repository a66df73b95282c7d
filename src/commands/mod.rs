//! One file per command: it takes the typed arguments, calls the pipeline and reports the result.

mod archive;
mod build;
mod bundles;
mod check;
pub mod cli;
mod copy;
mod exit;
mod form;
mod init;
pub mod interrupts;
mod own_templates;
mod papers;
mod policy;
mod profiles;
mod register;
mod repair;
mod report;
mod restore;
mod retention;
mod state;
mod terminal;
mod verify;

use anyhow::Result;

use terminal::Terminal;

use crate::base::said::{Tell, said};
use crate::base::settings;
use crate::commands::cli::{Cli, Verb};

pub use exit::Exit;

/// Runs a verb.
///
/// # Errors
/// When the tool cannot do its work: a disk error, wrong arguments, another run in the same folder.
pub fn run(cli: &Cli) -> Result<Exit> {
    let mut terminal = Terminal::new(cli.lang());
    let asked = match &cli.verb {
        Verb::Build(args) => args.threads,
        Verb::Report(args) => args.threads,
        _ => None,
    };
    let threads = settings::threads(asked)?;
    // Only the first call in a process can set the size; later calls keep it.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    let ended = match &cli.verb {
        Verb::Build(args) => build::run(args, threads, &mut terminal),
        Verb::Form(args) => form::run(args, &mut terminal),
        Verb::Report(args) => report::run(args, threads, &mut terminal),
        Verb::Check(args) => check::run(args, &mut terminal),
        Verb::Init(args) => init::run(args, &mut terminal),
        Verb::Profiles(args) => profiles::run(args, &mut terminal),
        Verb::Policy(args) => policy::run(args, &mut terminal),
        Verb::Verify(args) => verify::run(args, &mut terminal),
        Verb::Archive(args) => archive::run(args, &mut terminal),
        Verb::Copy(args) => copy::run(args, &mut terminal),
        Verb::Repair(args) => repair::run(args, &mut terminal),
        Verb::Restore(args) => restore::run(args, &mut terminal),
        Verb::Retention(args) => retention::run(args, &mut terminal),
        Verb::State(args) => state::run(args, &mut terminal),
        Verb::Register(args) => register::run(args, &mut terminal),
    };
    match terminal::failure() {
        Some(error) if ended.is_ok() => Err(error).told(|| {
            said!("вывод программы не записан целиком", "standard output could not be written whole")
        }),
        _ => ended,
    }
}
