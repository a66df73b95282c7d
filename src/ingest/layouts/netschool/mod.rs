//! Reports of «Сетевой город. Образование» (NetSchool, in Samara oblast АСУ РСО), as workbooks and as HTML pages.
//!
//! In: «Отчёт об успеваемости и посещаемости ученика» (dated cells) and «Табель успеваемости учащегося» (marks for
//! terms), each a stack of pupil blocks whose columns differ. Out: the records of the exchange format, with what the
//! reports do not have left empty and said. A pupil is the same in all of them by class and full name.

mod cell;
mod compose;
mod conflicts;
mod dates;
mod entries;
mod lines;
mod means;
mod people;
mod results;
mod roster;
mod subjects;
mod tables;
mod terms;

use std::collections::BTreeSet;

use self::lines::{Block, Report};
use self::tables::{CardRow, ProgressRow};
use super::Layout;
use super::exchange::TableRows;
use super::exchange::builder::Builder;
use crate::findings::ProblemSeverity;
use crate::ingest::problems::{Spot, Words, words};
use crate::ingest::raw::RawSheet;
use crate::ingest::trust::NETSCHOOL;
use crate::model::{Class, Id, Mark, Pupil, Span, Table, Text};
use crate::source::SourceRef;

/// The layout.
pub(super) const LAYOUT: Layout = Layout {
    id: NETSCHOOL,
    title: "Сетевой город (АСУ РСО)",
    recognises: |sheet| lines::report(sheet).is_some(),
    read,
};

fn read(sheets: &[(u32, &RawSheet)], builder: &mut Builder) -> Vec<TableRows> {
    let before = counts(builder);
    let roster = roster::ClassRoster::of(&builder.journal);
    let mut import =
        Import { builder, roster, made: people::Made::new(), left_out: 0, gone: BTreeSet::new() };
    let mut blocks = Vec::new();
    for (origin, sheet) in sheets {
        import.read_sheet(*origin, sheet, &mut blocks);
    }
    if !blocks.is_empty() {
        import.compose(&blocks);
    }
    let left_out = import.left_out;
    let after = counts(builder);
    let grown = before.into_iter().zip(after).map(|((table, before), (_, after))| {
        let left_out = if table == Table::Pupils { left_out } else { 0 };
        // A record of the tables that a more trusted report does not have is gone again.
        TableRows { table, kept: after.saturating_sub(before), left_out }
    });
    grown.filter(|counts| counts.kept > 0 || counts.left_out > 0).collect()
}

fn counts(builder: &Builder) -> [(Table, usize); 13] {
    let journal = &builder.journal;
    [
        (Table::Staff, journal.staff.len()),
        (Table::Terms, journal.terms.len()),
        (Table::Subjects, journal.subjects.len()),
        (Table::Classes, journal.classes.len()),
        (Table::Pupils, journal.pupils.len()),
        (Table::Enrolment, journal.enrolment.len()),
        (Table::Groups, journal.groups.len()),
        (Table::GroupMembers, journal.group_members.len()),
        (Table::Courses, journal.courses.len()),
        (Table::Lessons, journal.lessons.len()),
        (Table::Marks, journal.marks.len()),
        (Table::Attendance, journal.absences.len()),
        (Table::TermMarks, journal.term_marks.len()),
    ]
}

/// What stands in a block's table.
enum Body {
    Progress { period: Option<Span>, rows: Vec<ProgressRow> },
    Card { terms: Vec<Text>, rows: Vec<CardRow> },
}

/// A block whose pupil and class are known.
struct PupilBlock {
    origin: u32,
    class: Id<Class>,
    pupil: Id<Pupil>,
    body: Body,
}

/// The journal while reports are read into it.
struct Import<'a> {
    builder: &'a mut Builder,
    /// Who is enrolled by the bundle's own tables.
    roster: roster::ClassRoster,
    /// Pupils that only the reports have.
    made: people::Made,
    /// Blocks whose pupil could not be told.
    left_out: usize,
    /// Marks of the tables that a more trusted report does not have.
    gone: BTreeSet<Id<Mark>>,
}

/// A file of the reports as aliases and trust name sources.
struct ReportFile(String);

impl ReportFile {
    fn as_pair(&self) -> (&str, &str) {
        (NETSCHOOL, &self.0)
    }
}

impl Import<'_> {
    /// Returns the source of a place.
    fn source(&self, place: SourceRef) -> ReportFile {
        ReportFile(self.builder.journal.origin(place).map_or_else(String::new, |origin| origin.file.clone()))
    }

    /// Adds a problem at a row of a sheet.
    fn note(
        &mut self,
        code: &'static str,
        severity: ProblemSeverity,
        place: SourceRef,
        (column, value): (&str, &str),
        (message, hint): (Words, Words),
    ) {
        let Some(origin) = self.builder.journal.origin(place).cloned() else { return };
        let spot = Spot { row: Some(place.row), column: column.to_owned(), value: value.to_owned() };
        self.builder.problems.add(code, severity, (&origin, spot), message, hint);
    }

    fn read_sheet(&mut self, origin: u32, sheet: &RawSheet, found: &mut Vec<PupilBlock>) {
        let report = lines::report(sheet);
        let blocks = lines::blocks(sheet);
        if blocks.is_empty() {
            let message = words(
                "отчёт узнан по заголовку, но в нём нет ни одной таблицы ученика",
                "the report was recognised by its title, but it has no pupil's table",
            );
            let hint = words("выгрузите отчёт снова", "export the report again");
            self.note("J611", ProblemSeverity::Error, at(origin, 1), ("", ""), (message, hint));
        }
        if report == Some(Report::Progress) {
            self.check_legend(origin, sheet);
        }
        let mut namesakes = people::Namesakes::of(&blocks);
        for block in &blocks {
            let place = at(origin, block.row());
            let Some((class, pupil)) = self.identify(block, place, &mut namesakes) else { continue };
            let body = match report {
                Some(Report::Card) => card_body(block),
                _ => self.progress_body(block, origin),
            };
            found.push(PupilBlock { origin, class, pupil, body });
        }
    }

    /// Compares the sheet's own legend with what the letters are read as.
    fn check_legend(&mut self, origin: u32, sheet: &RawSheet) {
        for ((letter, meaning), row) in lines::legends(sheet) {
            let known = cell::LETTERS.iter().find(|(known, ..)| *known == letter);
            let Some((_, reason, own)) = known.filter(|(.., own)| !meaning.starts_with(own)) else {
                continue;
            };
            let code = reason.code();
            let message = words(
                format!("легенда отчёта: «{letter} = {meaning}», а прочитано как «{own}» ({code})"),
                format!("the legend says \"{letter} = {meaning}\", but it was read as \"{own}\" ({code})"),
            );
            let hint = words(
                "буквы пропусков в этой системе значат другое: сверьте пропуски с журналом",
                "the letters mean something else in this system: compare the absences with the journal",
            );
            let spot = ("", letter.to_string());
            self.note("J627", ProblemSeverity::Warning, at(origin, row), (spot.0, &spot.1), (message, hint));
        }
    }

    fn progress_body(&mut self, block: &Block, origin: u32) -> Body {
        let period = dates::period(&block.period);
        let (rows, bad) = tables::progress(block, self.years(block), period);
        for column in bad {
            let message = words(
                format!("столбец «{}» — не день месяца: он не прочитан", column.value),
                format!("column \"{}\" is no day of a month: it was not read", column.value),
            );
            let hint = words("выгрузите отчёт снова", "export the report again");
            let place = at(origin, column.row);
            self.note("J613", ProblemSeverity::Error, place, ("", &column.value), (message, hint));
        }
        Body::Progress { period, rows }
    }

    /// Returns the two calendar years of a block: as it says, else as school.toml does.
    fn years(&self, block: &Block) -> (i16, i16) {
        let year = &self.builder.journal.year;
        dates::school_year(&block.year).unwrap_or((year.start.year(), year.end.year()))
    }
}

fn card_body(block: &Block) -> Body {
    let (rows, terms) = tables::card(block);
    Body::Card { terms, rows }
}

fn at(origin: u32, row: u32) -> SourceRef {
    SourceRef { origin, row }
}
