//! Who was listed and did not write, and who got a «2» or «1»: whom the teacher has to work with.

use super::works::Works;
use crate::model::*;
use crate::reports::common::listing::{Field, Line, Listing, Value, numbered};
use crate::stats::analytics::{CONTROL_WORKS, Record, Written};

const FIELDS: &[Field] = &[
    Field::number("№", 9.0),
    Field::words("Класс, группа", 24.0),
    Field::words("Фамилия, имя", 62.0),
    Field::words("Предмет", 50.0),
    Field::words("Дата работы", 22.0),
    Field::words("Результат", 56.0),
    Field::words("Учитель", 44.0),
];

pub(super) fn listing(works: &Works<'_>) -> Listing {
    let keys = &works.data.keys;
    let mut own: Vec<_> = works
        .rows
        .iter()
        .filter_map(|row| Some((*row, works.written(*row)?)))
        .flat_map(|(row, written)| of_work(works, row, written))
        .collect();
    own.sort_by_cached_key(|(row, pupil, _)| {
        let course = keys.course(row.text("course_id")).map(|id| keys.course_order(id));
        let name = keys.pupil_order("", &works.data.journal().pupils[*pupil].key).1;
        (course, row.date("held_date"), row.text("work_id"), name, *pupil)
    });
    let line = |(row, pupil, result): &(Record<'_>, Id<Pupil>, String)| {
        let name = |found: Option<String>| Value::words(found.unwrap_or_default());
        Line::new(vec![
            name(keys.course(row.text("course_id")).map(|id| keys.audience_name(id))),
            Value::words(keys.pupil_name(*pupil)),
            name(keys.subject(row.text("subject_id")).map(|id| keys.subject_name(id))),
            Value::or_gap(row.date("held_date"), Value::Date),
            Value::words(result),
            name(keys.staff(row.text("teacher_id")).map(|id| keys.teacher_name(id))),
        ])
    };
    Listing {
        tab: "Поимённо",
        title: "Не писали и получили «2» или «1»".to_owned(),
        fields: FIELDS.to_vec(),
        lines: numbered(own.iter().map(line)),
        whom: format!(
            "Учтены: {}, проведённые работы. Строк столько, сколько в итогах не писавших и отметок «2» и «1»; кто переписал работу на \
             «3» и выше, здесь не стоит.",
            works.data.grades.label()
        ),
        empty: "Все, кто стоит в списках, писали; отметок «2» и «1» — 0.".to_owned(),
        lack: works.data.lack(&CONTROL_WORKS),
    }
}

type Named<'a> = (Record<'a>, Id<Pupil>, String);

fn of_work<'a>(works: &Works<'_>, row: Record<'a>, written: &Written) -> Vec<Named<'a>> {
    let result = |pupil: Id<Pupil>, mark: Option<u8>| match mark {
        Some(mark @ (1 | 2)) => Some(format!("«{mark}»")),
        Some(_) => None,
        None => Some(format!("не писал(а): {}", why(works, written, pupil))),
    };
    let named = |(pupil, mark): (&Id<Pupil>, &Option<u8>)| Some((row, *pupil, result(*pupil, *mark)?));
    written.marks.iter().filter_map(named).collect()
}

/// Says why a pupil did not write, as far as the journal knows.
fn why(works: &Works<'_>, written: &Written, pupil: Id<Pupil>) -> &'static str {
    let (journal, roster) = (works.data.journal(), works.data.context.roster);
    let rows = roster.absences_of(written.lesson).iter().map(|id| &journal.absences[*id]);
    let absence = rows.filter(|row| row.pupil == pupil).max_by_key(|row| row.recorded_at);
    match absence.map(|row| row.reason) {
        Some(AbsenceReason::Ill) => "болезнь",
        Some(AbsenceReason::Excused) => "уважительная причина",
        Some(AbsenceReason::Unexcused) => "без уважительной причины",
        Some(AbsenceReason::Unknown) => "отсутствовал(а), причина неизвестна",
        Some(AbsenceReason::Late) | None => "отметки за работу нет",
    }
}
