//! Sizes, rules and faces of the leaves, by the table `leaf` of `style.typ`.

use crate::render::drawing::Strokes;
use crate::render::fonts::Family;
use crate::render::measure::Style;
use crate::render::pdf::{Lettering, StyleTable, Styles, TypesetError};
use crate::render::table::{Column, Row, Table};

/// Width and height of a page, in millimetres: A4.
const WIDTH: f64 = 210.0;
const HEIGHT: f64 = 297.0;

/// How the leaves of a journal look. Lengths are millimetres.
#[derive(Clone, Debug)]
pub struct Look {
    /// Room for the binding, on the inner side.
    pub(super) binding: f64,
    /// The outer margin.
    pub(super) outer: f64,
    /// Upper and lower edge of a page's content.
    pub(super) top: f64,
    pub(super) bottom: f64,
    /// Baseline of the running head, the rule below it, and the baseline of the page number.
    pub(super) head: f64,
    pub(super) head_rule: f64,
    pub(super) foot: f64,
    /// Section titles; the right half of the running head; page numbers.
    pub(super) title: Lettering,
    pub(super) note: Lettering,
    pub(super) number: Style,
    pub(super) strokes: Strokes,
    pub(super) marks: Marks,
    pub(super) topics: Topics,
    pub(super) tables: Tables,
}

/// The left page: pupils by lessons.
#[derive(Clone, Debug)]
pub(super) struct Marks {
    pub(super) number_width: f64,
    pub(super) name_width: f64,
    /// Least width of a lesson's column, and of a term's.
    pub(super) lesson_width: f64,
    pub(super) term_width: f64,
    /// A wider cell is broken into lines.
    pub(super) widest_cell: f64,
    /// Height of the row of months, and of the row of days, on both pages.
    pub(super) head_row: f64,
    /// Least and greatest height of a pupil's row.
    pub(super) row: f64,
    pub(super) row_most: f64,
    pub(super) title: Style,
    pub(super) day: Style,
    pub(super) cell: Style,
    pub(super) term: Style,
    /// A name with a note below it.
    pub(super) noted: Style,
    /// Long texts, in several lines.
    pub(super) small: Lettering,
}

/// The right page: topics and homework.
#[derive(Clone, Debug)]
pub(super) struct Topics {
    pub(super) date_width: f64,
    pub(super) number_width: f64,
    pub(super) topic_width: f64,
    pub(super) padding: f64,
    /// Least height of a row, and the greatest on a page with room to spare.
    pub(super) row: f64,
    pub(super) row_most: f64,
    pub(super) title: Style,
    pub(super) text: Lettering,
    /// The status of a lesson, who replaced whom.
    pub(super) remark: Style,
}

/// The tables that the template prints.
#[derive(Clone, Debug)]
pub(super) struct Tables {
    pub(super) family: Family,
    pub(super) contents: Rows,
    pub(super) legend: Rows,
    pub(super) people: Rows,
    pub(super) attendance: Rows,
    pub(super) terms: Rows,
    pub(super) remarks: Rows,
}

/// The size of a table's text in points, the least one for what does not fit, and the least height of a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rows {
    pub(super) size: f64,
    pub(super) least: f64,
    pub(super) height: f64,
}

impl Look {
    /// Reads the look from the style in use.
    ///
    /// # Errors
    /// When the table `leaf` cannot be evaluated, lacks a value, or leaves no room on the page.
    pub fn of(styles: &Styles) -> Result<Self, TypesetError> {
        let table = styles.leaf()?;
        let length = |path| table.length(path);
        let look = Self {
            binding: length("binding")?,
            outer: length("outer")?,
            top: length("top")?,
            bottom: HEIGHT - length("bottom")?,
            head: length("head")?,
            head_rule: length("head-rule")?,
            foot: HEIGHT - length("foot")?,
            title: table.lettering("title")?,
            note: table.lettering("note")?,
            number: table.lettering("number")?.style,
            strokes: Strokes { thin: table.points("thin")?, bold: table.points("thick")? },
            marks: Marks::read(table)?,
            topics: Topics::read(table)?,
            tables: Tables::read(table)?,
        };
        look.leaves_room(table)?;
        Ok(look)
    }

    /// Checks that a page has room for what stands on it however little that is.
    fn leaves_room(&self, table: &StyleTable) -> Result<(), TypesetError> {
        let (marks, topics) = (&self.marks, &self.topics);
        let line = |lettering: &Lettering| 0.5 * lettering.style.size_pt.min(lettering.leading * 4.0);
        let enough = [
            ("marks.name-width", marks.name_width >= 10.0 && marks.number_width >= 4.0),
            ("marks.widest-cell", self.marks_width() >= 2.0 * marks.widest_cell && marks.widest_cell >= 4.0),
            ("marks.lesson-width", marks.lesson_width >= 2.0 && self.marks_width() >= marks.lesson_width),
            ("marks.term-width", marks.term_width >= 2.0 && self.marks_width() >= marks.term_width),
            ("topics.topic-width", topics.topic_width >= 20.0 && self.topic_columns()[3].1 >= 20.0),
            ("topics.padding", (0.0..=4.0).contains(&topics.padding)),
            ("marks.row", self.body_height() >= 60.0 && (2.0..=40.0).contains(&marks.row)),
            ("topics.row", (2.0..=40.0).contains(&topics.row)),
            ("topics.text.leading", line(&topics.text) >= 1.0 && topics.text.leading <= 40.0),
            ("marks.small.leading", line(&marks.small) >= 1.0 && marks.small.leading <= 40.0),
            ("binding", self.body() >= 120.0),
        ];
        match enough.iter().find(|(_, is_enough)| !is_enough) {
            None => Ok(()),
            Some((path, _)) => Err(table.fault(&format!("leaf leaves no room: {path}"))),
        }
    }

    /// Returns the width of a page's content.
    pub(super) fn body(&self) -> f64 {
        WIDTH - self.binding - self.outer
    }

    /// Returns the room of a table from top to bottom.
    pub(super) fn room(&self) -> f64 {
        self.bottom - self.top
    }

    /// Returns the left and right edge of a page's body: even pages are left ones and bound on their right.
    pub(super) fn edges(&self, page: usize) -> (f64, f64) {
        let left = if page.is_multiple_of(2) { self.outer } else { self.binding };
        (left, left + self.body())
    }

    /// Returns the height of the whole head of a page of lessons.
    pub(super) fn head_total(&self) -> f64 {
        2.0 * self.marks.head_row
    }

    /// Returns the room of a page of lessons below its head.
    pub(super) fn body_height(&self) -> f64 {
        self.room() - self.head_total()
    }

    /// Returns the room for the columns of lessons and terms.
    pub(super) fn marks_width(&self) -> f64 {
        self.body() - self.marks.number_width - self.marks.name_width
    }

    /// Returns the columns of the right page with their widths.
    pub(super) fn topic_columns(&self) -> [(&'static str, f64); 4] {
        let Topics { date_width: date, number_width: number, topic_width: topic, .. } = self.topics;
        let rest = self.body() - date - number - topic;
        [("Дата", date), ("Урок", number), ("Тема урока", topic), ("Домашнее задание", rest)]
    }
}

impl Marks {
    fn read(table: &StyleTable) -> Result<Self, TypesetError> {
        let length = |name: &str| table.length(&format!("marks.{name}"));
        let lettering = |name: &str| table.lettering(&format!("marks.{name}"));
        Ok(Self {
            number_width: length("number-width")?,
            name_width: length("name-width")?,
            lesson_width: length("lesson-width")?,
            term_width: length("term-width")?,
            widest_cell: length("widest-cell")?,
            head_row: length("head-row")?,
            row: length("row")?,
            row_most: length("row-most")?,
            title: lettering("title")?.style,
            day: lettering("day")?.style,
            cell: lettering("cell")?.style,
            term: lettering("term")?.style,
            noted: lettering("noted")?.style,
            small: lettering("small")?,
        })
    }
}

impl Topics {
    fn read(table: &StyleTable) -> Result<Self, TypesetError> {
        let length = |name: &str| table.length(&format!("topics.{name}"));
        let lettering = |name: &str| table.lettering(&format!("topics.{name}"));
        Ok(Self {
            date_width: length("date-width")?,
            number_width: length("number-width")?,
            topic_width: length("topic-width")?,
            padding: length("padding")?,
            row: length("row")?,
            row_most: length("row-most")?,
            title: lettering("title")?.style,
            text: lettering("text")?,
            remark: lettering("remark")?.style,
        })
    }
}

impl Tables {
    fn read(table: &StyleTable) -> Result<Self, TypesetError> {
        let rows = |name: &str| -> Result<Rows, TypesetError> {
            let of = |value: &str| format!("tables.{name}.{value}");
            let size = table.size(&of("size"))?;
            let least = table.size(&of("least")).unwrap_or(size).min(size);
            Ok(Rows { size, least, height: table.length(&of("row"))? })
        };
        Ok(Self {
            family: table.family("tables.font")?,
            contents: rows("contents")?,
            legend: rows("legend")?,
            people: rows("people")?,
            attendance: rows("attendance")?,
            terms: rows("terms")?,
            remarks: rows("remarks")?,
        })
    }
}

impl Rows {
    /// Makes a table of plain rows.
    pub(super) fn table(self, look: &Look, columns: Vec<Column>, rows: Vec<Row>) -> Table {
        let family = look.tables.family;
        Table {
            columns,
            spans: Vec::new(),
            rows,
            size_pt: self.size,
            row_height: self.height,
            family,
            lead: 0,
        }
    }

    /// Returns the sizes of text to try, the best first.
    pub(super) fn sizes(self) -> Vec<f64> {
        let steps = (0..).map(|step| self.size - 0.5 * f64::from(step));
        steps.take_while(|size| *size >= self.least).collect()
    }
}
