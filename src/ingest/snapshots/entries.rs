//! The entries of a snapshot's own files, each with the keys under which another snapshot may have it.
//!
//! Entries are equal by id or by their place in the journal: exports that renumber their rows are common.
//! Reports without ids have only a day, a subject and a pupil.

use std::hash::{DefaultHasher, Hash, Hasher};

use ecow::EcoVec;
use jiff::civil::Date;

use crate::base::source::SourceRef;
use crate::model::*;

/// An entry whose source gives no moment, by its position.
#[derive(Clone, Copy, Debug)]
pub(super) enum Record {
    Lesson(Id<Lesson>),
    Homework(Id<Homework>),
    Mark(Id<Mark>),
    Absence(Id<Absence>),
    TermMark(Id<TermMark>),
}

impl Record {
    pub(super) fn table(self) -> Table {
        match self {
            Self::Lesson(_) => Table::Lessons,
            Self::Homework(_) => Table::Homework,
            Self::Mark(_) => Table::Marks,
            Self::Absence(_) => Table::Attendance,
            Self::TermMark(_) => Table::TermMarks,
        }
    }
}

/// How many entries a place of the journal holds, and what a change of one means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// One: another value there is a correction.
    One,
    /// One lesson; its value is the topic, and it counts as recorded once it has a topic.
    Lesson,
    /// Several, distinguished only by value.
    Many,
}

/// What a snapshot must have, so that a missing entry proves something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// A file of this path, with any data of one of these classes.
    Classes(EcoVec<Text>),
    /// A report's row of this pupil and subject, over this day or for this term.
    Report { row: u64, day: Option<Date>, term: Option<Text> },
}

/// One entry.
pub(super) struct Entry {
    pub(super) record: Record,
    /// The main one.
    pub(super) key: (Slot, u64),
    /// Its key for snapshots that number their rows differently.
    pub(super) other: Option<(Slot, u64)>,
    pub(super) value: Text,
    pub(super) scope: Scope,
    pub(super) place: SourceRef,
    /// The source itself gives the moment.
    pub(super) is_dated: bool,
}

impl Entry {
    /// Walks the keys, the main one first.
    pub(super) fn keys(&self) -> impl Iterator<Item = (Slot, u64)> + use<> {
        std::iter::once(self.key).chain(self.other)
    }
}

/// Returns a key made of several parts, the same in every run.
pub(super) fn key(parts: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    parts.hash(&mut hasher);
    hasher.finish()
}

/// Walks the entries of a journal.
pub(super) struct Walk<'a> {
    journal: &'a Journal,
    /// Whether a place is in one of the snapshot's own files, and whether in a report.
    kinds: Vec<(bool, bool)>,
    classes_of_pupils: Vec<EcoVec<Text>>,
    classes_of_courses: Vec<EcoVec<Text>>,
}

impl<'a> Walk<'a> {
    /// Prepares the walk over a folder's contents; `is_report` says for each origin whether it is a report.
    pub(super) fn new(journal: &'a Journal, folder: &str, is_report: impl Fn(usize) -> bool) -> Self {
        let origins = journal.origins.iter().enumerate();
        let kinds = origins.map(|(index, origin)| (origin.file.starts_with(folder), is_report(index)));
        let mut classes_of_pupils = vec![EcoVec::new(); journal.pupils.len()];
        for stay in &journal.enrolment {
            classes_of_pupils[stay.pupil.index()].push(journal.classes[stay.class].key.clone());
        }
        let classes =
            |course| journal.classes_of(course).iter().map(|class| journal.classes[*class].key.clone());
        let classes_of_courses = journal.courses.values().map(|course| classes(course).collect()).collect();
        Self { journal, kinds: kinds.collect(), classes_of_pupils, classes_of_courses }
    }

    /// Returns whether a place is in one of the snapshot's own files.
    pub(super) fn is_own(&self, place: SourceRef) -> bool {
        self.kinds.get(place.origin as usize).is_some_and(|(is_own, _)| *is_own)
    }

    fn is_report(&self, place: SourceRef) -> bool {
        self.kinds.get(place.origin as usize).is_some_and(|(_, is_report)| *is_report)
    }

    /// Visits every entry in the snapshot's own files.
    pub(super) fn each(&self, mut visit: impl FnMut(Entry)) {
        let mut own = |entry: Entry| {
            if self.is_own(entry.place) {
                visit(entry);
            }
        };
        let journal = self.journal;
        journal.lessons.iter().filter_map(|(id, lesson)| self.lesson(id, lesson)).for_each(&mut own);
        journal.homework.iter().for_each(|(id, task)| own(self.homework(id, task)));
        journal.marks.iter().for_each(|(id, mark)| own(self.mark(id, mark)));
        journal.absences.iter().for_each(|(id, absence)| own(self.absence(id, absence)));
        journal.term_marks.iter().filter_map(|(id, mark)| self.term_mark(id, mark)).for_each(&mut own);
    }

    /// A lesson that a report shows only by its marks does not show when it was recorded.
    fn lesson(&self, id: Id<Lesson>, lesson: &Lesson) -> Option<Entry> {
        if lesson.status != LessonStatus::Held || self.is_report(lesson.place) {
            return None;
        }
        Some(Entry {
            record: Record::Lesson(id),
            key: (Slot::Lesson, key(("lesson", &lesson.key))),
            other: Some((Slot::Lesson, key(("lesson", self.standing(lesson))))),
            value: lesson.topic.trim().into(),
            scope: self.classes(lesson),
            place: lesson.place,
            is_dated: lesson.recorded_at.is_some(),
        })
    }

    fn homework(&self, id: Id<Homework>, task: &Homework) -> Entry {
        let lesson = &self.journal.lessons[task.lesson];
        let pupil = task.pupil.map(|pupil| &self.journal.pupils[pupil].key);
        Entry {
            record: Record::Homework(id),
            key: (Slot::Many, key(("homework", &lesson.key, pupil))),
            other: Some((Slot::Many, key(("homework", self.standing(lesson), pupil)))),
            value: task.text.trim().into(),
            scope: self.classes(lesson),
            place: task.place,
            is_dated: task.recorded_at.is_some(),
        }
    }

    fn mark(&self, id: Id<Mark>, mark: &Mark) -> Entry {
        let lesson = &self.journal.lessons[mark.lesson];
        let pupil = &self.journal.pupils[mark.pupil].key;
        let (key, other) = if self.is_report(mark.place) {
            ((Slot::Many, self.day("mark", lesson, pupil)), None)
        } else {
            let standing = key(("mark at", self.standing(lesson), pupil));
            ((Slot::One, key(("mark", &mark.key))), Some((Slot::Many, standing)))
        };
        Entry {
            record: Record::Mark(id),
            key,
            other,
            value: mark.value.code().into(),
            scope: self.scope(mark.place, lesson, pupil),
            place: mark.place,
            is_dated: mark.recorded_at.is_some(),
        }
    }

    fn absence(&self, id: Id<Absence>, absence: &Absence) -> Entry {
        let lesson = &self.journal.lessons[absence.lesson];
        let pupil = &self.journal.pupils[absence.pupil].key;
        let (key, other) = if self.is_report(absence.place) {
            ((Slot::Many, self.day("absence", lesson, pupil)), None)
        } else {
            let standing = key(("absence at", self.standing(lesson), pupil));
            ((Slot::One, key(("absence", &lesson.key, pupil))), Some((Slot::One, standing)))
        };
        Entry {
            record: Record::Absence(id),
            key,
            other,
            value: absence.reason.code().into(),
            scope: self.scope(absence.place, lesson, pupil),
            place: absence.place,
            is_dated: absence.recorded_at.is_some(),
        }
    }

    fn term_mark(&self, id: Id<TermMark>, mark: &TermMark) -> Option<Entry> {
        let journal = self.journal;
        let (pupil, subject) = (&journal.pupils[mark.pupil].key, &journal.subjects[mark.subject].key);
        let term = &journal.terms[mark.term].key;
        let scope = if self.is_report(mark.place) {
            // A report on progress has a result for its own days: the term's, however the school divided the
            // days.
            Scope::Report { row: key((pupil, subject)), day: None, term: Some(term.clone()) }
        } else {
            Scope::Classes(self.classes_of_pupils[mark.pupil.index()].clone())
        };
        Some(Entry {
            record: Record::TermMark(id),
            key: (Slot::One, key(("term mark", pupil, subject, term, mark.kind))),
            other: None,
            value: mark.value?.code().into(),
            scope,
            place: mark.place,
            is_dated: mark.recorded_at.is_some(),
        })
    }

    fn scope(&self, place: SourceRef, lesson: &Lesson, pupil: &Text) -> Scope {
        if !self.is_report(place) {
            return self.classes(lesson);
        }
        let subject = &self.journal.subjects[self.journal.courses[lesson.course].subject].key;
        Scope::Report { row: key((pupil, subject)), day: Some(lesson.date), term: None }
    }

    fn classes(&self, lesson: &Lesson) -> Scope {
        Scope::Classes(self.classes_of_courses[lesson.course.index()].clone())
    }

    /// The place of a lesson, whatever its id.
    fn standing(&self, lesson: &Lesson) -> (&Text, Date, u8) {
        (&self.journal.courses[lesson.course].key, lesson.date, lesson.number)
    }

    /// A pupil's day in a subject: reports distinguish lessons of one day by columns that appear and
    /// disappear.
    fn day(&self, what: &str, lesson: &Lesson, pupil: &Text) -> u64 {
        let subject = &self.journal.subjects[self.journal.courses[lesson.course].subject].key;
        key((what, subject, lesson.date, pupil))
    }
}
