//! What a rule is: its [`Rule`] holds everything that the checks, the reports and the manual know about it.

use super::context::RuleContext;
use super::direction::Direction;
use super::examination::Examination;
use crate::base::said::Said;
use crate::base::severity::Severity;
use crate::model::{Journal, Table};

/// A table and the columns that are read.
pub(super) type Need = (Table, &'static [&'static str]);

/// One check of the regulation.
pub struct Rule {
    /// Stable id: the `rule` column of `findings.csv`, named for the defect.
    pub id: &'static str,
    /// The requirement that it meets, such as `C1`.
    pub requirement: &'static str,
    /// The clauses that it may quote, its usual one first.
    pub clauses: &'static [&'static str],
    /// The usual severity of its findings.
    pub severity: Severity,
    /// What is wrong, in a few words.
    pub title: Said<&'static str>,
    /// What is examined, in the Russian genitive plural.
    pub counted: &'static str,
    /// How much the defect matters among others of its severity: 3 the record itself, 2 its completeness, 1
    /// its time.
    pub weight: u8,
    /// Which of its findings make one line of the report.
    pub fold: Fold,
    /// The direction of control that it belongs to.
    pub direction: Direction,
    /// Clauses and words of the regulation, verbatim; «…» marks omissions.
    pub quotes: &'static [(&'static str, &'static str)],
    /// The remedy, Russian.
    pub remedy: &'static str,
    /// Its findings are entries that exist and are late or early: the past cannot be corrected.
    pub is_about_timing: bool,
    /// Who has to correct its findings.
    pub answers: Answers,
    /// Rules that show a finding of the same cause in place of this rule's, the first that fits, and what
    /// both must share. `findings.csv` and all counts keep both.
    pub beside: &'static [(&'static Rule, Shared)],
    /// Each finding is one line of the journal's own log, identified by its moment.
    pub finds_log_lines: bool,
    /// Required tables and columns: without any of them the rule does not run.
    pub needs: &'static [Need],
    /// Tables and columns of which it needs at least one.
    pub needs_any: &'static [Need],
    /// A table whose missing rows it takes for facts: it does not run if the source has only some of them.
    pub needs_whole: Option<Table>,
    /// Rows of an existing table that it needs at least one of.
    pub needs_rows: Option<NeededRows>,
    /// Tables and columns that it examines separately; without one, that part does not run.
    pub parts: &'static [Need],
    /// Looks for the defect.
    pub check: fn(&RuleContext, &mut Examination),
}

impl Rule {
    /// The defaults of a rule. Every rule sets the other fields itself; a test walks [`super::RULES`].
    pub(super) const USUAL: Self = Self {
        id: "",
        requirement: "",
        clauses: &[],
        severity: Severity::Notice,
        title: Said::fixed("", ""),
        counted: "",
        weight: 0,
        fold: Fold::Alone,
        direction: Direction::YearSetup,
        quotes: &[],
        remedy: "",
        is_about_timing: false,
        answers: Answers::Teacher,
        beside: &[],
        finds_log_lines: false,
        needs: &[],
        needs_any: &[],
        needs_whole: None,
        needs_rows: None,
        parts: &[],
        check: |_, _| (),
    };
}

/// Rows of a kind that a rule needs.
pub struct NeededRows {
    /// Returns whether a journal has any.
    pub(super) are_there: fn(&Journal) -> bool,
    /// The message if there are none.
    pub(super) lack: Said<&'static str>,
}

/// What findings of one rule with one cause have in common: they make one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// One lesson.
    Lesson,
    /// One class on one day.
    ClassDay,
    /// One course in one term.
    CourseTerm,
    /// One course in the whole year.
    Course,
    /// One class in one term.
    ClassTerm,
    /// Nothing: each stands alone.
    Alone,
}

/// What findings of two rules with one cause share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shared {
    /// The lesson and the day of entry: a lesson recorded later together with all its entries.
    LessonAndEntryDay,
    /// The lesson and the pupil: one mark.
    LessonAndPupil,
    /// The lesson.
    Lesson,
    /// Moment, author, lesson and pupil: one line of the log.
    Change,
    /// Lesson, pupil and moment: one entry.
    Entry,
    /// Pupil, subject and term: one mark of a term.
    TermMark,
    /// The course and the day.
    CourseDay,
    /// The course.
    Course,
}

/// Who has to correct a rule's findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answers {
    /// The person in the finding; the administration if there is none.
    Teacher,
    /// The class teacher (R.2.5.1, K.3, K.4, K.6).
    ClassTeacher,
}
