//! `letopis init`
use super::Exit;
use crate::cli::InitArgs;
use crate::settings::Lang;
use anyhow::Result;
pub(super) fn run(_args: &InitArgs, _lang: Lang) -> Result<Exit> {
    Ok(Exit::CouldNot)
}
