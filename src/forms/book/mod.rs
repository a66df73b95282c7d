//! Filling a workbook: its parts are read, patched and packed again; parts that need no change stay as they are.

mod address;
mod around;
mod cell;
mod faults;
mod fields;
mod formula;
mod grow;
mod names;
mod pack;
mod parts;
mod rows;
mod sheet;
mod shift;
mod texts;
mod xml;

use super::{Refusal, Source};
use faults::of_book;
use pack::Pack;

/// Fills a form.
///
/// # Errors
/// All that is wrong with the form, each with its place. Then nothing is filled.
pub fn fill(template: &[u8], source: &dyn Source) -> Result<Vec<u8>, Vec<Refusal>> {
    let mut pack = Pack::read(template).map_err(|said| vec![of_book(said)])?;
    let mut book = sheet::Book::read(&pack).map_err(|said| vec![of_book(said)])?;
    let mut refusals = Vec::new();
    names::mark(&mut book, &mut refusals);
    let growth = grow::plan(&book, source, &mut refusals);
    if !growth.is_still() {
        around::check(&book, &pack, &growth, &mut refusals);
    }
    stop(&mut refusals)?;
    rows::fill(&mut book, &growth, source, &mut refusals);
    around::shift(&mut book, &mut pack, &growth, &mut refusals);
    stop(&mut refusals)?;
    book.write(&mut pack);
    pack.write().map_err(|said| vec![of_book(said)])
}

fn stop(refusals: &mut Vec<Refusal>) -> Result<(), Vec<Refusal>> {
    refusals.sort();
    refusals.dedup();
    if refusals.is_empty() { Ok(()) } else { Err(std::mem::take(refusals)) }
}
