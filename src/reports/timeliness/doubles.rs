//! Pairs of rules that one cause may set off together: the report shows the cause once and counts the other beside it.
//!
//! `findings.csv` holds every finding all the same, and so do the counts; only lines of the report are spared.

use std::collections::BTreeMap;

use jiff::civil::DateTime;

use crate::findings::Finding;
use crate::model::{Course, Id, Lesson, Pupil, Staff, Subject, Term};

/// What two findings must share to have one cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shared {
    /// The lesson and the day of entry: a lesson written up later together with all that stands in it.
    LessonAndEntryDay,
    /// The lesson and the pupil: one mark.
    LessonAndPupil,
    /// The lesson.
    Lesson,
    /// Moment, author, lesson and pupil: one line of the log.
    Change,
    /// Lesson, pupil and moment: one entry.
    Entry,
    /// Pupil, subject and term: one mark of a term.
    TermMark,
    /// The course and the day.
    CourseDay,
    /// The course.
    Course,
}

/// Two rules and what makes their findings one.
pub struct Pair {
    /// Its finding is shown.
    pub shown: &'static str,
    /// Its finding is counted beside the other.
    pub beside: &'static str,
    /// What both share.
    pub shared: Shared,
}

const fn pair(shown: &'static str, beside: &'static str, shared: Shared) -> Pair {
    Pair { shown, beside, shared }
}

/// Every pair. A finding goes with the first that fits.
///
/// Not here, though they may meet: an entry by a stranger and its lateness (other people mend them), a programme that is
/// behind and the lessons it lacks (its hours would be lost from sight), too few marks and a drift from their mean.
pub const PAIRS: &[Pair] = &[
    pair("entry-void", "edit-after-term-mark", Shared::Change),
    pair("entry-void", "correction", Shared::Change),
    pair("edit-after-term-mark", "correction", Shared::Change),
    pair("mark-while-absent", "mark-late", Shared::LessonAndPupil),
    pair("mark-while-absent", "control-mark-late", Shared::LessonAndPupil),
    pair("mark-while-absent", "written-mark-late", Shared::LessonAndPupil),
    pair("mark-while-absent", "work-kind-missing", Shared::LessonAndPupil),
    pair("lesson-recorded-late", "mark-late", Shared::LessonAndEntryDay),
    pair("lesson-recorded-late", "control-mark-late", Shared::LessonAndEntryDay),
    pair("lesson-recorded-late", "written-mark-late", Shared::LessonAndEntryDay),
    pair("lesson-recorded-late", "absence-late", Shared::LessonAndEntryDay),
    pair("lesson-recorded-late", "homework-late", Shared::LessonAndEntryDay),
    pair("lesson-recorded-late", "homework-late-suspended", Shared::LessonAndEntryDay),
    pair("mark-late", "work-kind-missing", Shared::LessonAndPupil),
    pair("entry-void", "mark-late", Shared::Entry),
    pair("entry-void", "control-mark-late", Shared::Entry),
    pair("entry-void", "written-mark-late", Shared::Entry),
    pair("entry-void", "absence-late", Shared::Entry),
    pair("entry-void", "homework-late", Shared::Entry),
    pair("entry-void", "homework-late-suspended", Shared::Entry),
    pair("edit-after-term-mark", "mark-late", Shared::Entry),
    pair("edit-after-term-mark", "control-mark-late", Shared::Entry),
    pair("edit-after-term-mark", "written-mark-late", Shared::Entry),
    pair("edit-after-term-mark", "absence-late", Shared::Entry),
    pair("edit-after-term-mark", "homework-late", Shared::Entry),
    pair("edit-after-term-mark", "homework-late-suspended", Shared::Entry),
    pair("term-mark-conflict", "term-mark-late", Shared::TermMark),
    pair("term-mark-conflict", "term-mark-drift", Shared::TermMark),
    pair("topic-missing", "homework-missing", Shared::Lesson),
    pair("control-work-not-held", "lesson-missing", Shared::CourseDay),
    pair("control-work-not-held", "moved-lesson-lost", Shared::CourseDay),
    pair("control-work-not-held", "lesson-lost", Shared::CourseDay),
    pair("homework-in-grade-1", "homework-late", Shared::Lesson),
    pair("homework-in-grade-1", "homework-late-suspended", Shared::Lesson),
    // The year's shortfall is the sum of the terms'.
    pair("programme-behind", "programme-behind", Shared::Course),
];

/// What findings are compared by: the parts that [`Shared`] names, the others empty.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    course: Option<Id<Course>>,
    subject: Option<Id<Subject>>,
    term: Option<Id<Term>>,
    lesson: Option<Id<Lesson>>,
    pupil: Option<Id<Pupil>>,
    staff: Option<Id<Staff>>,
    at: Option<DateTime>,
}

/// Returns what a finding is compared by; `None` where it lacks what must be shared.
fn key(shared: Shared, finding: &Finding) -> Option<Key> {
    let none =
        Key { course: None, subject: None, term: None, lesson: None, pupil: None, staff: None, at: None };
    let mut key = Key { lesson: finding.lesson, ..none };
    match shared {
        Shared::LessonAndEntryDay => {
            let day = finding.found_at?.date();
            Some(Key { at: Some(day.at(0, 0, 0, 0)), ..key }).filter(|_| finding.lesson.is_some())
        }
        Shared::LessonAndPupil => {
            key.pupil = Some(finding.pupil?);
            finding.lesson.map(|_| key)
        }
        Shared::Lesson => finding.lesson.map(|_| key),
        Shared::Change => {
            key.at = Some(finding.found_at?);
            Some(Key { pupil: finding.pupil, staff: finding.staff, ..key })
        }
        Shared::Entry => {
            key.at = Some(finding.found_at?);
            Some(Key { pupil: finding.pupil, ..key }).filter(|_| finding.lesson.is_some())
        }
        Shared::TermMark => {
            let (pupil, term) = (Some(finding.pupil?), Some(finding.term?));
            Some(Key { pupil, term, subject: Some(finding.subject?), ..none })
        }
        Shared::CourseDay => {
            Some(Key { course: Some(finding.course?), at: Some(finding.date?.at(0, 0, 0, 0)), ..none })
        }
        Shared::Course => Some(Key { course: Some(finding.course?), lesson: None, ..key }),
    }
}

/// Returns for every finding the one it goes beside, itself where it is shown. A violation never goes beside a notice.
pub(super) fn shown_by(findings: &[Finding]) -> Vec<usize> {
    let mut shown: Vec<usize> = (0..findings.len()).collect();
    let mut of_rule: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, finding) in findings.iter().enumerate() {
        of_rule.entry(finding.rule).or_default().push(index);
    }
    let of = |rule: &str| of_rule.get(rule).map(Vec::as_slice).unwrap_or_default();
    for pair in PAIRS {
        let mut keepers: BTreeMap<Key, usize> = BTreeMap::new();
        for index in of(pair.shown) {
            if let Some(key) = key(pair.shared, &findings[*index]) {
                let keeper = keepers.entry(key).or_insert(*index);
                if findings[*index].severity < findings[*keeper].severity {
                    *keeper = *index;
                }
            }
        }
        for index in
            of(pair.beside).iter().filter(|index| shown[**index] == **index).copied().collect::<Vec<_>>()
        {
            let keeper = key(pair.shared, &findings[index]).and_then(|key| keepers.get(&key));
            let fits = |keeper: &usize| {
                let (kept, folded) = (findings[*keeper].severity, findings[index].severity);
                *keeper != index && if pair.shown == pair.beside { kept < folded } else { kept <= folded }
            };
            if let Some(keeper) = keeper.copied().filter(fits) {
                shown[index] = keeper;
            }
        }
    }
    (0..shown.len()).map(|index| root(&shown, index)).collect()
}

/// Follows the chain: what goes beside a finding that itself goes beside another goes with that one.
fn root(shown: &[usize], mut index: usize) -> usize {
    while shown[index] != index {
        index = shown[index];
    }
    index
}
