//! A world's reports as sheets of cells: the same truth in many layouts.

use jiff::civil::Date;

use super::world::{Class, Pupil, World};

/// A cell of a sheet.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    /// Not there, or with a style alone.
    None,
    /// There; the text may be empty.
    Text(String),
    Number(f64),
}

/// A row, and whether it is of a pupil's table.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub(super) cells: Vec<Cell>,
    pub(super) is_table: bool,
}

/// How the reports of one seed are laid out.
pub(super) struct Layout {
    /// Columns before the table.
    margin: usize,
    /// A label's value stands in a cell of its own.
    apart: bool,
    /// Lines of the card's header.
    header: usize,
    has_numbers: bool,
    blank_rows: bool,
    legend: Place,
    form: u8,
    /// Sums of nothing are left empty instead of 0.
    pub(super) bare: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Place {
    BelowEach,
    AboveEach,
    AtTheEnd,
}

const MONTHS: [&str; 12] = [
    "Январь",
    "Февраль",
    "Март",
    "Апрель",
    "Май",
    "Июнь",
    "Июль",
    "Август",
    "Сентябрь",
    "Октябрь",
    "Ноябрь",
    "Декабрь",
];

impl Layout {
    pub(super) fn new(random: &mut fastrand::Rng) -> Self {
        Self {
            margin: random.usize(..3),
            apart: random.bool(),
            header: random.usize(1..5),
            has_numbers: random.bool(),
            blank_rows: random.u8(..3) == 0,
            legend: [Place::BelowEach, Place::AboveEach, Place::AtTheEnd][random.usize(..3)],
            form: random.u8(..4),
            bare: random.bool(),
        }
    }

    fn text(&self, texts: &[&str]) -> Row {
        let margin = std::iter::repeat_n(Cell::None, self.margin);
        Row { cells: margin.chain(texts.iter().map(|text| filled(text))).collect(), is_table: false }
    }

    fn table(&self, texts: &[&str]) -> Row {
        Row { is_table: true, ..self.text(texts) }
    }

    fn label(&self, name: &str, value: &str) -> Row {
        if self.apart {
            self.text(&[&format!("{name}:"), value])
        } else {
            self.text(&[&format!("{name}: {value}")])
        }
    }

    fn legend(&self, world: &World) -> Vec<Row> {
        let letters = world.letters.iter();
        match self.form {
            0 => letters.map(|(letter, words, _)| self.text(&[letter, words])).collect(),
            1 => letters.map(|(letter, words, _)| self.text(&[&format!("{letter} = {words}")])).collect(),
            2 => letters.map(|(letter, words, _)| self.text(&["", letter, "", words])).collect(),
            _ => {
                let all: Vec<String> =
                    letters.map(|(letter, words, _)| format!("{letter} — {words}")).collect();
                vec![self.text(&[&format!("Условные обозначения. {}", all.join(", "))])]
            }
        }
    }

    fn labels(&self, world: &World, class: &Class, pupil: &Pupil, has_period: bool) -> Vec<Row> {
        let (from, to) = world.terms[world.term];
        let short = |day: Date| format!("{:02}.{:02}.{:02}", day.day(), day.month(), day.year() - 2000);
        let mut rows = vec![self.label("Учебный год", "2024/2025"), self.label("Класс", &class.key)];
        if has_period {
            rows.push(self.label("Период", &format!("с {} по {}", short(from), short(to))));
        }
        rows.push(self.label("Ученик", &pupil.name));
        rows
    }

    fn blank(&self, rows: &mut Vec<Row>, random: &mut fastrand::Rng) {
        if self.blank_rows && random.bool() {
            rows.push(Row { is_table: true, ..Row::default() });
        }
    }

    fn mean(&self, value: f64) -> Cell {
        if value == 0.0 && self.bare { Cell::None } else { Cell::Number(value) }
    }

    /// Draws the report on progress of some classes.
    pub(super) fn progress(&self, world: &World, classes: &[Class], random: &mut fastrand::Rng) -> Vec<Row> {
        let mut rows = vec![self.text(&["Школа посёлка Выдуманного"]), Row::default()];
        rows.push(self.text(&["Отчет об успеваемости и посещаемости ученика (весь класс)"]));
        rows.push(Row::default());
        for class in classes {
            for pupil in &class.pupils {
                rows.extend(self.labels(world, class, pupil, true));
                if self.legend == Place::AboveEach {
                    rows.extend(self.legend(world));
                }
                rows.push(Row::default());
                self.days(world.term, pupil, &mut rows, random);
                rows.extend(std::iter::repeat_n(Row::default(), random.usize(1..3)));
                if self.legend == Place::BelowEach {
                    rows.extend(self.legend(world));
                }
            }
        }
        if self.legend == Place::AtTheEnd {
            rows.extend(self.legend(world));
        }
        rows.push(self.text(&["Подпись родителей:"]));
        rows
    }

    fn days(&self, term: usize, pupil: &Pupil, rows: &mut Vec<Row>, random: &mut fastrand::Rng) {
        let cells = pupil.subjects.iter().flat_map(|row| &row.cells);
        let mut columns: Vec<(Date, usize)> = cells.map(|cell| (cell.date, cell.number)).collect();
        columns.sort_unstable();
        columns.dedup();
        rows.extend(self.days_header(&columns));
        for subject in &pupil.subjects {
            self.blank(rows, random);
            let mut row = self.table(&[subject.title]);
            for column in &columns {
                let cell = subject.cells.iter().find(|cell| (cell.date, cell.number) == *column);
                row.cells.push(cell.map_or(Cell::None, |cell| Cell::Text(cell.text.clone())));
            }
            let sums = &subject.terms[term];
            row.cells.extend([self.mean(sums.mean), self.mean(0.0), filled(sums.result)]);
            rows.push(row);
        }
    }

    fn days_header(&self, columns: &[(Date, usize)]) -> Vec<Row> {
        let sums = ["Средняя оценка", "Средневзвешенный \n балл", "Итоговая оценка за период"];
        let mut head = self.table(&["Предмет"]);
        if self.header == 1 {
            let day =
                |(date, _): &(Date, usize)| Cell::Text(format!("{:02}.{:02}", date.day(), date.month()));
            head.cells.extend(columns.iter().map(day).chain(sums.map(filled)));
            return vec![head];
        }
        let mut month = None;
        for (date, _) in columns {
            let name = MONTHS[usize::try_from(date.month() - 1).expect("a month")];
            head.cells.push(if month == Some(date.month()) { Cell::None } else { filled(name) });
            month = Some(date.month());
        }
        head.cells.extend(sums.map(filled));
        let mut second = self.table(&[""]);
        second.cells.extend(columns.iter().map(|(date, _)| Cell::Number(f64::from(date.day()))));
        vec![head, second]
    }

    /// Draws the report card of some classes.
    pub(super) fn card(&self, world: &World, classes: &[Class], random: &mut fastrand::Rng) -> Vec<Row> {
        let mut rows = vec![self.text(&["Школа посёлка Выдуманного"]), Row::default()];
        rows.push(self.text(&["Табель успеваемости учащегося (весь класс)"]));
        rows.push(Row::default());
        for class in classes {
            for pupil in &class.pupils {
                rows.extend(self.labels(world, class, pupil, false));
                rows.extend(std::iter::repeat_n(Row::default(), random.usize(..3)));
                rows.extend(self.card_header(world));
                for (number, subject) in (1..).zip(&pupil.subjects) {
                    self.blank(&mut rows, random);
                    let number = number.to_string();
                    let first: &[&str] =
                        if self.has_numbers { &[&number, subject.title] } else { &[subject.title] };
                    let mut row = self.table(first);
                    for sums in &subject.terms {
                        if self.header > 1 {
                            let mean = (sums.mean * 100.0).round() / 100.0;
                            row.cells.extend([self.mean(mean), self.mean(0.0)]);
                        }
                        row.cells.push(filled(sums.result));
                    }
                    row.cells.push(filled(subject.year));
                    rows.push(row);
                }
                rows.push(Row::default());
            }
        }
        rows
    }

    fn card_header(&self, world: &World) -> Vec<Row> {
        let titles: Vec<String> = (0..world.terms.len()).map(|term| world.title(term)).collect();
        let number = |text: &'static str| self.has_numbers.then_some(text);
        let line = |first: Option<&str>, subject: &str, rest: Vec<&str>| {
            self.table(&first.into_iter().chain([subject]).chain(rest).collect::<Vec<_>>())
        };
        let wide = |title: &'static str| [title, "", ""];
        let terms: Vec<&str> = titles.iter().flat_map(|title| [title.as_str(), "", ""]).collect();
        let sums: Vec<&str> = titles.iter().flat_map(|_| ["Средний балл", "Ср. взв. балл", "Итог"]).collect();
        let year = ["Год. оценка", "Экз. оценка", "Гос. экз. оценка", "Итог. оценка"];
        let group: Vec<&str> = wide("Учебные периоды")
            .into_iter()
            .chain(std::iter::repeat_n("", terms.len() - 3))
            .chain(year)
            .collect();
        match self.header {
            1 => vec![line(
                number("№ п/п"),
                "Предмет",
                titles.iter().map(String::as_str).chain(year).collect(),
            )],
            2 => vec![
                line(number("№"), "Предмет", terms.into_iter().chain(year).collect()),
                line(number(""), "", sums),
            ],
            3 => vec![
                line(number("№"), "Предмет", group),
                line(number("п/п"), "", terms),
                line(number(""), "", sums),
            ],
            _ => vec![
                line(number(""), "Предмет", group),
                line(number("№"), "", vec![""]),
                line(number("п/п"), "", terms),
                line(number(""), "", sums),
            ],
        }
    }
}

fn filled(text: &str) -> Cell {
    if text.is_empty() { Cell::None } else { Cell::Text(text.to_owned()) }
}
