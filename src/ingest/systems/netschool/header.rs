//! The header of a block's table, of one or more lines: the kind of each column.
//!
//! Merged cells keep their text only in the first cell, so a title applies to the columns on its right until
//! another follows in its line, or in a line above.

use super::calendar::slot;
use super::dates;
use super::lines::{Line, Report, fold};
use crate::model::Text;

/// Columns of a table that are examined.
const MOST_COLUMNS: usize = 1000;

/// A printed sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sum {
    Mean,
    Weighted,
    Result,
}

/// What a column is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Role {
    /// «№ п/п», and means of the year: nothing that is kept.
    Aside,
    /// A day: the month above it, and its own title.
    Day(Option<dates::Month>, String),
    /// A sum of a term by its position in [`Columns::terms`]; `None` means the report's own days.
    Sum(Sum, Option<usize>),
    /// Year, exam, state exam, final.
    Year(usize),
    /// A title that is none of these.
    Unknown(String),
}

/// The columns of a table that have a title, and the terms in the titles.
#[derive(Debug, Default)]
pub(super) struct Columns {
    pub(super) roles: Vec<(usize, Role)>,
    pub(super) terms: Vec<Text>,
}

impl Columns {
    /// Returns what a column is.
    pub(super) fn role(&self, column: usize) -> Option<&Role> {
        self.roles.iter().find(|(at, _)| *at == column).map(|(_, role)| role)
    }

    /// Tells whether there is a column of the year.
    pub(super) fn has_year(&self) -> bool {
        self.roles.iter().any(|(_, role)| matches!(role, Role::Year(_)))
    }

    /// Reads the lines of a header around the column of subjects.
    pub(super) fn of(report: Report, header: &[Line], subject: usize) -> Self {
        let width = header.iter().map(|line| line.cells.len()).max().unwrap_or(0).min(MOST_COLUMNS);
        let mut columns = Self::default();
        for column in (0..width).filter(|column| *column != subject) {
            let titles = Titles::of(header, subject, column);
            let Some(role) = columns.what(report, &titles) else { continue };
            let is_second = !matches!(role, Role::Aside | Role::Day(..)) && columns.has(&role);
            let role = if is_second { Role::Unknown(titles.own().join(" ")) } else { role };
            columns.roles.push((column, role));
        }
        columns.refuse_merged(header, subject);
        columns
    }

    fn has(&self, role: &Role) -> bool {
        self.roles.iter().any(|(_, other)| other == role)
    }

    fn what(&mut self, report: Report, titles: &Titles) -> Option<Role> {
        let own = titles.own();
        let (last, whole) = (fold(own.last()?), fold(&own.join(" ")));
        if whole.trim_matches(['№', 'n', ' ', '.']).is_empty() || whole.contains("п/п") {
            return Some(Role::Aside);
        }
        if let Some(sum) = sum(&whole) {
            return Some(self.sum(report, sum, (titles, &whole)));
        }
        if let Some(kind) = year_kind(&last).or_else(|| year_kind(&whole)) {
            return Some(Role::Year(kind));
        }
        // A sum below the title of its term.
        if let Some(sum) = sum(&last) {
            return Some(self.sum(report, sum, (titles, &last)));
        }
        if dates::is_day(&last) {
            return Some(Role::Day(titles.above().rev().find_map(dates::month), last));
        }
        match slot(&last) {
            Some(_) => Some(Role::Sum(Sum::Result, Some(self.term(own.last()?)))),
            None => Some(Role::Unknown(own.join(" "))),
        }
    }

    /// A sum belongs to the term in its own title, or to the one above it, or to the year or the report's
    /// days.
    fn sum(&mut self, report: Report, sum: Sum, (titles, own): (&Titles, &str)) -> Role {
        if slot(own).is_some() {
            let term = self.term(&canonical(own));
            return Role::Sum(sum, Some(term));
        }
        let is_card = report == Report::Card;
        let is_term = |title: &&str| {
            slot(&fold(title)).is_some()
                || is_card && !fold(title).contains("период") && dates::month(title).is_none()
        };
        let above = titles.above().rev().find(is_term);
        let of_year = |text: &str| text.split(' ').any(|word| word.starts_with("год"));
        let is_of_year =
            of_year(own) || above.is_some_and(|above| slot(&fold(above)).is_none() && of_year(&fold(above)));
        let year = |kind: usize| if sum == Sum::Result { Role::Year(kind) } else { Role::Aside };
        if is_of_year {
            let is_final = above.is_some() && own.starts_with("итог. оц");
            return year(if is_final { 3 } else { 0 });
        }
        match above {
            Some(above) => {
                let term = self.term(above);
                let role = Role::Sum(sum, Some(term));
                // The year's title may also be below the last term's.
                if self.has(&role) && sum == Sum::Result { Role::Year(3) } else { role }
            }
            None if is_card => year(3),
            None => Role::Sum(sum, None),
        }
    }

    fn term(&mut self, title: &str) -> usize {
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let known = self.terms.iter().position(|known| fold(known) == fold(&title));
        known.unwrap_or_else(|| {
            self.terms.push(title.into());
            self.terms.len() - 1
        })
    }

    /// A term over several columns without titles of their own: nobody can tell which of them is the mark.
    fn refuse_merged(&mut self, header: &[Line], subject: usize) {
        let last = self.roles.last().map_or(0, |(column, _)| *column);
        let is_titled = |column: usize| self.role(column).is_some();
        let is_bare = |column: usize| {
            let own = Titles::of(header, subject, column);
            own.own().iter().all(|title| sum(&fold(title)).is_none())
        };
        let is_merged = |(column, role): &(usize, Role)| {
            matches!(role, Role::Sum(Sum::Result, Some(_)))
                && *column < last
                && !is_titled(column + 1)
                && is_bare(*column)
        };
        if !self.roles.iter().any(is_merged) {
            return;
        }
        let terms = &self.terms;
        for (_, role) in &mut self.roles {
            if let Role::Sum(Sum::Result, Some(term)) = role {
                *role = Role::Unknown(terms[*term].to_string());
            }
        }
    }
}

/// The titles of a column: its own, and in each line the one on its left that applies to it.
struct Titles {
    /// From the top, each with whether the column itself has it.
    all: Vec<(String, bool)>,
}

impl Titles {
    fn of(header: &[Line], subject: usize, column: usize) -> Self {
        let mut all = Vec::new();
        // How far to the left the titles of lower lines may be; «Предмет» applies only to its own column.
        let mut from = if column > subject { subject + 1 } else { 0 };
        for line in header {
            let first = (from..=column).rev().find(|at| !line.cell(*at).is_empty());
            if let Some(first) = first {
                all.push((line.cell(first).to_owned(), first == column));
                from = first;
            }
        }
        Self { all }
    }

    fn own(&self) -> Vec<&str> {
        self.all.iter().filter(|(_, is_own)| *is_own).map(|(title, _)| title.as_str()).collect()
    }

    /// The titles above the column's lowest own title.
    fn above(&self) -> impl DoubleEndedIterator<Item = &str> {
        let last = self.all.iter().rposition(|(_, is_own)| *is_own).unwrap_or(0);
        self.all[..last].iter().map(|(title, _)| title.as_str())
    }
}

/// «Средняя оценка», «Средневзвешенный ⏎ балл», «Итоговая оценка за период», «Средн. оценка 1 триместр», and the card's
/// «Средний балл», «Ср. взв. балл», «Итог».
fn sum(title: &str) -> Option<Sum> {
    if title.contains("взв") {
        Some(Sum::Weighted)
    } else if title.starts_with("ср") && !title.starts_with("среда") {
        Some(Sum::Mean)
    } else if title.starts_with("итог")
        || ["оценка за ", "отметка за "].iter().any(|start| title.starts_with(start))
    {
        Some(Sum::Result)
    } else {
        None
    }
}

/// «Год. оценка», «Экз. оценка», «Гос. экз. оценка», «Итог. оценка», by their place in a card's row.
fn year_kind(title: &str) -> Option<usize> {
    ["год", "экз", "гос", "итог"].iter().position(|start| title.starts_with(start))
}

/// «Средн. оценка 1 триместр» names «1 триместр».
fn canonical(title: &str) -> String {
    let is_kind =
        |word: &str| ["четверт", "триместр", "полугоди"].iter().any(|start| word.starts_with(start));
    let words: Vec<&str> = title.split(' ').collect();
    let Some(kind) = words.iter().position(|word| is_kind(word)) else { return title.to_owned() };
    let is_number = |word: &&&str| slot(&format!("{word} {}", words[kind])).is_some();
    let before = kind.checked_sub(1).and_then(|at| words.get(at)).filter(is_number);
    let number = before.or_else(|| words.get(kind + 1).filter(is_number));
    number.map_or_else(|| title.to_owned(), |number| format!("{number} {}", words[kind]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(report: Report, header: &[&[&str]]) -> Columns {
        let header: Vec<Line> = header.iter().map(|cells| Line::of_texts(cells)).collect();
        let subject = header.iter().find_map(|line| line.cells.iter().position(|cell| cell == "Предмет"));
        Columns::of(report, &header, subject.expect("a column of subjects"))
    }

    fn sums(columns: &Columns) -> Vec<(usize, Sum, Option<usize>)> {
        let sum = |(column, role): &(usize, Role)| match role {
            Role::Sum(sum, term) => Some((*column, *sum, *term)),
            _ => None,
        };
        columns.roles.iter().filter_map(sum).collect()
    }

    #[test]
    fn a_card_has_a_header_of_one_to_four_lines() {
        let four = columns(
            Report::Card,
            &[
                &["", "Предмет", "Учебные периоды", "", "", "", "Год. оценка", "Итог. оценка"],
                &["№"],
                &["п/п", "", "1 Четверть", "", "2 Четверть"],
                &["", "", "Средний балл", "Итог", "Средний балл", "Итог"],
            ],
        );
        let expected = [
            (2, Sum::Mean, Some(0)),
            (3, Sum::Result, Some(0)),
            (4, Sum::Mean, Some(1)),
            (5, Sum::Result, Some(1)),
        ];
        assert_eq!(four.role(0), Some(&Role::Aside));
        assert_eq!(sums(&four), expected);
        assert_eq!(four.terms, ["1 Четверть", "2 Четверть"]);
        assert_eq!((four.role(6), four.role(7)), (Some(&Role::Year(0)), Some(&Role::Year(3))));
        let one = columns(
            Report::Card,
            &[&["№", "Предмет", "1 триместр", "2 триместр", "Годовая", "Итоговая оценка"]],
        );
        assert_eq!(sums(&one)[..2], [(2, Sum::Result, Some(0)), (3, Sum::Result, Some(1))]);
        assert_eq!(one.role(4), Some(&Role::Year(0)));
        // All in the lowest line: the second «Итог» of the last term is the year's.
        let low = columns(
            Report::Card,
            &[
                &["Предмет", "1 полугодие", "", "2 полугодие"],
                &["", "Ср. балл", "Итог", "Ср. балл", "Итог", "Год", "Экз.", "Итог. оценка"],
            ],
        );
        assert_eq!(low.terms.len(), 2);
        assert_eq!(
            (low.role(5), low.role(6), low.role(7)),
            (Some(&Role::Year(0)), Some(&Role::Year(1)), Some(&Role::Year(3)))
        );
    }

    #[test]
    fn a_term_over_columns_without_titles_is_not_guessed() {
        let lost = columns(Report::Card, &[&["Предмет", "1 четверть", "", "", "2 четверть", "", "", "Год"]]);
        assert_eq!(sums(&lost), []);
        assert_eq!(lost.role(1), Some(&Role::Unknown("1 четверть".to_owned())));
    }

    #[test]
    fn days_stand_under_their_months_and_sums_may_name_their_term() {
        let days = columns(
            Report::Progress,
            &[
                &[
                    "Предмет",
                    "Сентябрь",
                    "",
                    "Октябрь",
                    "Средн. оценка 1 триместр",
                    "Итог.оценка 1 триместр",
                    "Пропуски",
                ],
                &["", "2", "30", "1"],
            ],
        );
        let day = |column| match days.role(column) {
            Some(Role::Day(month, text)) => (month.map(|month| month.number), text.as_str()),
            other => panic!("{other:?}"),
        };
        assert_eq!((day(1), day(2), day(3)), ((Some(9), "2"), (Some(9), "30"), (Some(10), "1")));
        assert_eq!(sums(&days), [(4, Sum::Mean, Some(0)), (5, Sum::Result, Some(0))]);
        assert_eq!(days.terms, ["1 триместр"]);
        assert_eq!(days.role(6), Some(&Role::Unknown("Пропуски".to_owned())));
        let flat = columns(
            Report::Progress,
            &[&["Предмет", "02.09", "03.09.24", "Средняя оценка", "Итоговая оценка за период"]],
        );
        assert_eq!(sums(&flat), [(3, Sum::Mean, None), (4, Sum::Result, None)]);
        assert!(matches!(flat.role(1), Some(Role::Day(None, _))));
    }
}
