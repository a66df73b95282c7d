//! The term under way: marks so far, what is to be expected, how many fives are needed.

use super::fold::Fold;
use crate::model::*;
use crate::render::format;
use crate::render::paper::{Look, Paper};
use crate::reports::class_report::of_class::OfClass;
use crate::reports::class_report::words::mean_of;
use crate::reports::common::numbers::GAP;
use crate::reports::common::table::{count, row, spanned, table, text};
use crate::reports::common::terms;
use crate::reports::forecast::{brief_reasons, reasons};
use crate::stats::analytics::forecast::Prospect;

/// The term under way: marks so far, what is to be expected, how many fives are needed, why to look.
pub(super) fn lay(of: &OfClass<'_>, pupil: Id<Pupil>, fold: Fold, paper: &mut Paper) {
    let own: Vec<&Prospect> = of.prospects.iter().copied().filter(|one| one.pupil == pupil).collect();
    let Some(term) = of.under_way.filter(|_| !own.is_empty()) else { return };
    let title = terms::title(of.journal(), term);
    let as_of = format::date(of.data.context.as_of);
    paper.heading(2, &format!("Идёт {title}: отметки, прогноз и сколько пятёрок нужно на {as_of}"));
    let columns = vec![
        text("Предмет", 34.0),
        text(fold.title_of_marks(), 44.0),
        text("Средний", 14.0),
        text("Ожида-ется", 15.0),
        count("до «3»", 8.0),
        count("до «4»", 8.0),
        count("до «5»", 8.0),
        text("На что обратить внимание", 49.0),
    ];
    let spans = [("", 4), ("Нужно пятёрок", 3), ("", 1)];
    let span = Span { from: of.journal().terms[term].span.from, to: of.data.context.as_of };
    let line = |one: &&Prospect| {
        let mut cells = vec![
            fold.subject(of, one.subject),
            of.entries.said((pupil, one.course), span, fold.has_dates),
            mean_of(one.mean(), one.marks.len()),
            expected(one),
        ];
        cells.extend(
            [3, 4, 5].map(|mark| one.fives_for(mark).map_or(String::new(), |fives| fives.to_string())),
        );
        cells.push(if fold.is_brief { brief_reasons(one) } else { reasons(one) }.join("; "));
        row(cells)
    };
    paper.table(&spanned(table(columns, own.iter().map(line).collect()), &spans));
    let note = "Ожидается — округлённый средний отметок периода и отметки за прошлый период; в скобках — как часто так и выходило в прежних периодах, \
                если таких случаев было не меньше 30. «Нужно пятёрок» — сколько ещё пятёрок подряд поднимут \
                округлённый средний до этой отметки; пусто — он уже не ниже или нужно больше двадцати.";
    paper.paragraph(Look::Note, note);
}

/// Returns «4 (71 %)»: the mark to be expected, and how often it came in like cases of earlier terms, where these are enough.
fn expected(one: &Prospect) -> String {
    let Some(mark) = one.expected else { return GAP.to_owned() };
    let share = one.shares.map(|shares| format!(" ({}\u{a0}%)", format::decimal(100.0 * shares.of(mark), 0)));
    format!("{mark}{}", share.unwrap_or_default())
}
