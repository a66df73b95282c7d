//! Arranges the cells of a page in columns of equally wide letters, like a typewriter.

/// Points of the page per letter where nothing needs more room.
const LETTER: f64 = 4.5;

/// Anchors at most this far apart are one column, in points.
const SAME_COLUMN: f64 = 1.0;

/// Letters between two cells of a line.
const GAP: usize = 2;

/// Cells up to this length are aligned by their middle, as marks and days are; longer ones by their left
/// edge.
const SHORT: usize = 3;

/// A text with its beginning and its end, in points.
pub(super) struct Cell {
    pub(super) x: f64,
    pub(super) end: f64,
    /// The text is upward: it is one column, however long.
    pub(super) is_turned: bool,
    pub(super) text: String,
}

impl Cell {
    fn len(&self) -> usize {
        self.text.trim().chars().count()
    }

    fn is_by_its_middle(&self) -> bool {
        self.is_turned || self.len() <= SHORT
    }

    /// Returns the place that identifies the cell's column.
    fn anchor(&self) -> f64 {
        if self.is_by_its_middle() { f64::midpoint(self.x, self.end) } else { self.x }
    }

    /// Returns how many letters precede the anchor.
    fn before(&self) -> usize {
        if self.is_by_its_middle() { self.len() / 2 } else { 0 }
    }
}

/// Returns the lines of a page, each cell in its column.
pub(super) fn laid_out(lines: &[Vec<Cell>]) -> Vec<String> {
    let columns = Columns::of(lines);
    lines.iter().map(|line| columns.line(line)).collect()
}

/// Columns from left to right: the place of each on the page, and its place in a line of letters.
struct Columns(Vec<(f64, f64)>);

impl Columns {
    /// Gives every column the room that it has on the page, or more where the texts before it need more.
    fn of(lines: &[Vec<Cell>]) -> Self {
        let mut cells: Vec<(&Cell, Option<&Cell>)> = Vec::new();
        for line in lines {
            let before = std::iter::once(None).chain(line.iter().map(Some));
            cells.extend(line.iter().zip(before));
        }
        cells.sort_by(|(one, _), (other, _)| one.anchor().total_cmp(&other.anchor()));
        let mut columns = Self(Vec::new());
        for (cell, before) in cells {
            let least = before.map_or(0, |before| columns.start(before) + before.len() + GAP) + cell.before();
            columns.add(cell.anchor(), least);
        }
        columns
    }

    /// Adds a column, or moves the last one to the right if it is the same.
    #[allow(clippy::cast_precision_loss)]
    fn add(&mut self, anchor: f64, least: usize) {
        let least = least as f64;
        match self.0.last_mut() {
            Some((place, at)) if anchor - *place <= SAME_COLUMN => *at = at.max(least),
            Some((place, at)) => {
                let at = (*at + (anchor - *place) / LETTER).max(least);
                self.0.push((anchor, at));
            }
            None => self.0.push((anchor, least)),
        }
    }

    /// Returns where a cell begins in a line of letters.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn start(&self, cell: &Cell) -> usize {
        let next = self.0.partition_point(|(place, _)| *place <= cell.anchor());
        let at = next.checked_sub(1).map_or(0.0, |index| self.0[index].1);
        (at as usize).saturating_sub(cell.before())
    }

    fn line(&self, cells: &[Cell]) -> String {
        let mut line = String::new();
        let mut length = 0;
        for cell in cells {
            let gap = self.start(cell).saturating_sub(length);
            let gap = if length > 0 { gap.max(1) } else { gap };
            line.extend(std::iter::repeat_n(' ', gap));
            line.push_str(cell.text.trim());
            length += gap + cell.len();
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(x: f64, end: f64, text: &str) -> Cell {
        Cell { x, end, is_turned: false, text: text.to_owned() }
    }

    #[test]
    fn what_stands_below_each_other_on_the_page_does_so_in_the_text() {
        let lines = [
            vec![cell(0.0, 50.0, "Фамилия"), cell(97.0, 103.0, "3"), cell(115.0, 125.0, "10")],
            vec![cell(0.0, 60.0, "Длинное имя, длиннее места"), cell(97.0, 103.0, "5")],
            vec![cell(0.0, 50.0, "Заречный"), cell(114.0, 126.0, "н/а")],
        ];
        let texts = laid_out(&lines);
        let expected = [
            "Фамилия                     3  10",
            "Длинное имя, длиннее места  5",
            "Заречный                       н/а",
        ];
        assert_eq!(texts, expected);
    }
}
