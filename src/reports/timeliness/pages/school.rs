//! The director's page: what was not run, the eight directions, what to look at, the year by weeks. One page.

use super::super::figures::{DirectionLine, NOTHING, Week};
use super::super::phrases::{count_or_blank, mended, not_run, ran, share, unjudged};
use super::super::{Counts, Timeliness};
use super::attention;
use super::parts::{count, row, table, text};
use crate::render::drawing::{Align, Drawing, Shade, Weight, sans, word};
use crate::render::format;
use crate::render::paper::{Look, Paper, Version, WIDTH};
use crate::render::table::{Row, Span, Table};
use crate::reports::common::signatures;
use crate::reports::gaps;

/// Height of the chart in millimetres, with title and legend; the bars have the rest.
const CHART: f64 = 24.0;
const CHART_FRAME: f64 = 11.0;

/// How much of the page's parts is shown: the parts are shortened in this order until the page fits.
#[derive(Clone, Copy)]
struct Cut {
    /// Lines about what was not run; the next page has all of them if they are shortened here.
    not_run: usize,
    /// Rows of the part that asks for attention.
    attention: usize,
    /// Whether the chart is shown here; the HTML page and the workbook always have it.
    chart: bool,
}

/// From everything down to what always fits, however many people sign and however few rules ran.
const CUTS: [Cut; 11] = [
    Cut { not_run: 40, attention: 12, chart: true },
    Cut { not_run: 40, attention: 8, chart: true },
    Cut { not_run: 12, attention: 8, chart: true },
    Cut { not_run: 8, attention: 6, chart: true },
    Cut { not_run: 6, attention: 5, chart: true },
    Cut { not_run: 6, attention: 4, chart: true },
    Cut { not_run: 6, attention: 6, chart: false },
    Cut { not_run: 6, attention: 4, chart: false },
    Cut { not_run: 4, attention: 3, chart: false },
    Cut { not_run: 2, attention: 2, chart: false },
    Cut { not_run: 1, attention: 0, chart: false },
];

/// Prints the page on one page. If the list of what was not run is shortened, the next page has it in full.
/// Only typesetting shows how much a page holds: the template takes the fullest version that fits.
pub(super) fn page(report: &Timeliness<'_>, paper: &mut Paper) {
    let lines = not_run(report);
    let version = |cut: Cut| {
        let mut version = Version::default();
        lay(report, &mut version.page, cut);
        if lines.len() > cut.not_run {
            version.then.heading(1, "Полнота проверки");
            lines.iter().for_each(|line| version.then.indented(Look::Text, 3.0, &format!("• {line}")));
        }
        version
    };
    paper.first_that_fits(CUTS.map(version).into());
}

fn lay(report: &Timeliness<'_>, paper: &mut Paper, cut: Cut) {
    let context = report.context;
    paper.heading(1, "Полнота и своевременность ведения журнала: школа");
    let school = &context.journal.school;
    let name = school.full_name();
    paper.paragraph(Look::Note, &format!("{name}. По состоянию на {}", format::date_long(context.as_of)));
    paper.gap(1.0);
    what_was_not_run(report, paper, cut.not_run);
    directions(report, paper);
    attention::lay(report, paper, cut.attention);
    if cut.chart {
        chart(report, paper);
    }
    signatures(report, paper);
}

fn what_was_not_run(report: &Timeliness<'_>, paper: &mut Paper, shown: usize) {
    let lines = not_run(report);
    paper.paragraph(Look::Strong, &format!("Полнота проверки. {}", ran(report)));
    if !lines.is_empty() {
        for line in lines.iter().take(shown) {
            paper.indented(Look::Note, 3.0, &format!("• {line}"));
        }
        if lines.len() > shown {
            let rest = lines.len() - shown;
            paper.indented(
                Look::Note,
                3.0,
                &format!("• и ещё причин: {rest}; полный список — на следующей странице"),
            );
        }
        paper.paragraph(Look::Note, gaps::NO_ORDER);
    }
    if let Some(said) = unjudged(report) {
        paper.paragraph(Look::Note, &said);
    }
    paper.gap(1.5);
}

fn directions(report: &Timeliness<'_>, paper: &mut Paper) {
    paper.table(&directions_table(report));
    paper.paragraph(Look::Note, &lessons_note(report));
    if let Some(said) = mended(report) {
        paper.paragraph(Look::Strong, &said);
    }
    paper.gap(1.0);
}

/// Returns the table of the directions of control.
pub(in super::super) fn directions_table(report: &Timeliness<'_>) -> Table {
    let title = |at: usize| report.stretches[at].as_ref().map_or("—".to_owned(), |one| short(&one.title));
    let mut rows: Vec<Row> = Vec::new();
    for (index, line) in report.directions.iter().enumerate() {
        rows.push(direction(index, line));
    }
    rows.push(total(report));
    let columns = vec![
        text("№", 6.0),
        text("Направление контроля", 62.0),
        count("Проверено записей", 19.0),
        count("Нарушений", 19.0),
        count("Доля", 13.0),
        count("К сведению", 17.0),
        count("Нельзя проверить", 15.0),
        count(&title(1), 14.5),
        count(&title(0), 14.5),
    ];
    let mut table = table(columns, rows, 8.0);
    table.spans =
        vec![Span { title: String::new(), columns: 7 }, Span { title: "За период".to_owned(), columns: 2 }];
    table
}

/// Returns «3 четв.» for «3 четверть»: the columns are narrow, and the note below has the whole title.
fn short(title: &str) -> String {
    title.replace("четверть", "четв.").replace("полугодие", "п/г").replace("триместр", "тр.")
}

fn direction(index: usize, line: &DirectionLine) -> Row {
    let number =
        if index < crate::rules::Direction::REGULATED { (index + 1).to_string() } else { String::new() };
    let mut title = line.direction.title().to_owned();
    if index >= crate::rules::Direction::REGULATED {
        title = format!("Кроме восьми направлений: {}", title.to_lowercase());
    }
    let counts = line.counts;
    let not_run = if line.not_run > 0 {
        format!(". Не выполнено проверок: {}", line.not_run)
    } else {
        String::new()
    };
    // If no check of a direction ran, there is nothing to count: a zero would look like a clean result.
    if line.is_silent() {
        return row([vec![number, title + &not_run], vec![NOTHING.to_owned(); 7]].concat());
    }
    row(vec![
        number,
        title + &not_run,
        format::thousands(line.examined),
        format::thousands(counts.violations),
        share(counts.violations, line.examined),
        format::thousands(counts.notices),
        count_or_blank(line.unjudged),
        line.before.violations.to_string(),
        line.now.violations.to_string(),
    ])
}

fn total(report: &Timeliness<'_>) -> Row {
    let sum = |part: fn(&DirectionLine) -> usize| report.directions.iter().map(part).sum::<usize>();
    let (examined, violations) = (sum(|line| line.examined), sum(|line| line.counts.violations));
    let cells = vec![
        String::new(),
        "Всего".to_owned(),
        format::thousands(examined),
        format::thousands(violations),
        share(violations, examined),
        format::thousands(sum(|line| line.counts.notices)),
        count_or_blank(sum(|line| line.unjudged)),
        sum(|line| line.before.violations).to_string(),
        sum(|line| line.now.violations).to_string(),
    ];
    Row { cells, is_bold: true, ..Row::default() }
}

/// Returns the two terms and the number of lessons in each, because counts of unequal terms must not be
/// compared blindly.
pub(in super::super) fn lessons_note(report: &Timeliness<'_>) -> String {
    let violations = |now: bool| -> usize {
        report
            .directions
            .iter()
            .map(|line| if now { line.now.violations } else { line.before.violations })
            .sum()
    };
    let said = |at: usize| {
        let one = report.stretches[at].as_ref()?;
        let rate = share_of_hundred(violations(at == 0), one.lessons);
        let (from, to) = (format::date(one.span.from), format::date(one.last));
        Some(format!(
            "{} ({from} – {to}): уроков {}, нарушений на 100 уроков {rate}",
            one.title,
            format::thousands(one.lessons)
        ))
    };
    let terms: Vec<String> = [1, 0].into_iter().filter_map(said).collect();
    let causes = format::thousands(report.causes.len());
    let all = format::thousands(report.total().all());
    format!(
        "Направления 1–8: Директор, п. 14; Заместители директора, п. 10. {}. Замечания дней каникул отнесены к периоду перед \
         ними. Замечаний {all}; с одной причиной объединены в одну строку, строк {causes}.",
        terms.join("; ")
    )
}

fn share_of_hundred(found: usize, lessons: usize) -> String {
    if lessons == 0 { "—".to_owned() } else { format::decimal(found as f64 * 100.0 / lessons as f64, 1) }
}

/// Draws violations and notices by week as bars.
fn chart(report: &Timeliness<'_>, paper: &mut Paper) {
    let weeks = &report.weeks;
    let most = weeks.iter().map(|week| week.counts.all()).max().unwrap_or(0);
    if most == 0 {
        return;
    }
    paper.heading(2, "Ход по неделям");
    let mut drawing = Drawing::default();
    bars(&mut drawing, weeks, most);
    paper.picture(CHART + CHART_FRAME, &bars_in_words(weeks, most), &drawing);
    let outside = report.outside().all();
    if outside > 0 {
        paper.gap(1.5);
        paper.paragraph(Look::Note, &format!("Без даты или вне учебного года, в столбцах нет: {outside}."));
    }
}

fn bars(drawing: &mut Drawing, weeks: &[Week], most: usize) {
    let step = WIDTH / weeks.len().max(1) as f64;
    let base = 3.0 + CHART;
    scale(drawing, base, most);
    for (index, week) in weeks.iter().enumerate() {
        let left = index as f64 * step;
        bar(drawing, week, [left + 0.15 * step, left + 0.85 * step], (base, CHART / most as f64));
        let is_month = index == 0 || weeks[index - 1].monday.month() != week.monday.month();
        if is_month {
            drawing.text(sans(7.0), left, base + 3.2, format::month(week.monday));
            drawing.down(Weight::Thin, left, base, base + 1.2);
        }
    }
    legend(drawing, base + 8.0);
}

/// Describes the bars in words, for readers who cannot see them.
fn bars_in_words(weeks: &[Week], most: usize) -> String {
    let peak = weeks.iter().find(|week| week.counts.all() == most).map(|week| format::date(week.monday));
    let sum = weeks.iter().fold(Counts::default(), |sum, week| sum.plus(week.counts));
    format!(
        "Столбцы по неделям учебного года: нарушений {}, к сведению {}. Больше всего, {most}, в неделю с {}.",
        sum.violations,
        sum.notices,
        peak.unwrap_or_default()
    )
}

fn scale(drawing: &mut Drawing, base: f64, most: usize) {
    drawing.across(Weight::Bold, base, 0.0, WIDTH);
    let label = format!("{most} за неделю");
    drawing.across(Weight::Thin, base - CHART, 0.0, WIDTH);
    drawing.words(sans(7.0), base - CHART - 0.8, vec![word(sans(7.0), Align::Right, 0.0, WIDTH, label)]);
}

fn bar(drawing: &mut Drawing, week: &Week, [left, right]: [f64; 2], (base, unit): (f64, f64)) {
    let middle = base - week.counts.violations as f64 * unit;
    let top = middle - week.counts.notices as f64 * unit;
    if week.counts.violations > 0 {
        drawing.fill(Shade::Dark, [left, middle, right, base]);
    }
    if week.counts.notices > 0 {
        drawing.fill(Shade::Light, [left, top, right, middle]);
    }
}

fn legend(drawing: &mut Drawing, y: f64) {
    drawing.fill(Shade::Dark, [0.0, y - 2.2, 3.0, y + 0.2]);
    drawing.text(sans(7.5), 4.0, y, "нарушения");
    drawing.fill(Shade::Light, [26.0, y - 2.2, 29.0, y + 0.2]);
    let note =
        "к сведению; неделя — та, к которой относится урок, задание, изменение или последний день периода";
    drawing.text(sans(7.5), 30.0, y, note);
}

fn signatures(report: &Timeliness<'_>, paper: &mut Paper) {
    let officials = &report.context.journal.officials;
    let deputies = officials.deputies.iter().map(|deputy| (&deputy.official, "Составил(а)"));
    let signers = deputies.chain([(&officials.director, "Ознакомлен(а)")]);
    paper.gap(2.0);
    for (official, verb) in signers.filter(|(official, _)| !official.post.is_empty()) {
        paper.paragraph(
            Look::Text,
            &signatures::line(verb, &official.post, &format::signature(&official.name)),
        );
        paper.gap(1.5);
    }
}
