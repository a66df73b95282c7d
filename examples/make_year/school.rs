//! Staff, classes, groups and courses: who teaches what to whom.

use std::collections::BTreeMap;

use fastrand::Rng;

use super::calendar::{Calendar, Day, day};
use super::people::{Pupil, pupils};
use super::shape::Shape;
use super::subjects::{SUBJECTS, TRADES, hours_of, subject_index};
use super::words::adult;

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
}

/// Courses of an individual curriculum with their weekly hours.
const INDIVIDUAL: [(&str, u32); 4] = [("rus", 2), ("lit", 1), ("hist", 1), ("geo", 1)];
/// The staff that teaches nothing comes first: director, deputy, clerk, administrator.
pub(crate) const DIRECTOR: usize = 0;
pub(crate) const DEPUTY: usize = 1;
pub(crate) const CLERK: usize = 2;

impl School {
    pub(crate) fn new(shape: Shape, rng: &mut Rng) -> Self {
        let pupils = pupils(&shape, rng);
        let mut school = Self {
            cal: Calendar::new(),
            shape,
            staff: Vec::new(),
            classes: Vec::new(),
            pupils,
            groups: Vec::new(),
            courses: Vec::new(),
        };
        school.open_courses();
        school.hire(rng);
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
        for half in 0..2 {
            let part = members.iter().copied().skip(half).step_by(2).collect();
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

    fn hire(&mut self, rng: &mut Rng) {
        for post in
            ["Директор", "Заместитель директора по УВР", "Делопроизводитель", "Системный администратор"]
        {
            self.add_staff(post, Vec::new(), rng);
        }
        for _ in 0..self.classes.iter().filter(|c| c.grade <= 4).count() {
            self.add_staff("Учитель начальных классов", vec!["primary"], rng);
        }
        let mut hours: BTreeMap<&str, u32> = BTreeMap::new();
        for course in &self.courses {
            *hours.entry(SUBJECTS[course.subject].trade_in(course.grade)).or_default() += course.hours;
        }
        for (post, trades) in TRADES {
            let total: u32 = trades.iter().filter_map(|t| hours.get(t)).sum();
            for _ in 0..total.div_ceil(self.shape.teacher_hours) {
                self.add_staff(post, trades.to_vec(), rng);
            }
        }
    }

    fn add_staff(&mut self, post: &'static str, trades: Vec<&'static str>, rng: &mut Rng) {
        let sloppiness = if rng.u32(..6) == 0 { 3.5 } else { 0.6 };
        let id = format!("S{:02}", self.staff.len() + 1);
        self.staff.push(Staff { id, name: adult(rng).to_string(), post, trades, hours: 0, sloppiness });
    }

    /// Class teachers first, then every course to the least loaded of its trade.
    fn assign_teachers(&mut self) {
        let primary = self.staff.iter().position(|s| s.trades == ["primary"]).unwrap_or(CLERK + 2);
        let first_subject = primary + self.classes.iter().filter(|c| c.grade <= 4).count();
        let (mut next_primary, mut next_subject) = (primary, first_subject);
        for class in &mut self.classes {
            let next = if class.grade <= 4 { &mut next_primary } else { &mut next_subject };
            class.teacher = *next;
            *next += 1;
        }
        for i in 0..self.courses.len() {
            let teacher = self.teacher_for(i);
            self.courses[i].teacher = teacher;
            self.staff[teacher].hours += self.courses[i].hours;
        }
        self.hand_over();
    }

    /// From April on the first art course above grade 4 is another teacher's.
    fn hand_over(&mut self) {
        let art = subject_index("art");
        let tech = self.staff.iter().position(|s| s.trades == ["tech"]);
        let course = self.courses.iter_mut().find(|c| c.subject == art && c.grade >= 5);
        if let (Some(course), Some(teacher)) = (course, tech) {
            course.successor = Some((day("2026-04-06"), teacher));
        }
    }

    fn teacher_for(&self, course: usize) -> usize {
        let Course { subject, grade, classes, bundle, .. } = &self.courses[course];
        let trade = SUBJECTS[*subject].trade_in(*grade);
        if trade == "primary" {
            return self.classes[classes[0]].teacher;
        }
        let is_busy =
            |s: usize| self.courses[*bundle..course].iter().any(|c| c.bundle == *bundle && c.teacher == s);
        (0..self.staff.len())
            .filter(|&s| self.staff[s].trades.contains(&trade) && !is_busy(s))
            .min_by_key(|&s| self.staff[s].hours)
            .expect("every trade has at least as many teachers as a class has halves")
    }
}
