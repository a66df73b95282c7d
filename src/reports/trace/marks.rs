//! Marks as a page writes them: the day, the value, what it was given for, and whether the mean counts it; sums and means.

use super::anchors;
use crate::model::*;
use crate::render::format;
use crate::render::markup::Markup;
use crate::reports::common::numbers;
use crate::stats::analytics::{exact, half_up};

/// Sums of marks as the tables form them: exact, whatever the weights.
#[derive(Clone, Copy, Default)]
pub(super) struct Sums {
    count: i128,
    sum: i128,
    /// In billionths.
    weight: i128,
    weighted: i128,
    /// Some weight is not 1.
    is_weighted: bool,
}

impl Sums {
    /// Sums the marks that the mean counts.
    pub(super) fn of(journal: &Journal, marks: impl Iterator<Item = Id<Mark>>) -> Self {
        let mut sums = Self::default();
        for mark in marks.map(|id| &journal.marks[id]) {
            let Some(value) = mark.value.numeric().map(i128::from) else { continue };
            let weight = exact(weight_of(journal, mark));
            sums.count += 1;
            sums.sum += value;
            sums.weight += weight;
            sums.weighted += value * weight;
            sums.is_weighted |= weight != exact(1.0);
        }
        sums
    }

    /// Returns the weighted mean rounded half up, which term marks are compared with.
    pub(super) fn rounded(&self) -> Option<u8> {
        half_up(self.weighted, self.weight)
    }

    /// Returns sum and number: «27/7».
    pub(super) fn said(&self) -> String {
        format!("{}/{}", self.sum, self.count)
    }

    /// Writes «27/7=3,86; ×43/11=3,91 → 4».
    pub(super) fn write(&self, out: &mut Markup) {
        if self.count == 0 {
            out.raw(numbers::GAP);
            return;
        }
        let mean = |sum: i128, count: i128| numbers::mean((count != 0).then(|| sum as f64 / count as f64));
        out.raw(&format!("{}={}", self.said(), mean(self.sum, self.count)));
        if self.is_weighted {
            let [sum, weight] = [self.weighted, self.weight].map(|parts| format::count(parts as f64 / 1e9));
            out.raw(&format!("; ×{sum}/{weight}={}", mean(self.weighted, self.weight)));
        }
        if let Some(rounded) = self.rounded() {
            out.raw(&format!("\u{a0}→\u{a0}{rounded}"));
        }
    }
}

/// Returns the weight of a mark: its work's, or 1.
fn weight_of(journal: &Journal, mark: &Mark) -> f64 {
    mark.work.and_then(|work| journal.works[work].weight).unwrap_or(1.0)
}

/// Writes a mark: «05.09 4 с/р ×2», the day as a link to the lesson.
pub(super) fn write(journal: &Journal, mark: &Mark, out: &mut Markup) {
    day(journal, mark.lesson, out);
    out.raw(" ").raw(mark.value.code());
    if !mark.printed.is_empty() && mark.printed != mark.value.code() {
        out.raw(" (").text(&mark.printed).raw(")");
    }
    if let Some(work) = mark.work.map(|work| &journal.works[work]) {
        let kind = short_kind(work.kind);
        out.raw(if kind.is_empty() { "" } else { " " }).raw(kind);
    } else {
        out.raw(" без вида");
    }
    let weight = weight_of(journal, mark);
    if (weight - 1.0).abs() > f64::EPSILON {
        out.raw(" ×").raw(&format::count(weight));
    }
    let status = journal.lessons[mark.lesson].status;
    if status != LessonStatus::Held {
        out.raw(" (урок ").raw(status_word(status)).raw(")");
    }
    if let Some(why) = not_counted(mark.value) {
        out.raw(" <span class=x>").raw(why).raw("</span>");
    }
}

/// Writes the day of a lesson as a link to it.
pub(super) fn day(journal: &Journal, lesson: Id<Lesson>, out: &mut Markup) {
    out.raw("<a href=#").raw(&anchors::of_lesson(journal, lesson)).raw(">");
    out.raw(&format::day_month(journal.lessons[lesson].date)).raw("</a>");
}

/// Says why the mean does not count a mark; nothing of one that it counts.
const fn not_counted(value: MarkValue) -> Option<&'static str> {
    match value {
        MarkValue::Numeric(_) => None,
        MarkValue::Pass | MarkValue::Fail => Some("не число"),
        MarkValue::Point => Some("долг"),
        MarkValue::Zero => Some("не отметка"),
    }
}

/// Returns the short word for a kind of work; `LEGEND` explains it.
const fn short_kind(kind: WorkKind) -> &'static str {
    match kind {
        WorkKind::Oral => "",
        WorkKind::Written => "с/р",
        WorkKind::Test => "тест",
        WorkKind::Control => "к/р",
        WorkKind::Dictation => "дикт.",
        WorkKind::Composition => "соч.",
        WorkKind::Laboratory => "л/р",
        WorkKind::Practical => "п/р",
        WorkKind::Project => "проект",
        WorkKind::Other => "др.",
    }
}

/// Returns what became of a lesson that was not held.
pub(super) const fn status_word(status: LessonStatus) -> &'static str {
    match status {
        LessonStatus::Held => "проведён",
        LessonStatus::Missed => "не проведён",
        LessonStatus::Moved => "перенесён",
        LessonStatus::Cancelled => "отменён",
    }
}

/// Explains what the pages write short.
pub(super) const LEGEND: &[(&str, &str)] = &[
    (
        "Отметки",
        "дата ведёт к уроку; за ней отметка, вид работы и вес: без пометы — ответ на уроке, с/р — письменная, самостоятельная, \
         проверочная, к/р — контрольная, дикт. — диктант, соч. — сочинение, изложение, л/р, п/р — лабораторная, практическая, др. — \
         другая; ×2 — вес 2. В среднее не входят: «не число» — зачёт и незачёт, «долг» — точка, «не отметка» — 0 источника.",
    ),
    (
        "Среднее",
        "сумма/число отметок курса за период; ×сумма с весами/сумма весов; → округление, половина вверх.",
    ),
    ("За период", "= — равна округлённому среднему, выше, ниже; «—» — здесь не выставляется."),
    (
        "Пропущено",
        "пропуски/проведённые уроки ученика; б — болезнь, ну — уважительная, н — неуважительная, ? — неизвестная причина; оп — \
         опоздание, не пропуск.",
    ),
];
