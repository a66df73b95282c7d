//! Rules of RFC 8493 that the conformance suite does not touch, each as a bag changed in one place.

use std::fs;

use letopis::base::digest::Algorithm;
use letopis::base::files::Document;
use letopis::verify::Status;

use super::{SampleBag, assert_codes, codes};

/// A bag by another hand: one sha512 manifest, no profile.
struct Foreign {
    version: &'static str,
    files: Vec<(&'static str, &'static str)>,
    manifest: String,
    tags: Vec<(&'static str, String)>,
}

impl Foreign {
    fn new(version: &'static str) -> Self {
        let files = vec![("data/a.txt", "a"), ("data/b.txt", "b")];
        let manifest = files.iter().map(|(path, text)| line(text, path)).collect();
        Self { version, files, manifest, tags: Vec::new() }
    }

    fn tag(mut self, name: &'static str, text: impl Into<String>) -> Self {
        self.tags.push((name, text.into()));
        self
    }

    fn file(mut self, path: &'static str, text: &'static str) -> Self {
        self.files.push((path, text));
        self
    }

    fn manifest(mut self, edit: impl FnOnce(String) -> String) -> Self {
        self.manifest = edit(self.manifest);
        self
    }

    fn bag(&self) -> SampleBag {
        let declaration = format!("BagIt-Version: {}\nTag-File-Character-Encoding: UTF-8\n", self.version);
        let mut files = vec![
            Document::new("bagit.txt", declaration),
            Document::new("manifest-sha512.txt", self.manifest.as_bytes()),
        ];
        files.extend(self.files.iter().map(|(path, text)| Document::new(*path, *text)));
        files.extend(self.tags.iter().map(|(path, text)| Document::new(*path, text.as_bytes())));
        SampleBag::of(&files)
    }

    #[track_caller]
    fn expect(&self, expected: &[&str]) {
        assert_codes(&self.bag().report(), expected);
    }
}

fn line(text: &str, path: &str) -> String {
    format!("{}  {path}\n", Algorithm::Sha512.of(text.as_bytes()))
}

#[test]
fn a_plain_foreign_bag_is_valid() {
    Foreign::new("1.0").expect(&[]);
    Foreign::new("0.97").expect(&[]);
}

#[test]
fn line_ends_blanks_and_hex_case_are_free() {
    Foreign::new("1.0").manifest(|text| text.replace('\n', "\r")).expect(&[]);
    Foreign::new("1.0").manifest(|text| text.replace('\n', "\r\n").replace("  ", " \t ")).expect(&[]);
    let upper = |text: String| {
        text.lines().map(|line| format!("{}{}\n", line[..128].to_uppercase(), &line[128..])).collect()
    };
    Foreign::new("1.0").manifest(upper).expect(&[]);
}

#[test]
fn unreadable_manifest_lines_are_named() {
    Foreign::new("1.0").manifest(|text| text + "nonsense\n").expect(&["A211 manifest-sha512.txt"]);
    Foreign::new("1.0").manifest(|text| text + "abc  data/c\n").expect(&["A212 manifest-sha512.txt"]);
    Foreign::new("1.0")
        .manifest(|text| text + &line("x", "bag-info.txt"))
        .expect(&["A217 manifest-sha512.txt"]);
    Foreign::new("1.0").manifest(|text| text + "\n").expect(&["A223 manifest-sha512.txt"]);
}

#[test]
fn percent_signs_follow_the_version() {
    let odd = |version, listed: &str, file| {
        let listed = line("x", listed);
        Foreign::new(version).file(file, "x").manifest(|text| text + &listed)
    };
    odd("1.0", "data/100%25.txt", "data/100%.txt").expect(&[]);
    odd("1.0", "data/100%.txt", "data/100%.txt").expect(&["A222 manifest-sha512.txt"]);
    odd("0.97", "data/100%.txt", "data/100%.txt").expect(&[]);
    odd("1.0", "data/a%0Ab", "data/a\nb").expect(&["A318 data/a\nb"]);
    odd("1.0", "data/a%0db", "data/a\rb").expect(&["A318 data/a\rb"]);
    odd("1.0", "data/%7Ex", "data/%7Ex").expect(&["A222 manifest-sha512.txt"]);
    odd("1.0", "data/a%25b", "data/a%25b").expect(&["A222 manifest-sha512.txt"]);
    odd("0.97", "data/a%25b", "data/a%25b").expect(&[]);
    odd("0.97", "data/a%25b", "data/a%b").expect(&["A222 manifest-sha512.txt"]);
}

#[test]
fn every_manifest_lists_every_file_from_version_one_on() {
    let half = || format!("{}  data/a.txt\n", Algorithm::Sha256.of(b"a"));
    Foreign::new("1.0").tag("manifest-sha256.txt", half()).expect(&["A303 data/b.txt"]);
    Foreign::new("0.97").tag("manifest-sha256.txt", half()).expect(&[]);
}

#[test]
fn an_unknown_algorithm_alone_leaves_the_bag_unchecked_and_beside_a_known_one_is_a_warning() {
    let bag = Foreign::new("1.0").tag("manifest-whirlpool.txt", "00  data/a.txt\n").bag();
    let report = bag.report();
    assert_codes(&report, &["A111 manifest-whirlpool.txt"]);
    assert_eq!((report.status, report.valid, bag.verify().exit_code()), (Status::ValidWithWarnings, true, 0));
    fs::remove_file(bag.at("manifest-sha512.txt")).unwrap();
    let report = bag.report();
    assert!(codes(&report).contains(&"A111 manifest-whirlpool.txt".to_owned()), "{:?}", codes(&report));
    assert!(!report.valid && bag.verify().exit_code() == 2, "{:?}", codes(&report));
    let listed =
        format!("{}  data/a.txt\n{}  data/b.txt\n", Algorithm::Sha256.of(b"a"), Algorithm::Sha256.of(b"b"));
    Foreign::new("1.0").tag("manifest-SHA-256.txt", listed).expect(&["A112 manifest-SHA-256.txt"]);
}

#[test]
fn versions_and_encodings_are_judged() {
    Foreign::new("2.0").expect(&["A105 bagit.txt"]);
    Foreign::new("one").expect(&["A104 bagit.txt"]);
    Foreign::new("1.0 ").expect(&["A103 bagit.txt"]);
    let declared = |encoding: &str| {
        let bag = Foreign::new("1.0").bag();
        let text = format!("BagIt-Version: 1.0\nTag-File-Character-Encoding: {encoding}\n");
        fs::write(bag.at("bagit.txt"), text).unwrap();
        bag.report()
    };
    assert_codes(&declared("KOI8-R"), &["A108 bagit.txt"]);
    assert_codes(&declared("EBCDIC-XYZ"), &["A107 bagit.txt"]);
    let bag = Foreign::new("1.0").bag();
    fs::write(bag.at("bagit.txt"), "Tag-File-Character-Encoding: UTF-8\nBagIt-Version: 1.0\n").unwrap();
    assert_codes(&bag.report(), &["A103 bagit.txt", "A103 bagit.txt"]);
    fs::write(bag.at("bagit.txt"), "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\nMore: x\n")
        .unwrap();
    assert_codes(&bag.report(), &["A103 bagit.txt"]);
}

#[test]
fn tag_files_in_the_declared_encoding_are_read() {
    let path = "data/журнал.txt";
    let (cp1251, _, _) = encoding_rs::WINDOWS_1251.encode("журнал");
    let mut manifest = Algorithm::Sha512.of(b"x").into_bytes();
    manifest.extend(b"  data/");
    manifest.extend(cp1251.iter());
    manifest.extend(b".txt\n");
    let files = [
        Document::new("bagit.txt", "BagIt-Version: 0.97\nTag-File-Character-Encoding: windows-1251\n"),
        Document::new("manifest-sha512.txt", manifest),
        Document::new(path, "x"),
    ];
    assert_codes(&SampleBag::of(&files).report(), &[]);
    let broken = Foreign::new("1.0").bag();
    fs::write(broken.at("bag-info.txt"), b"Title: \xFF\xFE\xFF\n").unwrap();
    assert_codes(&broken.report(), &["A201 bag-info.txt"]);
    let marked = Foreign::new("1.0").bag();
    fs::write(marked.at("bag-info.txt"), "\u{FEFF}Title: x\n").unwrap();
    assert_codes(&marked.report(), &["A202 bag-info.txt"]);
}

#[test]
fn metadata_keep_their_form() {
    let info = |version, text: &'static str| Foreign::new(version).tag("bag-info.txt", text);
    info("1.0", "Title: x\n  y\n\tz\nTitle: w\n").expect(&[]);
    info("1.0", "no colon\n").expect(&["A203 bag-info.txt"]);
    info("1.0", " leading\n").expect(&["A203 bag-info.txt"]);
    info("1.0", "Title : x\n").expect(&["A204 bag-info.txt"]);
    info("0.97", "Title : x\n").expect(&[]);
    info("1.0", "Title:x\n").expect(&["A205 bag-info.txt"]);
    info("1.0", "Title: x").expect(&["A224 bag-info.txt"]);
    info("0.97", "Title: x").expect(&[]);
    info("1.0", "Bag-Size: 1\nBag-Size: 2\n").expect(&["A208 bag-info.txt"]);
    info("1.0", "Payload-Oxum: 2.2\n").expect(&[]);
    info("1.0", "payload-oxum: 2.3\n").expect(&["A301 bag-info.txt"]);
    info("1.0", "Payload-Oxum: two\n").expect(&["A207 bag-info.txt"]);
    info("1.0", "Payload-Oxum: 2.2\nPayload-Oxum: 2.2\n").expect(&["A206 bag-info.txt"]);
}

#[test]
fn tag_manifests_list_manifests_and_no_others_of_their_kind() {
    let tagged = |version: &'static str, add: &dyn Fn(&Foreign) -> String| {
        let mut foreign = Foreign::new(version);
        let declaration = format!("BagIt-Version: {version}\nTag-File-Character-Encoding: UTF-8\n");
        let text = line(&declaration, "bagit.txt") + &add(&foreign);
        foreign.tags.push(("tagmanifest-sha512.txt", text));
        codes(&foreign.bag().report())
    };
    let manifest = |foreign: &Foreign| line(&foreign.manifest, "manifest-sha512.txt");
    assert_eq!(tagged("1.0", &manifest), Vec::<String>::new());
    assert_eq!(tagged("1.0", &|_| String::new()), ["A313 manifest-sha512.txt"]);
    let with_payload = |foreign: &Foreign| manifest(foreign) + &line("a", "data/a.txt");
    assert_eq!(tagged("1.0", &with_payload), ["A221 tagmanifest-sha512.txt"]);
    let with_itself = |foreign: &Foreign| manifest(foreign) + &line("a", "tagmanifest-md5.txt");
    assert_eq!(tagged("1.0", &with_itself), ["A220 tagmanifest-sha512.txt"]);
    let with_absent = |foreign: &Foreign| manifest(foreign) + &line("a", "about.txt");
    assert_eq!(tagged("1.0", &with_absent), ["A302 about.txt"]);
}

#[test]
fn fetch_lists_are_checked_and_never_followed() {
    let fetch = |text: &'static str| Foreign::new("1.0").tag("fetch.txt", text);
    fetch("https://example.org/a 1 data/a.txt\n").expect(&[]);
    fetch("https://example.org/a - data/a.txt\n").expect(&[]);
    fetch("https://example.org/a\n").expect(&["A231 fetch.txt"]);
    fetch("/a - data/a.txt\n").expect(&["A231 fetch.txt"]);
    fetch("https://example.org/a many data/a.txt\n").expect(&["A231 fetch.txt"]);
    fetch("https://example.org/a - bag-info.txt\n").expect(&["A217 fetch.txt"]);
    fetch("https://example.org/a - data/c.txt\n").expect(&["A232 data/c.txt"]);
    let holey =
        fetch("https://example.org/c - data/c.txt\n").manifest(|text| text + &line("c", "data/c.txt"));
    let report = holey.bag().report();
    assert_codes(&report, &["A306 data/c.txt"]);
    assert_eq!((report.status, report.complete), (Status::Invalid, false));
}

#[test]
fn names_in_another_form_are_accepted_once() {
    let decomposed = "data/и\u{306}.txt";
    let composed = "data/\u{439}.txt";
    let bag = Foreign::new("1.0").file(composed, "x").manifest(|text| text + &line("x", decomposed));
    bag.expect(&[&format!("A309 {composed}")]);
    let other_case =
        Foreign::new("1.0").file("data/Опись.txt", "x").manifest(|text| text + &line("x", "data/опись.txt"));
    other_case.expect(&["A310 data/Опись.txt"]);
    let stranger =
        Foreign::new("1.0").file("data/Опись.txt", "x").manifest(|text| text + &line("y", "data/опись.txt"));
    stranger.expect(&["A302 data/опись.txt"]);
    // Version 1.0 wants each file once: the second spelling is a missing file.
    let twice = Foreign::new("1.0").manifest(|text| text + &line("a", "data/A.txt"));
    twice.expect(&["A302 data/A.txt"]);
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_collide_elsewhere_are_warned_of() {
    let listed = line("x", "data/A.TXT");
    let bag = Foreign::new("1.0").file("data/A.TXT", "x").manifest(|text| text + &listed);
    bag.expect(&["A311 data/a.txt"]);
}

#[test]
fn system_files_among_documents_are_warned_of() {
    let listed = line("x", "data/Thumbs.db");
    Foreign::new("1.0")
        .file("data/Thumbs.db", "x")
        .manifest(|text| text + &listed)
        .expect(&["A314 data/Thumbs.db"]);
    Foreign::new("1.0").file("data/.DS_Store", "x").expect(&["A316 data/.DS_Store"]);
}

#[test]
fn a_folder_listed_as_a_file_is_named() {
    let listed = line("", "data/папка");
    let bag = Foreign::new("1.0").manifest(|text| text + &listed).bag();
    fs::create_dir(bag.at("data/папка")).unwrap();
    assert_codes(&bag.report(), &["A115 data/папка", "A307 data/папка"]);
}

#[test]
fn odd_names_are_names() {
    for path in ["data/-rf", "data/a=b", "data/it's x", "data/ a  b", "data/$HOME", "data/\u{202E}x"] {
        let listed = line("x", path);
        Foreign::new("1.0").file(path, "x").manifest(|text| text + &listed).expect(&[]);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_windows_cannot_have_are_valid_with_a_warning() {
    let names =
        ["CON", "nul.txt", "Lpt9.csv", "2025.", "a ", "a:b", "it's \"x\"", "*", "a?", "a|b", "aux/b.txt"];
    for name in names {
        let path: &'static str = format!("data/{name}").leak();
        let listed = line("x", path);
        let bag = Foreign::new("1.0").file(path, "x").manifest(|text| text + &listed).bag();
        let report = bag.report();
        let warned = path.strip_suffix("/b.txt").unwrap_or(path);
        assert_codes(&report, &[&format!("A318 {}", warned.trim_end())]);
        assert_eq!((report.status, bag.verify().exit_code()), (Status::ValidWithWarnings, 0), "{name}");
    }
}

#[test]
fn bags_of_weak_digests_alone_are_valid_with_a_warning() {
    for algorithm in [Algorithm::Md5, Algorithm::Sha1] {
        let bag = Foreign::new("1.0").bag();
        fs::remove_file(bag.at("manifest-sha512.txt")).unwrap();
        let text: String = [("a", "data/a.txt"), ("b", "data/b.txt")]
            .map(|(text, path)| format!("{}  {path}\n", algorithm.of(text.as_bytes())))
            .concat();
        fs::write(bag.at(&format!("manifest-{}.txt", algorithm.name())), text).unwrap();
        let report = bag.report();
        assert_codes(&report, &["A119", "A317"]);
        assert_eq!((report.status, report.valid), (Status::ValidWithWarnings, true));
        let mut whole = bag.verify();
        assert_eq!(whole.exit_code(), 0);
        whole.is_strict = true;
        assert_eq!(whole.exit_code(), 3);
        // A weak digest still shows damage.
        fs::write(bag.at("data/a.txt"), "x").unwrap();
        assert_eq!(bag.verify().exit_code(), 1);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_text_is_an_error() {
    use std::os::unix::ffi::OsStrExt;
    let bag = Foreign::new("1.0").bag();
    let name = std::ffi::OsStr::from_bytes(b"data/\xE6\xF3\xF0\xED\xE0\xEB");
    fs::write(bag.path.join(name), "x").unwrap();
    let found = codes(&bag.report());
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found[0].starts_with("A116 data/") && found[2].starts_with("A304 data/"), "{found:?}");
}

/// A file lying there is read by its true name, and so is known by its digest.
#[cfg(target_os = "linux")]
#[test]
fn files_in_a_folder_whose_name_is_not_text_are_read() {
    use std::os::unix::ffi::OsStrExt;
    let bag = Foreign::new("1.0").file("data/x/y", "x").manifest(|text| text + &line("x", "data/z")).bag();
    let folder = std::ffi::OsStr::from_bytes(b"data/\xE6\xF3");
    fs::rename(bag.at("data/x"), bag.path.join(folder)).unwrap();
    let found = codes(&bag.report());
    assert_eq!(found, ["A116 data/\u{FFFD}\u{FFFD}", "A317", "A305 data/z"], "{found:?}");
}

#[test]
fn a_tag_file_too_large_to_parse_is_left_unchecked() {
    let bag = Foreign::new("1.0").bag();
    let file = fs::File::create(bag.at("bag-info.txt")).unwrap();
    // A hole in the file: no such space is taken.
    file.set_len(600 << 20).unwrap();
    assert_codes(&bag.report(), &["A118 bag-info.txt"]);
}
