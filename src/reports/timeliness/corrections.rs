//! Corrections (C17, D.13): who changed what from which value to which, when against the term mark, and whether the export
//! agrees with the last of them.

use std::collections::BTreeMap;

use jiff::civil::DateTime;

use crate::model::*;
use crate::reports::ReportContext;

/// A change of a mark, a topic or homework.
pub struct Correction<'a> {
    /// The line of the log.
    pub change: &'a Change,
    /// Who made it: by the log, else the account's owner.
    pub author: Option<Id<Staff>>,
    /// What was changed, Russian.
    pub what: &'static str,
    /// At which lesson, where the record still exists.
    pub lesson: Option<Id<Lesson>>,
    /// Whose, for a mark.
    pub pupil: Option<Id<Pupil>>,
    /// When the term mark that closes the entry was set last.
    pub closed_at: Option<DateTime>,
    /// How it agrees with the export.
    pub agreement: Agreement,
}

/// How a line of the log agrees with what the export has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// The export has the value the change left, or no longer has a record that was deleted.
    Agrees,
    /// A later change of the same field stands in the log.
    ChangedLater,
    /// The export has another value.
    Differs(String),
    /// The export has no such record.
    Vanished,
    /// The record was deleted by the log, and the export has it.
    StillThere,
    /// The field is not one that is exported.
    Unknown,
}

impl Agreement {
    /// Returns the words for it.
    pub fn words(&self) -> String {
        match self {
            Self::Agrees => "сходится".to_owned(),
            Self::ChangedLater => "исправлено ещё раз позже".to_owned(),
            Self::Differs(value) => format!("расходится: в выгрузке «{value}»"),
            Self::Vanished => "расходится: записи в выгрузке нет".to_owned(),
            Self::StillThere => "расходится: удалена по журналу изменений, но в выгрузке есть".to_owned(),
            Self::Unknown => "не сверяется".to_owned(),
        }
    }

    /// Tells whether log and export contradict each other.
    pub fn is_contradiction(&self) -> bool {
        matches!(self, Self::Differs(_) | Self::Vanished | Self::StillThere)
    }
}

impl Correction<'_> {
    /// Tells whether it was made after the term mark was set.
    pub fn is_after_term_mark(&self) -> bool {
        self.closed_at.is_some_and(|closed| self.change.at > closed)
    }
}

/// Gathers the corrections up to the build's date, by moment.
pub(super) fn corrections<'a>(context: &ReportContext<'a>) -> Vec<Correction<'a>> {
    let journal = context.journal;
    let records = Records::new(context);
    let seen = journal.changes.iter().filter(|change| change.at.date() <= context.as_of);
    let mut changes: Vec<(&Change, &'static str)> = seen
        .filter(|change| change.action != ChangeAction::Create)
        .filter_map(|c| Some((c, what(c)?)))
        .collect();
    changes.sort_by_key(|(change, _)| (change.at, change.place));
    let mut last: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    for (index, (change, _)) in changes.iter().enumerate() {
        last.insert((&change.table, &change.record_key, &change.field), index);
    }
    let is_last = |index: usize, change: &Change| {
        last.get(&(change.table.as_str(), change.record_key.as_str(), change.field.as_str())) == Some(&index)
    };
    let enumerated = changes.iter().enumerate();
    enumerated
        .map(|(index, (change, what))| records.correction(change, what, is_last(index, change)))
        .collect()
}

/// Returns what a change was made to: what D.13 names.
fn what(change: &Change) -> Option<&'static str> {
    match Table::parse(&change.table)? {
        Table::Marks => Some("отметка"),
        Table::Lessons if change.field == "topic" => Some("тема урока"),
        Table::Homework => Some("домашнее задание"),
        _ => None,
    }
}

struct Records<'a> {
    context: &'a ReportContext<'a>,
    marks: BTreeMap<&'a str, &'a Mark>,
    lessons: BTreeMap<&'a str, Id<Lesson>>,
    owners: BTreeMap<&'a str, Id<Staff>>,
    /// When term marks were set, by subject and term.
    closed: BTreeMap<(Id<Subject>, Id<Term>), Vec<(Id<Pupil>, DateTime)>>,
}

impl<'a> Records<'a> {
    fn new(context: &'a ReportContext<'_>) -> Self {
        let journal = context.journal;
        let mut closed: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for mark in journal.term_marks.values().filter(|mark| mark.kind == TermMarkKind::Term) {
            if let Some(at) = mark.recorded_at.filter(|at| at.date() <= context.as_of) {
                closed.entry((mark.subject, mark.term)).or_default().push((mark.pupil, at));
            }
        }
        let owner = |account: &'a Account| Some((account.key.as_str(), account.staff?));
        Self {
            context,
            marks: journal.marks.values().map(|mark| (mark.key.as_str(), mark)).collect(),
            lessons: journal.lessons.iter().map(|(id, lesson)| (lesson.key.as_str(), id)).collect(),
            owners: journal.accounts.iter().filter_map(owner).collect(),
            closed,
        }
    }

    fn correction<'c>(&self, change: &'c Change, what: &'static str, is_last: bool) -> Correction<'c> {
        let mark = self.mark(change);
        let lesson = mark.map(|mark| mark.lesson).or_else(|| self.lesson(change));
        let pupil = mark.map(|mark| mark.pupil);
        Correction {
            change,
            author: change.staff.or_else(|| self.owners.get(change.account.as_str()).copied()),
            what,
            lesson,
            pupil,
            closed_at: lesson.and_then(|lesson| self.closed_at(lesson, pupil)),
            agreement: if is_last { self.agreement(change) } else { Agreement::ChangedLater },
        }
    }

    fn mark(&self, change: &Change) -> Option<&'a Mark> {
        (change.table == Table::Marks.id()).then(|| self.marks.get(change.record_key.as_str()).copied())?
    }

    fn lesson(&self, change: &Change) -> Option<Id<Lesson>> {
        (change.table != Table::Marks.id()).then(|| self.lessons.get(change.record_key.as_str()).copied())?
    }

    /// Returns when the term mark was set last: the pupil's, or of a whole lesson that of any member.
    fn closed_at(&self, lesson: Id<Lesson>, pupil: Option<Id<Pupil>>) -> Option<DateTime> {
        let journal = self.context.journal;
        let Lesson { course, date, .. } = journal.lessons[lesson];
        let subject = journal.courses[course].subject;
        let terms = journal.terms_of_course(&journal.courses[course]);
        let term = terms.into_iter().find(|term| journal.terms[*term].span.contains(date))?;
        let set = self.closed.get(&(subject, term))?;
        let own = |one: Id<Pupil>| match pupil {
            Some(pupil) => one == pupil,
            None => self.context.roster.is_member(one, course, date),
        };
        set.iter().filter(|(one, _)| own(*one)).map(|(_, at)| *at).max()
    }

    /// Compares what the last change left with what the export has.
    fn agreement(&self, change: &Change) -> Agreement {
        let exported = self.exported(change);
        match (change.action, exported) {
            (_, None) => Agreement::Unknown,
            (ChangeAction::Delete, Some(None)) => Agreement::Agrees,
            (ChangeAction::Delete, Some(Some(_))) => Agreement::StillThere,
            (_, Some(None)) => Agreement::Vanished,
            (_, Some(Some(values))) if values.iter().any(|value| *value == change.new.as_str()) => {
                Agreement::Agrees
            }
            (_, Some(Some(values))) => Agreement::Differs(values.join(", ")),
        }
    }

    /// Returns the exported values of a changed field: `None` where the field is not compared, `Some(None)` where the record
    /// is not there. A lesson may have several tasks of homework.
    fn exported(&self, change: &Change) -> Option<Option<Vec<String>>> {
        let journal = self.context.journal;
        match (Table::parse(&change.table)?, change.field.as_str()) {
            (Table::Marks, "value" | "") => {
                Some(self.mark(change).map(|mark| vec![mark.value.code().to_owned()]))
            }
            (Table::Marks, "comment") => Some(self.mark(change).map(|mark| vec![mark.comment.to_string()])),
            (Table::Lessons, "topic") => {
                Some(self.lesson(change).map(|id| vec![journal.lessons[id].topic.to_string()]))
            }
            (Table::Homework, field @ ("text" | "minutes")) => {
                let tasks = self.lesson(change).map(|id| self.context.roster.homework_of(id))?;
                let value = |task: &Homework| match field {
                    "text" => task.text.to_string(),
                    _ => task.minutes.map(crate::render::format::count).unwrap_or_default(),
                };
                let values: Vec<String> = tasks.iter().map(|id| value(&journal.homework[*id])).collect();
                Some((!values.is_empty()).then_some(values))
            }
            _ => None,
        }
    }
}
