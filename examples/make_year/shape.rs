//! What makes a village school or a town school: counts, never copies of the code.

/// Which school to write.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// 11 classes, about 90 pupils.
    Village,
    /// 40 classes, 1,000 pupils.
    Town,
}

/// The parameters of a school.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    pub(crate) short: &'static str,
    pub(crate) place: &'static str,
    /// Grade, letter and number of pupils on 1 September of each class.
    pub(crate) classes: Vec<(u8, &'static str, usize)>,
    /// Weekly hours that one subject teacher takes at most.
    pub(crate) teacher_hours: u32,
    /// Classes from this size on learn English in two halves.
    pub(crate) halves_from: usize,
    /// Grades 10 and 11 have physical culture together.
    pub(crate) seniors_together: bool,
    /// Classes that each have one pupil with an individual curriculum.
    pub(crate) individual: &'static [usize],
    /// Classes that a pupil joined in November.
    pub(crate) arrivals: &'static [usize],
    /// Classes that a pupil left before the end of the year.
    pub(crate) departures: &'static [usize],
    /// Pairs of classes: a pupil moved from one to the other within the year.
    pub(crate) moves: &'static [(usize, usize)],
    /// Every how many pupils one is exempt from physical culture.
    pub(crate) exempt_every: usize,
    /// Lesson plans stand in a workbook of their own, not in CSV.
    pub(crate) plans_in_workbook: bool,
}

impl Shape {
    pub(crate) fn of(kind: Kind) -> Self {
        match kind {
            Kind::Village => village(),
            Kind::Town => town(),
        }
    }
}

fn village() -> Shape {
    let sizes = [9, 8, 10, 7, 14, 9, 8, 10, 7, 4, 5];
    Shape {
        name: "Государственное бюджетное общеобразовательное учреждение Самарской области средняя общеобразовательная школа с. Туманные Росы",
        short: "ГБОУ СОШ с. Туманные Росы",
        place: "с. Туманные Росы",
        classes: (1..).zip(sizes).map(|(grade, size)| (grade, "", size)).collect(),
        teacher_hours: 27,
        halves_from: 14,
        seniors_together: true,
        individual: &[6],
        arrivals: &[7],
        departures: &[5],
        moves: &[],
        exempt_every: 46,
        plans_in_workbook: true,
    }
}

fn town() -> Shape {
    let mut classes = Vec::new();
    for grade in 1..=11 {
        let letters: &[&str] = if grade < 10 { &["А", "Б", "В", "Г"] } else { &["А", "Б"] };
        classes.extend(letters.iter().map(|letter| (grade, *letter, 25)));
    }
    Shape {
        name: "Муниципальное бюджетное общеобразовательное учреждение «Средняя общеобразовательная школа № 108» города Росогорска",
        short: "МБОУ СОШ № 108 г. Росогорска",
        place: "г. Росогорск",
        classes,
        teacher_hours: 24,
        halves_from: 20,
        seniors_together: false,
        individual: &[17, 24, 33],
        arrivals: &[5, 11, 18, 22, 29, 34],
        departures: &[9, 20, 26, 31],
        moves: &[(8, 9), (21, 20), (30, 31), (13, 12)],
        exempt_every: 60,
        plans_in_workbook: false,
    }
}
