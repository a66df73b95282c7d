//! Case files: one drawn journal per rule, read as CSV, as a workbook and as JSON lines, with the same answer each time.
//!
//! `tests/cases/RULE.md` is prose with fenced blocks. A block named for a table replaces it in the school of `README.md`
//! there; with `+` behind the name it adds rows, whose columns may be others. `as_of` is the date (30 September where it is
//! not given), `policy` a policy; `findings` is what the rule finds, empty columns left out.

// Cases are laid out in temporary folders.
#![allow(clippy::disallowed_methods)]

mod forms;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jiff::civil::{Date, date};
use letopis::policy::{Policy, read_policy};
use letopis::rules::rule_ids;

use crate::accept::assert_file;
use crate::small_year::{SCHOOL, TABLES, judged};
use forms::FORMS;

const FOLDER: &str = "tests/cases";
const FENCE: &str = "```";
const FINDINGS: &str = "findings";

/// The people there are in cases; nobody else may be named.
const PEOPLE: [&str; 6] =
    ["Заречный Лев", "Полевая Ася", "Луговой Глеб", "Первая Анна", "Вторая Вера", "Третья Ольга"];

/// A table as drawn.
#[derive(Clone, Debug, Default, PartialEq)]
struct Drawn {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Drawn {
    fn parse(text: &str) -> Self {
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
        let cells = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect();
        let header = cells(reader.headers().expect("a table has a header"));
        let rows = reader.records().map(|record| cells(&record.expect("every row has the header's columns")));
        Self { header, rows: rows.collect() }
    }

    /// Adds the rows of another drawing; columns it does not have are empty, columns it alone has are new.
    fn add(&mut self, more: &Self) {
        for column in &more.header {
            if !self.header.contains(column) {
                self.header.push(column.clone());
                self.rows.iter_mut().for_each(|row| row.push(String::new()));
            }
        }
        for row in &more.rows {
            let cell =
                |column| more.header.iter().position(|header| header == column).map(|at| row[at].clone());
            self.rows.push(self.header.iter().map(|column| cell(column).unwrap_or_default()).collect());
        }
    }
}

/// A case file, read.
struct Case {
    tables: BTreeMap<String, Drawn>,
    as_of: Date,
    policy: Policy,
}

impl Case {
    fn parse(text: &str) -> Self {
        let base = TABLES.iter().map(|(name, text)| ((*name).to_owned(), Drawn::parse(text)));
        let mut case = Self { tables: base.collect(), as_of: date(2024, 9, 30), policy: Policy::default() };
        for (name, block) in blocks(text) {
            match name.split_once(' ') {
                _ if name == FINDINGS => {}
                _ if name == "as_of" => case.as_of = block.trim().parse().expect("as_of is a date"),
                _ if name == "policy" => {
                    case.policy = read_policy(block, &rule_ids()).expect("the policy is right").policy;
                }
                Some((table, "+")) => {
                    let table = case.tables.entry(table.to_owned()).or_default();
                    table.add(&Drawn::parse(block));
                }
                _ => _ = case.tables.insert(name.to_owned(), Drawn::parse(block)),
            }
        }
        case
    }

    /// Returns the whole table of findings in one of the forms a school may have.
    fn answer(&self, form: fn(&Path, &BTreeMap<String, Drawn>)) -> String {
        let folder = tempfile::tempdir().expect("a folder for the bundle");
        std::fs::write(folder.path().join("school.toml"), SCHOOL).expect("the bundle is written");
        form(folder.path(), &self.tables);
        judged(folder.path(), &self.policy, self.as_of).0
    }

    /// Returns the people of the case who are nobody's invention.
    fn strangers(&self) -> Vec<String> {
        let of = |table: &str, columns: &[&str]| {
            let table = self.tables.get(table).cloned().unwrap_or_default();
            let at =
                columns.iter().filter_map(|column| table.header.iter().position(|header| header == column));
            let at: Vec<_> = at.collect();
            let name =
                |row: &Vec<String>| at.iter().map(|at| row[*at].as_str()).collect::<Vec<_>>().join(" ");
            table.rows.iter().map(name).collect::<Vec<_>>()
        };
        let people = [of("pupils", &["surname", "given_name"]), of("staff", &["name"])].concat();
        people.into_iter().filter(|name| !PEOPLE.contains(&name.as_str())).collect()
    }
}

/// Returns the fenced blocks of a file: what stands behind the fence, and the text.
fn blocks(text: &str) -> Vec<(&str, &str)> {
    let mut blocks = Vec::new();
    let mut rest = text;
    while let Some((_, opened)) = rest.split_once(FENCE) {
        let (block, after) = opened.split_once(FENCE).expect("a block is closed");
        let (name, content) = block.split_once('\n').expect("a block has its own lines");
        blocks.push((name.trim(), content));
        rest = after;
    }
    blocks
}

/// Returns the findings of one rule as a table, columns that are empty in every row left out.
fn drawn_findings(answer: &str, rule: &str) -> String {
    let mut findings = Drawn::parse(answer);
    findings.rows.retain(|row| row[0] == rule);
    let is_used = |at: &usize| *at > 0 && findings.rows.iter().any(|row| !row[*at].is_empty());
    let used: Vec<_> = (0..findings.header.len()).filter(is_used).collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in std::iter::once(&findings.header).chain(&findings.rows) {
        writer.write_record(used.iter().map(|at| &row[*at])).expect("memory takes every write");
    }
    String::from_utf8(writer.into_inner().expect("memory takes every write")).expect("the table is UTF-8")
}

/// Returns the file with another answer in its `findings` block, which stands last.
fn with_answer(text: &str, findings: &str) -> String {
    let opening = format!("{FENCE}{FINDINGS}\n");
    let (before, _) = text.split_once(&opening).expect("a case has a findings block");
    format!("{before}{opening}{findings}{FENCE}\n")
}

fn case_files() -> BTreeMap<String, PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER);
    let paths = folder.read_dir().expect("there are cases").map(|entry| entry.expect("it is listed").path());
    let named = paths.map(|path| (path.file_stem().unwrap_or_default().to_string_lossy().into_owned(), path));
    named.filter(|(name, _)| name != "README").collect()
}

#[test]
fn every_rule_has_a_case_and_every_case_a_rule() {
    let files = case_files();
    let named: BTreeSet<_> = files.keys().map(String::as_str).collect();
    assert_eq!(named, rule_ids().into_iter().collect());
}

#[test]
fn every_case_has_its_answer_in_every_form() {
    for (rule, path) in case_files() {
        let text = std::fs::read_to_string(&path).expect("a case is readable");
        assert!(text.starts_with(&format!("# {rule}: ")), "{rule} has no title");
        let case = Case::parse(&text);
        assert_eq!(case.strangers(), [""; 0], "{rule}: people of cases are invented ones");
        let answers = FORMS.map(|(_, form)| case.answer(form));
        for ((name, _), answer) in FORMS.iter().zip(&answers) {
            assert_eq!(answer, &answers[0], "{rule} as {name}");
        }
        let findings = drawn_findings(&answers[0], &rule);
        assert!(findings.lines().count() > 1, "{rule} finds nothing in its own case");
        assert_file(&format!("{FOLDER}/{rule}.md"), &with_answer(&text, &findings));
    }
}

#[test]
fn the_school_every_case_starts_from_is_drawn() {
    let head = "# Cases\n\nОдин случай на каждую проверку: что в журнале, что найдено и что рядом не найдено. Таблица случая заменяет одноимённую\n\
                таблицу этой школы, таблица со знаком `+` добавляет к ней строки. Каждый случай читается как CSV, как книга Excel и как\n\
                JSON lines, ответ один и тот же. `ACCEPT=1 cargo test` записывает ответы заново и называет каждый изменённый файл.\n\n\
                The school every case starts from, for 30 September 2024:\n";
    let tables = TABLES.iter().map(|(name, text)| format!("\n{FENCE}{name}\n{text}{FENCE}\n"));
    assert_file(&format!("{FOLDER}/README.md"), &format!("{head}{}", tables.collect::<String>()));
}
