//! The views of documents, with the templates and fonts that plain typst needs to set the same pages: for whoever
//! restyles a paper (`--keep-data`).

use std::collections::{BTreeMap, BTreeSet};

use super::pdf::{PdfJob, SHELF, Standard, Template, Templates, kept_view};
use crate::base::files::Document;
use crate::base::signs::font_files;

/// Folder of the views, beside the documents.
const FOLDER: &str = "views";

const LICENCES: [(&str, &str); 2] = [
    ("LICENSE-Liberation.txt", include_str!("../../fonts/LICENSE-Liberation.txt")),
    ("LICENSE-Noto.txt", include_str!("../../fonts/LICENSE-Noto.txt")),
];

/// A view that was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The template that prints it.
    template: Template,
    /// The flavour of PDF/A its document has.
    standard: Standard,
}

/// Views by the paths of their documents.
pub type Views = BTreeMap<String, Kept>;

/// Returns where the view of a document stands beside the documents.
pub fn path_of(document: &str) -> String {
    format!("{FOLDER}/{}", inside(document))
}

fn inside(document: &str) -> String {
    format!("{}.json", document.strip_suffix(".pdf").unwrap_or(document))
}

impl Kept {
    /// Says how the view of a job is set.
    pub fn of(job: &PdfJob) -> Self {
        Self { template: job.template, standard: job.standard }
    }
}

/// Returns the view of a document that stands alone, and what stands beside it.
///
/// # Errors
/// When the view is no JSON object: a fault of the program.
pub fn of_one(job: &PdfJob) -> serde_json::Result<Vec<Document>> {
    let mut documents = vec![Document::new(path_of(&job.path), kept_view(job)?)];
    documents.extend(files(&job.templates, &Views::from([(job.path.clone(), Kept::of(job))])));
    Ok(documents)
}

/// Returns what stands beside the views: templates as they were used, fonts, and how a page is set from them.
pub fn files(templates: &Templates, views: &Views) -> Vec<Document> {
    let used: BTreeMap<&str, Template> =
        views.values().map(|kept| (kept.template.name, kept.template)).collect();
    let shipped = SHELF.into_iter().chain(used.into_values());
    let mut texts: BTreeMap<&str, &[u8]> =
        shipped.map(|template| (template.name, template.source.as_bytes())).collect();
    texts.extend(templates.own());
    let template = |(name, bytes): (&str, &[u8])| Document::new(format!("{FOLDER}/templates/{name}"), bytes);
    let licences = LICENCES.iter().map(|(name, text)| (*name, text.as_bytes()));
    let font = |(name, bytes): (&str, &[u8])| Document::new(format!("{FOLDER}/fonts/{name}"), bytes);
    let mut files: Vec<Document> = texts.into_iter().map(template).collect();
    files.extend(font_files().chain(licences).map(font));
    files.push(Document::new(format!("{FOLDER}/ЧИТАЙ-МЕНЯ.txt"), readme(views)));
    files
}

/// Says how a page is set: an example for every template, then the template of every view.
fn readme(views: &Views) -> String {
    let mut shown = BTreeSet::new();
    let first = views.iter().filter(|(_, kept)| shown.insert(kept.template.name));
    let examples: String = first.map(|(document, kept)| command(document, *kept)).collect();
    let list: String = views.iter().map(|(document, kept)| line(document, *kept)).collect();
    let fonts: String = font_files().map(|(name, _)| format!("    {name}\n")).collect();
    format!(
        "Здесь данные каждого документа (JSON), шаблоны, по которым он напечатан, и шрифты. Так оформление проверяют и правят\n\
         без letopis, программой typst (https://typst.app, версия 0.15). Данные — личные сведения, как и сами документы.\n\n\
         Команды выполняют в папке, в которой лежит эта ({FOLDER}):\n\n{examples}\n\
         Исправленный шаблон положите под тем же именем в свою папку и назовите её в той же команде, которая делает бумагу:\n    \
         letopis … --templates ПАПКА\n\
         В папке нужны только исправленные файлы. Картинки (герб, логотип) лежат в ней же.\n\n\
         Страницы, которые в данных названы drawn, рисует сама программа; typst рисует их медленнее.\n\n\
         Шрифты (папка fonts, других документам не нужно):\n{fonts}\n\
         Данные и их шаблоны:\n{list}"
    )
}

fn command(document: &str, kept: Kept) -> String {
    let name = document.rsplit('/').next().unwrap_or(document);
    let standard = match kept.standard {
        Standard::Compact => "a-2u --no-pdf-tags",
        Standard::Tagged => "a-2a",
    };
    format!(
        "    typst compile --root {FOLDER} --font-path {FOLDER}/fonts --ignore-system-fonts --pdf-standard {standard} --input \
         view=/{} {FOLDER}/templates/{} {name}\n",
        inside(document),
        kept.template.name
    )
}

fn line(document: &str, kept: Kept) -> String {
    format!("    {} — {}\n", inside(document), kept.template.name)
}
