//! Writes one edition: a complete bag of its own, and its lines in the register.

use std::path::Path;

use anyhow::Result;
use rayon::prelude::*;

use super::changes::Change;
use super::names::is_about_bag;
use super::record_file::Term;
use super::{changes, signatures};
use crate::bagit::bag;
use crate::bagit::manifest::PayloadEntry;
use crate::bagit::stored::StoredBag;
use crate::base::files::{Checksums, Document};
use crate::base::folders::EVENTS;
use crate::base::inside::BagName;
use crate::base::said::{AtPlace, Tell, refuse, said};
use crate::outputs::store::Growing;
use crate::package::inventory::inventory;
use crate::package::own_templates::own_templates;
use crate::package::tag_files;
use crate::register::{Event, Record, Register};
use crate::verify::verify;

/// The beginning of the register's note on a package without all of its documents.
const INCOMPLETE: &str = "неполный пакет";

/// An edition to write.
pub(super) struct Edition<'a> {
    pub(super) stem: String,
    pub(super) number: u32,
    pub(super) reason: Option<&'a str>,
    /// Why it lacks documents.
    pub(super) incomplete: Option<&'a str>,
    pub(super) term: Option<Term>,
    pub(super) post: &'a str,
    pub(super) earlier: Option<&'a (BagName, StoredBag)>,
    pub(super) changes: &'a [Change],
    /// Signatures with their places in the bag.
    pub(super) signatures: &'a [Document],
}

impl Edition<'_> {
    /// Returns whether the edition equals the built bag to the last byte: only a later or an incomplete one
    /// says more.
    pub(super) fn is_as_built(&self) -> bool {
        self.earlier.is_none() && self.incomplete.is_none()
    }

    /// Writes the bag and returns the digest that identifies it in the register.
    pub(super) fn write(&self, from: &StoredBag, target: &Path) -> Result<String> {
        let growing = Growing::anew(target).at(target)?;
        let tag_manifest = if self.is_as_built() {
            let tag_files = from.tag_files.iter().map(|(path, sha256)| (path.as_str(), sha256.as_str()));
            copy_payload(from, &growing, &from.payload.iter().collect::<Vec<_>>())?;
            for (path, sha256) in tag_files {
                growing.copy_in(&from.path.join(path), path, sha256)?;
            }
            from.tag_manifest.clone()
        } else {
            self.make(from, &growing)?
        };
        for signature in self.signatures {
            listed(&growing, signature, false)?;
        }
        if target.is_dir() {
            let adopted = self.adopt(target, &tag_manifest);
            growing.discard();
            adopted?;
            signatures::add(target, self.signatures)?;
        } else {
            growing.publish().at(target)?;
        }
        Ok(tag_manifest)
    }

    /// Makes a bag from the built files and the edition's own.
    fn make(&self, from: &StoredBag, growing: &Growing) -> Result<String> {
        let is_made = |path: &str| is_about_bag(path) && (path != EVENTS || self.earlier.is_some());
        let kept: Vec<&PayloadEntry> = from.payload.iter().filter(|entry| !is_made(&entry.path)).collect();
        copy_payload(from, growing, &kept)?;
        let mut payload: Vec<PayloadEntry> = kept.into_iter().cloned().collect();
        let has_streebog = payload.iter().any(|entry| entry.streebog256.is_some());
        if let (Some((earlier, _)), Some(_)) = (self.earlier, from.entry(EVENTS)) {
            let (as_of, agent) = (from.info("Bagging-Date"), from.info("Bag-Software-Agent"));
            let events = tag_files::replacement(&from.read(EVENTS)?, earlier, as_of, agent)?;
            payload.push(listed(growing, &events, has_streebog)?);
        }
        if self.earlier.is_some() {
            payload.push(listed(growing, &changes::document(self.changes)?, has_streebog)?);
        }
        let pages = changes::pages_of(from)?;
        let info = self.info(from);
        let templates = own_templates(from)?;
        for list in inventory(&info, &payload, |path| pages.get(path).copied(), &templates)?.documents {
            payload.push(listed(growing, &list, has_streebog)?);
        }
        payload.sort_by(|a, b| a.path.cmp(&b.path));
        let extra = [from.extra_tags.clone(), signatures::built_tag_files(from)?].concat();
        let tags = bag::tag_files(&info, &payload, &extra);
        for tag in &tags {
            listed(growing, tag, false)?;
        }
        let named = tags.iter().find(|tag| tag.path == "tagmanifest-sha256.txt");
        named
            .map(|tag| Checksums::of(&tag.bytes).sha256)
            .told(|| said!("в пакете нет манифестов", "the bag has no manifests"))
    }

    /// Takes over an unregistered bag from a run that was killed before its last step, if it is exactly this
    /// bag.
    fn adopt(&self, target: &Path, tag_manifest: &str) -> Result<()> {
        let there = StoredBag::open(target).ok();
        let is_this = there.is_some_and(|bag| bag.tag_manifest == tag_manifest)
            && verify(&[target.to_owned()]).bags.iter().all(|bag| bag.complete);
        if !is_this {
            refuse!(
                "{}: такой пакет уже лежит, но его нет в реестре; уберите его",
                "{}: another bag of this name lies here, unknown to the register; move it away",
                target.display()
            );
        }
        Ok(())
    }

    fn info(&self, from: &StoredBag) -> Vec<(String, String)> {
        let mut info = from.info.clone();
        let mut add = |label: &str, value: &str| {
            if !value.is_empty() {
                info.push((label.to_owned(), value.to_owned()));
            }
        };
        add("Incomplete-Reason", self.incomplete.unwrap_or_default());
        add("Edition", &self.number.to_string());
        if let Some((name, earlier)) = self.earlier {
            add("Edition-Reason", self.reason.unwrap_or_default());
            add("Edition-Author-Post", self.post);
            add("Previous-Edition", &format!("{name} {}", earlier.tag_manifest));
        }
        info
    }

    /// Records the edition, and that it supersedes the one before.
    pub(super) fn register(
        &self,
        register: &mut Register,
        name: &BagName,
        (tag_manifest, by): (String, &str),
        moment: &str,
    ) {
        let incomplete = self.incomplete.map(|reason| format!("{INCOMPLETE}: {reason}"));
        // The term must still be known after the bag is gone.
        let notes = [self.term.map(Term::note), self.reason.map(str::to_owned), incomplete];
        let note = notes.into_iter().flatten().collect::<Vec<_>>().join("; ");
        let edition = self.number;
        let moment = moment.to_owned();
        register.append(&Record {
            moment: moment.clone(),
            event: Event::Created,
            bag: name.clone(),
            edition,
            tag_manifest,
            note,
            by: by.to_owned(),
        });
        if let Some((earlier, bag)) = self.earlier {
            register.append(&Record {
                moment,
                event: Event::Superseded,
                bag: earlier.clone(),
                edition: edition - 1,
                tag_manifest: bag.tag_manifest.clone(),
                note: name.to_string(),
                by: by.to_owned(),
            });
        }
    }
}

/// Copies files of the payload, several at a time.
fn copy_payload(from: &StoredBag, growing: &Growing, entries: &[&PayloadEntry]) -> Result<()> {
    entries.par_iter().try_for_each(|entry| {
        growing.copy_in(&from.path.join(&entry.path), &entry.path, &entry.checksums.sha256)?;
        Ok(())
    })
}

/// Writes a file and lists it.
fn listed(growing: &Growing, document: &Document, has_streebog: bool) -> Result<PayloadEntry> {
    growing.write(&document.path, &document.bytes).at(&document.path)?;
    let entry = PayloadEntry::new(document.path.as_str(), Checksums::of(&document.bytes));
    Ok(if has_streebog { entry.with_streebog(&document.bytes) } else { entry })
}
