//! Reads figures back from pooled frames, and puts them in their order.

use anyhow::Result;
use polars::prelude::*;

use super::exclusion::Exclusion;
use super::figure::{Figure, Scope};
use super::frames::{NONE, SCOPE, SCOPE_ID, SUBJECT, TERM, level};
use super::metric::{Form, Metric};
use super::metrics::METRICS;
use crate::base::said::{Tell, said};
use crate::model::*;

/// The levels of schooling, by their position in the frames.
const LEVELS: [&str; 3] = ["1-4", "5-9", "10-11"];

/// Returns the level of a grade: `1-4`, `5-9` or `10-11`.
pub(super) fn level_of(grade: u8) -> &'static str {
    LEVELS[level(grade) as usize]
}

/// Returns the figures of every family, sorted by term, metric, scope, whole and subject.
pub(super) fn figures(
    journal: &Journal,
    terms: &[Id<Term>],
    families: &[(DataFrame, &[&'static Metric])],
) -> Result<Vec<Figure>> {
    let ranks = Ranks::new(journal, terms);
    let mut figures = Vec::new();
    for (frame, metrics) in families {
        let rows = Rows::read(frame)?;
        for metric in *metrics {
            rows.figures(journal, &ranks, metric, &mut figures)?;
        }
    }
    figures.sort_unstable_by_key(|(order, _)| *order);
    Ok(figures.into_iter().map(|(_, figure)| figure).collect())
}

/// The sort key of a figure: term, metric, scope, whole, subject.
type Order = (u32, usize, Scope, u32, u32);

/// The key columns of a pooled frame.
struct Rows<'a> {
    frame: &'a DataFrame,
    terms: Vec<u32>,
    scopes: Vec<u32>,
    scope_ids: Vec<u32>,
    subjects: Vec<u32>,
    excluded: Vec<Vec<(Exclusion, u32)>>,
}

impl<'a> Rows<'a> {
    fn read(frame: &'a DataFrame) -> Result<Self> {
        Ok(Self {
            frame,
            terms: ids(frame, TERM)?,
            scopes: ids(frame, SCOPE)?,
            scope_ids: ids(frame, SCOPE_ID)?,
            subjects: ids(frame, SUBJECT)?,
            excluded: excluded(frame)?,
        })
    }

    fn figures(
        &self,
        journal: &Journal,
        ranks: &Ranks,
        metric: &'static Metric,
        figures: &mut Vec<(Order, Figure)>,
    ) -> Result<()> {
        let numbers = Numbers::read(self.frame, metric)?;
        let place = METRICS
            .iter()
            .position(|other| other.id == metric.id)
            .told(|| said!("показателя {} нет в списке", "no metric {}", metric.id))?;
        for row in 0..self.frame.height() {
            let Some((value, numerator, denominator)) = numbers.of(row) else { continue };
            let scope = Scope::ALL[self.scopes[row] as usize];
            let (scope_id, subject) = (self.scope_ids[row], self.subjects[row]);
            let term = Id::new(self.terms[row] as usize);
            let subject_id: Option<Id<Subject>> = (subject != NONE).then(|| Id::new(subject as usize));
            let order = (
                ranks.terms[term.index()],
                place,
                scope,
                ranks.of(scope, scope_id),
                subject_id.map_or(0, |id| ranks.subjects[id.index()] + 1),
            );
            let figure = Figure {
                term,
                metric: metric.id,
                scope,
                scope_id: scope_key(journal, scope, scope_id as usize),
                subject: subject_id,
                value,
                numerator,
                denominator,
                excluded: self.excluded[row].clone(),
            };
            figures.push((order, figure));
        }
        Ok(())
    }
}

/// The columns behind a metric.
struct Numbers {
    numerator: Vec<Option<f64>>,
    denominator: Option<Vec<Option<f64>>>,
    factor: f64,
}

impl Numbers {
    fn read(frame: &DataFrame, metric: &Metric) -> Result<Self> {
        Ok(match metric.form {
            Form::Count(column) => {
                Self { numerator: numbers(frame, column)?, denominator: None, factor: 1.0 }
            }
            Form::Ratio { numerator, denominator, factor } => Self {
                numerator: numbers(frame, numerator)?,
                denominator: Some(numbers(frame, denominator)?),
                factor,
            },
        })
    }

    /// Returns value, numerator and denominator of a row; `None` if the row does not exist.
    fn of(&self, row: usize) -> Option<(Option<f64>, Option<f64>, Option<f64>)> {
        let numerator = self.numerator[row]?;
        let Some(denominators) = &self.denominator else {
            return Some((Some(numerator), None, None));
        };
        let denominator = denominators[row]?;
        let value = (denominator > 0.0).then(|| self.factor * numerator / denominator);
        Some((value, Some(numerator), Some(denominator)))
    }
}

/// The alphabetical ranks of everything that figures are sorted by: the order of the input's rows must not
/// matter.
struct Ranks {
    terms: Vec<u32>,
    subjects: Vec<u32>,
    classes: Vec<u32>,
    groups: Vec<u32>,
    pupils: Vec<u32>,
    staff: Vec<u32>,
    courses: Vec<u32>,
}

impl Ranks {
    fn new(journal: &Journal, terms: &[Id<Term>]) -> Self {
        let mut term_ranks = vec![NONE; journal.terms.len()];
        for (rank, term) in (0..).zip(terms) {
            term_ranks[term.index()] = rank;
        }
        Self {
            terms: term_ranks,
            subjects: ranks(&journal.subjects, |subject| &subject.key),
            classes: ranks(&journal.classes, |class| (class.grade, &class.key)),
            groups: ranks(&journal.groups, |group| &group.key),
            pupils: ranks(&journal.pupils, |pupil| &pupil.key),
            staff: ranks(&journal.staff, |staff| &staff.key),
            courses: ranks(&journal.courses, |course| &course.key),
        }
    }

    fn of(&self, scope: Scope, id: u32) -> u32 {
        match scope {
            Scope::School | Scope::Level | Scope::Parallel => id,
            Scope::Class => self.classes[id as usize],
            Scope::Group => self.groups[id as usize],
            Scope::Pupil => self.pupils[id as usize],
            Scope::Teacher => self.staff[id as usize],
            Scope::Course => self.courses[id as usize],
        }
    }
}

fn ranks<'a, T, K: Ord>(arena: &'a Arena<T>, key: impl Fn(&'a T) -> K) -> Vec<u32> {
    let mut sorted: Vec<(usize, &T)> = arena.values().enumerate().collect();
    sorted.sort_by_key(|(_, item)| key(item));
    let mut ranks = vec![0; sorted.len()];
    for (rank, (index, _)) in (0..).zip(sorted) {
        ranks[index] = rank;
    }
    ranks
}

fn scope_key(journal: &Journal, scope: Scope, id: usize) -> Text {
    match scope {
        Scope::School => Text::new(),
        Scope::Level => Text::from(LEVELS[id]),
        Scope::Parallel => Text::from(id.to_string()),
        Scope::Class => journal.classes[Id::new(id)].key.clone(),
        Scope::Group => journal.groups[Id::new(id)].key.clone(),
        Scope::Pupil => journal.pupils[Id::new(id)].key.clone(),
        Scope::Teacher => journal.staff[Id::new(id)].key.clone(),
        Scope::Course => journal.courses[Id::new(id)].key.clone(),
    }
}

fn ids(frame: &DataFrame, name: &str) -> Result<Vec<u32>> {
    Ok(frame.column(name)?.u32()?.into_no_null_iter().collect())
}

fn numbers(frame: &DataFrame, name: &str) -> Result<Vec<Option<f64>>> {
    Ok(frame.column(name)?.cast(&DataType::Float64)?.f64()?.iter().collect())
}

/// Returns the outcomes left out of each row; none if the family leaves nothing out.
fn excluded(frame: &DataFrame) -> Result<Vec<Vec<(Exclusion, u32)>>> {
    let mut rows = vec![Vec::new(); frame.height()];
    let is_there = |exclusion: &Exclusion| frame.get_column_index(exclusion.code()).is_some();
    for exclusion in Exclusion::ALL.into_iter().filter(is_there) {
        let counts = frame.column(exclusion.code())?.i64()?.into_no_null_iter();
        for (row, count) in rows.iter_mut().zip(counts).filter(|(_, count)| *count > 0) {
            row.push((exclusion, u32::try_from(count).unwrap_or(u32::MAX)));
        }
    }
    Ok(rows)
}
