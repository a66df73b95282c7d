//! Detached CMS signatures (`.sig`, `.p7s`) over files of the archive: how they are found, and the
//! mathematical check.
//!
//! In: the bytes of a signature file and of the file it signs. Out: a [`Signature`] for each signer.
//! Supported are GOST R 34.10-2012 with Streebog, RSA (PKCS #1 v1.5 and PSS) and ECDSA (P-256, P-384) with
//! SHA-2. Anything else stays unchecked and is never called intact. Trust in the certificate is not checked
//! here: that needs the chain up to an accredited authority, its lists of revoked certificates, and a
//! certified program.
//!
//! `der.rs` reads CMS and X.509, not the `cms` crate: that crate reads only DER, while signing programs also
//! write BER, and it would add an older generation of eight crates for the work of two hundred lines.

mod armour;
mod certificate;
mod curve;
mod der;
mod elliptic;
mod examine;
mod keys;
mod parameters;
mod person;
mod reasons;
mod rsa;
mod signed_data;

use serde::{Serialize, Serializer};

use crate::base::digest::Algorithm;
use crate::base::folders::is_payload;
use crate::base::said::Said;

use examine::Facts;
pub use reasons::Verdict;
use reasons::{Failure, not_checked};
use signed_data::SignedData;

/// Signers or certificates in one file. A hostile file could hold thousands and keep the processor busy for
/// hours.
const MOST_SIGNERS: usize = 100;

/// The result for one signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Signature {
    /// Path of the signature file.
    pub path: String,
    /// SHA-256 of the signature file in hex.
    pub sha256: String,
    /// Path of the file it signs.
    pub signed: String,
    /// What the mathematics say.
    pub verdict: Verdict,
    /// Why the verdict is not "intact"; otherwise empty.
    #[serde(flatten, serialize_with = "reason_fields")]
    pub reason: Said,
    /// The signer in the certificate's words. It is personal data, so only the terminal shows it.
    #[serde(skip)]
    pub signer: String,
    /// SHA-256 of the certificate in hex; empty when there is none.
    pub certificate_sha256: String,
    /// Key, parameters and digest; empty if checking stopped earlier.
    #[serde(flatten, serialize_with = "algorithm_fields")]
    pub algorithm: Said,
    /// The time on the signer's clock, which nothing confirms; may be empty.
    pub claimed_at: String,
    /// Questions that stay open even for an intact signature.
    pub not_checked: Vec<Unknown>,
}

fn reason_fields<S: Serializer>(reason: &Said, serializer: S) -> Result<S::Ok, S::Error> {
    reason.as_ref().map(String::as_str).fields(["reason", "reason_en"], serializer)
}

fn algorithm_fields<S: Serializer>(algorithm: &Said, serializer: S) -> Result<S::Ok, S::Error> {
    algorithm.as_ref().map(String::as_str).fields(["algorithm", "algorithm_en"], serializer)
}

/// A question that checking a signature leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unknown {
    /// Whether the certificate is the one that the signer used: neither the signature nor an issuer's
    /// certificate confirms it.
    CertificateText,
    /// Whether an accredited authority stands behind the certificate.
    Chain,
    /// Whether the certificate was revoked or expired at the time of signing.
    Revocation,
    /// Whether the signature is a qualified one by law.
    QualifiedStatus,
    /// When it was signed.
    SigningTime,
}

impl Unknown {
    /// Returns the question.
    pub fn title(self) -> Said<&'static str> {
        match self {
            Self::CertificateText => Said::fixed("имя в сертификате", "the name in the certificate"),
            Self::Chain => Said::fixed("цепочка сертификатов", "the chain of certificates"),
            Self::Revocation => Said::fixed("отзыв и срок сертификата", "revocation and expiry"),
            Self::QualifiedStatus => Said::fixed("квалифицированность", "qualified status"),
            Self::SigningTime => Said::fixed("время подписания", "the time of signing"),
        }
    }
}

/// Returns the name of the file that a file of this name would sign; `None` if the name is not that of a
/// signature.
pub fn signed_name(name: &str) -> Option<&str> {
    [".sig", ".p7s"].iter().find_map(|ending| {
        let at = name.len().checked_sub(ending.len())?;
        let (signed, found) = (name.get(..at)?, name.get(at..)?);
        (found.eq_ignore_ascii_case(ending) && !signed.is_empty() && !signed.ends_with('/')).then_some(signed)
    })
}

/// Folder of a bag for signatures over its other files: `signatures/data/journals/journal-5A.pdf.sig` is over
/// `data/journals/journal-5A.pdf`. No manifest lists them, so they can be added long after the bag was
/// closed.
pub const SIGNATURES: &str = "signatures/";

/// Returns the file of a bag that a signature at this path signs: the file beside it, or the one that its
/// path names in [`SIGNATURES`]. A file among the documents is a document.
pub fn signed_in_bag(path: &str, is_there: impl Fn(&str) -> bool) -> Option<&str> {
    let beside = signed_name(path).filter(|_| !is_payload(path))?;
    [Some(beside), beside.strip_prefix(SIGNATURES)].into_iter().flatten().find(|signed| is_there(signed))
}

/// Checks every signature in a signature file over a document. A file without any gives one unchecked
/// signature.
///
/// `path` is that of the signature file; its name says which document it signs.
pub fn judge(path: &str, file: &[u8], document: &[u8]) -> Vec<Signature> {
    let sha256 = Algorithm::Sha256.of(file);
    let judged = judge_signers(path, file, document).into_iter();
    judged.map(|signature| Signature { sha256: sha256.clone(), ..signature }).collect()
}

fn judge_signers(path: &str, file: &[u8], document: &[u8]) -> Vec<Signature> {
    let plain = armour::strip(file);
    let Some(data) = plain.as_deref().and_then(SignedData::read) else {
        return vec![report(path, Facts::default(), Err(not_checked(reasons::NOT_CMS)))];
    };
    let failure = match data.signers.len().max(data.certificates.len()) {
        _ if data.signers.is_empty() => Some(not_checked(reasons::NO_SIGNER)),
        count if count > MOST_SIGNERS => Some(not_checked(reasons::TOO_MANY)),
        _ => None,
    };
    if let Some(failure) = failure {
        return vec![report(path, Facts::default(), Err(failure))];
    }
    let judged = data.signers.iter().map(|signer| {
        let mut facts = Facts::default();
        let outcome = examine::examine(&data, signer, document, &mut facts);
        report(path, facts, outcome)
    });
    judged.collect()
}

fn report(path: &str, facts: Facts, outcome: Result<(), Failure>) -> Signature {
    let mut open = vec![Unknown::Chain, Unknown::Revocation, Unknown::QualifiedStatus, Unknown::SigningTime];
    if !facts.is_certificate_confirmed {
        open.insert(0, Unknown::CertificateText);
    }
    let (verdict, reason) = match outcome {
        Ok(()) => (Verdict::Intact, Said::default()),
        Err(Failure { verdict, reason }) => (verdict, reason),
    };
    Signature {
        path: path.to_owned(),
        sha256: String::new(),
        signed: signed_name(path).unwrap_or_default().to_owned(),
        verdict,
        reason,
        signer: facts.signer,
        certificate_sha256: facts.certificate_sha256,
        algorithm: facts.algorithm,
        claimed_at: facts.claimed_at,
        not_checked: open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_named_after_what_it_signs() {
        assert_eq!(signed_name("tagmanifest-sha512.txt.sig"), Some("tagmanifest-sha512.txt"));
        assert_eq!(signed_name("register.txt.P7S"), Some("register.txt"));
        for other in [".sig", "a/.p7s", "register.txt", "описьsig", "ж"] {
            assert_eq!(signed_name(other), None, "{other}");
        }
    }

    #[test]
    fn a_signature_in_its_folder_names_a_file_of_the_bag() {
        let there =
            ["data/journals/journal-5A.pdf", "tagmanifest-sha512.txt", "signatures/built/bag-info.txt"];
        let signed = |path| signed_in_bag(path, |name| there.contains(&name));
        assert_eq!(signed("signatures/data/journals/journal-5A.pdf.sig"), Some(there[0]));
        assert_eq!(signed("tagmanifest-sha512.txt.p7s"), Some(there[1]));
        assert_eq!(signed("signatures/tagmanifest-sha512.txt.sig"), Some(there[1]));
        assert_eq!(signed("signatures/built/bag-info.txt.sig"), Some(there[2]));
        for other in
            ["data/journals/journal-5A.pdf.sig", "signatures/journals/journal-5A.pdf.sig", "x.txt.sig"]
        {
            assert_eq!(signed(other), None, "{other}");
        }
    }
}
