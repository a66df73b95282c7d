//! Checks that the reports are of the bundle's year: the user is asked once, with the values for school.toml.

use std::collections::{BTreeMap, BTreeSet};

use super::blocks::{Block, Pages};
use super::{Import, at, dates};
use crate::base::problems::ProblemSeverity;
use crate::base::said::said;

/// Two calendar years of a school year.
type Years = (i16, i16);

/// The second calendar year ends before this month.
const AUTUMN: i8 = 8;

impl Import<'_> {
    /// Keeps the blocks of the bundle's year. Others are reported, once if all reports are of one other year.
    pub(super) fn keep_this_year(&mut self, pages: Vec<(u32, Pages)>) -> Vec<(u32, Pages)> {
        let year = &self.builder.journal.year;
        let own = (year.start.year(), year.end.year());
        let mut others: BTreeMap<Years, Vec<(u32, u32)>> = BTreeMap::new();
        let mut count = 0;
        for (origin, pages) in &pages {
            count += pages.blocks.len();
            for block in &pages.blocks {
                if let Some(years) = years(block).filter(|years| *years != own) {
                    others.entry(years).or_default().push((*origin, block.row()));
                }
            }
        }
        let is_all = others.len() == 1 && others.values().map(Vec::len).sum::<usize>() == count;
        for (years, places) in &others {
            if is_all {
                self.ask_year(*years, places);
            } else {
                self.say_other_year(*years, places);
            }
            self.left_out += places.len();
        }
        let keep = |block: &Block| years(block).is_none_or(|years| years == own);
        let rest = pages.into_iter().filter_map(|(origin, mut pages)| {
            let had = !pages.blocks.is_empty();
            pages.blocks.retain(keep);
            (!had || !pages.blocks.is_empty()).then_some((origin, pages))
        });
        rest.collect()
    }

    fn ask_year(&mut self, (first, second): Years, places: &[(u32, u32)]) {
        let (tables, files) = (places.len(), files(places));
        let title = self.builder.journal.year.title.clone();
        let message = said!(
            "все отчёты — за {first}/{second} учебный год (таблиц учеников {tables}, листов {files}), а в school.toml — {title}: ничего не прочитано",
            "all reports are of the school year {first}/{second} ({tables} tables of pupils, {files} sheets), and school.toml says {title}: nothing was read"
        );
        let settings = format!("title = \"{first}-{second}\", start = {first}-09-01, end = {second}-05-31");
        let hint = said!(
            "если это и есть нужный год, поставьте в school.toml в разделе [year]: {settings} (с датами школы); если нет — положите отчёты за {title}",
            "if this is the year you mean, set {settings} in [year] of school.toml, with the school's dates; if not, put the reports of {title} here"
        );
        let place = places.first().map_or(at(0, 1), |(origin, row)| at(*origin, *row));
        let value = format!("{first}/{second}");
        self.note("J612", ProblemSeverity::Error, place, ("Учебный год", &value), (message, hint));
    }

    /// Reports once that a sheet is of another year than the rest.
    fn say_other_year(&mut self, (first, second): Years, places: &[(u32, u32)]) {
        let title = self.builder.journal.year.title.clone();
        let mut by_sheet: BTreeMap<u32, (usize, u32)> = BTreeMap::new();
        for (origin, row) in places {
            by_sheet.entry(*origin).or_insert((0, *row)).0 += 1;
        }
        for (origin, (count, row)) in by_sheet {
            let message = said!(
                "отчёт за {first}/{second}, а комплект за {title}: не прочитано таблиц учеников — {count}",
                "a report of {first}/{second} in a bundle of {title}: {count} tables of pupils were not read"
            );
            let hint = said!(
                "уберите его в комплект за {first}/{second} или положите сюда отчёт за {title}",
                "move it to the bundle of {first}/{second}, or put the report of {title} here"
            );
            let value = format!("{first}/{second}");
            self.note(
                "J612",
                ProblemSeverity::Error,
                at(origin, row),
                ("Учебный год", &value),
                (message, hint),
            );
        }
    }
}

fn files(places: &[(u32, u32)]) -> usize {
    places.iter().map(|(origin, _)| origin).collect::<BTreeSet<_>>().len()
}

/// Returns the year of a block: its own, or the one of its days.
fn years(block: &Block) -> Option<Years> {
    dates::school_year(&block.labels.year).or_else(|| {
        let from = dates::period(&block.labels.period)?.from;
        let first = if from.month() >= AUTUMN { from.year() } else { from.year() - 1 };
        Some((first, first + 1))
    })
}
