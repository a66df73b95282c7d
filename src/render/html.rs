//! HTML from templates with minijinja: undefined names are errors, every value is escaped.

use anyhow::Result;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde::Serialize;

const BASE: &str = include_str!("../../templates/base.html");
const INDEX: &str = include_str!("../../templates/index.html");

const TIMELINESS: &str = include_str!("../../templates/timeliness.html");

/// Fills the index page.
///
/// # Errors
/// When the template and the view do not fit: a fault of the program, not of the data.
pub fn index(view: &impl Serialize) -> Result<String> {
    fill("index.html", INDEX, view)
}

/// Fills the page of the completeness and timeliness report.
///
/// # Errors
/// When the template and the view do not fit: a fault of the program, not of the data.
pub fn timeliness(view: &impl Serialize) -> Result<String> {
    fill("timeliness.html", TIMELINESS, view)
}

fn fill(name: &'static str, template: &'static str, view: &impl Serialize) -> Result<String> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.add_template("base.html", BASE)?;
    environment.add_template(name, template)?;
    Ok(environment.get_template(name)?.render(Serde(view))?)
}
