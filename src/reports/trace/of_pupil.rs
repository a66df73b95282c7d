//! A pupil on the page of a class: the figures, and in every course the marks, their mean, the term mark and the absences.

use super::anchors;
use super::marks::{self, Sums};
use super::of_class::{Entry, Missed, OfClass, OfCourse};
use crate::model::*;
use crate::render::format;
use crate::render::markup::Markup;
use crate::reports::common::{numbers, terms};
use crate::reports::each::Of;
use crate::reports::labels;
use crate::reports::pages::Pages;
use crate::stats::{Figure, METRICS, Unit};

/// Writes a pupil.
pub(super) fn write(of: &OfClass<'_>, pupil: Id<Pupil>, pages: &Pages, out: &mut Markup) {
    let journal = of.context.journal;
    out.raw("<h3 id=").raw(&anchors::of_pupil(journal, pupil)).raw(">").text(of.name(pupil)).raw("</h3>\n");
    if let Some(why) = of.left_out(pupil) {
        out.raw("<p class=x>").text(&why).raw("</p>\n");
    }
    figures(of, pupil, out);
    links(of, pupil, pages, out);
    let rows: Vec<(&OfCourse, &Entry)> =
        of.courses.iter().filter_map(|course| Some((course, course.entries.get(&pupil)?))).collect();
    if rows.is_empty() {
        out.raw("<p>Ни в одном курсе класса в этом периоде не числится, записей нет.</p>\n");
        return;
    }
    out.raw("<table class=p><thead><tr><th>Предмет<th>Отметки<th>Среднее<th>За период<th>Пропущено<tbody>\n");
    for (course, entry) in &rows {
        let is_alone = rows.iter().filter(|(other, _)| other.subject == course.subject).count() == 1;
        row(of, pupil, (course, entry), is_alone, out);
    }
    out.raw("</table>\n");
}

/// Returns a share with its sign; a gap where it cannot be formed.
fn percent(value: Option<f64>) -> String {
    let sign = if value.is_some() { "\u{a0}%" } else { "" };
    numbers::percent(value) + sign
}

/// How the line of a pupil's figures names them: short, since it stands on the page of every pupil.
const SHORT: [(&str, &str); 10] = [
    ("attainment", "успев."),
    ("attainment_regulation", "по полож."),
    ("quality", "качество"),
    ("sou", "СОУ"),
    ("mean_mark", "ср. балл"),
    ("attendance", "посещ."),
    ("absence_lessons", "проп."),
    ("absence_б", "б"),
    ("absence_ну", "ну"),
    ("absence_н", "н"),
];

/// Writes the figures of a pupil with what they are made of: «качество 5/8=62,5 %».
fn figures(of: &OfClass<'_>, pupil: Id<Pupil>, out: &mut Markup) {
    let Some(figures) = of.figures.get(of.context.journal.pupils[pupil].key.as_str()) else { return };
    let said: Vec<String> = figures.iter().map(|figure| figure_said(figure)).collect();
    let excluded = figures.iter().find(|one| !one.excluded.is_empty());
    let excluded = excluded.map(|figure| {
        let kinds = figure.excluded.iter().map(|(kind, count)| format!("{} {count}", kind.title()));
        format!(". Предметы вне успеваемости: {}", kinds.collect::<Vec<_>>().join(", "))
    });
    out.raw("<p>").text(&said.join("; ")).text(&excluded.unwrap_or_default()).raw("</p>\n");
}

fn figure_said(figure: &Figure) -> String {
    let title = SHORT.iter().find(|(id, _)| *id == figure.metric).map(|(_, title)| *title);
    let metric = METRICS.iter().find(|metric| metric.id == figure.metric);
    let (whole, unit) = metric.map_or((figure.metric, Unit::Lessons), |metric| (metric.title, metric.unit));
    let value = match unit {
        Unit::Percent => percent(figure.value),
        Unit::Mark => numbers::mean(figure.value),
        Unit::Lessons | Unit::Hours => numbers::hours(figure.value),
    };
    let parts = figure.numerator.zip(figure.denominator);
    let parts = parts.map(|(found, of)| format!("{}/{}=", format::count(found), format::count(of)));
    format!("{} {}{value}", title.unwrap_or(whole), parts.unwrap_or_default())
}

fn row(
    of: &OfClass<'_>,
    pupil: Id<Pupil>,
    (course, entry): (&OfCourse, &Entry),
    is_alone: bool,
    out: &mut Markup,
) {
    let journal = of.context.journal;
    out.raw("<tr id=").raw(&anchors::of_marks(journal, pupil, course.id)).raw("><th>");
    out.text(if is_alone { &course.subject } else { &course.title });
    if !entry.is_counted && of.own.contains(&pupil) {
        out.raw(" <span class=x>на последний день периода в курсе не числится: в показатели предмета не входит</span>");
    }
    out.raw("<td>");
    parts(of, pupil, (course, entry), out);
    let shown: Vec<Id<Mark>> = entry.marks.iter().copied().filter(|id| part_of(of, *id).is_none()).collect();
    for (index, id) in shown.iter().enumerate() {
        out.raw(if index > 0 { "; " } else { "" });
        marks::write(journal, &journal.marks[*id], out);
    }
    if entry.marks.is_empty() {
        out.raw("нет");
    }
    let sums = Sums::of(journal, entry.marks.iter().copied());
    out.raw("<td>");
    sums.write(out);
    out.raw("<td>");
    term_mark(of, pupil, (course, entry), &sums, out);
    out.raw("<td>");
    missed(of, entry, out);
    out.raw("\n");
}

fn part_of(of: &OfClass<'_>, mark: Id<Mark>) -> Option<Id<Term>> {
    let journal = of.context.journal;
    of.part_of(journal.lessons[journal.marks[mark].lesson].date)
}

/// In a year: writes for each study term its mark, and the sum and number of its marks.
fn parts(of: &OfClass<'_>, pupil: Id<Pupil>, (course, entry): (&OfCourse, &Entry), out: &mut Markup) {
    let journal = of.context.journal;
    for part in &of.parts {
        let own: Vec<Id<Mark>> =
            entry.marks.iter().copied().filter(|id| part_of(of, *id) == Some(*part)).collect();
        let key = (pupil, journal.courses[course.id].subject, *part, TermMarkKind::Term);
        let value = of.term_marks.counting(journal, &key).and_then(|id| journal.term_marks[id].value);
        if own.is_empty() && value.is_none() {
            continue;
        }
        out.text(&terms::short_title(journal, *part)).raw(": ");
        out.raw(value.map_or(numbers::GAP, TermValue::code)).raw(" (");
        out.raw(&Sums::of(journal, own.into_iter()).said()).raw("); ");
    }
}

/// In a year: links to the pupil's marks and lessons in each study term, in every class of that term.
fn links(of: &OfClass<'_>, pupil: Id<Pupil>, pages: &Pages, out: &mut Markup) {
    let journal = of.context.journal;
    let mut found: Vec<(Id<Term>, Id<Class>, &str)> = Vec::new();
    for part in &of.parts {
        let span = journal.terms[*part].span;
        let stays =
            of.context.roster.stays_of(pupil).iter().filter(|(stay, _)| stay.intersect(span).is_some());
        let of_class = |class: Id<Class>| Some((*part, class, pages.name_of(Of::Class(class), *part)?));
        found.extend(stays.filter_map(|(_, class)| of_class(*class)));
    }
    found.dedup();
    if found.is_empty() {
        return;
    }
    out.raw("<p>Отметки и уроки:");
    for (part, class, page) in found {
        let class =
            if class == of.class { String::new() } else { format!(" в {}", journal.classes[class].key) };
        out.raw(" <a href=").raw(page).raw("#").raw(&anchors::of_pupil(journal, pupil)).raw(">");
        out.text(&terms::short_title(journal, part)).text(&class).raw("</a>");
    }
    out.raw("</p>\n");
}

fn term_mark(
    of: &OfClass<'_>,
    pupil: Id<Pupil>,
    (course, entry): (&OfCourse, &Entry),
    sums: &Sums,
    out: &mut Markup,
) {
    let journal = of.context.journal;
    if !entry.is_counted {
        out.raw(numbers::GAP);
        return;
    }
    let record = &journal.courses[course.id];
    let key = (pupil, record.subject, of.term, journal.terms[of.term].closing_kind());
    let mark = of.term_marks.counting(journal, &key).map(|id| &journal.term_marks[id]);
    match mark.map(|mark| (mark.value, mark.deferred_until)) {
        Some((Some(value), _)) => {
            out.raw("<b>").raw(value.code()).raw("</b>").raw(compared(value, sums));
        }
        Some((None, Some(until))) if until >= of.context.as_of => {
            out.raw("отсрочка до ").raw(&format::date(until));
        }
        _ if !is_due(of, record) => drop(out.raw(numbers::GAP)),
        _ if !journal.presence.has(Table::TermMarks) => drop(out.raw(labels::lack_of(Table::TermMarks))),
        _ => drop(out.raw("отметки нет")),
    }
}

/// Tells whether term marks are due in a course.
fn is_due(of: &OfClass<'_>, course: &Course) -> bool {
    let journal = of.context.journal;
    course.kind == CourseKind::Lesson
        && journal.grading(course) != Grading::None
        && journal.classes[of.class].grade >= FIRST_MARKED_GRADE
}

fn compared(value: TermValue, sums: &Sums) -> &'static str {
    match value.numeric().zip(sums.rounded()) {
        None => "",
        Some((mark, rounded)) if mark == rounded => " =",
        Some((mark, rounded)) if mark > rounded => " выше",
        Some(_) => " ниже",
    }
}

fn missed(of: &OfClass<'_>, entry: &Entry, out: &mut Markup) {
    let journal = of.context.journal;
    if !journal.presence.has(Table::Attendance) {
        out.raw(labels::lack_of(Table::Attendance));
        return;
    }
    out.count(entry.missed()).raw("/").count(entry.due);
    if entry.due != entry.due_here {
        let here = entry.absences.iter().filter(|one| one.counts() && one.is_here).count();
        out.raw(", в этом классе ").count(here).raw("/").count(entry.due_here);
    }
    let shown: Vec<&Missed> =
        entry.absences.iter().filter(|one| of.part_of(journal.lessons[one.lesson].date).is_none()).collect();
    for (index, one) in shown.iter().enumerate() {
        out.raw(if index == 0 { ": " } else { ", " });
        marks::day(journal, one.lesson, out);
        out.raw(" ").raw(one.reason.code());
        if let Some(why) = one.excuse {
            out.raw(" <span class=x>не считается: ").raw(why).raw("</span>");
        }
    }
}
