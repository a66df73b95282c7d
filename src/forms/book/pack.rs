//! The parts of a workbook in its ZIP, and how they point to each other.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::faults::damaged;
use super::xml::{Document, Element, Node};
use crate::base::limits;
use crate::base::said::{Said, said};

/// The parts by their paths, in the order they came in.
pub(super) struct Pack {
    parts: Vec<(String, Vec<u8>)>,
}

/// A part that another points to.
#[derive(Clone, Debug)]
pub(super) struct Link {
    pub(super) id: String,
    /// The last word of its type: `worksheet`.
    pub(super) kind: String,
    /// Path of the part; empty where it is outside.
    pub(super) path: String,
}

impl Pack {
    /// Reads the parts.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Said> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| no_workbook())?;
        if archive.len() > limits::ZIP_ENTRIES {
            return Err(no_workbook());
        }
        let (mut parts, mut all) = (Vec::new(), 0);
        for index in 0..archive.len() {
            let file = archive.by_index(index).map_err(|_| no_workbook())?;
            let name = file.name().map_err(|_| no_workbook())?.into_owned();
            if name.ends_with('/') {
                continue;
            }
            let mut content = Vec::new();
            let room = limits::FORM_BYTES.saturating_sub(all);
            file.take(room + 1).read_to_end(&mut content).map_err(|_| damaged(&name))?;
            all += content.len() as u64;
            if all > limits::FORM_BYTES {
                return Err(too_large());
            }
            parts.push((name, content));
        }
        let pack = Self { parts };
        let is_signed = pack.parts.iter().any(|(name, _)| name.starts_with("_xmlsignatures/"));
        if is_signed { Err(signed()) } else { Ok(pack) }
    }

    /// Returns the paths of the parts that begin so.
    pub(super) fn paths(&self, begin: &str) -> Vec<String> {
        self.parts.iter().map(|(path, _)| path).filter(|path| path.starts_with(begin)).cloned().collect()
    }

    /// Returns a part.
    pub(super) fn get(&self, path: &str) -> Option<&[u8]> {
        self.parts.iter().find(|(name, _)| name.eq_ignore_ascii_case(path)).map(|(_, bytes)| bytes.as_slice())
    }

    /// Returns a part as a document.
    pub(super) fn document(&self, path: &str) -> Result<Document, Said> {
        self.get(path).and_then(Document::read).ok_or_else(|| damaged(path))
    }

    /// Puts a part into the place of the one there.
    pub(super) fn put(&mut self, path: &str, bytes: Vec<u8>) {
        if let Some((_, there)) = self.parts.iter_mut().find(|(name, _)| name.eq_ignore_ascii_case(path)) {
            *there = bytes;
        }
    }

    /// Takes a part away.
    pub(super) fn remove(&mut self, path: &str) {
        self.parts.retain(|(name, _)| !name.eq_ignore_ascii_case(path));
    }

    /// Returns the parts that a part points to.
    pub(super) fn links(&self, path: &str) -> Vec<Link> {
        let Some(document) = self.get(&links_path(path)).and_then(Document::read) else { return Vec::new() };
        let link = |one: &Element| {
            let is_outside = one.get("TargetMode").is_some_and(|mode| mode == "External");
            let target = one.get("Target")?;
            Some(Link {
                id: one.get("Id")?,
                kind: one.get("Type")?.rsplit('/').next().unwrap_or_default().to_owned(),
                path: if is_outside { String::new() } else { joined(path, &target) },
            })
        };
        document.root.elements().filter_map(link).collect()
    }

    /// Packs the parts.
    pub(super) fn write(&self) -> Result<Vec<u8>, Said> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        for (path, bytes) in &self.parts {
            writer.start_file(path.as_str(), options).map_err(|_| damaged(path))?;
            writer.write_all(bytes).map_err(|_| damaged(path))?;
        }
        writer.finish().map(Cursor::into_inner).map_err(|_| no_workbook())
    }

    /// Takes the order of computing away: it names cells that have moved, and programs make it anew.
    pub(super) fn drop_order(&mut self, workbook: &str) {
        let Some(link) = self.links(workbook).into_iter().find(|link| link.kind == "calcChain") else {
            return;
        };
        self.remove(&link.path);
        let own = |one: &Element| one.get("Id").is_some_and(|id| id == link.id);
        self.drop_elements(&links_path(workbook), &own);
        let named = format!("/{}", link.path);
        self.drop_elements("[Content_Types].xml", &|one| {
            one.get("PartName").is_some_and(|name| name == named)
        });
    }

    fn drop_elements(&mut self, path: &str, is_meant: &dyn Fn(&Element) -> bool) {
        let Ok(mut document) = self.document(path) else { return };
        document.root.children.retain(|node| match node {
            Node::Element(element) => !is_meant(element),
            Node::Raw(_) => true,
        });
        self.put(path, document.write());
    }

    /// Returns where the workbook itself is.
    pub(super) fn workbook(&self) -> Result<String, Said> {
        let links = self.links("");
        let main = links.into_iter().find(|link| link.kind == "officeDocument");
        main.map(|link| link.path).filter(|path| self.get(path).is_some()).ok_or_else(no_workbook)
    }
}

/// Where the list of a part's links is.
fn links_path(path: &str) -> String {
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (folder, name));
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    format!("{folder}_rels/{name}.rels")
}

/// Returns the path that a target means, seen from a part.
fn joined(from: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut parts: Vec<&str> =
        from.rsplit_once('/').map_or(Vec::new(), |(folder, _)| folder.split('/').collect());
    for part in target.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn no_workbook() -> Said {
    said!(
        "форма — не книга XLSX: откройте её в Excel или LibreOffice и сохраните как «Книга Excel (*.xlsx)», без пароля",
        "the form is no XLSX workbook: open it in Excel or LibreOffice and save it as an Excel workbook (*.xlsx), without a password"
    )
}

fn too_large() -> Said {
    let most = limits::FORM_BYTES >> 20;
    said!(
        "форма больше {most} МБ в распакованном виде: удалите из неё лишние листы и картинки",
        "the form is larger than {most} MB unpacked: remove needless sheets and pictures from it"
    )
}

fn signed() -> Said {
    said!(
        "форма подписана электронной подписью, изменить её нельзя: сохраните копию без подписи",
        "the form is signed and may not be changed: save a copy without the signature"
    )
}
