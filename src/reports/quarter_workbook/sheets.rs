//! The sheets of the quarter workbook as rows of cells.

use super::explained;
use super::term_figures::{TermFigures, exclusions};
use crate::model::*;
use crate::render::format;
use crate::render::workbook::{Cell, Column, Row, Sheet};
use crate::reports::ReportContext;
use crate::stats::{Figure, Scope};

const WHOLES: [Scope; 3] = [Scope::School, Scope::Level, Scope::Parallel];
const ATTAINMENT: &str = "attainment";
const ATTENDANCE: &str = "attendance";
const HOURS_GIVEN: &str = "hours_given";

const MARK_COLUMNS: [Column; 11] = [
    Column { title: "По списку", width: 9.0 },
    Column { title: "Аттесто-вано", width: 9.0 },
    Column { title: "Успевают (не ниже «3»)", width: 11.0 },
    Column { title: "Успевае-мость, %", width: 10.0 },
    Column { title: "Успеваемость от списка (Z.13), %", width: 14.0 },
    Column { title: "На «4» и «5»", width: 9.0 },
    Column { title: "Качество, %", width: 10.0 },
    Column { title: "СОУ, %", width: 8.0 },
    Column { title: "Средний балл", width: 9.0 },
    Column { title: "Отметок 1–5", width: 9.0 },
    Column { title: "Не учтены", width: 30.0 },
];
const PRESENCE_COLUMNS: [Column; 7] = [
    Column { title: "Уроков к посещению", width: 13.0 },
    Column { title: "Посещено", width: 11.0 },
    Column { title: "Посещае-мость, %", width: 11.0 },
    Column { title: "Пропущено всего", width: 11.0 },
    Column { title: "по болезни (б)", width: 11.0 },
    Column { title: "по уважительной причине (ну)", width: 15.0 },
    Column { title: "без уважительной причины (н)", width: 15.0 },
];
const HOUR_COLUMNS: [Column; 5] = [
    Column { title: "По плану, ч", width: 10.0 },
    Column { title: "Дано, ч", width: 10.0 },
    Column { title: "из них по курсам с планом, ч", width: 14.0 },
    Column { title: "Выполнение, %", width: 12.0 },
    Column { title: "Больше (меньше) плана, ч", width: 13.0 },
];
/// What is left out of the figures, as `excluded` names it and as people do.
const EXCLUSIONS: [(&str, &str); 6] = [
    ("осв", "освобождены"),
    ("безотм", "без отметки"),
    ("зач", "зачёт"),
    ("незач", "незачёт"),
    ("deferred", "отсрочка"),
    ("absent", "отметки нет"),
];

/// Returns every sheet of a term's workbook.
pub(super) fn all(context: &ReportContext<'_>, term: &TermFigures<'_>) -> Vec<Sheet> {
    let pages = Pages { context, term };
    vec![
        pages.summary(),
        pages.classes(),
        pages.classes_by_subject(),
        pages.subjects(),
        pages.teachers(),
        pages.attendance(),
        pages.programme(),
        pages.exclusions(),
        explained::sheet(pages.notes()),
    ]
}

struct Pages<'a> {
    context: &'a ReportContext<'a>,
    term: &'a TermFigures<'a>,
}

impl<'a> Pages<'a> {
    fn summary(&self) -> Sheet {
        let figures = WHOLES.into_iter().flat_map(|scope| self.term.overall(ATTAINMENT, scope));
        let row = |figure: &'a Figure| {
            self.marks(figure, vec![Cell::text(whole(figure))], figure.scope == Scope::School)
        };
        let columns = with_marks(vec![Column { title: "Охват", width: 16.0 }]);
        self.sheet("Сводка", "Успеваемость и качество: школа, уровни, параллели", columns, figures.map(row))
    }

    fn classes(&self) -> Sheet {
        let row = |figure: &'a Figure| {
            self.marks(figure, vec![Cell::text(figure.scope_id.as_str()), self.class_teacher(figure)], false)
        };
        let columns = with_marks(vec![
            Column { title: "Класс", width: 8.0 },
            Column { title: "Классный руководитель", width: 30.0 },
        ]);
        let figures = self.term.overall(ATTAINMENT, Scope::Class);
        self.sheet("Классы", "Успеваемость и качество по классам", columns, figures.map(row))
    }

    fn classes_by_subject(&self) -> Sheet {
        let mut figures: Vec<_> = self.term.by_subject(ATTAINMENT, Scope::Class).collect();
        let class = |figure: &Figure| self.class(figure).map(|class| (class.grade, class.key.clone()));
        figures.sort_by_cached_key(|(figure, subject)| (class(figure), self.subject(*subject)));
        let row = |(figure, subject): (&'a Figure, Id<Subject>)| {
            let head = vec![Cell::text(figure.scope_id.as_str()), Cell::text(self.subject(subject))];
            self.marks(figure, head, false)
        };
        let columns =
            with_marks(vec![Column { title: "Класс", width: 8.0 }, Column { title: "Предмет", width: 30.0 }]);
        let title = "Успеваемость и качество по классам и предметам";
        self.sheet("Классы × предметы", title, columns, figures.into_iter().map(row))
    }

    fn subjects(&self) -> Sheet {
        let figures = WHOLES.into_iter().flat_map(|scope| self.term.by_subject(ATTAINMENT, scope));
        let mut figures: Vec<_> = figures.collect();
        figures.sort_by_cached_key(|(_, subject)| self.subject(*subject));
        let row = |(figure, subject): (&'a Figure, Id<Subject>)| {
            let head = vec![Cell::text(self.subject(subject)), Cell::text(whole(figure))];
            self.marks(figure, head, figure.scope == Scope::School)
        };
        let columns = with_marks(vec![
            Column { title: "Предмет", width: 30.0 },
            Column { title: "Охват", width: 16.0 },
        ]);
        let title = "Успеваемость и качество по предметам";
        self.sheet("Предметы", title, columns, figures.into_iter().map(row))
    }

    fn teachers(&self) -> Sheet {
        let overall = self.term.overall(ATTAINMENT, Scope::Teacher).map(|figure| (figure, None));
        let by_subject = self.term.by_subject(ATTAINMENT, Scope::Teacher);
        let mut figures: Vec<_> = overall
            .chain(by_subject.map(|(figure, subject)| (figure, Some(self.subject(subject)))))
            .collect();
        figures.sort_by_cached_key(|(figure, subject)| {
            (self.staff(&figure.scope_id), figure.scope_id.clone(), subject.clone())
        });
        let row = |(figure, subject): (&'a Figure, Option<String>)| {
            let is_total = subject.is_none();
            let subject = subject.unwrap_or_else(|| "все предметы".to_owned());
            self.marks(figure, vec![Cell::text(self.staff(&figure.scope_id)), Cell::text(subject)], is_total)
        };
        let columns = with_marks(vec![
            Column { title: "Учитель", width: 30.0 },
            Column { title: "Предмет", width: 28.0 },
        ]);
        let title = "Успеваемость и качество по учителям (счёт отметок)";
        self.sheet("Учителя", title, columns, figures.into_iter().map(row))
    }

    fn attendance(&self) -> Sheet {
        let scopes = WHOLES.into_iter().chain([Scope::Class]);
        let figures = scopes.flat_map(|scope| self.term.overall(ATTENDANCE, scope));
        let row = |figure: &'a Figure| {
            let mut cells = vec![Cell::text(kind(figure.scope)), Cell::text(whole(figure))];
            cells.push(number(figure.denominator, Cell::Count));
            cells.push(number(figure.numerator, Cell::Count));
            cells.push(number(figure.value, Cell::Decimal));
            for metric in ["absence_lessons", "absence_б", "absence_ну", "absence_н"] {
                cells.push(self.term.value(figure, metric, Cell::Count));
            }
            Row { cells, is_total: figure.scope == Scope::School }
        };
        let mut columns = vec![Column { title: "Что", width: 12.0 }, Column { title: "Охват", width: 16.0 }];
        columns.extend(PRESENCE_COLUMNS);
        self.sheet("Посещаемость", "Посещаемость и пропуски уроков", columns, figures.map(row))
    }

    fn programme(&self) -> Sheet {
        let scopes = WHOLES.into_iter().chain([Scope::Class]);
        let wholes = scopes.flat_map(|scope| self.term.overall(HOURS_GIVEN, scope)).map(|figure| {
            let head =
                [kind(figure.scope).to_owned(), whole(figure), "все предметы".to_owned(), String::new()];
            self.hours(figure, head)
        });
        let courses = self.term.by_subject(HOURS_GIVEN, Scope::Course).map(|(figure, subject)| {
            let (audience, teacher) = self.course(&figure.scope_id);
            self.hours(figure, [kind(figure.scope).to_owned(), audience, self.subject(subject), teacher])
        });
        let mut columns = vec![
            Column { title: "Что", width: 12.0 },
            Column { title: "Класс, группа", width: 18.0 },
            Column { title: "Предмет", width: 28.0 },
            Column { title: "Учитель", width: 28.0 },
        ];
        columns.extend(HOUR_COLUMNS);
        self.sheet("Программа", "Выполнение программы в часах", columns, wholes.chain(courses))
    }

    fn exclusions(&self) -> Sheet {
        let mut figures: Vec<_> = self.term.by_subject(ATTAINMENT, Scope::Class).collect();
        let class = |figure: &Figure| self.class(figure).map(|class| (class.grade, class.key.clone()));
        figures.sort_by_cached_key(|(figure, subject)| (class(figure), self.subject(*subject)));
        let rows = figures.into_iter().filter_map(|(figure, subject)| {
            // СОУ counts н/а, the mean does not: the difference is how many there are.
            let assessed = self.term.beside(figure, "sou")?.denominator?;
            let not_assessed = assessed - self.term.beside(figure, "mean_mark")?.denominator?;
            let mut cells = vec![Cell::text(figure.scope_id.as_str()), Cell::text(self.subject(subject))];
            cells.push(self.term.denominator(figure, "attainment_regulation", Cell::Count));
            cells.push(Cell::Count(not_assessed));
            for (name, _) in EXCLUSIONS {
                let count = exclusions(figure).find(|(excluded, _)| *excluded == name);
                cells.push(Cell::Count(count.map_or(0.0, |(_, count)| count)));
            }
            let is_noted = not_assessed > 0.0 || !figure.excluded.is_empty();
            is_noted.then_some(Row { cells, is_total: false })
        });
        let mut columns = vec![
            Column { title: "Класс", width: 8.0 },
            Column { title: "Предмет", width: 30.0 },
            Column { title: "По списку", width: 9.0 },
            Column { title: "не аттесто-ваны (н/а)", width: 11.0 },
        ];
        columns.extend(EXCLUSIONS.map(|(_, title)| Column { title, width: 12.0 }));
        let title = "Не аттестованные и не вошедшие в показатели, учеников";
        self.sheet("Не аттестованы, исключены", title, columns, rows)
    }

    fn sheet(
        &self,
        name: &'static str,
        title: &str,
        columns: Vec<Column>,
        rows: impl Iterator<Item = Row>,
    ) -> Sheet {
        let frozen_columns = if name == "Сводка" { 1 } else { 2 };
        Sheet {
            name,
            title: title.to_owned(),
            notes: self.notes(),
            columns,
            frozen_columns,
            rows: rows.collect(),
        }
    }

    fn notes(&self) -> Vec<String> {
        let journal = self.context.journal;
        let term = &journal.terms[self.term.term];
        vec![format!(
            "{}. {} ({} – {}), {} учебный год. По состоянию на {}",
            journal.school.short,
            term.title,
            format::date(term.span.from),
            format::date(term.span.to),
            format::years(&journal.year.title),
            format::date(self.context.as_of),
        )]
    }

    fn marks(&self, figure: &'a Figure, mut cells: Vec<Cell>, is_total: bool) -> Row {
        let term = self.term;
        cells.extend([
            term.denominator(figure, "attainment_regulation", Cell::Count),
            number(figure.denominator, Cell::Count),
            number(figure.numerator, Cell::Count),
            number(figure.value, Cell::Decimal),
            term.value(figure, "attainment_regulation", Cell::Decimal),
            term.numerator(figure, "quality", Cell::Count),
            term.value(figure, "quality", Cell::Decimal),
            term.value(figure, "sou", Cell::Decimal),
            term.value(figure, "mean_mark", Cell::Decimal),
            term.denominator(figure, "mean_mark", Cell::Count),
            Cell::text(excluded(figure)),
        ]);
        Row { cells, is_total }
    }

    fn hours(&self, given: &'a Figure, head: [String; 4]) -> Row {
        let term = self.term;
        let fulfilment = term.beside(given, "fulfilment");
        let plan = fulfilment.and_then(|figure| figure.denominator).unwrap_or(0.0);
        let given_of_plan = fulfilment.and_then(|figure| figure.numerator).unwrap_or(0.0);
        let mut cells: Vec<Cell> = head.into_iter().map(Cell::Text).collect();
        cells.extend([
            term.value(given, "hours_plan", Cell::Hours),
            number(given.value, Cell::Hours),
            Cell::Hours(given_of_plan),
            term.value(given, "fulfilment", Cell::Decimal),
            if plan > 0.0 { Cell::Hours(given_of_plan - plan) } else { Cell::Empty },
        ]);
        Row { cells, is_total: given.scope == Scope::School }
    }

    fn subject(&self, subject: Id<Subject>) -> String {
        self.context.journal.subjects[subject].title.to_string()
    }

    fn class(&self, figure: &Figure) -> Option<&Class> {
        self.context.journal.classes.values().find(|class| class.key == figure.scope_id)
    }

    fn class_teacher(&self, figure: &Figure) -> Cell {
        let teacher = self.class(figure).and_then(|class| class.teacher);
        teacher.map_or(Cell::Empty, |id| Cell::text(self.context.journal.staff[id].name.as_str()))
    }

    fn staff(&self, key: &str) -> String {
        let staff = self.context.journal.staff.values().find(|staff| staff.key == key);
        staff.map_or_else(|| key.to_owned(), |staff| staff.name.to_string())
    }

    /// Returns whom a course is taught to, and by whom.
    fn course(&self, key: &str) -> (String, String) {
        let journal = self.context.journal;
        let Some(course) = journal.courses.values().find(|course| course.key == key) else {
            return (key.to_owned(), String::new());
        };
        let audience = match journal.group_of(course) {
            Some(group) => group.title.to_string(),
            None => {
                journal.classes_of(course).first().map_or("", |class| &journal.classes[*class].key).to_owned()
            }
        };
        (audience, journal.staff[course.teacher].name.to_string())
    }
}

fn with_marks(mut columns: Vec<Column>) -> Vec<Column> {
    columns.extend(MARK_COLUMNS);
    columns
}

fn number(value: Option<f64>, cell: fn(f64) -> Cell) -> Cell {
    value.map_or(Cell::Empty, cell)
}

fn kind(scope: Scope) -> &'static str {
    match scope {
        Scope::School => "школа",
        Scope::Level => "уровень",
        Scope::Parallel => "параллель",
        Scope::Class => "класс",
        Scope::Course => "курс",
        Scope::Group | Scope::Pupil | Scope::Teacher => "",
    }
}

fn whole(figure: &Figure) -> String {
    match figure.scope {
        Scope::School => "вся школа".to_owned(),
        Scope::Level => format!("{} классы", figure.scope_id.replace("-", "–")),
        Scope::Parallel => format!("{}-е классы", figure.scope_id),
        _ => figure.scope_id.to_string(),
    }
}

fn excluded(figure: &Figure) -> String {
    let named =
        |name: &str| EXCLUSIONS.iter().find(|(id, _)| *id == name).map_or("", |(_, title)| *title).to_owned();
    let parts: Vec<String> =
        exclusions(figure).map(|(name, count)| format!("{}: {count}", named(name))).collect();
    parts.join("; ")
}
