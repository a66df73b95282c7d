//! A class's own sources: the normalised rows behind its journal, and one digest over them. A row of another
//! class, or another division into files, does not change it.

use std::collections::BTreeSet;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::encode::write_cell;
use super::extent::Extent;
use super::rows::grid;
use crate::base::files::hex;
use crate::model::schema::{TABLES, TableSchema};
use crate::model::*;

/// The rows behind a class's journal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClassRows {
    /// How many there are.
    pub rows: usize,
    /// SHA-256 over the tables' digests, in hexadecimal digits.
    pub sha256: String,
}

/// The tables whose rows a journal prints. Tables besides them (accounts, consents, the log of changes) are
/// not sources of its pages.
const PRINTED: &[Table] = &[
    Table::Staff,
    Table::Terms,
    Table::Subjects,
    Table::Classes,
    Table::Pupils,
    Table::Enrolment,
    Table::Groups,
    Table::GroupMembers,
    Table::Courses,
    Table::CourseTeachers,
    Table::Curriculum,
    Table::Lessons,
    Table::Homework,
    Table::Marks,
    Table::Attendance,
    Table::TermMarks,
    Table::Remarks,
];

/// Returns the rows of every class, in the order of the classes' table.
pub fn class_rows(journal: &Journal, roster: &Roster) -> Vec<ClassRows> {
    let owners = Owners::of(journal, roster);
    let is_printed =
        |schema: &&TableSchema| PRINTED.contains(&schema.table) && journal.presence.has(schema.table);
    let schemas: Vec<&TableSchema> = TABLES.iter().filter(is_printed).collect();
    let tables: Vec<Vec<(usize, String)>> =
        schemas.par_iter().map(|schema| digests(journal, schema, &owners)).collect();
    let class = |class: usize| {
        let (mut rows, mut all) = (0, Sha256::new());
        for (schema, table) in schemas.iter().zip(&tables) {
            let (count, digest) = &table[class];
            if *count > 0 {
                rows += count;
                all.update(format!("{} {count} {digest}\n", schema.table.id()));
            }
        }
        ClassRows { rows, sha256: hex(&all.finalize()) }
    };
    (0..journal.classes.len()).map(class).collect()
}

/// Computes the digests of a table's rows for each class: the number of rows, and the digest of their
/// contents.
fn digests(journal: &Journal, schema: &TableSchema, owners: &Owners<'_>) -> Vec<(usize, String)> {
    let grid = grid(journal, schema, Extent::Everything);
    let mut classes: Vec<(usize, Sha256)> = vec![(0, Sha256::new()); journal.classes.len()];
    let (mut text, mut mine) = (String::new(), Vec::new());
    for row in 0..grid.height() {
        owners.of_row(schema.table, row, &mut mine);
        if mine.is_empty() {
            continue;
        }
        text.clear();
        // An empty cell counts like a missing one: a new column changes only the rows with a value in it.
        for (column, cells) in &grid.columns {
            let start = text.len();
            write_cell(&mut text, &cells[row]);
            if text.len() > start {
                text.push('\u{1f}');
                text.push_str(column.id);
                text.push('\u{1e}');
            }
        }
        text.push('\n');
        for class in &mine {
            let (count, hasher) = &mut classes[class.index()];
            *count += 1;
            hasher.update(&text);
        }
    }
    classes.into_iter().map(|(count, hasher)| (count, hex(&hasher.finalize()))).collect()
}

/// The classes in whose journals rows are printed.
struct Owners<'a> {
    journal: &'a Journal,
    roster: &'a Roster,
    staff: Vec<BTreeSet<Id<Class>>>,
    subjects: Vec<BTreeSet<Id<Class>>>,
    pupils: Vec<BTreeSet<Id<Class>>>,
    courses: Vec<BTreeSet<Id<Class>>>,
}

impl<'a> Owners<'a> {
    fn of(journal: &'a Journal, roster: &'a Roster) -> Self {
        let none = |count: usize| vec![BTreeSet::new(); count];
        let mut owners = Self {
            journal,
            roster,
            staff: none(journal.staff.len()),
            subjects: none(journal.subjects.len()),
            pupils: none(journal.pupils.len()),
            courses: none(journal.courses.len()),
        };
        owners.find_courses();
        owners.find_pupils();
        owners.find_staff();
        owners
    }

    /// A course is printed in its classes, and counts where its members are.
    fn find_courses(&mut self) {
        for (id, course) in self.journal.courses.iter() {
            let classes = &mut self.courses[id.index()];
            classes.extend(self.journal.classes_of(course));
            classes.extend(self.roster.members_of(id).iter().map(|member| member.class));
            self.subjects[course.subject.index()].extend(classes.iter());
        }
    }

    /// A pupil is printed in the classes of the pupil's stays, and in those with a mark or absence without a
    /// stay.
    fn find_pupils(&mut self) {
        for stay in &self.journal.enrolment {
            self.pupils[stay.pupil.index()].insert(stay.class);
        }
        let marks = self.journal.marks.values().map(|mark| (mark.lesson, mark.pupil));
        let absences = self.journal.absences.values().map(|absence| (absence.lesson, absence.pupil));
        let mut classes = Vec::new();
        for (lesson, pupil) in marks.chain(absences) {
            classes.clear();
            self.of_entry(lesson, pupil, &mut classes);
            self.pupils[pupil.index()].extend(&classes);
        }
        for mark in self.journal.term_marks.values() {
            let classes = &self.pupils[mark.pupil.index()];
            self.subjects[mark.subject.index()].extend(classes.iter());
        }
    }

    fn find_staff(&mut self) {
        let journal = self.journal;
        for (id, class) in journal.classes.iter() {
            if let Some(staff) = class.teacher {
                self.staff[staff.index()].insert(id);
            }
        }
        for remark in &journal.remarks {
            self.staff[remark.staff.index()].insert(remark.class);
        }
        let courses = journal.courses.iter().map(|(id, course)| (id, course.teacher));
        let others = journal.course_teachers.iter().map(|row| (row.course, row.teacher));
        let lessons = journal.lessons.values().flat_map(|lesson| {
            let replaced = lesson.replaces.map(|staff| (lesson.course, staff));
            std::iter::once((lesson.course, lesson.teacher)).chain(replaced)
        });
        let mut last = None;
        for (course, staff) in courses.chain(others).chain(lessons) {
            // Lessons of one course and teacher follow each other.
            if last.replace((course, staff)) != Some((course, staff)) {
                self.staff[staff.index()].extend(self.courses[course.index()].iter());
            }
        }
    }

    /// Replaces the contents of `classes` with the classes of a row.
    fn of_row(&self, table: Table, row: usize, classes: &mut Vec<Id<Class>>) {
        let journal = self.journal;
        classes.clear();
        match table {
            Table::Staff => classes.extend(&self.staff[row]),
            Table::Terms => {
                let grades = &journal.terms[Id::new(row)].grades;
                let all = journal.classes.iter().filter(|(_, class)| grades.contains(class.grade));
                classes.extend(all.map(|(id, _)| id));
            }
            Table::Subjects => classes.extend(&self.subjects[row]),
            Table::Classes => classes.push(Id::new(row)),
            Table::Pupils => classes.extend(&self.pupils[row]),
            Table::Enrolment => classes.extend(&self.pupils[journal.enrolment[row].pupil.index()]),
            Table::Groups => classes.extend(&journal.groups[Id::new(row)].classes),
            Table::GroupMembers => classes.extend(&self.pupils[journal.group_members[row].pupil.index()]),
            Table::Courses => self.of_course(Id::new(row), classes),
            Table::CourseTeachers => self.of_course(journal.course_teachers[row].course, classes),
            Table::Curriculum => self.of_audience(journal.curriculum[row].audience, classes),
            Table::Lessons => self.of_course(journal.lessons[Id::new(row)].course, classes),
            Table::Homework => {
                let lesson = journal.homework[Id::new(row)].lesson;
                self.of_course(journal.lessons[lesson].course, classes);
            }
            Table::Marks => {
                let mark = &journal.marks[Id::new(row)];
                self.of_entry(mark.lesson, mark.pupil, classes);
            }
            Table::Attendance => {
                let absence = &journal.absences[Id::new(row)];
                self.of_entry(absence.lesson, absence.pupil, classes);
            }
            Table::TermMarks => {
                classes.extend(&self.pupils[journal.term_marks[Id::new(row)].pupil.index()]);
            }
            Table::Remarks => classes.push(journal.remarks[row].class),
            _ => {}
        }
    }

    fn of_course(&self, course: Id<Course>, classes: &mut Vec<Id<Class>>) {
        classes.extend(&self.courses[course.index()]);
    }

    fn of_audience(&self, audience: Audience, classes: &mut Vec<Id<Class>>) {
        match audience {
            Audience::Class(class) => classes.push(class),
            Audience::Group(group) => classes.extend(&self.journal.groups[group].classes),
            Audience::Pupil(pupil) => classes.extend(&self.pupils[pupil.index()]),
        }
    }

    /// A pupil's entries in a lesson are printed for the class of that day. If the course is not one of that class, or the
    /// pupil is in two classes that day, they are printed for all classes that have the course.
    fn of_entry(&self, lesson: Id<Lesson>, pupil: Id<Pupil>, classes: &mut Vec<Id<Class>>) {
        let lesson = &self.journal.lessons[lesson];
        let stays = self.roster.stays_of(pupil).iter();
        let mut there = stays.filter(|(span, _)| span.contains(lesson.date)).map(|(_, class)| *class);
        let first = there.next();
        let others: Vec<Id<Class>> = there.filter(|class| Some(*class) != first).collect();
        let own = self.journal.classes_of(&self.journal.courses[lesson.course]);
        if let Some(class) = first.filter(|class| others.is_empty() && own.contains(class)) {
            classes.push(class);
            return;
        }
        let having = &self.courses[lesson.course.index()];
        let elsewhere: BTreeSet<Id<Class>> =
            first.into_iter().chain(others).filter(|class| !having.contains(class)).collect();
        classes.extend(having.iter().copied().chain(elsewhere));
    }
}
