//! The pupil of a block: the class by its folded name, the pupil by class and full name; new ones get ids of
//! their own.

use super::Import;
use super::blocks::Block;
use super::lines::fold;
use super::namesakes::Namesakes;
use crate::base::files::hex;
use crate::base::nearest::nearest;
use crate::base::problems::ProblemSeverity;
use crate::base::said::said;
use crate::base::source::SourceRef;
use crate::ingest::parse;
use crate::model::*;
use sha2::{Digest, Sha256};

impl Import<'_> {
    /// Finds or makes the class and the pupil of a block; `None`, with a problem, if it does not name them.
    pub(super) fn identify(
        &mut self,
        block: &Block,
        place: SourceRef,
        namesakes: &mut Namesakes,
    ) -> Option<(Id<Class>, Id<Pupil>)> {
        let name = block.labels.pupil.split_whitespace().collect::<Vec<_>>().join(" ");
        let found = self.class_of(block, &name, place);
        let Some(class) = found.and_then(|key| self.class(key, place)) else {
            self.left_out += 1;
            return None;
        };
        let (number, count) = namesakes.number(block);
        self.person(class, (&name, number, count), place).map(|pupil| (class, pupil))
    }

    /// Returns the class of a block: its own, or the one in which the tables have such a pupil.
    fn class_of(&mut self, block: &Block, name: &str, place: SourceRef) -> Option<Text> {
        if name.is_empty() {
            let message = said!(
                "над таблицей нет имени ученика: она не прочитана",
                "no pupil is named above the table: it was not read"
            );
            let hint = said!(
                "впишите имя после «Ученик:» или выгрузите отчёт этого ученика снова",
                "put the name after «Ученик:», or export this pupil's report again"
            );
            self.note("J612", ProblemSeverity::Error, place, ("Ученик", ""), (message, hint));
            return None;
        }
        let (source, label) = (self.source(place), &block.labels.class);
        if label.is_empty() {
            return self.class_of_pupil(name, block, place);
        }
        let alias = self.builder.aliases.by_name(Table::Classes, label, "", source.as_pair());
        let key = alias.cloned().unwrap_or_else(|| parse::class_name(label));
        if grade(&key).is_some() || self.builder.keys.get::<Class>(&key).is_some() {
            return Some(key);
        }
        let message = said!(
            "«{label}» — не класс от 1 до 11: таблица не прочитана",
            "\"{label}\" is no class of grades 1 to 11: the table was not read"
        );
        let hint = said!(
            "скажите, какой это класс: строка «classes;{label};;;…» в таблице aliases, например с 8А",
            "say which class it is: the row «classes;{label};;;…» in the table aliases, with 8А for example"
        );
        self.note("J612", ProblemSeverity::Error, place, ("Класс", label), (message, hint));
        None
    }

    /// Returns the pupil of a name in a class: by alias, or among those that the tables enrol, or a new one.
    fn person(
        &mut self,
        class: Id<Class>,
        (name, number, count): (&str, usize, usize),
        place: SourceRef,
    ) -> Option<Id<Pupil>> {
        let alias = self.alias_of(class, (name, number, count), place);
        let is_told = alias.is_some();
        let pupil = if self.roster.is_list(class) || (!is_told && self.roster.may_be(class, name)) {
            self.enrolled(class, (name, number, count), place)?
        } else if let Some(key) = alias {
            let known = self.builder.keys.get::<Pupil>(&key);
            let pupil = known.unwrap_or_else(|| self.new_pupil(key, name, place));
            self.enrol(pupil, class, place);
            pupil
        } else {
            self.say_namesake(class, (name, number), place);
            self.pupil(class, name, number, place)
        };
        if is_told {
            self.told.insert((class, pupil));
        }
        Some(pupil)
    }

    fn say_namesake(&mut self, class: Id<Class>, (name, number): (&str, usize), place: SourceRef) {
        if number > 1 {
            let key = self.builder.journal.classes[class].key.clone();
            let message = said!(
                "в отчёте второй ученик с тем же именем в классе {key}: считается другим человеком",
                "a second pupil of this name in class {key}: taken for another person"
            );
            let hint = said!(
                "тёзки различаются порядком в отчётах: проверьте, что он один и тот же",
                "namesakes are told apart by their order in the reports: check that it is the same"
            );
            self.note("J614", ProblemSeverity::Warning, place, ("Ученик", name), (message, hint));
        }
    }

    fn class(&mut self, key: Text, place: SourceRef) -> Option<Id<Class>> {
        if let Some(class) = self.builder.keys.get::<Class>(&key) {
            return Some(class);
        }
        let grade = grade(&key)?;
        self.say_new_class(&key, place);
        let letter = key.trim_start_matches(|c: char| c.is_ascii_digit()).into();
        let class = self.builder.journal.classes.push(Class {
            key: key.clone(),
            grade,
            letter,
            ..Class::bare(place)
        });
        self.builder.keys.insert(key, class);
        Some(class)
    }

    /// Reports that a class is in no table, if the bundle has a table of classes.
    fn say_new_class(&mut self, key: &Text, place: SourceRef) {
        let journal = &self.builder.journal;
        if !journal.presence.has(Table::Classes) {
            return;
        }
        let near = nearest(key, journal.classes.values().map(|class| class.key.as_str()));
        let meant = near.unwrap_or("…").to_owned();
        let message = said!(
            "класса {key} нет в таблице classes: считается ещё одним классом",
            "class {key} is not in the table of classes: taken for one more class"
        );
        let hint = said!(
            "если это {meant}, добавьте в таблицу aliases строку «classes;{key};;;{meant}»",
            "if it is {meant}, add the row \"classes;{key};;;{meant}\" to the table aliases"
        );
        self.note("J635", ProblemSeverity::Warning, place, ("Класс", key), (message, hint));
    }

    /// Returns the `number`-th pupil of this name in the class, and makes it if there is none.
    fn pupil(&mut self, class: Id<Class>, name: &str, number: usize, place: SourceRef) -> Id<Pupil> {
        let known = self.made.get(&(class, fold(name)));
        let known = known.and_then(|pupils| pupils.get(number - 1)).copied();
        known.unwrap_or_else(|| {
            let pupil = self.new_pupil(self.pupil_key(class, name, number), name, place);
            self.enrol(pupil, class, place);
            self.made.entry((class, fold(name))).or_default().push(pupil);
            pupil
        })
    }

    fn new_pupil(&mut self, key: Text, name: &str, place: SourceRef) -> Id<Pupil> {
        let mut parts = name.splitn(3, ' ').map(Text::from);
        let mut part = || parts.next().unwrap_or_default();
        let pupil = Pupil {
            key: key.clone(),
            surname: part(),
            given_name: part(),
            patronymic: part(),
            ..Pupil::bare(place)
        };
        let pupil = self.builder.journal.pupils.push(pupil);
        self.builder.keys.insert(key, pupil);
        pupil
    }

    /// Enrols a pupil whom no table enrols in the class. The reports have no dates of moves: the stay is the
    /// whole year, unless there are two classes.
    fn enrol(&mut self, pupil: Id<Pupil>, class: Id<Class>, place: SourceRef) {
        let journal = &mut self.builder.journal;
        if journal.enrolment.iter().any(|stay| (stay.pupil, stay.class) == (pupil, class)) {
            return;
        }
        let span = Span { from: journal.year.start, to: jiff::civil::Date::MAX };
        journal.enrolment.push(Enrolment { pupil, class, span, ..Enrolment::bare(place) });
        self.stays.insert((pupil, class));
    }

    /// Makes an id from class and name: the same in every report and every build, and without the name in it.
    fn pupil_key(&self, class: Id<Class>, name: &str, number: usize) -> Text {
        let class = &self.builder.journal.classes[class].key;
        let digest = hex(&Sha256::digest(format!("{class}\n{}\n{number}", fold(name))));
        (10..=digest.len())
            .map(|length| Text::from(format!("{class}-{}", &digest[..length])))
            .find(|key| self.builder.keys.get::<Pupil>(key).is_none())
            .unwrap_or_else(|| digest.as_str().into())
    }
}

/// Returns the year of study at the beginning of a class name.
fn grade(key: &str) -> Option<u8> {
    let digits: String = key.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|grade| (1..=11).contains(grade))
}
