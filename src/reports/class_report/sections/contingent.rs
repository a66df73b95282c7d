//! How many pupils at the start and at the end, and who came and left.

use super::fold::Fold;
use crate::model::*;
use crate::render::format;
use crate::render::paper::{Look, Paper};
use crate::reports::class_report::of_class::OfClass;
use crate::reports::class_report::words::say_lack;
use crate::reports::pupils::{movements, pupils_of};
use crate::stats::analytics::MOVEMENT;

pub(super) fn lay(of: &OfClass<'_>, fold: Fold, paper: &mut Paper) {
    if let Some(why) = of.data.lack(&MOVEMENT) {
        return say_lack(paper, &why);
    }
    let own = |row: &crate::stats::analytics::Record<'_>| {
        row.text("scope") == "class" && row.text("scope_id") == of.key
    };
    let Some(row) = of.data.rows(&MOVEMENT).find(own) else {
        return say_lack(paper, "период не закончен");
    };
    let sum = |columns: [&str; 3]| columns.iter().map(|one| row.count(one)).sum::<usize>();
    let said = format!(
        "На начало периода {}, на конец {} (юношей {}, девушек {}). Прибыло {}, выбыло {}.",
        format::counted(row.count("start"), ["ученик", "ученика", "учеников"]),
        row.count("end"),
        row.count("boys"),
        row.count("girls"),
        sum(["arrived", "transferred_in", "other_in"]),
        sum(["left", "transferred_out", "other_out"]),
    );
    paper.paragraph(Look::Text, &said);
    let moved = moved(of);
    if !moved.is_empty() {
        let (shown, rest) = moved.split_at(moved.len().min(fold.names));
        let rest =
            (!rest.is_empty()).then(|| format!("и ещё {}: в отчёте «Движение обучающихся»", rest.len()));
        let said: Vec<String> = shown.iter().cloned().chain(rest).collect();
        paper.paragraph(Look::Text, &format!("{}.", said.join("; ")));
    }
}

/// Names those who came or left inside the term, with the order.
fn moved(of: &OfClass<'_>) -> Vec<String> {
    let journal = of.journal();
    let span = of.data.span();
    let is_inside = |stay: &&Enrolment| {
        stay.class == of.class
            && (span.from < stay.span.from && stay.span.from <= span.to
                || span.from <= stay.span.to && stay.span.to < span.to)
    };
    let who: Vec<Id<Pupil>> = journal.enrolment.iter().filter(is_inside).map(|stay| stay.pupil).collect();
    let own = pupils_of(journal, of.class).into_iter().filter(|pupil| who.contains(pupil));
    let said = |pupil| {
        let moves = movements(journal, of.class, pupil);
        (!moves.is_empty()).then(|| format!("{}: {}", of.name(pupil), moves.join(", ")))
    };
    own.filter_map(said).collect()
}
