//! The table `leaf` of `style.typ`, evaluated by the typesetter itself: sizes, rules and faces by which the program
//! measures and draws pages. A school that changes one of them changes it everywhere.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use typst::foundations::{Label, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::layout::{Abs, Em, Length};
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

use super::desk::Desk;
use super::faults::{TemplateFault, TypesetError, refused};
use super::templates::{Template, Templates};
use crate::render::fonts::{Face, Family};
use crate::render::measure::{MM_PER_PT, Style};

/// The file that has the table.
const FILE: &str = "style.typ";

/// What asks the typesetter for the table.
const QUESTION: Template =
    Template { name: "style-table.typ", source: "#import \"style.typ\": leaf\n#metadata(leaf) <leaf>\n" };

/// Sizes of text outside of these, in points, are a slip of the pen.
const SIZES: std::ops::RangeInclusive<f64> = 3.0..=72.0;

/// Longest length of the table, in millimetres: no page is longer.
const LONGEST: f64 = 300.0;

/// The style of the templates in use; it is evaluated when it is first asked for.
#[derive(Debug, Default)]
pub struct Styles {
    templates: Arc<Templates>,
    leaf: OnceLock<Result<StyleTable, TypesetError>>,
}

impl Styles {
    /// Makes the style of some templates.
    pub const fn of(templates: Arc<Templates>) -> Self {
        Self { templates, leaf: OnceLock::new() }
    }

    /// Returns the table `leaf`.
    ///
    /// # Errors
    /// When the school's file has a fault, or no such table.
    pub fn leaf(&self) -> Result<&StyleTable, TypesetError> {
        self.leaf.get_or_init(|| StyleTable::read(&self.templates)).as_ref().map_err(Clone::clone)
    }
}

/// The table, by the path of each value: `marks.row`.
#[derive(Clone, Debug, Default)]
pub struct StyleTable {
    values: BTreeMap<String, Value>,
    is_own: bool,
}

/// A face at a size, with what belongs to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lettering {
    /// The face and the size.
    pub style: Style,
    /// The least size for long texts, in points; the size itself if there is none.
    pub least: f64,
    /// From line to line, in millimetres.
    pub leading: f64,
}

impl StyleTable {
    /// Evaluates the table of the program or of the school.
    fn read(templates: &Templates) -> Result<Self, TypesetError> {
        let desk = Desk::new(templates, QUESTION, Vec::new());
        let compiled = typst::compile::<PagedDocument>(&desk);
        let document = compiled.output.map_err(|errors| in_style(refused("", &desk, &errors)))?;
        let mut table = Self { values: BTreeMap::new(), is_own: desk.has_own_templates() };
        let label =
            Label::new(PicoStr::intern("leaf")).map(|label| document.introspector().query_label(label));
        let Some(Ok(content)) = label else { return Err(table.fault("leaf is empty")) };
        let value = content.to_packed::<MetadataElem>().map(|metadata| metadata.value.clone());
        table.put(String::new(), value.unwrap_or(Value::None));
        Ok(table)
    }

    fn put(&mut self, path: String, value: Value) {
        let Value::Dict(members) = value else {
            self.values.insert(path, value);
            return;
        };
        for (name, member) in members {
            let below = if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
            self.put(below, member);
        }
    }

    /// Returns a length in millimetres.
    ///
    /// # Errors
    /// When the table has no such length, or one that no page can have.
    pub fn length(&self, path: &str) -> Result<f64, TypesetError> {
        let length = rounded(self.absolute(path)?.to_mm());
        if (0.0..=LONGEST).contains(&length) {
            Ok(length)
        } else {
            Err(self.fault(&format!("leaf leaves no room: {path}")))
        }
    }

    /// Returns a size of text, or the thickness of a rule, in points.
    ///
    /// # Errors
    /// When the table has no such length.
    pub fn points(&self, path: &str) -> Result<f64, TypesetError> {
        self.length(path)?;
        Ok(rounded(self.absolute(path)?.to_pt()))
    }

    fn absolute(&self, path: &str) -> Result<Abs, TypesetError> {
        match self.values.get(path) {
            Some(Value::Length(Length { abs, em })) if *em == Em::zero() => Ok(*abs),
            _ => Err(self.fault(&format!("leaf has no length in mm, cm or pt: {path}"))),
        }
    }

    /// Returns a size of text in points.
    ///
    /// # Errors
    /// When the table has no such size, or one that nobody can read.
    pub fn size(&self, path: &str) -> Result<f64, TypesetError> {
        let size = self.points(path)?;
        if SIZES.contains(&size) {
            Ok(size)
        } else {
            Err(self.fault(&format!("leaf has no size of text: {path}")))
        }
    }

    /// Returns a family of faces.
    ///
    /// # Errors
    /// When the table names another one than the program draws.
    pub fn family(&self, path: &str) -> Result<Family, TypesetError> {
        let first = |value: &Value| match value {
            Value::Str(name) => Some(name.to_string()),
            Value::Array(names) => match names.iter().next() {
                Some(Value::Str(name)) => Some(name.to_string()),
                _ => None,
            },
            _ => None,
        };
        let name = self.values.get(path).and_then(first).unwrap_or_default();
        match name.to_lowercase().as_str() {
            "liberation sans" => Ok(Family::Sans),
            "liberation serif" => Ok(Family::Serif),
            _ => Err(self.fault(&format!("leaf takes only Liberation Sans and Liberation Serif: {path}"))),
        }
    }

    /// Returns a text's face, sizes and leading.
    ///
    /// # Errors
    /// When any of these is missing or cannot be drawn.
    pub fn lettering(&self, path: &str) -> Result<Lettering, TypesetError> {
        let of = |name: &str| format!("{path}.{name}");
        let (family, size_pt) = (self.family(&of("font"))?, self.size(&of("size"))?);
        let style = Style { face: self.face(family, &of("weight"))?, size_pt };
        let least = if self.values.contains_key(&of("least")) { self.size(&of("least"))? } else { size_pt };
        Ok(Lettering { style, least: least.min(size_pt), leading: self.leading(&of("leading"), size_pt)? })
    }

    fn face(&self, family: Family, path: &str) -> Result<Face, TypesetError> {
        match self.values.get(path) {
            None => Ok(family.plain()),
            Some(Value::Str(name)) if name.as_str() == "regular" => Ok(family.plain()),
            Some(Value::Str(name)) if name.as_str() == "bold" => Ok(family.bold()),
            Some(_) => Err(self.fault(&format!("leaf takes only \"regular\" and \"bold\": {path}"))),
        }
    }

    /// Returns a leading in millimetres; it is 1.2 of the size where none is given.
    fn leading(&self, path: &str, size_pt: f64) -> Result<f64, TypesetError> {
        let size = size_pt * MM_PER_PT;
        match self.values.get(path) {
            None => Ok(1.2 * size),
            Some(Value::Length(Length { abs, em })) => Ok(abs.to_mm() + em.get() * size),
            Some(_) => Err(self.fault(&format!("leaf has no length in mm, cm or pt: {path}"))),
        }
    }

    /// Makes the error that the table says something it may not.
    pub fn fault(&self, message: &str) -> TypesetError {
        let fault = TemplateFault { file: FILE.to_owned(), place: None, message: message.to_owned() };
        let template = self.is_own.then_some(fault);
        TypesetError { path: String::new(), messages: vec![message.to_owned()], template }
    }
}

/// Takes off what the change of units has added: 25mm are 25.
fn rounded(length: f64) -> f64 {
    (length * 1e6).round() / 1e6
}

/// A fault that was found while the table was asked for is one of the file that should have it.
fn in_style(mut error: TypesetError) -> TypesetError {
    if let Some(fault) = error.template.as_mut().filter(|fault| fault.file == QUESTION.name) {
        FILE.clone_into(&mut fault.file);
        fault.place = None;
    }
    error
}
