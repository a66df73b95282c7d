//! Reports of «Сетевой город. Образование» (NetSchool, in Samara oblast АСУ РСО), as workbooks and as HTML pages.
//!
//! In: «Отчёт об успеваемости и посещаемости ученика» (dated cells) and «Табель успеваемости учащегося»
//! (marks for terms), each a series of pupil blocks whose columns differ. Out: the records of the exchange
//! format; facts that the reports do not have stay empty and are reported. Class and full name identify a
//! pupil in all of them.

mod blocks;
mod calendar;
mod cell;
mod class_roster;
mod compose;
mod conflicts;
mod coverage;
mod dates;
mod entries;
mod header;
mod legend;
mod letters;
mod lines;
mod means;
mod moves;
mod namesakes;
mod people;
mod results;
mod roster;
mod stays;
mod subjects;
mod tables;
mod terms;
mod years;

use std::collections::BTreeSet;

use jiff::civil::DateTime;

use self::blocks::{Block, Pages};
use self::legend::Legend;
use self::lines::Report;
use self::tables::{BadCell, SubjectRow};
use super::system::ReportSystem;
use crate::base::problems::ProblemSeverity;
use crate::base::said::{Said, said};
use crate::base::source::SourceRef;
use crate::ingest::builder::Builder;
use crate::ingest::problems::Spot;
use crate::ingest::raw::RawSheet;
use crate::ingest::reading::TableRows;
use crate::ingest::trust::NETSCHOOL;
use crate::model::{Class, Id, Mark, Pupil, Span, Table, Text};

/// The system.
pub(super) const SYSTEM: ReportSystem = ReportSystem {
    id: NETSCHOOL,
    title: Said::fixed("Сетевой город (АСУ РСО)", "NetSchool (ASU RSO)"),
    recognises: |sheet| lines::report(sheet).is_some(),
    read,
};

fn read(sheets: &[(u32, &RawSheet)], builder: &mut Builder) -> Vec<TableRows> {
    let before = counts(builder);
    let pages: Vec<(u32, Pages)> =
        sheets.iter().map(|(origin, sheet)| (*origin, blocks::read(sheet))).collect();
    let roster = class_roster::ClassRoster::of(&builder.journal, &pages);
    let moments = pages.iter().filter_map(|(origin, pages)| Some((*origin, pages.moment?)));
    builder.journal.made_at.extend(moments);
    let all = Legend::of(pages.iter().flat_map(|(_, pages)| pages.explained()));
    let mut import = Import {
        builder,
        roster,
        legend: all,
        made: namesakes::Made::new(),
        stays: BTreeSet::new(),
        told: BTreeSet::new(),
        left_out: 0,
        gone: BTreeSet::new(),
    };
    let mut blocks = Vec::new();
    for (origin, pages) in import.keep_this_year(pages) {
        import.read_sheet(origin, &pages, &mut blocks);
    }
    if !blocks.is_empty() {
        // If two exports differ, the later one is right.
        blocks.sort_by_key(|block| std::cmp::Reverse(block.moment));
        import.compose(&blocks);
    }
    let left_out = import.left_out;
    let after = counts(builder);
    let grown = before.into_iter().zip(after).map(|((table, before), (_, after))| {
        let left_out = if table == Table::Pupils { left_out } else { 0 };
        // A record of the tables that a more trusted report does not have is removed.
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

/// A block whose pupil and class are known.
struct PupilBlock {
    origin: u32,
    report: Report,
    class: Id<Class>,
    pupil: Id<Pupil>,
    /// The days of the report.
    period: Option<Span>,
    /// The term above the table, if it is named there.
    term: Text,
    /// The terms that the table's header names.
    terms: Vec<Text>,
    /// The header has the year's mark.
    has_year: bool,
    rows: Vec<SubjectRow>,
    /// When the report was made.
    moment: Option<DateTime>,
}

impl PupilBlock {
    /// Returns the first row of the table.
    fn place(&self) -> SourceRef {
        at(self.origin, self.rows.first().map_or(1, |row| row.row))
    }

    fn is_card(&self) -> bool {
        self.report == Report::Card
    }
}

/// The journal while reports are read into it.
struct Import<'a> {
    builder: &'a mut Builder,
    /// The enrolled pupils in the bundle's own tables.
    roster: class_roster::ClassRoster,
    /// The letters that all reports of the bundle explain.
    legend: Legend,
    /// Pupils that only the reports have.
    made: namesakes::Made,
    /// Who is in which class, from the reports alone.
    stays: BTreeSet<(Id<Pupil>, Id<Class>)>,
    /// The pupils in rows of the table of aliases.
    told: BTreeSet<(Id<Class>, Id<Pupil>)>,
    /// Blocks that were not read.
    left_out: usize,
    /// Marks of the tables that a more trusted report does not have.
    gone: BTreeSet<Id<Mark>>,
}

/// A file of the reports, as aliases and trust name sources.
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
        (message, hint): (Said, Said),
    ) {
        let Some(origin) = self.builder.journal.origin(place).cloned() else { return };
        let spot = Spot { row: Some(place.row), column: column.to_owned(), value: value.to_owned() };
        self.builder.problems.add(code, severity, (&origin, spot), message, hint);
    }

    /// Names a cell as the workbook does; on a page, the row's line.
    fn cell(&self, place: SourceRef, column: usize) -> String {
        let is_book = self.builder.journal.origin(place).is_some_and(|origin| !origin.sheet.is_empty());
        if is_book {
            format!("{}{}", letters_of(column), place.row)
        } else {
            format!("столбец {}", column + 1)
        }
    }

    fn read_sheet(&mut self, origin: u32, pages: &Pages, found: &mut Vec<PupilBlock>) {
        self.say_empty(origin, pages);
        let mut namesakes = namesakes::Namesakes::of(&pages.blocks);
        let letters = self.letters(origin, pages);
        for (block, letters) in pages.blocks.iter().zip(letters) {
            let place = at(origin, block.row());
            let Some((class, pupil)) = self.identify(block, place, &mut namesakes) else { continue };
            let period = dates::period(&block.labels.period);
            let tabled = tables::read(block, self.years(block), period, &letters);
            self.say_bad(origin, &tabled.bad);
            self.say_strays(origin, block);
            found.push(PupilBlock {
                origin,
                report: block.report,
                class,
                pupil,
                period,
                term: block.labels.term.clone(),
                terms: block.columns.terms.clone(),
                has_year: block.columns.has_year(),
                rows: tabled.rows,
                moment: pages.moment,
            });
        }
        self.say_letters(origin, found);
    }

    /// Reports the sheet, or the pupil in it, that has no table.
    fn say_empty(&mut self, origin: u32, pages: &Pages) {
        let hint = said!(
            "если здесь должны быть отметки, выгрузите отчёт с другим отбором: класс, период, ученики",
            "if there should be marks here, export the report with another filter: class, period, pupils"
        );
        if pages.blocks.is_empty() {
            let message = said!(
                "отчёт узнан по заголовку, но в нём нет ни одной таблицы ученика",
                "the report was recognised by its title, but it has no pupil's table"
            );
            self.note("J611", ProblemSeverity::Error, at(origin, 1), ("", ""), (message, hint.clone()));
        }
        for (row, name) in pages.bare.iter().filter(|(_, name)| !name.is_empty()) {
            let message = said!("под именем ученика нет таблицы", "there is no table below the pupil's name");
            let (place, hint) = (at(origin, *row), hint.clone());
            self.note("J611", ProblemSeverity::Error, place, ("Ученик", name), (message, hint));
        }
    }

    fn say_bad(&mut self, origin: u32, bad: &[BadCell]) {
        for BadCell { row, column, value } in bad {
            let place = at(origin, *row);
            let cell = self.cell(place, *column);
            let message = said!(
                "«{value}» ({cell}) — не день месяца, не период и не итог: столбец не прочитан",
                "\"{value}\" ({cell}) is no day, term or result: the column was not read"
            );
            let hint = said!(
                "верните шапку таблицы такой, как её выгружает журнал, или выгрузите отчёт снова",
                "put the header back as the journal exports it, or export the report again"
            );
            self.note("J613", ProblemSeverity::Error, place, (&cell, value), (message, hint));
        }
    }

    /// Reports lines of a table that are neither a subject nor the legend.
    fn say_strays(&mut self, origin: u32, block: &Block) {
        for line in &block.strays {
            let text = line.filled().map(|(_, cell)| cell).collect::<Vec<_>>().join(" | ");
            let has_subject = !line.cell(block.subject).is_empty();
            let (message, severity) = if has_subject {
                let ru = "строка под таблицей — не предмет и не легенда: она не прочитана";
                (
                    Said::new(
                        ru,
                        "a line below the table is neither a subject nor the legend: it was not read",
                    ),
                    ProblemSeverity::Warning,
                )
            } else {
                let ru = "строка с отметками без названия предмета: она не прочитана";
                (Said::new(ru, "a row has marks and no subject: it was not read"), ProblemSeverity::Error)
            };
            let hint = said!(
                "если это предмет, верните строку в таблицу или выгрузите отчёт снова",
                "if it is a subject, put the row back into the table or export the report again"
            );
            self.note("J637", severity, at(origin, line.row), ("Предмет", &text), (message, hint));
        }
    }

    /// Returns the two calendar years of a block: its own, or those of school.toml.
    fn years(&self, block: &Block) -> (i16, i16) {
        let year = &self.builder.journal.year;
        dates::school_year(&block.labels.year).unwrap_or((year.start.year(), year.end.year()))
    }
}

fn letters_of(column: usize) -> String {
    crate::ingest::cell_names::letters(column)
}

fn at(origin: u32, row: u32) -> SourceRef {
    SourceRef { origin, row }
}
