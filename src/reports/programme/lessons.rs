//! Lessons that were moved, cancelled, not held or taught by others; lessons by kind.

use std::collections::BTreeMap;

use crate::reports::common::TermData;
use crate::reports::common::listing::{Field, Line, Listing, Value, numbered};
use crate::stats::analytics::{LESSON_CHANGES, LESSON_KINDS, Record};

const CHANGE_FIELDS: &[Field] = &[
    Field::number("№", 10.0),
    Field::words("Дата", 20.0),
    Field::words("Что", 26.0),
    Field::words("Класс, группа", 26.0),
    Field::words("Предмет", 50.0),
    Field::words("Учитель урока", 42.0),
    Field::words("Кого заменял", 42.0),
    Field::words("Замена записана", 22.0),
    Field::words("Перенесён на", 22.0),
];

pub(super) fn changes(data: &TermData<'_>) -> Listing {
    let (keys, journal) = (&data.keys, data.journal());
    let mut rows: Vec<Record<'_>> = data
        .tables
        .all(&LESSON_CHANGES)
        .filter(|row| row.date("date").is_some_and(|day| data.span().contains(day)))
        .filter(|row| {
            let course = keys.course(row.text("course_id"));
            course.is_some_and(|id| data.grades.contains(journal.grade_of(&journal.courses[id])))
        })
        .collect();
    rows.sort_by_cached_key(|row| {
        (
            row.date("date"),
            keys.course(row.text("course_id")).map(|id| keys.course_order(id)),
            row.text("lesson_id"),
        )
    });
    let name = |found: Option<String>| Value::words(found.unwrap_or_default());
    let teacher = |id: &str| name(keys.staff(id).map(|id| keys.teacher_name(id)));
    let line = |row: &Record<'_>| {
        let is_substitution = row.text("kind") == "substitution";
        let recorded = if row.flag("is_marked") { "да" } else { "нет" };
        Line::new(vec![
            Value::or_gap(row.date("date"), Value::Date),
            Value::words(word(row.text("kind"))),
            name(keys.course(row.text("course_id")).map(|id| keys.audience_name(id))),
            name(keys.subject(row.text("subject_id")).map(|id| keys.subject_name(id))),
            teacher(row.text("teacher_id")),
            teacher(row.text("instead_of")),
            if is_substitution { Value::words(recorded) } else { Value::Free },
            row.date("moved_to").map_or(Value::Free, Value::Date),
        ])
    };
    Listing {
        tab: "Замены",
        title: "Замены, переносы и уроки, которые не проведены".to_owned(),
        fields: CHANGE_FIELDS.to_vec(),
        lines: numbered(rows.iter().map(line)),
        whom: format!("Учтены: {}, уроки с датой в периоде.", data.grades.label()),
        empty: "Замен, переносов, отмен и не проведённых уроков в периоде: 0.".to_owned(),
        lack: data.lack(&LESSON_CHANGES),
    }
}

fn word(kind: &str) -> &'static str {
    match kind {
        "substitution" => "замена",
        "missed" => "не проведён",
        "moved" => "перенесён",
        "cancelled" => "отменён",
        _ => "",
    }
}

const KIND_FIELDS: &[Field] = &[
    Field::words("Предмет", 90.0),
    Field::words("Вид урока", 90.0),
    Field::number("Проведено уроков", 30.0),
];

pub(super) fn kinds(data: &TermData<'_>) -> Listing {
    let keys = &data.keys;
    let mut counts: BTreeMap<(String, &str), usize> = BTreeMap::new();
    for row in data.rows_of_study(&LESSON_KINDS) {
        let course = keys.course(row.text("course_id")).map(|id| &data.journal().courses[id]);
        let subject = course.map_or_else(String::new, |course| keys.subject_name(course.subject));
        *counts.entry((subject, row.text("kind"))).or_default() += row.count("held");
    }
    let line = |((subject, kind), held): ((String, &str), usize)| {
        let kind = if kind.is_empty() { "вид не указан" } else { kind };
        Line::new(vec![Value::words(subject), Value::words(kind), Value::Count(held)])
    };
    Listing {
        tab: "Виды уроков",
        title: "Проведённые уроки по видам".to_owned(),
        fields: KIND_FIELDS.to_vec(),
        lines: counts.into_iter().map(line).collect(),
        whom: format!("Учтены: {}, проведённые уроки; виды — как записаны в журнале.", data.grades.label()),
        empty: "Проведённых уроков в периоде: 0.".to_owned(),
        lack: data.lack(&LESSON_KINDS),
    }
}
