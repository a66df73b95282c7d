//! Digests: every listed file is read once for all its digests, several files at a time.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::codes;
use super::finding::ArchiveFinding;
use super::line_ends;
use super::plan::{Expected, Missing, Plan, system_of};
use super::portion::{Assignment, Portions, Stretch, counted};
use super::report::{PartReport, PayloadReport};
use super::tree::{Entry, Place, Tree, read_failure};
use crate::base::digest::{Algorithm, BUFFER_BYTES, Hashers};
use crate::base::folders::is_payload;
use crate::cms::{SIGNATURES, signed_name};
use crate::verify::checks::{Span, slot};

/// What was read.
#[derive(Clone, Debug, Default)]
pub(super) struct Examined {
    pub(super) files: u64,
    pub(super) bytes: u64,
    /// The results for the documents that the manifests list.
    pub(super) payload: PayloadReport,
    /// What was read, if not everything was requested.
    pub(super) part: Option<PartReport>,
}

/// Whose content is read, and how much of it.
pub(super) struct Reading<'a> {
    pub(super) path: &'a str,
    pub(super) identity: &'a str,
    pub(super) portions: &'a mut dyn Portions,
}

/// A file to read and the digests to take.
struct Job<'a> {
    path: &'a str,
    entry: &'a Entry,
    expected: &'a [Expected<'a>],
    /// Digests to compute for a file that is not listed.
    wanted: &'a [Algorithm],
}

/// The clock is checked after so many files or bytes.
const BATCH_FILES: usize = 512;
const BATCH_BYTES: u64 = 256 << 20;

/// The smallest number of jobs that a thread takes at once: reading a small file is faster than asking a
/// thread.
const LEAST_JOBS: usize = 16;

/// What reading gave.
struct Outcome {
    bytes: u64,
    /// Kept only if something needs an explanation, so that memory does not grow with the sound files.
    digests: Option<Vec<(Algorithm, String)>>,
    failure: Option<ArchiveFinding>,
}

/// Reads the files of the plan and reports every one that differs from its manifest. It also reports missing
/// and extra files, because only digests tell a renamed file from two unrelated ones.
pub(super) fn check(
    tree: &Tree,
    plan: &Plan<'_>,
    reading: &mut Reading<'_>,
    findings: &mut Vec<ArchiveFinding>,
) -> Examined {
    let wanted = wanted(plan);
    let jobs = jobs(tree, plan, &wanted);
    let mut part = None;
    let read = match reading.portions.assign(reading.path, reading.identity) {
        None => run_all(tree, jobs.iter().collect()),
        Some(assignment) => {
            let (read, counted) = run_portion(tree, &jobs, &assignment, reading);
            part = Some(counted);
            read
        }
    };
    let owners = Owners { tree, plan, by_digest: OnceCell::new() };
    let mut examined = Examined { part, ..Examined::default() };
    let mut strangers: BTreeMap<(Algorithm, String), Vec<&str>> = BTreeMap::new();
    for (job, outcome) in read {
        examined.bytes += outcome.bytes;
        examined.files += u64::from(outcome.failure.is_none());
        if job.is_listed_payload() {
            examined.payload.add(job.path, outcome.is_sound(job));
        }
        findings.extend(outcome.failure);
        match outcome.digests {
            Some(digests) if job.expected.is_empty() => {
                digests.into_iter().for_each(|digest| strangers.entry(digest).or_default().push(job.path));
            }
            Some(digests) => explain(job, &digests, &owners, findings),
            None => {}
        }
    }
    let absent = plan.missing.keys().chain(&plan.unfetched).filter(|path| is_payload(path));
    examined.payload.listed += absent.count() as u64;
    report_absent((tree, plan), strangers, findings);
    examined
}

type Read<'j, 'a> = Vec<(&'j Job<'a>, Outcome)>;

/// Reads several files at a time. The results keep the order of the jobs, whatever the number of threads.
fn run_all<'j, 'a>(tree: &Tree, jobs: Vec<&'j Job<'a>>) -> Read<'j, 'a> {
    jobs.into_par_iter()
        .with_min_len(LEAST_JOBS)
        .map_init(|| vec![0; BUFFER_BYTES], |buffer, job| (job, run(tree, job, buffer)))
        .collect()
}

/// Reads the documents of the requested stretches in ring order and records the progress after every batch,
/// so that stopping the program loses no more than one batch. Tag files and unlisted files are read each
/// time.
fn run_portion<'j, 'a>(
    tree: &Tree,
    jobs: &'j [Job<'a>],
    assignment: &Assignment,
    reading: &mut Reading<'_>,
) -> (Read<'j, 'a>, PartReport) {
    let (documents, others): (Vec<_>, Vec<_>) = jobs.iter().partition(|job| job.is_listed_payload());
    let mut documents: Vec<(u64, &Job<'_>)> =
        documents.into_iter().map(|job| (slot(reading.identity, job.path), job)).collect();
    documents.sort_unstable_by_key(|(slot, job)| (*slot, job.path));
    let mut read = run_all(tree, others);
    let (mut covered, mut all) = (assignment.read.clone(), Stretch::default());
    let mut note = |read: &Read<'_, '_>, span: Option<Span>, reading: &mut Reading<'_>| {
        let stretch = stretch(read, span, assignment);
        reading.portions.note(reading.path, reading.identity, &stretch);
        all.files += stretch.files;
        all.bytes += stretch.bytes;
    };
    let again = documents.iter().filter(|(_, job)| assignment.again.contains(job.path));
    let again = again.filter(|(slot, _)| !assignment.wanted.iter().any(|span| is_in(*span, *slot)));
    let again = run_all(tree, again.map(|(_, job)| *job).collect());
    note(&again, None, reading);
    read.extend(again);
    'all: for span in &assignment.wanted {
        let mut own: Vec<_> = documents.iter().filter(|(slot, _)| is_in(*span, *slot)).collect();
        let mut from = span.from;
        while from < span.to && !reading.portions.is_over() {
            let rest = own.split_off(batch(&own));
            let to = rest.first().map_or(span.to, |(slot, _)| *slot);
            let batch = run_all(tree, own.into_iter().map(|(_, job)| *job).collect());
            covered.add(Span { from, to });
            note(&batch, Some(Span { from, to }), reading);
            read.extend(batch);
            (own, from) = (rest, to);
        }
        if from < span.to {
            break 'all;
        }
    }
    let sizes = documents.iter().map(|(slot, job)| (*slot, job.entry.bytes));
    let part = counted(sizes, &covered, &all);
    // Findings keep path order.
    read.sort_by(|(one, _), (other, _)| one.path.cmp(other.path));
    (read, part)
}

fn is_in(span: Span, slot: u64) -> bool {
    (span.from..span.to).contains(&slot)
}

/// Returns how many files are read before the clock is checked: about a second's work, without splitting a
/// slot.
fn batch(files: &[&(u64, &Job<'_>)]) -> usize {
    let (mut bytes, mut count) = (0, 0);
    while count < files.len() && count < BATCH_FILES && bytes < BATCH_BYTES {
        bytes += files[count].1.entry.bytes;
        count += 1;
    }
    while count > 0 && count < files.len() && files[count].0 == files[count - 1].0 {
        count += 1;
    }
    count
}

/// Returns what was read in one go.
fn stretch(read: &Read<'_, '_>, span: Option<Span>, assignment: &Assignment) -> Stretch {
    let mut stretch = Stretch { span, ..Stretch::default() };
    for (job, outcome) in read {
        stretch.files += 1;
        stretch.bytes += outcome.bytes;
        match (outcome.is_sound(job), assignment.again.contains(job.path)) {
            (false, false) => stretch.faults.push(job.path.to_owned()),
            (true, true) => stretch.mended.push(job.path.to_owned()),
            _ => {}
        }
    }
    stretch
}

/// Returns the digests that may identify a missing file under another name.
fn wanted(plan: &Plan<'_>) -> Vec<Algorithm> {
    let digests = plan.missing.values().flat_map(|missing| &missing.digests);
    let wanted: BTreeSet<_> = digests.map(|(algorithm, _)| *algorithm).collect();
    wanted.into_iter().collect()
}

fn jobs<'a>(tree: &'a Tree, plan: &'a Plan<'a>, wanted: &'a [Algorithm]) -> Vec<Job<'a>> {
    let files = tree.entries.iter().zip(&plan.expected);
    let listed = files.filter(|(_, expected)| !expected.is_empty());
    let listed = listed.map(|((path, entry), expected)| Job { path, entry, expected, wanted: &[] });
    // Unlisted files are read only if one of them may be a missing file under another name.
    let strangers =
        plan.extra.iter().chain(&plan.unlisted).filter(|_| !wanted.is_empty()).filter_map(|path| {
            let position = tree.position(path).filter(|position| plan.expected[*position].is_empty())?;
            Some(Job { path, entry: &tree.entries[position], expected: &[], wanted })
        });
    listed.chain(strangers).collect()
}

impl Outcome {
    /// Returns whether a file has every digest that it must have.
    fn is_sound(&self, job: &Job<'_>) -> bool {
        let agrees = |digests: &Vec<_>| job.expected.iter().all(|expected| agrees(expected, digests));
        self.failure.is_none() && self.digests.as_ref().is_none_or(agrees)
    }
}

impl Job<'_> {
    fn is_listed_payload(&self) -> bool {
        !self.expected.is_empty() && is_payload(self.path)
    }

    /// Returns the digests to compute, each once.
    fn algorithms(&self) -> Vec<Algorithm> {
        let mut algorithms = self.wanted.to_vec();
        algorithms.extend(self.expected.iter().map(|expected| expected.algorithm));
        algorithms.sort_unstable();
        algorithms.dedup();
        algorithms
    }
}

fn run(tree: &Tree, job: &Job<'_>, buffer: &mut [u8]) -> Outcome {
    let mut hashers = Hashers::new(&job.algorithms());
    let bytes = match tree.read((job.path, job.entry), buffer, &mut |bytes| hashers.update(bytes)) {
        Ok(bytes) => bytes,
        Err(error) => {
            return Outcome { bytes: 0, digests: None, failure: Some(read_failure(job.path, &error)) };
        }
    };
    if bytes != job.entry.bytes {
        let code = match job.entry.place {
            Place::Disk(_) => codes::CHANGED_MEANWHILE,
            Place::Zip(_) => codes::ENTRY_DAMAGED,
        };
        let found = format!("{bytes} ≠ {}", job.entry.bytes);
        return Outcome {
            bytes,
            digests: None,
            failure: Some(ArchiveFinding::new(code, job.path, &[&found])),
        };
    }
    let digests = hashers.finish();
    let is_sound = !job.expected.is_empty()
        && job.expected.iter().all(|expected| expected.by_case.is_none() && agrees(expected, &digests));
    Outcome { bytes, digests: (!is_sound).then_some(digests), failure: None }
}

fn agrees(expected: &Expected<'_>, digests: &[(Algorithm, String)]) -> bool {
    digests.iter().any(|(algorithm, digest)| *algorithm == expected.algorithm && *digest == expected.digest)
}

/// Reports what is wrong with a file whose digests do not all agree.
fn explain(
    job: &Job<'_>,
    digests: &[(Algorithm, String)],
    owners: &Owners<'_>,
    findings: &mut Vec<ArchiveFinding>,
) {
    let (by_case, plain): (Vec<_>, Vec<_>) =
        job.expected.iter().partition(|expected| expected.by_case.is_some());
    for expected in by_case {
        let listed = expected.by_case.unwrap_or_default();
        findings.push(if agrees(expected, digests) {
            ArchiveFinding::new(codes::NAME_CASE, job.path, &[expected.manifest, listed])
        } else {
            ArchiveFinding::new(codes::MISSING, listed, &[expected.manifest])
        });
    }
    let (sound, wrong): (Vec<_>, Vec<_>) = plain.into_iter().partition(|expected| agrees(expected, digests));
    let Some(first) = wrong.first() else { return };
    if let Some(witness) = sound.iter().find(|expected| expected.algorithm >= Algorithm::Sha224) {
        // If a strong digest agrees, the file is unchanged, and the line that disagrees is damaged.
        let damaged = |expected: &&Expected<'_>| {
            ArchiveFinding::new(codes::MANIFEST_DAMAGED, expected.manifest, &[job.path, witness.manifest])
        };
        findings.extend(wrong.iter().map(damaged));
    } else if let Some(other) = owners.find(digests, job.path) {
        findings.push(ArchiveFinding::new(codes::SWAPPED, job.path, &[other]));
    } else if let Some([from, to]) = line_ends::changed(owners.tree, (job.path, job.entry), first) {
        findings.push(ArchiveFinding::new(codes::LINE_ENDS, job.path, &[from, to]));
    } else {
        let found = digests.iter().find(|(algorithm, _)| *algorithm == first.algorithm);
        let found = found.map(|(_, digest)| digest.as_str()).unwrap_or_default();
        let manifests: Vec<_> = wrong.iter().map(|expected| expected.manifest).collect();
        let values = [first.algorithm.name(), &manifests.join(", "), first.digest, found];
        findings.push(ArchiveFinding::new(codes::DAMAGED, job.path, &values));
    }
}

/// The listed files by content; looked up only when something is wrong.
struct Owners<'a> {
    tree: &'a Tree,
    plan: &'a Plan<'a>,
    by_digest: OnceCell<BTreeMap<(Algorithm, &'a str), usize>>,
}

impl<'a> Owners<'a> {
    /// Returns the other listed file with all these digests.
    fn find(&self, digests: &[(Algorithm, String)], path: &str) -> Option<&'a str> {
        let by_digest = self.by_digest.get_or_init(|| {
            let all = self.plan.expected.iter().enumerate();
            all.flat_map(|(position, expected)| expected.iter().map(move |expected| (position, expected)))
                .map(|(position, expected)| ((expected.algorithm, expected.digest), position))
                .collect()
        });
        let (algorithm, digest) = digests.last()?;
        let other = *by_digest.get(&(*algorithm, digest.as_str()))?;
        let is_owner = self.plan.expected[other].iter().all(|expected| agrees(expected, digests));
        let (other, _) = self.tree.entries.get_index(other)?;
        (other != path && is_owner).then_some(other.as_str())
    }
}

/// Reports missing and extra files, and pairs of them with equal digests as renamed.
fn report_absent(
    (tree, plan): (&Tree, &Plan<'_>),
    mut strangers: BTreeMap<(Algorithm, String), Vec<&str>>,
    findings: &mut Vec<ArchiveFinding>,
) {
    let mut renamed = BTreeSet::new();
    for (path, missing) in &plan.missing {
        match new_name(missing, &mut strangers, &renamed) {
            Some(name) => {
                findings.push(ArchiveFinding::new(codes::RENAMED, path, &[name]));
                renamed.insert(name);
            }
            None => {
                findings.push(ArchiveFinding::new(codes::MISSING, path, &[&missing.manifests.join(", ")]));
            }
        }
    }
    let extra = plan.extra.iter().filter(|path| !renamed.contains(path.as_str()));
    findings.extend(extra.map(|path| match system_of(path) {
        None if is_signature_of_listed((tree, plan), path) => {
            ArchiveFinding::new(codes::SIGNATURE_MISPLACED, path, &[&format!("{SIGNATURES}{path}")])
        }
        Some(system) => ArchiveFinding::new(codes::EXTRA_SYSTEM, path, &[system]),
        None => ArchiveFinding::new(codes::EXTRA, path, &[]),
    }));
}

/// Returns whether an extra file is a signature beside the document that it signs.
fn is_signature_of_listed((tree, plan): (&Tree, &Plan<'_>), path: &str) -> bool {
    let signed = signed_name(path).and_then(|signed| tree.position(signed));
    signed.is_some_and(|position| !plan.expected[position].is_empty())
}

fn new_name<'a>(
    missing: &Missing<'_>,
    strangers: &mut BTreeMap<(Algorithm, String), Vec<&'a str>>,
    renamed: &BTreeSet<&str>,
) -> Option<&'a str> {
    missing.digests.iter().find_map(|(algorithm, digest)| {
        let names = strangers.get_mut(&(*algorithm, (*digest).to_owned()))?;
        let at = names.iter().position(|name| !renamed.contains(name))?;
        Some(names.remove(at))
    })
}
