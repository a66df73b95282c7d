//! Results by class: twelve columns, subtotals by level, «с одной» as a part of its group.

use crate::model::*;
use crate::render::format;
use crate::render::paper::{Look, Paper};
use crate::render::table::{Column, Row};
use crate::reports::common::numbers::{GAP, part, some};
use crate::reports::common::table::{row, spanned, table, text, total};
use crate::reports::common::{Count, Standings};
use crate::reports::quarter::charts;
use crate::reports::quarter::view::{Quarter, Section, say_lack, say_whom};
use crate::stats::Scope;
use crate::stats::analytics::{ABSENCE_DAYS, STANDINGS};

pub(in crate::reports::quarter) const RESULTS: Section =
    Section {
        title: "Успеваемость и качество знаний по классам", starts_page: false, lay
    };

fn lay(quarter: &Quarter<'_>, paper: &mut Paper) {
    let lack = quarter.data.lack(&STANDINGS).or_else(|| quarter.coverage.lack_of_term_marks());
    if let Some(why) = lack {
        return say_lack(paper, &why);
    }
    paper.chart_without_table(&charts::standings(quarter));
    let mut columns = vec![text("Класс (классный руководитель)", 43.0)];
    columns.extend(COUNTS.map(|title| Column::narrow(title, 8.0)));
    columns.extend([text("Качество", 32.0), text("Успеваемость", 33.0)]);
    let spans = [("", 2), ("На «4» и «5»", 3), ("С «3»", 2), ("", 1), ("Н/а", 2), ("", 2)];
    paper.table(&spanned(table(columns, rows(quarter)), &spans));
    say_whom(paper, &quarter.marked(), NOTE);
    if quarter.standings(|_| true).unmarked > 0 {
        paper.paragraph(Look::Note, &unmarked(quarter));
    }
    paper.paragraph(Look::Note, &not_counted(quarter));
}

const COUNTS: [&str; 9] = [
    "Учеников",
    "Отличники («5»)",
    "Хорошисты («4» и «5»)",
    "в т. ч. с одной «4»",
    "С «3»",
    "в т. ч. с одной «3»",
    "Неуспевающие («2»)",
    "Неаттестованные (н/а)",
    "в т. ч. по болезни",
];

const NOTE: &str = "«В т. ч. с одной «4»» и «в т. ч. с одной «3»» — часть своей группы, а не группа рядом с нею. У кого есть \
    и «2», и н/а, стоит в неуспевающих. «По болезни» — из неаттестованных те, кто по болезни пропустил не менее половины \
    уроков; саму причину журнал не хранит. Качество и успеваемость — от аттестованных; где их меньше десяти, сначала \
    стоит счёт.";

fn rows(quarter: &Quarter<'_>) -> Vec<Row> {
    let data = &quarter.data;
    let journal = data.journal();
    let marked = data.grades.marked();
    let mut rows = Vec::new();
    for level in marked.levels() {
        for class in data.marked_classes() {
            let Class { key, grade, .. } = &journal.classes[class];
            if level.has(*grade) {
                let own =
                    line(quarter, quarter.class_with_teacher(class), (Scope::Class, key), |one| one == class);
                rows.push(row(own));
            }
        }
        let title = marked.level_label(level);
        let is_of_level = |class: Id<Class>| level.has(quarter.grade(class));
        rows.push(total(line(quarter, title, (Scope::Level, level.code), is_of_level)));
    }
    let title = format!("Школа, {}", quarter.marked());
    rows.push(total(line(quarter, title, (Scope::School, ""), |_| true)));
    rows
}

fn line(
    quarter: &Quarter<'_>,
    title: String,
    (scope, id): (Scope, &str),
    is_wanted: impl Fn(Id<Class>) -> bool,
) -> Vec<String> {
    let standings = quarter.standings(&is_wanted);
    let share = |metric| {
        let Count { found, of } = quarter.data.count(metric, scope, id, None);
        part(found, of)
    };
    vec![
        title,
        format::thousands(standings.listed),
        some(standings.excellent),
        some(standings.good),
        some(standings.one_4),
        some(standings.satisfactory),
        some(standings.one_3),
        some(standings.failing),
        some(standings.not_assessed),
        ill(quarter, &standings, &is_wanted),
        share("quality"),
        share("attainment"),
    ]
}

/// Counts those not assessed who missed at least half of their lessons by illness.
fn ill(quarter: &Quarter<'_>, standings: &Standings, is_wanted: &impl Fn(Id<Class>) -> bool) -> String {
    if standings.not_assessed == 0 {
        return String::new();
    }
    if quarter.data.lack(&ABSENCE_DAYS).is_some() {
        return GAP.to_owned();
    }
    let not_assessed: Vec<&str> = quarter
        .standing_rows()
        .filter(|row| row.text("standing") == "not_assessed")
        .filter(|row| quarter.data.keys.class(row.text("class_id")).is_some_and(is_wanted))
        .map(|row| row.text("pupil_id"))
        .collect();
    let mostly_ill = quarter.data.rows(&ABSENCE_DAYS).filter(|row| {
        let due = row.count("lessons_due");
        due > 0 && 2 * row.count("ill") >= due && not_assessed.contains(&row.text("pupil_id"))
    });
    mostly_ill.count().to_string()
}

fn unmarked(quarter: &Quarter<'_>) -> String {
    let named: Vec<String> = quarter
        .by_name(quarter.standing_rows().filter(|row| row.text("standing") == "none"))
        .map(|(row, name)| format!("{} ({})", name, row.text("class_id")))
        .collect();
    format!(
        "Нет ни одной отметки 1–5 и н/а, в группы не вошли: {} — {}.",
        format::counted(named.len(), ["ученик", "ученика", "учеников"]),
        spelled(&named)
    )
}

/// Names the first few and counts the rest.
fn spelled(named: &[String]) -> String {
    const SHOWN: usize = 12;
    let rest = named.len().saturating_sub(SHOWN);
    let shown = named.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
    if rest > 0 { format!("{shown} и ещё {rest}") } else { shown }
}

fn not_counted(quarter: &Quarter<'_>) -> String {
    let Count { of, .. } = quarter.data.count("attainment", Scope::School, "", None);
    let listed = quarter.standings(|_| true).listed;
    format!(
        "По списку на последний день периода {listed}, аттестованы хотя бы по одному предмету {of}. Выбывшие раньше не \
         учтены, прибывшие учтены."
    )
}
