//! Texts of cells, with the runs that look differently.

use super::pack::Pack;
use super::xml::{Element, Node};

/// A piece of a text that looks the same.
#[derive(Clone, Debug, Default)]
pub(super) struct Run {
    /// How it looks; `None`: as its cell does.
    pub(super) look: Option<Element>,
    pub(super) text: String,
}

/// The texts that cells share.
#[derive(Clone, Debug, Default)]
pub(super) struct Texts(Vec<Vec<Run>>);

impl Texts {
    /// Reads the shared texts of a workbook.
    pub(super) fn read(pack: &Pack, workbook: &str) -> Self {
        let link = pack.links(workbook).into_iter().find(|link| link.kind == "sharedStrings");
        let document = link.and_then(|link| pack.document(&link.path).ok());
        Self(document.map_or(Vec::new(), |document| document.root.elements().map(runs).collect()))
    }

    /// Returns the text of a cell; of a formula's result none.
    pub(super) fn of(&self, cell: &Element) -> Option<Vec<Run>> {
        if cell.child("f").is_some() {
            return None;
        }
        match cell.get("t")?.as_str() {
            "s" => {
                let at: usize = cell.child("v")?.text().trim().parse().ok()?;
                self.0.get(at).cloned()
            }
            "inlineStr" => cell.child("is").map(runs),
            "str" => Some(vec![Run { look: None, text: cell.child("v")?.text() }]),
            _ => None,
        }
    }
}

/// Returns the runs of a text; runs that look the same are one.
fn runs(item: &Element) -> Vec<Run> {
    let mut all: Vec<Run> = Vec::new();
    for one in item.elements() {
        let run = match one.local() {
            "t" => Run { look: None, text: one.text() },
            "r" => Run {
                look: one.child("rPr").cloned(),
                text: one.child("t").map(Element::text).unwrap_or_default(),
            },
            _ => continue,
        };
        match all.last_mut() {
            Some(last) if looks(last) == looks(&run) => last.text.push_str(&run.text),
            _ => all.push(run),
        }
    }
    all
}

fn looks(run: &Run) -> String {
    run.look.as_ref().map(|look| format!("{look:?}")).unwrap_or_default()
}

/// Returns the element that holds a text inside a cell.
pub(super) fn inline(cell: &Element, runs: &[Run]) -> Element {
    let mut item = Element::beside(&cell.name, "is");
    for run in runs {
        let mut text = Element::beside(&cell.name, "t");
        text.set("xml:space", "preserve");
        text.set_text(&run.text);
        let node = match &run.look {
            None if runs.len() == 1 => text,
            look => {
                let mut piece = Element::beside(&cell.name, "r");
                piece.children.extend(look.clone().map(Node::Element));
                piece.children.push(Node::Element(text));
                piece
            }
        };
        item.children.push(Node::Element(node));
    }
    item
}
