//! The terms of the year side by side: attainment, quality and means of the school, its levels, parallels and classes.

use std::collections::BTreeSet;

use super::super::lists::{Entry, Lists};
use super::super::pages::{Head, Page, Pages};
use crate::model::*;
use crate::render::workbook::{Cell, Column, Sheet};
use crate::reports::common::{TermData, terms};
use crate::stats::Scope;

pub(super) const PERIODS: Page = Page {
    name: "Периоды рядом",
    said: "периоды учебного года рядом: школа, уровни, параллели, классы",
    has_names: false,
    make: periods,
};

/// Figures of a term: metric, title, whether the title of the denominator stands before it.
const METRICS: [(&str, &str); 3] =
    [("attainment", "успеваемость, %"), ("quality", "качество, %"), ("mean_mark", "средний балл")];

/// Returns the terms with figures up to this one that share a grade with it, as the year goes.
pub(super) fn terms_so_far(pages: &Pages<'_>) -> Vec<Id<Term>> {
    let journal = pages.context.journal;
    let own = &journal.terms[pages.data.term];
    let all: BTreeSet<Id<Term>> = pages.context.figures.iter().map(|figure| figure.term).collect();
    let is_before = |id: &Id<Term>| {
        let term = &journal.terms[*id];
        let shares = pages.data.grades.iter().any(|grade| term.grades.contains(grade));
        let ends_before = (term.span.to, term.kind) <= (own.span.to, own.kind);
        *id == pages.data.term || shares && ends_before && term.kind != TermKind::Year
    };
    let mut terms: Vec<Id<Term>> = all.into_iter().filter(is_before).collect();
    terms.sort_by_key(|id| (journal.terms[*id].span.to, journal.terms[*id].kind, *id));
    terms
}

fn periods(pages: &Pages<'_>, lists: &mut Lists) -> Sheet {
    let journal = pages.context.journal;
    let so_far: Vec<TermData<'_>> =
        terms_so_far(pages).into_iter().map(|term| TermData::new(pages.context, term)).collect();
    let mut columns = vec![Column::new("Охват", 24.0)];
    for term in &so_far {
        let title = terms::short_title(journal, term.term);
        columns.push(Column::titled(format!("{title}: аттестовано"), 5.5).turned());
        columns.extend(METRICS.map(|(_, metric)| Column::titled(format!("{title}: {metric}"), 7.0).turned()));
    }
    let changes = ["Качество к прошлому периоду, п. п.", "То же у тех же учеников, п. п.", "Тех же учеников"];
    columns.extend(changes.map(|title| Column::narrow(title, 8.0)));
    let entry = |(title, scope, id): (String, Scope, String)| {
        let mut cells = vec![Cell::text(title)];
        so_far.iter().for_each(|term| cells.extend(figures(term, scope, &id)));
        cells.extend(change(pages, scope, &id));
        let mut entry = Entry::new(Vec::new(), cells);
        entry.row.is_total = matches!(scope, Scope::School | Scope::Level);
        entry
    };
    let entries = lines(pages).into_iter().map(entry).collect();
    let note = format!(
        "Учтены: {}. Изменение называют ростом или снижением, только если его подтверждают те же ученики и их не меньше десяти. Пустая \
         клетка — показателя нет.",
        pages.data.grades.marked().label()
    );
    let title = "Периоды учебного года рядом".to_owned();
    pages.list(lists, Head { name: PERIODS.name, title, notes: vec![note], columns, frozen: 1 }, entries)
}

fn lines(pages: &Pages<'_>) -> Vec<(String, Scope, String)> {
    let (journal, marked) = (pages.context.journal, pages.data.grades.marked());
    let mut lines = vec![(format!("Школа, {}", marked.label()), Scope::School, String::new())];
    lines.extend(
        marked
            .levels()
            .into_iter()
            .map(|level| (marked.level_label(level), Scope::Level, level.code.to_owned())),
    );
    lines
        .extend(marked.iter().map(|grade| (format!("{grade}-е классы"), Scope::Parallel, grade.to_string())));
    let classes = pages.data.marked_classes().into_iter().map(|id| journal.classes[id].key.to_string());
    lines.extend(classes.map(|id| (id.clone(), Scope::Class, id)));
    lines
}

fn figures(term: &TermData<'_>, scope: Scope, id: &str) -> [Cell; 4] {
    let of = term.figure("attainment", scope, id, None).and_then(|figure| figure.denominator);
    let value = |metric| term.value(metric, scope, id, None).map_or(Cell::Empty, Cell::Decimal);
    [of.map_or(Cell::Empty, Cell::Count), value(METRICS[0].0), value(METRICS[1].0), value(METRICS[2].0)]
}

fn change(pages: &Pages<'_>, scope: Scope, id: &str) -> [Cell; 3] {
    let own = pages.changes.from_before(&pages.data, scope, id, None, "quality");
    let cohort = if own.change.is_some() { Cell::Count(own.cohort as f64) } else { Cell::Empty };
    let points = |value: Option<f64>| value.map_or(Cell::Empty, Cell::Decimal);
    [points(own.change), points(own.of_cohort()), cohort]
}
