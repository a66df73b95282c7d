//! Control works of the class: each of a term, by subject in a year.

use std::collections::BTreeMap;

use super::fold::Fold;
use crate::model::{Id, Subject};
use crate::render::format;
use crate::render::paper::{Look, Paper};
use crate::render::table::Table;
use crate::reports::class_report::of_class::OfClass;
use crate::reports::class_report::words::{say_lack, work_title};
use crate::reports::common::numbers::{GAP, mean, part, some};
use crate::reports::common::table::{count, row, table, text};
use crate::stats::analytics::{CONTROL_WORKS, Record};

pub(super) fn lay(of: &OfClass<'_>, fold: Fold, paper: &mut Paper) {
    if let Some(why) = of.data.lack(&CONTROL_WORKS) {
        return say_lack(paper, &why);
    }
    if of.works.is_empty() {
        return paper.paragraph(Look::Text, "В графике контрольных работ класса на этот период 0 работ.");
    }
    match (of.is_year(), fold.has_tables) {
        (true, _) => paper.table(&by_subject(of)),
        (false, true) => paper.table(&each(of)),
        (false, false) => {
            let said: Vec<String> = of.works.iter().map(|one| in_words(of, *one)).collect();
            return paper.paragraph(Look::Text, &format!("{}.", said.join("; ")));
        }
    }
    let note = "Результаты — от писавших. Работа группы, в которой есть ученики других классов, стоит со всей группой. «Итог =, +, −» — у скольких \
                писавших отметка за период совпала с отметкой за работу, выше и ниже её.";
    paper.paragraph(Look::Note, note);
}

const MARKS: [&str; 5] = ["n5", "n4", "n3", "n2", "n1"];

fn each(of: &OfClass<'_>) -> Table {
    let columns = vec![
        text("По графику, проведена", 27.0),
        text("Предмет, работа", 77.0),
        count("Писали", 16.0),
        count("«5»", 8.0),
        count("«4»", 8.0),
        count("«3»", 8.0),
        count("«2»", 8.0),
        count("Ср.", 10.0),
        text("Итог =, +, −", 18.0),
    ];
    table(columns, of.works.iter().map(|one| row(line(of, *one))).collect())
}

/// Returns «22.04 Химия: писали 24 из 25, «5» 2, «4» 9, «3» 12, «2» 1».
fn in_words(of: &OfClass<'_>, one: Record<'_>) -> String {
    let cells = line(of, one);
    let subject = cells[1].split(": ").next().unwrap_or_default();
    if one.date("held_date").is_none() {
        return format!("{} {subject}", cells[0]);
    }
    let marks = ["«5»", "«4»", "«3»", "«2»"].iter().zip(&cells[3..7]).filter(|(_, count)| !count.is_empty());
    let marks = marks.map(|(title, count)| format!(", {title}\u{a0}{count}")).collect::<String>();
    format!("{} {subject}: писали {}{marks}", cells[0], cells[2])
}

fn line(of: &OfClass<'_>, one: Record<'_>) -> Vec<String> {
    let keys = &of.data.keys;
    let subject = keys.subject(one.text("subject_id")).map(|id| keys.subject_name(id)).unwrap_or_default();
    let work = keys.work(one.text("work_id")).map(|id| work_title(of.journal(), id)).unwrap_or_default();
    let course = keys.course(one.text("course_id")).filter(|id| {
        let journal = of.journal();
        journal.group_of(&journal.courses[*id]).is_some()
    });
    let group = course.map(|id| format!(" ({})", keys.audience_name(id))).unwrap_or_default();
    let mut cells = vec![dates(one), format!("{subject}{group}: {work}")];
    if one.date("held_date").is_none() {
        cells.extend(std::iter::repeat_n(GAP.to_owned(), 7));
        return cells;
    }
    cells.push(format!("{}\u{a0}из\u{a0}{}", one.count("wrote"), one.count("listed")));
    cells.extend(MARKS[..3].iter().map(|column| some(one.count(column))));
    cells.push(some(one.count("n2") + one.count("n1")));
    cells.push(mean(one.number("mean_mark")));
    cells
        .push(agreement(one.whole("compared"), ["equal", "higher", "lower"].map(|column| one.count(column))));
    cells
}

fn agreement(compared: Option<i64>, [equal, higher, lower]: [usize; 3]) -> String {
    match compared {
        None | Some(0) => GAP.to_owned(),
        Some(_) => format!("{equal}, {higher}, {lower}"),
    }
}

/// Returns «12.09, 14.09 (+2 дня)»: the planned day, the day it was held, how late.
fn dates(one: Record<'_>) -> String {
    let day = |column| one.date(column).map(format::day_month);
    let late = one.whole("days_late").and_then(|days| usize::try_from(days).ok()).filter(|days| *days > 0);
    let late = late.map(|days| format!(" (+{})", format::counted(days, ["день", "дня", "дней"])));
    match (day("planned_date"), day("held_date")) {
        (Some(planned), None) => format!("{planned}, не проведена"),
        (None, Some(held)) => format!("вне графика, {held}"),
        (Some(planned), Some(held)) if planned == held => held,
        (Some(planned), Some(held)) => format!("{planned}, {held}{}", late.unwrap_or_default()),
        (None, None) => GAP.to_owned(),
    }
}

/// Works of a subject.
#[derive(Default)]
struct Sum {
    works: usize,
    held: usize,
    late: usize,
    wrote: usize,
    listed: usize,
    marks: [usize; 5],
}

fn by_subject(of: &OfClass<'_>) -> Table {
    let mut sums: BTreeMap<Option<Id<Subject>>, Sum> = BTreeMap::new();
    for one in &of.works {
        let sum = sums.entry(of.data.keys.subject(one.text("subject_id"))).or_default();
        sum.works += 1;
        sum.held += usize::from(one.date("held_date").is_some());
        sum.late += usize::from(one.whole("days_late").is_some_and(|days| days > 0));
        sum.wrote += one.count("wrote");
        sum.listed += if one.date("held_date").is_some() { one.count("listed") } else { 0 };
        sum.marks.iter_mut().zip(MARKS).for_each(|(sum, column)| *sum += one.count(column));
    }
    let columns = vec![
        text("Предмет", 46.0),
        count("Работ", 12.0),
        count("Прове-дено", 14.0),
        count("Позже срока", 14.0),
        count("Писали", 22.0),
        count("«5»", 10.0),
        count("«4»", 10.0),
        count("«3»", 10.0),
        count("«2»", 10.0),
        text("Качество", 32.0),
    ];
    let line = |(subject, sum): (Option<Id<Subject>>, Sum)| {
        let [five, four, three, two, one] = sum.marks;
        row(vec![
            subject.map(|id| of.data.keys.subject_name(id)).unwrap_or_default(),
            sum.works.to_string(),
            sum.held.to_string(),
            some(sum.late),
            format!("{}\u{a0}из\u{a0}{}", sum.wrote, sum.listed),
            some(five),
            some(four),
            some(three),
            some(two + one),
            part(five + four, sum.wrote),
        ])
    };
    table(columns, sums.into_iter().map(line).collect())
}
