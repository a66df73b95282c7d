//! Chooses the content of the two archive packages of a year: journals with all their data, and
//! summary sheets with the few tables they are based on. The two are separate, so that one can be
//! destroyed without the other.

pub mod inventory;
pub mod own_templates;
mod packed;
pub mod products;
pub mod readme;
pub(crate) mod settings;
pub mod sources;
pub(crate) mod tag_files;

pub use packed::Package;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::sync::Arc;

use anyhow::Result;
use jiff::civil::Date;
use rayon::prelude::*;

use crate::bagit::manifest::PayloadEntry;
use crate::bagit::zip::{self, Earlier};
use crate::bagit::{bag, names};
use crate::base::digest::checksums_of;
use crate::base::draft::Draft;
use crate::base::files::{Checksums, Document};
use crate::base::folders::{self, in_payload, inside, of_payload, package_folder};
use crate::base::said::{AtPlace, Tell, refuse, said};
use crate::base::series::Series;
use crate::data::csv_files::FORMULAS_NOTE;
use crate::ingest::{Bundle, POLICY_TOML, Received};
use crate::model::Journal;
use crate::outputs::{Staging, Standing};
use crate::package::inventory::inventory;
use crate::package::products::Products;
use crate::package::readme::{README, readme};
use crate::package::settings::settings;
use crate::package::sources::numbered;
use crate::package::tag_files::Making;
use crate::render::file_names::folder_name;
use crate::render::format;
use crate::render::pdf::Templates;

/// For each document a mark per page, by which pages are compared.
pub type PageMarks = BTreeMap<String, Vec<String>>;

/// The facts that a build has when it packs.
pub struct Packing<'a> {
    /// The growing outputs.
    pub staging: &'a Staging,
    /// The existing outputs of an earlier build.
    pub standing: &'a Standing,
    /// What has been written so far.
    pub products: &'a Products,
    /// The inputs as received.
    pub bundle: &'a Bundle,
    /// The journal.
    pub journal: &'a Journal,
    /// The date that the build is made for.
    pub as_of: Date,
    /// Pages of the documents that have any, by their path in the outputs.
    pub pages: &'a BTreeMap<String, usize>,
    /// The content of each page of the documents.
    pub page_marks: &'a PageMarks,
    /// Whether bags have Streebog-256 manifests too.
    pub has_streebog: bool,
    /// SHA-256 over the names and digests of all inputs.
    pub inputs_sha256: &'a str,
    /// The school's own templates: a package that was set by them holds them.
    pub templates: &'a Arc<Templates>,
    /// Paths of the documents that the year must have, whether they could be made or not.
    pub due: &'a [String],
}

/// A package while its payload is gathered.
struct Plan<'a> {
    package: Package,
    /// Inputs as received, by their paths in the bag. They may take a gigabyte, so they are not copied.
    sources: Vec<(String, &'a Received)>,
    /// Written files: their paths in the outputs and in the payload.
    copies: Vec<(String, String)>,
    /// Files that exist only in the package.
    documents: Vec<Document>,
    /// The documents that the package is kept for: how many are due, and the payload paths of those that
    /// could not be made.
    due: usize,
    absent: Vec<String>,
}

/// Writes the bags of both packages.
///
/// # Errors
/// On a disk error, or when the disk returns other bytes than were written.
pub fn pack(packing: &Packing<'_>, sheet_tables: Vec<Draft<'_>>) -> Result<Vec<Package>> {
    let plans = [packing.journals()?, packing.sheets(sheet_tables)?];
    plans.into_par_iter().map(|plan| packing.write(plan)).collect()
}

impl Packing<'_> {
    fn journals(&self) -> Result<Plan<'_>> {
        let mut plan = self.plan(Series::Journals);
        for path in self.products.paths() {
            let is_table = inside(folders::TABLES, &path).is_some() && !path.ends_with(".parquet");
            if Series::Journals.has(&path) {
                plan.copies.push((path.clone(), in_payload(&path)));
            } else if is_table {
                plan.copies.push((path.clone(), path));
            } else if let Some(name) = inside(folders::DATA, &path).filter(|name| name.ends_with(".csv")) {
                let figures = format!("{}/{name}", folders::FIGURES);
                plan.copies.push((path, figures));
            }
        }
        let names;
        (plan.sources, names) = self.sources()?;
        plan.documents.push(names);
        Ok(plan)
    }

    fn sheets(&self, tables: Vec<Draft<'_>>) -> Result<Plan<'_>> {
        let mut plan = self.plan(Series::SummarySheets);
        let sheets = self.products.paths().into_iter().filter(|path| Series::SummarySheets.has(path));
        plan.copies = sheets.map(|path| (path.clone(), in_payload(&path))).collect();
        for table in tables.into_iter().filter(|table| !table.path.ends_with(".parquet")) {
            plan.documents.push(table.make()?);
        }
        // The journals, with the received settings, are destroyed long before these sheets.
        let policy = self.bundle.text(POLICY_TOML);
        plan.documents.extend(settings(self.journal, self.as_of, policy.as_deref())?);
        Ok(plan)
    }

    fn plan(&self, series: Series) -> Plan<'_> {
        let year = folder_name(&self.journal.year.title);
        let title = format!("{}, {} учебный год", series.title(), format::years(&self.journal.year.title));
        let folder = package_folder(series, &year);
        let index = match series {
            Series::Journals => &self.journal.archive.journal_index,
            Series::SummarySheets => &self.journal.archive.sheet_index,
        };
        let (years_kept, index) = (series.years_kept(), index.clone());
        let package =
            Package { folder, title, years_kept, index, files: 0, bytes: 0, inventory: None, fault: None };
        let due: Vec<&String> = self.due.iter().filter(|path| series.has(path)).collect();
        let is_absent = |path: &&&String| self.products.checksums(path).is_none();
        let absent = due.iter().filter(is_absent).map(|path| in_payload(path)).collect();
        let own = self
            .templates
            .own()
            .map(|(name, bytes)| Document::new(format!("{}/{name}", folders::TEMPLATES), bytes));
        let documents = self.pages_of(series).into_iter().chain(own).collect();
        Plan { package, sources: Vec::new(), copies: Vec::new(), documents, due: due.len(), absent }
    }

    /// Lists the pages of the documents that a package is kept for, so that editions can be compared page by
    /// page.
    fn pages_of(&self, series: Series) -> Option<Document> {
        let mut list = "document,page,mark\n".to_owned();
        let made = self.page_marks.iter().filter(|(path, _)| self.products.checksums(path).is_some());
        for (path, marks) in made.filter(|(path, _)| series.has(path)) {
            for (page, mark) in (1..).zip(marks) {
                list.push_str(&format!("{},{page},{mark}\n", in_payload(path)));
            }
        }
        Some(Document::new(folders::PAGES, list)).filter(|document| document.bytes.len() > 20)
    }

    /// Returns the inputs as received, numbered. Their own names may hold personal data, so a table inside
    /// the package has them.
    fn sources(&self) -> Result<(Vec<(String, &Received)>, Document)> {
        let mut names = csv::Writer::from_writer(Vec::new());
        names.write_record(["number", "file", "name_as_received", "bytes", "sha256"])?;
        let mut sources = Vec::new();
        for (number, source) in (1..).zip(&self.bundle.files) {
            let own = numbered(number, source.path());
            let path = format!("{}/{own}", folders::SOURCES);
            let checksums = &source.checksums;
            names.write_record([
                &number.to_string(),
                &own,
                source.path(),
                &checksums.bytes.to_string(),
                &checksums.sha256,
            ])?;
            sources.push((path, source));
        }
        Ok((sources, Document::new(folders::SOURCE_NAMES, names.into_inner()?)))
    }

    fn write(&self, mut plan: Plan<'_>) -> Result<Package> {
        let folder = plan.package.folder.clone();
        let mut payload = self.copy_all(&plan)?;
        payload.extend(self.write_all(&plan)?);
        let events = tag_files::events(&Making {
            as_of: self.as_of,
            received: self.bundle.files.len(),
            documents: payload.iter().filter(|entry| entry.path.ends_with(".pdf")).count(),
            files: payload.len(),
            absent: plan.absent.len(),
        })?;
        payload.push(self.write_payload(&folder, &events)?);
        let info = self.info(&plan);
        let pages = |path: &str| self.pages.get(of_payload(path)?).copied();
        let lists = inventory(&info, &payload, pages, self.templates)?;
        for list in &lists.documents {
            payload.push(self.write_payload(&folder, list)?);
        }
        plan.package.inventory = Some(lists.job);
        plan.package.fault = lists.fault;
        check_names(&payload)?;
        let mut readme = readme(self.journal, &plan.package, self.has_streebog);
        readme.push_str(&format!("\nТаблицы в электронных таблицах\n\n{FORMULAS_NOTE}"));
        let papers = [Document::new(README, readme), tag_files::profile()?];
        for tag in bag::tag_files(&info, &payload, &papers) {
            let tag = Document::new(format!("{folder}/{}", tag.path), tag.bytes);
            self.products.add(&tag.path, self.staging.write(&tag)?);
        }
        for entry in &payload {
            self.products.add(&format!("{folder}/{}", entry.path), entry.checksums.clone());
        }
        plan.package.files = payload.len();
        plan.package.bytes = payload.iter().map(|entry| entry.checksums.bytes).sum();
        Ok(plan.package)
    }

    /// Copies the written files into the payload.
    fn copy_all(&self, plan: &Plan<'_>) -> Result<Vec<PayloadEntry>> {
        let copy = |(from, to): &(String, String)| {
            let written = self.products.checksums(from);
            let checksums = written.told(|| said!("{from}: файл не записан", "{from} was not written"))?;
            let place = format!("{}/{to}", plan.package.folder);
            let bytes = self.staging.copy(from, &place, &checksums)?;
            Ok(self.entry(to, checksums, &bytes))
        };
        plan.copies.par_iter().map(copy).collect()
    }

    /// Writes what the package alone has: files made for it, and the inputs as received.
    fn write_all(&self, plan: &Plan<'_>) -> Result<Vec<PayloadEntry>> {
        let folder = &plan.package.folder;
        let documents = plan.documents.par_iter().map(|document| self.write_payload(folder, document));
        // The digests of what was received were taken when it was read.
        let sources = plan
            .sources
            .par_iter()
            .map(|(path, source)| self.write_hashed(folder, path, source.bytes(), source.checksums.clone()));
        documents.chain(sources).collect()
    }

    fn write_payload(&self, folder: &str, document: &Document) -> Result<PayloadEntry> {
        let checksums = Checksums::of(&document.bytes);
        self.write_hashed(folder, &document.path, &document.bytes, checksums)
    }

    fn write_hashed(
        &self,
        folder: &str,
        path: &str,
        bytes: &[u8],
        checksums: Checksums,
    ) -> Result<PayloadEntry> {
        self.staging.write_bytes(&format!("{folder}/{path}"), bytes)?;
        Ok(self.entry(path, checksums, bytes))
    }

    fn entry(&self, path: &str, checksums: Checksums, bytes: &[u8]) -> PayloadEntry {
        let entry = PayloadEntry::new(path, checksums);
        if self.has_streebog { entry.with_streebog(bytes) } else { entry }
    }

    /// Computes the digest of the data behind the documents: everything received where the package has it, or
    /// the package's tables. A correction that touches none of them changes neither the package nor the
    /// signatures over it.
    fn sources_sha256(&self, plan: &Plan) -> String {
        if plan.documents.iter().any(|document| inside(folders::SOURCES, &document.path).is_some()) {
            return self.inputs_sha256.to_owned();
        }
        let tables =
            plan.documents.iter().filter(|document| inside(folders::TABLES, &document.path).is_some());
        let lines = tables.map(|table| format!("{}\t{}\n", Checksums::of(&table.bytes).sha256, table.path));
        Checksums::of(lines.collect::<String>().as_bytes()).sha256
    }

    fn info(&self, plan: &Plan) -> Vec<(String, String)> {
        let package = &plan.package;
        let Journal { school, archive, year, .. } = self.journal;
        let place =
            [&school.place, &school.municipality, &school.region].into_iter().filter(|part| !part.is_empty());
        let address = place.cloned().collect::<Vec<_>>().join(", ");
        let identifier = format!("{}/{}/{}", archive.fond, package.index, year.title);
        let absent = plan.absent.iter().map(|path| ("Document-Absent", path.clone()));
        let own = self.templates.own().map(|(name, _)| ("Own-Template", name.to_owned()));
        [
            ("Source-Organization", school.name.clone()),
            ("Organization-Address", address),
            ("External-Description", package.title.clone()),
            ("Bagging-Date", self.as_of.to_string()),
            ("External-Identifier", identifier),
            ("School-Year", year.title.clone()),
            ("Closing-Year", year.end.year().to_string()),
            ("Retention-Years", package.years_kept.to_string()),
            ("Bag-Software-Agent", format!("letopis {}", crate::base::settings::VERSION)),
            ("Sources-SHA256", self.sources_sha256(plan)),
            ("Documents-Expected", plan.due.to_string()),
        ]
        .into_iter()
        .chain(absent)
        .chain(own)
        .filter(|(_, value)| !value.is_empty())
        .map(|(label, value)| (label.to_owned(), value))
        .collect()
    }

    /// Writes the ZIP of a bag beside it.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn zip(&self, package: &Package) -> Result<()> {
        let folder = &package.folder;
        let inside = |path: &str| path.strip_prefix(&format!("{folder}/")).map(str::to_owned);
        let files: Vec<(String, u64)> = self
            .products
            .paths()
            .iter()
            .filter_map(|path| Some((inside(path)?, self.products.checksums(path)?.bytes)))
            .collect();
        let root = folder.rsplit('/').next().unwrap_or(folder.as_str());
        let path = format!("{folder}.zip");
        let sink = BufWriter::new(self.staging.create(&path)?);
        let open = |inside: &str| File::open(self.staging.path(&format!("{folder}/{inside}")));
        let mut earlier = self.earlier_zip(folder);
        let sink = zip::pack_beside(sink, root, &files, open, earlier.as_mut()).at(path.as_str())?;
        sink.into_inner().at(path.as_str())?;
        let checksums = checksums_of(File::open(self.staging.path(&path))?)?;
        self.products.add(&path, checksums);
        Ok(())
    }

    /// Opens the ZIP of the existing outputs. Members with equal bytes are copied from it.
    fn earlier_zip(&self, folder: &str) -> Option<Earlier<BufReader<File>>> {
        let zip = self.standing.open_whole(&format!("{folder}.zip"))?;
        let root = format!("{folder}/");
        let is_same = |path: &String| {
            let checksums = self.products.checksums(path);
            checksums.is_some_and(|checksums| self.standing.lists(path, &checksums))
        };
        let same = self.products.paths().into_iter().filter(|path| path.starts_with(&root) && is_same(path));
        let same = same.filter_map(|path| Some(path.strip_prefix(&root)?.to_owned())).collect();
        Earlier::open(BufReader::new(zip), same).ok()
    }
}

fn check_names(payload: &[PayloadEntry]) -> Result<()> {
    let problems = names::problems(payload.iter().map(|entry| entry.path.as_str()));
    match problems.first() {
        None => Ok(()),
        Some(problem) => refuse!("{}: {}", "{}: {}", problem.path, problem.message),
    }
}
