//! HTML from templates with minijinja: undefined names are errors, every value is escaped, and characters
//! that change the direction of writing are shown as codes.

use anyhow::Result;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, Error, Output, State, UndefinedBehavior, escape_formatter};
use serde::Serialize;

use crate::base::shown;

const BASE: &str = include_str!("../../templates/base.html");
const CHARTS: &str = include_str!("../../templates/charts.html");
const INDEX: &str = include_str!("../../templates/index.html");

const TIMELINESS: &str = include_str!("../../templates/timeliness.html");

/// Fills the index page.
///
/// # Errors
/// When the template and the view do not match, which is a fault of the program, not of the data.
pub fn index(view: &impl Serialize) -> Result<String> {
    fill("index.html", INDEX, view)
}

/// Fills the page of the completeness and timeliness report.
///
/// # Errors
/// When the template and the view do not match, which is a fault of the program, not of the data.
pub fn timeliness(view: &impl Serialize) -> Result<String> {
    fill("timeliness.html", TIMELINESS, view)
}

/// Fills a page whose template whoever makes it has; it may extend `base.html` and, for each `chart` of its view
/// ([`super::charts::Chart::page_view`]), include `charts.html`.
///
/// # Errors
/// When the template and the view do not fit: a fault of the program, not of the data.
pub fn fill(name: &'static str, template: &'static str, view: &impl Serialize) -> Result<String> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_formatter(write_shown);
    environment.add_template("base.html", BASE)?;
    environment.add_template("charts.html", CHARTS)?;
    environment.add_template(name, template)?;
    Ok(environment.get_template(name)?.render(Serde(view))?)
}

/// Writes a value of a template.
fn write_shown(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    match value.as_str().filter(|_| !value.is_safe()).map(shown::lines) {
        Some(std::borrow::Cow::Owned(coded)) => escape_formatter(out, state, &Value::from(coded)),
        _ => escape_formatter(out, state, value),
    }
}
