//! The settings from which a package alone can rebuild its documents: the school and the policy in force.
//! They are written anew from the parsed values, so that a comment beside them, such as a phone number, is
//! not kept as long as the summary sheets.

use anyhow::Result;
use jiff::civil::Date;
use toml::{Table, Value};

use crate::base::files::Document;
use crate::base::folders::SETTINGS;
use crate::base::said::{AtPlace, Tell, said};
use crate::ingest::{POLICY_TOML, SCHOOL_TOML};
use crate::model::{Deputy, Journal, Official};
use crate::policy::DEFAULT_TEXT;

/// Writes both settings. `policy` is the school's own, where there is one. The figures that it leaves out are
/// written out with today's defaults, because another version of the program may have other defaults.
///
/// # Errors
/// Never in practice: values read from TOML can be written as TOML.
pub(crate) fn settings(journal: &Journal, as_of: Date, policy: Option<&str>) -> Result<Vec<Document>> {
    let mut figures: Table =
        DEFAULT_TEXT.parse().told(|| said!("правила по умолчанию", "the default policy"))?;
    if let Some(own) = policy {
        overlay(&mut figures, own.parse().at(POLICY_TOML)?);
    }
    Ok(vec![
        Document::new(format!("{SETTINGS}/{SCHOOL_TOML}"), toml::to_string(&school(journal, as_of)?)?),
        Document::new(format!("{SETTINGS}/{POLICY_TOML}"), toml::to_string(&figures)?),
    ])
}

/// Puts the entries of one table over those of another.
fn overlay(below: &mut Table, above: Table) {
    for (key, value) in above {
        match (below.get_mut(&key), value) {
            (Some(Value::Table(below)), Value::Table(above)) => overlay(below, above),
            (_, value) => drop(below.insert(key, value)),
        }
    }
}

fn school(journal: &Journal, as_of: Date) -> Result<Table> {
    let Journal { school, year, officials, regulation, archive, .. } = journal;
    let mut file = Table::new();
    file.insert(
        "school".to_owned(),
        texts([
            ("name", &school.name),
            ("short", &school.short),
            ("place", &school.place),
            ("municipality", &school.municipality),
            ("region", &school.region),
            ("utc_offset", &school.utc_offset),
        ]),
    );
    let mut dates = texts([("title", &year.title)]);
    for (key, day) in [("start", year.start), ("end", year.end), ("as_of", as_of)] {
        add(&mut dates, key, date(day)?);
    }
    file.insert("year".to_owned(), dates);
    let mut signing = texts([]);
    add(&mut signing, "director", official(&officials.director));
    add(&mut signing, "archivist", official(&officials.archivist));
    let deputies = officials.deputies.iter().map(deputy).collect();
    add(&mut signing, "deputies", Value::Array(deputies));
    file.insert("officials".to_owned(), signing);
    let mut act = texts([("title", &regulation.title), ("order", &regulation.order)]);
    if let Some(day) = regulation.date {
        add(&mut act, "date", date(day)?);
    }
    file.insert("regulation".to_owned(), act);
    let identifiers = [
        ("fond", &archive.fond),
        ("journal_index", &archive.journal_index),
        ("sheet_index", &archive.sheet_index),
    ];
    file.insert("archive".to_owned(), texts(identifiers));
    Ok(file)
}

fn official(official: &Official) -> Value {
    texts([("post", &official.post), ("name", &official.name)])
}

fn deputy(deputy: &Deputy) -> Value {
    let Deputy { official, grades } = deputy;
    texts([("post", &official.post), ("name", &official.name), ("grades", grades)])
}

fn date(day: Date) -> Result<Value> {
    Ok(Value::Datetime(day.to_string().parse()?))
}

/// Returns a table with those texts that are not empty.
fn texts<const N: usize>(pairs: [(&str, &String); N]) -> Value {
    let said = pairs.into_iter().filter(|(_, text)| !text.is_empty());
    Value::Table(said.map(|(key, text)| (key.to_owned(), Value::String(text.clone()))).collect())
}

fn add(table: &mut Value, key: &str, value: Value) {
    if let Value::Table(table) = table {
        table.insert(key.to_owned(), value);
    }
}
