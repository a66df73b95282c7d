//! A report that is a paper and a workbook: one description of its tables gives both.

use crate::model::{Id, Journal, Term};
use crate::render::charts::Chart;
use crate::render::drawing::sans;
use crate::render::format;
use crate::render::paper::{Frame, Look, Paper, SIDEWAYS_WIDTH};
use crate::render::pdf::{PdfJob, Template};
use crate::render::workbook::{Book, Cell, Column, Row, Sheet};
use crate::reports::common::listing::{Field, Line, Listing, Value};
use crate::reports::common::{Coverage, signatures, terms};
use crate::reports::context::ReportContext;

/// The template of these papers: A4 on its side.
pub const TEMPLATE: Template =
    Template { name: "wide.typ", source: include_str!("../../../templates/wide.typ") };

/// The highest chart of a page on its side, in millimetres.
const CHART_HEIGHT: f64 = 140.0;

/// Size of the sentences above the tables, in points (`blocks.typ`).
const TEXT_SIZE: f64 = 9.0;
/// Heights on the first page: its title, a line of a sentence, the gap after one, in millimetres.
const TITLE_HEIGHT: f64 = 12.0;
const LINE_HEIGHT: f64 = 4.6;
const SENTENCE_GAP: f64 = 2.8;

/// Both forms of a report, from what describes it and what it is about: `both_forms!(report, term)`.
macro_rules! both_forms {
    ($describe:path $(, $about:ident)+) => {
        &[
            $crate::reports::report::Form::Pages {
                template: $crate::reports::common::two_forms::TEMPLATE,
                make: |context, about, path| Ok($describe(context $(, about.$about()?)+).job(context, path)?),
            },
            $crate::reports::report::Form::Workbook(|context, about| {
                Ok($describe(context $(, about.$about()?)+).book(context))
            }),
        ]
    };
}
pub(in crate::reports) use both_forms;

/// How a figure is formed, and who is left out.
pub type Definition = [&'static str; 3];

/// A report in both forms.
pub struct TwoForms {
    /// Its title, without names of people.
    pub title: String,
    /// Distinguishes it from all others.
    pub ident: String,
    /// What matters most, in sentences.
    pub lead: Vec<String>,
    /// What the inputs have.
    pub coverage: String,
    /// Its tables, in the order of the pages.
    pub listings: Vec<Listing>,
    /// Its charts, after the tables.
    pub charts: Vec<Chart>,
    /// Its parts: a page each.
    pub parts: Vec<Part>,
    /// The tables that every part has its rows of.
    pub of_parts: Vec<Listing>,
    /// What a journal does not know, to be written by hand: titles over ruled lines.
    pub by_hand: &'static [&'static str],
    /// How its figures are formed.
    pub definitions: &'static [Definition],
}

/// A part of a report: a teacher, a subject.
pub struct Part {
    /// Its title.
    pub title: String,
    /// Its chart.
    pub chart: Option<Chart>,
    /// A line to sign under it.
    pub signature: String,
}

impl TwoForms {
    /// Lays the paper out.
    ///
    /// # Errors
    /// When the view cannot be written as JSON: a fault of the program.
    pub fn job(&self, context: &ReportContext<'_>, path: &str) -> serde_json::Result<PdfJob> {
        let mut paper = Paper::default();
        paper.heading(1, &self.title);
        paper.paragraph(Look::Text, context.journal.school.full_name());
        self.lead.iter().for_each(|said| paper.paragraph(Look::Text, said));
        paper.paragraph(Look::Note, &self.coverage);
        let above = std::iter::once(Some(self.above(context))).chain(std::iter::repeat(None));
        self.listings.iter().zip(above).for_each(|(listing, above)| listing.lay(&mut paper, above));
        self.charts.iter().for_each(|chart| paper.low_chart(chart, CHART_HEIGHT));
        (0..self.parts.len()).for_each(|part| self.lay_part(&mut paper, part));
        if self.parts.is_empty() {
            self.by_hand.iter().for_each(|title| paper.together(|paper| ruled(paper, title)));
        } else {
            paper.turn();
        }
        paper.together(|paper| signatures::note(&context.journal.officials, paper));
        self.explained().lay(&mut paper, None);
        let head = format!("{}. {}", self.title, context.journal.school.short_name());
        let foot = format!("По состоянию на {}", format::date(context.as_of));
        let frame =
            Frame { title: &self.title, head: &head, foot: &foot, date: context.as_of, ident: &self.ident };
        paper.into_job(TEMPLATE, frame, path)
    }

    /// Returns how high the title and the sentences of the first page are, rather too much than too little, in millimetres.
    fn above(&self, context: &ReportContext<'_>) -> f64 {
        let said = self.lead.iter().chain([&self.coverage]).map(String::as_str);
        let lines = |text: &str| sans(TEXT_SIZE).wrap(text, SIDEWAYS_WIDTH).len() as f64;
        let sentences = said.chain([context.journal.school.full_name()]);
        TITLE_HEIGHT + sentences.map(|text| lines(text) * LINE_HEIGHT + SENTENCE_GAP).sum::<f64>()
    }

    fn lay_part(&self, paper: &mut Paper, at: usize) {
        let part = &self.parts[at];
        paper.turn();
        paper.heading(1, &part.title);
        self.of_parts.iter().for_each(|listing| listing.lay_part(paper, at));
        if let Some(chart) = &part.chart {
            paper.low_chart(chart, CHART_HEIGHT);
        }
        // A signature stands on the page of what is signed.
        paper.together(|paper| {
            self.by_hand.iter().for_each(|title| ruled(paper, title));
            paper.gap(2.0);
            paper.paragraph(Look::Text, &part.signature);
        });
    }

    /// Makes the workbook: what matters most first, definitions last.
    pub fn book(&self, context: &ReportContext<'_>) -> Book {
        let journal = context.journal;
        let notes =
            [format!("{}. По состоянию на {}.", journal.school.short_name(), format::date(context.as_of))];
        let mut sheets = vec![self.main_sheet(&notes)];
        sheets.extend(self.listings.iter().chain(&self.of_parts).map(|listing| listing.sheet(&notes)));
        let charts: Vec<Chart> = self
            .charts
            .iter()
            .chain(self.parts.iter().filter_map(|part| part.chart.as_ref()))
            .cloned()
            .collect();
        if !charts.is_empty() {
            sheets.push(Sheet::of_charts("Графики", self.title.clone(), notes.to_vec(), charts));
        }
        sheets.push(self.explained().sheet(&notes));
        Book { title: self.title.clone(), created_on: context.as_of, sheets }
    }

    fn main_sheet(&self, notes: &[String]) -> Sheet {
        let said = self.lead.iter().chain([&self.coverage]);
        Sheet {
            name: "Главное",
            title: self.title.clone(),
            notes: notes.to_vec(),
            columns: vec![Column::new("Что показал период", 150.0)],
            frozen_columns: 0,
            printed_columns: None,
            rows: said.map(|said| Row { cells: vec![Cell::text(said)], is_total: false }).collect(),
            chart: None,
        }
    }

    fn explained(&self) -> Listing {
        Listing {
            tab: "Как считали",
            title: "Как считали и кто не учтён".to_owned(),
            fields: vec![
                Field::words("Показатель, столбец", 55.0),
                Field::words("Как считали", 122.0),
                Field::words("Кто и что не учтены", 90.0),
            ],
            lines: self.definitions.iter().map(|cells| Line::new(cells.map(Value::words).to_vec())).collect(),
            whom: "Доли округлены до десятых, средние до сотых, половина вверх; в книге стоят полные значения. «—» на странице и \
                   пустая ячейка в книге: показатель образовать не из чего."
                .to_owned(),
            empty: String::new(),
            lack: None,
        }
    }
}

/// Puts a title over ruled lines.
fn ruled(paper: &mut Paper, title: &str) {
    paper.paragraph(Look::Strong, title);
    (0..2).for_each(|_| paper.paragraph(Look::Text, &"_".repeat(148)));
}

/// Returns the title of a report on a term: «Отчёт о … за 1 четверть 2024–2025 учебного года».
pub fn title_for(journal: &Journal, title: &str, term: Id<Term>) -> String {
    let (year, own) = (format::years(&journal.year.title), terms::title(journal, term));
    if own.contains(&year) {
        format!("{title} за {own}")
    } else {
        format!("{title} за {own} {year} учебного года")
    }
}

/// Returns the identifier of a report on a term.
pub fn ident_of(journal: &Journal, kind: &str, term: Id<Term>) -> String {
    format!("letopis {kind} {} {}", journal.year.title, journal.terms[term].key)
}

/// Returns what the inputs have, for the first page.
pub fn coverage_said(coverage: &Coverage) -> String {
    format!("Составлено по записям электронного журнала. {}", coverage.said())
}
