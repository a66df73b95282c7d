//! The pages about the class as a whole, one file a section.

mod by_name;
mod contingent;
mod fold;
mod forecast;
mod results;
mod sheet;
mod works;

use super::of_class::OfClass;
use crate::render::paper::{Look, Paper};
use crate::reports::common::signatures;
use fold::{FOLDS, Fold};

type Section = (&'static str, fn(&OfClass<'_>, Fold, &mut Paper));

/// Title of the section that stands only while a term is under way.
const FORECAST: &str = "Прогноз на период, который идёт";

/// The sections in the order of the paper; the sheet follows on pages of its own.
const SECTIONS: &[Section] = &[
    ("Контингент и движение", contingent::lay),
    ("Итоги", results::lay),
    ("Поимённо", by_name::lay),
    (FORECAST, forecast::lay),
    ("Контрольные работы", works::lay),
];

/// Lays out the class: a page under a title, and its sheet.
pub(super) fn lay(of: &OfClass<'_>, title: &str, paper: &mut Paper) {
    let has_forecast = of.under_way.is_some();
    let shown: Vec<&Section> = SECTIONS.iter().filter(|one| has_forecast || one.0 != FORECAST).collect();
    paper.fullest(&FOLDS, |fold, paper| {
        paper.heading(1, title);
        paper.paragraph(Look::Text, of.journal().school.full_name());
        paper.paragraph(Look::Text, &format!("Классный руководитель: {}", of.class_teacher()));
        paper.paragraph(Look::Text, &of.coverage.said());
        for (at, (title, lay)) in shown.iter().enumerate() {
            paper.heading(2, &format!("{}. {title}", at + 1));
            lay(of, fold, paper);
        }
        if !has_forecast {
            forecast::say_none(of, paper);
        }
        by_hand(of, paper);
    });
    paper.sideways(|paper| {
        paper.heading(2, &format!("{}. Сводная ведомость: отметки и пропуски", shown.len() + 1));
        sheet::lay(of, paper);
    });
}

/// What the class teacher fills in by hand.
fn by_hand(of: &OfClass<'_>, paper: &mut Paper) {
    paper.paragraph(Look::Text, &format!("Работа с родителями: {}", "_".repeat(80)));
    let teacher = of.journal().classes[of.class].teacher;
    let name = teacher.map(|id| crate::render::format::signature(&of.journal().staff[id].name));
    paper.gap(1.5);
    paper.paragraph(
        Look::Text,
        &signatures::line("Составил(а)", "классный руководитель", &name.unwrap_or_default()),
    );
}
