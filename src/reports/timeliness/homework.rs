//! Homework compared with the pupils' age (C14): minutes by class and day, with the norm of the grade.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::model::*;
use crate::render::drawing::Shade;
use crate::reports::context::ReportContext;
use crate::rules::{by_class_and_day, heaviest_load};

/// The text for a source without minutes: the figure is not computed, and no day is called good.
pub const NO_MINUTES: &str = "показатель не рассчитан: в источнике нет минут";
/// The text above the substitute table, if at least the days are known.
pub const INSTEAD: &str =
    "Вместо минут показано, сколько заданий у класса на день; с нормой это не сравнивается.";

/// A day's homework of one class.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Day {
    /// How many tasks are due.
    pub tasks: usize,
    /// The largest sum of minutes for one pupil; `None` if a task has no minutes.
    pub minutes: Option<f64>,
}

/// A class's year of homework.
#[derive(Clone, Debug)]
pub struct ClassLoad {
    /// Which class.
    pub class: Id<Class>,
    /// The most minutes per day (policy, D.14).
    pub norm: u16,
    /// Days with homework due.
    pub days: BTreeMap<Date, Day>,
}

impl ClassLoad {
    /// Returns the judged minutes by day.
    pub fn judged(&self) -> impl Iterator<Item = (Date, f64)> {
        self.days.iter().filter_map(|(date, day)| Some((*date, day.minutes?)))
    }

    /// Returns how many days have a task without minutes.
    pub fn unjudged(&self) -> usize {
        self.days.values().filter(|day| day.minutes.is_none()).count()
    }

    /// Returns how many judged days are above the norm.
    pub fn above(&self) -> usize {
        self.judged().filter(|(_, minutes)| *minutes > f64::from(self.norm)).count()
    }

    /// Returns the shade of a day's cell: up to half of the norm, up to the norm, above it.
    pub fn shade(&self, minutes: f64) -> Shade {
        let norm = f64::from(self.norm);
        if minutes > norm {
            Shade::Dark
        } else if minutes > norm / 2.0 {
            Shade::Middle
        } else {
            Shade::Light
        }
    }
}

impl Day {
    /// Returns the shade of a day's cell by the count of tasks: one or two, up to four, more. It is never the
    /// shade for values above the norm.
    pub fn shade_by_tasks(&self) -> Shade {
        match self.tasks {
            0..=2 => Shade::Pale,
            3..=4 => Shade::Light,
            _ => Shade::Middle,
        }
    }
}

/// Returns whether the source has minutes for any day: a column of empty cells is a source without them.
pub(super) fn has_minutes(loads: &[ClassLoad]) -> bool {
    loads.iter().any(|load| load.judged().next().is_some())
}

/// Gathers the classes' homework, by grade and class; `None` if the source has no due dates.
pub(super) fn loads(context: &ReportContext<'_>) -> Option<Vec<ClassLoad>> {
    let journal = context.journal;
    if !journal.presence.has_column(Table::Homework, "due_date") {
        return None;
    }
    let mut loads: Vec<ClassLoad> = journal
        .classes
        .iter()
        .filter_map(|(class, record)| {
            let norm = context.policy.homework_minutes_in(record.grade)?;
            Some(ClassLoad { class, norm, days: BTreeMap::new() })
        })
        .collect();
    for ((class, date), tasks) in by_class_and_day(journal, context.as_of) {
        let Some(load) = loads.iter_mut().find(|load| load.class == class) else { continue };
        let is_whole = tasks.iter().all(|(_, task)| task.minutes.is_some());
        let minutes = is_whole.then(|| heaviest_load(context.roster, (class, date), &tasks));
        load.days.insert(date, Day { tasks: tasks.len(), minutes });
    }
    loads.sort_by_key(|load| (journal.classes[load.class].grade, journal.classes[load.class].key.clone()));
    loads.iter().any(|load| !load.days.is_empty()).then_some(loads)
}
