//! The subject of each document of a report: the school, a class, a teacher, a subject, an act; in the year
//! or in a term.

use std::collections::BTreeSet;

use anyhow::Result;

use super::context::ReportContext;
use crate::base::said::{Tell, refuse, said};
use crate::model::*;
use crate::render::format;
use crate::render::measure::clean;

/// The kind of subject for which a report has a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Each {
    /// One document for the school and year.
    School,
    /// One for the school in each of these terms.
    SchoolIn(Terms),
    /// One for each class and the year.
    Class,
    /// One for each class in each of these terms.
    ClassIn(Terms),
    /// One for the school and one for each class, in each of these terms.
    SchoolAndClassIn(Terms),
    /// One for each teacher of a course in each of these terms.
    TeacherIn(Terms),
    /// One for each subject that is taught, in each of these terms.
    SubjectIn(Terms),
    /// One for each reported breach of confidentiality.
    Breach,
}

/// The kind of lines that list documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lines {
    /// A line for each class.
    Classes,
    /// A line for each teacher.
    Teachers,
    /// A line for each subject.
    Subjects,
}

/// Which terms, of those that have ended and so have figures; for a class, a teacher or a subject those of
/// its grades.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Terms {
    /// All of them, including the year.
    Ended,
    /// The one that ended last, without the year; two if grades have different terms that end on one day.
    Last,
    /// The year.
    Year,
    /// The one that ended last, and the year.
    LastAndYear,
}

/// The subject of one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// Of whom or what.
    pub of: Of,
    /// The term; `None` means the year as a whole.
    pub term: Option<Id<Term>>,
}

/// The school, a class, a person, a subject or an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Of {
    /// The school.
    School,
    /// A class.
    Class(Id<Class>),
    /// A teacher.
    Teacher(Id<Staff>),
    /// A subject.
    Subject(Id<Subject>),
    /// A breach, by its place among them: the first is 0.
    Breach(usize),
}

impl Each {
    /// Returns what its documents are listed by, line by line; `None`: they speak of the school.
    pub(super) const fn lines(self) -> Option<Lines> {
        match self {
            Self::School | Self::SchoolIn(_) | Self::Breach => None,
            Self::Class | Self::ClassIn(_) | Self::SchoolAndClassIn(_) => Some(Lines::Classes),
            Self::TeacherIn(_) => Some(Lines::Teachers),
            Self::SubjectIn(_) => Some(Lines::Subjects),
        }
    }

    /// Lists what its documents speak of: as people look for them, terms as the year goes.
    pub fn abouts(self, context: &ReportContext<'_>) -> Vec<About> {
        self.abouts_of(context, None)
    }

    /// Lists the same; where terms were chosen, those of them that have figures stand in the place of its own.
    pub(super) fn abouts_of(
        self,
        context: &ReportContext<'_>,
        chosen: Option<&BTreeSet<Id<Term>>>,
    ) -> Vec<About> {
        let (of, terms) = match self {
            Self::School => (vec![Of::School], None),
            Self::SchoolIn(terms) => (vec![Of::School], Some(terms)),
            Self::Class => (classes(context.journal), None),
            Self::ClassIn(terms) => (classes(context.journal), Some(terms)),
            Self::SchoolAndClassIn(terms) => {
                ([vec![Of::School], classes(context.journal)].concat(), Some(terms))
            }
            Self::TeacherIn(terms) => (teachers(context.journal), Some(terms)),
            Self::SubjectIn(terms) => (subjects(context.journal), Some(terms)),
            Self::Breach => ((0..context.journal.breaches.len()).map(Of::Breach).collect(), None),
        };
        let Some(terms) = terms else {
            return of.into_iter().map(|of| About { of, term: None }).collect();
        };
        let counted = terms_with_figures(context);
        let in_terms = |of: Of| {
            let mut own = chosen.map_or(terms, |_| Terms::Ended).chosen(context.journal, &counted, of);
            own.retain(|term| chosen.is_none_or(|chosen| chosen.contains(term)));
            own.into_iter().map(move |term| About { of, term: Some(term) })
        };
        of.into_iter().flat_map(in_terms).collect()
    }
}

impl Lines {
    /// Returns what stands over the names of the lines.
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Classes => "Класс",
            Self::Teachers => "Учитель",
            Self::Subjects => "Предмет",
        }
    }
}

impl Terms {
    /// Chooses among the terms that have figures those of whom a document speaks.
    fn chosen(self, journal: &Journal, counted: &[Id<Term>], of: Of) -> Vec<Id<Term>> {
        let grades = grades_of(journal, of);
        let is_own =
            |term: &Term| grades.as_ref().is_none_or(|own| own.iter().any(|one| term.grades.contains(*one)));
        let own = counted.iter().copied().filter(|id| is_own(&journal.terms[*id]));
        let is_year = |id: &Id<Term>| journal.terms[*id].kind == TermKind::Year;
        let parts = own.clone().filter(|id| !is_year(id));
        let last_day = parts.clone().map(|id| journal.terms[id].span.to).max();
        let last = parts.filter(|id| Some(journal.terms[*id].span.to) == last_day);
        match self {
            Self::Ended => own.collect(),
            Self::Last => last.collect(),
            Self::Year => own.filter(is_year).collect(),
            Self::LastAndYear => last.chain(own.filter(is_year)).collect(),
        }
    }
}

impl About {
    /// Speaks of the year as a whole.
    pub const fn year_of(of: Of) -> Self {
        Self { of, term: None }
    }

    /// Returns the class of a document.
    ///
    /// # Errors
    /// When its report is not for classes, which is a fault of the program.
    pub fn class(&self) -> Result<Id<Class>> {
        match self.of {
            Of::Class(id) => Ok(id),
            _ => refuse!(
                "отчёт не о том, чего просит: нужно назвать класс",
                "a report that is not made for each class asks for a class"
            ),
        }
    }

    /// Returns the teacher of a document.
    ///
    /// # Errors
    /// When its report is not for teachers, which is a fault of the program.
    pub fn teacher(&self) -> Result<Id<Staff>> {
        match self.of {
            Of::Teacher(id) => Ok(id),
            _ => refuse!(
                "отчёт не о том, чего просит: нужно назвать учителя",
                "a report that is not made for each teacher asks for a teacher"
            ),
        }
    }

    /// Returns the subject of a document.
    ///
    /// # Errors
    /// When its report is not for subjects, which is a fault of the program.
    pub fn subject(&self) -> Result<Id<Subject>> {
        match self.of {
            Of::Subject(id) => Ok(id),
            _ => refuse!(
                "отчёт не о том, чего просит: нужно назвать предмет",
                "a report that is not made for each subject asks for a subject"
            ),
        }
    }

    /// Returns the term of a document.
    ///
    /// # Errors
    /// When its report is not for terms, which is a fault of the program.
    pub fn term(&self) -> Result<Id<Term>> {
        self.term.told(|| {
            said!("отчёт за год просит назвать период", "a report that is made for the year asks for a term")
        })
    }

    /// Returns its part of a file name, from the keys of the tables: `5А-Q4`; empty for the school and year.
    pub(super) fn key(&self, journal: &Journal) -> String {
        let of = match self.of {
            Of::School => String::new(),
            Of::Class(id) => journal.classes[id].key.to_string(),
            Of::Teacher(id) => journal.staff[id].key.to_string(),
            Of::Subject(id) => journal.subjects[id].key.to_string(),
            Of::Breach(index) => (index + 1).to_string(),
        };
        let term = self.term.map(|id| journal.terms[id].key.to_string());
        [Some(of), term].into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
    }

    /// Returns the title of a document with its subject. It names no person, because the record of a build
    /// has it too.
    pub(super) fn titled(&self, title: &str, journal: &Journal) -> String {
        let of = match self.of {
            Of::School => String::new(),
            Of::Class(id) => format!(", {} класс", journal.classes[id].key),
            Of::Teacher(id) => format!(", учитель {}", journal.staff[id].key),
            Of::Subject(id) => format!(", {}", clean(&journal.subjects[id].title)),
            Of::Breach(index) => format!(" № {}", index + 1),
        };
        let term = self.term.map(|id| format!(": {}", format::years(&journal.terms[id].title)));
        format!("{title}{of}{}", term.unwrap_or_default())
    }

    /// Returns the name of its line on the index page, which may name people.
    pub(super) fn line(&self, journal: &Journal) -> String {
        match self.of {
            Of::School | Of::Breach(_) => String::new(),
            Of::Class(id) => journal.classes[id].key.to_string(),
            Of::Teacher(id) => format::initials(&clean(&journal.staff[id].name)),
            Of::Subject(id) => clean(&journal.subjects[id].title),
        }
    }
}

/// Lists the classes by grade and name.
pub(super) fn classes(journal: &Journal) -> Vec<Of> {
    let mut classes: Vec<Id<Class>> = journal.classes.ids().collect();
    classes.sort_by_key(|id| (journal.classes[*id].grade, journal.classes[*id].key.clone()));
    classes.into_iter().map(Of::Class).collect()
}

fn teachers(journal: &Journal) -> Vec<Of> {
    let mut teachers: Vec<Id<Staff>> =
        journal.courses.values().map(|course| course.teacher).collect::<BTreeSet<_>>().into_iter().collect();
    teachers.sort_by_cached_key(|id| (clean(&journal.staff[*id].name), *id));
    teachers.into_iter().map(Of::Teacher).collect()
}

/// Lists the subjects that are taught, in the order of their table.
fn subjects(journal: &Journal) -> Vec<Of> {
    let taught: BTreeSet<Id<Subject>> = journal.courses.values().map(|course| course.subject).collect();
    taught.into_iter().map(Of::Subject).collect()
}

/// Returns the grades whose terms matter to a document; `None` means all.
fn grades_of(journal: &Journal, of: Of) -> Option<BTreeSet<u8>> {
    let taught = |is_meant: &dyn Fn(&Course) -> bool| {
        let courses = journal.courses.values().filter(|course| is_meant(course));
        Some(courses.map(|course| journal.grade_of(course)).collect())
    };
    match of {
        Of::School | Of::Breach(_) => None,
        Of::Class(id) => Some(BTreeSet::from([journal.classes[id].grade])),
        Of::Teacher(id) => taught(&|course| course.teacher == id),
        Of::Subject(id) => taught(&|course| course.subject == id),
    }
}

/// Returns the terms with figures and classes in the order of the year: a quarter, the half-year that ends
/// with it, and finally the year.
pub(super) fn terms_with_figures(context: &ReportContext<'_>) -> Vec<Id<Term>> {
    let journal = context.journal;
    let terms: BTreeSet<Id<Term>> = context.figures.iter().map(|figure| figure.term).collect();
    let has_classes = |id: &Id<Term>| {
        let grades = journal.terms[*id].grades;
        journal.classes.values().any(|class| grades.contains(class.grade))
    };
    // Of a term that was not exported there is nothing to say: it has no documents, and the build says so.
    let is_told = |id: &Id<Term>| has_classes(id) && journal.has_anything_of(*id);
    let mut terms: Vec<Id<Term>> = terms.into_iter().filter(is_told).collect();
    terms.sort_by_key(|id| (journal.terms[*id].span.to, journal.terms[*id].kind, *id));
    terms
}
