//! Staff, classes, groups and courses: who teaches what to whom.

use fastrand::Rng;

use super::calendar::{Calendar, Day, day};
use super::people::{Pupil, pupils, pupils_a_year_later};
use super::shape::Shape;
use super::subjects::{SUBJECTS, hours_of, subject_index};

/// A member of the staff.
pub(crate) struct Staff {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) post: &'static str,
    pub(crate) trades: Vec<&'static str>,
    pub(crate) hours: u32,
    /// How many times as often as others this one writes things down too late.
    pub(crate) sloppiness: f64,
}

/// A class on 1 September.
pub(crate) struct Class {
    pub(crate) id: String,
    pub(crate) grade: u8,
    pub(crate) letter: &'static str,
    pub(crate) teacher: usize,
}

/// A part of a class, or a set of pupils of several.
pub(crate) struct Group {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) classes: Vec<usize>,
    pub(crate) kind: &'static str,
    pub(crate) members: Vec<Member>,
}

/// A pupil in a group or course, from one day to another, both included.
#[derive(Clone, Copy)]
pub(crate) struct Member {
    pub(crate) pupil: usize,
    pub(crate) from: Day,
    pub(crate) to: Day,
}

/// A series of journal pages.
pub(crate) struct Course {
    pub(crate) id: String,
    pub(crate) subject: usize,
    pub(crate) group: Option<usize>,
    pub(crate) classes: Vec<usize>,
    pub(crate) grade: u8,
    pub(crate) teacher: usize,
    pub(crate) hours: u32,
    pub(crate) kind: &'static str,
    pub(crate) members: Vec<Member>,
    /// Courses with one number are taught at the same hours.
    pub(crate) bundle: usize,
    /// Who teaches it from a day on, where the teacher changed within the year.
    pub(crate) successor: Option<(Day, usize)>,
}

impl Course {
    /// Returns the teacher of a day.
    pub(crate) fn teacher_on(&self, day: Day) -> usize {
        self.successor.filter(|(from, _)| *from <= day).map_or(self.teacher, |(_, teacher)| teacher)
    }

    /// Says whether its pupils get marks.
    pub(crate) fn is_graded(&self) -> bool {
        self.grade >= 2 && self.kind != "extracurricular" && SUBJECTS[self.subject].grading != "none"
    }
}

/// A school before the first lesson.
pub(crate) struct School {
    pub(crate) cal: Calendar,
    pub(crate) shape: Shape,
    pub(crate) staff: Vec<Staff>,
    pub(crate) classes: Vec<Class>,
    pub(crate) pupils: Vec<Pupil>,
    pub(crate) groups: Vec<Group>,
    pub(crate) courses: Vec<Course>,
    /// Number of the pupil who comes next.
    next_id: usize,
}

/// Courses of an individual curriculum with their weekly hours.
const INDIVIDUAL: [(&str, u32); 4] = [("rus", 2), ("lit", 1), ("hist", 1), ("geo", 1)];
/// The staff that teaches nothing comes first: director, deputy, clerk, administrator.
pub(crate) const DIRECTOR: usize = 0;
pub(crate) const DEPUTY: usize = 1;
pub(crate) const CLERK: usize = 2;

impl School {
    /// Returns the school in the year that begins in September of `year`.
    pub(crate) fn new(shape: Shape, year: i16, rng: &mut Rng) -> Self {
        let pupils = pupils(&shape, rng);
        let next_id = pupils.len();
        let mut school = Self {
            cal: Calendar::new(year),
            shape,
            staff: Vec::new(),
            classes: Vec::new(),
            pupils,
            groups: Vec::new(),
            courses: Vec::new(),
            next_id,
        };
        school.open_courses();
        school.hire(rng);
        school.assign_teachers();
        school
    }

    /// Returns the school in the year that begins in September of `year`: the same staff, its pupils a grade up.
    pub(crate) fn later(mut self, year: i16, rng: &mut Rng) -> Self {
        let cal = Calendar::new(year);
        let mut next_id = self.next_id;
        let days = cal.days_after(&self.cal);
        let pupils = pupils_a_year_later(&self.pupils, &mut self.shape, days, &mut next_id, rng);
        let staff = self.staff.into_iter().map(|one| Staff { hours: 0, ..one }).collect();
        let mut school = Self {
            cal,
            shape: self.shape,
            staff,
            classes: Vec::new(),
            pupils,
            groups: Vec::new(),
            courses: Vec::new(),
            next_id,
        };
        school.open_courses();
        school.assign_teachers();
        school
    }

    fn open_courses(&mut self) {
        let shapes = self.shape.classes.clone();
        for (i, &(grade, letter, _)) in shapes.iter().enumerate() {
            self.classes.push(Class { id: format!("{grade}{letter}"), grade, letter, teacher: 0 });
            self.open_class(i, grade);
        }
        self.open_seniors();
        for class in self.shape.individual {
            self.open_individual(*class);
        }
    }

    fn open_class(&mut self, class: usize, grade: u8) {
        self.open(subject_index("talk"), 1, vec![class], None, "extracurricular");
        let members = self.members_of(&[class]);
        for (subject, hours) in hours_of(grade) {
            let id = SUBJECTS[subject].id;
            if id == "pe" && grade >= 10 && self.shape.seniors_together {
                continue;
            }
            if id == "eng" && self.shape.classes[class].2 >= self.shape.halves_from {
                self.open_halves(class, subject, hours, &members);
            } else {
                self.open(subject, hours, vec![class], None, "lesson");
            }
        }
    }

    fn open_halves(&mut self, class: usize, subject: usize, hours: u32, members: &[Member]) {
        let bundle = self.courses.len();
        // The first of the school's parted classes has somebody who changes the half in the middle of a term.
        let mover = self.groups.is_empty().then(|| members.iter().position(|m| m.from == 0)).flatten();
        let change = day("2026-02-09");
        for half in 0..2 {
            let mut part: Vec<Member> = members.iter().copied().skip(half).step_by(2).collect();
            if let Some(place) = mover {
                let pupil = members[place].pupil;
                let to = members[place].to;
                match part.iter_mut().find(|m| m.pupil == pupil) {
                    Some(member) => member.to = change - 1,
                    None => part.push(Member { pupil, from: change, to }),
                }
            }
            let title = format!("{} англ. {}", self.classes[class].id, half + 1);
            let group = self.add_group(title, vec![class], "group", part);
            self.open(subject, hours, vec![class], Some(group), "lesson");
            self.courses.last_mut().expect("just opened").bundle = bundle;
        }
    }

    fn open_seniors(&mut self) {
        let seniors: Vec<usize> = (0..self.classes.len()).filter(|&c| self.classes[c].grade >= 10).collect();
        let all = self.members_of(&seniors);
        if self.shape.seniors_together {
            let group =
                self.add_group("Физкультура 10–11".to_owned(), seniors.clone(), "stream", all.clone());
            self.open(subject_index("pe"), 2, seniors.clone(), Some(group), "lesson");
        }
        let bundle = self.courses.len();
        for (half, id) in ["elmath", "elrus"].into_iter().enumerate() {
            let part = all.iter().copied().skip(half).step_by(2).collect();
            let title = format!("{} 10–11", SUBJECTS[subject_index(id)].title);
            let group = self.add_group(title, seniors.clone(), "elective", part);
            self.open(subject_index(id), 1, seniors.clone(), Some(group), "elective");
            self.courses.last_mut().expect("just opened").bundle = bundle;
        }
    }

    fn open_individual(&mut self, class: usize) {
        let members = self.members_of(&[class]);
        let one = members.iter().find(|m| m.from == 0).copied().into_iter().collect();
        let title = format!("ИУП {}", self.classes[class].id);
        let group = self.add_group(title, vec![class], "individual", one);
        for (id, hours) in INDIVIDUAL {
            self.open(subject_index(id), hours, vec![class], Some(group), "lesson");
        }
    }

    fn add_group(
        &mut self,
        title: String,
        classes: Vec<usize>,
        kind: &'static str,
        members: Vec<Member>,
    ) -> usize {
        let id = format!("G{:02}", self.groups.len() + 1);
        self.groups.push(Group { id, title, classes, kind, members });
        self.groups.len() - 1
    }

    fn open(
        &mut self,
        subject: usize,
        hours: u32,
        classes: Vec<usize>,
        group: Option<usize>,
        kind: &'static str,
    ) {
        let members = match group {
            Some(group) => self.groups[group].members.clone(),
            None => self.members_of(&classes),
        };
        let grade = self.classes[classes[0]].grade;
        let bundle = self.courses.len();
        let id = format!("C{:03}", bundle + 1);
        self.courses.push(Course {
            id,
            subject,
            group,
            classes,
            grade,
            teacher: 0,
            hours,
            kind,
            members,
            bundle,
            successor: None,
        });
        if group.is_some_and(|g| self.groups[g].kind == "individual") {
            self.take_out_of_class(subject);
        }
    }

    /// A pupil with an own course in a subject is no member of the class's.
    fn take_out_of_class(&mut self, subject: usize) {
        let own = self.courses.last().expect("just opened").members.clone();
        for course in self.courses.iter_mut().filter(|c| c.subject == subject && c.group.is_none()) {
            course.members.retain(|m| own.iter().all(|o| o.pupil != m.pupil));
        }
    }

    fn members_of(&self, classes: &[usize]) -> Vec<Member> {
        let stays =
            self.pupils.iter().enumerate().flat_map(|(pupil, p)| p.stays.iter().map(move |s| (pupil, s)));
        stays
            .filter(|(_, s)| classes.contains(&s.class))
            .map(|(pupil, s)| Member { pupil, from: s.from, to: s.to })
            .collect()
    }
}
