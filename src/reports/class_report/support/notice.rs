//! The notice to parents, with a slip to tear off (`papers.md` 1.6).

use super::cases::{Case, Trouble};
use crate::model::*;
use crate::render::format;
use crate::render::measure::clean;
use crate::render::paper::{Look, Paper};
use crate::reports::class_report::of_class::OfClass;
use crate::reports::class_report::words::mean_of;
use crate::reports::common::numbers::{GAP, out_of};
use crate::reports::common::table::{row, table, text};
use crate::reports::common::{signatures, terms};

pub(super) fn lay(of: &OfClass<'_>, case: &Case<'_, '_>, paper: &mut Paper) {
    let journal = of.journal();
    let pupil = &journal.pupils[case.pupil];
    let name = clean(&pupil.full_name());
    paper.turn();
    paper.heading(1, "Уведомление родителям (законным представителям)");
    paper.paragraph(Look::Text, journal.school.full_name());
    let parents = clean(&pupil.parents);
    if !parents.is_empty() {
        paper.paragraph(Look::Text, &format!("Кому: {parents}"));
    }
    paper.paragraph(Look::Lead, "Уважаемые родители (законные представители)!");
    let as_of = format::date(of.data.context.as_of);
    let said = format!("Сообщаем, что по состоянию на {as_of} {name}, {} класс, имеет:", of.key);
    paper.paragraph(Look::Lead, &said);
    marks(of, case, paper);
    paper.paragraph(Look::Lead, INVITATION);
    paper.gap(2.0);
    let teacher = journal.classes[of.class].teacher;
    let teacher = teacher.map(|id| format::signature(&journal.staff[id].name)).unwrap_or_default();
    paper.paragraph(Look::Text, &signatures::line("Подпись", "классный руководитель", &teacher));
    paper.cut();
    paper.together(|paper| slip(of, &name, paper));
}

const INVITATION: &str = "Приглашаем Вас в школу для беседы «___» ______________ 20__\u{a0}г. в ____ ч. ____ мин., кабинет ______. Просим \
    проконтролировать выполнение заданий и посещение занятий. Телефон для связи: ______________________.";

fn marks(of: &OfClass<'_>, case: &Case<'_, '_>, paper: &mut Paper) {
    let columns = vec![
        text("Предмет, учитель", 44.0),
        text("Период", 22.0),
        text("Отметки: число и отметка", 60.0),
        text("Средний", 16.0),
        text("За период", 14.0),
        text("Пропущено уроков", 24.0),
    ];
    let rows = case.subjects.iter().flat_map(|one| lines(of, case.pupil, one));
    paper.table(&table(columns, rows.map(row).collect()));
}

/// Returns a line for the term that ended, and one for the term under way.
fn lines(of: &OfClass<'_>, pupil: Id<Pupil>, trouble: &Trouble<'_, '_>) -> Vec<Vec<String>> {
    let journal = of.journal();
    let subject = of.data.keys.subject_name(journal.courses[trouble.course].subject);
    let title = format!("{subject}, {}", of.teacher(trouble.course));
    let part =
        |missed: Option<(usize, usize)>| missed.map_or(GAP.to_owned(), |(missed, held)| out_of(missed, held));
    let marks = |span| {
        let said = of.entries.said((pupil, trouble.course), span, true);
        if said.is_empty() { "нет".to_owned() } else { said }
    };
    let ended = trouble.ended.map(|one| {
        vec![
            title.clone(),
            terms::short_title(journal, of.data.term),
            marks(of.data.span()),
            mean_of(one.mean(), one.count()),
            if one.term_mark().is_empty() { GAP.to_owned() } else { one.term_mark().to_owned() },
            part(one.missed()),
        ]
    });
    let now = trouble.prospect.zip(of.under_way).map(|(one, term)| {
        vec![
            title.clone(),
            format!("{}, идёт", terms::short_title(journal, term)),
            marks(journal.terms[term].span),
            mean_of(one.mean(), one.marks.len()),
            GAP.to_owned(),
            part(one.lessons.map(|(held, missed)| (missed, held))),
        ]
    });
    ended.into_iter().chain(now).collect()
}

fn slip(of: &OfClass<'_>, name: &str, paper: &mut Paper) {
    let as_of = format::date(of.data.context.as_of);
    let said =
        format!("Отрывной талон. С уведомлением от {as_of} об успеваемости ({name}, {} класс)", of.key);
    paper.paragraph(Look::Text, &said);
    paper.gap(2.0);
    let line = "ознакомлен(а): _________________ / ______________________________    дата «___» __________ 20__\u{a0}г.";
    paper.paragraph(Look::Text, line);
}
