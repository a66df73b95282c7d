//! Control works of the schedule: held and late, results by subject, agreement with term marks; works that need a look.

use std::collections::BTreeMap;

use crate::model::{Id, Subject};
use crate::render::format;
use crate::render::paper::{Look, Paper};
use crate::render::table::Row;
use crate::reports::common::numbers::{FEW, GAP, mean, part, share_cells, some};
use crate::reports::common::table::{count, numbered, row, spanned, table, text, total};
use crate::reports::common::work_sum::WorkSum;
use crate::reports::quarter::view::{Quarter, Section, say_lack, say_whom};
use crate::stats::analytics::{CONTROL_WORKS, Record};

pub(in crate::reports::quarter) const WORKS: Section =
    Section { title: "Контрольные работы", starts_page: false, lay };

/// So many works are named; the report of control works has all.
const SHOWN: usize = 30;
/// A work of at least ten writers is named where fewer per cent than this succeeded.
const LOW_ATTAINMENT: f64 = 60.0;

/// Sums all works of the term.
pub(in crate::reports::quarter) fn sum(quarter: &Quarter<'_>) -> WorkSum {
    quarter.data.rows_of_study(&CONTROL_WORKS).into_iter().fold(WorkSum::default(), WorkSum::with)
}

fn lay(quarter: &Quarter<'_>, paper: &mut Paper) {
    if let Some(why) = quarter.data.lack(&CONTROL_WORKS) {
        return say_lack(paper, &why);
    }
    let all = sum(quarter);
    if all.works == 0 {
        return paper.paragraph(Look::Text, "В графике контрольных работ на этот период 0 работ.");
    }
    paper.table(&by_subject(quarter, all));
    let note = "Успеваемость, качество и средний — от писавших, не от списка класса. «Отметка за период» — у скольких \
                писавших она совпала (=) с отметкой за работу, выше (+) и ниже (−) её. Работа, которой нет среди проведённых, стоит в периоде \
                по дате графика.";
    say_whom(paper, &quarter.all(), note);
    named(quarter, paper);
}

fn by_subject(quarter: &Quarter<'_>, all: WorkSum) -> crate::render::table::Table {
    let keys = &quarter.data.keys;
    let mut sums: BTreeMap<(String, Option<Id<Subject>>), WorkSum> = BTreeMap::new();
    for one in quarter.data.rows_of_study(&CONTROL_WORKS) {
        let subject = keys.subject(one.text("subject_id"));
        let title = subject.map_or_else(String::new, |id| keys.subject_name(id));
        let sum = sums.entry((title, subject)).or_default();
        *sum = sum.with(one);
    }
    let mut rows: Vec<Row> = sums.into_iter().map(|((title, _), sum)| row(line(title, sum))).collect();
    rows.push(total(line(format!("Все предметы, {}", quarter.all()), all)));
    let columns = vec![
        text("Предмет", 48.0),
        count("Работ", 10.0),
        count("Прове-дено", 11.0),
        count("позже срока", 11.0),
        count("По списку", 12.0),
        count("Писали", 12.0),
        count("не ниже «3»", 11.0),
        count("%", 10.0),
        count("«4» и «5»", 11.0),
        count("%", 10.0),
        count("Сред-ний", 9.5),
        count("=", 9.0),
        count("+", 8.0),
        count("−", 7.5),
    ];
    spanned(
        table(columns, rows),
        &[("", 6), ("Успевают", 2), ("Качество", 2), ("", 1), ("Отметка за период", 3)],
    )
}

fn line(title: String, sum: WorkSum) -> Vec<String> {
    let agreement =
        |at: usize| if sum.compared == 0 { GAP.to_owned() } else { sum.agreement[at].to_string() };
    let mut cells = vec![title, sum.works.to_string(), sum.held.to_string(), some(sum.late)];
    cells.extend([sum.listed, sum.wrote].map(format::thousands));
    cells.extend(share_cells(sum.from(3), sum.wrote));
    cells.extend(share_cells(sum.from(4), sum.wrote));
    cells.extend([mean(sum.mean()), agreement(0), agreement(1), agreement(2)]);
    cells
}

/// Returns why a work is named; nothing where it is in order.
fn remark(row: Record<'_>) -> Option<String> {
    if row.date("held_date").is_none() {
        return Some("не проведена".to_owned());
    }
    let late = row.whole("days_late").filter(|days| *days > 0);
    let late = late.and_then(|days| usize::try_from(days).ok());
    let late = late.map(|days| format!("позже срока на {}", format::counted(days, ["день", "дня", "дней"])));
    let is_low =
        row.count("wrote") >= FEW && row.number("attainment").is_some_and(|share| share < LOW_ATTAINMENT);
    let low = is_low.then(|| format!("успеваемость ниже {} %", format::count(LOW_ATTAINMENT)));
    let parts: Vec<String> = late.into_iter().chain(low).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

fn named(quarter: &Quarter<'_>, paper: &mut Paper) {
    let mut own: Vec<(Record<'_>, String)> = quarter
        .data
        .rows_of_study(&CONTROL_WORKS)
        .into_iter()
        .filter_map(|row| Some((row, remark(row)?)))
        .collect();
    paper.heading(2, "Работы, на которые обратить внимание");
    let said = format!(
        "Не проведены, проведены позже срока или успеваемость ниже {} % при десяти писавших и больше: {}.",
        format::count(LOW_ATTAINMENT),
        format::counted(own.len(), ["работа", "работы", "работ"])
    );
    paper.paragraph(Look::Text, &said);
    if own.is_empty() {
        return;
    }
    let is_held = |row: &Record<'_>| row.date("held_date").is_some();
    own.sort_by_key(|(row, _)| (is_held(row), row.date("planned_date"), row.text("work_id")));
    let rest = own.len().saturating_sub(SHOWN);
    let rows = own.iter().take(SHOWN).map(|(row, why)| work_line(quarter, *row, why)).collect();
    let columns = vec![
        count("№", 8.0),
        text("По графику", 18.0),
        text("Проведена", 18.0),
        text("Класс, группа", 22.0),
        text("Предмет", 34.0),
        text("Учитель", 28.0),
        text("Успеваемость", 22.0),
        text("Замечание", 30.0),
    ];
    paper.table(&table(columns, numbered(rows)));
    if rest > 0 {
        paper.paragraph(Look::Note, &format!("И ещё {rest}: см. отчёт о контрольных работах."));
    }
}

fn work_line(quarter: &Quarter<'_>, row: Record<'_>, why: &str) -> Vec<String> {
    let keys = &quarter.data.keys;
    let date = |column: &str| row.date(column).map_or(GAP.to_owned(), format::date);
    let name = |found: Option<String>| found.unwrap_or_default();
    vec![
        date("planned_date"),
        date("held_date"),
        name(keys.course(row.text("course_id")).map(|id| keys.audience_name(id))),
        name(keys.subject(row.text("subject_id")).map(|id| keys.subject_name(id))),
        name(keys.staff(row.text("teacher_id")).map(|id| keys.teacher_name(id))),
        part(row.count("n5") + row.count("n4") + row.count("n3"), row.count("wrote")),
        why.to_owned(),
    ]
}
