//! A sheet as lines of text. Each line also knows which cells exist though empty, and which are dates.

use jiff::civil::{Date, DateTime};

use crate::ingest::parse;
use crate::ingest::raw::{RawSheet, RowCells, Value};
use crate::model::Text;

/// How many lines are searched for the title: it comes after the school's name.
const TITLE_WITHIN: usize = 60;

/// The reports that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Report {
    /// «Отчёт об успеваемости и посещаемости ученика»: dated cells of one span of dates.
    Progress,
    /// «Табель успеваемости учащегося»: marks for terms and the year.
    Card,
}

/// How the titles begin, folded; «(весь класс)» may follow.
const TITLES: [(&str, Report); 4] = [
    ("отчет об успеваемости и посещаемости ученика", Report::Progress),
    ("табель успеваемости учащегося", Report::Card),
    ("табель успеваемости обучающегося", Report::Card),
    ("табель успеваемости ученика", Report::Card),
];

/// A row of the sheet with its cells as text.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) row: u32,
    pub(super) cells: Vec<Text>,
    /// Which cells exist, with text or without.
    there: Vec<bool>,
    /// Cells that are dates: editing a workbook by hand turns `3/4` into one.
    dates: Vec<(usize, Date)>,
}

impl Line {
    fn of(row: u32, cells: RowCells<'_>) -> Self {
        let text = |column| cells.cell(column).to_text();
        let mut line = Self { row, cells: (0..cells.len()).map(text).collect(), ..Self::default() };
        if let RowCells::Grid(values) = cells {
            line.there = values.iter().map(|value| *value != Value::Empty).collect();
            let date = |value: &Value| match value {
                Value::Date(date) => Some(*date),
                Value::Moment(moment) => Some(moment.date()),
                _ => None,
            };
            line.dates =
                (0..).zip(values).filter_map(|(column, value)| Some((column, date(value)?))).collect();
        }
        line
    }

    /// Makes a line of texts.
    #[cfg(test)]
    pub(super) fn of_texts(cells: &[&str]) -> Self {
        Self { row: 1, cells: cells.iter().map(|cell| Text::from(*cell)).collect(), ..Self::default() }
    }

    /// Returns a cell; empty outside the line.
    pub(super) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", Text::as_str)
    }

    /// Returns whether a cell exists, even empty: then the journal has something on this day, but no mark.
    pub(super) fn is_there(&self, column: usize) -> bool {
        self.there.get(column).copied().unwrap_or(false) || !self.cell(column).is_empty()
    }

    /// Returns the date in a cell.
    pub(super) fn date(&self, column: usize) -> Option<Date> {
        self.dates.iter().find(|(at, _)| *at == column).map(|(_, date)| *date)
    }

    /// Walks the cells that have text.
    pub(super) fn filled(&self) -> impl Iterator<Item = (usize, &str)> {
        (0..)
            .zip(&self.cells)
            .map(|(column, cell)| (column, cell.as_str()))
            .filter(|(_, cell)| !cell.is_empty())
    }

    /// Tells whether no cell has text.
    pub(super) fn is_blank(&self) -> bool {
        self.cells.iter().all(Text::is_empty)
    }

    /// Returns whether a table of a page begins or ends here: such a line has no cell at all.
    pub(super) fn is_border(&self) -> bool {
        self.cells.is_empty()
    }

    /// Returns the report whose title the line is.
    pub(super) fn title(&self) -> Option<Report> {
        let report = |cell: &str| {
            let cell = fold(cell);
            TITLES.iter().find(|(start, _)| cell.starts_with(start)).map(|(_, report)| *report)
        };
        self.filled().find_map(|(_, cell)| report(cell))
    }

    /// Reads «Состояние на 16.09.2026 17:40:20», with or without the blank.
    pub(super) fn moment(&self) -> Option<DateTime> {
        self.filled().find_map(|(_, cell)| {
            let cell = fold(cell);
            let (day, time) =
                cell.strip_prefix("состояние на")?.trim_start_matches([' ', ':']).split_once(' ')?;
            let time = time.split_whitespace().find_map(parse::time)?;
            Some(parse::date(day.trim_end_matches(','))?.to_datetime(time))
        })
    }
}

/// Returns which report a sheet is by its title, whatever the file's name is.
pub(super) fn report(sheet: &RawSheet) -> Option<Report> {
    let mut found = None;
    let mut seen = 0;
    let walked = sheet.rows.walk(|number, row| {
        found = Line::of(number, row).title();
        seen += usize::from(row.len() > 0);
        found.is_none() && seen < TITLE_WITHIN
    });
    // A sheet that cannot be walked has no title either.
    walked.ok().and(found)
}

/// Returns the lines of a sheet.
pub(super) fn lines(sheet: &RawSheet) -> Vec<Line> {
    let mut lines = Vec::new();
    // A grid has no unreadable rows; of a delimited text the rows before the fault are used.
    let _ = sheet.rows.walk(|row, cells| {
        lines.push(Line::of(row, cells));
        true
    });
    lines
}

/// A label above a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Label {
    Year,
    Class,
    Term,
    Period,
    Pupil,
}

const LABELS: [(Label, &[&str]); 5] = [
    (Label::Year, &["учебный год"]),
    (Label::Class, &["класс"]),
    (Label::Term, &["учебный период"]),
    (Label::Period, &["период"]),
    (Label::Pupil, &["ученик", "учащийся", "обучающийся", "фио ученика", "фио учащегося"]),
];
/// The largest number of letters in a label's name.
const LONGEST_LABEL: usize = 40;

/// Returns the labels of a line with their values: `Класс: 8А` in one cell, or the value in the next one. A
/// label without a value has an empty one, whatever label follows.
pub(super) fn labels(line: &Line) -> Vec<(Label, Text)> {
    let mut found: Vec<(Label, Text)> = Vec::new();
    let mut is_waiting = false;
    let pieces = line.cells.iter().flat_map(|cell| cell.split('\n')).map(str::trim);
    for piece in pieces.filter(|piece| !piece.is_empty()) {
        match named(piece) {
            Some((name, value)) => {
                let label = LABELS.iter().find(|(_, names)| names.contains(&name.as_str()));
                is_waiting = label.is_some() && value.is_empty();
                found.extend(label.map(|(label, _)| (*label, value.into())));
            }
            None if is_waiting => {
                found.last_mut().expect("what waits was found").1 = piece.into();
                is_waiting = false;
            }
            None => {}
        }
    }
    found
}

/// Splits «Учебный период: 1 триместр», whether the label is known or not.
fn named(piece: &str) -> Option<(String, &str)> {
    let (name, value) = piece.split_once(':')?;
    let name = fold(name);
    let is_name =
        name.chars().all(|c| c.is_alphabetic() || c == ' ') && name.chars().count() <= LONGEST_LABEL;
    (is_name && !name.is_empty()).then_some((name, value.trim()))
}

/// Folds a title for comparison: lower case, ё as е, one space between words.
pub(super) fn fold(text: &str) -> String {
    parse::name(text)
}

/// Returns whether a result cell is empty.
pub(super) fn is_blank(text: &str) -> bool {
    matches!(text.trim(), "" | "-" | "—" | "–")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_without_a_value_does_not_take_the_next_label_for_one() {
        let cells = ["Учебный год: 2025/2026\nКласс:\nУчебный период:\nПериод: с 1.09.2025 по 30.11.2025"];
        let expected = [
            (Label::Year, "2025/2026".into()),
            (Label::Class, Text::new()),
            (Label::Term, Text::new()),
            (Label::Period, "с 1.09.2025 по 30.11.2025".into()),
        ];
        assert_eq!(labels(&Line::of_texts(&cells)), expected);
        assert_eq!(
            labels(&Line::of_texts(&["Класс:", "", "8А", "Ученик:"])),
            [(Label::Class, "8А".into()), (Label::Pupil, Text::new())]
        );
        assert_eq!(labels(&Line::of_texts(&["Класс:", "Школа: № 3", "8А"])), [(Label::Class, Text::new())]);
    }

    #[test]
    fn the_moment_of_a_report_is_read_with_and_without_its_blank() {
        let moment = |text| Line::of_texts(&[text]).moment().map(|moment| moment.to_string());
        assert_eq!(moment("Состояние на16.09.2026 17:40:20").as_deref(), Some("2026-09-16T17:40:20"));
        assert_eq!(moment("Состояние на: 16.09.2026 7:05").as_deref(), Some("2026-09-16T07:05:00"));
        assert_eq!(moment("Состояние на 16.09.2026"), None);
        assert_eq!(moment("Состояние здоровья"), None);
    }
}
