//! The courses of each teacher or subject: term marks, the figures from them and their change; hours and works.

use super::side::{PartKey, Side, Taught};
use crate::model::*;
use crate::render::charts::{self, Chart, Kind, Reference, Unit};
use crate::reports::common::Count;
use crate::reports::common::listing::{Field, Line, Listing, Value};
use crate::reports::common::practice::{OfCourse, Works};
use crate::reports::common::terms;
use crate::stats::analytics::PROGRAMME;
use crate::stats::{Scope, Spread, wilson};

/// Whose figures a row shows.
#[derive(Clone, Copy)]
struct Whose<'k> {
    scope: Scope,
    id: &'k str,
    subject: Id<Subject>,
}

fn fields(taught: &Taught<'_>) -> Vec<Field> {
    vec![
        Field::words(taught.part_title(), 32.0),
        Field::words("Класс, группа", 34.0),
        Field::words(taught.beside_title(), 48.0),
        Field::number("По списку", 13.0),
        Field::number("Аттес-товано", 14.0).booked("Аттестовано"),
        Field::number("«5»", 11.0),
        Field::number("«4»", 11.0),
        Field::number("«3»", 11.0),
        Field::number("«2», «1»", 11.0),
        Field::number("н/а", 10.0),
        Field::number("осв", 10.0),
        Field::number("Успевае-мость, %", 16.0).booked("Успеваемость, %"),
        Field::number("Качество, %", 16.0),
        Field::number("СОУ", 12.0),
        Field::number("Сред-ний балл", 12.0).booked("Средний балл"),
        Field::number("±", 14.0).over("Качество, п. п.").booked("Качество, ± к прошлому периоду, п. п."),
        Field::number("у тех же", 14.0)
            .over("Качество, п. п.")
            .booked("Качество, ± у тех же учеников, п. п."),
    ]
}

/// Returns a row for each teacher and subject, or for each subject: the first page.
pub(super) fn summary(taught: &Taught<'_>) -> Listing {
    let lines = (0..taught.parts.len()).flat_map(|part| totals(taught, part));
    Listing {
        tab: "Сводка",
        title: "Сводка".to_owned(),
        lines: lines.map(|line| line.marked(false)).collect(),
        ..marks(taught)
    }
}

pub(super) fn marks(taught: &Taught<'_>) -> Listing {
    let lines = (0..taught.parts.len()).flat_map(|part| lines_of(taught, part));
    Listing {
        tab: "Отметки",
        title: "Отметки за период по классам и группам".to_owned(),
        fields: fields(taught),
        lines: lines.collect(),
        whom: format!(
            "Учтены: {}, одна отметка на ученика по курсу; счёт отметок. Меньше десяти аттестованных: смотреть на счёт, а не на \
             проценты.",
            taught.data.grades.marked().label()
        ),
        empty: "Курсов, по которым ставят отметки за период, нет.".to_owned(),
        lack: taught.coverage.lack_of_term_marks(),
    }
}

fn lines_of(taught: &Taught<'_>, part: usize) -> Vec<Line> {
    let (keys, journal) = (&taught.data.keys, taught.data.journal());
    let mut lines = Vec::new();
    for id in taught.courses_of(part) {
        let spread: Spread =
            taught.given.iter().filter(|one| one.course == id).map(|one| one.value).collect();
        if spread.listed() == 0 {
            continue;
        }
        let course = &journal.courses[id];
        let head = [taught.title(part), keys.audience_name(id), taught.beside(id)];
        let whose = Whose { scope: Scope::Course, id: &course.key, subject: course.subject };
        lines.push(Line::new(values(taught, head, spread, whose)).of_part(part));
    }
    let totals = totals(taught, part);
    // One course alone is its own sum.
    if lines.len() > totals.len() {
        lines.extend(totals);
    }
    lines
}

/// Returns a row of sums a subject: of all courses of a teacher, or of the school, where a pupil's mark counts once.
fn totals(taught: &Taught<'_>, part: usize) -> Vec<Line> {
    let journal = taught.data.journal();
    let mut subjects: Vec<Id<Subject>> =
        taught.courses_of(part).map(|id| journal.courses[id].subject).collect();
    subjects.sort_by_cached_key(|id| (taught.data.keys.subject_name(*id), *id));
    subjects.dedup();
    let total = |subject: Id<Subject>| {
        let own = taught.given.iter().filter(|one| one.subject == subject);
        let (whose, spread): (_, Spread) = match taught.parts[part] {
            PartKey::Teacher(teacher) => (
                Whose { scope: Scope::Teacher, id: &journal.staff[teacher].key, subject },
                own.filter(|one| journal.courses[one.course].teacher == teacher)
                    .map(|one| one.value)
                    .collect(),
            ),
            PartKey::Subject(_) => (
                Whose { scope: Scope::School, id: "", subject },
                own.filter(|one| one.is_first).map(|one| one.value).collect(),
            ),
        };
        let beside = match taught.side {
            Side::Teacher => taught.data.keys.subject_name(subject),
            Side::Subject => String::new(),
        };
        let head = [taught.title(part), format!("Все, {}", taught.data.grades.marked().label()), beside];
        (spread.listed() > 0).then(|| Line::total(values(taught, head, spread, whose)).of_part(part))
    };
    subjects.into_iter().filter_map(total).collect()
}

fn values(taught: &Taught<'_>, head: [String; 3], spread: Spread, whose: Whose<'_>) -> Vec<Value> {
    let data = &taught.data;
    let value = |metric| data.value(metric, whose.scope, whose.id, Some(whose.subject));
    let quality = taught.changes.from_before(data, whose.scope, whose.id, Some(whose.subject), "quality");
    let mut values: Vec<Value> = head.into_iter().map(Value::words).collect();
    values.extend([
        Value::Count(spread.listed()),
        Value::Count(spread.assessed()),
        Value::Some(spread.of(5)),
        Value::Some(spread.of(4)),
        Value::Some(spread.of(3)),
        Value::Some(spread.of(2) + spread.of(1)),
        Value::Some(spread.not_assessed),
        Value::Some(spread.exempt),
        Value::or_gap(value("attainment"), Value::Percent),
        Value::or_gap(value("quality"), Value::Percent),
        Value::or_gap(value("sou"), Value::Percent),
        Value::or_gap(value("mean_mark"), Value::Mean),
        Value::or_gap(quality.change, Value::Change),
        Value::or_gap(quality.of_cohort(), Value::Change),
    ]);
    values
}

pub(super) fn hours(taught: &Taught<'_>) -> Listing {
    let fields = vec![
        Field::words(taught.part_title(), 32.0),
        Field::words("Класс, группа", 34.0),
        Field::words(taught.beside_title(), 50.0),
        Field::number("план", 14.0).over("Часов").booked("Часов: план"),
        Field::number("дано", 14.0).over("Часов").booked("Часов: дано"),
        Field::number("отста-вание", 16.0).over("Часов").booked("Часов: отставание"),
        Field::number("план", 13.0).over("Контрольных").booked("Контрольных: план"),
        Field::number("провед.", 15.0).over("Контрольных").booked("Контрольных: проведено"),
        Field::number("план", 13.0).over("Практических").booked("Практических: план"),
        Field::number("провед.", 15.0).over("Практических").booked("Практических: проведено"),
        Field::words("Причина и способ коррекции", 83.0),
    ];
    let line = |id: &Id<Course>| {
        let (row, OfCourse { control, practical }) = (taught.hours_of(*id), taught.practice.of(*id));
        let hours = |column| Value::or_gap(row.and_then(|row| row.number(column)), Value::Hours);
        let works = |works: Works| [Value::Some(works.planned), Value::Some(works.held)];
        let is_behind = row.and_then(|row| row.number("lag")).is_some_and(|lag| lag > 0.0);
        let part = taught.part_of(*id);
        let mut values = vec![
            Value::words(taught.title(part)),
            Value::words(taught.data.keys.audience_name(*id)),
            Value::words(taught.beside(*id)),
            hours("hours_plan"),
            hours("hours_given"),
            hours("lag"),
        ];
        values.extend(works(control));
        values.extend(works(practical));
        values.push(Value::Free);
        Line::new(values).marked(is_behind).of_part(part)
    };
    let mut lines: Vec<Line> = taught.courses.iter().map(line).collect();
    lines.sort_by_key(|line| line.part);
    Listing {
        tab: "Часы и работы",
        title: "Часы, контрольные и практические работы".to_owned(),
        fields,
        lines,
        whom: format!(
            "Учтены: {}, курсы всех видов. Полужирные строки отстают от плана; причину и способ вписывает учитель.",
            taught.data.grades.label()
        ),
        empty: "Курсов в этом периоде нет.".to_owned(),
        lack: taught.data.lack(&PROGRAMME).or_else(|| taught.coverage.lack_of_lessons()),
    }
}

/// Returns the quality of a subject by class and group, each with how far chance would carry it; nothing for a single one.
pub(super) fn chart(taught: &Taught<'_>, part: usize) -> Option<Chart> {
    let journal = taught.data.journal();
    let wide = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let share = |scope, id: &str, subject| {
        let Count { found, of } = taught.data.count("quality", scope, id, Some(subject));
        let value = charts::Value::share(wide(found), wide(of))?;
        Some(wilson::interval(wide(found), wide(of)).map_or(value, |interval| value.within(interval)))
    };
    let PartKey::Subject(subject) = taught.parts[part] else { return None };
    let rows: Vec<charts::Row> = taught
        .courses_of(part)
        .filter_map(|id| {
            let value = Some(share(Scope::Course, &journal.courses[id].key, subject)?);
            Some(charts::Row { label: taught.data.keys.audience_name(id), value, is_total: false })
        })
        .collect();
    if rows.len() < 2 {
        return None;
    }
    let marked = taught.data.grades.marked().label();
    Some(Chart {
        title: format!("{}: качество по классам и группам", taught.title(part)),
        subtitle: format!("Доля «4» и «5» от аттестованных, {marked}, {}", terms::title(journal, taught.data.term)),
        rows_title: "Класс, группа".to_owned(),
        value_title: "Качество, %".to_owned(),
        unit: Unit::PERCENT,
        notes: vec![
            "Черта — 95-процентный интервал Уилсона: как далеко случай мог увести долю. Порядок — по классам, это не рейтинг.".to_owned(),
        ],
        kind: Kind::Intervals {
            rows,
            reference: share(Scope::School, "", subject).map(|value| Reference { label: "Школа".to_owned(), value }),
        },
    })
}
