//! The relevant parts of an X.509 certificate (RFC 5280, 4.1): owner, key, and the certificate's own
//! signature.

use super::der::{Element, Reader, tag};
use super::keys::{AlgorithmId, Key};
use super::person::name;
use super::reasons::{self, Failure, broken};

/// A parsed certificate. Nothing in it is trusted.
#[derive(Clone, Debug)]
pub(super) struct Certificate<'a> {
    /// The whole certificate.
    pub(super) raw: &'a [u8],
    /// What its issuer signed.
    signed: &'a [u8],
    serial: &'a [u8],
    issuer: &'a [u8],
    subject: &'a [u8],
    owner: String,
    key: Element<'a>,
    key_id: Option<&'a [u8]>,
    algorithm: AlgorithmId<'a>,
    signature: &'a [u8],
}

/// How a signature refers to its certificate (RFC 5652, 5.3).
#[derive(Clone, Copy, Debug)]
pub(super) enum SignerId<'a> {
    /// Issuer and serial number.
    Serial { issuer: &'a [u8], serial: &'a [u8] },
    /// Subject key identifier.
    Key(&'a [u8]),
}

impl<'a> Certificate<'a> {
    /// Parses a certificate.
    pub(super) fn read(certificate: Element<'a>) -> Option<Self> {
        let mut outside = certificate.inside();
        let signed = outside.expect(tag::SEQUENCE)?;
        let algorithm = AlgorithmId::read(&mut outside)?;
        let signature = outside.expect(tag::BIT_STRING)?.whole_bits()?;
        let mut fields = signed.inside();
        fields.optional(tag::CONTEXT_0);
        let serial = fields.expect(tag::INTEGER)?.content;
        fields.expect(tag::SEQUENCE)?;
        let issuer = fields.expect(tag::SEQUENCE)?.raw;
        fields.expect(tag::SEQUENCE)?;
        let subject = fields.expect(tag::SEQUENCE)?;
        let key = fields.expect(tag::SEQUENCE)?;
        let signed = signed.raw;
        let key_id = key_id(fields);
        let owner = name(subject)?;
        let subject = subject.raw;
        Some(Self {
            raw: certificate.raw,
            signed,
            serial,
            issuer,
            subject,
            owner,
            key,
            key_id,
            algorithm,
            signature,
        })
    }

    /// Returns whether a signature refers to this certificate.
    pub(super) fn is_meant(&self, id: SignerId<'_>) -> bool {
        match id {
            SignerId::Serial { issuer, serial } => self.issuer == issuer && self.serial == serial,
            SignerId::Key(key_id) => self.key_id == Some(key_id),
        }
    }

    /// Returns the owner in the certificate's own words.
    pub(super) fn owner(&self) -> &str {
        &self.owner
    }

    /// Returns the key.
    pub(super) fn key(&self) -> Result<Key, Failure> {
        Key::read(self.key)
    }

    /// Returns whether the certificate's own signature was made with the key of an issuer's certificate in
    /// the same file. A self-issued certificate must have signed itself.
    pub(super) fn is_confirmed_by(&self, others: &[Self]) -> Result<bool, Failure> {
        let mut issuers = others.iter().filter(|other| other.subject == self.issuer);
        if issuers.any(|issuer| self.is_signed_by(issuer) == Ok(true)) {
            return Ok(true);
        }
        match self.subject == self.issuer && self.is_signed_by(self) == Ok(false) {
            true => Err(broken(reasons::CERTIFICATE_DAMAGED)),
            false => Ok(false),
        }
    }

    fn is_signed_by(&self, issuer: &Self) -> Result<bool, Failure> {
        issuer.key()?.is_signature(self.algorithm.scheme(None)?, self.signed, self.signature)
    }
}

/// Returns the subject key identifier from the fields after the key (RFC 5280, 4.2.1.2).
fn key_id(mut fields: Reader<'_>) -> Option<&[u8]> {
    const EXTENSIONS: u8 = 0xA3;
    while !fields.is_empty() {
        let field = fields.next()?;
        if field.tag != EXTENSIONS {
            continue;
        }
        let mut extensions = field.inside().expect(tag::SEQUENCE)?.inside();
        while let Some(extension) = extensions.next() {
            let mut parts = extension.inside();
            if parts.object_id()? == "2.5.29.14" {
                while let Some(part) = parts.next() {
                    if part.tag == tag::OCTET_STRING {
                        return part.inside().expect(tag::OCTET_STRING).map(|id| id.content);
                    }
                }
            }
        }
    }
    None
}
