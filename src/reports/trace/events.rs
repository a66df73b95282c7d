//! Movement and control works of a term, each with the names behind its counts.

use std::collections::BTreeMap;

use super::anchors;
use super::of_term::OfTerm;
use crate::model::*;
use crate::render::format;
use crate::render::markup::Markup;
use crate::reports::common::{balance, numbers};
use crate::reports::each::Of;
use crate::reports::movement::moves;
use crate::stats::analytics::{CONTROL_WORKS, MOVEMENT, Record, Written, written_works};

/// Writes the balance of every whole, and who came and left.
pub(super) fn movement(of: &OfTerm<'_>, out: &mut Markup) {
    out.raw("<h2 id=movement>Движение</h2>\n");
    if let Some(why) = of.data.lack(&MOVEMENT) {
        out.raw("<p>Не образовано: ").text(&why).raw(".</p>\n");
        return;
    }
    out.raw("<p>На начало + прибыло − выбыло = на конец.</p>\n<div class=w tabindex=0 role=region aria-label=Движение><table class=n><thead><tr><th>Охват\
             <th>На начало<th>прибыло из других школ<th>из других классов<th>иное<th>выбыло из школы<th>в другие классы<th>иное\
             <th>На конец<th>юноши<th>девушки<tbody>\n");
    for whole in &of.wholes {
        let Some(row) = balance::of(&of.data, whole.scope.code(), &whole.id) else { continue };
        out.raw("<tr id=v-").raw(&whole.anchor).raw("><th>").text(&whole.title);
        for column in balance::COLUMNS {
            let (count, is_still) = (row.count(column), balance::is_printed_as_zero(column));
            out.raw("<td>");
            match count > 0 && !is_still {
                true => out.raw("<a href=#moved>").count(count).raw("</a>"),
                false => out.count(count),
            };
        }
        out.raw("\n");
    }
    out.raw("</table></div>\n<h3 id=moved>Прибыли и выбыли поимённо</h3>\n<ul>\n");
    let mut moves = moves(&of.data);
    moves.sort_by_cached_key(|one| {
        (one.date, one.is_out, of.data.keys.pupil_name(one.stay.pupil), one.stay.pupil)
    });
    for one in moves {
        out.raw("<li>").raw(&format::date(one.date)).raw(" ");
        of.link(
            one.stay.class,
            of.data.term,
            &anchors::of_pupil(of.journal(), one.stay.pupil),
            &of.data.keys.pupil_name(one.stay.pupil),
            out,
        );
        out.raw(", ").text(&of.journal().classes[one.stay.class].key).raw(": ").raw(one.what).raw("\n");
    }
    out.raw("</ul>\n");
}

/// Writes the control works, each with the names by mark.
pub(super) fn works(of: &OfTerm<'_>, out: &mut Markup) {
    out.raw("<h2 id=all-works>Контрольные работы</h2>\n");
    let journal = of.journal();
    if let Some(why) = of.data.lack(&CONTROL_WORKS) {
        out.raw("<p>Не образованы: ").text(&why).raw(".</p>\n");
        return;
    }
    let rows = of.data.rows_of_study(&CONTROL_WORKS);
    if rows.is_empty() {
        out.raw("<p>Работ по графику в периоде нет.</p>\n");
        return;
    }
    let written = written_works(journal, of.data.context.roster, of.data.context.as_of);
    let written: BTreeMap<Id<Work>, &Written> = written.iter().map(|one| (one.work, one)).collect();
    out.raw("<p>Успеваемость, качество, СОУ и средний балл — по тем, кто писал. Дата ведёт к уроку.</p>\n");
    for row in rows {
        if let Some(id) = of.data.keys.work(row.text("work_id")) {
            work(of, (id, row), written.get(&id).copied(), out);
        }
    }
}

fn work(of: &OfTerm<'_>, (id, row): (Id<Work>, Record<'_>), written: Option<&Written>, out: &mut Markup) {
    let journal = of.journal();
    let record = &journal.works[id];
    let course = &journal.courses[record.course];
    out.raw("<p id=w").raw(&anchors::part(&record.key)).raw("><b>");
    out.text(&of.data.keys.audience_name(record.course))
        .raw(", ")
        .text(&of.data.keys.subject_name(course.subject));
    out.raw(".</b> ").text(&record.title).raw(". ");
    if let Some(planned) = row.date("planned_date") {
        out.raw("По графику ").raw(&format::date(planned)).raw("; ");
    }
    let Some(written) = written else {
        out.raw("не проведена; по списку ").count(row.count("listed")).raw(".</p>\n");
        return;
    };
    let day = format::date(journal.lessons[written.lesson].date);
    let class = journal.classes_of(course).first().copied();
    out.raw("проведена ");
    match (class, study_term(of, written.lesson)) {
        (Some(class), Some(term)) => {
            of.link(class, term, &anchors::of_lesson(journal, written.lesson), &day, out);
        }
        _ => drop(out.raw(&day)),
    }
    out.raw(&format!(
        "; по списку {}, писали {}, успеваемость {}\u{a0}%, качество {}\u{a0}%, СОУ {}\u{a0}%, средний балл {}. ",
        row.count("listed"),
        row.count("wrote"),
        numbers::percent(row.number("attainment")),
        numbers::percent(row.number("quality")),
        numbers::percent(row.number("sou")),
        numbers::mean(row.number("mean_mark"))
    ));
    let term = study_term(of, written.lesson).filter(|_| of.is_year());
    if let Some(page) = term.and_then(|term| of.pages.name_of(Of::School, term)) {
        // The page of the study term has the names.
        out.raw("<a href=").raw(page).raw("#w").raw(&anchors::part(&record.key)).raw(">Поимённо</a>.</p>\n");
        return;
    }
    let mut by_mark: BTreeMap<Option<u8>, Vec<Id<Pupil>>> = BTreeMap::new();
    for (pupil, mark) in &written.marks {
        by_mark.entry(*mark).or_default().push(*pupil);
    }
    for (mark, mut pupils) in by_mark.into_iter().rev() {
        pupils.sort_by_cached_key(|id| crate::reports::pupils::name_key(&journal.pupils[*id]));
        match mark {
            Some(mark) => out.raw(&format!("<b>«{mark}» ({}):</b> ", pupils.len())),
            None => out.raw(&format!("<b>Не писали ({}):</b> ", pupils.len())),
        };
        let names: Vec<String> = pupils.iter().map(|id| of.data.keys.pupil_name(*id)).collect();
        out.text(&names.join(", ")).raw(". ");
    }
    out.raw("</p>\n");
}

/// Returns the study term whose page has a lesson.
fn study_term(of: &OfTerm<'_>, lesson: Id<Lesson>) -> Option<Id<Term>> {
    let journal = of.journal();
    let lesson = &journal.lessons[lesson];
    let grade = journal.grade_of(&journal.courses[lesson.course]);
    let holds = |term: &Id<Term>| journal.terms[*term].span.contains(lesson.date);
    journal.terms_of_grade(grade).into_iter().find(holds)
}
