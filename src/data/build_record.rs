//! `build.json`: what was built, from what, and with what result. It holds no clock time, no durations, no
//! names of input files and no names of people.

use anyhow::Result;
use serde::{Deserialize, Serialize};

use crate::base::files::{Checksums, Document};
use crate::base::inside::inside_path;
use crate::base::problems::{Problem, ProblemSeverity};
use crate::base::said::Said;
use crate::base::severity::Severity;
use crate::ingest::{Bundle, TableRows};
use crate::rules::finding::Finding;

/// Name of the record in the outputs.
pub const BUILD_JSON: &str = "build.json";

/// Everything that decides the bytes of a build: two builds with equal fingerprints are the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// Program version with the digest of its sources.
    pub version: String,
    /// The date that the build is made for.
    pub as_of: String,
    /// SHA-256 over the names and digests of all inputs, the policy included.
    pub inputs_sha256: String,
    /// What a person chose to make; empty: everything that is made by itself.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub chosen: String,
    /// The school's own templates, where it has any: its papers are not the standard ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub templates: Vec<OwnTemplate>,
    /// Whether the views of the documents are among the outputs.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub keeps_views: bool,
    /// Earlier years that this one is compared with, the earliest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub compared: Vec<ComparedYear>,
}

/// A file of a school that stands in the place of a template of the program, or beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnTemplate {
    /// File name.
    pub name: String,
    /// SHA-256.
    pub sha256: String,
}

/// An earlier year that another one is compared with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparedYear {
    /// School year.
    pub year: String,
    /// The date it is looked at for.
    pub as_of: String,
    /// SHA-256 over its inputs.
    pub inputs_sha256: String,
}

/// The whole record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuildRecord {
    /// What decides the bytes.
    pub fingerprint: Fingerprint,
    /// Short name of the school. The outputs of another school are never replaced.
    #[serde(default)]
    pub school: String,
    /// School year.
    pub year: String,
    /// Inputs by number. Their own names may hold personal data, so only the table inside the package has
    /// them.
    pub inputs: Vec<Input>,
    /// Rows per table.
    pub tables: Vec<TableCount>,
    /// Problems of the input.
    pub problems: ProblemCounts,
    /// Findings about the journal.
    pub findings: FindingCounts,
    /// What was left out and why.
    #[serde(flatten)]
    pub left_out: LeftOut,
    /// What is wrong with the school's own templates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub template_faults: Vec<TemplateFaultRecord>,
    /// Documents that were due and could not be made: their paths.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub failed: Vec<String>,
    /// Documents for people.
    pub documents: Vec<DocumentRecord>,
    /// Archive packages.
    pub packages: Vec<PackageRecord>,
    /// Every file written except this one.
    pub products: Vec<Product>,
}

/// What a build does not have and why: the same lines in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Russian.
    #[serde(rename = "left_out")]
    pub ru: Vec<String>,
    /// English; a record by an earlier version has none.
    #[serde(rename = "left_out_en", default)]
    en: Vec<String>,
}

impl LeftOut {
    /// Takes lines apart.
    pub fn of(lines: Vec<Said>) -> Self {
        let (ru, en) = lines.into_iter().map(|line| (line.ru, line.en)).unzip();
        Self { ru, en }
    }

    /// Returns the lines.
    pub fn lines(&self) -> impl ExactSizeIterator<Item = Said> {
        let en = |at: usize| self.en.get(at).unwrap_or(&self.ru[at]).clone();
        self.ru.iter().enumerate().map(move |(at, ru)| Said::new(ru.as_str(), en(at)))
    }
}

/// A fault of a school's own template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateFaultRecord {
    /// File name.
    pub file: String,
    /// Line and column, from 1; none where the whole file is meant.
    pub place: Option<(usize, usize)>,
    /// What the typesetter said.
    pub message: String,
}

/// One input file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// Number in path order, from 1.
    pub number: usize,
    /// Size.
    pub bytes: u64,
    /// SHA-256.
    pub sha256: String,
}

/// How many rows of a table were read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableCount {
    /// Table of the exchange format.
    pub table: String,
    /// Rows kept.
    pub rows: usize,
    /// Rows left out because of an error.
    pub left_out: usize,
}

/// Problems by severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemCounts {
    /// Rows and files left out.
    pub errors: usize,
    /// Doubtful rows that were kept.
    pub warnings: usize,
    /// Worth knowing.
    pub notices: usize,
}

/// Findings by severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingCounts {
    /// Violations.
    pub violations: usize,
    /// Notices.
    pub notices: usize,
}

/// One document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentRecord {
    /// Path below the outputs.
    #[serde(deserialize_with = "inside_path")]
    pub path: String,
    /// Title for people.
    pub title: String,
    /// Pages; 0 for workbooks.
    pub pages: usize,
    /// The class that it speaks of, where it speaks of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
}

/// One archive package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageRecord {
    /// Folder of the bag.
    #[serde(deserialize_with = "inside_path")]
    pub path: String,
    /// Title for people.
    pub title: String,
    /// Years it is kept.
    pub years_kept: u8,
    /// Files of the payload.
    pub files: usize,
    /// Bytes of the payload.
    pub bytes: u64,
}

/// One file written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// Path below the outputs.
    #[serde(deserialize_with = "inside_path")]
    pub path: String,
    /// Size.
    pub bytes: u64,
    /// SHA-256.
    pub sha256: String,
    /// Digest over everything that decides the file's bytes, if it is slow to make: a later build with the
    /// same key uses the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Digest over everything that its maker may read, if that is known before the file is laid out: a later build with the
    /// same digest does not even lay it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inputs: Option<String>,
}

impl Fingerprint {
    /// Computes the fingerprint of a build.
    pub fn of(bundle: &Bundle, as_of: jiff::civil::Date) -> Self {
        let mut listing = String::new();
        for file in &bundle.files {
            listing.push_str(&format!("{}\t{}\n", file.checksums.sha256, file.path()));
        }
        for problem in &bundle.problems {
            listing.push_str(&format!("unreadable\t{}\n", problem.file));
        }
        Self {
            version: crate::base::settings::VERSION.to_owned(),
            as_of: as_of.to_string(),
            inputs_sha256: Checksums::of(listing.as_bytes()).sha256,
            chosen: String::new(),
            templates: Vec::new(),
            keeps_views: false,
            compared: Vec::new(),
        }
    }

    /// Adds that the documents are set by own templates, and that their views are kept.
    #[must_use]
    pub fn with_templates<'a>(
        mut self,
        own: impl Iterator<Item = (&'a str, &'a [u8])>,
        keeps_views: bool,
    ) -> Self {
        let template = |(name, bytes): (&str, &[u8])| OwnTemplate {
            name: name.to_owned(),
            sha256: Checksums::of(bytes).sha256,
        };
        self.templates = own.map(template).collect();
        self.keeps_views = keeps_views;
        self
    }

    /// Adds what a person chose to make.
    pub fn choosing(self, chosen: Option<String>) -> Self {
        Self { chosen: chosen.unwrap_or_default(), ..self }
    }
}

impl BuildRecord {
    /// Writes the record.
    ///
    /// # Errors
    /// Never in practice: every field of the record can be written as JSON.
    pub fn document(&self) -> Result<Document> {
        Ok(Document::new(BUILD_JSON, serde_json::to_string_pretty(self)? + "\n"))
    }
}

/// Numbers the inputs.
pub fn inputs(bundle: &Bundle) -> Vec<Input> {
    let numbered = (1..).zip(&bundle.files);
    numbered
        .map(|(number, file)| Input {
            number,
            bytes: file.checksums.bytes,
            sha256: file.checksums.sha256.clone(),
        })
        .collect()
}

/// Counts rows for the record.
pub fn table_counts(rows: &[TableRows]) -> Vec<TableCount> {
    let count = |rows: &TableRows| TableCount {
        table: rows.table.id().to_owned(),
        rows: rows.kept,
        left_out: rows.left_out,
    };
    rows.iter().map(count).collect()
}

/// Counts problems by severity.
pub fn problem_counts(problems: &[Problem]) -> ProblemCounts {
    let of = |severity| {
        problems.iter().filter(|problem| problem.severity == severity).map(|problem| problem.count).sum()
    };
    ProblemCounts {
        errors: of(ProblemSeverity::Error),
        warnings: of(ProblemSeverity::Warning),
        notices: of(ProblemSeverity::Notice),
    }
}

/// Counts findings by severity.
pub fn finding_counts(findings: &[Finding]) -> FindingCounts {
    let of = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    FindingCounts { violations: of(Severity::Violation), notices: of(Severity::Notice) }
}
