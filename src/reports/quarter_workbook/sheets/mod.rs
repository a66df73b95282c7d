//! The sheets of the quarter workbook, a file each or a few that are alike.

mod absences;
mod by_name;
mod charts;
mod explained;
mod forecast;
mod lesson_changes;
mod lessons;
mod main_page;
mod marks;
mod marks_by_name;
mod matrix;
mod movement;
mod periods;
mod programme;
mod standings;
mod topics;
mod works;
mod works_by_name;

use super::lists::Lists;
use super::pages::{Names, Page, Pages};
use super::term_figures::TermFigures;
use crate::render::workbook::Sheet;
use crate::reports::context::ReportContext;

/// The sheets in the order of their tabs. A number leads to rows of a sheet behind its own, or of its own.
const SHEETS: &[Page] = &[
    main_page::MAIN,
    periods::PERIODS,
    matrix::MATRIX,
    standings::STANDINGS,
    marks::SUMMARY,
    marks::CLASSES,
    marks::SUBJECTS,
    marks::CLASSES_BY_SUBJECT,
    marks::GROUPS,
    marks::TEACHERS,
    lessons::ATTENDANCE,
    by_name::FAILING,
    by_name::RESERVE,
    by_name::BY_NAME,
    by_name::BY_GROUP,
    absences::ABSENCES,
    topics::TOPICS,
    works::WORKS,
    works_by_name::WRITTEN,
    programme::PROGRAMME,
    programme::LOAD,
    lesson_changes::CHANGES,
    lesson_changes::STOOD_IN,
    movement::MOVEMENT,
    movement::MOVED,
    forecast::FORECAST,
    forecast::TRIAL,
    charts::CHARTS,
    marks::EXCLUSIONS,
    marks_by_name::MARKS,
    marks_by_name::COURSES,
    marks_by_name::PUPILS,
    explained::EXPLAINED,
];

/// Returns every sheet of a term's workbook; one without names has those alone that count. The last is made first: it has the
/// rows that those before it lead to.
pub(super) fn all<'a>(context: &'a ReportContext<'a>, term: &'a TermFigures<'a>, names: Names) -> Vec<Sheet> {
    let is_shown = |page: &&Page| names == Names::Shown || !page.has_names;
    let (shown, hidden): (Vec<&'static Page>, Vec<&'static Page>) = SHEETS.iter().partition(is_shown);
    let pages = Pages::new(context, term, shown);
    // Lists that are not shown are counted all the same.
    let mut lists = Lists::without(hidden.into_iter().map(|page| page.name).collect());
    let mut sheets = Vec::new();
    for page in SHEETS.iter().rev() {
        let sheet = (page.make)(&pages, &mut lists);
        sheets.extend(is_shown(&page).then_some(sheet));
    }
    sheets.reverse();
    sheets
}
