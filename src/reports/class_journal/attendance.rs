//! The attendance summary: lessons and whole days that each pupil of a class missed, by term and in the year.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::look::Look;
use crate::model::*;
use crate::render::drawing::Align;
use crate::render::measure::{Style, clean};
use crate::render::table::{Column, Row, Span, Table};
use crate::reports::pupils::pupils_of;
use crate::reports::results::term_title;

/// What a pupil missed in a span of days.
#[derive(Clone, Copy, Debug, Default)]
struct Missed {
    days: u32,
    lessons: u32,
    ill: u32,
    excused: u32,
    unexcused: u32,
}

/// A pupil's day: how many lessons were held for the pupil, and the reasons for the missed ones.
#[derive(Clone, Debug, Default)]
struct Day {
    due: u32,
    missed: Vec<AbsenceReason>,
}

type Days = BTreeMap<(Id<Pupil>, Date), Day>;

/// Returns the table of the summary. Only held lessons of which the pupil is a member that day count. A day
/// is missed if all of its lessons are.
pub(super) fn table(look: &Look, journal: &Journal, roster: &Roster, class: Id<Class>, as_of: Date) -> Table {
    let grade = journal.classes[class].grade;
    let days = days(journal, roster, class, as_of);
    let terms = [journal.terms_of_grade(grade), journal.years_of_grade(grade)].concat();
    let is_there = |term: &Id<Term>| {
        journal.terms[*term].span.from <= as_of && !journal.presence.is_unseen(class, *term)
    };
    let begun: Vec<Id<Term>> = terms.into_iter().filter(is_there).collect();
    let pupils = pupils_of(journal, class);
    let figures =
        |pupil: Id<Pupil>| begun.iter().map(|term| missed(&days, pupil, journal.terms[*term].span)).collect();
    let lines: Vec<Vec<Missed>> = pupils.iter().map(|pupil| figures(*pupil)).collect();
    let mut rows: Vec<Row> = pupils
        .iter()
        .zip(&lines)
        .enumerate()
        .map(|(index, (pupil, line))| {
            row((index + 1).to_string(), clean(&journal.pupils[*pupil].short_name()), line)
        })
        .collect();
    let total: Vec<Missed> = (0..begun.len()).map(|term| sum(lines.iter().map(|line| line[term]))).collect();
    rows.push(Row { is_bold: true, ..row(String::new(), "Всего по классу".to_owned(), &total) });
    let columns = columns(look, begun.len());
    let size_pt = type_size(look, &columns, &rows);
    let spans = spans(journal, &begun);
    Table { size_pt, spans, ..look.tables.attendance.table(look, columns, rows) }
}

/// Returns the largest type size in which no number is broken: «1519» is one number, not two.
fn type_size(look: &Look, columns: &[Column], rows: &[Row]) -> f64 {
    let sizes = look.tables.attendance.sizes();
    let fits = |size: f64| {
        rows.iter().flat_map(|row| columns.iter().zip(&row.cells).skip(2)).all(|(column, text)| {
            Style::new(look.tables.family.bold(), size).fits(text, column.inner_width())
        })
    };
    sizes.into_iter().find(|size| fits(*size)).unwrap_or(look.tables.attendance.least)
}

fn columns(look: &Look, terms: usize) -> Vec<Column> {
    let mut columns =
        vec![Column::new("№", 6.0, Align::Middle), Column::new("Фамилия, имя", 33.0, Align::Left)];
    let room = look.body() - 39.0;
    // The year comes last, and its sums are the longest numbers.
    let year = 6.5;
    let width = ((room - 5.0 * year) / (5.0 * terms.saturating_sub(1).max(1) as f64)).min(year);
    for term in 0..terms {
        let titles =
            ["Дней полностью", "Уроков всего", "по болезни (б)", "по уваж. причине (ну)", "без уваж. (н)"];
        let width = if term + 1 == terms { year } else { width };
        columns.extend(titles.map(|title| Column::narrow(title, width)));
    }
    columns
}

fn spans(journal: &Journal, terms: &[Id<Term>]) -> Vec<Span> {
    let mut spans =
        vec![Span { title: String::new(), columns: 1 }, Span { title: String::new(), columns: 1 }];
    spans.extend(terms.iter().map(|term| Span { title: term_title(&journal.terms[*term]), columns: 5 }));
    spans
}

fn row(number: String, name: String, figures: &[Missed]) -> Row {
    let mut cells = vec![number, name];
    for one in figures {
        let shown = [one.days, one.lessons, one.ill, one.excused, one.unexcused];
        cells.extend(shown.map(|count| if count == 0 { String::new() } else { count.to_string() }));
    }
    Row { cells, ..Row::default() }
}

/// Gathers the class's days up to the build's date.
fn days(journal: &Journal, roster: &Roster, class: Id<Class>, as_of: Date) -> Days {
    let mut days = Days::new();
    for course in journal.courses.ids() {
        let members: Vec<Member> =
            roster.members_of(course).iter().filter(|member| member.class == class).copied().collect();
        if members.is_empty() {
            continue;
        }
        for id in roster.lessons_of(course) {
            let lesson = &journal.lessons[*id];
            if lesson.status == LessonStatus::Held && lesson.date <= as_of {
                count_lesson(&mut days, journal, roster, *id, &members);
            }
        }
    }
    days
}

fn count_lesson(days: &mut Days, journal: &Journal, roster: &Roster, id: Id<Lesson>, members: &[Member]) {
    let date = journal.lessons[id].date;
    let here = |member: &&Member| member.span.contains(date);
    for member in members.iter().filter(here) {
        days.entry((member.pupil, date)).or_default().due += 1;
    }
    for absence in roster.absences_of(id).iter().map(|id| &journal.absences[*id]) {
        let is_ours = members.iter().filter(here).any(|member| member.pupil == absence.pupil);
        if is_ours && absence.reason.is_absence() {
            days.entry((absence.pupil, date)).or_default().missed.push(absence.reason);
        }
    }
}

fn missed(days: &Days, pupil: Id<Pupil>, span: crate::model::Span) -> Missed {
    let mut all = Missed::default();
    for day in days.range((pupil, span.from)..=(pupil, span.to)).map(|(_, day)| day) {
        let count = |reason| day.missed.iter().filter(|one| **one == reason).count() as u32;
        all.lessons += day.missed.len() as u32;
        all.ill += count(AbsenceReason::Ill);
        all.excused += count(AbsenceReason::Excused);
        all.unexcused += count(AbsenceReason::Unexcused);
        all.days += u32::from(day.missed.len() as u32 >= day.due);
    }
    all
}

fn sum(parts: impl Iterator<Item = Missed>) -> Missed {
    parts.fold(Missed::default(), |all, one| Missed {
        days: all.days + one.days,
        lessons: all.lessons + one.lessons,
        ill: all.ill + one.ill,
        excused: all.excused + one.excused,
        unexcused: all.unexcused + one.unexcused,
    })
}
