//! Lines for people on the terminal: counts, and problems with one cause folded into one line.

use std::collections::BTreeMap;
use std::io::Write;

use crate::findings::Problem;
use crate::settings::Lang;

/// How many kinds of problems are shown; the rest is in `data/problems.csv`.
const SHOWN: usize = 20;

/// Up to how many kinds of one problem in one column are told apart.
const FEW: usize = 4;

/// The terminal, or whatever standard output is.
pub(super) struct Terminal {
    lang: Lang,
}

impl Terminal {
    pub(super) fn new(lang: Lang) -> Self {
        Self { lang }
    }

    /// Prints a line; a closed pipe is no failure of the build.
    pub(super) fn line(&mut self, text: &str) {
        let _ = writeln!(std::io::stdout(), "{text}");
    }

    /// Prints a count.
    pub(super) fn count(&mut self, label: &str, count: usize) {
        self.line(&format!("  {label}: {count}"));
    }

    /// Prints problems, those with one cause in one line with the first of their places.
    pub(super) fn problems(&mut self, problems: &[Problem]) {
        let causes = causes(problems);
        for cause in causes.iter().take(SHOWN) {
            let text = self.cause(cause);
            self.line(&text);
        }
        let hidden = causes.len().saturating_sub(SHOWN);
        if hidden > 0 {
            let rest = self.lang.pick(
                "и ещё видов замечаний, все — в data/problems.csv",
                "more kinds, all in data/problems.csv",
            );
            self.line(&format!("  … {hidden} {rest}"));
        }
    }

    fn cause(&self, cause: &Cause) -> String {
        let problem = cause.first;
        let message = self.lang.pick(&problem.message, &problem.message_en);
        let hint = self.lang.pick(&problem.hint, &problem.hint_en);
        let more = if cause.count > 1 { format!(" (× {})", cause.count) } else { String::new() };
        let others = match cause.kinds {
            0 | 1 => String::new(),
            kinds => format!("; {}: {kinds}", self.lang.pick("разных значений", "different values")),
        };
        format!("  {} {}: {message}{more}{others}\n      → {hint}", problem.code, place(problem, self.lang))
    }
}

/// Problems that one mending removes: the same words throughout, or the same column wrong in many ways.
struct Cause<'a> {
    first: &'a Problem,
    count: usize,
    /// How many different values are among them.
    kinds: usize,
}

/// Folds problems by their words; where a column has many kinds of one problem, by the column.
fn causes(problems: &[Problem]) -> Vec<Cause<'_>> {
    let mut columns: BTreeMap<_, BTreeMap<_, (usize, &Problem)>> = BTreeMap::new();
    for problem in problems {
        let column = (problem.severity, problem.code, &problem.file, &problem.column);
        let kinds = columns.entry(column).or_default();
        kinds.entry((&problem.value, &problem.message)).or_insert((0, problem)).0 += 1;
    }
    let mut causes = Vec::new();
    for kinds in columns.into_values() {
        if kinds.len() > FEW {
            let first = kinds.values().map(|(_, problem)| *problem).min_by_key(|problem| problem.row);
            let count = kinds.values().map(|(count, _)| count).sum();
            causes.extend(first.map(|first| Cause { first, count, kinds: kinds.len() }));
        } else {
            causes.extend(kinds.into_values().map(|(count, first)| Cause { first, count, kinds: 1 }));
        }
    }
    causes
}

/// `marks.csv, строка 17, столбец value`
pub(super) fn place(problem: &Problem, lang: Lang) -> String {
    let mut place = problem.file.clone();
    // A record of a JSON file: its pointer says more than its number.
    if problem.sheet.starts_with('/') {
        return format!("{place}, {} {}", lang.pick("запись", "record"), problem.sheet);
    }
    if !problem.sheet.is_empty() {
        place += &format!(", {} «{}»", lang.pick("лист", "sheet"), problem.sheet);
    }
    if let Some(row) = problem.row {
        place += &format!(", {} {row}", lang.pick("строка", "row"));
    }
    if !problem.column.is_empty() {
        place += &format!(", {} {}", lang.pick("столбец", "column"), problem.column);
    }
    place
}

/// Returns the process's largest memory so far in MiB, where the system tells (Linux).
pub(super) fn peak_memory_mib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches("kB").trim().parse::<u64>().ok()? / 1024)
}
