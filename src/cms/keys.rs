//! Algorithm identifiers and public keys in the form of certificates and signatures.

use num_bigint::BigUint;

use super::curve::{Affine, Curve};
use super::der::{Element, Reader, tag};
use super::elliptic::{is_ecdsa_signature, is_gost_signature};
use super::parameters::{Family, Named};
use super::reasons::{self, Failure, not_checked, unknown};
use super::rsa::RsaKey;
use crate::base::digest::Algorithm;
use crate::base::said::{Said, said};

/// An algorithm and its parameters (RFC 5280, 4.1.1.2).
#[derive(Clone, Debug)]
pub(super) struct AlgorithmId<'a> {
    pub(super) object_id: String,
    parameters: Option<Element<'a>>,
}

impl<'a> AlgorithmId<'a> {
    /// Reads the next element as an algorithm.
    pub(super) fn read(reader: &mut Reader<'a>) -> Option<Self> {
        Self::of(reader.expect(tag::SEQUENCE)?)
    }

    pub(super) fn of(sequence: Element<'a>) -> Option<Self> {
        let mut fields = sequence.inside();
        let object_id = fields.object_id()?;
        let parameters = if fields.is_empty() { None } else { Some(fields.next()?) };
        Some(Self { object_id, parameters })
    }

    /// Returns the digest that this identifier names.
    pub(super) fn digest(&self) -> Result<Algorithm, Failure> {
        Ok(match self.object_id.as_str() {
            "2.16.840.1.101.3.4.2.1" => Algorithm::Sha256,
            "2.16.840.1.101.3.4.2.2" => Algorithm::Sha384,
            "2.16.840.1.101.3.4.2.3" => Algorithm::Sha512,
            "1.2.643.7.1.1.2.2" => Algorithm::Streebog256,
            "1.2.643.7.1.1.2.3" => Algorithm::Streebog512,
            other => return Err(unknown(reasons::DIGEST_UNKNOWN, other)),
        })
    }

    /// Returns how a signature with this algorithm is made; `stated` is the digest named beside it.
    pub(super) fn scheme(&self, stated: Option<Algorithm>) -> Result<Scheme, Failure> {
        let (kind, implied) = match self.object_id.as_str() {
            "1.2.840.113549.1.1.1" => (Kind::Pkcs1, None),
            "1.2.840.113549.1.1.11" => (Kind::Pkcs1, Some(Algorithm::Sha256)),
            "1.2.840.113549.1.1.12" => (Kind::Pkcs1, Some(Algorithm::Sha384)),
            "1.2.840.113549.1.1.13" => (Kind::Pkcs1, Some(Algorithm::Sha512)),
            "1.2.840.113549.1.1.10" => self.pss()?,
            "1.2.840.10045.2.1" => (Kind::Ecdsa, None),
            "1.2.840.10045.4.3.2" => (Kind::Ecdsa, Some(Algorithm::Sha256)),
            "1.2.840.10045.4.3.3" => (Kind::Ecdsa, Some(Algorithm::Sha384)),
            "1.2.840.10045.4.3.4" => (Kind::Ecdsa, Some(Algorithm::Sha512)),
            "1.2.643.7.1.1.1.1" | "1.2.643.7.1.1.3.2" => (Kind::Gost, Some(Algorithm::Streebog256)),
            "1.2.643.7.1.1.1.2" | "1.2.643.7.1.1.3.3" => (Kind::Gost, Some(Algorithm::Streebog512)),
            other => return Err(unknown(reasons::SCHEME_UNKNOWN, other)),
        };
        match (implied, stated) {
            (Some(implied), Some(stated)) if implied != stated => {
                Err(not_checked(reasons::ALGORITHMS_DISAGREE))
            }
            (implied, stated) => {
                let digest = stated.or(implied).ok_or_else(|| not_checked(reasons::ALGORITHMS_DISAGREE))?;
                Ok(Scheme { kind, digest })
            }
        }
    }

    /// Reads the parameters of PSS (RFC 4055, 3.1).
    fn pss(&self) -> Result<(Kind, Option<Algorithm>), Failure> {
        let unreadable = || not_checked(reasons::ALGORITHMS_DISAGREE);
        let sequence = self.parameters.filter(|parameters| parameters.tag == tag::SEQUENCE);
        let mut fields = sequence.ok_or_else(unreadable)?.inside();
        let mut field = |tag| fields.optional(tag).map(|field| field.inside());
        let (hash, mask, salt) = (field(tag::CONTEXT_0), field(tag::CONTEXT_1), field(tag::CONTEXT_2));
        // Without these fields the default is SHA-1, which is not accepted.
        let digest =
            hash.and_then(|mut hash| AlgorithmId::read(&mut hash)).ok_or_else(unreadable)?.digest()?;
        let mask = mask.and_then(|mut mask| AlgorithmId::read(&mut mask)).ok_or_else(unreadable)?;
        let mask_digest = mask.parameters.and_then(AlgorithmId::of).ok_or_else(unreadable)?.digest()?;
        if mask.object_id != "1.2.840.113549.1.1.8" || mask_digest != digest {
            return Err(unreadable());
        }
        let salt_bytes = match salt {
            None => 20,
            Some(mut salt) => match salt.expect(tag::INTEGER).map(|salt| salt.content) {
                Some([salt]) if *salt < 0x80 => usize::from(*salt),
                // Some programs choose the longest salt that the key allows.
                Some([high, low]) if *high < 0x80 => usize::from(*high) << 8 | usize::from(*low),
                _ => return Err(unreadable()),
            },
        };
        Ok((Kind::Pss { salt_bytes }, Some(digest)))
    }
}

/// How a signature is made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scheme {
    kind: Kind,
    pub(super) digest: Algorithm,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Pkcs1,
    Pss { salt_bytes: usize },
    Ecdsa,
    Gost,
}

/// A public key of a supported kind.
#[derive(Debug)]
pub(super) enum Key {
    Rsa(RsaKey),
    Elliptic { named: &'static Named, curve: Box<Curve>, point: Affine },
}

impl Key {
    /// Reads a certificate's `SubjectPublicKeyInfo` (RFC 5280, 4.1; RFC 9215 for GOST).
    pub(super) fn read(info: Element<'_>) -> Result<Self, Failure> {
        let unfit = || not_checked(reasons::KEY_UNFIT);
        let mut fields = info.inside();
        let algorithm = AlgorithmId::read(&mut fields).ok_or_else(unfit)?;
        let bits = fields.expect(tag::BIT_STRING).and_then(Element::whole_bits).ok_or_else(unfit)?;
        match algorithm.object_id.as_str() {
            "1.2.840.113549.1.1.1" => rsa(bits).map(Self::Rsa).ok_or_else(unfit),
            "1.2.840.10045.2.1" => {
                let parameters = algorithm.parameters.filter(|parameters| parameters.tag == tag::OBJECT_ID);
                elliptic(parameters, Family::Ecdsa, |size| uncompressed(bits, size))
            }
            "1.2.643.7.1.1.1.1" | "1.2.643.7.1.1.1.2" => {
                let set = algorithm.parameters.and_then(|parameters| parameters.inside().next());
                elliptic(set, Family::Gost, |size| gost_point(bits, size))
            }
            other => Err(unknown(reasons::KEY_UNKNOWN, other)),
        }
    }

    /// Tells whether a signature over a message was made with this key.
    pub(super) fn is_signature(
        &self,
        scheme: Scheme,
        message: &[u8],
        signature: &[u8],
    ) -> Result<bool, Failure> {
        let digest = scheme.digest.digest(message);
        let disagree = || not_checked(reasons::ALGORITHMS_DISAGREE);
        match (self, scheme.kind) {
            (Self::Rsa(key), Kind::Pkcs1) => Ok(key.is_pkcs1_signature(scheme.digest, &digest, signature)),
            (Self::Rsa(key), Kind::Pss { salt_bytes }) => {
                Ok(key.is_pss_signature(scheme.digest, salt_bytes, &digest, signature))
            }
            (Self::Elliptic { named, curve, point }, Kind::Gost) if named.family == Family::Gost => {
                // The length of the digest is that of the key (RFC 9215, 3).
                if digest.len() as u64 * 8 != curve.p.bits() {
                    return Err(disagree());
                }
                Ok(is_gost_signature(curve, point, &digest, signature))
            }
            (Self::Elliptic { named, curve, point }, Kind::Ecdsa) if named.family == Family::Ecdsa => {
                let Some(numbers) = two_numbers(signature) else { return Ok(false) };
                Ok(is_ecdsa_signature(curve, point, &digest, numbers))
            }
            _ => Err(disagree()),
        }
    }

    /// Names the algorithm; `digest` is the one it signs.
    pub(super) fn describe(&self, scheme: Scheme) -> Said {
        let digest = scheme.digest;
        match (self, scheme.kind) {
            (Self::Rsa(key), Kind::Pss { .. }) => both(&format!("RSA-PSS {}", key.bits()), digest),
            (Self::Rsa(key), _) => both(&format!("RSA {}", key.bits()), digest),
            (Self::Elliptic { named, curve, .. }, _) if named.family == Family::Gost => {
                let bits = curve.p.bits();
                said!(
                    "ГОСТ Р 34.10-2012, {bits} бит, {}, {}",
                    "GOST R 34.10-2012, {bits} bit, {}, {}",
                    named.name,
                    title(digest)
                )
            }
            (Self::Elliptic { named, .. }, _) => both(&format!("ECDSA {}", named.name), digest),
        }
    }
}

fn both(name: &str, digest: Algorithm) -> Said {
    said!("{name}, {}", "{name}, {}", title(digest))
}

/// Names a digest.
fn title(digest: Algorithm) -> Said<&'static str> {
    match digest {
        Algorithm::Sha384 => Said::fixed("SHA-384", "SHA-384"),
        Algorithm::Sha512 => Said::fixed("SHA-512", "SHA-512"),
        Algorithm::Streebog256 => Said::fixed("Стрибог-256", "Streebog-256"),
        Algorithm::Streebog512 => Said::fixed("Стрибог-512", "Streebog-512"),
        _ => Said::fixed("SHA-256", "SHA-256"),
    }
}

fn rsa(bits: &[u8]) -> Option<RsaKey> {
    let (n, e) = two_numbers(bits)?;
    RsaKey::new(n, e)
}

/// Reads a sequence of two positive numbers: an RSA key or an ECDSA signature.
fn two_numbers(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut outside = Reader(bytes);
    let mut fields = outside.expect(tag::SEQUENCE)?.inside();
    let mut number = || fields.expect(tag::INTEGER).map(|number| number.content).filter(|n| is_positive(n));
    let numbers = (number()?, number()?);
    (fields.is_empty() && outside.is_empty()).then_some(numbers)
}

fn is_positive(number: &[u8]) -> bool {
    number.first().is_some_and(|first| *first < 0x80)
}

/// Accepts a point only if it is on a known curve: otherwise signatures could be forged.
fn elliptic(
    set: Option<Element<'_>>,
    family: Family,
    point: impl Fn(usize) -> Option<Affine>,
) -> Result<Key, Failure> {
    let object_id = set
        .filter(|set| set.tag == tag::OBJECT_ID)
        .and_then(|set| super::der::dotted(set.content))
        .ok_or_else(|| not_checked(reasons::CURVE_UNKNOWN))?;
    let named = Named::by_object_id(&object_id).filter(|named| named.family == family);
    let named = named.ok_or_else(|| unknown(reasons::CURVE_UNKNOWN, &object_id))?;
    let curve = named.curve();
    let size = usize::try_from(curve.p.bits() / 8).expect("the curves are at most 512 bits");
    let point = point(size).filter(|point| curve.holds(point));
    let point = point.ok_or_else(|| not_checked(reasons::KEY_UNFIT))?;
    Ok(Key::Elliptic { named, curve: Box::new(curve), point })
}

/// A point as 4, x, y, most significant byte first (SEC 1, 2.3.4).
fn uncompressed(bits: &[u8], size: usize) -> Option<Affine> {
    let (form, bytes) = bits.split_first()?;
    let (x, y) = bytes.split_at_checked(size)?;
    let point = Affine { x: BigUint::from_bytes_be(x), y: BigUint::from_bytes_be(y) };
    (*form == 4 && y.len() == size).then_some(point)
}

/// A point as an octet string of x, y, least significant byte first (RFC 9215, 4.3).
fn gost_point(bits: &[u8], size: usize) -> Option<Affine> {
    let octets = Reader(bits).expect(tag::OCTET_STRING)?;
    let (x, y) = octets.content.split_at_checked(size)?;
    let point = Affine { x: BigUint::from_bytes_le(x), y: BigUint::from_bytes_le(y) };
    (y.len() == size).then_some(point)
}
