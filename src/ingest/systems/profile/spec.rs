//! A profile's TOML file, checked: every table, column, word list and template is known before any data is
//! read.

use toml::Spanned;

use std::collections::BTreeMap;

use serde::Deserialize;

use super::dates::DateForm;
use super::head::HeadText;
use super::scope::{Path, Step};
use super::template::Template;
use super::words::{WordList, WordLists, fold};
use crate::base::said::{Said, said};
use crate::model::schema::{TABLES, TableSchema};

/// How to read the files of one journal system.
pub(crate) struct Profile {
    pub(crate) id: String,
    pub(crate) title: Said,
    pub(crate) about: Said,
    /// What the source does not have, in words.
    pub(crate) lacks: Said,
    pub(super) dates: Vec<DateForm>,
    pub(super) words: WordLists,
    pub(super) sources: Vec<Source>,
    /// The file of the bundle it comes from; `None` for a shipped one.
    pub(crate) file: Option<String>,
}

/// One kind of file or sheet of a system.
pub(super) struct Source {
    pub(super) title: String,
    pub(super) kind: Kind,
    /// Patterns for the file's and the sheet's name, where they matter.
    pub(super) file: Option<String>,
    pub(super) sheet: Option<String>,
    /// The paths to its records.
    pub(super) records: Vec<Path>,
    /// Fields that a record or those around it must have; a record without all of them is not of this source.
    pub(super) fields: Vec<String>,
    /// How many rows the header of a table has.
    pub(super) header_rows: usize,
    pub(super) rules: Vec<Rule>,
}

/// The structure of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// JSON, or JSON lines.
    Json,
    /// Rows below a header, in any format.
    Table,
}

/// How rows of one table of the exchange format come from a record.
pub(super) struct Rule {
    pub(super) schema: &'static TableSchema,
    pub(super) each: Path,
    pub(super) split: Split,
    /// A record makes rows only if all of these give a value and none of those does.
    pub(super) when: Vec<Template>,
    pub(super) unless: Vec<Template>,
    /// Positions of the columns for which only the first row counts.
    pub(super) once: Vec<usize>,
    /// Rows that count only if no other rule gave one: a mark says less about its lesson than the lesson
    /// itself.
    pub(super) is_weak: bool,
    /// Positions of the given columns, each with its templates.
    pub(super) columns: Vec<(usize, Vec<Template>)>,
}

/// Whether one record makes several rows.
pub(super) enum Split {
    No,
    /// A row for each token of a word list that the cell has.
    Tokens {
        cell: Vec<Template>,
        into: String,
        others: Vec<String>,
    },
    /// A row for each part between separators.
    By {
        cell: Vec<Template>,
        separator: String,
    },
}

/// A fault of a profile, and its line.
pub(super) struct ProfileFault {
    pub(super) line: u32,
    pub(super) message: Said,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileText {
    profile: HeadText,
    #[serde(default)]
    words: BTreeMap<String, BTreeMap<String, String>>,
    #[serde(default, rename = "source")]
    sources: Vec<SourceText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceText {
    title: String,
    kind: Spanned<String>,
    file: Option<String>,
    sheet: Option<String>,
    records: Option<Texts>,
    fields: Spanned<Vec<String>>,
    header_rows: Option<Spanned<usize>>,
    #[serde(default, rename = "table")]
    tables: Vec<RuleText>,
}

/// One text or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum Texts {
    One(String),
    Several(Vec<String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleText {
    name: Spanned<String>,
    each: Option<String>,
    split: Option<SplitText>,
    when: Option<Spanned<toml::Value>>,
    unless: Option<Spanned<toml::Value>>,
    #[serde(default)]
    once: Vec<Spanned<String>>,
    #[serde(default)]
    weak: bool,
    columns: Spanned<BTreeMap<String, Spanned<toml::Value>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SplitText {
    cell: Spanned<toml::Value>,
    into: Option<Spanned<String>>,
    #[serde(default)]
    others: Vec<Spanned<String>>,
    by: Option<String>,
}

/// Reads a profile. The first fault stops the reading: a half-understood profile would misread silently.
pub(super) fn read(text: &str, file: Option<String>) -> Result<Profile, ProfileFault> {
    let parsed: FileText = toml::from_str(text).map_err(|error| ProfileFault {
        line: line_of(text, error.span().map_or(0, |span| span.start)),
        message: Said::new(error.message(), error.message()),
    })?;
    let words: WordLists =
        parsed.words.into_iter().map(|(name, words)| (name, WordList::new(words))).collect();
    let reader = Reader { text, words: &words };
    let dates = reader.dates(&parsed.profile.dates)?;
    if parsed.profile.id.get_ref().trim().is_empty() {
        return Err(
            reader.fault(&parsed.profile.id, said!("у профиля пустой id", "the profile's id is empty"))
        );
    }
    let sources = parsed.sources.into_iter().map(|source| reader.source(source)).collect::<Result<_, _>>()?;
    let head = parsed.profile;
    let (title, about, lacks) = head.words();
    Ok(Profile { id: head.id.into_inner(), title, about, lacks, dates, words, sources, file })
}

struct Reader<'a> {
    text: &'a str,
    words: &'a WordLists,
}

impl Reader<'_> {
    fn fault<T>(&self, place: &Spanned<T>, message: Said) -> ProfileFault {
        ProfileFault { line: line_of(self.text, place.span().start), message }
    }

    fn dates(&self, forms: &[Spanned<String>]) -> Result<Vec<DateForm>, ProfileFault> {
        let read = |form: &Spanned<String>| {
            DateForm::parse(form.get_ref()).ok_or_else(|| {
                let text = form.get_ref();
                self.fault(form, said!("«{text}» — не вид даты", "\"{text}\" is no form of dates"))
            })
        };
        let mut dates: Vec<DateForm> = forms.iter().map(read).collect::<Result<_, _>>()?;
        // Real date cells have this form, whatever the source writes.
        dates.extend(DateForm::parse("YYYY-MM-DD"));
        Ok(dates)
    }

    fn source(&self, source: SourceText) -> Result<Source, ProfileFault> {
        let kind = match source.kind.get_ref().as_str() {
            "json" => Kind::Json,
            "table" => Kind::Table,
            other => {
                let message = said!(
                    "вид источника «{other}»: есть json и table",
                    "kind \"{other}\": there are json and table"
                );
                return Err(self.fault(&source.kind, message));
            }
        };
        if source.fields.get_ref().is_empty() {
            let message =
                said!("fields пуст: файл не узнать", "fields is empty: no file could be recognised");
            return Err(self.fault(&source.fields, message));
        }
        let header_rows = match source.header_rows {
            Some(rows) if !(1..=3).contains(rows.get_ref()) => {
                return Err(self.fault(&rows, said!("header_rows — от 1 до 3", "header_rows is 1 to 3")));
            }
            rows => rows.map_or(1, Spanned::into_inner),
        };
        let mut rules = Vec::new();
        for rule in source.tables {
            rules.push(self.rule(rule, kind)?);
        }
        let records = match kind {
            Kind::Json => match &source.records {
                None => vec![Path::parse("")],
                Some(Texts::One(path)) => vec![Path::parse(path)],
                Some(Texts::Several(paths)) => paths.iter().map(|path| Path::parse(path)).collect(),
            },
            Kind::Table => vec![Path::parse("blocks/*block/rows/*line")],
        };
        let fields = source.fields.into_inner().iter().map(|field| folded(field, kind)).collect();
        let SourceText { title, file, sheet, .. } = source;
        Ok(Source { title, kind, file, sheet, records, fields, header_rows, rules })
    }

    fn rule(&self, rule: RuleText, kind: Kind) -> Result<Rule, ProfileFault> {
        let name = rule.name.get_ref();
        let Some(schema) = TABLES.iter().find(|schema| schema.table.id() == name) else {
            let message = said!("нет таблицы «{name}»", "there is no table \"{name}\"");
            return Err(self.fault(&rule.name, message));
        };
        let columns = self.columns(&rule.columns, schema, kind)?;
        Ok(Rule {
            schema,
            each: Path::parse(rule.each.as_deref().unwrap_or("")),
            split: rule.split.map_or(Ok(Split::No), |split| self.split(split, kind))?,
            when: self.conditions(rule.when, kind)?,
            unless: self.conditions(rule.unless, kind)?,
            once: rule
                .once
                .iter()
                .map(|column| self.position(column, column.get_ref(), schema))
                .collect::<Result<_, _>>()?,
            is_weak: rule.weak,
            columns,
        })
    }

    fn position<T>(
        &self,
        place: &Spanned<T>,
        column: &str,
        schema: &TableSchema,
    ) -> Result<usize, ProfileFault> {
        schema.columns.iter().position(|known| known.id == column).ok_or_else(|| {
            let table = schema.table.id();
            let message =
                said!("в таблице {table} нет столбца «{column}»", "table {table} has no column \"{column}\"");
            self.fault(place, message)
        })
    }

    fn columns(
        &self,
        columns: &Spanned<BTreeMap<String, Spanned<toml::Value>>>,
        schema: &TableSchema,
        kind: Kind,
    ) -> Result<Vec<(usize, Vec<Template>)>, ProfileFault> {
        let mut given = Vec::new();
        for (name, value) in columns.get_ref() {
            given.push((self.position(value, name, schema)?, self.templates(value, kind)?));
        }
        let missing =
            schema.columns.iter().enumerate().find(|(position, column)| {
                column.required && !given.iter().any(|(known, _)| known == position)
            });
        if let Some((_, column)) = missing {
            let (table, id) = (schema.table.id(), column.id);
            let message = said!(
                "для таблицы {table} не сказано, что стоит в обязательном столбце {id}",
                "nothing is said of the required column {id} of table {table}"
            );
            return Err(self.fault(columns, message));
        }
        given.sort_by_key(|(position, _)| *position);
        Ok(given)
    }

    fn split(&self, split: SplitText, kind: Kind) -> Result<Split, ProfileFault> {
        let cell = self.templates(&split.cell, kind)?;
        match (split.into, split.by) {
            (Some(into), None) => {
                for list in split.others.iter().chain([&into]) {
                    self.list(list)?;
                }
                let others = split.others.into_iter().map(Spanned::into_inner).collect();
                Ok(Split::Tokens { cell, into: into.into_inner(), others })
            }
            (None, Some(separator)) if !separator.is_empty() => Ok(Split::By { cell, separator }),
            _ => Err(self.fault(
                &split.cell,
                said!("в split нужно одно: into или by", "split wants one of into and by"),
            )),
        }
    }

    fn list(&self, name: &Spanned<String>) -> Result<(), ProfileFault> {
        if self.words.contains_key(name.get_ref()) {
            return Ok(());
        }
        let list = name.get_ref();
        Err(self.fault(name, said!("нет списка слов «{list}»", "there is no word list \"{list}\"")))
    }

    fn conditions(
        &self,
        value: Option<Spanned<toml::Value>>,
        kind: Kind,
    ) -> Result<Vec<Template>, ProfileFault> {
        value.map_or(Ok(Vec::new()), |value| self.templates(&value, kind))
    }

    /// Reads one template or a list of them; the first that gives a value is used.
    fn templates(&self, value: &Spanned<toml::Value>, kind: Kind) -> Result<Vec<Template>, ProfileFault> {
        let texts: Option<Vec<&str>> = match value.get_ref() {
            toml::Value::String(text) => Some(vec![text]),
            toml::Value::Array(texts) => texts.iter().map(toml::Value::as_str).collect(),
            _ => None,
        };
        let Some(texts) = texts else {
            let message = said!("нужен текст или список текстов", "a text or a list of texts is wanted");
            return Err(self.fault(value, message));
        };
        let parse = |text: &str| Template::parse(text, self.words, kind == Kind::Table);
        texts.into_iter().map(parse).collect::<Result<_, _>>().map_err(|message| self.fault(value, message))
    }
}

/// Headers of tables are compared folded; the fields of JSON are exact.
fn folded(field: &str, kind: Kind) -> String {
    if kind == Kind::Table { fold(field) } else { field.to_owned() }
}

impl Path {
    /// Folds the names of a path as headers of tables are folded.
    pub(super) fn folded(self) -> Self {
        let step = |step| match step {
            Step::Name(name) => Step::Name(fold(&name)),
            other => other,
        };
        Self(self.0.into_iter().map(step).collect())
    }
}

fn line_of(text: &str, at: usize) -> u32 {
    let before = text.get(..at).unwrap_or_default();
    u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX)
}

impl Rule {
    /// Returns the places that the rule's templates search.
    pub(super) fn lookups(&self) -> impl Iterator<Item = String> {
        let columns = self.columns.iter().flat_map(|(_, templates)| templates);
        columns.chain(&self.when).chain(&self.unless).flat_map(Template::lookups).map(str::to_owned)
    }
}
