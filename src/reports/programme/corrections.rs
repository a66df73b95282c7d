//! The sheet of corrections of the lesson plans: what was not given, given on another day or in other hours.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::model::*;
use crate::render::format;
use crate::reports::common::TermData;
use crate::reports::common::listing::{Field, Line, Listing, Value};
use crate::reports::common::plan_changes::{PlanChange, runs};
use crate::reports::labels;

const FIELDS: &[Field] = &[
    Field::words("Класс, группа", 19.0).in_heading(),
    Field::words("Предмет", 33.0).in_heading(),
    Field::words("Учитель", 26.0).in_heading(),
    Field::number("№ урока", 16.0),
    Field::words("по плану", 25.0).over("Дата").booked("Дата по плану"),
    Field::words("по факту", 25.0).over("Дата").booked("Дата по факту"),
    Field::words("Тема", 78.0),
    Field::number("план", 9.0).over("Часов").booked("Часов по плану"),
    Field::number("факт", 9.0).over("Часов").booked("Часов по факту"),
    Field::words("Причина", 42.0),
    Field::words("Способ", 41.0),
    Field::words("Приказ", 22.0),
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
    let is_year = data.is_year();
    let lines = courses.iter().flat_map(|id| of_course(data, *id, &changes[id], is_year)).collect();
    let folded_how = if is_year {
        "Темы, которые даны целиком в другой день, стоят на страницах периодов и в книге года."
    } else {
        "Темы, которые сдвинулись подряд вслед за прежними, стоят на странице одной строкой, в книге — каждая отдельно."
    };
    let no_plans = !journal.presence.has(crate::model::Table::LessonPlans);
    Listing {
        tab: "Лист корректировки",
        title: "Лист корректировки календарно-тематических планов".to_owned(),
        fields: FIELDS.to_vec(),
        lines,
        whom: format!(
            "Учтены: {}, строки КТП с датой в периоде, которые прошли не по плану. Полужирные — не даны к концу периода. {folded_how} \
             Способ без записи и приказ вписывают от руки.",
            data.grades.label()
        ),
        empty: if is_year {
            "Строк КТП с датой в году, которые не даны или даны в другом объёме: 0.".to_owned()
        } else {
            "Строк КТП с датой в периоде, которые прошли не по плану: 0.".to_owned()
        },
        lack: lack.or_else(|| no_plans.then(|| labels::lack_of(crate::model::Table::LessonPlans).to_owned())),
    }
}

/// Lists the rows of a course. On pages those that only followed an earlier change, one after another, are one row; of a year those that
/// were given whole on another day are left to the pages of its terms.
fn of_course(
    data: &TermData<'_>,
    course: Id<Course>,
    changes: &[PlanChange<'_>],
    is_year: bool,
) -> Vec<Line> {
    let lines =
        if is_year { lines_of_year(data, course, changes) } else { lines_of_term(data, course, changes) };
    let heading = lines.iter().any(Line::is_printed).then(|| Line::heading(heading(data, course)));
    heading.into_iter().chain(lines).collect()
}

fn lines_of_year(data: &TermData<'_>, course: Id<Course>, changes: &[PlanChange<'_>]) -> Vec<Line> {
    let own = |change: &PlanChange<'_>| {
        let line = line(data, course, change);
        let is_only_moved = change.given.is_some() && change.has_its_hours();
        if is_only_moved { line.in_workbook_only() } else { line }
    };
    changes.iter().map(own).collect()
}

fn lines_of_term(data: &TermData<'_>, course: Id<Course>, changes: &[PlanChange<'_>]) -> Vec<Line> {
    let mut lines = Vec::new();
    for run in runs(changes) {
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
        let day = |day: Option<Date>| day.map_or_else(String::new, format::day_month);
        Value::words(format!("{} – {}", day(from), day(to)))
    };
    let shifts = || run.iter().filter_map(PlanChange::shift).map(i32::unsigned_abs);
    let (least, most) = (shifts().min().unwrap_or(0), shifts().max().unwrap_or(0));
    let days = if least == most { most.to_string() } else { format!("{least}–{most}") };
    let when = if first.is_later() { "позже" } else { "раньше" };
    let hours = |of: fn(&PlanChange<'_>) -> f64| Value::Hours(run.iter().map(of).sum());
    let mut values = head(data, course);
    values.extend([
        Value::words(format!("{}–{}", first.planned.seq, last.planned.seq)),
        span(Some(first.day), Some(last.day)),
        span(first.given, last.given),
        Value::words(format!("{} подряд", topics(run.len()))),
        hours(|change| change.planned.hours),
        hours(|change| change.hours),
        Value::words("сдвиг вслед за прежними"),
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

fn heading(data: &TermData<'_>, course: Id<Course>) -> String {
    let record = &data.journal().courses[course];
    let (audience, subject) = (data.keys.audience_name(course), data.keys.subject_name(record.subject));
    format!("{audience}, {subject} — {}", data.keys.teacher_name(record.teacher))
}
