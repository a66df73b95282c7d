//! The command line: the commands and their options.

mod language;
mod refused;
mod typed;

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

pub use language::LangArg;
pub use refused::refused;

use crate::base::said::Lang;
use crate::base::settings;
use crate::register::WrittenHead;
use crate::verify::checks::Part;

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

impl Cli {
    /// Returns the language of messages: the one that was asked for, or the system's.
    pub fn lang(&self) -> Lang {
        self.lang.map_or_else(settings::language, Lang::from)
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
    /// Показать показатели регламента, с которыми сравнивает проверка, и откуда каждый (print the policy in force).
    Policy(PolicyArgs),
    /// Проверить архивные пакеты: папки, ZIP, папку с пакетами (verify bags).
    Verify(VerifyArgs),
    /// Положить пакеты года в архив школы: издания и реестр (put a year's packages into the archive).
    Archive(ArchiveArgs),
    /// Показать реестр архива или внести в него событие (show the register, or enter an event).
    Register(RegisterArgs),
    /// Скопировать архив на другие носители и прочитать, что получилось (copy the archive and read it back).
    Copy(CopyArgs),
    /// Починить повреждённый пакет по файлам PAR2 в новую папку (mend a damaged bag into a new folder).
    Repair(RepairArgs),
    /// Достать данные из пакета и собрать документы заново (take the data out of a bag and build anew).
    Restore(RestoreArgs),
    /// Сроки хранения: что до какого года, что можно уничтожить по акту (retention, and the draft of an act).
    Retention(RetentionArgs),
    /// Состояние года на одной странице: классы, архив, копии, дни до 30 июня (the state of a year).
    State(StateArgs),
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
    #[arg(long, value_name = "DATE", value_parser = typed::day)]
    pub as_of: Option<Date>,
    /// Остановиться, если хоть одна строка не прочитана (stop if any row was left out).
    #[arg(long)]
    pub strict: bool,
    /// Сколько потоков занимать (threads).
    #[arg(long, value_name = "N", value_parser = typed::threads)]
    pub threads: Option<usize>,
    /// Собрать заново, даже если ничего не изменилось (rebuild even if nothing changed).
    #[arg(long)]
    pub force: bool,
    /// Папка со своими шаблонами бумаг: файл с именем шаблона программы берётся вместо него (own templates, by name).
    #[arg(long, value_name = "DIR")]
    pub templates: Option<PathBuf>,
    /// Оставить рядом с документами их данные в JSON, шаблоны и шрифты, чтобы править шаблоны (keep the views).
    #[arg(long)]
    pub keep_data: bool,
}

/// Options of `check`.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// Папки с выгрузкой года; без них — все в папке inputs (bundles; default: those in inputs).
    pub bundles: Vec<PathBuf>,
    /// За какую дату (the date to speak for).
    #[arg(long, value_name = "DATE", value_parser = typed::day)]
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

/// Options of `policy`.
#[derive(Debug, clap::Args)]
pub struct PolicyArgs {
    /// Папки с выгрузкой года; без них — все в папке inputs (bundles; default: those in inputs).
    pub bundles: Vec<PathBuf>,
    /// Вид ответа: text или json (form of the answer).
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
    /// Напечатать policy.toml по умолчанию: letopis policy --default > policy.toml (print the default file).
    #[arg(long, conflicts_with_all = ["bundles", "format"])]
    pub default: bool,
}

/// Options of `verify`.
#[derive(Debug, clap::Args)]
pub struct VerifyArgs {
    /// Пакеты BagIt: папки или ZIP, либо папки с ними (bags, ZIPs of bags, or folders of them).
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    /// Вид ответа: text, json или csv (form of the answer).
    #[arg(long, value_enum, default_value = "text")]
    pub format: VerifyFormat,
    /// Голова реестра с бумаги, например 7:3f2a-91bc-0d4e-77aa (the register's head as it stands on paper).
    #[arg(long, value_name = "HEAD")]
    pub head: Vec<WrittenHead>,
    /// Считать замечания поводом для кода завершения 3 (exit with 3 when there are warnings).
    #[arg(long)]
    pub strict: bool,
    /// Внести в реестр, что верные пакеты проверены (enter in the register that sound bags were verified).
    #[arg(long)]
    pub record: bool,
    /// Не вносить и не спрашивать об этом (do not, and do not ask).
    #[arg(long, conflicts_with = "record")]
    pub no_record: bool,
    /// Прочитать только часть каждого пакета, например третью из двенадцати: 3/12 (read one part of several).
    #[arg(long, value_name = "N/M")]
    pub part: Option<Part>,
    /// Читать столько времени, например 30m или 2h, и продолжить в следующий раз (read for so long, then go on next time).
    #[arg(long = "for", value_name = "TIME", value_parser = typed::duration)]
    pub time: Option<(String, std::time::Duration)>,
    /// Записать в эту папку протокол проверки, PDF и CSV (write a protocol to sign, PDF and CSV).
    #[arg(long, value_name = "DIR")]
    pub protocol: Option<PathBuf>,
    /// Каким днём датировать протокол; без этого — сегодня (the protocol's date).
    #[arg(long, value_name = "DATE", requires = "protocol", value_parser = typed::day)]
    pub as_of: Option<Date>,
    /// Какой носитель проверен, для протокола; без этого — как он подписан (the medium, for the protocol).
    #[arg(long, value_name = "TEXT", requires = "protocol", value_parser = typed::note)]
    pub medium: Option<String>,
    /// Где проверяли, для протокола; без этого — адрес школы из пакета (the place, for the protocol).
    #[arg(long, value_name = "TEXT", requires = "protocol", value_parser = typed::note)]
    pub place: Option<String>,
    /// Должность того, кто это делает; можно назвать несколько раз (post of whoever does it).
    #[arg(long, value_name = "POST", value_parser = typed::note)]
    pub by: Vec<String>,
}

/// Options of `archive`.
#[derive(Debug, clap::Args)]
pub struct ArchiveArgs {
    /// Папки собранных лет; без них — все в папке outputs (outputs of years; default: those in outputs).
    pub years: Vec<PathBuf>,
    /// Папка архива (the archive).
    #[arg(long, default_value = "archive", value_name = "DIR")]
    pub to: PathBuf,
    /// Почему появилось новое издание (why there is a new edition).
    #[arg(long, value_name = "TEXT", value_parser = typed::note)]
    pub reason: Option<String>,
    /// Почему пакет кладут в архив без части документов (why a package is archived without all of its documents).
    #[arg(long, value_name = "REASON", value_parser = typed::note)]
    pub incomplete: Option<String>,
    /// Должность того, кто кладёт в архив и отвечает за издание (post of whoever does it and answers for it).
    #[arg(long, visible_alias = "post", value_name = "POST", value_parser = typed::note)]
    pub by: Vec<String>,
}

/// Options of `copy`.
#[derive(Debug, clap::Args)]
pub struct CopyArgs {
    /// Папка архива (the archive).
    pub archive: PathBuf,
    /// Папки на носителях: первая — основной экземпляр, остальные — рабочие (folders on the media).
    #[arg(required = true)]
    pub to: Vec<PathBuf>,
    /// Какой это экземпляр, если не по порядку (main or working, if not by order).
    #[arg(long = "as", value_enum, value_name = "KIND")]
    pub kind: Option<CopyKindArg>,
    /// Название носителя для реестра, своё у каждого; для нескольких — по порядку (what the register calls each medium).
    #[arg(long, value_name = "TEXT", value_parser = typed::note)]
    pub label: Vec<String>,
    /// Записать рядом с пакетами файлы PAR2: по ним чинится столько процентов потерь (parity beside the bags).
    #[arg(long, value_name = "PERCENT", num_args = 0..=1, default_missing_value = "10",
          value_parser = clap::value_parser!(u32).range(1..=100))]
    pub parity: Option<u32>,
    /// Должность того, кто это делает; можно назвать несколько раз (post of whoever does it).
    #[arg(long, value_name = "POST", value_parser = typed::note)]
    pub by: Vec<String>,
}

/// Options of `repair`.
#[derive(Debug, clap::Args)]
pub struct RepairArgs {
    /// Папка повреждённого пакета; файлы PAR2 лежат рядом с ней (the damaged bag, PAR2 files beside it).
    pub bag: PathBuf,
    /// Новая папка: в ней пакет встанет под своим именем (a new folder for the mended bag).
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
    /// Папка архива, с реестром которого сверить; без этого — папка, где лежит пакет (whose register to compare with).
    #[arg(long, value_name = "ARCHIVE")]
    pub register: Option<PathBuf>,
}

/// `--as`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CopyKindArg {
    /// Основной (main).
    Main,
    /// Рабочий (working).
    Working,
}

/// Options of `restore`.
#[derive(Debug, clap::Args)]
pub struct RestoreArgs {
    /// Папка пакета (the bag).
    pub bag: PathBuf,
    /// Новая папка: sources — исходные файлы, tables — таблицы, rebuilt — собранное заново (a new folder).
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
}

/// Options of `retention`.
#[derive(Debug, clap::Args)]
pub struct RetentionArgs {
    /// Папка архива (the archive).
    pub archive: PathBuf,
    /// На какую дату (the date to speak for).
    #[arg(long, value_name = "DATE", value_parser = typed::day)]
    pub as_of: Option<Date>,
    /// Записать в эту папку проект акта о выделении к уничтожению (write the draft of an act of destruction).
    #[arg(long, value_name = "DIR")]
    pub act: Option<PathBuf>,
}

/// Options of `state`.
#[derive(Debug, clap::Args)]
pub struct StateArgs {
    /// Папки собранных лет (outputs of years).
    #[arg(required = true)]
    pub years: Vec<PathBuf>,
    /// Папка архива; рядом с реестром в ней лежит year-ГОД.toml с отметками о классах (the archive, with notes by hand).
    #[arg(long, default_value = "archive", value_name = "DIR")]
    pub archive: PathBuf,
    /// На какую дату (the date to speak for).
    #[arg(long, value_name = "DATE", value_parser = typed::day)]
    pub as_of: Option<Date>,
    /// Записать сюда страницу PDF для печати (a page to print).
    #[arg(long, value_name = "DIR")]
    pub page: Option<PathBuf>,
    /// Начать в архиве файл year-ГОД.toml, куда вписывают дни закрытия, печати и подписания (begin the file for notes).
    #[arg(long)]
    pub start_notes: bool,
}

/// Options of `register`.
#[derive(Debug, clap::Args)]
pub struct RegisterArgs {
    /// Папка архива (the archive).
    pub archive: PathBuf,
    /// Событие: handed_over — передан, destroyed — уничтожен, reversed — прежняя запись ошибочна (what people did).
    #[arg(value_enum, requires_all = ["bag", "note"])]
    pub event: Option<EventArg>,
    /// Имя пакета в архиве (the bag).
    pub bag: Option<String>,
    /// Основание: номер и дата акта, а для отмены — почему (the act's number and date, or the reason).
    #[arg(long, value_name = "TEXT", requires = "event", value_parser = typed::note)]
    pub note: Option<String>,
    /// Должность того, кто это делает; для уничтожения двое: --by … --by … (posts; two for a destruction).
    #[arg(long, value_name = "POST", requires = "event", value_parser = typed::note)]
    pub by: Vec<String>,
    /// Номер записи, которую отменяет reversed; без него — последняя о передаче или уничтожении (the entry to reverse).
    #[arg(long, value_name = "N", requires = "event")]
    pub entry: Option<u64>,
}

/// Events that people make and the register records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum EventArg {
    /// Передан в другой архив (handed over to another archive).
    HandedOver,
    /// Уничтожен по акту (destroyed by an act).
    Destroyed,
    /// Прежняя запись ошибочна и отменена (an earlier entry was a mistake).
    Reversed,
}

/// `--format` of `verify`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum VerifyFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For spreadsheets: a line for every finding.
    Csv,
}

/// `--format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}
