//! Lines for people on the terminal: counts, and problems with one cause folded into one line.

use std::collections::BTreeMap;
use std::io::Write;

use crate::findings::Problem;
use crate::settings::Lang;

/// How many kinds of problems are shown; the rest is in `data/problems.csv`.
const SHOWN: usize = 20;

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
        let mut causes: BTreeMap<_, (usize, &Problem)> = BTreeMap::new();
        for problem in problems {
            let cause = (
                problem.severity,
                problem.code,
                &problem.file,
                &problem.sheet,
                &problem.column,
                &problem.value,
            );
            causes.entry(cause).or_insert((0, problem)).0 += 1;
        }
        let hidden = causes.len().saturating_sub(SHOWN);
        for (count, problem) in causes.into_values().take(SHOWN) {
            let text = self.problem(problem, count);
            self.line(&text);
        }
        if hidden > 0 {
            let rest = self.lang.pick(
                "и ещё видов замечаний, все — в data/problems.csv",
                "more kinds, all in data/problems.csv",
            );
            self.line(&format!("  … {hidden} {rest}"));
        }
    }

    fn problem(&self, problem: &Problem, count: usize) -> String {
        let message = self.lang.pick(&problem.message, &problem.message_en);
        let hint = self.lang.pick(&problem.hint, &problem.hint_en);
        let more = if count > 1 { format!(" (× {count})") } else { String::new() };
        format!("  {} {}: {message}{more}\n      → {hint}", problem.code, place(problem, self.lang))
    }
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
