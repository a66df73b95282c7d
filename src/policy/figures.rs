//! The list of figures: key in `policy.toml`, clause, Russian title, reader and writer.

use jiff::SignedDuration;
use jiff::civil::Time;
use toml::de::DeValue;

use super::card_field;
use super::expected::Expected;
use super::in_force::{MonthDay, Policy};

/// One figure of the policy.
pub struct PolicyFigure {
    /// Section and key in `policy.toml`, separated by a point.
    pub key: &'static str,
    /// The clause that sets it.
    pub clause: &'static str,
    /// What it is, Russian.
    pub title_ru: &'static str,
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

const DAYS: Expected = ("целое число дней от 0 до 366", "a whole number of days from 0 to 366");
const COUNT: Expected = ("целое число от 0 до 1000", "a whole number from 0 to 1000");
const DRIFT: Expected = ("целое число от 1 до 4", "a whole number from 1 to 4");
const MINUTES: Expected = ("целое число минут от 0 до 1440", "a whole number of minutes from 0 to 1440");
const TIME: Expected = ("время вида 17:00:00", "a time such as 17:00:00");
const DAY: Expected = ("день года вида \"09-05\"", "a day of the year such as \"09-05\"");
const SWITCH: Expected = ("true или false", "true or false");
const BY_GRADE: Expected =
    ("одиннадцать чисел минут, по классам с 1 по 11", "eleven numbers of minutes, by grade from 1 to 11");

macro_rules! figure {
    ($key:literal, $clause:literal, $title:literal, $field:ident $([$at:literal])?, $read:ident, $show:ident) => {
        PolicyFigure {
            key: $key,
            clause: $clause,
            title_ru: $title,
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
        "Запись урока: дней после урока",
        lesson_days,
        days,
        plain
    ),
    figure!("marks.oral_days", "R.2.6", "Отметка за ответ: дней после урока", oral_mark_days, days, plain),
    figure!(
        "marks.control_days",
        "R.2.12",
        "Отметка за контрольную работу: дней после урока",
        control_mark_days,
        days,
        plain
    ),
    figure!(
        "marks.written_days",
        "R.2.13",
        "Отметка за письменную работу: дней после урока",
        written_mark_days,
        days,
        plain
    ),
    figure!(
        "term_marks.window_days",
        "R.2.14",
        "Отметки за период: последние дни периода",
        term_mark_window_days,
        days,
        plain
    ),
    figure!(
        "term_marks.drift",
        "S.5",
        "Расхождение отметки за период со средней",
        term_mark_drift,
        drift,
        plain
    ),
    figure!(
        "enough_marks.up_to_1_hour",
        "D.14",
        "Отметок за период, до 1 часа в неделю",
        fewest_marks[0],
        count,
        plain
    ),
    figure!(
        "enough_marks.up_to_2_hours",
        "D.14",
        "Отметок за период, до 2 часов в неделю",
        fewest_marks[1],
        count,
        plain
    ),
    figure!(
        "enough_marks.above_2_hours",
        "D.14",
        "Отметок за период, больше 2 часов в неделю",
        fewest_marks[2],
        count,
        plain
    ),
    figure!(
        "enough_marks.violation_below",
        "D.14",
        "Отметок за период, меньше которых нарушение",
        too_few_violation_below,
        count,
        plain
    ),
    figure!(
        "absences.stricter_minutes",
        "T.7",
        "Отсутствующие: минут от звонка, строже",
        absence_stricter,
        minutes,
        in_minutes
    ),
    figure!(
        "absences.laxer_minutes",
        "R.2.10",
        "Отсутствующие («н»): минут от звонка, мягче",
        absence_laxer,
        minutes,
        in_minutes
    ),
    figure!("homework.by", "R.2.8", "Домашнее задание: час в день урока", homework_by, time, clock),
    figure!(
        "homework.after_lessons_minutes",
        "T.4",
        "Домашнее задание: минут после уроков класса",
        homework_after_lessons,
        minutes,
        in_minutes
    ),
    figure!(
        "homework.suspended_by",
        "R.2.8",
        "Домашнее задание в актированный день: час",
        homework_suspended_by,
        time,
        clock
    ),
    figure!(
        "homework.minutes_by_grade",
        "D.14",
        "Домашнее задание на день: минут, по классам",
        homework_minutes,
        by_grade,
        row
    ),
    figure!(
        "breaches.told_within_minutes",
        "R.4.3",
        "Сообщение о нарушении: минут",
        breach_told_within,
        minutes,
        in_minutes
    ),
    figure!(
        "setup.deputies_by",
        "Z.5",
        "Разделы года, заместители: до какого дня",
        setup_deputies,
        day,
        dashed
    ),
    figure!(
        "setup.director_by",
        "D.10",
        "Разделы года, директор: до какого дня",
        setup_director,
        day,
        dashed
    ),
    figure!(
        "setup.system_by",
        "R.2.2",
        "Разделы года, вся система: до какого дня",
        setup_system,
        day,
        dashed
    ),
    PolicyFigure {
        key: "pupil_cards.required",
        clause: "P.17",
        title_ru: "Карточка обучающегося: что должно быть заполнено",
        read: |policy, value| {
            policy.card_fields = card_field::read(value)?;
            Ok(())
        },
        show: |policy| card_field::show(&policy.card_fields),
    },
    figure!(
        "report.mend_within_days",
        "D.14",
        "Устранение замечаний: дней от даты отчёта",
        mend_days,
        days,
        plain
    ),
    figure!(
        "archive.streebog",
        "R.3.4",
        "Архивные пакеты: суммы по ГОСТ Р 34.11-2012",
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
