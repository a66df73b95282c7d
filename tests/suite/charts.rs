//! Charts: readable in grey, every label a text, nothing missing drawn as 0, in PDF, HTML and XLSX alike.

use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};
use jiff::civil::date;
use letopis::render::charts::ink::{self, Fill, LEAST_CONTRAST, WHITE};
use letopis::render::charts::picture::{Anchor, Area, Picture, Words};
use letopis::render::charts::{Chart, Kind, Row, Unit, Value};
use letopis::render::html;
use letopis::render::paper::{Frame, Paper};
use letopis::render::pdf::{PdfJob, Template, page_texts, typeset_alone};
use letopis::render::workbook::{Book, Sheet, write};

#[path = "../../examples/charts/samples.rs"]
mod samples;

const PAGE: Template = Template {
    name: "charts-test.typ",
    source: "#import \"blocks.typ\": flow, paper\n#let data = json(\"/data.json\")\n#show: paper.with(data)\n#flow(data.blocks)\n",
};
const INCLUDED: &str = "{% for chart in charts %}{% include \"charts.html\" %}{% endfor %}";

fn job(charts: &[Chart]) -> PdfJob {
    let mut paper = Paper::default();
    charts.iter().for_each(|chart| paper.chart(chart));
    let frame =
        Frame { title: "Диаграммы", head: "", foot: "", date: date(2025, 11, 1), ident: "charts" };
    paper.into_job(PAGE, frame, "charts.pdf").expect("the view is JSON")
}

fn page(charts: &[Chart]) -> String {
    let views: Vec<_> =
        charts.iter().enumerate().map(|(at, chart)| chart.page_view(&format!("c{at}"))).collect();
    html::fill("charts-test.html", INCLUDED, &serde_json::json!({ "charts": views }))
        .expect("template and view fit")
}

fn book(charts: Vec<Chart>) -> Vec<u8> {
    let sheets = vec![Sheet::of_charts("Графики", "Графики", Vec::new(), charts)];
    write(&Book { title: "Графики".to_owned(), created_on: date(2025, 11, 1), sheets }).expect("a workbook")
}

/// The parts of a workbook whose names begin so.
fn parts(document: &[u8], begin: &str) -> Vec<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(document)).expect("an XLSX is a ZIP");
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("a part of it");
        if file.name().expect("a part has a name").starts_with(begin) {
            let mut text = String::new();
            file.read_to_string(&mut text).expect("a part is XML");
            parts.push(text);
        }
    }
    parts
}

fn pictures() -> Vec<Picture> {
    samples::all().iter().flat_map(|chart| chart.pictures(180.0, 240.0)).collect()
}

fn labels(chart: &Chart) -> Vec<String> {
    match &chart.kind {
        Kind::Bars { rows, .. } | Kind::Intervals { rows, .. } => {
            rows.iter().map(|row| row.label.clone()).collect()
        }
        Kind::Stacks { rows, parts } => {
            rows.iter().map(|row| row.label.clone()).chain(parts.clone()).collect()
        }
        Kind::Slopes { lines: rows, points: others } | Kind::Heat { rows, columns: others } => {
            rows.iter().map(|row| row.label.clone()).chain(others.clone()).collect()
        }
    }
}

/// Text without what a line break may change.
fn bare(text: &str) -> String {
    text.chars()
        .filter(|sign| !sign.is_whitespace() && !matches!(sign, '\u{200b}' | '\u{ad}' | '-'))
        .collect()
}

fn touch(one: &Area, two: &Area) -> bool {
    let ([x, y, width, height], [to_x, to_y, to_width, to_height]) = (one.place, two.place);
    let share = |from: f64, length: f64, to: f64, to_length: f64| {
        (from + length).min(to + to_length) - from.max(to) > 0.05
    };
    let meet = |from: f64, length: f64, to: f64, to_length: f64| {
        (from + length - to).abs() < 0.05 || (to + to_length - from).abs() < 0.05
    };
    meet(x, width, to_x, to_width) && share(y, height, to_y, to_height)
        || meet(y, height, to_y, to_height) && share(x, width, to_x, to_width)
}

#[test]
fn fills_that_touch_differ_three_to_one_in_grey_or_by_hatching() {
    let mut pairs = 0;
    for picture in pictures() {
        for (at, one) in picture.areas.iter().enumerate() {
            for two in picture.areas[at + 1..].iter().filter(|two| touch(one, two)) {
                assert!(ink::differ(one.fill, two.fill), "{one:?} {two:?}");
                pairs += 1;
            }
        }
    }
    assert!(pairs > 100, "the samples hold parts that touch: {pairs}");
}

#[test]
fn every_area_and_line_of_data_stands_out_from_the_paper_in_grey() {
    for picture in pictures() {
        for area in &picture.areas {
            let stands_out = match area.fill {
                Fill::Plain(colour) => colour.grey().contrast(WHITE) >= LEAST_CONTRAST,
                Fill::Hatch(_) => true,
            };
            assert!(stands_out || area.is_outlined, "{area:?}");
        }
        for line in &picture.lines {
            let is_faint = line.colour.grey().contrast(WHITE) < LEAST_CONTRAST;
            // The lines at points in time and under panels say nothing alone.
            assert!(!is_faint || line.colour == ink::GRID, "{line:?}");
        }
        assert!(picture.words.iter().all(|words| words.colour.grey().contrast(WHITE) >= 4.5));
    }
}

/// Left, upper, right, lower edge of words that run to the right.
fn edges(words: &Words) -> [f64; 4] {
    let left = match words.anchor {
        Anchor::Start => words.x,
        Anchor::Middle => words.x - words.width() / 2.0,
        Anchor::End => words.x - words.width(),
    };
    // A capital is 0.72 of the size high.
    [left, words.y - words.size * 0.25, left + words.width(), words.y]
}

#[test]
fn no_words_stand_on_others_or_leave_the_picture() {
    for picture in pictures() {
        let boxes: Vec<([f64; 4], &str)> =
            picture.words.iter().map(|one| (edges(one), one.text.as_str())).collect();
        for (at, ([left, top, right, bottom], text)) in boxes.iter().enumerate() {
            assert!(
                *left > -0.1 && *right < picture.width + 0.1,
                "{text} from {left} to {right} of {}",
                picture.width
            );
            assert!(
                *top > -0.1 && *bottom < picture.height + 0.1,
                "{text} at {bottom} of {}",
                picture.height
            );
            for ([other, over, end, under], beside) in &boxes[at + 1..] {
                let apart = *right <= other + 0.05
                    || *end <= left + 0.05
                    || *bottom <= over + 0.05
                    || *under <= top + 0.05;
                assert!(apart, "«{text}» stands on «{beside}»");
            }
        }
    }
}

#[test]
fn every_label_can_be_searched_in_the_pdf_and_on_the_page() {
    for chart in samples::all() {
        let texts = page_texts(job(std::slice::from_ref(&chart))).expect("the chart is set");
        let printed = bare(&texts.concat().concat());
        let shown = page(std::slice::from_ref(&chart));
        for label in labels(&chart) {
            // Upward titles are read in pieces; each of their words is there.
            for word in label.split_whitespace() {
                assert!(printed.contains(&bare(word)), "{word} of {} is not in the PDF", chart.title);
            }
            assert!(shown.contains(&label), "{label} is not on the page");
        }
        assert!(printed.contains(&bare(&chart.title)) && shown.contains(&chart.title));
    }
}

#[test]
fn numbers_stand_beneath_and_in_words_for_those_who_do_not_see() {
    for chart in samples::all() {
        let shown = page(std::slice::from_ref(&chart));
        let alt = chart.alt();
        assert!(alt.contains(&chart.title) && alt.ends_with("под рисунком."), "{alt}");
        assert_eq!(shown.matches("role=\"img\"").count(), chart.pictures(180.0, 4000.0).len());
        if !chart.table().rows.is_empty() {
            assert!(shown.contains("<table"), "{}", chart.title);
        }
        for (label, cells, _) in chart.table().rows {
            assert!(shown.contains(&format!("<th scope=\"row\">{label}</th>")), "{label}");
            assert!(cells.iter().all(|cell| !cell.text.is_empty()), "{label}: every cell says something");
        }
    }
}

fn bar(label: &str, value: Option<Value>) -> Row {
    Row { label: label.to_owned(), value, is_total: false }
}

fn bars(rows: Vec<Row>) -> Chart {
    Chart {
        title: "Качество".to_owned(),
        subtitle: "I четверть".to_owned(),
        rows_title: "Класс".to_owned(),
        value_title: "Качество, %".to_owned(),
        unit: Unit::PERCENT,
        notes: Vec::new(),
        kind: Kind::Bars { rows, reference: None },
    }
}

#[test]
fn what_is_missing_is_a_gap_that_says_so_and_nothing_is_a_bar_of_no_length() {
    let chart = bars(vec![
        bar("5А", Value::share(0, 20)),
        bar("5Б", Value::share(0, 0)),
        bar("5В", Value::share(20, 20)),
    ]);
    let [picture] = chart.pictures(180.0, 240.0).try_into().expect("one picture");
    let lengths: Vec<f64> = picture.areas.iter().map(|area| area.place[2]).collect();
    assert!(lengths.len() == 2 && lengths[0] == 0.0 && lengths[1] > 100.0, "{lengths:?}");
    let texts: Vec<&str> = picture.words.iter().map(|words| words.text.as_str()).collect();
    let said = |text: &str| texts.iter().filter(|one| one.replace('\u{a0}', " ") == text).count();
    assert_eq!([said("нет данных"), said("0,0 % (0 из 20)"), said("100,0 % (20 из 20)")], [1, 1, 1]);
}

#[test]
fn a_missing_number_is_an_empty_cell_that_the_native_chart_leaves_out() {
    let chart = bars(vec![bar("5А", Value::share(0, 20)), bar("5Б", None)]);
    let document = book(vec![chart]);
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(&document)).expect("an XLSX");
    let range = workbook.worksheet_range("Графики").expect("the sheet is there");
    let cell = |label: &str| {
        let row =
            range.rows().find(|row| row[0] == Data::String(label.to_owned())).expect("the row is there");
        row[1].clone()
    };
    assert_eq!((cell("5А"), cell("5Б")), (Data::Float(0.0), Data::Empty));
    let [native] = parts(&document, "xl/charts/chart").try_into().expect("one chart");
    assert!(native.contains("<c:dispBlanksAs val=\"gap\"/>"), "{native}");
}

#[test]
fn native_charts_have_words_patterns_and_intervals() {
    let charts = samples::all();
    let document = book(charts.clone());
    let natives = parts(&document, "xl/charts/chart");
    let drawing = parts(&document, "xl/drawings/drawing").concat();
    assert_eq!(drawing.matches("descr=\"").count(), natives.len(), "each has an alternative text");
    let is_drawn =
        |chart: &&Chart| !matches!(chart.kind, Kind::Heat { .. }) && !chart.table().rows.is_empty();
    for chart in charts.iter().filter(is_drawn) {
        let sentence = chart.alt().split(". ").next().expect("a sentence").replace('"', "&quot;");
        assert!(drawing.contains(&sentence), "{sentence}");
    }
    let stacks = natives.iter().find(|one| one.contains("percentStacked")).expect("parts of a whole");
    assert_eq!(stacks.matches("<a:pattFill").count(), 2, "«4» and «3» are hatched");
    let intervals = natives.iter().find(|one| one.contains("<c:errBars>")).expect("intervals");
    assert!(intervals.contains("<c:errValType val=\"cust\"/>"));
    assert!(natives.iter().any(|one| one.contains("<a:prstDash")), "lines differ by their dashes");
}

#[test]
fn no_text_of_a_chart_is_markup_or_a_formula() {
    let hostile = "<b>\"5'А\"</b> & =1+1!A1 \u{202e}я";
    let mut chart = bars(vec![bar(hostile, Value::share(12, 20)), bar("=Графики!$A$1", Value::share(1, 20))]);
    chart.title = "=Графики!$A$1".to_owned();
    let shown = page(std::slice::from_ref(&chart));
    assert!(!shown.contains("<b>\"5") && !shown.contains('\u{202e}') && shown.contains("U+202E"));
    let svg =
        shown.split("</figcaption>").nth(1).and_then(|rest| rest.split("</svg>").next()).expect("an SVG");
    let whole = format!("{svg}</svg>");
    let mut svg = quick_xml::Reader::from_str(&whole);
    while svg.read_event().expect("well-formed SVG") != quick_xml::events::Event::Eof {}
    let native = parts(&book(vec![chart.clone()]), "xl/charts/chart").concat();
    let formulas: Vec<&str> =
        native.split("<c:f>").skip(1).filter_map(|rest| rest.split("</c:f>").next()).collect();
    assert!(formulas.iter().all(|one| one.contains(':') || one.contains("$B$")), "{formulas:?}");
    page_texts(job(&[chart])).expect("a PDF with hostile texts is set");
}

#[test]
fn the_same_charts_are_the_same_bytes() {
    let make = || {
        let charts = samples::all();
        let pdf = typeset_alone(job(&charts[..6])).expect("set").bytes;
        (pdf, page(&charts), book(charts))
    };
    let (one, two) = (make(), make());
    assert!(one.0 == two.0, "PDF");
    assert!(one.1 == two.1, "HTML");
    assert!(one.2 == two.2, "XLSX");
}

#[test]
fn nothing_one_row_and_sixty_rows_have_pictures() {
    assert_eq!(bars(Vec::new()).pictures(180.0, 240.0).len(), 1, "an empty chart says so");
    let many = |count: u64| {
        bars((0..count).map(|at| bar(&format!("{at}-й класс"), Value::share(at % 25, 25))).collect())
    };
    assert_eq!(many(1).pictures(180.0, 240.0).len(), 1);
    let pictures = many(60).pictures(180.0, 240.0);
    assert!(pictures.len() == 2 && pictures.iter().all(|picture| picture.height <= 240.0));
    let bars: usize = pictures.iter().map(|picture| picture.areas.len()).sum();
    assert_eq!(bars, 60);
}
