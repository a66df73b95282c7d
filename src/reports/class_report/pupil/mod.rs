//! A page for a pupil: marks by date, means, needed marks, forecast, missed topics, unsatisfactory marks, control works.

mod fold;
mod lessons;
mod marks;
mod under_way;
mod works;

use super::of_class::OfClass;
use crate::model::*;
use crate::render::paper::{Look, Paper};
use crate::reports::common::numbers::part;
use crate::reports::common::standings::word;
use crate::reports::common::terms;
use crate::reports::pupils::{agreed, movements};
use crate::stats::analytics::Record;
use fold::{FOLDS, Fold};

/// Lays out the page of a pupil, who stands at a place of the class's list.
pub(super) fn lay(of: &OfClass<'_>, (place, pupil): (usize, Id<Pupil>), paper: &mut Paper) {
    paper.turn();
    paper.fullest(&FOLDS, |fold, paper| page(of, (place, pupil), fold, paper));
}

fn page(of: &OfClass<'_>, (place, pupil): (usize, Id<Pupil>), fold: Fold, paper: &mut Paper) {
    paper.heading(1, &format!("{place}. {}", of.name(pupil)));
    paper.paragraph(Look::Text, &head(of, pupil));
    match of.lack_of_results() {
        Some(why) if of.courses(pupil).is_empty() => {
            paper.paragraph(Look::Text, &format!("Отметок нет: {why}."));
        }
        _ => marks::lay(of, pupil, fold, paper),
    }
    under_way::lay(of, pupil, fold, paper);
    lessons::missed(of, pupil, fold, paper);
    lessons::unsatisfactory(of, pupil, fold, paper);
    works::lay(of, pupil, fold, paper);
}

/// Says how the term ended for the pupil, when the pupil came, and what was missed.
fn head(of: &OfClass<'_>, pupil: Id<Pupil>) -> String {
    let journal = of.journal();
    let mut said = vec![format!("{} класс, {}.", of.key, terms::title(journal, of.data.term))];
    said.extend(of.standing(pupil).map(|row| format!("Итог: {}.", standing(row))));
    let moves = movements(journal, of.class, pupil);
    if !moves.is_empty() {
        said.push(format!("Движение: {}.", moves.join(", ")));
    }
    if !of.listed.contains(&pupil) {
        let word = agreed(&journal.pupils[pupil], "пришёл", "пришла");
        said.push(format!("В класс {word} после этого периода."));
    }
    match (of.lack_of_absences(), of.absence(pupil)) {
        (Some(why), _) => said.push(format!("Пропуски не сформированы: {why}.")),
        (None, Some(row)) => said.push(absences(row)),
        (None, None) => {}
    }
    said.join(" ")
}

fn standing(row: Record<'_>) -> String {
    let short = match row.text("one_short") {
        "one_4" => ", с одной «4»",
        "one_3" => ", с одной «3»",
        _ => "",
    };
    let before = row.text("before");
    let before = if before.is_empty() { String::new() } else { format!(", было: {}", word(before)) };
    format!("{}{short}{before}", word(row.text("standing")))
}

fn absences(row: Record<'_>) -> String {
    let counts = [
        ("по болезни", "ill"),
        ("по уважительной причине", "excused"),
        ("без уважительной причины", "unexcused"),
        ("причина неизвестна", "unknown"),
    ];
    let parts = counts.map(|(title, column)| (title, row.count(column)));
    let parts = parts.into_iter().filter(|(_, count)| *count > 0);
    let parts: Vec<String> = parts.map(|(title, count)| format!("{title} {count}")).collect();
    let parts = if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) };
    format!(
        "Пропущено уроков {}{parts}. Полных дней {}, опозданий {}.",
        part(row.count("lessons_missed"), row.count("lessons_due")),
        row.count("days_missed"),
        row.count("late")
    )
}
