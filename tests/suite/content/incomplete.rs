//! A package without its documents is not archived by itself: with a reason it is, and the reason stands everywhere.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use jiff::civil::date;
use letopis::bagit::stored::StoredBag;
use letopis::base::files::{Checksums, Document};
use letopis::ingest::{read_bundle, read_journal};
use letopis::outputs::{Staging, Standing};
use letopis::package::products::Products;
use letopis::package::{Packing, pack};
use letopis::papers::Setting;
use letopis::papers::protocol::{self, Circumstances, protocol};
use letopis::store::{Archived, Request, archive};
use letopis::verify::{ArchiveSeverity, Status, verify};

use super::School;

const DUE: [&str; 3] =
    ["journals/journal-5A.pdf", "journals/journal-5B.pdf", "summary-sheets/summary-5A.pdf"];

/// Packs a year of which only these documents could be made.
fn pack_year(school: &School, made: &[&str]) {
    let bundle = read_bundle(&school.at("inputs"));
    let journal = read_journal(&bundle).journal.unwrap();
    let target = school.at("outputs/2024-2025");
    let staging = Staging::begin(&target).unwrap();
    let products = Products::default();
    for path in made {
        let document = Document::new(*path, "%PDF-1.7");
        products.add(path, staging.write(&document).unwrap_or_else(|_| Checksums::of(b"")));
    }
    let due = DUE.map(str::to_owned);
    let packing = Packing {
        staging: &staging,
        standing: &Standing::default(),
        products: &products,
        bundle: &bundle,
        journal: &journal,
        as_of: date(2025, 6, 30),
        pages: &BTreeMap::new(),
        page_marks: &BTreeMap::new(),
        has_streebog: false,
        inputs_sha256: "",
        templates: &std::sync::Arc::default(),
        due: &due,
    };
    pack(&packing, Vec::new()).unwrap();
    staging.publish().unwrap();
}

fn put(school: &School, incomplete: Option<&str>, reason: Option<&str>) -> Vec<Archived> {
    let request = Request {
        year: school.at("outputs/2024-2025"),
        archive: school.at("archive"),
        reason: reason.map(str::to_owned),
        by: None,
        incomplete: incomplete.map(str::to_owned),
    };
    archive(&request).unwrap()
}

fn codes(path: &Path) -> (Status, Vec<&'static str>) {
    let report = verify(&[path.to_owned()]);
    let findings = report.all_findings().filter(|(_, finding)| finding.severity > ArchiveSeverity::Notice);
    (report.status(), findings.map(|(_, finding)| finding.code).collect())
}

#[test]
fn a_package_without_its_documents_is_not_archived_without_a_reason() {
    let school = School::new();
    pack_year(&school, &[DUE[0], DUE[2]]);
    let built = school.at("outputs/2024-2025/archive/journals-2024-2025");
    assert_eq!(codes(&built), (Status::Invalid, vec!["A606"]));
    let text = verify(&[built]).to_text().ru;
    assert!(text.contains("journal-5B.pdf") && text.contains("--incomplete"), "{text}");
    for reason in [None, Some("   ")] {
        let archived = put(&school, reason, None);
        assert!(matches!(archived[0], Archived::Incomplete(_)), "{archived:?}");
        assert!(!school.at("archive/journals-2024-2025-ed1").exists());
    }
    // The sheets are all there, and their package is archived.
    assert!(school.at("archive/summary-sheets-2024-2025-ed1").exists());
}

#[test]
fn the_reason_stands_in_the_bag_the_register_and_on_the_protocol() {
    const REASON: &str = "журнал 5Б изъят следователем, акт № 3";
    let school = School::new();
    pack_year(&school, &[DUE[0], DUE[2]]);
    let archived = put(&school, Some(REASON), None);
    assert!(matches!(archived[0], Archived::Made { .. }), "{archived:?}");
    let bag = StoredBag::open(&school.at("archive/journals-2024-2025-ed1")).unwrap();
    assert_eq!(bag.info("Incomplete-Reason"), REASON);
    assert_eq!(bag.info("Document-Absent"), "data/journals/journal-5B.pdf");
    let sheets = StoredBag::open(&school.at("archive/summary-sheets-2024-2025-ed1")).unwrap();
    assert_eq!(sheets.info("Incomplete-Reason"), "");
    let register = fs::read_to_string(school.at("archive/register.txt")).unwrap();
    assert_eq!(register.lines().filter(|line| line.contains(REASON)).count(), 1, "{register}");
    assert_eq!(codes(&school.at("archive")), (Status::ValidWithWarnings, vec!["A607"]));
    let report = verify(&[school.at("archive")]);
    let table = String::from_utf8(protocol::csv(&report).unwrap()).unwrap();
    assert!(table.contains(REASON) && table.contains("journal-5B.pdf"), "{table}");
    assert!(
        protocol(&report, date(2025, 7, 1), &Circumstances::default(), &Setting::default())
            .unwrap()
            .documents
            .iter()
            .any(|one| one.path.ends_with(".pdf"))
    );

    // The same package is no new edition, and one that is whole again is a change with a reason of its own.
    assert!(matches!(put(&school, None, None)[0], Archived::Same { .. }));
    pack_year(&school, &DUE);
    assert!(matches!(put(&school, None, None)[0], Archived::NeedsReason { .. }));
    assert!(matches!(put(&school, None, Some("журнал возвращён"))[0], Archived::Made { .. }));
    let whole = StoredBag::open(&school.at("archive/journals-2024-2025-ed2")).unwrap();
    assert_eq!((whole.info("Incomplete-Reason"), whole.info("Document-Absent")), ("", ""));
    assert_eq!(codes(&school.at("archive/journals-2024-2025-ed2")), (Status::Valid, Vec::new()));
}

#[test]
fn a_bag_without_a_single_document_of_its_kind_is_never_silently_valid() {
    let school = School::new();
    for (years, folder, other) in [("5", "journals", "summary-sheets"), ("25", "summary-sheets", "journals")]
    {
        let bag = school.at(&format!("made-{years}"));
        // A document of the other kind does not count, nor does a table among the right ones.
        let payload = [
            Document::new(format!("data/{other}/one.pdf"), "%PDF-1.7"),
            Document::new(format!("data/{folder}/pages.csv"), "a\n"),
        ];
        crate::register::write_bag(&bag, &payload, years);
        let (status, found) = codes(&bag);
        assert!(status == Status::Invalid && found.contains(&"A606"), "{years}: {found:?}");
        let payload = [Document::new(format!("data/{folder}/one.pdf"), "%PDF-1.7")];
        crate::register::write_bag(&school.at(&format!("whole-{years}")), &payload, years);
        assert_eq!(codes(&school.at(&format!("whole-{years}"))).1, Vec::<&str>::new());
    }
}
