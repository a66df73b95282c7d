//! The pupils of a term as the lists name them: standing, subjects that decide it, marks, what they had before.

use rustc_hash::FxHashMap;

use crate::model::*;
use crate::reports::common::TermData;
use crate::reports::common::grades::Level;
use crate::stats::analytics::{PUPIL_SUBJECTS, Record, STANDINGS};
use crate::stats::{self, Given, Scope};

type Place = (Id<Pupil>, Id<Subject>);

/// A pupil in the class of the term's last day.
pub(super) struct Person<'a> {
    /// The row of standings.
    pub(super) row: Record<'a>,
    /// Who.
    pub(super) pupil: Id<Pupil>,
    /// The class on the last day.
    pub(super) class: Id<Class>,
    /// The name that tells the pupil from namesakes.
    pub(super) name: String,
}

/// The pupils of a term and their marks.
pub(super) struct People<'a> {
    /// By class and name.
    pub(super) all: Vec<Person<'a>>,
    /// Every term mark.
    pub(super) given: Vec<Given>,
    by_place: FxHashMap<Place, Given>,
    before: FxHashMap<Place, Given>,
    current: FxHashMap<(String, String), Record<'a>>,
    classes: FxHashMap<Id<Pupil>, Id<Class>>,
}

/// Groups of pupils by standing, the best first; those with «2» in several subjects stand before those with one.
pub(super) const GROUPS: [(&str, &str); 7] = [
    ("excellent", "на «5»"),
    ("good", "на «4» и «5»"),
    ("satisfactory", "с «3»"),
    ("many", "с «2» по двум и более"),
    ("one", "с «2» по одному"),
    ("not_assessed", "н/а"),
    ("none", "без отметок"),
];

impl<'a> Person<'a> {
    /// Returns the place of the pupil's group in [`GROUPS`].
    pub(super) fn group(&self) -> usize {
        let group = match self.row.text("standing") {
            "failing" if self.row.count("n2") + self.row.count("n1") > 1 => "many",
            "failing" => "one",
            other => other,
        };
        GROUPS.iter().position(|(code, _)| *code == group).unwrap_or(GROUPS.len() - 1)
    }

    /// Returns what of a class's or a larger whole's counts the pupil is in.
    pub(super) fn counts(&self) -> Vec<&'static str> {
        let group = self.group();
        let mut counts = vec!["listed", GROUPS[group].0];
        counts.extend((group < 2).then_some("quality"));
        counts.extend((group < 3).then_some("success"));
        counts.extend((group < 6).then_some("assessed"));
        counts.extend((group == 3 || group == 4).then_some("failing"));
        counts
    }
}

/// Returns a class and the wholes it belongs to, as figures name them.
pub(super) fn wholes(journal: &Journal, class: Id<Class>) -> Vec<(Scope, String)> {
    let Class { key, grade, .. } = &journal.classes[class];
    let level = Level::ALL.into_iter().find(|level| level.has(*grade));
    let mut wholes = vec![(Scope::School, String::new())];
    wholes.extend(level.map(|level| (Scope::Level, level.code.to_owned())));
    wholes.push((Scope::Parallel, grade.to_string()));
    wholes.push((Scope::Class, key.to_string()));
    wholes
}

impl<'a> People<'a> {
    /// Gathers the pupils of a term.
    pub(super) fn new(data: &TermData<'a>) -> Self {
        let context = data.context;
        let given = |term| stats::given(context.journal, context.roster, term, context.as_of);
        let own = given(data.term);
        let before = data.before.map_or_else(Vec::new, given);
        let current = data.rows(&PUPIL_SUBJECTS);
        Self {
            all: all(data),
            by_place: by_place(&own),
            before: by_place(&before),
            current: current
                .map(|row| (place_of(row.text("pupil_id"), row.text("subject_id")), row))
                .collect(),
            given: own,
            classes: last_classes(data),
        }
    }

    /// Returns the term mark of a pupil in a subject, the first if there are several courses.
    pub(super) fn mark(&self, place: Place) -> Option<&Given> {
        self.by_place.get(&place)
    }

    /// Returns the code of the term mark before.
    pub(super) fn before(&self, place: Place) -> Option<&'static str> {
        self.before.get(&place).and_then(|one| one.value).map(TermValue::code)
    }

    /// Returns the row of current marks.
    pub(super) fn current(&self, pupil: &str, subject: &str) -> Option<Record<'a>> {
        self.current.get(&place_of(pupil, subject)).copied()
    }

    /// Returns the class a pupil is in on the term's last day.
    pub(super) fn class_of(&self, pupil: Id<Pupil>) -> Option<Id<Class>> {
        self.classes.get(&pupil).copied()
    }
}

fn place_of(pupil: &str, subject: &str) -> (String, String) {
    (pupil.to_owned(), subject.to_owned())
}

fn last_classes(data: &TermData<'_>) -> FxHashMap<Id<Pupil>, Id<Class>> {
    let last = data.span().to;
    let stays = data.journal().enrolment.iter().filter(|stay| stay.span.contains(last));
    stays.map(|stay| (stay.pupil, stay.class)).collect()
}

fn all<'a>(data: &TermData<'a>) -> Vec<Person<'a>> {
    let keys = &data.keys;
    let person = |row: Record<'a>| {
        let (pupil, class) = (keys.pupil(row.text("pupil_id"))?, keys.class(row.text("class_id"))?);
        Some(Person { row, pupil, class, name: keys.pupil_name(pupil) })
    };
    let mut all: Vec<Person<'a>> = data.rows(&STANDINGS).filter_map(person).collect();
    all.sort_by_cached_key(|one| {
        (keys.pupil_order(one.row.text("class_id"), one.row.text("pupil_id")), one.pupil)
    });
    all
}

fn by_place(given: &[Given]) -> FxHashMap<Place, Given> {
    given.iter().filter(|one| one.is_first).map(|one| ((one.pupil, one.subject), *one)).collect()
}
