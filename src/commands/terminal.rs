//! Lines for people on the terminal: counts, and problems with one cause on one line.

use std::io::{Error, ErrorKind, IsTerminal, Write};
use std::sync::Mutex;

use crate::base::problems::{Cause, Problem, causes};
use crate::base::said::{Lang, Nouns, Said, explain, said};
use crate::base::shown;
use crate::verify::VerifyReport;

/// How many kinds of problems are shown if `data/problems.csv` holds the rest, and if nothing is written.
const SHOWN: usize = 20;
const SHOWN_ALONE: usize = 200;

/// The first failure of standard output: its reader got less than was found.
static FAILURE: Mutex<Option<Error>> = Mutex::new(None);

/// Returns why standard output could not be written, once. A reader that closed the pipe has all it wanted.
pub(super) fn failure() -> Option<Error> {
    let failure = FAILURE.lock().ok()?.take();
    failure.filter(|error| error.kind() != ErrorKind::BrokenPipe)
}

/// The terminal, or any other standard output.
pub(super) struct Terminal {
    lang: Lang,
}

impl Terminal {
    pub(super) fn new(lang: Lang) -> Self {
        Self { lang }
    }

    /// Prints a message in the language of the terminal. Only this function chooses a language for the
    /// messages of commands.
    pub(super) fn say(&mut self, said: Said) {
        self.line(&said.pick(self.lang));
    }

    /// Prints a line, with control characters as codes. A closed pipe is not a failure of the build;
    /// [`failure`] reports everything else.
    pub(super) fn line(&mut self, text: &str) {
        let text = shown::lines(text);
        let mut stdout = std::io::stdout();
        let written = writeln!(stdout, "{text}").and_then(|()| stdout.flush());
        if let (Err(error), Ok(mut failure)) = (written, FAILURE.lock()) {
            failure.get_or_insert(error);
        }
    }

    /// Prints what verification found.
    pub(super) fn report(&mut self, report: &VerifyReport) {
        self.line(report.to_text().pick(self.lang).trim_end());
    }

    /// Prints why something failed, with all causes.
    pub(super) fn failed(&mut self, error: &anyhow::Error) {
        self.say(explain(error));
    }

    /// Asks a yes-or-no question; `None` if nobody is at the terminal.
    pub(super) fn ask(&mut self, question: &Said) -> Option<bool> {
        let (stdin, mut stdout) = (std::io::stdin(), std::io::stdout());
        if !stdin.is_terminal() || !stdout.is_terminal() {
            return None;
        }
        let question = said!("{} [д/Н] ", "{} [y/N] ", question).pick(self.lang);
        write!(stdout, "{question}").and_then(|()| stdout.flush()).ok()?;
        let mut answer = String::new();
        stdin.read_line(&mut answer).ok()?;
        Some(["д", "да", "y", "yes"].contains(&answer.trim().to_lowercase().as_str()))
    }

    /// Prints a count.
    pub(super) fn count(&mut self, label: Said<&str>, count: usize) {
        self.say(said!("  {}: {count}", "  {}: {count}", label));
    }

    /// Prints problems, one line for each cause with the first of its places.
    pub(super) fn problems(&mut self, problems: &[Problem]) {
        let rest = Said::fixed("все — в data/problems.csv", "all in data/problems.csv");
        self.first_problems(problems, SHOWN, rest);
    }

    /// Prints problems of a run that writes no file for them.
    pub(super) fn all_problems(&mut self, problems: &[Problem]) {
        let rest = Said::fixed(
            "все оставит letopis build в data/problems.csv",
            "letopis build leaves all in data/problems.csv",
        );
        self.first_problems(problems, SHOWN_ALONE, rest);
    }

    fn first_problems(&mut self, problems: &[Problem], most: usize, rest: Said<&str>) {
        let causes = causes(problems);
        for cause in causes.iter().take(most) {
            self.say(say_cause(cause));
        }
        let hidden = causes.len().saturating_sub(most);
        if hidden > 0 {
            self.say(said!("  … и ещё {}; {}", "  … and {} more; {}", KINDS.count(hidden), rest));
        }
    }
}

/// Kinds of problems, counted.
const KINDS: Nouns = Nouns {
    ru: ["вид замечаний", "вида замечаний", "видов замечаний"],
    en: ["kind", "kinds"],
};

fn say_cause(cause: &Cause<'_>) -> Said {
    let problem = cause.first;
    let shown = |said: &Said| said.as_ref().map(|text| shown::line(text).into_owned());
    let more = if cause.count > problem.count { format!(" (× {})", cause.count) } else { String::new() };
    let others = match cause.kinds {
        0 | 1 => Said::default(),
        kinds => said!("; разных значений: {kinds}", "; different values: {kinds}"),
    };
    said!(
        "  {} {}: {}{more}{}\n      → {}",
        "  {} {}: {}{more}{}\n      → {}",
        problem.code,
        problem.place(),
        shown(&problem.message),
        others,
        shown(&problem.hint)
    )
}

/// Returns the process's peak memory in MiB, if the system reports it (Linux).
pub(super) fn peak_memory_mib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches("kB").trim().parse::<u64>().ok()? / 1024)
}
