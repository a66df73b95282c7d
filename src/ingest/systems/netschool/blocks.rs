//! The blocks of a sheet, one per pupil: labels, the table's header and rows, the legend beside them.
//!
//! The end of a table is not marked, so the content of a row decides. A subject has sums, days or a number
//! beside it. Letters of a legend have words. Nothing else below a gap is taken for a subject.

use std::collections::BTreeSet;

use jiff::civil::DateTime;

use super::cell::is_signs;
use super::header::{Columns, Role, Sum};
use super::legend::{self, Explained};
use super::lines::{self, Label, Line, Report, fold};
use crate::ingest::parse;
use crate::ingest::raw::RawSheet;
use crate::model::Text;

/// The largest number of lines in a table's header.
const MOST_HEADER_LINES: usize = 6;
/// Titles of the column of subjects.
const SUBJECT: [&str; 4] = ["предмет", "предметы", "учебный предмет", "наименование предмета"];
/// How lines below a table that are not subjects begin.
const FOOT: [&str; 15] = [
    "подпись",
    "состояние на",
    "©",
    "директор",
    "классный руководитель",
    "условные обозначения",
    "обозначения",
    "примечание",
    "примечания",
    "легенда",
    "отчет сформирован",
    "сформирован",
    "распечатан",
    "итого",
    "всего",
];

/// One pupil's part of the sheet.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) report: Report,
    pub(super) labels: Labels,
    /// The column of the subject in every line.
    pub(super) subject: usize,
    pub(super) header: Vec<Line>,
    pub(super) columns: Columns,
    pub(super) rows: Vec<Line>,
    /// Rows with content but no subject, or lines below the table that are not understood.
    pub(super) strays: Vec<Line>,
    pub(super) legend: Vec<Explained>,
}

/// The lines above a block's table.
#[derive(Clone, Debug, Default)]
pub(super) struct Labels {
    pub(super) year: Text,
    pub(super) class: Text,
    pub(super) term: Text,
    pub(super) period: Text,
    pub(super) pupil: Text,
}

/// What a sheet holds.
#[derive(Debug, Default)]
pub(super) struct Pages {
    pub(super) blocks: Vec<Block>,
    /// Letters that are explained outside every block.
    pub(super) legend: Vec<Explained>,
    /// When the report was made.
    pub(super) moment: Option<DateTime>,
    /// Names of pupils without a table below them.
    pub(super) bare: Vec<(u32, Text)>,
}

impl Labels {
    fn set(&mut self, label: Label, value: Text) {
        let place = match label {
            Label::Year => &mut self.year,
            Label::Class => &mut self.class,
            Label::Term => &mut self.term,
            Label::Period => &mut self.period,
            Label::Pupil => &mut self.pupil,
        };
        *place = value;
    }
}

impl Block {
    /// Returns the row on which the block's table begins.
    pub(super) fn row(&self) -> u32 {
        self.header.first().map_or(1, |line| line.row)
    }
}

impl Pages {
    /// Takes lines below a gap for subjects after all, if other pupils have subjects of these names.
    fn take_back(&mut self) {
        let rows =
            self.blocks.iter().flat_map(|block| block.rows.iter().map(|line| fold(line.cell(block.subject))));
        let known: BTreeSet<String> = rows.collect();
        for block in &mut self.blocks {
            let subject = block.subject;
            let strays = std::mem::take(&mut block.strays);
            let (back, strays): (Vec<_>, _) =
                strays.into_iter().partition(|line| known.contains(&fold(line.cell(subject))));
            block.strays = strays;
            block.rows.extend(back);
            block.rows.sort_by_key(|line| line.row);
        }
    }

    /// Walks every letter that the sheet explains.
    pub(super) fn explained(&self) -> impl Iterator<Item = &Explained> {
        self.blocks.iter().flat_map(|block| &block.legend).chain(&self.legend)
    }
}

/// Takes a sheet apart.
pub(super) fn read(sheet: &RawSheet) -> Pages {
    let mut reader = Reader::default();
    lines::lines(sheet).into_iter().for_each(|line| reader.take(line));
    reader.end_table();
    reader.end_pupil();
    let mut pages = reader.pages;
    pages.take_back();
    pages
}

/// The sheet while its lines are walked. A label applies to the later blocks too, except the pupil's.
#[derive(Default)]
struct Reader {
    report: Option<Report>,
    labels: Labels,
    /// The row of the pupil's name, until the table comes.
    named: Option<u32>,
    table: Option<Open>,
    /// The line above, if it was not used for anything.
    above: Option<Line>,
    /// The line above is the border of a page's table.
    is_bordered: bool,
    /// Letters explained since the last table ended.
    legend: Vec<Explained>,
    pages: Pages,
}

/// A table with more rows to come.
struct Open {
    block: Block,
    /// An empty line has come after the last row.
    has_gap: bool,
    /// The table is one of a page: it ends where the page marks its end.
    is_bordered: bool,
}

/// The kind of a table's line.
enum Row {
    Header,
    Subject,
    Legend(Vec<Explained>),
    Foot,
    Stray,
}

impl Reader {
    fn take(&mut self, line: Line) {
        self.pages.moment = self.pages.moment.max(line.moment());
        if line.is_border() {
            self.end_table();
            (self.is_bordered, self.above) = (true, None);
            return;
        }
        let title = line.title();
        let found = lines::labels(&line);
        if title.is_some() || !found.is_empty() {
            self.end_table();
            self.report = title.or(self.report);
            found.into_iter().for_each(|(label, value)| self.label(label, value, line.row));
            (self.is_bordered, self.above) = (false, None);
            return;
        }
        let subject = line.cells.iter().position(|cell| SUBJECT.contains(&fold(cell).as_str()));
        match subject {
            Some(subject) => self.begin(subject, line),
            None if self.table.is_some() => self.take_row(line),
            None => self.take_loose(line),
        }
    }

    fn label(&mut self, label: Label, value: Text, row: u32) {
        if label == Label::Pupil {
            self.end_pupil();
            self.named = Some(row);
        }
        self.labels.set(label, value);
    }

    /// Ends a pupil without a table.
    fn end_pupil(&mut self) {
        if let Some(row) = self.named.take() {
            self.pages.bare.push((row, std::mem::take(&mut self.labels.pupil)));
        }
    }

    fn begin(&mut self, subject: usize, line: Line) {
        self.end_table();
        self.named = None;
        // Months or terms may be one line above «Предмет».
        let above = self.above.take().filter(|above| above.row + 1 == line.row && is_head(above, subject));
        let block = Block {
            report: self.report.unwrap_or(Report::Progress),
            labels: self.labels.clone(),
            subject,
            header: above.into_iter().chain([line]).collect(),
            columns: Columns::default(),
            rows: Vec::new(),
            strays: Vec::new(),
            legend: std::mem::take(&mut self.legend),
        };
        self.table = Some(Open { block, has_gap: false, is_bordered: self.is_bordered });
        self.is_bordered = false;
    }

    fn take_loose(&mut self, line: Line) {
        if line.is_blank() {
            return;
        }
        self.is_bordered = false;
        let explained = legend::explained(&line);
        let is_legend = explained.iter().any(|entry| legend::is_known(&entry.words));
        if is_legend || (!explained.is_empty() && self.is_in_legend(line.row)) {
            // Below a table it belongs to that table; above the next one, to the next.
            match self.pages.blocks.last_mut().filter(|_| self.named.is_none()) {
                Some(block) => block.legend.extend(explained),
                None => self.legend.extend(explained),
            }
        }
        self.above = Some(line);
    }

    /// Returns whether the line above belongs to a legend.
    fn is_in_legend(&self, row: u32) -> bool {
        let last = self.pages.blocks.last().and_then(|block| block.legend.last()).or(self.legend.last());
        last.is_some_and(|last| last.row + 3 >= row)
    }

    fn take_row(&mut self, line: Line) {
        let Some(open) = &mut self.table else { return };
        if line.is_blank() {
            open.has_gap |= !open.block.rows.is_empty();
            return;
        }
        if open.block.rows.is_empty() {
            open.block.columns = Columns::of(open.block.report, &open.block.header, open.block.subject);
        }
        match open.row(&line) {
            Row::Header => open.block.header.push(line),
            Row::Subject => {
                open.block.rows.push(line);
                open.has_gap = false;
            }
            Row::Legend(explained) => {
                open.block.legend.extend(explained);
                open.has_gap = true;
            }
            Row::Foot => open.has_gap = true,
            Row::Stray => {
                open.block.strays.push(line);
                open.has_gap = true;
            }
        }
    }

    fn end_table(&mut self) {
        if let Some(Open { mut block, .. }) = self.table.take() {
            block.columns = Columns::of(block.report, &block.header, block.subject);
            self.labels.pupil = Text::new();
            self.pages.blocks.push(block);
        }
        self.pages
            .legend
            .extend(self.named.is_none().then(|| std::mem::take(&mut self.legend)).into_iter().flatten());
    }
}

/// Tells whether a line is the upper part of a header.
fn is_head(line: &Line, subject: usize) -> bool {
    let mut titles = line.filled().map(|(_, cell)| fold(cell));
    line.cell(subject).is_empty()
        && titles.all(|title| {
            super::dates::month(&title).is_some()
                || super::calendar::slot(&title).is_some()
                || title.contains("учебные периоды")
        })
}

impl Open {
    /// Returns the kind of a line that is not blank.
    fn row(&self, line: &Line) -> Row {
        let block = &self.block;
        let subject = line.cell(block.subject);
        let is_empty = block.rows.is_empty();
        let has_data = self.has_data(line);
        let explained = if self.has_sums(line) { Vec::new() } else { legend::explained(line) };
        let is_known = |entry: &Explained| legend::is_known(&entry.words);
        if explained.iter().any(is_known) && !self.is_result(line) {
            return Row::Legend(explained);
        }
        if subject.is_empty() {
            let is_head = is_empty && block.header.len() < MOST_HEADER_LINES;
            return if is_head { Row::Header } else { self.without_subject(line) };
        }
        if is_foot(&fold(subject)) {
            return Row::Foot;
        }
        let is_in_legend = block.legend.last().is_some_and(|last| last.row + 1 >= line.row);
        let is_pair = line.filled().count() > 1;
        if !explained.is_empty() && (is_in_legend || is_pair && !is_empty && !has_data) {
            return Row::Legend(explained);
        }
        // A line with only the subject is a subject until something separates it from the others.
        let is_alone = line.filled().all(|(column, _)| column == block.subject);
        let is_row = has_data || (is_alone && (self.is_bordered || !self.has_gap) && !is_sentence(subject));
        if is_row { Row::Subject } else { Row::Stray }
    }

    /// A row with marks but without a subject is reported; words alone below a table are ignored.
    fn without_subject(&self, line: &Line) -> Row {
        let is_number_alone =
            line.filled().all(|(column, _)| self.block.columns.role(column) == Some(&Role::Aside));
        if self.has_data(line) && !is_number_alone { Row::Stray } else { Row::Foot }
    }

    /// Tells whether the line has a printed mean.
    fn has_sums(&self, line: &Line) -> bool {
        line.filled().any(|(column, cell)| {
            let role = self.block.columns.role(column);
            matches!(role, Some(Role::Sum(Sum::Mean | Sum::Weighted, _))) && parse::decimal(cell).is_some()
        })
    }

    /// Returns whether all words beside the subject are in columns of results: «осв» there is not a legend.
    fn is_result(&self, line: &Line) -> bool {
        let is_result = |(column, _): (usize, &str)| {
            matches!(self.block.columns.role(column), Some(Role::Sum(Sum::Result, _) | Role::Year(_)))
        };
        let mut beside = line.filled().filter(|(column, _)| *column != self.block.subject).peekable();
        beside.peek().is_some() && beside.all(is_result)
    }

    /// Returns whether the line has any content that a row of the table has beside its subject.
    fn has_data(&self, line: &Line) -> bool {
        let columns = &self.block.columns;
        columns.roles.iter().any(|(column, role)| {
            let cell = line.cell(*column);
            match role {
                Role::Aside => cell.trim_end_matches('.').parse::<u16>().is_ok(),
                Role::Day(..) => {
                    line.is_there(*column)
                        && (cell.is_empty() || is_signs(cell) || line.date(*column).is_some())
                }
                Role::Sum(Sum::Result, _) | Role::Year(_) => !cell.is_empty(),
                Role::Sum(..) => parse::decimal(cell).is_some(),
                Role::Unknown(_) => false,
            }
        })
    }
}

/// Returns whether a folded line begins with whole words of a foot: «Итоговый проект» is a subject.
fn is_foot(text: &str) -> bool {
    let rest = FOOT.iter().find_map(|start| text.strip_prefix(start));
    rest.is_some_and(|rest| rest.chars().next().is_none_or(|next| !next.is_alphabetic()))
}

/// «Подпись родителей:», «Нет данных для отчёта.»: no subject ends like this.
fn is_sentence(text: &str) -> bool {
    text.ends_with([':', '.', '!', ';']) && text.contains(' ')
}
