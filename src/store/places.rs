//! Describes a row of a bag's tables in words: class, subject, date of the lesson, the pupil's file number.
//! Nobody is named: a person without a file number is given as a row of the table of persons.

use std::collections::BTreeMap;

use anyhow::Result;

use super::tables::Table;
use crate::bagit::stored::StoredBag;
use crate::base::folders;
use crate::base::said::AtPlace;
use crate::model::schema::{Kind, TABLES, TableSchema};

/// The text in place of a value that says something about a person.
pub(super) const WITHHELD: &str = "(личные данные)";

/// Columns whose values may say something about a person: names, addresses, health, and free text. The rest
/// are codes, dates, figures, and texts about a lesson.
const PERSONAL: &[(&str, &[&str])] = &[
    ("staff", &["name"]),
    (
        "pupils",
        &[
            "surname",
            "given_name",
            "patronymic",
            "birth_date",
            "sex",
            "address",
            "phone",
            "parents",
            "health_group",
            "pe_group",
        ],
    ),
    ("enrolment", &["out_reason"]),
    ("groups", &["title"]),
    ("marks", &["comment"]),
    ("attendance", &["comment"]),
    ("accounts", &["account"]),
    ("changes", &["account", "record_id", "old", "new"]),
    ("breaches", &["account", "note"]),
    ("consents", &["parent", "phone", "email"]),
    ("acknowledgements", &["parent"]),
    ("recommendations", &["text"]),
    ("remarks", &["text"]),
    ("aliases", &["name", "id"]),
];

/// Columns that refer to a pupil or to an employee: their ids may be made of names.
const PUPILS: &[&str] = &["pupil_id"];
const EMPLOYEES: &[&str] = &["staff_id", "teacher_id", "replaces_teacher_id", "recorded_by"];

/// The subject of a row; a field is empty if the row does not have it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The class, several separated by `;`.
    pub class: String,
    /// The subject.
    pub subject: String,
    /// The date of the lesson, or that of the row.
    pub date: String,
    /// The term, if the row belongs to one.
    pub term: String,
    /// The pupil's file number (номер личного дела), or the row in `pupils.csv`.
    pub file_number: String,
}

/// One table by the ids in its first column.
#[derive(Default)]
struct Index {
    table: Option<Table>,
    rows: BTreeMap<String, usize>,
}

impl Index {
    fn of(bag: &StoredBag, name: &str) -> Result<Self> {
        let path = path_of(name);
        if bag.entry(&path).is_none() {
            return Ok(Self::default());
        }
        let table = Table::read(&bag.read(&path)?).at(path)?;
        let ids = (0..).zip(&table.rows).filter_map(|(at, row)| Some((row.first()?.clone(), at)));
        Ok(Self { rows: ids.collect(), table: Some(table) })
    }

    fn cell(&self, id: &str, column: &str) -> Option<&str> {
        let table = self.table.as_ref()?;
        let cell = table.rows.get(*self.rows.get(id)?)?.get(table.column(column)?)?;
        Some(cell.as_str()).filter(|cell| !cell.is_empty())
    }

    /// Returns the line of an id in its file.
    fn line(&self, id: &str) -> Option<usize> {
        self.rows.get(id).map(|at| at + 2)
    }
}

/// The tables of a bag that describe the subjects of the other tables' rows.
pub(super) struct Places {
    lessons: Index,
    courses: Index,
    subjects: Index,
    terms: Index,
    groups: Index,
    pupils: Index,
    staff: Index,
    stays: BTreeMap<String, Vec<Stay>>,
}

/// A stay in a class: first day, last day if there is one, class.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Stay {
    from: String,
    to: String,
    class: String,
}

impl Stay {
    /// Returns the stays of every pupil, by their first day.
    fn of(bag: &StoredBag) -> Result<BTreeMap<String, Vec<Self>>> {
        let path = path_of("enrolment");
        let mut stays: BTreeMap<String, Vec<Self>> = BTreeMap::new();
        if bag.entry(&path).is_none() {
            return Ok(stays);
        }
        let table = Table::read(&bag.read(&path)?).at(path)?;
        for row in &table.rows {
            let cell = |name: &str| table.column(name).map(|at| row[at].clone()).unwrap_or_default();
            let stay = Self { from: cell("from"), to: cell("to"), class: cell("class_id") };
            stays.entry(cell("pupil_id")).or_default().push(stay);
        }
        stays.values_mut().for_each(|stays| stays.sort());
        Ok(stays)
    }

    fn has(&self, date: &str) -> bool {
        self.from.as_str() <= date && (self.to.is_empty() || date <= self.to.as_str())
    }
}

impl Places {
    /// Reads them.
    ///
    /// # Errors
    /// When one of them is not a table.
    pub(super) fn of(bag: &StoredBag) -> Result<Self> {
        Ok(Self {
            lessons: Index::of(bag, "lessons")?,
            courses: Index::of(bag, "courses")?,
            subjects: Index::of(bag, "subjects")?,
            terms: Index::of(bag, "terms")?,
            groups: Index::of(bag, "groups")?,
            pupils: Index::of(bag, "pupils")?,
            staff: Index::of(bag, "staff")?,
            stays: Stay::of(bag)?,
        })
    }

    /// Returns the subject of a row.
    pub(super) fn place(&self, header: &[String], row: &[String]) -> Place {
        let own = |name: &str| {
            let at = header.iter().position(|column| column == name)?;
            row.get(at).map(String::as_str).filter(|cell| !cell.is_empty())
        };
        let lesson = own("lesson_id");
        let of_lesson = |column: &str| lesson.and_then(|lesson| self.lessons.cell(lesson, column));
        let course = own("course_id").or_else(|| of_lesson("course_id"));
        let of_course = |column: &str| course.and_then(|course| self.courses.cell(course, column));
        let subject = own("subject_id").or_else(|| of_course("subject_id"));
        let date = own("date").or_else(|| of_lesson("date")).unwrap_or_default();
        let pupil = own("pupil_id");
        let group = own("group_id").or_else(|| of_course("group_id"));
        let class = own("class_id")
            .or_else(|| own("class_ids"))
            .or_else(|| pupil.and_then(|pupil| self.class_of(pupil, date)))
            .or_else(|| of_course("class_id"))
            .or_else(|| group.and_then(|group| self.groups.cell(group, "class_ids")));
        let title = subject.and_then(|subject| self.subjects.cell(subject, "title")).or(subject);
        Place {
            class: class.unwrap_or_default().to_owned(),
            subject: title.unwrap_or_default().to_owned(),
            date: date.to_owned(),
            term: own("term_id")
                .map(|term| self.terms.cell(term, "title").unwrap_or(term).to_owned())
                .unwrap_or_default(),
            file_number: pupil.map(|pupil| self.file_number(pupil)).unwrap_or_default(),
        }
    }

    /// Returns the class of a pupil on a date; the last one without a date or outside every stay.
    fn class_of(&self, pupil: &str, date: &str) -> Option<&str> {
        let stays = self.stays.get(pupil)?;
        let then = stays.iter().rev().find(|stay| !date.is_empty() && stay.has(date));
        then.or(stays.last()).map(|stay| stay.class.as_str())
    }

    fn file_number(&self, pupil: &str) -> String {
        let known = self.pupils.cell(pupil, "file_number").map(str::to_owned);
        known.unwrap_or_else(|| {
            self.pupils.line(pupil).map(|line| format!("pupils.csv, строка {line}")).unwrap_or_default()
        })
    }

    /// Returns a value in the form allowed in a list of changes.
    pub(super) fn shown(&self, table: &str, column: &str, value: &str, is_of_pupil: bool) -> String {
        if value.is_empty() {
            return String::new();
        }
        if PUPILS.contains(&column) {
            return self.file_number(value);
        }
        if EMPLOYEES.contains(&column) {
            let line = self.staff.line(value);
            return line.map_or(WITHHELD.to_owned(), |line| format!("staff.csv, строка {line}"));
        }
        // A task for one pupil may say something about the pupil; one for the class does not.
        let is_private = is_of_pupil && table == "homework" && column == "text";
        if is_private || is_personal(table, column) { WITHHELD.to_owned() } else { value.to_owned() }
    }
}

/// Returns the path of a table in its bag.
fn path_of(name: &str) -> String {
    format!("{}/{name}.csv", folders::TABLES)
}

/// Returns whether a column's values say something about a person. An unknown column counts as personal.
fn is_personal(table: &str, column: &str) -> bool {
    let listed = PERSONAL.iter().any(|(name, columns)| *name == table && columns.contains(&column));
    let known = schema(table).is_some_and(|schema| schema.columns.iter().any(|own| own.id == column));
    listed || !known
}

fn schema(table: &str) -> Option<&'static TableSchema> {
    TABLES.iter().find(|schema| schema.table.id() == table)
}

/// Returns the Russian title of a column, or its id.
pub(super) fn title(table: &str, column: &str) -> String {
    let own = schema(table).and_then(|schema| schema.columns.iter().find(|own| own.id == column));
    own.map_or(column, |own| own.title).to_owned()
}

/// Returns the column that says most about a new or removed row: the mark, the reason, the topic.
pub(super) fn telling_column(table: &str) -> Option<&'static str> {
    let columns = schema(table)?.columns;
    let named = ["value", "reason", "topic", "text", "title", "kind"];
    let found = named.into_iter().find(|name| columns.iter().any(|column| column.id == *name));
    found.filter(|name| columns.iter().any(|column| column.id == *name && column.kind == Kind::Text))
}
