//! Values in cells: a number where a number is wanted, words among words.

use jiff::civil::date;

use super::pack::Pack;
use super::texts::{Run, inline};
use super::xml::{Element, Node};
use crate::base::shown;
use crate::forms::Value;
use crate::render::format;

/// The most characters a cell holds.
const LONGEST: usize = 32_767;

/// What the format of a cell makes of a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Look {
    /// The number.
    #[default]
    Plain,
    /// A day.
    Date,
    /// A share of 1 in per cent.
    Percent,
}

/// The formats of a workbook's cells by their numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Looks {
    by_style: Vec<Look>,
    /// Days are counted from 1904.
    is_1904: bool,
}

impl Looks {
    /// Reads the formats.
    pub(super) fn read(pack: &Pack, workbook: &str, root: &Element) -> Self {
        let is_1904 = root.child("workbookPr").and_then(|one| one.get("date1904"));
        let is_1904 = is_1904.is_some_and(|value| matches!(value.as_str(), "1" | "true"));
        let link = pack.links(workbook).into_iter().find(|link| link.kind == "styles");
        let Some(styles) = link.and_then(|link| pack.document(&link.path).ok()) else {
            return Self { by_style: Vec::new(), is_1904 };
        };
        let own: Vec<(String, String)> = styles.root.child("numFmts").map_or(Vec::new(), |formats| {
            formats
                .elements()
                .filter_map(|one| Some((one.get("numFmtId")?, one.get("formatCode")?)))
                .collect()
        });
        let look = |style: &Element| {
            let number = style.get("numFmtId").unwrap_or_default();
            let code = own.iter().find(|(id, _)| *id == number).map(|(_, code)| code.as_str());
            code.map_or_else(|| built_in(number.parse().unwrap_or(0)), of_code)
        };
        let styles = styles.root.child("cellXfs").map(|all| all.elements().map(look).collect());
        Self { by_style: styles.unwrap_or_default(), is_1904 }
    }

    fn of(&self, cell: &Element) -> Look {
        let style: usize = cell.get("s").and_then(|style| style.parse().ok()).unwrap_or(0);
        self.by_style.get(style).copied().unwrap_or_default()
    }

    /// Puts a value into a cell, in place of all that is in it.
    pub(super) fn put(&self, cell: &mut Element, value: &Value) {
        let look = self.of(cell);
        match value {
            Value::Nothing => empty(cell),
            Value::Text(text) => put_runs(cell, &[Run { look: None, text: text.clone() }]),
            Value::Number(number, _) => put_number(cell, *number),
            Value::Percent(number) if look == Look::Percent => put_number(cell, number / 100.0),
            Value::Percent(number) => put_number(cell, *number),
            Value::Date(day) if look == Look::Date => {
                let first = if self.is_1904 { date(1904, 1, 1) } else { date(1899, 12, 30) };
                let days = first.until(*day).map_or(0, |span| span.get_days());
                put_number(cell, f64::from(days));
            }
            Value::Date(_) => put_runs(cell, &[Run { look: None, text: words(value) }]),
        }
    }
}

fn built_in(number: u32) -> Look {
    match number {
        9 | 10 => Look::Percent,
        14..=22 | 27..=36 | 45..=47 | 50..=58 => Look::Date,
        _ => Look::Plain,
    }
}

/// Returns what a format's code makes of a number: letters in quotes and brackets say nothing.
fn of_code(code: &str) -> Look {
    let mut bare = String::new();
    let (mut is_quoted, mut depth, mut is_literal) = (false, 0usize, false);
    for sign in code.chars() {
        match sign {
            _ if is_literal => is_literal = false,
            '"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            '\\' | '_' | '*' => is_literal = true,
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            sign if depth == 0 => bare.push(sign.to_ascii_lowercase()),
            _ => {}
        }
    }
    if bare.contains('%') {
        Look::Percent
    } else if bare.contains(['y', 'd', 'г']) || bare.contains("mm") {
        Look::Date
    } else {
        Look::Plain
    }
}

/// Takes all out of a cell but its look.
pub(super) fn empty(cell: &mut Element) {
    cell.children.clear();
    cell.unset("t");
}

fn put_number(cell: &mut Element, number: f64) {
    empty(cell);
    if number.is_finite() {
        let mut value = Element::beside(&cell.name, "v");
        value.set_text(&number.to_string());
        cell.children.push(Node::Element(value));
    }
}

/// Puts a text into a cell; it is never a formula.
pub(super) fn put_runs(cell: &mut Element, runs: &[Run]) {
    let item = inline(cell, runs);
    empty(cell);
    cell.set("t", "inlineStr");
    cell.children.push(Node::Element(item));
}

/// Returns a value among words; what there is not is a dash.
pub(super) fn words(value: &Value) -> String {
    match value {
        Value::Nothing => "—".to_owned(),
        Value::Text(text) => clipped(text),
        Value::Number(number, places) => format::decimal(*number, *places),
        Value::Percent(number) => format::decimal(*number, 1),
        Value::Date(day) => format::date(*day),
    }
}

/// Returns a text as a cell may hold it.
pub(super) fn clipped(text: &str) -> String {
    shown::lines(text).chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_known_by_their_codes() {
        let days = ["dd.mm.yyyy", "[$-419]d mmmm yyyy;@", "yyyy\\-mm\\-dd", "mm/yy"];
        assert!(days.iter().all(|code| of_code(code) == Look::Date));
        assert_eq!(
            [of_code("0.0%"), of_code("0.00"), of_code("\"день\" 0"), of_code("#,##0\\ \"дн\"")],
            [Look::Percent, Look::Plain, Look::Plain, Look::Plain]
        );
        assert_eq!([built_in(14), built_in(9), built_in(2)], [Look::Date, Look::Percent, Look::Plain]);
    }
}
