//! Bags with manifests by GOST R 34.11-2012, where the policy asks for them.

use std::fs;

use letopis::bagit::bag::tag_files;
use letopis::bagit::manifest::PayloadEntry;
use letopis::base::digest::Algorithm;
use letopis::base::files::{Checksums, Document};
use letopis::verify::{Status, verify};

use super::{SampleBag, assert_codes, codes, sample_payload};
use crate::bundle::TinyBundle;

fn streebog_bag() -> SampleBag {
    let payload = sample_payload();
    let entry = |document: &Document| {
        PayloadEntry::new(document.path.as_str(), Checksums::of(&document.bytes))
            .with_streebog(&document.bytes)
    };
    let entries: Vec<_> = payload.iter().map(entry).collect();
    let mut files = tag_files(&[], &entries, &[]);
    files.extend(payload);
    SampleBag::of(&files)
}

#[test]
fn a_bag_with_streebog_manifests_is_valid_and_each_line_is_checked() {
    let bag = streebog_bag();
    assert_codes(&bag.report(), &[]);
    let manifest = fs::read_to_string(bag.at("manifest-streebog256.txt")).unwrap();
    let first = sample_payload().remove(3);
    assert_eq!(first.path, "data/пусто.txt");
    // Streebog-256 of nothing, as other programs compute it.
    let nothing = "3f539a213e97c802cc229d474c6aa32a825a360b2a933a949fd925208d9ce1bb";
    assert!(manifest.contains(&format!("{nothing}  {}\n", first.path)), "{manifest}");
    let tags = fs::read_to_string(bag.at("tagmanifest-streebog256.txt")).unwrap();
    assert_eq!(tags.lines().count(), 5, "{tags}");
    // SHA-2 agrees with the file, so the line is at fault; the tag manifests see the change too.
    let spoilt = manifest.replacen(nothing, &nothing.replace("3f", "3e"), 1);
    fs::write(bag.at("manifest-streebog256.txt"), spoilt).unwrap();
    let found = codes(&bag.report());
    assert!(found.contains(&"A402 manifest-streebog256.txt".to_owned()), "{found:?}");
    assert!(found.contains(&"A401 manifest-streebog256.txt".to_owned()), "{found:?}");
}

#[test]
fn deleting_a_streebog_manifest_is_seen() {
    for name in ["manifest-streebog256.txt", "tagmanifest-streebog256.txt"] {
        let bag = streebog_bag();
        fs::remove_file(bag.at(name)).unwrap();
        let report = bag.report();
        assert_eq!(report.status, Status::Invalid, "{name}: {:?}", codes(&report));
        assert!(codes(&report).contains(&format!("A601 {name}")), "{:?}", codes(&report));
    }
}

#[test]
fn the_policy_decides_whether_a_build_writes_them() {
    let bundle = TinyBundle::new();
    bundle.build(&[]);
    let name = "archive/journals-2024-2025/manifest-streebog256.txt";
    assert!(!bundle.output(name).exists());
    bundle.put("policy.toml", "[archive]\nstreebog = true\n");
    let run = bundle.build(&[]);
    assert!(run.code <= 1, "{}", run.text);
    let bag = bundle.output("archive/journals-2024-2025");
    let report = verify(std::slice::from_ref(&bag));
    assert_eq!((report.status(), report.exit_code()), (Status::Valid, 0));
    let manifest = fs::read_to_string(bundle.output(name)).unwrap();
    let inventory = fs::read(bag.join("data/опись.csv")).unwrap();
    let line = format!("{}  data/опись.csv\n", Algorithm::Streebog256.of(&inventory));
    assert!(manifest.contains(&line), "{manifest}");
    let readme = fs::read_to_string(bag.join("ЧИТАЙ-МЕНЯ.txt")).unwrap();
    assert!(readme.contains("ГОСТ Р 34.11-2012"), "{readme}");
}
