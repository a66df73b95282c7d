//! The year: its terms, holidays, suspended and moved days, bells.

use jiff::civil::{Date, Time};

use super::people::Class;
use crate::model::codecs::{GradesInFull, Key, Whole};
use crate::model::codes::TermKind;
use crate::model::grades::GradeSet;
use crate::model::id::Id;
use crate::model::row::record;
use crate::model::values::{Span, Text};

record! {
    /// A term (учебный период), the year included.
    Term of Terms "Периоды" {
        /// `term_id`.
        key: Text as Key<Term> =
            required "term_id" "Код периода" eg "1ч" note "Свой короткий код периода: 1ч.";
        /// What kind of term.
        kind: TermKind = required "kind" "Вид периода" eg "четверть";
        /// As printed: «1 четверть».
        title: Text = required "title" "Название" eg "1 четверть";
        /// Its days.
        span: Span =
            required "start" "Начало" eg "01.09.2025",
            required "end" "Конец" eg "24.10.2025" note "Последний день включительно: 24.10.2025.";
        /// Grades it is for.
        grades: GradeSet as GradesInFull = required "grades" "Классы (годы обучения)" eg "1-9";
    }
}

record! {
    /// Days without lessons.
    Holiday of Holidays "Каникулы" {
        /// As printed.
        title: Text = optional "title" "Название" eg "Осенние каникулы";
        /// Its days.
        span: Span =
            required "start" "Начало" eg "25.10.2025",
            required "end" "Конец" eg "04.11.2025" note "Последний день включительно: 24.10.2025.";
        /// Its grades; all by default.
        grades: GradeSet = optional "grades" "Классы (годы обучения)" eg "1-11";
    }
}

record! {
    /// Suspended days (актированные дни).
    Suspension of Suspensions "Актированные дни" {
        /// Its days.
        span: Span =
            required "start" "Начало" eg "20.01.2026",
            required "end" "Конец" eg "21.01.2026" note "Последний день включительно: 24.10.2025.";
        /// Its classes; empty means all.
        classes: Vec<Id<Class>> = optional "class_ids" "Классы" eg "5А";
        /// Why.
        reason: Text = optional "reason" "Причина" eg "мороз";
        /// By which order.
        order: Text = optional "order" "Приказ" eg "12-од";
    }
}

record! {
    /// The times of a lesson number.
    Bell of Bells "Звонки" {
        /// Lesson number.
        number: u8 as Whole<0, 20> = required "number" "Номер урока" eg "1";
        /// When it begins.
        start: Time = required "start" "Начало" eg "08:30";
        /// When it ends.
        end: Time = required "end" "Конец" eg "09:15" note "Время: 09:15.";
        /// Shift, if the school has several.
        shift: Text = optional "shift" "Смена";
        /// Only on this weekday (1 Monday … 7).
        weekday: Option<u8> as Whole<1, 7> =
            optional "weekday" "День недели" note "День недели числом: 1 — понедельник, 7 — воскресенье.";
        /// Only on these days.
        span: Span =
            optional "from" "С даты",
            optional "to" "По дату" note "Последний день включительно; пусто — до конца года.";
    }
}

record! {
    /// A day taught by another weekday's timetable.
    DayMove of DayMoves "Переносы дней" {
        /// Which day.
        date: Date = required "date" "Дата" eg "06.09.2025";
        /// 1 Monday … 7 Sunday.
        as_weekday: u8 as Whole<1, 7> =
            required "as_weekday" "По расписанию дня" eg "1"
                note "День недели числом: 1 — понедельник, 7 — воскресенье.";
        /// Its grades; all by default.
        grades: GradeSet = optional "grades" "Классы (годы обучения)" eg "1-11";
    }
}
