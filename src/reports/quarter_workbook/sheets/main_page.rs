//! «Главное»: the numbers of the term beside the last term's, each opens the rows behind it; then what the workbook has.

use super::super::lists::{Entry, Lists, key};
use super::super::pages::{Head, Page, Pages};
use super::absences::ABSENCES;
use super::{by_name, movement, standings};
use crate::render::workbook::{Cell, Column, Rows, Sheet};
use crate::reports::common::{Count, Standings, terms};
use crate::stats::Scope;
use crate::stats::analytics::{CONTROL_WORKS, LESSON_CHANGES, MISSED, PROGRAMME, STANDINGS};

pub(super) const MAIN: Page = Page {
    name: "Главное",
    said: "числа периода рядом с прошлым и оглавление",
    has_names: false,
    make: main_page,
};

fn main_page(pages: &Pages<'_>, lists: &mut Lists) -> Sheet {
    let mut entries: Vec<Entry> = Vec::new();
    if by_name::lack(pages).is_none() {
        entries.extend(shares(pages, lists));
        entries.extend(groups(pages, lists));
    }
    entries.extend(work(pages, lists));
    entries.extend(contents(pages));
    let journal = pages.context.journal;
    let before = pages
        .data
        .before
        .map_or("Прошлый период".to_owned(), |term| terms::title(journal, term));
    let mut columns = vec![
        Column::new("Показатель", 38.0),
        Column::titled(terms::title(journal, pages.data.term), 14.0),
        Column::new("Сколько", 9.0),
        Column::new("Из скольких", 9.0),
        Column::titled(before, 14.0),
        Column::new("Изменение", 11.0),
        Column::new("Изменение у тех же учеников", 12.0),
    ];
    if has_last_year(pages) {
        columns.extend(
            ["Год назад", "За год", "За год у тех же учеников"].map(|title| Column::new(title, 10.0)),
        );
    }
    columns.push(Column::new("Что это", if has_last_year(pages) { 32.0 } else { 60.0 }));
    let mut notes = vec![pages.coverage.said()];
    notes.extend(by_name::lack(pages).map(|why| format!("Итоги не сформированы: {why}.")));
    if pages.data.before.is_none() {
        notes.push("Прошлого периода в этих данных нет: сравнивать не с чем.".to_owned());
    }
    notes.push("Подчёркнутое число открывает свои строки: их столько же, сколько в нём, или они складываются в него.".to_owned());
    let title = format!("Главное: {}", terms::title(journal, pages.data.term));
    pages.list(lists, Head { name: MAIN.name, title, notes, columns, frozen: 1 }, entries)
}

const NOTHING: [Cell; 6] = [const { Cell::Empty }; 6];

fn line(pages: &Pages<'_>, title: &str, cells: [Cell; 6], said: &str) -> Entry {
    let mut all = vec![Cell::text(title)];
    all.extend(cells);
    if has_last_year(pages) {
        all.extend([const { Cell::Empty }; 3]);
    }
    all.push(Cell::text(said));
    Entry::new(Vec::new(), all)
}

/// Tells whether the same term of the year before is compared.
fn has_last_year(pages: &Pages<'_>) -> bool {
    pages.changes.from_last_year(Scope::School, "", "quality").is_some()
}

/// Attainment, quality, СОУ and mean, beside the last term's and over the same pupils.
fn shares(pages: &Pages<'_>, lists: &Lists) -> Vec<Entry> {
    let whom = pages.data.grades.marked().label();
    let figures = [
        ("attainment", "Успеваемость, %", Some("success"), "ученики без «2» и н/а от аттестованных"),
        ("quality", "Качество знаний, %", Some("quality"), "ученики на «4» и «5» от аттестованных"),
        ("sou", "СОУ, %", None, "степень обученности по всем отметкам"),
        ("mean_mark", "Средний балл", None, "среднее всех отметок 1–5"),
    ];
    let decimal = |value: Option<f64>| value.map_or(Cell::Empty, Cell::Decimal);
    let entry = |(metric, title, what, said): (&'static str, &str, Option<&str>, &str)| {
        let from = pages.changes.from_before(&pages.data, Scope::School, "", None, metric);
        let Count { found, of } = pages.data.count(metric, Scope::School, "", None);
        let number = |number: usize, what: &str| lists.count(number, &key(what, Scope::School, ""));
        let counts =
            what.map_or([Cell::Empty, Cell::Empty], |what| [number(found, what), number(of, "assessed")]);
        let [found, of] = counts;
        let value = decimal(pages.data.value(metric, Scope::School, "", None));
        let cells = [value, found, of, decimal(from.before), decimal(from.change), decimal(from.of_cohort())];
        let mut entry = line(pages, title, cells, &format!("{said}; {whom}"));
        if let Some(year) = pages.changes.from_last_year(Scope::School, "", metric) {
            let of_year = [decimal(year.before), decimal(year.change), decimal(year.of_cohort())];
            entry.row.cells.splice(7..10, of_year);
        }
        entry.row.is_total = true;
        entry
    };
    figures.into_iter().map(entry).collect()
}

/// Pupils by standing.
fn groups(pages: &Pages<'_>, lists: &Lists) -> Vec<Entry> {
    let now = standings::of(pages, |_, _| true).counts();
    let before = pages.data.before.map(|_| Standings::of(pages.data.rows_before(&STANDINGS)).counts());
    let whom = pages.data.grades.marked().label();
    let line_of = |(at, (what, title)): (usize, &(&str, &str))| {
        let said = if at == 0 { whom.as_str() } else { "" };
        let number = lists.count(now[at], &key(what, Scope::School, ""));
        let then = before.map(|before| before[at]);
        let change = then.map_or(Cell::Empty, |then| Cell::Count(now[at] as f64 - then as f64));
        let then = then.map_or(Cell::Empty, |then| Cell::Count(then as f64));
        let of = if at == 0 { Cell::Empty } else { lists.count(now[0], &key("listed", Scope::School, "")) };
        line(pages, title, [number, Cell::Empty, of, then, change, Cell::Empty], said)
    };
    standings::COUNTS.iter().enumerate().map(line_of).collect()
}

/// Absences, programme, works, changes and movement: each where the inputs have it.
fn work(pages: &Pages<'_>, lists: &Lists) -> Vec<Entry> {
    let has_lessons = pages.coverage.lack_of_lessons().is_none();
    let has = |table| pages.data.lack(table).is_none();
    let mut entries = Vec::new();
    if has_lessons && has(&MISSED) {
        entries.extend(lessons_missed(pages, lists));
    }
    if has_lessons && has(&PROGRAMME) {
        let mut cells = only(lists.all("lagging"));
        cells[2] = lists.all("courses");
        let said = "курсы, где данных часов меньше, чем в плане периода";
        entries.push(line(pages, "Курсов отстаёт от плана", cells, said));
    }
    if has(&CONTROL_WORKS) {
        entries.extend(control_works(pages, lists));
    }
    if has_lessons && has(&LESSON_CHANGES) {
        let of = |(what, title): &(&str, &str)| line(pages, title, only(lists.all(what)), "");
        entries.extend(CHANGES.iter().map(of));
    }
    entries.extend(MOVES.iter().filter_map(|(what, title)| {
        let number = movement::of_school(pages, what)?;
        let cell = lists.count(number, &key(what, Scope::School, ""));
        Some(line(pages, title, only(cell), &pages.data.grades.label()))
    }));
    entries
}

const CHANGES: [(&str, &str); 4] = [
    ("lessons_substituted", "Замен уроков"),
    ("lessons_missed", "Уроков не проведено"),
    ("lessons_moved", "Уроков перенесено"),
    ("lessons_cancelled", "Уроков отменено"),
];

const MOVES: [(&str, &str); 4] = [
    ("start", "Учеников на начало периода"),
    ("arrived", "Прибыло в школу"),
    ("left", "Выбыло из школы"),
    ("end", "Учеников на конец периода"),
];

const WORKS: [(&str, &str); 3] = [
    ("works_held", "Контрольных работ проведено"),
    ("works_late", "из них позже срока"),
    ("works_not_held", "Контрольных работ не проведено"),
];

fn only(number: Cell) -> [Cell; 6] {
    let mut cells = NOTHING;
    cells[0] = number;
    cells
}

fn lessons_missed(pages: &Pages<'_>, lists: &Lists) -> [Entry; 2] {
    let missed = pages.term.overall("absence_lessons", Scope::School).next().and_then(|one| one.value);
    let [school, pupils] = ["missed", "absent"].map(|what| key(what, Scope::School, ""));
    let cell = missed.map_or(Cell::Empty, |missed| {
        lists.count_or_sum(missed.round() as usize, &school, (ABSENCES.name, &pupils))
    });
    let said = format!("каждая строка списка — ученик и урок; {}", pages.data.grades.label());
    let bad = lists.all(&key("bad", Scope::School, ""));
    [
        line(pages, "Пропущено уроков", only(cell), &said),
        line(pages, "Неудовлетворительных отметок", only(bad), "«1», «2» и незачёты за уроки"),
    ]
}

fn control_works(pages: &Pages<'_>, lists: &Lists) -> Vec<Entry> {
    let entry = |(what, title): &(&str, &str)| {
        let mut cells = only(lists.all(what));
        cells[2] = lists.all("works");
        line(pages, title, cells, "работы графика за период")
    };
    WORKS.iter().map(entry).collect()
}

/// The other sheets, each opened by its name.
fn contents(pages: &Pages<'_>) -> Vec<Entry> {
    let others = pages.sheets.iter().filter(|page| page.name != MAIN.name);
    let entry = |page: &&Page| {
        let top = Rows { sheet: page.name, first: 0, count: 0 };
        let mut entry = line(pages, &format!("Лист «{}»", page.name), NOTHING, page.said);
        entry.row.cells[0] = entry.row.cells[0].clone().to(top);
        entry
    };
    others.map(entry).collect()
}
