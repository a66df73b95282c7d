//! The command line: the commands and their options.

mod chosen;
mod help;
mod help_texts;
mod language;
mod refused;
mod typed;

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

pub use chosen::{ChosenArgs, ReportArgs};
pub use help::command;
pub use language::LangArg;
pub use refused::{asked, refused};

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
    /// Language of messages: ru or en.
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
    /// Build a school year: documents, figures, checks, archive.
    Build(BuildArgs),
    /// Fill a workbook of the school's own with figures and lists of a year.
    Form(FormArgs),
    /// Make one report alone, without a build.
    Report(ReportArgs),
    /// Read and check only, write nothing.
    Check(CheckArgs),
    /// A new folder for a school year: settings, a workbook of tables, notes.
    Init(InitArgs),
    /// Which journal systems are read, and which profile took each file.
    Profiles(ProfilesArgs),
    /// Print the policy in force.
    Policy(PolicyArgs),
    /// Verify archive packages: folders, ZIPs, a folder of packages.
    Verify(VerifyArgs),
    /// Put a year's packages into the archive.
    Archive(ArchiveArgs),
    /// Show the register, or enter an event.
    Register(RegisterArgs),
    /// Copy the archive and read it back.
    Copy(CopyArgs),
    /// Mend a damaged bag into a new folder.
    Repair(RepairArgs),
    /// Take the data out of a bag and build anew.
    Restore(RestoreArgs),
    /// Terms of keeping: what to which year, what may be destroyed by an act.
    Retention(RetentionArgs),
    /// The state of a year on one page: classes, archive, copies, days to 30 June.
    State(StateArgs),
}

/// Options of `build`.
#[derive(Debug, clap::Args)]
pub struct BuildArgs {
    /// Folders with a year's export; without them all in the folder inputs.
    pub bundles: Vec<PathBuf>,
    /// Where to build.
    #[arg(short, long, default_value = "outputs")]
    pub output: PathBuf,
    /// The date the build speaks for, such as 2026-06-30.
    #[arg(long, value_name = "DATE", value_parser = typed::day)]
    pub as_of: Option<Date>,
    /// Stop if any row was left out.
    #[arg(long)]
    pub strict: bool,
    /// How many threads to use.
    #[arg(long, value_name = "N", value_parser = typed::threads)]
    pub threads: Option<usize>,
    /// Rebuild even if nothing changed.
    #[arg(long)]
    pub force: bool,
    /// A folder of own templates: a file named as a template of the program stands in its place.
    #[arg(long, value_name = "DIR")]
    pub templates: Option<PathBuf>,
    /// Keep the data of the documents, the templates and the fonts beside them.
    #[arg(long)]
    pub keep_data: bool,
    /// Compare the years of one school, each with the earlier ones.
    #[arg(long)]
    pub compare: bool,
    /// Which reports to make.
    #[command(flatten)]
    pub chosen: ChosenArgs,
}

/// Options of `form`.
#[derive(Debug, clap::Args)]
pub struct FormArgs {
    /// The form: an XLSX workbook with names in {{…}}.
    #[arg(required_unless_present = "names")]
    pub form: Option<PathBuf>,
    /// Folder with a year's export; without it the one in the folder inputs.
    #[arg(long, value_name = "FOLDER")]
    pub bundle: Option<PathBuf>,
    /// Where the filled workbook goes.
    #[arg(short, long, value_name = "FILE", required_unless_present = "names")]
    pub output: Option<PathBuf>,
    /// The term, by its code or title; may be repeated; without it the one that ended last.
    #[arg(long = "term", value_name = "TERM")]
    pub terms: Vec<String>,
    /// The date to speak for.
    #[arg(long, value_name = "DATE", value_parser = typed::day)]
    pub as_of: Option<Date>,
    /// Print the names that a form may hold.
    #[arg(long)]
    pub names: bool,
}

/// Options of `check`.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// Folders with a year's export; without them all in the folder inputs.
    pub bundles: Vec<PathBuf>,
    /// The date to speak for.
    #[arg(long, value_name = "DATE", value_parser = typed::day)]
    pub as_of: Option<Date>,
}

/// Options of `init`.
#[derive(Debug, clap::Args)]
pub struct InitArgs {
    /// A folder that does not exist yet, or is empty.
    pub folder: PathBuf,
}

/// Options of `profiles`.
#[derive(Debug, clap::Args)]
pub struct ProfilesArgs {
    /// A bundle: tell which profile took each of its files, and why.
    pub bundle: Option<PathBuf>,
    /// Print a shipped profile.
    #[arg(long, value_name = "ID", conflicts_with = "bundle")]
    pub show: Option<String>,
}

/// Options of `policy`.
#[derive(Debug, clap::Args)]
pub struct PolicyArgs {
    /// Folders with a year's export; without them all in the folder inputs.
    pub bundles: Vec<PathBuf>,
    /// Form of the answer.
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
    /// Print the default policy.toml: letopis policy --default > policy.toml.
    #[arg(long, conflicts_with_all = ["bundles", "format"])]
    pub default: bool,
}

/// Options of `verify`.
#[derive(Debug, clap::Args)]
pub struct VerifyArgs {
    /// BagIt bags: folders or ZIPs, or folders of them.
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    /// Form of the answer.
    #[arg(long, value_enum, default_value = "text")]
    pub format: VerifyFormat,
    /// The register's head from paper, such as 7:3f2a-91bc-0d4e-77aa.
    #[arg(long, value_name = "HEAD")]
    pub head: Vec<WrittenHead>,
    /// Exit with 3 when there are warnings.
    #[arg(long)]
    pub strict: bool,
    /// Enter in the register that sound bags were verified.
    #[arg(long)]
    pub record: bool,
    /// Neither enter it nor ask.
    #[arg(long, conflicts_with = "record")]
    pub no_record: bool,
    /// Read one part of each bag, such as the third of twelve: 3/12.
    #[arg(long, value_name = "N/M")]
    pub part: Option<Part>,
    /// Read for so long, such as 30m or 2h, and go on next time.
    #[arg(long = "for", value_name = "TIME", value_parser = typed::duration)]
    pub time: Option<(String, std::time::Duration)>,
    /// Write a protocol to sign, PDF and CSV.
    #[arg(long, value_name = "DIR")]
    pub protocol: Option<PathBuf>,
    /// The protocol's date; without it today.
    #[arg(long, value_name = "DATE", requires = "protocol", value_parser = typed::day)]
    pub as_of: Option<Date>,
    /// Which medium was verified, for the protocol; without it as it is labelled.
    #[arg(long, value_name = "TEXT", requires = "protocol", value_parser = typed::note)]
    pub medium: Option<String>,
    /// Where it was verified, for the protocol; without it the school's address from the bag.
    #[arg(long, value_name = "TEXT", requires = "protocol", value_parser = typed::note)]
    pub place: Option<String>,
    /// A folder of own templates: a file named as a template of the program stands in its place.
    #[arg(long, value_name = "DIR", requires = "protocol")]
    pub templates: Option<PathBuf>,
    /// Keep the data of the paper, its templates and the fonts beside it.
    #[arg(long, requires = "protocol")]
    pub keep_data: bool,
    /// Post of whoever does it; may be given several times.
    #[arg(long, value_name = "POST", value_parser = typed::note)]
    pub by: Vec<String>,
}

/// Options of `archive`.
#[derive(Debug, clap::Args)]
pub struct ArchiveArgs {
    /// Folders of built years; without them all in the folder outputs.
    pub years: Vec<PathBuf>,
    /// The archive's folder.
    #[arg(long, default_value = "archive", value_name = "DIR")]
    pub to: PathBuf,
    /// Why there is a new edition.
    #[arg(long, value_name = "TEXT", value_parser = typed::note)]
    pub reason: Option<String>,
    /// Why a package is archived without all of its documents.
    #[arg(long, value_name = "REASON", value_parser = typed::note)]
    pub incomplete: Option<String>,
    /// Post of whoever does it and answers for it.
    #[arg(long, visible_alias = "post", value_name = "POST", value_parser = typed::note)]
    pub by: Vec<String>,
}

/// Options of `copy`.
#[derive(Debug, clap::Args)]
pub struct CopyArgs {
    /// The archive's folder.
    pub archive: PathBuf,
    /// Folders on the media: the first is the main copy, the others are working copies.
    #[arg(required = true)]
    pub to: Vec<PathBuf>,
    /// Which copy it is, if not by order: main or working.
    #[arg(long = "as", value_enum, value_name = "KIND")]
    pub kind: Option<CopyKindArg>,
    /// What the register calls each medium, one for each; several in their order.
    #[arg(long, value_name = "TEXT", value_parser = typed::note)]
    pub label: Vec<String>,
    /// Write PAR2 files beside the bags: they mend so many per cent of losses.
    #[arg(long, value_name = "PERCENT", num_args = 0..=1, default_missing_value = "10",
          value_parser = clap::value_parser!(u32).range(1..=100))]
    pub parity: Option<u32>,
    /// Post of whoever does it; may be given several times.
    #[arg(long, value_name = "POST", value_parser = typed::note)]
    pub by: Vec<String>,
}

/// Options of `repair`.
#[derive(Debug, clap::Args)]
pub struct RepairArgs {
    /// Folder of the damaged bag; its PAR2 files lie beside it.
    pub bag: PathBuf,
    /// A new folder for the mended bag.
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
    /// Archive whose register to compare with; without it the folder of the bag.
    #[arg(long, value_name = "ARCHIVE")]
    pub register: Option<PathBuf>,
}

/// `--as`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CopyKindArg {
    /// Main.
    Main,
    /// Working.
    Working,
}

/// Options of `restore`.
#[derive(Debug, clap::Args)]
pub struct RestoreArgs {
    /// The bag.
    pub bag: PathBuf,
    /// A new folder: sources has the source files, tables the tables, rebuilt what was built anew.
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
}

/// Options of `retention`.
#[derive(Debug, clap::Args)]
pub struct RetentionArgs {
    /// The archive's folder.
    pub archive: PathBuf,
    /// The date to speak for.
    #[arg(long, value_name = "DATE", value_parser = typed::day)]
    pub as_of: Option<Date>,
    /// Write the draft of an act of destruction.
    #[arg(long, value_name = "DIR")]
    pub act: Option<PathBuf>,
    /// A folder of own templates: a file named as a template of the program stands in its place.
    #[arg(long, value_name = "DIR", requires = "act")]
    pub templates: Option<PathBuf>,
    /// Keep the data of the paper, its templates and the fonts beside it.
    #[arg(long, requires = "act")]
    pub keep_data: bool,
}

/// Options of `state`.
#[derive(Debug, clap::Args)]
pub struct StateArgs {
    /// Folders of built years.
    #[arg(required = true)]
    pub years: Vec<PathBuf>,
    /// The archive's folder; notes on classes, year-YEAR.toml, lie there beside the register.
    #[arg(long, default_value = "archive", value_name = "DIR")]
    pub archive: PathBuf,
    /// The date to speak for.
    #[arg(long, value_name = "DATE", value_parser = typed::day)]
    pub as_of: Option<Date>,
    /// Write a PDF page to print here.
    #[arg(long, value_name = "DIR")]
    pub page: Option<PathBuf>,
    /// A folder of own templates: a file named as a template of the program stands in its place.
    #[arg(long, value_name = "DIR", requires = "page")]
    pub templates: Option<PathBuf>,
    /// Keep the data of the paper, its templates and the fonts beside it.
    #[arg(long, requires = "page")]
    pub keep_data: bool,
    /// Begin the file year-YEAR.toml in the archive for days of closing, printing and signing.
    #[arg(long)]
    pub start_notes: bool,
}

/// Options of `register`.
#[derive(Debug, clap::Args)]
pub struct RegisterArgs {
    /// The archive's folder.
    pub archive: PathBuf,
    /// The event: handed_over, destroyed, reversed (an earlier entry was a mistake).
    #[arg(value_enum, requires_all = ["bag", "note"])]
    pub event: Option<EventArg>,
    /// The bag.
    pub bag: Option<String>,
    /// The act's number and date, or the reason.
    #[arg(long, value_name = "TEXT", requires = "event", value_parser = typed::note)]
    pub note: Option<String>,
    /// Post of whoever did it; two for a destruction: --by … --by ….
    #[arg(long, value_name = "POST", requires = "event", value_parser = typed::note)]
    pub by: Vec<String>,
    /// Number of the entry that reversed takes back; without it the last hand-over or destruction.
    #[arg(long, value_name = "N", requires = "event")]
    pub entry: Option<u64>,
}

/// Events that people make and the register records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum EventArg {
    /// Handed over to another archive.
    HandedOver,
    /// Destroyed by an act.
    Destroyed,
    /// An earlier entry was a mistake.
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
