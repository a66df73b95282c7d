//! Lessons of a pupil that ask for work: missed ones with their topics, and those with an unsatisfactory mark.

use std::collections::BTreeMap;

use super::fold::Fold;
use crate::model::*;
use crate::render::format;
use crate::render::paper::{Look, Paper};
use crate::reports::class_report::of_class::OfClass;
use crate::reports::class_report::words::{REASONS, topic};
use crate::reports::common::table::{row, table, text};
use crate::reports::topics;
use crate::stats::analytics::{MISSED, Record, UNSATISFACTORY};

/// A list of lessons: what is wrong with each, what it is called when it is put right.
struct List {
    /// The column of the table that says what is wrong.
    column: &'static str,
    /// The column that says that it was put right.
    mended: &'static str,
    /// The same in words.
    mended_word: &'static str,
    /// Title over the lessons.
    title: &'static str,
    /// Whether a mark is what is wrong.
    is_mark: bool,
}

impl List {
    /// Returns how a count of lessons names what is wrong with them: a mark stands in quotes, else two numbers meet.
    fn sign(&self, sign: &str) -> String {
        if self.is_mark { format!("с «{sign}»") } else { sign.to_owned() }
    }
}

const MISSED_LESSONS: List = List {
    column: "reason",
    mended: "made_up",
    mended_word: "отработано",
    title: "Урок: число, причина, тема",
    is_mark: false,
};

const BAD_MARKS: List = List {
    column: "value",
    mended: "corrected",
    mended_word: "исправлено",
    title: "Урок: число, отметка, тема",
    is_mark: true,
};

/// Lists the missed lessons.
pub(super) fn missed(of: &OfClass<'_>, pupil: Id<Pupil>, fold: Fold, paper: &mut Paper) {
    if of.data.lack(&MISSED).is_some() {
        return;
    }
    let rows = of.missed.get(&pupil).map_or(&[][..], Vec::as_slice);
    if rows.is_empty() {
        return paper.paragraph(Look::Text, "Пропущенных уроков в исходных данных 0.");
    }
    let made_up = rows.iter().filter(|row| row.flag("made_up")).count();
    fold.head(&format!("Пропущенные уроки и темы: {}, отработано {made_up}", rows.len()), paper);
    let is_folded = lay(of, rows, (&MISSED_LESSONS, fold), paper);
    let note = format!("{REASONS}. «Отработано» — есть отметка за этот урок или за его работу позже.");
    paper.paragraph(Look::Note, &format!("{note}{}", rest_of(is_folded)));
}

/// Lists the unsatisfactory marks.
pub(super) fn unsatisfactory(of: &OfClass<'_>, pupil: Id<Pupil>, fold: Fold, paper: &mut Paper) {
    if of.data.lack(&UNSATISFACTORY).is_some() {
        return;
    }
    let rows = of.unsatisfactory.get(&pupil).map_or(&[][..], Vec::as_slice);
    if rows.is_empty() {
        return paper.paragraph(Look::Text, "Неудовлетворительных отметок 0.");
    }
    let corrected = rows.iter().filter(|row| row.flag("corrected")).count();
    fold.head(&format!("Неудовлетворительные отметки и темы: {}, исправлено {corrected}", rows.len()), paper);
    if lay(of, rows, (&BAD_MARKS, fold), paper) {
        paper.paragraph(Look::Note, rest_of(true).trim_start());
    }
}

/// Says where the lessons are that this page only counts.
fn rest_of(is_folded: bool) -> String {
    if is_folded {
        format!(" Все уроки с темами — в отчёте «{}».", topics::REPORT.title)
    } else {
        String::new()
    }
}

/// Lays out a row for each subject; tells whether some lessons are counted only.
fn lay(of: &OfClass<'_>, rows: &[Record<'_>], (list, fold): (&List, Fold), paper: &mut Paper) -> bool {
    let mut by_course: BTreeMap<Option<Id<Course>>, Vec<Record<'_>>> = BTreeMap::new();
    for row in rows {
        by_course.entry(of.data.keys.course(row.text("course_id"))).or_default().push(*row);
    }
    let is_folded = by_course.values().any(|rows| rows.len() > fold.topics);
    let line = |(course, rows): (Option<Id<Course>>, Vec<Record<'_>>)| {
        let title = course.map(|id| fold.subject(of, of.journal().courses[id].subject));
        vec![title.unwrap_or_default(), lessons(rows, list, fold.topics)]
    };
    let lines = by_course.into_iter().map(line);
    if fold.has_tables {
        let columns = vec![text("Предмет", 37.0), text(list.title, 143.0)];
        paper.table(&table(columns, lines.map(row).collect()));
    } else {
        let said: Vec<String> = lines.map(|cells| cells.join(" — ")).collect();
        paper.paragraph(Look::Note, &format!("{}.", said.join(". ")));
    }
    is_folded
}

/// Names so many lessons, those that are not put right first, the latest of them; counts the others.
fn lessons(mut rows: Vec<Record<'_>>, list: &List, most: usize) -> String {
    rows.sort_by_key(|row| (row.flag(list.mended), std::cmp::Reverse(row.date("date"))));
    let mut rest = rows.split_off(rows.len().min(most));
    rows.sort_by_key(|row| row.date("date"));
    rest.sort_by_key(|row| row.date("date"));
    let named = rows.iter().map(|row| lesson(*row, list));
    named
        .chain((!rest.is_empty()).then(|| counted(&rest, list, rows.is_empty())))
        .collect::<Vec<_>>()
        .join("; ")
}

fn lesson(row: Record<'_>, list: &List) -> String {
    let date = row.date("date").map(format::day_month).unwrap_or_default();
    let mended = if row.flag(list.mended) { format!(" — {}", list.mended_word) } else { String::new() };
    let sign = row.text(list.column);
    let sign = if list.is_mark { format!("«{sign}»") } else { sign.to_owned() };
    format!("{date}\u{a0}{sign} {}{mended}", topic(row.text("topic")))
}

/// Returns «и ещё 9: 7 б, 2 ну, отработано 1»; of all lessons of a subject «9 (7 б, 2 ну, отработано 1)».
fn counted(rest: &[Record<'_>], list: &List, is_all: bool) -> String {
    let mut signs: BTreeMap<&str, usize> = BTreeMap::new();
    rest.iter().for_each(|row| *signs.entry(row.text(list.column)).or_default() += 1);
    let mended = rest.iter().filter(|row| row.flag(list.mended)).count();
    let mended = (mended > 0).then(|| format!("{} {mended}", list.mended_word));
    let signs = signs.into_iter().map(|(sign, count)| format!("{count} {}", list.sign(sign)));
    let said = signs.chain(mended).collect::<Vec<_>>().join(", ");
    if is_all { format!("{} ({said})", rest.len()) } else { format!("и ещё {}: {said}", rest.len()) }
}
