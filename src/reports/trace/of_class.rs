//! What a page of a class shows: the courses of its pupils in a term, and every mark and absence in them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::model::*;
use crate::render::measure::clean;
use crate::reports::context::ReportContext;
use crate::reports::pupils::name_key;
use crate::stats::{Figure, Scope};

/// A class in a term.
pub(super) struct OfClass<'a> {
    pub(super) context: &'a ReportContext<'a>,
    pub(super) class: Id<Class>,
    pub(super) term: Id<Term>,
    pub(super) span: Span,
    /// Its pupils on the term's last day: whom the figures of the term count.
    pub(super) own: BTreeSet<Id<Pupil>>,
    /// They and everybody else with an entry, by name.
    pub(super) pupils: Vec<Id<Pupil>>,
    /// The study terms of a year, whose pages show its lessons; of any other term none.
    pub(super) parts: Vec<Id<Term>>,
    /// By title.
    pub(super) courses: Vec<OfCourse>,
    pub(super) term_marks: SeenTermMarks,
    /// The figures of each of its pupils.
    pub(super) figures: BTreeMap<&'a str, Vec<&'a Figure>>,
    names: BTreeMap<Id<Pupil>, String>,
    short_names: BTreeMap<Id<Pupil>, String>,
}

/// A course with what it has of the class's pupils.
pub(super) struct OfCourse {
    pub(super) id: Id<Course>,
    pub(super) subject: String,
    /// The subject, and the group if it is for one.
    pub(super) title: String,
    /// The lessons of the term, whatever became of them.
    pub(super) lessons: Vec<Id<Lesson>>,
    pub(super) entries: BTreeMap<Id<Pupil>, Entry>,
}

/// What a course has of a pupil.
#[derive(Default)]
pub(super) struct Entry {
    /// On the term's last day the pupil is in the class and in the course.
    pub(super) is_counted: bool,
    /// By date and lesson.
    pub(super) marks: Vec<Id<Mark>>,
    pub(super) absences: Vec<Missed>,
    /// Held lessons of the pupil, and those of them while in this class.
    pub(super) due: usize,
    pub(super) due_here: usize,
}

/// An absence or a lateness.
#[derive(Clone, Copy)]
pub(super) struct Missed {
    pub(super) lesson: Id<Lesson>,
    pub(super) reason: AbsenceReason,
    /// Why it is in no figure.
    pub(super) excuse: Option<&'static str>,
    /// The pupil was in this class that day.
    pub(super) is_here: bool,
}

impl Missed {
    /// Tells whether it is a missed lesson of the figures.
    pub(super) fn counts(&self) -> bool {
        self.excuse.is_none() && self.reason.is_absence()
    }
}

impl Entry {
    /// Returns how many lessons were missed.
    pub(super) fn missed(&self) -> usize {
        self.absences.iter().filter(|one| one.counts()).count()
    }
}

impl<'a> OfClass<'a> {
    /// Gathers a class in a term.
    pub(super) fn new(context: &'a ReportContext<'a>, class: Id<Class>, term: Id<Term>) -> Self {
        let journal = context.journal;
        let span = journal.terms[term].span;
        let own: BTreeSet<Id<Pupil>> = context.roster.enrolled_on(class, span.to).into_iter().collect();
        let gathering = Gathering { context, class, span, own: &own };
        let mut courses: Vec<OfCourse> =
            journal.courses.ids().filter_map(|id| gathering.course(id)).collect();
        courses.sort_by_cached_key(|one| (one.title.to_lowercase(), journal.courses[one.id].key.clone()));
        let seen = courses.iter().flat_map(|course| course.entries.keys());
        let pupils: BTreeSet<Id<Pupil>> =
            gathering.stayed().chain(own.iter().copied()).chain(seen.copied()).collect();
        let mut pupils: Vec<Id<Pupil>> = pupils.into_iter().collect();
        pupils.sort_by_cached_key(|id| name_key(&journal.pupils[*id]));
        let term_marks = SeenTermMarks::new(journal, context.as_of, |pupil| own.contains(&pupil));
        let names = names(journal, &pupils);
        let is_year = journal.terms[term].kind == TermKind::Year;
        Self {
            context,
            class,
            term,
            span,
            figures: figures(context, term, &own),
            own,
            parts: if is_year { journal.terms_of_grade(journal.classes[class].grade) } else { Vec::new() },
            courses,
            term_marks,
            names,
            short_names: short_names(journal, &pupils),
            pupils,
        }
    }

    /// Names a pupil, with the patronymic beside a namesake.
    pub(super) fn name(&self, pupil: Id<Pupil>) -> &str {
        self.names.get(&pupil).map_or("", String::as_str)
    }

    /// Names a pupil shortly, «Фамилия И.», where nobody of the page is named so too.
    pub(super) fn short_name(&self, pupil: Id<Pupil>) -> &str {
        self.short_names.get(&pupil).map_or_else(|| self.name(pupil), String::as_str)
    }

    /// Returns the name of the class.
    pub(super) fn class_name(&self) -> &'a str {
        &self.context.journal.classes[self.class].key
    }

    /// Returns the study term whose page shows the entries of a day; none: this page does.
    pub(super) fn part_of(&self, day: Date) -> Option<Id<Term>> {
        self.parts.iter().copied().find(|part| self.context.journal.terms[*part].span.contains(day))
    }

    /// Says why a pupil is in no figure of the class's term marks; nothing of one who is.
    pub(super) fn left_out(&self, pupil: Id<Pupil>) -> Option<String> {
        if self.own.contains(&pupil) {
            return None;
        }
        let now = self.context.roster.class_on(pupil, self.span.to);
        Some(match now {
            Some(class) => format!(
                "на последний день периода в классе {}: отметки за период стоят там",
                self.context.journal.classes[class].key
            ),
            None => {
                "на последний день периода в школе не числится: в показателях отметок за период не учтён(а)"
                    .to_owned()
            }
        })
    }
}

fn figures<'a>(
    context: &'a ReportContext<'a>,
    term: Id<Term>,
    own: &BTreeSet<Id<Pupil>>,
) -> BTreeMap<&'a str, Vec<&'a Figure>> {
    let keys: BTreeSet<&str> = own.iter().map(|id| context.journal.pupils[*id].key.as_str()).collect();
    let mut figures: BTreeMap<&str, Vec<&Figure>> = BTreeMap::new();
    let of_pupils = context.figures.iter().filter(|one| one.term == term && one.scope == Scope::Pupil);
    for figure in of_pupils.filter(|one| keys.contains(one.scope_id.as_str())) {
        figures.entry(figure.scope_id.as_str()).or_default().push(figure);
    }
    figures
}

fn names(journal: &Journal, pupils: &[Id<Pupil>]) -> BTreeMap<Id<Pupil>, String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for id in pupils {
        *counts.entry(journal.pupils[*id].short_name()).or_default() += 1;
    }
    let name = |id: &Id<Pupil>| {
        let pupil = &journal.pupils[*id];
        let is_alone = counts.get(&pupil.short_name()) == Some(&1);
        (*id, clean(&if is_alone { pupil.short_name() } else { pupil.full_name() }))
    };
    pupils.iter().map(name).collect()
}

/// Shortens the names that stay different.
fn short_names(journal: &Journal, pupils: &[Id<Pupil>]) -> BTreeMap<Id<Pupil>, String> {
    let short = |id: &Id<Pupil>| {
        let Pupil { surname, given_name, .. } = &journal.pupils[*id];
        format!("{} {}.", clean(surname), clean(given_name).chars().next().unwrap_or('?'))
    };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    pupils.iter().for_each(|id| *counts.entry(short(id)).or_default() += 1);
    let alone = pupils.iter().map(|id| (*id, short(id))).filter(|(_, name)| counts.get(name) == Some(&1));
    alone.collect()
}

/// Goes through the courses of the school for what belongs to a class.
struct Gathering<'a> {
    context: &'a ReportContext<'a>,
    class: Id<Class>,
    span: Span,
    own: &'a BTreeSet<Id<Pupil>>,
}

impl Gathering<'_> {
    /// Walks the pupils who were in the class on some day of the term.
    fn stayed(&self) -> impl Iterator<Item = Id<Pupil>> {
        let is_ours =
            |stay: &&Enrolment| stay.class == self.class && stay.span.intersect(self.span).is_some();
        self.context.journal.enrolment.iter().filter(is_ours).map(|stay| stay.pupil)
    }

    fn course(&self, id: Id<Course>) -> Option<OfCourse> {
        let (journal, roster) = (self.context.journal, self.context.roster);
        let course = &journal.courses[id];
        let mut listing = journal.classes_of(course).to_vec();
        let members = roster.members_of(id).iter().filter(|one| one.span.intersect(self.span).is_some());
        listing.extend(members.map(|one| one.class));
        if !listing.contains(&self.class) {
            return None;
        }
        let lessons = roster.lessons_of(id).iter().copied();
        let lessons: Vec<Id<Lesson>> =
            lessons.filter(|id| self.span.contains(journal.lessons[*id].date)).collect();
        let mut entries: BTreeMap<Id<Pupil>, Entry> = BTreeMap::new();
        for member in roster.members_on(id, self.span.to).filter(|one| self.own.contains(&one.pupil)) {
            entries.entry(member.pupil).or_default().is_counted = true;
        }
        for lesson in &lessons {
            self.due(*lesson, &mut entries);
            self.marks(*lesson, &listing, &mut entries);
            self.absences(*lesson, &listing, &mut entries);
        }
        let subject = clean(&journal.subjects[course.subject].title);
        let title = match journal.group_of(course) {
            Some(group) => format!("{subject} ({})", clean(&group.title)),
            None => subject.clone(),
        };
        Some(OfCourse { id, subject, title, lessons, entries })
    }

    fn due(&self, id: Id<Lesson>, entries: &mut BTreeMap<Id<Pupil>, Entry>) {
        let lesson = &self.context.journal.lessons[id];
        if lesson.status != LessonStatus::Held {
            return;
        }
        let (mut last, mut last_here) = (None, None);
        for member in self.context.roster.members_on(lesson.course, lesson.date) {
            let is_own = self.own.contains(&member.pupil);
            if is_own && last.replace(member.pupil) != Some(member.pupil) {
                entries.entry(member.pupil).or_default().due += 1;
            }
            if member.class == self.class && last_here.replace(member.pupil) != Some(member.pupil) {
                let entry = entries.entry(member.pupil).or_default();
                entry.due_here += 1;
                entry.due += usize::from(!is_own);
            }
        }
    }

    fn marks(&self, id: Id<Lesson>, listing: &[Id<Class>], entries: &mut BTreeMap<Id<Pupil>, Entry>) {
        let (journal, lesson) = (self.context.journal, &self.context.journal.lessons[id]);
        for mark in self.context.roster.marks_of(id) {
            let pupil = journal.marks[*mark].pupil;
            if self.is_shown(pupil, lesson, listing) {
                entries.entry(pupil).or_default().marks.push(*mark);
            }
        }
    }

    fn absences(&self, id: Id<Lesson>, listing: &[Id<Class>], entries: &mut BTreeMap<Id<Pupil>, Entry>) {
        let (journal, lesson) = (self.context.journal, &self.context.journal.lessons[id]);
        // A source may repeat an absence: the record entered last counts.
        let mut latest: BTreeMap<Id<Pupil>, &Absence> = BTreeMap::new();
        for absence in self.context.roster.absences_of(id).iter().map(|id| &journal.absences[*id]) {
            let kept = latest.entry(absence.pupil).or_insert(absence);
            if absence.recorded_at >= kept.recorded_at {
                *kept = absence;
            }
        }
        for (pupil, absence) in latest.into_iter().filter(|(pupil, _)| self.is_shown(*pupil, lesson, listing))
        {
            let member = self
                .context
                .roster
                .members_on(lesson.course, lesson.date)
                .find(|member| member.pupil == pupil);
            let excuse = match member {
                _ if lesson.status != LessonStatus::Held => Some("урок не проведён"),
                None => Some("в этот день ученика в списке курса нет"),
                Some(_) => None,
            };
            let is_here = member.is_some_and(|member| member.class == self.class);
            let missed = Missed { lesson: id, reason: absence.reason, excuse, is_here };
            entries.entry(pupil).or_default().absences.push(missed);
        }
    }

    /// Tells whether an entry belongs on this page: that of the pupil's class on the term's last day and that of the day's class,
    /// if the course has pupils of it; of any other entry that of the course's first class. So each stands somewhere.
    fn is_shown(&self, pupil: Id<Pupil>, lesson: &Lesson, listing: &[Id<Class>]) -> bool {
        let of_day = |day| self.context.roster.class_on(pupil, day).filter(|class| listing.contains(class));
        match [of_day(self.span.to), of_day(lesson.date)] {
            [None, None] => listing.first() == Some(&self.class),
            homes => homes.contains(&Some(self.class)),
        }
    }
}
