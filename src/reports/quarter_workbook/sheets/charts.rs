//! Native charts over their own numbers: standings, quality of classes and subjects, the terms of the year.

use super::super::lists::Lists;
use super::super::pages::{Page, Pages};
use super::{by_name, periods, standings};
use crate::model::*;
use crate::render::charts::{Chart, Kind, Reference, Row, Series, Stack, Unit, Value};
use crate::render::workbook::Sheet;
use crate::reports::common::{Count, TermData, terms};
use crate::stats::{Scope, wilson};

pub(super) const CHARTS: Page = Page {
    name: "Графики",
    said: "итоги классов, качество с интервалами, качество по периодам",
    has_names: false,
    make: charts,
};

fn charts(pages: &Pages<'_>, _: &mut Lists) -> Sheet {
    let mut notes = pages.notes();
    let mut charts = Vec::new();
    match by_name::lack(pages) {
        Some(why) => notes.push(format!("Не сформировано: {why}.")),
        None => {
            charts.push(results(pages));
            charts.push(quality(pages));
            charts.extend(over_terms(pages));
        }
    }
    Sheet::of_charts(CHARTS.name, "Графики: итоги, качество, периоды", notes, charts)
}

fn said(pages: &Pages<'_>) -> String {
    let journal = pages.context.journal;
    format!("{}, {}", pages.data.grades.marked().label(), terms::title(journal, pages.data.term))
}

fn wide(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// Returns pupils by standing, a bar a class.
fn results(pages: &Pages<'_>) -> Chart {
    let journal = pages.context.journal;
    let row = |label: String, own: crate::reports::common::Standings, is_total: bool| {
        let counts = [own.excellent, own.good, own.satisfactory, own.failing + own.not_assessed];
        Stack { label, counts: Some(counts.into_iter().map(wide).collect()), is_total }
    };
    let classes = pages.data.marked_classes().into_iter().map(|id| journal.classes[id].key.to_string());
    let mut rows: Vec<Stack> =
        classes.map(|class| row(class.clone(), standings::of(pages, |_, id| id == class), false)).collect();
    rows.push(row("Школа".to_owned(), standings::of(pages, |_, _| true), true));
    Chart {
        title: "Как ученики закончили период".to_owned(),
        subtitle: format!("Учеников по итогам периода, {}", said(pages)),
        rows_title: "Класс".to_owned(),
        value_title: "Учеников".to_owned(),
        unit: Unit::COUNT,
        notes: Vec::new(),
        kind: Kind::Stacks {
            parts: ["на «5»", "на «4» и «5»", "с «3»", "с «2» и н/а"].map(str::to_owned).into(),
            rows,
        },
    }
}

fn share(Count { found, of }: Count) -> Option<Value> {
    let value = Value::share(wide(found), wide(of))?;
    Some(wilson::interval(wide(found), wide(of)).map_or(value, |interval| value.within(interval)))
}

/// Returns the quality of classes with the interval that chance would give it.
fn quality(pages: &Pages<'_>) -> Chart {
    let journal = pages.context.journal;
    let row = |id: Id<Class>| {
        let class = &journal.classes[id].key;
        Row {
            label: class.to_string(),
            value: share(pages.data.count("quality", Scope::Class, class, None)),
            is_total: false,
        }
    };
    let school = share(pages.data.count("quality", Scope::School, "", None));
    Chart {
        title: "Качество знаний по классам".to_owned(),
        subtitle: format!(
            "Доля учеников на «4» и «5» от аттестованных и 95-процентный интервал Уилсона, {}",
            said(pages)
        ),
        rows_title: "Класс".to_owned(),
        value_title: "Качество, %".to_owned(),
        unit: Unit::PERCENT,
        notes: vec!["Интервал показывает, как далеко долю могла бы увести случайность.".to_owned()],
        kind: Kind::Intervals {
            rows: pages.data.marked_classes().into_iter().map(row).collect(),
            reference: school.map(|value| Reference { label: "Школа".to_owned(), value }),
        },
    }
}

/// Returns the quality of levels and school over the terms of the year; nothing where this is the first.
fn over_terms(pages: &Pages<'_>) -> Option<Chart> {
    let journal = pages.context.journal;
    let so_far: Vec<TermData<'_>> =
        periods::terms_so_far(pages).into_iter().map(|term| TermData::new(pages.context, term)).collect();
    if so_far.len() < 2 {
        return None;
    }
    let marked = pages.data.grades.marked();
    let line = |label: String, scope: Scope, id: &str, is_total: bool| {
        let value = |term: &TermData<'_>| {
            let Count { found, of } = term.count("quality", scope, id, None);
            Value::share(wide(found), wide(of))
        };
        Series { label, values: so_far.iter().map(value).collect(), is_total }
    };
    let mut lines: Vec<Series> = marked
        .levels()
        .into_iter()
        .map(|level| line(marked.level_label(level), Scope::Level, level.code, false))
        .collect();
    lines.push(line("Школа".to_owned(), Scope::School, "", true));
    Some(Chart {
        title: "Качество знаний по периодам".to_owned(),
        subtitle: format!("Доля учеников на «4» и «5» от аттестованных, {}", marked.label()),
        rows_title: "Охват".to_owned(),
        value_title: "Качество, %".to_owned(),
        unit: Unit::PERCENT,
        notes: vec![
            "Состав учеников от периода к периоду меняется; тех же учеников сравнивает лист «Периоды рядом»."
                .to_owned(),
        ],
        kind: Kind::Slopes {
            points: so_far.iter().map(|term| terms::title(journal, term.term)).collect(),
            lines,
        },
    })
}
