//! General data on the pupils of a class. Health data are never printed.

use super::look::Look;
use crate::model::*;
use crate::render::drawing::Align;
use crate::render::format;
use crate::render::measure::clean;
use crate::render::table::{Column, Row, Table};
use crate::reports::pupils::{movements, pupils_of};

/// Returns the table of general data.
pub(super) fn table(look: &Look, journal: &Journal, class: Id<Class>) -> Table {
    let rows = pupils_of(journal, class).into_iter().enumerate();
    let columns = vec![
        Column::new("№", 7.0, Align::Middle),
        Column::new("Фамилия, имя, отчество", 38.0, Align::Left),
        Column::new("Личное дело", 15.0, Align::Middle),
        Column::new("Дата рождения", 19.0, Align::Middle),
        Column::new("Адрес, телефон", 38.0, Align::Left),
        Column::new("Родители (законные представители)", 31.0, Align::Left),
        Column::new("Прибытие и выбытие", 29.0, Align::Left),
    ];
    look.tables.people.table(
        look,
        columns,
        rows.map(|(index, pupil)| row(journal, class, index, pupil)).collect(),
    )
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
        format::bound_numbers(&place.join(", ")),
        format::bound_numbers(&clean(&pupil.parents)),
        movements(journal, class, id).join("; "),
    ];
    Row { cells, ..Row::default() }
}
