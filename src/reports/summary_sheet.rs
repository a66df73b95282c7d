//! The summary sheet of term marks (сводная ведомость учёта успеваемости) of a class: kept for twenty-five
//! years.
//!
//! A page holds only whole pupils, so the rows are measured and divided into pages here. The template uses
//! real tables, because the few pages of this document are tagged.

use std::sync::Arc;

use anyhow::Result;
use jiff::civil::Date;
use serde::Serialize;

use super::context::ReportContext;
use super::each::{About, Each};
use super::pupils::{agreed, movements, pupils_of};
use super::report::{Form, Keeping, Reader, Report};
use super::results::{Line, Results, lines, subjects};
use crate::base::series::Series;
use crate::model::*;
use crate::render::drawing::sans;
use crate::render::format;
use crate::render::measure::{Style, clean};
use crate::render::pdf::{PdfJob, Standard, Template};

/// Width of the table: A4 landscape, sewn at the left.
const BODY: f64 = 267.0;
const NUMBER: f64 = 7.0;
const NAME: f64 = 36.0;
const TERM: f64 = 12.0;
const DECISION: f64 = 38.0;
/// Room for the subjects of one table, and its narrowest and widest columns.
const SUBJECTS: f64 = BODY - NUMBER - NAME - TERM - DECISION;
const NARROWEST: f64 = 7.2;
const WIDEST: f64 = 13.0;
/// Height of a line of marks, and of a line of text in the wide columns.
const ROW: f64 = 4.2;
const LEADING: f64 = 3.0;
const TEXT: Style = sans(7.0);
/// Longest line of a subject's title, which is upward.
const TITLE: f64 = 42.0;
/// Heights of a page's body, of the text above the table on the first page, and of the signatures.
const PAGE: f64 = 182.0;
const HEADING: f64 = 24.0;
const SIGNATURES: f64 = 46.0;

/// Its template.
pub const TEMPLATE: Template =
    Template { name: "summary-sheet.typ", source: include_str!("../../templates/summary-sheet.typ") };

/// The report.
pub static REPORT: Report = Report {
    kind: "summary",
    title: "Сводная ведомость",
    readers: &[Reader::ClassTeacher, Reader::Archivist, Reader::Inspector],
    keeping: Keeping::Packed(Series::SummarySheets),
    each: Each::Class,
    forms: &[Form::Pages { template: TEMPLATE, make }],
    missing: "не создана",
};

fn make(context: &ReportContext<'_>, about: &About, path: &str) -> Result<PdfJob> {
    Ok(job(context.journal, context.roster, about.class()?, context.as_of, path)?)
}

/// What the template prints.
#[derive(Debug, Serialize)]
struct View {
    title: String,
    date: [i16; 3],
    school: String,
    class: String,
    year: String,
    /// The place of the sheet in the archive, and its term of keeping.
    file: String,
    class_teacher: String,
    officials: Vec<Signer>,
    /// Why the table is empty, if it is.
    note: String,
    legend: String,
    tables: Vec<TableView>,
    /// «страница 2 из 7», a text for each page.
    numbers: Vec<String>,
    /// Whether the signatures have a page of their own.
    signs_apart: bool,
}

/// The signatories below the class teacher.
#[derive(Debug, Serialize)]
struct Signer {
    post: String,
    name: String,
}

/// One page's table.
#[derive(Clone, Debug, Serialize)]
struct TableView {
    /// The part of the subjects, if they need several tables; otherwise empty.
    part: String,
    /// Widths of the columns in millimetres.
    columns: Vec<f64>,
    /// Size in points for marks longer than one character.
    long_size: f64,
    /// Heights of the rows in millimetres, the head's first.
    heights: Vec<f64>,
    /// The rows with a bold rule below them; the head is row 1.
    rules: Vec<usize>,
    /// Subjects' titles, broken into lines.
    subjects: Vec<String>,
    pupils: Vec<PupilView>,
}

/// One pupil's block of rows.
#[derive(Clone, Debug, Serialize)]
struct PupilView {
    number: String,
    name: String,
    decision: String,
    rows: Vec<RowView>,
    #[serde(skip)]
    height: f64,
}

/// The marks of one term.
#[derive(Clone, Debug, Serialize)]
struct RowView {
    term: String,
    is_bold: bool,
    marks: Vec<String>,
}

/// Returns the job of a class's summary sheet.
///
/// # Errors
/// When the view cannot be written as JSON, which is a fault of the program.
pub fn job(
    journal: &Journal,
    roster: &Roster,
    class: Id<Class>,
    as_of: Date,
    path: &str,
) -> serde_json::Result<PdfJob> {
    let results =
        Results::new(journal, as_of, |pupil| roster.stays_of(pupil).iter().any(|(_, stay)| *stay == class));
    let view = view(journal, roster, &results, class, as_of);
    Ok(PdfJob {
        path: path.to_owned(),
        template: TEMPLATE,
        templates: Arc::default(),
        data: serde_json::to_vec(&view)?,
        drawings: Vec::new(),
        standard: Standard::Tagged,
        ident: format!("letopis summary sheet {} {}", journal.year.title, journal.classes[class].key),
    })
}

fn view(journal: &Journal, roster: &Roster, results: &Results<'_>, class: Id<Class>, as_of: Date) -> View {
    let record = &journal.classes[class];
    let year = format::years(&journal.year.title);
    let subjects = subjects(journal, roster, results, class);
    let has_pupils = !pupils_of(journal, class).is_empty();
    let parts = (subjects.len() as f64 * NARROWEST / SUBJECTS).ceil().max(1.0) as usize;
    let size = subjects.len().div_ceil(parts).max(1);
    let lines = lines(journal, results, class);
    let mut tables = Vec::new();
    // Pupils without subjects with marks are listed all the same.
    let chunks: Vec<&[Id<Subject>]> =
        if subjects.is_empty() && has_pupils { vec![&[]] } else { subjects.chunks(size).collect() };
    for (index, part) in chunks.into_iter().enumerate() {
        let first = if index == 0 { PAGE - HEADING } else { PAGE };
        let mut part_tables = part_tables(journal, results, class, &lines, part, first);
        let name = if parts > 1 {
            format!("предметы, часть {} из {parts}", index + 1)
        } else {
            String::new()
        };
        part_tables.iter_mut().for_each(|table| table.part.clone_from(&name));
        tables.append(&mut part_tables);
    }
    let mut signs_apart = !leaves_room(&tables);
    // Signatures must be below marks, not alone on a page, so the last pupil goes with them.
    if signs_apart && let Some(last) = tables.last_mut().and_then(TableView::split_last) {
        tables.push(last);
        signs_apart = !leaves_room(&tables);
    }
    let pages = (tables.len() + usize::from(signs_apart)).max(1);
    View {
        title: format!("Сводная ведомость учёта успеваемости, {} класс, {year} учебный год", record.key),
        date: [as_of.year(), as_of.month().into(), as_of.day().into()],
        school: journal.school.full_name().to_owned(),
        class: record.key.to_string(),
        year,
        file: file_note(&journal.archive),
        class_teacher: record
            .teacher
            .map(|id| format::signature(&journal.staff[id].name))
            .unwrap_or_default(),
        officials: officials(journal, record.grade),
        note: note(has_pupils, &subjects),
        legend: LEGEND.to_owned(),
        tables,
        numbers: (1..=pages).map(|page| format!("страница {page} из {pages}")).collect(),
        signs_apart,
    }
}

/// Explains what an empty sheet lacks; a sheet without pupils has no table.
fn note(has_pupils: bool, subjects: &[Id<Subject>]) -> String {
    let said = match (has_pupils, subjects.is_empty()) {
        (false, _) => "В классе нет учеников: в выгрузке никто в него не зачислен.",
        (true, true) => "Предметов с отметками у класса в выгрузке нет.",
        (true, false) => "",
    };
    said.to_owned()
}

const LEGEND: &str = "осв — освобождение; н/а — нет аттестации; безотм — обучение без отметок; отср. — срок \
    выставления отметки отложен; зач, незач — зачёт, незачёт.";

/// Returns whether the last page has room for the signatures.
fn leaves_room(tables: &[TableView]) -> bool {
    let heading = if tables.len() == 1 { HEADING } else { 0.0 };
    tables.last().is_none_or(|table| table.height() + heading + SIGNATURES <= PAGE)
}

fn file_note(archive: &ArchiveIds) -> String {
    let named = [("фонд №", &archive.fond), ("индекс дела", &archive.sheet_index)];
    let known = named.into_iter().filter(|(_, value)| !value.is_empty());
    let parts: Vec<String> = known.map(|(name, value)| format!("{name} {value}, ")).collect();
    format!("{}хранить {}", parts.concat(), Series::SummarySheets.kept_words())
}

/// Returns the deputies responsible for the grade, then the director.
fn officials(journal: &Journal, grade: u8) -> Vec<Signer> {
    let deputies = journal.officials.deputies.iter();
    let answers = |grades: &str| GradeSet::parse(grades).is_none_or(|set| set.contains(grade));
    let answerable = deputies.filter(|deputy| answers(&deputy.grades)).map(|deputy| &deputy.official);
    let all = answerable.chain([&journal.officials.director]);
    all.map(|one| Signer { post: one.post.clone(), name: format::signature(&one.name) }).collect()
}

/// Returns the pages of some subjects. The first has `first` millimetres of room.
fn part_tables(
    journal: &Journal,
    results: &Results<'_>,
    class: Id<Class>,
    lines: &[Line],
    subjects: &[Id<Subject>],
    first: f64,
) -> Vec<TableView> {
    let empty = empty_table(journal, subjects);
    let mut tables = vec![empty.clone()];
    let head = tables[0].height();
    let mut room = first - head;
    for (index, pupil) in pupils_of(journal, class).into_iter().enumerate() {
        let width = empty.columns.last().copied().unwrap_or(DECISION);
        let block = pupil_view(journal, results, class, (index, pupil), (lines, subjects, width));
        let height = block.height * block.rows.len() as f64;
        let is_fresh = tables.last().is_none_or(|table| table.pupils.is_empty());
        if height > room && !is_fresh {
            tables.push(empty.clone());
            room = PAGE - head;
        }
        room -= height;
        if let Some(table) = tables.last_mut() {
            table.push(block);
        }
    }
    tables
}

/// Returns an empty table of one page for some subjects.
fn empty_table(journal: &Journal, subjects: &[Id<Subject>]) -> TableView {
    let width = (SUBJECTS / subjects.len().max(1) as f64).min(WIDEST);
    // A table of few subjects leaves its free room to the decision's column.
    let decision = BODY - NUMBER - NAME - TERM - width * subjects.len() as f64;
    let mut columns = vec![NUMBER, NAME, TERM];
    columns.extend(subjects.iter().map(|_| width));
    columns.push(decision);
    let most = ((width - 0.8) / 2.9).floor().max(1.0) as usize;
    let titles: Vec<Vec<String>> =
        subjects.iter().map(|subject| title_lines(&clean(&journal.subjects[*subject].title), most)).collect();
    let longest = titles.iter().flatten().map(|line| TEXT.width(line)).fold(14.0, f64::max);
    let titles: Vec<String> = titles.into_iter().map(|lines| lines.join("\n")).collect();
    TableView {
        part: String::new(),
        columns,
        long_size: if width >= 8.8 { 7.0 } else { 6.0 },
        heights: vec![longest + 3.0],
        rules: vec![0, 1],
        subjects: titles,
        pupils: Vec::new(),
    }
}

/// Breaks a title into at most this many lines.
fn title_lines(title: &str, most: usize) -> Vec<String> {
    let longer = (0..10).map(|step| TEXT.wrap(title, TITLE * 1.2_f64.powi(step)));
    longer.into_iter().find(|lines| lines.len() <= most).unwrap_or_else(|| vec![title.to_owned()])
}

fn pupil_view(
    journal: &Journal,
    results: &Results<'_>,
    class: Id<Class>,
    (index, id): (usize, Id<Pupil>),
    (lines, subjects, width): (&[Line], &[Id<Subject>], f64),
) -> PupilView {
    let row = |line: &Line| RowView {
        term: line.title.clone(),
        is_bold: line.kind != TermMarkKind::Term,
        marks: subjects.iter().map(|subject| results.printed(id, *subject, line.term, line.kind)).collect(),
    };
    let rows: Vec<RowView> = lines.iter().map(row).collect();
    let name = TEXT.wrap(&clean(&journal.pupils[id].full_name()), NAME - 2.4);
    let decision: Vec<String> =
        decisions(journal, class, id).iter().flat_map(|sentence| TEXT.wrap(sentence, width - 2.4)).collect();
    let text = name.len().max(decision.len()) as f64 * LEADING + 1.6;
    let height = (text / rows.len().max(1) as f64).max(ROW);
    PupilView {
        number: (index + 1).to_string(),
        name: name.join("\n"),
        decision: decision.join("\n"),
        rows,
        height,
    }
}

/// Returns the decision of the pedagogical council on a pupil, and how the pupil joined and left.
fn decisions(journal: &Journal, class: Id<Class>, pupil: Id<Pupil>) -> Vec<String> {
    let mut sentences = movements(journal, class, pupil);
    let person = &journal.pupils[pupil];
    let own = journal.decisions.iter().filter(|one| one.pupil == pupil);
    let decided: Vec<String> = own.map(|one| decision(person, one)).collect();
    if decided.is_empty() {
        let stays = journal.enrolment.iter().filter(|stay| stay.pupil == pupil && stay.class == class);
        sentences.extend(stays.filter_map(|stay| outcome(person, stay, journal.classes[class].grade)));
    }
    sentences.extend(decided);
    sentences
}

fn decision(pupil: &Pupil, one: &Decision) -> String {
    let promoted = agreed(pupil, "переведён", "переведена");
    let to = one.to_grade.map(|grade| format!(" в {grade} класс")).unwrap_or_default();
    let mut text = match one.kind {
        DecisionKind::Promoted => format!("{promoted}{to}"),
        DecisionKind::Conditional => format!("{promoted} условно{to}"),
        DecisionKind::Retained => agreed(pupil, "оставлен", "оставлена") + " на повторное обучение",
        DecisionKind::Graduated => agreed(pupil, "выпущен", "выпущена"),
    };
    let date = one.date.map(|date| format!(" от {}", format::date(date))).unwrap_or_default();
    if !one.protocol.is_empty() {
        text.push_str(&format!(", протокол{date} №\u{a0}{}", clean(&one.protocol)));
    } else if !date.is_empty() {
        text.push_str(&format!(", решение{date}"));
    }
    text
}

/// Returns how the year ended for a pupil according to the enrolment, if there is no decision.
fn outcome(pupil: &Pupil, stay: &Enrolment, grade: u8) -> Option<String> {
    let mut text = match stay.left? {
        LeaveKind::Promoted => {
            format!("{} в {} класс", agreed(pupil, "переведён", "переведена"), u16::from(grade) + 1)
        }
        LeaveKind::Graduated => agreed(pupil, "выпущен", "выпущена"),
        LeaveKind::Transferred | LeaveKind::Left => return None,
    };
    if !stay.left_order.is_empty() {
        text.push_str(&format!(", пр. №\u{a0}{}", clean(&stay.left_order)));
    }
    Some(text)
}

impl TableView {
    fn push(&mut self, pupil: PupilView) {
        self.heights.extend(pupil.rows.iter().map(|_| pupil.height));
        self.rules.push(self.heights.len());
        self.pupils.push(pupil);
    }

    /// Moves the last of several pupils into a table of its own.
    fn split_last(&mut self) -> Option<Self> {
        if self.pupils.len() < 2 {
            return None;
        }
        let pupil = self.pupils.pop()?;
        let heights = self.heights[..1].to_vec();
        let mut table = Self { heights, rules: vec![0, 1], pupils: Vec::new(), ..self.clone() };
        self.heights.truncate(self.heights.len() - pupil.rows.len());
        self.rules.pop();
        table.push(pupil);
        Some(table)
    }

    fn height(&self) -> f64 {
        self.heights.iter().sum()
    }
}
