//! Courses, groups and teachers with their figures; absences by name; hours and lessons by course.

use std::collections::{BTreeMap, BTreeSet};

use super::anchors;
use super::cells::{self, Leads};
use super::of_term::OfTerm;
use crate::model::*;
use crate::render::markup::Markup;
use crate::reports::common::numbers;
use crate::stats::Scope;
use crate::stats::analytics::{MISSED, PROGRAMME, Record};

/// Heads of the lessons of a course by what became of them.
const LESSONS: &str = "<th>Уроков проведено<th>не проведено<th>перене\u{ad}сено<th>отменено<th>замен<th>Строк плана<th>из них дано";
/// Their columns of the table.
const STATUSES: [&str; 7] =
    ["held", "missed", "moved", "cancelled", "substituted", "plan_rows", "given_rows"];

/// Writes the courses.
pub(super) fn courses(of: &OfTerm<'_>, out: &mut Markup) {
    let journal = of.journal();
    let programme: BTreeMap<&str, Record<'_>> =
        of.data.rows(&PROGRAMME).map(|row| (row.text("course_id"), row)).collect();
    out.raw("<h2 id=all-courses>Курсы: отметки, посещаемость, часы и уроки</h2>\n");
    out.raw("<p>«Имена» — ученики по отметкам, «уроки» — уроки курса и отсутствовавшие.</p>\n");
    cells::open("Курс", &format!("{}{LESSONS}", cells::TOGETHER), "Курсы", out);
    for course in of.courses() {
        let record = &journal.courses[course];
        out.raw("<tr id=").raw(&anchors::of_course(journal, course)).raw("><th>");
        out.text(&of.data.keys.audience_name(course))
            .raw(", ")
            .text(&of.data.keys.subject_name(record.subject));
        out.raw(" <small>").text(&of.data.keys.teacher_name(record.teacher)).raw("</small>");
        let lessons = of.course_href(course);
        let leads =
            Leads { marks: marks_of(of, course), presence: lessons.clone(), hours: lessons, together: true };
        cells::write(of, (Scope::Course, &record.key, Some(record.subject)), &leads, out);
        let row = programme.get(record.key.as_str());
        for column in STATUSES {
            out.raw("<td>");
            match row.and_then(|row| row.whole(column)) {
                Some(count) => drop(out.raw(&count.to_string())),
                None => drop(out.raw(numbers::GAP)),
            }
        }
        out.raw("\n");
    }
    cells::close(out);
}

/// Returns the anchor of the names by mark in a course.
fn marks_of(of: &OfTerm<'_>, course: Id<Course>) -> Option<String> {
    let own = of.given.iter().filter(|one| one.course == course);
    let class = own.map(|one| (of.journal().classes[one.class].grade, one.class)).min()?.1;
    Some(format!("#u-{}-{}", anchors::of_course(of.journal(), course), of.stem(class)))
}

/// Writes the groups.
pub(super) fn groups(of: &OfTerm<'_>, out: &mut Markup) {
    let journal = of.journal();
    let mut rows: Vec<(&Group, Id<Course>)> = Vec::new();
    for course in of.courses() {
        if let Some(group) = journal.group_of(&journal.courses[course]) {
            let subject = journal.courses[course].subject;
            let is_new = |(other, id): &(&Group, Id<Course>)| {
                other.key != group.key || journal.courses[*id].subject != subject
            };
            if rows.iter().all(is_new) {
                rows.push((group, course));
            }
        }
    }
    if rows.is_empty() {
        return;
    }
    out.raw("<h2 id=groups>Группы</h2>\n");
    cells::open("Группа", cells::TOGETHER, "Группы", out);
    for (group, course) in rows {
        let subject = journal.courses[course].subject;
        let key = anchors::part(&journal.subjects[subject].key);
        out.raw("<tr id=q")
            .raw(&anchors::part(&group.key))
            .raw("-")
            .raw(&key)
            .raw("><th>")
            .text(&group.title);
        out.raw(", ").text(&of.data.keys.subject_name(subject));
        let lessons = of.course_href(course);
        let leads =
            Leads { marks: marks_of(of, course), presence: lessons.clone(), hours: lessons, together: true };
        cells::write(of, (Scope::Group, &group.key, Some(subject)), &leads, out);
        out.raw("\n");
    }
    cells::close(out);
}

/// Writes the teachers, each with the subjects; figures lead to the courses they pool.
pub(super) fn teachers(of: &OfTerm<'_>, out: &mut Markup) {
    let journal = of.journal();
    let mut courses: BTreeMap<Id<Staff>, Vec<Id<Course>>> = BTreeMap::new();
    for course in of.courses() {
        courses.entry(journal.courses[course].teacher).or_default().push(course);
    }
    let mut teachers: Vec<Id<Staff>> = courses.keys().copied().collect();
    teachers.sort_by_cached_key(|id| (journal.staff[*id].name.clone(), *id));
    out.raw("<h2 id=all-teachers>Учителя</h2>\n<p>Складываются отметки учеников курсов учителя: они названы в строке и ведут к своим показателям.</p>\n");
    cells::open("Учитель, предмет", "<th>Курсы", "Учителя", out);
    for teacher in teachers {
        let own = &courses[&teacher];
        let taught: BTreeSet<Id<Subject>> = own.iter().map(|id| journal.courses[*id].subject).collect();
        let mut subjects: Vec<Option<Id<Subject>>> = vec![None];
        // Of one subject the figures are those of all together.
        subjects.extend(taught.into_iter().map(Some));
        subjects.truncate(if subjects.len() == 2 { 1 } else { subjects.len() });
        for subject in subjects {
            let of_row: Vec<Id<Course>> = own
                .iter()
                .copied()
                .filter(|id| subject.is_none_or(|one| journal.courses[*id].subject == one))
                .collect();
            teacher_row(of, (teacher, subject), &of_row, out);
        }
    }
    cells::close(out);
}

fn teacher_row(
    of: &OfTerm<'_>,
    (teacher, subject): (Id<Staff>, Option<Id<Subject>>),
    courses: &[Id<Course>],
    out: &mut Markup,
) {
    let journal = of.journal();
    let key = &journal.staff[teacher].key;
    out.raw("<tr id=t").raw(&anchors::part(key));
    match subject {
        None => drop(out.raw("><th>").text(&of.data.keys.teacher_name(teacher))),
        Some(subject) => {
            let own = anchors::part(&journal.subjects[subject].key);
            out.raw("-").raw(&own).raw("><th>").text(&of.data.keys.subject_name(subject));
        }
    }
    cells::write(of, (Scope::Teacher, key, subject), &Leads::default(), out);
    out.raw("<td class=t>");
    for (index, course) in courses.iter().enumerate() {
        out.raw(if index > 0 { ", " } else { "" });
        out.raw("<a href=#").raw(&anchors::of_course(journal, *course)).raw(">");
        out.text(&of.data.keys.audience_name(*course)).raw("</a>");
    }
    out.raw("\n");
}

/// Lessons missed by a pupil, by reason.
type Missed<'a> = BTreeMap<Id<Pupil>, BTreeMap<&'a str, usize>>;

/// Writes who was absent, class by class.
pub(super) fn absences(of: &OfTerm<'_>, out: &mut Markup) {
    let journal = of.journal();
    out.raw("<h2 id=a-school>Поимённо: пропуски и посещаемость</h2>\n<p>Пропущенные проведённые уроки тех, кто в этот день числился в курсе, \
             по классу этого дня, выбывшие тоже. Посещаемость: (уроки учеников − пропуски) / уроки учеников. Опоздания — не пропуски. \
             Имя ведёт к урокам.</p>\n");
    if let Some(why) = of.data.lack(&MISSED) {
        out.raw("<p>Не образованы: ").text(&why).raw(".</p>\n");
        return;
    }
    let mut missed: BTreeMap<&str, Missed<'_>> = BTreeMap::new();
    for row in missed_rows(of) {
        if let Some(pupil) = of.data.keys.pupil(row.text("pupil_id")) {
            let own = missed.entry(row.text("class_id")).or_default().entry(pupil).or_default();
            *own.entry(row.text("reason")).or_default() += 1;
        }
    }
    for whole in of.wholes.iter().skip(1) {
        whole.heading("a", out);
        if let (Scope::Class, [class]) = (whole.scope, &whole.classes[..]) {
            match missed.get(journal.classes[*class].key.as_str()) {
                Some(own) => absent(of, *class, own, out),
                None => drop(out.raw("<p>Пропусков нет.</p>\n")),
            }
        }
    }
}

/// Walks the absences of the term, or of all days of the year.
fn missed_rows<'a>(of: &OfTerm<'a>) -> Vec<Record<'a>> {
    let journal = of.journal();
    if journal.terms[of.data.term].kind != TermKind::Year {
        return of.data.rows(&MISSED).collect();
    }
    let span = of.data.span();
    let grade = |key: &str| of.data.keys.class(key).map(|class| journal.classes[class].grade);
    let is_ours = |row: &Record<'_>| {
        row.date("date").is_some_and(|date| span.contains(date))
            && grade(row.text("class_id")).is_some_and(|grade| of.data.grades.contains(grade))
    };
    of.data.tables.all(&MISSED).filter(is_ours).collect()
}

fn absent(of: &OfTerm<'_>, class: Id<Class>, missed: &Missed<'_>, out: &mut Markup) {
    let journal = of.journal();
    let total: usize = missed.values().flat_map(BTreeMap::values).sum();
    let mut pupils: Vec<Id<Pupil>> = missed.keys().copied().collect();
    pupils.sort_by_cached_key(|id| crate::reports::pupils::name_key(&journal.pupils[*id]));
    out.raw("<p><b>Пропущено ").count(total).raw(".</b> ");
    for (index, pupil) in pupils.into_iter().enumerate() {
        out.raw(if index > 0 { ", " } else { "" });
        of.pupil(class, pupil, None, out);
        let reasons = &missed[&pupil];
        out.raw(" ").count(reasons.values().sum()).raw(" (");
        for (index, (reason, count)) in reasons.iter().enumerate() {
            out.raw(if index > 0 { ", " } else { "" }).text(reason).raw(" ").count(*count);
        }
        out.raw(")");
    }
    out.raw("</p>\n");
}

/// Writes the hours of each class, course by course.
pub(super) fn hours(of: &OfTerm<'_>, out: &mut Markup) {
    let journal = of.journal();
    out.raw("<h2 id=h-school>По курсам: часы</h2>\n<p>Дано / по плану. Курс нескольких классов в школе, уровне и параллели считается один раз. \
             Курсы без плана часов не входят в выполнение. Предмет ведёт к урокам.</p>\n");
    let programme: BTreeMap<&str, Record<'_>> =
        of.data.rows(&PROGRAMME).map(|row| (row.text("course_id"), row)).collect();
    let courses = of.courses();
    for whole in of.wholes.iter().skip(1) {
        let (Scope::Class, [class]) = (whole.scope, &whole.classes[..]) else {
            out.raw("<a id=h-").raw(&whole.anchor).raw("></a>\n");
            continue;
        };
        out.raw("<p id=h-").raw(&whole.anchor).raw("><b>").text(&whole.title).raw(".</b> ");
        let own =
            courses.iter().copied().filter(|id| journal.classes_of(&journal.courses[*id]).contains(class));
        for (index, course) in own.enumerate() {
            let record = &journal.courses[course];
            let row = programme.get(record.key.as_str());
            let said = |column| numbers::hours(row.and_then(|row| row.number(column)));
            out.raw(if index > 0 { ", " } else { "" });
            let title = of.data.keys.subject_name(record.subject);
            of.link(*class, of.data.term, &anchors::of_course(journal, course), &title, out);
            out.raw(" ").raw(&said("hours_given")).raw("/").raw(&said("hours_plan"));
        }
        out.raw("</p>\n");
    }
}
