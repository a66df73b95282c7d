//! The report of control works (O8; Z.11): every work of the school's schedule, held or not, with its result, how it agrees with
//! the term marks, and when its marks were entered; who did not write and who got a «2», by name.
//!
//! What a journal does not know (topics mastered, typical errors) is left as ruled lines, never invented.

mod by_name;
mod by_subject;
mod levels;
mod list;
mod works;

use self::works::Works;
use crate::model::*;
use crate::reports::common::Coverage;
use crate::reports::common::numbers::part;
use crate::reports::common::two_forms::{self, Definition, TwoForms, both_forms};
use crate::reports::common::work_sum::WorkSum;
use crate::reports::context::ReportContext;
use crate::reports::each::{Each, Terms};
use crate::reports::report::{Keeping, Reader, Report};

/// The report.
pub(super) static REPORT: Report = Report {
    kind: "control-works",
    title: "Контрольные работы",
    readers: &[Reader::Deputy, Reader::Director, Reader::Inspector],
    keeping: Keeping::Report,
    each: Each::SchoolIn(Terms::Ended),
    forms: both_forms!(report, term),
    missing: "не создан",
};

/// Describes the report on a term.
pub fn report(context: &ReportContext<'_>, term: Id<Term>) -> TwoForms {
    let works = Works::new(context, term);
    let journal = context.journal;
    let sum = works.sum();
    TwoForms {
        title: two_forms::title_for(journal, "Отчёт о контрольных работах", term),
        ident: two_forms::ident_of(journal, REPORT.kind, term),
        lead: lead(sum),
        coverage: two_forms::coverage_said(&Coverage::of(&works.data)),
        listings: vec![by_subject::listing(&works), list::listing(&works), by_name::listing(&works)],
        charts: by_subject::chart(&works).into_iter().collect(),
        parts: Vec::new(),
        of_parts: Vec::new(),
        by_hand: BY_HAND,
        definitions: DEFINITIONS,
    }
}

fn lead(sum: WorkSum) -> Vec<String> {
    if sum.works == 0 {
        return vec!["Контрольных работ по графику за период: 0.".to_owned()];
    }
    let mut said = vec![format!(
        "По графику внутришкольного контроля работ: {}. Проведено: {}; из проведённых позже срока: {}. Не проведено: {}.",
        sum.works,
        part(sum.held, sum.works),
        part(sum.late, sum.held),
        sum.works - sum.held
    )];
    if sum.wrote > 0 {
        said.push(format!(
            "Писали из стоящих в списках: {}. Справились (не ниже «3»): {}. На «4» и «5»: {}.",
            part(sum.wrote, sum.listed),
            part(sum.from(3), sum.wrote),
            part(sum.from(4), sum.wrote)
        ));
    }
    if sum.compared > 0 {
        let [equal, higher, lower] = sum.agreement.map(|found| part(found, sum.compared));
        said.push(format!(
            "Отметка за период подтвердила отметку за работу: {equal}; выше её: {higher}; ниже её: {lower}."
        ));
    }
    said
}

const BY_HAND: &[&str] = &[
    "Хорошо усвоены темы (в электронном журнале этих сведений нет)",
    "Типичные ошибки",
    "Возможные причины",
    "Запланированная работа по устранению пробелов",
];

const DEFINITIONS: &[Definition] = &[
    [
        "По списку",
        "ученики курса в день работы, а не проведённой — в день по графику",
        "выбывшие до этого дня и прибывшие после него",
    ],
    [
        "Писали",
        "из списка — кто имеет отметку «1»–«5» за эту работу на любом уроке; из нескольких отметок учтена внесённая последней",
        "зачёт, незачёт, точка; отметки учеников не из списка",
    ],
    ["Не писали: не были", "не писали и отмечены отсутствующими на уроке работы", "опоздавшие"],
    ["Не писали: прочие", "не писали и не отмечены отсутствующими: по списку − писали − не были", "—"],
    [
        "Успеваемость, качество, %",
        "отметки не ниже «3»; отметки «4» и «5» — от писавших, не от списка",
        "не писавшие",
    ],
    ["СОУ", "(100·«5» + 64·«4» + 36·«3» + 16·«2» + 7·«1») : писавших", "не писавшие"],
    [
        "Уровень успеваемости",
        "от 80 % оптимальный, от 60 % до 80 % допустимый, ниже 60 % критический",
        "работы и предметы, где писали меньше десяти",
    ],
    [
        "Уровень качества",
        "от 60 % высокий, от 31 % средний, от 20 % до 31 % низкий, ниже 20 % критический",
        "работы и предметы, где писали меньше десяти",
    ],
    [
        "Отметка за период: =, +, −",
        "у скольких писавших отметка за период по предмету равна отметке за работу, выше её, ниже её",
        "без числовой отметки за период; периоды не закончены",
    ],
    [
        "Отметки, дней",
        "от дня работы до дня, когда внесена последняя отметка на её уроке",
        "отметки отсутствовавших и переписанные на другом уроке; «—»: время внесения неизвестно",
    ],
    ["Позже срока", "дата проведения позже даты по графику", "работы без одной из дат"],
];
