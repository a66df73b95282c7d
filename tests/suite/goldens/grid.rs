//! The left page of a course, read from its text as a person reads it: signs below a day, beside a pupil.

/// Letters by which a sign may stand beside the middle of its day: long ones begin at their place, short ones have it in
/// their middle.
const BESIDE: usize = 2;

/// Letters of the longest sign, «безотм»; names are longer.
const LONGEST_SIGN: usize = 6;

/// What stands in one cell.
pub(crate) struct Signs {
    pub(crate) pupil: String,
    pub(crate) day: String,
    pub(crate) text: String,
}

/// A text with the letter of the line its middle stands at.
struct Cell<'a> {
    start: usize,
    middle: usize,
    text: &'a str,
}

/// A page with days over pupils.
pub(crate) struct Grid<'a> {
    days: Vec<Cell<'a>>,
    rows: &'a [String],
}

impl<'a> Grid<'a> {
    /// Reads a page; `None` where it has no days below its head.
    pub(crate) fn of(page: &'a [String]) -> Option<Self> {
        let head = page.iter().position(|line| line.contains("Фамилия, имя"))?;
        let days = cells(page.get(head + 1)?);
        let is_day = |cell: &Cell<'_>| cell.text.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day));
        let is_grid = !days.is_empty() && days.iter().all(is_day);
        is_grid.then(|| Self { days, rows: &page[head + 2..] })
    }

    /// Returns what stands below the days. A pupil with a second line has the signs between name and dates.
    pub(crate) fn signs(&self) -> Vec<Signs> {
        let first = self.days.first().map_or(0, |day| day.start.saturating_sub(BESIDE));
        let mut signs = Vec::new();
        let mut above = "";
        for row in self.rows {
            let cells = cells(row);
            // Number and marks of an earlier term stand before the days too.
            let is_name = |cell: &&Cell<'_>| cell.start < first && cell.text.chars().count() > LONGEST_SIGN;
            let name = cells.iter().find(is_name).map_or(above, |cell| cell.text);
            for cell in cells.iter().filter(|cell| cell.start >= first) {
                let beside = |day: &&Cell<'_>| day.middle.abs_diff(cell.middle);
                let nearest = self.days.iter().min_by_key(beside);
                if let Some(day) = nearest.filter(|day| beside(day) <= BESIDE) {
                    let [pupil, day, text] = [name, day.text, cell.text].map(str::to_owned);
                    signs.push(Signs { pupil, day, text });
                }
            }
            above = name;
        }
        signs
    }
}

/// Parts a line where two spaces stand.
fn cells(line: &str) -> Vec<Cell<'_>> {
    let mut cells = Vec::new();
    let mut at = 0;
    for part in line.split("  ") {
        let text = part.trim();
        if !text.is_empty() {
            let indent = part.chars().take_while(|one| *one == ' ').count();
            let start = at + indent;
            cells.push(Cell { start, middle: start + text.chars().count() / 2, text });
        }
        at += part.chars().count() + 2;
    }
    cells
}
