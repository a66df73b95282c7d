//! The list of figures: key in `policy.toml`, clause, Russian title, reader and writer.

use jiff::SignedDuration;
use jiff::civil::Time;
use toml::de::DeValue;

use super::card_field;
use super::expected::Expected;
use super::in_force::{MonthDay, Policy};
use crate::base::said::Said;

/// One figure of the policy.
pub struct PolicyFigure {
    /// Section and key in `policy.toml`, separated by a point.
    pub key: &'static str,
    /// The clause that sets it.
    pub clause: &'static str,
    /// What it is.
    pub title: Said<&'static str>,
    /// Takes the value from the file, or returns the expected form if it is wrong.
    pub(super) read: fn(&mut Policy, &DeValue<'_>) -> Result<(), Expected>,
    show: fn(&Policy) -> String,
}

impl PolicyFigure {
    /// Returns the figure's value in the form of `policy.toml`.
    pub fn show(&self, policy: &Policy) -> String {
        (self.show)(policy)
    }
}

const DAYS: Expected = Said::fixed("целое число дней от 0 до 366", "a whole number of days from 0 to 366");
const COUNT: Expected = Said::fixed("целое число от 0 до 1000", "a whole number from 0 to 1000");
const DRIFT: Expected = Said::fixed("целое число от 1 до 4", "a whole number from 1 to 4");
const MINUTES: Expected =
    Said::fixed("целое число минут от 0 до 1440", "a whole number of minutes from 0 to 1440");
const TIME: Expected = Said::fixed("время вида 17:00:00", "a time such as 17:00:00");
const DAY: Expected = Said::fixed("день года вида \"09-05\"", "a day of the year such as \"09-05\"");
const SWITCH: Expected = Said::fixed("true или false", "true or false");
const BY_GRADE: Expected = Said::fixed(
    "одиннадцать чисел минут, по классам с 1 по 11",
    "eleven numbers of minutes, by grade from 1 to 11",
);

macro_rules! figure {
    ($key:literal, $clause:literal, $title:expr, $field:ident $([$at:literal])?, $read:ident, $show:ident) => {
        PolicyFigure {
            key: $key,
            clause: $clause,
            title: $title,
            read: |policy, value| {
                policy.$field$([$at])? = $read(value)?;
                Ok(())
            },
            show: |policy| $show(policy.$field$([$at])?),
        }
    };
}

/// Every figure, in the order of the default file.
pub const FIGURES: &[PolicyFigure] = &[
    figure!(
        "lessons.recorded_within_days",
        "D.14",
        Said::fixed("Запись урока: дней после урока", "Recording a lesson: days after it"),
        lesson_days,
        days,
        plain
    ),
    figure!(
        "marks.oral_days",
        "R.2.6",
        Said::fixed("Отметка за ответ: дней после урока", "Mark for an answer: days after the lesson"),
        oral_mark_days,
        days,
        plain
    ),
    figure!(
        "marks.control_days",
        "R.2.12",
        Said::fixed(
            "Отметка за контрольную работу: дней после урока",
            "Mark for a control work: days after the lesson"
        ),
        control_mark_days,
        days,
        plain
    ),
    figure!(
        "marks.written_days",
        "R.2.13",
        Said::fixed(
            "Отметка за письменную работу: дней после урока",
            "Mark for a written work: days after the lesson"
        ),
        written_mark_days,
        days,
        plain
    ),
    figure!(
        "term_marks.window_days",
        "R.2.14",
        Said::fixed("Отметки за период: последние дни периода", "Term marks: last days of the term"),
        term_mark_window_days,
        days,
        plain
    ),
    figure!(
        "term_marks.drift",
        "S.5",
        Said::fixed("Расхождение отметки за период со средней", "Difference of a term mark from the mean"),
        term_mark_drift,
        drift,
        plain
    ),
    figure!(
        "enough_marks.up_to_1_hour",
        "D.14",
        Said::fixed("Отметок за период, до 1 часа в неделю", "Marks in a term, up to 1 hour a week"),
        fewest_marks[0],
        count,
        plain
    ),
    figure!(
        "enough_marks.up_to_2_hours",
        "D.14",
        Said::fixed("Отметок за период, до 2 часов в неделю", "Marks in a term, up to 2 hours a week"),
        fewest_marks[1],
        count,
        plain
    ),
    figure!(
        "enough_marks.above_2_hours",
        "D.14",
        Said::fixed(
            "Отметок за период, больше 2 часов в неделю",
            "Marks in a term, more than 2 hours a week"
        ),
        fewest_marks[2],
        count,
        plain
    ),
    figure!(
        "enough_marks.violation_below",
        "D.14",
        Said::fixed("Отметок за период, меньше которых нарушение", "Marks in a term, fewer are a violation"),
        too_few_violation_below,
        count,
        plain
    ),
    figure!(
        "absences.stricter_minutes",
        "T.7",
        Said::fixed("Отсутствующие: минут от звонка, строже", "Absences: minutes after the bell, stricter"),
        absence_stricter,
        minutes,
        in_minutes
    ),
    figure!(
        "absences.laxer_minutes",
        "R.2.10",
        Said::fixed("Отсутствующие («н»): минут от звонка, мягче", "Absences: minutes after the bell, laxer"),
        absence_laxer,
        minutes,
        in_minutes
    ),
    figure!(
        "homework.by",
        "R.2.8",
        Said::fixed("Домашнее задание: час в день урока", "Homework: time on the lesson's day"),
        homework_by,
        time,
        clock
    ),
    figure!(
        "homework.after_lessons_minutes",
        "T.4",
        Said::fixed(
            "Домашнее задание: минут после уроков класса",
            "Homework: minutes after the class's lessons"
        ),
        homework_after_lessons,
        minutes,
        in_minutes
    ),
    figure!(
        "homework.suspended_by",
        "R.2.8",
        Said::fixed("Домашнее задание в актированный день: час", "Homework of a suspended day: time"),
        homework_suspended_by,
        time,
        clock
    ),
    figure!(
        "homework.minutes_by_grade",
        "D.14",
        Said::fixed("Домашнее задание на день: минут, по классам", "Homework for one day: minutes, by grade"),
        homework_minutes,
        by_grade,
        row
    ),
    figure!(
        "breaches.told_within_minutes",
        "R.4.3",
        Said::fixed("Сообщение о нарушении: минут", "Telling of a breach: minutes"),
        breach_told_within,
        minutes,
        in_minutes
    ),
    figure!(
        "setup.deputies_by",
        "Z.5",
        Said::fixed("Разделы года, заместители: до какого дня", "Set-up of the year, deputies: last day"),
        setup_deputies,
        day,
        dashed
    ),
    figure!(
        "setup.director_by",
        "D.10",
        Said::fixed("Разделы года, директор: до какого дня", "Set-up of the year, director: last day"),
        setup_director,
        day,
        dashed
    ),
    figure!(
        "setup.system_by",
        "R.2.2",
        Said::fixed("Разделы года, вся система: до какого дня", "Set-up of the year, whole system: last day"),
        setup_system,
        day,
        dashed
    ),
    PolicyFigure {
        key: "pupil_cards.required",
        clause: "P.17",
        title: Said::fixed(
            "Карточка обучающегося: что должно быть заполнено",
            "Pupil's card: what must be filled in",
        ),
        read: |policy, value| {
            policy.card_fields = card_field::read(value)?;
            Ok(())
        },
        show: |policy| card_field::show(&policy.card_fields),
    },
    figure!(
        "report.mend_within_days",
        "D.14",
        Said::fixed(
            "Устранение замечаний: дней от даты отчёта",
            "Mending what was found: days from the report's date"
        ),
        mend_days,
        days,
        plain
    ),
    figure!(
        "archive.streebog",
        "R.3.4",
        Said::fixed(
            "Архивные пакеты: суммы по ГОСТ Р 34.11-2012",
            "Archive packages: digests by GOST R 34.11-2012"
        ),
        streebog_manifests,
        switch,
        word
    ),
];

fn whole(value: &DeValue<'_>, most: u64, expected: Expected) -> Result<u64, Expected> {
    let number = value.as_integer().ok_or(expected)?;
    let number =
        u64::from_str_radix(&number.as_str().replace('_', ""), number.radix()).map_err(|_| expected)?;
    if number <= most { Ok(number) } else { Err(expected) }
}

fn days(value: &DeValue<'_>) -> Result<u16, Expected> {
    u16::try_from(whole(value, 366, DAYS)?).map_err(|_| DAYS)
}

fn count(value: &DeValue<'_>) -> Result<u32, Expected> {
    u32::try_from(whole(value, 1000, COUNT)?).map_err(|_| COUNT)
}

fn drift(value: &DeValue<'_>) -> Result<u8, Expected> {
    match whole(value, 4, DRIFT)? {
        0 => Err(DRIFT),
        number => u8::try_from(number).map_err(|_| DRIFT),
    }
}

fn minutes(value: &DeValue<'_>) -> Result<SignedDuration, Expected> {
    let minutes = whole(value, 1440, MINUTES)?;
    i64::try_from(minutes).map(SignedDuration::from_mins).map_err(|_| MINUTES)
}

fn time(value: &DeValue<'_>) -> Result<Time, Expected> {
    let moment = value.as_datetime().ok_or(TIME)?;
    let (None, Some(time), None) = (moment.date, moment.time, moment.offset) else { return Err(TIME) };
    let part = |number: u8| i8::try_from(number).map_err(|_| TIME);
    Time::new(part(time.hour)?, part(time.minute)?, part(time.second.unwrap_or(0))?, 0).map_err(|_| TIME)
}

fn day(value: &DeValue<'_>) -> Result<MonthDay, Expected> {
    let (month, day) = value.as_str().and_then(|text| text.split_once('-')).ok_or(DAY)?;
    let (month, day) = (month.parse().map_err(|_| DAY)?, day.parse().map_err(|_| DAY)?);
    // 2023 is not a leap year: 29 February would not exist every year.
    jiff::civil::Date::new(2023, month, day).map_err(|_| DAY)?;
    Ok(MonthDay { month, day })
}

fn switch(value: &DeValue<'_>) -> Result<bool, Expected> {
    value.as_bool().ok_or(SWITCH)
}

fn by_grade(value: &DeValue<'_>) -> Result<[u16; 11], Expected> {
    let list = value.as_array().ok_or(BY_GRADE)?;
    let minutes = list.iter().map(|item| {
        let minutes = whole(item.get_ref(), 1440, BY_GRADE)?;
        u16::try_from(minutes).map_err(|_| BY_GRADE)
    });
    minutes.collect::<Result<Vec<_>, _>>()?.try_into().map_err(|_| BY_GRADE)
}

fn plain(number: impl Into<u64>) -> String {
    number.into().to_string()
}

fn word(is_on: bool) -> String {
    is_on.to_string()
}

fn in_minutes(duration: SignedDuration) -> String {
    duration.as_mins().to_string()
}

fn clock(time: Time) -> String {
    time.to_string()
}

fn row(minutes: [u16; 11]) -> String {
    format!("{minutes:?}")
}

fn dashed(day: MonthDay) -> String {
    format!("\"{:02}-{:02}\"", day.month, day.day)
}
