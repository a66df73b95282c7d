//! Reads `policy.toml`: every wrong or unknown key is refused with its line and column.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::figures::FIGURES;
use super::in_force::{Policy, RuleChange};
use crate::base::limits;
use crate::base::problems::{Problem, ProblemSeverity};
use crate::base::said::{Said, said};
use crate::base::severity::Severity;
use crate::base::shown;

/// A policy as read, and the places of its figures.
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyReading {
    /// The figures in force.
    pub policy: Policy,
    /// Line of `policy.toml` by the key of [`FIGURES`]; a figure without a line has its default.
    pub given: BTreeMap<&'static str, u32>,
    /// Line of `policy.toml` by the id of a changed rule.
    pub changed: BTreeMap<String, u32>,
}

/// Why a policy is refused, with the place in its file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PolicyError {
    /// Line from 1.
    pub line: u32,
    /// Column from 1, in characters.
    pub column: u32,
    /// One sentence.
    pub message: Said,
}

impl From<PolicyError> for Problem {
    /// A refused place of the policy is a problem of the input like any other.
    fn from(error: PolicyError) -> Self {
        Self {
            code: "J112",
            severity: ProblemSeverity::Error,
            file: "policy.toml".to_owned(),
            sheet: String::new(),
            row: Some(error.line),
            column: error.column.to_string(),
            value: String::new(),
            message: error.message,
            hint: said!(
                "исправьте policy.toml или удалите строку: тогда действует значение регламента",
                "mend policy.toml, or delete the line for the regulation's own figure"
            ),
            count: 1,
            cell: String::new(),
        }
    }
}

/// Reads a policy; figures not given keep their defaults. `rules` are the ids of the rules that may be
/// changed.
///
/// # Errors
/// When the text is not TOML, a section, key or rule is unknown, a value is wrong, or a change has no reason.
/// All such places are returned, in the order of the file.
pub fn read_policy(text: &str, rules: &[&str]) -> Result<PolicyReading, Vec<PolicyError>> {
    let mut reader = Reader { text, rules, errors: Vec::new() };
    let mut reading =
        PolicyReading { policy: Policy::default(), given: BTreeMap::new(), changed: BTreeMap::new() };
    match DeTable::parse(text) {
        Ok(document) => {
            reader.document(document.get_ref(), &mut reading);
            reader.out_of_order(document.get_ref(), &reading.policy);
        }
        Err(error) => reader.broken(&error),
    }
    reader.errors.sort();
    if reader.errors.is_empty() { Ok(reading) } else { Err(reader.errors) }
}

type Entry<'t, 'i> = (&'t Spanned<std::borrow::Cow<'i, str>>, &'t Spanned<DeValue<'i>>);

/// The content of most sections' keys.
const FIGURE: Said<&str> = Said::fixed("показатель", "figure");

struct Reader<'a> {
    text: &'a str,
    rules: &'a [&'a str],
    errors: Vec<PolicyError>,
}

impl Reader<'_> {
    fn document(&mut self, document: &DeTable<'_>, reading: &mut PolicyReading) {
        for (name, section) in document {
            let Some(entries) = section.get_ref().as_table() else {
                self.unknown(name.span().start, FIGURE, name.get_ref());
                continue;
            };
            if name.get_ref() == "rules" {
                entries.iter().for_each(|entry| self.rule(entry, reading));
            } else if FIGURES.iter().any(|figure| section_of(figure.key) == name.get_ref()) {
                entries.iter().for_each(|entry| self.figure(name.get_ref(), entry, reading));
            } else {
                self.unknown(name.span().start, Said::fixed("раздел", "section"), name.get_ref());
            }
        }
    }

    /// Refuses figures that contradict each other, at the later of the two in the file.
    fn out_of_order(&mut self, document: &DeTable<'_>, policy: &Policy) {
        for (lower, upper) in
            IN_ORDER.iter().filter(|(lower, upper)| lower.value(policy) > upper.value(policy))
        {
            let places = [lower, upper].into_iter().filter_map(|one| key_place(document, one.key));
            let Some(start) = places.max() else { continue };
            let (less, more) = (lower.key, upper.key);
            self.refuse(
                start,
                said!(
                    "показатель «{less}» больше, чем «{more}»: должно быть наоборот",
                    "\"{less}\" is greater than \"{more}\": it must not be"
                ),
            );
        }
    }

    fn figure(&mut self, section: &str, (name, value): Entry<'_, '_>, reading: &mut PolicyReading) {
        let key = format!("{section}.{}", name.get_ref());
        let Some(figure) = FIGURES.iter().find(|figure| figure.key == key) else {
            return self.unknown(name.span().start, FIGURE, &key);
        };
        match (figure.read)(&mut reading.policy, value.get_ref()) {
            Ok(()) => {
                reading.given.insert(figure.key, self.place(name.span().start).0);
            }
            Err(expected) => self.refuse(
                value.span().start,
                said!("показатель «{key}»: ожидается {}", "\"{key}\" must be {}", expected),
            ),
        }
    }

    fn rule(&mut self, (name, value): Entry<'_, '_>, reading: &mut PolicyReading) {
        let id = name.get_ref().as_ref();
        if !self.rules.contains(&id) {
            return self.unknown(name.span().start, Said::fixed("проверка", "rule"), id);
        }
        let Some(entries) = value.get_ref().as_table() else {
            return self.refuse(
                value.span().start,
                said!(
                    "проверка «{id}»: ожидается таблица с off или severity и reason",
                    "rule \"{id}\" must be a table with off or severity, and reason"
                ),
            );
        };
        let mut change = RuleChange { off: false, severity: None, reason: String::new() };
        let errors = self.errors.len();
        for entry in entries {
            self.rule_key(id, entry, &mut change);
        }
        if change.reason.trim().is_empty() {
            return self.refuse(
                name.span().start,
                said!(
                    "проверка «{id}» изменена без причины: нужен непустой reason",
                    "rule \"{id}\" is changed without a reason"
                ),
            );
        }
        if !change.off && change.severity.is_none() && self.errors.len() == errors {
            return self.refuse(
                name.span().start,
                said!(
                    "проверка «{id}»: причина есть, а изменения нет: нужен off = true или severity",
                    "rule \"{id}\" has a reason and no change: off = true or severity is needed"
                ),
            );
        }
        reading.changed.insert(id.to_owned(), self.place(name.span().start).0);
        reading.policy.changes.insert(id.to_owned(), change);
    }

    fn rule_key(&mut self, id: &str, (name, value): Entry<'_, '_>, change: &mut RuleChange) {
        let given = value.get_ref();
        match name.get_ref().as_ref() {
            "off" => match given.as_bool() {
                Some(off) => change.off = off,
                None => {
                    self.wrong_change(
                        id,
                        "off",
                        &said!("true или false", "true or false"),
                        value.span().start,
                    );
                }
            },
            "severity" => match given.as_str().and_then(severity) {
                Some(severity) => change.severity = Some(severity),
                None => {
                    let wanted = said!("\"notice\" или \"violation\"", "\"notice\" or \"violation\"");
                    self.wrong_change(id, "severity", &wanted, value.span().start);
                }
            },
            "reason" => match given.as_str() {
                Some(reason) if is_printable(reason) => reason.clone_into(&mut change.reason),
                Some(_) => {
                    let most = limits::SETTING_CHARS;
                    let wanted = said!(
                        "строка не длиннее {most} знаков, без управляющих знаков",
                        "a string of no more than {most} characters, without control characters"
                    );
                    self.wrong_change(id, "reason", &wanted, value.span().start);
                }
                None => self.wrong_change(id, "reason", &said!("строка", "a string"), value.span().start),
            },
            other => {
                self.unknown(name.span().start, Said::fixed("ключ", "key"), &format!("rules.{id}.{other}"));
            }
        }
    }

    fn wrong_change(&mut self, id: &str, key: &str, wanted: &Said, start: usize) {
        self.refuse(
            start,
            said!("проверка «{id}», {key}: ожидается {}", "\"{key}\" of rule \"{id}\" must be {}", wanted),
        );
    }

    fn unknown(&mut self, start: usize, what: Said<&'static str>, name: &str) {
        self.refuse(start, said!("неизвестно: {} «{name}»", "unknown {} \"{name}\"", what));
    }

    fn broken(&mut self, error: &toml::de::Error) {
        let message = said!("файл записан не по правилам TOML: {}", "not valid TOML: {}", error.message());
        self.refuse(error.span().map_or(0, |span| span.start), message);
    }

    fn refuse(&mut self, start: usize, message: Said) {
        let (line, column) = self.place(start);
        self.errors.push(PolicyError { line, column, message });
    }

    /// Returns line and column, both from 1, of a byte of the text.
    fn place(&self, start: usize) -> (u32, u32) {
        let before = self.text.get(..start).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
    }
}

/// A figure that must not be greater than another.
struct Ordered {
    key: &'static str,
    of: fn(&Policy) -> i64,
}

impl Ordered {
    fn value(&self, policy: &Policy) -> i64 {
        (self.of)(policy)
    }
}

const fn ordered(key: &'static str, of: fn(&Policy) -> i64) -> Ordered {
    Ordered { key, of }
}

/// Pairs of figures; the first must not be greater than the second.
const IN_ORDER: &[(Ordered, Ordered)] = &[
    (
        ordered("absences.stricter_minutes", |policy| policy.absence_stricter.as_secs()),
        ordered("absences.laxer_minutes", |policy| policy.absence_laxer.as_secs()),
    ),
    (
        ordered("enough_marks.up_to_1_hour", |policy| policy.fewest_marks[0].into()),
        ordered("enough_marks.up_to_2_hours", |policy| policy.fewest_marks[1].into()),
    ),
    (
        ordered("enough_marks.up_to_2_hours", |policy| policy.fewest_marks[1].into()),
        ordered("enough_marks.above_2_hours", |policy| policy.fewest_marks[2].into()),
    ),
];

/// Returns the place of a figure's key in the file.
fn key_place(document: &DeTable<'_>, key: &str) -> Option<usize> {
    let (section, name) = key.split_once('.')?;
    let entries = document.get(section)?.get_ref().as_table()?;
    entries.iter().find(|(one, _)| one.get_ref() == name).map(|(one, _)| one.span().start)
}

/// Returns whether a text suits documents: on one line, of suitable length, without invisible characters.
fn is_printable(text: &str) -> bool {
    text.chars().count() <= limits::SETTING_CHARS
        && !text.contains(shown::is_hidden)
        && !shown::has_stacked_marks(text)
}

fn severity(code: &str) -> Option<Severity> {
    [Severity::Notice, Severity::Violation].into_iter().find(|severity| severity.code() == code)
}

fn section_of(key: &str) -> &str {
    key.split('.').next().unwrap_or(key)
}
