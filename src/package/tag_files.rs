//! Papers that every archive package carries beside its documents: the events of its creation and its BagIt
//! profile.

use anyhow::Result;
use jiff::civil::Date;
use serde_json::json;

use crate::bagit::PROFILE;
use crate::base::files::Document;
use crate::base::folders::EVENTS;
use crate::base::series::Series;
use crate::base::settings::VERSION;

/// The facts that a package's event list reports.
pub(crate) struct Making {
    /// The date that the build is made for. Equal inputs make equal bags, so there is no clock time here.
    pub(crate) as_of: Date,
    /// How many input files were received, and the digest over them.
    pub(crate) received: usize,
    /// How many documents for people the package holds.
    pub(crate) documents: usize,
    /// How many files the payload has besides this table.
    pub(crate) files: usize,
    /// How many documents were due and could not be made.
    pub(crate) absent: usize,
}

/// Writes `data/события.csv` in the terms of PREMIS (event type, date, agent, outcome).
///
/// # Errors
/// Never in practice: the CSV is written to memory.
pub(crate) fn events(making: &Making) -> Result<Document> {
    let Making { received, documents, files, absent, .. } = making;
    let failed = "не создано документов, имена — в bag-info.txt (Document-Absent)";
    let events = [
        ("ingestion", "получены файлы выгрузки", received.to_string()),
        ("normalization", "таблицы приведены к формату обмена", String::new()),
        ("creation", "созданы документы", documents.to_string()),
        ("creation", failed, absent.to_string()),
        ("message digest calculation", "посчитаны SHA-256 и SHA-512 файлов", files.to_string()),
        ("validation", "пакет прочитан с диска и проверен перед выдачей", "valid".to_owned()),
    ];
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(["№", "eventType", "eventDate", "eventDetail", "eventOutcome", "agent"])?;
    let told = events.iter().filter(|(_, detail, _)| *absent > 0 || *detail != failed);
    for (number, (kind, detail, outcome)) in (1..).zip(told) {
        let (number, date, agent) =
            (number.to_string(), making.as_of.to_string(), format!("letopis {VERSION}"));
        csv.write_record([number.as_str(), kind, &date, detail, outcome, &agent])?;
    }
    Ok(Document::new(EVENTS, csv.into_inner()?))
}

/// Adds to a package's events that it became an edition in place of an earlier one.
///
/// # Errors
/// When the events cannot be read.
pub(crate) fn replacement(events: &[u8], bag: &str, as_of: &str, agent: &str) -> Result<Document> {
    let mut reader = csv::Reader::from_reader(events);
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(reader.headers()?)?;
    let mut number = 1;
    for row in reader.records() {
        csv.write_record(&row?)?;
        number += 1;
    }
    let detail = "новое издание взамен прежнего; что изменилось — изменения.csv";
    csv.write_record([number.to_string().as_str(), "replacement", as_of, detail, bag, agent])?;
    Ok(Document::new(EVENTS, csv.into_inner()?))
}

/// Writes `bagit-profile.json`: what a package of letopis must have (BagIt Profiles 1.4).
///
/// # Errors
/// Never in practice: every field of the profile can be written as JSON.
pub(crate) fn profile() -> Result<Document> {
    let required = json!({"required": true});
    let years = Series::ALL.map(|series| series.years_kept().to_string());
    let description = format!(
        "Class journals (kept {} years) and summary sheets (kept {} years) of a school year",
        Series::Journals.years_kept(),
        Series::SummarySheets.years_kept()
    );
    let profile = json!({
        "BagIt-Profile-Info": {
            "BagIt-Profile-Identifier": PROFILE,
            "BagIt-Profile-Version": "1.4.0",
            "Source-Organization": "letopis",
            "External-Description": description,
            "Version": "1",
        },
        "Bag-Info": {
            "Source-Organization": required, "External-Description": required, "Bagging-Date": required,
            "External-Identifier": required, "Retention-Years": {"required": true, "values": years},
            "Payload-Oxum": required, "BagIt-Profile-Identifier": required,
        },
        "Manifests-Required": ["sha256", "sha512"],
        "Tag-Manifests-Required": ["sha256", "sha512"],
        "Tag-Files-Required": ["ЧИТАЙ-МЕНЯ.txt", "bagit-profile.json"],
        "Allow-Fetch.txt": false,
        "Serialization": "optional",
        "Accept-Serialization": ["application/zip"],
        "Accept-BagIt-Version": ["1.0"],
    });
    Ok(Document::new("bagit-profile.json", serde_json::to_string_pretty(&profile)? + "\n"))
}
