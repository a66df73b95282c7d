//! The package kept for 25 years gives its sheets again by itself, and holds no more about people than they need.

use std::fs;
use std::path::{Path, PathBuf};

use letopis::bagit::stored::StoredBag;
use letopis::pipeline::{self, Built};
use letopis::reports::REPORTS;
use letopis::store::{Rebuilt, Request, Restoring, archive, restore};

use super::School;

/// Builds a bundle and archives it; returns the edition of the sheets.
fn archived(bundle: &Path, home: &Path) -> PathBuf {
    let request = pipeline::Request {
        bundle: bundle.to_owned(),
        outputs: home.join("outputs"),
        as_of: None,
        is_strict: false,
        threads: 2,
        is_forced: false,
        reports: REPORTS,
        templates: std::sync::Arc::default(),
        keeps_views: false,
        choice: letopis::reports::Choice::default(),
    };
    let year = match pipeline::build(&request).unwrap() {
        Built::Done(outcome) => outcome.target,
        Built::Refused(problems) => panic!("{}: {problems:?}", bundle.display()),
    };
    let request = Request {
        year,
        archive: home.join("archive"),
        reason: None,
        by: None,
        incomplete: Some("образец".to_owned()),
    };
    archive(&request).unwrap();
    fs::remove_dir_all(home.join("outputs")).unwrap();
    let mut sheets = None;
    for item in fs::read_dir(home.join("archive")).unwrap() {
        let path = item.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.starts_with("journals-") {
            fs::remove_dir_all(&path).unwrap();
        } else if name.starts_with("summary-sheets-") {
            sheets = Some(path);
        }
    }
    // The journals were destroyed with their package, and the register is another matter.
    fs::remove_file(home.join("archive/register.txt")).unwrap();
    sheets.unwrap()
}

/// Restores a bag and returns how many files agree and which do not.
fn restored(bag: &Path, to: &Path) -> (usize, Vec<String>) {
    let Restoring::Done(restored) = restore(bag, to, 2).unwrap() else {
        panic!("{} is not sound", bag.display())
    };
    assert!(restored.has_school && restored.sources == 0, "{restored:?}");
    match restored.rebuilt.unwrap() {
        Rebuilt::Compared { equal, differing } => {
            (equal, differing.into_iter().map(|(path, how)| format!("{how:?} {path}")).collect())
        }
        Rebuilt::Refused(problems) => panic!("{problems:?}"),
    }
}

#[test]
fn sheets_come_back_to_the_last_byte_without_the_journals() {
    let school = School::new();
    let bag = archived(&school.at("inputs"), school.home.path());
    fs::remove_dir_all(school.at("inputs")).unwrap();
    let sheets = StoredBag::open(&bag).unwrap();
    let documents = sheets.payload.iter().filter(|entry| entry.path.ends_with(".pdf")).count();
    let (equal, differing) = restored(&bag, &school.at("back"));
    assert!(differing.is_empty(), "{differing:?}");
    // Everything but the inventory and the events, which speak of the bag itself.
    assert_eq!(equal, sheets.payload.len() - 3);
    assert!(documents > 8, "{documents}");
    assert_eq!(sheets.info("Sources-SHA256").len(), 64);
    assert!(sheets.info("Bag-Software-Agent").contains(letopis::base::settings::VERSION));
}

#[test]
fn sheets_of_every_kind_of_source_come_back() {
    let profiles = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journals/profiles");
    let mut tried = 0;
    for profile in fs::read_dir(profiles).unwrap() {
        let bundle = profile.unwrap().path().join("inputs");
        if !bundle.join("school.toml").is_file() {
            continue;
        }
        let home = tempfile::tempdir().unwrap();
        let bag = archived(&bundle, home.path());
        let (equal, differing) = restored(&bag, &home.path().join("back"));
        assert!(equal > 3 && differing.is_empty(), "{}: {equal} {differing:?}", bundle.display());
        tried += 1;
    }
    assert!(tried > 3, "{tried}");
}

#[test]
fn the_package_of_25_years_holds_no_phone_and_no_health_data() {
    let school = School::new();
    school.correct("school.toml", |text| {
        format!("# телефон директора 8 927 000-00-01\n{text}\n[contacts]\nphone = \"8 927 000-00-02\"\n")
    });
    fs::write(school.at("inputs/policy.toml"), "# завуч: 8 927 000-00-03\n").unwrap();
    let bag = archived(&school.at("inputs"), school.home.path());
    let pupils = fs::read_to_string(school.at("inputs/pupils.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(pupils.as_bytes());
    let headers = reader.headers().unwrap().clone();
    let private: Vec<String> = reader
        .records()
        .flat_map(|row| {
            let row = row.unwrap();
            let column =
                |name: &str| headers.iter().position(|header| header == name).map(|at| row[at].to_owned());
            ["phone", "address", "parents"].map(column)
        })
        .flatten()
        .filter(|text| text.chars().count() > 5)
        .collect();
    assert!(private.len() > 50, "{}", private.len());
    for entry in StoredBag::open(&bag).unwrap().payload {
        let bytes = fs::read(bag.join(&entry.path)).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let told = private.iter().map(String::as_str).chain(["8 927 000-00"]).find(|one| text.contains(*one));
        assert_eq!(told, None, "{}", entry.path);
        let header = text.lines().next().unwrap_or_default();
        let withheld = ["address", "phone", "parents", "health_group", "pe_group"];
        let column = header.split(',').find(|column| withheld.contains(column));
        assert_eq!(column, None, "{}", entry.path);
    }
}
