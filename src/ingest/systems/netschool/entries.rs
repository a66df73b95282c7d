//! Converts the cells of days to lessons, marks and absences.
//!
//! The k-th column of a day is the k-th lesson of each subject with a cell there, even an empty one. If no
//! pupil has two cells of a subject, the subject had one lesson, in whichever column. Two absences in one
//! cell are from two lessons: the second belongs to the next lesson in which the pupil has none yet.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::cell::{DayCell, Sign};
use super::compose::Offers;
use super::tables::{Entry, SubjectRow};
use super::{Import, PupilBlock, at};
use crate::base::problems::ProblemSeverity;
use crate::base::said::said;
use crate::base::source::SourceRef;
use crate::model::*;

/// A pupil's entries in a lesson, by the lesson's position in the day.
#[derive(Default)]
pub(super) struct Stand {
    pub(super) marks: Vec<(MarkValue, Text)>,
    absence: Option<AbsenceReason>,
    pub(super) place: SourceRef,
}

/// One pupil's day in a course, by the position of the lesson.
type Day = BTreeMap<u8, Stand>;
/// The cells of a day in a course by pupil and column, including cells without text.
type Cells<'a> = BTreeMap<Id<Pupil>, BTreeMap<u8, (Option<&'a DayCell>, SourceRef)>>;
/// Every cell, by course and date, in writing order.
type Entered<'a> = BTreeMap<(Id<Course>, Date), Cells<'a>>;
/// Cells already read, because a report may be given twice: by pupil, course, date and column.
type Seen = BTreeMap<(Id<Pupil>, Id<Course>, Date, u8), (Text, SourceRef)>;

/// What the bundle's exchange tables already have.
#[derive(Default)]
struct Earlier {
    lessons: BTreeMap<(Id<Course>, Date), Vec<Id<Lesson>>>,
    marks: BTreeMap<(Id<Lesson>, Id<Pupil>), Vec<Id<Mark>>>,
    absences: BTreeMap<(Id<Lesson>, Id<Pupil>), Id<Absence>>,
}

impl Import<'_> {
    /// Enters every cell of the reports on progress.
    pub(super) fn enter(&mut self, blocks: &[PupilBlock], offers: &Offers) {
        let mut seen = Seen::new();
        let mut entered = Entered::new();
        for block in blocks {
            block.rows.iter().for_each(|row| self.take_row(block, row, offers, (&mut seen, &mut entered)));
        }
        let earlier = Earlier::of(&self.builder.journal);
        self.gone.clear();
        for ((course, date), cells) in entered {
            let places = cells.values().flat_map(BTreeMap::values).map(|(_, place)| *place);
            let place = places.min().unwrap_or_default();
            let (positions, days) = days(cells);
            let known = earlier.lessons.get(&(course, date)).map_or(&[][..], Vec::as_slice);
            let lessons: BTreeMap<u8, Id<Lesson>> = positions
                .into_iter()
                .map(|position| (position, self.lesson((course, date, position), known, place)))
                .collect();
            for (pupil, day) in days {
                for (position, stand) in day {
                    self.write(lessons[&position], pupil, &stand, &earlier);
                }
            }
        }
        let gone = std::mem::take(&mut self.gone);
        self.builder.journal.marks.retain(|id, _| !gone.contains(&id));
    }

    fn take_row<'b>(
        &mut self,
        block: &PupilBlock,
        row: &'b SubjectRow,
        offers: &Offers,
        (seen, entered): (&mut Seen, &mut Entered<'b>),
    ) {
        let place = at(block.origin, row.row);
        let subject = offers.subject(block.class, &row.subject);
        let course = subject
            .and_then(|subject| offers.course(&self.builder.journal, block.class, subject, block.pupil));
        let Some(course) = course else { return };
        for entry in &row.entries {
            let has_text = !entry.text.is_empty();
            if has_text && !self.is_new((block.pupil, course), entry, place, seen)
                || !self.is_in_year(entry, place)
            {
                continue;
            }
            self.say_unknown(entry, place);
            let pupil = entered.entry((course, entry.date)).or_default().entry(block.pupil).or_default();
            let cell = pupil.entry(entry.column_of_day).or_insert((None, place));
            if has_text {
                *cell = (Some(&entry.cell), place);
            }
        }
    }

    /// Returns whether the cell was not read from another report yet; a different value there is reported.
    fn is_new(
        &mut self,
        (pupil, course): (Id<Pupil>, Id<Course>),
        entry: &Entry,
        place: SourceRef,
        seen: &mut Seen,
    ) -> bool {
        let key = (pupil, course, entry.date, entry.column_of_day);
        let Some((first, first_place)) = seen.get(&key) else {
            seen.insert(key, (entry.text.clone(), place));
            return true;
        };
        if *first != entry.text {
            let (date, second) = (entry.date, &entry.text);
            let (row, file) = (first_place.row, self.file_of(*first_place));
            let message = said!(
                "{date}: здесь «{second}», а в {file}, строка {row}, — «{first}»; взято второе",
                "{date}: \"{second}\" here, \"{first}\" in {file}, row {row}; the latter was taken"
            );
            let hint = said!("оставьте в папке последнюю выгрузку", "leave the latest export in the folder");
            let spot = (date.to_string(), second.clone());
            self.note("J620", ProblemSeverity::Warning, place, (&spot.0, &spot.1), (message, hint));
        }
        false
    }

    fn file_of(&self, place: SourceRef) -> String {
        self.builder.journal.origin(place).map_or_else(String::new, |origin| origin.file.clone())
    }

    fn is_in_year(&mut self, entry: &Entry, place: SourceRef) -> bool {
        let journal = &self.builder.journal;
        let year = Span { from: journal.year.start, to: journal.year.end };
        let is_in =
            year.contains(entry.date) || journal.terms.values().any(|term| term.span.contains(entry.date));
        if !is_in {
            let date = entry.date.to_string();
            let message = said!(
                "день {date} вне учебного года: ячейка не прочитана",
                "{date} is outside the school year: the cell was not read"
            );
            let hint = said!("проверьте границы года в school.toml", "check the year's ends in school.toml");
            self.note("J306", ProblemSeverity::Error, place, (&date, &entry.text), (message, hint));
        }
        is_in
    }

    fn say_unknown(&mut self, entry: &Entry, place: SourceRef) {
        for unknown in &entry.cell.unknown {
            let (date, cell) = (entry.date.to_string(), self.cell(place, entry.column));
            let (message, hint) = match &entry.cell.meant {
                Some(meant) => (
                    said!(
                        "{cell}: в ячейке дата «{unknown}», вероятно, была отметка {meant}: она не прочитана",
                        "{cell}: a date \"{unknown}\" stands here, probably it was the mark {meant}: it was not read"
                    ),
                    said!(
                        "впишите {meant} как текст или возьмите файл таким, каким его выгрузил журнал",
                        "type {meant} as text, or take the file as the journal exported it"
                    ),
                ),
                None => (
                    said!(
                        "{cell}: «{unknown}» в ячейке «{}» — не отметка (1–5, 0, точка, зач) и не буква легенды",
                        "{cell}: \"{unknown}\" in cell \"{}\" is no mark (1–5, 0, a point, зач) and no letter of the legend",
                        entry.text
                    ),
                    said!(
                        "остальное в ячейке прочитано; исправьте её в журнале",
                        "the rest of the cell was read; mend it in the journal"
                    ),
                ),
            };
            self.note("J621", ProblemSeverity::Error, place, (&date, unknown), (message, hint));
        }
    }

    /// Returns the lesson at a position of the day: the bundle's own, or a new one.
    fn lesson(
        &mut self,
        (course, date, position): (Id<Course>, Date, u8),
        known: &[Id<Lesson>],
        place: SourceRef,
    ) -> Id<Lesson> {
        if let Some(lesson) = known.get(usize::from(position) - 1) {
            return *lesson;
        }
        let journal = &mut self.builder.journal;
        let last = known.last().map_or(0, |lesson| journal.lessons[*lesson].number);
        let beyond = position.saturating_sub(u8::try_from(known.len()).unwrap_or(u8::MAX));
        let own = &journal.courses[course];
        let key = Text::from(format!("{}/{date}/{position}", own.key));
        let lesson = Lesson {
            key: key.clone(),
            course,
            date,
            number: last.saturating_add(beyond),
            status: LessonStatus::Held,
            teacher: own.teacher,
            ..Lesson::bare(place)
        };
        let id = journal.lessons.push(lesson);
        self.builder.keys.insert(key, id);
        id
    }

    /// Writes a pupil's entries in a lesson, unless the bundle's own tables have them and are believed.
    fn write(&mut self, lesson: Id<Lesson>, pupil: Id<Pupil>, stand: &Stand, earlier: &Earlier) {
        match earlier.marks.get(&(lesson, pupil)) {
            Some(table) if !stand.marks.is_empty() => self.compare_marks(table, stand),
            Some(_) => {}
            None => self.push_marks(lesson, pupil, (1, &stand.marks), stand.place),
        }
        let Some(reason) = stand.absence else { return };
        match earlier.absences.get(&(lesson, pupil)) {
            Some(table) => self.compare_absence(*table, reason, stand.place),
            None => drop(self.builder.journal.absences.push(Absence {
                lesson,
                pupil,
                reason,
                ..Absence::bare(stand.place)
            })),
        }
    }

    /// Adds marks to a lesson, the first with this number among the pupil's.
    pub(super) fn push_marks(
        &mut self,
        lesson: Id<Lesson>,
        pupil: Id<Pupil>,
        (first, signs): (usize, &[(MarkValue, Text)]),
        place: SourceRef,
    ) {
        let journal = &mut self.builder.journal;
        for (number, (value, printed)) in (first..).zip(signs) {
            let key =
                Text::from(format!("{}/{}/{number}", journal.lessons[lesson].key, journal.pupils[pupil].key));
            let mark =
                Mark { key, lesson, pupil, value: *value, printed: printed.clone(), ..Mark::bare(place) };
            journal.marks.push(mark);
        }
    }
}

/// Returns which lessons a course had on a day, and the entries in them for each pupil.
fn days(cells: Cells<'_>) -> (BTreeSet<u8>, BTreeMap<Id<Pupil>, Day>) {
    let is_single = cells.values().all(|cells| cells.len() < 2);
    let position = |column: u8| if is_single { 1 } else { column };
    let columns = cells.values().flat_map(|cells| cells.keys().copied().map(position));
    let mut positions: BTreeSet<u8> = columns.collect();
    let mut days = BTreeMap::new();
    for (pupil, cells) in cells {
        let mut day = Day::new();
        for (column, (cell, place)) in cells {
            cell.into_iter().for_each(|cell| put(&mut day, position(column), cell, place));
        }
        positions.extend(day.keys().copied());
        days.insert(pupil, day);
    }
    (positions, days)
}

fn put(day: &mut Day, column: u8, cell: &DayCell, place: SourceRef) {
    if cell.marks().next().is_some() {
        let stand = day.entry(column).or_insert_with(|| Stand { place, ..Stand::default() });
        let printed = |sign: &Sign| sign.printed.as_deref().map(Text::from).unwrap_or_default();
        stand.marks.extend(cell.marks().map(|sign| (sign.value, printed(sign))));
    }
    for reason in &cell.attendance {
        let free = (column..=u8::MAX).find(|at| day.get(at).is_none_or(|stand| stand.absence.is_none()));
        let Some(free) = free else { continue };
        day.entry(free).or_insert_with(|| Stand { place, ..Stand::default() }).absence = Some(*reason);
    }
}

impl Earlier {
    fn of(journal: &Journal) -> Self {
        let mut earlier = Self::default();
        for (id, lesson) in journal.lessons.iter().filter(|(_, lesson)| lesson.status == LessonStatus::Held) {
            earlier.lessons.entry((lesson.course, lesson.date)).or_default().push(id);
        }
        for lessons in earlier.lessons.values_mut() {
            lessons.sort_by_key(|id| (journal.lessons[*id].number, *id));
        }
        for (id, mark) in journal.marks.iter() {
            earlier.marks.entry((mark.lesson, mark.pupil)).or_default().push(id);
        }
        for (id, absence) in journal.absences.iter() {
            earlier.absences.entry((absence.lesson, absence.pupil)).or_insert(id);
        }
        earlier
    }
}
