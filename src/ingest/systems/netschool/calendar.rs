//! The usual terms of schools: their titles, their number, their days.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};

use crate::model::{Span, TermKind};

/// A kind of term and its number in the year.
pub(super) type Slot = (TermKind, usize);

/// Returns how many terms of a kind a year has.
pub(super) fn most(kind: TermKind) -> usize {
    match kind {
        TermKind::Quarter => 4,
        TermKind::Trimester => 3,
        TermKind::HalfYear => 2,
        TermKind::Year => 1,
    }
}

/// Reads «1 четверть», «II полугодие», «2-й триместр», «Первая четверть».
pub(super) fn slot(folded: &str) -> Option<Slot> {
    const ORDINALS: [(&str, usize); 4] = [("перв", 1), ("втор", 2), ("трет", 3), ("четвертая", 4)];
    let kinds = [
        ("четверть", TermKind::Quarter, 4),
        ("четверти", TermKind::Quarter, 4),
        ("четв.", TermKind::Quarter, 4),
        ("триместр", TermKind::Trimester, 3),
        ("полугоди", TermKind::HalfYear, 2),
    ];
    let (_, kind, most) = kinds.into_iter().find(|(word, ..)| folded.contains(word))?;
    let number = folded.split_whitespace().find_map(|word| match word {
        "i" => Some(1),
        "ii" => Some(2),
        "iii" => Some(3),
        "iv" => Some(4),
        other => {
            let ordinal = ORDINALS.iter().find(|(start, _)| other.starts_with(start));
            let digits = other.trim_start_matches('№').trim_end_matches(|c: char| !c.is_ascii_digit());
            ordinal.map(|(_, number)| *number).or_else(|| digits.parse().ok())
        }
    })?;
    (1..=most).contains(&number).then_some((kind, number))
}

/// Returns the usual days of a kind of term: schools move the borders by a week or two.
fn custom(year: Span, kind: TermKind) -> Vec<Span> {
    let (first, second) = (year.from.year(), year.to.year());
    let starts: &[Date] = match kind {
        TermKind::Quarter => &[date(first, 11, 1), date(second, 1, 1), date(second, 3, 26)],
        TermKind::Trimester => &[date(first, 12, 1), date(second, 3, 1)],
        TermKind::HalfYear => &[date(second, 1, 1)],
        TermKind::Year => &[],
    };
    let from = std::iter::once(year.from).chain(starts.iter().copied());
    let ends = starts.iter().map(|start| start.yesterday().unwrap_or(*start));
    from.zip(ends.chain(std::iter::once(year.to))).map(|(from, to)| Span { from, to }).collect()
}

/// Returns the usual days of a kind of term, moved to those of the reports about one of them.
pub(super) fn spans(
    year: Span,
    kind: TermKind,
    periods: &BTreeSet<(u8, Span)>,
    grades: &BTreeSet<u8>,
) -> Vec<Span> {
    let custom = custom(year, kind);
    let mut spans = custom.clone();
    let periods = periods.iter().filter(|(grade, _)| grades.contains(grade));
    for (number, usual) in custom.iter().enumerate() {
        let of_term = |span: &Span| likeness(*span, *usual) * 100 >= days(*usual).max(1) * 60;
        // Of several classes' spans the longest is taken: a class may have finished earlier.
        let best = periods.clone().map(|(_, span)| *span).filter(of_term).max_by_key(|span| days(*span));
        let Some(best) = best else { continue };
        spans[number] = best;
        if let Some(before) = number.checked_sub(1) {
            spans[before].to = spans[before].to.min(best.from.yesterday().unwrap_or(best.from));
        }
        if let Some(after) = spans.get_mut(number + 1) {
            after.from = after.from.max(best.to.tomorrow().unwrap_or(best.to));
        }
    }
    spans
}

/// Returns the term whose usual days are most similar to a span.
pub(super) fn likeliest(year: Span, span: Span) -> Option<Slot> {
    let kinds = [TermKind::Quarter, TermKind::Trimester, TermKind::HalfYear];
    let all = kinds.into_iter().flat_map(|kind| {
        custom(year, kind).into_iter().enumerate().map(move |(index, usual)| (usual, (kind, index + 1)))
    });
    let fit = |usual: Span| likeness(span, usual) * 1000 / days(usual).max(days(span)).max(1);
    let best = all
        .map(|(usual, slot)| (fit(usual), slot))
        .max_by_key(|(fit, (kind, _))| (*fit, std::cmp::Reverse(*kind)));
    best.filter(|(fit, _)| *fit >= 600).map(|(_, slot)| slot)
}

fn likeness(one: Span, other: Span) -> i64 {
    one.intersect(other).map_or(0, days)
}

pub(super) fn days(span: Span) -> i64 {
    span.from.until(span.to).map_or(0, |between| i64::from(between.get_days())) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_titles_are_terms() {
        assert_eq!(slot("1 четверть"), Some((TermKind::Quarter, 1)));
        assert_eq!(slot("ii полугодие"), Some((TermKind::HalfYear, 2)));
        assert_eq!(slot("3-й триместр"), Some((TermKind::Trimester, 3)));
        assert_eq!(slot("четвертая четверть"), Some((TermKind::Quarter, 4)));
        assert_eq!(slot("четверть №2"), Some((TermKind::Quarter, 2)));
        assert_eq!(slot("5 четверть"), None);
        assert_eq!(slot("четверть"), None);
    }

    #[test]
    fn a_span_is_the_term_it_is_most_like() {
        let year = Span { from: date(2024, 9, 1), to: date(2025, 5, 31) };
        let quarter = Span { from: date(2024, 11, 5), to: date(2024, 12, 27) };
        let half = Span { from: date(2025, 1, 9), to: date(2025, 5, 26) };
        assert_eq!(likeliest(year, quarter), Some((TermKind::Quarter, 2)));
        assert_eq!(likeliest(year, half), Some((TermKind::HalfYear, 2)));
        assert_eq!(likeliest(year, Span { from: date(2025, 4, 7), to: date(2025, 4, 11) }), None);
    }
}
