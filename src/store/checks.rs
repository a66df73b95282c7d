//! Checks in parts: decides from the record what is read of each bag, and keeps the record.
//!
//! The record is beside the register, or beside the bags if there is none. It only grows, and only under the
//! lock of its folder, so that two checks at the same time do not lose each other's lines.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Result;

use super::registers::sound_register;
use crate::base::files::read_text;
use crate::base::inside::BagName;
use crate::base::said::{AtPlace, Said, Tell};
use crate::base::{limits, settings};
use crate::outputs::refusals::is_another_run;
use crate::outputs::store::{ArchiveLock, replace_file};
use crate::register::REGISTER;
use crate::verify::checks::{CHECKS, CheckLog, Line, Part, Progress, RING, Span, Spans, Step};
use crate::verify::{
    ArchiveSeverity, Assignment, BagReport, Portions, Stretch, VerifyReport, verify_portions,
};

/// The record is written at least this often: a user who stops a check loses no more.
const WRITTEN_EVERY: Duration = Duration::from_secs(20);

/// How much to read.
#[derive(Clone, Debug, Default)]
pub struct Amount {
    /// A part of every bag.
    pub part: Option<Part>,
    /// Content that was not read yet, until this time is over.
    pub time: Option<(String, Duration)>,
}

impl Amount {
    /// Returns the name of the request in the record.
    fn label(&self) -> String {
        match (&self.part, &self.time) {
            (Some(part), _) => part.to_string(),
            (None, Some((typed, _))) => typed.clone(),
            (None, None) => String::new(),
        }
    }
}

/// Reads that much of the bags below the paths, and records what was read.
///
/// # Errors
/// When a record cannot be read or written. The report of the findings is returned beside the error.
pub fn verify_in_parts(paths: &[PathBuf], amount: Amount) -> (VerifyReport, Result<()>) {
    let mut run =
        Run { label: amount.label(), amount, start: Instant::now(), homes: BTreeMap::new(), failure: None };
    let mut report = verify_portions(paths, &mut run);
    let ended = run.finish(&mut report);
    (report, ended)
}

/// Returns how far the reading of each bag of an archive has come, by name and identity.
///
/// # Errors
/// When the record cannot be read.
pub fn in_parts(archive: &Path) -> Result<BTreeMap<(String, String), Progress>> {
    Ok(read_log(archive)?.progress())
}

fn read_log(folder: &Path) -> Result<CheckLog> {
    let path = folder.join(CHECKS);
    match read_text(&path, limits::REGISTER_BYTES) {
        Ok(text) => Ok(CheckLog::read(&text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(CheckLog::default()),
        Err(error) => Err(error).at(&path),
    }
}

/// A check in parts while it runs.
struct Run {
    amount: Amount,
    label: String,
    start: Instant,
    /// Records by their folder.
    homes: BTreeMap<PathBuf, Home>,
    failure: Option<anyhow::Error>,
}

/// One record.
struct Home {
    offset: String,
    /// Everything known here has been read: this run begins the next round.
    begins_anew: bool,
    progress: BTreeMap<(String, String), Progress>,
    /// Bags found in this run.
    met: Vec<(String, String)>,
    pending: Vec<Line>,
    written: Instant,
}

impl Run {
    /// Returns the record of a bag, read on first use, and the bag's name in it.
    fn home(&mut self, path: &str) -> Result<(&mut Home, String)> {
        let folder = folder_of(Path::new(path));
        let name = Path::new(path).strip_prefix(&folder).unwrap_or(Path::new(path));
        let name = name.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
        if !self.homes.contains_key(&folder) {
            let home = Home::read(&folder)?;
            self.homes.insert(folder.clone(), home);
        }
        let home = self.homes.get_mut(&folder).told(|| Said::same(folder.display()))?;
        Ok((home, name))
    }

    fn try_assign(&mut self, path: &str, identity: &str) -> Result<Assignment> {
        let (part, is_timed, label) = (self.amount.part, self.amount.time.is_some(), self.label.clone());
        let (home, name) = self.home(path)?;
        let key = (name, identity.to_owned());
        home.met.push(key.clone());
        let progress = home.progress.entry(key.clone()).or_default();
        // A part of a fully read bag belongs to the next round; with a time limit, rounds begin together.
        let begins = progress.is_whole && (home.begins_anew || !is_timed);
        if begins {
            home.step(&key, Step::Round);
        }
        let progress = home.progress.entry(key).or_default();
        let whole = part.map_or(RING, Part::span);
        let none = Spans::default();
        // A part requested by number is read again, unless a run of the same number was interrupted.
        let done = if is_timed { &progress.read } else { progress.stopped.get(&label).unwrap_or(&none) };
        Ok(Assignment {
            wanted: done.lacking(whole),
            read: progress.read.clone(),
            again: progress.faults.clone(),
        })
    }

    fn try_note(&mut self, path: &str, identity: &str, stretch: &Stretch) -> Result<()> {
        let label = self.label.clone();
        let (home, name) = self.home(path)?;
        let key = (name, identity.to_owned());
        for path in &stretch.faults {
            home.step(&key, Step::Fault { path: path.clone() });
        }
        for path in &stretch.mended {
            home.step(&key, Step::Mended { path: path.clone() });
        }
        if let Some(span) = stretch.span {
            home.cover(&key, &label, span, stretch);
        }
        if home.written.elapsed() > WRITTEN_EVERY {
            let folder = folder_of(Path::new(path));
            // The end of the run waits for another writer.
            match self.homes.get_mut(&folder).map(|home| home.write(&folder)) {
                Some(Err(error)) if !is_another_run(&error) => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    /// Closes the finished rounds, and reports what is left.
    fn finish(mut self, report: &mut VerifyReport) -> Result<()> {
        let is_over = self.is_over();
        for bag in &mut report.bags {
            let Some(mut part) = bag.part.take() else { continue };
            let path = bag.path.clone();
            let label = self.label.clone();
            let (home, name) = self.home(&path)?;
            let Some(key) = home.met.iter().find(|(met, _)| *met == name).cloned() else { continue };
            home.close(&key, &label, is_over, bag);
            let progress = home.progress.entry(key).or_default();
            part.run = label;
            part.began = progress.began.clone().unwrap_or_default();
            part.faults = progress.faults.iter().cloned().collect();
            part.whole = progress.whole.clone().filter(|_| progress.is_whole);
            bag.part = Some(part);
        }
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        for (folder, home) in &mut self.homes {
            home.write(folder)?;
        }
        Ok(())
    }
}

impl Portions for Run {
    fn assign(&mut self, path: &str, identity: &str) -> Option<Assignment> {
        match self.try_assign(path, identity) {
            Ok(assignment) => Some(assignment),
            Err(error) => {
                self.failure.get_or_insert(error);
                // Nothing is read that could not be recorded.
                Some(Assignment::default())
            }
        }
    }

    fn is_over(&self) -> bool {
        let is_late = |(_, time): &(String, Duration)| self.start.elapsed() >= *time;
        self.amount.time.as_ref().is_some_and(is_late) || self.failure.is_some()
    }

    fn note(&mut self, path: &str, identity: &str, stretch: &Stretch) {
        if let Err(error) = self.try_note(path, identity, stretch) {
            self.failure.get_or_insert(error);
        }
    }
}

impl Home {
    fn read(folder: &Path) -> Result<Self> {
        let has_register = folder.join(REGISTER).is_file();
        let offset = if has_register { sound_register(folder)?.offset() } else { "Z".to_owned() };
        let progress = read_log(folder)?.progress();
        // Bags that no longer exist do not delay a round.
        let mut here = progress.iter().filter(|((bag, _), _)| folder.join(bag).exists()).peekable();
        let begins_anew = here.peek().is_some() && here.all(|(_, progress)| progress.is_whole);
        let (met, pending) = (Vec::new(), Vec::new());
        Ok(Self { offset, begins_anew, progress, met, pending, written: Instant::now() })
    }

    fn step(&mut self, (bag, identity): &(String, String), step: Step) {
        let at = settings::now(&self.offset);
        let line = Line { at, bag: bag.clone(), identity: identity.clone(), step };
        self.progress.entry((bag.clone(), identity.clone())).or_default().apply(&line);
        self.pending.push(line);
    }

    /// Records a stretch; one that continues the previous line extends it.
    fn cover(&mut self, key: &(String, String), run: &str, span: Span, stretch: &Stretch) {
        let step = Step::Read { run: run.to_owned(), span, files: stretch.files, bytes: stretch.bytes };
        if let Some(last) =
            self.pending.last_mut().filter(|last| (&last.bag, &last.identity) == (&key.0, &key.1))
            && let Step::Read { span: before, files, bytes, .. } = &mut last.step
            && before.to == span.from
        {
            before.to = span.to;
            *files += stretch.files;
            *bytes += stretch.bytes;
            let line = Line { step, ..last.clone() };
            self.progress.entry(key.clone()).or_default().apply(&line);
            return;
        }
        self.step(key, step);
    }

    /// Ends the run for a bag, and the round if everything was read and nothing is wrong.
    fn close(&mut self, key: &(String, String), run: &str, is_over: bool, bag: &BagReport) {
        if !is_over {
            self.step(key, Step::End { run: run.to_owned() });
        }
        let progress = self.progress.entry(key.clone()).or_default();
        let is_sound = bag.findings.iter().all(|finding| finding.severity <= ArchiveSeverity::Warning);
        if progress.read.is_whole() && progress.faults.is_empty() && is_sound && !progress.is_whole {
            let since = progress.began.clone().unwrap_or_default();
            self.step(key, Step::Whole { since });
        }
    }

    /// Adds the new lines to the record.
    fn write(&mut self, folder: &Path) -> Result<()> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let _lock = ArchiveLock::take(folder)?;
        let path = folder.join(CHECKS);
        let mut text = match read_text(&path, limits::REGISTER_BYTES) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error).at(&path),
        };
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(&CheckLog::text(&self.pending));
        replace_file(&path, text.as_bytes()).at(&path)?;
        self.pending.clear();
        self.written = Instant::now();
        Ok(())
    }
}

/// Returns the folder of a bag's record: that of the register above it, or the bag's parent folder.
fn folder_of(path: &Path) -> PathBuf {
    let own =
        |folder: &Path| if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() };
    let above = path.ancestors().skip(1).map(own).filter(|folder| folder.is_dir());
    let mut above = above.peekable();
    let beside = above.peek().cloned().unwrap_or_else(|| PathBuf::from("."));
    above.take(limits::ARCHIVE_DEPTH).find(|folder| folder.join(REGISTER).is_file()).unwrap_or(beside)
}

/// Returns bags of an archive that a check in parts has fully read, each with the note for the register.
pub fn read_whole(report: &VerifyReport, archive: &Path) -> Vec<(BagName, String, String)> {
    let whole = report.bags.iter().filter_map(|bag| {
        let (since, until) = bag.part.as_ref()?.whole.clone()?;
        let name = Path::new(&bag.path).strip_prefix(archive).ok()?.to_str()?.to_owned();
        let day = |moment: &str| moment.get(..10).unwrap_or(moment).to_owned();
        let note = format!("по частям, с {} по {}", day(&since), day(&until));
        Some((BagName::new(name).ok()?, note, until))
    });
    whole.collect()
}
