//! Corrections in the log: every one, and those made after the term mark was set.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::DateTime;

use super::breach::ENTRY_VOID;
use super::context::RuleContext;
use super::direction::Direction;
use super::examination::Examination;
use super::log::{Entry, Resolved};
use super::rule::{Fold, Rule, Shared};
use super::wording::moment;
use crate::base::said::Said;
use crate::base::severity::Severity;
use crate::model::*;

pub(super) static EDIT_AFTER_TERM_MARK: Rule = Rule {
    id: "edit-after-term-mark",
    requirement: "C16",
    clauses: &["T.rights"],
    severity: Severity::Violation,
    title: Said::fixed("Правка после отметки за период", "correction after the term mark"),
    counted: "изменений",
    weight: 3,
    fold: Fold::Alone,
    direction: Direction::Corrections,
    quotes: &[(
        "T.rights",
        "…учитель не имеет права редактировать электронный журнал после выставления итоговых оценок (отметок) за \
             учебный период",
    )],
    remedy: "дать письменное объяснение; исправление подтвердить у заместителя директора",
    beside: &[(&ENTRY_VOID, Shared::Change)],
    finds_log_lines: true,
    needs: &[(Table::Changes, &[]), (Table::TermMarks, &["recorded_at"]), (Table::Lessons, &[])],
    needs_any: &[(Table::Changes, &["staff_id"]), (Table::Accounts, &[])],
    check: edit_after_term_mark,
    ..Rule::USUAL
};

pub(super) static CORRECTION: Rule = Rule {
    id: "correction",
    requirement: "C17",
    clauses: &["D.13"],
    severity: Severity::Notice,
    title: Said::fixed("Исправление записи", "correction of an entry"),
    counted: "изменений",
    weight: 1,
    fold: Fold::Course,
    direction: Direction::Corrections,
    quotes: &[(
        "D.13",
        "Контролирует процесс внесения исправлений в данные учета (темы уроков, оценки, домашние задания и т.п.)",
    )],
    remedy: "просмотреть исправления: лист «Исправления» книги",
    beside: &[(&ENTRY_VOID, Shared::Change), (&EDIT_AFTER_TERM_MARK, Shared::Change)],
    finds_log_lines: true,
    needs: &[(Table::Changes, &[])],
    check: correction,
    ..Rule::USUAL
};

fn correction(context: &RuleContext, examination: &mut Examination) {
    for (change, resolved) in context.changes() {
        examination.count_judged(context.about_change(change, resolved));
        let what = match resolved.entry {
            Entry::Mark => "отметка",
            Entry::Topic => "тема урока",
            Entry::Homework => "домашнее задание",
            Entry::Absence | Entry::Other => continue,
        };
        let message = match change.action {
            ChangeAction::Create => continue,
            // A comment may name a person, so only these fields are quoted.
            ChangeAction::Update if ["value", "topic", "text"].contains(&change.field.as_str()) => {
                format!("исправлено: {what}, было «{}», стало «{}»", change.old, change.new)
            }
            ChangeAction::Update => format!("исправлено: {what} ({})", field(&change.field)),
            ChangeAction::Delete => format!("удалено: {what}"),
        };
        examination.find(context.about_change(change, resolved), message).found_at = Some(change.at);
    }
}

fn edit_after_term_mark(context: &RuleContext, examination: &mut Examination) {
    let closed = Closed::new(context);
    let (teachers, others) = (context.teachers(), accounts_of_others(context.journal));
    for (change, resolved) in context.changes() {
        let by_teacher = resolved.author.is_some_and(|author| teachers.contains(&author));
        if !by_teacher || others.contains(change.account.as_str()) {
            continue;
        }
        let Some((earliest, closed_at)) = closed.moment(context, resolved) else { continue };
        // Snapshots do not give the moment of a term mark more exactly: changes between them are not judged.
        if change.at <= closed_at && earliest.is_none_or(|earliest| change.at > earliest) {
            examination.unjudged += 1;
            continue;
        }
        examination.count_judged(context.about_change(change, resolved));
        if change.at > closed_at {
            let message = format!("запись изменена {}, после отметки за период", moment(change.at));
            let finding = examination.find(context.about_change(change, resolved), message);
            (finding.due_at, finding.found_at) = (Some(closed_at), Some(change.at));
        }
    }
}

/// A line of the log with resolved references, as the rules see it.
pub struct LoggedChange<'a> {
    /// The line.
    pub change: &'a Change,
    /// Who made it: the person in the log, or the account's owner.
    pub author: Option<Id<Staff>>,
    /// The mark it is about, where it still exists.
    pub mark: Option<Id<Mark>>,
    /// The lesson, if the record still exists.
    pub lesson: Option<Id<Lesson>>,
    /// The pupil, if it is about one.
    pub pupil: Option<Id<Pupil>>,
    /// When the term mark that closes the entry was last set (T.rights).
    pub closed_at: Option<DateTime>,
}

/// Names a field of the log in Russian.
fn field(id: &str) -> &'static str {
    match id {
        "comment" => "комментарий",
        "minutes" => "минуты",
        "due_date" => "на какой день задано",
        "work_id" => "вид работы",
        _ => "другие сведения",
    }
}

/// Resolves the whole log in row order, including changes after `as_of`.
pub fn logged_changes<'a>(context: &RuleContext<'a>) -> Vec<LoggedChange<'a>> {
    let closed = Closed::new(context);
    let line = |(change, resolved): (&'a Change, &Resolved)| LoggedChange {
        change,
        author: resolved.author,
        mark: resolved.mark,
        lesson: resolved.lesson,
        pupil: resolved.pupil,
        closed_at: closed.moment(context, resolved).map(|(_, latest)| latest),
    };
    context.log().map(line).collect()
}

/// Returns the accounts with a role other than a teacher's: a deputy who corrects is not judged.
fn accounts_of_others(journal: &Journal) -> BTreeSet<&str> {
    let others =
        journal.accounts.iter().filter(|account| !account.role.is_empty() && !is_teacher(&account.role));
    others.map(|account| account.key.as_str()).collect()
}

/// Returns whether a role is a teacher's, in the format's form or as people write it.
fn is_teacher(role: &str) -> bool {
    ["teacher", "учитель"].contains(&role.trim().to_lowercase().as_str())
}

/// A course's marks for a term; of one pupil, or of all (`None`).
type Marked = (Id<Course>, Id<Term>, Option<Id<Pupil>>);

/// When the last term mark was entered: the earliest (if known) and the latest possible moment.
type Moments = (Option<DateTime>, DateTime);

/// When the last term mark was entered.
struct Closed(BTreeMap<Marked, Moments>);

impl Closed {
    fn new(context: &RuleContext) -> Self {
        let mut closed = BTreeMap::new();
        for id in context.term_marks.rows() {
            let mark = &context.journal.term_marks[id];
            let (entered, course) = (mark.entered(), context.term_marks.course(id));
            let (Some(at), Some(course)) = (entered.latest(), course) else { continue };
            // A deferral without a value closes nothing: the mark is still to come.
            if mark.kind != TermMarkKind::Term || mark.value.is_none() {
                continue;
            }
            for whose in [None, Some(mark.pupil)] {
                let (first, last) =
                    closed.entry((course, mark.term, whose)).or_insert((entered.earliest(), at));
                (*first, *last) = (entered.earliest().max(*first), at.max(*last));
            }
        }
        Self(closed)
    }

    /// Returns the moment after which the changed entry is closed, if it is.
    fn moment(&self, context: &RuleContext, resolved: &Resolved) -> Option<Moments> {
        let lesson = &context.journal.lessons[resolved.lesson?];
        let (term, whose) = match resolved.entry {
            Entry::Mark | Entry::Absence => {
                let pupil = resolved.pupil?;
                (context.about_entry(resolved.lesson?, pupil).term?, Some(pupil))
            }
            Entry::Topic | Entry::Homework => (context.term_of(lesson.course, lesson.date)?, None),
            Entry::Other => return None,
        };
        self.0.get(&(lesson.course, term, whose)).copied()
    }
}
