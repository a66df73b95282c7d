//! The index page: what was built, from what, what was left out and why, with links to everything. Opens from the disk.

use std::collections::BTreeMap;

use anyhow::Result;
use serde::Serialize;

use super::{REPORTS, Report, ReportContext, gaps};
use crate::base::files::Document;
use crate::base::problems::{Cause, Problem, causes};
use crate::base::severity::Severity;
use crate::data::build_record::{BuildRecord, DocumentRecord};
use crate::render::{format, html};
use crate::reports::labels;
use crate::rules::RULES;
use crate::rules::finding::Finding;

/// How many causes of problems stand on the page; all are in `data/problems.csv`.
const PROBLEMS_SHOWN: usize = 50;

#[derive(Serialize)]
struct View {
    school: String,
    year: String,
    as_of: String,
    program: String,
    regulation: String,
    tiles: Vec<Tile>,
    columns: Vec<String>,
    classes: Vec<ClassRow>,
    workbooks: Vec<Link>,
    reports: Vec<Link>,
    data: Vec<Link>,
    packages: Vec<PackageRow>,
    left_out: Vec<String>,
    in_short: String,
    rules: Vec<RuleRow>,
    problems: Vec<ProblemRow>,
    problems_hidden: usize,
    tables: Vec<TableRow>,
    inputs: usize,
    inputs_digest: String,
}

#[derive(Serialize)]
struct Tile {
    count: String,
    label: &'static str,
    is_bad: bool,
}

#[derive(Clone, Serialize)]
struct Link {
    href: String,
    title: String,
    note: String,
}

#[derive(Serialize)]
struct ClassRow {
    class: String,
    /// A cell for each report, in their order.
    documents: Vec<DocumentCell>,
}

#[derive(Clone, Serialize)]
struct DocumentCell {
    made: Option<Link>,
    missing: &'static str,
}

#[derive(Serialize)]
struct PackageRow {
    title: String,
    folder: String,
    zip: String,
    years: u8,
    files: usize,
    size: String,
}

#[derive(Serialize)]
struct RuleRow {
    title: &'static str,
    clause: String,
    violations: usize,
    notices: usize,
    examined: String,
    unjudged: usize,
}

#[derive(Serialize)]
struct ProblemRow {
    severity: &'static str,
    place: String,
    message: String,
    hint: String,
    count: usize,
}

#[derive(Serialize)]
struct TableRow {
    title: &'static str,
    rows: String,
    left_out: usize,
}

/// Makes the page.
///
/// # Errors
/// When template and view do not fit: a fault of the program.
pub fn document(context: &ReportContext<'_>, record: &BuildRecord) -> Result<Document> {
    Ok(Document::new("index.html", html::index(&view(context, record))?))
}

fn view(context: &ReportContext<'_>, record: &BuildRecord) -> View {
    let journal = context.journal;
    let (problems, problems_hidden) = problem_rows(context.problems);
    View {
        school: journal.school.name.clone(),
        year: format::years(&journal.year.title),
        as_of: format::date_long(context.as_of),
        program: format!("letopis {}", record.fingerprint.version),
        regulation: regulation(context),
        tiles: tiles(context, record),
        columns: REPORTS.iter().map(column).collect(),
        classes: class_rows(context, record),
        workbooks: links(record, "workbooks/"),
        reports: [links(record, "timeliness.html"), links(record, "reports/"), links(record, "acts/")]
            .concat(),
        data: data_links(),
        packages: package_rows(record),
        left_out: [record.left_out.clone(), gaps::reweighted(context.checked)].concat(),
        in_short: gaps::in_short(context.checked).unwrap_or_default(),
        rules: rule_rows(context),
        problems,
        problems_hidden,
        tables: table_rows(record),
        inputs: record.inputs.len(),
        inputs_digest: record.fingerprint.inputs_sha256.clone(),
    }
}

fn regulation(context: &ReportContext<'_>) -> String {
    let act = &context.journal.regulation;
    let date = act.date.map(|date| format!(" от {}", format::date(date))).unwrap_or_default();
    if act.title.is_empty() {
        String::new()
    } else {
        format!("{}, приказ № {}{date}", act.title, act.order)
    }
}

fn tiles(context: &ReportContext<'_>, record: &BuildRecord) -> Vec<Tile> {
    let pages: usize = record.documents.iter().map(|document| document.pages).sum();
    let left_out: usize = record.tables.iter().map(|table| table.left_out).sum();
    let tile = |count: usize, forms: [&'static str; 3], is_bad: bool| Tile {
        count: format::thousands(count),
        label: format::plural(count, forms),
        is_bad: is_bad && count > 0,
    };
    vec![
        tile(context.journal.classes.len(), ["класс", "класса", "классов"], false),
        tile(context.journal.pupils.len(), ["ученик", "ученика", "учеников"], false),
        tile(context.journal.lessons.len(), ["урок", "урока", "уроков"], false),
        tile(context.journal.marks.len(), ["отметка", "отметки", "отметок"], false),
        tile(pages, ["страница", "страницы", "страниц"], false),
        tile(
            record.findings.violations,
            ["нарушение регламента", "нарушения регламента", "нарушений регламента"],
            true,
        ),
        tile(
            record.findings.notices,
            ["замечание к сведению", "замечания к сведению", "замечаний к сведению"],
            false,
        ),
        tile(left_out, ["строка не прочитана", "строки не прочитаны", "строк не прочитано"], true),
    ]
}

/// Returns the head of a report's column: what it is and how long it is kept.
fn column(report: &Report) -> String {
    let years = usize::from(report.series.years_kept());
    format!("{}, хранится {years} {}", report.title, format::plural(years, ["год", "года", "лет"]))
}

fn class_rows(context: &ReportContext<'_>, record: &BuildRecord) -> Vec<ClassRow> {
    let mut rows: Vec<ClassRow> = Vec::new();
    for job in super::jobs(context.journal) {
        let super::Of::Class(class, report) = job.of else { continue };
        let class = context.journal.classes[class].key.to_string();
        let made = record.documents.iter().find(|document| document.path == job.path).map(link);
        let place = rows.iter().position(|row| row.class == class).unwrap_or_else(|| {
            let missing = |report: &Report| DocumentCell { made: None, missing: report.missing };
            rows.push(ClassRow { class, documents: REPORTS.iter().map(missing).collect() });
            rows.len() - 1
        });
        let column = REPORTS.iter().position(|other| std::ptr::eq(other, report));
        if let Some(cell) = column.and_then(|column| rows[place].documents.get_mut(column)) {
            cell.made = made;
        }
    }
    rows
}

fn link(document: &DocumentRecord) -> Link {
    let pages = || format::counted(document.pages, ["страница", "страницы", "страниц"]);
    let note = if document.pages > 0 { pages() } else { String::new() };
    Link { href: document.path.clone(), title: document.title.clone(), note }
}

fn links(record: &BuildRecord, folder: &str) -> Vec<Link> {
    record.documents.iter().filter(|document| document.path.starts_with(folder)).map(link).collect()
}

fn data_links() -> Vec<Link> {
    let link = |href: &str, title: &str, note: &str| Link {
        href: href.to_owned(),
        title: title.to_owned(),
        note: note.to_owned(),
    };
    vec![
        link("data/metrics.csv", "Показатели", "с числителем, знаменателем и исключёнными"),
        link(
            "data/analytics/standings.csv",
            "Аналитика",
            "таблицы об учениках, уроках и работах в этой папке",
        ),
        link("data/findings.csv", "Замечания к журналу", "каждое со сроком, местом и пунктом регламента"),
        link(
            "data/problems.xlsx",
            "Замечания к данным",
            "книга: каждое со ссылкой на строку исходного файла",
        ),
        link("data/problems.csv", "Замечания к данным, CSV", "каждое с файлом, листом, строкой и советом"),
        link(
            "data/tables/datapackage.json",
            "Нормализованные таблицы",
            "описание таблиц CSV и Parquet рядом с ними",
        ),
        link("build.json", "Запись о сборке", "контрольные суммы входа и всех файлов"),
    ]
}

fn package_rows(record: &BuildRecord) -> Vec<PackageRow> {
    record
        .packages
        .iter()
        .map(|package| PackageRow {
            title: package.title.clone(),
            folder: format!("{}/", package.path),
            zip: format!("{}.zip", package.path),
            years: package.years_kept,
            files: package.files,
            size: format!(
                "{} КБ",
                format::thousands(usize::try_from(package.bytes.div_ceil(1000)).unwrap_or(usize::MAX))
            ),
        })
        .collect()
}

fn rule_rows(context: &ReportContext<'_>) -> Vec<RuleRow> {
    let mut found: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in &context.checked.findings {
        found.entry(finding.rule).or_default().push(finding);
    }
    let row = |examined: &crate::rules::Examined| {
        let findings = found.remove(examined.rule).unwrap_or_default();
        let of = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        let rule = RULES.iter().find(|rule| rule.id == examined.rule);
        RuleRow {
            title: rule.map_or("", |rule| rule.title_ru),
            clause: rule.map(|rule| clauses(rule.clauses)).unwrap_or_default(),
            violations: of(Severity::Violation),
            notices: of(Severity::Notice),
            examined: format::thousands(examined.examined),
            unjudged: examined.unjudged,
        }
    };
    context.checked.examined.iter().map(row).collect()
}

fn clauses(ids: &[&str]) -> String {
    ids.iter().map(|id| labels::clause(id)).collect::<Vec<_>>().join("; ")
}

/// Folds problems with one cause into one row.
fn problem_rows(problems: &[Problem]) -> (Vec<ProblemRow>, usize) {
    let causes = causes(problems);
    let hidden = causes.len().saturating_sub(PROBLEMS_SHOWN);
    let rows = causes.into_iter().take(PROBLEMS_SHOWN).map(|Cause { first, count, kinds }| ProblemRow {
        severity: first.severity.code(),
        place: labels::place(first),
        message: match kinds {
            0 | 1 => labels::in_words(&first.message),
            kinds => format!("{}; разных значений: {kinds}", labels::in_words(&first.message)),
        },
        hint: labels::in_words(&first.hint),
        count,
    });
    (rows.collect(), hidden)
}

fn table_rows(record: &BuildRecord) -> Vec<TableRow> {
    let title = |id: &str| {
        let table = crate::model::Table::parse(id);
        table.map_or("", |table| crate::ingest::schema::schema_of(table).title)
    };
    let rows = record.tables.iter();
    rows.map(|table| TableRow {
        title: title(&table.table),
        rows: format::thousands(table.rows),
        left_out: table.left_out,
    })
    .collect()
}
