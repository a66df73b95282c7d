//! Who fails or is not assessed, by name, with what the journal knows beside it; what was done is for the teacher to write.

use rustc_hash::FxHashMap;

use super::side::Taught;
use crate::reports::common::listing::{Field, Line, Listing, Value};
use crate::reports::common::numbers::out_of;
use crate::stats::analytics::{PUPIL_SUBJECTS, Record};

pub(super) fn listing(taught: &Taught<'_>) -> Listing {
    let (keys, journal) = (&taught.data.keys, taught.data.journal());
    let beside: FxHashMap<(&str, &str), Record<'_>> = taught
        .data
        .rows(&PUPIL_SUBJECTS)
        .map(|row| ((row.text("pupil_id"), row.text("course_id")), row))
        .collect();
    let mut own: Vec<_> = taught.given.iter().filter(|one| one.is_failing()).collect();
    own.sort_by_cached_key(|one| {
        let class = journal.classes[one.class].key.as_str();
        (
            taught.part_of(one.course),
            keys.pupil_order(class, &journal.pupils[one.pupil].key),
            one.pupil,
            one.course,
        )
    });
    let lines = own.into_iter().map(|one| {
        let part = taught.part_of(one.course);
        let (pupil, course) = (&journal.pupils[one.pupil].key, &journal.courses[one.course].key);
        let row = beside.get(&(pupil.as_str(), course.as_str())).copied();
        let missed = row.and_then(|row| {
            row.whole("absences").map(|_| out_of(row.count("absences"), row.count("lessons")))
        });
        Line::new(vec![
            Value::words(taught.title(part)),
            Value::words(journal.classes[one.class].key.as_str()),
            Value::words(keys.pupil_name(one.pupil)),
            Value::words(taught.beside(one.course)),
            Value::words(one.value.map_or("", |value| value.code())),
            Value::or_gap(row, |row| Value::Count(row.count("marks"))),
            Value::or_gap(row.and_then(|row| row.number("mean")), Value::Mean),
            missed.map_or(Value::Gap, Value::words),
            Value::Free,
            Value::Free,
        ])
        .of_part(part)
    });
    Listing {
        tab: "Неуспевающие",
        title: "Неуспевающие и неаттестованные".to_owned(),
        fields: vec![
            Field::words(taught.part_title(), 32.0),
            Field::words("Класс", 14.0),
            Field::words("Фамилия, имя", 50.0),
            Field::words(taught.beside_title(), 42.0),
            Field::words("За период", 16.0),
            Field::number("Отметок", 15.0),
            Field::number("Средний", 15.0),
            Field::words("Пропущено уроков", 24.0),
            Field::words("Причина", 42.0),
            Field::words("Что сделано", 49.0),
        ],
        lines: lines.collect(),
        whom: format!(
            "Учтены: {}, отметки за период «2», «1» и н/а. Причину и сделанное вписывает учитель.",
            taught.data.grades.marked().label()
        ),
        empty: "Отметок за период «2», «1» и н/а: 0.".to_owned(),
        lack: taught.coverage.lack_of_term_marks(),
    }
}
