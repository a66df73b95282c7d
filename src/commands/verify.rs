//! `letopis verify`: judges bags, ZIPs of bags and folders of them.

use anyhow::Result;

use super::Exit;
use super::terminal::Terminal;
use crate::archive::verify::{self, verify};
use crate::cli::{Format, VerifyArgs};
use crate::settings::Lang;

/// Verifies what was named.
pub(super) fn run(args: &VerifyArgs, lang: Lang) -> Result<Exit> {
    let report = verify(&args.paths);
    let text = match args.format {
        Format::Json => serde_json::to_string_pretty(&report.to_json())?,
        Format::Text => report.to_text(lang.pick(verify::Lang::Ru, verify::Lang::En)).trim_end().to_owned(),
    };
    Terminal::new(lang).line(&text);
    Ok(match report.exit_code() {
        0 => Exit::Done,
        1 => Exit::DataAtFault,
        _ => Exit::CouldNot,
    })
}
