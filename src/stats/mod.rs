//! The figures of a school year, exactly as `exchange.md` defines them.
//!
//! In: the journal, its roster and the build's date. Out: [`Figure`]s of every metric, scope and subject in a
//! fixed order, and `data/metrics.csv`. Facts are gathered in plain Rust (`facts`, `plan`), pooled over
//! scopes with polars (`frames` and one file per family), and read back here. This folder knows nothing of
//! documents.

pub mod analytics;
mod attainment;
mod attendance;
mod chance;
mod class_groups;
mod csv;
mod exclusion;
mod facts;
mod figure;
mod frames;
mod given;
mod hours;
mod metric;
mod metrics;
mod plan;
mod read;
mod unseen;
pub mod wilson;

use anyhow::Result;
use jiff::civil::Date;

use crate::model::*;

pub use self::attainment::sou_weight;
pub use self::chance::is_beyond_chance;
pub use self::class_groups::{ClassGroup, FEWEST, HIGH_QUALITY};
pub use self::csv::metrics_csv;
pub use self::exclusion::Exclusion;
pub use self::figure::{Figure, Scope};
pub use self::given::{Given, Spread, given};
pub use self::metric::{Metric, Unit};
pub use self::metrics::METRICS;
pub(crate) use self::plan::Plans;

/// Computes every figure of the terms that have ended by `as_of`, sorted by term, metric, scope, whole and
/// subject.
///
/// # Errors
/// When polars fails on a query, which is a defect of the program, never of the data.
pub fn compute(journal: &Journal, roster: &Roster, as_of: Date) -> Result<Vec<Figure>> {
    let terms = facts::ended_terms(journal, as_of);
    let offers = facts::offers(journal, roster, &terms);
    let roll = facts::roll(journal, roster, &terms);
    let offered = frames::offers(journal, &offers)?;
    let enrolled = frames::roll(journal, &roll)?;
    let outcomes = frames::outcomes(journal, &facts::outcomes(journal, roster, &terms, as_of))?;
    let presence = frames::presence(journal, &facts::presence(journal, roster, &terms))?;
    let families = [
        (attainment::pooled(&outcomes, &offered, &enrolled)?, attainment::METRICS),
        (attendance::pooled(&presence, &offered, &enrolled)?, attendance::METRICS),
        (hours::pooled(&offered)?, hours::METRICS),
    ];
    let mut figures = read::figures(journal, &terms, &families)?;
    let unknown: Vec<Id<Term>> = terms.iter().copied().filter(|term| !has_lessons(journal, *term)).collect();
    let withheld = withheld(journal);
    let unseen = unseen::Unseen::of(journal, &terms);
    for figure in &mut figures {
        let is_one = |metric: &&Metric| metric.id == figure.metric;
        let is_withheld = withheld.iter().any(|(_, metrics)| metrics.iter().any(is_one));
        let is_unknown =
            (unknown.contains(&figure.term) || unseen.has(figure)) && attendance::METRICS.iter().any(is_one);
        if is_withheld || is_unknown {
            (figure.value, figure.numerator, figure.denominator) = (None, None, None);
        }
    }
    Ok(figures)
}

/// Returns whether the inputs have any lesson of a term: without an export nobody knows who was absent.
fn has_lessons(journal: &Journal, term: Id<Term>) -> bool {
    let span = journal.terms[term].span;
    journal.lessons.values().any(|lesson| span.contains(lesson.date))
}

/// Figures that need every held lesson: a source with only some of them cannot give these.
const OF_EVERY_LESSON: &[&Metric] = &[&attendance::ATTENDANCE, &hours::HOURS_GIVEN, &hours::FULFILMENT];

/// Returns the figures that the inputs cannot give, with the reason: without its table a zero would look like
/// a clean result.
pub fn withheld(journal: &Journal) -> Vec<(&'static str, &'static [&'static Metric])> {
    let has = |table| journal.presence.has(table);
    let all = [
        (!has(Table::TermMarks), "нет отметок за периоды", attainment::METRICS),
        (!has(Table::Attendance), "нет посещаемости", attendance::METRICS),
        (!has(Table::Lessons), "нет уроков", OF_EVERY_LESSON),
        (!has(Table::Curriculum), "нет учебного плана", hours::OF_PLAN),
        (
            journal.presence.is_partial(Table::Lessons),
            "в источнике только уроки, по которым есть отметки или пропуски",
            OF_EVERY_LESSON,
        ),
    ];
    all.into_iter().filter(|(is_wanting, ..)| *is_wanting).map(|(_, why, metrics)| (why, metrics)).collect()
}
