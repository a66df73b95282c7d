//! What such forecasts were worth in the terms that have ended, beside plain rounding and the mark of the term before.

use std::collections::BTreeMap;

use crate::model::*;
use crate::render::charts::{Chart, Kind, Row, Unit, Value};
use crate::render::format;
use crate::render::paper::{Look, Paper};
use crate::reports::common::table::{count, row, table, text};
use crate::reports::forecast::{
    TEST_COLUMNS, calibration_rows, kind, nearest, not_assessed, test_rows, twos,
};
use crate::reports::quarter::view::{Quarter, say_whom};
use crate::stats::analytics::forecast::{BackTest, Bin, Probability, TestRow, Verdict};
use crate::stats::wilson;

/// The week whose shares are shown where no term is under way.
const USUAL_WEEK: u8 = 4;
/// Height of the chart of shares, in millimetres.
const CHART: f64 = 70.0;

pub(super) fn lay(quarter: &Quarter<'_>, paper: &mut Paper) {
    let test = &quarter.data.context.outlook.back_test;
    paper.heading(2, "Чего стоит такой прогноз: проверка на законченных периодах");
    if test.rows.is_empty() {
        return paper.paragraph(Look::Text, "Проверить нельзя: законченных периодов с отметками 0.");
    }
    verdicts(test).iter().for_each(|said| paper.paragraph(Look::Text, said));
    let rows = test_rows(test);
    paper.table(&of_columns(&rows, &[(0, 25.0), (1, 15.0), (4, 33.0), (2, 33.0), (3, 33.0), (5, 41.0)]));
    paper.table(&of_columns(&rows, &[(0, 25.0), (6, 51.0), (7, 58.0), (8, 46.0)]));
    say_whom(paper, &whom(test), NOTE);
    shown(quarter, test).into_iter().for_each(|row| calibration(row, paper));
}

const NOTE: &str = "Верно — названная отметка совпала с отметкой за период; в скобках — 95-процентный интервал: учеников 400 раз выбирали заново \
                    со всеми их отметками (бутстрэп). Оценка Брайера: 0 — лучшая, 2 — худшая. Полнота — какая часть отметок «3» и ниже названа \
                    заранее, точность — какая часть названных вышла. Прогноз проверен так, как его дали бы в конце недели. Пол, адрес и семья в \
                    нём не участвуют.";

fn whom(test: &BackTest) -> String {
    format!("ученики с отметкой за период по предмету, {} учебный год", format::years(&test.year))
}

/// Says of each kind of term in which weeks the forecast was better than rounding, what it says of «2» and of н/а.
fn verdicts(test: &BackTest) -> Vec<String> {
    let mut kinds: BTreeMap<TermKind, Vec<&TestRow>> = BTreeMap::new();
    test.rows.iter().for_each(|row| kinds.entry(row.kind).or_default().push(row));
    let said = kinds.iter().map(|(of, rows)| {
        let words = [
            (Verdict::Better, "лучше простого округления"),
            (Verdict::NotBetter, "не лучше простого округления"),
            (Verdict::Unknown, "проверить нельзя"),
        ];
        let parts = words.iter().filter_map(|(verdict, word)| {
            let own = rows.iter().filter(|row| row.verdict == *verdict);
            let weeks: Vec<String> = own.map(|row| row.week.to_string()).collect();
            let of = format::plural(weeks.len(), ["неделя", "недели", "недели"]);
            (!weeks.is_empty()).then(|| format!("{word} — {of} {}", weeks.join(", ")))
        });
        format!("{}. Прогноз {}.", kind(*of), parts.collect::<Vec<_>>().join("; "))
    });
    let of_twos = kinds.iter().filter_map(|(of, rows)| {
        let row = rows.iter().find(|row| row.week >= USUAL_WEEK).or_else(|| rows.last())?;
        Some(format!("{}, {}-я неделя: {}.", kind(*of), row.week, twos(row)))
    });
    let rest = format!("{}.", not_assessed(test));
    said.chain([of_twos.chain([rest]).collect::<Vec<_>>().join(" ")]).collect()
}

fn of_columns(rows: &[[String; 9]], columns: &[(usize, f64)]) -> crate::render::table::Table {
    let cells = |one: &[String; 9]| row(columns.iter().map(|(place, _)| one[*place].clone()).collect());
    let titles = columns.iter().map(|(place, width)| match place {
        1 => count(TEST_COLUMNS[*place], *width),
        _ => text(TEST_COLUMNS[*place], *width),
    });
    table(titles.collect(), rows.iter().map(cells).collect())
}

/// Returns the trials that speak of the terms under way in their present weeks; without any, of each kind in a usual week.
fn shown<'a>(quarter: &Quarter<'a>, test: &'a BackTest) -> Vec<&'a TestRow> {
    let outlook = quarter.data.context.outlook;
    let now: BTreeMap<TermKind, u8> =
        outlook.prospects.iter().map(|one| (quarter.data.journal().terms[one.term].kind, one.week)).collect();
    let usual = || test.rows.iter().map(|row| (row.kind, USUAL_WEEK)).collect();
    let wanted: BTreeMap<TermKind, u8> = if now.is_empty() { usual() } else { now };
    wanted.into_iter().filter_map(|(kind, week)| nearest(test, kind, week)).collect()
}

/// Shows how often a mark came that was given so many in a hundred.
fn calibration(of: &TestRow, paper: &mut Paper) {
    let title =
        format!("Сбываются ли названные доли: {}, {}-я неделя", kind(of.kind).to_lowercase(), of.week);
    paper.heading(2, &title);
    let Some(probability) = &of.probability else {
        let said = "Проверить нельзя: прежних периодов того же вида нет или в них меньше 30 таких случаев, и доли не назывались.";
        return paper.paragraph(Look::Text, said);
    };
    paper.low_chart_without_table(&chart(probability), CHART);
    let columns = vec![
        text("Названная доля", 45.0),
        count("Случаев", 45.0),
        count("Названо в среднем", 45.0),
        count("Сбылось", 45.0),
    ];
    let rows = calibration_rows(probability).into_iter().map(|cells| row(cells.to_vec()));
    paper.table(&table(columns, rows.collect()));
    let note = format!(
        "Доля — часть таких же случаев прежних периодов, которая кончилась ожидаемой отметкой. В среднем названное отличается от сбывшегося \
         на {} п. п.",
        format::decimal(100.0 * probability.calibration_error, 1)
    );
    say_whom(
        paper,
        &format!("случаи, для которых доля названа, {}", format::thousands(cases(probability))),
        &note,
    );
}

fn cases(probability: &Probability) -> usize {
    probability.calibration.iter().map(|bin| usize::try_from(bin.cases).unwrap_or(usize::MAX)).sum()
}

fn chart(probability: &Probability) -> Chart {
    let rows = (0..10).zip(&probability.calibration).filter(|(_, bin)| bin.cases > 0);
    let line = |(tenth, bin): (u32, &Bin)| {
        let said = format::decimal(100.0 * bin.said, 0);
        let label = format!("{}–{}\u{a0}%, в среднем {said}", tenth * 10, tenth * 10 + 10);
        Row { label, value: came(bin), is_total: false }
    };
    Chart {
        title: "Названо и сбылось".to_owned(),
        subtitle: "Как часто выходила отметка, которой назвали такую долю, и 95-процентный интервал Уилсона"
            .to_owned(),
        rows_title: "Названная доля".to_owned(),
        value_title: "Сбылось, %".to_owned(),
        unit: Unit::PERCENT,
        notes: vec![
            "Доли сбываются, если точка каждой строки стоит у среднего из названных в ней.".to_owned(),
        ],
        kind: Kind::Intervals { rows: rows.map(line).collect(), reference: None },
    }
}

/// Returns how often the mark came, with the interval that chance would give it.
fn came(bin: &Bin) -> Option<Value> {
    let of = u64::from(bin.cases);
    // A share of a count, times the count, is that count again.
    let found = (bin.came * f64::from(bin.cases)).round() as u64;
    let value = Value::share(found, of)?;
    Some(wilson::interval(found, of).map_or(value, |interval| value.within(interval)))
}
