//! Collects problems of the input. The text of every problem is in the code that finds it.
//!
//! For one cause the first problems are listed and the others counted: a million bad rows are one thing to
//! correct, and everything left out is reported.

use std::borrow::Cow;
use std::hash::{BuildHasher, BuildHasherDefault};

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::text::{Note, shown};
use crate::base::limits;
use crate::base::problems::{Problem, ProblemSeverity};
use crate::base::said::{Said, said};
use crate::base::source::Origin;

/// Returns a text with invisible characters replaced by their code points.
fn visible(text: String) -> String {
    match shown(&text) {
        Cow::Owned(shown) => shown,
        Cow::Borrowed(_) => text,
    }
}

/// The place of a problem in a file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spot {
    pub(crate) row: Option<u32>,
    pub(crate) column: String,
    pub(crate) value: String,
}

/// Problems found so far; reading continues.
#[derive(Default)]
pub(crate) struct Problems {
    listed: Vec<Problem>,
    /// How many of each severity are listed: many notices must leave room for errors.
    weights: [usize; 3],
    /// How often each cause occurred, by a digest that identifies it.
    causes: FxHashMap<u64, Cause>,
    /// Messages that are given once per column.
    said: FxHashSet<(&'static str, String, String, &'static str)>,
}

/// How often one cause occurred, and the problem that represents the unlisted rest.
#[derive(Default)]
struct Cause {
    met: usize,
    rest: Option<Box<Problem>>,
    /// The last row of the rest.
    last: Option<u32>,
}

impl Problems {
    /// Adds a problem with its place, its sentence and its remedy.
    pub(crate) fn add(
        &mut self,
        code: &'static str,
        severity: ProblemSeverity,
        (origin, spot): (&Origin, Spot),
        message: Said,
        hint: Said,
    ) {
        self.push(Problem {
            code,
            severity,
            file: origin.file.clone(),
            sheet: origin.sheet.clone(),
            row: spot.row,
            column: spot.column,
            value: spot.value,
            message,
            hint,
            count: 1,
            cell: String::new(),
        });
    }

    /// Adds a problem of a whole file.
    pub(crate) fn add_file(
        &mut self,
        code: &'static str,
        severity: ProblemSeverity,
        path: &str,
        message: Said,
        hint: Said,
    ) {
        let origin = Origin { file: path.to_owned(), sheet: String::new() };
        self.add(code, severity, (&origin, Spot::default()), message, hint);
    }

    /// Adds a note from the conversion of a file into text or cells.
    pub(crate) fn add_note(&mut self, path: &str, note: Note) {
        let origin = Origin { file: path.to_owned(), sheet: String::new() };
        let spot = Spot { row: (note.row > 0).then_some(note.row), ..Spot::default() };
        self.add(note.code, note.severity, (&origin, spot), note.message, note.hint);
    }

    /// Returns whether a message for a column is the first: a million rows may have one cause.
    pub(crate) fn is_first(&mut self, code: &'static str, origin: &Origin, column: &'static str) -> bool {
        self.said.insert((code, origin.file.clone(), origin.sheet.clone(), column))
    }

    /// Adds a complete problem, or counts it if enough of its kind are listed.
    pub(crate) fn push(&mut self, mut problem: Problem) {
        // A problem that represents many was combined by an earlier reading.
        if problem.count > 1 {
            return self.listed.push(problem);
        }
        let weight = &mut self.weights[problem.severity as usize];
        let is_full = *weight >= limits::PROBLEMS;
        let cause = self.causes.entry(digest(&problem)).or_default();
        cause.met += 1;
        if let Some(rest) = &mut cause.rest {
            rest.count += 1;
            cause.last = problem.row.max(cause.last);
        } else if is_full || cause.met > limits::PROBLEMS_OF_A_CAUSE {
            cause.last = problem.row;
            cause.rest = Some(Box::new(problem));
        } else {
            shorten(&mut problem);
            self.listed.push(problem);
            *weight += 1;
        }
    }

    /// Returns the problems, errors first, then by file, sheet and row.
    pub(crate) fn into_sorted(self) -> Vec<Problem> {
        let mut problems = self.listed;
        let rests = self.causes.into_values().filter_map(|cause| Some((*cause.rest?, cause.last)));
        problems.extend(rests.map(|(first, last)| rest(first, last)));
        problems.sort_by(|a, b| {
            let key = |p: &Problem| (p.severity, p.file.clone(), p.sheet.clone(), p.row, p.code);
            key(a).cmp(&key(b)).then_with(|| a.cmp(b))
        });
        problems
    }
}

/// Identifies the cause of problems: severity, code, file, sheet and column.
fn digest(problem: &Problem) -> u64 {
    let Problem { severity, code, file, sheet, column, .. } = problem;
    BuildHasherDefault::<FxHasher>::default().hash_one((severity, code, file, sheet, column))
}

/// Returns the problem that represents the unlisted ones of a cause, at the place of the first.
fn rest(first: Problem, last: Option<u32>) -> Problem {
    if first.count == 1 {
        let mut alone = first;
        shorten(&mut alone);
        return alone;
    }
    let count = first.count;
    let rows = first
        .row
        .zip(last)
        .map_or_else(Said::default, |(from, to)| said!(", строки с {from} по {to}", ", rows {from} to {to}"));
    let most = limits::PROBLEMS_OF_A_CAUSE;
    Problem {
        value: String::new(),
        message: said!(
            "и ещё {count} таких замечаний{}; перечислены первые, не больше {most}",
            "and {count} more of this kind{}; the first are listed, no more than {most}",
            rows
        ),
        hint: said!(
            "исправьте причину по перечисленным и выгрузите файл снова",
            "mend the cause by those that are listed and export the file again"
        ),
        ..first
    }
}

/// Cuts very long cells and makes invisible characters visible, only for listed problems.
fn shorten(problem: &mut Problem) {
    let Problem { column, value, message, hint, .. } = problem;
    cut(column, limits::SHOWN_CHARS);
    cut(value, limits::SHOWN_CHARS);
    *value = visible(std::mem::take(value));
    for text in [&mut message.ru, &mut message.en, &mut hint.ru, &mut hint.en] {
        // A sentence may contain several values.
        cut(text, 4 * limits::SHOWN_CHARS);
        *text = visible(std::mem::take(text));
    }
}

fn cut(text: &mut String, most: usize) {
    if text.len() > most
        && let Some((end, _)) = text.char_indices().nth(most)
    {
        text.truncate(end);
        text.push('…');
        text.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn add(problems: &mut Problems, row: u32, column: &str, value: &str) {
        let origin = Origin { file: "marks.csv".to_owned(), sheet: String::new() };
        let spot = Spot { row: Some(row), column: column.to_owned(), value: value.to_owned() };
        problems.add("J302", ProblemSeverity::Error, (&origin, spot), Said::same(value), Said::default());
    }

    #[test]
    fn of_a_cause_the_first_are_listed_and_the_rest_is_counted() {
        let mut problems = Problems::default();
        let all = u32::try_from(limits::PROBLEMS_OF_A_CAUSE).expect("a small number") + 1_000;
        for row in 1..=all {
            add(&mut problems, row, "value", "9");
        }
        add(&mut problems, 1, "mark_id", "");
        let sorted = problems.into_sorted();
        assert_eq!(sorted.len(), limits::PROBLEMS_OF_A_CAUSE + 2);
        assert_eq!(sorted.iter().map(|problem| problem.count).sum::<usize>(), all as usize + 1);
        let rest = sorted.iter().find(|problem| problem.count > 1).expect("the rest is said");
        assert!(rest.message.ru.contains("ещё 1000 таких"), "{}", rest.message.ru);
        let rows = format!("строки с {} по {all}", limits::PROBLEMS_OF_A_CAUSE + 1);
        assert!(rest.message.ru.contains(&rows), "{}", rest.message.ru);
    }

    #[test]
    fn a_value_without_end_is_cut() {
        let mut problems = Problems::default();
        add(&mut problems, 1, "value", &"щ".repeat(1 << 20));
        let sorted = problems.into_sorted();
        assert_eq!(sorted[0].value.chars().count(), limits::SHOWN_CHARS + 1);
        assert!(sorted[0].message.ru.chars().count() <= 4 * limits::SHOWN_CHARS + 1);
    }
}
