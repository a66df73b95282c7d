//! Sets of grades (years of study), written `1-9` or `10;11`.

/// Some of the grades 1 to 11, as bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GradeSet(u16);

impl GradeSet {
    /// Grades 1 to 11.
    pub const ALL: Self = Self(0b1111_1111_1110);

    /// Reads `1-9`, `10;11`, `5`; empty means all. `None` if a part is not a grade.
    pub fn parse(text: &str) -> Option<Self> {
        if text.trim().is_empty() {
            return Some(Self::ALL);
        }
        let mut bits = 0;
        for part in text.split([';', ',']).map(str::trim).filter(|part| !part.is_empty()) {
            let (first, last) = part.split_once(['-', '–']).unwrap_or((part, part));
            let (first, last) = (grade(first)?, grade(last)?);
            (first..=last).for_each(|grade| bits |= 1 << grade);
        }
        Some(Self(bits))
    }

    /// Tells whether the grade is in the set.
    pub fn contains(self, grade: u8) -> bool {
        grade < 16 && self.0 & (1 << grade) != 0
    }

    /// Walks the grades, lowest first.
    pub fn iter(self) -> impl Iterator<Item = u8> {
        (1..=11).filter(move |grade| self.contains(*grade))
    }

    /// Writes the set in the exchange format: `1-9`, `10;11`; all grades are empty.
    pub fn code(self) -> String {
        if self == Self::ALL {
            return String::new();
        }
        let mut runs: Vec<(u8, u8)> = Vec::new();
        for grade in self.iter() {
            match runs.last_mut() {
                Some((_, last)) if *last + 1 == grade => *last = grade,
                _ => runs.push((grade, grade)),
            }
        }
        let parts: Vec<String> = runs
            .into_iter()
            .map(|(first, last)| if first == last { first.to_string() } else { format!("{first}-{last}") })
            .collect();
        parts.join(";")
    }
}

fn grade(text: &str) -> Option<u8> {
    text.trim().parse().ok().filter(|grade| (1..=11).contains(grade))
}
