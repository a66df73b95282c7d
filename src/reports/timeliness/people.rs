//! Who has to correct a finding, and the counts by person and by class.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::causes::Cause;
use super::figures::Counts;
use crate::base::severity::Severity;
use crate::model::*;
use crate::render::format;
use crate::reports::context::ReportContext;
use crate::rules::finding::Finding;
use crate::rules::{self, Answers, Direction};

/// Returns who has to correct a finding; `None` means the administration.
pub(in crate::reports) fn answerable(journal: &Journal, finding: &Finding) -> Option<Id<Staff>> {
    answerable_for(journal, finding.rule, owner_of(finding))
}

fn answerable_for(journal: &Journal, rule: &str, whose: rules::Owner) -> Option<Id<Staff>> {
    match rules::rule(rule).answers {
        Answers::ClassTeacher => whose.class.and_then(|class| journal.classes[class].teacher),
        Answers::Teacher => whose.staff,
    }
}

fn owner_of(finding: &Finding) -> rules::Owner {
    let Finding { staff, class, course, .. } = *finding;
    rules::Owner { staff, class, course }
}

/// The class or group whose journal pages have a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Whose {
    /// A class's.
    Class(Id<Class>),
    /// A group's.
    Group(Id<Group>),
    /// The school as a whole.
    School,
}

/// Findings of one class, group or person, by direction of control.
#[derive(Clone, Debug)]
pub(super) struct Line<'a, K> {
    /// Whose.
    pub of: K,
    /// All counts.
    pub counts: Counts,
    /// Counts by direction, in the order of [`Direction::ALL`].
    pub directions: Vec<Counts>,
    /// Those of them that are late entries, by direction.
    pub late: Vec<Counts>,
    /// The lines, sorted by importance.
    pub causes: Vec<&'a Cause<'a>>,
    /// Lessons held.
    pub lessons: usize,
    /// Things that the rules judged, by rule: the whole behind the counts of findings.
    pub examined: BTreeMap<&'static str, usize>,
}

impl<K> Line<'_, K> {
    fn new(of: K) -> Self {
        let none = vec![Counts::default(); Direction::ALL.len()];
        Self {
            of,
            counts: Counts::default(),
            directions: none.clone(),
            late: none,
            causes: Vec::new(),
            lessons: 0,
            examined: BTreeMap::new(),
        }
    }

    fn add(&mut self, finding: &Finding) {
        let rule = rules::rule(finding.rule);
        let at = rule.direction.index();
        self.counts.add(finding);
        self.directions[at].add(finding);
        if rule.is_about_timing {
            self.late[at].add(finding);
        }
    }

    /// Returns the counts of entries that exist but are late.
    pub(super) fn late(&self) -> Counts {
        self.late.iter().fold(Counts::default(), |sum, one| sum.plus(*one))
    }

    /// Returns the counts of what is missing or wrong and has to be corrected.
    pub(super) fn undone(&self) -> Counts {
        self.counts.minus(self.late())
    }

    /// Returns the counts of what is missing and what is late in one direction, violations and notices
    /// together.
    pub(super) fn undone_and_late(&self, direction: Direction) -> [usize; 2] {
        let at = direction.index();
        [self.directions[at].minus(self.late[at]).all(), self.late[at].all()]
    }

    /// Returns the sort key of lines by need: what is missing per lesson, then what is late; people without
    /// lessons come last.
    fn need(&self) -> (bool, [Reverse<usize>; 3]) {
        // Whole numbers give the same order on every machine.
        let rate = |count: usize| Reverse(count.saturating_mul(1_000_000) / self.lessons.max(1));
        let (undone, late) = (self.undone(), self.late());
        (self.lessons == 0, [rate(undone.violations), rate(undone.all()), rate(late.all())])
    }

    /// Returns how many things of this line the rules judged, all rules together.
    pub(super) fn judged(&self) -> usize {
        self.examined.values().sum()
    }

    /// Returns how many findings of a rule the line has, of one severity or of both, and the number of things
    /// judged.
    pub(super) fn out_of(&self, rule: &str, severity: Option<Severity>) -> (usize, usize) {
        let causes = || self.causes.iter();
        let own = causes().filter(|cause| cause.first().rule == rule).flat_map(|cause| &cause.findings);
        let beside = causes().filter_map(|cause| cause.beside.get(rule)).flatten();
        let found =
            own.chain(beside).filter(|finding| severity.is_none_or(|one| one == finding.severity)).count();
        (found, self.examined.get(rule).copied().unwrap_or(0))
    }
}

fn lines<'a, K: Ord + Copy>(
    context: &ReportContext<'_>,
    causes: &'a [Cause<'a>],
    of: impl Fn(&str, rules::Owner) -> K,
) -> BTreeMap<K, Line<'a, K>> {
    let mut lines: BTreeMap<K, Line<'a, K>> = BTreeMap::new();
    for (rule, whose, count) in &context.checked.shares {
        let key = of(rule, *whose);
        *lines.entry(key).or_insert_with(|| Line::new(key)).examined.entry(rule).or_default() += count;
    }
    for cause in causes {
        let key = of(cause.first().rule, owner_of(cause.first()));
        let line = lines.entry(key).or_insert_with(|| Line::new(key));
        // A finding shown beside another is counted with it, under its own direction.
        for finding in cause.findings.iter().chain(cause.beside.values().flatten()) {
            line.add(finding);
        }
        line.counts.causes += 1;
        line.directions[rules::rule(cause.first().rule).direction.index()].causes += 1;
        line.causes.push(cause);
    }
    lines
}

/// Returns a line for every class, then for groups with findings, then for the school as a whole.
pub(super) fn by_class<'a>(context: &ReportContext<'_>, causes: &'a [Cause<'a>]) -> Vec<Line<'a, Whose>> {
    let journal = context.journal;
    let whose = |_: &str, of: rules::Owner| {
        let course = of.course.map(|course| journal.courses[course].audience);
        match (of.class, course) {
            (Some(class), _) | (None, Some(Audience::Class(class))) => Whose::Class(class),
            (None, Some(Audience::Group(group))) => Whose::Group(group),
            _ => Whose::School,
        }
    };
    let mut lines = lines(context, causes, whose);
    for class in journal.classes.ids() {
        lines.entry(Whose::Class(class)).or_insert_with(|| Line::new(Whose::Class(class)));
    }
    for lesson in held(context) {
        let of = match journal.courses[lesson.course].audience {
            Audience::Class(class) => Whose::Class(class),
            Audience::Group(group) => Whose::Group(group),
            Audience::Pupil(_) => continue,
        };
        if let Some(line) = lines.get_mut(&of) {
            line.lessons += 1;
        }
    }
    let mut lines: Vec<_> = lines.into_values().collect();
    lines.sort_by_key(|line| match line.of {
        Whose::Class(class) => (0, journal.classes[class].grade, journal.classes[class].key.to_string()),
        Whose::Group(group) => (1, 0, journal.groups[group].title.to_string()),
        Whose::School => (2, 0, String::new()),
    });
    lines
}

/// Returns a line for everyone who has to correct something or held a lesson, by name; findings without a
/// responsible person come last.
pub(super) fn by_staff<'a>(
    context: &ReportContext<'_>,
    causes: &'a [Cause<'a>],
) -> Vec<Line<'a, Option<Id<Staff>>>> {
    let journal = context.journal;
    let mut lines = lines(context, causes, |rule, whose| answerable_for(journal, rule, whose));
    for lesson in held(context) {
        let of = Some(lesson.teacher);
        lines.entry(of).or_insert_with(|| Line::new(of)).lessons += 1;
    }
    let mut lines: Vec<_> = lines.into_values().collect();
    lines.sort_by_key(|line| match line.of {
        Some(staff) => (false, journal.staff[staff].name.to_string(), line.of),
        None => (true, String::new(), None),
    });
    lines
}

/// Returns the same lines, the greatest need first.
pub(super) fn by_need<K>(mut lines: Vec<Line<'_, K>>) -> Vec<Line<'_, K>> {
    lines.sort_by_key(Line::need);
    lines
}

/// Returns findings per hundred lessons: «3,4»; empty if no lesson was held.
pub(super) fn per_hundred(found: usize, lessons: usize) -> String {
    if lessons == 0 {
        return String::new();
    }
    // Counts are far below 2^52, so this is exact.
    match format::decimal(found as f64 * 100.0 / lessons as f64, 1) {
        none if found > 0 && none == "0,0" => "менее 0,1".to_owned(),
        rate => rate,
    }
}

fn held<'a>(context: &ReportContext<'a>) -> impl Iterator<Item = &'a Lesson> {
    let as_of = context.as_of;
    let lessons = context.journal.lessons.values();
    lessons.filter(move |lesson| lesson.status == LessonStatus::Held && lesson.date <= as_of)
}
