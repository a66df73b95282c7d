//! General data on the pupils of a class. Health data are never printed.

use super::course::name_key;
use crate::model::*;
use crate::render::drawing::Align;
use crate::render::format;
use crate::render::measure::clean;
use crate::render::table::{Column, Row, Table};

/// Returns the pupils who were in a class on any day, by name.
pub(super) fn pupils_of(journal: &Journal, class: Id<Class>) -> Vec<Id<Pupil>> {
    let stays = journal.enrolment.iter().filter(|stay| stay.class == class);
    let mut pupils: Vec<Id<Pupil>> = stays.map(|stay| stay.pupil).collect();
    pupils.sort_by_cached_key(|pupil| name_key(&journal.pupils[*pupil]));
    pupils.dedup();
    pupils
}

/// Returns the table of general data.
pub(super) fn table(journal: &Journal, class: Id<Class>) -> Table {
    let rows = pupils_of(journal, class).into_iter().enumerate();
    Table {
        columns: vec![
            Column::new("№", 7.0, Align::Middle),
            Column::new("Фамилия, имя, отчество", 38.0, Align::Left),
            Column::new("Личное дело", 15.0, Align::Middle),
            Column::new("Дата рождения", 19.0, Align::Middle),
            Column::new("Адрес, телефон", 38.0, Align::Left),
            Column::new("Родители (законные представители)", 31.0, Align::Left),
            Column::new("Прибытие и выбытие", 29.0, Align::Left),
        ],
        spans: Vec::new(),
        rows: rows.map(|(index, pupil)| row(journal, class, index, pupil)).collect(),
        size_pt: 7.5,
        row_height: 7.0,
        lead: 0,
    }
}

fn row(journal: &Journal, class: Id<Class>, index: usize, id: Id<Pupil>) -> Row {
    let pupil = &journal.pupils[id];
    let place = [clean(&pupil.address), clean(&pupil.phone)];
    let place: Vec<String> = place.into_iter().filter(|part| !part.is_empty()).collect();
    let cells = vec![
        (index + 1).to_string(),
        clean(&pupil.full_name()),
        clean(&pupil.file_number),
        pupil.birth_date.map(format::date).unwrap_or_default(),
        place.join(", "),
        clean(&pupil.parents),
        movements(journal, class, id).join("; "),
    ];
    Row { cells, ..Row::default() }
}

/// Returns how and when a pupil came into a class and left it, apart from the year's own beginning and end.
pub(crate) fn movements(journal: &Journal, class: Id<Class>, pupil: Id<Pupil>) -> Vec<String> {
    let mut stays: Vec<&Enrolment> =
        journal.enrolment.iter().filter(|stay| stay.pupil == pupil && stay.class == class).collect();
    stays.sort_by_key(|stay| stay.span);
    stays.into_iter().flat_map(|stay| [joined(stay), left(journal, stay)]).flatten().collect()
}

fn joined(stay: &Enrolment) -> Option<String> {
    let word = match stay.joined? {
        JoinKind::Start => return None,
        JoinKind::Arrived => "прибыл(а)",
        JoinKind::Transferred => "переведён(а) в класс",
    };
    Some(moved(word, stay.span.from, &stay.joined_order, ""))
}

fn left(journal: &Journal, stay: &Enrolment) -> Option<String> {
    let word = match stay.left? {
        LeaveKind::Promoted | LeaveKind::Graduated => return None,
        LeaveKind::Transferred => "переведён(а)",
        LeaveKind::Left => "выбыл(а)",
    };
    let last = if stay.span.to == jiff::civil::Date::MAX { journal.year.end } else { stay.span.to };
    Some(moved(word, last, &stay.left_order, &stay.left_reason))
}

fn moved(word: &str, date: jiff::civil::Date, order: &str, reason: &str) -> String {
    let mut text = format!("{word} {}", format::date(date));
    if !reason.is_empty() {
        text.push_str(&format!(" ({})", clean(reason)));
    }
    if !order.is_empty() {
        text.push_str(&format!(", пр. № {}", clean(order)));
    }
    text
}
