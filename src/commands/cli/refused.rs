//! Why a command line was not understood, in the language of the messages. Typed text reaches the terminal
//! only with control characters as codes.

use std::error::Error;

use clap::error::{ContextKind, ErrorKind};

use super::language::LangArg;
use crate::base::said::{Fault, Lang, Said, said};
use crate::base::settings;
use crate::base::shown;

/// Returns the message for a command line that was not understood; `None` if help or the version was
/// requested.
pub fn refused(error: &clap::Error, words: &[String]) -> Option<String> {
    if !error.use_stderr() {
        return None;
    }
    let text = said!(
        "letopis: ошибка: {}\n  → letopis --help, letopis КОМАНДА --help",
        "letopis: error: {}\n  → letopis --help, letopis COMMAND --help",
        reason(error)
    );
    Some(shown::lines(text.pick(asked(words)).trim_end()).into_owned())
}

/// Returns the language that a command line asks for, even if the rest of it cannot be understood.
pub fn asked(words: &[String]) -> Lang {
    let after = words
        .iter()
        .zip(words.iter().skip(1))
        .find(|(word, _)| *word == "--lang")
        .map(|(_, lang)| lang.as_str());
    let joined = words.iter().find_map(|word| word.strip_prefix("--lang="));
    match after.or(joined) {
        Some("ru") => LangArg::Ru.into(),
        Some("en") => LangArg::En.into(),
        _ => settings::language(),
    }
}

fn reason(error: &clap::Error) -> Said {
    let of =
        |kind| error.get(kind).map(|value| shown::line(&value.to_string()).into_owned()).unwrap_or_default();
    let (arg, value) = (of(ContextKind::InvalidArg), of(ContextKind::InvalidValue));
    match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => {
            said!("после {arg} нужно значение", "a value is needed after {arg}")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let fits =
                said!("значение «{value}» не подходит для {arg}", "the value «{value}» does not fit {arg}");
            let valid = of(ContextKind::ValidValue);
            if let Some(fault) = error.source().and_then(|source| source.downcast_ref::<Fault>()) {
                Said::join([fits, fault.said().clone()], ": ")
            } else if valid.is_empty() {
                fits
            } else {
                Said::join([fits, said!("можно: {valid}", "possible: {valid}")], "; ")
            }
        }
        ErrorKind::UnknownArgument => said!("такого параметра нет: {arg}", "there is no such option: {arg}"),
        ErrorKind::InvalidSubcommand => {
            let verb = of(ContextKind::InvalidSubcommand);
            said!("такой команды нет: {verb}", "there is no such command: {verb}")
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            said!("не сказано, что делать: нужна команда", "no command was given")
        }
        ErrorKind::MissingRequiredArgument => said!("не хватает: {arg}", "missing: {arg}"),
        ErrorKind::ArgumentConflict => {
            let other = of(ContextKind::PriorArg);
            said!("{arg} и {other} вместе не указывают", "{arg} and {other} cannot go together")
        }
        _ => said!("команда набрана не так", "the command line is not valid"),
    }
}
