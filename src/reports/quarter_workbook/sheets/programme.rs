//! The programme: wholes, then courses, laggards first and marked; the load of teachers.

use std::cmp::Ordering;

use super::super::lists::{Entry, Lists, key};
use super::super::pages::{Head, Page, Pages, WHOLES, kind};
use crate::render::workbook::{Cell, Column, Sheet};
use crate::stats::analytics::{PROGRAMME as TABLE, Record, WORKLOAD};
use crate::stats::{Figure, Scope};

pub(super) const PROGRAMME: Page = Page {
    name: "Программа",
    said: "часы по плану и данные, отстающие курсы первыми",
    has_names: false,
    make: programme,
};
pub(super) const LOAD: Page =
    Page {
        name: "Нагрузка", said: "часы учителей, замены за других и за них", has_names: false, make: load
    };

/// Lessons that were not held as planned: column of the table, title.
const LESSONS: [(&str, &str); 4] = [
    ("missed", "Не проведено уроков"),
    ("moved", "Перенесено"),
    ("cancelled", "Отменено"),
    ("substituted", "Замен"),
];

fn lack(pages: &Pages<'_>) -> Option<String> {
    pages.data.lack(&TABLE).or_else(|| pages.coverage.lack_of_lessons())
}

/// Returns the courses, the furthest behind first.
fn courses<'a>(pages: &Pages<'a>) -> Vec<Record<'a>> {
    let keys = &pages.data.keys;
    let behind = |row: &Record<'_>| row.number("lag").unwrap_or(0.0).max(0.0);
    let order = |row: &Record<'_>| keys.course(row.text("course_id")).map(|id| keys.course_order(id));
    let mut rows: Vec<_> = pages.data.rows(&TABLE).map(|row| (behind(&row), order(&row), row)).collect();
    rows.sort_by(|a, b| {
        b.0.partial_cmp(&a.0)
            .unwrap_or(Ordering::Equal)
            .then_with(|| a.1.cmp(&b.1))
            .then_with(|| a.2.text("course_id").cmp(b.2.text("course_id")))
    });
    rows.into_iter().map(|(_, _, row)| row).collect()
}

fn programme(pages: &Pages<'_>, lists: &mut Lists) -> Sheet {
    let lack = lack(pages);
    let mut entries: Vec<Entry> = Vec::new();
    if lack.is_none() {
        let scopes = WHOLES.into_iter().chain([Scope::Class]);
        let wholes = scopes.flat_map(|scope| pages.term.overall("hours_given", scope));
        entries.extend(wholes.map(|figure| whole(pages, figure)));
        entries.extend(courses(pages).into_iter().map(|row| course(pages, lists, row)));
    }
    let mut columns = vec![
        Column::new("Замечание", 12.5),
        Column::new("Класс, группа", 17.0),
        Column::new("Предмет", 25.0),
        Column::new("Учитель", 21.0),
        Column::new("По плану, ч", 8.0),
        Column::new("Дано, ч", 7.0),
        Column::new("из них по курсам с планом, ч", 12.0),
        Column::new("Выполнение, %", 12.0),
        Column::new("Отставание (−опережение), ч", 13.0),
    ];
    columns.extend(LESSONS.map(|(_, title)| Column::narrow(title, 5.5)));
    columns.push(Column::narrow("Строк плана дано", 5.5));
    columns.push(Column::narrow("Строк в плане", 5.5));
    let note = "Сначала школа, уровни, параллели и классы, потом курсы: отстающие первыми. Две подгруппы класса считаются дважды и в плане, и \
                в данных часах; курс, у которого план только на год, в периоде плана не имеет.";
    let notes = vec![pages.whom(lack.as_deref(), note)];
    let title = "Выполнение программы в часах".to_owned();
    pages.list(lists, Head { name: PROGRAMME.name, title, notes, columns, frozen: 3 }, entries)
}

fn whole(pages: &Pages<'_>, given: &Figure) -> Entry {
    let fulfilment = pages.term.beside(given, "fulfilment");
    let plan = fulfilment.and_then(|figure| figure.denominator).unwrap_or(0.0);
    let of_plan = fulfilment.and_then(|figure| figure.numerator);
    let hours = |value: Option<f64>| value.map_or(Cell::Empty, Cell::Hours);
    let mut cells = vec![
        Cell::text(kind(given.scope)),
        Cell::text(pages.whole(given)),
        Cell::text("все предметы"),
        Cell::Empty,
        pages.term.value(given, "hours_plan", Cell::Hours),
        hours(given.value),
        hours(of_plan),
        pages.term.value(given, "fulfilment", Cell::Decimal),
        hours(of_plan.filter(|_| plan > 0.0).map(|given| plan - given)),
    ];
    cells.resize(15, Cell::Empty);
    let mut entry = Entry::new(Vec::new(), cells);
    entry.row.is_total = given.scope == Scope::School;
    entry
}

fn course(pages: &Pages<'_>, lists: &Lists, row: Record<'_>) -> Entry {
    let lag = row.number("lag");
    let is_behind = lag.is_some_and(|lag| lag > 0.0);
    let (plan, given) = (row.number("hours_plan"), row.number("hours_given"));
    let hours = |value: Option<f64>| value.map_or(Cell::Empty, Cell::Hours);
    let share = plan.filter(|plan| *plan > 0.0).zip(given).map(|(plan, given)| given * 100.0 / plan);
    let mut cells = vec![
        Cell::text(if is_behind { "ОТСТАЁТ" } else { "" }),
        Cell::text(pages.audience_of(row.text("course_id"))),
        Cell::text(pages.subject_of(row.text("subject_id"))),
        Cell::text(pages.teacher(row.text("teacher_id"))),
        hours(plan),
        hours(given),
        hours(plan.and(given)),
        share.map_or(Cell::Empty, Cell::Decimal),
        hours(lag),
    ];
    let course = row.text("course_id");
    cells.extend(
        LESSONS.map(|(column, _)| lists.count(row.count(column), &format!("{column}|course:{course}"))),
    );
    let number = |column: &str| row.whole(column).map_or(Cell::Empty, |number| Cell::Count(number as f64));
    cells.extend([number("given_rows"), number("plan_rows")]);
    let mut about = vec!["courses".to_owned()];
    about.extend(is_behind.then(|| "lagging".to_owned()));
    let mut entry = Entry::new(about, cells);
    entry.row.is_total = is_behind;
    entry
}

fn load(pages: &Pages<'_>, lists: &mut Lists) -> Sheet {
    let is_year = pages.data.is_year();
    let lack = pages.data.lack(&WORKLOAD).or_else(|| pages.coverage.lack_of_lessons());
    let lack =
        lack.or_else(|| is_year.then(|| "нагрузка считается по учебным периодам, см. их книги".to_owned()));
    let mut rows: Vec<Record<'_>> =
        if lack.is_some() { Vec::new() } else { pages.data.rows(&WORKLOAD).collect() };
    rows.sort_by_cached_key(|row| (pages.staff(row.text("teacher_id")), row.text("teacher_id")));
    let entry = |row: &Record<'_>| {
        let teacher = row.text("teacher_id");
        let hours = |column: &str| row.number(column).map_or(Cell::Empty, Cell::Hours);
        let count = |column: &str| lists.count(row.count(column), &key(column, Scope::Teacher, teacher));
        Entry::new(
            vec!["teachers".to_owned()],
            vec![
                Cell::text(pages.staff(teacher)),
                hours("hours_week"),
                hours("hours_plan"),
                Cell::Count(row.count("held_own") as f64),
                count("held_for_others"),
                count("held_by_others"),
                count("missed"),
            ],
        )
    };
    let entries = rows.iter().map(entry).collect();
    let columns = vec![
        Column::new("Учитель", 36.0),
        Column::new("Часов в неделю", 12.0),
        Column::new("По плану за период, ч", 14.0),
        Column::new("Провёл своих уроков", 14.0),
        Column::new("Провёл за других", 14.0),
        Column::new("Провели за него", 14.0),
        Column::new("Не проведено", 14.0),
    ];
    let note = "Часы — по курсам, которые носят имя учителя; уроки считаются штуками.";
    let notes = vec![pages.whom(lack.as_deref(), note)];
    let title = "Нагрузка учителей".to_owned();
    pages.list(lists, Head { name: LOAD.name, title, notes, columns, frozen: 1 }, entries)
}
