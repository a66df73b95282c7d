//! The report on the programme (O9; Z.13, S.5): hours planned and given by course, laggards first and marked; the sheet of
//! corrections of the lesson plans; lessons moved, cancelled and taught by others; lessons by kind.
//!
//! How a lag is made up and by which order is for people to say: those columns are left free.

mod corrections;
mod courses;
mod lessons;

use crate::model::*;
use crate::reports::common::numbers::{hours, part};
use crate::reports::common::plan_changes::plan_changes;
use crate::reports::common::two_forms::{self, Definition, TwoForms, both_forms};
use crate::reports::common::{Coverage, TermData};
use crate::reports::context::ReportContext;
use crate::reports::each::{Each, Terms};
use crate::reports::report::{Keeping, Reader, Report};
use crate::stats::analytics::PROGRAMME;

/// The report.
pub(super) static REPORT: Report = Report {
    kind: "programme",
    title: "Выполнение программы",
    readers: &[Reader::Deputy, Reader::Director, Reader::Inspector],
    keeping: Keeping::Report,
    each: Each::SchoolIn(Terms::Ended),
    forms: both_forms!(report, term),
    missing: "не создан",
};

/// Describes the report on a term.
pub fn report(context: &ReportContext<'_>, term: Id<Term>) -> TwoForms {
    let data = TermData::new(context, term);
    let coverage = Coverage::of(&data);
    let lack = data.lack(&PROGRAMME).or_else(|| coverage.lack_of_lessons());
    let changes = plan_changes(context, data.span());
    let journal = context.journal;
    TwoForms {
        title: two_forms::title_for(journal, "Отчёт о выполнении программы", term),
        ident: two_forms::ident_of(journal, REPORT.kind, term),
        lead: if lack.is_some() { Vec::new() } else { lead(&data) },
        coverage: two_forms::coverage_said(&coverage),
        listings: vec![
            courses::listing(&data, &changes, lack.clone()),
            corrections::listing(&data, &changes, lack),
            lessons::changes(&data),
            lessons::kinds(&data),
        ],
        charts: Vec::new(),
        parts: Vec::new(),
        of_parts: Vec::new(),
        by_hand: &["Причины отставания и принятые меры"],
        definitions: DEFINITIONS,
    }
}

fn lead(data: &TermData<'_>) -> Vec<String> {
    let rows = || data.rows(&PROGRAMME);
    let lags: Vec<f64> = rows().filter_map(|row| row.number("lag")).collect();
    let behind: Vec<f64> = lags.iter().copied().filter(|lag| *lag > 0.0).collect();
    let (all, planned) = (rows().count(), lags.len());
    if planned == 0 {
        return vec![format!(
            "Курсов: {all}. Планов часов на период нет ни у одного: отставание образовать не из чего."
        )];
    }
    let sum = |column: &str| {
        rows().filter(|row| row.number("lag").is_some()).filter_map(|row| row.number(column)).sum::<f64>()
    };
    let count = |column: &str| rows().map(|row| row.count(column)).sum::<usize>();
    vec![
        format!(
            "Курсов с планом часов на период: {}. Отстают от плана: {}, вместе на {} ч.",
            part(planned, all),
            part(behind.len(), planned),
            hours(Some(behind.iter().sum()))
        ),
        format!(
            "По курсам с планом запланировано {} ч, дано {} ч. Уроков не проведено: {}, перенесено: {}, отменено: {}; проведено \
             замещающими: {}.",
            hours(Some(sum("hours_plan"))),
            hours(Some(sum("hours_given"))),
            count("missed"),
            count("moved"),
            count("cancelled"),
            count("substituted")
        ),
    ]
}

const DEFINITIONS: &[Definition] = &[
    [
        "План: период, год",
        "часы учебного плана курса; за год — строка плана на год или сумма периодов",
        "«—»: плана на период или год нет",
    ],
    [
        "Дано",
        "часы проведённых уроков периода, замещённых тоже; сдвоенный урок — сколько в нём часов",
        "не проведённые, перенесённые, отменённые",
    ],
    [
        "Отставание",
        "план − дано; «−»: опережение. Две подгруппы класса считаются отдельно",
        "курсы без плана на период",
    ],
    [
        "КР; ПР и ЛР: план, факт",
        "работы графика и контрольные; практические и лабораторные: по дате плана в периоде; проведённые в периоде",
        "работы без даты плана — в «план»; работы без урока и отметок — в «факт»",
    ],
    [
        "Темы не пройдены",
        "строки КТП с датой в периоде, которых нет среди уроков, проведённых по последний день периода",
        "курсы без КТП; строки без даты",
    ],
    [
        "Причина",
        "что журнал знает о невыполненных уроках: актированные дни, не проведены, отменены, перенесены",
        "чего в журнале нет",
    ],
    [
        "Прогноз на год",
        "план на год − отставание с начала года: сколько часов будет, если дальше идти по плану",
        "курсы, у которых нет плана на год или на один из прошедших периодов",
    ],
    [
        "Лист корректировки",
        "строки КТП с датой в периоде, которые даны в другой день, в другом объёме или не даны",
        "строки, данные по плану; способ и приказ вписывает учитель",
    ],
    [
        "Замена",
        "урок провёл не учитель курса; «записана» — в журнале указано, кого заменяли",
        "уроки второго учителя курса",
    ],
];
