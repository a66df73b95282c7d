//! The key of a typeset document: everything that decides its bytes. Fonts, the library of templates and the typesetter
//! are parts of the program, whose digest every key begins with. A new field has to be named here before the program
//! compiles.

use super::{PdfJob, Standard};
use crate::base::draft::{Key, KeyMaker};
use crate::render::drawing::{Drawing, Fill, Rule, Strokes, TextLine, Word};
use crate::render::measure::Style;

impl PdfJob {
    /// Returns the key.
    pub fn key(&self) -> Key {
        // The path is returned unchanged.
        let Self { path: _, template, templates, data, drawings, standard, ident } = self;
        let mut key = KeyMaker::new("pdf");
        key.bytes(&templates.digest(*template));
        key.bytes(data);
        key.number(match standard {
            Standard::Compact => 0,
            Standard::Tagged => 1,
        });
        key.text(ident);
        key.number(drawings.len() as u64);
        drawings.iter().for_each(|drawing| add_drawing(&mut key, drawing));
        key.finish()
    }
}

fn add_drawing(
    key: &mut KeyMaker,
    Drawing { lines, rules, fills, strokes: Strokes { thin, bold } }: &Drawing,
) {
    [thin, bold].into_iter().for_each(|points| key.measure(*points));
    key.number(lines.len() as u64);
    for TextLine { y, style: Style { face, size_pt }, words, upwards } in lines {
        key.measure(*y);
        key.number(*face as u64);
        key.measure(*size_pt);
        key.number(u64::from(*upwards));
        key.number(words.len() as u64);
        for Word { x, text } in words {
            key.measure(*x);
            key.text(text);
        }
    }
    key.number(rules.len() as u64);
    for Rule { weight, ends } in rules {
        key.number(*weight as u64);
        ends.iter().for_each(|end| key.measure(*end));
    }
    key.number(fills.len() as u64);
    for Fill { shade, corners } in fills {
        key.number(*shade as u64);
        corners.iter().for_each(|corner| key.measure(*corner));
    }
}
