//! The sheets of lessons: attendance and absences, hours planned and given.

use super::sheets::{Pages, WHOLES, kind, number};
use crate::model::*;
use crate::render::workbook::{Cell, Column, Row, Sheet};
use crate::stats::{Figure, Scope};

const ATTENDANCE: &str = "attendance";
const HOURS_GIVEN: &str = "hours_given";

const PRESENCE_COLUMNS: [Column; 7] = [
    Column { title: "Уроков к посещению", width: 13.0 },
    Column { title: "Посещено", width: 11.0 },
    Column { title: "Посещаемость, %", width: 14.0 },
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

impl<'a> Pages<'a> {
    /// Attendance of the school, its levels, parallels and classes.
    pub(super) fn attendance(&self) -> Sheet {
        let scopes = WHOLES.into_iter().chain([Scope::Class]);
        let figures = scopes.flat_map(|scope| self.term.overall(ATTENDANCE, scope));
        let row = |figure: &'a Figure| {
            let mut cells = vec![Cell::text(kind(figure.scope)), Cell::text(self.whole(figure))];
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

    /// Hours of the school down to classes, then of every course.
    pub(super) fn programme(&self) -> Sheet {
        let scopes = WHOLES.into_iter().chain([Scope::Class]);
        let wholes = scopes.flat_map(|scope| self.term.overall(HOURS_GIVEN, scope)).map(|figure| {
            let head =
                [kind(figure.scope).to_owned(), self.whole(figure), "все предметы".to_owned(), String::new()];
            self.hours(figure, head)
        });
        let mut columns = vec![
            Column { title: "Что", width: 12.0 },
            Column { title: "Класс, группа", width: 18.0 },
            Column { title: "Предмет", width: 30.0 },
            Column { title: "Учитель", width: 30.0 },
        ];
        columns.extend(HOUR_COLUMNS);
        let rows = wholes.chain(self.courses());
        self.sheet("Программа", "Выполнение программы в часах", columns, rows)
    }

    /// Returns the hours of every course, by grade, class or group, and subject.
    fn courses(&self) -> impl Iterator<Item = Row> {
        let courses = &self.context.journal.courses;
        let of_course = |(figure, subject): (&'a Figure, Id<Subject>)| {
            let course = courses.values().find(|course| course.key == figure.scope_id)?;
            Some((self.audience(course), self.subject(subject), course.teacher, figure))
        };
        let figures = self.term.by_subject(HOURS_GIVEN, Scope::Course);
        let mut rows: Vec<_> = figures.filter_map(of_course).collect();
        rows.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
        rows.into_iter().map(|((_, audience), subject, teacher, figure)| {
            let teacher = self.context.journal.staff[teacher].name.to_string();
            self.hours(figure, [kind(figure.scope).to_owned(), audience, subject, teacher])
        })
    }

    fn hours(&self, given: &'a Figure, head: [String; 4]) -> Row {
        let term = self.term;
        let fulfilment = term.beside(given, "fulfilment");
        let plan = fulfilment.and_then(|figure| figure.denominator).unwrap_or(0.0);
        let of_plan = fulfilment.and_then(|figure| figure.numerator);
        let mut cells: Vec<Cell> = head.into_iter().map(Cell::Text).collect();
        cells.extend([
            term.value(given, "hours_plan", Cell::Hours),
            number(given.value, Cell::Hours),
            number(of_plan, Cell::Hours),
            term.value(given, "fulfilment", Cell::Decimal),
            number(of_plan.filter(|_| plan > 0.0).map(|given| given - plan), Cell::Hours),
        ]);
        Row { cells, is_total: given.scope == Scope::School }
    }
}
