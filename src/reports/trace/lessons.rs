//! The lessons of a course on the page of a class: day, topic, work, hours, who was absent.

use super::anchors;
use super::marks::status_word;
use super::of_class::{Entry, OfClass, OfCourse};
use crate::model::*;
use crate::render::format;
use crate::render::markup::Markup;
use crate::reports::common::{numbers, terms};
use crate::reports::each::Of;
use crate::reports::pages::Pages;
use crate::stats::Plans;

/// What all courses of a page need.
pub(super) struct Courses<'a> {
    of: &'a OfClass<'a>,
    pages: &'a Pages,
    plans: Plans<'a>,
    teachers: CourseTeachers,
    /// The works of each lesson, in the order of their table.
    works: std::collections::BTreeMap<Id<Lesson>, Vec<&'a Work>>,
}

impl<'a> Courses<'a> {
    pub(super) fn new(of: &'a OfClass<'a>, pages: &'a Pages) -> Self {
        let journal = of.context.journal;
        let mut works: std::collections::BTreeMap<Id<Lesson>, Vec<&Work>> = std::collections::BTreeMap::new();
        for work in journal.works.values() {
            if let Some(lesson) = work.lesson {
                works.entry(lesson).or_default().push(work);
            }
        }
        Self { of, pages, plans: Plans::new(journal), teachers: CourseTeachers::new(journal), works }
    }

    /// Writes a course.
    pub(super) fn write(&self, course: &OfCourse, out: &mut Markup) {
        let journal = self.of.context.journal;
        let record = &journal.courses[course.id];
        out.raw("<h3 id=")
            .raw(&anchors::of_course(journal, course.id))
            .raw(">")
            .text(&course.title)
            .raw("</h3>\n<p>");
        let teacher = format::initials(&journal.staff[record.teacher].name);
        out.raw("Учитель: ").text(&teacher).raw("; ").raw(&self.hours(course)).raw("</p>\n");
        self.parts(course, out);
        let shown: Vec<Id<Lesson>> = course
            .lessons
            .iter()
            .copied()
            .filter(|id| self.of.part_of(journal.lessons[*id].date).is_none())
            .collect();
        if shown.is_empty() {
            if self.of.parts.is_empty() {
                out.raw("<p>Уроков курса в этом периоде в исходных данных нет.</p>\n");
            }
            return;
        }
        out.raw("<table class=l><thead><tr><th>Дата, урок<th>Тема, работа<th>Часы<th>Отсутствовали<tbody>\n");
        for lesson in shown {
            self.lesson(course, lesson, out);
        }
        out.raw("</table>\n");
    }

    /// Says how many hours were given, of how many planned.
    fn hours(&self, course: &OfCourse) -> String {
        let (journal, roster) = (self.of.context.journal, self.of.context.roster);
        let count =
            |status| course.lessons.iter().filter(|id| journal.lessons[**id].status == status).count();
        let given = roster.hours_given(journal, course.id, self.of.span);
        let plan = self.plans.hours(course.id, self.of.term);
        let share = plan
            .filter(|plan| *plan > 0.0)
            .map(|plan| format!(", выполнение {}\u{a0}%", numbers::percent(Some(100.0 * given / plan))));
        let plan = plan.map_or("по плану часов нет".to_owned(), |plan| {
            format!("по плану {}", numbers::hours(Some(plan)))
        });
        let mut said = format!(
            "часов дано {}, {plan}{}; уроков проведено {}",
            numbers::hours(Some(given)),
            share.unwrap_or_default(),
            count(LessonStatus::Held)
        );
        for status in [LessonStatus::Missed, LessonStatus::Moved, LessonStatus::Cancelled] {
            let found = count(status);
            if found > 0 {
                said.push_str(&format!(", {}: {found}", status_word(status)));
            }
        }
        said
    }

    /// In a year: a line for each study term, with a link to its lessons.
    fn parts(&self, course: &OfCourse, out: &mut Markup) {
        let (journal, roster) = (self.of.context.journal, self.of.context.roster);
        if self.of.parts.is_empty() {
            return;
        }
        out.raw("<p>Уроки (часы):");
        for part in &self.of.parts {
            let span = journal.terms[*part].span;
            let held = roster.held_in(journal, course.id, span).count();
            let hours = numbers::hours(Some(roster.hours_given(journal, course.id, span)));
            let title = terms::short_title(journal, *part);
            out.raw(" ");
            match self.pages.name_of(Of::Class(self.of.class), *part) {
                Some(page) if held > 0 => {
                    let anchor = anchors::of_course(journal, course.id);
                    out.raw("<a href=").raw(page).raw("#").raw(&anchor).raw(">").text(&title).raw("</a>");
                }
                _ => drop(out.text(&title)),
            }
            out.raw(" ").count(held).raw(" (").raw(&hours).raw(")");
        }
        out.raw("</p>\n");
    }

    fn lesson(&self, course: &OfCourse, id: Id<Lesson>, out: &mut Markup) {
        let journal = self.of.context.journal;
        let lesson = &journal.lessons[id];
        out.raw("<tr id=").raw(&anchors::of_lesson(journal, id)).raw("><td>");
        out.raw(&format::day_month(lesson.date)).raw(", ").count(usize::from(lesson.number));
        out.raw("<td>").text(if lesson.topic.is_empty() { "темы нет" } else { &lesson.topic });
        self.works.get(&id).into_iter().flatten().for_each(|work| write_work(work, &lesson.topic, out));
        if lesson.status == LessonStatus::Held
            && !self.teachers.teaches(lesson.teacher, lesson.course, lesson.date)
        {
            let teacher = format::initials(&journal.staff[lesson.teacher].name);
            out.raw(" <i>Замена: ").text(&teacher).raw("</i>");
        }
        out.raw("<td>");
        match (lesson.status, lesson.moved_to) {
            (LessonStatus::Held, _) => drop(out.raw(&numbers::hours(Some(lesson.hours)))),
            (LessonStatus::Moved, Some(to)) => drop(out.raw("перенесён на ").raw(&format::day_month(to))),
            (status, _) => drop(out.raw(status_word(status))),
        }
        out.raw("<td>");
        self.absent(course, id, out);
        out.raw("\n");
    }

    /// Names who was absent or late.
    fn absent(&self, course: &OfCourse, id: Id<Lesson>, out: &mut Markup) {
        let mut is_first = true;
        for pupil in &self.of.pupils {
            let of_lesson = |entry: &Entry| entry.absences.iter().find(|one| one.lesson == id).copied();
            let Some(missed) = course.entries.get(pupil).and_then(of_lesson) else { continue };
            out.raw(if std::mem::take(&mut is_first) { "" } else { ", " });
            out.text(self.of.short_name(*pupil)).raw(" ").raw(missed.reason.code());
        }
    }
}

/// Writes a work beside the topic of its lesson; a title that begins the topic is not said twice.
fn write_work(work: &Work, topic: &str, out: &mut Markup) {
    let title = if work.title.is_empty() { kind_word(work.kind) } else { work.title.as_str() };
    let mut parts = Vec::new();
    if !topic.starts_with(title) {
        parts.push(title.to_owned());
    }
    if work.control {
        parts.push("по графику".to_owned());
    }
    parts.extend(work.weight.map(|weight| format!("вес {}", format::count(weight))));
    if !parts.is_empty() {
        out.raw(" <i>").text(&parts.join(", ")).raw("</i>");
    }
}

/// Returns the word for a kind of work.
fn kind_word(kind: WorkKind) -> &'static str {
    let at = WorkKind::CODES.iter().position(|code| *code == kind.code());
    at.and_then(|at| WorkKind::WORDS.get(at)).copied().unwrap_or("работа")
}
