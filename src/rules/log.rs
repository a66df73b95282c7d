//! The electronic journal's own log with resolved references.

use super::lookup::Lookup;
use crate::model::*;

/// The kind of the changed record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// A mark.
    Mark,
    /// An absence.
    Absence,
    /// A lesson's topic.
    Topic,
    /// Homework.
    Homework,
    /// Anything else.
    Other,
}

/// A change, resolved as far as its record still exists.
#[derive(Clone, Copy, Debug)]
pub(super) struct Resolved {
    pub(super) entry: Entry,
    pub(super) mark: Option<Id<Mark>>,
    pub(super) lesson: Option<Id<Lesson>>,
    pub(super) pupil: Option<Id<Pupil>>,
    /// From `staff_id`, or the account's owner.
    pub(super) author: Option<Id<Staff>>,
}

/// The log.
pub(super) struct Log(pub(super) Vec<Resolved>);

impl Log {
    pub(super) fn new(journal: &Journal) -> Self {
        if journal.changes.is_empty() {
            return Self(Vec::new());
        }
        let keys = Keys::new(journal);
        Self(journal.changes.iter().map(|change| keys.resolve(journal, change)).collect())
    }
}

struct Keys<'a> {
    lessons: Lookup<&'a str, Id<Lesson>>,
    marks: Lookup<&'a str, Id<Mark>>,
    pupils: Lookup<&'a str, Id<Pupil>>,
    accounts: Lookup<&'a str, Id<Staff>>,
}

impl<'a> Keys<'a> {
    fn new(journal: &'a Journal) -> Self {
        let owner = |account: &'a Account| account.staff.map(|staff| (account.key.as_str(), staff));
        Self {
            lessons: journal.lessons.iter().map(|(id, lesson)| (lesson.key.as_str(), id)).collect(),
            marks: journal.marks.iter().map(|(id, mark)| (mark.key.as_str(), id)).collect(),
            pupils: journal.pupils.iter().map(|(id, pupil)| (pupil.key.as_str(), id)).collect(),
            accounts: journal.accounts.iter().filter_map(owner).collect(),
        }
    }

    fn resolve(&self, journal: &Journal, change: &Change) -> Resolved {
        let key = change.record_key.as_str();
        let is_of_marks = change.table == Table::Marks.id();
        let id = is_of_marks.then(|| self.marks.get(key).copied()).flatten();
        let (entry, lesson, pupil) = match Table::parse(&change.table) {
            Some(Table::Marks) => {
                let mark = id.map(|id| &journal.marks[id]);
                (Entry::Mark, mark.map(|mark| mark.lesson), mark.map(|mark| mark.pupil))
            }
            Some(Table::Attendance) => self.absence(key),
            Some(Table::Homework) => (Entry::Homework, self.lessons.get(key).copied(), None),
            Some(Table::Lessons) if change.field == "topic" => {
                (Entry::Topic, self.lessons.get(key).copied(), None)
            }
            Some(Table::Lessons) => (Entry::Other, self.lessons.get(key).copied(), None),
            _ => (Entry::Other, None, None),
        };
        let author = change.staff.or_else(|| self.accounts.get(change.account.as_str()).copied());
        Resolved { entry, mark: id, lesson, pupil, author }
    }

    fn absence(&self, key: &str) -> (Entry, Option<Id<Lesson>>, Option<Id<Pupil>>) {
        let (lesson, pupil) = key.rsplit_once(':').unwrap_or((key, ""));
        (Entry::Absence, self.lessons.get(lesson).copied(), self.pupils.get(pupil).copied())
    }
}
