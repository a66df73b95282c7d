//! The wholes that figures of term marks pool, and what each pupil's marks come to in them.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::super::facts::Facts;
use crate::model::*;
use crate::stats::attainment::sou_weight;
use crate::stats::facts::{Offer, Outcome, TermStanding, offers, outcomes};
use crate::stats::figure::{Figure, Scope};
use crate::stats::read::level_of;

/// The metrics whose change is told.
pub(crate) const METRICS: [&str; 4] = ["attainment", "quality", "sou", "mean_mark"];
/// The wholes of which it is told.
pub(crate) const SCOPES: [Scope; 6] =
    [Scope::School, Scope::Level, Scope::Parallel, Scope::Class, Scope::Teacher, Scope::Course];

/// A figure's whole: scope, its id, the subject (none: all together).
pub(super) type Pooled<'a> = (Scope, &'a str, Option<Id<Subject>>);

/// A pupil's marks in one whole, counted as the figures do.
#[derive(Clone, Copy, Default)]
pub(super) struct Tally {
    passed: u32,
    good: u32,
    assessed: u32,
    weighted: u32,
    mark_sum: u32,
    mark_count: u32,
}

impl Tally {
    pub(super) fn add(&mut self, standing: TermStanding) {
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

    /// Tells whether the pupil counts in a metric's denominator.
    pub(super) fn counts(&self, metric: &str) -> bool {
        if metric == "mean_mark" { self.mark_count > 0 } else { self.assessed > 0 }
    }
}

/// Pupils of a whole in a term.
pub(super) type Pupils = BTreeMap<Id<Pupil>, Tally>;

/// Forms a metric over some pupils: by pupils for a class or larger whole over all subjects, else by marks.
pub(super) fn value(figure: &Figure, tallies: &[Tally]) -> Option<f64> {
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

/// The names of grades: keys of wholes are borrowed, for there are hundreds of thousands of look-ups.
pub(super) struct Names(Vec<String>);

impl Names {
    pub(super) fn new() -> Self {
        Self((0..=u8::MAX).map(|grade| grade.to_string()).collect())
    }

    /// Returns the wholes of classes that a mark counts in, once a subject.
    pub(super) fn of_classes<'k>(
        &'k self,
        (class, grade): (&'k str, u8),
        subject: Id<Subject>,
    ) -> impl Iterator<Item = Pooled<'k>> {
        let together = self.of_classes_together((class, grade));
        together.into_iter().flat_map(move |(scope, id, _)| [(scope, id, Some(subject)), (scope, id, None)])
    }

    /// Returns the wholes of classes over all subjects that a class counts in.
    fn of_classes_together<'k>(&'k self, (class, grade): (&'k str, u8)) -> [Pooled<'k>; 4] {
        let parallel = self.0[usize::from(grade)].as_str();
        [
            (Scope::School, "", None),
            (Scope::Level, level_of(grade), None),
            (Scope::Parallel, parallel, None),
            (Scope::Class, class, None),
        ]
    }

    /// Returns the wholes of a teacher that a mark counts in.
    pub(super) fn of_teacher(teacher: &str, subject: Id<Subject>) -> [Pooled<'_>; 2] {
        [(Scope::Teacher, teacher, Some(subject)), (Scope::Teacher, teacher, None)]
    }

    /// Returns the wholes that a mark of a pupil of a class in a course counts in: those of classes, and those of courses.
    fn wholes<'k>(
        &'k self,
        journal: &'k Journal,
        class: Id<Class>,
        course: Id<Course>,
    ) -> (impl Iterator<Item = Pooled<'k>>, impl Iterator<Item = Pooled<'k>>) {
        let (record, taught) = (&journal.classes[class], &journal.courses[course]);
        let of_teacher = Self::of_teacher(journal.staff[taught.teacher].key.as_str(), taught.subject);
        let of_course = (Scope::Course, taught.key.as_str(), Some(taught.subject));
        (
            self.of_classes((record.key.as_str(), record.grade), taught.subject),
            of_teacher.into_iter().chain([of_course]),
        )
    }
}

/// The grades of every whole in every ended term.
pub(super) type Grades<'k> = FxHashMap<(Id<Term>, Pooled<'k>), BTreeSet<u8>>;

/// Returns the grades of the classes that every whole pools: by subject those to which a course in it is offered.
pub(super) fn grades<'k>(facts: &Facts<'k>, names: &'k Names) -> Grades<'k> {
    let mut grades = Grades::default();
    let offers = offers(facts.journal, facts.roster, &facts.ended);
    for Offer { key, .. } in offers.iter().filter(|offer| offer.is_graded) {
        let Some(course) = key.course else { continue };
        let grade = facts.journal.classes[key.class].grade;
        let (of_classes, of_courses) = names.wholes(facts.journal, key.class, course);
        for whole in of_classes.chain(of_courses) {
            grades.entry((key.term, whole)).or_default().insert(grade);
        }
    }
    for (term, class) in
        facts.ended.iter().flat_map(|term| facts.journal.classes.ids().map(|class| (*term, class)))
    {
        let record = &facts.journal.classes[class];
        if record.grade >= FIRST_MARKED_GRADE && facts.journal.terms[term].grades.contains(record.grade) {
            for whole in names.of_classes_together((record.key.as_str(), record.grade)) {
                grades.entry((term, whole)).or_default().insert(record.grade);
            }
        }
    }
    grades
}

/// Returns the pupils of every whole in every ended term, with what their marks come to in it. Adds the grades of those who are taught in
/// a group of other classes.
pub(super) fn pupils<'k>(
    facts: &Facts<'k>,
    names: &'k Names,
    grades: &mut Grades<'k>,
) -> FxHashMap<(Id<Term>, Pooled<'k>), Pupils> {
    let mut pupils: FxHashMap<_, Pupils> = FxHashMap::default();
    let mut seen = BTreeSet::new();
    for Outcome { key, standing } in outcomes(facts.journal, facts.roster, &facts.ended, facts.as_of) {
        let (Some(pupil), Some(course)) = (key.pupil, key.course) else { continue };
        let (of_classes, of_courses) = names.wholes(facts.journal, key.class, course);
        let grade = facts.journal.classes[key.class].grade;
        // Of several courses in a subject a class counts the mark once.
        let is_first = seen.insert((key.term, pupil, facts.journal.courses[course].subject));
        let of_classes = of_classes.into_iter().filter(|_| is_first);
        for whole in of_classes.chain(of_courses) {
            grades.entry((key.term, whole)).or_default().insert(grade);
            pupils.entry((key.term, whole)).or_default().entry(pupil).or_default().add(standing);
        }
    }
    pupils
}
