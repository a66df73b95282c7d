//! Who has to mend a finding, and the counts by person and by class.

use std::collections::BTreeMap;

use super::causes::Cause;
use super::figures::Counts;
use crate::findings::Finding;
use crate::model::*;
use crate::reports::ReportContext;
use crate::rules::{self, Answers, Direction};

/// Returns who has to mend a finding; nobody: the administration.
pub(super) fn answerable(journal: &Journal, finding: &Finding) -> Option<Id<Staff>> {
    answerable_for(journal, finding.rule, whose_of(finding))
}

fn answerable_for(journal: &Journal, rule: &str, whose: rules::Owner) -> Option<Id<Staff>> {
    match rules::rule(rule).answers {
        Answers::ClassTeacher => whose.class.and_then(|class| journal.classes[class].teacher),
        Answers::Teacher => whose.staff,
    }
}

fn whose_of(finding: &Finding) -> rules::Owner {
    let Finding { staff, class, course, .. } = *finding;
    rules::Owner { staff, class, course }
}

/// Whose journal pages a finding stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Whose {
    /// A class's.
    Class(Id<Class>),
    /// A group's.
    Group(Id<Group>),
    /// Nobody's: the school as a whole.
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
    /// The lines, sorted by what matters.
    pub causes: Vec<&'a Cause<'a>>,
    /// Lessons held.
    pub lessons: usize,
    /// Things the rules judged, by rule: the whole that the findings are a part of.
    pub examined: BTreeMap<&'static str, usize>,
}

impl<K> Line<'_, K> {
    fn new(of: K) -> Self {
        let directions = vec![Counts::default(); Direction::ALL.len()];
        Self {
            of,
            counts: Counts::default(),
            directions,
            causes: Vec::new(),
            lessons: 0,
            examined: BTreeMap::new(),
        }
    }

    /// Returns how many things of this line the rules judged, all rules together.
    pub(super) fn judged(&self) -> usize {
        self.examined.values().sum()
    }

    /// Returns how many findings of a rule the line has, and of how many things judged.
    pub(super) fn out_of(&self, rule: &str) -> (usize, usize) {
        let causes = || self.causes.iter();
        let own = causes().filter(|cause| cause.first().rule == rule).map(|cause| cause.count());
        let beside = causes().filter_map(|cause| cause.beside.get(rule)).map(Vec::len);
        (own.chain(beside).sum(), self.examined.get(rule).copied().unwrap_or(0))
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
        let key = of(cause.first().rule, whose_of(cause.first()));
        let line = lines.entry(key).or_insert_with(|| Line::new(key));
        for finding in &cause.findings {
            line.counts.add(finding);
            line.directions[rules::rule(finding.rule).direction.index()].add(finding);
        }
        for (rule, findings) in &cause.beside {
            // What goes beside another finding is counted with it, under its own direction.
            for finding in findings {
                line.counts.add(finding);
                line.directions[rules::rule(rule).direction.index()].add(finding);
            }
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

/// Returns a line for everyone who has to mend something or held a lesson, by name; last what nobody answers for.
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

fn held<'a>(context: &ReportContext<'a>) -> impl Iterator<Item = &'a Lesson> {
    let as_of = context.as_of;
    let lessons = context.journal.lessons.values();
    lessons.filter(move |lesson| lesson.status == LessonStatus::Held && lesson.date <= as_of)
}
