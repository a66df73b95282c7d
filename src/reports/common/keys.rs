//! Names of what tables of the analytics name by ids: pupils, teachers, classes, subjects, courses, works.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::model::*;
use crate::render::format;
use crate::render::measure::clean;
use crate::reports::pupils::name_key;

/// Finds records by their ids, and says how reports name them.
pub struct Keys<'a> {
    journal: &'a Journal,
    pupils: FxHashMap<&'a str, Id<Pupil>>,
    classes: FxHashMap<&'a str, Id<Class>>,
    subjects: FxHashMap<&'a str, Id<Subject>>,
    staff: FxHashMap<&'a str, Id<Staff>>,
    courses: FxHashMap<&'a str, Id<Course>>,
    works: FxHashMap<&'a str, Id<Work>>,
    /// How many pupils have a surname and name.
    namesakes: BTreeMap<String, usize>,
}

fn by_key<T>(arena: &Arena<T>, key: impl Fn(&T) -> &str) -> FxHashMap<&str, Id<T>> {
    arena.iter().map(|(id, record)| (key(record), id)).collect()
}

impl<'a> Keys<'a> {
    /// Gathers the ids of a journal.
    pub fn new(journal: &'a Journal) -> Self {
        let mut namesakes = BTreeMap::new();
        for pupil in journal.pupils.values() {
            *namesakes.entry(pupil.short_name()).or_default() += 1;
        }
        Self {
            journal,
            pupils: by_key(&journal.pupils, |one| &one.key),
            classes: by_key(&journal.classes, |one| &one.key),
            subjects: by_key(&journal.subjects, |one| &one.key),
            staff: by_key(&journal.staff, |one| &one.key),
            courses: by_key(&journal.courses, |one| &one.key),
            works: by_key(&journal.works, |one| &one.key),
            namesakes,
        }
    }

    /// Finds a pupil.
    pub fn pupil(&self, key: &str) -> Option<Id<Pupil>> {
        self.pupils.get(key).copied()
    }

    /// Finds a class.
    pub fn class(&self, key: &str) -> Option<Id<Class>> {
        self.classes.get(key).copied()
    }

    /// Finds a subject.
    pub fn subject(&self, key: &str) -> Option<Id<Subject>> {
        self.subjects.get(key).copied()
    }

    /// Finds a teacher.
    pub fn staff(&self, key: &str) -> Option<Id<Staff>> {
        self.staff.get(key).copied()
    }

    /// Finds a course.
    pub fn course(&self, key: &str) -> Option<Id<Course>> {
        self.courses.get(key).copied()
    }

    /// Finds a work.
    pub fn work(&self, key: &str) -> Option<Id<Work>> {
        self.works.get(key).copied()
    }

    /// Names a pupil, «Фамилия Имя»; one who has a namesake in the school with the patronymic.
    pub fn pupil_name(&self, id: Id<Pupil>) -> String {
        let pupil = &self.journal.pupils[id];
        let has_namesake = self.namesakes.get(&pupil.short_name()).is_some_and(|count| *count > 1);
        clean(&if has_namesake { pupil.full_name() } else { pupil.short_name() })
    }

    /// Names a teacher, «Фамилия И. О.».
    pub fn teacher_name(&self, id: Id<Staff>) -> String {
        format::initials(&clean(&self.journal.staff[id].name))
    }

    /// Names a subject.
    pub fn subject_name(&self, id: Id<Subject>) -> String {
        clean(&self.journal.subjects[id].title)
    }

    /// Names whom a course is for: the class, or the group's title.
    pub fn audience_name(&self, id: Id<Course>) -> String {
        let course = &self.journal.courses[id];
        let class = |class: &Id<Class>| self.journal.classes[*class].key.to_string();
        match self.journal.group_of(course) {
            Some(group) => clean(&group.title),
            None => self.journal.classes_of(course).iter().map(class).collect::<Vec<_>>().join(", "),
        }
    }

    /// Returns what classes are sorted by: the grade, then the name.
    pub fn class_order(&self, key: &str) -> (u8, String) {
        (self.class(key).map_or(u8::MAX, |id| self.journal.classes[id].grade), key.to_owned())
    }

    /// Returns what courses are sorted by: the grade, whom for, the subject.
    pub fn course_order(&self, id: Id<Course>) -> (u8, String, String) {
        let course = &self.journal.courses[id];
        (self.journal.grade_of(course), self.audience_name(id), self.subject_name(course.subject))
    }

    /// Returns what pupils are sorted by: the class, then the name as lists have it.
    pub fn pupil_order(&self, class: &str, pupil: &str) -> ((u8, String), String) {
        let name = self.pupil(pupil).map(|id| name_key(&self.journal.pupils[id]).0);
        (self.class_order(class), name.unwrap_or_default())
    }
}
