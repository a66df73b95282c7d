//! The inventory (внутренняя опись) of an archive package: as CSV for programs and as PDF to print, sign and
//! put on top.

use std::sync::Arc;

use anyhow::Result;
use jiff::civil::Date;

use crate::bagit::manifest::PayloadEntry;
use crate::base::files::{Document, table_to_open};
use crate::base::folders::{INVENTORY, INVENTORY_PDF, of_payload};
use crate::render::drawing::Align;
use crate::render::format;
use crate::render::paper::{Frame, Look, Paper};
use crate::render::pdf::{PdfJob, Template, TemplateFault, Templates, TypesetError, typeset_alone};
use crate::render::table::{Column, Row, Table};

/// Its template.
pub const TEMPLATE: Template =
    Template { name: "inventory.typ", source: include_str!("../../templates/inventory.typ") };
const TITLE: &str = "Внутренняя опись документов дела";

/// The inventory in both forms.
pub struct Lists {
    /// For programs and for people.
    pub documents: [Document; 2],
    /// What the PDF was set from.
    pub job: PdfJob,
    /// What is wrong with the school's template, where the program's was taken in its place: a package needs its inventory.
    pub fault: Option<TemplateFault>,
}

/// Lists a payload: number, file, pages, bytes, digest. `info` is the bag's `bag-info.txt`, which names the
/// school. Neither list includes itself or the other: the manifests hold their digests.
///
/// # Errors
/// When the PDF cannot be typeset, which is a defect of the program.
pub fn inventory(
    info: &[(String, String)],
    payload: &[PayloadEntry],
    pages: impl Fn(&str) -> Option<usize>,
    templates: &Arc<Templates>,
) -> Result<Lists> {
    let mut sorted: Vec<&PayloadEntry> = payload.iter().collect();
    sorted.sort_by(|a, b| a.path.cmp(&b.path));
    let lines: Vec<(&PayloadEntry, usize)> =
        sorted.into_iter().map(|entry| (entry, pages(&entry.path).unwrap_or_default())).collect();
    let job = PdfJob { templates: Arc::clone(templates), ..job(info, &lines)? };
    let (pdf, fault) = match typeset_alone(job.clone()) {
        Ok(pdf) => (pdf, None),
        Err(TypesetError { template: Some(fault), .. }) => {
            (typeset_alone(PdfJob { templates: Arc::default(), ..job.clone() })?, Some(fault))
        }
        Err(error) => return Err(error.into()),
    };
    let documents = [Document::new(INVENTORY, csv(&lines)?), Document::new(INVENTORY_PDF, pdf.bytes)];
    Ok(Lists { documents, job, fault })
}

fn csv(lines: &[(&PayloadEntry, usize)]) -> Result<Vec<u8>> {
    let mut csv = table_to_open(b',');
    csv.write_record(["№", "файл", "страниц", "байтов", "sha256"])?;
    for (number, (PayloadEntry { path, checksums, .. }, pages)) in (1..).zip(lines) {
        let bytes = checksums.bytes.to_string();
        csv.write_record([&number.to_string(), path, &counted(*pages), &bytes, &checksums.sha256])?;
    }
    Ok(csv.into_inner()?)
}

/// Returns a page count as text; empty for a file without pages.
fn counted(pages: usize) -> String {
    if pages > 0 { pages.to_string() } else { String::new() }
}

fn job(info: &[(String, String)], lines: &[(&PayloadEntry, usize)]) -> serde_json::Result<PdfJob> {
    let value = |label: &str| {
        let found = info.iter().find(|(own, value)| own.eq_ignore_ascii_case(label) && !value.is_empty());
        found.map(|(_, value)| value.as_str())
    };
    let day: Option<Date> = value("Bagging-Date").and_then(|day| day.parse().ok());
    let day = day.unwrap_or(Date::constant(1970, 1, 1));
    let foot = format!("Данные на {}", format::date(day));
    let mut paper = Paper::default();
    if let Some(school) = value("Source-Organization") {
        paper.paragraph(Look::Text, school);
    }
    paper.heading(1, TITLE);
    let title = value("External-Description").unwrap_or_default();
    let facts = [
        ("", "External-Description"),
        ("Шифр: ", "External-Identifier"),
        ("Срок хранения, лет: ", "Retention-Years"),
    ];
    for (label, tag) in facts {
        if let Some(value) = value(tag) {
            paper.paragraph(Look::Strong, &format!("{label}{value}"));
        }
    }
    if let (Some(edition), Some(reason)) = (value("Edition"), value("Edition-Reason")) {
        paper.paragraph(
            Look::Text,
            &format!("Издание {edition}. Причина: {reason}. Что изменилось — data/изменения.csv."),
        );
    }
    if let Some(text) = absent(info) {
        paper.paragraph(Look::Strong, &text);
    }
    paper.gap(1.0);
    paper.table(&table(lines));
    closing(&mut paper, lines);
    let whole = format!("{TITLE}. {title}");
    let ident = format!("letopis inventory {title}");
    let frame = Frame { title: &whole, head: title, foot: &foot, date: day, ident: &ident };
    paper.into_job(TEMPLATE, frame, INVENTORY_PDF)
}

/// Returns which documents the record file lacks, and the reason where somebody gave one.
fn absent(info: &[(String, String)]) -> Option<String> {
    let named = |label: &'static str| {
        info.iter().filter(move |(own, _)| own == label).map(|(_, value)| value.as_str())
    };
    let absent: Vec<&str> = named("Document-Absent").map(|path| of_payload(path).unwrap_or(path)).collect();
    let reason = named("Incomplete-Reason").next();
    if absent.is_empty() && reason.is_none() {
        return None;
    }
    let mut text = "ДЕЛО НЕПОЛНО.".to_owned();
    if !absent.is_empty() {
        text.push_str(&format!(" Нет документов: {}.", absent.join(", ")));
    }
    text.push_str(&format!(" Причина: {}", reason.unwrap_or("не названа")));
    Some(text)
}

fn table(lines: &[(&PayloadEntry, usize)]) -> Table {
    let columns = vec![
        Column::new("№ п/п", 11.0, Align::Right),
        Column::new("Файл в папке data", 71.0, Align::Left),
        Column::new("Страниц", 17.0, Align::Right),
        Column::new("Байтов", 22.0, Align::Right),
        Column::new("SHA-256", 59.0, Align::Left),
    ];
    let row = |(number, (PayloadEntry { path, checksums, .. }, pages)): (usize, &(&PayloadEntry, usize))| {
        // The digest is split in two, so that it can be compared by eye and no line breaks at an arbitrary
        // place.
        let (first, second) = checksums.sha256.split_at_checked(32).unwrap_or_default();
        let bytes = format::thousands(usize::try_from(checksums.bytes).unwrap_or(usize::MAX));
        let file = of_payload(path).unwrap_or(path).to_owned();
        Row {
            cells: vec![number.to_string(), file, counted(*pages), bytes, format!("{first} {second}")],
            ..Row::default()
        }
    };
    let rows = (1..).zip(lines).map(row).collect();
    Table::plain(columns, rows, 8.0)
}

fn closing(paper: &mut Paper, lines: &[(&PayloadEntry, usize)]) {
    let pages: usize = lines.iter().map(|(_, pages)| pages).sum();
    let count = lines.len();
    let files = format::plural(count, ["файл", "файла", "файлов"]);
    let total = format!("Итого {count} ({}) {files}", format::words(count, format::Gender::Masculine));
    let printed =
        format!(", страниц в документах {pages} ({}).", format::words(pages, format::Gender::Feminine));
    paper.paragraph(Look::Strong, &(total + &printed));
    paper.paragraph(
        Look::Small,
        "Суммы самой описи записаны в manifest-sha256.txt и manifest-sha512.txt рядом с папкой data.",
    );
    paper.gap(6.0);
    paper.together(|paper| {
        paper.paragraph(
            Look::Text,
            "Опись составил ________________________  ______________ /____________________/",
        );
        paper.paragraph(Look::Small, "(должность, подпись, расшифровка)");
        paper.paragraph(Look::Text, "«____» ______________ 20____ г.");
    });
}
