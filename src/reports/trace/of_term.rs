//! What the page of a term shows: its figures by whole, its term marks by course and class, and the anchors of all of them.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::anchors;
use crate::model::*;
use crate::render::file_names;
use crate::render::markup::Markup;
use crate::render::measure::clean;
use crate::reports::common::{TermData, terms};
use crate::reports::context::ReportContext;
use crate::reports::each::Of;
use crate::reports::pages::Pages;
use crate::stats::{Given, Scope, given};

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
    /// «Фамилия И.» where nobody else of the class is named so.
    short_names: FxHashMap<(Id<Class>, Id<Pupil>), String>,
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

impl Whole {
    /// Writes a heading as deep as the whole stands below the school, with its anchor in a part of the page.
    pub(super) fn heading(&self, part: &str, out: &mut Markup) {
        let tag = match self.scope {
            Scope::Level => "h3",
            Scope::Parallel => "h4",
            _ => "h5",
        };
        out.raw("<").raw(tag).raw(" id=").raw(part).raw("-").raw(&self.anchor).raw(">");
        out.text(&self.title).raw("</").raw(tag).raw(">\n");
    }
}

impl<'a> OfTerm<'a> {
    pub(super) fn new(context: &'a ReportContext<'a>, term: Id<Term>, pages: &'a Pages) -> Self {
        let journal = context.journal;
        let data = TermData::new(context, term);
        let stems = file_names::file_stems(journal.classes.values().map(|class| class.key.as_str()));
        let is_year = data.is_year();
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
            short_names: short_names(journal, journal.terms[term].span),
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

    /// Tells whether the term is the year.
    pub(super) fn is_year(&self) -> bool {
        self.data.is_year()
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
    /// study term follows, since its page has the lessons; of a course the list of names has them once.
    pub(super) fn pupil(
        &self,
        class: Id<Class>,
        pupil: Id<Pupil>,
        course: Option<Id<Course>>,
        out: &mut Markup,
    ) {
        let journal = self.journal();
        let name = self.short_names.get(&(class, pupil));
        let name = name.cloned().unwrap_or_else(|| self.data.keys.pupil_name(pupil));
        if let Some(course) = course {
            return self.link(class, self.data.term, &anchors::of_marks(journal, pupil, course), &name, out);
        }
        let anchor = anchors::of_pupil(journal, pupil);
        self.link(class, self.data.term, &anchor, &name, out);
        for part in &self.parts {
            let span = journal.terms[*part].span;
            let mut stays = self.data.context.roster.stays_of(pupil).iter();
            let is_here = stays.any(|(stay, own)| *own == class && stay.intersect(span).is_some());
            if is_here && self.pages.name_of(Of::Class(class), *part).is_some() {
                out.raw(" ");
                self.link(class, *part, &anchor, &self.narrow_title(*part), out);
            }
        }
    }

    /// In a year: writes a link to the lessons of a course in each study term.
    pub(super) fn parts_of_course(&self, class: Id<Class>, course: Id<Course>, out: &mut Markup) {
        let anchor = anchors::of_course(self.journal(), course);
        for part in self.parts.iter().filter(|part| self.pages.name_of(Of::Class(class), **part).is_some()) {
            self.link(class, *part, &anchor, &self.narrow_title(*part), out);
            out.raw(" ");
        }
    }

    fn narrow_title(&self, term: Id<Term>) -> String {
        terms::short_title(self.journal(), term).replace(' ', "\u{a0}")
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

/// Shortens the names that stay different among the pupils of a class.
fn short_names(journal: &Journal, span: Span) -> FxHashMap<(Id<Class>, Id<Pupil>), String> {
    let mut owners: BTreeMap<(Id<Class>, String), Vec<Id<Pupil>>> = BTreeMap::new();
    for stay in journal.enrolment.iter().filter(|stay| stay.span.intersect(span).is_some()) {
        let Pupil { surname, given_name, .. } = &journal.pupils[stay.pupil];
        let name = format!("{} {}.", clean(surname), clean(given_name).chars().next().unwrap_or('?'));
        owners.entry((stay.class, name)).or_default().push(stay.pupil);
    }
    let mut names = FxHashMap::default();
    for ((class, name), pupils) in owners {
        if pupils.iter().all(|one| *one == pupils[0]) {
            names.insert((class, pupils[0]), name);
        }
    }
    names
}
