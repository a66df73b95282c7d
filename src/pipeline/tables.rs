//! Writes the tables for programs, below `data/`.

use anyhow::Result;

use super::Year;
use super::judge::Judged;
use super::workshop::Workshop;
use crate::base::draft::Draft;
use crate::base::files::Document;
use crate::base::folders;
use crate::data::csv_files::{self, analytics_files, findings_csv, printed_means_csv, problems_csv};
use crate::data::{self, Extent};
use crate::package;
use crate::reports::problems_workbook::problems_workbook;
use crate::stats;

impl Year<'_> {
    /// Writes the tables.
    pub(super) fn tables(&self, judged: &Judged, workshop: &Workshop<'_>) -> Result<()> {
        workshop.put_all(data::write(self.journal, folders::TABLES, Extent::Everything)?)?;
        workshop.put_all(analytics_files(&judged.analytics)?)?;
        let metrics = stats::metrics_csv(self.journal, &judged.figures)?;
        let texts = [
            Some(csv_files::readme()),
            Some(Document::new(folders::METRICS_CSV, metrics)),
            Some(findings_csv(self.journal, &judged.checked.findings)?),
            Some(problems_csv(self.problems)?),
            printed_means_csv(self.journal)?,
        ];
        workshop.put_all(texts.into_iter().flatten().map(Draft::from).collect())?;
        let places = package::sources::source_places(self.bundle, self.journal);
        workshop.put(problems_workbook(self.problems, &places, self.as_of))
    }
}
