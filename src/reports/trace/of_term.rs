//! What the page of a term shows: its figures by whole, its term marks by course and class, and the anchors of all of them.

use crate::model::*;
use crate::render::file_names;
use crate::render::markup::Markup;
use crate::reports::common::{TermData, terms};
use crate::reports::context::ReportContext;
use crate::reports::each::Of;
use crate::reports::pages::Pages;
use crate::stats::{Given, Scope, given};

use super::anchors;

/// A term of the school.
pub(super) struct OfTerm<'a> {
    pub(super) data: TermData<'a>,
    pub(super) pages: &'a Pages,
    /// The term marks by course and pupil.
    pub(super) given: Vec<Given>,
    /// The school, its levels, parallels and classes, each before its parts.
    pub(super) wholes: Vec<Whole>,
    /// The study terms of a year; of any other term none.
    parts: Vec<Id<Term>>,
    stems: Vec<String>,
}

/// A whole that pools classes.
pub(super) struct Whole {
    pub(super) scope: Scope,
    pub(super) id: String,
    /// «ООО, 5–9 классы», «5А».
    pub(super) title: String,
    /// Its part of an anchor.
    pub(super) anchor: String,
    pub(super) classes: Vec<Id<Class>>,
}

impl<'a> OfTerm<'a> {
    pub(super) fn new(context: &'a ReportContext<'a>, term: Id<Term>, pages: &'a Pages) -> Self {
        let journal = context.journal;
        let data = TermData::new(context, term);
        let stems = file_names::file_stems(journal.classes.values().map(|class| class.key.as_str()));
        let is_year = journal.terms[term].kind == TermKind::Year;
        let mut parts: Vec<Id<Term>> =
            journal.terms.ids().filter(|id| is_year && journal.terms[*id].kind != TermKind::Year).collect();
        parts.sort_by_key(|id| (journal.terms[*id].span.to, *id));
        let mut own = Self {
            given: given(journal, context.roster, term, context.as_of),
            wholes: Vec::new(),
            data,
            pages,
            parts,
            stems,
        };
        own.wholes = own.all_wholes();
        own
    }

    pub(super) fn journal(&self) -> &'a Journal {
        self.data.journal()
    }

    /// Returns a class's part of an anchor: the one its file names have.
    pub(super) fn stem(&self, class: Id<Class>) -> &str {
        &self.stems[class.index()]
    }

    fn all_wholes(&self) -> Vec<Whole> {
        let (journal, grades) = (self.journal(), &self.data.grades);
        let all = self.data.classes();
        let of = |has: &dyn Fn(u8) -> bool| -> Vec<Id<Class>> {
            all.iter().copied().filter(|id| has(journal.classes[*id].grade)).collect()
        };
        let mut wholes = vec![Whole {
            scope: Scope::School,
            id: String::new(),
            title: format!("Школа, {}", grades.label()),
            anchor: "school".to_owned(),
            classes: all.clone(),
        }];
        for level in grades.levels() {
            let (id, title) = (level.code.to_owned(), grades.level_label(level));
            let classes = of(&|grade| level.has(grade));
            wholes.push(Whole { scope: Scope::Level, anchor: id.clone(), id, title, classes });
            for grade in grades.only(|grade| level.has(grade)).iter() {
                let classes = of(&|one| one == grade);
                let title = format!("{grade}-е классы");
                let anchor = format!("g{grade}");
                wholes.push(Whole {
                    scope: Scope::Parallel,
                    id: grade.to_string(),
                    title,
                    anchor,
                    classes: classes.clone(),
                });
                wholes.extend(classes.into_iter().map(|class| {
                    let key = journal.classes[class].key.to_string();
                    let anchor = self.stem(class).to_owned();
                    Whole { scope: Scope::Class, id: key.clone(), title: key, anchor, classes: vec![class] }
                }));
            }
        }
        wholes
    }

    /// Writes a pupil's name as a link to the marks and lessons: all of them, or those of a course. In a year a link to each
    /// study term follows, since its page has the lessons.
    pub(super) fn pupil(
        &self,
        class: Id<Class>,
        pupil: Id<Pupil>,
        course: Option<Id<Course>>,
        out: &mut Markup,
    ) {
        let journal = self.journal();
        let name = self.data.keys.pupil_name(pupil);
        let anchor = match course {
            Some(course) => anchors::of_marks(journal, pupil, course),
            None => anchors::of_pupil(journal, pupil),
        };
        self.link(class, self.data.term, &anchor, &name, out);
        for part in &self.parts {
            let span = journal.terms[*part].span;
            let mut stays = self.data.context.roster.stays_of(pupil).iter();
            let is_here = stays.any(|(stay, own)| *own == class && stay.intersect(span).is_some());
            let is_course_here = course.is_none_or(|course| {
                let members = self.data.context.roster.members_of(course).iter();
                let mut own = members.filter(|one| one.pupil == pupil && one.class == class);
                own.any(|one| one.span.contains(span.to))
            });
            if is_here && is_course_here && self.pages.name_of(Of::Class(class), *part).is_some() {
                out.raw(" ");
                self.link(
                    class,
                    *part,
                    &anchor,
                    &terms::short_title(journal, *part).replace(' ', "\u{a0}"),
                    out,
                );
            }
        }
    }

    /// Writes a link into the page of a class; where it is not made, the text alone.
    pub(super) fn link(&self, class: Id<Class>, term: Id<Term>, anchor: &str, text: &str, out: &mut Markup) {
        match self.pages.name_of(Of::Class(class), term) {
            Some(page) => {
                out.raw("<a href=").raw(page).raw("#").raw(anchor).raw(">").text(text).raw("</a>");
            }
            None => drop(out.text(text)),
        }
    }

    /// Returns the address of a course in the page of its first class that has one.
    pub(super) fn course_href(&self, course: Id<Course>) -> Option<String> {
        let journal = self.journal();
        let mut classes = journal.classes_of(&journal.courses[course]).iter();
        let page = classes.find_map(|class| self.pages.name_of(Of::Class(*class), self.data.term))?;
        Some(format!("{page}#{}", anchors::of_course(journal, course)))
    }

    /// Returns the courses of the term, by grade, whom for, and subject.
    pub(super) fn courses(&self) -> Vec<Id<Course>> {
        let journal = self.journal();
        let is_ours = |id: &Id<Course>| {
            let classes = journal.classes_of(&journal.courses[*id]);
            classes.iter().any(|class| self.data.grades.contains(journal.classes[*class].grade))
        };
        let mut courses: Vec<Id<Course>> = journal.courses.ids().filter(is_ours).collect();
        courses.sort_by_cached_key(|id| (self.data.keys.course_order(*id), *id));
        courses
    }
}
