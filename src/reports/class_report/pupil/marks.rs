//! Marks of the term by date, their means, what raises them, missed lessons.

use super::fold::Fold;
use crate::model::*;
use crate::render::paper::{Look, Paper};
use crate::reports::class_report::of_class::{OfClass, Studied};
use crate::reports::class_report::words::mean_of;
use crate::reports::common::numbers::{GAP, mean, out_of};
use crate::reports::common::table::{count, row, table, text};
use crate::stats::analytics::forecast::needed;

pub(super) fn lay(of: &OfClass<'_>, pupil: Id<Pupil>, fold: Fold, paper: &mut Paper) {
    let courses = of.courses(pupil);
    if courses.is_empty() {
        return;
    }
    let is_weighted = courses.iter().any(is_weighted);
    let columns = vec![
        text("Предмет", 37.0),
        text(fold.title_of_marks(), if is_weighted { 62.0 } else { 77.0 }),
        text("Средний", 15.0),
        text("Взвеш. средний", 15.0),
        text("За период", 13.0),
        text("Было", 11.0),
        count("Не хватило «5»", 13.0),
        text("Пропуски", 14.0),
    ];
    let rows = courses.iter().map(|one| mark_line(of, (pupil, fold), one));
    let mut table = table(columns, rows.map(row).collect());
    if !is_weighted {
        table.columns.remove(WEIGHTED);
        table.rows.iter_mut().for_each(|row| drop(row.cells.remove(WEIGHTED)));
    }
    paper.table(&table);
    let note = "«к» — контрольная работа по графику, «.» — работа не сдана. В скобках — число отметок. «Не хватило «5»» — сколько ещё пятёрок \
                подняли бы округлённый средний на балл; пусто — он уже «5» или нужно больше двадцати. Пропуски — из уроков предмета.";
    paper.paragraph(Look::Note, note);
}

/// Place of the weighted mean, which stands only where works have weights.
const WEIGHTED: usize = 3;

fn is_weighted(one: &Studied<'_>) -> bool {
    mean(one.mean()) != mean(one.weighted_mean())
}

fn mark_line(of: &OfClass<'_>, (pupil, fold): (Id<Pupil>, Fold), one: &Studied<'_>) -> Vec<String> {
    let before = of.mark_before(pupil, one.subject);
    let (sum, count) = one.sum();
    let short = if count == 0 { None } else { needed(sum, count) };
    let missed = one.missed().map_or(GAP.to_owned(), |(missed, held)| out_of(missed, held));
    vec![
        of.course_title(pupil, one.course, fold.subject(of, one.subject)),
        of.entries.said((pupil, one.course), of.data.span(), fold.has_dates),
        mean_of(one.mean(), one.count()),
        mean(one.weighted_mean()),
        one.term_mark().to_owned(),
        if before.is_empty() { GAP.to_owned() } else { before.to_owned() },
        short.map_or(String::new(), |fives| fives.to_string()),
        missed,
    ]
}
