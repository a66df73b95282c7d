//! The figures of a school year, exactly as `exchange.md` defines them.
//!
//! In: the journal, its roster and the date the build speaks for. Out: [`Figure`]s of every metric, scope and subject
//! in a fixed order, and `data/metrics.csv`. Facts are gathered in plain Rust (`facts`, `plan`), pooled over scopes
//! with polars (`frames` and one file per family), and read back here. Knows nothing of documents.

pub mod analytics;
mod attainment;
mod attendance;
mod csv;
mod facts;
mod frames;
mod hours;
mod plan;
mod read;
mod unseen;

use anyhow::Result;
use jiff::civil::Date;

use crate::model::*;

pub use self::csv::metrics_csv;
pub(crate) use self::plan::Plans;

/// Whom a figure is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// The whole school.
    School,
    /// Grades 1–4, 5–9 or 10–11.
    Level,
    /// All classes of a grade.
    Parallel,
    /// A class.
    Class,
    /// A group.
    Group,
    /// A pupil.
    Pupil,
    /// A teacher, over the courses that bear the teacher's name.
    Teacher,
    /// A course.
    Course,
}

impl Scope {
    /// Every scope, in the order of the figures.
    pub const ALL: [Self; 8] = [
        Self::School,
        Self::Level,
        Self::Parallel,
        Self::Class,
        Self::Group,
        Self::Pupil,
        Self::Teacher,
        Self::Course,
    ];

    /// Returns the word of `data/metrics.csv`.
    pub fn code(self) -> &'static str {
        match self {
            Self::School => "school",
            Self::Level => "level",
            Self::Parallel => "parallel",
            Self::Class => "class",
            Self::Group => "group",
            Self::Pupil => "pupil",
            Self::Teacher => "teacher",
            Self::Course => "course",
        }
    }
}

/// What a figure's value is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Per cent, 0 to 100 (СОУ too).
    Percent,
    /// A mark, 1 to 5.
    Mark,
    /// Lessons.
    Lessons,
    /// Lesson hours.
    Hours,
}

/// One kind of figure: how it is called and formed.
pub struct Metric {
    /// Stable id, as in `data/metrics.csv`.
    pub id: &'static str,
    /// Its name in documents.
    pub title: &'static str,
    /// What it is counted in.
    pub unit: Unit,
    form: Form,
}

/// How a value comes from the pooled columns of its family.
enum Form {
    /// `factor` × numerator / denominator; no value where the denominator is 0.
    Ratio { numerator: &'static str, denominator: &'static str, factor: f64 },
    /// The column itself; no row where it is null.
    Count(&'static str),
}

/// Every metric, in the order of the figures.
pub const METRICS: &[&Metric] = &[
    &attainment::ATTAINMENT,
    &attainment::ATTAINMENT_REGULATION,
    &attainment::QUALITY,
    &attainment::SOU,
    &attainment::MEAN_MARK,
    &attendance::ATTENDANCE,
    &attendance::ABSENCE_LESSONS,
    &attendance::ABSENCE_ILL,
    &attendance::ABSENCE_EXCUSED,
    &attendance::ABSENCE_UNEXCUSED,
    &hours::HOURS_PLAN,
    &hours::HOURS_GIVEN,
    &hours::FULFILMENT,
];

/// One figure: one line of `data/metrics.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// For which term.
    pub term: Id<Term>,
    /// Which metric.
    pub metric: &'static str,
    /// About what kind of whole.
    pub scope: Scope,
    /// About which one: empty for the school, `5-9` for a level, the grade for a parallel, else the table's id.
    pub scope_id: Text,
    /// In which subject; none: all together.
    pub subject: Option<Id<Subject>>,
    /// The value at full precision; none where nothing stands in the denominator.
    pub value: Option<f64>,
    /// Numerator, for ratios.
    pub numerator: Option<f64>,
    /// Denominator, for ratios.
    pub denominator: Option<f64>,
    /// What was left out of it, as `осв:2;deferred:1`.
    pub excluded: Text,
}

/// Forms every figure of the terms that have ended by `as_of`, sorted by term, metric, scope, whole and subject.
///
/// # Errors
/// When polars cannot do a query: a defect of the program, never of the data.
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

/// Tells whether the inputs have any lesson of a term: of one that was not exported nobody knows who was absent.
fn has_lessons(journal: &Journal, term: Id<Term>) -> bool {
    let span = journal.terms[term].span;
    journal.lessons.values().any(|lesson| span.contains(lesson.date))
}

/// Figures that need every lesson held: a source of which only some are known cannot give them.
const OF_EVERY_LESSON: &[&Metric] = &[&attendance::ATTENDANCE, &hours::HOURS_GIVEN, &hours::FULFILMENT];

/// Returns the figures that the inputs cannot give, with the reason: without its table a zero would look like good order.
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
