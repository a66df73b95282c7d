//! The sheet of corrections of the lesson plans: what was not given, given on another day or in other hours.

use std::collections::BTreeMap;

use crate::model::*;
use crate::reports::common::TermData;
use crate::reports::common::listing::{Field, Line, Listing, Value};
use crate::reports::common::plan_changes::PlanChange;
use crate::reports::labels;

const FIELDS: &[Field] = &[
    Field::words("Класс, группа", 19.0),
    Field::words("Предмет", 33.0),
    Field::words("Учитель", 26.0),
    Field::number("№ урока", 11.0),
    Field::words("по плану", 16.0).over("Дата").booked("Дата по плану"),
    Field::words("по факту", 16.0).over("Дата").booked("Дата по факту"),
    Field::words("Тема", 56.0),
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
    let line = |id: Id<Course>, change: &PlanChange<'_>| {
        let course = &journal.courses[id];
        Line::new(vec![
            Value::words(keys.audience_name(id)),
            Value::words(keys.subject_name(course.subject)),
            Value::words(keys.teacher_name(course.teacher)),
            Value::Count(usize::try_from(change.planned.seq).unwrap_or(0)),
            Value::Date(change.day),
            change.given.map_or(Value::words("не дана"), Value::Date),
            Value::words(&change.planned.topic),
            Value::Hours(change.planned.hours),
            Value::Hours(change.hours),
            Value::words(&change.reason),
            Value::words(&change.how),
            Value::Free,
        ])
        .marked(change.given.is_none())
    };
    let lines = courses.iter().flat_map(|id| changes[id].iter().map(|change| line(*id, change))).collect();
    let no_plans = !journal.presence.has(crate::model::Table::LessonPlans);
    Listing {
        tab: "Лист корректировки",
        title: "Лист корректировки календарно-тематических планов".to_owned(),
        fields: FIELDS.to_vec(),
        lines,
        whom: format!(
            "Учтены: {}, строки КТП с датой в периоде, которые прошли не по плану. Полужирные — не даны к концу периода. Способ без \
             записи и приказ вписывают от руки.",
            data.grades.label()
        ),
        empty: "Строк КТП с датой в периоде, которые прошли не по плану: 0.".to_owned(),
        lack: lack.or_else(|| no_plans.then(|| labels::lack_of(crate::model::Table::LessonPlans).to_owned())),
    }
}
