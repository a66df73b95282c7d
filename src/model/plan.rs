//! How many hours the curriculum plans for a course (`hours_plan` of `exchange.md`).

use std::collections::BTreeMap;

use super::*;

/// The curriculum by subject, audience and term.
pub struct HoursPlan<'a> {
    journal: &'a Journal,
    rows: BTreeMap<(Id<Subject>, Audience, Option<Id<Term>>), f64>,
    pupils: BTreeMap<Id<Group>, Vec<Id<Pupil>>>,
}

impl<'a> HoursPlan<'a> {
    /// Indexes the curriculum; a row for a term of kind `year` is a year's row.
    pub fn new(journal: &'a Journal) -> Self {
        let mut rows = BTreeMap::new();
        for row in &journal.curriculum {
            let term = row.term.filter(|term| journal.terms[*term].kind != TermKind::Year);
            rows.entry((row.subject, row.audience, term)).or_insert(row.hours);
        }
        let mut pupils: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for row in &journal.group_members {
            if journal.groups[row.group].kind == GroupKind::Individual {
                pupils.entry(row.group).or_default().push(row.pupil);
            }
        }
        Self { journal, rows, pupils }
    }

    /// Returns the hours of a course in a term other than the year; `None` where nothing is planned for the term alone.
    pub fn in_term(&self, course: &Course, term: Id<Term>) -> Option<f64> {
        self.levels(course).into_iter().find_map(|level| {
            self.agreed(&level, |audience| self.rows.get(&(course.subject, audience, Some(term))).copied())
        })
    }

    /// Returns the hours of a course in the year: the year's row, else the sum of the terms'.
    pub fn in_year(&self, course: &Course) -> Option<f64> {
        let terms = self.journal.terms_of_course(course);
        self.levels(course).into_iter().find_map(|level| {
            let year = |audience| self.rows.get(&(course.subject, audience, None)).copied();
            self.agreed(&level, year).or_else(|| {
                let term = |term: &Id<Term>| {
                    self.agreed(&level, |audience| {
                        self.rows.get(&(course.subject, audience, Some(*term))).copied()
                    })
                };
                terms.iter().filter_map(term).reduce(|sum, hours| sum + hours)
            })
        })
    }

    /// Returns whose rows may plan a course, the most particular first: its own, its pupils' (a group of kind
    /// `individual`), its classes'.
    fn levels(&self, course: &Course) -> Vec<Vec<Audience>> {
        let mut levels = vec![vec![course.audience]];
        if let Audience::Group(group) = course.audience {
            let pupils = self.pupils.get(&group).into_iter().flatten();
            levels.push(pupils.map(|pupil| Audience::Pupil(*pupil)).collect());
            levels
                .push(self.journal.classes_of(course).iter().map(|class| Audience::Class(*class)).collect());
        }
        levels
    }

    /// Returns the figure that all of some audiences have, where they agree.
    fn agreed(&self, audiences: &[Audience], hours: impl Fn(Audience) -> Option<f64>) -> Option<f64> {
        let (first, others) = audiences.split_first()?;
        let figure = hours(*first)?;
        others.iter().all(|audience| hours(*audience) == Some(figure)).then_some(figure)
    }
}
