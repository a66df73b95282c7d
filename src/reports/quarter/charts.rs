//! The charts of the paper: what the tables beside them say, to be seen at once.

use super::view::Quarter;
use crate::model::*;
use crate::render::charts::{Chart, Kind, Reference, Row, Series, Stack, Unit, Value};
use crate::reports::common::grades::Level;
use crate::reports::common::term_data::count_of;
use crate::reports::common::{Count, Standings, terms};
use crate::stats::wilson;
use crate::stats::{Figure, Scope};

/// Returns pupils by standing, a bar a level and the school.
pub(super) fn standings_of_levels(quarter: &Quarter<'_>) -> Chart {
    let levels = quarter.data.grades.marked().levels().into_iter().map(|level| of_level(quarter, level));
    of_standings(quarter, levels.collect())
}

/// Returns the same with a bar a parallel too.
pub(super) fn standings(quarter: &Quarter<'_>) -> Chart {
    let marked = quarter.data.grades.marked();
    let mut rows = Vec::new();
    for level in marked.levels() {
        for one in marked.only(|grade| level.has(grade)).iter() {
            let own = quarter.standings(|class| quarter.grade(class) == one);
            rows.push(stack(format!("{one}-е классы"), &own, false));
        }
        rows.push(of_level(quarter, level));
    }
    of_standings(quarter, rows)
}

fn of_level(quarter: &Quarter<'_>, level: Level) -> Stack {
    let own = quarter.standings(|class| level.has(quarter.grade(class)));
    stack(quarter.data.grades.marked().level_label(level), &own, true)
}

fn of_standings(quarter: &Quarter<'_>, mut rows: Vec<Stack>) -> Chart {
    rows.push(stack(format!("Школа, {}", quarter.marked()), &quarter.standings(|_| true), true));
    let parts = ["на «5»", "на «4» и «5»", "с «3»", "с «2» и н/а"].map(str::to_owned).into();
    Chart {
        title: "Как ученики закончили период".to_owned(),
        subtitle: format!("Учеников по итогам периода, {}", said(quarter)),
        rows_title: "Охват".to_owned(),
        value_title: "Учеников".to_owned(),
        unit: Unit::COUNT,
        notes: Vec::new(),
        kind: Kind::Stacks { parts, rows },
    }
}

fn stack(label: String, own: &Standings, is_total: bool) -> Stack {
    let counts = [own.excellent, own.good, own.satisfactory, own.failing + own.not_assessed];
    let counts = counts.into_iter().map(wide).collect();
    Stack { label, counts: Some(counts), is_total }
}

/// Returns «2–9 классы, 2 четверть».
fn said(quarter: &Quarter<'_>) -> String {
    format!("{}, {}", quarter.marked(), terms::title(quarter.data.journal(), quarter.data.term))
}

fn wide(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

fn share(Count { found, of }: Count) -> Option<Value> {
    Value::share(wide(found), wide(of))
}

/// Returns the quality of levels and school over the terms of the year up to this one; nothing where it is the first.
pub(super) fn quality_over_terms(quarter: &Quarter<'_>) -> Option<Chart> {
    let terms_of_year = terms_up_to(quarter);
    if terms_of_year.len() < 2 {
        return None;
    }
    let journal = quarter.data.journal();
    let marked = quarter.data.grades.marked();
    let line = |label: String, scope: Scope, id: &str, is_total: bool| {
        let values = terms_of_year.iter().map(|term| share(count_in(quarter, *term, scope, id)?));
        Series { label, values: values.collect(), is_total }
    };
    let mut lines: Vec<Series> = marked
        .levels()
        .into_iter()
        .map(|level| line(marked.level_label(level), Scope::Level, level.code, false))
        .collect();
    lines.push(line(format!("Школа, {}", quarter.marked()), Scope::School, "", true));
    Some(Chart {
        title: "Качество знаний по периодам".to_owned(),
        subtitle: format!("Доля учеников на «4» и «5» от аттестованных, {}", quarter.marked()),
        rows_title: "Охват".to_owned(),
        value_title: "Качество, %".to_owned(),
        unit: Unit::PERCENT,
        notes: vec![
            "Состав учеников от периода к периоду меняется; тех же учеников сравнивает таблица.".to_owned(),
        ],
        kind: Kind::Slopes {
            points: terms_of_year.iter().map(|term| terms::title(journal, *term)).collect(),
            lines,
        },
    })
}

/// Returns the terms before this one, the earliest first, and this one.
fn terms_up_to(quarter: &Quarter<'_>) -> Vec<Id<Term>> {
    let journal = quarter.data.journal();
    let mut back = vec![quarter.data.term];
    while let Some(before) =
        back.last().and_then(|term| terms::previous(journal, *term, quarter.data.grades.iter()))
    {
        back.push(before);
    }
    back.reverse();
    back
}

fn count_in(quarter: &Quarter<'_>, term: Id<Term>, scope: Scope, id: &str) -> Option<Count> {
    let is_it = |figure: &&Figure| {
        figure.term == term
            && figure.metric == "quality"
            && figure.scope == scope
            && figure.scope_id == id
            && figure.subject.is_none()
    };
    quarter.data.context.figures.iter().find(is_it).map(count_of)
}

/// Returns the quality of subjects with the interval that chance would give it.
pub(super) fn quality_of_subjects(quarter: &Quarter<'_>, subjects: &[Id<Subject>]) -> Chart {
    let row = |subject: &Id<Subject>| {
        let count = quarter.data.count("quality", Scope::School, "", Some(*subject));
        Row { label: quarter.data.keys.subject_name(*subject), value: with_interval(count), is_total: false }
    };
    let all = subjects.iter().fold(Count::default(), |sum, subject| {
        let own = quarter.data.count("quality", Scope::School, "", Some(*subject));
        Count { found: sum.found + own.found, of: sum.of + own.of }
    });
    let reference = share(all).map(|value| Reference { label: "все отметки".to_owned(), value });
    Chart {
        title: "Качество по предметам".to_owned(),
        subtitle: format!(
            "Доля отметок «4» и «5» от аттестованных и 95-процентный интервал Уилсона, {}",
            said(quarter)
        ),
        rows_title: "Предмет".to_owned(),
        value_title: "Качество, %".to_owned(),
        unit: Unit::PERCENT,
        notes: vec![
            "Интервал показывает, как далеко долю могла бы увести случайность; порядок — по алфавиту."
                .to_owned(),
        ],
        kind: Kind::Intervals { rows: subjects.iter().map(row).collect(), reference },
    }
}

fn with_interval(count: Count) -> Option<Value> {
    let value = share(count)?;
    let interval = wilson::interval(wide(count.found), wide(count.of));
    Some(interval.map_or(value, |interval| value.within(interval)))
}

/// Returns the quality of every subject in every parallel, shaded by size.
pub(super) fn quality_of_parallels(quarter: &Quarter<'_>, subjects: &[Id<Subject>]) -> Chart {
    let marked = quarter.data.grades.marked();
    let row = |subject: &Id<Subject>| {
        let cell = |grade: u8| {
            share(quarter.data.count("quality", Scope::Parallel, &grade.to_string(), Some(*subject)))
        };
        Series {
            label: quarter.data.keys.subject_name(*subject),
            values: marked.iter().map(cell).collect(),
            is_total: false,
        }
    };
    Chart {
        title: "Качество по предметам и параллелям".to_owned(),
        subtitle: format!("Доля отметок «4» и «5» от аттестованных, %, {}", said(quarter)),
        rows_title: "Предмет".to_owned(),
        value_title: "Качество, %".to_owned(),
        unit: Unit::PERCENT,
        notes: Vec::new(),
        kind: Kind::Heat {
            columns: marked.iter().map(|grade| format!("{grade}-е")).collect(),
            rows: subjects.iter().map(row).collect(),
        },
    }
}
