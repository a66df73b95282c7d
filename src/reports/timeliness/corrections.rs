//! Corrections (C17, D.13): who changed which value to which, whether before or after the term mark, and
//! whether the export agrees with the last of them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::DateTime;

use crate::model::*;
use crate::reports::context::ReportContext;
use crate::rules::{LoggedChange, RuleContext, logged_changes};

/// A change of a mark, a topic or homework.
pub struct Correction<'a> {
    /// The line of the log.
    pub change: &'a Change,
    /// Who made it: the person in the log, or the account's owner.
    pub author: Option<Id<Staff>>,
    /// What was changed.
    pub what: Corrected,
    /// The lesson, if the record still exists.
    pub lesson: Option<Id<Lesson>>,
    /// Whose, for a mark.
    pub pupil: Option<Id<Pupil>>,
    /// When the term mark that closes the entry was last set.
    pub closed_at: Option<DateTime>,
    /// Whether it agrees with the export.
    pub agreement: Agreement,
    /// The value that the previous line left, if this one names another as the old value: a change is missing
    /// from the log.
    pub gap: Option<String>,
}

/// What a correction is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Corrected {
    /// A mark.
    Mark,
    /// The topic of a lesson.
    Topic,
    /// Homework.
    Homework,
}

impl Corrected {
    /// Returns the word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Mark => "отметка",
            Self::Topic => "тема урока",
            Self::Homework => "домашнее задание",
        }
    }

    fn of(change: &Change) -> Option<Self> {
        match Table::parse(&change.table)? {
            Table::Marks => Some(Self::Mark),
            Table::Lessons if change.field == "topic" => Some(Self::Topic),
            Table::Homework => Some(Self::Homework),
            _ => None,
        }
    }
}

/// How a line of the log agrees with the export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// The export has the value of the change, or no longer has a deleted record.
    Agrees,
    /// The log has a later change of the same field.
    ChangedLater,
    /// The export has another value.
    Differs(String),
    /// The export has no such record.
    Vanished,
    /// The log has the record as deleted, but the export has it.
    StillThere,
    /// The field is not exported.
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

    /// Tells whether log and export contradict each other, or the log itself.
    pub fn is_contradiction(&self) -> bool {
        self.agreement.is_contradiction() || self.gap.is_some()
    }

    /// Returns the words for the result of the comparison.
    pub fn verdict(&self) -> String {
        let gap =
            self.gap.as_ref().map(|left| format!("; до этой правки по журналу изменений стояло «{left}»"));
        self.agreement.words() + &gap.unwrap_or_default()
    }

    /// Returns the word for the action.
    pub fn action(&self) -> &'static str {
        match self.change.action {
            ChangeAction::Create => "внесено",
            ChangeAction::Update => "исправлено",
            ChangeAction::Delete => "удалено",
        }
    }
}

/// Gathers the corrections up to the build's date, by moment. New entries are included only if they came
/// after the term mark.
pub(super) fn corrections<'a>(context: &ReportContext<'a>) -> Vec<Correction<'a>> {
    if context.journal.changes.is_empty() {
        return Vec::new();
    }
    let rules = RuleContext::new(context.journal, context.roster, context.policy, context.as_of);
    let named = |line: LoggedChange<'a>| Corrected::of(line.change).map(|what| (line, what));
    let mut log: Vec<(LoggedChange<'a>, Corrected)> =
        logged_changes(&rules).into_iter().filter_map(named).collect();
    log.sort_by_key(|(line, _)| (line.change.at, line.change.place));
    let mut found: Vec<Correction<'a>> = Vec::with_capacity(log.len());
    let mut later: BTreeSet<Key<'a>> = BTreeSet::new();
    for &(ref line, what) in log.iter().rev() {
        let LoggedChange { change, author, lesson, pupil, closed_at, .. } = *line;
        let is_later = is_changed_later(&mut later, change);
        let agreement = if is_later { Agreement::ChangedLater } else { agreement(context, line) };
        found.push(Correction { change, author, what, lesson, pupil, closed_at, agreement, gap: None });
    }
    found.reverse();
    gaps(&mut found);
    found.retain(|one| one.change.at.date() <= context.as_of);
    found.retain(|one| one.change.action != ChangeAction::Create || one.is_after_term_mark());
    found
}

/// A field of a record; the field is empty for the whole record.
type Key<'a> = (&'a str, &'a str, &'a str);

/// Returns, for a backward walk of the log, whether a later line changed the same field, or deleted or made
/// the whole record.
fn is_changed_later<'a>(later: &mut BTreeSet<Key<'a>>, change: &'a Change) -> bool {
    let (table, record) = (change.table.as_str(), change.record_key.as_str());
    let field = field_of(change);
    let is_later = later.contains(&(table, record, "")) || later.contains(&(table, record, field));
    later.insert((table, record, if change.action == ChangeAction::Update { field } else { "" }));
    is_later
}

/// Returns the changed field; a mark's line without one is about its value.
fn field_of(change: &Change) -> &str {
    if change.field.is_empty() && change.table == Table::Marks.id() { "value" } else { &change.field }
}

/// Finds lines whose old value differs from the value of the line before.
fn gaps(corrections: &mut [Correction<'_>]) {
    let mut left: BTreeMap<Key<'_>, &str> = BTreeMap::new();
    for one in corrections {
        let change = one.change;
        // A lesson may have several homework tasks under one key, so the old value is unknown.
        let is_single = matches!(Table::parse(&change.table), Some(Table::Marks | Table::Lessons));
        let key = (change.table.as_str(), change.record_key.as_str(), field_of(change));
        let before = left.insert(key, change.new.as_str());
        if change.action == ChangeAction::Delete {
            left.remove(&key);
        }
        let is_told = is_single && change.action == ChangeAction::Update;
        one.gap = before.filter(|before| is_told && *before != change.old.as_str()).map(str::to_owned);
    }
}

/// Returns the kind of the changed entry, as listed in D.13.
/// Compares the value of the last change with the export.
fn agreement(context: &ReportContext<'_>, line: &LoggedChange<'_>) -> Agreement {
    let change = line.change;
    match (change.action, exported(context, line)) {
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

/// Returns the exported values of a changed field: `None` if the field is not compared, `Some(None)` if the
/// record does not exist. A lesson may have several homework tasks.
fn exported(context: &ReportContext<'_>, line: &LoggedChange<'_>) -> Option<Option<Vec<String>>> {
    let journal = context.journal;
    let mark =
        |value: fn(&Mark) -> &str| Some(line.mark.map(|id| vec![value(&journal.marks[id]).to_owned()]));
    match (Table::parse(&line.change.table)?, line.change.field.as_str()) {
        (Table::Marks, "value" | "") => mark(|mark| mark.value.code()),
        (Table::Marks, "comment") => mark(|mark| &mark.comment),
        (Table::Lessons, "topic") => Some(line.lesson.map(|id| vec![journal.lessons[id].topic.to_string()])),
        (Table::Homework, field @ ("text" | "minutes")) => {
            let value = |task: &Homework| match field {
                "text" => task.text.to_string(),
                _ => task.minutes.map(crate::render::format::count).unwrap_or_default(),
            };
            let tasks = context.roster.homework_of(line.lesson?);
            let values: Vec<String> = tasks.iter().map(|id| value(&journal.homework[*id])).collect();
            Some((!values.is_empty()).then_some(values))
        }
        _ => None,
    }
}
