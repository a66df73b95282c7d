//! Events that people add to a register: who did what to a bag and by which act, and reversed mistakes.
//!
//! Nothing is erased. A destruction needs the most proof: the term must be over, nothing may forbid it, the
//! bag must be gone from the disk, and two people answer for it.

use std::fs;
use std::path::Path;

use anyhow::Result;
use jiff::civil::Date;

use super::record_file::Obstacle;
use super::registers::{registered, write_register};
use super::retention::record_files;
use crate::base::said::{Said, refuse, said};
use crate::base::settings;
use crate::outputs::store::ArchiveLock;
use crate::register::{Event, Record, Register, label_key, reversal_note};
use crate::render::format;

/// Longest note, in letters: people read a register.
const NOTE_LETTERS: usize = 500;
/// How many people answer for a destruction.
const WITNESSES: usize = 2;

/// An event that a person adds.
#[derive(Clone, Debug)]
pub struct Entering {
    /// What happened.
    pub event: Event,
    /// The bag.
    pub bag: String,
    /// The reason, or the act.
    pub note: String,
    /// Posts of the people who did it.
    pub by: Vec<String>,
    /// The entry to reverse; `None` means the last hand-over or destruction of the bag.
    pub entry: Option<u64>,
}

/// Adds an event to the register of an archive and returns it; `on` is the day of the entry.
///
/// # Errors
/// When the register is not sound or does not know the bag, a required text is missing, the event is not
/// credible, or on a disk error.
pub fn enter(archive: &Path, entering: &Entering, on: Date) -> Result<Register> {
    registered(archive)?;
    let _lock = ArchiveLock::take(archive)?;
    let mut register = registered(archive)?;
    let note = typed("--note", &entering.note)?;
    let by = posts(&entering.by)?;
    let moment = settings::now(&register.offset());
    let note = match entering.event {
        Event::Reversed => reversal_note(mistake(&register, entering)?, note),
        _ => note.to_owned(),
    };
    if entering.event == Event::Destroyed && register.states().contains_key(entering.bag.as_str()) {
        let objections = objections(archive, entering, on)?;
        if !objections.is_empty() {
            let objections = Said::join(objections, "; ");
            refuse!("{}: запись не внесена: {}", "{}: nothing was entered: {}", entering.bag, objections);
        }
    }
    add_event(&mut register, entering.event, &entering.bag, (&note, &by), &moment)?;
    write_register(archive, &register)?;
    Ok(register)
}

/// Adds one event to a register in memory: its note, and the posts of the people.
///
/// # Errors
/// When the register does not know the bag, or knows it as destroyed.
pub fn add_event(
    register: &mut Register,
    event: Event,
    bag: &str,
    (note, by): (&str, &str),
    moment: &str,
) -> Result<()> {
    let states = register.states();
    let Some((name, state)) = states.get_key_value(bag) else {
        refuse!("{bag}: такого пакета в реестре нет", "{bag}: the register has no such bag");
    };
    if state.destroyed.is_some() && event != Event::Reversed {
        refuse!("{bag}: по реестру уже уничтожен", "{bag}: destroyed already, by the register");
    }
    register.append(&Record {
        moment: moment.to_owned(),
        event,
        bag: name.clone(),
        edition: state.edition,
        tag_manifest: state.tag_manifest.clone(),
        note: note.to_owned(),
        by: by.to_owned(),
    });
    Ok(())
}

/// Returns whether a text is empty to a reader: blanks, invisible characters, dashes.
pub(super) fn is_blank(text: &str) -> bool {
    !text.chars().any(char::is_alphanumeric)
}

/// Returns the text that a person typed after an option.
///
/// # Errors
/// When it is empty to a reader, cannot be shown as it is, or is too long for a line of the register.
pub(super) fn typed<'a>(option: &str, text: &'a str) -> Result<&'a str> {
    let is_steering = |c: char| {
        (c.is_control() && !c.is_whitespace())
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
    };
    if is_blank(text) {
        refuse!(
            "{option}: здесь ничего не сказано, напишите словами",
            "{option}: nothing is said here, put it in words"
        );
    }
    if text.chars().any(is_steering) {
        refuse!(
            "{option}: в тексте есть невидимые или управляющие знаки, наберите его заново",
            "{option}: the text has invisible or steering signs, type it anew"
        );
    }
    let letters = text.chars().count();
    if letters > NOTE_LETTERS {
        refuse!(
            "{option}: {letters} знаков, а можно не больше {NOTE_LETTERS}",
            "{option}: {letters} characters, no more than {NOTE_LETTERS} are allowed"
        );
    }
    Ok(text.trim())
}

/// Returns posts in the form of the register, separated by `; `; empty if none was named.
///
/// # Errors
/// When a post is empty, or looks like a person's name: the register is kept longer than a school may keep
/// names.
pub fn posts(by: &[String]) -> Result<String> {
    let mut posts = Vec::new();
    for post in by.iter().flat_map(|by| by.split(';')) {
        let post = typed("--by", post)?;
        if has_initials(post) {
            refuse!(
                "--by: «{post}»: назовите должность, не фамилию с инициалами",
                "--by: «{post}»: name a post, not a person"
            );
        }
        posts.push(post);
    }
    Ok(posts.join("; "))
}

/// Returns whether a text has two capital letters with full stops: `Н. П.`
fn has_initials(text: &str) -> bool {
    let letters: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    letters
        .windows(4)
        .any(|four| four[0].is_uppercase() && four[1] == '.' && four[2].is_uppercase() && four[3] == '.')
}

/// Returns the number of the entry to reverse.
fn mistake(register: &Register, entering: &Entering) -> Result<u64> {
    let reversed = register.reversed();
    let own = register.entries.iter().filter(|entry| entry.record.bag == entering.bag);
    let mut open =
        own.filter(|entry| entry.record.event.is_reversible() && !reversed.contains(&entry.number));
    let found = match entering.entry {
        Some(number) => open.find(|entry| entry.number == number),
        None => open.rfind(|entry| matches!(entry.record.event, Event::HandedOver | Event::Destroyed)),
    };
    match (found, entering.entry) {
        (Some(entry), _) => Ok(entry.number),
        (None, Some(number)) => refuse!(
            "{}: запись № {number} не об этом пакете, уже отменена или говорит о его создании и замене; отменяют \
             записи о проверке, копии, передаче и уничтожении",
            "{}: entry no. {number} is not about this bag, is reversed already, or tells of its creation or \
             replacement; entries of a verification, copy, hand-over or destruction can be reversed",
            entering.bag
        ),
        (None, None) => refuse!(
            "{}: записей о передаче и уничтожении, которые можно отменить, нет; другую назовите по номеру: --entry N",
            "{}: there is no entry of a hand-over or destruction to reverse; name another by its number: --entry N",
            entering.bag
        ),
    }
}

/// Returns why the destruction of a bag is not credible, or not yet.
fn objections(archive: &Path, entering: &Entering, on: Date) -> Result<Vec<Said>> {
    let mut objections = Vec::new();
    let files = record_files(archive, on)?;
    let file = files.iter().find(|file| file.editions.iter().any(|(bag, _)| *bag == entering.bag));
    if let Some(file) = file {
        if let Some(term) = file.term.filter(|term| on < term.due_on) {
            let last = format::date(term.last_day());
            objections.push(said!(
                "срок хранения — по {last}, он не истёк",
                "it is to be kept to {last}, the term is not over"
            ));
        }
        // The bag's absence is what the entry records.
        let others = file.obstacles.iter().filter(|obstacle| **obstacle != Obstacle::Absent);
        objections.extend(others.map(Obstacle::reason));
    }
    objections.extend(still_here(archive, &entering.bag)?.into_iter().map(|name| {
        let place = archive.join(name);
        said!(
            "{}: ещё на диске; запись вносят после уничтожения",
            "{}: still on the disk; the entry is made after the destruction",
            place.display()
        )
    }));
    let mut posts: Vec<String> = posts(&entering.by)?.split(';').map(label_key).collect();
    posts.retain(|post| !is_blank(post));
    posts.sort();
    posts.dedup();
    if posts.len() < WITNESSES {
        objections.push(said!(
            "назовите должности двух человек, проводивших уничтожение: --by \"директор\" --by \"делопроизводитель\"",
            "name the posts of the two people who did it: --by \"director\" --by \"records clerk\""
        ));
    }
    if !names_act(&entering.note) {
        objections.push(said!(
            "назовите номер акта: --note \"акт № 5 от 12.01.2032\"",
            "name the act's number: --note \"act no. 5 of 12.01.2032\""
        ));
    }
    Ok(objections)
}

/// Returns whether a note has the number of an act: a digit after `№`, `N` or `акт`.
fn names_act(note: &str) -> bool {
    let note = note.to_lowercase();
    ["№", "n", "акт", "act"].iter().any(|mark| {
        note.split(mark).skip(1).any(|rest| {
            let rest =
                rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '.' | 'o' | '°' | '№'));
            rest.starts_with(|c: char| c.is_ascii_digit())
        })
    })
}

/// Returns what is left of a bag in the archive: its folder, its ZIP, parity that could restore it,
/// unfinished work.
fn still_here(archive: &Path, bag: &str) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for item in fs::read_dir(archive)? {
        let name = item?.file_name().to_string_lossy().into_owned();
        let rest = name.strip_prefix('.').unwrap_or(&name).strip_prefix(bag);
        let is_its = |rest: &str| {
            let rest = rest.to_lowercase();
            matches!(rest.as_str(), "" | ".zip" | ".part" | ".new" | ".old") || rest.ends_with(".par2")
        };
        if rest.is_some_and(|rest| is_its(rest) && !rest.starts_with(|c: char| c.is_ascii_digit())) {
            found.push(name);
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_says_something_and_names_its_act() {
        for blank in ["", " ", "\u{A0}", "\u{200B}", "—", "...", "\t\n"] {
            assert!(typed("--note", blank).is_err(), "{blank:?}");
        }
        assert!(typed("--note", "акт\u{202E}1").is_err() && typed("--note", &"я".repeat(501)).is_err());
        assert_eq!(typed("--note", " акт 1 ").ok(), Some("акт 1"));
        for named in ["акт № 5 от 12.01.2032", "Акт №5", "акт N 5", "акт 5", "act no. 5", "по акту: № 7/2"]
        {
            assert!(names_act(named), "{named}");
        }
        for other in ["по акту", "акт от директора", "12.01.2032", "уничтожено 5 дел"]
        {
            assert!(!names_act(other), "{other}");
        }
    }

    #[test]
    fn posts_are_posts() {
        let by = |posts: &[&str]| self::posts(&posts.iter().map(|&post| post.to_owned()).collect::<Vec<_>>());
        assert_eq!(by(&[]).ok().as_deref(), Some(""));
        assert_eq!(by(&["директор", " завуч "]).ok().as_deref(), Some("директор; завуч"));
        assert_eq!(by(&["директор; завуч"]).ok().as_deref(), Some("директор; завуч"));
        for wrong in ["", "директор;", "Туманейкинов З. С.", "З.С. Туманейкинов"]
        {
            assert!(by(&[wrong]).is_err(), "{wrong}");
        }
        assert!(by(&["Зам. директора по УВР"]).is_ok());
    }
}
