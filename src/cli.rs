//! What can be typed: the verbs and their options.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::settings::Lang;

/// летопись — журналы, ведомости, показатели и архив из выгрузок электронного журнала.
///
/// Typeset class journals, summary sheets, figures, checks and archive packages from a school's exports.
#[derive(Debug, Parser)]
#[command(name = "letopis", version, propagate_version = true)]
pub struct Cli {
    /// Язык сообщений: ru или en (language of messages).
    #[arg(long, global = true, value_enum)]
    pub lang: Option<LangArg>,
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// `--lang`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum LangArg {
    /// Russian.
    Ru,
    /// English.
    En,
}

impl Cli {
    /// Returns the language of messages: as asked, else the system's.
    pub fn lang(&self) -> Lang {
        match self.lang {
            Some(LangArg::Ru) => Lang::Ru,
            Some(LangArg::En) => Lang::En,
            None => Lang::of_system(),
        }
    }
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Собрать учебный год: документы, показатели, проверки, архив (build everything).
    Build(BuildArgs),
    /// Только прочитать и проверить, ничего не записывая (read and check only).
    Check(CheckArgs),
    /// Новая папка для учебного года: настройки, книга с таблицами, пояснения (a new bundle).
    Init(InitArgs),
    /// Какие системы журналов читаются и какой профиль взял каждый файл (import profiles).
    Profiles(ProfilesArgs),
    /// Проверить архивные пакеты: папки, ZIP, папку с пакетами (verify bags).
    Verify(VerifyArgs),
}

/// Options of `build`.
#[derive(Debug, clap::Args)]
pub struct BuildArgs {
    /// Папки с выгрузкой года; без них — все в папке inputs (bundles; default: those in inputs).
    pub bundles: Vec<PathBuf>,
    /// Куда собирать (where to).
    #[arg(short, long, default_value = "outputs")]
    pub output: PathBuf,
    /// За какую дату говорит сборка, например 2026-06-30 (the date the build speaks for).
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// Остановиться, если хоть одна строка не прочитана (stop if any row was left out).
    #[arg(long)]
    pub strict: bool,
    /// Сколько потоков занимать (threads).
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// Собрать заново, даже если ничего не изменилось (rebuild even if nothing changed).
    #[arg(long)]
    pub force: bool,
}

/// Options of `check`.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// Папки с выгрузкой года; без них — все в папке inputs (bundles; default: those in inputs).
    pub bundles: Vec<PathBuf>,
    /// За какую дату (the date to speak for).
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
}

/// Options of `init`.
#[derive(Debug, clap::Args)]
pub struct InitArgs {
    /// Папка, которой ещё нет или в которой пусто (a folder that does not exist yet, or is empty).
    pub folder: PathBuf,
}

/// Options of `profiles`.
#[derive(Debug, clap::Args)]
pub struct ProfilesArgs {
    /// Папка с выгрузкой: сказать, какой профиль взял каждый её файл и почему (a bundle to explain).
    pub bundle: Option<PathBuf>,
    /// Показать текст поставляемого профиля, образец для своего (print a shipped profile).
    #[arg(long, value_name = "ID", conflicts_with = "bundle")]
    pub show: Option<String>,
}

/// Options of `verify`.
#[derive(Debug, clap::Args)]
pub struct VerifyArgs {
    /// Пакеты BagIt: папки или ZIP, либо папки с ними (bags, ZIPs of bags, or folders of them).
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    /// Вид ответа: text или json (form of the answer).
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
}

/// `--format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}
