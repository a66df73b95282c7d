//! The bound class journal (классный журнал) of a year: kept five years.
//!
//! In: the journal, one class, the build's date. Out: a job for the typesetter. The pages of lessons are drawn:
//! they are laid out here to the millimetre. All other pages are printed by the template: the rows of tables are
//! divided into pages here, so every page number is known before typesetting.

mod attendance;
mod course;
mod item;
mod layout;
mod left;
mod look;
mod people;
mod right;
mod sections;
mod spread;
mod term_marks;

pub use look::Look;
pub use sections::courses_of;

use std::sync::Arc;

use anyhow::Result;
use jiff::civil::Date;
use serde::Serialize;

use crate::base::series::Series;
use crate::model::{Class, Id, Journal, Roster, Table, Term};
use crate::render::drawing::Drawing;
use crate::render::format;
use crate::render::measure::clean;
use crate::render::pdf::{PdfJob, Standard, Template, TypesetError};
use crate::reports::context::ReportContext;
use crate::reports::each::{About, Each};
use crate::reports::remarks_leaf::{LeafRemark, remarks};
use crate::reports::report::{Form, Keeping, Reader, Report};
use crate::reports::results::Results;
use layout::{Page, PageView};
use sections::Sections;

/// Its template.
pub const TEMPLATE: Template =
    Template { name: "class-journal.typ", source: include_str!("../../../templates/class-journal.typ") };

/// The report.
pub static REPORT: Report = Report {
    kind: "journal",
    title: "Классный журнал",
    readers: &[Reader::ClassTeacher, Reader::Deputy, Reader::Inspector],
    keeping: Keeping::Packed(Series::Journals),
    each: Each::Class,
    forms: &[Form::Pages { template: TEMPLATE, make }],
    missing: "не создан",
};

fn make(context: &ReportContext<'_>, about: &About, path: &str) -> Result<PdfJob> {
    let class = about.class()?;
    let making = Making {
        roster: context.roster,
        as_of: context.as_of,
        sources: context.sources.get(class.index()).map_or(&[], std::slice::from_ref),
        remarks: &remarks(context),
        look: &Look::of(&context.styles).map_err(TypesetError::carried)?,
    };
    Ok(job(context.journal, class, &making, path)?)
}

/// The parts that the template prints besides the drawn pages.
#[derive(Debug, Serialize)]
struct View {
    /// Title in the PDF's metadata: no personal names.
    title: String,
    /// The document's date: year, month, day.
    date: [i16; 3],
    school: String,
    place: String,
    class: String,
    year: String,
    /// Why the journal is emptier than others.
    notes: Vec<String>,
    class_teacher: String,
    director: Signer,
    archivist: Signer,
    fond: String,
    index: String,
    /// «5 лет».
    kept: String,
    /// Where the facts came from: file and short digest.
    sources: Vec<String>,
    as_of: String,
    /// The pages between the title page and the certifying sheet.
    pages: Vec<PageView>,
    /// «123 (сто двадцать три) листа».
    sheets: String,
    last_page: String,
}

/// Who signs.
#[derive(Debug, Serialize)]
struct Signer {
    post: String,
    name: String,
}

/// The data of a class's journal besides the facts.
pub struct Making<'a> {
    /// Who is where on which day.
    pub roster: &'a Roster,
    /// The date that the build is made for.
    pub as_of: Date,
    /// Lines of the title page that name the sources.
    pub sources: &'a [String],
    /// The deputy's selected remarks, for all classes.
    pub remarks: &'a [LeafRemark],
    /// Sizes, rules and faces.
    pub look: &'a Look,
}

/// Returns the job of a class's journal.
///
/// # Errors
/// When the view cannot be written as JSON, which is a fault of the program.
pub fn job(
    journal: &Journal,
    class: Id<Class>,
    making: &Making<'_>,
    path: &str,
) -> serde_json::Result<PdfJob> {
    let Making { roster, as_of, sources, remarks, look } = *making;
    let results =
        Results::new(journal, as_of, |pupil| roster.stays_of(pupil).iter().any(|(_, stay)| *stay == class));
    let Sections { pages, notes } =
        sections::sections(journal, roster, &results, (class, remarks), (as_of, look));
    let (drawn, pages): (Vec<Drawing>, Vec<PageView>) = pages.into_iter().map(Page::parted).unzip();
    let view = View { notes, ..view(journal, class, as_of, sources, pages) };
    // Title page and certifying sheet have no cells.
    let drawings = [vec![Drawing::default()], drawn, vec![Drawing::default()]].concat();
    Ok(PdfJob {
        path: path.to_owned(),
        template: TEMPLATE,
        templates: Arc::default(),
        data: serde_json::to_vec(&view)?,
        drawings,
        standard: Standard::Compact,
        ident: format!("letopis class journal {} {}", journal.year.title, journal.classes[class].key),
    })
}

fn view(journal: &Journal, class: Id<Class>, as_of: Date, sources: &[String], pages: Vec<PageView>) -> View {
    let record = &journal.classes[class];
    let year = format::years(&journal.year.title);
    let name = |id| format::signature(&journal.staff[id].name);
    let signer = |post: &str, name: &str| Signer { post: post.to_owned(), name: format::signature(name) };
    let officials = &journal.officials;
    // The title page is the first. The certifying sheet is not counted and begins the sheet after all others.
    let counted = pages.len() + 1;
    let school = &journal.school;
    let place = [&school.place, &school.municipality, &school.region];
    View {
        title: format!("Классный журнал, {} класс, {year} учебный год", record.key),
        date: [as_of.year(), as_of.month().into(), as_of.day().into()],
        school: school.full_name().to_owned(),
        place: place.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", "),
        class: record.key.to_string(),
        year,
        notes: Vec::new(),
        class_teacher: record.teacher.map(name).unwrap_or_default(),
        director: signer(&officials.director.post, &officials.director.name),
        archivist: signer(&officials.archivist.post, &officials.archivist.name),
        fond: journal.archive.fond.clone(),
        index: journal.archive.journal_index.clone(),
        kept: Series::Journals.kept_words(),
        sources: [sources.to_vec(), wanting(journal), parts_of_year(journal, class)].concat(),
        as_of: format::date_long(as_of),
        pages,
        sheets: format::sheets(counted.div_ceil(2)),
        last_page: counted.to_string(),
    }
}

/// Returns which columns of the journal are empty because the source has no data for them.
fn wanting(journal: &Journal) -> Vec<String> {
    let parts = [
        (Table::Lessons, "уроки"),
        (Table::Marks, "отметки"),
        (Table::Attendance, "пропуски"),
        (Table::Homework, "домашние задания"),
        (Table::TermMarks, "отметки за периоды"),
    ];
    let absent = parts.into_iter().filter(|(table, _)| !journal.presence.has(*table));
    let absent: Vec<&str> = absent.map(|(_, title)| title).collect();
    if absent.is_empty() {
        return Vec::new();
    }
    vec![format!("В выгрузках нет: {}; поэтому эти графы пусты.", absent.join(", "))]
}

/// Returns the terms for which the source has the class's lessons, if these are not the whole year.
fn parts_of_year(journal: &Journal, class: Id<Class>) -> Vec<String> {
    let presence = &journal.presence;
    if !presence.is_part_of_year(class) {
        return Vec::new();
    }
    let terms = journal.terms_of_grade(journal.classes[class].grade);
    let (unseen, seen): (Vec<_>, Vec<_>) =
        terms.into_iter().partition(|term| presence.is_unseen(class, *term));
    let titles = |terms: &[Id<Term>]| {
        terms.iter().map(|term| clean(&journal.terms[*term].title)).collect::<Vec<_>>().join(", ")
    };
    let there = if seen.is_empty() { "ни за один период".to_owned() } else { titles(&seen) };
    let rest = if unseen.is_empty() { "остальной год".to_owned() } else { titles(&unseen) };
    vec![format!(
        "Уроки, отметки за уроки и пропуски выгружены за: {there}; за {rest} их нет, поэтому пропуски за год не подсчитаны."
    )]
}
