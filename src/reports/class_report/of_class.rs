//! A class in a term: who was in it, what each pupil studies, marks by date, what is forecast for the term under way.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::entries::Entries;
use crate::model::*;
use crate::reports::common::{Changes, Coverage, TermData};
use crate::reports::context::ReportContext;
use crate::reports::pupils::name_key;
use crate::stats::analytics::forecast::Prospect;
use crate::stats::analytics::{
    ABSENCE_DAYS, AnalyticsTable, CONTROL_WORKS, MISSED, PUPIL_SUBJECTS, Record, STANDINGS, UNSATISFACTORY,
};
use crate::stats::{self, Given};

/// A pupil in a course of the term.
#[derive(Clone, Copy)]
pub(super) struct Studied<'a> {
    pub(super) subject: Id<Subject>,
    pub(super) course: Id<Course>,
    term_mark: &'a str,
    /// The row of the table; none where the inputs have no current marks.
    row: Option<Record<'a>>,
}

impl<'a> Studied<'a> {
    /// Returns the mark for the term; empty where there is none.
    pub(super) fn term_mark(&self) -> &'a str {
        self.term_mark
    }

    /// Returns sum and number of the current marks.
    pub(super) fn sum(&self) -> (i128, i128) {
        let whole = |column| i128::from(self.row.and_then(|row| row.whole(column)).unwrap_or(0));
        (whole("mark_sum"), whole("marks"))
    }

    /// Returns how many current marks there are.
    pub(super) fn count(&self) -> usize {
        self.row.map_or(0, |row| row.count("marks"))
    }

    /// Returns their mean.
    pub(super) fn mean(&self) -> Option<f64> {
        self.row?.number("mean")
    }

    /// Returns their mean by the weights of the works.
    pub(super) fn weighted_mean(&self) -> Option<f64> {
        self.row?.number("weighted_mean")
    }

    /// Returns missed lessons and lessons held; nothing where nobody knows.
    pub(super) fn missed(&self) -> Option<(usize, usize)> {
        let row = self.row?;
        row.whole("absences")?;
        Some((row.count("absences"), row.count("lessons")))
    }
}

type ByPupil<'a> = FxHashMap<Id<Pupil>, Vec<Record<'a>>>;

/// A class in a term.
pub(super) struct OfClass<'a> {
    pub(super) data: TermData<'a>,
    pub(super) coverage: Coverage,
    pub(super) changes: Changes<'a>,
    pub(super) class: Id<Class>,
    /// The class's id: «5А».
    pub(super) key: &'a str,
    /// The term before.
    pub(super) before: Option<Id<Term>>,
    /// Pupils on the term's last day, by name.
    pub(super) listed: Vec<Id<Pupil>>,
    /// Pupils with a page: these, and those who came since.
    pub(super) pages: Vec<Id<Pupil>>,
    /// Courses of each pupil, by subject.
    pub(super) studied: BTreeMap<Id<Pupil>, Vec<Studied<'a>>>,
    /// The term under way that follows, or is, the report's.
    pub(super) under_way: Option<Id<Term>>,
    /// Its forecast for the class, by pupil and course.
    pub(super) prospects: Vec<&'a Prospect>,
    pub(super) entries: Entries<'a>,
    pub(super) standings: ByPupil<'a>,
    pub(super) absences: ByPupil<'a>,
    pub(super) missed: ByPupil<'a>,
    pub(super) unsatisfactory: ByPupil<'a>,
    /// Control works of the class's courses, by date.
    pub(super) works: Vec<Record<'a>>,
    marks_before: FxHashMap<(Id<Pupil>, Id<Subject>), &'a str>,
}

impl<'a> OfClass<'a> {
    pub(super) fn new(context: &'a ReportContext<'a>, class: Id<Class>, term: Id<Term>) -> Self {
        let data = TermData::new(context, term);
        let journal = context.journal;
        let Class { key, grade, .. } = &journal.classes[class];
        let under_way = under_way(context, (term, *grade));
        let of_class = |one: &&Prospect| Some(one.term) == under_way && one.class == class;
        let prospects: Vec<&Prospect> = context.outlook.prospects.iter().filter(of_class).collect();
        let listed = by_name(journal, context.roster.enrolled_on(class, data.span().to));
        let now = prospects.iter().map(|one| one.pupil);
        let pages = by_name(journal, listed.iter().copied().chain(now).collect());
        let studied = studied(&data, key);
        let places = studied.iter().flat_map(|(pupil, own)| own.iter().map(|one| (*pupil, one.course)));
        let places = places.chain(prospects.iter().map(|one| (one.pupil, one.course)));
        let end = if under_way.is_some() { context.as_of } else { data.span().to };
        let span = Span { from: data.span().from, to: end };
        let before = journal.previous_term(term, *grade);
        let rows = |table| grouped(&data, table, &pages);
        Self {
            coverage: Coverage::of(&data).of_grade(journal, *grade),
            changes: Changes::new(&data),
            class,
            key,
            before,
            under_way,
            entries: Entries::new(context, places, span),
            standings: rows(&STANDINGS),
            absences: rows(&ABSENCE_DAYS),
            missed: rows(&MISSED),
            unsatisfactory: rows(&UNSATISFACTORY),
            works: works(&data, class),
            marks_before: marks_before(&data, before),
            listed,
            pages,
            studied,
            prospects,
            data,
        }
    }

    pub(super) fn journal(&self) -> &'a Journal {
        self.data.journal()
    }

    /// Tells whether the report is one of the year.
    pub(super) fn is_year(&self) -> bool {
        self.data.is_year()
    }

    /// Says why results cannot be told; nothing where they can.
    pub(super) fn lack_of_results(&self) -> Option<String> {
        if self.journal().classes[self.class].grade < FIRST_MARKED_GRADE {
            return Some("в 1 классе отметок не ставят".to_owned());
        }
        let own = || self.studied.values().flatten().any(|one| !one.term_mark().is_empty());
        let lack = self.data.lack(&STANDINGS).or_else(|| self.coverage.lack_of_term_marks());
        lack.or_else(|| (!own()).then(|| "отметок класса за период в исходных данных нет".to_owned()))
    }

    /// Says why absences cannot be told; nothing where they can.
    pub(super) fn lack_of_absences(&self) -> Option<String> {
        self.data.lack(&ABSENCE_DAYS).or_else(|| self.coverage.lack_of_lessons_of(self.key))
    }

    /// Returns the row of a pupil's standing.
    pub(super) fn standing(&self, pupil: Id<Pupil>) -> Option<Record<'a>> {
        self.standings.get(&pupil)?.iter().find(|row| row.text("class_id") == self.key).copied()
    }

    /// Walks the standings of the class, by name.
    pub(super) fn standing_rows(&self) -> impl Iterator<Item = (Id<Pupil>, Record<'a>)> {
        self.listed.iter().filter_map(|pupil| Some((*pupil, self.standing(*pupil)?)))
    }

    /// Returns the row of a pupil's absences.
    pub(super) fn absence(&self, pupil: Id<Pupil>) -> Option<Record<'a>> {
        self.absences.get(&pupil)?.first().copied()
    }

    /// Returns a pupil's courses of the term.
    pub(super) fn courses(&self, pupil: Id<Pupil>) -> &[Studied<'a>] {
        self.studied.get(&pupil).map_or(&[], Vec::as_slice)
    }

    /// Returns a pupil's mark of the term before; empty where there is none.
    pub(super) fn mark_before(&self, pupil: Id<Pupil>, subject: Id<Subject>) -> &'a str {
        self.marks_before.get(&(pupil, subject)).copied().unwrap_or("")
    }

    /// Names a subject in short, where it has a short name.
    pub(super) fn subject_short(&self, subject: Id<Subject>) -> String {
        let short = &self.journal().subjects[subject].short;
        if short.is_empty() { self.data.keys.subject_name(subject) } else { short.to_string() }
    }

    /// Returns the title of a course's subject; of several courses of the pupil in it with the group.
    pub(super) fn course_title(&self, pupil: Id<Pupil>, course: Id<Course>, title: String) -> String {
        let subject = self.journal().courses[course].subject;
        let own = self.courses(pupil).iter().filter(|one| one.subject == subject).count();
        if own > 1 { format!("{title} ({})", self.data.keys.audience_name(course)) } else { title }
    }

    /// Names a pupil.
    pub(super) fn name(&self, pupil: Id<Pupil>) -> String {
        self.data.keys.pupil_name(pupil)
    }

    /// Names the teacher of a course; initials stay on one line.
    pub(super) fn teacher(&self, course: Id<Course>) -> String {
        let name = self.data.keys.teacher_name(self.journal().courses[course].teacher);
        name.replace(". ", ".\u{a0}")
    }

    /// Names the class teacher.
    pub(super) fn class_teacher(&self) -> String {
        let teacher = self.journal().classes[self.class].teacher;
        teacher.map_or_else(|| "не указан".to_owned(), |id| self.data.keys.teacher_name(id))
    }
}

/// Returns the term under way that is the report's own, or follows it.
fn under_way(context: &ReportContext<'_>, (term, grade): (Id<Term>, u8)) -> Option<Id<Term>> {
    let journal = context.journal;
    let is_next = |one: &Id<Term>| *one == term || journal.previous_term(*one, grade) == Some(term);
    context
        .outlook
        .terms
        .iter()
        .copied()
        .find(|one| journal.terms[*one].grades.contains(grade) && is_next(one))
}

fn by_name(journal: &Journal, mut pupils: Vec<Id<Pupil>>) -> Vec<Id<Pupil>> {
    pupils.sort_by_cached_key(|pupil| name_key(&journal.pupils[*pupil]));
    pupils.dedup();
    pupils
}

fn studied<'a>(data: &TermData<'a>, class: &str) -> BTreeMap<Id<Pupil>, Vec<Studied<'a>>> {
    let mut studied: BTreeMap<_, Vec<Studied<'a>>> = BTreeMap::new();
    let own = rows_of_term(data, data.term).into_iter().filter(|(_, of, _)| *of == class);
    own.for_each(|(pupil, _, one)| studied.entry(pupil).or_default().push(one));
    studied.values_mut().for_each(|own| own.sort_by_key(|one| (one.subject, one.course)));
    studied
}

/// Lists pupils, their classes and courses of a term. Without current marks the table is empty: the term marks are still there.
fn rows_of_term<'a>(data: &TermData<'a>, term: Id<Term>) -> Vec<(Id<Pupil>, &'a str, Studied<'a>)> {
    let (journal, keys) = (data.journal(), &data.keys);
    if data.lack(&PUPIL_SUBJECTS).is_none() {
        let rows = data.tables.of_term(&PUPIL_SUBJECTS, &journal.terms[term].key);
        let one = |row: Record<'a>| {
            let (pupil, course) = (keys.pupil(row.text("pupil_id"))?, keys.course(row.text("course_id"))?);
            let subject = journal.courses[course].subject;
            let one = Studied { subject, course, term_mark: row.text("term_mark"), row: Some(row) };
            Some((pupil, row.text("class_id"), one))
        };
        return rows.filter_map(one).collect();
    }
    if data.lack(&STANDINGS).is_some() {
        return Vec::new();
    }
    let given = stats::given(journal, data.context.roster, term, data.context.as_of);
    let one = |one: Given| {
        let term_mark = one.value.map_or("", TermValue::code);
        let studied = Studied { subject: one.subject, course: one.course, term_mark, row: None };
        (one.pupil, journal.classes[one.class].key.as_str(), studied)
    };
    given.into_iter().map(one).collect()
}

fn grouped<'a>(data: &TermData<'a>, table: &AnalyticsTable, pupils: &[Id<Pupil>]) -> ByPupil<'a> {
    let wanted: BTreeSet<Id<Pupil>> = pupils.iter().copied().collect();
    // These list lessons by their study terms: a year has all of them.
    let is_listed = [MISSED.name, UNSATISFACTORY.name].contains(&table.name);
    let is_year = data.is_year();
    let rows: Vec<Record<'a>> =
        if is_listed && is_year { data.tables.all(table).collect() } else { data.rows(table).collect() };
    let mut grouped = ByPupil::default();
    for row in rows {
        if let Some(pupil) = data.keys.pupil(row.text("pupil_id")).filter(|pupil| wanted.contains(pupil)) {
            grouped.entry(pupil).or_default().push(row);
        }
    }
    grouped
}

fn works<'a>(data: &TermData<'a>, class: Id<Class>) -> Vec<Record<'a>> {
    let journal = data.journal();
    let is_own = |row: &Record<'a>| {
        let course = data.keys.course(row.text("course_id"));
        course.is_some_and(|id| journal.classes_of(&journal.courses[id]).contains(&class))
    };
    let mut works: Vec<Record<'a>> = data.rows_of_study(&CONTROL_WORKS).into_iter().filter(is_own).collect();
    works.sort_by_key(|row| (row.date("held_date").or(row.date("planned_date")), row.text("work_id")));
    works
}

fn marks_before<'a>(
    data: &TermData<'a>,
    before: Option<Id<Term>>,
) -> FxHashMap<(Id<Pupil>, Id<Subject>), &'a str> {
    let rows = before.map_or_else(Vec::new, |term| rows_of_term(data, term));
    rows.into_iter().map(|(pupil, _, one)| ((pupil, one.subject), one.term_mark)).collect()
}
