//! Signature files made by OpenSSL and its GOST engine (`tests/signatures/make.sh`), sound and damaged in every part.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use letopis::cms::{Signature, Unknown, Verdict, judge};
use letopis::verify::{Status, VerifyReport, verify};

const INTACT: &[(&str, &str)] = &[
    ("rsa-sha256.sig", "RSA 2048, SHA-256"),
    ("rsa-sha384.sig", "RSA 2048, SHA-384"),
    ("rsa-sha512.sig", "RSA 2048, SHA-512"),
    ("rsa-pss-sha256.sig", "RSA-PSS 2048, SHA-256"),
    ("rsa-pss-sha512.sig", "RSA-PSS 2048, SHA-512"),
    ("rsa-no-attributes.sig", "RSA 2048, SHA-256"),
    ("rsa-key-id.sig", "RSA 2048, SHA-256"),
    ("rsa-attached.sig", "RSA 2048, SHA-256"),
    ("rsa-ber.sig", "RSA 2048, SHA-256"),
    ("rsa-pem.p7s", "RSA 2048, SHA-256"),
    ("ecdsa-p256-sha256.sig", "ECDSA P-256, SHA-256"),
    ("ecdsa-p256-sha512.sig", "ECDSA P-256, SHA-512"),
    ("ecdsa-p384-sha384.sig", "ECDSA P-384, SHA-384"),
    ("ecdsa-p384-sha256.sig", "ECDSA P-384, SHA-256"),
    ("issued-with-authority.sig", "ECDSA P-256, SHA-256"),
    ("issued-alone.sig", "ECDSA P-256, SHA-256"),
    ("gost256-A.sig", "GOST R 34.10-2012, 256 bit, CryptoPro A, Streebog-256"),
    ("gost256-B.sig", "GOST R 34.10-2012, 256 bit, CryptoPro B, Streebog-256"),
    ("gost256-C.sig", "GOST R 34.10-2012, 256 bit, CryptoPro C, Streebog-256"),
    ("gost256-XA.sig", "GOST R 34.10-2012, 256 bit, CryptoPro A, Streebog-256"),
    ("gost256-XB.sig", "GOST R 34.10-2012, 256 bit, CryptoPro C, Streebog-256"),
    ("gost256-TCA.sig", "GOST R 34.10-2012, 256 bit, TC26 256-A, Streebog-256"),
    ("gost256-TCB.sig", "GOST R 34.10-2012, 256 bit, CryptoPro A, Streebog-256"),
    ("gost256-TCC.sig", "GOST R 34.10-2012, 256 bit, CryptoPro B, Streebog-256"),
    ("gost256-TCD.sig", "GOST R 34.10-2012, 256 bit, CryptoPro C, Streebog-256"),
    ("gost256-cades.sig", "GOST R 34.10-2012, 256 bit, TC26 256-A, Streebog-256"),
    ("gost512-A.sig", "GOST R 34.10-2012, 512 bit, TC26 512-A, Streebog-512"),
    ("gost512-B.sig", "GOST R 34.10-2012, 512 bit, TC26 512-B, Streebog-512"),
    ("gost512-C.sig", "GOST R 34.10-2012, 512 bit, TC26 512-C, Streebog-512"),
    ("gost512-pem.p7s", "GOST R 34.10-2012, 512 bit, TC26 512-A, Streebog-512"),
];

/// Signatures that cover the signer's certificate too.
const CADES: &[&str] = &["rsa-sha256.sig", "ecdsa-p256-sha256.sig", "gost256-cades.sig"];

/// Returns a file of the fixtures.
pub(super) fn fixture(name: &str) -> Vec<u8> {
    fs::read(folder().join(name)).unwrap()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/signatures")
}

fn document() -> Vec<u8> {
    fixture("bag/tagmanifest-sha512.txt")
}

/// Judges a signature file with one signer.
fn one(file: &[u8], document: &[u8]) -> Signature {
    let mut judged = judge("tagmanifest-sha512.txt.sig", file, document);
    assert_eq!(judged.len(), 1);
    judged.remove(0)
}

#[test]
fn sound_signatures_are_intact_and_say_what_remains_open() {
    for (name, algorithm) in INTACT {
        let found = one(&fixture(name), &document());
        assert_eq!((found.verdict, found.reason.en.as_str()), (Verdict::Intact, ""), "{name}");
        assert_eq!(found.algorithm.en, *algorithm, "{name}");
        assert_eq!(found.signer, "Образцова Алевтина Примеровна, Директор, ГБОУ СОШ с. Берёзовка", "{name}");
        for open in [Unknown::Chain, Unknown::Revocation, Unknown::QualifiedStatus, Unknown::SigningTime] {
            assert!(found.not_checked.contains(&open), "{name}");
        }
        let is_confirmed = !found.not_checked.contains(&Unknown::CertificateText);
        assert_eq!(is_confirmed, *name != "issued-alone.sig", "{name}");
        assert_eq!(found.certificate_sha256.len(), 64, "{name}");
        assert_eq!(found.claimed_at.ends_with(" UTC"), *name != "rsa-no-attributes.sig", "{name}");
    }
}

#[test]
fn every_fixture_is_judged_by_some_test() {
    let mut named: Vec<String> = INTACT.iter().map(|(name, _)| (*name).to_owned()).collect();
    named.extend(UNCHECKED.iter().map(|(name, _)| (*name).to_owned()));
    named.extend(["bag", "make.sh", "two-signers.sig"].map(str::to_owned));
    named.sort();
    let mut found: Vec<String> = fs::read_dir(folder())
        .unwrap()
        .map(|item| item.unwrap().file_name().into_string().unwrap())
        .collect();
    found.sort();
    assert_eq!(found, named);
}

const UNCHECKED: &[(&str, &str)] = &[
    ("rsa-no-certificate.sig", "does not hold the signer's certificate"),
    ("rsa-sha1.sig", "the digest algorithm is not supported: 1.3.14.3.2.26"),
    ("ecdsa-p521-sha512.sig", "none of those known: 1.3.132.0.35"),
];

#[test]
fn what_is_not_known_is_not_checked() {
    for (name, reason) in UNCHECKED {
        let found = one(&fixture(name), &document());
        assert_eq!(found.verdict, Verdict::NotChecked, "{name}");
        assert!(found.reason.en.contains(reason), "{name}: {}", found.reason.en);
    }
    for other in [&b""[..], b"hello", &[0x30, 0], &document(), &[0x30, 0x80, 0, 0]] {
        let found = one(other, &document());
        assert_eq!(found.verdict, Verdict::NotChecked);
        assert!(found.reason.en.contains("not a CMS signature"), "{}", found.reason.en);
    }
}

#[test]
fn each_of_two_signers_is_judged() {
    let mut judged = judge("a.sig", &fixture("two-signers.sig"), &document());
    judged.sort_by(|a, b| a.algorithm.en.cmp(&b.algorithm.en));
    let found: Vec<_> = judged.iter().map(|one| (one.algorithm.en.as_str(), one.verdict)).collect();
    assert_eq!(found, [("ECDSA P-256, SHA-256", Verdict::Intact), ("RSA 2048, SHA-256", Verdict::Intact)]);
}

#[test]
fn another_document_is_noticed() {
    let mut other = document();
    other[0] ^= 1;
    for (name, _) in INTACT {
        for other in [other.as_slice(), &[], &document()[1..]] {
            let found = one(&fixture(name), other);
            assert_eq!(found.verdict, Verdict::Broken, "{name}: {}", found.reason.en);
        }
    }
}

/// The parts of a signature file, found by what they must hold.
fn parts(file: &[u8]) -> BTreeMap<&'static str, std::ops::Range<usize>> {
    let find = |wanted: &[u8], from: usize| {
        let at = file[from..].windows(wanted.len()).position(|window| window == wanted);
        at.map(|at| from + at).unwrap()
    };
    let mut parts = BTreeMap::new();
    let issuer = find("Образцова".as_bytes(), 0);
    parts.insert("issuer in the certificate", issuer..issuer + 18);
    let owner = find("Образцова".as_bytes(), issuer + 1);
    parts.insert("owner in the certificate", owner..owner + 18);
    // The attribute's identifier, then the set with the digest of the document.
    let digest = find(&[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 9, 4], 0) + 9;
    parts.insert("attributes", digest + 4..digest + 34);
    let time = find(&[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 9, 5], 0) + 9;
    parts.insert("time in the attributes", time + 4..time + 16);
    parts.insert("signature", file.len() - 30..file.len());
    parts
}

#[test]
fn a_flipped_bit_in_signature_attributes_or_certificate_breaks_it() {
    let names =
        ["rsa-sha256.sig", "rsa-sha512.sig", "ecdsa-p256-sha256.sig", "gost256-TCA.sig", "gost512-B.sig"];
    let mut seed = fastrand::Rng::with_seed(5);
    for name in names {
        let sound = fixture(name);
        for (part, range) in parts(&sound) {
            for _ in 0..6 {
                let mut damaged = sound.clone();
                damaged[seed.usize(range.clone())] ^= 1 << seed.u8(0..8);
                let found = one(&damaged, &document());
                let expected = match part {
                    // A certificate of another issuer is not the one that the signature names.
                    "issuer in the certificate" => Verdict::NotChecked,
                    // Only CAdES signs the certificate; else a name that nobody vouches for is said to be open.
                    "owner in the certificate" if !CADES.contains(&name) => {
                        assert!(found.not_checked.contains(&Unknown::CertificateText), "{name}");
                        // Some flips leave no text at all.
                        let is_text = !found.signer.is_empty();
                        if is_text { Verdict::Intact } else { Verdict::NotChecked }
                    }
                    "owner in the certificate" if found.signer.is_empty() => Verdict::NotChecked,
                    _ => Verdict::Broken,
                };
                assert_eq!(found.verdict, expected, "{name}, {part}: {}", found.reason.en);
            }
        }
    }
}

#[test]
fn no_flipped_bit_anywhere_gives_a_panic_or_another_intact_signer() {
    let sound = fixture("rsa-sha256.sig");
    let expected = one(&sound, &document());
    for at in 0..sound.len() {
        let mut damaged = sound.clone();
        damaged[at] ^= 1 << (at % 8);
        for found in judge("a.sig", &damaged, &document()) {
            let is_same = (&found.signer, &found.algorithm, &found.certificate_sha256)
                == (&expected.signer, &expected.algorithm, &expected.certificate_sha256);
            assert!(found.verdict != Verdict::Intact || is_same, "byte {at}");
        }
    }
}

#[test]
fn cut_files_are_never_intact() {
    for name in ["rsa-sha256.sig", "gost256-A.sig", "rsa-ber.sig"] {
        let sound = fixture(name);
        for length in 0..sound.len() {
            let found = one(&sound[..length], &document());
            assert_ne!(found.verdict, Verdict::Intact, "{name} cut to {length}");
        }
    }
}

/// Verifies a copy of the fixtures' bag with a signature file laid in.
fn verify_signed(name: &str, file: &[u8], damage: impl Fn(&Path)) -> VerifyReport {
    let home = tempfile::tempdir().unwrap();
    let bag = home.path().join("bag");
    fs::create_dir_all(bag.join("data")).unwrap();
    for inside in ["bagit.txt", "data/привет.txt", "manifest-sha512.txt", "tagmanifest-sha512.txt"] {
        fs::write(bag.join(inside), fixture(&format!("bag/{inside}"))).unwrap();
    }
    fs::write(bag.join(name), file).unwrap();
    damage(&bag);
    verify(&[bag])
}

/// Returns status, completeness, codes and exit code.
fn outcome(report: &VerifyReport) -> (Status, bool, Vec<&str>, u8) {
    let codes = report.all_findings().map(|(_, finding)| finding.code).collect();
    (report.status(), report.bags[0].complete, codes, report.exit_code())
}

#[test]
fn verification_reports_the_signatures_of_a_bag() {
    let name = "tagmanifest-sha512.txt.sig";
    for (fixture_name, _) in [INTACT[0], INTACT[16]] {
        let report = verify_signed(name, &fixture(fixture_name), |_| {});
        assert_eq!(outcome(&report), (Status::Valid, true, vec!["A817"], 0), "{fixture_name}");
        let [signature] = report.bags[0].signatures.as_slice() else { panic!("one signature") };
        assert_eq!((signature.path.as_str(), signature.verdict), (name, Verdict::Intact));
        let text = report.to_text().ru;
        for part in ["математически верна", "Образцова Алевтина Примеровна", "не проверялось: цепочка"]
        {
            assert!(text.contains(part), "{text}");
        }
        // Whoever keeps the machine's answer must not keep names with it.
        let json = report.to_json().to_string();
        assert!(json.contains("intact") && !json.contains("Образцова"), "{json}");
    }
}

#[test]
fn broken_and_unchecked_signatures_decide_the_exit_code() {
    let name = "tagmanifest-sha512.txt.P7S";
    let mut spoilt = fixture("gost256-A.sig");
    let last = spoilt.len() - 1;
    spoilt[last] ^= 1;
    let broken = verify_signed(name, &spoilt, |_| {});
    assert_eq!(outcome(&broken), (Status::Invalid, true, vec!["A701"], 1));
    let unchecked = verify_signed(name, &fixture("rsa-sha1.sig"), |_| {});
    assert_eq!(outcome(&unchecked), (Status::Unchecked, true, vec!["A702"], 2));
    let lonely = verify_signed("absent.txt.sig", &fixture("rsa-sha256.sig"), |_| {});
    assert_eq!(outcome(&lonely), (Status::Unchecked, true, vec!["A312", "A703"], 2));
}

/// Digests alone call this valid: every one of them was computed anew.
#[test]
fn recomputing_every_digest_breaks_the_signature() {
    use letopis::base::digest::Algorithm::Sha512;
    let report = verify_signed("tagmanifest-sha512.txt.sig", &fixture("rsa-sha256.sig"), |bag| {
        let payload = "Урока не было.\n";
        fs::write(bag.join("data/привет.txt"), payload).unwrap();
        let manifest = format!("{}  data/привет.txt\n", Sha512.of(payload.as_bytes()));
        fs::write(bag.join("manifest-sha512.txt"), &manifest).unwrap();
        let declaration = Sha512.of(&fixture("bag/bagit.txt"));
        let tags =
            format!("{declaration}  bagit.txt\n{}  manifest-sha512.txt\n", Sha512.of(manifest.as_bytes()));
        fs::write(bag.join("tagmanifest-sha512.txt"), tags).unwrap();
    });
    assert_eq!(outcome(&report), (Status::Invalid, true, vec!["A701"], 1));
}

#[test]
fn a_signature_over_a_register_beside_bags_is_judged() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("register.txt"), document()).unwrap();
    fs::write(home.path().join("register.txt.sig"), fixture("ecdsa-p384-sha384.sig")).unwrap();
    let bag = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/signatures/bag");
    let report = verify(&[home.path().to_owned(), bag.clone()]);
    assert_eq!(report.signatures.iter().map(|one| one.verdict).collect::<Vec<_>>(), [Verdict::Intact]);
    fs::write(home.path().join("register.txt"), "another\n").unwrap();
    let report = verify(&[home.path().to_owned(), bag]);
    assert_eq!(report.signatures.iter().map(|one| one.verdict).collect::<Vec<_>>(), [Verdict::Broken]);
    assert_eq!(report.exit_code(), 1);
}

/// Encodes an element with a length of two bytes.
fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap().to_be_bytes();
    [&[tag, 0x82, length[0], length[1]], content].concat()
}

#[test]
fn a_file_with_thousands_of_signers_is_not_worked_through() {
    let object_id = [6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 2];
    let algorithm = element(0x30, &[6, 1, 0x2A]);
    let id = element(0x30, &[0x30, 0, 2, 1, 1]);
    let signer = element(0x30, &[&[2, 1, 1], id.as_slice(), &algorithm, &algorithm, &[4, 1, 0]].concat());
    let file = |count| {
        let signers = element(0x31, &signer.repeat(count));
        let content = element(0x30, &object_id);
        let data = element(0x30, &[&[2, 1, 1, 0x31, 0], content.as_slice(), &signers].concat());
        element(0x30, &[object_id.as_slice(), &element(0xA0, &data)].concat())
    };
    let judged = |count| judge("a.sig", &file(count), b"document");
    assert_eq!(judged(100).len(), 100);
    assert!(judged(100)[0].reason.en.contains("the digest algorithm is not supported"));
    assert_eq!(judged(1000).len(), 1);
    assert!(judged(1000)[0].reason.en.contains("too many"), "{}", judged(1000)[0].reason.en);
    assert!(judged(0)[0].reason.en.contains("holds no signature"));
}
