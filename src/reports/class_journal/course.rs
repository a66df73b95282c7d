//! Gathers the content of one course's facing pages for one class: ready strings, in printing order.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::model::*;
use crate::render::format;
use crate::render::measure::clean;
use crate::reports::pupils::name_key;
use crate::reports::results::{Results, term_title};
use crate::stats::Plans;

/// A course in the form of its pages.
#[derive(Clone, Debug, Default)]
pub(super) struct CourseView {
    /// Subject, and the group if the course has one.
    pub(super) title: String,
    /// Who teaches it.
    pub(super) teacher: String,
    /// The rows of the left pages.
    pub(super) pupils: Vec<PupilRow>,
    /// The columns of the left pages, which are the rows of the right ones.
    pub(super) columns: Vec<ColumnView>,
}

/// A pupil's row.
#[derive(Clone, Debug, Default)]
pub(super) struct PupilRow {
    /// «Фамилия Имя».
    pub(super) name: String,
    /// When the pupil joined or left in mid-year; otherwise empty.
    pub(super) note: String,
}

/// A column of the left page.
#[derive(Clone, Debug)]
pub(super) enum ColumnView {
    /// A lesson.
    Lesson(LessonView),
    /// The end of a term.
    Term(TermView),
}

/// A lesson as printed.
#[derive(Clone, Debug, Default)]
pub(super) struct LessonView {
    /// 1 to 12.
    pub(super) month: usize,
    /// Day of the month.
    pub(super) day: String,
    /// Whole date.
    pub(super) date: String,
    /// Lesson number.
    pub(super) number: String,
    /// Topic.
    pub(super) topic: String,
    /// The status of the lesson, and who replaced whom.
    pub(super) notes: Vec<String>,
    /// Homework.
    pub(super) homework: String,
    /// Absences and marks, a text for each pupil's row.
    pub(super) cells: Vec<String>,
}

/// The end of a term as printed.
#[derive(Clone, Debug, Default)]
pub(super) struct TermView {
    /// Over its column.
    pub(super) title: String,
    /// Term marks, a text for each pupil's row.
    pub(super) cells: Vec<String>,
    /// The row of the right page: hours planned and given.
    pub(super) summary: String,
}

/// The data behind a course's pages.
pub(super) struct Gather<'a> {
    pub(super) journal: &'a Journal,
    pub(super) roster: &'a Roster,
    pub(super) results: &'a Results<'a>,
    pub(super) plans: Plans<'a>,
    pub(super) class: Id<Class>,
    pub(super) as_of: Date,
}

impl Gather<'_> {
    /// Gathers one course.
    pub(super) fn course(&self, id: Id<Course>) -> CourseView {
        let course = &self.journal.courses[id];
        let pupils = self.pupils(id);
        let rows: BTreeMap<Id<Pupil>, usize> =
            pupils.iter().enumerate().map(|(row, pupil)| (*pupil, row)).collect();
        CourseView {
            title: title(self.journal, course),
            teacher: format::initials(&self.journal.staff[course.teacher].name),
            pupils: self.pupil_rows(id, &pupils),
            columns: self.columns(id, &pupils, &rows),
        }
    }

    /// Returns whether a course has nothing to print: no lesson, no mark of a term.
    pub(super) fn is_blank(&self, id: Id<Course>) -> bool {
        use TermMarkKind::{Exam, Final, StateExam, Term, Year};
        let course = &self.journal.courses[id];
        let grade = self.journal.grade_of(course);
        let terms = [self.journal.terms_of_course(course), self.journal.years_of_grade(grade)].concat();
        let has_mark = |pupil: &Id<Pupil>| {
            terms.iter().any(|term| {
                let printed = |kind| self.results.printed_in(id, *pupil, course.subject, *term, kind);
                [Term, Year, Exam, StateExam, Final].into_iter().any(|kind| !printed(kind).is_empty())
            })
        };
        self.roster.lessons_of(id).is_empty() && !self.pupils(id).iter().any(has_mark)
    }

    /// Returns the pupils of the class who belong to the course on any day or have an entry in it, by name.
    fn pupils(&self, course: Id<Course>) -> Vec<Id<Pupil>> {
        let members = self.roster.members_of(course).iter();
        let mut pupils: BTreeSet<Id<Pupil>> =
            members.filter(|member| member.class == self.class).map(|member| member.pupil).collect();
        for lesson in self.roster.lessons_of(course) {
            let marks = self.roster.marks_of(*lesson).iter().map(|mark| self.journal.marks[*mark].pupil);
            let absences = self.roster.absences_of(*lesson).iter().map(|id| self.journal.absences[*id].pupil);
            let date = self.journal.lessons[*lesson].date;
            let ours = |pupil: &Id<Pupil>| self.is_printed_here(course, *pupil, date);
            let unknown: Vec<_> =
                marks.chain(absences).filter(|pupil| !pupils.contains(pupil)).filter(ours).collect();
            pupils.extend(unknown);
        }
        let mut pupils: Vec<_> = pupils.into_iter().collect();
        pupils.sort_by_cached_key(|pupil| name_key(&self.journal.pupils[*pupil]));
        pupils
    }

    /// Returns whether a pupil who is not a member has a row here: in the class of that day, or in the
    /// course's first one.
    fn is_printed_here(&self, course: Id<Course>, pupil: Id<Pupil>, date: Date) -> bool {
        let classes = self.journal.classes_of(&self.journal.courses[course]);
        let own = self.roster.class_on(pupil, date).filter(|class| classes.contains(class));
        own.or(classes.first().copied()) == Some(self.class)
    }

    fn pupil_rows(&self, course: Id<Course>, pupils: &[Id<Pupil>]) -> Vec<PupilRow> {
        let mut namesakes: BTreeMap<String, Vec<Id<Pupil>>> = BTreeMap::new();
        for pupil in pupils {
            namesakes.entry(clean(&self.journal.pupils[*pupil].short_name())).or_default().push(*pupil);
        }
        let mut spans: BTreeMap<Id<Pupil>, (Date, Date)> = BTreeMap::new();
        for member in self.roster.members_of(course).iter().filter(|member| member.class == self.class) {
            let (from, to) = spans.entry(member.pupil).or_insert((Date::MAX, Date::MIN));
            (*from, *to) = ((*from).min(member.span.from), (*to).max(member.span.to));
        }
        let span = |pupil| spans.get(pupil).copied().unwrap_or((Date::MAX, Date::MIN));
        pupils.iter().map(|pupil| self.pupil_row(*pupil, span(pupil), &namesakes)).collect()
    }

    fn pupil_row(
        &self,
        pupil: Id<Pupil>,
        (from, to): (Date, Date),
        namesakes: &BTreeMap<String, Vec<Id<Pupil>>>,
    ) -> PupilRow {
        let (name, known_by) = self.distinguished_name(pupil, namesakes);
        let year = &self.journal.year;
        let mut notes: Vec<String> = known_by.into_iter().collect();
        if year.is_late_start(from) {
            notes.push(format!("с {}", format::date(from)));
        }
        if year.is_early_end(to) {
            notes.push(format!("по {}", format::date(to)));
        }
        PupilRow { name, note: notes.join(" ") }
    }

    /// Returns a pupil's name and, for namesakes, what else distinguishes them.
    fn distinguished_name(
        &self,
        pupil: Id<Pupil>,
        namesakes: &BTreeMap<String, Vec<Id<Pupil>>>,
    ) -> (String, Option<String>) {
        let one = &self.journal.pupils[pupil];
        let short = clean(&one.short_name());
        let others = namesakes.get(&short).into_iter().flatten().filter(|other| **other != pupil);
        let mut others = others.map(|other| &self.journal.pupils[*other]).peekable();
        if others.peek().is_none() {
            return (short, None);
        }
        if others.all(|other| other.patronymic != one.patronymic) {
            return (clean(&one.full_name()), None);
        }
        let file = Some(clean(&one.file_number)).filter(|number| !number.is_empty());
        let born = one.birth_date.map(|date| format!("род. {}", format::date(date)));
        (short, born.or(file.map(|number| format!("л. д. №\u{a0}{number}"))))
    }

    /// Returns the lessons in order; after the last lesson of a term, the term.
    fn columns(
        &self,
        id: Id<Course>,
        pupils: &[Id<Pupil>],
        rows: &BTreeMap<Id<Pupil>, usize>,
    ) -> Vec<ColumnView> {
        let course = &self.journal.courses[id];
        let mut lessons = self.roster.lessons_of(id).iter().peekable();
        let mut columns = Vec::new();
        for term in self.journal.terms_of_course(course) {
            let end = self.journal.terms[term].span.to;
            while let Some(lesson) = lessons.next_if(|lesson| self.journal.lessons[**lesson].date <= end) {
                columns.push(ColumnView::Lesson(self.lesson(*lesson, rows)));
            }
            if end <= self.as_of || self.results.any(course.subject, term) {
                columns.extend(self.term(id, term, TermMarkKind::Term, pupils).map(ColumnView::Term));
            }
        }
        columns.extend(lessons.map(|lesson| ColumnView::Lesson(self.lesson(*lesson, rows))));
        columns.extend(self.year(id, pupils).into_iter().map(ColumnView::Term));
        columns
    }

    /// Returns the columns after the last lesson: the year's mark, exams, the final mark.
    fn year(&self, id: Id<Course>, pupils: &[Id<Pupil>]) -> Vec<TermView> {
        use TermMarkKind::{Exam, Final, StateExam, Year};
        let grade = self.journal.grade_of(&self.journal.courses[id]);
        let years = self.journal.years_of_grade(grade);
        let kinds = years.iter().flat_map(|year| [Year, Exam, StateExam, Final].map(|kind| (*year, kind)));
        kinds
            .filter_map(|(year, kind)| {
                let column = self.term(id, year, kind, pupils)?;
                let is_due = kind == Year && self.journal.terms[year].span.to <= self.as_of;
                (is_due || !column.cells.iter().all(String::is_empty)).then_some(column)
            })
            .collect()
    }

    fn term(
        &self,
        id: Id<Course>,
        term: Id<Term>,
        kind: TermMarkKind,
        pupils: &[Id<Pupil>],
    ) -> Option<TermView> {
        let course = &self.journal.courses[id];
        let cells: Vec<String> = pupils
            .iter()
            .map(|pupil| self.results.printed_in(id, *pupil, course.subject, term, kind))
            .collect();
        let has_hours = matches!(kind, TermMarkKind::Term | TermMarkKind::Year);
        let summary = if has_hours { self.hours(id, term) } else { String::new() };
        let title = column_title(&self.journal.terms[term], kind);
        let is_worth = has_hours || cells.iter().any(|cell| !cell.is_empty());
        is_worth.then_some(TermView { title, cells, summary })
    }

    /// Returns the row that ends a term: hours planned and given.
    fn hours(&self, id: Id<Course>, term: Id<Term>) -> String {
        let given = format::count(self.roster.hours_given(self.journal, id, self.journal.terms[term].span));
        let title = format::years(&clean(&self.journal.terms[term].title));
        // Such a source has no lessons without a mark or an absence, so it does not show the hours given.
        if self.journal.presence.is_partial(Table::Lessons) {
            return format!("{title}. Уроков с отметками или пропусками — {given}.");
        }
        match self.plans.hours(id, term) {
            Some(plan) => {
                format!("{}. По плану — {} ч., проведено — {given} ч.", title, format::count(plan))
            }
            None => format!("{title}. Проведено — {given} ч."),
        }
    }

    fn lesson(&self, id: Id<Lesson>, rows: &BTreeMap<Id<Pupil>, usize>) -> LessonView {
        let lesson = &self.journal.lessons[id];
        LessonView {
            month: usize::from(lesson.date.month().unsigned_abs()),
            day: lesson.date.day().to_string(),
            date: format::date(lesson.date),
            number: lesson.number.to_string(),
            topic: clean(&lesson.topic),
            notes: self.notes(lesson),
            homework: self.homework(id),
            cells: self.cells(id, rows),
        }
    }

    fn notes(&self, lesson: &Lesson) -> Vec<String> {
        // Initials stay together.
        let staff = |id: Id<Staff>| format::initials(&self.journal.staff[id].name).replace(". ", ".\u{a0}");
        let mut notes = Vec::new();
        match (lesson.status, lesson.moved_to) {
            (LessonStatus::Held, _) => {}
            (LessonStatus::Missed, _) => notes.push("Урок не проведён".to_owned()),
            (LessonStatus::Cancelled, _) => notes.push("Урок отменён".to_owned()),
            (LessonStatus::Moved, Some(to)) => notes.push(format!("Урок перенесён на {}", format::date(to))),
            (LessonStatus::Moved, None) => notes.push("Урок перенесён".to_owned()),
        }
        if let Some(replaced) = lesson.replaces {
            notes.push(format!("замена: {}; по расписанию — {}", staff(lesson.teacher), staff(replaced)));
        } else if !self.teaches(lesson) {
            notes.push(format!("учитель на уроке: {}", staff(lesson.teacher)));
        }
        if lesson.hours != 1.0 {
            notes.push(format!("часов: {}", format::count(lesson.hours)));
        }
        notes
    }

    /// Returns whether a teacher of the course held a lesson: the one it names, or one of several on that
    /// day.
    fn teaches(&self, lesson: &Lesson) -> bool {
        let others = self.journal.course_teachers.iter().filter(|other| other.course == lesson.course);
        lesson.teacher == self.journal.courses[lesson.course].teacher
            || others
                .into_iter()
                .any(|other| other.teacher == lesson.teacher && other.span.contains(lesson.date))
    }

    fn homework(&self, lesson: Id<Lesson>) -> String {
        let tasks = self.roster.homework_of(lesson).iter().map(|id| &self.journal.homework[*id]);
        let printed = tasks.map(|task| match task.pupil {
            Some(pupil) => {
                let pupil = self.journal.pupils.get(pupil).map(Pupil::short_name).unwrap_or_default();
                format!("{pupil}: {}", clean(&task.text))
            }
            None => clean(&task.text),
        });
        printed.collect::<Vec<_>>().join("; ")
    }

    /// Returns whether a pupil's entries in a lesson belong in this class's journal. They do not on days when
    /// the pupil was in another class of the same group, whose journal has them.
    fn is_cell_here(&self, lesson: Id<Lesson>, pupil: Id<Pupil>) -> bool {
        let lesson = &self.journal.lessons[lesson];
        let classes = self.journal.classes_of(&self.journal.courses[lesson.course]);
        let class = self.roster.class_on(pupil, lesson.date).filter(|class| classes.contains(class));
        class.is_none_or(|class| class == self.class)
    }

    /// Returns each pupil's absence and marks: `н`, `5`, `4/5`, `н 4`.
    fn cells(&self, lesson: Id<Lesson>, rows: &BTreeMap<Id<Pupil>, usize>) -> Vec<String> {
        let mut cells = vec![String::new(); rows.len()];
        let mut put = |pupil: Id<Pupil>, sign: &str, after_same: char, was: fn(char) -> bool| {
            let row = rows.get(&pupil).filter(|_| self.is_cell_here(lesson, pupil));
            if let Some(cell) = row.and_then(|row| cells.get_mut(*row)) {
                if let Some(last) = cell.chars().last() {
                    cell.push(if was(last) { after_same } else { ' ' });
                }
                cell.push_str(sign);
            }
        };
        for absence in self.roster.absences_of(lesson).iter().map(|id| &self.journal.absences[*id]) {
            put(absence.pupil, absence.reason.code(), ' ', |_| true);
        }
        for mark in self.roster.marks_of(lesson).iter().map(|id| &self.journal.marks[*id]) {
            let sign = if mark.printed.is_empty() { mark.value.code() } else { mark.printed.as_str() };
            put(mark.pupil, sign, '/', |last| !"бнуп?".contains(last));
        }
        cells
    }
}

/// Returns the subject's title, with the group's if the course is for one.
pub(super) fn title(journal: &Journal, course: &Course) -> String {
    let subject = clean(&journal.subjects[course.subject].title);
    match journal.group_of(course) {
        Some(group) => format!("{subject} ({})", clean(&group.title)),
        None => subject,
    }
}

/// Returns the title of a column of term marks: «1 ч.», «2 п/г», «Год», «Экз.», «Итог».
fn column_title(term: &Term, kind: TermMarkKind) -> String {
    match kind {
        TermMarkKind::Year => "Год".to_owned(),
        TermMarkKind::Exam => "Экз.".to_owned(),
        TermMarkKind::StateExam => "ГИА".to_owned(),
        TermMarkKind::Final => "Итог".to_owned(),
        TermMarkKind::Term => term_title(term),
    }
}
