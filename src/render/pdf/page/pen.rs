//! Writes the words of a line as the typesetter's text runs: one for a line of plain characters, more where
//! the face changes.

use typst::ecow::EcoString;
use typst::layout::{Abs, Em};
use typst::syntax::Span;
use typst::text::{Glyph, Lang, TextItem};
use typst::visualize::Color;

use crate::base::signs::is_plain;
use crate::render::drawing::TextLine;
use crate::render::measure::{MM_PER_PT, Style};
use crate::render::pdf::desk::font_instance;
use crate::render::shaping::{self, PlacedGlyph};

/// Returns the runs of a line, each with its distance from the line's start. A space as wide as the gap
/// separates two words, so that searched or copied text has separate words.
pub(super) fn items(line: &TextLine) -> Vec<(Abs, TextItem)> {
    let mut pen = Pen::new(line.style);
    for (index, word) in line.words.iter().enumerate() {
        if index > 0 {
            pen.space_to(word.x - line.words[0].x);
        }
        if is_plain(&word.text) {
            word.text.chars().for_each(|one| pen.write(one));
        } else {
            shaping::runs(line.style.face, &word.text).into_iter().for_each(|run| pen.set(&run));
        }
    }
    pen.finish()
}

/// Writes glyphs one after another.
struct Pen {
    style: Style,
    items: Vec<(Abs, TextItem)>,
    text: EcoString,
    glyphs: Vec<Glyph>,
    /// Where the run begins and how far the pen has come, in ems.
    start: f64,
    at: f64,
}

impl Pen {
    fn new(style: Style) -> Self {
        Self { style, items: Vec::new(), text: EcoString::new(), glyphs: Vec::new(), start: 0.0, at: 0.0 }
    }

    /// Writes a plain sign.
    fn write(&mut self, sign: char) {
        let glyph = self.style.face.glyph(sign);
        self.space(sign, glyph.id, glyph.advance);
    }

    /// Moves to a place given in millimetres from the start of the line.
    fn space_to(&mut self, place: f64) {
        let gap = place / (self.style.size_pt * MM_PER_PT) - self.at;
        self.space(' ', self.style.face.glyph(' ').id, gap);
    }

    fn space(&mut self, sign: char, id: u16, advance: f64) {
        let start = self.text.len();
        self.text.push(sign);
        self.push(&PlacedGlyph { id, advance, offset: [0.0; 2], range: start..self.text.len() });
    }

    /// Writes a run that is a run of its own in the file too.
    fn set(&mut self, run: &shaping::Run) {
        self.end_run(self.style.face as usize);
        self.text.push_str(&run.text);
        run.glyphs.iter().for_each(|glyph| self.push(glyph));
        self.end_run(run.face);
    }

    /// A line too long for the 16-bit places of a run is cut; no page is that wide.
    fn push(&mut self, glyph: &PlacedGlyph) {
        let (Ok(start), Ok(end)) = (u16::try_from(glyph.range.start), u16::try_from(glyph.range.end)) else {
            return;
        };
        self.at += glyph.advance;
        let [x_offset, y_offset] = glyph.offset.map(Em::new);
        self.glyphs.push(Glyph {
            id: glyph.id,
            x_advance: Em::new(glyph.advance),
            x_offset,
            y_advance: Em::zero(),
            y_offset,
            range: start..end,
            span: (Span::detached(), 0),
        });
    }

    /// Makes a run of a face from the text written since the last run.
    fn end_run(&mut self, face: usize) {
        let (text, glyphs) = (std::mem::take(&mut self.text), std::mem::take(&mut self.glyphs));
        let along = Abs::mm(self.start * self.style.size_pt * MM_PER_PT);
        self.start = self.at;
        if glyphs.is_empty() {
            return;
        }
        let item = TextItem {
            font: font_instance(face),
            size: Abs::pt(self.style.size_pt),
            fill: Color::BLACK.into(),
            stroke: None,
            lang: Lang::RUSSIAN,
            region: None,
            text,
            glyphs,
        };
        self.items.push((along, item));
    }

    fn finish(mut self) -> Vec<(Abs, TextItem)> {
        self.end_run(self.style.face as usize);
        self.items
    }
}
