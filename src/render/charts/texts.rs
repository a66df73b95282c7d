//! Numbers as charts write them.

use super::{Unit, Value};
use crate::render::format;

/// Stands where there is no number.
pub(super) const MISSING: &str = "нет данных";

/// Returns a number with its sign: «64,3 %».
pub(super) fn number(number: f64, unit: Unit) -> String {
    let text = format::decimal(number, unit.places);
    if unit.sign.is_empty() { text } else { format!("{text}\u{a0}{}", unit.sign) }
}

/// Returns a number for an axis: no more digits than it has.
pub(super) fn tick(number: f64) -> String {
    format::count(number)
}

/// Returns a value in full: «91,7 % (22 из 24)»; of few, counts first: «3 из 3 (100 %)».
pub(super) fn full(value: &Value, unit: Unit) -> String {
    match value.of {
        None => number(value.number, unit),
        Some([found, of]) if value.is_of_few() => {
            format!("{} ({})", counts(found, of), short_share(found, of))
        }
        Some([found, of]) => format!("{} ({})", share(found, of), counts(found, of)),
    }
}

/// Returns a value for a cell of a table or the end of a line: «91,7»; of few, «3/3».
pub(super) fn short(value: &Value, unit: Unit) -> String {
    match value.of {
        Some([found, of]) if value.is_of_few() => format!("{found}/{of}"),
        Some([found, of]) => {
            let text = share(found, of);
            // Words like «менее» have no room there.
            match text.split_once("\u{a0}%").map_or(text.as_str(), |(bare, _)| bare) {
                "менее 0,1" => "<0,1".to_owned(),
                "более 99,9" => ">99,9".to_owned(),
                bare => bare.to_owned(),
            }
        }
        None => format::decimal(value.number, unit.places),
    }
}

/// Returns «22 из 24».
pub(super) fn counts(found: u64, of: u64) -> String {
    format!("{found}\u{a0}из\u{a0}{of}")
}

/// Returns an interval: «74,2–97,7 %».
pub(super) fn interval([from, to]: [f64; 2], unit: Unit) -> String {
    format!("{}–{}", format::decimal(from, unit.places), number(to, unit))
}

fn share(found: u64, of: u64) -> String {
    let small = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    format::share(small(found), small(of))
}

/// A share of few needs no decimals: they would say more than is known.
fn short_share(found: u64, of: u64) -> String {
    format!("{}\u{a0}%", format::decimal(found as f64 * 100.0 / of as f64, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(found: u64, of: u64) -> Value {
        Value::share(found, of).expect("a denominator")
    }

    #[test]
    fn of_few_the_counts_come_first() {
        let said = |value: Value| full(&value, Unit::PERCENT).replace('\u{a0}', " ");
        assert_eq!(said(of(22, 24)), "91,7 % (22 из 24)");
        assert_eq!(said(of(3, 3)), "3 из 3 (100 %)");
        assert_eq!(said(of(5, 10)), "50,0 % (5 из 10)");
        assert_eq!(said(of(1, 5000)), "менее 0,1 % (1 из 5000)");
        assert_eq!(short(&of(1, 5000), Unit::PERCENT), "<0,1");
        assert_eq!(short(&of(4999, 5000), Unit::PERCENT), ">99,9");
        assert_eq!(short(&of(2, 3), Unit::PERCENT), "2/3");
        assert_eq!(short(&Value::plain(3.456).expect("a number"), Unit::MEAN), "3,46");
    }

    #[test]
    fn nothing_of_nothing_is_no_value() {
        assert_eq!(Value::share(0, 0), None);
        assert_eq!(Value::plain(f64::NAN), None);
        assert_eq!(of(0, 12).number, 0.0);
        assert_eq!(of(5, 10).within([f64::NAN, 4.0]).interval, None);
    }
}
