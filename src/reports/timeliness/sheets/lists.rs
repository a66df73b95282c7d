//! The sheets of all findings and all corrections, each with its row of the export.

use super::super::Timeliness;
use super::super::corrections::Correction;
use super::super::people::answerable;
use super::super::phrases::{audience, severity, title_of};
use super::parts::{column, count, row, sheet};
use crate::model::Table;
use crate::render::format;
use crate::render::measure::clean;
use crate::render::workbook::{Cell, Row, Sheet};
use crate::reports::finding_key::key;
use crate::reports::labels;
use crate::rules::finding::Finding;

/// Printed columns of the findings: what is wrong, where, who corrects it and how.
const PRINTED: u16 = 9;

/// Sorted by importance; findings of one line are together under its number.
pub(super) fn findings(report: &Timeliness<'_>) -> Sheet {
    let columns = vec![
        column("Вес", 11.0),
        column("Что не так", 30.0),
        column("Класс, группа", 10.0),
        column("Предмет", 18.0),
        column("Дата", 10.5),
        column("Ученик", 20.0),
        column("Кто устраняет", 22.0),
        column("Подробно", 44.0),
        column("Что сделать", 26.0),
        column("Срок", 15.0),
        column("Сделано", 15.0),
        column("Период", 14.0),
        column("Пункт", 22.0),
        column("Случай", 9.0),
        column("Урок", 10.0),
        column("Код", 22.0),
        column("Файл", 22.0),
        column("Лист", 14.0),
        column("Строка", 9.0),
        column("Ключ", 13.0),
    ];
    let mut rows: Vec<Row> = Vec::new();
    for (number, cause) in (1..).zip(&report.causes) {
        let beside = cause.beside.values().flatten();
        rows.extend(cause.findings.iter().chain(beside).map(|finding| line(report, number, finding)));
    }
    let title = "Все замечания; ключ в последнем столбце нужен, чтобы отобрать замечание для листа журнала";
    Sheet {
        frozen_columns: 2,
        printed_columns: Some(PRINTED),
        ..sheet(report, ("Все замечания", title), columns, rows)
    }
}

fn line(report: &Timeliness<'_>, number: usize, finding: &Finding) -> Row {
    let journal = report.context.journal;
    let moment = |at: Option<jiff::civil::DateTime>| at.map_or(Cell::Empty, Cell::Moment);
    let staff = answerable(journal, finding).map(|id| clean(&journal.staff[id].name));
    let place = finding.place;
    let origin = place.and_then(|place| journal.origin(place));
    row(vec![
        Cell::text(severity(finding.severity)),
        Cell::text(title_of(finding.rule)),
        Cell::text(audience(journal, finding)),
        Cell::text(finding.subject.map(|id| clean(&journal.subjects[id].title)).unwrap_or_default()),
        finding.date.map_or(Cell::Empty, Cell::Date),
        Cell::text(finding.pupil.map(|id| clean(&journal.pupils[id].short_name())).unwrap_or_default()),
        Cell::text(staff.unwrap_or_default()),
        Cell::text(clean(&finding.message)),
        Cell::text(crate::rules::rule(finding.rule).remedy),
        moment(finding.due_at),
        moment(finding.found_at),
        Cell::text(finding.term.map(|id| format::years(&journal.terms[id].title)).unwrap_or_default()),
        Cell::text(labels::clause(finding.clause)),
        count(number),
        Cell::text(finding.lesson.map(|id| journal.lessons[id].key.to_string()).unwrap_or_default()),
        Cell::text(finding.rule),
        Cell::text(origin.map(|one| one.file.clone()).unwrap_or_default()),
        Cell::text(origin.map(|one| one.sheet.clone()).unwrap_or_default()),
        place.map_or(Cell::Empty, |place| count(place.row as usize)),
        Cell::text(key(journal, finding)),
    ])
}

/// Every correction with both values, compared with the term mark and the export.
pub(super) fn corrections(report: &Timeliness<'_>) -> Sheet {
    let columns = vec![
        column("Когда", 15.0),
        column("Кто", 24.0),
        column("Что", 14.0),
        column("Действие", 11.0),
        column("Класс", 9.0),
        column("Предмет", 20.0),
        column("Дата урока", 11.0),
        column("Ученик", 22.0),
        column("Было", 22.0),
        column("Стало", 22.0),
        column("До отметки за период или после", 13.0),
        column("Сверка с выгрузкой", 28.0),
        column("Отметка за период выставлена", 16.0),
        column("Учётная запись", 14.0),
        column("Запись", 14.0),
        column("Файл", 20.0),
        column("Строка", 9.0),
    ];
    let mut rows: Vec<Row> = report.corrections.iter().map(|one| correction(report, one)).collect();
    let journal = report.context.journal;
    if !journal.presence.has(Table::Changes) {
        rows.push(row(vec![Cell::text("не проверялось: в источнике нет журнала изменений")]));
    }
    let title = "Кто и что исправил: отметки, темы, домашние задания";
    Sheet { printed_columns: Some(11), ..sheet(report, ("Исправления", title), columns, rows) }
}

fn correction(report: &Timeliness<'_>, one: &Correction<'_>) -> Row {
    let journal = report.context.journal;
    let lesson = one.lesson.map(|id| &journal.lessons[id]);
    let course = lesson.map(|lesson| &journal.courses[lesson.course]);
    let classes = course.map(|course| {
        let keys: Vec<&str> =
            journal.classes_of(course).iter().map(|id| journal.classes[*id].key.as_str()).collect();
        keys.join(", ")
    });
    let side = match one.closed_at {
        None => "",
        Some(_) if one.is_after_term_mark() => "после",
        Some(_) => "до",
    };
    row(vec![
        Cell::Moment(one.change.at),
        Cell::text(one.author.map(|id| clean(&journal.staff[id].name)).unwrap_or_default()),
        Cell::text(one.what.word()),
        Cell::text(one.action()),
        Cell::text(classes.unwrap_or_default()),
        Cell::text(course.map(|course| clean(&journal.subjects[course.subject].title)).unwrap_or_default()),
        lesson.map_or(Cell::Empty, |lesson| Cell::Date(lesson.date)),
        Cell::text(one.pupil.map(|id| clean(&journal.pupils[id].short_name())).unwrap_or_default()),
        Cell::text(one.change.old.as_str()),
        Cell::text(one.change.new.as_str()),
        Cell::text(side),
        Cell::text(one.verdict()),
        one.closed_at.map_or(Cell::Empty, Cell::Moment),
        Cell::text(one.change.account.as_str()),
        Cell::text(one.change.record_key.as_str()),
        Cell::text(journal.origin(one.change.place).map(|one| one.file.clone()).unwrap_or_default()),
        count(one.change.place.row as usize),
    ])
}

/// Findings of an earlier list that no longer exist; no sheet if there is no such list.
pub(super) fn mended(report: &Timeliness<'_>) -> Option<Sheet> {
    let columns = vec![
        column("Что было не так", 40.0),
        column("Вес", 12.0),
        column("Дата", 12.0),
        column("Класс", 10.0),
        column("Предмет", 24.0),
        column("Урок", 12.0),
        column("Кто устранял", 30.0),
        column("Подробно", 60.0),
        column("Состояние", 36.0),
        column("Код", 24.0),
    ];
    let journal = report.context.journal;
    let state = format!("устранено: на {} не обнаружено", format::date(report.context.as_of));
    let rows = report.mended.as_ref()?.iter().map(|one| {
        let subject = journal.subjects.values().find(|subject| subject.key == one.cell("subject_id"));
        let staff = journal.staff.values().find(|staff| staff.key == one.cell("staff_id"));
        let date: Option<jiff::civil::Date> = one.cell("date").parse().ok();
        row(vec![
            Cell::text(title_of(one.cell("rule"))),
            Cell::text(if one.cell("severity") == "violation" {
                "нарушение"
            } else {
                "к сведению"
            }),
            date.map_or(Cell::Empty, Cell::Date),
            Cell::text(one.cell("class_id")),
            Cell::text(subject.map(|subject| clean(&subject.title)).unwrap_or_default()),
            Cell::text(one.cell("lesson_id")),
            Cell::text(staff.map(|staff| clean(&staff.name)).unwrap_or_default()),
            Cell::text(one.cell("message")),
            Cell::text(state.as_str()),
            Cell::text(one.cell("rule")),
        ])
    });
    Some(sheet(report, ("Устранено", "Замечания прежнего списка, которых больше нет"), columns, rows))
}
