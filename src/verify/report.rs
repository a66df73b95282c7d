//! The result of verification: findings, one report per bag, one over all, and the exit code.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::finding::ArchiveFinding;
use super::severity::ArchiveSeverity;
use crate::base::limits;
use crate::base::said::{Said, said};
use crate::cms::Signature;
use crate::register::Register;

/// The verdict on a bag or on everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Everything was checked and nothing is wrong.
    Valid,
    /// Valid, with something worth knowing.
    ValidWithWarnings,
    /// Everything that was read is intact; the rest was left for another time, as requested.
    ReadInPart,
    /// Nothing wrong was found, but not everything could be checked.
    Unchecked,
    /// Something is wrong.
    Invalid,
}

impl Status {
    /// Returns the verdict that findings lead to.
    fn of<'a>(findings: impl IntoIterator<Item = &'a ArchiveFinding>) -> Self {
        match findings.into_iter().map(|finding| finding.severity).max() {
            None | Some(ArchiveSeverity::Notice) => Self::Valid,
            Some(ArchiveSeverity::Warning) => Self::ValidWithWarnings,
            Some(ArchiveSeverity::Unchecked) => Self::Unchecked,
            Some(ArchiveSeverity::Error) => Self::Invalid,
        }
    }
}

impl Status {
    /// Returns the verdict for a partial reading of the content.
    fn in_part(self) -> Self {
        match self {
            Self::Valid | Self::ValidWithWarnings => Self::ReadInPart,
            other => other,
        }
    }
}

/// What a check in parts read of a bag, and what is left of this round.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PartReport {
    /// The request, such as `3/12`.
    pub run: String,
    /// Documents read this time.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Documents of the bag.
    pub files_total: u64,
    /// Their bytes.
    pub bytes_total: u64,
    /// Documents that this round has not read yet.
    pub files_left: u64,
    /// Their bytes.
    pub bytes_left: u64,
    /// When this round began.
    pub began: String,
    /// Documents found damaged in an earlier part and not repaired since.
    pub faults: Vec<String>,
    /// The round in which everything was read and intact: its first moment and its last.
    pub whole: Option<(String, String)>,
}

/// Where a bag lay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Container {
    /// A folder.
    Folder,
    /// A ZIP, read in place.
    Zip,
}

/// What was found in one bag.
#[derive(Clone, Debug, Serialize)]
pub struct BagReport {
    /// Path of the folder or ZIP, as given or as found below the given path.
    pub path: String,
    /// Folder or ZIP.
    pub container: Container,
    /// The declared BagIt version, such as `1.0`; empty if unreadable.
    pub version: String,
    /// The verdict.
    pub status: Status,
    /// Every required file exists (RFC 8493, 3).
    pub complete: bool,
    /// The bag is complete, every digest was checked and agrees, and no signature is broken or unchecked.
    pub valid: bool,
    /// Files read and digested.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// The results for the documents that the manifests list: what is intact in a bag that is not valid.
    pub payload: PayloadReport,
    /// The organisation in its metadata; may be empty.
    pub organization: String,
    /// The organisation's address; may be empty.
    pub address: String,
    /// SHA-256 of `tagmanifest-sha256.txt`, which identifies the bag in the register; empty if it has none.
    pub tag_manifest: String,
    /// What was read of it, in a check in parts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<PartReport>,
    /// Parity beside the bag, if there is any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parity: Option<ParityReport>,
    /// The findings, cheap checks first.
    pub findings: Vec<ArchiveFinding>,
    /// Signatures over the bag's tag files, including intact ones.
    pub signatures: Vec<Signature>,
    /// A register lists the bag, so a bag made anew would be noticed.
    #[serde(skip)]
    pub(super) is_registered: bool,
}

impl BagReport {
    /// Computes the verdict from findings.
    pub(crate) fn new(path: String, container: Container, findings: Vec<ArchiveFinding>) -> Self {
        let findings = listed(findings);
        let faults = || findings.iter().filter(|finding| finding.severity > ArchiveSeverity::Warning);
        Self {
            path,
            container,
            version: String::new(),
            status: Status::of(&findings),
            complete: faults().all(ArchiveFinding::is_about_content),
            valid: faults().next().is_none(),
            files: 0,
            bytes: 0,
            payload: PayloadReport::default(),
            organization: String::new(),
            address: String::new(),
            tag_manifest: String::new(),
            part: None,
            parity: None,
            findings,
            signatures: Vec::new(),
            is_registered: false,
        }
    }

    /// Adds a finding of the register about the bag, and computes the verdict again.
    pub(super) fn add(&mut self, finding: ArchiveFinding) {
        self.findings.push(finding);
        self.judge();
    }

    /// Records that only a part was read: then the bag is not called valid.
    pub(super) fn read_in_part(&mut self, part: PartReport) {
        self.part = Some(part);
        self.judge();
    }

    fn judge(&mut self) {
        self.status = Status::of(&self.findings);
        self.valid = !self.findings.iter().any(|finding| finding.severity > ArchiveSeverity::Warning);
        if self.part.is_some() {
            self.status = self.status.in_part();
            self.valid = false;
        }
    }
}

/// Up to this many intact files are named.
const NAMED: usize = 20;

/// The documents of a bag by their results.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PayloadReport {
    /// Files below `data/` that the manifests list.
    pub listed: u64,
    /// Listed files that exist and have every required digest.
    pub whole: u64,
    /// The first of these by name.
    pub whole_files: Vec<String>,
}

impl PayloadReport {
    pub(super) fn add(&mut self, path: &str, is_whole: bool) {
        self.listed += 1;
        self.whole += u64::from(is_whole);
        if is_whole && self.whole_files.len() < NAMED {
            self.whole_files.push(path.to_owned());
        }
    }
}

/// Returns the first findings of each code, and for the unlisted rest one that gives their number: a manifest
/// may name a million missing files.
fn listed(findings: Vec<ArchiveFinding>) -> Vec<ArchiveFinding> {
    let mut met: BTreeMap<(&'static str, ArchiveSeverity), usize> = BTreeMap::new();
    let mut listed = Vec::new();
    for finding in findings {
        let met = met.entry((finding.code, finding.severity)).or_default();
        *met += 1;
        if *met <= limits::FINDINGS_OF_A_CODE {
            listed.push(finding);
        }
    }
    let most = limits::FINDINGS_OF_A_CODE;
    listed.extend(met.into_iter().filter(|(_, met)| *met > most).map(|((code, severity), met)| {
        ArchiveFinding {
            code,
            severity,
            path: String::new(),
            message: said!(
                "и ещё {} таких замечаний; перечислены первые {most}",
                "and {} more of this kind; the first {most} are listed",
                met - most
            ),
            hint: Said::default(),
        }
    }));
    listed
}

/// PAR2 files beside a bag.
#[derive(Clone, Debug, Serialize)]
pub struct ParityReport {
    /// Digest that identifies the set, MD5 in hexadecimal digits.
    pub set: String,
    /// The files.
    pub files: Vec<String>,
    /// Intact recovery blocks: as many blocks of the bag may be lost.
    pub blocks: usize,
    /// Blocks of the bag.
    pub protected_blocks: usize,
    /// Size of a block in bytes.
    pub block_bytes: u64,
}

/// The result for all given paths.
#[derive(Clone, Debug, Default)]
pub struct VerifyReport {
    /// One report per bag, in the order given, below that by path.
    pub bags: Vec<BagReport>,
    /// The registers found, with what they say of the bags beside them.
    pub registers: Vec<RegisterReport>,
    /// What stopped verification before a bag was reached, and what registers show beyond single bags.
    pub findings: Vec<ArchiveFinding>,
    /// Signatures over registers beside bags.
    pub signatures: Vec<Signature>,
    /// Warnings count: the user does not accept a valid bag with warnings.
    pub is_strict: bool,
}

/// A register that was found.
#[derive(Clone, Debug, Serialize)]
pub struct RegisterReport {
    /// Its path.
    pub path: String,
    /// How many events it has.
    pub events: usize,
    /// Its head in the short form that is printed on paper.
    pub head: String,
    /// The whole digest of the head.
    pub head_sha256: String,
    /// Nothing is wrong with its chain.
    pub is_sound: bool,
    #[serde(skip)]
    pub(super) register: Register,
}

impl VerifyReport {
    /// Returns the gravest verdict: one invalid bag makes the result invalid.
    pub fn status(&self) -> Status {
        let status = Status::of(self.all_findings().map(|(_, finding)| finding));
        if self.bags.iter().any(|bag| bag.part.is_some()) { status.in_part() } else { status }
    }

    /// Returns 0 if everything is valid, 1 if something is invalid, 2 if anything was left unchecked, even
    /// beside invalid bags; 3 if warnings count and there are some. `docs/exit-codes.md` has the table.
    pub fn exit_code(&self) -> u8 {
        let has = |severity| self.all_findings().any(|(_, finding)| finding.severity == severity);
        match (has(ArchiveSeverity::Unchecked), has(ArchiveSeverity::Error)) {
            (true, _) => 2,
            (false, true) => 1,
            (false, false) if self.is_strict && has(ArchiveSeverity::Warning) => 3,
            (false, false) => 0,
        }
    }

    /// Returns the report for programs: `status`, `bags` with a verdict and findings each, and `findings`, a
    /// list of all of them with their bags.
    pub fn to_json(&self) -> Value {
        let findings: Vec<Value> = self
            .all_findings()
            .map(|(bag, finding)| {
                let mut value = json!({ "bag": bag });
                let fields = json!(finding);
                if let (Value::Object(into), Value::Object(from)) = (&mut value, fields) {
                    into.extend(from);
                }
                value
            })
            .collect();
        json!({
            "format": "letopis-verify-1",
            "status": self.status(),
            "exit_code": self.exit_code(),
            "files": self.bags.iter().map(|bag| bag.files).sum::<u64>(),
            "bytes": self.bags.iter().map(|bag| bag.bytes).sum::<u64>(),
            "bags": self.bags,
            "registers": self.registers,
            "signatures": self.signatures,
            "findings": findings,
        })
    }

    /// Returns every finding with the path of its bag, empty if it belongs to none.
    pub fn all_findings(&self) -> impl Iterator<Item = (&str, &ArchiveFinding)> {
        let outside = self.findings.iter().map(|finding| ("", finding));
        let inside =
            self.bags.iter().flat_map(|bag| bag.findings.iter().map(|finding| (bag.path.as_str(), finding)));
        outside.chain(inside)
    }
}
