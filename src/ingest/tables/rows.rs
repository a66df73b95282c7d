//! Rows of the tables of events: lessons, homework, marks, absences, term marks, the log, consents.

use super::builder::AllKeys;
pub(super) use super::structure::*;
use crate::base::problems::ProblemSeverity;
use crate::base::said::said;
use crate::ingest::fields::Fields;
use crate::ingest::schema::{Column, schema_of};
use crate::model::*;

const REASONS: &str = "б, ну, н, оп, ?";
const REGISTER_REASONS: &str = "б, ну, н";

pub(super) fn lesson(f: &mut Fields<'_>, keys: &AllKeys, journal: &Journal) -> Lesson {
    let key = f.key(&keys.lessons);
    let course = f.link(&keys.courses);
    let date = f.date();
    if !f.is_bad() && !is_in_year(journal, date) {
        let year = format!("{} – {}", journal.year.start, journal.year.end);
        let message = said!(
            "урок {date} вне учебного года ({year})",
            "lesson of {date} is outside the school year ({year})"
        );
        let hint = said!(
            "исправьте дату урока или границы года в school.toml",
            "mend the lesson's date or the year in school.toml"
        );
        f.reject("J306", &date.to_string(), message, hint);
    }
    Lesson {
        key,
        course,
        date,
        number: u8::try_from(f.whole(0, 20)).unwrap_or(u8::MAX),
        status: f.code(LessonStatus::parse, LessonStatus::allowed, LessonStatus::Held),
        moved_to: f.maybe_date(),
        teacher: f.link(&keys.staff),
        replaces: f.maybe_link(&keys.staff),
        room: f.text(),
        kind: f.text(),
        topic: f.text(),
        plan_seq: f.maybe_whole(0, 100_000),
        recorded_at: f.maybe_moment(),
        recorded_by: f.maybe_link(&keys.staff),
        hours: f.maybe_decimal().unwrap_or(1.0),
        seen: None,
        place: f.place(),
    }
}

/// A term may extend beyond the year's own ends (practice in June).
fn is_in_year(journal: &Journal, date: jiff::civil::Date) -> bool {
    let year = Span { from: journal.year.start, to: journal.year.end };
    year.contains(date) || journal.terms.values().any(|term| term.span.contains(date))
}

pub(super) fn homework(f: &mut Fields<'_>, keys: &AllKeys) -> Homework {
    Homework {
        lesson: f.link(&keys.lessons),
        text: f.required(),
        minutes: f.maybe_decimal(),
        due_on: f.maybe_date(),
        recorded_at: f.maybe_moment(),
        recorded_by: f.maybe_link(&keys.staff),
        pupil: f.maybe_link(&keys.pupils),
        seen: None,
        place: f.place(),
    }
}

pub(super) fn work(f: &mut Fields<'_>, keys: &AllKeys) -> Work {
    Work {
        key: f.key(&keys.works),
        course: f.link(&keys.courses),
        kind: f.code(WorkKind::parse, WorkKind::allowed, WorkKind::Other),
        title: f.text(),
        control: f.maybe_flag().unwrap_or(false),
        form: f.text(),
        planned_date: f.maybe_date(),
        lesson: f.maybe_link(&keys.lessons),
        weight: f.maybe_decimal(),
        place: f.place(),
    }
}

pub(super) fn mark(f: &mut Fields<'_>, keys: &AllKeys) -> Mark {
    Mark {
        key: f.own_id(),
        lesson: f.link(&keys.lessons),
        pupil: f.link(&keys.pupils),
        value: mark_value(f),
        work: f.maybe_link(&keys.works),
        comment: f.text(),
        recorded_at: f.maybe_moment(),
        recorded_by: f.maybe_link(&keys.staff),
        printed: f.text(),
        seen: None,
        place: f.place(),
    }
}

fn mark_value(f: &mut Fields<'_>) -> MarkValue {
    f.code(MarkValue::of_form, || "1–5, зач, незач, «.», 0".to_owned(), MarkValue::Point)
}

pub(super) fn absence(f: &mut Fields<'_>, keys: &AllKeys) -> Absence {
    Absence {
        lesson: f.link(&keys.lessons),
        pupil: f.link(&keys.pupils),
        reason: f.code(AbsenceReason::parse, || REASONS.to_owned(), AbsenceReason::Unknown),
        comment: f.text(),
        recorded_at: f.maybe_moment(),
        recorded_by: f.maybe_link(&keys.staff),
        seen: None,
        place: f.place(),
    }
}

pub(super) fn register(f: &mut Fields<'_>, keys: &AllKeys) -> RegisterRow {
    RegisterRow {
        date: f.date(),
        pupil: f.link(&keys.pupils),
        reason: f.code(register_reason, || REGISTER_REASONS.to_owned(), AbsenceReason::Unknown),
        lessons: f.maybe_whole(0, 100),
        recorded_at: f.maybe_moment(),
        recorded_by: f.maybe_link(&keys.staff),
        place: f.place(),
    }
}

/// The class teacher's register has only absences, each with its reason.
fn register_reason(code: &str) -> Option<AbsenceReason> {
    AbsenceReason::parse(code).filter(|reason| reason.is_known_absence())
}

pub(super) fn term_mark(f: &mut Fields<'_>, keys: &AllKeys) -> TermMark {
    let (pupil, subject, term) = (f.link(&keys.pupils), f.link(&keys.subjects), f.link(&keys.terms));
    let kind = f.code(TermMarkKind::parse, TermMarkKind::allowed, TermMarkKind::Term);
    let value = term_value(f);
    TermMark {
        pupil,
        subject,
        term,
        kind,
        value,
        course: f.maybe_link(&keys.courses),
        deferred_until: f.maybe_date(),
        order: f.text(),
        recorded_at: f.maybe_moment(),
        recorded_by: f.maybe_link(&keys.staff),
        seen: None,
        place: f.place(),
    }
}

/// An empty value is no mark. Next to a deferral that is correct; otherwise the mark is missing and a rule
/// reports it.
fn term_value(f: &mut Fields<'_>) -> Option<TermValue> {
    let text = f.text().to_lowercase();
    match text.as_str() {
        "" | "-" | "—" => None,
        "0" => {
            let message =
                said!("итоговая отметка 0 прочитана как н/а", "a term mark of 0 was read as not assessed");
            let hint = said!("проверьте отметку в источнике", "check the mark in the source");
            f.note("J307", ProblemSeverity::Notice, "0", message, hint);
            Some(TermValue::NotAssessed)
        }
        _ => {
            let value = TermValue::of_form(&text);
            if value.is_none() {
                let message = said!(
                    "отметка «{text}»: допустимы только 1–5, зач, незач, осв, н/а, безотм",
                    "term mark \"{text}\": only 1–5, зач, незач, осв, н/а and безотм are allowed"
                );
                let hint = said!("исправьте отметку в источнике", "mend the mark in the source");
                f.reject("J302", &text, message, hint);
            }
            value
        }
    }
}

pub(super) fn account(f: &mut Fields<'_>, keys: &AllKeys) -> Account {
    Account { key: f.required(), staff: f.maybe_link(&keys.staff), role: f.text(), place: f.place() }
}

pub(super) fn change(f: &mut Fields<'_>, keys: &AllKeys) -> Change {
    let (at, account, staff) = (f.moment(), f.required(), f.maybe_link(&keys.staff));
    let action = f.code(ChangeAction::parse, ChangeAction::allowed, ChangeAction::Update);
    let (table, record_key, field) = (f.required(), f.required(), f.text());
    // People write the titles of the form; a name that is neither stays as it is.
    let known = table_of(&table);
    Change {
        at,
        account,
        staff,
        action,
        field: known.map_or_else(|| field.clone(), |table| column_of(table, &field)),
        table: known.map_or(table, |table| table.id().into()),
        record_key,
        old: f.text(),
        new: f.text(),
        place: f.place(),
    }
}

/// Returns the id of the column with this id or title.
fn column_of(table: Table, name: &Text) -> Text {
    let is_title = |column: &&Column| column.title.to_lowercase() == name.trim().to_lowercase();
    schema_of(table).columns.iter().find(is_title).map_or_else(|| name.clone(), |column| column.id.into())
}

pub(super) fn breach(f: &mut Fields<'_>) -> Breach {
    Breach {
        account: f.required(),
        detected_at: f.moment(),
        director_told_at: f.maybe_moment(),
        support_told_at: f.maybe_moment(),
        closed_at: f.maybe_moment(),
        note: f.text(),
        place: f.place(),
    }
}

pub(super) fn consent(f: &mut Fields<'_>, keys: &AllKeys) -> Consent {
    Consent {
        pupil: f.link(&keys.pupils),
        parent: f.required(),
        given: f.flag(),
        at: f.moment(),
        channels: f.list().into_iter().map(channel).collect(),
        phone: f.text(),
        email: f.text(),
        place: f.place(),
    }
}

/// Returns the format's name of a channel for the word that people write.
fn channel(word: Text) -> Text {
    match word.to_lowercase().as_str() {
        "портал" => "portal".into(),
        "смс" => "sms".into(),
        "почта" | "эл. почта" | "электронная почта" => "email".into(),
        "бумага" | "на бумаге" => "paper".into(),
        _ => word,
    }
}

pub(super) fn acknowledgement(f: &mut Fields<'_>, keys: &AllKeys) -> Acknowledgement {
    Acknowledgement {
        pupil: f.link(&keys.pupils),
        parent: f.required(),
        at: f.moment(),
        term: f.maybe_link(&keys.terms),
        method: f.text(),
        place: f.place(),
    }
}

pub(super) fn recommendation(f: &mut Fields<'_>, keys: &AllKeys) -> Recommendation {
    Recommendation {
        pupil: f.link(&keys.pupils),
        staff: f.link(&keys.staff),
        at: f.moment(),
        text: f.required(),
        course: f.maybe_link(&keys.courses),
        place: f.place(),
    }
}

pub(super) fn remark(f: &mut Fields<'_>, keys: &AllKeys) -> Remark {
    Remark {
        class: f.class_link(&keys.classes),
        at: f.moment(),
        staff: f.link(&keys.staff),
        text: f.required(),
        done_at: f.maybe_moment(),
        place: f.place(),
    }
}

pub(super) fn decision(f: &mut Fields<'_>, keys: &AllKeys) -> Decision {
    Decision {
        pupil: f.link(&keys.pupils),
        kind: f.code(DecisionKind::parse, DecisionKind::allowed, DecisionKind::Promoted),
        to_grade: f.maybe_whole(1, 11).and_then(|grade| u8::try_from(grade).ok()),
        protocol: f.text(),
        date: f.maybe_date(),
        place: f.place(),
    }
}
