//! Control works by name: who wrote with which mark, who was absent, who did not write.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::super::lists::{Entry, Lists};
use super::super::pages::{Head, Page, Pages};
use crate::model::*;
use crate::render::measure::clean;
use crate::render::workbook::{Cell, Column, Sheet};
use crate::stats::analytics::{CONTROL_WORKS, Record, Written, written_works};

pub(super) const WRITTEN: Page = Page {
    name: "Контрольные поимённо",
    said: "кто как написал и кто не писал",
    has_names: true,
    make: written,
};

/// What a pupil did with a work.
struct Line<'a> {
    row: Record<'a>,
    pupil: Id<Pupil>,
    mark: Option<u8>,
    was_absent: bool,
}

fn written(pages: &Pages<'_>, lists: &mut Lists) -> Sheet {
    let context = pages.context;
    let all = written_works(context.journal, context.roster, context.as_of);
    let by_work: FxHashMap<Id<Work>, &Written> = all.iter().map(|one| (one.work, one)).collect();
    let mut lines: Vec<Line<'_>> = pages
        .data
        .rows_of_study(&CONTROL_WORKS)
        .into_iter()
        .flat_map(|row| {
            let work = pages.data.keys.work(row.text("work_id"));
            match work.and_then(|work| by_work.get(&work)) {
                Some(work) => lines_of(pages, row, work),
                None => lines_of_not_held(pages, row),
            }
        })
        .collect();
    lines.sort_by_cached_key(|line| {
        let course = pages.data.keys.course(line.row.text("course_id"));
        let course = course.map(|id| pages.data.keys.course_order(id));
        let work = (line.row.date("held_date"), line.row.text("work_id"));
        let name = pages.data.keys.pupil_name(line.pupil);
        (course, work, Reverse(line.mark), !line.was_absent, name, line.pupil)
    });
    let is_shown = lists.shows(WRITTEN.name);
    let cells = |line: &Line<'_>| if is_shown { cells(pages, line) } else { Vec::new() };
    let entries = lines.iter().map(|line| Entry::new(about(line), cells(line))).collect();
    let columns = vec![
        Column::new("Класс, группа", 18.0),
        Column::new("Предмет", 28.0),
        Column::new("Проведена", 12.0),
        Column::new("Работа", 40.0),
        Column::new("Ученик", 32.0),
        Column::new("Отметка", 18.0),
    ];
    let lack = pages.data.lack(&CONTROL_WORKS);
    let notes = vec![pages.whom(lack.as_deref(), "Все, кто был в списке курса в день работы.")];
    let title = "Контрольные работы поимённо".to_owned();
    pages.list(lists, Head { name: WRITTEN.name, title, notes, columns, frozen: 2 }, entries)
}

fn lines_of<'a>(pages: &Pages<'a>, row: Record<'a>, work: &Written) -> Vec<Line<'a>> {
    let (journal, roster) = (pages.context.journal, pages.context.roster);
    let was_absent = |pupil: Id<Pupil>| {
        let rows = roster.absences_of(work.lesson).iter().map(|id| &journal.absences[*id]);
        rows.filter(|row| row.pupil == pupil).any(|row| row.reason.is_absence())
    };
    let line = |(pupil, mark): (&Id<Pupil>, &Option<u8>)| Line {
        row,
        pupil: *pupil,
        mark: *mark,
        was_absent: mark.is_none() && was_absent(*pupil),
    };
    work.marks.iter().map(line).collect()
}

/// Returns those who were to write a work that was not held: in the course on the planned day.
fn lines_of_not_held<'a>(pages: &Pages<'a>, row: Record<'a>) -> Vec<Line<'a>> {
    let place = pages.data.keys.course(row.text("course_id")).zip(row.date("planned_date"));
    let listed: BTreeSet<Id<Pupil>> = place.map_or_else(BTreeSet::new, |(course, day)| {
        pages.context.roster.members_on(course, day).map(|member| member.pupil).collect()
    });
    listed.into_iter().map(|pupil| Line { row, pupil, mark: None, was_absent: false }).collect()
}

/// Returns which counts of the work a line is in.
fn about(line: &Line<'_>) -> Vec<String> {
    let mut counts = vec!["listed".to_owned()];
    match line.mark {
        Some(mark) => counts.extend(["wrote".to_owned(), format!("n{mark}")]),
        None if line.was_absent => counts.push("absent".to_owned()),
        None => {}
    }
    let work = line.row.text("work_id");
    counts.into_iter().map(|what| format!("{what}|work:{work}")).collect()
}

fn cells(pages: &Pages<'_>, line: &Line<'_>) -> Vec<Cell> {
    let row = line.row;
    let work = pages.data.keys.work(row.text("work_id"));
    let mark = match line.mark {
        Some(mark) => Cell::Count(f64::from(mark)),
        None if line.was_absent => Cell::text("отсутствовал"),
        None if row.date("held_date").is_none() => Cell::text("не проведена"),
        None => Cell::text("не писал"),
    };
    vec![
        Cell::text(pages.audience_of(row.text("course_id"))),
        Cell::text(pages.subject_of(row.text("subject_id"))),
        row.date("held_date").map_or(Cell::Empty, Cell::Date),
        Cell::text(work.map_or_else(String::new, |id| clean(&pages.context.journal.works[id].title))),
        Cell::text(pages.data.keys.pupil_name(line.pupil)),
        mark,
    ]
}
