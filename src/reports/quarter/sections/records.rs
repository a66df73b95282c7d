//! How the journal was kept, on one page: findings of the term by direction of control, the gravest kinds, who mends them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::base::severity::Severity;
use crate::model::*;
use crate::render::format;
use crate::render::paper::{Look, Paper};
use crate::reports::common::numbers::{GAP, some};
use crate::reports::common::table::{count, row, table, text, total};
use crate::reports::common::terms;
use crate::reports::gaps;
use crate::reports::quarter::view::{Quarter, Section, say_whom};
use crate::reports::timeliness::answerable;
use crate::rules::finding::Finding;
use crate::rules::{Direction, RULES};

pub(in crate::reports::quarter) const RECORDS: Section =
    Section {
        title: "Ведение журнала: полнота и своевременность", starts_page: true, lay
    };

/// So many kinds and people are named; the report of completeness and timeliness has all.
const SHOWN: usize = 8;

fn lay(quarter: &Quarter<'_>, paper: &mut Paper) {
    let own = findings(quarter, quarter.data.term);
    if let Some(said) = gaps::summary_sentence(quarter.data.context.checked) {
        paper.paragraph(Look::Strong, &format!("{said} {}", gaps::NO_ORDER));
    }
    paper.paragraph(Look::Text, &in_words(quarter, &own));
    directions(quarter, paper, &own);
    say_whom(
        paper,
        &quarter.all(),
        "Замечания с датой внутри периода. «—» — ни одна проверка направления не выполнялась. Все замечания, слова регламента и \
         исправления стоят в отчёте «Полнота и своевременность ведения журнала».",
    );
    kinds(paper, &own);
    people(quarter, paper, &own);
}

/// Returns the findings of a term: of its grades, on its days or about it as a whole.
pub(in crate::reports::quarter) fn findings<'a>(quarter: &Quarter<'a>, term: Id<Term>) -> Vec<&'a Finding> {
    let journal = quarter.data.journal();
    let span = journal.terms[term].span;
    let grade = |finding: &Finding| {
        let of_class = finding.class.map(|class| journal.classes[class].grade);
        of_class.or_else(|| finding.course.map(|course| journal.grade_of(&journal.courses[course])))
    };
    let is_own = |finding: &&Finding| {
        let is_inside = finding.date.is_some_and(|date| span.contains(date));
        is_inside && grade(finding).is_none_or(|grade| quarter.data.grades.contains(grade))
    };
    quarter.data.context.checked.findings.iter().filter(is_own).collect()
}

/// Returns how many are violations.
pub(in crate::reports::quarter) fn violations(findings: &[&Finding]) -> usize {
    findings.iter().filter(|one| one.severity == Severity::Violation).count()
}

/// Returns how many lessons of the term's grades were held.
pub(in crate::reports::quarter) fn lessons_held(quarter: &Quarter<'_>, term: Id<Term>) -> usize {
    let journal = quarter.data.journal();
    let span = journal.terms[term].span;
    let held = journal.lessons.values().filter(|lesson| {
        lesson.status == LessonStatus::Held
            && span.contains(lesson.date)
            && quarter.data.grades.contains(journal.grade_of(&journal.courses[lesson.course]))
    });
    held.count()
}

/// Returns violations on a hundred lessons; a gap where none was held.
pub(in crate::reports::quarter) fn rate(found: usize, lessons: usize) -> String {
    if lessons == 0 {
        return GAP.to_owned();
    }
    // Counts are far below 2^52: exact.
    format::decimal(found as f64 * 100.0 / lessons as f64, 1)
}

fn in_words(quarter: &Quarter<'_>, own: &[&Finding]) -> String {
    let journal = quarter.data.journal();
    let told = |term: Id<Term>, own: &[&Finding]| {
        let (found, lessons) = (violations(own), lessons_held(quarter, term));
        format!(
            "{}: нарушений {}, уроков {}, на 100 уроков {}",
            terms::title(journal, term),
            format::thousands(found),
            format::thousands(lessons),
            rate(found, lessons)
        )
    };
    let before = quarter.data.before.map(|term| told(term, &findings(quarter, term)));
    let all: Vec<String> = before.into_iter().chain([told(quarter.data.term, own)]).collect();
    format!("{}. К сведению за период {}.", all.join("; "), format::thousands(own.len() - violations(own)))
}

fn directions(quarter: &Quarter<'_>, paper: &mut Paper, own: &[&Finding]) {
    let checked = quarter.data.context.checked;
    let before: Vec<&Finding> = quarter.data.before.map_or_else(Vec::new, |term| findings(quarter, term));
    let of = |findings: &[&Finding], direction: Direction| -> [usize; 2] {
        let all = findings.iter().filter(|one| crate::rules::rule(one.rule).direction == direction);
        let (grave, slight): (Vec<&Finding>, Vec<&Finding>) =
            all.partition(|one| one.severity == Severity::Violation);
        [grave.len(), slight.len()]
    };
    let ran = |direction: Direction| {
        checked.examined.iter().any(|one| crate::rules::rule(one.rule).direction == direction)
    };
    let rows = Direction::ALL.map(|direction| {
        let title = direction.title().to_owned();
        if !ran(direction) {
            return row(vec![title, GAP.to_owned(), GAP.to_owned(), GAP.to_owned()]);
        }
        let ([now, slight], [then, _]) = (of(own, direction), of(&before, direction));
        let then = if quarter.data.before.is_some() { then.to_string() } else { GAP.to_owned() };
        row(vec![title, now.to_string(), slight.to_string(), then])
    });
    let mut rows: Vec<_> = rows.into();
    let found = violations(own);
    let then = quarter.data.before.map_or(GAP.to_owned(), |_| violations(&before).to_string());
    rows.push(total(vec!["Всего".to_owned(), found.to_string(), (own.len() - found).to_string(), then]));
    let columns = vec![
        text("Направление контроля", 100.0),
        count("Нарушений", 26.0),
        count("К сведению", 26.0),
        count("Нарушений в прошлом периоде", 28.0),
    ];
    paper.table(&table(columns, rows));
}

fn kinds(paper: &mut Paper, own: &[&Finding]) {
    let mut kinds: BTreeMap<usize, [usize; 2]> = BTreeMap::new();
    for one in own {
        let place = RULES.iter().position(|rule| rule.id == one.rule).unwrap_or(0);
        kinds.entry(place).or_default()[usize::from(one.severity == Severity::Notice)] += 1;
    }
    let mut kinds: Vec<(usize, [usize; 2])> = kinds.into_iter().filter(|(_, counts)| counts[0] > 0).collect();
    kinds.sort_by_key(|(place, counts)| (Reverse(counts[0]), *place));
    if kinds.is_empty() {
        return;
    }
    paper.heading(2, "Чаще всего");
    let rest = kinds.len().saturating_sub(SHOWN);
    let rows = kinds.iter().take(SHOWN).map(|(place, counts)| {
        let rule = &RULES[*place];
        row(vec![rule.title.ru.to_owned(), counts[0].to_string(), some(counts[1]), rule.remedy.to_owned()])
    });
    let columns = vec![
        text("Нарушение", 66.0),
        count("Нарушений", 20.0),
        count("К сведению", 20.0),
        text("Что сделать", 74.0),
    ];
    paper.table(&table(columns, rows.collect()));
    if rest > 0 {
        paper.paragraph(Look::Note, &format!("И ещё видов нарушений: {rest}."));
    }
}

fn people(quarter: &Quarter<'_>, paper: &mut Paper, own: &[&Finding]) {
    let journal = quarter.data.journal();
    let mut counts: BTreeMap<Option<Id<Staff>>, usize> = BTreeMap::new();
    for one in own.iter().filter(|one| one.severity == Severity::Violation) {
        *counts.entry(answerable(journal, one)).or_default() += 1;
    }
    let name = |staff: Option<Id<Staff>>| match staff {
        Some(staff) => quarter.data.keys.teacher_name(staff),
        None => "администрация".to_owned(),
    };
    let mut named: Vec<(Reverse<usize>, String)> =
        counts.into_iter().map(|(staff, count)| (Reverse(count), name(staff))).collect();
    named.sort();
    if named.is_empty() {
        return;
    }
    let shown: Vec<String> =
        named.iter().take(SHOWN).map(|(Reverse(count), name)| format!("{name} — {count}")).collect();
    let rest = named.len().saturating_sub(SHOWN);
    let rest = if rest > 0 { format!("; и ещё {rest}") } else { String::new() };
    paper.paragraph(Look::Text, &format!("Больше всего нарушений устраняют: {}{rest}.", shown.join("; ")));
}
