//! Change from the term before: the whole, and beside it the same pupils; who stands worse and who better, by name.

use crate::model::Class;
use crate::render::format;
use crate::render::paper::{Look, Paper};
use crate::render::table::{Row, Table};
use crate::reports::common::numbers::{GAP, change, mean, part};
use crate::reports::common::standings::{rank, word};
use crate::reports::common::table::{count, numbered, row, spanned, table, text, total};
use crate::reports::common::{Count, Moves, Standings, terms};
use crate::reports::quarter::charts;
use crate::reports::quarter::view::{Quarter, Section, say_lack, say_whom};
use crate::stats::Scope;
use crate::stats::analytics::{DYNAMICS, Record};

pub(in crate::reports::quarter) const DYNAMICS_OF_TERMS: Section =
    Section { title: "Динамика к прошлому периоду", starts_page: false, lay };

/// A line of the tables: title, scope and its id, whether it is a sum.
#[derive(Clone)]
struct Line {
    title: String,
    scope: Scope,
    id: String,
    is_total: bool,
}

fn lay(quarter: &Quarter<'_>, paper: &mut Paper) {
    let lack = quarter.data.lack(&DYNAMICS).or_else(|| quarter.coverage.lack_of_term_marks());
    if let Some(why) = lack {
        return say_lack(paper, &why);
    }
    let Some(before) = quarter.data.before else {
        return say_lack(paper, &quarter.no_term_before());
    };
    let journal = quarter.data.journal();
    let [then, now] = [before, quarter.data.term].map(|term| terms::short_title(journal, term));
    if let Some(chart) = charts::quality_over_terms(quarter) {
        paper.chart(&chart);
    }
    let lines = lines(quarter);
    paper.table(&shares(quarter, &lines, "quality", (&then, &now)));
    let note = "«Те же ученики» — учтённые в обоих периодах в этом же классе, уровне или школе. Об изменении говорят, только если \
                его подтверждают те же ученики и оно больше случайного (двусторонний критерий знаков, 5 %).";
    say_whom(paper, &quarter.marked(), note);
    let wholes: Vec<Line> = lines.iter().filter(|line| line.is_total).cloned().collect();
    paper.table(&shares(quarter, &wholes, "attainment", (&then, &now)));
    say_whom(paper, &quarter.marked(), "Успеваемость по классам стоит в разделе об итогах.");
    paper.table(&counts(quarter, &lines, (&then, &now)));
    say_whom(paper, &quarter.marked(), "Счёт учеников на последний день каждого периода.");
    by_name(quarter, paper);
}

fn lines(quarter: &Quarter<'_>) -> Vec<Line> {
    let marked = quarter.data.grades.marked();
    let journal = quarter.data.journal();
    let mut lines = Vec::new();
    for level in marked.levels() {
        for class in quarter.data.marked_classes() {
            let Class { key, grade, .. } = &journal.classes[class];
            if level.has(*grade) {
                let (title, id) = (key.to_string(), key.to_string());
                lines.push(Line { title, scope: Scope::Class, id, is_total: false });
            }
        }
        let (title, id) = (marked.level_label(level), level.code.to_owned());
        lines.push(Line { title, scope: Scope::Level, id, is_total: true });
    }
    let title = format!("Школа, {}", quarter.marked());
    lines.push(Line { title, scope: Scope::School, id: String::new(), is_total: true });
    lines
}

fn as_row(line: &Line, cells: Vec<String>) -> Row {
    if line.is_total { total(cells) } else { row(cells) }
}

/// Returns a share then and now, with its counts, beside the same over the same pupils.
fn shares(quarter: &Quarter<'_>, lines: &[Line], metric: &'static str, (then, now): (&str, &str)) -> Table {
    let cell = |count: Option<Count>| count.map_or(GAP.to_owned(), |count| part(count.found, count.of));
    let rows = lines.iter().map(|line| {
        let own = quarter.changes.from_before(&quarter.data, line.scope, &line.id, None, metric);
        let cohort = own.cohort_counts().map(|count| cell((own.cohort > 0).then_some(count)));
        let [cohort_before, cohort_now] = cohort;
        let cells = vec![
            line.title.clone(),
            cell(quarter.data.count_before(metric, line.scope, &line.id, None)),
            cell(Some(quarter.data.count(metric, line.scope, &line.id, None))),
            change(own.change, 1),
            cohort_before,
            cohort_now,
            change(own.of_cohort(), 1),
        ];
        as_row(line, cells)
    });
    let columns = vec![
        text("Охват", 33.0),
        text(then, 31.0),
        text(now, 31.0),
        count("±", 11.5),
        text(then, 31.0),
        text(now, 31.0),
        count("±", 11.5),
    ];
    let title =
        if metric == "quality" { "Качество знаний" } else { "Успеваемость" };
    spanned(table(columns, rows.collect()), &[("", 1), (title, 3), ("те же ученики", 3)])
}

fn counts(quarter: &Quarter<'_>, lines: &[Line], (then, now): (&str, &str)) -> Table {
    let before: Vec<Record<'_>> = quarter.data.rows_before(&crate::stats::analytics::STANDINGS).collect();
    let rows = lines.iter().map(|line| {
        let is_wanted = |row: &Record<'_>| is_of(quarter, line, row.text("class_id"));
        let own = Standings::of(quarter.standing_rows().filter(|row| is_wanted(row)));
        let earlier = Standings::of(before.iter().copied().filter(|row| is_wanted(row)));
        let mut cells = vec![line.title.clone()];
        let parts: [fn(&Standings) -> usize; 5] = [
            |one| one.excellent,
            |one| one.good,
            |one| one.one_4,
            |one| one.one_3,
            |one| one.failing + one.not_assessed,
        ];
        cells.extend(parts.iter().flat_map(|part| [&earlier, &own].map(|one| part(one).to_string())));
        cells.extend(means(quarter, line));
        as_row(line, cells)
    });
    let mut columns = vec![text("Охват", 33.0)];
    columns.extend((0..10).map(|at| count(if at % 2 == 0 { then } else { now }, 11.4)));
    columns.extend([then, now].map(|title| count(title, 11.5)));
    columns.push(count("±", 10.0));
    let spans = [
        ("", 1),
        ("На «5»", 2),
        ("На «4» и «5»", 2),
        ("из них с одной «4»", 2),
        ("С одной «3»", 2),
        ("С «2», н/а", 2),
        ("Средний балл", 3),
    ];
    spanned(table(columns, rows.collect()), &spans)
}

fn means(quarter: &Quarter<'_>, line: &Line) -> [String; 3] {
    let one = quarter.changes.from_before(&quarter.data, line.scope, &line.id, None, "mean_mark");
    [mean(one.before), mean(one.value), change(one.change, 2)]
}

fn is_of(quarter: &Quarter<'_>, line: &Line, class: &str) -> bool {
    let journal = quarter.data.journal();
    let grade = quarter.data.keys.class(class).map_or(0, |id| journal.classes[id].grade);
    match line.scope {
        Scope::Class => line.id == class,
        Scope::Level => crate::reports::common::grades::Level::ALL
            .iter()
            .any(|level| level.code == line.id && level.has(grade)),
        _ => true,
    }
}

/// Names whose standing changed, the worse first.
fn by_name(quarter: &Quarter<'_>, paper: &mut Paper) {
    let moves = Moves::of_quality(quarter.standing_rows());
    paper.paragraph(
        Look::Text,
        &format!(
            "Из {} с отметками в обоих периодах вышли на «4» и «5» {}, перестали учиться на «4» и «5» {}.",
            format::counted(moves.both, ["ученика", "учеников", "учеников"]),
            moves.up,
            moves.down
        ),
    );
    let ranks = |row: &Record<'_>| rank(row.text("standing")).zip(rank(row.text("before")));
    list(quarter, paper, "Стали учиться хуже", |row| {
        ranks(row).is_some_and(|(now, then)| now > then)
    });
    better(quarter, paper);
}

/// Names who moved up, by class.
fn better(quarter: &Quarter<'_>, paper: &mut Paper) {
    let is_better = |row: &Record<'_>| {
        rank(row.text("standing")).zip(rank(row.text("before"))).is_some_and(|(now, then)| now < then)
    };
    let mut classes: Vec<(&str, Vec<String>)> = Vec::new();
    for (row, name) in quarter.by_name(quarter.standing_rows().filter(is_better)) {
        let named = format!("{name} ({})", word(row.text("standing")));
        match classes.last_mut().filter(|(class, _)| *class == row.text("class_id")) {
            Some((_, names)) => names.push(named),
            None => classes.push((row.text("class_id"), vec![named])),
        }
    }
    paper.heading(2, "Стали учиться лучше");
    if classes.is_empty() {
        return paper.paragraph(Look::Text, "Таких учеников 0.");
    }
    let rows = classes
        .into_iter()
        .map(|(class, names)| row(vec![class.to_owned(), names.len().to_string(), names.join(", ")]));
    let columns =
        vec![text("Класс", 12.0), count("Учеников", 16.0), text("Кто и как закончил период", 152.0)];
    paper.table(&table(columns, rows.collect()));
}

fn list(quarter: &Quarter<'_>, paper: &mut Paper, title: &str, is_wanted: impl Fn(&Record<'_>) -> bool) {
    let rows: Vec<Vec<String>> = quarter
        .by_name(quarter.standing_rows().filter(|row| is_wanted(row)))
        .map(|(row, name)| {
            let subject =
                |key: &str| quarter.data.keys.subject(key).map(|id| quarter.data.keys.subject_name(id));
            let deciding: Vec<String> = row.list("deciding").filter_map(subject).collect();
            vec![
                name,
                row.text("class_id").to_owned(),
                word(row.text("before")).to_owned(),
                word(row.text("standing")).to_owned(),
                deciding.join(", "),
            ]
        })
        .collect();
    paper.heading(2, title);
    if rows.is_empty() {
        return paper.paragraph(Look::Text, "Таких учеников 0.");
    }
    let columns = vec![
        count("№", 8.0),
        text("Фамилия, имя", 50.0),
        text("Класс", 12.0),
        text("Было", 22.0),
        text("Стало", 22.0),
        text("Решающие предметы", 66.0),
    ];
    paper.table(&table(columns, numbered(rows)));
}
