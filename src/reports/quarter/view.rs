//! A term as the sections of the paper see it, and what a section is.

use crate::model::{Class, Id, Term, TermKind};
use crate::render::paper::{Look, Paper};
use crate::reports::common::{Changes, Coverage, Standings, TermData, terms};
use crate::reports::context::ReportContext;
use crate::stats::analytics::{Record, STANDINGS};
use crate::stats::{self, Given};

/// A section of the paper.
pub(in crate::reports::quarter) struct Section {
    pub(in crate::reports::quarter) title: &'static str,
    /// Whether it begins on a page of its own.
    pub(in crate::reports::quarter) starts_page: bool,
    pub(in crate::reports::quarter) lay: fn(&Quarter<'_>, &mut Paper),
}

/// A term as the sections see it.
pub(in crate::reports::quarter) struct Quarter<'a> {
    /// Titles of the sections in their order.
    titles: Vec<&'static str>,
    pub(in crate::reports::quarter) data: TermData<'a>,
    pub(in crate::reports::quarter) coverage: Coverage,
    pub(in crate::reports::quarter) changes: Changes<'a>,
    /// Term marks by pupil and course.
    pub(in crate::reports::quarter) given: Vec<Given>,
    /// The same of the term before.
    pub(in crate::reports::quarter) given_before: Vec<Given>,
}

impl<'a> Quarter<'a> {
    pub(in crate::reports::quarter) fn new(
        context: &'a ReportContext<'a>,
        term: Id<Term>,
        titles: Vec<&'static str>,
    ) -> Self {
        let data = TermData::new(context, term);
        let given = |term| stats::given(context.journal, context.roster, term, context.as_of);
        Self {
            titles,
            coverage: Coverage::of(&data),
            changes: Changes::new(&data),
            given: given(term),
            given_before: data.before.map_or_else(Vec::new, given),
            data,
        }
    }

    /// Returns a section's number in the paper.
    pub(in crate::reports::quarter) fn number_of(&self, section: &Section) -> usize {
        self.titles.iter().position(|title| *title == section.title).map_or(0, |at| at + 1)
    }

    /// Walks the standings of the term.
    pub(in crate::reports::quarter) fn standing_rows(&self) -> impl Iterator<Item = Record<'a>> + use<'a> {
        self.data.rows(&STANDINGS)
    }

    /// Counts the pupils of some classes by standing.
    pub(in crate::reports::quarter) fn standings(&self, is_wanted: impl Fn(Id<Class>) -> bool) -> Standings {
        let own = |row: &Record<'_>| self.data.keys.class(row.text("class_id")).is_some_and(&is_wanted);
        Standings::of(self.standing_rows().filter(own))
    }

    /// Returns rows about pupils with the pupils' names, by class and name.
    pub(in crate::reports::quarter) fn by_name(
        &self,
        rows: impl Iterator<Item = Record<'a>>,
    ) -> std::vec::IntoIter<(Record<'a>, String)> {
        let keys = &self.data.keys;
        let name = |row: Record<'a>| Some((row, keys.pupil_name(keys.pupil(row.text("pupil_id"))?)));
        let mut named: Vec<(Record<'a>, String)> = rows.filter_map(name).collect();
        named.sort_by_cached_key(|(row, _)| keys.pupil_order(row.text("class_id"), row.text("pupil_id")));
        named.into_iter()
    }

    /// Says why there is no term before.
    pub(in crate::reports::quarter) fn no_term_before(&self) -> String {
        let journal = self.data.journal();
        match journal.terms[self.data.term].kind {
            TermKind::Year => "учебный год сравнивается с прошлым годом, а не с периодом".to_owned(),
            _ => format!(
                "перед «{}» в этом учебном году периода того же вида нет",
                terms::title(journal, self.data.term)
            ),
        }
    }

    /// Returns «2–9 классы»: whom figures of marks count.
    pub(in crate::reports::quarter) fn marked(&self) -> String {
        self.data.grades.marked().label()
    }

    /// Returns «1–9 классы»: whom figures of attendance, movement and hours count.
    pub(in crate::reports::quarter) fn all(&self) -> String {
        self.data.grades.label()
    }

    /// Returns the grade of a class.
    pub(in crate::reports::quarter) fn grade(&self, class: Id<Class>) -> u8 {
        self.data.journal().classes[class].grade
    }

    /// Returns «5А (Иванова А. П.)».
    pub(in crate::reports::quarter) fn class_with_teacher(&self, class: Id<Class>) -> String {
        let class = &self.data.journal().classes[class];
        match class.teacher {
            Some(teacher) => format!("{} ({})", class.key, self.data.keys.teacher_name(teacher)),
            None => class.key.to_string(),
        }
    }
}

/// Says in place of a table why it is not there.
pub(in crate::reports::quarter) fn say_lack(paper: &mut Paper, why: &str) {
    paper.paragraph(Look::Strong, &format!("Не сформировано: {why}."));
}

/// Puts under a table whom it counts.
pub(in crate::reports::quarter) fn say_whom(paper: &mut Paper, whom: &str, note: &str) {
    let note = if note.is_empty() { String::new() } else { format!(" {note}") };
    paper.paragraph(Look::Note, &format!("Учтены: {whom}.{note}"));
}
