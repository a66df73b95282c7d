//! The teacher's and the subject report (papers of the deputy; Z.13): a page a teacher, or a page a subject, with the same tables:
//! courses with marks, hours and works; who fails; topics not given; agreement of term marks with what they rest on.

mod agreement;
mod courses;
mod failing;
mod side;
mod topics;

use self::side::{Side, Taught};
use crate::model::*;
use crate::reports::common::numbers::part;
use crate::reports::common::two_forms::{self, Definition, Part, TwoForms, both_forms};
use crate::reports::context::ReportContext;
use crate::reports::each::{Each, Terms};
use crate::reports::report::{Keeping, Reader, Report};

/// The teachers' report.
pub(super) static TEACHERS: Report = Report {
    kind: "teachers",
    title: "Отчёт учителей-предметников",
    readers: &[Reader::Deputy, Reader::Director],
    keeping: Keeping::Report,
    each: Each::SchoolIn(Terms::LastAndYear),
    forms: both_forms!(teachers, term),
    missing: "не создан",
};

/// The subjects' report.
pub(super) static SUBJECTS: Report = Report {
    kind: "subjects",
    title: "Отчёт по предметам",
    readers: &[Reader::Deputy, Reader::Director],
    keeping: Keeping::Report,
    each: Each::SchoolIn(Terms::LastAndYear),
    forms: both_forms!(subjects, term),
    missing: "не создан",
};

/// Describes the teachers' report on a term.
pub fn teachers(context: &ReportContext<'_>, term: Id<Term>) -> TwoForms {
    report(context, term, Side::Teacher)
}

/// Describes the subjects' report on a term.
pub fn subjects(context: &ReportContext<'_>, term: Id<Term>) -> TwoForms {
    report(context, term, Side::Subject)
}

fn report(context: &ReportContext<'_>, term: Id<Term>, side: Side) -> TwoForms {
    let taught = Taught::new(context, term, side);
    let journal = context.journal;
    let (title, kind, by_hand) = match side {
        Side::Teacher => {
            (TEACHERS.title, TEACHERS.kind, &["Причины и способ коррекции, что сделано и намечено"][..])
        }
        Side::Subject => (SUBJECTS.title, SUBJECTS.kind, &["Выводы методического объединения"][..]),
    };
    let part_of = |at: usize| Part {
        title: taught.title(at),
        chart: (side == Side::Subject).then(|| courses::chart(&taught, at)).flatten(),
        signature: taught.signature(at),
    };
    TwoForms {
        title: two_forms::title_for(journal, title, term),
        ident: two_forms::ident_of(journal, kind, term),
        lead: lead(&taught),
        coverage: two_forms::coverage_said(&taught.coverage),
        listings: vec![courses::summary(&taught)],
        charts: Vec::new(),
        parts: (0..taught.parts.len()).map(part_of).collect(),
        of_parts: vec![
            courses::marks(&taught),
            courses::hours(&taught),
            failing::listing(&taught),
            agreement::listing(&taught),
            topics::listing(&taught),
        ],
        by_hand,
        definitions: DEFINITIONS,
    }
}

fn lead(taught: &Taught<'_>) -> Vec<String> {
    let own = || taught.given.iter().filter(|one| one.is_first);
    let assessed = own().filter(|one| one.is_assessed()).count();
    let failing = own().filter(|one| one.is_failing()).count();
    let what = match taught.side {
        Side::Teacher => "Учителей, которые ведут курсы",
        Side::Subject => "Предметов, которые преподаются",
    };
    vec![
        format!(
            "{what}: {}. У каждого своя страница; стоят по алфавиту: это не рейтинг, классы у всех разные.",
            taught.parts.len()
        ),
        format!("Отметок за период и н/а: {assessed}; из них «2», «1» и н/а: {}.", part(failing, assessed)),
    ]
}

const DEFINITIONS: &[Definition] = &[
    [
        "По списку",
        "ученики курса в последний день периода; в классе, на который они смотрят в этот день",
        "1 класс, выбывшие раньше",
    ],
    ["Аттестовано", "отметки «1»–«5» и н/а за период", "осв, зачёт, отсрочка, отметки нет"],
    [
        "Успеваемость, качество, %",
        "отметки не ниже «3»; «4» и «5» — от аттестованных (формула электронного журнала)",
        "те же",
    ],
    ["СОУ", "(100·«5» + 64·«4» + 36·«3» + 16·«2» + 7·(«1» и н/а)) : аттестованных", "те же"],
    ["Средний балл", "сумма отметок 1–5 : их число", "те же и н/а"],
    [
        "Качество: ±, у тех же",
        "изменение к предыдущему периоду, п. п.; то же у учеников, учтённых в обоих периодах",
        "год, первый период; прибывшие и выбывшие — в «у тех же»",
    ],
    ["Интервал Уилсона, 95 %", "как далеко случай мог увести долю при таком числе отметок", "—"],
    [
        "Часы; КР; ПР и ЛР",
        "по учебному плану и проведённым урокам; по дате плана и проведённые в периоде",
        "курсы без плана, работы без даты",
    ],
    [
        "Подтвердили, повысили, понизили",
        "отметка за период против среднего контрольных, взвешенного среднего текущих, экзамена (к году); 3,5 — «4»",
        "у кого сравнивать нечего",
    ],
    [
        "Темы не прочитаны",
        "строки КТП с датой в периоде, не данные по его последний день",
        "курсы без КТП, строки без даты",
    ],
    ["Учитель", "тот, чьё имя носит курс; замены на его показатели не влияют", "второй учитель курса"],
];
