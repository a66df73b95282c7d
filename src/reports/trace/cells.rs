//! The figures of a whole in one row of a table: each value over its numerator and denominator, and what is left out.

use super::of_term::OfTerm;
use crate::model::*;
use crate::render::format;
use crate::render::markup::Markup;
use crate::reports::common::numbers;
use crate::stats::{Figure, METRICS, Scope, Unit};

/// Heads of the columns: the figures in the order of `METRICS`, and what those of term marks leave out.
pub(super) const HEAD: &str = "<th>Успе\u{ad}ваемость, %<th>По поло\u{ad}жению, %<th>Качество, %<th>СОУ, %<th>Средний балл\
<th>Посе\u{ad}щаемость, %<th>Пропу\u{ad}щено уроков<th>по болезни<th>уважи\u{ad}тельно<th>неуважи\u{ad}тельно\
<th>Часов по плану<th>Часов дано<th>Выпол\u{ad}нение, %<th>Не учтены отметки";

/// Where the figures of a row lead to: names by term mark, names of who was absent, lessons.
#[derive(Default)]
pub(super) struct Leads {
    pub(super) marks: Option<String>,
    pub(super) presence: Option<String>,
    pub(super) hours: Option<String>,
    /// They stand once, at the end of the row: a page has thousands of rows.
    pub(super) together: bool,
}

/// Head of the column in which the links of a row stand together.
pub(super) const TOGETHER: &str = "<th>Открыть";

/// Writes the cells of a whole.
pub(super) fn write(
    of: &OfTerm<'_>,
    (scope, id, subject): (Scope, &str, Option<Id<Subject>>),
    leads: &Leads,
    out: &mut Markup,
) {
    let mut excluded = None;
    for (at, metric) in METRICS.iter().enumerate() {
        let figure = of.data.figure(metric.id, scope, id, subject);
        let lead = match at {
            0..5 => &leads.marks,
            5..10 => &leads.presence,
            _ => &leads.hours,
        };
        out.raw("<td>");
        if let Some(figure) = figure {
            cell(figure, metric.unit, lead.as_deref().filter(|_| !leads.together), out);
            excluded = excluded.or(Some(figure));
        }
    }
    out.raw("<td class=t>").text(&excluded.map(left_out).unwrap_or_default());
    if leads.together {
        out.raw("<td class=t>");
        for (lead, title) in [(&leads.marks, "имена"), (&leads.hours, "уроки")] {
            if let Some(lead) = lead {
                out.raw("<a href=").raw(lead).raw(">").raw(title).raw("</a> ");
            }
        }
    }
}

/// Tells whether a whole has any figure.
pub(super) fn has_any(of: &OfTerm<'_>, (scope, id, subject): (Scope, &str, Option<Id<Subject>>)) -> bool {
    METRICS.iter().any(|metric| of.data.figure(metric.id, scope, id, subject).is_some())
}

fn cell(figure: &Figure, unit: Unit, lead: Option<&str>, out: &mut Markup) {
    let value = shown(figure, unit);
    match lead {
        Some(lead) => out.raw("<a href=").raw(lead).raw(">").raw(&value).raw("</a>"),
        None => out.raw(&value),
    };
    if let Some((found, whole)) = figure.numerator.zip(figure.denominator) {
        out.raw("<br>").raw(&format::count(found)).raw("/").raw(&format::count(whole));
    }
}

/// Returns a value as pages show it.
pub(super) fn shown(figure: &Figure, unit: Unit) -> String {
    match unit {
        Unit::Percent => numbers::percent(figure.value),
        Unit::Mark => numbers::mean(figure.value),
        Unit::Lessons | Unit::Hours => numbers::hours(figure.value),
    }
}

/// Says which outcomes a figure leaves out, and how many.
pub(super) fn left_out(figure: &Figure) -> String {
    let kinds = figure.excluded.iter().map(|(kind, count)| format!("{} {count}", kind.title()));
    kinds.collect::<Vec<_>>().join(", ")
}

/// Opens a table of figures.
pub(super) fn open(first: &str, more: &str, label: &str, out: &mut Markup) {
    out.raw("<div class=w tabindex=0 role=region aria-label=\"")
        .text(label)
        .raw("\"><table class=n><thead><tr><th>");
    out.raw(first).raw(HEAD).raw(more).raw("<tbody>\n");
}

/// Closes it.
pub(super) fn close(out: &mut Markup) {
    out.raw("</table></div>\n");
}
