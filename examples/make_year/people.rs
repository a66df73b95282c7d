//! Pupils of a school and their stays in its classes.

use fastrand::Rng;

use super::calendar::{Day, day};
use super::shape::Shape;
use super::words::{Family, Name, pick};

/// A span of a pupil in a class, with the orders on coming and going.
#[derive(Clone)]
pub(crate) struct Stay {
    pub(crate) class: usize,
    pub(crate) from: Day,
    pub(crate) to: Day,
    pub(crate) joined: (&'static str, &'static str),
    pub(crate) left: (&'static str, &'static str, &'static str),
}

/// A pupil, with the traits that the year's events follow.
#[derive(Clone)]
pub(crate) struct Pupil {
    pub(crate) id: String,
    pub(crate) name: Name,
    pub(crate) is_boy: bool,
    pub(crate) family: Family,
    pub(crate) birth: Day,
    pub(crate) stays: Vec<Stay>,
    pub(crate) health: &'static str,
    pub(crate) pe: &'static str,
    /// Typical mark, 2.2 to 5.5, most above 4.
    pub(crate) ability: f64,
    /// Where the pupil's gifts for subjects come from, the same every year.
    gifts: u64,
    /// Chance of leaving a lesson out without a reason.
    pub(crate) truancy: f64,
}

impl Pupil {
    /// Returns the class of a day.
    pub(crate) fn class_on(&self, day: Day) -> Option<usize> {
        self.stays.iter().find(|s| s.from <= day && day <= s.to).map(|s| s.class)
    }

    /// Returns how much better or worse than usual the pupil is at a subject, in marks.
    pub(crate) fn gift(&self, subject: usize) -> f64 {
        Rng::with_seed(self.gifts.wrapping_add(subject as u64)).f64() * 0.8 - 0.4
    }

    pub(crate) fn is_exempt_from_pe(&self) -> bool {
        self.pe == EXEMPT
    }

    /// Tells whether the pupil ended the year in the class that is now of a grade and letter.
    fn comes_from(&self, shape: &Shape, grade: u8, letter: &str) -> bool {
        let Some(stay) = self.stays.last() else { return false };
        let (was, its_letter, _) = shape.classes[stay.class];
        stay.to > day("2026-06-01") && was + 1 == grade && its_letter == letter
    }

    fn a_year_older(&self, class: usize, grade: u8, days: Day) -> Self {
        Self { birth: self.birth - days, stays: vec![stay(class, grade, false)], ..self.clone() }
    }

    /// Returns the last day in the school.
    pub(crate) fn last_day(&self) -> Day {
        self.stays.last().map_or(0, |s| s.to)
    }
}

/// The truancy of one who hardly ever comes.
const SELDOM_THERE: f64 = 0.8;
const EXEMPT: &str = "освобождение";
const PROMOTED: (&str, &str, &str) = ("promoted", "61-у", "");
const GRADUATED: (&str, &str, &str) = ("graduated", "64-у", "");

/// Returns all pupils, class by class.
pub(crate) fn pupils(shape: &Shape, rng: &mut Rng) -> Vec<Pupil> {
    let mut pupils: Vec<Pupil> = Vec::new();
    for (class, &(grade, _, size)) in shape.classes.iter().enumerate() {
        let late = usize::from(shape.arrivals.contains(&class));
        let first = pupils.len();
        for place in 0..size + late {
            let family = family(&pupils, first, class == 3 && place == 1, rng);
            let pupil = pupil(pupils.len(), (class, grade, place, first), family, &pupils, shape, rng);
            pupils.push(pupil);
        }
        pupils[first..].sort_by_cached_key(|p| (p.name.to_string(), p.birth));
        for (i, pupil) in pupils.iter_mut().enumerate().skip(first) {
            pupil.id = format!("P{:03}", i + 1);
        }
        if shape.departures.contains(&class) {
            leave(&mut pupils[first + 2], grade);
        }
    }
    move_about(shape, &mut pupils);
    pupils
}

/// Returns the pupils a year later: everybody a grade up, new ones in the first grade, here and there a newcomer. The shape
/// gets the sizes the classes have now.
pub(crate) fn pupils_a_year_later(
    before: &[Pupil],
    shape: &mut Shape,
    days: Day,
    next_id: &mut usize,
    rng: &mut Rng,
) -> Vec<Pupil> {
    let mut pupils: Vec<Pupil> = Vec::new();
    for class in 0..shape.classes.len() {
        let (grade, letter, size) = shape.classes[class];
        let late = usize::from(shape.arrivals.contains(&class));
        let first = pupils.len();
        let stayed = before.iter().filter(|p| p.comes_from(shape, grade, letter));
        let mut stayed: Vec<Pupil> = stayed.map(|p| p.a_year_older(class, grade, days)).collect();
        // After grade 9 the school keeps the best.
        stayed.sort_by(|one, other| other.ability.total_cmp(&one.ability));
        let missing = match grade {
            1 => size,
            10 => {
                stayed.truncate(size);
                0
            }
            _ => rng.usize(..3) / 2,
        };
        shape.classes[class].2 = stayed.len() + missing;
        pupils.extend(stayed);
        for place in 0..missing + late {
            let is_late = place >= missing;
            let family = family(&pupils, first, false, rng);
            let index = *next_id;
            *next_id += 1;
            let mut pupil = pupil(index, (class, grade, 2, first), family, &pupils, shape, rng);
            pupil.stays = vec![stay(class, grade, is_late)];
            if !is_late && grade > 1 {
                pupil.stays[0].joined = ("arrived", "37-у");
            }
            pupil.id = format!("P{:03}", index + 1);
            pupils.push(pupil);
        }
        pupils[first..].sort_by_cached_key(|p| (p.name.to_string(), p.birth));
        if shape.departures.contains(&class) {
            leave(&mut pupils[first + 2], grade);
        }
    }
    move_about(shape, &mut pupils);
    pupils
}

/// Moves one pupil for each pair of classes: every other pair at New Year, the others in the middle of a term.
fn move_about(shape: &Shape, pupils: &mut [Pupil]) {
    for (turn, &(from, to)) in shape.moves.iter().enumerate() {
        let date = if turn % 2 == 0 { "2026-01-12" } else { "2026-02-09" };
        change_class(pupils, (from, to), day(date));
    }
}

/// A quarter of the pupils has an elder or younger relative in the school.
fn family(pupils: &[Pupil], first: usize, is_namesake: bool, rng: &mut Rng) -> Family {
    if is_namesake {
        return pupils[first].family.namesake(rng);
    }
    if first > 0 && rng.u32(..4) == 0 {
        return pupils[rng.usize(..first)].family.clone();
    }
    Family::new(rng)
}

fn pupil(
    index: usize,
    (class, grade, place, first): (usize, u8, usize, usize),
    family: Family,
    pupils: &[Pupil],
    shape: &Shape,
    rng: &mut Rng,
) -> Pupil {
    let is_namesake = class == 3 && place == 1;
    let is_boy = if is_namesake { pupils[first].is_boy } else { rng.bool() };
    let mut name = family.child(is_boy, rng);
    let is_taken = |name: &Name| {
        pupils[first..].iter().any(|p| p.name.surname == name.surname && p.name.given == name.given)
    };
    if is_namesake {
        name.given.clone_from(&pupils[first].name.given);
    } else {
        while is_taken(&name) {
            name = family.child(is_boy, rng);
        }
    }
    let is_late = place >= shape.classes[class].2;
    let exempt = index % shape.exempt_every == shape.exempt_every / 2 && grade >= 5;
    Pupil {
        id: String::new(),
        name,
        is_boy,
        family,
        birth: day("2018-12-20") - (i32::from(grade) - 1) * 365 - rng.i32(0..365),
        stays: vec![stay(class, grade, is_late)],
        health: if exempt { "IV" } else { pick(rng, &["I", "II", "II", "III"]) },
        pe: if exempt {
            EXEMPT
        } else {
            pick(rng, &["основная", "основная", "основная", "подготовительная"])
        },
        ability: 2.2 + 3.3 * rng.f64().sqrt(),
        gifts: rng.u64(..),
        truancy: if grade < 5 {
            0.0004
        } else if rng.u32(..120) == 0 {
            SELDOM_THERE
        } else if rng.u32(..9) == 0 {
            0.02
        } else {
            0.002
        },
    }
}

fn stay(class: usize, grade: u8, is_late: bool) -> Stay {
    Stay {
        class,
        from: if is_late { day("2025-11-17") } else { 0 },
        to: day(if grade == 9 || grade == 11 { "2026-06-25" } else { "2026-08-31" }),
        joined: if is_late { ("arrived", "97-у") } else { ("start", "38-у") },
        left: if grade == 9 || grade == 11 { GRADUATED } else { PROMOTED },
    }
}

/// In the higher grades one leaves for a college in February, in the others a family moves away in May.
fn leave(pupil: &mut Pupil, grade: u8) {
    let stay = pupil.stays.last_mut().expect("every pupil has a stay");
    (stay.to, stay.left) = if grade >= 8 {
        (day("2026-02-05"), ("left", "11-у", "Поступление в колледж"))
    } else {
        (day("2026-05-12"), ("transferred", "52-у", "Переезд семьи, перевод в другую школу"))
    };
}

fn change_class(pupils: &mut [Pupil], (from, to): (usize, usize), date: Day) {
    let mover = pupils.iter_mut().find(|p| p.stays.len() == 1 && p.stays[0].class == from);
    let Some(pupil) = mover else { return };
    let mut second = pupil.stays[0].clone();
    pupil.stays[0].to = date - 1;
    pupil.stays[0].left = ("transferred", "3-у", "По заявлению родителей");
    second.class = to;
    second.from = date;
    second.joined = ("transferred", "3-у");
    pupil.stays.push(second);
}
