//! `data/problems.xlsx`: the problems of the input, for people. Each row links to its cell.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::base::draft::Draft;
use crate::base::folders::PROBLEMS_XLSX;
use crate::base::problems::{Problem, ProblemSeverity};
use crate::render::workbook::{self, Book, Cell, Column, Row, Sheet};
use crate::reports::labels;

/// The format allows 65,530 links per sheet; further problems are only in `problems.csv`.
const MOST_ROWS: usize = 60_000;

/// Fills the workbook; `places` gives the place of each input among the outputs.
pub fn problems_workbook(
    problems: &[Problem],
    places: &BTreeMap<String, String>,
    as_of: Date,
) -> Draft<'static> {
    let mut notes = vec![
        "Ссылка открывает файл, как он был получен, в пакете журналов; строка указана в нём же.".to_owned(),
    ];
    if problems.len() > MOST_ROWS {
        notes.push(format!(
            "Показаны первые {MOST_ROWS} из {}; все — в файле замечаний рядом.",
            problems.len()
        ));
    }
    let sheet = Sheet {
        name: "Замечания к данным",
        title: "Что не так во входных данных".to_owned(),
        notes,
        columns: columns(),
        frozen_columns: 2,
        printed_columns: None,
        rows: problems.iter().take(MOST_ROWS).map(|problem| row(problem, places)).collect(),
        chart: None,
    };
    let book = Book {
        title: "Замечания к входным данным".to_owned(),
        created_on: as_of,
        sheets: vec![sheet, counts(problems)],
    };
    workbook::draft(PROBLEMS_XLSX, book)
}

/// Counts of each severity, zeros included, so that an empty list is clearly good news and not a fault of the
/// program.
fn counts(problems: &[Problem]) -> Sheet {
    let all = [ProblemSeverity::Error, ProblemSeverity::Warning, ProblemSeverity::Notice];
    let of = |severity| problems.iter().filter(move |problem| problem.severity == severity);
    let files = |severity| of(severity).map(|problem| problem.file.as_str()).collect::<BTreeSet<_>>().len();
    let count = |count: usize| Cell::Count(count as f64);
    let row = |severity| Row {
        cells: vec![
            Cell::text(severity_word(severity)),
            count(of(severity).map(|problem| problem.count).sum()),
            count(files(severity)),
            Cell::text(meaning(severity)),
        ],
        is_total: false,
    };
    Sheet {
        name: "Сколько",
        title: "Сколько замечаний к данным".to_owned(),
        notes: Vec::new(),
        columns: [("Важность", 14.0), ("Замечаний", 12.0), ("Файлов", 10.0), ("Что это значит", 60.0)]
            .map(|(title, width)| Column::new(title, width))
            .to_vec(),
        frozen_columns: 1,
        printed_columns: None,
        rows: all.map(row).into(),
        chart: None,
    }
}

fn severity_word(severity: ProblemSeverity) -> &'static str {
    match severity {
        ProblemSeverity::Error => "ошибка",
        ProblemSeverity::Warning => "сомнение",
        ProblemSeverity::Notice => "к сведению",
    }
}

fn meaning(severity: ProblemSeverity) -> &'static str {
    match severity {
        ProblemSeverity::Error => "строка или файл не прочитаны: в документах и показателях их нет",
        ProblemSeverity::Warning => "прочитано всё, но что-то сомнительно: проверьте",
        ProblemSeverity::Notice => "делать ничего не нужно",
    }
}

fn columns() -> Vec<Column> {
    [
        ("Код", 8.0),
        ("Важность", 13.0),
        ("Файл", 26.0),
        ("Лист или запись", 20.0),
        ("Строка", 9.0),
        ("Столбец", 16.0),
        ("Значение", 20.0),
        ("Что не так", 48.0),
        ("Как исправить", 40.0),
    ]
    .map(|(title, width)| Column::new(title, width))
    .to_vec()
}

fn row(problem: &Problem, places: &BTreeMap<String, String>) -> Row {
    let file = match target(problem, places) {
        Some(target) => Cell::Link(problem.file.clone(), target),
        None => Cell::text(&problem.file),
    };
    let cells = vec![
        Cell::text(problem.code),
        Cell::text(severity_word(problem.severity)),
        file,
        Cell::text(&problem.sheet),
        problem.row.map_or(Cell::Empty, |row| Cell::Count(f64::from(row))),
        Cell::text(labels::column_of(problem)),
        Cell::text(&problem.value),
        Cell::text(labels::in_words(&problem.message.ru)),
        Cell::text(labels::in_words(&problem.hint.ru)),
    ];
    Row { cells, is_total: false }
}

/// Returns the link from `data/` to a source, with the sheet and cell where it is a workbook.
fn target(problem: &Problem, places: &BTreeMap<String, String>) -> Option<String> {
    let path = format!("../{}", places.get(&problem.file)?);
    let is_workbook = [".xlsx", ".xlsm", ".xls", ".ods"].iter().any(|ending| path.ends_with(ending));
    if problem.sheet.is_empty() || !is_workbook {
        return Some(path);
    }
    let sheet = problem.sheet.replace('\'', "''");
    let cell = match problem.row {
        Some(_) if !problem.cell.is_empty() => problem.cell.clone(),
        row => format!("A{}", row.unwrap_or(1)),
    };
    Some(format!("{path}#'{sheet}'!{cell}"))
}
