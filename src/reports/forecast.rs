//! The forecast in words: why a pupil is at risk, how many fives are needed, and what such forecasts were worth.
//!
//! No sentence here says more than the trial bears out: where the forecast did no better than rounding, it says so; where there
//! were too few cases, it says that nothing can be checked.

use crate::model::TermKind;
use crate::render::format::{counted, decimal};
use crate::stats::analytics::forecast::{
    BackTest, Estimate, FEWEST_CASES, Found, Method, Probability, Prospect, Risk, TestRow, Verdict,
};

const MARKS: [&str; 3] = ["отметке", "отметкам", "отметкам"];
const FIVES: [&str; 3] = ["пятёрка", "пятёрки", "пятёрок"];

/// Returns why to look at a pupil in a subject, one reason each.
pub fn reasons(prospect: &Prospect) -> Vec<String> {
    prospect.risks.iter().map(|risk| reason(prospect, *risk)).collect()
}

/// Returns the same in a word or two each, where there is little room.
pub fn brief_reasons(prospect: &Prospect) -> Vec<String> {
    let brief = |risk: &Risk| match risk {
        Risk::Two | Risk::TwoBefore { .. } => "угроза «2»".to_owned(),
        Risk::LastTwos { marks } => format!("«2» подряд: {marks}"),
        Risk::NoMarks { .. } => "отметок нет".to_owned(),
        Risk::FewMarks { .. } => "мало отметок".to_owned(),
        Risk::Falling { .. } => "хуже, чем было".to_owned(),
        Risk::Absent { missed, lessons } => format!("пропущено {missed} из\u{a0}{lessons}"),
        Risk::OnlyOne { mark, .. } => format!("единственная «{mark}»"),
    };
    prospect.risks.iter().map(brief).collect()
}

fn reason(prospect: &Prospect, risk: Risk) -> String {
    match risk {
        Risk::Two => {
            let before = prospect.before.map(|mark| format!(", в прошлом периоде «{mark}»"));
            format!("ожидается «2»: {}{}", mean_of(prospect), before.unwrap_or_default())
        }
        Risk::TwoBefore { twos, cases } => {
            format!("из {cases} таких же случаев прежних периодов «2» вышла в {twos}")
        }
        Risk::LastTwos { marks } => {
            format!("последние {} — «2»", counted(marks, ["отметка", "отметки", "отметок"]))
        }
        Risk::NoMarks { week } => format!("на {week}-й неделе ни одной отметки: угроза «н/а»"),
        Risk::FewMarks { marks } => {
            let few = counted(marks, ["отметка", "отметки", "отметок"]);
            format!("прошла половина периода, а есть только {few}: угроза «н/а»")
        }
        Risk::Falling { before, .. } => format!("было «{before}», сейчас {}", mean_of(prospect)),
        Risk::Absent { missed, lessons } => {
            format!("пропущено {missed} из {}", counted(lessons, ["урока", "уроков", "уроков"]))
        }
        Risk::OnlyOne { mark, subjects } => {
            let of = counted(subjects, ["предмета", "предметов", "предметов"]);
            format!("единственная «{mark}» из {of}, по которым есть прогноз")
        }
    }
}

fn mean_of(prospect: &Prospect) -> String {
    let marks = counted(prospect.marks.len(), MARKS);
    prospect.mean().map_or_else(
        || "отметок пока нет".to_owned(),
        |mean| format!("средняя {} по {marks}", decimal(mean, 2)),
    )
}

/// What threatens, the worst first: «2», no mark at all, less than before.
pub const THREATS: [fn(&Risk) -> bool; 3] = [
    |risk| matches!(risk, Risk::Two | Risk::TwoBefore { .. } | Risk::LastTwos { .. }),
    |risk| matches!(risk, Risk::NoMarks { .. } | Risk::FewMarks { .. } | Risk::Absent { .. }),
    |risk| matches!(risk, Risk::Falling { .. }),
];

/// Returns the place in [`THREATS`] of the worst that threatens a pupil in a subject.
pub fn worst_threat(prospect: &Prospect) -> Option<usize> {
    THREATS.iter().position(|threat| prospect.risks.iter().any(threat))
}

/// Returns the trial that speaks of a term of a kind in a week: of the last week tried that is not after it, else of the first.
pub fn nearest(test: &BackTest, kind: TermKind, week: u8) -> Option<&TestRow> {
    let tried = || test.rows.iter().filter(|row| row.kind == kind);
    tried()
        .filter(|row| row.week <= week)
        .max_by_key(|row| row.week)
        .or_else(|| tried().min_by_key(|row| row.week))
}

/// Says how many fives raise the mark of a pupil, for each mark that can be reached: «до «4» — 3 пятёрки; до «5» — 13 пятёрок».
pub fn fives(prospect: &Prospect) -> String {
    let to = |mark: u8| Some((mark, usize::try_from(prospect.fives_for(mark)?).ok()?));
    let parts =
        (3..=5).filter_map(to).map(|(mark, count)| format!("до «{mark}» — {}", counted(count, FIVES)));
    parts.collect::<Vec<_>>().join("; ")
}

/// Says how like cases of earlier terms ended: «в 41 таком же случае: «5» 12 %, «4» 71 %, «3» 17 %»; nothing where there were too
/// few.
pub fn chances(prospect: &Prospect) -> Option<String> {
    let shares = prospect.shares?;
    let parts = (1..=5).rev().filter(|mark| shares.count(*mark) > 0);
    // What came once is never told as nothing.
    let percent = |share: f64| if share < 0.5 { "менее 1".to_owned() } else { decimal(share, 0) };
    let parts = parts.map(|mark| format!("«{mark}» {}\u{a0}%", percent(100.0 * shares.of(mark))));
    Some(format!("из {} таких же случаев: {}", shares.cases(), parts.collect::<Vec<_>>().join(", ")))
}

/// Says whether the forecast may be called better than plain rounding, with the interval it rests on.
pub fn verdict(row: &TestRow) -> String {
    match (row.verdict, row.gain) {
        (Verdict::Better, Some(gain)) => {
            format!("лучше простого округления на {} п. п. ({})", decimal(gain.value, 1), range(gain, 1.0, 1))
        }
        (Verdict::Unknown, _) => unknown(row.pairs),
        _ => "не лучше простого округления".to_owned(),
    }
}

/// Says which of the «2» were foreseen, or that it cannot be checked.
pub fn twos(row: &TestRow) -> String {
    let Found { cases, found, named } = row.twos;
    if (cases as usize) < FEWEST_CASES {
        return format!("«2» за период: {}", unknown(cases));
    }
    format!("«2» за период: из {cases} названы заранее {found}, всего названо {named}")
}

/// Says what can be said of foreseeing «н/а».
pub fn not_assessed(test: &BackTest) -> String {
    let cases = test.not_assessed;
    if cases < FEWEST_CASES {
        format!("«н/а»: {}", unknown(u32::try_from(cases).unwrap_or(u32::MAX)))
    } else {
        format!("«н/а»: случаев {cases}; угроза называется по числу отметок и пропусков, без прогноза")
    }
}

fn unknown(cases: u32) -> String {
    format!("проверить нельзя: случаев {cases}")
}

/// Titles of the columns of [`test_rows`].
pub const TEST_COLUMNS: [&str; 9] = [
    "Период, неделя",
    "Случаев",
    "Округление среднего, верно",
    "Прошлая отметка, верно",
    "Прогноз, верно",
    "Прогноз против округления",
    "Оценка Брайера: прогноз, округление",
    "«3» и ниже: полнота и точность",
    "Итог «2»",
];

/// Returns the rows of the trial as ready strings.
pub fn test_rows(test: &BackTest) -> Vec<[String; 9]> {
    let row = |row: &TestRow| {
        [
            format!("{}, {}-я", kind(row.kind), row.week),
            row.cases.to_string(),
            right(&row.rounding),
            right(&row.before),
            right(&row.forecast),
            verdict(row),
            row.probability.as_ref().map_or_else(|| "нет прежних периодов".to_owned(), brier),
            low(&row.forecast),
            twos(row),
        ]
    };
    test.rows.iter().map(row).collect()
}

/// Returns a row for each tenth of the shares that has cases: the tenth, cases, what was said, how often it came.
pub fn calibration_rows(probability: &Probability) -> Vec<[String; 4]> {
    let bins = (0..).zip(probability.calibration).filter(|(_, bin)| bin.cases > 0);
    let percent = |share: f64| format!("{}\u{a0}%", decimal(100.0 * share, 1));
    bins.map(|(tenth, bin): (usize, _)| {
        let from = tenth * 10;
        [format!("{from}–{}\u{a0}%", from + 10), bin.cases.to_string(), percent(bin.said), percent(bin.came)]
    })
    .collect()
}

/// Names a kind of term.
pub fn kind(kind: TermKind) -> &'static str {
    match kind {
        TermKind::Quarter => "Четверть",
        TermKind::Trimester => "Триместр",
        TermKind::HalfYear => "Полугодие",
        TermKind::Year => "Год",
    }
}

/// «86,9 % (85,9–87,8) из 10 467»
fn right(method: &Method) -> String {
    let Some(share) = method.share else { return "нет случаев".to_owned() };
    format!("{}\u{a0}% ({}) из {}", decimal(100.0 * share.value, 1), range(share, 100.0, 1), method.judged)
}

fn brier(probability: &Probability) -> String {
    let Probability { brier, reference, skill, cases, .. } = probability;
    let better = if skill.low > 0.0 { "" } else { "; не лучше простого округления" };
    format!(
        "{} и {}, выигрыш {} ({}) по {cases}{better}",
        decimal(brier.value, 3),
        decimal(reference.value, 3),
        decimal(skill.value, 2),
        range(*skill, 1.0, 2)
    )
}

/// «полнота 67,0 % (63,1–70,2), точность 78,4 % (75,0–81,0) при 512»
fn low(method: &Method) -> String {
    if (method.low.cases as usize) < FEWEST_CASES {
        return unknown(method.low.cases);
    }
    let part = |name: &str, estimate: Option<Estimate>| {
        let estimate = estimate?;
        Some(format!("{name} {}\u{a0}% ({})", decimal(100.0 * estimate.value, 1), range(estimate, 100.0, 1)))
    };
    let parts = [part("полнота", method.recall), part("точность", method.precision)];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("{} при {}", parts.join(", "), method.low.cases)
}

fn range(estimate: Estimate, factor: f64, places: usize) -> String {
    format!("от {} до {}", decimal(factor * estimate.low, places), decimal(factor * estimate.high, places))
}
