//! «Главное»: what a director reads aloud in a minute, and the same figures beside the last term's and last year's.

use super::{absences, conclusions, records, works};
use crate::render::format;
use crate::render::paper::{Look, Paper};
use crate::reports::common::numbers::{GAP, change, mean, part, percent};
use crate::reports::common::table::{count, row, spanned, table, text};
use crate::reports::common::{Count, terms};
use crate::reports::quarter::charts;
use crate::reports::quarter::view::{Quarter, Section, say_lack, say_whom};
use crate::stats::Scope;

pub(in crate::reports::quarter) const MAIN: Section =
    Section { title: "Главное", starts_page: false, lay };

fn lay(quarter: &Quarter<'_>, paper: &mut Paper) {
    match quarter.coverage.lack_of_term_marks() {
        Some(why) => say_lack(paper, &why),
        None => results(quarter, paper),
    }
    if let Some(said) = work(quarter) {
        paper.paragraph(Look::Lead, &said);
    }
    attention(quarter, paper);
    paper.heading(2, "Из чего составлена справка");
    paper.paragraph(Look::Text, &quarter.coverage.said());
    head_of_note(quarter, paper);
}

fn results(quarter: &Quarter<'_>, paper: &mut Paper) {
    paper.paragraph(Look::Lead, &attainment(quarter));
    paper.paragraph(Look::Lead, &by_standing(quarter));
    if let Some(said) = conclusions::of_school(quarter) {
        paper.paragraph(Look::Lead, &said);
    }
    figures(quarter, paper);
    paper.chart_without_table(&charts::standings_of_levels(quarter));
}

/// Names what has to be acted on, with its number and the section that names everybody.
fn attention(quarter: &Quarter<'_>, paper: &mut Paper) {
    let said = conclusions::attention(quarter);
    if said.is_empty() {
        return;
    }
    paper.heading(2, "На что обратить внимание");
    for line in said {
        paper.indented(Look::Text, 3.0, &format!("• {line}"));
    }
}

fn share(quarter: &Quarter<'_>, metric: &'static str) -> String {
    let Count { found, of } = quarter.data.count(metric, Scope::School, "", None);
    part(found, of)
}

fn attainment(quarter: &Quarter<'_>) -> String {
    let data = &quarter.data;
    let listed = quarter.standings(|_| true).listed;
    let inside = data.grades.marked().inside();
    let value = |metric| data.value(metric, Scope::School, "", None);
    format!(
        "{} на последний день периода {}. Успеваемость {}, качество знаний {}, СОУ {}\u{a0}%, средний балл {}.",
        capital(&inside),
        format::counted(listed, ["ученик", "ученика", "учеников"]),
        share(quarter, "attainment"),
        share(quarter, "quality"),
        percent(value("sou")),
        mean(value("mean_mark"))
    )
}

/// Returns a text with a capital letter.
fn capital(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().into_iter().flat_map(char::to_uppercase).chain(signs).collect()
}

fn by_standing(quarter: &Quarter<'_>) -> String {
    let all = quarter.standings(|_| true);
    let many = match all.failing {
        0 => String::new(),
        _ => format!(", из них по двум и более предметам {}", all.failing_in_many),
    };
    format!(
        "Отличников {}, хорошистов {}, из них с одной «4» {}. С тройками {}, из них с одной «3» {}. Неуспевающих {}{many}. \
         Неаттестованных {}.",
        all.excellent, all.good, all.one_4, all.satisfactory, all.one_3, all.failing, all.not_assessed
    )
}

/// A figure of the table: metric, title, decimals; shares stand with their counts.
const FIGURES: [(&str, &str, usize); 4] = [
    ("attainment", "Успеваемость", 1),
    ("quality", "Качество знаний", 1),
    ("sou", "СОУ, %", 1),
    ("mean_mark", "Средний балл", 2),
];

fn figures(quarter: &Quarter<'_>, paper: &mut Paper) {
    let journal = quarter.data.journal();
    let then = quarter.data.before.map_or(GAP.to_owned(), |term| terms::short_title(journal, term));
    let now = terms::short_title(journal, quarter.data.term);
    let columns = vec![
        text("Показатель", 28.0),
        text(&now, 25.0),
        text(&then, 25.0),
        count("±", 12.0),
        text(&then, 25.0),
        text(&now, 25.0),
        count("±", 12.0),
        count("было", 15.0),
        count("±", 13.0),
    ];
    let spans = [("", 2), ("Прошлый период", 2), ("Те же ученики", 3), ("Год назад", 2)];
    let rows = FIGURES.map(|figure| row(figure_line(quarter, figure)));
    paper.table(&spanned(table(columns, rows.into()), &spans));
    say_whom(paper, &quarter.marked(), &compared(quarter));
}

fn figure_line(quarter: &Quarter<'_>, (metric, title, places): (&'static str, &str, usize)) -> Vec<String> {
    let is_share = matches!(metric, "attainment" | "quality");
    let shown = |value: Option<f64>| if places == 2 { mean(value) } else { percent(value) };
    let cell = |value: Option<f64>, count: Option<Count>| match count.filter(|_| is_share) {
        Some(count) => part(count.found, count.of),
        None => shown(value),
    };
    let data = &quarter.data;
    let from = quarter.changes.from_before(data, Scope::School, "", None, metric);
    let last_year = quarter.changes.from_last_year(Scope::School, "", metric).unwrap_or_default();
    let [then, now] = from.cohort_counts();
    let is_comparable = from.cohort > 0;
    vec![
        title.to_owned(),
        cell(data.value(metric, Scope::School, "", None), Some(data.count(metric, Scope::School, "", None))),
        cell(from.before, data.count_before(metric, Scope::School, "", None)),
        change(from.change, places),
        cell(from.cohort_before, is_comparable.then_some(then)),
        cell(from.cohort_value, is_comparable.then_some(now)),
        change(from.of_cohort(), places),
        shown(last_year.before),
        change(last_year.change, places),
    ]
}

/// Says why there is nothing in the columns of the last term or of the last year; of the last year, what it was at the same
/// pupils.
fn compared(quarter: &Quarter<'_>) -> String {
    let before = quarter.data.before.is_none().then(|| format!("{}.", capital(&quarter.no_term_before())));
    before.into_iter().chain([last_year(quarter)]).collect::<Vec<_>>().join(" ")
}

fn last_year(quarter: &Quarter<'_>) -> String {
    let Some(own) = quarter.changes.from_last_year(Scope::School, "", "quality") else {
        return "С прошлым годом не сравнивали: его данных в сборке нет.".to_owned();
    };
    let [then, now] = own.cohort_counts().map(|count| part(count.found, count.of));
    match own.cohort {
        0 => "Год назад: учеников, учтённых и тогда, и теперь, 0.".to_owned(),
        _ => format!("Год назад качество у тех же учеников было {then}, теперь {now}."),
    }
}

/// Says how lessons, programme, works and records stand, a sentence each.
fn work(quarter: &Quarter<'_>) -> Option<String> {
    let mut said = Vec::new();
    said.extend(absences::lack(quarter).is_none().then(|| conclusions::of_absences(quarter)));
    said.extend(conclusions::of_programme(quarter));
    said.extend((works::sum(quarter).works > 0).then(|| conclusions::of_works(quarter)));
    let found = records::violations(&records::findings(quarter, quarter.data.term));
    let lessons = records::lessons_held(quarter, quarter.data.term);
    if lessons > 0 {
        said.push(format!(
            "Нарушений в ведении журнала {}, на 100 уроков {}.",
            format::thousands(found),
            records::rate(found, lessons)
        ));
    }
    (!said.is_empty()).then(|| said.join(" "))
}

/// The head of a note of in-school control: what the journal knows is filled in, the rest is ruled.
fn head_of_note(quarter: &Quarter<'_>, paper: &mut Paper) {
    let as_of = format::date(quarter.data.context.as_of);
    let rows = [
        (
            "Что проверялось",
            "итоги обучения, движение, пропуски, выполнение программы, контрольные работы, ведение журнала"
                .to_owned(),
        ),
        (
            "Цель",
            "уровень успеваемости и качества знаний, причины их изменения, кому из учеников нужна помощь"
                .to_owned(),
        ),
        (
            "Форма, методы",
            format!("обобщающий контроль; анализ электронного журнала по состоянию на {as_of}"),
        ),
        (
            "Основание",
            "план внутришкольного контроля, п. ________; приказ от ______________ № ________".to_owned(),
        ),
    ];
    let rows = rows.map(|(title, said)| row(vec![title.to_owned(), said]));
    paper.table(&table(vec![text("Справка по ВШК", 34.0), text("", 146.0)], rows.into()));
}
