//! Hiring the staff and sharing the courses out among the teachers.

use std::collections::BTreeMap;

use fastrand::Rng;

use super::calendar::day;
use super::school::{CLERK, Course, School, Staff};
use super::subjects::{SUBJECTS, TRADES, subject_index};
use super::words::adult;

impl School {
    /// Hires as many teachers of each trade as its hours need.
    pub(super) fn hire(&mut self, rng: &mut Rng) {
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
    pub(super) fn assign_teachers(&mut self) {
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
