//! `--templates DIR`: reads the school's own templates, and says which files of the folder stand in no template's place.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use anyhow::Result;

use super::exit::Exit;
use super::terminal::Terminal;
use crate::base::files::read_file;
use crate::base::limits;
use crate::base::nearest::nearest;
use crate::base::said::{AtPlace, Said, Tell, refuse, said};
use crate::papers;
use crate::pipeline::{self, REPORTS};
use crate::render::pdf::{Templates, is_template, names};

/// Endings of the pictures that templates may show.
const PICTURES: [&str; 5] = ["png", "jpg", "jpeg", "gif", "svg"];

/// A school's own templates, and what is said of the rest of their folder.
#[derive(Default)]
pub(super) struct OwnTemplates {
    pub(super) templates: Arc<Templates>,
    /// Files that look like templates and take no part.
    idle: Vec<Said>,
}

impl OwnTemplates {
    /// Says which files take no part; then the data are at fault.
    pub(super) fn tell(&self, terminal: &mut Terminal) -> Exit {
        for said in &self.idle {
            terminal.say(said!("  ! {}", "  ! {}", said));
        }
        if self.idle.is_empty() { Exit::Done } else { Exit::DataAtFault }
    }
}

/// Reads the folder of templates, if one was named.
///
/// # Errors
/// As [`read`].
pub(super) fn named(folder: Option<&Path>) -> Result<OwnTemplates> {
    folder.map_or_else(|| Ok(OwnTemplates::default()), read)
}

/// Reads a folder of templates.
///
/// # Errors
/// When the folder or a file of it cannot be read, is too large or is no text, or when nothing in it is of use.
fn read(folder: &Path) -> Result<OwnTemplates> {
    let files = files_of(folder)?;
    let known: BTreeSet<&str> =
        pipeline::template_names(REPORTS).into_iter().chain(papers::TEMPLATES).collect();
    let idle: Vec<String> =
        files.iter().map(|(name, _)| name.clone()).filter(|name| is_idle(name, &files, &known)).collect();
    let said: Vec<Said> = idle.iter().map(|name| no_template(name, &known)).collect();
    let used = files.into_iter().filter(|(name, _)| !idle.contains(name));
    let templates = match Templates::with(used) {
        Ok(templates) => templates,
        Err(name) => refuse!(
            "{}: это не текст в UTF-8; сохраните шаблон в этой кодировке",
            "{}: this is no text in UTF-8; save the template in it",
            folder.join(&name).display()
        ),
    };
    if !templates.own().any(|(name, _)| known.contains(name)) {
        refuse!(
            "{}: в этой папке нет ни одного шаблона программы{}; их имена: {}",
            "{}: no template of the program is in this folder{}; their names are {}",
            folder.display(),
            listed(&said),
            known.iter().copied().collect::<Vec<_>>().join(", ")
        );
    }
    Ok(OwnTemplates { templates: Arc::new(templates), idle: said })
}

/// Reads the templates and pictures of a folder by name; other files are nobody's business.
fn files_of(folder: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let entries = folder.read_dir().told(|| {
        said!(
            "{}: папка с шаблонами не открывается",
            "{}: the folder of templates cannot be opened",
            folder.display()
        )
    })?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.at(folder)?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()).map(str::to_owned) else { continue };
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
        let is_picture = PICTURES.contains(&ending.as_str());
        if name.starts_with('.') || !(is_template(&name) || is_picture) {
            continue;
        }
        let most = if is_picture { limits::PICTURE_BYTES } else { limits::TEMPLATE_BYTES };
        files.push((name, read_file(&path, most).at(&path)?));
    }
    files.sort();
    Ok(files)
}

/// Tells whether a file stands in the place of no template and no other file of the folder names it.
fn is_idle(name: &str, files: &[(String, Vec<u8>)], known: &BTreeSet<&str>) -> bool {
    let is_named = |(other, bytes): &(String, Vec<u8>)| {
        other != name && is_template(other) && names(&String::from_utf8_lossy(bytes), name)
    };
    !known.contains(name) && !files.iter().any(is_named)
}

/// Says that a file stands in no template's place, and which name was perhaps meant.
fn no_template(name: &str, known: &BTreeSet<&str>) -> Said {
    if !is_template(name) {
        return said!(
            "{name}: картинку не показывает ни один шаблон этой папки",
            "{name}: no template of this folder shows the picture"
        );
    }
    match nearest(&name.to_lowercase(), known.iter().copied()) {
        Some(near) => said!(
            "{name}: такого шаблона у программы нет, файл ничего не заменил; похожее имя: {near}",
            "{name}: the program has no such template, the file takes no part; the nearest name is {near}"
        ),
        None => said!(
            "{name}: такого шаблона у программы нет, файл ничего не заменил; есть: {}",
            "{name}: the program has no such template, the file takes no part; there are {}",
            known.iter().copied().collect::<Vec<_>>().join(", ")
        ),
    }
}

/// Puts what was said of the files in brackets; nothing where nothing was.
fn listed(said: &[Said]) -> Said {
    if said.is_empty() {
        return Said::default();
    }
    Said::join([Said::same(" ("), Said::join(said.iter().cloned(), "; "), Said::same(")")], "")
}
