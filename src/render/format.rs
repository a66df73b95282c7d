//! Russian dates, numbers, words and names in the form of documents.

use jiff::civil::{Date, DateTime};

use crate::base::months::{MONTHS, MONTHS_OF};

use crate::base::said::russian_form;

/// Returns «2 сентября 2025 г.»
pub fn date_long(date: Date) -> String {
    format!("{} {} {} г.", date.day(), month_of(date), date.year())
}

/// Returns «02.09.2025».
pub fn date(date: Date) -> String {
    format!("{:02}.{:02}.{}", date.day(), date.month(), date.year())
}

/// Returns «02.09», for tables with an obvious year.
pub fn day_month(date: Date) -> String {
    format!("{:02}.{:02}", date.day(), date.month())
}

/// Returns the month's name in the nominative: «сентябрь».
pub fn month(date: Date) -> &'static str {
    MONTHS[month_index(date)]
}

/// Returns the month's name in the genitive: «сентября».
pub fn month_of(date: Date) -> &'static str {
    MONTHS_OF[month_index(date)]
}

fn month_index(date: Date) -> usize {
    usize::from(date.month().unsigned_abs()).clamp(1, 12) - 1
}

/// Returns the title of a school year with a dash between its years: «2025–2026», «2025–2026 учебный год».
pub fn years(title: &str) -> String {
    between_digits(title, |one| matches!(one, '-' | '/' | '—'), |_| '–')
}

/// Keeps the parts of a telephone number together: the spaces inside it do not break.
pub fn bound_numbers(text: &str) -> String {
    let is_part = |one: char| one.is_ascii_digit() || matches!(one, '+' | '(' | ')' | '-');
    replaced(text, is_part, |one| one == ' ', |_| '\u{a0}')
}

fn between_digits(text: &str, is_meant: impl Fn(char) -> bool, change: impl Fn(char) -> char) -> String {
    replaced(text, |one| one.is_ascii_digit(), is_meant, change)
}

/// Changes characters between two characters of a kind.
fn replaced(
    text: &str,
    is_kind: impl Fn(char) -> bool,
    is_meant: impl Fn(char) -> bool,
    change: impl Fn(char) -> char,
) -> String {
    let signs: Vec<char> = text.chars().collect();
    let stands_between = |at: usize| {
        let before = at.checked_sub(1).and_then(|at| signs.get(at));
        [before, signs.get(at + 1)].into_iter().all(|one| one.is_some_and(|one| is_kind(*one)))
    };
    let changed = signs
        .iter()
        .enumerate()
        .map(|(at, one)| if is_meant(*one) && stands_between(at) { change(*one) } else { *one });
    changed.collect()
}

/// Returns a number with `places` decimals after a comma, halves rounded away from zero: «4,35».
///
/// Halves are decided in decimal: 2.675 is printed 2,68 though its binary neighbour is slightly lower.
pub fn decimal(value: f64, places: usize) -> String {
    let scale = 10_f64.powi(i32::try_from(places).unwrap_or(0));
    let nudged = value.abs() * scale * (1.0 + 1e-12);
    let rounded = (nudged + 0.5).floor() / scale;
    let sign = if value < 0.0 && rounded > 0.0 { "-" } else { "" };
    format!("{sign}{rounded:.places$}").replace('.', ",")
}

/// Returns hours, or another count that is mostly whole: «34», «34,5».
pub fn count(value: f64) -> String {
    let text = decimal(value, 2);
    text.trim_end_matches('0').trim_end_matches(',').to_owned()
}

/// Returns a count with a non-breaking space between thousands: «12 345».
pub fn thousands(count: usize) -> String {
    let digits = count.to_string();
    let first = digits.len() % 3;
    let mut parts: Vec<&str> = (first..digits.len()).step_by(3).map(|at| &digits[at..at + 3]).collect();
    if first > 0 {
        parts.insert(0, &digits[..first]);
    }
    parts.join("\u{a0}")
}

/// Returns «02.09.2025 17:00», with seconds if there are any.
pub fn moment(at: DateTime) -> String {
    let seconds = if at.second() == 0 { String::new() } else { format!(":{:02}", at.second()) };
    format!("{} {:02}:{:02}{seconds}", date(at.date()), at.hour(), at.minute())
}

/// Returns the form of a noun for a number: `plural(2, ["лист", "листа", "листов"])` is «листа».
pub fn plural(number: usize, forms: [&str; 3]) -> &str {
    forms[russian_form(number)]
}

/// Returns a count with its noun: `counted(2, ["лист", "листа", "листов"])` is «2 листа».
pub fn counted(number: usize, forms: [&str; 3]) -> String {
    format!("{}\u{a0}{}", thousands(number), plural(number, forms))
}

/// Returns a share in per cent with one decimal. An existing share is never shown as zero, and an incomplete
/// one never as 100: «менее 0,1 %», «более 99,9 %»; empty if nothing was examined.
pub fn share(found: usize, examined: usize) -> String {
    if examined == 0 {
        return String::new();
    }
    // Counts are far below 2^52, so this is exact.
    let text = decimal(found as f64 * 100.0 / examined as f64, 1);
    match text.as_str() {
        "0,0" if found > 0 => "менее 0,1\u{a0}%".to_owned(),
        "100,0" if found < examined => "более 99,9\u{a0}%".to_owned(),
        text => format!("{text}\u{a0}%"),
    }
}

/// The gender of the noun that is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    /// лист
    Masculine,
    /// страница
    Feminine,
    /// дело
    Neuter,
}

/// Returns a number below 10 000 in words in the nominative: «сто двадцать три»; larger ones in figures.
pub fn words(number: usize, gender: Gender) -> String {
    if number == 0 {
        return "ноль".to_owned();
    }
    if number > 9999 {
        return number.to_string();
    }
    let mut parts = Vec::new();
    if number >= 1000 {
        push_below_1000(&mut parts, number / 1000, Gender::Feminine);
        parts.push(plural(number / 1000, ["тысяча", "тысячи", "тысяч"]));
    }
    push_below_1000(&mut parts, number % 1000, gender);
    parts.join(" ")
}

fn push_below_1000(parts: &mut Vec<&'static str>, number: usize, gender: Gender) {
    const HUNDREDS: [&str; 10] = [
        "",
        "сто",
        "двести",
        "триста",
        "четыреста",
        "пятьсот",
        "шестьсот",
        "семьсот",
        "восемьсот",
        "девятьсот",
    ];
    const TENS: [&str; 10] = [
        "",
        "",
        "двадцать",
        "тридцать",
        "сорок",
        "пятьдесят",
        "шестьдесят",
        "семьдесят",
        "восемьдесят",
        "девяносто",
    ];
    const UNITS: [&str; 20] = [
        "",
        "",
        "",
        "три",
        "четыре",
        "пять",
        "шесть",
        "семь",
        "восемь",
        "девять",
        "десять",
        "одиннадцать",
        "двенадцать",
        "тринадцать",
        "четырнадцать",
        "пятнадцать",
        "шестнадцать",
        "семнадцать",
        "восемнадцать",
        "девятнадцать",
    ];
    let below_20 = if number % 100 < 20 { number % 100 } else { number % 10 };
    let unit = match (below_20, gender) {
        (1, Gender::Masculine) => "один",
        (1, Gender::Feminine) => "одна",
        (1, Gender::Neuter) => "одно",
        (2, Gender::Feminine) => "две",
        (2, _) => "два",
        (other, _) => UNITS[other],
    };
    let ten = if number % 100 < 20 { "" } else { TENS[number % 100 / 10] };
    parts.extend([HUNDREDS[number / 100], ten, unit].into_iter().filter(|word| !word.is_empty()));
}

/// Returns a count of sheets in figures and words: «123 (сто двадцать три) листа».
pub fn sheets(number: usize) -> String {
    let noun = plural(number, ["лист", "листа", "листов"]);
    format!("{number} ({}) {noun}", words(number, Gender::Masculine))
}

/// Returns a person's name with initials: «Иванов Пётр Ильич» is «Иванов П. И.». A name with initials, or of
/// one word, is unchanged.
pub fn initials(name: &str) -> String {
    let mut parts = name.split_whitespace();
    let Some(surname) = parts.next() else { return String::new() };
    if name.contains('.') {
        return name.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let letters = parts.filter_map(|part| part.chars().next()).map(|letter| format!(" {letter}."));
    std::iter::once(surname.to_owned()).chain(letters).collect()
}

/// Returns a person's name in the form of signatures: «Иванов Пётр Ильич» is «П. И. Иванов».
pub fn signature(name: &str) -> String {
    if name.contains('.') {
        return name.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let short = initials(name);
    match short.split_once(' ') {
        Some((surname, letters)) => format!("{letters} {surname}"),
        None => short,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as day;

    use super::*;

    #[test]
    fn dates_read_as_people_write_them() {
        assert_eq!(date_long(day(2025, 9, 2)), "2 сентября 2025 г.");
        assert_eq!(date(day(2025, 9, 2)), "02.09.2025");
        assert_eq!(day_month(day(2025, 12, 31)), "31.12");
        assert_eq!(month(day(2025, 5, 31)), "май");
    }

    #[test]
    fn years_have_a_dash_and_telephones_hold_together() {
        let titles = ["2025-2026", "2025/26 учебный год", "3-я четверть", "I/II"];
        assert_eq!(titles.map(years), ["2025–2026", "2025–26 учебный год", "3-я четверть", "I/II"]);
        assert_eq!(
            bound_numbers("д. 5, +7 (900) 11-22-33, 8 900"),
            "д. 5, +7\u{a0}(900)\u{a0}11-22-33, 8\u{a0}900"
        );
    }

    #[test]
    fn thousands_are_kept_apart() {
        let written = [0, 12, 999, 1000, 1_234_567].map(thousands);
        assert_eq!(written, ["0", "12", "999", "1\u{a0}000", "1\u{a0}234\u{a0}567"]);
    }

    #[test]
    fn halves_round_up_in_decimal() {
        for (value, text) in [
            (2.675, "2,68"),
            (4.345, "4,35"),
            (3.0, "3,00"),
            (1.005, "1,01"),
            (-2.345, "-2,35"),
            (-0.001, "0,00"),
        ] {
            assert_eq!(decimal(value, 2), text);
        }
        assert_eq!(decimal(66.5, 0), "67");
        assert_eq!((count(34.0), count(34.5), count(100.0)), ("34".into(), "34,5".into(), "100".into()));
    }

    #[test]
    fn nouns_agree_with_numbers() {
        let said =
            [1, 2, 5, 11, 12, 14, 21, 22, 100, 101, 111, 1002].map(|number| plural(number, ["1", "2", "5"]));
        assert_eq!(said, ["1", "2", "5", "5", "5", "5", "1", "2", "5", "1", "5", "2"]);
    }

    #[test]
    fn a_count_stands_before_its_noun() {
        let said = [1, 2, 5, 11, 21, 1004].map(|number| counted(number, ["класс", "класса", "классов"]));
        let said = said.map(|text| text.replace('\u{a0}', " "));
        assert_eq!(said, ["1 класс", "2 класса", "5 классов", "11 классов", "21 класс", "1 004 класса"]);
    }

    #[test]
    fn a_share_is_never_nothing_beside_something() {
        let said = [(0, 9), (1, 4000), (1, 2000), (1, 3), (2999, 3000), (3, 3), (0, 0)];
        let said = said.map(|(found, examined)| share(found, examined).replace('\u{a0}', " "));
        assert_eq!(said, ["0,0 %", "менее 0,1 %", "0,1 %", "33,3 %", "более 99,9 %", "100,0 %", ""]);
    }

    #[test]
    fn sheets_are_counted_in_figures_and_words() {
        assert_eq!(sheets(123), "123 (сто двадцать три) листа");
        assert_eq!(sheets(21), "21 (двадцать один) лист");
        assert_eq!(sheets(12), "12 (двенадцать) листов");
        assert_eq!(sheets(0), "0 (ноль) листов");
    }

    #[test]
    fn numbers_have_words_in_each_gender() {
        assert_eq!(words(1001, Gender::Masculine), "одна тысяча один");
        assert_eq!(words(2342, Gender::Feminine), "две тысячи триста сорок две");
        assert_eq!(words(9999, Gender::Masculine), "девять тысяч девятьсот девяносто девять");
        assert_eq!(words(21, Gender::Neuter), "двадцать одно");
        assert_eq!(words(40, Gender::Feminine), "сорок");
        assert_eq!(words(10_000, Gender::Feminine), "10000");
    }

    #[test]
    fn every_number_has_words_of_its_own() {
        let all: std::collections::BTreeSet<_> =
            (0..10_000).map(|number| words(number, Gender::Masculine)).collect();
        assert_eq!(all.len(), 10_000);
    }

    #[test]
    fn names_are_shortened() {
        assert_eq!(initials("Иванов Пётр Ильич"), "Иванов П. И.");
        assert_eq!(initials("Ли"), "Ли");
        assert_eq!(initials("Иванов  П. И."), "Иванов П. И.");
        assert_eq!(signature("Иванов Пётр Ильич"), "П. И. Иванов");
        assert_eq!(signature("П. И. Иванов"), "П. И. Иванов");
        assert_eq!(signature(""), "");
    }
}
