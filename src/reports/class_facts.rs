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

/// Adds the lists of the journal that are `shared`. A new list has to be named here before the program compiles.
macro_rules! add_lists {
    ($key:expr, $journal:expr; shared: $($shared:ident)+; apart: $($apart:ident)+) => {{
        let Journal { $($shared,)+ $($apart: _,)+ } = $journal;
        $(add($key, $shared);)+
    }};
}

/// Returns the digest of what all classes share.
fn shared(context: &ReportContext<'_>) -> Key {
    let mut key = KeyMaker::new("shared facts");
    add(&mut key, &context.as_of);
    add(&mut key, &context.policy);
    // Apart: what no document of a class alone prints; snapshots, of which there are none here; the rows of each class.
    add_lists! {
        &mut key, context.journal;
        shared:
            school year officials regulation archive made_at presence staff terms holidays suspensions bells subjects classes
            pupils enrolment groups group_members courses course_teachers curriculum day_moves remarks decisions;
        apart:
            origins lesson_plans timetable works register accounts changes breaches consents acknowledgements recommendations
            setup aliases printed_means
            snapshots
            lessons homework marks absences term_marks
    }
    key.finish()
}

/// Adds a fact with all its fields.
fn add(key: &mut KeyMaker, fact: &dyn Debug) {
    key.text(&format!("{fact:?}"));
}
