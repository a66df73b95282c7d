//! Teaching: subjects, courses, planned hours, lesson plans, the timetable.

use jiff::civil::Date;

use super::audience::{Audience, ClassGroupOrPupil, ClassOrGroup};
use super::people::Staff;
use super::year::Term;
use crate::model::codecs::{Key, TeachingTerm, Whole};
use crate::model::codes::{Component, CourseKind, Grading, TeacherRole, TermKind, Weeks};
use crate::model::id::Id;
use crate::model::row::record;
use crate::model::values::{Span, Text};

record! {
    /// A subject of the curriculum.
    Subject of Subjects "Предметы" {
        /// `subject_id`.
        key: Text as Key<Subject> =
            required "subject_id" "Код предмета" eg "мат" note "Свой короткий код предмета: мат.";
        /// As printed.
        title: Text = required "title" "Предмет" eg "Математика";
        /// Short title for narrow columns; empty if none is given.
        short: Text = optional "short" "Краткое название" eg "Матем.";
        /// Subject area.
        area: Text = optional "area" "Предметная область" eg "Математика и информатика";
        /// Part of the curriculum.
        component: Option<Component> = optional "component" "Компонент" eg "обязательная часть";
        /// The kind of marks it is given.
        grading: Grading = required "grading" "Система отметок" eg "пятибалльная";
    }
}

record! {
    /// One series of journal pages: who teaches what to whom.
    Course of Courses "Курсы" {
        /// `course_id`.
        key: Text as Key<Course> =
            required "course_id" "Код курса" eg "к1"
                note "Свой код курса: один предмет у одного класса или группы.";
        /// What.
        subject: Id<Subject> = required "subject_id" "Код предмета" eg "мат";
        /// A class or a group.
        audience: Audience as ClassOrGroup =
            optional "class_id" "Класс" refers Classes eg "5А" note "Класс с листа «Классы»: 5А.",
            optional "group_id" "Код группы" refers Groups
                note "Код группы с листа «Группы»; заполняется что-то одно: класс или группа.";
        /// By whom.
        teacher: Id<Staff> = required "teacher_id" "Код учителя" eg "с1";
        /// Weekly hours.
        hours_week: Option<f64> = optional "hours_week" "Часов в неделю" eg "5";
        /// Its kind in the curriculum.
        kind: CourseKind = optional "kind" "Вид курса" eg "урок";
        /// Overrides the subject's own grading.
        grading: Option<Grading> = optional "grading" "Система отметок";
        /// Overrides the grade's own kind of terms.
        term_kind: Option<TermKind> as TeachingTerm = optional "term_kind" "Вид периода";
    }
}

record! {
    /// One of several teachers of a course.
    CourseTeacher of CourseTeachers "Учителя курсов" {
        /// Which course.
        course: Id<Course> = required "course_id" "Код курса" eg "к1";
        /// Who.
        teacher: Id<Staff> = required "teacher_id" "Код учителя" eg "с1";
        /// On which days.
        span: Span =
            optional "from" "С даты" eg "01.09.2025",
            optional "to" "По дату" note "Последний день включительно; пусто — до конца года.";
        /// In which part.
        role: Option<TeacherRole> = optional "role" "Роль" eg "основной";
    }
}

record! {
    /// Hours planned.
    Curriculum of Curriculum "Учебный план" {
        /// Of what.
        subject: Id<Subject> = required "subject_id" "Код предмета" eg "мат";
        /// For whom.
        audience: Audience as ClassGroupOrPupil =
            optional "class_id" "Класс" refers Classes eg "5А" note "Класс с листа «Классы»: 5А.",
            optional "group_id" "Код группы" refers Groups
                note "Заполняется ровно одно: класс, группа или ученик (ИУП).",
            optional "pupil_id" "Код ученика" refers Pupils
                note "Заполняется ровно одно: класс, группа или ученик (ИУП).";
        /// The term; `None` means the year.
        term: Option<Id<Term>> =
            optional "term_id" "Код периода" note "Код периода; пусто — часы за весь год.";
        /// How many.
        hours: f64 = required "hours" "Часы" eg "170";
    }
}

record! {
    /// A lesson of the lesson plan (КТП).
    PlannedLesson of LessonPlans "КТП" {
        /// Of which course.
        course: Id<Course> = required "course_id" "Код курса" eg "к1";
        /// Position in the plan.
        seq: u32 as Whole<0, 100_000> = required "seq" "Номер по плану" eg "1";
        /// Topic.
        topic: Text = required "topic" "Тема" eg "Натуральные числа";
        /// Hours.
        hours: f64 = required "hours" "Часы" eg "1";
        /// Unit.
        section: Text = optional "section" "Раздел" eg "Повторение";
        /// Kind of lesson.
        kind: Text = optional "kind" "Вид урока";
        /// The planned day of the lesson.
        planned_date: Option<Date> = optional "planned_date" "Дата по плану" eg "02.09.2025";
    }
}

record! {
    /// A row of the timetable.
    TimetableRow of Timetable "Расписание" {
        /// Which course.
        course: Id<Course> = required "course_id" "Код курса" eg "к1";
        /// 1 Monday … 7 Sunday.
        weekday: u8 as Whole<1, 7> =
            required "weekday" "День недели" eg "2"
                note "День недели числом: 1 — понедельник, 7 — воскресенье.";
        /// Lesson number.
        number: u8 as Whole<0, 20> = required "number" "Номер урока" eg "1";
        /// Room.
        room: Text = optional "room" "Кабинет" eg "12";
        /// The days on which it applies.
        span: Span =
            optional "from" "С даты",
            optional "to" "По дату" note "Последний день включительно; пусто — до конца года.";
        /// Only in odd or even weeks.
        weeks: Option<Weeks> = optional "weeks" "Недели";
    }
}
