//! Collects what is wrong with the input; the words of every problem stand with the code that finds it.

use crate::findings::{Problem, ProblemSeverity};
use crate::source::Origin;

/// The two languages of one sentence.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    pub(crate) ru: String,
    pub(crate) en: String,
}

/// Puts a sentence in both languages.
pub(crate) fn words(ru: impl Into<String>, en: impl Into<String>) -> Words {
    Words { ru: ru.into(), en: en.into() }
}

/// Where in a file a problem is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spot {
    pub(crate) row: Option<u32>,
    pub(crate) column: String,
    pub(crate) value: String,
}

/// Problems as they are met; reading goes on.
#[derive(Default)]
pub(crate) struct Problems(Vec<Problem>);

impl Problems {
    /// Adds a problem with its place, its sentence and the way to mend it.
    pub(crate) fn add(
        &mut self,
        code: &'static str,
        severity: ProblemSeverity,
        (origin, spot): (&Origin, Spot),
        message: Words,
        hint: Words,
    ) {
        self.0.push(Problem {
            code,
            severity,
            file: origin.file.clone(),
            sheet: origin.sheet.clone(),
            row: spot.row,
            column: spot.column,
            value: spot.value,
            message: message.ru,
            message_en: message.en,
            hint: hint.ru,
            hint_en: hint.en,
            cell: String::new(),
        });
    }

    /// Adds a problem of a whole file.
    pub(crate) fn add_file(
        &mut self,
        code: &'static str,
        severity: ProblemSeverity,
        path: &str,
        message: Words,
        hint: Words,
    ) {
        let origin = Origin { file: path.to_owned(), sheet: String::new() };
        self.add(code, severity, (&origin, Spot::default()), message, hint);
    }

    /// Adds a problem put together elsewhere.
    pub(crate) fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// Returns the problems, errors first, then by file, sheet and row.
    pub(crate) fn into_sorted(mut self) -> Vec<Problem> {
        self.0.sort_by(|a, b| {
            let key = |p: &Problem| (p.severity, p.file.clone(), p.sheet.clone(), p.row, p.code);
            key(a).cmp(&key(b)).then_with(|| a.cmp(b))
        });
        self.0
    }
}
