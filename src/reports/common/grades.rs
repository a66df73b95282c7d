//! «2–9 классы»: whom a table counts, in words.

use std::collections::BTreeSet;

use crate::model::{FIRST_MARKED_GRADE, Id, Journal, Term};

/// Some of the grades that a school has classes of.
#[derive(Clone, Debug)]
pub struct Grades {
    own: BTreeSet<u8>,
    /// All grades of the school: one that it does not have divides no run.
    school: BTreeSet<u8>,
}

impl Grades {
    /// Returns the grades of a term that the school has classes of.
    pub fn of_term(journal: &Journal, term: Id<Term>) -> Self {
        let grades = journal.terms[term].grades;
        let school: BTreeSet<u8> = journal.classes.values().map(|class| class.grade).collect();
        Self { own: school.iter().copied().filter(|grade| grades.contains(*grade)).collect(), school }
    }

    /// Returns those of them that a test takes.
    pub fn only(&self, test: impl Fn(u8) -> bool) -> Self {
        let own = self.own.iter().copied().filter(|grade| test(*grade)).collect();
        Self { own, school: self.school.clone() }
    }

    /// Returns those of them that have marks.
    pub fn marked(&self) -> Self {
        self.only(|grade| grade >= FIRST_MARKED_GRADE)
    }

    /// Tells whether there are none.
    pub fn is_empty(&self) -> bool {
        self.own.is_empty()
    }

    /// Tells whether a grade is among them.
    pub fn contains(&self, grade: u8) -> bool {
        self.own.contains(&grade)
    }

    /// Walks them, the lowest first.
    pub fn iter(&self) -> impl Iterator<Item = u8> {
        self.own.iter().copied()
    }

    /// Returns «2–9 классы», «9 класс», «1–4, 7 классы».
    pub fn label(&self) -> String {
        match self.own.len() {
            0 => "нет классов".to_owned(),
            1 => format!("{} класс", self.runs()),
            _ => format!("{} классы", self.runs()),
        }
    }

    /// Returns the same after a preposition: «во 2–9 классах», «в 9 классе».
    pub fn inside(&self) -> String {
        let preposition = if self.own.first() == Some(&2) { "во" } else { "в" };
        let noun = if self.own.len() == 1 { "классе" } else { "классах" };
        format!("{preposition} {} {noun}", self.runs())
    }

    fn runs(&self) -> String {
        let mut runs: Vec<(u8, u8)> = Vec::new();
        for &grade in &self.own {
            match runs.last_mut() {
                Some((_, last)) if !(*last + 1..grade).any(|one| self.school.contains(&one)) => *last = grade,
                _ => runs.push((grade, grade)),
            }
        }
        let run =
            |(first, last)| if first == last { format!("{first}") } else { format!("{first}–{last}") };
        runs.into_iter().map(run).collect::<Vec<_>>().join(", ")
    }

    /// Returns the levels they belong to, the lowest first.
    pub fn levels(&self) -> Vec<Level> {
        Level::ALL.into_iter().filter(|level| self.own.iter().any(|grade| level.has(*grade))).collect()
    }

    /// Returns «НОО, 2–4 классы»: a level with those of its grades that are among these.
    pub fn level_label(&self, level: Level) -> String {
        format!("{}, {}", level.short, self.only(|grade| level.has(grade)).label())
    }
}

/// A level of schooling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level {
    /// As figures name it: `1-4`.
    pub code: &'static str,
    /// «НОО».
    pub short: &'static str,
    /// «Начальное общее образование».
    pub title: &'static str,
    first: u8,
    last: u8,
}

impl Level {
    /// Every level, the lowest first.
    pub const ALL: [Self; 3] = [
        Self {
            code: "1-4", short: "НОО", title: "Начальное общее образование", first: 0, last: 4
        },
        Self {
            code: "5-9", short: "ООО", title: "Основное общее образование", first: 5, last: 9
        },
        Self {
            code: "10-11", short: "СОО", title: "Среднее общее образование", first: 10, last: u8::MAX
        },
    ];

    /// Tells whether a grade belongs to it.
    pub fn has(self, grade: u8) -> bool {
        (self.first..=self.last).contains(&grade)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grades(own: &[u8], school: &[u8]) -> Grades {
        Grades { own: own.iter().copied().collect(), school: school.iter().copied().collect() }
    }

    #[test]
    fn grades_are_named_in_runs_that_only_grades_of_the_school_divide() {
        let whole: Vec<u8> = (1..=11).collect();
        let label = |own: &[u8], school: &[u8]| grades(own, school).label();
        assert_eq!(label(&[2, 3, 4, 5, 6, 7, 8, 9], &whole), "2–9 классы");
        assert_eq!(
            (label(&[9], &whole), label(&[10, 11], &whole)),
            ("9 класс".into(), "10–11 классы".into())
        );
        assert_eq!(label(&[2, 4, 5, 9], &[1, 2, 4, 5, 9, 10]), "2–9 классы");
        assert_eq!(label(&[2, 4, 9], &[2, 4, 5, 9]), "2–4, 9 классы");
        assert_eq!(label(&[], &whole), "нет классов");
        let inside = |own: &[u8]| grades(own, &whole).inside();
        assert_eq!(
            [&[2, 3, 4][..], &[2], &[10, 11]].map(inside),
            ["во 2–4 классах", "во 2 классе", "в 10–11 классах"]
        );
    }

    #[test]
    fn levels_are_named_with_the_grades_they_have() {
        let some = grades(&[2, 4, 5, 9], &[1, 2, 4, 5, 9]);
        assert_eq!(some.levels().into_iter().map(|level| level.code).collect::<Vec<_>>(), ["1-4", "5-9"]);
        assert_eq!(some.level_label(Level::ALL[0]), "НОО, 2–4 классы");
        let codes = [1, 4, 5, 9, 10, 11].map(|grade| Level::ALL.map(|level| level.has(grade)));
        assert!(codes.iter().all(|one| one.iter().filter(|has| **has).count() == 1));
    }
}
