//! The page of a term: every figure of the school with numerator, denominator and who is left out, and links to the names and
//! lessons behind it.

use anyhow::Result;

use super::cells::{self, Leads};
use super::frame::{self, Link};
use super::of_term::OfTerm;
use super::{events, more, names, units};
use crate::model::*;
use crate::render::markup::Markup;
use crate::reports::common::{Coverage, terms};
use crate::reports::context::ReportContext;
use crate::reports::each::Of;
use crate::reports::pages::Pages;

/// Makes the page.
///
/// # Errors
/// When template and view do not match, which is a fault of the program.
pub(super) fn html(context: &ReportContext<'_>, term: Id<Term>, pages: &Pages) -> Result<String> {
    let of = OfTerm::new(context, term, pages);
    let mut out = Markup::default();
    contents(&of, &mut out);
    wholes(&of, &mut out);
    names::table(&of, &mut out);
    names::lists(&of, &mut out);
    units::write(&of, &mut out);
    more::absences(&of, &mut out);
    more::courses(&of, &mut out);
    more::hours(&of, &mut out);
    more::groups(&of, &mut out);
    more::teachers(&of, &mut out);
    events::movement(&of, &mut out);
    events::works(&of, &mut out);
    definitions(&mut out);
    let title = format!("{}: откуда показатели", terms::title(context.journal, term));
    frame::page(context, &title, links(&of), out)
}

fn links(of: &OfTerm<'_>) -> Vec<Link> {
    let journal = of.journal();
    let mut others: Vec<Id<Term>> = journal.terms.ids().filter(|term| *term != of.data.term).collect();
    others.sort_by_key(|term| (journal.terms[*term].span.to, journal.terms[*term].kind, *term));
    let own =
        |term: &Id<Term>| Some(Link::new(of.pages.name_of(Of::School, *term)?, terms::title(journal, *term)));
    std::iter::once(Link::to_index()).chain(others.iter().filter_map(own)).collect()
}

/// The sections by their anchors.
const SECTIONS: [(&str, &str); 11] = [
    ("figures", "Показатели школы и классов"),
    ("standings", "Ученики по итогам"),
    ("n-school", "Поимённо"),
    ("subjects", "Предметы"),
    ("a-school", "Пропуски"),
    ("all-courses", "Курсы"),
    ("h-school", "Часы"),
    ("all-teachers", "Учителя"),
    ("movement", "Движение"),
    ("all-works", "Контрольные работы"),
    ("definitions", "Как считали"),
];

fn contents(of: &OfTerm<'_>, out: &mut Markup) {
    out.raw("<nav aria-label=Содержание>\n<p>");
    for (index, (anchor, title)) in SECTIONS.iter().enumerate() {
        out.raw(if index > 0 { " · " } else { "" });
        out.raw("<a href=#").raw(anchor).raw(">").text(title).raw("</a>");
    }
    out.raw("</p>\n<p>Классы: ");
    for (index, class) in of.wholes[0].classes.iter().enumerate() {
        out.raw(if index > 0 { " · " } else { "" });
        let Some(page) = of.pages.name_of(Of::Class(*class), of.data.term) else { continue };
        out.raw("<a href=").raw(page).raw(">").text(&of.journal().classes[*class].key).raw("</a>");
    }
    out.raw("</p>\n</nav>\n<p>").text(&Coverage::of(&of.data).said()).raw("</p>\n");
}

/// Writes the figures of the school, its levels, parallels and classes.
fn wholes(of: &OfTerm<'_>, out: &mut Markup) {
    out.raw("<h2 id=figures>Показатели школы, уровней, параллелей и классов</h2>\n");
    out.raw("<p>Под значением — числитель и знаменатель. Значение ведёт к именам или к урокам, имя — к отметкам и урокам ученика. Отметки за \
             период — со 2 класса.</p>\n");
    cells::open("Охват", "", "Показатели школы, уровней, параллелей и классов", out);
    for whole in &of.wholes {
        out.raw("<tr id=m-").raw(&whole.anchor).raw("><th>").text(&whole.title);
        let lead = |kind: &str| Some(format!("#{kind}-{}", whole.anchor));
        let leads = Leads { marks: lead("n"), presence: lead("a"), hours: lead("h"), together: false };
        cells::write(of, (whole.scope, &whole.id, None), &leads, out);
        out.raw("\n");
    }
    cells::close(out);
}

/// How each figure is formed: who counts, who does not.
const DEFINITIONS: &[(&str, &str)] = &[
    (
        "Кто учтён",
        "ученики, зачисленные в класс в последний день периода; отметка за период — по предмету, курс которого у ученика в этот день \
         есть. Выбывшие раньше не учтены, прибывшие учтены. 1 класс — без отметок.",
    ),
    (
        "Успеваемость",
        "по предмету: отметки 3, 4, 5 / отметки 1–5 и н/а. По всем предметам вместе: ученики без 1, 2 и н/а / ученики, у которых есть \
         хотя бы одна отметка 1–5 или н/а. По курсу и учителю складываются отметки.",
    ),
    ("По положению", "те же успевающие / весь список класса, у предмета — все, кто его изучает."),
    (
        "Качество",
        "по предмету: отметки 4 и 5 / отметки 1–5 и н/а. По всем предметам: ученики только с 4 и 5, без н/а / ученики с отметками.",
    ),
    (
        "СОУ",
        "(100·«5» + 64·«4» + 36·«3» + 16·«2» + 7·(«1» + н/а)) / число этих отметок. Числитель — взвешенная сумма.",
    ),
    ("Средний балл", "сумма отметок 1–5 / их число; н/а не входит."),
    (
        "Не учтены отметки",
        "освобождены, без отметки, зачёт, незачёт, отсрочка, действующая на дату отчёта, отметки нет: ни в числителе, ни в знаменателе.",
    ),
    (
        "Посещаемость",
        "(уроки учеников − пропуски) / уроки учеников, где урок ученика — проведённый урок курса, в котором он в этот день числится.",
    ),
    (
        "Пропущено",
        "пропуски проведённых уроков по болезни, по уважительной причине, без неё и по неизвестной причине; опоздание не пропуск. У \
         класса — по дню урока, с выбывшими.",
    ),
    (
        "Часы",
        "дано — часы проведённых уроков периода; по плану — строка учебного плана; выполнение — данные часы курсов с планом / их план.",
    ),
];

fn definitions(out: &mut Markup) {
    out.raw("<h2 id=definitions>Как считали и кто не учтён</h2>\n<dl>\n");
    for (word, said) in DEFINITIONS {
        out.raw("<dt>").text(word).raw("<dd>").text(said).raw("\n");
    }
    out.raw("</dl>\n");
}
