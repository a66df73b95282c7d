//! Who fails or is at risk of it, in which subjects, and what a plan has to make up for.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::model::*;
use crate::reports::class_report::of_class::{OfClass, Studied};
use crate::reports::class_report::words::reason;
use crate::stats::analytics::forecast::{Prospect, Risk};
use crate::stats::analytics::{MISSED, Record, UNSATISFACTORY};

/// A pupil with the subjects a plan is for.
pub(in crate::reports::class_report) struct Case<'o, 'a> {
    pub(super) pupil: Id<Pupil>,
    pub(super) subjects: Vec<Trouble<'o, 'a>>,
}

impl Case<'_, '_> {
    /// Tells whether the term ended with a subject failed, and not only a danger is there.
    pub(super) fn is_failing(&self) -> bool {
        self.subjects.iter().any(|one| one.ended.is_some_and(is_failed))
    }
}

/// A subject that a pupil fails, or may fail.
pub(super) struct Trouble<'o, 'a> {
    pub(super) course: Id<Course>,
    /// The term that ended; none where the pupil was not in the course then.
    pub(super) ended: Option<&'o Studied<'a>>,
    /// The term under way.
    pub(super) prospect: Option<&'a Prospect>,
    pub(super) topics: Vec<Topic<'a>>,
}

/// A topic to make up for.
pub(super) struct Topic<'a> {
    pub(super) date: Option<Date>,
    pub(super) topic: &'a str,
    pub(super) why: String,
}

/// Lists them, by name.
pub(super) fn cases<'o, 'a>(of: &'o OfClass<'a>) -> Vec<Case<'o, 'a>> {
    let owed = Owed::new(of);
    let case = |pupil: &Id<Pupil>| {
        let mut courses = BTreeSet::new();
        courses.extend(of.courses(*pupil).iter().filter(|one| is_failed(one)).map(|one| one.course));
        let own = of.prospects.iter().filter(|one| one.pupil == *pupil);
        courses.extend(own.filter(|one| is_threatened(one)).map(|one| one.course));
        let subjects: Vec<Trouble<'_, '_>> =
            courses.into_iter().map(|course| trouble(of, *pupil, course, &owed)).collect();
        (!subjects.is_empty()).then_some(Case { pupil: *pupil, subjects })
    };
    of.pages.iter().filter_map(case).collect()
}

/// Tells whether the term ended with «2», «1» or н/а.
fn is_failed(one: &Studied<'_>) -> bool {
    matches!(one.term_mark(), "1" | "2" | "н/а")
}

/// Tells whether a «2» is to be expected, or н/а because of absences.
fn is_threatened(one: &Prospect) -> bool {
    let has = |test: fn(&Risk) -> bool| one.risks.iter().any(test);
    let is_absent = has(|risk| matches!(risk, Risk::Absent { .. }));
    let is_unmarked = has(|risk| matches!(risk, Risk::NoMarks { .. } | Risk::FewMarks { .. }));
    has(|risk| matches!(risk, Risk::Two | Risk::TwoBefore { .. } | Risk::LastTwos { .. }))
        || is_absent && is_unmarked
}

fn trouble<'o, 'a>(
    of: &'o OfClass<'a>,
    pupil: Id<Pupil>,
    course: Id<Course>,
    owed: &Owed<'a>,
) -> Trouble<'o, 'a> {
    let ended = of.courses(pupil).iter().find(|one| one.course == course);
    let prospect = of.prospects.iter().copied().find(|one| one.pupil == pupil && one.course == course);
    let (pupil, course_key) = (&of.journal().pupils[pupil].key, &of.journal().courses[course].key);
    Trouble { course, ended, prospect, topics: owed.topics(pupil, course_key) }
}

/// Missed lessons not made up for and unsatisfactory marks not corrected, from the term's first day to the build's.
struct Owed<'a> {
    missed: Vec<Record<'a>>,
    unsatisfactory: Vec<Record<'a>>,
}

impl<'a> Owed<'a> {
    fn new(of: &OfClass<'a>) -> Self {
        let own = of.missed.values().flatten().filter(|row| !row.flag("made_up")).copied();
        let marks = of.unsatisfactory.values().flatten().filter(|row| !row.flag("corrected")).copied();
        let (mut missed, mut unsatisfactory): (Vec<_>, Vec<_>) = (own.collect(), marks.collect());
        if let Some(term) = of.under_way.filter(|term| *term != of.data.term) {
            let key = &of.journal().terms[term].key;
            let class = of.key;
            let rows =
                |table| of.data.tables.of_term(table, key).filter(move |row| row.text("class_id") == class);
            missed.extend(rows(&MISSED).filter(|row| !row.flag("made_up")));
            unsatisfactory.extend(rows(&UNSATISFACTORY).filter(|row| !row.flag("corrected")));
        }
        Self { missed, unsatisfactory }
    }

    fn topics(&self, pupil: &str, course: &str) -> Vec<Topic<'a>> {
        let is_own = |row: &&Record<'a>| row.text("pupil_id") == pupil && row.text("course_id") == course;
        let topic = |row: &Record<'a>, why| Topic { date: row.date("date"), topic: row.text("topic"), why };
        let missed =
            self.missed.iter().filter(is_own).map(|row| topic(row, reason(row.text("reason")).to_owned()));
        let marks = self.unsatisfactory.iter().filter(is_own);
        let marks = marks.map(|row| topic(row, format!("отметка «{}»", row.text("value"))));
        let mut topics: Vec<Topic<'a>> = missed.chain(marks).collect();
        topics.sort_by_key(|one| one.date);
        topics
    }
}
