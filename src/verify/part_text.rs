//! The lines about a check in parts: how much was read, how much of this round is left.

use super::report::{BagReport, VerifyReport};
use super::text::{Lang, push_line};
use crate::base::shown;

/// Up to this many damaged files are named.
const NAMED: usize = 20;

/// Writes what was read of a bag this time.
pub(super) fn write(text: &mut String, bag: &BagReport, lang: Lang) {
    let Some(part) = &bag.part else { return };
    let (read, round) = match lang {
        Lang::Ru => (
            format!("документов прочитано сейчас {} ({})", part.files, size(part.bytes, lang)),
            format!(
                "в этом круге из {} осталось {} ({})",
                part.files_total,
                part.files_left,
                size(part.bytes_left, lang)
            ),
        ),
        Lang::En => (
            format!("documents read now {} ({})", part.files, size(part.bytes, lang)),
            format!(
                "of {} in this round {} are left ({})",
                part.files_total,
                part.files_left,
                size(part.bytes_left, lang)
            ),
        ),
    };
    push_line(text, format_args!("  {}: {read}; {round}", part.run));
    for path in part.faults.iter().take(NAMED) {
        let known = lang.pick("в этом круге найден повреждённым", "found damaged in this round");
        push_line(text, format_args!("  ! {}: {known}", shown::line(path)));
    }
    if let Some((since, until)) = &part.whole {
        let whole = lang.pick("прочитан целиком, всё цело", "read whole, everything is sound");
        push_line(text, format_args!("  {whole}: {} – {}", day(since), day(until)));
    }
}

/// Writes what is left of the round over all bags.
pub(super) fn write_left(text: &mut String, report: &VerifyReport, lang: Lang) {
    let parts: Vec<_> = report.bags.iter().filter_map(|bag| bag.part.as_ref()).collect();
    if parts.is_empty() {
        return;
    }
    let sum = |of: fn(&super::report::PartReport) -> u64| parts.iter().map(|part| of(part)).sum::<u64>();
    let (files, bytes) = (sum(|part| part.files), sum(|part| part.bytes));
    let (left, left_bytes) = (sum(|part| part.files_left), sum(|part| part.bytes_left));
    let (now, rest) = (lang.pick("Прочитано сейчас", "Read now"), lang.pick("осталось", "left"));
    let documents = lang.pick("документов", "documents");
    push_line(
        text,
        format_args!(
            "{now}: {documents} {files} ({}); {rest}: {left} ({})",
            size(bytes, lang),
            size(left_bytes, lang)
        ),
    );
}

fn day(moment: &str) -> &str {
    moment.get(..10).unwrap_or(moment)
}

/// Writes a number of bytes in a readable unit.
fn size(bytes: u64, lang: Lang) -> String {
    let (unit, label) = match bytes {
        0..1024 => return format!("{bytes} {}", lang.pick("байт", "bytes")),
        1024..1_048_576 => (1_u64 << 10, lang.pick("КиБ", "KiB")),
        1_048_576..1_073_741_824 => (1 << 20, lang.pick("МиБ", "MiB")),
        _ => (1 << 30, lang.pick("ГиБ", "GiB")),
    };
    let tenths = (u128::from(bytes) * 10).div_ceil(u128::from(unit));
    format!("{}{}{} {label}", tenths / 10, lang.pick(",", "."), tenths % 10)
}
