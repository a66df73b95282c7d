//! The index page: what was built, from what, and what was left out and why, with links to everything. It
//! opens from the disk.

mod documents;

use std::collections::BTreeMap;

use anyhow::Result;
use serde::Serialize;

use self::documents::{Documents, Link};
use super::context::ReportContext;
use super::gaps;
use super::jobs::ReportJob;
use super::report::Report;
use super::timeliness;
use crate::base::files::Document;
use crate::base::folders;
use crate::base::problems::{Cause, Problem, causes};
use crate::base::severity::Severity;
use crate::data::build_record::BuildRecord;
use crate::render::{format, html};
use crate::reports::labels;
use crate::rules::RULES;
use crate::rules::finding::Finding;

/// How many causes of problems are on the page; `data/problems.csv` has all.
const PROBLEMS_SHOWN: usize = 50;

#[derive(Serialize)]
struct View {
    school: String,
    year: String,
    as_of: String,
    program: String,
    regulation: String,
    tiles: Vec<Tile>,
    #[serde(flatten)]
    documents: Documents,
    data: Vec<Link>,
    packages: Vec<PackageRow>,
    left_out: Vec<String>,
    summary_sentence: String,
    findings_workbook: &'static str,
    /// What is set by the school's own templates, and by which.
    own_templates: Vec<String>,
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
/// When template and view do not match, which is a fault of the program.
pub fn document(
    context: &ReportContext<'_>,
    record: &BuildRecord,
    reports: &[&'static Report],
    jobs: &[ReportJob],
) -> Result<Document> {
    let documents = Documents::new(context.journal, record, reports, jobs);
    Ok(Document::new("index.html", html::index(&view(context, record, documents))?))
}

fn view(context: &ReportContext<'_>, record: &BuildRecord, documents: Documents) -> View {
    let journal = context.journal;
    let (problems, problems_hidden) = problem_rows(context.problems);
    View {
        school: journal.school.name.clone(),
        year: format::years(&journal.year.title),
        as_of: format::date_long(context.as_of),
        program: format!("letopis {}", record.fingerprint.version),
        regulation: regulation(context),
        tiles: tiles(context, record),
        documents,
        data: data_links(),
        packages: package_rows(record),
        left_out: [record.left_out.ru.clone(), gaps::reweighted(context.checked)].concat(),
        own_templates: record.fingerprint.templates.iter().map(|own| own.name.clone()).collect(),
        findings_workbook: timeliness::WORKBOOK,
        summary_sentence: gaps::summary_sentence(context.checked).unwrap_or_default(),
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

fn data_links() -> Vec<Link> {
    let link = |href: &str, title: &str, note: &str| Link {
        href: href.to_owned(),
        title: title.to_owned(),
        note: note.to_owned(),
    };
    vec![
        link(folders::METRICS_CSV, "Показатели", "с числителем, знаменателем и исключёнными"),
        link(
            &format!("{}/standings.csv", folders::ANALYTICS),
            "Аналитика",
            "таблицы об учениках, уроках и работах в этой папке",
        ),
        link(folders::FINDINGS_CSV, "Замечания к журналу", "каждое со сроком, местом и пунктом регламента"),
        link(
            folders::PROBLEMS_XLSX,
            "Замечания к данным",
            "книга: каждое со ссылкой на строку исходного файла",
        ),
        link(folders::PROBLEMS_CSV, "Замечания к данным, CSV", "каждое с файлом, листом, строкой и советом"),
        link(folders::DATAPACKAGE, "Нормализованные таблицы", "описание таблиц CSV и Parquet рядом с ними"),
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
            title: rule.map_or("", |rule| rule.title.ru),
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

/// Combines problems with one cause into one row.
fn problem_rows(problems: &[Problem]) -> (Vec<ProblemRow>, usize) {
    let causes = causes(problems);
    let hidden = causes.len().saturating_sub(PROBLEMS_SHOWN);
    let rows = causes.into_iter().take(PROBLEMS_SHOWN).map(|Cause { first, count, kinds }| ProblemRow {
        severity: first.severity.code(),
        place: labels::place(first),
        message: match kinds {
            0 | 1 => labels::in_words(&first.message.ru),
            kinds => format!("{}; разных значений: {kinds}", labels::in_words(&first.message.ru)),
        },
        hint: labels::in_words(&first.hint.ru),
        count,
    });
    (rows.collect(), hidden)
}

fn table_rows(record: &BuildRecord) -> Vec<TableRow> {
    let title = |id: &str| {
        let table = crate::model::Table::parse(id);
        table.map_or("", |table| crate::model::schema::schema_of(table).title)
    };
    let rows = record.tables.iter();
    rows.map(|table| TableRow {
        title: title(&table.table),
        rows: format::thousands(table.rows),
        left_out: table.left_out,
    })
    .collect()
}
