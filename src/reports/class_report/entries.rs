//! Marks of the class's pupils by date, as the pages of pupils print them.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::model::*;
use crate::render::format;
use crate::reports::context::ReportContext;

/// A mark with its lesson.
#[derive(Clone, Copy)]
pub(super) struct Entry<'a> {
    pub(super) date: Date,
    pub(super) mark: &'a Mark,
    is_control: bool,
}

/// The marks of some pupils in some courses, by date and lesson.
pub(super) struct Entries<'a>(FxHashMap<(Id<Pupil>, Id<Course>), Vec<Entry<'a>>>);

impl<'a> Entries<'a> {
    /// Gathers the marks of these pupils and courses up to the date of the build.
    pub(super) fn new(
        context: &ReportContext<'a>,
        of: impl IntoIterator<Item = (Id<Pupil>, Id<Course>)>,
        span: Span,
    ) -> Self {
        let journal = context.journal;
        let mut entries: FxHashMap<_, Vec<Entry<'a>>> =
            of.into_iter().map(|place| (place, Vec::new())).collect();
        let courses: BTreeSet<Id<Course>> = entries.keys().map(|(_, course)| *course).collect();
        for course in courses {
            for lesson in context.roster.lessons_of(course) {
                let date = journal.lessons[*lesson].date;
                if !span.contains(date) || date > context.as_of {
                    continue;
                }
                for mark in context.roster.marks_of(*lesson).iter().map(|id| &journal.marks[*id]) {
                    let is_control = mark.work.is_some_and(|work| journal.works[work].control);
                    if let Some(own) = entries.get_mut(&(mark.pupil, course)) {
                        own.push(Entry { date, mark, is_control });
                    }
                }
            }
        }
        Self(entries)
    }

    /// Walks the marks of a pupil in a course inside a span.
    pub(super) fn of(
        &self,
        pupil: Id<Pupil>,
        course: Id<Course>,
        span: Span,
    ) -> impl Iterator<Item = Entry<'a>> {
        let own = self.0.get(&(pupil, course)).map_or(&[][..], Vec::as_slice);
        own.iter().copied().filter(move |entry| span.contains(entry.date))
    }

    /// Returns «05.09 5, 12.09 3к 4»: dates with their marks, control works marked; without dates «5 3к 4».
    pub(super) fn said(
        &self,
        (pupil, course): (Id<Pupil>, Id<Course>),
        span: Span,
        has_dates: bool,
    ) -> String {
        let sign = |Entry { mark, is_control, .. }: Entry<'_>| {
            format!("{}{}", mark.value.code(), if is_control { "к" } else { "" })
        };
        if !has_dates {
            return self.of(pupil, course, span).map(sign).collect::<Vec<_>>().join(" ");
        }
        let mut days: Vec<(Date, String)> = Vec::new();
        for entry in self.of(pupil, course, span) {
            let sign = format!("\u{a0}{}", sign(entry));
            match days.last_mut() {
                Some((day, signs)) if *day == entry.date => signs.push_str(&sign),
                _ => days.push((entry.date, sign)),
            }
        }
        let day = |(day, signs)| format!("{}{signs}", format::day_month(day));
        days.into_iter().map(day).collect::<Vec<_>>().join(", ")
    }

    /// Returns sum and number of the numeric marks inside a span.
    pub(super) fn sum(&self, pupil: Id<Pupil>, course: Id<Course>, span: Span) -> (i128, i128) {
        let numeric = self.of(pupil, course, span).filter_map(|entry| entry.mark.value.numeric());
        numeric.fold((0, 0), |(sum, count), mark| (sum + i128::from(mark), count + 1))
    }
}
