//! Lines for people on the terminal: counts, and problems with one cause on one line.

use std::io::{Error, ErrorKind, IsTerminal, Write};
use std::sync::Mutex;

use crate::base::problems::{Cause, Problem, causes};
use crate::base::said::Lang;
use crate::base::shown;
use crate::render::format;

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

    /// Asks a yes-or-no question; `None` if nobody is at the terminal.
    pub(super) fn ask(&mut self, question: &str) -> Option<bool> {
        let (stdin, mut stdout) = (std::io::stdin(), std::io::stdout());
        if !stdin.is_terminal() || !stdout.is_terminal() {
            return None;
        }
        let yes = self.lang.pick("д/Н", "y/N");
        write!(stdout, "{question} [{yes}] ").and_then(|()| stdout.flush()).ok()?;
        let mut answer = String::new();
        stdin.read_line(&mut answer).ok()?;
        Some(["д", "да", "y", "yes"].contains(&answer.trim().to_lowercase().as_str()))
    }

    /// Prints a count.
    pub(super) fn count(&mut self, label: &str, count: usize) {
        self.line(&format!("  {label}: {count}"));
    }

    /// Prints problems, one line for each cause with the first of its places.
    pub(super) fn problems(&mut self, problems: &[Problem]) {
        let rest = ("все — в data/problems.csv", "all in data/problems.csv");
        self.first_problems(problems, SHOWN, rest);
    }

    /// Prints problems of a run that writes no file for them.
    pub(super) fn all_problems(&mut self, problems: &[Problem]) {
        let rest = (
            "все оставит letopis build в data/problems.csv",
            "letopis build leaves all in data/problems.csv",
        );
        self.first_problems(problems, SHOWN_ALONE, rest);
    }

    fn first_problems(&mut self, problems: &[Problem], most: usize, (ru, en): (&str, &str)) {
        let causes = causes(problems);
        for cause in causes.iter().take(most) {
            let text = self.cause(cause);
            self.line(&text);
        }
        let hidden = causes.len().saturating_sub(most);
        if hidden > 0 {
            const KINDS: [&str; 3] = ["вид замечаний", "вида замечаний", "видов замечаний"];
            let more = self.lang.pick(
                format!("и ещё {}; {ru}", format::counted(hidden, KINDS)),
                format!("and {hidden} more kinds; {en}"),
            );
            self.line(&format!("  … {more}"));
        }
    }

    fn cause(&self, cause: &Cause<'_>) -> String {
        let problem = cause.first;
        let place = problem.place();
        let message = shown::line(problem.message.as_ref().pick(self.lang));
        let hint = shown::line(problem.hint.as_ref().pick(self.lang));
        let more = if cause.count > problem.count { format!(" (× {})", cause.count) } else { String::new() };
        let others = match cause.kinds {
            0 | 1 => String::new(),
            kinds => format!("; {}: {kinds}", self.lang.pick("разных значений", "different values")),
        };
        format!("  {} {}: {message}{more}{others}\n      → {hint}", problem.code, place.pick(self.lang))
    }
}

/// Returns the process's peak memory in MiB, if the system reports it (Linux).
pub(super) fn peak_memory_mib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches("kB").trim().parse::<u64>().ok()? / 1024)
}
