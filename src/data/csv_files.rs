//! The tables for programs that a build leaves in `data/`: findings and problems, in the form that
//! `exchange.md` gives.

use anyhow::Result;
use jiff::civil::{Date, DateTime};

use crate::base::draft::{Draft, Key, KeyMaker};
use crate::base::files::Document;
use crate::base::folders;
use crate::base::problems::Problem;
use crate::base::shown;
use crate::model::Journal;
use crate::rules::finding::Finding;
use crate::stats::analytics::{Cell, Filled};

/// Why tables for programs keep text that looks like a formula. The folder and every package carry this note.
pub const FORMULAS_NOTE: &str = "\
Таблицы CSV здесь — для программ, поэтому значения в них стоят как есть, в точности как в источнике. Значение, которое
начинается с «=», «+», «-», «@» или табуляции, электронная таблица может принять за формулу: апостроф перед ним сделал
бы его другим значением, и отметка или тема разошлись бы с источником. Открывайте такие файлы не двойным щелчком, а
через импорт («Данные — Из текстового/CSV-файла»), и назначьте столбцам тип «Текстовый». В книгах .xlsx все тексты —
строки, формул в них не бывает.
";

/// Returns the text that explains the folder `data`.
pub fn readme() -> Document {
    let text = format!(
        "Данные для других программ: findings.csv — замечания к журналу, problems.csv — замечания к входным данным\n\
         (problems.xlsx — то же для людей), metrics.csv — показатели, tables — таблицы в формате обмена с описанием.\n\n\
         {FORMULAS_NOTE}"
    );
    Document::new(folders::DATA_README, text)
}

/// Writes `data/findings.csv`: UTF-8, comma, LF.
///
/// # Errors
/// Never in practice: the CSV is written to memory.
pub fn findings_csv(journal: &Journal, findings: &[Finding]) -> Result<Document> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record([
        "rule",
        "clause",
        "severity",
        "date",
        "due_at",
        "found_at",
        "term_id",
        "class_id",
        "subject_id",
        "course_id",
        "lesson_id",
        "pupil_id",
        "staff_id",
        "message",
    ])?;
    for finding in findings {
        csv.write_record(finding_row(journal, finding))?;
    }
    Ok(Document::new(folders::FINDINGS_CSV, csv.into_inner()?))
}

fn finding_row(journal: &Journal, f: &Finding) -> [String; 14] {
    let date = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
    let moment = |moment: Option<DateTime>| moment.map(|moment| moment.to_string()).unwrap_or_default();
    [
        f.rule.to_owned(),
        f.clause.to_owned(),
        f.severity.code().to_owned(),
        date(f.date),
        moment(f.due_at),
        moment(f.found_at),
        f.term.map(|id| journal.terms[id].key.to_string()).unwrap_or_default(),
        f.class.map(|id| journal.classes[id].key.to_string()).unwrap_or_default(),
        f.subject.map(|id| journal.subjects[id].key.to_string()).unwrap_or_default(),
        f.course.map(|id| journal.courses[id].key.to_string()).unwrap_or_default(),
        f.lesson.map(|id| journal.lessons[id].key.to_string()).unwrap_or_default(),
        f.pupil.map(|id| journal.pupils[id].key.to_string()).unwrap_or_default(),
        f.staff.map(|id| journal.staff[id].key.to_string()).unwrap_or_default(),
        f.message.clone(),
    ]
}

/// Writes the tables of the analytics, each as `data/analytics/NAME.csv` and `.parquet`.
///
/// # Errors
/// When polars cannot encode a table.
pub fn analytics_files(filled: &[Filled]) -> Result<Vec<Draft<'_>>> {
    let mut drafts = Vec::new();
    for one in filled {
        let path = format!("{}/{}", folders::ANALYTICS, one.table.name);
        let csv = Document::new(format!("{path}.csv"), one.csv()?);
        drafts.push(Draft::costly(format!("{path}.parquet"), parquet_key(one, &csv.bytes), || one.parquet()));
        drafts.push(csv.into());
    }
    Ok(drafts)
}

/// Returns the key of a table's Parquet file: the CSV alone does not distinguish an empty text from no value.
fn parquet_key(filled: &Filled, csv: &[u8]) -> Key {
    let mut key = KeyMaker::new("analytics");
    key.bytes(csv);
    for (_, kind) in filled.table.columns {
        key.number(*kind as u64);
    }
    for row in &filled.rows {
        key.bytes(&row.iter().map(|cell| u8::from(*cell != Cell::Nothing)).collect::<Vec<u8>>());
    }
    key.finish()
}

/// Writes `data/problems.csv`: UTF-8, comma, LF; the remedy is in the last column. Characters that would
/// control a terminal are written as codes. Text that looks like a formula is kept as it is, because programs
/// read this file.
///
/// # Errors
/// Never in practice: the CSV is written to memory.
pub fn problems_csv(problems: &[Problem]) -> Result<Document> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(["code", "severity", "file", "sheet", "row", "column", "value", "message"])?;
    for p in problems {
        let row = p.row.map(|row| row.to_string()).unwrap_or_default();
        let message =
            if p.hint.is_empty() { p.message.ru.clone() } else { format!("{}; {}", p.message.ru, p.hint.ru) };
        let texts = [&p.file, &p.sheet, &row, &p.column, &p.value, &message].map(|text| shown::lines(text));
        let codes = [p.code, p.severity.code()];
        csv.write_record(codes.into_iter().chain(texts.iter().map(|text| &**text)))?;
    }
    Ok(Document::new(folders::PROBLEMS_CSV, csv.into_inner()?))
}

/// Writes `data/printed-means.csv`: the means and results that the source's reports print, with their places.
/// Returns `None` where no report prints any.
///
/// # Errors
/// Never in practice: the CSV is written to memory.
pub fn printed_means_csv(journal: &Journal) -> Result<Option<Document>> {
    if journal.printed_means.is_empty() {
        return Ok(None);
    }
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record([
        "pupil_id",
        "subject_id",
        "term_id",
        "from",
        "to",
        "mean",
        "weighted_mean",
        "result",
        "file",
        "sheet",
        "row",
    ])?;
    for row in &journal.printed_means {
        let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
        let origin = journal.origin(row.place);
        csv.write_record([
            journal.pupils[row.pupil].key.to_string(),
            journal.subjects[row.subject].key.to_string(),
            row.term.map(|id| journal.terms[id].key.to_string()).unwrap_or_default(),
            row.span.map(|span| span.from.to_string()).unwrap_or_default(),
            row.span.map(|span| span.to.to_string()).unwrap_or_default(),
            number(row.mean),
            number(row.weighted),
            row.result.to_string(),
            origin.map(|origin| origin.file.clone()).unwrap_or_default(),
            origin.map(|origin| origin.sheet.clone()).unwrap_or_default(),
            row.place.row.to_string(),
        ])?;
    }
    Ok(Some(Document::new(folders::PRINTED_MEANS_CSV, csv.into_inner()?)))
}
