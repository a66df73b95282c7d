//! Contingent and movement: who was there at the start, who came and left, who is there at the end.

use crate::model::*;
use crate::render::format;
use crate::render::measure::clean;
use crate::render::paper::{Look, Paper};
use crate::render::table::Row;
use crate::reports::common::balance;
use crate::reports::common::grades::Level;
use crate::reports::common::numbers::some;
use crate::reports::common::table::{count, row, spanned, table, text, total};
use crate::reports::quarter::view::{Quarter, Section, say_lack, say_whom};
use crate::stats::analytics::{MOVEMENT, Record};

pub(in crate::reports::quarter) const CONTINGENT: Section =
    Section {
        title: "Контингент и движение обучающихся", starts_page: true, lay
    };

fn lay(quarter: &Quarter<'_>, paper: &mut Paper) {
    if let Some(why) = quarter.data.lack(&MOVEMENT) {
        return say_lack(paper, &why);
    }
    let Some(school) = balance::of(&quarter.data, "school", "") else {
        return say_lack(paper, "в период нет ни одного класса");
    };
    paper.paragraph(Look::Text, &in_words(school));
    lay_balance(quarter, paper, school);
    say_whom(
        paper,
        &quarter.all(),
        "На начало — в первый день периода, на конец — в последний. Перевод внутри школы стоит и в прибывших, и в выбывших \
         своего класса. «Иное» — в исходных данных не сказано, как ученик прибыл или выбыл.",
    );
    by_name(quarter, paper);
}

fn in_words(school: Record<'_>) -> String {
    let pupils = |column: &str| format::counted(school.count(column), ["ученик", "ученика", "учеников"]);
    format!(
        "На начало периода {}, на конец {}. Прибыло из других школ {}, выбыло {}.",
        pupils("start"),
        pupils("end"),
        school.count("arrived"),
        school.count("left")
    )
}

fn lay_balance(quarter: &Quarter<'_>, paper: &mut Paper, school: Record<'_>) {
    let mut rows: Vec<Row> = Vec::new();
    for level in quarter.data.grades.levels() {
        rows.extend(parallels(quarter, level));
        let own = balance::of(&quarter.data, "level", level.code);
        rows.extend(own.map(|own| total(line(&quarter.data.grades.level_label(level), own))));
    }
    rows.push(total(line(&format!("Школа, {}", quarter.all()), school)));
    let columns = vec![
        text("Охват", 46.0),
        count("На начало", 15.0),
        count("из других школ", 15.0),
        count("из других классов", 16.0),
        count("иное", 12.0),
        count("из школы", 15.0),
        count("в другие классы", 16.0),
        count("иное", 12.0),
        count("На конец", 13.0),
        count("юноши", 10.0),
        count("девушки", 10.0),
    ];
    let spans = [("", 2), ("Прибыло", 3), ("Выбыло", 3), ("", 1), ("Из них", 2)];
    paper.table(&spanned(table(columns, rows), &spans));
}

fn parallels(quarter: &Quarter<'_>, level: Level) -> Vec<Row> {
    let grades = quarter.data.grades.only(|grade| level.has(grade));
    let parallel = |grade: u8| {
        let own = balance::of(&quarter.data, "parallel", &grade.to_string())?;
        Some(row(line(&format!("{grade}-е классы"), own)))
    };
    grades.iter().filter_map(parallel).collect()
}

fn line(title: &str, own: Record<'_>) -> Vec<String> {
    let cell = |column: &str| match balance::is_printed_as_zero(column) {
        true => format::thousands(own.count(column)),
        false => some(own.count(column)),
    };
    std::iter::once(title.to_owned()).chain(balance::COLUMNS.map(cell)).collect()
}

/// Names who came to the school and who left it inside the term.
fn by_name(quarter: &Quarter<'_>, paper: &mut Paper) {
    let mut moved = moves(quarter);
    if moved.is_empty() {
        return;
    }
    moved.sort();
    paper.heading(2, "Прибыли в школу и выбыли из школы");
    let columns = vec![
        text("Движение", 20.0),
        text("Фамилия, имя", 52.0),
        text("Класс", 16.0),
        text("Дата", 20.0),
        text("Приказ", 24.0),
        text("Куда, причина", 48.0),
    ];
    paper.table(&table(columns, moved.into_iter().map(|(_, cells)| row(cells)).collect()));
}

type Moved = ((bool, jiff::civil::Date, String), Vec<String>);

fn moves(quarter: &Quarter<'_>) -> Vec<Moved> {
    let journal = quarter.data.journal();
    let span = quarter.data.span();
    let mut moved = Vec::new();
    for stay in &journal.enrolment {
        if !quarter.data.grades.contains(journal.classes[stay.class].grade) {
            continue;
        }
        let Span { from, to } = stay.span;
        let name = quarter.data.keys.pupil_name(stay.pupil);
        let class = journal.classes[stay.class].key.to_string();
        let mut add = |is_out: bool, date, word: &str, order: &str, why: &str| {
            let cells = vec![
                word.to_owned(),
                name.clone(),
                class.clone(),
                format::date(date),
                clean(order),
                clean(why),
            ];
            moved.push(((is_out, date, name.clone()), cells));
        };
        if stay.joined == Some(JoinKind::Arrived) && from > span.from && from <= span.to {
            add(false, from, "Прибытие", &stay.joined_order, "");
        }
        if stay.left == Some(LeaveKind::Left) && to >= span.from && to < span.to {
            add(true, to, "Выбытие", &stay.left_order, &stay.left_reason);
        }
    }
    moved
}
