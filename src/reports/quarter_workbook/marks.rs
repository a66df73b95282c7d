//! The sheets of term marks: attainment, quality, СОУ and means, and who was left out of them.

use super::sheets::{Pages, WHOLES, number};
use crate::model::*;
use crate::render::workbook::{Cell, Column, Row, Sheet};
use crate::stats::{Exclusion, Figure, Scope};

const ATTAINMENT: &str = "attainment";

const MARK_COLUMNS: [Column; 12] = [
    Column { title: "По списку", width: 8.0 },
    Column { title: "Аттестовано", width: 12.0 },
    Column { title: "Успевают (не ниже «3»)", width: 12.0 },
    Column { title: "Успеваемость, %", width: 14.0 },
    Column { title: "Успеваемость от списка класса, %", width: 14.0 },
    Column { title: "На «4» и «5»", width: 9.0 },
    Column { title: "Качество, %", width: 10.0 },
    Column { title: "Отметок и н/а", width: 9.0 },
    Column { title: "СОУ, %", width: 8.0 },
    Column { title: "Отметок 1–5", width: 9.0 },
    Column { title: "Средний балл", width: 9.0 },
    Column { title: "Не учтены", width: 32.0 },
];

/// The columns of exclusions, in their order.
const EXCLUSIONS: [Exclusion; 6] = [
    Exclusion::Exempt,
    Exclusion::Unmarked,
    Exclusion::Pass,
    Exclusion::Fail,
    Exclusion::Deferred,
    Exclusion::Absent,
];

impl<'a> Pages<'a> {
    /// The school, its levels and parallels.
    pub(super) fn summary(&self) -> Sheet {
        let figures = WHOLES.into_iter().flat_map(|scope| self.term.overall(ATTAINMENT, scope));
        let row = |figure: &'a Figure| {
            self.marks(figure, vec![Cell::text(self.whole(figure))], figure.scope == Scope::School)
        };
        let columns = with_marks(vec![Column { title: "Охват", width: 16.0 }]);
        self.sheet("Сводка", "Успеваемость и качество: школа, уровни, параллели", columns, figures.map(row))
    }

    /// Classes over all subjects.
    pub(super) fn classes(&self) -> Sheet {
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

    /// Every class in every subject.
    pub(super) fn classes_by_subject(&self) -> Sheet {
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

    /// Every group in its subject.
    pub(super) fn groups(&self) -> Sheet {
        let mut figures: Vec<_> = self.term.by_subject(ATTAINMENT, Scope::Group).collect();
        figures
            .sort_by_cached_key(|(figure, subject)| (self.group(&figure.scope_id), self.subject(*subject)));
        let row = |(figure, subject): (&'a Figure, Id<Subject>)| {
            let head = vec![Cell::text(self.group(&figure.scope_id)), Cell::text(self.subject(subject))];
            self.marks(figure, head, false)
        };
        let columns = with_marks(vec![
            Column { title: "Группа", width: 20.0 },
            Column { title: "Предмет", width: 30.0 },
        ]);
        let title = "Успеваемость и качество по группам";
        self.sheet("Группы", title, columns, figures.into_iter().map(row))
    }

    /// Every subject in the school, its levels and parallels.
    pub(super) fn subjects(&self) -> Sheet {
        let figures = WHOLES.into_iter().flat_map(|scope| self.term.by_subject(ATTAINMENT, scope));
        let mut figures: Vec<_> = figures.collect();
        figures.sort_by_cached_key(|(_, subject)| self.subject(*subject));
        let row = |(figure, subject): (&'a Figure, Id<Subject>)| {
            let head = vec![Cell::text(self.subject(subject)), Cell::text(self.whole(figure))];
            self.marks(figure, head, figure.scope == Scope::School)
        };
        let columns = with_marks(vec![
            Column { title: "Предмет", width: 30.0 },
            Column { title: "Охват", width: 16.0 },
        ]);
        let title = "Успеваемость и качество по предметам";
        self.sheet("Предметы", title, columns, figures.into_iter().map(row))
    }

    /// Every teacher over all subjects and in each.
    pub(super) fn teachers(&self) -> Sheet {
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

    /// Pupils who are not assessed or left out, if there are any.
    pub(super) fn exclusions(&self) -> Sheet {
        let mut figures: Vec<_> = self.term.by_subject(ATTAINMENT, Scope::Class).collect();
        let class = |figure: &Figure| self.class(figure).map(|class| (class.grade, class.key.clone()));
        figures.sort_by_cached_key(|(figure, subject)| (class(figure), self.subject(*subject)));
        let rows = figures.into_iter().filter_map(|(figure, subject)| {
            // СОУ counts н/а, the mean does not: the difference is their number.
            let assessed = self.term.beside(figure, "sou")?.denominator?;
            let not_assessed = assessed - self.term.beside(figure, "mean_mark")?.denominator?;
            let mut cells = vec![Cell::text(figure.scope_id.as_str()), Cell::text(self.subject(subject))];
            cells.push(self.term.denominator(figure, "attainment_regulation", Cell::Count));
            cells.push(Cell::Count(not_assessed));
            for column in EXCLUSIONS {
                let count = figure.excluded.iter().find(|(exclusion, _)| *exclusion == column);
                cells.push(Cell::Count(count.map_or(0.0, |(_, count)| (*count).into())));
            }
            let is_noted = not_assessed > 0.0 || !figure.excluded.is_empty();
            is_noted.then_some(Row { cells, is_total: false })
        });
        let mut columns = vec![
            Column { title: "Класс", width: 8.0 },
            Column { title: "Предмет", width: 30.0 },
            Column { title: "По списку", width: 8.0 },
            Column { title: "не аттестованы (н/а)", width: 13.5 },
        ];
        columns.extend(EXCLUSIONS.map(|exclusion| Column { title: exclusion.title(), width: 12.0 }));
        let title = "Не аттестованные и не вошедшие в показатели, учеников";
        self.sheet("Не аттестованы, исключены", title, columns, rows)
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
            term.denominator(figure, "sou", Cell::Count),
            term.value(figure, "sou", Cell::Decimal),
            term.denominator(figure, "mean_mark", Cell::Count),
            term.value(figure, "mean_mark", Cell::Decimal),
            Cell::text(excluded(figure)),
        ]);
        Row { cells, is_total }
    }
}

fn with_marks(mut columns: Vec<Column>) -> Vec<Column> {
    columns.extend(MARK_COLUMNS);
    columns
}

fn excluded(figure: &Figure) -> String {
    let parts = figure.excluded.iter().map(|(exclusion, count)| format!("{}: {count}", exclusion.title()));
    parts.collect::<Vec<_>>().join("; ")
}
