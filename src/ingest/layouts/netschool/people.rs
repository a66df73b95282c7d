//! Whose block it is: the class by its folded name, the pupil by class and full name, new ones with ids of their own.

use std::collections::BTreeMap;

use super::lines::{Block, fold};
use super::{Import, dates};
use crate::files::hex;
use crate::findings::ProblemSeverity;
use crate::ingest::nearest::nearest;
use crate::ingest::parse;
use crate::ingest::problems::{Words, words};
use crate::model::*;
use crate::source::SourceRef;
use sha2::{Digest, Sha256};

/// The blocks of one sheet by class, name and period: a second block of one name is a second pupil.
#[derive(Default)]
pub(super) struct Namesakes {
    seen: BTreeMap<Named, usize>,
    all: BTreeMap<Named, usize>,
}

type Named = (Text, String, Text);

/// Pupils that only the reports have, by class and folded full name.
pub(super) type Made = BTreeMap<(Id<Class>, String), Vec<Id<Pupil>>>;

impl Namesakes {
    pub(super) fn of(blocks: &[Block]) -> Self {
        let mut all = BTreeMap::new();
        for block in blocks {
            *all.entry(named(block)).or_default() += 1;
        }
        Self { seen: BTreeMap::new(), all }
    }

    /// Returns the number of a block among those of its name, from 1, and how many there are.
    fn number(&mut self, block: &Block) -> (usize, usize) {
        let key = named(block);
        let number = self.seen.entry(key.clone()).or_default();
        *number += 1;
        (*number, self.all.get(&key).copied().unwrap_or(1))
    }
}

fn named(block: &Block) -> Named {
    (parse::class_name(&block.class), fold(&block.pupil), block.period.clone())
}

impl Import<'_> {
    /// Finds or makes the class and the pupil of a block; `None`, with a problem, where it does not say whose it is.
    pub(super) fn identify(
        &mut self,
        block: &Block,
        place: SourceRef,
        namesakes: &mut Namesakes,
    ) -> Option<(Id<Class>, Id<Pupil>)> {
        if let Some(fault) = self.fault(block) {
            let hint =
                words("выгрузите отчёт снова, за год комплекта", "export the report again, for the year");
            self.note("J612", ProblemSeverity::Error, place, ("", ""), (fault, hint));
            return None;
        }
        let source = self.source(place);
        let alias = self.builder.aliases.by_name(Table::Classes, &block.class, "", source.as_pair());
        let key = alias.cloned().unwrap_or_else(|| parse::class_name(&block.class));
        let name = block.pupil.split_whitespace().collect::<Vec<_>>().join(" ");
        let (number, count) = namesakes.number(block);
        let class = self.class(key.clone(), place)?;
        if self.roster.has(class) {
            return self.enrolled(class, (&name, number, count), place).map(|pupil| (class, pupil));
        }
        if number > 1 {
            let message = words(
                format!("в отчёте второй ученик с тем же именем в классе {key}: считается другим человеком"),
                format!("a second pupil of this name in class {key}: taken for another person"),
            );
            let hint = words(
                "тёзки различаются порядком в отчётах: проверьте, что он один и тот же",
                "namesakes are told apart by their order in the reports: check that it is the same",
            );
            self.note("J614", ProblemSeverity::Warning, place, ("Ученик", &name), (message, hint));
        }
        Some((class, self.pupil(class, &name, number, place)))
    }

    /// Says why a block cannot be placed.
    fn fault(&self, block: &Block) -> Option<Words> {
        let year = &self.builder.journal.year;
        let own = (year.start.year(), year.end.year());
        if block.pupil.is_empty() || block.class.is_empty() {
            return Some(words(
                "над таблицей нет имени ученика или класса: она не прочитана",
                "no pupil or class is named above the table: it was not read",
            ));
        }
        if grade(&parse::class_name(&block.class)).is_none() {
            return Some(words(
                format!("«{}» — не класс от 1 до 11: таблица не прочитана", block.class),
                format!("\"{}\" is no class of grades 1 to 11: the table was not read", block.class),
            ));
        }
        dates::school_year(&block.year).filter(|years| *years != own).map(|(first, second)| {
            words(
                format!("отчёт за {first}/{second}, а комплект за {}: таблица не прочитана", year.title),
                format!("a report of {first}/{second} in a bundle of {}: the table was not read", year.title),
            )
        })
    }

    fn class(&mut self, key: Text, place: SourceRef) -> Option<Id<Class>> {
        if let Some(class) = self.builder.keys.classes.get(&key) {
            return Some(class);
        }
        let grade = grade(&key)?;
        self.say_new_class(&key, place);
        let letter = key.trim_start_matches(|c: char| c.is_ascii_digit()).into();
        let class = self.builder.journal.classes.push(Class {
            key: key.clone(),
            grade,
            letter,
            teacher: None,
            profile: Text::new(),
            shift: Text::new(),
            set: Text::new(),
            place,
        });
        self.builder.keys.classes.insert(key, class);
        Some(class)
    }

    /// Says that a class is in no table, where the bundle has a table of classes.
    fn say_new_class(&mut self, key: &Text, place: SourceRef) {
        let journal = &self.builder.journal;
        if !journal.presence.has(Table::Classes) {
            return;
        }
        let near = nearest(key, journal.classes.values().map(|class| class.key.as_str()));
        let meant = near.unwrap_or("…").to_owned();
        let message = words(
            format!("класса {key} нет в таблице classes: считается ещё одним классом"),
            format!("class {key} is not in the table of classes: taken for one more class"),
        );
        let hint = words(
            format!("если это {meant}, добавьте в таблицу aliases строку «classes;{key};;;{meant}»"),
            format!("if it is {meant}, add the row \"classes;{key};;;{meant}\" to the table aliases"),
        );
        self.note("J635", ProblemSeverity::Warning, place, ("Класс", key), (message, hint));
    }

    /// Returns the `number`-th pupil of this name in the class, made where there is none.
    fn pupil(&mut self, class: Id<Class>, name: &str, number: usize, place: SourceRef) -> Id<Pupil> {
        let known = self.made.get(&(class, fold(name)));
        let known = known.and_then(|pupils| pupils.get(number - 1)).copied();
        known.unwrap_or_else(|| {
            let pupil = self.new_pupil(class, name, number, place);
            self.made.entry((class, fold(name))).or_default().push(pupil);
            pupil
        })
    }

    fn new_pupil(&mut self, class: Id<Class>, name: &str, number: usize, place: SourceRef) -> Id<Pupil> {
        let key = self.pupil_key(class, name, number);
        let mut parts = name.splitn(3, ' ').map(Text::from);
        let mut part = || parts.next().unwrap_or_default();
        let pupil = Pupil {
            key: key.clone(),
            surname: part(),
            given_name: part(),
            patronymic: part(),
            birth_date: None,
            sex: None,
            file_number: Text::new(),
            address: Text::new(),
            phone: Text::new(),
            parents: Text::new(),
            health_group: Text::new(),
            pe_group: Text::new(),
            place,
        };
        let journal = &mut self.builder.journal;
        let pupil = journal.pupils.push(pupil);
        self.builder.keys.pupils.insert(key, pupil);
        // The reports know no moves: a pupil is taken to be in the class all year.
        let span = Span { from: journal.year.start, to: jiff::civil::Date::MAX };
        journal.enrolment.push(Enrolment {
            pupil,
            class,
            span,
            joined: None,
            joined_order: Text::new(),
            left: None,
            left_order: Text::new(),
            left_reason: Text::new(),
            place,
        });
        pupil
    }

    /// Makes an id from class and name: the same in every report and every build, and no name in it.
    fn pupil_key(&self, class: Id<Class>, name: &str, number: usize) -> Text {
        let class = &self.builder.journal.classes[class].key;
        let digest = hex(&Sha256::digest(format!("{class}\n{}\n{number}", fold(name))));
        (10..=digest.len())
            .map(|length| Text::from(format!("{class}-{}", &digest[..length])))
            .find(|key| self.builder.keys.pupils.get(key).is_none())
            .unwrap_or_else(|| digest.as_str().into())
    }
}

/// Returns the year of study a class name begins with.
fn grade(key: &str) -> Option<u8> {
    let digits: String = key.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|grade| (1..=11).contains(grade))
}
