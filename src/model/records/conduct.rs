//! Records besides the journal: accounts, the log, consents, remarks, decisions, aliases.

use jiff::civil::{Date, DateTime};

use super::people::{Class, Pupil, Staff};
use super::teaching::Course;
use super::year::Term;
use crate::model::codecs::{ALIASED_IDS, AliasedTable, Channels, ClassName, LoggedTable, Whole};
use crate::model::codes::{ChangeAction, DecisionKind, DueClause};
use crate::model::id::Id;
use crate::model::row::record;
use crate::model::tables::Table;
use crate::model::values::Text;

record! {
    /// An account of the electronic journal.
    Account of Accounts "Учётные записи" {
        /// `account`.
        key: Text = required "account" "Учётная запись" eg "romashkina";
        /// Whose.
        staff: Option<Id<Staff>> = optional "staff_id" "Код сотрудника" eg "с1";
        /// Role: `teacher`, `deputy`, `director`, …
        role: Text = optional "role" "Роль" eg "учитель";
    }
}

record! {
    /// A line of the electronic journal's own log.
    Change of Changes "Изменения" {
        /// When.
        at: DateTime = required "at" "Когда" eg "04.09.2025 15:20";
        /// With which account.
        account: Text = required "account" "Учётная запись" eg "romashkina";
        /// By whom.
        staff: Option<Id<Staff>> = optional "staff_id" "Код сотрудника" eg "с1";
        /// What was done.
        action: ChangeAction = required "action" "Действие" eg "изменение";
        /// The table of the changed row.
        table: Text as LoggedTable = required "table" "Таблица" eg "Отметки";
        /// To which row.
        record_key: Text =
            required "record_id" "Код записи" eg "о1"
                note "Код изменённой записи; для посещаемости — урок:ученик.";
        /// To which field.
        field: Text =
            optional "field" "Поле" eg "Отметка"
                note "Название столбца, который изменён: Отметка, Тема, Задание.";
        /// What stood there.
        old: Text = optional "old" "Было" eg "3";
        /// What stands there now.
        new: Text = optional "new" "Стало" eg "4";
    }
}

record! {
    /// A reported breach of an account's confidentiality.
    Breach of Breaches "Нарушения доступа" {
        /// Which account.
        account: Text = required "account" "Учётная запись" eg "romashkina";
        /// When it was noticed.
        detected_at: DateTime = required "detected_at" "Обнаружено" eg "10.11.2025 09:00";
        /// When the director was informed.
        director_told_at: Option<DateTime> =
            optional "director_told_at" "Извещён директор" eg "10.11.2025 09:30";
        /// When support was told.
        support_told_at: Option<DateTime> =
            optional "support_told_at" "Извещена поддержка" eg "10.11.2025 10:00";
        /// When it was closed.
        closed_at: Option<DateTime> = optional "closed_at" "Закрыто" eg "11.11.2025 12:00";
        /// Note.
        note: Text = optional "note" "Примечание" eg "пароль заменён";
    }
}

record! {
    /// A parent's consent or refusal.
    Consent of Consents "Согласия" {
        /// For whom.
        pupil: Id<Pupil> = required "pupil_id" "Код ученика" eg "у1";
        /// By whom.
        parent: Text = required "parent" "Родитель" eg "Василькова Мария Олеговна";
        /// Given or refused.
        given: bool = required "given" "Согласие дано" eg "да";
        /// When.
        at: DateTime = required "at" "Когда" eg "01.09.2025 18:00";
        /// Over which channels.
        channels: Vec<Text> as Channels = optional "channels" "Каналы" eg "портал;смс";
        /// Telephone.
        phone: Text = optional "phone" "Телефон" eg "+7 900 000-00-00";
        /// E-mail.
        email: Text = optional "email" "Электронная почта";
    }
}

record! {
    /// A parent's acquaintance with the diary.
    Acknowledgement of Acknowledgements "Ознакомление" {
        /// For whom.
        pupil: Id<Pupil> = required "pupil_id" "Код ученика" eg "у1";
        /// By whom.
        parent: Text = required "parent" "Родитель" eg "Василькова Мария Олеговна";
        /// When.
        at: DateTime = required "at" "Когда" eg "24.10.2025 19:00";
        /// With which term.
        term: Option<Id<Term>> = optional "term_id" "Код периода" eg "1ч";
        /// How.
        method: Text = optional "method" "Способ" eg "портал";
    }
}

record! {
    /// A teacher's recommendation to a pupil.
    Recommendation of Recommendations "Рекомендации" {
        /// To whom.
        pupil: Id<Pupil> = required "pupil_id" "Код ученика" eg "у1";
        /// By whom.
        staff: Id<Staff> = required "staff_id" "Код сотрудника" eg "с1";
        /// When.
        at: DateTime = required "at" "Когда" eg "24.10.2025 15:00";
        /// What.
        text: Text = required "text" "Рекомендация" eg "Повторить таблицу умножения";
        /// In which course.
        course: Option<Id<Course>> = optional "course_id" "Код курса" eg "к1";
    }
}

record! {
    /// A remark on how a journal is kept (замечание по ведению журнала).
    Remark of Remarks "Замечания" {
        /// On which class's journal.
        class: Id<Class> = required "class_id" "Класс" eg "5А";
        /// When.
        at: DateTime = required "at" "Когда" eg "15.10.2025 16:00";
        /// By whom.
        staff: Id<Staff> = required "staff_id" "Код сотрудника" eg "с1";
        /// What.
        text: Text = required "text" "Замечание" eg "Нет тем двух уроков";
        /// When it was mended.
        done_at: Option<DateTime> = optional "done_at" "Устранено" eg "16.10.2025 12:00";
    }
}

record! {
    /// A completed section of the year's set-up.
    SetupStep of Setup "Настройка года" {
        /// Which section.
        section: Text = required "section" "Раздел" eg "Расписание";
        /// When.
        done_at: DateTime = required "done_at" "Выполнено" eg "04.09.2025 16:00";
        /// By whom.
        staff: Option<Id<Staff>> = optional "staff_id" "Код сотрудника" eg "с1";
        /// The clause with its deadline.
        due_clause: Option<DueClause> = optional "due_clause" "Пункт со сроком" eg "до 5 сентября";
    }
}

record! {
    /// A decision of the pedagogical council on a pupil.
    Decision of Decisions "Решения педсовета" {
        /// On whom.
        pupil: Id<Pupil> = required "pupil_id" "Код ученика" eg "у1";
        /// What.
        kind: DecisionKind = required "kind" "Решение" eg "переведён";
        /// To which grade.
        to_grade: Option<u8> as Whole<1, 11> = optional "to_grade" "В класс" eg "6";
        /// Number of the protocol.
        protocol: Text = optional "protocol" "Протокол" eg "№ 7";
        /// When.
        date: Option<Date> = optional "date" "Дата" eg "26.05.2026";
    }
}

record! {
    /// A name or id that a source uses for a record: a person states that two sources mean one pupil.
    Alias of Aliases "Соответствия" {
        /// The table of the record.
        table: Table as AliasedTable =
            required "table" "Таблица" eg "Ученики" note "В какой таблице изменена запись: название листа.";
        /// The name or id in the source.
        name: Text =
            required "name" "Как в источнике" eg "Васильков Ваня"
                note "Имя или код так, как они стоят в выгрузке. Тёзок одного отчёта различает номер: Ольхин Пётр (2).";
        /// Only in this class, folded; empty means in all.
        class: Text as ClassName =
            optional "class_id" "Класс" eg "5А" note "Только в этом классе; пусто — во всех.";
        /// Only in this source: a system or a pattern of files; empty means in all.
        source: Text =
            optional "source" "Источник" eg "netschool"
                note "Только в этом источнике: netschool (отчёты «Сетевого города»), код профиля, образец имени файла; пусто — во всех.";
        /// The id it means.
        id: Text =
            required "id" "Код записи" eg "у1" note "Код записи в её таблице: кого или что имели в виду.";
    }
}

impl Alias {
    /// Tables whose records others refer to, and the one whose reasons sources write as letters of their own.
    pub const TABLES: &'static [&'static str] = ALIASED_IDS;
}
