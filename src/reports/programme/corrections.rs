//! The sheet of corrections of the lesson plans: what was not given, given on another day or in other hours.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::model::*;
use crate::render::format;
use crate::reports::common::TermData;
use crate::reports::common::listing::{Field, Line, Listing, Value};
use crate::reports::common::plan_changes::{Cause, PlanChange};
use crate::reports::labels;

const FIELDS: &[Field] = &[
    Field::words("Класс, группа", 19.0),
    Field::words("Предмет", 33.0),
    Field::words("Учитель", 26.0),
    Field::number("№ урока", 14.0),
    Field::words("по плану", 16.0).over("Дата").booked("Дата по плану"),
    Field::words("по факту", 16.0).over("Дата").booked("Дата по факту"),
    Field::words("Тема", 53.0),
    Field::number("план", 9.0).over("Часов").booked("Часов по плану"),
    Field::number("факт", 9.0).over("Часов").booked("Часов по факту"),
    Field::words("Причина", 32.0),
    Field::words("Способ", 24.0),
    Field::words("Приказ", 16.0),
];

pub(super) fn listing(
    data: &TermData<'_>,
    changes: &BTreeMap<Id<Course>, Vec<PlanChange<'_>>>,
    lack: Option<String>,
) -> Listing {
    let keys = &data.keys;
    let journal = data.journal();
    let is_own = |id: &Id<Course>| data.grades.contains(journal.grade_of(&journal.courses[*id]));
    let mut courses: Vec<Id<Course>> = changes.keys().copied().filter(is_own).collect();
    courses.sort_by_cached_key(|id| keys.course_order(*id));
    let lines = courses.iter().flat_map(|id| of_course(data, *id, &changes[id])).collect();
    let no_plans = !journal.presence.has(crate::model::Table::LessonPlans);
    Listing {
        tab: "Лист корректировки",
        title: "Лист корректировки календарно-тематических планов".to_owned(),
        fields: FIELDS.to_vec(),
        lines,
        whom: format!(
            "Учтены: {}, строки КТП с датой в периоде, которые прошли не по плану. Полужирные — не даны к концу периода. Темы, которые \
             сдвинулись подряд вслед за прежними, стоят на странице одной строкой, в книге — каждая отдельно. Способ без записи и \
             приказ вписывают от руки.",
            data.grades.label()
        ),
        empty: "Строк КТП с датой в периоде, которые прошли не по плану: 0.".to_owned(),
        lack: lack.or_else(|| no_plans.then(|| labels::lack_of(crate::model::Table::LessonPlans).to_owned())),
    }
}

/// Lists the rows of a course. Those that only followed an earlier change, one after another, are one row on pages.
fn of_course(data: &TermData<'_>, course: Id<Course>, changes: &[PlanChange<'_>]) -> Vec<Line> {
    let runs = changes.chunk_by(|a, b| {
        follows(a) && follows(b) && a.planned.seq + 1 == b.planned.seq && is_later(a) == is_later(b)
    });
    let mut lines = Vec::new();
    for run in runs {
        let own = run.iter().map(|change| line(data, course, change));
        match run {
            [first, .., last] => {
                lines.push(folded(data, course, run, first, last).on_pages_only());
                lines.extend(own.map(Line::in_workbook_only));
            }
            _ => lines.extend(own),
        }
    }
    lines
}

/// Says whether a row was given whole, on another day, because another row of the plan was given on its own.
fn follows(change: &PlanChange<'_>) -> bool {
    matches!(change.cause, Cause::OtherTopic(_)) && change.given.is_some() && change.has_its_hours()
}

fn is_later(change: &PlanChange<'_>) -> bool {
    change.shift().is_some_and(|days| days > 0)
}

fn line(data: &TermData<'_>, course: Id<Course>, change: &PlanChange<'_>) -> Line {
    let mut values = head(data, course);
    values.extend([
        Value::Count(usize::try_from(change.planned.seq).unwrap_or(0)),
        Value::Date(change.day),
        change.given.map_or(Value::words("не дана"), Value::Date),
        Value::words(&change.planned.topic),
        Value::Hours(change.planned.hours),
        Value::Hours(change.hours),
        Value::words(change.cause.said()),
        Value::words(change.how()),
        Value::Free,
    ]);
    Line::new(values).marked(change.given.is_none())
}

fn folded(
    data: &TermData<'_>,
    course: Id<Course>,
    run: &[PlanChange<'_>],
    first: &PlanChange<'_>,
    last: &PlanChange<'_>,
) -> Line {
    let span = |from: Option<Date>, to: Option<Date>| {
        let day = |day: Option<Date>| day.map_or_else(String::new, format::date);
        Value::words(format!("{} – {}", day(from), day(to)))
    };
    let shifts = || run.iter().filter_map(PlanChange::shift).map(i32::unsigned_abs);
    let (least, most) = (shifts().min().unwrap_or(0), shifts().max().unwrap_or(0));
    let days = if least == most { most.to_string() } else { format!("{least}–{most}") };
    let when = if is_later(first) { "позже" } else { "раньше" };
    let hours = |of: fn(&PlanChange<'_>) -> f64| Value::Hours(run.iter().map(of).sum());
    let mut values = head(data, course);
    values.extend([
        Value::words(format!("{}–{}", first.planned.seq, last.planned.seq)),
        span(Some(first.day), Some(last.day)),
        span(first.given, last.given),
        Value::words(format!(
            "{}: от «{}» до «{}»",
            topics(run.len()),
            first.planned.topic,
            last.planned.topic
        )),
        hours(|change| change.planned.hours),
        hours(|change| change.hours),
        Value::words("сдвиг вслед за прежними темами"),
        Value::words(format!("даны {when}, дней: {days}")),
        Value::Free,
    ]);
    Line::new(values)
}

fn topics(count: usize) -> String {
    format::counted(count, ["тема", "темы", "тем"])
}

fn head(data: &TermData<'_>, course: Id<Course>) -> Vec<Value> {
    let record = &data.journal().courses[course];
    vec![
        Value::words(data.keys.audience_name(course)),
        Value::words(data.keys.subject_name(record.subject)),
        Value::words(data.keys.teacher_name(record.teacher)),
    ]
}
