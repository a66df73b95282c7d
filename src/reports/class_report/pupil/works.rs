//! Control works of the term, each with the pupil's mark beside the mean of the class.

use super::fold::Fold;
use crate::model::*;
use crate::render::format;
use crate::render::paper::{Look, Paper};
use crate::reports::class_report::of_class::OfClass;
use crate::reports::class_report::words::work_title;
use crate::reports::common::numbers::{GAP, mean};
use crate::reports::common::table::{count, row, table, text};
use crate::stats::analytics::Record;

pub(super) fn lay(of: &OfClass<'_>, pupil: Id<Pupil>, fold: Fold, paper: &mut Paper) {
    let keys = &of.data.keys;
    let own_courses: Vec<Id<Course>> = of.courses(pupil).iter().map(|one| one.course).collect();
    let own = of.works.iter().filter_map(|one| {
        let course = keys.course(one.text("course_id")).filter(|course| own_courses.contains(course))?;
        Some((*one, course, keys.work(one.text("work_id"))?))
    });
    let rows: Vec<Vec<String>> =
        own.map(|(one, course, work)| work_line(of, pupil, (one, course, work))).collect();
    if rows.is_empty() {
        return;
    }
    fold.head(&format!("Контрольные работы: {}", rows.len()), paper);
    if fold.is_brief {
        let said: Vec<String> = rows.iter().map(|cells| in_words(cells)).collect();
        return paper.paragraph(Look::Note, &format!("{}.", said.join("; ")));
    }
    let side = || {
        [text("Число", 12.0), text("Предмет, работа", 48.0), text("Отметка", 18.0), count("Ср. класса", 12.0)]
    };
    let columns = side().into_iter().chain(side()).collect();
    let pair = |two: &[Vec<String>]| row([two.concat(), vec![String::new(); 8 - 4 * two.len()]].concat());
    paper.table(&table(columns, rows.chunks(2).map(pair).collect()));
}

/// Returns «22.12 Алгебра: 4, средний класса 3,60».
fn in_words(cells: &[String]) -> String {
    let subject = cells[1].split(": ").next().unwrap_or_default();
    let mean = if cells[3].is_empty() {
        String::new()
    } else {
        format!(", средний класса {}", cells[3])
    };
    format!("{} {subject}: {}{mean}", cells[0], cells[2])
}

fn work_line(
    of: &OfClass<'_>,
    pupil: Id<Pupil>,
    (one, course, work): (Record<'_>, Id<Course>, Id<Work>),
) -> Vec<String> {
    let day = |column| one.date(column).map(format::day_month);
    let held = day("held_date");
    let is_held = held.is_some();
    let subject = of.data.keys.subject_name(of.journal().courses[course].subject);
    vec![
        held.or_else(|| day("planned_date")).unwrap_or(GAP.to_owned()),
        format!("{subject}: {}", work_title(of.journal(), work)),
        if is_held {
            mark_of_work(of, pupil, (one, course, work))
        } else {
            "не проведена".to_owned()
        },
        mean(one.number("mean_mark")),
    ]
}

/// Returns the pupil's marks for a work, as they were given; else that the pupil was absent, or has none.
fn mark_of_work(
    of: &OfClass<'_>,
    pupil: Id<Pupil>,
    (one, course, work): (Record<'_>, Id<Course>, Id<Work>),
) -> String {
    let whole = Span { from: of.data.span().from, to: of.data.context.as_of };
    let own = of.entries.of(pupil, course, whole).filter(|entry| entry.mark.work == Some(work));
    let mut own: Vec<&Mark> = own.map(|entry| entry.mark).collect();
    own.sort_by_key(|mark| mark.recorded_at);
    if !own.is_empty() {
        return own.iter().map(|mark| mark.value.code()).collect::<Vec<_>>().join(", затем ");
    }
    let is_that_day = |row: &&Record<'_>| {
        row.date("date") == one.date("held_date") && row.text("course_id") == one.text("course_id")
    };
    let absence = of.missed.get(&pupil).and_then(|rows| rows.iter().find(is_that_day));
    absence.map_or("нет отметки".to_owned(), |row| format!("не был(а): {}", row.text("reason")))
}
