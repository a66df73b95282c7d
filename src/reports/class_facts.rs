//! For each class one digest over everything that a document of the class alone may read. It may change too often, never too
//! seldom: a document is not laid out again while it is the same.

use std::fmt::Debug;

use super::context::ReportContext;
use super::remarks_leaf::remarks;
use crate::base::draft::{Key, KeyMaker};
use crate::model::Journal;

/// Returns the digest of each class, in table order. It is empty where the facts cannot be told apart by class: moments of
/// entry that come from snapshots stand in no table.
pub fn class_facts(context: &ReportContext<'_>) -> Vec<Key> {
    let journal = context.journal;
    if !journal.snapshots.is_empty() || context.sources.len() != journal.classes.len() {
        return Vec::new();
    }
    let shared = shared(context);
    let selected = remarks(context);
    let of_class = |(class, rows): (_, &String)| {
        let mut key = KeyMaker::new("class facts");
        key.text(shared.as_str());
        // The rows of lessons, homework, marks, absences and term marks of the class: their number and digest.
        key.text(rows);
        let own: Vec<_> = selected.iter().filter(|remark| remark.class == class).collect();
        add(&mut key, &own);
        key.finish()
    };
    journal.classes.ids().zip(&context.sources).map(of_class).collect()
}

/// Returns the digest of what all classes share. A new list of the journal has to be named here before the program
/// compiles.
fn shared(context: &ReportContext<'_>) -> Key {
    let Journal {
        school,
        year,
        officials,
        regulation,
        archive,
        made_at,
        presence,
        staff,
        terms,
        holidays,
        suspensions,
        bells,
        subjects,
        classes,
        pupils,
        enrolment,
        groups,
        group_members,
        courses,
        course_teachers,
        curriculum,
        day_moves,
        remarks,
        decisions,
        // No document of a class alone prints these.
        origins: _,
        lesson_plans: _,
        timetable: _,
        works: _,
        register: _,
        accounts: _,
        changes: _,
        breaches: _,
        consents: _,
        acknowledgements: _,
        recommendations: _,
        setup: _,
        aliases: _,
        printed_means: _,
        // There are none where this is called.
        snapshots: _,
        // The rows of each class are digested apart.
        lessons: _,
        homework: _,
        marks: _,
        absences: _,
        term_marks: _,
    } = context.journal;
    let mut key = KeyMaker::new("shared facts");
    let facts: [&dyn Debug; 26] = [
        &context.as_of,
        &context.policy,
        school,
        year,
        officials,
        regulation,
        archive,
        made_at,
        presence,
        staff,
        terms,
        holidays,
        suspensions,
        bells,
        subjects,
        classes,
        pupils,
        enrolment,
        groups,
        group_members,
        courses,
        course_teachers,
        curriculum,
        day_moves,
        remarks,
        decisions,
    ];
    facts.into_iter().for_each(|fact| add(&mut key, fact));
    key.finish()
}

/// Adds a fact with all its fields.
fn add(key: &mut KeyMaker, fact: &dyn Debug) {
    key.text(&format!("{fact:?}"));
}
