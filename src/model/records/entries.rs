//! Records of the journal itself: lessons, homework, works, marks, absences, term marks.

use jiff::civil::{Date, DateTime};

use super::people::{Pupil, Staff};
use super::teaching::{Course, Subject};
use super::year::Term;
use crate::base::source::SourceRef;
use crate::model::codecs::{Key, MarkSign, OneByDefault, OwnId, RegisterReason, SchoolDay, TermSign, Whole};
use crate::model::codes::{AbsenceReason, LessonStatus, TermMarkKind, WorkKind};
use crate::model::id::Id;
use crate::model::mark_values::{MarkValue, TermValue};
use crate::model::row::record;
use crate::model::snapshots::Interval;
use crate::model::values::{Span, Text};

record! {
    /// A lesson in the journal.
    Lesson of Lessons "Уроки" {
        /// `lesson_id`.
        key: Text as Key<Lesson> =
            required "lesson_id" "Код урока" eg "л1" note "Код урока в электронном журнале или свой.";
        /// Which course.
        course: Id<Course> = required "course_id" "Код курса" eg "к1";
        /// When.
        date: Date as SchoolDay = required "date" "Дата" eg "02.09.2025";
        /// Lesson number.
        number: u8 as Whole<0, 20> = required "number" "Номер урока" eg "1";
        /// What became of it.
        status: LessonStatus = required "status" "Состояние" eg "проведён";
        /// The new date of a moved lesson.
        moved_to: Option<Date> = optional "moved_to" "Перенесён на";
        /// Who held it.
        teacher: Id<Staff> = required "teacher_id" "Код учителя" eg "с1";
        /// Whom that teacher replaced.
        replaces: Option<Id<Staff>> = optional "replaces_teacher_id" "Кого заменял";
        /// Room.
        room: Text = optional "room" "Кабинет" eg "12";
        /// Kind of lesson.
        kind: Text = optional "kind" "Вид урока";
        /// Topic.
        topic: Text = optional "topic" "Тема" eg "Натуральные числа";
        /// Position in the lesson plan.
        plan_seq: Option<u32> as Whole<0, 100_000> = optional "plan_seq" "Номер по плану" eg "1";
        /// When it was entered.
        recorded_at: Option<DateTime> = optional "recorded_at" "Внесено" eg "02.09.2025 10:05";
        /// By whom.
        recorded_by: Option<Id<Staff>> = optional "recorded_by" "Кем внесено" eg "с1";
        /// Hours that it counts for; 1 by default.
        hours: f64 as OneByDefault =
            optional "hours" "Часы" eg "1" note "Сдвоенный урок одной строкой — 2; пусто — 1.";
    } beside {
        /// Between which snapshots it first appeared, if there are any and `recorded_at` is not given.
        seen: Option<Box<Interval>>;
    }
}

record! {
    /// Homework given at a lesson.
    Homework of Homework "Домашние задания" {
        /// At which lesson.
        lesson: Id<Lesson> = required "lesson_id" "Код урока" eg "л1";
        /// What.
        text: Text = required "text" "Задание" eg "№ 14, 15";
        /// Minutes it takes.
        minutes: Option<f64> = optional "minutes" "Минут" eg "20" note "На сколько минут рассчитано задание.";
        /// For which day.
        due_on: Option<Date> = optional "due_date" "На дату" eg "03.09.2025";
        /// When it was entered.
        recorded_at: Option<DateTime> = optional "recorded_at" "Внесено" eg "02.09.2025 12:10";
        /// By whom.
        recorded_by: Option<Id<Staff>> = optional "recorded_by" "Кем внесено" eg "с1";
        /// Only for this pupil.
        pupil: Option<Id<Pupil>> = optional "pupil_id" "Код ученика";
    } beside {
        /// Between which snapshots it first appeared, if there are any and `recorded_at` is not given.
        seen: Option<Box<Interval>>;
    }
}

record! {
    /// What marks are given for.
    Work of Works "Работы" {
        /// `work_id`.
        key: Text as Key<Work> =
            required "work_id" "Код работы" eg "р1" note "Код работы, за которую ставят отметки.";
        /// Of which course.
        course: Id<Course> = required "course_id" "Код курса" eg "к1";
        /// Kind of work.
        kind: WorkKind = required "kind" "Вид работы" eg "устный ответ";
        /// As printed.
        title: Text = optional "title" "Название" eg "Ответ у доски";
        /// Is in the schedule of control works (ВШК).
        control: bool =
            optional "control" "По графику ВШК" eg "нет" note "Стоит в графике внутришкольного контроля.";
        /// Form of control.
        form: Text = optional "form" "Форма контроля";
        /// The planned day.
        planned_date: Option<Date> = optional "planned_date" "Дата по плану";
        /// The lesson of the work.
        lesson: Option<Id<Lesson>> = optional "lesson_id" "Код урока" eg "л1";
        /// Weight.
        weight: Option<f64> = optional "weight" "Вес" eg "1";
    }
}

record! {
    /// The value in a pupil's cell of a lesson (отметка).
    Mark of Marks "Отметки" {
        /// `mark_id`.
        key: Text as OwnId =
            required "mark_id" "Код отметки" eg "о1" note "Код отметки в электронном журнале или свой.";
        /// At which lesson.
        lesson: Id<Lesson> = required "lesson_id" "Код урока" eg "л1";
        /// Whose.
        pupil: Id<Pupil> = required "pupil_id" "Код ученика" eg "у1";
        /// The sign.
        value: MarkValue as MarkSign = required "value" "Отметка" eg "4";
        /// What for.
        work: Option<Id<Work>> = optional "work_id" "Код работы" eg "р1";
        /// Comment.
        comment: Text = optional "comment" "Комментарий";
        /// When it was entered.
        recorded_at: Option<DateTime> = optional "recorded_at" "Внесено" eg "02.09.2025 10:07";
        /// By whom.
        recorded_by: Option<Id<Staff>> = optional "recorded_by" "Кем внесено" eg "с1";
        /// The source's printed form, if it differs from the value.
        printed: Text =
            optional "printed" "Как в источнике" note "Как отметка стоит в источнике, если иначе: 5-, 8/12.";
    } beside {
        /// Between which snapshots it first appeared, if there are any and `recorded_at` is not given.
        seen: Option<Box<Interval>>;
    }
}

record! {
    /// An absence or a lateness at a lesson.
    Absence of Attendance "Посещаемость" {
        /// At which lesson.
        lesson: Id<Lesson> = required "lesson_id" "Код урока" eg "л1";
        /// Whose.
        pupil: Id<Pupil> = required "pupil_id" "Код ученика" eg "у1";
        /// Why.
        reason: AbsenceReason = required "reason" "Причина" eg "оп";
        /// Comment.
        comment: Text = optional "comment" "Комментарий" eg "автобус";
        /// When it was entered.
        recorded_at: Option<DateTime> = optional "recorded_at" "Внесено" eg "02.09.2025 08:35";
        /// By whom.
        recorded_by: Option<Id<Staff>> = optional "recorded_by" "Кем внесено" eg "с1";
    } beside {
        /// Between which snapshots it first appeared, if there are any and `recorded_at` is not given.
        seen: Option<Box<Interval>>;
    }
}

record! {
    /// A row of the class teacher's daily register of absentees.
    RegisterRow of AbsenceRegister "Учёт отсутствующих" {
        /// Which day.
        date: Date = required "date" "Дата" eg "03.09.2025";
        /// Who.
        pupil: Id<Pupil> = required "pupil_id" "Код ученика" eg "у1";
        /// Why.
        reason: AbsenceReason as RegisterReason = required "reason" "Причина" eg "б";
        /// How many lessons.
        lessons: Option<u32> as Whole<0, 100> = optional "lessons" "Уроков" eg "5";
        /// When it was entered.
        recorded_at: Option<DateTime> = optional "recorded_at" "Внесено" eg "03.09.2025 09:00";
        /// By whom.
        recorded_by: Option<Id<Staff>> = optional "recorded_by" "Кем внесено" eg "с1";
    }
}

record! {
    /// A mark for a term, year or exam, or the final one.
    TermMark of TermMarks "Итоговые отметки" {
        /// Whose.
        pupil: Id<Pupil> = required "pupil_id" "Код ученика" eg "у1";
        /// In what.
        subject: Id<Subject> = required "subject_id" "Код предмета" eg "мат";
        /// For which term.
        term: Id<Term> = required "term_id" "Код периода" eg "1ч";
        /// The kind of the term mark.
        kind: TermMarkKind = required "kind" "Вид отметки" eg "за период";
        /// The mark; `None` only with a deferral.
        value: Option<TermValue> as TermSign = required "value" "Отметка" eg "4";
        /// The course, if the source gives it.
        course: Option<Id<Course>> = optional "course_id" "Код курса" eg "к1";
        /// Deferred until this day.
        deferred_until: Option<Date> =
            optional "deferred_until" "Отсрочка до"
                note "До какого дня отложена аттестация; отметка тогда может быть пустой.";
        /// By which order.
        order: Text = optional "order" "Приказ";
        /// When it was entered.
        recorded_at: Option<DateTime> = optional "recorded_at" "Внесено" eg "22.10.2025 14:00";
        /// By whom.
        recorded_by: Option<Id<Staff>> = optional "recorded_by" "Кем внесено" eg "с1";
    } beside {
        /// Between which snapshots it first appeared, if there are any and `recorded_at` is not given.
        seen: Option<Box<Interval>>;
    }
}

/// The values that a report of another system printed for a pupil's subject: never recomputed, never
/// overwritten.
#[derive(Clone, Debug, PartialEq)]
pub struct PrintedMean {
    /// Whose.
    pub pupil: Id<Pupil>,
    /// In what.
    pub subject: Id<Subject>,
    /// The days, if the report gives them or its term is known.
    pub span: Option<Span>,
    /// The term, if the days are those of one.
    pub term: Option<Id<Term>>,
    /// Mean of the marks.
    pub mean: Option<f64>,
    /// Weighted mean; `None` if the report prints 0 because there are no weighted works.
    pub weighted: Option<f64>,
    /// The result as printed: a mark, `0`, or nothing.
    pub result: Text,
    /// Its row.
    pub place: SourceRef,
}
