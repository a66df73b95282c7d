//! Finds the subject of a printed title: by alias, or the one with this title, or of several the one that the
//! class has.

use std::collections::{BTreeMap, BTreeSet};

use super::Import;
use super::compose::{AllFacts, Facts, KnownCourses, grading};
use super::lines::fold;
use crate::base::nearest::nearest;
use crate::base::problems::ProblemSeverity;
use crate::base::said::said;
use crate::model::*;

/// The subjects of the bundle's tables by folded title, full or short.
type Titles = BTreeMap<String, BTreeSet<Id<Subject>>>;
/// The subject of each class's printed title, folded.
type Found = BTreeMap<(Id<Class>, String), Id<Subject>>;

impl Import<'_> {
    /// Finds or makes the subject of every title. An ambiguous title is a problem, and its rows are left out.
    pub(super) fn subjects(&mut self, facts: &AllFacts, known: &KnownCourses) -> Found {
        let titles = self.titles();
        let mut found = Found::new();
        let mut unknown: BTreeMap<&str, Vec<(Id<Class>, &Facts)>> = BTreeMap::new();
        for ((class, folded), own) in facts {
            match self.candidates((*class, folded), own, &titles, known).as_slice() {
                [] => unknown.entry(folded).or_default().push((*class, own)),
                [subject] => drop(found.insert((*class, folded.clone()), *subject)),
                several => self.say_ambiguous(*class, own, several),
            }
        }
        let mut unknown: Vec<_> = unknown.into_iter().collect();
        unknown.sort_by_key(|(_, facts)| facts.iter().map(|(_, facts)| facts.order).min());
        for (folded, facts) in unknown {
            let (classes, facts): (Vec<_>, Vec<_>) = facts.into_iter().unzip();
            let subject = self.new_subject(&facts, &titles);
            found.extend(classes.into_iter().map(|class| ((class, folded.to_owned()), subject)));
        }
        found
    }

    fn titles(&self) -> Titles {
        let mut titles = Titles::new();
        for (id, subject) in self.builder.journal.subjects.iter() {
            for title in [&subject.title, &subject.short].into_iter().filter(|title| !title.is_empty()) {
                titles.entry(fold(title)).or_default().insert(id);
            }
        }
        titles
    }

    /// Returns the subjects that a title may be: one if it is clear.
    fn candidates(
        &self,
        (class, folded): (Id<Class>, &str),
        facts: &Facts,
        titles: &Titles,
        known: &KnownCourses,
    ) -> Vec<Id<Subject>> {
        let key = &self.builder.journal.classes[class].key;
        let source = self.source(facts.place);
        let alias = self.builder.aliases.by_name(Table::Subjects, &facts.title, key, source.as_pair());
        if let Some(subject) = alias.and_then(|id| self.builder.keys.get::<Subject>(id)) {
            return vec![subject];
        }
        let all: Vec<Id<Subject>> = titles.get(folded).into_iter().flatten().copied().collect();
        let own: Vec<_> =
            all.iter().copied().filter(|subject| known.contains_key(&(class, *subject))).collect();
        if own.len() == 1 { own } else { all }
    }

    fn say_ambiguous(&mut self, class: Id<Class>, facts: &Facts, several: &[Id<Subject>]) {
        let journal = &self.builder.journal;
        let (title, key) = (&facts.title, &journal.classes[class].key);
        let ids: Vec<&str> = several.iter().map(|id| journal.subjects[*id].key.as_str()).collect();
        let (listed, first) = (ids.join(", "), ids[0]);
        let message = said!(
            "«{title}» в {key} — несколько предметов таблицы subjects ({listed}): строки не прочитаны",
            "\"{title}\" in {key} is several subjects of the table ({listed}): its rows were not read"
        );
        let hint = said!(
            "добавьте в таблицу aliases строку «subjects;{title};{key};;{first}» с нужным кодом",
            "add the row \"subjects;{title};{key};;{first}\" with the right id to the table aliases"
        );
        let title = title.clone();
        self.note("J634", ProblemSeverity::Error, facts.place, ("Предмет", &title), (message, hint));
    }

    /// Reports that a title is in no table, if the bundle has a table of subjects.
    fn say_new(&mut self, facts: &Facts, titles: &Titles) {
        if !self.builder.journal.presence.has(Table::Subjects) {
            return;
        }
        let title = &facts.title;
        let near = nearest(&fold(title), titles.keys().map(String::as_str));
        let near = near.and_then(|near| titles.get(near)).and_then(|ids| ids.first());
        let near = near.map(|id| &self.builder.journal.subjects[*id]);
        let (meant, id) =
            near.map_or(("…", "…"), |subject| (subject.title.as_str(), subject.key.as_str()));
        let message = said!(
            "предмета «{title}» нет в таблице subjects: считается ещё одним предметом",
            "subject \"{title}\" is not in the table of subjects: taken for one more"
        );
        let hint = said!(
            "если это «{meant}», добавьте в таблицу aliases строку «subjects;{title};;;{id}»",
            "if it is \"{meant}\", add the row \"subjects;{title};;;{id}\" to the table aliases"
        );
        self.note("J636", ProblemSeverity::Warning, facts.place, ("Предмет", title), (message, hint));
    }

    fn new_subject(&mut self, facts: &[&Facts], titles: &Titles) -> Id<Subject> {
        let first = facts.iter().min_by_key(|facts| facts.order).expect("a title has facts");
        self.say_new(first, titles);
        let has = |what: fn(&Facts) -> bool| facts.iter().any(|facts| what(facts));
        let builder = &mut *self.builder;
        let mut key = first.title.clone();
        while builder.keys.get::<Subject>(&key).is_some() {
            key.push('*');
        }
        let grading = grading(has(|facts| facts.has_numbers), has(|facts| facts.has_passes));
        let subject = builder.journal.subjects.push(Subject {
            key: key.clone(),
            title: first.title.clone(),
            grading,
            ..Subject::bare(first.place)
        });
        builder.keys.insert(key, subject);
        if grading == Grading::None {
            let title = &first.title;
            let message = said!(
                "по предмету «{title}» нет ни одной отметки: считается безотметочным",
                "nobody has a mark in \"{title}\": taken for a subject without marks"
            );
            let hint = said!(
                "если это не так, добавьте таблицу subjects с графой grading",
                "if that is wrong, add a table of subjects with its grading"
            );
            self.note("J617", ProblemSeverity::Notice, first.place, ("Предмет", title), (message, hint));
        }
        subject
    }
}
