//! Every control work of the term, one row each, by the columns of the deputy's table.

use jiff::civil::Date;

use super::levels::{LEVELS, QUALITY_LEVELS, level};
use super::works::Works;
use crate::model::*;
use crate::render::format;
use crate::reports::common::listing::{Field, Line, Listing, Value, numbered};
use crate::stats::analytics::{CONTROL_WORKS, Record};

const FIELDS: &[Field] = &[
    Field::number("№", 7.5),
    Field::words("план", 15.0).over("Дата").booked("Дата по графику"),
    Field::words("факт", 15.0).over("Дата").booked("Дата проведения"),
    Field::words("Класс, группа", 17.5),
    Field::words("Предмет", 26.0),
    Field::words("Учитель", 24.0),
    Field::words("Вид", 18.5).booked("Вид работы"),
    Field::number("По списку", 8.5),
    Field::number("Писали", 9.5),
    Field::number("не были", 8.5).over("Не писали").booked("Не писали: не были"),
    Field::number("прочие", 9.0).over("Не писали").booked("Не писали: прочие"),
    Field::number("«5»", 6.5),
    Field::number("«4»", 6.5),
    Field::number("«3»", 6.5),
    Field::number("«2», «1»", 6.5),
    Field::number("Усп., %", 9.0).booked("Успеваемость, %"),
    Field::number("Кач., %", 9.0).booked("Качество, %"),
    Field::number("СОУ", 8.0),
    Field::number("Ср. балл", 8.0).booked("Средний балл"),
    Field::number("=", 6.0).over("За период").booked("Отметка за период: подтвердили"),
    Field::number("+", 5.0).over("За период").booked("Отметка за период: выше"),
    Field::number("−", 5.0).over("За период").booked("Отметка за период: ниже"),
    Field::number("Отм., дней", 8.0).booked("Отметки выставлены, дней"),
    Field::words("Замечание", 24.0),
];

pub(super) fn listing(works: &Works<'_>) -> Listing {
    let line = |row: &Record<'_>| {
        let remark = remark(works, *row);
        Line::new(values(works, *row, &remark)).marked(row.date("held_date").is_none())
    };
    let days = works.data.context.policy.control_mark_days;
    Listing {
        tab: "Работы",
        title: "Контрольные работы по датам".to_owned(),
        fields: FIELDS.to_vec(),
        lines: numbered(works.rows.iter().map(line)),
        whom: format!(
            "Учтены: {}. Полужирные строки — работы графика, которые не проведены. Замечание: работа позже срока; отметки внесены \
             позже {}; критический уровень при десяти писавших и больше.",
            works.data.grades.label(),
            format::counted(usize::from(days), ["дня", "дней", "дней"])
        ),
        empty: "В графике на этот период 0 работ.".to_owned(),
        lack: works.data.lack(&CONTROL_WORKS),
    }
}

fn values(works: &Works<'_>, row: Record<'_>, remark: &str) -> Vec<Value> {
    let keys = &works.data.keys;
    let is_held = row.date("held_date").is_some();
    let work = keys.work(row.text("work_id")).map(|id| &works.data.journal().works[id]);
    let teacher = keys.staff(row.text("teacher_id")).map(|id| keys.teacher_name(id));
    let subject = keys.subject(row.text("subject_id")).map(|id| keys.subject_name(id));
    let audience = keys.course(row.text("course_id")).map(|id| keys.audience_name(id));
    let name = |found: Option<String>| Value::words(found.unwrap_or_default());
    let count = |count: usize| if is_held { Value::Count(count) } else { Value::Gap };
    let marks = |count: usize| if is_held { Value::Some(count) } else { Value::Gap };
    let compared = |column: &str| Value::or_gap(row.whole(column), |_| Value::Count(row.count(column)));
    let number = |column: &str, of: fn(f64) -> Value| Value::or_gap(row.number(column), of);
    let absent = row.whole("absent").map(|_| row.count("absent"));
    let others = absent.map(|absent| row.count("listed").saturating_sub(row.count("wrote") + absent));
    vec![
        Value::or_gap(row.date("planned_date"), Value::Date),
        Value::or_gap(row.date("held_date"), Value::Date),
        name(audience),
        name(subject),
        name(teacher),
        name(work.map(kind_of)),
        Value::Count(row.count("listed")),
        count(row.count("wrote")),
        Value::or_gap(absent, Value::Some),
        Value::or_gap(others, Value::Some),
        marks(row.count("n5")),
        marks(row.count("n4")),
        marks(row.count("n3")),
        marks(row.count("n2") + row.count("n1")),
        number("attainment", Value::Percent),
        number("quality", Value::Percent),
        number("sou", Value::Percent),
        number("mean_mark", Value::Mean),
        compared("equal"),
        compared("higher"),
        compared("lower"),
        Value::or_gap(days_to_marks(works, row), Value::Days),
        Value::words(remark),
    ]
}

/// Returns the form of control, or the kind of the work.
fn kind_of(work: &Work) -> String {
    let at = WorkKind::CODES.iter().position(|code| *code == work.kind.code());
    let kind = at.and_then(|at| WorkKind::WORDS.get(at)).copied().unwrap_or_default();
    if work.form.is_empty() { kind.to_owned() } else { work.form.to_string() }
}

/// Returns days from the work to the last mark entered on its lesson, of pupils who were there; nothing where any time is unknown.
fn days_to_marks(works: &Works<'_>, row: Record<'_>) -> Option<i64> {
    let written = works.written(row)?;
    let (journal, roster) = (works.data.journal(), works.data.context.roster);
    let day = journal.lessons[written.lesson].date;
    let was_absent = |pupil: Id<Pupil>| {
        let rows = roster.absences_of(written.lesson).iter().map(|id| &journal.absences[*id]);
        rows.filter(|row| row.pupil == pupil).any(|row| row.reason.is_absence())
    };
    let marks = roster.marks_of(written.lesson).iter().map(|id| &journal.marks[*id]);
    let own = marks.filter(|mark| mark.work == Some(written.work) && !was_absent(mark.pupil));
    let entered: Option<Vec<Date>> = own.map(|mark| mark.recorded_at.map(|at| at.date())).collect();
    let last = entered?.into_iter().max()?;
    day.until(last).ok().map(|span| i64::from(span.get_days()))
}

fn remark(works: &Works<'_>, row: Record<'_>) -> String {
    if row.date("held_date").is_none() {
        return "не проведена".to_owned();
    }
    let days = |days: i64| format::counted(usize::try_from(days).unwrap_or(0), ["день", "дня", "дней"]);
    let late = row.whole("days_late").filter(|late| *late > 0);
    let late = late.map(|late| format!("позже срока на {}", days(late)));
    let allowed = i64::from(works.data.context.policy.control_mark_days);
    let marks = days_to_marks(works, row).filter(|taken| *taken > allowed);
    let marks = marks.map(|taken| format!("отметки через {}", days(taken)));
    let (wrote, good) = (row.count("wrote"), row.count("n5") + row.count("n4"));
    let is_critical = |levels, found| level(levels, found, wrote) == Some("критический");
    let low = is_critical(&LEVELS[..], good + row.count("n3"))
        .then(|| "успеваемость: критический уровень".to_owned());
    let weak = is_critical(&QUALITY_LEVELS[..], good).then(|| "качество: критический уровень".to_owned());
    [late, marks, low, weak].into_iter().flatten().collect::<Vec<_>>().join("; ")
}
