//! RSA signatures, PKCS #1 v1.5 and PSS (RFC 8017), by plain exponentiation: all values are public. The
//! padding is built anew and compared as a whole, never parsed, so that no lax parsing can be exploited.

use num_bigint::BigUint;

use crate::base::digest::Algorithm;

/// Allowed lengths of moduli in bits: shorter ones are broken, longer ones only take time.
const MODULUS_BITS: std::ops::RangeInclusive<u64> = 1024..=16_384;
/// Longest public exponent in bits; nearly all are 65537.
const EXPONENT_BITS: u64 = 64;

/// A public key.
#[derive(Clone, Debug)]
pub(super) struct RsaKey {
    n: BigUint,
    e: BigUint,
}

impl RsaKey {
    /// Takes a modulus and an exponent, most significant byte first; `None` if they are unsuitable.
    pub(super) fn new(n: &[u8], e: &[u8]) -> Option<Self> {
        let (n, e) = (BigUint::from_bytes_be(n), BigUint::from_bytes_be(e));
        let is_fit = MODULUS_BITS.contains(&n.bits())
            && n.bit(0)
            && e.bit(0)
            && (2..=EXPONENT_BITS).contains(&e.bits());
        is_fit.then_some(Self { n, e })
    }

    /// Returns the length of the modulus in bits.
    pub(super) fn bits(&self) -> u64 {
        self.n.bits()
    }

    fn bytes(&self) -> usize {
        usize::try_from(self.n.bits().div_ceil(8)).expect("the modulus is at most 16384 bits")
    }

    /// Returns the signature raised to the public exponent, as long as the modulus.
    fn open(&self, signature: &[u8]) -> Option<Vec<u8>> {
        let number = BigUint::from_bytes_be(signature);
        if signature.len() != self.bytes() || number >= self.n {
            return None;
        }
        let opened = number.modpow(&self.e, &self.n).to_bytes_be();
        let mut bytes = vec![0; self.bytes() - opened.len()];
        bytes.extend(opened);
        Some(bytes)
    }

    /// Tells whether a PKCS #1 v1.5 signature over a digest was made with this key (RFC 8017, 8.2.2).
    pub(super) fn is_pkcs1_signature(&self, algorithm: Algorithm, digest: &[u8], signature: &[u8]) -> bool {
        let Some(prefix) = digest_info(algorithm) else { return false };
        let tail = [&[0], prefix, digest].concat();
        let Some(filling) = self.bytes().checked_sub(tail.len() + 2).filter(|filling| *filling >= 8) else {
            return false;
        };
        let expected = [&[0, 1], vec![0xFF; filling].as_slice(), &tail].concat();
        self.open(signature).is_some_and(|opened| opened == expected)
    }

    /// Returns whether a PSS signature over a digest was made with this key, with the digest's algorithm in
    /// MGF1 too and a salt of that many bytes (RFC 8017, 9.1.2).
    pub(super) fn is_pss_signature(
        &self,
        algorithm: Algorithm,
        salt_bytes: usize,
        digest: &[u8],
        signature: &[u8],
    ) -> bool {
        let bits = usize::try_from(self.n.bits() - 1).expect("the modulus is at most 16384 bits");
        let length = bits.div_ceil(8);
        let Some(opened) = self.open(signature) else { return false };
        // One bit less than the modulus may mean one byte less; that byte must then be zero.
        let (above, encoded) = opened.split_at(opened.len() - length);
        let Some(masked) = length.checked_sub(digest.len() + 1).filter(|masked| *masked > salt_bytes) else {
            return false;
        };
        let (block, rest) = encoded.split_at(masked);
        let (hash, trailer) = rest.split_at(digest.len());
        let unused = u32::try_from(8 * length - bits).expect("fewer than eight bits are over");
        let spare = !0xFF_u8.checked_shr(unused).unwrap_or(0);
        if above.iter().any(|byte| *byte != 0) || trailer != [0xBC] || block[0] & spare != 0 {
            return false;
        }
        let mask = mgf1(algorithm, hash, masked);
        let mut block: Vec<u8> = block.iter().zip(mask).map(|(byte, mask)| byte ^ mask).collect();
        block[0] &= !spare;
        let (filling, salt) = block.split_at(masked - salt_bytes);
        let is_filled =
            filling.split_last().is_some_and(|(one, zeros)| *one == 1 && zeros.iter().all(|zero| *zero == 0));
        is_filled && *algorithm.digest(&[&[0; 8], digest, salt].concat()) == *hash
    }
}

/// The mask generation function (RFC 8017, B.2.1).
fn mgf1(algorithm: Algorithm, seed: &[u8], length: usize) -> Vec<u8> {
    let mut mask = Vec::new();
    for counter in 0_u32.. {
        if mask.len() >= length {
            break;
        }
        mask.extend(algorithm.digest(&[seed, &counter.to_be_bytes()].concat()));
    }
    mask.truncate(length);
    mask
}

/// The prefix of a digest in PKCS #1 v1.5 (RFC 8017, 9.2, note 1).
fn digest_info(algorithm: Algorithm) -> Option<&'static [u8]> {
    Some(match algorithm {
        Algorithm::Sha256 => b"\x30\x31\x30\x0D\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20",
        Algorithm::Sha384 => b"\x30\x41\x30\x0D\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x02\x05\x00\x04\x30",
        Algorithm::Sha512 => b"\x30\x51\x30\x0D\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x03\x05\x00\x04\x40",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_even_and_trivial_keys_are_unfit() {
        let mut modulus = vec![0xFF; 128];
        assert!(RsaKey::new(&modulus, &[1, 0, 1]).is_some());
        assert!(RsaKey::new(&modulus, &[1]).is_none());
        assert!(RsaKey::new(&modulus, &[2]).is_none());
        assert!(RsaKey::new(&modulus[1..], &[3]).is_none());
        modulus[127] = 0xFE;
        assert!(RsaKey::new(&modulus, &[3]).is_none());
    }
}
