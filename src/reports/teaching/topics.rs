//! Topics of the lesson plans that were not given by the term's last day.

use super::side::Taught;
use crate::model::Table;
use crate::reports::common::listing::{Field, Line, Listing, Value};
use crate::reports::common::plan_changes::plan_changes;
use crate::reports::labels;

pub(super) fn listing(taught: &Taught<'_>) -> Listing {
    let changes = plan_changes(taught.data.context, taught.data.span());
    let mut lines: Vec<Line> = Vec::new();
    for id in &taught.courses {
        let part = taught.part_of(*id);
        let own = changes.get(id).into_iter().flatten().filter(|change| change.given.is_none());
        lines.extend(own.map(|change| {
            Line::new(vec![
                Value::words(taught.title(part)),
                Value::words(taught.data.keys.audience_name(*id)),
                Value::words(taught.beside(*id)),
                Value::Count(usize::try_from(change.planned.seq).unwrap_or(0)),
                Value::Date(change.day),
                Value::words(&change.planned.topic),
                Value::words(change.cause.said()),
            ])
            .of_part(part)
        }));
    }
    lines.sort_by_key(|line| line.part);
    let has_plans = taught.data.journal().presence.has(Table::LessonPlans);
    Listing {
        tab: "Темы не прочитаны",
        title: "Не прочитаны темы".to_owned(),
        fields: vec![
            Field::words(taught.part_title(), 32.0),
            Field::words("Класс, группа", 30.0),
            Field::words(taught.beside_title(), 48.0),
            Field::number("№ по плану", 16.0),
            Field::words("Дата по плану", 24.0),
            Field::words("Тема", 99.0),
            Field::words("Что было в этот день", 50.0),
        ],
        lines,
        whom: format!("Учтены: {}, строки КТП с датой в периоде.", taught.data.grades.label()),
        empty: "Тем КТП с датой в периоде, которые не даны: 0.".to_owned(),
        lack: (!has_plans).then(|| labels::lack_of(Table::LessonPlans).to_owned()),
    }
}
