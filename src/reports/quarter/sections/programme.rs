//! The programme: hours by level, who lags and why lessons were not held, laggards first.

use std::cmp::Ordering;

use crate::render::format;
use crate::render::paper::{Look, Paper};
use crate::render::table::Row;
use crate::reports::common::numbers::{GAP, hours, some};
use crate::reports::common::table::{count, numbered, row, table, text, total};
use crate::reports::quarter::view::{Quarter, Section, say_lack, say_whom};
use crate::stats::analytics::{PROGRAMME as TABLE, Record};

pub(in crate::reports::quarter) const PROGRAMME: Section =
    Section { title: "Выполнение программы", starts_page: false, lay };

/// So many laggards are named; the programme report has all.
const SHOWN: usize = 40;

/// Says why hours are not told; nothing where they are.
pub(in crate::reports::quarter) fn lack(quarter: &Quarter<'_>) -> Option<String> {
    quarter.data.lack(&TABLE).or_else(|| quarter.coverage.lack_of_lessons())
}

/// Returns the courses that lag behind their plan, the furthest behind first.
pub(in crate::reports::quarter) fn laggards<'a>(quarter: &Quarter<'a>) -> Vec<Record<'a>> {
    let mut rows: Vec<Record<'a>> = quarter.data.rows(&TABLE).filter(|row| lag(*row) > 0.0).collect();
    let order = |row: &Record<'_>| {
        quarter.data.keys.course(row.text("course_id")).map(|id| quarter.data.keys.course_order(id))
    };
    rows.sort_by(|a, b| {
        lag(*b).partial_cmp(&lag(*a)).unwrap_or(Ordering::Equal).then_with(|| order(a).cmp(&order(b)))
    });
    rows
}

/// Returns hours behind the plan; 0 where there is no plan or the course is ahead.
pub(in crate::reports::quarter) fn lag(row: Record<'_>) -> f64 {
    row.number("lag").unwrap_or(0.0).max(0.0)
}

/// Returns how many courses have a plan for the term.
pub(in crate::reports::quarter) fn planned(quarter: &Quarter<'_>) -> usize {
    quarter.data.rows(&TABLE).filter(|row| row.number("hours_plan").is_some()).count()
}

fn lay(quarter: &Quarter<'_>, paper: &mut Paper) {
    if let Some(why) = lack(quarter) {
        return say_lack(paper, &why);
    }
    sums(quarter, paper);
    let note = "Часы — по учебному плану и по проведённым урокам; две подгруппы класса считаются дважды в плане и в данных часах. \
                Отставание курсов с планом складывается без опережения других. Курс, у которого план только на год, в периоде плана \
                не имеет.";
    say_whom(paper, &quarter.all(), note);
    named(quarter, paper);
}

#[derive(Clone, Copy, Default)]
struct Sum {
    courses: usize,
    planned: usize,
    plan: f64,
    given: f64,
    lagging: usize,
    lag: f64,
    lessons: [usize; 4],
}

const LESSONS: [&str; 4] = ["missed", "moved", "cancelled", "substituted"];

impl Sum {
    fn with(mut self, row: Record<'_>) -> Self {
        self.courses += 1;
        if let Some(plan) = row.number("hours_plan") {
            self.planned += 1;
            self.plan += plan;
            self.given += row.number("hours_given").unwrap_or(0.0);
        }
        self.lagging += usize::from(lag(row) > 0.0);
        self.lag += lag(row);
        self.lessons.iter_mut().zip(LESSONS).for_each(|(sum, column)| *sum += row.count(column));
        self
    }

    fn line(self, title: String) -> Vec<String> {
        let hours_of = |value: f64| if self.planned == 0 { GAP.to_owned() } else { hours(Some(value)) };
        let share = if self.plan > 0.0 {
            format!("{}\u{a0}%", format::decimal(100.0 * self.given / self.plan, 1))
        } else {
            GAP.to_owned()
        };
        let mut cells = vec![title, format!("{} из {}", self.planned, self.courses)];
        cells.extend([
            hours_of(self.plan),
            hours_of(self.given),
            share,
            some(self.lagging),
            hours_of(self.lag),
        ]);
        cells.extend(self.lessons.map(some));
        cells
    }
}

fn sums(quarter: &Quarter<'_>, paper: &mut Paper) {
    let journal = quarter.data.journal();
    let grade = |row: &Record<'_>| {
        quarter.data.keys.course(row.text("course_id")).map_or(0, |id| journal.grade_of(&journal.courses[id]))
    };
    let sum = |test: &dyn Fn(u8) -> bool| {
        quarter.data.rows(&TABLE).filter(|row| test(grade(row))).fold(Sum::default(), Sum::with)
    };
    let mut rows: Vec<Row> = Vec::new();
    for level in quarter.data.grades.levels() {
        rows.push(row(sum(&|grade| level.has(grade)).line(quarter.data.grades.level_label(level))));
    }
    rows.push(total(sum(&|_| true).line(format!("Школа, {}", quarter.all()))));
    let columns = vec![
        text("Охват", 37.0),
        count("Курсов с планом", 18.0),
        count("Часов по плану", 16.0),
        count("Дано", 16.0),
        count("Выпол-нение", 16.0),
        count("Курсов отстаёт", 14.0),
        count("на часов", 13.0),
        count("Не прове-дено", 12.0),
        count("Пере-несено", 13.0),
        count("Отме-нено", 12.0),
        count("Замен", 13.0),
    ];
    paper.table(&table(columns, rows));
}

fn named(quarter: &Quarter<'_>, paper: &mut Paper) {
    let laggards = laggards(quarter);
    paper.heading(2, "Отстают от плана");
    if planned(quarter) == 0 {
        return say_lack(paper, "плана на этот период нет ни у одного курса");
    }
    let hours_behind: f64 = laggards.iter().map(|row| lag(*row)).sum();
    let said = format!(
        "Отстают {} из {} с планом на период, вместе на {} ч.",
        laggards.len(),
        format::counted(planned(quarter), ["курса", "курсов", "курсов"]),
        hours(Some(hours_behind))
    );
    paper.paragraph(Look::Text, &said);
    if laggards.is_empty() {
        return;
    }
    let rest = laggards.len().saturating_sub(SHOWN);
    let rows = laggards.iter().take(SHOWN).map(|row| line(quarter, *row)).collect();
    let columns = vec![
        count("№", 8.0),
        text("Класс, группа", 24.0),
        text("Предмет", 42.0),
        text("Учитель", 33.0),
        count("План, ч", 11.0),
        count("Дано, ч", 11.0),
        count("Отста-вание", 12.0),
        count("Не прове-дено", 12.0),
        count("Пере-несено", 13.0),
        count("Строк КТП", 14.0),
    ];
    paper.table(&table(columns, numbered(rows)));
    if rest > 0 {
        paper.paragraph(Look::Note, &format!("И ещё {rest}: см. отчёт о выполнении программы."));
    }
}

fn line(quarter: &Quarter<'_>, row: Record<'_>) -> Vec<String> {
    let keys = &quarter.data.keys;
    let course = keys.course(row.text("course_id"));
    let teacher = keys.staff(row.text("teacher_id")).map(|id| keys.teacher_name(id));
    let subject = keys.subject(row.text("subject_id")).map(|id| keys.subject_name(id));
    let plan_rows = match row.whole("plan_rows") {
        Some(all) if all > 0 => format!("{}/{all}", row.count("given_rows")),
        _ => GAP.to_owned(),
    };
    vec![
        course.map(|id| keys.audience_name(id)).unwrap_or_default(),
        subject.unwrap_or_default(),
        teacher.unwrap_or_default(),
        hours(row.number("hours_plan")),
        hours(row.number("hours_given")),
        hours(row.number("lag")),
        some(row.count("missed") + row.count("cancelled")),
        some(row.count("moved")),
        plan_rows,
    ]
}
