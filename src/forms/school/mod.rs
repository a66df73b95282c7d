//! The names a form may hold, and what stands for them in a year: the school, its figures and counts, lists of pupils,
//! classes, works.
//!
//! A figure is named with the words that say of what and of when: `качество; 5А; Математика; I четверть`. Without them it is
//! the school's in the chosen terms.

mod fields;
mod gathered;
mod lists;
mod scopes;
mod words;

use std::collections::BTreeMap;

use jiff::civil::Date;

pub use self::gathered::School;

use self::gathered::{Names, term_named};
use super::{List, Source, Value, key, unknown};
use crate::base::said::{Fault, Said, said};
use crate::model::{Id, Journal, Roster, Term, TermKind};
use crate::stats::analytics::{self, Filled};
use crate::stats::{self, Figure};

/// Names that stand for one thing of the school.
const ALONE: [&str; 10] = [
    "школа",
    "школа кратко",
    "населённый пункт",
    "муниципалитет",
    "регион",
    "учебный год",
    "период",
    "дата",
    "директор",
    "заместитель директора",
];

impl<'a> School<'a> {
    /// Gathers what a form may ask for, in the chosen terms.
    pub fn new(
        journal: &'a Journal,
        figures: &'a [Figure],
        analytics: &'a [Filled],
        terms: Vec<Id<Term>>,
        as_of: Date,
    ) -> Self {
        let names = Names::of(journal);
        let mut school = Self { journal, figures, analytics, terms, as_of, names, lists: BTreeMap::new() };
        school.lists = lists::all(&school);
        school
    }

    /// Returns every name with its fields, for whoever draws a form: values first, then lists.
    pub fn catalogue(&self) -> Vec<(String, Vec<String>)> {
        let alone = self.known().into_iter().map(|name| (name, Vec::new()));
        let fields = |list: &List| list.fields.iter().filter_map(|names| names.last().cloned()).collect();
        alone.chain(self.lists.iter().map(|(name, list)| (name.clone(), fields(list)))).collect()
    }

    fn known(&self) -> Vec<String> {
        let metrics = words::METRICS.iter().filter_map(|(_, names)| names.first().copied());
        let counts = words::STANDINGS
            .iter()
            .map(|(name, ..)| *name)
            .chain(words::MOVEMENT.iter().map(|(name, _)| *name));
        ALONE.into_iter().chain(metrics).chain(counts).map(str::to_owned).collect()
    }

    fn alone(&self, name: &str) -> Option<Value> {
        let school = &self.journal.school;
        let said = |text: &str| if text.is_empty() { Value::Nothing } else { Value::Text(text.to_owned()) };
        let officials = &self.journal.officials;
        let at = ALONE.iter().position(|one| key(one) == key(name))?;
        Some(match at {
            0 => said(&school.name),
            1 => said(&school.short),
            2 => said(&school.place),
            3 => said(&school.municipality),
            4 => said(&school.region),
            5 => said(&self.journal.year.title),
            6 => {
                let titles = self.terms.iter().filter_map(|id| self.journal.terms.get(*id));
                said(&titles.map(|term| term.title.as_str()).collect::<Vec<_>>().join(", "))
            }
            7 => Value::Date(self.as_of),
            8 => said(&officials.director.name),
            _ => said(officials.deputies.first().map_or("", |deputy| &deputy.official.name)),
        })
    }
}

impl Source for School<'_> {
    fn value(&self, parts: &[&str]) -> Result<Value, Said> {
        let Some((name, of)) = parts.split_first() else { return Ok(Value::Nothing) };
        match (self.alone(name), of) {
            (Some(value), []) => Ok(value),
            _ => {
                let lists = || self.lists.keys().map(String::as_str);
                let known = self.known();
                let is_known = known.iter().any(|one| key(one) == key(name));
                self.figure(name, of).map_err(|said| {
                    let is_figure = is_known
                        || words::METRICS.iter().any(|(id, names)| {
                            key(id) == key(name) || names.iter().any(|one| key(one) == key(name))
                        });
                    // A word that says of what is wrong, or the name itself.
                    if is_figure {
                        said
                    } else {
                        unknown(name, known.iter().map(String::as_str).chain(lists()))
                    }
                })
            }
        }
    }

    fn list(&self, name: &str) -> Option<&List> {
        let wanted = key(name);
        self.lists.iter().find(|(known, _)| key(known) == wanted).map(|(_, list)| list)
    }
}

/// Gathers what a year gives to a form, and hands it on.
///
/// # Errors
/// An unknown term; a defect of the program while figures are computed.
pub fn with_school<T>(
    journal: &Journal,
    terms: &[String],
    as_of: Date,
    use_it: impl FnOnce(&School<'_>) -> T,
) -> anyhow::Result<T> {
    let terms = chosen_terms(journal, terms, as_of).map_err(Fault::new)?;
    let roster = Roster::new(journal);
    let figures = stats::compute(journal, &roster, as_of)?;
    let analytics = analytics::fill(journal, &roster, &figures, as_of);
    Ok(use_it(&School::new(journal, &figures, &analytics, terms, as_of)))
}

/// Returns the terms of those names; of none, the study terms that ended last.
///
/// # Errors
/// When a term is unknown, with the one that comes near.
pub fn chosen_terms(journal: &Journal, named: &[String], as_of: Date) -> Result<Vec<Id<Term>>, Said> {
    if named.is_empty() {
        let ended =
            || journal.terms.iter().filter(|(_, term)| term.kind != TermKind::Year && term.span.to <= as_of);
        let last = ended().map(|(_, term)| term.span.to).max();
        return Ok(ended().filter(|(_, term)| Some(term.span.to) == last).map(|(id, _)| id).collect());
    }
    let known = || journal.terms.values().map(|term| term.title.as_str());
    let find = |name: &String| {
        term_named(journal, name)
            .ok_or_else(|| Said::join([said!("период", "term"), unknown(name, known())], ": "))
    };
    let terms = named.iter().map(find).collect::<Result<Vec<_>, Said>>()?;
    overlap(journal, &terms).map_or(Ok(terms), Err)
}

/// Says which terms are of the same grades: their counts would be added up.
fn overlap(journal: &Journal, terms: &[Id<Term>]) -> Option<Said> {
    let chosen: Vec<&Term> = terms.iter().filter_map(|id| journal.terms.get(*id)).collect();
    for (at, one) in chosen.iter().enumerate() {
        let meets = |two: &&&Term| one.grades.iter().any(|grade| two.grades.contains(grade));
        if let Some(two) = chosen[at + 1..].iter().find(meets) {
            let (one, two) = (&one.title, &two.title);
            return Some(said!(
                "периоды «{one}» и «{two}» — у одних и тех же классов: назовите один из них, другой можно назвать в самой форме",
                "the terms «{one}» and «{two}» are of the same grades: name one of them; the other may be named in the form itself"
            ));
        }
    }
    None
}
