//! Topics behind absences and unsatisfactory marks: a row a lesson.

use super::super::lists::{Entry, Lists, key};
use super::super::pages::{Head, Page, Pages};
use super::super::people::wholes;
use crate::render::measure::clean;
use crate::render::workbook::{Cell, Column, Sheet};
use crate::stats::analytics::{MISSED, Record, UNSATISFACTORY};

pub(super) const TOPICS: Page = Page {
    name: "Темы",
    said: "уроки, которые пропущены или за которые стоит «2», с темами",
    has_names: true,
    make: topics,
};

/// Reasons in the order of the lists: as the journal writes them, and in words.
pub(super) const REASONS: [(&str, &str); 4] = [
    ("б", "по болезни"),
    ("ну", "по уважительной причине"),
    ("н", "без уважительной причины"),
    ("?", "причина неизвестна"),
];

/// Returns the absences inside the term of the pupils of its grades.
pub(super) fn missed<'a>(pages: &Pages<'a>) -> Vec<Record<'a>> {
    own(pages, pages.data.tables.all(&MISSED))
}

fn own<'a>(pages: &Pages<'a>, rows: impl Iterator<Item = Record<'a>>) -> Vec<Record<'a>> {
    let span = pages.data.span();
    let journal = pages.context.journal;
    let is_own = |row: &Record<'a>| {
        let grade = match pages.data.keys.class(row.text("class_id")) {
            Some(class) => Some(journal.classes[class].grade),
            None => {
                pages.data.keys.course(row.text("course_id")).map(|id| journal.grade_of(&journal.courses[id]))
            }
        };
        row.date("date").is_some_and(|date| span.contains(date))
            && grade.is_some_and(|grade| pages.data.grades.contains(grade))
    };
    rows.filter(is_own).collect()
}

fn topics(pages: &Pages<'_>, lists: &mut Lists) -> Sheet {
    let is_shown = lists.shows(TOPICS.name);
    let mut entries = absences(pages, is_shown);
    entries.extend(bad_marks(pages, is_shown));
    let columns = vec![
        Column::new("Что", 10.0),
        Column::new("Класс", 8.0),
        Column::new("Ученик", 28.0),
        Column::new("Дата", 11.0),
        Column::new("Предмет", 26.0),
        Column::new("Тема урока", 46.0),
        Column::new("Причина или отметка", 25.0),
        Column::new("Отработано, исправлено", 14.0),
    ];
    let lack =
        pages.data.lack(&MISSED).into_iter().chain(pages.data.lack(&UNSATISFACTORY)).collect::<Vec<_>>();
    let note = "Пропуски стоят по классу, в котором ученик был в тот день; «2», «1» и незачёты — после пропусков. Отработано: за этот \
                урок или за его работу есть отметка.";
    let lacks = (!lack.is_empty()).then(|| format!("Нет строк: {}.", lack.join("; ")));
    let mut notes = vec![pages.whom(None, note)];
    notes.extend(lacks);
    let title = "Темы пропущенных уроков и уроков с неудовлетворительной отметкой".to_owned();
    pages.list(lists, Head { name: TOPICS.name, title, notes, columns, frozen: 3 }, entries)
}

fn absences(pages: &Pages<'_>, is_shown: bool) -> Vec<Entry> {
    let keys = &pages.data.keys;
    let mut rows = missed(pages);
    let reason = |row: &Record<'_>| REASONS.iter().position(|(code, _)| *code == row.text("reason"));
    rows.sort_by_cached_key(|row| {
        let pupil = row.text("pupil_id");
        (
            keys.pupil_order(row.text("class_id"), pupil),
            pupil,
            reason(row),
            row.date("date"),
            row.text("lesson_id"),
        )
    });
    let entry = |row: Record<'_>| {
        let (class, pupil) = (row.text("class_id"), row.text("pupil_id"));
        let mut about =
            vec![format!("missed|{class}|{pupil}"), format!("{}|{class}|{pupil}", row.text("reason"))];
        about.push(format!("missed|pupil:{pupil}"));
        about.extend(of_wholes(pages, class, "missed"));
        let why = reason(&row).map_or(row.text("reason"), |at| REASONS[at].1);
        let said = ("пропуск", class, why, row.flag("made_up"));
        Entry::new(about, if is_shown { cells(pages, row, said) } else { Vec::new() })
    };
    rows.into_iter().map(entry).collect()
}

fn of_wholes(pages: &Pages<'_>, class: &str, what: &str) -> Vec<String> {
    let class = pages.data.keys.class(class);
    let wholes = class.map(|class| wholes(pages.context.journal, class)).unwrap_or_default();
    wholes.iter().map(|(scope, id)| key(what, *scope, id)).collect()
}

fn bad_marks(pages: &Pages<'_>, is_shown: bool) -> Vec<Entry> {
    let keys = &pages.data.keys;
    let journal = pages.context.journal;
    // All marks of a pupil stand together: under the class of the term's last day.
    let class = |row: &Record<'_>| {
        let last = keys.pupil(row.text("pupil_id")).and_then(|pupil| pages.people.class_of(pupil));
        last.map_or_else(|| row.text("class_id").to_owned(), |class| journal.classes[class].key.to_string())
    };
    let mut rows = own(pages, pages.data.tables.all(&UNSATISFACTORY));
    rows.sort_by_cached_key(|row| {
        let pupil = row.text("pupil_id");
        (keys.pupil_order(&class(row), pupil), pupil, row.date("date"), row.text("mark_id"))
    });
    let entry = |row: Record<'_>| {
        let class = class(&row);
        let mut about = vec![format!("bad|pupil:{}", row.text("pupil_id"))];
        about.extend(of_wholes(pages, &class, "bad"));
        let said = ("отметка", class.as_str(), row.text("value"), row.flag("corrected"));
        Entry::new(about, if is_shown { cells(pages, row, said) } else { Vec::new() })
    };
    rows.into_iter().map(entry).collect()
}

fn cells(
    pages: &Pages<'_>,
    row: Record<'_>,
    (what, class, why, is_mended): (&str, &str, &str, bool),
) -> Vec<Cell> {
    vec![
        Cell::text(what),
        Cell::text(class),
        Cell::text(pages.pupil(row.text("pupil_id"))),
        row.date("date").map_or(Cell::Empty, Cell::Date),
        Cell::text(pages.subject_of(row.text("subject_id"))),
        Cell::text(clean(row.text("topic"))),
        Cell::text(why),
        Cell::text(if is_mended { "да" } else { "нет" }),
    ]
}
