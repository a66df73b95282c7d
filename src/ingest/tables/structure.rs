//! Rows of the tables of people and structure: staff, terms, classes, pupils, groups, courses, plans,
//! timetable.

use super::builder::AllKeys;
use crate::base::said::said;
use crate::ingest::fields::Fields;
use crate::ingest::parse;
use crate::ingest::schema::schema_of;
use crate::model::*;

fn small(value: u32) -> u8 {
    u8::try_from(value).unwrap_or(u8::MAX)
}

pub(super) fn staff(f: &mut Fields<'_>, keys: &AllKeys) -> Staff {
    Staff { key: f.key(&keys.staff), name: f.required(), position: f.text(), place: f.place() }
}

pub(super) fn term(f: &mut Fields<'_>, keys: &AllKeys) -> Term {
    Term {
        key: f.key(&keys.terms),
        kind: f.code(TermKind::parse, TermKind::allowed, TermKind::Quarter),
        title: f.required(),
        span: f.closed_span(),
        grades: f.grades(),
        place: f.place(),
    }
}

pub(super) fn holiday(f: &mut Fields<'_>) -> Holiday {
    Holiday { title: f.text(), span: f.closed_span(), grades: f.grades(), place: f.place() }
}

pub(super) fn suspension(f: &mut Fields<'_>, keys: &AllKeys) -> Suspension {
    Suspension {
        span: f.closed_span(),
        classes: f.class_links(&keys.classes),
        reason: f.text(),
        order: f.text(),
        place: f.place(),
    }
}

pub(super) fn bell(f: &mut Fields<'_>) -> Bell {
    Bell {
        number: small(f.whole(0, 20)),
        start: f.time(),
        end: f.time(),
        shift: f.text(),
        weekday: f.maybe_whole(1, 7).map(small),
        span: f.span(),
        place: f.place(),
    }
}

pub(super) fn subject(f: &mut Fields<'_>, keys: &AllKeys) -> Subject {
    Subject {
        key: f.key(&keys.subjects),
        title: f.required(),
        short: f.text(),
        area: f.text(),
        component: f.maybe_code(Component::parse, Component::allowed),
        grading: f.code(Grading::parse, Grading::allowed, Grading::None),
        place: f.place(),
    }
}

pub(super) fn class(f: &mut Fields<'_>, keys: &AllKeys) -> Class {
    Class {
        key: f.class_key(),
        grade: small(f.whole(1, 11)),
        letter: f.text(),
        teacher: f.maybe_link(&keys.staff),
        profile: f.text(),
        shift: f.text(),
        set: f.text(),
        place: f.place(),
    }
}

pub(super) fn pupil(f: &mut Fields<'_>, keys: &AllKeys) -> Pupil {
    Pupil {
        key: f.key(&keys.pupils),
        surname: f.required(),
        given_name: f.required(),
        patronymic: f.text(),
        birth_date: f.maybe_date(),
        sex: f.maybe_code(Sex::parse, Sex::allowed),
        file_number: f.text(),
        address: f.text(),
        phone: f.text(),
        parents: f.text(),
        health_group: f.text(),
        pe_group: f.text(),
        place: f.place(),
    }
}

pub(super) fn enrolment(f: &mut Fields<'_>, keys: &AllKeys) -> Enrolment {
    Enrolment {
        pupil: f.link(&keys.pupils),
        class: f.class_link(&keys.classes),
        span: f.span_from(),
        joined: f.maybe_code(JoinKind::parse, JoinKind::allowed),
        joined_order: f.text(),
        left: f.maybe_code(LeaveKind::parse, LeaveKind::allowed),
        left_order: f.text(),
        left_reason: f.text(),
        place: f.place(),
    }
}

pub(super) fn group(f: &mut Fields<'_>, keys: &AllKeys) -> Group {
    Group {
        key: f.key(&keys.groups),
        title: f.required(),
        classes: f.class_links(&keys.classes),
        kind: f.code(GroupKind::parse, GroupKind::allowed, GroupKind::Group),
        place: f.place(),
    }
}

pub(super) fn group_member(f: &mut Fields<'_>, keys: &AllKeys) -> GroupMember {
    GroupMember { group: f.link(&keys.groups), pupil: f.link(&keys.pupils), span: f.span(), place: f.place() }
}

pub(super) fn course(f: &mut Fields<'_>, keys: &AllKeys) -> Course {
    Course {
        key: f.key(&keys.courses),
        subject: f.link(&keys.subjects),
        audience: class_or_group(f, keys),
        teacher: f.link(&keys.staff),
        hours_week: f.maybe_decimal(),
        kind: f.maybe_code(CourseKind::parse, CourseKind::allowed).unwrap_or(CourseKind::Lesson),
        grading: f.maybe_code(Grading::parse, Grading::allowed),
        term_kind: f.maybe_code(TermKind::parse, || allowed(&TermKind::CODES[..3], &TermKind::WORDS[..3])),
        place: f.place(),
    }
}

fn class_or_group(f: &mut Fields<'_>, keys: &AllKeys) -> Audience {
    let class = f.maybe_class_link(&keys.classes).map(Audience::Class);
    let group = f.maybe_link(&keys.groups).map(Audience::Group);
    exactly_one(f, [class, group, None])
}

fn exactly_one(f: &mut Fields<'_>, given: [Option<Audience>; 3]) -> Audience {
    let mut given = given.into_iter().flatten();
    let first = given.next();
    if (first.is_none() || given.next().is_some()) && !f.is_bad() {
        let message = said!(
            "должно быть указано ровно одно: класс, группа или ученик",
            "exactly one of class, group and pupil must be given"
        );
        let hint = said!("оставьте заполненным один столбец", "leave one of the columns filled");
        f.reject("J305", "", message, hint);
    }
    first.unwrap_or(Audience::Class(Id::NOWHERE))
}

pub(super) fn course_teacher(f: &mut Fields<'_>, keys: &AllKeys) -> CourseTeacher {
    CourseTeacher {
        course: f.link(&keys.courses),
        teacher: f.link(&keys.staff),
        span: f.span(),
        role: f.maybe_code(TeacherRole::parse, TeacherRole::allowed),
        place: f.place(),
    }
}

pub(super) fn curriculum(f: &mut Fields<'_>, keys: &AllKeys) -> Curriculum {
    let subject = f.link(&keys.subjects);
    let class = f.maybe_class_link(&keys.classes).map(Audience::Class);
    let group = f.maybe_link(&keys.groups).map(Audience::Group);
    let pupil = f.maybe_link(&keys.pupils).map(Audience::Pupil);
    let audience = exactly_one(f, [class, group, pupil]);
    Curriculum { subject, audience, term: f.maybe_link(&keys.terms), hours: f.decimal(), place: f.place() }
}

pub(super) fn planned_lesson(f: &mut Fields<'_>, keys: &AllKeys) -> PlannedLesson {
    PlannedLesson {
        course: f.link(&keys.courses),
        seq: f.whole(0, 100_000),
        topic: f.required(),
        hours: f.decimal(),
        section: f.text(),
        kind: f.text(),
        planned_date: f.maybe_date(),
        place: f.place(),
    }
}

pub(super) fn timetable(f: &mut Fields<'_>, keys: &AllKeys) -> TimetableRow {
    TimetableRow {
        course: f.link(&keys.courses),
        weekday: small(f.whole(1, 7)),
        number: small(f.whole(0, 20)),
        room: f.text(),
        span: f.span(),
        weeks: f.maybe_code(Weeks::parse, Weeks::allowed),
        place: f.place(),
    }
}

pub(super) fn day_move(f: &mut Fields<'_>) -> DayMove {
    DayMove { date: f.date(), as_weekday: small(f.whole(1, 7)), grades: f.grades(), place: f.place() }
}

pub(super) fn setup(f: &mut Fields<'_>, keys: &AllKeys) -> SetupStep {
    SetupStep {
        section: f.required(),
        done_at: f.moment(),
        staff: f.maybe_link(&keys.staff),
        due_clause: f.maybe_code(DueClause::parse, DueClause::allowed),
        place: f.place(),
    }
}

/// The id is not looked up: reports may bring the record, and tables come after this one.
pub(super) fn alias(f: &mut Fields<'_>, journal: &Journal) -> Alias {
    let alias = Alias {
        table: f.code(referred, referred_allowed, Table::Pupils),
        name: f.required(),
        class: parse::class_name(&f.text()),
        source: f.text(),
        id: f.required(),
        place: f.place(),
    };
    let id = if alias.table == Table::Classes { parse::class_name(&alias.id) } else { alias.id.clone() };
    let alias = Alias { id, ..alias };
    let is_same = |other: &&Alias| {
        (other.table, &other.name, &other.class, &other.source)
            == (alias.table, &alias.name, &alias.class, &alias.source)
    };
    let other = journal.aliases.iter().find(is_same).filter(|other| other.id != alias.id);
    if let Some(other) = other.filter(|_| !f.is_bad()) {
        let message = said!(
            "«{}» уже значит «{}» (строка {})",
            "\"{}\" already means \"{}\" (row {})",
            alias.name,
            other.id,
            other.place.row
        );
        let hint = said!("оставьте одну из строк", "leave one of the rows");
        f.reject("J303", &alias.id, message, hint);
    }
    alias
}

fn referred(id: &str) -> Option<Table> {
    table_of(id).filter(|table| Alias::TABLES.contains(&table.id()))
}

fn referred_allowed() -> String {
    let tables = Alias::TABLES.iter().filter_map(|id| Table::parse(id));
    let titles: Vec<_> = tables.map(|table| schema_of(table).title).collect();
    allowed(Alias::TABLES, &titles)
}

/// Returns the table with this id or title.
pub(super) fn table_of(name: &str) -> Option<Table> {
    let is_title = |table: &&Table| schema_of(**table).title.to_lowercase() == name.trim().to_lowercase();
    Table::parse(name).or_else(|| Table::ALL.iter().find(is_title).copied())
}
