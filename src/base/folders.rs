//! Folders and files of a year's outputs and of an archive package: each name stands here once.

use super::series::Series;

/// Folder of the payload of a bag (RFC 8493, section 2.1.2).
pub const PAYLOAD: &str = "data";
/// Folder of the data for programs in a year's outputs.
pub const DATA: &str = "data";
/// Folder of the packages in a year's outputs.
pub const PACKAGES: &str = "archive";

/// The tables of the exchange format, in the outputs and in a package.
pub const TABLES: &str = "data/tables";
/// The description of the tables.
pub const DATAPACKAGE: &str = "data/tables/datapackage.json";
/// The tables of the analytics in the outputs.
pub const ANALYTICS: &str = "data/analytics";
/// What explains the data in the outputs.
pub const DATA_README: &str = "data/ЧИТАЙ-МЕНЯ.txt";
/// The findings in the outputs.
pub const FINDINGS_CSV: &str = "data/findings.csv";
/// The figures in the outputs.
pub const METRICS_CSV: &str = "data/metrics.csv";
/// The problems of the input in the outputs, for programs.
pub const PROBLEMS_CSV: &str = "data/problems.csv";
/// The problems of the input in the outputs, for people.
pub const PROBLEMS_XLSX: &str = "data/problems.xlsx";
/// The means that the source's reports print, in the outputs.
pub const PRINTED_MEANS_CSV: &str = "data/printed-means.csv";

/// The figures and findings in a package.
pub const FIGURES: &str = "data/figures";
/// The received files in a package.
pub const SOURCES: &str = "data/sources";
/// The list of the received files with their own names, in a package.
pub const SOURCE_NAMES: &str = "data/sources/names.csv";
/// The settings of the school in a package without received files.
pub const SETTINGS: &str = "data/settings";
/// The school's own templates in a package.
pub const TEMPLATES: &str = "data/templates";
/// What was done with the package before it was sealed.
pub const EVENTS: &str = "data/события.csv";
/// The inventory of a package, for programs.
pub const INVENTORY: &str = "data/опись.csv";
/// The inventory of a package, on paper.
pub const INVENTORY_PDF: &str = "data/опись.pdf";
/// The pages of the documents of a package, with what tells them apart.
pub const PAGES: &str = "data/pages.csv";
/// What an edition changes, in its package.
pub const CHANGES: &str = "data/изменения.csv";

/// Returns the rest of a path inside a folder; `None` for a path elsewhere.
pub fn inside<'p>(folder: &str, path: &'p str) -> Option<&'p str> {
    path.strip_prefix(folder)?.strip_prefix('/')
}

/// Returns the path of a document in the bag that packs it: in the payload.
pub fn in_payload(path: &str) -> String {
    format!("{PAYLOAD}/{path}")
}

/// Returns the path of a payload file below the payload folder; `None` for a tag file.
pub fn of_payload(path: &str) -> Option<&str> {
    inside(PAYLOAD, path)
}

/// Returns whether a file of a bag is payload.
pub fn is_payload(path: &str) -> bool {
    of_payload(path).is_some()
}

/// Returns the name of a package: `journals-2025-2026`.
pub fn package_name(series: Series, year: &str) -> String {
    format!("{}-{year}", series.id())
}

/// Returns the folder of a package in a year's outputs.
pub fn package_folder(series: Series, year: &str) -> String {
    format!("{PACKAGES}/{}", package_name(series, year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_inside_the_payload_folder_is_payload() {
        assert_eq!(of_payload("data/journals/journal-5A.pdf"), Some("journals/journal-5A.pdf"));
        assert!(!is_payload("data.txt") && !is_payload("database/x") && !is_payload("bagit.txt"));
        assert_eq!(inside(TABLES, "data/tables/marks.csv"), Some("marks.csv"));
        assert_eq!(package_folder(Series::Journals, "2025-2026"), "archive/journals-2025-2026");
    }
}
