//! Makes the courses in the blocks, and reports what such reports cannot show.
//!
//! A class's subject is one course. Subjects that differ only in brackets and have no common pupil («Труд
//! (Технология девочки)» and «… мальчики») are courses of groups. A subject in which nobody has a mark is one
//! without marks.

use std::collections::{BTreeMap, BTreeSet};

use super::cell::DayCell;
use super::lines::{fold, is_blank};
use super::tables::{Entry, Sums};
use super::{Import, PupilBlock, at};
use crate::base::problems::ProblemSeverity;
use crate::base::said::said;
use crate::base::source::SourceRef;
use crate::model::*;

/// The record for teachers whom the reports do not name, because every course has a teacher: its id and its
/// name.
const UNKNOWN_TEACHER: &str = "не указан";
const UNKNOWN_NAME: &str = "—";

/// What the blocks of a class show about a subject.
#[derive(Default)]
pub(super) struct Facts {
    pub(super) title: Text,
    pub(super) place: SourceRef,
    pub(super) order: usize,
    /// Pupils with any entry in it.
    pupils: BTreeSet<Id<Pupil>>,
    pub(super) has_numbers: bool,
    pub(super) has_passes: bool,
}

/// The courses in the exchange tables.
pub(super) type KnownCourses = BTreeMap<(Id<Class>, Id<Subject>), Vec<Id<Course>>>;
/// Facts by class and folded title.
pub(super) type AllFacts = BTreeMap<(Id<Class>, String), Facts>;

/// The courses of a class in a subject, by the subject's folded title.
#[derive(Default)]
pub(super) struct Offers {
    subjects: BTreeMap<(Id<Class>, String), Id<Subject>>,
    courses: BTreeMap<(Id<Class>, Id<Subject>), Vec<Id<Course>>>,
}

impl Offers {
    /// Returns the subject with this title in a class's reports.
    pub(super) fn subject(&self, class: Id<Class>, title: &str) -> Option<Id<Subject>> {
        self.subjects.get(&(class, fold(title))).copied()
    }

    /// Returns the course of a pupil of the class in the subject; of several, the one whose group the pupil
    /// is in.
    pub(super) fn course(
        &self,
        journal: &Journal,
        class: Id<Class>,
        subject: Id<Subject>,
        pupil: Id<Pupil>,
    ) -> Option<Id<Course>> {
        let courses = self.courses.get(&(class, subject))?;
        let is_own = |course: &&Id<Course>| match journal.courses[**course].audience {
            Audience::Group(group) => {
                journal.group_members.iter().any(|row| row.group == group && row.pupil == pupil)
            }
            _ => false,
        };
        let of_class =
            |course: &&Id<Course>| matches!(journal.courses[**course].audience, Audience::Class(_));
        let own = if courses.len() > 1 { courses.iter().find(is_own) } else { None };
        own.or_else(|| courses.iter().find(of_class)).or(courses.first()).copied()
    }
}

impl Import<'_> {
    /// Converts the blocks to records.
    pub(super) fn compose(&mut self, blocks: &[PupilBlock]) {
        let terms = self.terms(blocks);
        self.ask_about_moves(blocks, &terms);
        self.divide_stays(blocks, &terms);
        let facts = facts(blocks);
        let offers = self.offers(&facts);
        let has_cells = blocks.iter().any(|block| !block.is_card());
        self.enter(blocks, &offers);
        self.results(blocks, &offers, &terms);
        self.compare_means(blocks, &offers, &terms);
        self.say_terms_without_cells(blocks, &terms);
        self.note_presence(has_cells);
        self.say_limits(blocks, has_cells);
    }

    fn offers(&mut self, facts: &AllFacts) -> Offers {
        let known = self.known_courses();
        let mut offers = Offers { subjects: self.subjects(facts, &known), courses: BTreeMap::new() };
        let mut ordered: Vec<_> = facts.iter().collect();
        ordered.sort_by_key(|((class, _), facts)| (*class, facts.order));
        for ((class, folded), own) in ordered {
            let Some(subject) = offers.subjects.get(&(*class, folded.clone())).copied() else { continue };
            let courses = match known.get(&(*class, subject)) {
                Some(courses) => courses.clone(),
                None => self.new_course(*class, subject, own, is_part(facts, *class, folded)),
            };
            offers.courses.insert((*class, subject), courses);
        }
        offers
    }

    /// Lists the courses in the exchange tables.
    fn known_courses(&self) -> KnownCourses {
        let journal = &self.builder.journal;
        let mut known: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (id, course) in journal.courses.iter() {
            for class in journal.classes_of(course) {
                known.entry((*class, course.subject)).or_default().push(id);
            }
        }
        known
    }

    fn new_course(
        &mut self,
        class: Id<Class>,
        subject: Id<Subject>,
        facts: &Facts,
        is_part: bool,
    ) -> Vec<Id<Course>> {
        // Everyone's block lists the other half's subject too; a subject without any entry is not taught.
        if is_part && facts.pupils.is_empty() {
            return Vec::new();
        }
        let audience =
            if is_part { Audience::Group(self.new_group(class, facts)) } else { Audience::Class(class) };
        let teacher = self.unknown_teacher(facts.place);
        let journal = &self.builder.journal;
        let key = Text::from(format!("{}/{}", journal.classes[class].key, journal.subjects[subject].key));
        let own = grading(facts.has_numbers, facts.has_passes);
        let course = Course {
            key: key.clone(),
            subject,
            audience,
            teacher,
            kind: CourseKind::Lesson,
            grading: (own != journal.subjects[subject].grading).then_some(own),
            ..Course::bare(facts.place)
        };
        let course = self.builder.journal.courses.push(course);
        self.builder.keys.insert(key, course);
        vec![course]
    }

    fn new_group(&mut self, class: Id<Class>, facts: &Facts) -> Id<Group> {
        let journal = &mut self.builder.journal;
        let class_key = &journal.classes[class].key;
        let key = Text::from(format!("{class_key}/{}", facts.title));
        let group = Group {
            key: key.clone(),
            title: Text::from(format!("подгруппа {class_key}")),
            classes: vec![class],
            kind: GroupKind::Group,
            place: facts.place,
        };
        let group = journal.groups.push(group);
        self.builder.keys.insert(key, group);
        let place = facts.place;
        let row = |pupil: &Id<Pupil>| GroupMember { group, pupil: *pupil, ..GroupMember::bare(place) };
        journal.group_members.extend(facts.pupils.iter().map(row));
        let (title, count) = (&facts.title, facts.pupils.len());
        let message = said!(
            "«{title}» — предмет подгруппы: в неё вошли ученики, у которых по нему что-то есть ({count})",
            "\"{title}\" is a group's subject: its pupils are those who have anything in it ({count})"
        );
        let hint = said!(
            "если состав подгруппы другой, добавьте таблицы groups, group_members и courses",
            "if the group is another, add the tables groups, group_members and courses"
        );
        self.note("J618", ProblemSeverity::Notice, place, ("Предмет", title), (message, hint));
        group
    }

    /// Returns the record for teachers who are not named.
    pub(super) fn unknown_teacher(&mut self, place: SourceRef) -> Id<Staff> {
        let builder = &mut *self.builder;
        builder.keys.get::<Staff>(UNKNOWN_TEACHER).unwrap_or_else(|| {
            let key = Text::from(UNKNOWN_TEACHER);
            let staff = Staff { key: key.clone(), name: UNKNOWN_NAME.into(), ..Staff::bare(place) };
            let id = builder.journal.staff.push(staff);
            builder.keys.insert(key, id);
            id
        })
    }

    /// Records which tables and columns now have content, so that rules which need others do not run.
    fn note_presence(&mut self, has_cells: bool) {
        const ALWAYS: &[(Table, &[&str])] = &[
            (Table::Staff, &["staff_id", "name"]),
            (Table::Terms, &["term_id", "kind", "title", "start", "end", "grades"]),
            (Table::Subjects, &["subject_id", "title", "grading"]),
            (Table::Classes, &["class_id", "grade", "letter"]),
            (Table::Pupils, &["pupil_id", "surname", "given_name", "patronymic"]),
            (Table::Enrolment, &["pupil_id", "class_id", "from"]),
            (
                Table::Courses,
                &["course_id", "subject_id", "class_id", "group_id", "teacher_id", "kind", "grading"],
            ),
            (Table::TermMarks, &["pupil_id", "subject_id", "term_id", "kind", "value"]),
        ];
        const GROUPS: &[(Table, &[&str])] = &[
            (Table::Groups, &["group_id", "title", "class_ids", "kind"]),
            (Table::GroupMembers, &["group_id", "pupil_id"]),
        ];
        const CELLS: &[(Table, &[&str])] = &[
            (Table::Lessons, &["lesson_id", "course_id", "date", "number", "status", "teacher_id"]),
            (Table::Marks, &["mark_id", "lesson_id", "pupil_id", "value", "printed"]),
            (Table::Attendance, &["lesson_id", "pupil_id", "reason"]),
        ];
        let journal = &mut self.builder.journal;
        let had_lessons = journal.presence.has(Table::Lessons);
        let given = |is_given: bool, tables: &'static [(Table, &'static [&'static str])]| {
            if is_given { tables } else { &[] }
        };
        let groups = given(!journal.groups.is_empty(), GROUPS);
        for (table, columns) in ALWAYS.iter().chain(groups).chain(given(has_cells, CELLS)) {
            columns.iter().for_each(|column| journal.presence.note(*table, column));
        }
        // A lesson without a mark or an absence leaves no trace in these reports.
        if has_cells && !had_lessons {
            journal.presence.note_partial(Table::Lessons);
        }
    }

    fn say_limits(&mut self, blocks: &[PupilBlock], has_cells: bool) {
        let Some(first) = blocks.first() else { return };
        let place = at(first.origin, 1);
        let hint = said!(
            "чего не хватает, можно добавить таблицами формата обмена",
            "what is missing may be added as tables of the exchange format"
        );
        let message = said!(
            "в отчётах нет учителей (стоит «{UNKNOWN_NAME}»), движения учеников, тем, заданий, видов и весов работ, времени записи: проверки, которым они нужны, не выполняются",
            "the reports have no teachers (\"{UNKNOWN_NAME}\" stands for them), moves, topics, homework, kinds and weights of works, times of entry: checks that need them are not run"
        );
        self.note("J619", ProblemSeverity::Notice, place, ("", ""), (message, hint.clone()));
        if has_cells {
            let is_bare = |entry: &Entry| entry.text.is_empty();
            let mut entries = blocks.iter().flat_map(|block| &block.rows).flat_map(|row| &row.entries);
            let (seen, seen_en) = if entries.any(is_bare) {
                (
                    "отметка, пропуск или пустая ячейка урока",
                    "a mark, an absence or a lesson's empty cell stands",
                )
            } else {
                ("отметка или пропуск", "a mark or an absence stands")
            };
            let message = said!(
                "уроки видны в отчёте только там, где стоит {seen}; номер урока — его место среди столбцов дня",
                "lessons show in the report only where {seen_en}; a lesson's number is its place among the day's columns"
            );
            self.note("J626", ProblemSeverity::Notice, place, ("", ""), (message, hint));
        }
    }
}

pub(super) fn grading(has_numbers: bool, has_passes: bool) -> Grading {
    match (has_numbers, has_passes) {
        (true, _) => Grading::Five,
        (false, true) => Grading::Pass,
        (false, false) => Grading::None,
    }
}

fn facts(blocks: &[PupilBlock]) -> AllFacts {
    let mut all = AllFacts::new();
    for block in blocks {
        for row in &block.rows {
            let facts = look_up(&mut all, block, &row.subject, row.row);
            let signed = row.entries.iter().filter(|entry| !entry.text.is_empty());
            signed.for_each(|entry| facts.take_cell(block.pupil, &entry.cell));
            let sums = row.terms.iter().chain([&row.sums]);
            sums.for_each(|sums| facts.take_sums(block.pupil, sums));
            row.year.iter().for_each(|text| facts.take_result(block.pupil, text));
        }
    }
    all
}

fn look_up<'a>(all: &'a mut AllFacts, block: &PupilBlock, title: &Text, row: u32) -> &'a mut Facts {
    let order = all.len();
    all.entry((block.class, fold(title))).or_insert_with(|| Facts {
        title: title.clone(),
        place: at(block.origin, row),
        order,
        ..Facts::default()
    })
}

impl Facts {
    fn take_cell(&mut self, pupil: Id<Pupil>, cell: &DayCell) {
        self.pupils.insert(pupil);
        for sign in cell.marks() {
            let is_pass = matches!(sign.value, MarkValue::Pass | MarkValue::Fail);
            *if is_pass { &mut self.has_passes } else { &mut self.has_numbers } = true;
        }
    }

    fn take_sums(&mut self, pupil: Id<Pupil>, sums: &Sums) {
        if sums.mean.is_some_and(|mean| mean.value > 0.0) {
            self.pupils.insert(pupil);
            self.has_numbers = true;
        }
        self.take_result(pupil, &sums.result);
    }

    fn take_result(&mut self, pupil: Id<Pupil>, text: &str) {
        if is_blank(text) {
            return;
        }
        self.pupils.insert(pupil);
        let is_pass = fold(text).contains("зач");
        *if is_pass { &mut self.has_passes } else { &mut self.has_numbers } = true;
    }
}

/// Returns whether a class's subject belongs to a part of the class: another subject differs only in
/// brackets, and no pupil has both.
fn is_part(facts: &AllFacts, class: Id<Class>, folded: &str) -> bool {
    let Some(stem) = stem(folded) else { return false };
    let of_class = facts.range((class, String::new())..).take_while(|((other, _), _)| *other == class);
    let parts: Vec<&Facts> =
        of_class.filter(|((_, other), _)| self::stem(other) == Some(stem)).map(|(_, facts)| facts).collect();
    let all: BTreeSet<_> = parts.iter().flat_map(|part| &part.pupils).collect();
    let count: usize = parts.iter().map(|part| part.pupils.len()).sum();
    parts.len() > 1 && !all.is_empty() && all.len() == count
}

/// Returns the text before the brackets at a title's end.
fn stem(folded: &str) -> Option<&str> {
    let (stem, _) = folded.strip_suffix(')')?.split_once('(')?;
    Some(stem.trim()).filter(|stem| !stem.is_empty())
}
