//! The report of control works (O8; Z.11): every work of the school's schedule, held or not, with its result, how it agrees with
//! the term marks, and when its marks were entered; who did not write and who got a «2», by name.
//!
//! What a journal does not know (topics mastered, typical errors) is left as ruled lines, never invented.

mod by_name;
mod by_subject;
mod list;
mod sum;

use anyhow::Result;
use rustc_hash::FxHashMap;

use self::sum::Sum;
use crate::model::*;
use crate::reports::common::numbers::{FEW, part};
use crate::reports::common::two_forms::{self, Definition, TEMPLATE, TwoForms};
use crate::reports::common::{Coverage, TermData};
use crate::reports::context::ReportContext;
use crate::reports::each::{Each, Terms};
use crate::reports::report::{Form, Keeping, Reader, Report};
use crate::stats::analytics::{CONTROL_WORKS, Record, Written, written_works};

/// The report.
pub(super) static REPORT: Report = Report {
    kind: "control-works",
    title: "Контрольные работы",
    readers: &[Reader::Deputy, Reader::Director, Reader::Inspector],
    keeping: Keeping::Report,
    each: Each::SchoolIn(Terms::Ended),
    forms: &[
        Form::Pages {
            template: TEMPLATE,
            make: |context, about, path| Ok(report(context, about.term()?).job(context, path)?),
        },
        Form::Workbook(|context, about| -> Result<_> { Ok(report(context, about.term()?).book(context)) }),
    ],
    missing: "не создан",
};

/// The works of a term as the tables see them.
struct Works<'a> {
    data: TermData<'a>,
    /// By the day of the work, then by class and subject.
    rows: Vec<Record<'a>>,
    written: FxHashMap<&'a str, Written>,
}

impl<'a> Works<'a> {
    fn new(context: &'a ReportContext<'a>, term: Id<Term>) -> Self {
        let data = TermData::new(context, term);
        let mut rows = data.rows_of_study(&CONTROL_WORKS);
        let day = |row: &Record<'_>| row.date("held_date").or(row.date("planned_date"));
        let course = |row: &Record<'_>| data.keys.course(row.text("course_id"));
        rows.sort_by_cached_key(|row| {
            (day(row), course(row).map(|id| data.keys.course_order(id)), row.text("work_id"))
        });
        let written = written_works(context.journal, context.roster, context.as_of);
        let written = written.into_iter().map(|one| (context.journal.works[one.work].key.as_str(), one)).collect();
        Self { data, rows, written }
    }

    fn sum(&self) -> Sum {
        self.rows.iter().fold(Sum::default(), |sum, row| sum.with(*row))
    }

    fn written(&self, row: Record<'_>) -> Option<&Written> {
        self.written.get(row.text("work_id"))
    }
}

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

fn lead(sum: Sum) -> Vec<String> {
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
            "Писали: {} учеников по спискам. Справились (не ниже «3»): {}. На «4» и «5»: {}.",
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

/// Levels of the share of writers who succeeded and of the quality, from these per cents; of fewer than ten there is none.
const LEVELS: [(f64, &str); 3] = [(80.0, "оптимальный"), (60.0, "допустимый"), (0.0, "критический")];
const QUALITY_LEVELS: [(f64, &str); 4] =
    [(60.0, "высокий"), (31.0, "средний"), (20.0, "низкий"), (0.0, "критический")];

/// Returns the level of a share of so many.
fn level(levels: &[(f64, &'static str)], found: usize, of: usize) -> Option<&'static str> {
    // Counts are far below 2^52: exact.
    let share = 100.0 * found as f64 / of.max(1) as f64;
    let own = levels.iter().find(|(from, _)| share >= *from);
    own.filter(|_| of >= FEW).map(|(_, word)| *word)
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
    ["Успеваемость, качество, %", "отметки не ниже «3»; отметки «4» и «5» — от писавших, не от списка", "не писавшие"],
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
    ["Дней позже", "дата проведения − дата по графику; «−»: раньше срока", "без одной из дат"],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_share_has_one_level_and_of_fewer_than_ten_there_is_none() {
        let of_100 = |found| level(&LEVELS, found, 100).expect("ten and more have one");
        assert_eq!([100, 80, 79, 60, 59, 0].map(of_100), [
            "оптимальный",
            "оптимальный",
            "допустимый",
            "допустимый",
            "критический",
            "критический"
        ]);
        let quality = |found| level(&QUALITY_LEVELS, found, 100).expect("ten and more have one");
        assert_eq!([60, 59, 31, 30, 20, 19].map(quality), [
            "высокий",
            "средний",
            "средний",
            "низкий",
            "низкий",
            "критический"
        ]);
        assert_eq!(level(&LEVELS, 9, 9), None);
    }
}
