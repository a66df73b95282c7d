//! The courses of a term by teacher or by subject: the parts of the report.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::model::*;
use crate::render::format;
use crate::reports::common::practice::Practice;
use crate::reports::common::{Changes, Coverage, TermData};
use crate::reports::context::ReportContext;
use crate::stats::analytics::{PROGRAMME, Record};
use crate::stats::{Given, given};

/// What a page is about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Teacher,
    Subject,
}

/// A teacher or a subject: its place among their records, for the side the report has.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum PartKey {
    Teacher(Id<Staff>),
    Subject(Id<Subject>),
}

/// The term with its courses.
pub(super) struct Taught<'a> {
    pub(super) data: TermData<'a>,
    pub(super) side: Side,
    pub(super) coverage: Coverage,
    pub(super) changes: Changes<'a>,
    pub(super) practice: Practice,
    pub(super) given: Vec<Given>,
    /// By name.
    pub(super) parts: Vec<PartKey>,
    places: FxHashMap<PartKey, usize>,
    /// By grade, audience and subject.
    pub(super) courses: Vec<Id<Course>>,
    hours: FxHashMap<Id<Course>, Record<'a>>,
}

impl<'a> Taught<'a> {
    pub(super) fn new(context: &'a ReportContext<'a>, term: Id<Term>, side: Side) -> Self {
        let data = TermData::new(context, term);
        let journal = context.journal;
        let of_term = |course: &Course| {
            let mut classes = journal.classes_of(course).iter();
            classes.any(|class| data.grades.contains(journal.classes[*class].grade))
        };
        let mut courses: Vec<Id<Course>> =
            journal.courses.iter().filter(|(_, course)| of_term(course)).map(|(id, _)| id).collect();
        courses.sort_by_cached_key(|id| (data.keys.course_order(*id), *id));
        let parts = parts(&data, side, &courses);
        let hours =
            data.rows(&PROGRAMME).filter_map(|row| Some((data.keys.course(row.text("course_id"))?, row)));
        Self {
            side,
            coverage: Coverage::of(&data),
            changes: Changes::new(&data),
            practice: Practice::new(context, data.span()),
            given: given(journal, context.roster, term, context.as_of),
            places: parts.iter().enumerate().map(|(at, part)| (*part, at)).collect(),
            parts,
            courses,
            hours: hours.collect(),
            data,
        }
    }

    /// Returns the part a course stands in.
    pub(super) fn part_of(&self, course: Id<Course>) -> usize {
        let key = key_of(&self.data, self.side, course);
        self.places.get(&key).copied().unwrap_or(usize::MAX)
    }

    /// Returns the part of a row that names its teacher and subject.
    pub(super) fn part_of_row(&self, row: Record<'_>) -> Option<usize> {
        let keys = &self.data.keys;
        let key = match self.side {
            Side::Teacher => PartKey::Teacher(keys.staff(row.text("teacher_id"))?),
            Side::Subject => PartKey::Subject(keys.subject(row.text("subject_id"))?),
        };
        self.places.get(&key).copied()
    }

    /// Walks the courses of a part.
    pub(super) fn courses_of(&self, part: usize) -> impl Iterator<Item = Id<Course>> {
        self.courses.iter().copied().filter(move |id| self.part_of(*id) == part)
    }

    /// Returns the hours of a course.
    pub(super) fn hours_of(&self, course: Id<Course>) -> Option<Record<'a>> {
        self.hours.get(&course).copied()
    }

    /// Names a part.
    pub(super) fn title(&self, part: usize) -> String {
        match self.parts[part] {
            PartKey::Teacher(id) => self.data.keys.teacher_name(id),
            PartKey::Subject(id) => self.data.keys.subject_name(id),
        }
    }

    /// Names what a row shows beside its part: the subject of a teacher's row, the teacher of a subject's.
    pub(super) fn beside(&self, course: Id<Course>) -> String {
        let course = &self.data.journal().courses[course];
        match self.side {
            Side::Teacher => self.data.keys.subject_name(course.subject),
            Side::Subject => self.data.keys.teacher_name(course.teacher),
        }
    }

    /// Returns the line a teacher signs.
    pub(super) fn signature(&self, part: usize) -> String {
        match self.parts[part] {
            PartKey::Teacher(id) => {
                let name = format::signature(&self.data.journal().staff[id].name);
                format!("Учитель ____________________ {name}    «___» __________ 20__\u{a0}г.")
            }
            PartKey::Subject(_) => {
                "Руководитель методического объединения ____________________ / ____________________ /"
                    .to_owned()
            }
        }
    }

    /// Title of the column that names the part.
    pub(super) const fn part_title(&self) -> &'static str {
        match self.side {
            Side::Teacher => "Учитель",
            Side::Subject => "Предмет",
        }
    }

    /// Title of the column beside it.
    pub(super) const fn beside_title(&self) -> &'static str {
        match self.side {
            Side::Teacher => "Предмет",
            Side::Subject => "Учитель",
        }
    }
}

fn key_of(data: &TermData<'_>, side: Side, course: Id<Course>) -> PartKey {
    let course = &data.journal().courses[course];
    match side {
        Side::Teacher => PartKey::Teacher(course.teacher),
        Side::Subject => PartKey::Subject(course.subject),
    }
}

fn parts(data: &TermData<'_>, side: Side, courses: &[Id<Course>]) -> Vec<PartKey> {
    let name = |key: PartKey| match key {
        PartKey::Teacher(id) => data.journal().staff[id].name.to_string(),
        PartKey::Subject(id) => data.keys.subject_name(id),
    };
    let keys = courses.iter().map(|id| key_of(data, side, *id));
    let named: BTreeMap<(String, PartKey), ()> = keys.map(|key| ((name(key), key), ())).collect();
    named.into_keys().map(|(_, key)| key).collect()
}
