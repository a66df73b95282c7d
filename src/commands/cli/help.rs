//! The help of the command line, in the language of the messages.

use clap::{Arg, ArgAction, Command, CommandFactory};

use super::Cli;
use super::help_texts::HELP;
use crate::base::said::{Lang, Said};

const OPTIONS: Said<&str> = Said::fixed("Параметры", "Options");
const ARGUMENTS: Said<&str> = Said::fixed("Что указать", "Arguments");
const COMMANDS: Said<&str> = Said::fixed("Команды", "Commands");
const A_COMMAND: Said<&str> = Said::fixed("КОМАНДА", "COMMAND");
const SOME_OPTIONS: Said<&str> = Said::fixed("[ПАРАМЕТРЫ]", "[OPTIONS]");
const USAGE: Said<&str> = Said::fixed("Как набрать", "Usage");
const THIS_HELP: Said<&str> = Said::fixed("Показать эту справку", "Print this help");
const VERSION: Said<&str> = Said::fixed("Показать версию программы", "Print the program's version");
const DEFAULT: Said<&str> = Said::fixed("без этого", "default");
const POSSIBLE: Said<&str> = Said::fixed("можно", "one of");

/// Returns the command line with its help in one language.
pub fn command(lang: Lang) -> Command {
    let command = Cli::command().disable_help_subcommand(true).subcommand_value_name(A_COMMAND.pick(lang));
    let command = command.mut_subcommands(|verb| {
        let name = verb.get_name().to_owned();
        let verb = verb.bin_name(format!("letopis {name}"));
        with_usage(told(verb, &name, lang), lang)
    });
    with_usage(told(command, "", lang), lang)
}

/// Returns what the help says of a command, or of one of its options.
fn said(verb: &str, option: &str) -> Option<Said<&'static str>> {
    HELP.iter().find(|(of, about, _)| *of == verb && *about == option).map(|(_, _, said)| *said)
}

fn told(command: Command, verb: &str, lang: Lang) -> Command {
    let about = said(verb, "").map(|said| said.pick(lang));
    let (usage, all) = (USAGE.pick(lang), "{all-args}");
    let template = format!("{{about-with-newline}}\n{usage}: {{usage}}\n\n{all}");
    let heading = OPTIONS.pick(lang);
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).help(THIS_HELP.pick(lang));
    let version =
        Arg::new("version").short('V').long("version").action(ArgAction::Version).help(VERSION.pick(lang));
    command
        .version(env!("CARGO_PKG_VERSION"))
        .about(about.unwrap_or_default())
        .long_about(None)
        .help_template(template)
        .subcommand_help_heading(COMMANDS.pick(lang))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .mut_args(|arg| told_option(arg, verb, lang))
        .args([help, version].map(|arg| arg.help_heading(heading)))
}

/// Puts the line that shows how the command is typed into the language, too.
fn with_usage(command: Command, lang: Lang) -> Command {
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").replace("[OPTIONS]", SOME_OPTIONS.pick(lang));
    command.override_usage(usage)
}

/// Adds the defaults and the values to choose from in the same language.
fn told_option(arg: Arg, verb: &str, lang: Lang) -> Arg {
    let name = arg.get_id().as_str();
    let mut text = said(verb, name).or_else(|| said("", name)).map_or("", |said| said.pick(lang)).to_owned();
    let values: Vec<String> = arg.get_possible_values().iter().map(|one| one.get_name().to_owned()).collect();
    if !values.is_empty() && arg.get_action().takes_values() {
        text += &format!(" [{}: {}]", POSSIBLE.pick(lang), values.join(", "));
    }
    let defaults = arg.get_default_values().iter().map(|one| one.to_string_lossy().into_owned());
    let defaults = defaults.collect::<Vec<_>>().join(", ");
    if !defaults.is_empty() && arg.get_action().takes_values() {
        text += &format!(" [{}: {defaults}]", DEFAULT.pick(lang));
    }
    let heading = if arg.is_positional() { ARGUMENTS } else { OPTIONS };
    let takes_values = arg.get_action().takes_values();
    arg.help(text)
        .long_help(None::<&str>)
        .hide_default_value(takes_values)
        .hide_possible_values(takes_values)
        .help_heading(heading.pick(lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_and_option_is_told_and_nothing_else() {
        let mut named = vec![(String::new(), String::new())];
        let program = Cli::command();
        let mut list = |command: &Command, verb: &str| {
            let options = command.get_arguments().map(|arg| (verb.to_owned(), arg.get_id().to_string()));
            named.extend(options);
        };
        list(&program, "");
        for verb in program.get_subcommands() {
            list(verb, verb.get_name());
        }
        named.extend(program.get_subcommands().map(|verb| (verb.get_name().to_owned(), String::new())));
        named.sort();
        let mut told: Vec<_> =
            HELP.iter().map(|(of, about, _)| ((*of).to_owned(), (*about).to_owned())).collect();
        told.sort();
        assert_eq!(told, named);
    }

    #[test]
    fn the_help_speaks_one_language() {
        for lang in [Lang::Ru, Lang::En] {
            let mut program = command(lang);
            program.build();
            let mut pages = vec![program.render_long_help().to_string()];
            pages.extend(program.get_subcommands_mut().map(|verb| verb.render_long_help().to_string()));
            for page in pages {
                let is_russian = |line: &&str| line.contains(|sign| ('а'..='я').contains(&sign));
                match lang {
                    Lang::Ru => {
                        let told = ["Usage", "Options", "Print", "[default", "[possible", "[OPTIONS]"];
                        assert!(told.iter().all(|word| !page.contains(word)), "{page}");
                    }
                    Lang::En => assert_eq!(page.lines().find(is_russian), None, "{page}"),
                }
            }
        }
    }
}
