//! Planned hours: which row of the curriculum plans a course in a term.

use rustc_hash::FxHashMap;

use crate::model::*;

/// What hours are planned for: a subject, an audience, a term (`None` means the year).
type Planned = (Id<Subject>, Audience, Option<Id<Term>>);

/// The curriculum, indexed.
pub(crate) struct Plans<'a> {
    journal: &'a Journal,
    rows: FxHashMap<Planned, f64>,
}

impl<'a> Plans<'a> {
    /// Indexes the curriculum. A row for a term of kind `year` is a year row.
    pub(crate) fn new(journal: &'a Journal) -> Self {
        let mut rows = FxHashMap::default();
        for row in &journal.curriculum {
            let term = row.term.filter(|term| journal.terms[*term].kind != TermKind::Year);
            rows.insert((row.subject, row.audience, term), row.hours);
        }
        Self { journal, rows }
    }

    /// Returns the hours planned for a course in a term; in a term of kind `year`, those of the year.
    pub(crate) fn hours(&self, course: Id<Course>, term: Id<Term>) -> Option<f64> {
        let course = &self.journal.courses[course];
        if self.journal.terms[term].kind != TermKind::Year {
            return self.row(course, Some(term));
        }
        self.year_hours(course)
    }

    /// Returns the hours planned for a course in the year: the year row's, or the sum of its terms'.
    pub(crate) fn year_hours(&self, course: &Course) -> Option<f64> {
        self.row(course, None).or_else(|| {
            let terms = self.journal.terms_of_course(course);
            terms.into_iter().filter_map(|term| self.row(course, Some(term))).reduce(|sum, hours| sum + hours)
        })
    }

    /// The course's own row; for a group otherwise that of its pupils (individual curriculum), or that of its
    /// classes.
    fn row(&self, course: &Course, term: Option<Id<Term>>) -> Option<f64> {
        let find = |audience| self.rows.get(&(course.subject, audience, term)).copied();
        find(course.audience)
            .or_else(|| agreed(self.individuals(course).map(|pupil| find(Audience::Pupil(pupil)))))
            .or_else(|| {
                let classes = self.journal.classes_of(course).iter();
                agreed(classes.map(|class| find(Audience::Class(*class))))
            })
    }

    /// Walks the pupils of a group with an individual curriculum; empty for other courses.
    fn individuals(&self, course: &Course) -> impl Iterator<Item = Id<Pupil>> {
        let group = match course.audience {
            Audience::Group(group) if self.journal.groups[group].kind == GroupKind::Individual => Some(group),
            _ => None,
        };
        let members = self.journal.group_members.iter();
        members.filter(move |row| Some(row.group) == group).map(|row| row.pupil)
    }
}

/// Returns the hours that all rows agree on; `None` if one is missing or differs.
fn agreed(mut rows: impl Iterator<Item = Option<f64>>) -> Option<f64> {
    let first = rows.next()??;
    rows.all(|hours| hours == Some(first)).then_some(first)
}
