//! Contradictions between rows: they are reported as problems of the input, and nothing is left out.

use std::collections::BTreeMap;

use super::problems::{Problems, Spot};
use crate::base::problems::ProblemSeverity;
use crate::base::said::{Said, said};
use crate::base::source::{Origin, SourceRef};
use crate::model::*;

/// Checks a journal that has been read completely.
pub(super) fn check(journal: &Journal, problems: &mut Problems) {
    let membership = Membership::new(journal);
    let mut notes = Notes { journal, problems };
    notes.bells();
    notes.plan_rows();
    notes.register_rows();
    notes.marks(&membership);
    notes.absences(&membership);
    notes.term_marks(&membership);
}

struct Notes<'a> {
    journal: &'a Journal,
    problems: &'a mut Problems,
}

impl Notes<'_> {
    fn add(
        &mut self,
        code: &'static str,
        severity: ProblemSeverity,
        place: SourceRef,
        (column, value): (&str, &str),
        message: Said,
    ) {
        let unknown = Origin { file: String::new(), sheet: String::new() };
        let origin = self.journal.origin(place).unwrap_or(&unknown);
        let spot = Spot { row: Some(place.row), column: column.to_owned(), value: value.to_owned() };
        let hint = said!("проверьте запись в источнике", "check the record in the source");
        self.problems.add(code, severity, (origin, spot), message, hint);
    }

    /// Bell numbers are unique, unless classes have a shift or the rows are for other days.
    fn bells(&mut self) {
        let mut seen = BTreeMap::new();
        for bell in &self.journal.bells {
            let key = (bell.number, bell.shift.clone(), bell.weekday, bell.span);
            if seen.insert(key, bell.place).is_some() {
                let message = said!("второй звонок с тем же номером", "a second bell of the same number");
                self.add(
                    "J501",
                    ProblemSeverity::Warning,
                    bell.place,
                    ("number", &bell.number.to_string()),
                    message,
                );
            }
        }
    }

    fn plan_rows(&mut self) {
        if !self.journal.presence.has(Table::LessonPlans) {
            return;
        }
        let plan: std::collections::BTreeSet<_> =
            self.journal.lesson_plans.iter().map(|row| (row.course, row.seq)).collect();
        for lesson in self.journal.lessons.values() {
            let Some(seq) = lesson.plan_seq.filter(|seq| !plan.contains(&(lesson.course, *seq))) else {
                continue;
            };
            let message = said!(
                "в КТП курса нет строки с таким номером",
                "the course's lesson plan has no row of this number"
            );
            self.add("J502", ProblemSeverity::Warning, lesson.place, ("plan_seq", &seq.to_string()), message);
        }
    }

    fn register_rows(&mut self) {
        let mut seen = BTreeMap::new();
        for row in &self.journal.register {
            if seen.insert((row.date, row.pupil), ()).is_some() {
                let message = said!(
                    "вторая строка учёта отсутствующих на ученика и день",
                    "a second register row for this pupil and day"
                );
                self.add(
                    "J503",
                    ProblemSeverity::Warning,
                    row.place,
                    ("date", &row.date.to_string()),
                    message,
                );
            }
        }
    }

    fn marks(&mut self, membership: &Membership) {
        for mark in self.journal.marks.values() {
            let lesson = &self.journal.lessons[mark.lesson];
            if lesson.status != LessonStatus::Held {
                let message = said!(
                    "отметка стоит за урок, который не проведён",
                    "a mark for a lesson that was not held"
                );
                self.add("J504", ProblemSeverity::Warning, mark.place, ("lesson_id", &lesson.key), message);
            }
            if !membership.is_member(mark.pupil, lesson.course, lesson.date) {
                let message = said!(
                    "в день урока ученика нет в этом курсе",
                    "the pupil is not in this course on the lesson's day"
                );
                self.add(
                    "J505",
                    ProblemSeverity::Warning,
                    mark.place,
                    ("pupil_id", &self.journal.pupils[mark.pupil].key),
                    message,
                );
            }
        }
    }

    fn absences(&mut self, membership: &Membership) {
        let mut seen = BTreeMap::new();
        for absence in self.journal.absences.values() {
            let lesson = &self.journal.lessons[absence.lesson];
            let pupil = &self.journal.pupils[absence.pupil].key;
            if !membership.is_member(absence.pupil, lesson.course, lesson.date) {
                let message = said!(
                    "в день урока ученика нет в этом курсе",
                    "the pupil is not in this course on the lesson's day"
                );
                self.add("J505", ProblemSeverity::Warning, absence.place, ("pupil_id", pupil), message);
            }
            if seen.insert((absence.lesson, absence.pupil), ()).is_some() {
                let message = said!(
                    "вторая запись о пропуске этого урока",
                    "a second record of absence from this lesson"
                );
                self.add(
                    "J506",
                    ProblemSeverity::Warning,
                    absence.place,
                    ("lesson_id", &lesson.key),
                    message,
                );
            }
        }
    }

    fn term_marks(&mut self, membership: &Membership) {
        for mark in self.journal.term_marks.values() {
            let day = self.journal.terms[mark.term].span.to;
            let is_taught = membership
                .courses_on(mark.pupil, day)
                .any(|course| self.journal.courses[course].subject == mark.subject);
            if !is_taught && matches!(mark.kind, TermMarkKind::Term | TermMarkKind::Year) {
                let message = said!(
                    "в последний день периода у ученика нет курса по этому предмету: отметка не входит в показатели",
                    "the pupil has no course in this subject on the term's last day: the mark is in no figure"
                );
                self.add(
                    "J507",
                    ProblemSeverity::Notice,
                    mark.place,
                    ("subject_id", &self.journal.subjects[mark.subject].key),
                    message,
                );
            }
        }
    }
}
