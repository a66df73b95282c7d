//! Counts of the report: by rule, by direction of control, by class, by person, by week, each with the number
//! examined.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::causes::Cause;
use crate::base::severity::Severity;
use crate::model::*;
use crate::reports::context::ReportContext;
use crate::rules::finding::Finding;
use crate::rules::{Direction, Examined, RULES, Rule, rule};

/// Findings by severity, and the lines they make.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Violations.
    pub violations: usize,
    /// Notices.
    pub notices: usize,
    /// Lines after folding.
    pub causes: usize,
}

impl Counts {
    pub(super) fn add(&mut self, finding: &Finding) {
        match finding.severity {
            Severity::Violation => self.violations += 1,
            Severity::Notice => self.notices += 1,
        }
    }

    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            violations: self.violations + other.violations,
            notices: self.notices + other.notices,
            causes: self.causes + other.causes,
        }
    }

    pub(super) fn minus(self, part: Self) -> Self {
        Self {
            violations: self.violations.saturating_sub(part.violations),
            notices: self.notices.saturating_sub(part.notices),
            causes: self.causes.saturating_sub(part.causes),
        }
    }

    /// Returns the number of findings of both severities.
    pub fn all(self) -> usize {
        self.violations + self.notices
    }
}

/// One rule that ran.
pub struct RuleLine {
    /// The rule.
    pub rule: &'static Rule,
    /// What it looked at.
    pub examined: Examined,
    /// What it found.
    pub counts: Counts,
}

/// One direction of control.
pub struct DirectionLine {
    /// The direction.
    pub direction: Direction,
    /// Things that its rules examined.
    pub examined: usize,
    /// Things they could not judge.
    pub unjudged: usize,
    /// How many of its rules did not run at all.
    pub not_run: usize,
    /// What they found.
    pub counts: Counts,
    /// The same in the last term and in the one before it.
    pub now: Counts,
    /// See `now`.
    pub before: Counts,
}

impl DirectionLine {
    /// Returns whether none of its checks ran: then it has no figures, and a zero would look like a clean
    /// result.
    pub fn is_silent(&self) -> bool {
        RULES.iter().filter(|rule| rule.direction == self.direction).count() == self.not_run
    }
}

/// Printed in place of a figure that was not computed.
pub(super) const NOTHING: &str = "—";

/// A span of days for counting findings: from a term's first day to the day before the next term.
#[derive(Clone, Debug)]
pub struct Stretch {
    /// The term's title.
    pub title: String,
    /// Its days.
    pub span: Span,
    /// The last day of the term itself, or the build's date if that is earlier.
    pub last: Date,
    /// Lessons held in it.
    pub lessons: usize,
}

/// Findings of one week.
#[derive(Clone, Copy, Debug)]
pub struct Week {
    /// Its first day.
    pub monday: Date,
    /// What was found.
    pub counts: Counts,
    /// Lessons held.
    pub lessons: usize,
}

pub(super) fn rule_lines(context: &ReportContext<'_>, causes: &[Cause<'_>]) -> Vec<RuleLine> {
    let mut counts = by(&context.checked.findings, |finding| Some(finding.rule));
    for cause in causes {
        counts.entry(cause.first().rule).or_default().causes += 1;
    }
    let line = |examined: &Examined| {
        let rule = rule(examined.rule);
        let counts = counts.get(rule.id).copied().unwrap_or_default();
        RuleLine { rule, examined: *examined, counts }
    };
    context.checked.examined.iter().map(line).collect()
}

/// Counts findings by something.
pub(super) fn by<K: Ord>(findings: &[Finding], key: impl Fn(&Finding) -> Option<K>) -> BTreeMap<K, Counts> {
    let mut counts: BTreeMap<K, Counts> = BTreeMap::new();
    for finding in findings {
        if let Some(key) = key(finding) {
            counts.entry(key).or_default().add(finding);
        }
    }
    counts
}

pub(super) fn direction_lines(
    context: &ReportContext<'_>,
    rules: &[RuleLine],
    [now, before]: [Option<&Stretch>; 2],
) -> Vec<DirectionLine> {
    let findings = &context.checked.findings;
    let within = |stretch: Option<&Stretch>| {
        let span = stretch.map(|stretch| stretch.span);
        let inside =
            |finding: &Finding| finding.date.is_some_and(|date| span.is_some_and(|span| span.contains(date)));
        by(findings, |finding| inside(finding).then(|| rule(finding.rule).direction))
    };
    let (now, before) = (within(now), within(before));
    let line = |direction: Direction| {
        let own = || rules.iter().filter(|line| line.rule.direction == direction);
        let all = || RULES.iter().filter(|rule| rule.direction == direction).count();
        DirectionLine {
            direction,
            examined: own().map(|line| line.examined.examined).sum(),
            unjudged: own().map(|line| line.examined.unjudged).sum(),
            not_run: all() - own().count(),
            counts: own().fold(Counts::default(), |sum, line| sum.plus(line.counts)),
            now: now.get(&direction).copied().unwrap_or_default(),
            before: before.get(&direction).copied().unwrap_or_default(),
        }
    };
    Direction::ALL.map(line).into()
}

/// Returns the last term that began by the build's date and the one before it, of the most frequent kind of
/// terms in the school.
pub(super) fn stretches(context: &ReportContext<'_>) -> [Option<Stretch>; 2] {
    let journal = context.journal;
    let mut kinds: BTreeMap<TermKind, Vec<&Term>> = BTreeMap::new();
    for term in journal.terms.values().filter(|term| term.kind != TermKind::Year) {
        kinds.entry(term.kind).or_default().push(term);
    }
    let Some(terms) = kinds.into_values().max_by_key(Vec::len) else { return [None, None] };
    let mut begun = side_by_side(terms);
    begun.retain(|(from, ..)| *from <= context.as_of);
    let mut to = context.as_of;
    let mut take = || {
        let (from, ends, title) = begun.pop()?;
        let span = Span { from, to };
        let last = ends.min(to);
        to = from.yesterday().unwrap_or(from);
        let inside = |lesson: &&Lesson| lesson.status == LessonStatus::Held && span.contains(lesson.date);
        let lessons = journal.lessons.values().filter(inside).count();
        Some(Stretch { title, span, last, lessons })
    };
    [take(), take()]
}

/// Returns terms as spans with titles, by first day. Overlapping terms are combined, because grades may have
/// different quarters.
fn side_by_side(mut terms: Vec<&Term>) -> Vec<(Date, Date, String)> {
    terms.sort_by_key(|term| (term.span.from, term.span.to));
    let mut stretches: Vec<(Date, Date, String)> = Vec::new();
    for term in terms {
        match stretches.last_mut().filter(|(_, to, _)| term.span.from <= *to) {
            Some((_, to, title)) => {
                *to = term.span.to.max(*to);
                if !title.contains(term.title.as_str()) {
                    title.push_str(&format!(", {}", term.title));
                }
            }
            None => stretches.push((term.span.from, term.span.to, term.title.to_string())),
        }
    }
    stretches
}

/// Returns the weeks from the year's first day to its last, or to the build's date if that is earlier.
pub(super) fn weeks(context: &ReportContext<'_>) -> Vec<Week> {
    let journal = context.journal;
    let findings = by(&context.checked.findings, |finding| finding.date.map(monday));
    let mut lessons: BTreeMap<Date, usize> = BTreeMap::new();
    for lesson in journal.lessons.values().filter(|lesson| lesson.status == LessonStatus::Held) {
        *lessons.entry(monday(lesson.date)).or_default() += 1;
    }
    let last = journal.year.end.min(context.as_of);
    let mut weeks = Vec::new();
    let mut day = monday(journal.year.start);
    while day <= last && weeks.len() < 60 {
        let counts = findings.get(&day).copied().unwrap_or_default();
        weeks.push(Week { monday: day, counts, lessons: lessons.get(&day).copied().unwrap_or(0) });
        day = day.saturating_add(7.days());
    }
    weeks
}

/// Returns the Monday of a date's week.
pub(super) fn monday(date: Date) -> Date {
    date.saturating_sub(i64::from(date.weekday().to_monday_zero_offset()).days())
}
