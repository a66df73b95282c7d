//! The lists of the journal for the records of each table, and every table with its columns.

use super::cells::Referred;
use super::columns::TableSchema;
use super::id::{Arena, Id};
use super::journal::Journal;
use super::records::*;
use super::row::Row;
use super::tables::Table;
use super::values::Text;

/// A list of records, whether or not others refer to them.
pub trait Records<R> {
    /// Walks them in the order they were read.
    fn each(&self) -> std::slice::Iter<'_, R>;
    /// Adds one.
    fn add(&mut self, record: R);
    /// Reserves room for more records.
    fn make_room(&mut self, count: usize);
}

impl<R> Records<R> for Vec<R> {
    fn each(&self) -> std::slice::Iter<'_, R> {
        self.iter()
    }
    fn add(&mut self, record: R) {
        self.push(record);
    }
    fn make_room(&mut self, count: usize) {
        self.reserve(count);
    }
}

impl<R> Records<R> for Arena<R> {
    fn each(&self) -> std::slice::Iter<'_, R> {
        self.values()
    }
    fn add(&mut self, record: R) {
        self.push(record);
    }
    fn make_room(&mut self, count: usize) {
        self.reserve(count);
    }
}

/// A record that the journal keeps.
pub trait Stored: Row {
    /// The list it is kept in.
    type List: Records<Self>;
    /// Returns the journal's list.
    fn list(journal: &Journal) -> &Self::List;
    /// Returns the journal's list, for adding records.
    fn list_mut(journal: &mut Journal) -> &mut Self::List;
}

/// An action on the records of any table.
pub trait Visit {
    /// What it gives.
    type Given;
    /// Acts on the records of a table.
    fn visit<R: Stored>(self) -> Self::Given;
}

macro_rules! stored {
    ($($Table:ident: $List:ident<$Record:ident> in $field:ident;)*) => {
        $(impl Stored for $Record {
            type List = $List<$Record>;
            fn list(journal: &Journal) -> &Self::List {
                &journal.$field
            }
            fn list_mut(journal: &mut Journal) -> &mut Self::List {
                &mut journal.$field
            }
        })*

        /// Every table, in the order of [`Table::ALL`].
        pub const TABLES: &[TableSchema] = &[$(<$Record as Row>::SCHEMA),*];

        impl Table {
            /// Acts on the table's records.
            pub fn visit<V: Visit>(self, visit: V) -> V::Given {
                match self { $(Self::$Table => visit.visit::<$Record>(),)* }
            }
        }
    };
}

stored! {
    Staff: Arena<Staff> in staff;
    Terms: Arena<Term> in terms;
    Holidays: Vec<Holiday> in holidays;
    Bells: Vec<Bell> in bells;
    Subjects: Arena<Subject> in subjects;
    Classes: Arena<Class> in classes;
    Suspensions: Vec<Suspension> in suspensions;
    Pupils: Arena<Pupil> in pupils;
    Enrolment: Vec<Enrolment> in enrolment;
    Groups: Arena<Group> in groups;
    GroupMembers: Vec<GroupMember> in group_members;
    Courses: Arena<Course> in courses;
    CourseTeachers: Vec<CourseTeacher> in course_teachers;
    Curriculum: Vec<Curriculum> in curriculum;
    LessonPlans: Vec<PlannedLesson> in lesson_plans;
    Timetable: Vec<TimetableRow> in timetable;
    DayMoves: Vec<DayMove> in day_moves;
    Lessons: Arena<Lesson> in lessons;
    Homework: Arena<Homework> in homework;
    Works: Arena<Work> in works;
    Marks: Arena<Mark> in marks;
    Attendance: Arena<Absence> in absences;
    AbsenceRegister: Vec<RegisterRow> in register;
    TermMarks: Arena<TermMark> in term_marks;
    Accounts: Vec<Account> in accounts;
    Changes: Vec<Change> in changes;
    Breaches: Vec<Breach> in breaches;
    Consents: Vec<Consent> in consents;
    Acknowledgements: Vec<Acknowledgement> in acknowledgements;
    Recommendations: Vec<Recommendation> in recommendations;
    Remarks: Vec<Remark> in remarks;
    Setup: Vec<SetupStep> in setup;
    Decisions: Vec<Decision> in decisions;
    Aliases: Vec<Alias> in aliases;
}

// A table is found by its position.
const _: () = {
    let mut at = 0;
    while at < Table::ALL.len() {
        assert!(TABLES[at].table as usize == at && Table::ALL[at] as usize == at);
        at += 1;
    }
};

/// Returns a table with its columns.
pub fn schema_of(table: Table) -> &'static TableSchema {
    &TABLES[table as usize]
}

/// A record that others refer to, kept in the journal.
pub trait Keyed: Referred + Stored<List = Arena<Self>> {
    /// Returns its id in the exchange format.
    fn key(&self) -> &Text;
    /// Returns the number of its row.
    fn row(&self) -> u32;
}

/// Declares the records that others refer to, with what people are told of a cell with such an id.
macro_rules! keyed {
    ($($Record:ident of $Table:ident, $note:literal;)*) => {
        $(impl Referred for $Record {
            const TABLE: Table = Table::$Table;
            const NOTE: &'static str = $note;
        }

        impl Keyed for $Record {
            fn key(&self) -> &Text {
                &self.key
            }
            fn row(&self) -> u32 {
                self.place.row
            }
        })*

        impl Journal {
            /// Returns the id in the exchange format of a record that others refer to.
            pub fn key_of<T: Referred>(&self, id: Id<T>) -> Text {
                $(if T::TABLE as usize == $Record::TABLE as usize {
                    return self.key_at::<$Record>(id.index());
                })*
                Text::new()
            }
        }
    };
}

impl Journal {
    fn key_at<R: Keyed>(&self, index: usize) -> Text {
        R::list(self).get(Id::new(index)).map_or(Text::new(), |record| record.key().clone())
    }
}

keyed! {
    Staff of Staff, "Код сотрудника с листа «Сотрудники».";
    Term of Terms, "Код периода с листа «Периоды».";
    Subject of Subjects, "Код предмета с листа «Предметы».";
    Class of Classes, "Класс с листа «Классы»: 5А.";
    Pupil of Pupils, "Код ученика с листа «Ученики».";
    Group of Groups, "Код группы с листа «Группы».";
    Course of Courses, "Код курса с листа «Курсы».";
    Lesson of Lessons, "Код урока с листа «Уроки».";
    Work of Works, "Код работы с листа «Работы».";
}
