//! The courses of a term with their hours, laggards first and marked.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::model::*;
use crate::reports::common::TermData;
use crate::reports::common::listing::{Field, Line, Listing, Value, numbered};
use crate::reports::common::plan_changes::{Cause, PlanChange};
use crate::reports::common::practice::{Practice, Works};
use crate::stats::Plans;
use crate::stats::analytics::{PROGRAMME, Record};

const FIELDS: &[Field] = &[
    Field::number("№", 8.0),
    Field::words("Состояние", 15.0),
    Field::words("Класс, группа", 17.0),
    Field::words("Предмет", 29.0),
    Field::words("Учитель", 25.0),
    Field::number("Часов в неделю", 11.0),
    Field::number("год", 10.0).over("План, ч").booked("План на год, ч"),
    Field::number("период", 11.0).over("План, ч").booked("План на период, ч"),
    Field::number("Дано, ч", 10.0),
    Field::number("Отста-вание, ч", 11.0).booked("Отставание, ч"),
    Field::number("%", 10.0).booked("Выполнение, %"),
    Field::number("план", 8.0).over("КР").booked("КР: план"),
    Field::number("факт", 8.0).over("КР").booked("КР: факт"),
    Field::number("план", 8.0).over("ПР, ЛР").booked("ПР и ЛР: план"),
    Field::number("факт", 8.0).over("ПР, ЛР").booked("ПР и ЛР: факт"),
    Field::number("Темы не прой-дены", 10.0).booked("Темы не пройдены"),
    Field::words("Причина", 30.0),
    Field::words("Коррекция, срок", 26.0),
    Field::number("Прогноз на год, ч", 12.0),
];

type Changes<'a> = BTreeMap<Id<Course>, Vec<PlanChange<'a>>>;

pub(super) fn listing(data: &TermData<'_>, changes: &Changes<'_>, lack: Option<String>) -> Listing {
    let table = Table {
        data,
        changes,
        plans: Plans::new(data.journal()),
        practice: Practice::new(data.context, data.span()),
        behind: behind(data),
    };
    let mut rows: Vec<(Record<'_>, Id<Course>)> = data
        .rows(&PROGRAMME)
        .filter_map(|row| Some((row, data.keys.course(row.text("course_id"))?)))
        .collect();
    rows.sort_by(|a, b| {
        let by_lag = lag(b.0).partial_cmp(&lag(a.0)).unwrap_or(Ordering::Equal);
        by_lag.then_with(|| data.keys.course_order(a.1).cmp(&data.keys.course_order(b.1)))
    });
    let line =
        |(row, course): (Record<'_>, Id<Course>)| Line::new(table.values(row, course)).marked(lag(row) > 0.0);
    Listing {
        tab: "Программа",
        title: "Выполнение программы по курсам: отстающие первыми".to_owned(),
        fields: FIELDS.to_vec(),
        lines: numbered(rows.into_iter().map(line)),
        whom: format!(
            "Учтены: {}, курсы всех видов. Полужирные строки отстают от плана. «Коррекцию» (объединение тем, резерв, дополнительный \
             час) вписывает учитель.",
            data.grades.label()
        ),
        empty: "Курсов в этом периоде: 0.".to_owned(),
        lack,
    }
}

/// Returns hours behind the plan; 0 where there is no plan or the course is ahead.
fn lag(row: Record<'_>) -> f64 {
    row.number("lag").unwrap_or(0.0).max(0.0)
}

/// Returns by course the hours behind the plan from the year's beginning; nothing where one of the terms has no plan.
fn behind<'a>(data: &TermData<'a>) -> FxHashMap<&'a str, Option<f64>> {
    let journal = data.journal();
    let own = &journal.terms[data.term];
    let counts = |term: &Term| match own.kind {
        TermKind::Year => term.kind == TermKind::Year,
        kind => term.kind == kind && term.span.to <= own.span.to,
    };
    let mut behind: FxHashMap<&str, Option<f64>> = FxHashMap::default();
    for term in journal.terms.values().filter(|term| counts(term)) {
        for row in data.tables.of_term(&PROGRAMME, &term.key) {
            let sum = behind.entry(row.text("course_id")).or_insert(Some(0.0));
            *sum = sum.zip(row.number("lag")).map(|(sum, lag)| sum + lag);
        }
    }
    behind
}

struct Table<'t, 'a> {
    data: &'t TermData<'a>,
    changes: &'t Changes<'a>,
    plans: Plans<'a>,
    practice: Practice,
    behind: FxHashMap<&'a str, Option<f64>>,
}

impl Table<'_, '_> {
    fn values(&self, row: Record<'_>, id: Id<Course>) -> Vec<Value> {
        let (keys, course) = (&self.data.keys, &self.data.journal().courses[id]);
        let year = self.plans.year_hours(course);
        let behind = self.behind.get(row.text("course_id")).copied().flatten();
        let (plan, given) = (row.number("hours_plan"), row.number("hours_given"));
        let share = plan.filter(|plan| *plan > 0.0).zip(given).map(|(plan, given)| 100.0 * given / plan);
        let works = self.practice.of(id);
        let hours = |value: Option<f64>| Value::or_gap(value, Value::Hours);
        let counts = |works: Works| [Value::Some(works.planned), Value::Some(works.held)];
        let mut values = vec![
            Value::words(state(row)),
            Value::words(keys.audience_name(id)),
            Value::words(keys.subject_name(course.subject)),
            Value::words(keys.teacher_name(course.teacher)),
            hours(course.hours_week),
            hours(year),
            hours(plan),
            hours(given),
            hours(row.number("lag")),
            Value::or_gap(share, Value::Percent),
        ];
        values.extend(counts(works.control));
        values.extend(counts(works.practical));
        values.extend([
            self.not_given(row, id),
            Value::words(self.reason(row, id)),
            Value::Free,
            hours(year.zip(behind).map(|(year, behind)| year - behind)),
        ]);
        values
    }

    fn not_given(&self, row: Record<'_>, id: Id<Course>) -> Value {
        if row.count("plan_rows") == 0 {
            return Value::Gap;
        }
        let own = self.changes.get(&id).map_or(&[][..], Vec::as_slice);
        Value::Some(own.iter().filter(|change| change.given.is_none()).count())
    }

    /// Says what the journal knows of lessons that were not held.
    fn reason(&self, row: Record<'_>, id: Id<Course>) -> String {
        if lag(row) <= 0.0 {
            return String::new();
        }
        let own = self.changes.get(&id).map_or(&[][..], Vec::as_slice);
        let suspended = own.iter().filter(|change| change.cause == Cause::Suspended).count();
        let counts = [
            ("актированных дней", suspended),
            ("не проведено", row.count("missed")),
            ("отменено", row.count("cancelled")),
            ("перенесено", row.count("moved")),
        ];
        let said: Vec<String> = counts
            .iter()
            .filter(|(_, count)| *count > 0)
            .map(|(word, count)| format!("{word}: {count}"))
            .collect();
        if said.is_empty() { "в журнале причины нет".to_owned() } else { said.join("; ") }
    }
}

fn state(row: Record<'_>) -> &'static str {
    match row.number("lag") {
        None => "плана нет",
        Some(lag) if lag > 0.0 => "отстаёт",
        Some(lag) if lag < 0.0 => "опережает",
        Some(_) => "по плану",
    }
}
