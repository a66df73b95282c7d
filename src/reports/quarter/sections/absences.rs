//! Absences: by class and reason, whole days, lateness; who missed most, by name.

use crate::model::*;
use crate::render::format;
use crate::render::paper::{Look, Paper};
use crate::render::table::Row;
use crate::reports::common::numbers::{part, some};
use crate::reports::common::table::{count, numbered, row, spanned, table, text, total};
use crate::reports::quarter::view::{Quarter, Section, say_lack, say_whom};
use crate::stats::analytics::{ABSENCE_DAYS, MISSED, Record};

pub(in crate::reports::quarter) const ABSENCES: Section =
    Section { title: "Пропуски уроков", starts_page: false, lay };

/// Who missed at least this share of the lessons, one of so many, is named.
const NAMED_FROM: usize = 4;
/// So many unexcused lessons are named whatever their share.
pub(in crate::reports::quarter) const UNEXCUSED: usize = 10;
/// So many pupils are named here; the class reports name all.
const SHOWN: usize = 40;

/// Lessons of some pupils.
#[derive(Clone, Copy, Default)]
pub(in crate::reports::quarter) struct Sum {
    pub(in crate::reports::quarter) pupils: usize,
    pub(in crate::reports::quarter) due: usize,
    pub(in crate::reports::quarter) missed: usize,
    pub(in crate::reports::quarter) ill: usize,
    pub(in crate::reports::quarter) excused: usize,
    pub(in crate::reports::quarter) unexcused: usize,
    unknown: usize,
    late: usize,
    days: usize,
}

impl Sum {
    fn with(mut self, row: Record<'_>) -> Self {
        self.pupils += 1;
        self.due += row.count("lessons_due");
        self.missed += row.count("lessons_missed");
        self.ill += row.count("ill");
        self.excused += row.count("excused");
        self.unexcused += row.count("unexcused");
        self.unknown += row.count("unknown");
        self.late += row.count("late");
        self.days += row.count("days_missed");
        self
    }
}

/// Sums the pupils of some classes.
pub(in crate::reports::quarter) fn sum(quarter: &Quarter<'_>, is_wanted: impl Fn(Id<Class>) -> bool) -> Sum {
    let own = |row: &Record<'_>| quarter.data.keys.class(row.text("class_id")).is_some_and(&is_wanted);
    quarter.data.rows(&ABSENCE_DAYS).filter(own).fold(Sum::default(), Sum::with)
}

/// Says why absences are not told; nothing where they are.
pub(in crate::reports::quarter) fn lack(quarter: &Quarter<'_>) -> Option<String> {
    quarter.data.lack(&ABSENCE_DAYS).or_else(|| quarter.coverage.lack_of_lessons())
}

fn lay(quarter: &Quarter<'_>, paper: &mut Paper) {
    if let Some(why) = lack(quarter) {
        return say_lack(paper, &why);
    }
    let columns = vec![
        text("Класс (классный руководитель)", 44.0),
        count("Уче-ников", 12.0),
        text("Пропущено уроков, доля", 36.0),
        count("по болезни", 15.0),
        count("уважит.", 14.0),
        count("неуваж.", 14.0),
        count("неизв.", 12.0),
        count("Полных дней", 14.0),
        count("Опозда-ний", 14.0),
    ];
    let spans = [("", 3), ("Из них по причинам", 4), ("", 2)];
    paper.table(&spanned(table(columns, rows(quarter)), &spans));
    let note = "Доля — от уроков, на которых ученики должны были быть. Полный день — пропущены все уроки дня. Опоздание не пропуск.";
    say_whom(paper, &quarter.all(), note);
    by_name(quarter, paper);
    topics(quarter, paper);
}

fn rows(quarter: &Quarter<'_>) -> Vec<Row> {
    let data = &quarter.data;
    let journal = data.journal();
    let mut rows = Vec::new();
    for level in data.grades.levels() {
        for class in data.classes().into_iter().filter(|one| level.has(journal.classes[*one].grade)) {
            rows.push(row(line(quarter.class_with_teacher(class), sum(quarter, |one| one == class))));
        }
        let own = sum(quarter, |one| level.has(quarter.grade(one)));
        rows.push(total(line(data.grades.level_label(level), own)));
    }
    rows.push(total(line(format!("Школа, {}", quarter.all()), sum(quarter, |_| true))));
    rows
}

fn line(title: String, own: Sum) -> Vec<String> {
    vec![
        title,
        format::thousands(own.pupils),
        part(own.missed, own.due),
        some(own.ill),
        some(own.excused),
        some(own.unexcused),
        some(own.unknown),
        some(own.days),
        some(own.late),
    ]
}

/// Names who missed a quarter of the lessons or ten without excuse, most unexcused first.
fn by_name(quarter: &Quarter<'_>, paper: &mut Paper) {
    let is_named = |row: &Record<'_>| {
        let (due, missed) = (row.count("lessons_due"), row.count("lessons_missed"));
        row.count("unexcused") >= UNEXCUSED || (due > 0 && NAMED_FROM * missed >= due)
    };
    let mut own: Vec<(Record<'_>, String)> =
        quarter.by_name(quarter.data.rows(&ABSENCE_DAYS).filter(is_named)).collect();
    let count_of = |row: &Record<'_>| (row.count("unexcused"), row.count("lessons_missed"));
    own.sort_by_key(|(row, _)| std::cmp::Reverse(count_of(row)));
    paper.heading(2, "Больше всего пропусков");
    let said = format!(
        "Пропустили без уважительной причины не меньше {UNEXCUSED} уроков или не меньше четверти всех уроков: {}.",
        format::counted(own.len(), ["ученик", "ученика", "учеников"])
    );
    paper.paragraph(Look::Text, &said);
    if own.is_empty() {
        return;
    }
    let rest = own.len().saturating_sub(SHOWN);
    own.truncate(SHOWN);
    let rows = own.into_iter().map(|(row, name)| {
        let counts = ["unexcused", "excused", "ill", "unknown", "days_missed", "late"];
        let mut cells = vec![name, row.text("class_id").to_owned()];
        cells.push(part(row.count("lessons_missed"), row.count("lessons_due")));
        cells.extend(counts.map(|column| some(row.count(column))));
        cells
    });
    let columns = vec![
        count("№", 8.0),
        text("Фамилия, имя", 50.0),
        text("Класс", 14.0),
        text("Пропущено уроков", 36.0),
        count("неуваж.", 13.0),
        count("уважит.", 13.0),
        count("болезнь", 13.0),
        count("неизв.", 11.0),
        count("Дней", 10.0),
        count("Опозд.", 11.0),
    ];
    paper.table(&table(columns, numbered(rows.collect())));
    if rest > 0 {
        paper.paragraph(Look::Note, &format!("И ещё {rest}: см. отчёты классных руководителей."));
    }
}

/// Says how many of the missed topics were made up.
fn topics(quarter: &Quarter<'_>, paper: &mut Paper) {
    let rows: Vec<Record<'_>> = quarter.data.rows_of_study(&MISSED);
    let made_up = rows.iter().filter(|row| row.flag("made_up")).count();
    let said = match rows.len() {
        0 => return,
        all => format!(
            "Тема пропущенного урока отработана (есть отметка за этот урок или за его работу позже): {}.",
            part(made_up, all)
        ),
    };
    paper.paragraph(Look::Text, &said);
}
