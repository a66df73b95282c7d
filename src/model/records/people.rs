//! Who is who: staff, classes, pupils, groups, and who is where when.

use jiff::civil::Date;

use crate::model::codecs::{Key, Whole};
use crate::model::codes::{GroupKind, JoinKind, LeaveKind, Sex};
use crate::model::id::Id;
use crate::model::row::record;
use crate::model::values::{Span, Text};

record! {
    /// An employee; every teacher is one.
    Staff of Staff "Сотрудники" {
        /// `staff_id`.
        key: Text as Key<Staff> =
            required "staff_id" "Код сотрудника" eg "с1"
                note "Свой короткий код сотрудника, на него ссылаются другие листы.";
        /// Full name: «Фамилия Имя Отчество».
        name: Text = required "name" "ФИО" eg "Ромашкина Вера Ильинична";
        /// Post.
        position: Text = optional "position" "Должность" eg "учитель";
    }
}

record! {
    /// A class, such as 5А.
    Class of Classes "Классы" {
        /// `class_id`, folded: «5А».
        key: Text as Key<Class> =
            required "class_id" "Класс" eg "5А" note "Имя класса: 5А. Пробелы, дефисы и кавычки не важны.";
        /// Year of study, 1 to 11.
        grade: u8 as Whole<1, 11> = required "grade" "Год обучения" eg "5";
        /// Letter.
        letter: Text = optional "letter" "Литера" eg "А";
        /// Class teacher.
        teacher: Option<Id<Staff>> = optional "teacher_id" "Классный руководитель" eg "с1";
        /// Profile of study.
        profile: Text = optional "profile" "Профиль";
        /// Shift.
        shift: Text = optional "shift" "Смена";
        /// Class-set (класс-комплект) it is taught in.
        set: Text = optional "set_id" "Класс-комплект" note "Общий код классов одного класса-комплекта.";
    }
}

record! {
    /// A pupil's personal card.
    Pupil of Pupils "Ученики" {
        /// `pupil_id`.
        key: Text as Key<Pupil> =
            required "pupil_id" "Код ученика" eg "у1"
                note "Код ученика в электронном журнале или свой; не меняется за год.";
        /// Фамилия.
        surname: Text = required "surname" "Фамилия" eg "Васильков";
        /// Имя.
        given_name: Text = required "given_name" "Имя" eg "Иван";
        /// Отчество.
        patronymic: Text = optional "patronymic" "Отчество" eg "Петрович";
        /// Date of birth.
        birth_date: Option<Date> = optional "birth_date" "Дата рождения" eg "14.03.2014";
        /// Sex.
        sex: Option<Sex> = optional "sex" "Пол" eg "м";
        /// Number of the personal file.
        file_number: Text = optional "file_number" "Номер личного дела" eg "В-17";
        /// Address.
        address: Text = optional "address" "Адрес" eg "ул. Луговая, 3";
        /// Telephone.
        phone: Text = optional "phone" "Телефон" eg "+7 900 000-00-00";
        /// Parents.
        parents: Text = optional "parents" "Родители" eg "Василькова Мария Олеговна";
        /// Health group: special-category data, never printed.
        health_group: Text = optional "health_group" "Группа здоровья" eg "II";
        /// Group for physical education: special-category data, never printed.
        pe_group: Text = optional "pe_group" "Группа по физкультуре" eg "основная";
    }
}

record! {
    /// A pupil's stay in a class.
    Enrolment of Enrolment "Зачисление" {
        /// Who.
        pupil: Id<Pupil> = required "pupil_id" "Код ученика" eg "у1";
        /// Where.
        class: Id<Class> = required "class_id" "Класс" eg "5А";
        /// The days of the stay.
        span: Span =
            required "from" "С даты" eg "01.09.2025",
            optional "to" "По дату" note "Последний день включительно; пусто — до конца года.";
        /// How it began.
        joined: Option<JoinKind> = optional "in_kind" "Как прибыл" eg "с начала года";
        /// By which order.
        joined_order: Text = optional "in_order" "Приказ о прибытии" eg "31-од";
        /// How it ended.
        left: Option<LeaveKind> = optional "out_kind" "Как выбыл";
        /// By which order.
        left_order: Text = optional "out_order" "Приказ о выбытии";
        /// Where to, or why.
        left_reason: Text = optional "out_reason" "Куда или почему выбыл";
    }
}

record! {
    /// Pupils taught together who are not a class.
    Group of Groups "Группы" {
        /// `group_id`.
        key: Text as Key<Group> = required "group_id" "Код группы" eg "г1" note "Свой короткий код группы.";
        /// As printed.
        title: Text = required "title" "Группа" eg "5А английский, 1 группа";
        /// Classes its pupils come from.
        classes: Vec<Id<Class>> = required "class_ids" "Классы" eg "5А";
        /// What it is for.
        kind: GroupKind = required "kind" "Вид группы" eg "часть класса";
    }
}

record! {
    /// A pupil's stay in a group.
    GroupMember of GroupMembers "Состав групп" {
        /// Where.
        group: Id<Group> = required "group_id" "Код группы" eg "г1";
        /// Who.
        pupil: Id<Pupil> = required "pupil_id" "Код ученика" eg "у1";
        /// The days of the stay.
        span: Span =
            optional "from" "С даты" eg "01.09.2025",
            optional "to" "По дату" note "Последний день включительно; пусто — до конца года.";
    }
}

impl Pupil {
    /// Returns «Фамилия Имя», the form on journal pages.
    pub fn short_name(&self) -> String {
        format!("{} {}", self.surname, self.given_name)
    }

    /// Returns «Фамилия Имя Отчество».
    pub fn full_name(&self) -> String {
        [&self.surname, &self.given_name, &self.patronymic]
            .into_iter()
            .filter(|part| !part.is_empty())
            .map(Text::as_str)
            .collect::<Vec<_>>()
            .join(" ")
    }
}
