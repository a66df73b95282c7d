//! An invented school whose reports are then drawn in many ways, and what must come out of them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};

/// A letter, its words, and the reason it is read as; none: no absence.
pub(super) type Letter = (&'static str, &'static str, Option<&'static str>);

const VOCABULARIES: [&[Letter]; 4] = [
    &[
        ("Н", "Неуважительная", Some("н")),
        ("О", "Опоздание", Some("оп")),
        ("Б", "Болезнь", Some("б")),
        ("У", "Уважительная", Some("ну")),
    ],
    &[
        ("УП", "Пропуск по уважительной причине", Some("ну")),
        ("Б", "Пропустил по болезни", Some("б")),
        ("НП", "Пропуск по неуважительной причине", Some("н")),
        ("ОТ", "Отсутствовал", Some("?")),
        ("ОП", "Опоздал", Some("оп")),
        ("ОСВ", "Освобожден от посещения", None),
    ],
    &[
        ("Н", "Отсутствовал(а) на уроке", Some("?")),
        ("НБ", "Отсутствие по болезни", Some("б")),
        ("О", "Освобождён(а)", None),
    ],
    &[
        ("П", "Без уважительной причины", Some("н")),
        ("З", "Опоздал на урок", Some("оп")),
        ("Д", "По уважительной причине", Some("ну")),
    ],
];
const SUBJECTS: [&str; 16] = [
    "Алгебра",
    "№",
    "Н",
    "ИЗО",
    "О",
    "Физика",
    "Химия",
    "Иностранный язык (английский)",
    "Разговоры о важном",
    "Труд",
    "Б",
    "Итоговый проект",
    "История России. Всеобщая история",
    "Период Петра I",
    "Средние века",
    "Классный час",
];
const SURNAMES: [&str; 8] = ["Ольхин", "Рябинин", "Кленов", "Осинин", "Вязов", "Ёлкин", "Ивушкин", "Липин"];
const GIVEN: [&str; 6] = ["Вера Львовна", "Пётр Ильич", "Анна", "Тит Оглы", "Мира Олеговна", "Лев Захарович"];

/// The days of a year's terms, with what the journal calls the kind.
const QUARTERS: [(Date, Date); 4] = [
    (date(2024, 9, 2), date(2024, 10, 25)),
    (date(2024, 11, 5), date(2024, 12, 27)),
    (date(2025, 1, 9), date(2025, 3, 21)),
    (date(2025, 4, 1), date(2025, 5, 26)),
];
const TRIMESTERS: [(Date, Date); 3] = [
    (date(2024, 9, 2), date(2024, 11, 30)),
    (date(2024, 12, 2), date(2025, 2, 28)),
    (date(2025, 3, 3), date(2025, 5, 26)),
];
const HALVES: [(Date, Date); 2] =
    [(date(2024, 9, 2), date(2024, 12, 28)), (date(2025, 1, 9), date(2025, 5, 26))];

/// A cell that is there: its day, its number among the subject's cells of the day, its text, which may be empty.
pub(super) struct Cell {
    pub(super) date: Date,
    pub(super) number: usize,
    pub(super) text: String,
    /// What must come out of it.
    pub(super) signs: Vec<String>,
}

/// What one term says of a pupil's subject.
#[derive(Clone, Default)]
pub(super) struct TermSums {
    pub(super) mean: f64,
    pub(super) result: &'static str,
}

/// A pupil's subject: the cells of the reported term, and the sums of all terms.
pub(super) struct SubjectRow {
    pub(super) title: &'static str,
    pub(super) cells: Vec<Cell>,
    pub(super) terms: Vec<TermSums>,
    pub(super) year: &'static str,
}

pub(super) struct Pupil {
    pub(super) name: String,
    pub(super) subjects: Vec<SubjectRow>,
}

pub(super) struct Class {
    pub(super) key: String,
    pub(super) pupils: Vec<Pupil>,
}

/// The truth of one seed.
pub(super) struct World {
    pub(super) letters: &'static [Letter],
    pub(super) kind: &'static str,
    pub(super) terms: &'static [(Date, Date)],
    /// The term that the report on progress is of.
    pub(super) term: usize,
    pub(super) classes: Vec<Class>,
}

/// Signs by class, pupil, subject and day.
pub(super) type Signs = BTreeMap<[String; 4], Vec<String>>;
/// Term marks by class, pupil, subject and term.
pub(super) type Marks = BTreeMap<[String; 4], String>;
/// Days with a lesson by class and subject.
pub(super) type Days = BTreeMap<[String; 2], BTreeSet<String>>;

impl World {
    pub(super) fn new(seed: u64) -> Self {
        let mut random = fastrand::Rng::with_seed(seed);
        let (kind, terms): (_, &[(Date, Date)]) = match random.u8(..3) {
            0 => ("Четверть", &QUARTERS),
            1 => ("триместр", &TRIMESTERS),
            _ => ("полугодие", &HALVES),
        };
        let mut world = Self {
            letters: VOCABULARIES[random.usize(..VOCABULARIES.len())],
            kind,
            terms,
            term: random.usize(..terms.len()),
            classes: Vec::new(),
        };
        for number in 0..random.usize(1..4) {
            let key = format!("{}{}", 5 + number, random.choice(["А", "Б", ""]).expect("one"));
            let class = world.class(key, &mut random);
            world.classes.push(class);
        }
        world
    }

    /// Returns «2 Четверть».
    pub(super) fn title(&self, term: usize) -> String {
        format!("{} {}", term + 1, self.kind)
    }

    fn class(&self, key: String, random: &mut fastrand::Rng) -> Class {
        let mut subjects = SUBJECTS.to_vec();
        random.shuffle(&mut subjects);
        subjects.truncate(random.usize(2..9));
        let days: Vec<Vec<(Date, usize)>> = subjects.iter().map(|_| self.lessons(random)).collect();
        let suffix = suffix(&key);
        let named = |surname: &&str| GIVEN.map(|given| format!("{surname}{suffix} {given}"));
        let mut names: Vec<String> = SURNAMES.iter().flat_map(named).collect();
        random.shuffle(&mut names);
        names.truncate(random.usize(1..9));
        let pupils = names.into_iter().map(|name| {
            let is_empty = random.u8(..6) == 0;
            let row =
                |(title, days): (&&'static str, &Vec<(Date, usize)>)| self.row(title, days, is_empty, random);
            Pupil { name, subjects: subjects.iter().zip(&days).map(row).collect() }
        });
        let pupils = pupils.collect();
        Class { key, pupils }
    }

    /// Returns the days of a subject's lessons with their number.
    fn lessons(&self, random: &mut fastrand::Rng) -> Vec<(Date, usize)> {
        let (first, last) = self.terms[self.term];
        let days = std::iter::successors(Some(first), |day| day.checked_add(1.day()).ok());
        let days = days.take_while(|day| *day <= last && *day < first.checked_add(40.days()).expect("a day"));
        let days = days.filter(|day| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday));
        let mut lessons = Vec::new();
        for day in days {
            if random.u8(..5) == 0 {
                lessons.push((day, 1 + usize::from(random.u8(..4) == 0)));
            }
        }
        lessons
    }

    fn row(
        &self,
        title: &'static str,
        days: &[(Date, usize)],
        is_empty: bool,
        random: &mut fastrand::Rng,
    ) -> SubjectRow {
        let is_unmarked = is_empty || title == "Разговоры о важном";
        let mut cells = Vec::new();
        for (date, count) in days.iter().filter(|_| !is_empty) {
            // Of a double lesson a pupil may have one cell; which of the two it is cannot be seen.
            if random.u8(..4) == 0 {
                continue;
            }
            for number in 0..*count {
                let (text, signs) = if random.u8(..2) == 0 {
                    self.text(is_unmarked, random)
                } else {
                    (String::new(), Vec::new())
                };
                cells.push(Cell { date: *date, number, text, signs });
            }
        }
        let marks: Vec<f64> =
            cells.iter().flat_map(|cell| &cell.signs).filter_map(|sign| sign.parse().ok()).collect();
        let own = if marks.is_empty() { 0.0 } else { marks.iter().sum::<f64>() / marks.len() as f64 };
        let result =
            |random: &mut fastrand::Rng| ["5", "4", "3", "2", "", "н/а", "осв", "зач"][random.usize(..8)];
        let terms = (0..self.terms.len()).map(|term| {
            if is_unmarked {
                return TermSums::default();
            }
            let mean = if term == self.term { own } else { f64::from(random.u32(200..500)) / 100.0 };
            TermSums { mean, result: result(random) }
        });
        let terms = terms.collect();
        let year = if is_unmarked { "" } else { result(random) };
        SubjectRow { title, cells, terms, year }
    }

    /// Makes a cell's text and what must come out of it.
    fn text(&self, is_unmarked: bool, random: &mut fastrand::Rng) -> (String, Vec<String>) {
        let mut parts = Vec::new();
        let mut signs = Vec::new();
        for _ in 0..random.usize(1..3) {
            if is_unmarked || random.u8(..3) == 0 {
                let (letter, _, reason) = self.letters[random.usize(..self.letters.len())];
                parts.push(letter.to_owned());
                signs.extend(reason.map(str::to_owned));
            } else {
                let marks: Vec<String> =
                    (0..random.usize(1..3)).map(|_| random.u8(2..6).to_string()).collect();
                parts.push(marks.join("/"));
                signs.extend(marks);
            }
        }
        signs.sort();
        (parts.join(if random.bool() { " " } else { "  " }), signs)
    }

    fn rows(&self) -> impl Iterator<Item = (&Class, &Pupil, &SubjectRow)> {
        let pupils =
            self.classes.iter().flat_map(|class| class.pupils.iter().map(move |pupil| (class, pupil)));
        pupils.flat_map(|(class, pupil)| pupil.subjects.iter().map(move |row| (class, pupil, row)))
    }

    pub(super) fn signs(&self) -> Signs {
        let mut signs = Signs::new();
        for (class, pupil, row) in self.rows() {
            for cell in row.cells.iter().filter(|cell| !cell.signs.is_empty()) {
                let key =
                    [class.key.clone(), pupil.name.clone(), row.title.to_owned(), cell.date.to_string()];
                signs.entry(key).or_default().extend(cell.signs.iter().cloned());
            }
        }
        signs.values_mut().for_each(|day| day.sort());
        signs
    }

    /// Returns the days on which a subject is seen; `is_book`: cells without text too.
    pub(super) fn days(&self, is_book: bool) -> Days {
        let mut days = Days::new();
        for (class, _, row) in self.rows() {
            for cell in row.cells.iter().filter(|cell| is_book || !cell.text.is_empty()) {
                let key = [class.key.clone(), row.title.to_owned()];
                days.entry(key).or_default().insert(cell.date.to_string());
            }
        }
        days
    }

    /// Returns the term marks of the card, or of the report on progress alone.
    pub(super) fn marks(&self, has_card: bool) -> Marks {
        let mut marks = Marks::new();
        for (class, pupil, row) in self.rows() {
            let mut put = |term: String, value: &str| {
                if !value.is_empty() {
                    marks.insert(
                        [class.key.clone(), pupil.name.clone(), row.title.to_owned(), term],
                        value.to_owned(),
                    );
                }
            };
            for (number, sums) in
                row.terms.iter().enumerate().filter(|(number, _)| has_card || *number == self.term)
            {
                put(self.title(number).to_lowercase(), sums.result);
            }
            if has_card {
                put("год".to_owned(), row.year);
            }
        }
        marks
    }
}

/// A suffix that makes surnames of two classes differ.
fn suffix(class: &str) -> &'static str {
    match class.chars().next() {
        Some('5') => "",
        Some('6') => "ский",
        _ => "енко",
    }
}
