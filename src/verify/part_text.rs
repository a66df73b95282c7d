//! The lines about a check in parts: how much was read, how much of this round is left.

use super::lines::Lines;
use super::report::{BagReport, VerifyReport};
use crate::base::said::{bytes, said};
use crate::base::shown;

/// Up to this many damaged files are named.
const NAMED: usize = 20;

/// Writes what was read of a bag this time.
pub(super) fn write(text: &mut Lines, bag: &BagReport) {
    let Some(part) = &bag.part else { return };
    text.push(said!(
        "  {}: документов прочитано сейчас {} ({}); в этом круге из {} осталось {} ({})",
        "  {}: documents read now {} ({}); of {} in this round {} are left ({})",
        part.run,
        part.files,
        bytes(part.bytes),
        part.files_total,
        part.files_left,
        bytes(part.bytes_left)
    ));
    for path in part.faults.iter().take(NAMED) {
        let path = shown::line(path);
        text.push(said!(
            "  ! {path}: в этом круге найден повреждённым",
            "  ! {path}: found damaged in this round"
        ));
    }
    if let Some((since, until)) = &part.whole {
        let (since, until) = (day(since), day(until));
        text.push(said!(
            "  прочитан целиком, всё цело: {since} – {until}",
            "  read whole, everything is sound: {since} – {until}"
        ));
    }
}

/// Writes what is left of the round over all bags.
pub(super) fn write_left(text: &mut Lines, report: &VerifyReport) {
    let parts: Vec<_> = report.bags.iter().filter_map(|bag| bag.part.as_ref()).collect();
    if parts.is_empty() {
        return;
    }
    let sum = |of: fn(&super::report::PartReport) -> u64| parts.iter().map(|part| of(part)).sum::<u64>();
    let (files, left) = (sum(|part| part.files), sum(|part| part.files_left));
    text.push(said!(
        "Прочитано сейчас: документов {files} ({}); осталось: {left} ({})",
        "Read now: documents {files} ({}); left: {left} ({})",
        bytes(sum(|part| part.bytes)),
        bytes(sum(|part| part.bytes_left))
    ));
}

fn day(moment: &str) -> &str {
    moment.get(..10).unwrap_or(moment)
}
