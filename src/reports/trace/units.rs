//! Term marks by subject: the figures of every whole, and in each class and course the pupils by mark.

use std::collections::BTreeMap;

use super::anchors;
use super::cells::{self, Leads};
use super::of_term::{OfTerm, Whole};
use crate::model::*;
use crate::render::markup::Markup;
use crate::stats::{Exclusion, Given, Scope};

/// A class's pupils in a course.
type Units<'a> = BTreeMap<(Id<Class>, Id<Course>), Vec<&'a Given>>;

/// Writes every subject.
pub(super) fn write(of: &OfTerm<'_>, out: &mut Markup) {
    let journal = of.journal();
    out.raw("<h2 id=subjects>Предметы</h2>\n");
    out.raw("<p>«Имена» ведут к ученикам по отметкам, имя — к отметкам и урокам; «уроки» — к урокам и отсутствовавшим.</p>\n");
    let mut subjects: Vec<Id<Subject>> = journal.subjects.ids().collect();
    subjects.sort_by_cached_key(|id| (of.data.keys.subject_name(*id).to_lowercase(), *id));
    out.raw("<nav aria-label=Предметы><p>");
    subjects
        .retain(|id| of.wholes.iter().any(|whole| cells::has_any(of, (whole.scope, &whole.id, Some(*id)))));
    for (index, subject) in subjects.iter().enumerate() {
        out.raw(if index > 0 { " · " } else { "" });
        out.raw("<a href=#s-")
            .raw(&key(of, *subject))
            .raw(">")
            .text(&of.data.keys.subject_name(*subject))
            .raw("</a>");
    }
    out.raw("</p></nav>\n");
    for subject in subjects {
        of_subject(of, subject, out);
    }
}

fn key(of: &OfTerm<'_>, subject: Id<Subject>) -> String {
    anchors::part(&of.journal().subjects[subject].key).into_owned()
}

fn of_subject(of: &OfTerm<'_>, subject: Id<Subject>, out: &mut Markup) {
    let (key, title) = (key(of, subject), of.data.keys.subject_name(subject));
    let units = units(of, subject);
    out.raw("<h3 id=s-").raw(&key).raw(">").text(&title).raw("</h3>\n");
    cells::open("Охват", cells::TOGETHER, &title, out);
    for whole in &of.wholes {
        let place = (whole.scope, whole.id.as_str(), Some(subject));
        if !cells::has_any(of, place) {
            continue;
        }
        out.raw("<tr id=s-").raw(&key).raw("-").raw(&whole.anchor).raw("><th>").text(&whole.title);
        cells::write(of, place, &leads(of, (subject, &key), whole, &units), out);
        out.raw("\n");
    }
    cells::close(out);
    if units.is_empty() {
        return;
    }
    out.raw("<h4 id=u-").raw(&key).raw(">").text(&title).raw(": поимённо</h4>\n");
    let mut last = None;
    for class in &of.wholes[0].classes {
        for ((_, course), pupils) in
            units.range((*class, Id::new(0))..).take_while(|((own, _), _)| own == class)
        {
            if last.replace(*class) != Some(*class) {
                out.raw("<a id=u-").raw(&key).raw("-").raw(of.stem(*class)).raw("></a>\n");
            }
            unit(of, (*class, *course), pupils, out);
        }
    }
}

/// Returns where the figures of a subject in a whole lead to: of a class to its names and lessons, of a larger whole to the
/// names, and to the rows of its classes.
fn leads(of: &OfTerm<'_>, (subject, key): (Id<Subject>, &str), whole: &Whole, units: &Units<'_>) -> Leads {
    let journal = of.journal();
    let has = |class: &&Id<Class>| units.keys().any(|(own, _)| own == *class);
    let marks = whole.classes.iter().find(has).map(|class| format!("#u-{key}-{}", of.stem(*class)));
    let is_row =
        |class: &&Id<Class>| cells::has_any(of, (Scope::Class, &journal.classes[**class].key, Some(subject)));
    let lessons = match whole.scope {
        Scope::Class => {
            let is_own = |id: &Id<Course>| {
                let course = &journal.courses[*id];
                course.subject == subject && journal.classes_of(course).contains(&whole.classes[0])
            };
            journal.courses.ids().find(is_own).and_then(|course| of.course_href(course))
        }
        _ => whole.classes.iter().find(is_row).map(|class| format!("#s-{key}-{}", of.stem(*class))),
    };
    Leads { marks, presence: lessons.clone(), hours: lessons, together: true }
}

fn units<'a>(of: &'a OfTerm<'_>, subject: Id<Subject>) -> Units<'a> {
    let mut units = Units::new();
    for one in of.given.iter().filter(|one| one.subject == subject) {
        units.entry((one.class, one.course)).or_default().push(one);
    }
    units
}

/// Writes the pupils of a class in a course by mark.
fn unit(of: &OfTerm<'_>, (class, course): (Id<Class>, Id<Course>), pupils: &[&Given], out: &mut Markup) {
    let journal = of.journal();
    let record = &journal.courses[course];
    out.raw("<p id=u-").raw(&anchors::of_course(journal, course)).raw("-").raw(of.stem(class)).raw("><b>");
    out.text(&journal.classes[class].key);
    if let Some(group) = journal.group_of(record) {
        out.raw(", ").text(&group.title);
    }
    out.raw("</b> (").text(&of.data.keys.teacher_name(record.teacher)).raw("). ");
    of.parts_of_course(class, course, out);
    let mut sorted: Vec<&&Given> = pupils.iter().collect();
    sorted
        .sort_by_cached_key(|one| (place(one), crate::reports::pupils::name_key(&journal.pupils[one.pupil])));
    for group in sorted.chunk_by(|one, other| place(one) == place(other)) {
        out.raw("<b>").raw(title(group[0])).raw(" (").count(group.len()).raw("):</b> ");
        for (index, one) in group.iter().enumerate() {
            out.raw(if index > 0 { ", " } else { "" });
            of.pupil(class, one.pupil, Some(course), out);
            if !one.is_first {
                out.raw(" <span class=x>в классе и школе учтён по другому курсу</span>");
            }
        }
        out.raw(". ");
    }
    out.raw("</p>\n");
}

/// Orders marks: 5 to 1, н/а, then what no figure counts.
fn place(one: &Given) -> (u8, Option<Exclusion>) {
    match one.value {
        Some(TermValue::Numeric(mark)) => (5_u8.saturating_sub(mark), None),
        Some(TermValue::NotAssessed) => (5, None),
        _ => (6, excluded(one)),
    }
}

fn title(one: &Given) -> &'static str {
    match one.value {
        Some(TermValue::Numeric(5)) => "«5»",
        Some(TermValue::Numeric(4)) => "«4»",
        Some(TermValue::Numeric(3)) => "«3»",
        Some(TermValue::Numeric(2)) => "«2»",
        Some(TermValue::Numeric(_)) => "«1»",
        Some(TermValue::NotAssessed) => "н/а",
        _ => excluded(one).map_or("не учтены", |kind| match kind {
            Exclusion::Absent => "не учтены, отметки нет",
            Exclusion::Deferred => "не учтены, отсрочка",
            Exclusion::Unmarked => "не учтены, без отметки",
            Exclusion::Pass => "не учтены, зачёт",
            Exclusion::Fail => "не учтены, незачёт",
            Exclusion::Exempt => "не учтены, освобождены",
        }),
    }
}

/// Returns why no figure counts a pupil; nothing of one who is counted.
fn excluded(one: &Given) -> Option<Exclusion> {
    match one.value {
        Some(TermValue::Numeric(_) | TermValue::NotAssessed) => None,
        Some(TermValue::Exempt) => Some(Exclusion::Exempt),
        Some(TermValue::Unmarked) => Some(Exclusion::Unmarked),
        Some(TermValue::Pass) => Some(Exclusion::Pass),
        Some(TermValue::Fail) => Some(Exclusion::Fail),
        None if one.is_deferred => Some(Exclusion::Deferred),
        None => Some(Exclusion::Absent),
    }
}

/// Says «осв:2» in words.
pub(super) fn left_out_word(code: &str) -> String {
    let (code, count) = code.split_once(':').unwrap_or((code, ""));
    let kind = Exclusion::ALL.iter().find(|kind| kind.code() == code);
    format!("{} {count}", kind.map_or(code, |kind| kind.title()))
}
