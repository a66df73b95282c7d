//! `data/metrics.csv`: the figures for other programs.

use anyhow::Result;

use super::figure::Figure;
use crate::model::Journal;

const HEADER: [&str; 9] =
    ["term_id", "metric", "scope", "scope_id", "subject_id", "value", "numerator", "denominator", "excluded"];

/// Writes the figures as CSV at full double precision; values that cannot be computed are empty.
///
/// # Errors
/// When the writer fails, which does not happen in memory.
pub fn metrics_csv(journal: &Journal, figures: &[Figure]) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADER)?;
    for figure in figures {
        let subject = figure.subject.map_or("", |id| journal.subjects[id].key.as_str());
        writer.write_record([
            journal.terms[figure.term].key.as_str(),
            figure.metric,
            figure.scope.code(),
            &figure.scope_id,
            subject,
            &number(figure.value),
            &number(figure.numerator),
            &number(figure.denominator),
            &excluded(figure),
        ])?;
    }
    Ok(writer.into_inner()?)
}

fn number(value: Option<f64>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

/// Writes what was left out of a figure: `deferred:1;осв:2`.
fn excluded(figure: &Figure) -> String {
    let parts = figure.excluded.iter().map(|(exclusion, count)| format!("{}:{count}", exclusion.code()));
    parts.collect::<Vec<_>>().join(";")
}
