//! Missed topics and unsatisfactory marks of a class, pupil by pupil (O7; Z.13): made only where it is asked for.

use crate::model::*;
use crate::reports::common::listing::{Field, Line, Listing, Value};
use crate::reports::common::numbers::part;
use crate::reports::common::two_forms::{self, Definition, TwoForms, both_forms};
use crate::reports::common::{Coverage, TermData};
use crate::reports::context::ReportContext;
use crate::reports::each::{Each, Terms};
use crate::reports::report::{Keeping, Reader, Report};
use crate::stats::analytics::{AnalyticsTable, MISSED, Record, UNSATISFACTORY};

/// The report.
pub(super) static REPORT: Report = Report {
    kind: "topics",
    title: "Пропущенные темы и неудовлетворительные отметки",
    readers: &[Reader::ClassTeacher, Reader::Deputy],
    keeping: Keeping::Report,
    each: Each::ClassIn(Terms::Last),
    forms: both_forms!(report, class, term),
    missing: "не создан",
};

/// Describes the report on a class in a term.
pub fn report(context: &ReportContext<'_>, class: Id<Class>, term: Id<Term>) -> TwoForms {
    let data = TermData::new(context, term);
    let key = context.journal.classes[class].key.as_str();
    let [missed, bad] = [&MISSED, &UNSATISFACTORY].map(|table| rows(&data, table, key));
    let title = format!("{key} класс: пропущенные темы и неудовлетворительные отметки");
    TwoForms {
        title: two_forms::title_for(context.journal, &title, term),
        ident: format!("{} {key}", two_forms::ident_of(context.journal, REPORT.kind, term)),
        lead: lead(&data, &missed, &bad),
        coverage: two_forms::coverage_said(&Coverage::of(&data)),
        listings: vec![bad_marks(&data, &bad, key), topics(&data, &missed, key)],
        charts: Vec::new(),
        parts: Vec::new(),
        of_parts: Vec::new(),
        by_hand: &[],
        definitions: DEFINITIONS,
    }
}

/// Returns the rows of a class by pupil, subject and day.
fn rows<'a>(data: &TermData<'a>, table: &AnalyticsTable, class: &str) -> Vec<Record<'a>> {
    let keys = &data.keys;
    let mut rows = data.rows_of_study(table);
    rows.retain(|row| {
        row.text("class_id") == class && row.date("date").is_some_and(|day| data.span().contains(day))
    });
    rows.sort_by_cached_key(|row| {
        let subject = keys.subject(row.text("subject_id")).map(|id| keys.subject_name(id));
        let pupil = keys.pupil_order(class, row.text("pupil_id"));
        (pupil, row.text("pupil_id"), subject, row.date("date"), row.text("lesson_id"))
    });
    rows
}

fn lead(data: &TermData<'_>, missed: &[Record<'_>], bad: &[Record<'_>]) -> Vec<String> {
    let is_done = |rows: &[Record<'_>], column: &str| rows.iter().filter(|row| row.flag(column)).count();
    let mut said = Vec::new();
    if data.lack(&UNSATISFACTORY).is_none() {
        let done = part(is_done(bad, "corrected"), bad.len());
        said.push(format!("Отметок «2», «1» и незачётов: {}; исправлено: {done}.", bad.len()));
    }
    if data.lack(&MISSED).is_none() {
        let done = part(is_done(missed, "made_up"), missed.len());
        said.push(format!("Пропущено уроков (ученик × урок): {}; тема отработана: {done}.", missed.len()));
    }
    said
}

/// Returns the cells that both tables begin with: pupil, subject, day.
fn head(data: &TermData<'_>, row: Record<'_>) -> Vec<Value> {
    let keys = &data.keys;
    let name = |found: Option<String>| Value::words(found.unwrap_or_default());
    vec![
        name(keys.pupil(row.text("pupil_id")).map(|id| keys.pupil_name(id))),
        name(keys.subject(row.text("subject_id")).map(|id| keys.subject_name(id))),
        Value::or_gap(row.date("date"), Value::Date),
    ]
}

fn bad_marks(data: &TermData<'_>, rows: &[Record<'_>], class: &str) -> Listing {
    let line = |row: &Record<'_>| {
        let work = data.keys.work(row.text("work_id")).map(|id| data.journal().works[id].title.to_string());
        let is_corrected = row.flag("corrected");
        let mut values = head(data, *row);
        values.extend([
            Value::words(row.text("value")),
            Value::words(work.unwrap_or_default()),
            Value::words(row.text("topic")),
            Value::words(if is_corrected { "да" } else { "нет" }),
            Value::Free,
        ]);
        Line::new(values).marked(!is_corrected)
    };
    Listing {
        tab: "Неудовлетворительные",
        title: "Неудовлетворительные отметки".to_owned(),
        fields: vec![
            Field::words("Фамилия, имя", 50.0),
            Field::words("Предмет", 42.0),
            Field::words("Дата", 19.0),
            Field::words("Отметка", 15.0),
            Field::words("Работа", 42.0),
            Field::words("Тема урока", 60.0),
            Field::words("Исправлена", 18.0),
            Field::words("Срок, подпись", 21.0),
        ],
        lines: rows.iter().map(line).collect(),
        whom: format!(
            "Учтены: {class} класс, отметки «2», «1», незач на проведённых уроках. Полужирные не исправлены."
        ),
        empty: "Отметок «2», «1» и незачётов: 0.".to_owned(),
        lack: data.lack(&UNSATISFACTORY),
    }
}

fn topics(data: &TermData<'_>, rows: &[Record<'_>], class: &str) -> Listing {
    let line = |row: &Record<'_>| {
        let mut values = head(data, *row);
        values.extend([
            Value::words(reason(row.text("reason"))),
            Value::words(row.text("topic")),
            Value::words(if row.flag("made_up") { "да" } else { "нет" }),
            Value::Free,
        ]);
        Line::new(values)
    };
    Listing {
        tab: "Пропущенные темы",
        title: "Пропущенные темы".to_owned(),
        fields: vec![
            Field::words("Фамилия, имя", 50.0),
            Field::words("Предмет", 42.0),
            Field::words("Дата", 19.0),
            Field::words("Причина", 30.0),
            Field::words("Тема урока", 87.0),
            Field::words("Отработана", 18.0),
            Field::words("Срок, подпись", 21.0),
        ],
        lines: rows.iter().map(line).collect(),
        whom: format!(
            "Учтены: {class} класс, пропуски проведённых уроков, курсы всех видов; опоздание не пропуск."
        ),
        empty: "Пропущенных уроков: 0.".to_owned(),
        lack: data.lack(&MISSED),
    }
}

fn reason(code: &str) -> &'static str {
    match AbsenceReason::parse(code) {
        Some(AbsenceReason::Ill) => "болезнь",
        Some(AbsenceReason::Excused) => "уважительная",
        Some(AbsenceReason::Unexcused) => "неуважительная",
        _ => "неизвестна",
    }
}

const DEFINITIONS: &[Definition] = &[
    [
        "Исправлена",
        "позже внесена отметка не ниже «3» или зачёт за тот же урок или за ту же работу",
        "отметки за устные ответы на других уроках",
    ],
    [
        "Отработана",
        "есть отметка за этот урок или позже — за работу этого урока",
        "отработка, которую не записали отметкой",
    ],
    ["Класс", "класс ученика в день урока", "уроки, пропущенные в другом классе"],
];
