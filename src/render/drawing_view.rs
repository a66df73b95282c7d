//! A drawing as templates read it: rectangles, rules and words at their places, in millimetres.

use serde::Serialize;

use super::drawing::{Drawing, Fill, Rule, Strokes, TextLine};
use super::fonts::Face;

/// What `drawing` of `templates/parts.typ` draws.
#[derive(Clone, Debug, Serialize)]
pub(super) struct DrawingView {
    fills: Vec<FillView>,
    rules: Vec<RuleView>,
    words: Vec<WordView>,
}

#[derive(Clone, Debug, Serialize)]
struct FillView {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    luma: u8,
}

#[derive(Clone, Debug, Serialize)]
struct RuleView {
    ends: [f64; 4],
    width: f64,
}

#[derive(Clone, Debug, Serialize)]
struct WordView {
    x: f64,
    y: f64,
    size: f64,
    text: String,
    /// The face where it is not the plain one.
    #[serde(skip_serializing_if = "Option::is_none")]
    face: Option<&'static str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    upwards: bool,
}

impl From<&Drawing> for DrawingView {
    fn from(drawing: &Drawing) -> Self {
        Self {
            fills: drawing.fills.iter().map(fill).collect(),
            rules: drawing.rules.iter().map(|rule| view_of(rule, drawing.strokes)).collect(),
            words: drawing.lines.iter().flat_map(words).collect(),
        }
    }
}

fn fill(fill: &Fill) -> FillView {
    let [x, y, right, bottom] = fill.corners;
    FillView { x, y, width: right - x, height: bottom - y, luma: fill.shade.luma() }
}

fn view_of(rule: &Rule, strokes: Strokes) -> RuleView {
    RuleView { ends: rule.ends, width: strokes.points(rule.weight) }
}

fn words(line: &TextLine) -> impl Iterator<Item = WordView> {
    line.words.iter().map(|word| WordView {
        x: word.x,
        y: line.y,
        size: line.style.size_pt,
        text: word.text.clone(),
        face: name_of(line.style.face),
        upwards: line.upwards,
    })
}

const fn name_of(face: Face) -> Option<&'static str> {
    match face {
        Face::Sans => None,
        Face::SansBold => Some("sans-bold"),
        Face::Serif => Some("serif"),
        Face::SerifBold => Some("serif-bold"),
    }
}
