//! Shares, means and changes as reports print them: a share never without its counts, and counts first where there are few.

use crate::render::format;

/// Stands where a figure cannot be formed.
pub const GAP: &str = "—";
/// Below so many in the denominator counts come first, and nothing is ranked, marked or concluded.
pub const FEW: usize = 10;

/// Returns «93,2 % (41 из 44)», and below ten «3 из 4 (75,0 %)»; a gap where nobody is counted.
pub fn part(found: usize, of: usize) -> String {
    let counts = out_of(found, of);
    let share = format::share(found, of);
    match of {
        0 => GAP.to_owned(),
        _ if of < FEW => format!("{counts} ({share})"),
        _ => format!("{share} ({counts})"),
    }
}

/// Returns the cells «41» and «93,2» that stand behind a column with the denominator: counts first; gaps for nobody.
pub fn share_cells(found: usize, of: usize) -> Vec<String> {
    if of == 0 {
        return vec![GAP.to_owned(); 2];
    }
    vec![format::thousands(found), format::share(found, of).replace("\u{a0}%", "")]
}

/// Returns «41 из 44», which does not break.
pub fn out_of(found: usize, of: usize) -> String {
    format!("{}\u{a0}из\u{a0}{}", format::thousands(found), format::thousands(of))
}

/// Returns a per cent with one decimal, «58,2»; a gap where it cannot be formed.
pub fn percent(value: Option<f64>) -> String {
    value.map_or(GAP.to_owned(), |value| format::decimal(value, 1))
}

/// Returns a mean mark, «3,87»; a gap where there is none.
pub fn mean(value: Option<f64>) -> String {
    value.map_or(GAP.to_owned(), |value| format::decimal(value, 2))
}

/// Returns a change with its sign: «+2,1», «−0,3», «0,0»; a gap where nothing is comparable.
pub fn change(value: Option<f64>, places: usize) -> String {
    let Some(value) = value else { return GAP.to_owned() };
    let text = format::decimal(value.abs(), places);
    let is_zero = text.chars().all(|one| matches!(one, '0' | ','));
    match value > 0.0 {
        _ if is_zero => text,
        true => format!("+{text}"),
        false => format!("−{text}"),
    }
}

/// Returns a change of a per cent in words: «+2,1 п. п.».
pub fn points(value: Option<f64>) -> String {
    format!("{}\u{a0}п.\u{a0}п.", change(value, 1))
}

/// Returns a count for a table: nothing where there is none, so that the eye finds those there are.
pub fn some(count: usize) -> String {
    if count == 0 { String::new() } else { format::thousands(count) }
}

/// Returns hours, «34» or «34,5», with a minus below zero; a gap where nothing is planned.
pub fn hours(value: Option<f64>) -> String {
    value.map_or(GAP.to_owned(), |value| {
        let text = format::count(value.abs());
        if value < 0.0 && text != "0" { format!("−{text}") } else { text }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_stand_beside_every_share_and_first_where_there_are_few() {
        let plain = |text: String| text.replace('\u{a0}', " ");
        assert_eq!(plain(part(41, 44)), "93,2 % (41 из 44)");
        assert_eq!(plain(part(3, 4)), "3 из 4 (75,0 %)");
        assert_eq!(plain(part(0, 0)), "—");
        assert_eq!(plain(part(2999, 3000)), "более 99,9 % (2 999 из 3 000)");
    }

    #[test]
    fn changes_have_their_sign_and_zero_has_none() {
        let said = [Some(2.14), Some(-0.26), Some(0.04), Some(-0.04), None].map(|value| change(value, 1));
        assert_eq!(said, ["+2,1", "−0,3", "0,0", "0,0", "—"]);
        assert_eq!([Some(34.0), Some(-1.5), None].map(hours), ["34", "−1,5", "—"]);
        assert_eq!((mean(Some(3.875)), percent(None), some(0)), ("3,88".into(), "—".into(), String::new()));
    }
}
