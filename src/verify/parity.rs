//! The PAR2 files beside a bag: whether they exist, are intact, and belong to this bag.

use std::fs;
use std::path::Path;

use super::codes;
use super::finding::ArchiveFinding;
use super::report::{BagReport, ParityReport};
use crate::par2::{Beside, Parity};

/// The file that identifies a bag in its parity.
const WITNESS: &str = "tagmanifest-sha256.txt";

/// Adds the files beside a bag to its report.
pub(super) fn check(bag: &Path, report: &mut BagReport) {
    match Beside::of(bag) {
        Ok(Beside::Nothing) => {}
        Ok(Beside::Unreadable(files)) => {
            let names: Vec<_> = files
                .iter()
                .filter_map(|file| Some(file.file_name()?.to_string_lossy().into_owned()))
                .collect();
            report.add(ArchiveFinding::new(codes::PARITY_UNREADABLE, "", &[&names.join(", ")]));
        }
        Ok(Beside::Parity(parity)) => judge(bag, &parity, report),
        // A bag without a name has no parity beside it; others report what cannot be listed.
        Err(_) => {}
    }
}

fn judge(bag: &Path, parity: &Parity, report: &mut BagReport) {
    let (whole, promised) = (parity.blocks(), parity.promised());
    if whole < promised || parity.damaged_bytes > 0 {
        let values = [whole.to_string(), promised.max(whole).to_string()];
        report.add(ArchiveFinding::new(codes::PARITY_DAMAGED, "", &[&values[0], &values[1]]));
    }
    let name = bag.file_name().unwrap_or_default().to_string_lossy();
    let is_other = fs::read(bag.join(WITNESS))
        .is_ok_and(|bytes| parity.agrees(&format!("{name}/{WITNESS}"), &bytes) == Some(false));
    // If the bag is damaged, it is the bag that has changed.
    if is_other && report.valid {
        report.add(ArchiveFinding::new(codes::PARITY_OTHER, "", &[WITNESS]));
    }
    report.parity = Some(ParityReport {
        set: parity.id(),
        files: parity.files.iter().map(|file| file.display().to_string()).collect(),
        blocks: whole,
        protected_blocks: parity.protected_blocks(),
        block_bytes: parity.block_bytes(),
    });
}
