//! Collects records into the journal, table by table, and remembers which id leads where.

use std::sync::Arc;

use super::identity::Identity;
use super::rows;
use crate::ingest::aliases::Aliases;
use crate::ingest::fields::Fields;
use crate::ingest::keys::Keys;
use crate::ingest::positions::Positions;
use crate::ingest::problems::Problems;
use crate::ingest::raw::RowCells;
use crate::ingest::seen::Seen;
use crate::ingest::trust::Sources;
use crate::model::*;

/// The journal during reading.
pub(crate) struct Builder {
    pub(crate) journal: Journal,
    pub(crate) problems: Problems,
    pub(crate) keys: AllKeys,
    /// What sources call records.
    pub(crate) aliases: Arc<Aliases>,
    /// The origins, and which of them is believed.
    pub(crate) sources: Sources,
}

/// The ids of every table that others refer to.
pub(crate) struct AllKeys {
    pub(crate) staff: Keys<Staff>,
    pub(crate) terms: Keys<Term>,
    pub(crate) subjects: Keys<Subject>,
    pub(crate) classes: Keys<Class>,
    pub(crate) pupils: Keys<Pupil>,
    pub(crate) groups: Keys<Group>,
    pub(crate) courses: Keys<Course>,
    pub(crate) lessons: Keys<Lesson>,
    pub(crate) works: Keys<Work>,
    pub(crate) marks: Seen,
}

impl AllKeys {
    fn new() -> Self {
        Self {
            staff: Keys::of(Table::Staff),
            terms: Keys::of(Table::Terms),
            subjects: Keys::of(Table::Subjects),
            classes: Keys::of(Table::Classes),
            pupils: Keys::of(Table::Pupils),
            groups: Keys::of(Table::Groups),
            courses: Keys::of(Table::Courses),
            lessons: Keys::of(Table::Lessons),
            works: Keys::of(Table::Works),
            marks: Seen::default(),
        }
    }

    /// Tells whether a table has a record of this id.
    pub(crate) fn has(&self, table: Table, id: &str) -> bool {
        match table {
            Table::Staff => self.staff.get(id).is_some(),
            Table::Terms => self.terms.get(id).is_some(),
            Table::Subjects => self.subjects.get(id).is_some(),
            Table::Classes => self.classes.get(id).is_some(),
            Table::Pupils => self.pupils.get(id).is_some(),
            Table::Groups => self.groups.get(id).is_some(),
            Table::Courses => self.courses.get(id).is_some(),
            Table::Lessons => self.lessons.get(id).is_some(),
            Table::Works => self.works.get(id).is_some(),
            _ => false,
        }
    }
}

/// Adds a record with an id of its own, or remembers that it was left out.
macro_rules! keyed {
    ($fields:ident, $record:expr, $arena:expr, $keys:expr) => {{
        let record = $record;
        if $fields.is_bad() {
            $keys.leave_out(record.key);
            return false;
        }
        if let Some(first) = $keys.get(&record.key).map(|id| &$arena[id]) {
            let other = (!first.is_same(&record)).then_some(first.place.row);
            $fields.reject_twin(&record.key, other);
            if other.is_some() {
                $keys.make_ambiguous(&record.key);
            }
            return false;
        }
        if $keys.is_ambiguous(&record.key) {
            $fields.reject_twin(&record.key, None);
            return false;
        }
        let key = record.key.clone();
        let id = $arena.push(record);
        $keys.insert(key, id);
    }};
}

/// Adds a record that nothing refers to.
macro_rules! plain {
    ($fields:ident, $record:expr, $list:expr) => {{
        let record = $record;
        if $fields.is_bad() {
            return false;
        }
        $list.push(record);
    }};
}

/// The largest table by far, to which no other refers.
fn read_mark(fields: &mut Fields<'_>, journal: &mut Journal, keys: &mut AllKeys) -> bool {
    let mark = rows::mark(fields, keys);
    if fields.is_bad() {
        return false;
    }
    if !keys.marks.is_new(&mark.key, journal.marks.values().map(|mark| &mark.key)) {
        fields.reject_twin(&mark.key, None);
        return false;
    }
    journal.marks.push(mark);
    true
}

impl Builder {
    pub(crate) fn new(journal: Journal, problems: Problems, sources: Sources) -> Self {
        Self { journal, problems, keys: AllKeys::new(), aliases: Arc::default(), sources }
    }

    /// Makes room for the rows of a large table.
    pub(super) fn reserve(&mut self, table: Table, rows: usize) {
        let (journal, keys) = (&mut self.journal, &mut self.keys);
        match table {
            Table::Lessons => {
                journal.lessons.reserve(rows);
                keys.lessons.reserve(rows);
            }
            Table::Marks => journal.marks.reserve(rows),
            Table::Works => keys.works.reserve(rows),
            Table::Attendance => journal.absences.reserve(rows),
            Table::Changes => journal.changes.reserve(rows),
            _ => {}
        }
    }

    /// Reads one row of a table; false if it was left out.
    pub(super) fn read_row(
        &mut self,
        table: Table,
        (row, number): (RowCells<'_>, u32),
        at: (&Positions, &Aliases),
    ) -> bool {
        let Self { journal, keys, problems, .. } = self;
        let fields = &mut Fields::new(row, number, at, problems);
        match table {
            Table::Staff => keyed!(fields, rows::staff(fields, keys), journal.staff, keys.staff),
            Table::Terms => keyed!(fields, rows::term(fields, keys), journal.terms, keys.terms),
            Table::Subjects => keyed!(fields, rows::subject(fields, keys), journal.subjects, keys.subjects),
            Table::Classes => keyed!(fields, rows::class(fields, keys), journal.classes, keys.classes),
            Table::Pupils => keyed!(fields, rows::pupil(fields, keys), journal.pupils, keys.pupils),
            Table::Groups => keyed!(fields, rows::group(fields, keys), journal.groups, keys.groups),
            Table::Courses => keyed!(fields, rows::course(fields, keys), journal.courses, keys.courses),
            Table::Lessons => {
                keyed!(fields, rows::lesson(fields, keys, journal), journal.lessons, keys.lessons);
            }
            Table::Works => keyed!(fields, rows::work(fields, keys), journal.works, keys.works),
            Table::Marks => return read_mark(fields, journal, keys),
            _ => return read_plain_row(table, fields, journal, keys),
        }
        true
    }
}

fn read_plain_row(table: Table, fields: &mut Fields<'_>, journal: &mut Journal, keys: &AllKeys) -> bool {
    match table {
        Table::Holidays => plain!(fields, rows::holiday(fields), journal.holidays),
        Table::Bells => plain!(fields, rows::bell(fields), journal.bells),
        Table::Suspensions => plain!(fields, rows::suspension(fields, keys), journal.suspensions),
        Table::Enrolment => plain!(fields, rows::enrolment(fields, keys), journal.enrolment),
        Table::GroupMembers => plain!(fields, rows::group_member(fields, keys), journal.group_members),
        Table::CourseTeachers => {
            plain!(fields, rows::course_teacher(fields, keys), journal.course_teachers);
        }
        Table::Curriculum => plain!(fields, rows::curriculum(fields, keys), journal.curriculum),
        Table::LessonPlans => plain!(fields, rows::planned_lesson(fields, keys), journal.lesson_plans),
        Table::Timetable => plain!(fields, rows::timetable(fields, keys), journal.timetable),
        Table::DayMoves => plain!(fields, rows::day_move(fields), journal.day_moves),
        Table::Homework => plain!(fields, rows::homework(fields, keys), journal.homework),
        Table::Attendance => plain!(fields, rows::absence(fields, keys), journal.absences),
        Table::AbsenceRegister => plain!(fields, rows::register(fields, keys), journal.register),
        Table::TermMarks => plain!(fields, rows::term_mark(fields, keys), journal.term_marks),
        Table::Accounts => plain!(fields, rows::account(fields, keys), journal.accounts),
        Table::Changes => plain!(fields, rows::change(fields, keys), journal.changes),
        Table::Breaches => plain!(fields, rows::breach(fields), journal.breaches),
        Table::Consents => plain!(fields, rows::consent(fields, keys), journal.consents),
        Table::Acknowledgements => {
            plain!(fields, rows::acknowledgement(fields, keys), journal.acknowledgements);
        }
        Table::Recommendations => {
            plain!(fields, rows::recommendation(fields, keys), journal.recommendations);
        }
        Table::Remarks => plain!(fields, rows::remark(fields, keys), journal.remarks),
        Table::Setup => plain!(fields, rows::setup(fields, keys), journal.setup),
        Table::Decisions => plain!(fields, rows::decision(fields, keys), journal.decisions),
        Table::Aliases => plain!(fields, rows::alias(fields, journal), journal.aliases),
        // `read_row` handles every other table.
        _ => return false,
    }
    true
}
