//! Lesson plans (КТП): a topic for every hour of the timetable, and which of them are works.

use std::collections::BTreeMap;

use fastrand::Rng;

use super::calendar::Day;
use super::school::{Course, School};
use super::subjects::{SUBJECTS, Style, Subject};
use super::timetable::Row;
use super::topics::{aspects, themes};

/// What is done in a lesson that brings marks to the whole class.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Ordinary,
    /// The kind of the work and its name.
    Written(&'static str, &'static str),
    Control,
}

/// A row of a lesson plan.
pub(crate) struct Planned {
    pub(crate) topic: String,
    pub(crate) section: &'static str,
    pub(crate) role: Role,
    pub(crate) day: Day,
    pub(crate) number: i32,
    pub(crate) term: usize,
}

/// Returns the plan of each course.
pub(crate) fn plans(school: &School, timetable: &[Row], rng: &mut Rng) -> Vec<Vec<Planned>> {
    let mut rows: Vec<Vec<Row>> = vec![Vec::new(); school.courses.len()];
    for row in timetable {
        rows[row.course].push(*row);
    }
    school.courses.iter().zip(&rows).map(|(course, rows)| plan(school, course, rows, rng)).collect()
}

/// Returns the hours of a course that its timetable gives: term, day, lesson number.
fn hours(school: &School, course: &Course, rows: &[Row]) -> Vec<(usize, Day, i32)> {
    let mut hours = Vec::new();
    for (term, it) in school.cal.terms_of(course.grade) {
        for day in it.start..=it.end {
            let Some(weekday) = school.cal.taught_as(course.grade, day) else { continue };
            hours.extend(rows.iter().filter(|r| r.weekday == weekday).map(|r| (term, day, r.number)));
        }
    }
    hours
}

fn plan(school: &School, course: &Course, rows: &[Row], rng: &mut Rng) -> Vec<Planned> {
    let hours = hours(school, course, rows);
    let subject = &SUBJECTS[course.subject];
    let themes = themes(subject, course.grade);
    // Each grade begins at another place of the list, so that classes differ; talks follow the calendar.
    let shift = if subject.style == Style::Talk { 0 } else { usize::from(course.grade) * 3 };
    let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
    let mut plan = Vec::with_capacity(hours.len());
    for (i, &(term, day, lesson)) in hours.iter().enumerate() {
        let in_term = hours.iter().filter(|h| h.0 == term).count();
        let place = hours[..i].iter().filter(|h| h.0 == term).count();
        let step = i * themes.len() / hours.len();
        let theme = themes[(step + shift) % themes.len()];
        let is_first = i == 0 || (i - 1) * themes.len() / hours.len() != step;
        let role = role(course, subject.style, place, in_term, subject.has_controls());
        let after_control = place > 0 && plan.last().is_some_and(|p: &Planned| p.role == Role::Control);
        let topic = match role {
            _ if after_control => format!("Анализ контрольной работы, работа над ошибками. {theme}"),
            Role::Control => titled("Контрольная работа", &mut numbers, theme),
            Role::Written(_, name) => titled(name, &mut numbers, theme),
            Role::Ordinary if is_first => format!("Введение в тему «{theme}»"),
            Role::Ordinary => format!("{theme}: {}", aspect(subject, rng)),
        };
        plan.push(Planned { topic, section: theme, role, day, number: lesson, term });
    }
    plan
}

fn titled(name: &'static str, numbers: &mut BTreeMap<&str, u32>, theme: &str) -> String {
    let number = numbers.entry(name).or_default();
    *number += 1;
    format!("{name} № {number} по теме «{theme}»")
}

fn aspect(subject: &Subject, rng: &mut Rng) -> &'static str {
    let aspects = aspects(subject);
    // Short phrases are commoner than the last, long one.
    aspects[rng.usize(..aspects.len() * 2 - 1) / 2]
}

/// Every seventh lesson or so brings marks to all; a control stands before the end of a term.
fn role(course: &Course, style: Style, place: usize, in_term: usize, has_controls: bool) -> Role {
    let to_end = in_term - place;
    if course.grade == 1 || course.kind == "extracurricular" {
        return Role::Ordinary;
    }
    let before_end = if in_term > 15 { 5 } else { 3 };
    if has_controls && course.grade >= 3 && to_end == before_end && in_term > 5 {
        return Role::Control;
    }
    let gap = if in_term > 24 { 9 } else { 6 };
    // Courses keep different days, so that a class does not write everywhere at once.
    if place % gap != course.bundle % gap || to_end <= before_end {
        return Role::Ordinary;
    }
    written(style, place / gap + course.bundle)
}

fn written(style: Style, turn: usize) -> Role {
    let works: &[(&str, &str)] = match style {
        Style::Language => &[
            ("dictation", "Словарный диктант"),
            ("written", "Проверочная работа"),
            ("composition", "Изложение"),
        ],
        Style::Reading => &[("written", "Проверочная работа"), ("composition", "Сочинение")],
        Style::Foreign => &[("test", "Лексико-грамматический тест"), ("written", "Письменная работа")],
        Style::Numbers => &[("written", "Самостоятельная работа"), ("test", "Тест")],
        Style::Nature => &[("laboratory", "Лабораторная работа"), ("written", "Проверочная работа")],
        Style::Society => &[("practical", "Практическая работа"), ("test", "Тест")],
        Style::Hands => &[("practical", "Практическая работа")],
        Style::Body => &[("practical", "Сдача норматива")],
        Style::Talk => return Role::Ordinary,
    };
    let (kind, name) = works[turn % works.len()];
    Role::Written(kind, name)
}
