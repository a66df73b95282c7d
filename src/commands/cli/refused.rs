//! Why a command line was not understood, in the language of the messages. Typed text reaches the terminal
//! only with control characters as codes.

use clap::error::{ContextKind, ErrorKind};

use super::language::LangArg;
use crate::base::said::Lang;
use crate::base::settings;
use crate::base::shown;

/// Returns the message for a command line that was not understood; `None` if help or the version was
/// requested.
pub fn refused(error: &clap::Error, words: &[String]) -> Option<String> {
    if !error.use_stderr() {
        return None;
    }
    let english = error.render().to_string();
    let text = match lang(words) {
        Lang::Ru => format!(
            "letopis: ошибка: {}\n  → letopis --help, letopis КОМАНДА --help\n{english}",
            reason(error)
        ),
        Lang::En => english,
    };
    Some(shown::lines(text.trim_end()).into_owned())
}

/// Returns the language that a command line asks for, even if the rest of it cannot be understood.
fn lang(words: &[String]) -> Lang {
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

fn reason(error: &clap::Error) -> String {
    let of =
        |kind| error.get(kind).map(|value| shown::line(&value.to_string()).into_owned()).unwrap_or_default();
    let (arg, value) = (of(ContextKind::InvalidArg), of(ContextKind::InvalidValue));
    match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => format!("после {arg} нужно значение"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let valid = of(ContextKind::ValidValue);
            let valid = if valid.is_empty() { valid } else { format!("; можно: {valid}") };
            format!("значение «{value}» не подходит для {arg}{valid}")
        }
        ErrorKind::UnknownArgument => format!("такого параметра нет: {arg}"),
        ErrorKind::InvalidSubcommand => format!("такой команды нет: {}", of(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "не сказано, что делать: нужна команда".into()
        }
        ErrorKind::MissingRequiredArgument => format!("не хватает: {arg}"),
        ErrorKind::ArgumentConflict => format!("{arg} и {} вместе не указывают", of(ContextKind::PriorArg)),
        _ => "команда набрана не так".to_owned(),
    }
}
