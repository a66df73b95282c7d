//! Matches pupils of the reports with those that the bundle's own tables enrol: by alias, or by full name
//! within the class.
//!
//! Nobody is guessed: a name of two pupils, or of none, is a problem with the alias row that settles it, and
//! the block is left out.

use super::Import;
use super::lines::fold;
use crate::base::nearest::nearest;
use crate::base::problems::ProblemSeverity;
use crate::base::said::{Said, said};
use crate::base::source::SourceRef;
use crate::ingest::people::called;
use crate::model::*;

impl Import<'_> {
    /// Finds the enrolled pupil of a block; `number` of the `count` blocks with this name in the report.
    pub(super) fn enrolled(
        &mut self,
        class: Id<Class>,
        (name, number, count): (&str, usize, usize),
        place: SourceRef,
    ) -> Option<Id<Pupil>> {
        if let Some(id) = self.alias_of(class, (name, number, count), place) {
            // An alias that leads nowhere is reported once, with its own row.
            return self.builder.keys.get::<Pupil>(&id).or_else(|| {
                self.left_out += 1;
                None
            });
        }
        let called = called(self.roster.pupils(class), name);
        if let ([pupil], 1) = (called.as_slice(), count) {
            return Some(**pupil);
        }
        let ids: Vec<Text> =
            called.iter().map(|pupil| self.builder.journal.pupils[**pupil].key.clone()).collect();
        let numbered = if count > 1 { format!("{name} ({number})") } else { name.to_owned() };
        let fault = match ids.len() {
            0 => self.unknown(class, name),
            _ => self.ambiguous(class, &numbered, (&ids, count)),
        };
        self.left_out += 1;
        let code = if ids.is_empty() { "J631" } else { "J632" };
        self.note(code, ProblemSeverity::Error, place, ("Ученик", name), fault);
        None
    }

    /// Returns the id that the table of aliases gives for a name; namesakes only by their number.
    pub(super) fn alias_of(
        &self,
        class: Id<Class>,
        (name, number, count): (&str, usize, usize),
        place: SourceRef,
    ) -> Option<Text> {
        let (source, class) = (self.source(place), &self.builder.journal.classes[class].key);
        let find =
            |name: &str| self.builder.aliases.by_name(Table::Pupils, name, class, source.as_pair()).cloned();
        let plain = || if count == 1 { find(name) } else { None };
        find(&format!("{name} ({number})")).or_else(plain)
    }

    fn unknown(&self, class: Id<Class>, name: &str) -> (Said, Said) {
        let key = &self.builder.journal.classes[class].key;
        let names: Vec<(String, Id<Pupil>)> =
            self.roster.pupils(class).iter().map(|(person, pupil)| (person.full(), *pupil)).collect();
        let near = nearest(&fold(name), names.iter().map(|(name, _)| name.as_str()));
        let near = near.and_then(|near| names.iter().find(|(name, _)| name == near));
        let near = near.map(|(_, pupil)| &self.builder.journal.pupils[*pupil]);
        let message = said!(
            "в таблицах комплекта среди учеников {key} нет «{name}»: его таблица не прочитана",
            "the bundle's tables have no \"{name}\" in {key}: the pupil's table was not read"
        );
        let hint = match near {
            Some(pupil) => {
                let found = pupil.full_name();
                let row = row(name, key, &pupil.key);
                said!(
                    "возможно, это «{found}»: тогда добавьте в таблицу aliases строку {row}",
                    "perhaps it is \"{found}\": then add the row {row} to the table aliases"
                )
            }
            None => {
                let row = row(name, key, "…");
                said!(
                    "добавьте ученика в pupils и enrolment или в таблицу aliases строку {row}",
                    "add the pupil to pupils and enrolment, or the row {row} to the table aliases"
                )
            }
        };
        (message, hint)
    }

    fn ambiguous(&self, class: Id<Class>, name: &str, (ids, count): (&[Text], usize)) -> (Said, Said) {
        let key = &self.builder.journal.classes[class].key;
        let listed = ids.join(", ");
        let message = said!(
            "«{name}» в {key}: таблиц в отчёте {count}, учеников с таким именем {} ({listed}): не прочитано",
            "\"{name}\" in {key}: {count} tables in the report, {} pupils of that name ({listed}): not read",
            ids.len()
        );
        let row = row(name, key, ids.first().map_or("", Text::as_str));
        let hint = said!(
            "скажите, чья это таблица: строка {row} в таблице aliases, с нужным кодом из {listed}",
            "say whose table it is: the row {row} in the table aliases, with the right id of {listed}"
        );
        (message, hint)
    }
}

/// A row of the table of aliases, ready to type.
pub(super) fn row(name: &str, class: &str, id: &str) -> String {
    format!("«pupils;{name};{class};;{id}»")
}
