//! Change from the previous term: every figure of term marks with the previous figure, and both over the same
//! pupils.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::facts::Facts;
use super::sheet::Kind::{Number, Text, Whole};
use super::sheet::{Cell, Row};
use super::table::AnalyticsTable;
use crate::model::*;
use crate::stats::attainment::sou_weight;
use crate::stats::facts::{Offer, Outcome, TermStanding, offers, outcomes};
use crate::stats::figure::{Figure, Scope};
use crate::stats::read::level_of;

pub(super) const DYNAMICS: AnalyticsTable = AnalyticsTable {
    name: "dynamics",
    title: "Динамика показателей",
    columns: &[
        ("term_id", Text),
        ("scope", Text),
        ("scope_id", Text),
        ("subject_id", Text),
        ("metric", Text),
        ("value", Number),
        ("before_term_id", Text),
        ("before", Number),
        ("change", Number),
        ("cohort", Whole),
        ("cohort_value", Number),
        ("cohort_before", Number),
    ],
    sources: &[Table::TermMarks],
    rows,
};

const METRICS: [&str; 4] = ["attainment", "quality", "sou", "mean_mark"];
const SCOPES: [Scope; 6] =
    [Scope::School, Scope::Level, Scope::Parallel, Scope::Class, Scope::Teacher, Scope::Course];

/// A figure's whole: scope, its id, the subject (`None` means all together).
type Pooled<'a> = (Scope, &'a str, Option<Id<Subject>>);

/// A pupil's marks in one whole, counted in the way of the figures.
#[derive(Clone, Copy, Default)]
struct Tally {
    passed: u32,
    good: u32,
    assessed: u32,
    weighted: u32,
    mark_sum: u32,
    mark_count: u32,
}

impl Tally {
    fn add(&mut self, standing: TermStanding) {
        let mark = match standing {
            TermStanding::Given(TermValue::Numeric(mark)) => Some(mark),
            TermStanding::Given(TermValue::NotAssessed) => None,
            _ => return,
        };
        self.assessed += 1;
        self.passed += u32::from(mark >= Some(3));
        self.good += u32::from(mark >= Some(4));
        self.weighted += u32::try_from(sou_weight(mark)).unwrap_or(0);
        self.mark_sum += u32::from(mark.unwrap_or(0));
        self.mark_count += u32::from(mark.is_some());
    }

    /// Returns whether the pupil counts in a metric's denominator.
    fn counts(&self, metric: &str) -> bool {
        if metric == "mean_mark" { self.mark_count > 0 } else { self.assessed > 0 }
    }
}

/// Pupils of a whole in a term.
type Pupils = BTreeMap<Id<Pupil>, Tally>;

fn rows(facts: &Facts<'_>) -> Vec<Row> {
    let wanted = |figure: &&Figure| METRICS.contains(&figure.metric) && SCOPES.contains(&figure.scope);
    let figures: Vec<&Figure> = facts.figures.iter().filter(wanted).collect();
    let values: FxHashMap<_, Option<f64>> =
        figures.iter().map(|figure| ((figure.term, figure.metric, whole(figure)), figure.value)).collect();
    let names = Grades::new();
    let (grades, pupils) = (grades(facts, &names), pupils(facts, &names));
    let nobody = Pupils::new();
    let mut rows = Vec::new();
    for figure in figures {
        let grades = grades.get(&(figure.term, whole(figure)));
        let Some(before_term) = grades.and_then(|grades| common_previous(facts, figure.term, grades)) else {
            continue;
        };
        let before = values.get(&(before_term, figure.metric, whole(figure))).copied().flatten();
        let of = |term| pupils.get(&(term, whole(figure))).unwrap_or(&nobody);
        let cohort = cohort(figure, of(figure.term), of(before_term));
        rows.push(row(facts, figure, (before_term, before), cohort));
    }
    rows
}

fn whole(figure: &Figure) -> Pooled<'_> {
    (figure.scope, figure.scope_id.as_str(), figure.subject)
}

fn row(
    facts: &Facts<'_>,
    figure: &Figure,
    (before_term, before): (Id<Term>, Option<f64>),
    (cohort, values): (usize, [Option<f64>; 2]),
) -> Row {
    let subject = figure.subject.map_or("", |id| facts.journal.subjects[id].key.as_str());
    vec![
        facts.term_key(Some(figure.term)).into(),
        figure.scope.code().into(),
        figure.scope_id.as_str().into(),
        subject.into(),
        figure.metric.into(),
        figure.value.into(),
        facts.term_key(Some(before_term)).into(),
        before.into(),
        figure.value.zip(before).map(|(value, before)| value - before).into(),
        cohort.into(),
        values[0].into(),
        Cell::from(values[1]),
    ]
}

/// Returns the previous term, if it is the same for all grades.
fn common_previous(facts: &Facts<'_>, term: Id<Term>, grades: &BTreeSet<u8>) -> Option<Id<Term>> {
    let mut previous = grades.iter().map(|grade| facts.previous(term, *grade));
    let first = previous.next()??;
    previous.all(|other| other == Some(first)).then_some(first)
}

/// Returns how many pupils count in both terms, and the metric over them alone, now and then.
fn cohort(figure: &Figure, now: &Pupils, then: &Pupils) -> (usize, [Option<f64>; 2]) {
    let metric = figure.metric;
    let counts = |pupils: &Pupils, pupil| pupils.get(pupil).is_some_and(|tally| tally.counts(metric));
    let both: Vec<Id<Pupil>> =
        now.keys().filter(|pupil| counts(now, pupil) && counts(then, pupil)).copied().collect();
    let over = |pupils: &Pupils| {
        let tallies: Vec<Tally> = both.iter().map(|pupil| pupils[pupil]).collect();
        value(figure, &tallies)
    };
    (both.len(), [over(now), over(then)])
}

/// Computes a metric over some pupils: by pupils for a class or larger whole over all subjects, otherwise by
/// marks.
fn value(figure: &Figure, tallies: &[Tally]) -> Option<f64> {
    let sum = |part: fn(&Tally) -> u32| tallies.iter().map(part).map(f64::from).sum::<f64>();
    let is_of_classes = !matches!(figure.scope, Scope::Teacher | Scope::Course);
    let by_pupils = is_of_classes && figure.subject.is_none();
    let (factor, numerator, denominator) = match figure.metric {
        "attainment" if by_pupils => {
            (100.0, sum(|one| u32::from(one.passed == one.assessed)), tallies.len() as f64)
        }
        "quality" if by_pupils => {
            (100.0, sum(|one| u32::from(one.good == one.assessed)), tallies.len() as f64)
        }
        "attainment" => (100.0, sum(|one| one.passed), sum(|one| one.assessed)),
        "quality" => (100.0, sum(|one| one.good), sum(|one| one.assessed)),
        "sou" => (1.0, sum(|one| one.weighted), sum(|one| one.assessed)),
        _ => (1.0, sum(|one| one.mark_sum), sum(|one| one.mark_count)),
    };
    (denominator > 0.0).then(|| factor * numerator / denominator)
}

/// The names of grades. Keys of wholes are borrowed, because there are hundreds of thousands of look-ups.
struct Grades(Vec<String>);

impl Grades {
    fn new() -> Self {
        Self((0..=u8::MAX).map(|grade| grade.to_string()).collect())
    }

    /// Returns the wholes in which a mark of a pupil of a class in a course counts: those of classes, which
    /// count it once per subject, and those of courses.
    fn wholes<'k>(
        &'k self,
        journal: &'k Journal,
        class: Id<Class>,
        course: Id<Course>,
    ) -> (impl Iterator<Item = Pooled<'k>>, [Pooled<'k>; 3]) {
        let (record, taught) = (&journal.classes[class], &journal.courses[course]);
        let subject = Some(taught.subject);
        let level = level_of(record.grade);
        let parallel = self.0[usize::from(record.grade)].as_str();
        let teacher = journal.staff[taught.teacher].key.as_str();
        let of_classes = [
            (Scope::School, ""),
            (Scope::Level, level),
            (Scope::Parallel, parallel),
            (Scope::Class, record.key.as_str()),
        ];
        let of_classes =
            of_classes.into_iter().flat_map(move |(scope, id)| [(scope, id, subject), (scope, id, None)]);
        let of_courses = [
            (Scope::Teacher, teacher, subject),
            (Scope::Teacher, teacher, None),
            (Scope::Course, taught.key.as_str(), subject),
        ];
        (of_classes, of_courses)
    }
}

/// Returns the grades of every whole in every ended term: those of the classes it pools.
fn grades<'k>(facts: &Facts<'k>, names: &'k Grades) -> FxHashMap<(Id<Term>, Pooled<'k>), BTreeSet<u8>> {
    let mut grades: FxHashMap<_, BTreeSet<u8>> = FxHashMap::default();
    let offers = offers(facts.journal, facts.roster, &facts.ended);
    for Offer { key, .. } in offers.iter().filter(|offer| offer.is_graded) {
        let Some(course) = key.course else { continue };
        let grade = facts.journal.classes[key.class].grade;
        let (of_classes, of_courses) = names.wholes(facts.journal, key.class, course);
        for whole in of_classes.chain(of_courses) {
            grades.entry((key.term, whole)).or_default().insert(grade);
        }
    }
    grades
}

/// Returns the pupils of every whole in every ended term, with the totals of their marks.
fn pupils<'k>(facts: &Facts<'k>, names: &'k Grades) -> FxHashMap<(Id<Term>, Pooled<'k>), Pupils> {
    let mut pupils: FxHashMap<_, Pupils> = FxHashMap::default();
    let mut seen = BTreeSet::new();
    for Outcome { key, standing } in outcomes(facts.journal, facts.roster, &facts.ended, facts.as_of) {
        let (Some(pupil), Some(course)) = (key.pupil, key.course) else { continue };
        let (of_classes, of_courses) = names.wholes(facts.journal, key.class, course);
        // Of several courses in a subject a class counts the mark once.
        let is_first = seen.insert((key.term, pupil, facts.journal.courses[course].subject));
        let of_classes = of_classes.into_iter().filter(|_| is_first);
        for whole in of_classes.chain(of_courses) {
            pupils.entry((key.term, whole)).or_default().entry(pupil).or_default().add(standing);
        }
    }
    pupils
}
