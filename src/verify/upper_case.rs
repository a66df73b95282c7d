//! Bags from a medium without lower case (FAT, ISO 9660). Tag files are known by their names, so the names
//! are restored, with a warning.

use indexmap::IndexMap;

use super::codes;
use super::declaration::DECLARATION;
use super::fetch::FETCH;
use super::finding::ArchiveFinding;
use super::listing::is_manifest;
use super::tree::{Kind, Place, Tree, in_order};
use crate::base::digest::Algorithm;
use crate::base::folders::PAYLOAD;

/// Returns whether a file in a bag's own folder is a tag file that BagIt knows by name, in any case.
pub(super) fn is_tag_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [DECLARATION, FETCH, "bag-info.txt", "package-info.txt"].contains(&name.as_str())
        || is_manifest(&name, "manifest-")
        || is_manifest(&name, "tagmanifest-")
}

/// Returns whether a name only needs lower case. A manifest's name may also contain punctuation, which is
/// reported elsewhere.
fn needs_only_lower_case(lower: &str) -> bool {
    let manifest = lower.strip_prefix("tag").unwrap_or(lower).strip_prefix("manifest-");
    let algorithm = manifest.and_then(|rest| rest.strip_suffix(".txt"));
    algorithm.is_none_or(|name| Algorithm::named(name).is_none_or(|algorithm| algorithm.name() == name))
}

/// Restores the lower-case names of tag files and the payload's folder, unless another file has them.
pub(super) fn restore_names(tree: &mut Tree, findings: &mut Vec<ArchiveFinding>) {
    let mut renamed: IndexMap<String, String> = IndexMap::new();
    for (path, entry) in tree.entries.iter().filter(|(path, _)| !path.contains('/')) {
        let is_known = match entry.kind {
            Kind::File => is_tag_name(path) && needs_only_lower_case(&path.to_ascii_lowercase()),
            Kind::Folder => path.eq_ignore_ascii_case(PAYLOAD),
            _ => false,
        };
        let lower = path.to_ascii_lowercase();
        let is_free = !tree.entries.contains_key(&lower) && !renamed.values().any(|name| *name == lower);
        if is_known && lower != *path && is_free {
            findings.push(ArchiveFinding::new(codes::TAG_NAME_CASE, path, &[&lower]));
            renamed.insert(path.clone(), lower);
        }
    }
    if renamed.is_empty() {
        return;
    }
    let root = tree.root.clone();
    let entries = std::mem::take(&mut tree.entries).into_iter().map(|(path, mut entry)| {
        let first = path.split('/').next().unwrap_or_default();
        let Some(lower) = renamed.get(first) else { return (path, entry) };
        if let Place::Disk(place @ None) = &mut entry.place {
            *place = Some(root.join(&path).into_boxed_path());
        }
        (format!("{lower}{}", &path[first.len()..]), entry)
    });
    tree.entries = in_order(entries.collect());
    for folder in &mut tree.unlisted {
        let first = folder.split('/').next().unwrap_or_default();
        if let Some(lower) = renamed.get(first) {
            *folder = format!("{lower}{}", &folder[first.len()..]);
        }
    }
}
