//! Checks in parts: how a bag is divided so that an archive of any size can be read over a year, and the
//! record of what was read.
//!
//! Every file has a place on a ring of 2³² slots. The place is a digest of the bag's name in the register and
//! of the file's path, so it depends on no order, no other file and no other bag. Part 3 of 12 is the third
//! twelfth of the ring. Any number of parts holds every file exactly once. The record is a set of spans of
//! the ring for each bag: a new bag is simply one of which nothing was read. This file is pure: others read
//! and write files.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::bagit::names::folded;
use crate::base::digest::Algorithm;
use crate::base::said::{Fault, said};

/// File name of the record, beside the register or beside the bags.
pub const CHECKS: &str = "checks.txt";

/// The whole ring.
pub const RING: Span = Span { from: 0, to: 1 << 32 };

/// The largest number of parts: more would be empty.
const MOST_PARTS: u64 = 100_000;

/// Digits of the digest at the end of a record line.
const SUM_DIGITS: usize = 16;

/// A stretch of the ring, without its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// First slot.
    pub from: u64,
    /// The slot after the last.
    pub to: u64,
}

/// Stretches of the ring in order; no two touch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spans(Vec<Span>);

impl Spans {
    /// Adds a stretch.
    pub fn add(&mut self, span: Span) {
        if span.from >= span.to {
            return;
        }
        self.0.push(span);
        self.0.sort_unstable();
        let mut joined: Vec<Span> = Vec::with_capacity(self.0.len());
        for span in self.0.drain(..) {
            match joined.last_mut() {
                Some(last) if span.from <= last.to => last.to = last.to.max(span.to),
                _ => joined.push(span),
            }
        }
        self.0 = joined;
    }

    /// Tells whether a slot is among them.
    pub fn has(&self, slot: u64) -> bool {
        let after = self.0.partition_point(|span| span.from <= slot);
        after > 0 && slot < self.0[after - 1].to
    }

    /// Returns the parts of a stretch that are not among them.
    pub fn lacking(&self, whole: Span) -> Vec<Span> {
        let (mut lacking, mut from) = (Vec::new(), whole.from);
        for span in self.0.iter().filter(|span| span.to > whole.from && span.from < whole.to) {
            if span.from > from {
                lacking.push(Span { from, to: span.from });
            }
            from = from.max(span.to);
        }
        if from < whole.to {
            lacking.push(Span { from, to: whole.to });
        }
        lacking
    }

    /// Returns whether the whole ring is covered.
    pub fn is_whole(&self) -> bool {
        self.lacking(RING).is_empty()
    }

    /// Returns the covered share of the ring in percent, rounded down: 100 only when all of it is covered.
    pub fn percent(&self) -> u64 {
        self.0.iter().map(|span| span.to - span.from).sum::<u64>() * 100 / RING.to
    }
}

/// Returns the place of a bag's file on the ring. Case and Unicode form of the name do not matter, because a
/// medium may change them.
pub fn slot(identity: &str, path: &str) -> u64 {
    let digest = Algorithm::Sha256.digest(format!("{identity}\n{}", folded(path)).as_bytes());
    digest.iter().take(4).fold(0, |slot, byte| slot << 8 | u64::from(*byte))
}

/// One part of several, as typed: `3/12`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    number: u64,
    of: u64,
}

impl Part {
    /// Returns the stretch of the ring that belongs to the part.
    pub fn span(self) -> Span {
        let edge = |number: u64| RING.to * number / self.of;
        Span { from: edge(self.number - 1), to: edge(self.number) }
    }
}

impl FromStr for Part {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        let number = |text: &str| text.trim().parse::<u64>().ok();
        let parsed = text.split_once('/').and_then(|(part, of)| Some((number(part)?, number(of)?)));
        match parsed {
            Some((number, of)) if (1..=of).contains(&number) && of <= MOST_PARTS => Ok(Self { number, of }),
            _ => Err(Fault::new(said!(
                "«{text}»: напишите, например, 3/12: третья часть из двенадцати, частей не больше {MOST_PARTS}",
                "«{text}»: write it such as 3/12, the third part of twelve; no more than {MOST_PARTS} parts"
            ))),
        }
    }
}

impl std::fmt::Display for Part {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}/{}", self.number, self.of)
    }
}

/// A step of a check in parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Step {
    /// Reading begins anew: earlier reading no longer counts.
    Round,
    /// A stretch was read. Damaged files have steps of their own.
    Read {
        /// The request, such as `3/12`.
        run: String,
        /// Where it lies.
        #[serde(flatten)]
        span: Span,
        /// Documents in it.
        files: u64,
        /// Their bytes.
        bytes: u64,
    },
    /// A run finished what was asked for.
    End {
        /// What was asked for.
        run: String,
    },
    /// A file is damaged or could not be read.
    Fault {
        /// Its path in the bag.
        path: String,
    },
    /// A file that was damaged is intact now.
    Mended {
        /// Its path in the bag.
        path: String,
    },
    /// Everything was read and is intact.
    Whole {
        /// When this round began.
        since: String,
    },
}

/// One line of the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// When.
    pub at: String,
    /// The bag, by its path from the folder of the record.
    pub bag: String,
    /// What identifies the bag by its digests: another bag of the same name has its own record.
    pub identity: String,
    /// What happened.
    #[serde(flatten)]
    pub step: Step,
}

/// The record: a JSON line for every step, each with a digest that shows damage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckLog {
    /// The undamaged lines, in order.
    pub lines: Vec<Line>,
    /// The number of damaged lines. The stretches they recorded are read again.
    pub damaged: usize,
}

impl CheckLog {
    /// Reads a record.
    pub fn read(text: &str) -> Self {
        let mut log = Self::default();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let whole = line.rsplit_once('\t').filter(|(content, sum)| sum_of(content) == *sum);
            match whole.and_then(|(content, _)| serde_json::from_str(content).ok()) {
                Some(line) => log.lines.push(line),
                None => log.damaged += 1,
            }
        }
        log
    }

    /// Returns lines in the form of the record.
    pub fn text(lines: &[Line]) -> String {
        let lines = lines.iter().filter_map(|line| serde_json::to_string(line).ok());
        lines.map(|content| format!("{content}\t{}\n", sum_of(&content))).collect()
    }

    /// Returns the progress of every bag, by path and by identity.
    pub fn progress(&self) -> BTreeMap<(String, String), Progress> {
        let mut all: BTreeMap<(String, String), Progress> = BTreeMap::new();
        for line in &self.lines {
            all.entry((line.bag.clone(), line.identity.clone())).or_default().apply(line);
        }
        all
    }
}

fn sum_of(content: &str) -> String {
    let mut sum = Algorithm::Sha256.of(content.as_bytes());
    sum.truncate(SUM_DIGITS);
    sum
}

/// How far the reading of a bag has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// What was read in this round.
    pub read: Spans,
    /// When this round began; `None` before its first step.
    pub began: Option<String>,
    /// When the last reading took place.
    pub last: Option<String>,
    /// Files known to be damaged.
    pub faults: BTreeSet<String>,
    /// When the last successful round began and ended.
    pub whole: Option<(String, String)>,
    /// This round has ended successfully.
    pub is_whole: bool,
    /// What interrupted runs had read, by request.
    pub stopped: BTreeMap<String, Spans>,
}

impl Progress {
    /// Takes the next step of the record.
    pub fn apply(&mut self, line: &Line) {
        match &line.step {
            Step::Round => {
                self.read = Spans::default();
                (self.began, self.is_whole) = (None, false);
                self.stopped.clear();
            }
            Step::Read { run, span, .. } => {
                self.read.add(*span);
                self.stopped.entry(run.clone()).or_default().add(*span);
                self.began.get_or_insert_with(|| line.at.clone());
                self.last = Some(line.at.clone());
            }
            Step::End { run } => drop(self.stopped.remove(run)),
            Step::Fault { path } => drop(self.faults.insert(path.clone())),
            Step::Mended { path } => drop(self.faults.remove(path)),
            Step::Whole { since } => {
                self.whole = Some((since.clone(), line.at.clone()));
                self.is_whole = true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_any_number_hold_every_slot_once() {
        for of in [1, 2, 3, 7, 12, 365, MOST_PARTS] {
            let parts = (1..=of).map(|number| Part { number, of }.span());
            let mut at = 0;
            for span in parts {
                assert_eq!(span.from, at, "{of}");
                at = span.to;
            }
            assert_eq!(at, RING.to, "{of}");
        }
        for wrong in ["0/3", "4/3", "3", "a/b", "1/0", "-1/3", "1/100001", "1/18446744073709551616"] {
            assert!(wrong.parse::<Part>().is_err(), "{wrong}");
        }
        assert_eq!(" 3 / 12 ".parse::<Part>().ok().map(|part| part.to_string()).as_deref(), Some("3/12"));
    }

    #[test]
    fn spans_join_and_tell_what_is_lacking() {
        let span = |from, to| Span { from, to };
        let mut spans = Spans::default();
        [span(10, 20), span(30, 40), span(20, 25), span(5, 5)].into_iter().for_each(|span| spans.add(span));
        assert_eq!(spans.lacking(span(0, 50)), [span(0, 10), span(25, 30), span(40, 50)]);
        assert_eq!(spans.lacking(span(12, 24)), []);
        assert!(spans.has(24) && !spans.has(25) && !spans.has(9) && spans.has(39) && !spans.has(40));
        assert!(!spans.is_whole() && spans.percent() == 0);
        spans.add(RING);
        assert!(spans.is_whole() && spans.percent() == 100);
    }

    #[test]
    fn a_damaged_line_of_the_record_is_not_believed() {
        let line = |to| Line {
            at: "2026-01-01T10:00:00Z".to_owned(),
            bag: "a\tb\n".to_owned(),
            identity: "ab".to_owned(),
            step: Step::Read { run: "1/2".to_owned(), span: Span { from: 0, to }, files: 1, bytes: 2 },
        };
        let text = CheckLog::text(&[line(7), line(9)]);
        assert_eq!(CheckLog::read(&text).lines, [line(7), line(9)]);
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1;
            let log = CheckLog::read(&String::from_utf8_lossy(&bytes));
            assert!(log.lines.len() < 2 && log.damaged > 0, "byte {at}");
        }
    }
}
