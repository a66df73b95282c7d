//! Forms of dates in a profile: `DD.MM.YYYY`, `DD.MM.YY`, `YYYYMMDD`, `DD.MM` (the year is the school
//! year's).

use jiff::civil::Date;

use crate::model::SchoolYear;

/// A form of dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DateForm(Vec<Part>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Day(usize),
    Month(usize),
    Year(usize),
    Mark(char),
}

impl DateForm {
    /// Parses a form: `D`, `M` and `Y` once or more; anything else stands for itself.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut parts: Vec<Part> = Vec::new();
        for c in text.chars() {
            match (c, parts.last_mut()) {
                ('D', Some(Part::Day(length)))
                | ('M', Some(Part::Month(length)))
                | ('Y', Some(Part::Year(length))) => {
                    *length += 1;
                }
                ('D', _) => parts.push(Part::Day(1)),
                ('M', _) => parts.push(Part::Month(1)),
                ('Y', _) => parts.push(Part::Year(1)),
                (mark, _) => parts.push(Part::Mark(mark)),
            }
        }
        let count = |is: fn(&Part) -> bool| parts.iter().filter(|part| is(part)).count();
        let is_whole = count(|part| matches!(part, Part::Day(_))) == 1
            && count(|part| matches!(part, Part::Month(_))) == 1
            && count(|part| matches!(part, Part::Year(_))) <= 1;
        is_whole.then_some(Self(parts))
    }

    /// Reads a date in the first form that fits; a time of day after it is skipped.
    pub(super) fn read(forms: &[Self], text: &str, year: &SchoolYear) -> Option<Date> {
        let day = text.trim().split(['T', ' ']).next()?;
        forms.iter().find_map(|form| form.read_one(day, year))
    }

    fn read_one(&self, text: &str, school_year: &SchoolYear) -> Option<Date> {
        let (mut day, mut month, mut year) = (0i8, 0i8, None);
        let mut rest = text;
        for (index, part) in self.0.iter().enumerate() {
            // Only separators show where a number of one digit ends.
            let is_number = |at: Option<usize>| {
                at.and_then(|at| self.0.get(at)).is_some_and(|part| !matches!(part, Part::Mark(_)))
            };
            let is_joined = is_number(Some(index + 1)) || is_number(index.checked_sub(1));
            match *part {
                Part::Mark(mark) => rest = rest.strip_prefix(mark)?,
                Part::Day(length) => day = i8::try_from(digits(&mut rest, length, is_joined)?).ok()?,
                Part::Month(length) => {
                    month = i8::try_from(digits(&mut rest, length, is_joined)?).ok()?;
                }
                Part::Year(length) => {
                    let value = digits(&mut rest, length, true)?;
                    year = Some(if length == 2 { value + 2000 } else { value });
                }
            }
        }
        if !rest.is_empty() {
            return None;
        }
        // A date without a year belongs to the half of the school year that has its month.
        let year = year.unwrap_or(if month >= school_year.start.month() {
            school_year.start.year()
        } else {
            school_year.end.year()
        });
        Date::new(year, month, day).ok()
    }
}

/// Takes up to `length` digits (at least two are allowed), or exactly as many if digits follow.
fn digits(rest: &mut &str, length: usize, is_exact: bool) -> Option<i16> {
    let most = if is_exact { length } else { length.max(2) };
    let count = rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
    if count == 0 || (is_exact && count < length) {
        return None;
    }
    let (number, tail) = rest.split_at(count);
    *rest = tail;
    number.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::super::pipes::sample_year;
    use super::*;

    fn read(form: &str, text: &str) -> Option<String> {
        let form = DateForm::parse(form).expect("the form is whole");
        DateForm::read(&[form], text, &sample_year()).map(|date| date.to_string())
    }

    #[test]
    fn each_form_reads_its_own_dates() {
        assert_eq!(read("DD.MM.YYYY", "05.09.2024").as_deref(), Some("2024-09-05"));
        assert_eq!(read("DD.MM.YYYY", "5.9.2024").as_deref(), Some("2024-09-05"));
        assert_eq!(read("DD.MM.YY", "24.05.25").as_deref(), Some("2025-05-24"));
        assert_eq!(read("YYYYMMDD", "20240905").as_deref(), Some("2024-09-05"));
        assert_eq!(read("YYYY-MM-DD", "2024-09-05T10:00:00").as_deref(), Some("2024-09-05"));
        assert_eq!(read("DD.MM", "05.09").as_deref(), Some("2024-09-05"));
        assert_eq!(read("DD.MM", "17.03").as_deref(), Some("2025-03-17"));
    }

    #[test]
    fn what_is_not_in_the_form_is_no_date() {
        for (form, text) in [
            ("DD.MM.YYYY", "2024-09-05"),
            ("DD.MM.YYYY", "31.02.2024"),
            ("DD.MM", "05.09.2024"),
            ("YYYYMMDD", "2024095"),
            ("DD.MM", ""),
        ] {
            assert_eq!(read(form, text), None, "{form} {text}");
        }
        assert_eq!(DateForm::parse("YYYY"), None);
    }
}
