//! The parts of a view, as templates name them: lengths in millimetres, sizes in points.

use serde::Serialize;

/// A chart for a template: `chart` of `templates/charts.typ`, or the macro of `templates/charts.html`.
#[derive(Clone, Debug, Serialize)]
pub struct ChartView {
    pub(super) title: String,
    pub(super) subtitle: String,
    pub(super) rows_title: String,
    pub(super) alt: String,
    pub(super) captions: Vec<String>,
    /// For typst; empty for a page.
    pub(super) pictures: Vec<PictureView>,
    /// For a page: SVG elements, in order; empty for typst.
    pub(super) svg: Vec<String>,
    /// The numbers; in several tables side by side where that saves room.
    pub(super) tables: Vec<TableView>,
    /// A heat table: then there is neither picture nor table.
    pub(super) heat: Option<HeatView>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct TableView {
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<RowView>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct RowView {
    pub(super) label: String,
    pub(super) cells: Vec<String>,
    pub(super) bold: bool,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct HeatView {
    pub(super) label_width: f64,
    pub(super) blocks: Vec<HeatBlockView>,
    pub(super) key: Vec<KeyView>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct HeatBlockView {
    pub(super) titles: Vec<String>,
    pub(super) width: f64,
    /// Height of titles that run upwards; 0: they do not.
    pub(super) upwards: f64,
    pub(super) rows: Vec<HeatRowView>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct HeatRowView {
    pub(super) label: String,
    pub(super) cells: Vec<HeatCellView>,
    pub(super) bold: bool,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct HeatCellView {
    pub(super) text: String,
    pub(super) paint: String,
    pub(super) ink: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct KeyView {
    pub(super) text: String,
    pub(super) paint: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct PictureView {
    pub(super) alt: String,
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) hatches: Vec<HatchView>,
    pub(super) areas: Vec<AreaView>,
    pub(super) back: Vec<LineView>,
    pub(super) lines: Vec<LineView>,
    pub(super) dots: Vec<DotView>,
    pub(super) words: Vec<WordsView>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct HatchView {
    pub(super) name: &'static str,
    pub(super) side: f64,
    pub(super) breadth: f64,
    pub(super) paint: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct AreaView {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
    /// A colour, or empty.
    pub(super) paint: String,
    /// The name of a hatching, or empty.
    pub(super) hatch: &'static str,
    /// The colour of the line around, or empty.
    pub(super) outline: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct LineView {
    pub(super) ends: [f64; 4],
    pub(super) breadth: f64,
    pub(super) paint: String,
    pub(super) dash: &'static [f64],
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct DotView {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) radius: f64,
    pub(super) corners: Vec<[f64; 2]>,
    pub(super) open: bool,
    pub(super) paint: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct WordsView {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) size: f64,
    pub(super) bold: bool,
    pub(super) paint: String,
    pub(super) upwards: bool,
    /// How wide a white ground is; 0: none.
    pub(super) ground: f64,
    pub(super) text: String,
}
