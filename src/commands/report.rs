//! `letopis report KIND`: the documents of one report alone, into a folder of the person's choice.

use std::sync::Arc;

use anyhow::Result;

use super::bundles::bundles;
use super::exit::Exit;
use super::own_templates;
use super::papers;
use super::terminal::Terminal;
use crate::base::files::Document;
use crate::base::said::said;
use crate::commands::cli::ReportArgs;
use crate::pipeline::{Alone, AloneRequest, alone, places};
use crate::reports::Choice;

/// Makes the report of every bundle. One that cannot be read does not stop the others.
pub(super) fn run(args: &ReportArgs, threads: usize, terminal: &mut Terminal) -> Result<Exit> {
    let mut exit = Exit::Done;
    let bundles = bundles(&args.bundles)?;
    places::refuse_in_bag_or_bundle(&args.output)?;
    let own = own_templates::named(args.templates.as_deref())?;
    exit = exit.max(own.tell(terminal));
    let several = bundles.len() > 1;
    for bundle in bundles {
        let choice = Choice { kinds: Vec::new(), terms: args.terms.clone(), classes: args.class.clone() };
        let (kind, as_of) = (args.kind.clone(), args.as_of);
        // Reports of several years have the same names: each year has a folder of its own.
        let name = bundle.file_name().filter(|_| several);
        let folder = name.map_or_else(|| args.output.clone(), |name| args.output.join(name));
        let templates = Arc::clone(&own.templates);
        match alone(&AloneRequest { bundle: bundle.clone(), kind, choice, as_of, templates, threads })? {
            Alone::Refused(problems) => {
                terminal.say(said!("{}: не сделано", "{}: not made", bundle.display()));
                terminal.problems(&problems);
                exit = exit.max(Exit::DataAtFault);
            }
            Alone::Made(results) => {
                let (made, failed): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
                let made: Vec<Document> = made.into_iter().flatten().collect();
                papers::write(terminal, &folder, &made, Some(&said!("сделано", "made")))?;
                for error in failed.into_iter().filter_map(Result::err) {
                    terminal.say(said!("  ! {}: {}", "  ! {}: {}", error.path, error.said()));
                    exit = exit.max(Exit::CouldNot);
                }
            }
        }
    }
    Ok(exit)
}
