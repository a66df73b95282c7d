//! The report on movement (O9): the balance of classes, parallels, levels and the school; who came and who left, by name, with
//! order and where to. Addresses are left out.

use jiff::civil::Date;

use crate::model::*;
use crate::render::format;
use crate::reports::common::listing::{Field, Line, Listing, Value, numbered};
use crate::reports::common::two_forms::{self, Definition, TwoForms, both_forms};
use crate::reports::common::{Coverage, TermData, balance};
use crate::reports::context::ReportContext;
use crate::reports::each::{Each, Terms};
use crate::reports::report::{Keeping, Reader, Report};
use crate::stats::analytics::{MOVEMENT, Record};

/// The report.
pub(super) static REPORT: Report = Report {
    kind: "movement",
    title: "Движение обучающихся",
    readers: &[Reader::Deputy, Reader::Director],
    keeping: Keeping::Report,
    each: Each::SchoolIn(Terms::Ended),
    forms: both_forms!(report, term),
    missing: "не создан",
};

/// Describes the report on a term.
pub fn report(context: &ReportContext<'_>, term: Id<Term>) -> TwoForms {
    let data = TermData::new(context, term);
    TwoForms {
        title: two_forms::title_for(context.journal, "Отчёт о движении обучающихся", term),
        ident: two_forms::ident_of(context.journal, REPORT.kind, term),
        lead: lead(&data),
        coverage: two_forms::coverage_said(&Coverage::of(&data)),
        listings: vec![by_class(&data), by_name(&data)],
        charts: Vec::new(),
        parts: Vec::new(),
        of_parts: Vec::new(),
        by_hand: &["Подтверждения о прибытии выбывших (справки), принятые меры"],
        definitions: DEFINITIONS,
    }
}

fn lead(data: &TermData<'_>) -> Vec<String> {
    let Some(school) = balance::of(data, "school", "") else { return Vec::new() };
    let pupils = |column: &str| format::counted(school.count(column), ["ученик", "ученика", "учеников"]);
    vec![format!(
        "На начало периода {}, на конец {}. Прибыло из других школ: {}, выбыло из школы: {}; переведено между классами: {}.",
        pupils("start"),
        pupils("end"),
        school.count("arrived"),
        school.count("left"),
        school.count("transferred_out")
    )]
}

const BALANCE: &[Field] = &[
    Field::words("Охват", 66.0),
    Field::number("На начало", 20.0),
    Field::number("из других школ", 21.0).over("Прибыло").booked("Прибыло из других школ"),
    Field::number("из других классов", 21.0).over("Прибыло").booked("Прибыло из других классов"),
    Field::number("иное", 17.0).over("Прибыло").booked("Прибыло: иное"),
    Field::number("из школы", 21.0).over("Выбыло").booked("Выбыло из школы"),
    Field::number("в другие классы", 21.0).over("Выбыло").booked("Выбыло в другие классы"),
    Field::number("иное", 17.0).over("Выбыло").booked("Выбыло: иное"),
    Field::number("На конец", 20.0),
    Field::number("юноши", 20.0).over("Из них").booked("Юноши"),
    Field::number("девушки", 20.0).over("Из них").booked("Девушки"),
];

fn by_class(data: &TermData<'_>) -> Listing {
    let journal = data.journal();
    let mut lines: Vec<Line> = Vec::new();
    let line = |title: String, row: Record<'_>| {
        let count = |column: &str| match balance::is_printed_as_zero(column) {
            true => Value::Count(row.count(column)),
            false => Value::Some(row.count(column)),
        };
        std::iter::once(Value::words(title)).chain(balance::COLUMNS.map(count)).collect::<Vec<_>>()
    };
    for level in data.grades.levels() {
        for grade in data.grades.only(|grade| level.has(grade)).iter() {
            let of_grade = data.classes().into_iter().filter(|id| journal.classes[*id].grade == grade);
            let classes: Vec<Id<Class>> = of_grade.collect();
            for class in &classes {
                let key = journal.classes[*class].key.as_str();
                lines.extend(balance::of(data, "class", key).map(|row| Line::new(line(key.to_owned(), row))));
            }
            let parallel = balance::of(data, "parallel", &grade.to_string()).filter(|_| classes.len() > 1);
            lines.extend(parallel.map(|row| Line::new(line(format!("{grade}-е классы вместе"), row))));
        }
        let own = balance::of(data, "level", level.code);
        lines.extend(own.map(|row| Line::total(line(data.grades.level_label(level), row))));
    }
    let whole = format!("Школа, {}", data.grades.label());
    lines.extend(balance::of(data, "school", "").map(|row| Line::total(line(whole, row))));
    Listing {
        tab: "Движение",
        title: "Контингент и движение по классам".to_owned(),
        fields: BALANCE.to_vec(),
        lines,
        whom: format!(
            "Учтены: {}. На начало + прибыло − выбыло = на конец. Перевод между классами стоит в прибывших одного класса и в выбывших \
             другого.",
            data.grades.label()
        ),
        empty: "В периоде нет ни одного класса.".to_owned(),
        lack: data.lack(&MOVEMENT),
    }
}

const NAMED: &[Field] = &[
    Field::number("№", 9.0),
    Field::words("Фамилия, имя, отчество", 66.0),
    Field::words("Дата рождения", 24.0),
    Field::words("Движение", 46.0),
    Field::words("Класс", 16.0),
    Field::words("Дата", 24.0),
    Field::words("Приказ", 28.0),
    Field::words("Куда, причина", 54.0),
];

/// One coming or going.
pub(super) struct Move<'a> {
    pub(super) is_out: bool,
    pub(super) date: Date,
    pub(super) what: &'static str,
    pub(super) stay: &'a Enrolment,
}

/// Lists everyone counted among those who came or left.
fn by_name(data: &TermData<'_>) -> Listing {
    let journal = data.journal();
    let mut moves = moves(data);
    let name = |pupil: Id<Pupil>| journal.pupils[pupil].full_name();
    moves.sort_by_cached_key(|one| (one.is_out, one.date, name(one.stay.pupil), one.stay.pupil));
    let line = |one: &Move<'_>| {
        let (order, why) = match one.is_out {
            true => (&one.stay.left_order, one.stay.left_reason.as_str()),
            false => (&one.stay.joined_order, ""),
        };
        Line::new(vec![
            Value::words(name(one.stay.pupil)),
            Value::or_gap(journal.pupils[one.stay.pupil].birth_date, Value::Date),
            Value::words(one.what),
            Value::words(journal.classes[one.stay.class].key.as_str()),
            Value::Date(one.date),
            Value::words(order),
            Value::words(why),
        ])
    };
    Listing {
        tab: "Поимённо",
        title: "Прибыли и выбыли поимённо".to_owned(),
        fields: NAMED.to_vec(),
        lines: numbered(moves.iter().map(line)),
        whom: format!(
            "Учтены: {}. Строк столько, сколько в строке школы прибывших и выбывших. Дата выбытия — последний день в классе.",
            data.grades.label()
        ),
        empty: "Никто не прибыл и не выбыл.".to_owned(),
        lack: data.lack(&MOVEMENT),
    }
}

/// Lists who came and left, as the balances count them.
pub(super) fn moves<'a>(data: &TermData<'a>) -> Vec<Move<'a>> {
    let (journal, term) = (data.journal(), data.span());
    let mut moves = Vec::new();
    for stay in
        journal.enrolment.iter().filter(|stay| data.grades.contains(journal.classes[stay.class].grade))
    {
        let Span { from, to } = stay.span;
        if term.from < from && from <= term.to {
            moves.push(Move { is_out: false, date: from, what: came(stay.joined), stay });
        }
        if term.from <= to && to < term.to {
            moves.push(Move { is_out: true, date: to, what: left(stay.left), stay });
        }
    }
    moves
}

fn came(kind: Option<JoinKind>) -> &'static str {
    match kind {
        Some(JoinKind::Arrived) => "прибыл(а) из другой школы",
        Some(JoinKind::Transferred) => "переведён(а) из другого класса",
        Some(JoinKind::Start) | None => "зачислен(а), как — не указано",
    }
}

fn left(kind: Option<LeaveKind>) -> &'static str {
    match kind {
        Some(LeaveKind::Left) => "выбыл(а) из школы",
        Some(LeaveKind::Transferred) => "переведён(а) в другой класс",
        Some(LeaveKind::Promoted | LeaveKind::Graduated) | None => "отчислен(а), как — не указано",
    }
}

const DEFINITIONS: &[Definition] = &[
    [
        "На начало, на конец",
        "зачисленные в первый и в последний день периода",
        "пришедшие позже первого дня — в «прибыло»",
    ],
    ["Прибыло", "зачислены после первого дня периода и по последний", "зачисленные с начала периода"],
    [
        "Выбыло",
        "последний день в классе — с первого дня периода по предпоследний",
        "выбывшие в последний день периода и между периодами: они стоят только в отчёте за год",
    ],
    ["Иное", "в исходных данных не сказано, как ученик прибыл или выбыл", "—"],
    ["Юноши, девушки", "по полу в личных карточках на конец периода", "у кого пол не указан"],
];
