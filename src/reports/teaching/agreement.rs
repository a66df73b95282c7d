//! How term marks agree with what they rest on: confirmed, raised, lowered.

use super::side::{Side, Taught};
use crate::reports::common::listing::{Field, Line, Listing, Value};
use crate::stats::analytics::{OBJECTIVITY, Record};

pub(super) fn listing(taught: &Taught<'_>) -> Listing {
    let keys = &taught.data.keys;
    let mut rows: Vec<(usize, Record<'_>)> =
        taught.data.rows(&OBJECTIVITY).filter_map(|row| Some((taught.part_of_row(row)?, row))).collect();
    rows.sort_by_cached_key(|(part, row)| {
        (
            *part,
            basis_order(row.text("basis")),
            keys.class_order(row.text("class_id")),
            row.text("subject_id"),
            row.text("teacher_id"),
        )
    });
    let line = |(part, row): (usize, Record<'_>)| {
        let beside = match taught.side {
            Side::Teacher => keys.subject(row.text("subject_id")).map(|id| keys.subject_name(id)),
            Side::Subject => keys.staff(row.text("teacher_id")).map(|id| keys.teacher_name(id)),
        };
        let mut values = vec![
            Value::words(taught.title(part)),
            Value::words(basis(row.text("basis"))),
            Value::words(row.text("class_id")),
            Value::words(beside.unwrap_or_default()),
        ];
        values.extend(["compared", "equal", "higher", "lower"].map(|column| Value::Count(row.count(column))));
        Line::new(values).of_part(part)
    };
    Listing {
        tab: "Соответствие",
        title: "Соответствие отметок за период контрольным, текущим и экзамену".to_owned(),
        fields: vec![
            Field::words(taught.part_title(), 32.0),
            Field::words("С чем сравнены", 80.0),
            Field::words("Класс", 24.0),
            Field::words(taught.beside_title(), 65.0),
            Field::number("Сравнено", 24.0),
            Field::number("Подтвердили", 26.0),
            Field::number("Повысили", 24.0),
            Field::number("Понизили", 24.0),
        ],
        lines: rows.into_iter().map(line).collect(),
        whom: format!("Учтены: {}, числовые отметки за период.", taught.data.grades.marked().label()),
        empty: "Сравнивать не с чем.".to_owned(),
        lack: taught.data.lack(&OBJECTIVITY),
    }
}

const BASES: [(&str, &str); 3] = [
    ("control", "среднее контрольных работ"),
    ("mean", "взвешенное среднее текущих отметок"),
    ("exam", "экзамен, ГИА (отметка за год)"),
];

fn basis_order(basis: &str) -> usize {
    BASES.iter().position(|(code, _)| *code == basis).unwrap_or(BASES.len())
}

fn basis(basis: &str) -> &'static str {
    BASES.iter().find(|(code, _)| *code == basis).map_or("", |(_, word)| word)
}
