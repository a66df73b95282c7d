//! The forecast of the terms under way, the pupils at risk with the reasons, and what such forecasts were worth. It stands in the
//! paper of the term that ended last, for it speaks of the day of the build.

mod ahead;
mod trial;

use crate::model::*;
use crate::render::paper::{Look, Paper};
use crate::reports::common::terms;
use crate::reports::each::terms_with_figures;
use crate::reports::quarter::view::{Quarter, Section, say_lack};
use crate::stats::analytics;

pub(in crate::reports::quarter) const FORECAST: Section =
    Section { title: "Прогноз и группа риска", starts_page: false, lay };

fn lay(quarter: &Quarter<'_>, paper: &mut Paper) {
    if let Some(why) = quarter.data.lack(&analytics::FORECAST) {
        return say_lack(paper, &why);
    }
    let last = last_terms(quarter);
    if !last.contains(&quarter.data.term) {
        let titles: Vec<String> =
            last.iter().map(|term| terms::title(quarter.data.journal(), *term)).collect();
        let said = format!(
            "Прогноз и его проверка — в справке за период, который закончился последним: {}.",
            titles.join(", ")
        );
        return paper.paragraph(Look::Text, &said);
    }
    ahead::lay(quarter, &last, paper);
    trial::lay(quarter, paper);
}

/// Returns the terms that ended last, the year apart.
fn last_terms(quarter: &Quarter<'_>) -> Vec<Id<Term>> {
    let journal = quarter.data.journal();
    let mut ended = terms_with_figures(quarter.data.context);
    ended.retain(|term| journal.terms[*term].kind != TermKind::Year);
    let last_day = ended.iter().map(|term| journal.terms[*term].span.to).max();
    ended.retain(|term| Some(journal.terms[*term].span.to) == last_day);
    ended
}
