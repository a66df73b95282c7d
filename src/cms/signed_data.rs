//! The relevant parts of CMS signed data (RFC 5652, 3 and 5).

use super::certificate::{Certificate, SignerId};
use super::der::{Element, Reader, tag};
use super::keys::AlgorithmId;

/// Signed data, parsed.
#[derive(Debug)]
pub(super) struct SignedData<'a> {
    /// The kind of the signed content.
    pub(super) content_type: String,
    /// The content, if it is inside.
    pub(super) content: Option<Vec<u8>>,
    pub(super) certificates: Vec<Certificate<'a>>,
    /// Certificates that could not be parsed.
    pub(super) has_unreadable_certificate: bool,
    pub(super) signers: Vec<Signer<'a>>,
}

/// One signature.
#[derive(Debug)]
pub(super) struct Signer<'a> {
    pub(super) id: SignerId<'a>,
    pub(super) digest: AlgorithmId<'a>,
    pub(super) attributes: Option<Element<'a>>,
    pub(super) algorithm: AlgorithmId<'a>,
    pub(super) signature: &'a [u8],
}

impl<'a> SignedData<'a> {
    /// Parses a whole signature file without its text armour.
    pub(super) fn read(file: &'a [u8]) -> Option<Self> {
        let mut outside = Reader(file);
        let mut info = outside.expect(tag::SEQUENCE)?.inside();
        if info.object_id()? != "1.2.840.113549.1.7.2" || !outside.is_empty() {
            return None;
        }
        let mut fields = info.expect(tag::CONTEXT_0)?.inside().expect(tag::SEQUENCE)?.inside();
        fields.expect(tag::INTEGER)?;
        let mut digests = fields.expect(tag::SET)?.inside();
        while !digests.is_empty() {
            AlgorithmId::read(&mut digests)?;
        }
        let mut wrapped = fields.expect(tag::SEQUENCE)?.inside();
        let content_type = wrapped.object_id()?;
        let content = match wrapped.optional(tag::CONTEXT_0) {
            Some(content) => Some(content.inside().next()?.octets()?),
            None => None,
        };
        let (certificates, has_unreadable_certificate) = certificates(fields.optional(tag::CONTEXT_0));
        fields.optional(tag::CONTEXT_1);
        let signers = signers(fields.expect(tag::SET)?)?;
        Some(Self { content_type, content, certificates, has_unreadable_certificate, signers })
    }
}

fn certificates(set: Option<Element<'_>>) -> (Vec<Certificate<'_>>, bool) {
    let (mut certificates, mut has_unreadable) = (Vec::new(), false);
    let mut elements = Reader(set.map(|set| set.content).unwrap_or_default());
    while let Some(element) = elements.next() {
        match Certificate::read(element).filter(|_| element.tag == tag::SEQUENCE) {
            Some(certificate) => certificates.push(certificate),
            None => has_unreadable = true,
        }
    }
    (certificates, has_unreadable)
}

fn signers(set: Element<'_>) -> Option<Vec<Signer<'_>>> {
    let mut signers = Vec::new();
    let mut elements = set.inside();
    while !elements.is_empty() {
        signers.push(signer(elements.expect(tag::SEQUENCE)?)?);
    }
    Some(signers)
}

fn signer(sequence: Element<'_>) -> Option<Signer<'_>> {
    let mut fields = sequence.inside();
    fields.expect(tag::INTEGER)?;
    let id = match fields.optional(tag::CONTEXT_0_PLAIN) {
        Some(key_id) => SignerId::Key(key_id.content),
        None => {
            let mut pair = fields.expect(tag::SEQUENCE)?.inside();
            let issuer = pair.expect(tag::SEQUENCE)?.raw;
            SignerId::Serial { issuer, serial: pair.expect(tag::INTEGER)?.content }
        }
    };
    let digest = AlgorithmId::read(&mut fields)?;
    let attributes = fields.optional(tag::CONTEXT_0);
    let algorithm = AlgorithmId::read(&mut fields)?;
    let signature = fields.expect(tag::OCTET_STRING)?.content;
    Some(Signer { id, digest, attributes, algorithm, signature })
}

/// The signed attributes (RFC 5652, 11).
#[derive(Clone, Debug)]
pub(super) struct Attributes<'a>(Vec<(String, Vec<Element<'a>>)>);

impl<'a> Attributes<'a> {
    /// Parses the attributes.
    pub(super) fn read(set: Element<'a>) -> Option<Self> {
        let mut attributes = Vec::new();
        let mut elements = set.inside();
        while !elements.is_empty() {
            let mut fields = elements.expect(tag::SEQUENCE)?.inside();
            let kind = fields.object_id()?;
            let mut values = fields.expect(tag::SET)?.inside();
            let mut found = Vec::new();
            while !values.is_empty() {
                found.push(values.next()?);
            }
            attributes.push((kind, found));
        }
        Some(Self(attributes))
    }

    /// Returns the value of an attribute that occurs once with one value, as signed attributes must.
    pub(super) fn single(&self, object_id: &str) -> Option<Element<'a>> {
        let mut found = self.0.iter().filter(|(kind, _)| kind == object_id);
        match (found.next(), found.next()) {
            (Some((_, values)), None) if values.len() == 1 => values.first().copied(),
            _ => None,
        }
    }

    /// Returns whether an attribute exists.
    pub(super) fn has(&self, object_id: &str) -> bool {
        self.0.iter().any(|(kind, _)| kind == object_id)
    }
}
