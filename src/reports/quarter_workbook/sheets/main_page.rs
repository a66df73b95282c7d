//! «Главное»: the numbers of the term beside the last term's, each opens the rows behind it; then what the workbook has.

use super::super::lists::{Entry, Lists, key};
use super::super::pages::{Head, Page, Pages};
use super::absences::ABSENCES;
use super::{by_name, movement, standings};
use crate::render::workbook::{Cell, Column, Rows, Sheet};
use crate::reports::common::{Count, Standings, terms};
use crate::stats::Scope;
use crate::stats::analytics::{CONTROL_WORKS, LESSON_CHANGES, MISSED, PROGRAMME, STANDINGS};

pub(super) const MAIN: Page = Page { name: "Главное", has_names: false, make: main_page };

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
    let columns = vec![
        Column::new("Показатель", 44.0),
        Column::titled(terms::title(journal, pages.data.term), 18.0),
        Column::new("Сколько", 12.0),
        Column::new("Из скольких", 12.0),
        Column::titled(before, 18.0),
        Column::new("Изменение", 12.0),
        Column::new("У тех же учеников", 14.0),
        Column::new("Что это", 46.0),
    ];
    let mut notes = vec![pages.coverage.said()];
    notes.extend(by_name::lack(pages).map(|why| format!("Итоги не сформированы: {why}.")));
    notes.push("Подчёркнутое число открывает свои строки: их столько же, сколько в нём, или они складываются в него.".to_owned());
    let title = format!("Главное: {}", terms::title(journal, pages.data.term));
    pages.list(lists, Head { name: MAIN.name, title, notes, columns, frozen: 1 }, entries)
}

fn line(title: &str, cells: [Cell; 6], said: &str) -> Entry {
    let mut all = vec![Cell::text(title)];
    all.extend(cells);
    all.push(Cell::text(said));
    Entry::new(Vec::new(), all)
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
        let mut entry = line(title, cells, &format!("{said}; {whom}"));
        entry.row.is_total = true;
        entry
    };
    figures.into_iter().map(entry).collect()
}

/// Pupils by standing.
fn groups(pages: &Pages<'_>, lists: &Lists) -> Vec<Entry> {
    let now = standings::counts(&standings::of(pages, |_, _| true));
    let before =
        pages.data.before.map(|_| standings::counts(&Standings::of(pages.data.rows_before(&STANDINGS))));
    let line_of = |(at, (what, title)): (usize, &(&str, &str))| {
        let number = lists.count(now[at], &key(what, Scope::School, ""));
        let then = before.map(|before| before[at]);
        let change = then.map_or(Cell::Empty, |then| Cell::Count(now[at] as f64 - then as f64));
        let then = then.map_or(Cell::Empty, |then| Cell::Count(then as f64));
        line(title, [number, Cell::Empty, Cell::Empty, then, change, Cell::Empty], "учеников")
    };
    standings::COUNTS.iter().enumerate().map(line_of).collect()
}

/// Absences, programme, works, changes and movement.
fn work(pages: &Pages<'_>, lists: &Lists) -> Vec<Entry> {
    let mut entries = Vec::new();
    let only = |number: Cell| [number, Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty];
    let no_lessons = pages.coverage.lack_of_lessons();
    if pages.data.lack(&MISSED).is_none() && no_lessons.is_none() {
        let missed = pages.term.overall("absence_lessons", Scope::School).next().and_then(|one| one.value);
        let school = key("absent", Scope::School, "");
        let cell = missed.map_or(Cell::Empty, |missed| {
            lists.count_or_sum(
                missed.round() as usize,
                &key("missed", Scope::School, ""),
                (ABSENCES.name, &school),
            )
        });
        entries.push(line("Пропущено уроков", only(cell), "каждая строка списка — ученик и урок"));
        entries.push(line(
            "Неудовлетворительных отметок за уроки",
            only(lists.all(&key("bad", Scope::School, ""))),
            "«1», «2» и незачёты",
        ));
    }
    if pages.data.lack(&PROGRAMME).is_none() && no_lessons.is_none() {
        let mut cells = only(lists.all("lagging"));
        cells[2] = lists.all("courses");
        entries.push(line(
            "Курсов отстаёт от плана",
            cells,
            "курсы, где данных часов меньше, чем в плане периода",
        ));
    }
    if pages.data.lack(&CONTROL_WORKS).is_none() {
        let works = [
            ("works_held", "Контрольных работ проведено"),
            ("works_late", "из них позже срока"),
            ("works_not_held", "Контрольных работ не проведено"),
        ];
        entries.extend(works.map(|(what, title)| {
            let mut cells = only(lists.all(what));
            cells[2] = lists.all("works");
            line(title, cells, "работы графика этого периода")
        }));
    }
    if pages.data.lack(&LESSON_CHANGES).is_none() && no_lessons.is_none() {
        let changes = [
            ("lessons_substituted", "Замен уроков"),
            ("lessons_missed", "Уроков не проведено"),
            ("lessons_moved", "Уроков перенесено"),
            ("lessons_cancelled", "Уроков отменено"),
        ];
        entries.extend(changes.map(|(what, title)| line(title, only(lists.all(what)), "уроков")));
    }
    let moves = [
        ("start", "Учеников на начало периода"),
        ("arrived", "Прибыло в школу"),
        ("left", "Выбыло из школы"),
        ("end", "Учеников на конец периода"),
    ];
    entries.extend(moves.into_iter().filter_map(|(what, title)| {
        let number = movement::of_school(pages, what)?;
        let cell = lists.count(number, &key(what, Scope::School, ""));
        Some(line(title, only(cell), &format!("учеников; {}", pages.data.grades.label())))
    }));
    entries
}

/// The other sheets, each opened by its name.
fn contents(pages: &Pages<'_>) -> Vec<Entry> {
    let others = pages.sheets.iter().copied().filter(|sheet| *sheet != MAIN.name);
    others
        .map(|sheet| {
            let top = Rows { sheet, first: 0, count: 0 };
            let mut cells = vec![Cell::text(format!("Лист «{sheet}»")).to(top)];
            cells.resize(8, Cell::Empty);
            Entry::new(Vec::new(), cells)
        })
        .collect()
}
