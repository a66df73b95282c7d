//! A sheet with a chart of every kind in each medium, to be looked at: `cargo run --example charts -- FOLDER`.
//!
//! Writes `charts.pdf`, `charts.html` and `charts.xlsx`.

// What is looked at is not an output of a build.
#![allow(clippy::disallowed_methods)]

mod samples;

use std::path::PathBuf;

use anyhow::{Context, Result};
use jiff::civil::date;
use letopis::render::charts::{Chart, Kind};
use letopis::render::html;
use letopis::render::paper::{Frame, Paper};
use letopis::render::pdf::{Template, typeset_alone};
use letopis::render::workbook::{Book, Sheet, write};

const PAGE: Template = Template {
    name: "charts-sample.typ",
    source: "#import \"blocks.typ\": flow, paper\n#let data = json(\"/data.json\")\n#show: paper.with(data)\n#flow(data.blocks)\n",
};
const HTML: &str = "{% extends \"base.html\" %}{% block title %}{{ title }}{% endblock %}{% block body %}<header><h1>{{ title }}</h1></header>\
<main>{% for chart in charts %}{% include \"charts.html\" %}{% endfor %}</main>{% endblock %}";
const TITLE: &str = "Диаграммы всех видов";

fn main() -> Result<()> {
    let folder = PathBuf::from(std::env::args().nth(1).context("usage: charts FOLDER")?);
    std::fs::create_dir_all(&folder)?;
    let charts = samples::all();
    std::fs::write(folder.join("charts.pdf"), pdf(&charts)?)?;
    std::fs::write(folder.join("charts.html"), page(&charts)?)?;
    std::fs::write(folder.join("charts.xlsx"), book(charts)?)?;
    println!("{}", folder.display());
    Ok(())
}

fn pdf(charts: &[Chart]) -> Result<Vec<u8>> {
    let mut paper = Paper::default();
    paper.heading(1, TITLE);
    for chart in charts {
        paper.chart(chart);
    }
    let frame =
        Frame { title: TITLE, head: TITLE, foot: "letopis", date: date(2025, 11, 1), ident: "charts" };
    Ok(typeset_alone(paper.into_job(PAGE, frame, "charts.pdf")?)
        .map_err(|error| anyhow::anyhow!("{error:?}"))?
        .bytes)
}

fn page(charts: &[Chart]) -> Result<String> {
    let named = |(at, chart): (usize, &Chart)| chart.page_view(&format!("chart{at}"));
    let charts: Vec<_> = charts.iter().enumerate().map(named).collect();
    html::fill("charts-sample.html", HTML, &serde_json::json!({ "title": TITLE, "charts": charts }))
}

fn book(charts: Vec<Chart>) -> Result<Vec<u8>> {
    let is_heat = |chart: &Chart| matches!(chart.kind, Kind::Heat { .. });
    let (heat, others): (Vec<Chart>, Vec<Chart>) = charts.into_iter().partition(is_heat);
    let sheets = vec![
        Sheet::of_charts(
            "Графики",
            TITLE,
            vec!["Каждый график построен по числам под ним.".to_owned()],
            others,
        ),
        Sheet::of_charts("Матрицы", "Таблицы с заливкой", Vec::new(), heat),
    ];
    write(&Book { title: TITLE.to_owned(), created_on: date(2025, 11, 1), sheets })
}
