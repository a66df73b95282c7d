//! What a rule is: all that the checks, the reports and the manual know of it stands in its [`Rule`].

use super::context::RuleContext;
use super::direction::Direction;
use super::examination::Examination;
use crate::base::said::Said;
use crate::base::severity::Severity;
use crate::model::{Journal, Table};

/// A table and the columns of it that are read.
pub(super) type Need = (Table, &'static [&'static str]);

/// One check of the regulation.
pub struct Rule {
    /// Stable id: the `rule` column of `findings.csv`, named for the defect.
    pub id: &'static str,
    /// The requirement it answers, such as `C1`.
    pub requirement: &'static str,
    /// The clauses it may quote, its usual one first.
    pub clauses: &'static [&'static str],
    /// What its findings usually weigh.
    pub severity: Severity,
    /// What is wrong, in a few Russian words.
    pub title_ru: &'static str,
    /// What is examined, in the Russian genitive plural.
    pub counted: &'static str,
    /// How much the defect matters beside others of its severity: 3 the record itself, 2 its fullness, 1 its time.
    pub weight: u8,
    /// Which of its findings make one line of the report.
    pub fold: Fold,
    /// The direction of control it answers.
    pub direction: Direction,
    /// Clauses and words of the regulation, verbatim; left out words are marked by «…».
    pub quotes: &'static [(&'static str, &'static str)],
    /// What is to be done, Russian.
    pub remedy: &'static str,
    /// Who has to mend its findings.
    pub answers: Answers,
    /// Rules whose finding of the same cause is shown instead of this rule's, the first that fits, and what both must share.
    /// `findings.csv` and all counts keep both.
    pub beside: &'static [(&'static Rule, Shared)],
    /// Each finding is one line of the journal's own log, known by its moment.
    pub finds_log_lines: bool,
    /// Tables and columns without any of which it is not run.
    pub needs: &'static [Need],
    /// Tables and columns of which it needs one, whichever it is.
    pub needs_any: &'static [Need],
    /// A table whose missing rows it takes for facts: not run where the source has only some of them.
    pub needs_whole: Option<Table>,
    /// Rows without any of which it is not run, though their table is there.
    pub needs_rows: Option<NeededRows>,
    /// Tables and columns each of which it looks at alone; without one that part is not run.
    pub parts: &'static [Need],
    /// Looks for the defect.
    pub check: fn(&RuleContext, &mut Examination<'_>),
}

impl Rule {
    /// What a rule leaves out where it is like most others. The rest every rule says itself; a test walks [`super::RULES`].
    pub(super) const USUAL: Self = Self {
        id: "",
        requirement: "",
        clauses: &[],
        severity: Severity::Notice,
        title_ru: "",
        counted: "",
        weight: 0,
        fold: Fold::Alone,
        direction: Direction::YearSetup,
        quotes: &[],
        remedy: "",
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

    /// Tells whether its findings are entries that are there and were made at the wrong time: nothing past can be mended.
    pub fn is_of_time(&self) -> bool {
        self.remedy.starts_with("впредь")
    }
}

/// Rows of a kind that a rule needs.
pub struct NeededRows {
    /// Tells whether a journal has any.
    pub(super) are_there: fn(&Journal) -> bool,
    /// What is said where there are none.
    pub(super) lack: Said<&'static str>,
}

/// What findings of one rule have in common when they have one cause: they make one line.
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

/// What findings of two rules must share to have one cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shared {
    /// The lesson and the day of entry: a lesson written up later together with all that stands in it.
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

/// Who has to mend a rule's findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answers {
    /// The person a finding names; where it names nobody, the administration.
    Teacher,
    /// The class teacher (R.2.5.1, K.3, K.4, K.6).
    ClassTeacher,
}
