//! The rules for checking one signature, in the order that explains most about a fault.

use super::certificate::Certificate;
use super::der::{Element, tag};
use super::person;
use super::reasons::{self, Failure, broken, not_checked};
use super::signed_data::{Attributes, SignedData, Signer};
use crate::base::digest::Algorithm;
use crate::base::said::Said;

const CONTENT_TYPE: &str = "1.2.840.113549.1.9.3";
const MESSAGE_DIGEST: &str = "1.2.840.113549.1.9.4";
const SIGNING_TIME: &str = "1.2.840.113549.1.9.5";
const SIGNING_CERTIFICATE: &str = "1.2.840.113549.1.9.16.2.12";
const SIGNING_CERTIFICATE_V2: &str = "1.2.840.113549.1.9.16.2.47";

/// The facts that were learnt about a signature before checking stopped.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// The owner in the certificate's own words.
    pub(super) signer: String,
    pub(super) certificate_sha256: String,
    /// The algorithm in Russian and English.
    pub(super) algorithm: Said,
    /// The time the signer's clock showed.
    pub(super) claimed_at: String,
    /// The certificate is the one used for signing, or has a sound signature of its own.
    pub(super) is_certificate_confirmed: bool,
}

/// Checks one signature over a document; `facts` are filled as far as checking gets.
pub(super) fn examine(
    data: &SignedData<'_>,
    signer: &Signer<'_>,
    document: &[u8],
    facts: &mut Facts,
) -> Result<(), Failure> {
    let certificate = data.certificates.iter().find(|certificate| certificate.is_meant(signer.id));
    if let Some(certificate) = certificate {
        facts.signer = certificate.owner().to_owned();
        facts.certificate_sha256 = Algorithm::Sha256.of(certificate.raw);
    }
    if data.content.as_ref().is_some_and(|content| content != document) {
        return Err(broken(reasons::OTHER_CONTENT));
    }
    let digest = signer.digest.digest()?;
    let attributes = check_attributes(data, signer, document, digest, facts)?;
    let certificate = certificate.ok_or_else(|| {
        let is_damaged = data.has_unreadable_certificate;
        not_checked(if is_damaged { reasons::CERTIFICATE_UNREADABLE } else { reasons::NO_CERTIFICATE })
    })?;
    let key = certificate.key()?;
    let scheme = signer.algorithm.scheme(Some(digest))?;
    facts.algorithm = key.describe(scheme);
    let message = match signer.attributes {
        Some(attributes) => signed_form(attributes)?,
        None => document.to_vec(),
    };
    if !key.is_signature(scheme, &message, signer.signature)? {
        return Err(broken(reasons::SIGNATURE_WRONG));
    }
    let is_named = attributes.is_some_and(|attributes| names_certificate(&attributes).is_some());
    let is_confirmed = certificate.is_confirmed_by(&data.certificates)?;
    facts.is_certificate_confirmed = is_confirmed || is_named;
    Ok(())
}

/// Checks the signed attributes against the document and the certificate (RFC 5652, 5.4 and 11).
fn check_attributes<'a>(
    data: &SignedData<'a>,
    signer: &Signer<'a>,
    document: &[u8],
    digest: Algorithm,
    facts: &mut Facts,
) -> Result<Option<Attributes<'a>>, Failure> {
    let wrong = || broken(reasons::ATTRIBUTES_WRONG);
    let Some(set) = signer.attributes else {
        // Without them the signature itself covers the document.
        return Ok(None);
    };
    let attributes = Attributes::read(set).ok_or_else(wrong)?;
    let time = attributes.single(SIGNING_TIME).and_then(person::time);
    facts.claimed_at = time.unwrap_or_default();
    let content_type = attributes.single(CONTENT_TYPE).and_then(person::object_id).ok_or_else(wrong)?;
    let stated = attributes.single(MESSAGE_DIGEST).filter(|value| value.tag == tag::OCTET_STRING);
    let stated = stated.ok_or_else(wrong)?;
    if *stated.content != *digest.digest(document) {
        return Err(broken(reasons::DOCUMENT_CHANGED));
    }
    if content_type != data.content_type {
        return Err(wrong());
    }
    check_certificate(data, signer, &attributes)?;
    Ok(Some(attributes))
}

/// Compares the certificate with its signed digest, if there is one (RFC 5035; CAdES requires it).
fn check_certificate(
    data: &SignedData<'_>,
    signer: &Signer<'_>,
    attributes: &Attributes<'_>,
) -> Result<(), Failure> {
    if !attributes.has(SIGNING_CERTIFICATE) && !attributes.has(SIGNING_CERTIFICATE_V2) {
        return Ok(());
    }
    let (algorithm, stated) =
        names_certificate(attributes).ok_or_else(|| broken(reasons::ATTRIBUTES_WRONG))?;
    let is_same = |certificate: &Certificate<'_>| *algorithm.digest(certificate.raw) == *stated;
    match data.certificates.iter().find(|certificate| certificate.is_meant(signer.id)) {
        Some(certificate) if !is_same(certificate) => Err(broken(reasons::OTHER_CERTIFICATE)),
        _ => Ok(()),
    }
}

/// Returns the digest of the signer's certificate from the attributes.
fn names_certificate<'a>(attributes: &Attributes<'a>) -> Option<(Algorithm, &'a [u8])> {
    let first = |attribute: Element<'a>| {
        let certificates = attribute.inside().expect(tag::SEQUENCE)?;
        certificates.inside().expect(tag::SEQUENCE).map(Element::inside)
    };
    if attributes.has(SIGNING_CERTIFICATE_V2) {
        let mut fields = first(attributes.single(SIGNING_CERTIFICATE_V2)?)?;
        let algorithm = match fields.optional(tag::SEQUENCE) {
            Some(algorithm) => super::keys::AlgorithmId::of(algorithm)?.digest().ok()?,
            None => Algorithm::Sha256,
        };
        return Some((algorithm, fields.expect(tag::OCTET_STRING)?.content));
    }
    let mut fields = first(attributes.single(SIGNING_CERTIFICATE)?)?;
    Some((Algorithm::Sha1, fields.expect(tag::OCTET_STRING)?.content))
}

/// Returns the attributes in the form that is signed: as a set, not as `[0]` (RFC 5652, 5.4).
fn signed_form(attributes: Element<'_>) -> Result<Vec<u8>, Failure> {
    if !attributes.is_definite {
        return Err(not_checked(reasons::ATTRIBUTES_INDEFINITE));
    }
    let mut form = attributes.raw.to_vec();
    form[0] = tag::SET;
    Ok(form)
}
