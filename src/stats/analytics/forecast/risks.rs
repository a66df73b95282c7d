//! Why a pupil may come to grief in a subject: each reason with the figures it rests on.

use super::super::rounding::half_up;
use super::past::Shares;

/// A reason to look at a pupil in a subject now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Risk {
    /// A 2 or lower is to be expected.
    Two,
    /// A 2 or lower came out for so many of so many like cases of earlier terms.
    TwoBefore {
        /// Of them.
        twos: u32,
        /// Like cases.
        cases: u32,
    },
    /// The last marks are all 2 or lower.
    LastTwos {
        /// How many, two or more.
        marks: usize,
    },
    /// No mark yet: «н/а».
    NoMarks {
        /// Week of the term.
        week: u8,
    },
    /// More than half of the term is over, and there are too few marks for a term mark: «н/а».
    FewMarks {
        /// Marks so far.
        marks: usize,
    },
    /// The marks round to less than the term before.
    Falling {
        /// The term mark before.
        before: u8,
        /// The mean so far.
        mean: f64,
    },
    /// A third of the lessons or more was missed.
    Absent {
        /// Missed lessons.
        missed: usize,
        /// Lessons held.
        lessons: usize,
    },
    /// The only subject in which less than a five or a four is to be expected: what is left to an excellent or good term.
    OnlyOne {
        /// The mark: 4 or 3.
        mark: u8,
        /// Subjects with a forecast.
        subjects: usize,
    },
}

impl Risk {
    /// Tells whether it is a danger, and not a chance.
    pub fn is_danger(&self) -> bool {
        !matches!(self, Self::OnlyOne { .. })
    }
}

/// What is known of a pupil in a course so far.
pub(super) struct SoFar<'a> {
    /// Numeric marks by date.
    pub(super) marks: &'a [u8],
    pub(super) before: Option<u8>,
    pub(super) expected: Option<u8>,
    pub(super) shares: Option<Shares>,
    pub(super) missed: usize,
    pub(super) lessons: usize,
    pub(super) week: u8,
    /// More than half of the term's days are over.
    pub(super) is_past_half: bool,
}

/// Fewest marks that a term mark rests on.
const FEWEST_MARKS: usize = 3;
/// From this week on somebody without marks is named.
const NO_MARKS_FROM: u8 = 3;
/// Fewest lessons of which a share of missed ones is said.
const FEWEST_LESSONS: usize = 3;

/// Lists the dangers in one course.
pub(super) fn dangers(of: &SoFar<'_>) -> Vec<Risk> {
    let mut risks = Vec::new();
    let marks = of.marks.len();
    let last = of.marks.iter().rev().take_while(|mark| **mark <= 2).count();
    let sum: i128 = of.marks.iter().copied().map(i128::from).sum();
    let count = i128::try_from(marks).unwrap_or(i128::MAX);
    if of.expected.is_some_and(|mark| mark <= 2) {
        risks.push(Risk::Two);
    } else if let Some(shares) = of.shares.filter(|shares| 4 * shares.count_to(2) >= shares.cases()) {
        risks.push(Risk::TwoBefore { twos: shares.count_to(2), cases: shares.cases() });
    }
    if last >= 2 {
        risks.push(Risk::LastTwos { marks: last });
    }
    if marks == 0 && of.week >= NO_MARKS_FROM {
        risks.push(Risk::NoMarks { week: of.week });
    } else if marks > 0 && marks < FEWEST_MARKS && of.is_past_half {
        risks.push(Risk::FewMarks { marks });
    }
    let rounded = half_up(sum, count);
    if let Some((before, _)) =
        of.before.zip(rounded).filter(|(before, rounded)| rounded < before && marks >= FEWEST_MARKS)
    {
        risks.push(Risk::Falling { before, mean: sum as f64 / count as f64 });
    }
    if of.lessons >= FEWEST_LESSONS && 3 * of.missed >= of.lessons {
        risks.push(Risk::Absent { missed: of.missed, lessons: of.lessons });
    }
    risks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn so_far(marks: &[u8]) -> SoFar<'_> {
        let sum: i128 = marks.iter().copied().map(i128::from).sum();
        let expected = half_up(sum, marks.len() as i128);
        SoFar {
            marks,
            before: None,
            expected,
            shares: None,
            missed: 0,
            lessons: 12,
            week: 5,
            is_past_half: true,
        }
    }

    #[test]
    fn each_reason_has_the_figures_it_rests_on() {
        assert_eq!(dangers(&so_far(&[5, 4, 4])), []);
        assert_eq!(dangers(&so_far(&[4, 2, 2])), [Risk::LastTwos { marks: 2 }]);
        assert_eq!(dangers(&so_far(&[3, 2, 2, 2])), [Risk::Two, Risk::LastTwos { marks: 3 }]);
        assert_eq!(dangers(&so_far(&[])), [Risk::NoMarks { week: 5 }]);
        assert_eq!(dangers(&so_far(&[4])), [Risk::FewMarks { marks: 1 }]);
        let mean = 10.0 / 3.0;
        let falling = SoFar { before: Some(4), ..so_far(&[4, 3, 3]) };
        assert_eq!(dangers(&falling), [Risk::Falling { before: 4, mean }]);
        let away = SoFar { missed: 4, ..so_far(&[4, 4, 4]) };
        assert_eq!(dangers(&away), [Risk::Absent { missed: 4, lessons: 12 }]);
        assert_eq!(dangers(&SoFar { missed: 3, ..so_far(&[4, 4, 4]) }), []);
    }
}
