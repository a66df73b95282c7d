//! Control works by subject: held and late, results, agreement with the term marks; the same as a chart.

use std::collections::BTreeMap;

use super::levels::{LEVELS, QUALITY_LEVELS, level};
use super::works::Works;
use crate::render::charts::{Chart, Kind, Stack, Unit};
use crate::reports::common::listing::{Field, Line, Listing, Value};
use crate::reports::common::terms;
use crate::reports::common::work_sum::WorkSum;
use crate::stats::analytics::CONTROL_WORKS;

const FIELDS: &[Field] = &[
    Field::words("Предмет", 44.0),
    Field::number("Работ", 10.0),
    Field::number("Прове-дено", 11.0).booked("Проведено"),
    Field::number("Позже срока", 11.0),
    Field::number("По списку", 12.0),
    Field::number("Писали", 12.0),
    Field::number("«5»", 9.0),
    Field::number("«4»", 9.0),
    Field::number("«3»", 9.0),
    Field::number("«2», «1»", 9.0),
    Field::number("чел.", 11.0).over("Успевают").booked("Не ниже «3»"),
    Field::number("%", 11.0).over("Успевают").booked("Успеваемость, %"),
    Field::words("уровень", 20.0).over("Успевают").booked("Уровень успеваемости"),
    Field::number("чел.", 11.0).over("Качество").booked("«4» и «5»"),
    Field::number("%", 11.0).over("Качество").booked("Качество, %"),
    Field::words("уровень", 19.0).over("Качество").booked("Уровень качества"),
    Field::number("СОУ", 10.0),
    Field::number("Сред-ний", 10.0).booked("Средний балл"),
    Field::number("=", 9.0).over("Отметка за период").booked("Отметка за период: подтвердили"),
    Field::number("+", 8.0).over("Отметка за период").booked("Отметка за период: выше"),
    Field::number("−", 8.0).over("Отметка за период").booked("Отметка за период: ниже"),
];

fn sums(works: &Works<'_>) -> BTreeMap<(String, String), WorkSum> {
    let keys = &works.data.keys;
    let mut sums: BTreeMap<(String, String), WorkSum> = BTreeMap::new();
    for row in &works.rows {
        let id = row.text("subject_id");
        let title = keys.subject(id).map_or_else(|| id.to_owned(), |id| keys.subject_name(id));
        let sum = sums.entry((title, id.to_owned())).or_default();
        *sum = sum.with(*row);
    }
    sums
}

pub(super) fn listing(works: &Works<'_>) -> Listing {
    let all = works.data.grades.label();
    let mut lines: Vec<Line> =
        sums(works).into_iter().map(|((title, _), sum)| Line::new(values(&title, sum))).collect();
    if !lines.is_empty() {
        lines.push(Line::total(values(&format!("Все предметы, {all}"), works.sum())));
    }
    Listing {
        tab: "По предметам",
        title: "Итоги по предметам".to_owned(),
        fields: FIELDS.to_vec(),
        lines,
        whom: format!(
            "Учтены: {all}, работы графика внутришкольного контроля. Доли — от писавших, не от списка класса. Предметы стоят по \
             алфавиту: это не рейтинг."
        ),
        empty: "В графике на этот период 0 работ.".to_owned(),
        lack: works.data.lack(&CONTROL_WORKS),
    }
}

fn values(title: &str, sum: WorkSum) -> Vec<Value> {
    let [n1, n2, n3, n4, n5] = sum.marks;
    let of_level = |levels, from| level(levels, sum.from(from), sum.wrote).map_or(Value::Free, Value::words);
    let agreement = |at: usize| if sum.compared == 0 { Value::Gap } else { Value::Count(sum.agreement[at]) };
    vec![
        Value::words(title),
        Value::Count(sum.works),
        Value::Count(sum.held),
        Value::Some(sum.late),
        Value::Count(sum.listed),
        Value::Count(sum.wrote),
        Value::Some(n5),
        Value::Some(n4),
        Value::Some(n3),
        Value::Some(n2 + n1),
        Value::Count(sum.from(3)),
        Value::share(sum.from(3), sum.wrote),
        of_level(&LEVELS[..], 3),
        Value::Count(sum.from(4)),
        Value::share(sum.from(4), sum.wrote),
        of_level(&QUALITY_LEVELS[..], 4),
        Value::or_gap(sum.sou(), Value::Percent),
        Value::or_gap(sum.mean(), Value::Mean),
        agreement(0),
        agreement(1),
        agreement(2),
    ]
}

/// Returns the marks of the works, a bar a subject; nothing where nobody wrote.
pub(super) fn chart(works: &Works<'_>) -> Option<Chart> {
    let all = works.sum();
    if all.wrote == 0 {
        return None;
    }
    let wide = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let stack = |label: String, sum: WorkSum, is_total: bool| {
        let [n1, n2, n3, n4, n5] = sum.marks;
        Stack { label, counts: Some([n5, n4, n3, n2 + n1].map(wide).to_vec()), is_total }
    };
    let own = sums(works).into_iter().filter(|(_, sum)| sum.wrote > 0);
    let mut rows: Vec<Stack> = own.map(|((title, _), sum)| stack(title, sum, false)).collect();
    rows.push(stack("Все предметы".to_owned(), all, true));
    let term = terms::title(works.data.journal(), works.data.term);
    Some(Chart {
        title: "Отметки за контрольные работы по предметам".to_owned(),
        subtitle: format!("Отметок писавших, {}, {term}", works.data.grades.label()),
        rows_title: "Предмет".to_owned(),
        value_title: "Отметок".to_owned(),
        unit: Unit::COUNT,
        notes: Vec::new(),
        kind: Kind::Stacks {
            parts: ["«5»", "«4»", "«3»", "«2», «1»"].map(str::to_owned).into(), rows
        },
    })
}
