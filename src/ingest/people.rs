//! Pupils by the names in sources: «Ольхина Вера Львовна», «ольхина вера».

use super::parse;

/// A pupil's name, folded.
pub(crate) struct PersonName {
    /// Surname and given name.
    names: String,
    patronymic: String,
}

impl PersonName {
    pub(crate) fn new(surname: &str, given_name: &str, patronymic: &str) -> Self {
        Self { names: parse::name(&format!("{surname} {given_name}")), patronymic: parse::name(patronymic) }
    }

    /// Returns the whole name, folded.
    pub(crate) fn full(&self) -> String {
        format!("{} {}", self.names, self.patronymic).trim_end().to_owned()
    }

    /// Returns whether a folded full name is this one. A patronymic missing on one side is ignored.
    fn is_called(&self, name: &str) -> bool {
        let rest = match name.strip_prefix(self.names.as_str()) {
            Some("") => return true,
            Some(rest) => rest.strip_prefix(' '),
            None => None,
        };
        rest.is_some_and(|rest| {
            rest == self.patronymic || (self.patronymic.is_empty() && is_patronymic(rest))
        })
    }
}

/// A patronymic is one word, or two with «оглы» or «кызы».
fn is_patronymic(rest: &str) -> bool {
    rest.split(' ').count() <= 2
}

/// Returns the people of a name: those with exactly this name, or those whose patronymic is missing on one
/// side.
pub(crate) fn called<'a, T>(people: &'a [(PersonName, T)], name: &str) -> Vec<&'a T> {
    let name = parse::name(name);
    let all = people.iter().filter(|(person, _)| person.is_called(&name));
    let same: Vec<&T> = all.clone().filter(|(person, _)| person.full() == name).map(|(_, who)| who).collect();
    if same.is_empty() { all.map(|(_, who)| who).collect() } else { same }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_whole_or_without_its_patronymic() {
        let people =
            [("Вера", "Львовна", 1), ("Вера", "Ильинична", 2), ("Пётр", "", 3), ("Петрос", "Ашотович", 4)];
        let people =
            people.map(|(given, patronymic, who)| (PersonName::new("Ольхин", given, patronymic), who));
        for (name, found) in [
            ("ОЛЬХИН  Вера Львовна", vec![&1]),
            ("Ольхин Вера", vec![&1, &2]),
            ("Ольхин Петр Ильич", vec![&3]),
            ("Ольхин Петрос", vec![&4]),
            ("Ольхин", vec![]),
            ("Ольхин Вера Петровна", vec![]),
        ] {
            assert_eq!(called(&people, name), found, "{name}");
        }
    }
}
