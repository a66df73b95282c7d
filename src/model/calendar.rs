//! Terms, school days and bells: questions about dates that rules, figures and documents share.

use std::cmp::Reverse;

use jiff::civil::{Date, Time};

use super::codes::{TermKind, Weeks};
use super::id::Id;
use super::journal::Journal;
use super::records::{Class, Course, Term};
use super::values::Span;

impl Journal {
    /// Returns the terms of a grade other than the year, by their first day.
    pub fn terms_of_grade(&self, grade: u8) -> Vec<Id<Term>> {
        self.sorted_terms(|term| term.kind != TermKind::Year && term.grades.contains(grade))
    }

    /// Returns the terms in which a course is marked: of the course's own kind of term, or of its grade's.
    /// Terms of the own kind for its grade are taken first; if the grade has none of that kind, those of
    /// other grades.
    pub fn terms_of_course(&self, course: &Course) -> Vec<Id<Term>> {
        let grade = self.grade_of(course);
        match course.term_kind {
            None => self.terms_of_grade(grade),
            Some(kind) => {
                let own = self.sorted_terms(|term| term.kind == kind && term.grades.contains(grade));
                if own.is_empty() { self.sorted_terms(|term| term.kind == kind) } else { own }
            }
        }
    }

    /// Returns the terms of kind `year` of a grade.
    pub fn years_of_grade(&self, grade: u8) -> Vec<Id<Term>> {
        self.sorted_terms(|term| term.kind == TermKind::Year && term.grades.contains(grade))
    }

    /// Returns the term of the same kind for a grade with the latest end before a term's start; the year has none.
    pub fn previous_term(&self, term: Id<Term>, grade: u8) -> Option<Id<Term>> {
        let Term { kind, span, .. } = &self.terms[term];
        if *kind == TermKind::Year {
            return None;
        }
        let before = self.terms.iter().filter(|(_, other)| {
            other.kind == *kind && other.grades.contains(grade) && other.span.to < span.from
        });
        before.max_by_key(|(id, other)| (other.span.to, *id)).map(|(id, _)| id)
    }

    /// Tells whether there is anything of a term: a mark for it, or a lesson in it of its grades.
    pub fn has_anything_of(&self, term: Id<Term>) -> bool {
        let Term { span, grades, .. } = &self.terms[term];
        let is_inside = |lesson: &super::Lesson| {
            span.contains(lesson.date) && grades.contains(self.grade_of(&self.courses[lesson.course]))
        };
        self.term_marks.values().any(|mark| mark.term == term) || self.lessons.values().any(is_inside)
    }

    fn sorted_terms(&self, wanted: impl Fn(&Term) -> bool) -> Vec<Id<Term>> {
        let mut terms: Vec<_> = self.terms.iter().filter(|(_, term)| wanted(term)).collect();
        terms.sort_by_key(|(id, term)| (term.span.from, term.span.to, *id));
        terms.into_iter().map(|(id, _)| id).collect()
    }

    /// Tells whether a date is in a holiday of the grade.
    pub fn is_holiday(&self, grade: u8, date: Date) -> bool {
        self.holidays.iter().any(|holiday| holiday.grades.contains(grade) && holiday.span.contains(date))
    }

    /// Returns whether lessons of the class are suspended on the date (актированный день).
    pub fn is_suspended(&self, class: Id<Class>, date: Date) -> bool {
        self.suspensions.iter().any(|days| {
            days.span.contains(date) && (days.classes.is_empty() || days.classes.contains(&class))
        })
    }

    /// Tells whether lessons of a course are suspended: for a group, when all its classes are.
    pub fn is_course_suspended(&self, course: &Course, date: Date) -> bool {
        let classes = self.classes_of(course);
        !classes.is_empty() && classes.iter().all(|class| self.is_suspended(*class, date))
    }

    /// Tells whether the date is a school day of the class: in a term other than the year, no holiday, not suspended.
    pub fn is_school_day(&self, class: Id<Class>, date: Date) -> bool {
        let grade = self.classes[class].grade;
        let in_term = self.terms.values().any(|term| {
            term.kind != TermKind::Year && term.grades.contains(grade) && term.span.contains(date)
        });
        in_term && !self.is_holiday(grade, date) && !self.is_suspended(class, date)
    }

    /// Returns the bell of a lesson: the most specific row of that number in force for the class's shift that
    /// day.
    pub fn bell(&self, course: &Course, date: Date, number: u8) -> Option<(Time, Time)> {
        let shift = self.classes_of(course).first().map_or("", |class| self.classes[*class].shift.as_str());
        let weekday = weekday(date);
        self.bells
            .iter()
            .filter(|bell| bell.number == number && bell.span.contains(date))
            .filter(|bell| bell.weekday.is_none_or(|day| day == weekday))
            .filter(|bell| bell.shift.is_empty() || shift.is_empty() || bell.shift == shift)
            .max_by_key(|bell| {
                (bell.weekday.is_some(), bell.span != Span::ALWAYS, bell.shift == shift, Reverse(bell.place))
            })
            .map(|bell| (bell.start, bell.end))
    }

    /// Returns the weekday whose timetable the grade has on the date: 1 Monday … 7 Sunday.
    pub fn taught_weekday(&self, grade: u8, date: Date) -> u8 {
        self.day_moves
            .iter()
            .find(|day| day.date == date && day.grades.contains(grade))
            .map_or_else(|| weekday(date), |day| day.as_weekday)
    }

    /// Returns whether a timetable row for odd or even weeks applies in the date's week. Week 1 of the school
    /// year is the one with its first day.
    pub fn is_taught_in_week(&self, weeks: Option<Weeks>, date: Date) -> bool {
        let Some(weeks) = weeks else { return true };
        let monday = |day: Date| i64::from(days_from_epoch(day)) - i64::from(weekday(day)) + 1;
        let week = (monday(date) - monday(self.year.start)).div_euclid(7) + 1;
        (week.rem_euclid(2) == 1) == (weeks == Weeks::Odd)
    }
}

fn weekday(date: Date) -> u8 {
    date.weekday().to_monday_one_offset().unsigned_abs()
}

fn days_from_epoch(date: Date) -> i32 {
    jiff::civil::date(1970, 1, 1).until(date).map_or(0, |span| span.get_days())
}
