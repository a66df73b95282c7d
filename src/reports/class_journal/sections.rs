//! Puts the sections of a journal in order, numbers the pages, and writes the contents.

use jiff::civil::Date;

use super::course::{Gather, title};
use super::layout::{Content, Head, Page};
use super::look::Look;
use super::{attendance, people, spread, term_marks};
use crate::model::*;
use crate::render::drawing::Align;
use crate::render::format;
use crate::render::measure::clean;
use crate::render::table::{Column, Row, Table};
use crate::reports::pupils::pupils_of;
use crate::reports::remarks_leaf::LeafRemark;
use crate::reports::results::Results;
use crate::stats::Plans;

/// A section: its line in the contents and its pages; 0 for a course without lessons, which has none.
struct Section {
    title: String,
    note: String,
    first: usize,
    last: usize,
}

/// The pages so far. The first one here is page 2: the title page is page 1.
struct Book<'a> {
    look: &'a Look,
    class: String,
    pages: Vec<Page>,
    sections: Vec<Section>,
}

/// The pages of a journal, and the remarks on its title page.
pub(super) struct Sections {
    pub(super) pages: Vec<Page>,
    /// Why the journal has fewer pages than usual, one sentence each.
    pub(super) notes: Vec<String>,
}

/// Returns the courses with pages in a class's journal: the class's own, and those of groups with its pupils.
pub fn courses_of(journal: &Journal, class: Id<Class>) -> Vec<Id<Course>> {
    let here = journal.courses.iter().filter(|(_, course)| journal.classes_of(course).contains(&class));
    let mut courses: Vec<Id<Course>> = here.map(|(id, _)| id).collect();
    // Subjects are in table order, with the groups of one subject next to each other.
    courses.sort_by_key(|id| {
        let course = &journal.courses[*id];
        (course.kind, course.subject, *id)
    });
    courses
}

/// Returns all pages between the title page and the certifying sheet. Their number is odd, so that the
/// certifying sheet begins a sheet. A course without lessons and marks is only in the contents; tables
/// without pupils are left out.
pub(super) fn sections(
    journal: &Journal,
    roster: &Roster,
    results: &Results<'_>,
    (class, selected): (Id<Class>, &[LeafRemark]),
    (as_of, look): (Date, &Look),
) -> Sections {
    let class_name = format!("{} класс", journal.classes[class].key);
    let mut book = Book { look, class: class_name, pages: Vec::new(), sections: Vec::new() };
    let courses = courses_of(journal, class);
    let contents = contents_pages(look, journal, &courses);
    book.blank(contents);
    book.table("Условные обозначения", &[legend(look)]);
    let gather = Gather { journal, roster, results, plans: Plans::new(journal), class, as_of };
    let mut blank = Vec::new();
    for course in &courses {
        if gather.is_blank(*course) {
            blank.push(titled_by_kind(journal, &journal.courses[*course]));
            book.without_pages(&gather, *course);
        } else {
            book.turn_to_even();
            book.course(&gather, *course);
        }
    }
    let has_pupils = !pupils_of(journal, class).is_empty();
    if has_pupils {
        book.table("Общие сведения об обучающихся", &[people::table(look, journal, class)]);
        let attendance = attendance::table(look, journal, roster, class, as_of);
        book.table("Сводная ведомость учёта посещаемости", &[attendance]);
        let marks = term_marks::tables(look, journal, roster, results, class);
        book.table("Сводная ведомость учёта успеваемости", &marks);
    }
    book.table("Замечания по ведению журнала", &[remarks(look, journal, class, selected)]);
    if book.pages.len().is_multiple_of(2) {
        book.blank(1);
    }
    book.write_contents(contents);
    Sections { pages: book.pages, notes: notes(journal, has_pupils, &courses, &blank) }
}

/// Returns a course's title. A course that is not an ordinary lesson says so, because a subject may have
/// both.
fn titled_by_kind(journal: &Journal, course: &Course) -> String {
    let kind = match course.kind {
        CourseKind::Lesson => "",
        CourseKind::Elective => ", факультатив",
        CourseKind::Extracurricular => ", внеурочная деятельность",
    };
    title(journal, course) + kind
}

/// Returns the remarks on the title page for an empty class.
fn notes(journal: &Journal, has_pupils: bool, courses: &[Id<Course>], blank: &[String]) -> Vec<String> {
    let mut notes = Vec::new();
    if !has_pupils {
        notes.push("В классе нет учеников: в выгрузке никто в него не зачислен.".to_owned());
    }
    if courses.is_empty() {
        notes.push("Предметов у класса в выгрузке нет, поэтому нет и страниц уроков.".to_owned());
    } else if blank.len() == courses.len() && journal.presence.has(crate::model::Table::Lessons) {
        notes.push("Уроков у класса в выгрузке нет, поэтому нет и страниц уроков.".to_owned());
    } else if !blank.is_empty() && journal.presence.has(crate::model::Table::Lessons) {
        notes.push(format!("Уроков в выгрузке нет, поэтому нет и страниц: {}.", blank.join("; ")));
    }
    notes
}

impl Book<'_> {
    /// Returns the number of the next page.
    fn next(&self) -> usize {
        self.pages.len() + 2
    }

    fn blank(&mut self, count: usize) {
        for _ in 0..count {
            self.pages.push(Page::blank(self.next()));
        }
    }

    fn turn_to_even(&mut self) {
        if !self.next().is_multiple_of(2) {
            self.blank(1);
        }
    }

    fn add(&mut self, title: &str, note: &str, head: &Head, contents: impl Iterator<Item = Content>) {
        let first = self.next();
        for (index, content) in contents.enumerate() {
            self.pages.push(Page::new(self.look, self.next(), head, index == 0, content));
        }
        let last = self.next() - 1;
        self.sections.push(Section { title: title.to_owned(), note: note.to_owned(), first, last });
    }

    fn course(&mut self, gather: &Gather<'_>, id: Id<Course>) {
        let view = gather.course(id);
        let note = format!("{} · учитель {}", self.class, view.teacher);
        let head = Head { title: view.title.clone(), note };
        self.add(
            &view.title,
            &view.teacher,
            &head,
            spread::pages(self.look, &view).into_iter().map(Content::Cells),
        );
    }

    /// Lists a course without pages in the contents.
    fn without_pages(&mut self, gather: &Gather<'_>, id: Id<Course>) {
        let course = &gather.journal.courses[id];
        let note = format::initials(&gather.journal.staff[course.teacher].name);
        let title = titled_by_kind(gather.journal, course);
        self.sections.push(Section { title, note, first: 0, last: 0 });
    }

    fn table(&mut self, title: &str, tables: &[Table]) {
        if tables.is_empty() {
            return;
        }
        let head = Head { title: title.to_owned(), note: self.class.clone() };
        let leaves = tables.iter().flat_map(|table| table.leaves(self.look.room()));
        self.add(title, "", &head, leaves.map(Content::Table));
    }

    /// Fills the pages reserved for the contents.
    fn write_contents(&mut self, count: usize) {
        let rows = self.sections.iter().enumerate().map(|(index, section)| {
            let pages = match (section.first, section.last) {
                (0, _) => "уроков нет".to_owned(),
                (first, last) if first == last => first.to_string(),
                (first, last) => format!("{first}–{last}"),
            };
            let cells = vec![(index + 1).to_string(), section.title.clone(), section.note.clone(), pages];
            Row { cells, ..Row::default() }
        });
        let head = Head { title: "Оглавление".to_owned(), note: self.class.clone() };
        let leaves = contents(self.look, rows.collect()).leaves(self.look.room());
        for (index, leaf) in leaves.into_iter().take(count).enumerate() {
            self.pages[index] = Page::new(self.look, index + 2, &head, index == 0, Content::Table(leaf));
        }
    }
}

/// Returns how many pages the contents take: the lines are known, but not yet their page numbers.
fn contents_pages(look: &Look, journal: &Journal, courses: &[Id<Course>]) -> usize {
    let mut rows: Vec<Row> = courses
        .iter()
        .map(|id| {
            let course = &journal.courses[*id];
            let teacher = format::initials(&journal.staff[course.teacher].name);
            Row { cells: vec![String::new(), title(journal, course), teacher], ..Row::default() }
        })
        .collect();
    rows.extend(vec![Row::default(); 5]);
    contents(look, rows).leaves(look.room()).len()
}

fn contents(look: &Look, rows: Vec<Row>) -> Table {
    let columns = vec![
        Column::new("№", 8.0, Align::Middle),
        Column::new("Предмет, раздел", 97.0, Align::Left),
        Column::new("Учитель", 48.0, Align::Left),
        Column::new("Страницы", 24.0, Align::Middle),
    ];
    look.tables.contents.table(look, columns, rows)
}

/// Returns the meaning of the signs in the cells.
fn legend(look: &Look) -> Table {
    const SIGNS: [(&str, &str); 14] = [
        ("5 4 3 2 1", "отметки за урок"),
        ("4/5", "две отметки за один урок"),
        ("зач, незач", "зачёт, незачёт"),
        (".", "отметка за работу ещё должна быть выставлена"),
        ("0", "„0“ из выгрузки; отметкой не считается"),
        ("б", "отсутствие по болезни"),
        ("ну", "отсутствие по уважительной причине"),
        ("н", "отсутствие без уважительной причины"),
        ("?", "отсутствие, причина не указана"),
        ("оп", "опоздание"),
        ("н 4", "отсутствие; тема сдана позже на отметку"),
        ("осв", "освобождение"),
        ("н/а, безотм", "нет аттестации; обучение без отметок"),
        ("отср.", "срок выставления отметки отложен"),
    ];
    let row = |(sign, meaning): (&str, &str)| Row {
        cells: vec![sign.to_owned(), meaning.to_owned()],
        ..Row::default()
    };
    let columns = vec![Column::new("Знак", 30.0, Align::Middle), Column::new("Значение", 110.0, Align::Left)];
    look.tables.legend.table(look, columns, SIGNS.into_iter().map(row).collect())
}

/// Returns the table of remarks, with room for further ones by hand.
fn remarks(look: &Look, journal: &Journal, class: Id<Class>, selected: &[LeafRemark]) -> Table {
    const FREE_ROWS: usize = 12;
    let mut remarks: Vec<&Remark> = journal.remarks.iter().filter(|remark| remark.class == class).collect();
    remarks.sort_by_key(|remark| remark.at);
    let mut rows: Vec<Row> = remarks
        .into_iter()
        .map(|remark| {
            let by = &journal.staff[remark.staff];
            let done = remark.done_at.map(|at| format!("Устранено {}", format::date(at.date())));
            let cells = vec![
                format::date(remark.at.date()),
                clean(&remark.text),
                [clean(&by.position), format::initials(&by.name)].join(" ").trim().to_owned(),
                done.unwrap_or_default(),
            ];
            Row { cells, ..Row::default() }
        })
        .collect();
    rows.extend(selected.iter().filter(|remark| remark.class == class).map(|remark| {
        let LeafRemark { date, text, by, done, .. } = remark.clone();
        Row { cells: vec![date, text, by, done], ..Row::default() }
    }));
    rows.extend((0..FREE_ROWS).map(|_| Row { cells: vec![String::new(); 4], ..Row::default() }));
    let columns = vec![
        Column::new("Дата", 20.0, Align::Middle),
        Column::new("Замечания и предложения проверяющих", 82.0, Align::Left),
        Column::new("Кто проверил", 40.0, Align::Left),
        Column::new("Отметка о выполнении", 35.0, Align::Left),
    ];
    look.tables.remarks.table(look, columns, rows)
}
