//! GOST R 34.10-2012 and ECDSA: the two equations, on public values only.

use num_bigint::BigUint;

use super::curve::{Affine, Curve};

/// Tells whether a GOST signature over a digest was made with the key of a point (RFC 7091, 6.2).
///
/// The signature is s followed by r, both with the most significant byte first. The digest is a number with
/// its least significant byte first.
pub(super) fn is_gost_signature(curve: &Curve, key: &Affine, digest: &[u8], signature: &[u8]) -> bool {
    let (s, r) = signature.split_at(signature.len() / 2);
    let has_length = s.len() == r.len() && s.len() == byte_len(&curve.q).next_multiple_of(32);
    has_length && satisfies_gost(curve, key, &BigUint::from_bytes_le(digest), &number(r), &number(s))
}

fn satisfies_gost(curve: &Curve, key: &Affine, digest: &BigUint, r: &BigUint, s: &BigUint) -> bool {
    let q = &curve.q;
    if !is_within(r, q) || !is_within(s, q) {
        return false;
    }
    let mut e = digest % q;
    if e == BigUint::ZERO {
        e = BigUint::from(1_u8);
    }
    let Some(v) = e.modinv(q) else { return false };
    let (z1, z2) = (s * &v % q, (q - r) * &v % q);
    curve.sum_x(&z1, &z2, key).is_some_and(|x| x % q == *r)
}

/// Tells whether an ECDSA signature over a digest was made with the key of a point (FIPS 186-5, 6.4.2).
pub(super) fn is_ecdsa_signature(curve: &Curve, key: &Affine, digest: &[u8], (r, s): (&[u8], &[u8])) -> bool {
    let q = &curve.q;
    let (r, s) = (number(r), number(s));
    if !is_within(&r, q) || !is_within(&s, q) {
        return false;
    }
    // Only the first bytes of a digest longer than the order count; both orders are whole bytes long.
    let e = number(&digest[..digest.len().min(byte_len(q))]);
    let Some(w) = s.modinv(q) else { return false };
    let (u1, u2) = (e * &w % q, &r * &w % q);
    curve.sum_x(&u1, &u2, key).is_some_and(|x| x % q == r)
}

/// Reads a number, most significant byte first.
fn number(bytes: &[u8]) -> BigUint {
    BigUint::from_bytes_be(bytes)
}

fn is_within(number: &BigUint, order: &BigUint) -> bool {
    *number != BigUint::ZERO && number < order
}

fn byte_len(number: &BigUint) -> usize {
    usize::try_from(number.bits().div_ceil(8)).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cms::parameters::number as hex;

    struct Example {
        curve: Curve,
        key: Affine,
        digest: &'static str,
        r: &'static str,
        s: &'static str,
    }

    /// RFC 7091, 7.1 (GOST R 34.10-2012, appendix A.1).
    fn example_256() -> Example {
        Example {
            curve: Curve {
                p: hex("8000000000000000000000000000000000000000000000000000000000000431"),
                a: hex("7"),
                b: hex("5FBFF498AA938CE739B8E022FBAFEF40563F6E6A3472FC2A514C0CE9DAE23B7E"),
                q: hex("8000000000000000000000000000000150FE8A1892976154C59CFC193ACCF5B3"),
                base: Affine {
                    x: hex("2"),
                    y: hex("8E2A8A0E65147D4BD6316030E16D19C85C97F0A9CA267122B96ABBCEA7E8FC8"),
                },
            },
            key: Affine {
                x: hex("7F2B49E270DB6D90D8595BEC458B50C58585BA1D4E9B788F6689DBD8E56FD80B"),
                y: hex("26F1B489D6701DD185C8413A977B3CBBAF64D1C593D26627DFFB101A87FF77DA"),
            },
            digest: "2DFBC1B372D89A1188C09C52E0EEC61FCE52032AB1022E8E67ECE6672B043EE5",
            r: "41AA28D2F1AB148280CD9ED56FEDA41974053554A42767B83AD043FD39DC0493",
            s: "1456C64BA4642A1653C235A98A60249BCD6D3F746B631DF928014F6C5BF9C40",
        }
    }

    /// RFC 7091, 7.2 (GOST R 34.10-2012, appendix A.2).
    fn example_512() -> Example {
        Example {
            curve: Curve {
                p: hex("4531ACD1FE0023C7550D267B6B2FEE80922B14B2FFB90F04D4EB7C09B5D2D15D\
                     F1D852741AF4704A0458047E80E4546D35B8336FAC224DD81664BBF528BE6373"),
                a: hex("7"),
                b: hex("1CFF0806A31116DA29D8CFA54E57EB748BC5F377E49400FDD788B649ECA1AC4\
                     361834013B2AD7322480A89CA58E0CF74BC9E540C2ADD6897FAD0A3084F302ADC"),
                q: hex("4531ACD1FE0023C7550D267B6B2FEE80922B14B2FFB90F04D4EB7C09B5D2D15D\
                     A82F2D7ECB1DBAC719905C5EECC423F1D86E25EDBE23C595D644AAF187E6E6DF"),
                base: Affine {
                    x: hex("24D19CC64572EE30F396BF6EBBFD7A6C5213B3B3D7057CC825F91093A68CD762\
                         FD60611262CD838DC6B60AA7EEE804E28BC849977FAC33B4B530F1B120248A9A"),
                    y: hex("2BB312A43BD2CE6E0D020613C857ACDDCFBF061E91E5F2C3F32447C259F39B2\
                         C83AB156D77F1496BF7EB3351E1EE4E43DC1A18B91B24640B6DBB92CB1ADD371E"),
                },
            },
            key: Affine {
                x: hex("115DC5BC96760C7B48598D8AB9E740D4C4A85A65BE33C1815B5C320C854621DD\
                     5A515856D13314AF69BC5B924C8B4DDFF75C45415C1D9DD9DD33612CD530EFE1"),
                y: hex("37C7C90CD40B0F5621DC3AC1B751CFA0E2634FA0503B3D52639F5D7FB72AFD61\
                     EA199441D943FFE7F0C70A2759A3CDB84C114E1F9339FDF27F35ECA93677BEEC"),
            },
            digest: "3754F3CFACC9E0615C4F4A7C4D8DAB531B09B6F9C170C533A71D147035B0C591\
                     7184EE536593F4414339976C647C5D5A407ADEDB1D560C4FC6777D2972075B8C",
            r: "2F86FA60A081091A23DD795E1E3C689EE512A3C82EE0DCC2643C78EEA8FCACD3\
                5492558486B20F1C9EC197C90699850260C93BCBCD9C5C3317E19344E173AE36",
            s: "1081B394696FFE8E6585E7A9362D26B6325F56778AADBC081C0BFBE933D52FF5\
                823CE288E8C4F362526080DF7F70CE406A6EEB1F56919CB92A9853BDE73E5B4A",
        }
    }

    #[test]
    fn the_examples_of_the_standard_verify() {
        for Example { curve, key, digest, r, s } in [example_256(), example_512()] {
            assert!(curve.holds(&curve.base) && curve.holds(&key));
            let (digest, r, s) = (hex(digest), hex(r), hex(s));
            assert!(satisfies_gost(&curve, &key, &digest, &r, &s));
            for wrong in [&r + 1_u8, &r + &curve.q, BigUint::ZERO] {
                assert!(!satisfies_gost(&curve, &key, &digest, &wrong, &s), "r");
                assert!(!satisfies_gost(&curve, &key, &digest, &r, &wrong), "s");
            }
            assert!(!satisfies_gost(&curve, &key, &(digest + 1_u8), &r, &s), "digest");
        }
    }

    /// The bytes of the first example in file order.
    #[test]
    fn a_signature_is_s_then_r_and_the_digest_backwards() {
        let Example { curve, key, digest, r, s } = example_256();
        let mut backwards = hex(digest).to_bytes_be();
        backwards.reverse();
        let padded =
            |hex: &str| BigUint::parse_bytes(format!("{hex:0>64}").as_bytes(), 16).map(|n| n.to_bytes_be());
        let mut signature = vec![0; 64];
        for (half, digits) in signature.chunks_mut(32).zip([s, r]) {
            let bytes = padded(digits).expect("the digits are hexadecimal");
            half[32 - bytes.len()..].copy_from_slice(&bytes);
        }
        assert!(is_gost_signature(&curve, &key, &backwards, &signature));
        assert!(!is_gost_signature(&curve, &key, &backwards, &signature[..62]));
        signature.rotate_left(32);
        assert!(!is_gost_signature(&curve, &key, &backwards, &signature));
    }
}
