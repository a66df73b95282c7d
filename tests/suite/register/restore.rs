//! What comes back out of a bag: the sources as received, tables that can be built from, the same documents.

use std::fs;
use std::path::{Path, PathBuf};

use letopis::bagit::bag::tag_files;
use letopis::bagit::stored::StoredBag;
use letopis::base::files::{Checksums, Document};
use letopis::base::problems::ProblemSeverity;
use letopis::data::{self, Extent};
use letopis::ingest::{Reading, read_bundle, read_journal};
use letopis::pipeline::{self, Built};
use letopis::reports::REPORTS;
use letopis::store::{Difference, Rebuilt, Request, Restored, Restoring, archive, restore};

use super::{Disk, files, write_bag};

const BAG: &str = "archive/journals-2024-2025-ed1";

fn build(bundle: &Path, outputs: PathBuf) -> PathBuf {
    let request = pipeline::Request {
        bundle: bundle.to_owned(),
        outputs,
        as_of: None,
        is_strict: true,
        threads: 2,
        is_forced: false,
        reports: REPORTS,
        templates: std::sync::Arc::default(),
        keeps_views: false,
        choice: letopis::reports::Choice::default(),
    };
    match pipeline::build(&request).unwrap() {
        Built::Done(outcome) => outcome.target,
        Built::Refused(problems) => panic!("{problems:?}"),
    }
}

fn done(restoring: Restoring) -> Restored {
    match restoring {
        Restoring::Done(restored) => *restored,
        Restoring::Unsound(report) => panic!("{}", super::show(&report)),
    }
}

fn compared(restored: &Restored) -> (usize, &[(String, Difference)]) {
    match restored.rebuilt.as_ref().unwrap() {
        Rebuilt::Compared { equal, differing } => (*equal, differing),
        Rebuilt::Refused(problems) => panic!("{problems:?}"),
    }
}

/// Writes a bag once more with one document changed, as another version of the program would have made it.
fn rewrite(bag: &Path, path: &str, agent: &str) {
    let stored = StoredBag::open(bag).unwrap();
    fs::write(bag.join(path), "%PDF-1.7 as it was then").unwrap();
    let payload: Vec<_> = stored
        .payload
        .iter()
        .map(|entry| {
            let mut entry = entry.clone();
            entry.checksums = Checksums::of(&fs::read(bag.join(&entry.path)).unwrap());
            entry
        })
        .collect();
    let info: Vec<_> = stored
        .info
        .iter()
        .cloned()
        .map(
            |(label, value)| {
                if label == "Bag-Software-Agent" { (label, agent.to_owned()) } else { (label, value) }
            },
        )
        .collect();
    for tag in tag_files(&info, &payload, &stored.extra_tags) {
        fs::write(bag.join(&tag.path), &tag.bytes).unwrap();
    }
}

#[test]
fn a_year_comes_back_and_gives_the_same_documents() {
    let inputs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journals/year/inputs");
    let home = tempfile::tempdir().unwrap();
    let at = |path: &str| home.path().join(path);
    let year = build(&inputs, at("outputs"));
    let request = Request { year, archive: at("archive"), reason: None, by: None, incomplete: None };
    archive(&request).unwrap();

    let restored = done(restore(&at(BAG), &at("back"), 2).unwrap());
    let (equal, differing) = compared(&restored);
    assert!(restored.is_same_version && restored.has_school, "{restored:?}");
    assert!(equal > 20 && differing.is_empty(), "{equal} {differing:?}");
    assert_eq!(files(&at("back/sources")), files(&inputs));

    // The normalised tables are a bundle too, and give themselves again.
    let Reading { journal, problems, .. } = read_journal(&read_bundle(&at("back/tables")));
    let errors = problems.iter().filter(|problem| problem.severity == ProblemSeverity::Error).count();
    assert_eq!(errors, 0, "{problems:?}");
    let journal = journal.unwrap();
    let again = data::write(&journal, "data/tables", Extent::Everything).unwrap();
    let again =
        again.into_iter().filter(|draft| draft.path.ends_with(".csv")).map(|draft| draft.make().unwrap());
    let again: Vec<_> = again.map(|document| (document.path, document.bytes)).collect();
    let kept = files(&at(BAG)).into_iter();
    let kept = kept.filter(|(path, _)| path.starts_with("data/tables/") && path.ends_with(".csv"));
    let (mut again, mut kept) = (again, kept.collect::<Vec<_>>());
    again.sort();
    kept.sort();
    assert!(again == kept && again.len() > 20, "{}", again.len());

    // Another version made another document: it is named, and nothing else is.
    let journal =
        StoredBag::open(&at(BAG)).unwrap().payload.into_iter().find(|entry| entry.path.ends_with(".pdf"));
    let journal = journal.unwrap().path;
    rewrite(&at(BAG), &journal, "letopis 0.0.9+older");
    fs::remove_file(at("archive/register.txt")).unwrap();
    let restored = done(restore(&at(BAG), &at("back2"), 2).unwrap());
    assert!(!restored.is_same_version);
    assert_eq!(compared(&restored).1, [(journal, Difference::Other)]);
}

#[test]
fn a_damaged_bag_gives_nothing_back() {
    let disk = Disk::archived();
    let bag = disk.at("archive/journals-2025-2026-ed1");
    fs::write(bag.join("data/tables/marks.csv"), "damaged").unwrap();
    assert!(matches!(restore(&bag, &disk.at("back"), 1).unwrap(), Restoring::Unsound(_)));
    assert!(!disk.at("back").exists());
}

#[test]
fn a_folder_with_something_in_it_is_refused() {
    let disk = Disk::archived();
    let before = files(&disk.archive_folder());
    assert!(restore(&disk.at("archive/journals-2025-2026-ed1"), &disk.archive_folder(), 1).is_err());
    assert_eq!(files(&disk.archive_folder()), before);
}

#[test]
fn sheets_without_sources_give_their_tables() {
    let disk = Disk::new();
    let bag = disk.at("sheets");
    write_bag(&bag, &[Document::new("data/tables/term_marks.csv", "a\n1\n")], "25");
    let restored = done(restore(&bag, &disk.at("back"), 1).unwrap());
    assert_eq!((restored.sources, restored.tables, restored.has_school), (0, 1, false));
    assert!(restored.rebuilt.is_none());
    assert_eq!(files(&disk.at("back")), [("tables/term_marks.csv".to_owned(), b"a\n1\n".to_vec())]);
}

#[test]
fn names_that_lead_out_are_refused_before_anything_is_written() {
    for name in
        ["../escaped.csv", "/escaped.csv", "a/../../escaped.csv", "C:\\escaped.csv", "..\\escaped.csv", ""]
    {
        let disk = Disk::new();
        let names = format!("number,file,name_as_received\n1,0001.csv,{name}\n");
        let payload =
            [Document::new("data/sources/0001.csv", "x"), Document::new("data/sources/names.csv", names)];
        write_bag(&disk.at("hostile"), &payload, "5");
        let before = files(&disk.at("."));
        assert!(restore(&disk.at("hostile"), &disk.at("back"), 1).is_err(), "{name}");
        assert!(!disk.at("back").exists(), "{name}");
        let after: Vec<_> =
            files(&disk.at(".")).into_iter().filter(|(path, _)| !path.ends_with(".lock")).collect();
        assert_eq!(after, before, "{name}");
    }
}
