//! Puts drawings upon the pages that a template has set, as the typesetter's own text runs and curves.

use typst::ecow::{EcoString, EcoVec};
use typst::layout::{Abs, Angle, Em, Frame, FrameItem, Point, Size, Transform};
use typst::syntax::Span;
use typst::text::{FontInstance, Glyph, Lang, TextItem};
use typst::visualize::{Color, Curve, FillRule, FixedStroke, Geometry, Shape};
use typst_layout::{Page, PagedDocument};

use super::font_instance;
use crate::render::drawing::{Drawing, Fill, Rule, Shade, TextLine, Weight};
use crate::render::measure::{MM_PER_PT, Style};

/// Returns the document with the drawings on its pages: the first drawing on the first page, and so on.
pub(super) fn draw(mut document: PagedDocument, drawings: &[Drawing]) -> PagedDocument {
    let mut pages: EcoVec<Page> = document.pages().into();
    for (page, drawing) in pages.make_mut().iter_mut().zip(drawings) {
        put(&mut page.frame, drawing);
    }
    let info = std::mem::take(document.info_mut());
    PagedDocument::new(pages, info)
}

fn put(frame: &mut Frame, drawing: &Drawing) {
    for shade in Shade::ALL {
        if let Some(shape) = fills(shade, &drawing.fills) {
            frame.push(Point::zero(), FrameItem::Shape(shape, Span::detached()));
        }
    }
    for weight in [Weight::Thin, Weight::Bold] {
        if let Some(shape) = rules(weight, &drawing.rules) {
            frame.push(Point::zero(), FrameItem::Shape(shape, Span::detached()));
        }
    }
    for line in &drawing.lines {
        put_line(frame, line);
    }
}

fn put_line(frame: &mut Frame, line: &TextLine) {
    let Some(first) = line.words.first() else {
        return;
    };
    let place = Point::new(Abs::mm(first.x), Abs::mm(line.y));
    let item = FrameItem::Text(run(line));
    if line.upwards {
        let mut turned = Frame::soft(Size::zero());
        turned.push(Point::zero(), item);
        turned.transform(Transform::rotate(Angle::deg(-90.0)));
        frame.push_frame(place, turned);
    } else {
        frame.push(place, item);
    }
}

/// Returns all rules of one weight as one curve: a page has two, not a hundred.
fn rules(weight: Weight, rules: &[Rule]) -> Option<Shape> {
    let mut curve = Curve(Vec::with_capacity(2 * rules.len()));
    for [x1, y1, x2, y2] in rules.iter().filter(|rule| rule.weight == weight).map(|rule| rule.ends) {
        curve.move_(Point::new(Abs::mm(x1), Abs::mm(y1)));
        curve.line(Point::new(Abs::mm(x2), Abs::mm(y2)));
    }
    let stroke = FixedStroke::from_pair(Color::BLACK, Abs::pt(weight.points()));
    let shape = Shape {
        geometry: Geometry::Curve(curve),
        fill: None,
        fill_rule: FillRule::NonZero,
        stroke: Some(stroke),
    };
    (!matches!(&shape.geometry, Geometry::Curve(curve) if curve.is_empty())).then_some(shape)
}

/// Returns all rectangles of one shade as one shape.
fn fills(shade: Shade, fills: &[Fill]) -> Option<Shape> {
    let mut curve = Curve(Vec::new());
    for [left, top, right, bottom] in
        fills.iter().filter(|fill| fill.shade == shade).map(|fill| fill.corners.map(Abs::mm))
    {
        curve.move_(Point::new(left, top));
        curve.line(Point::new(right, top));
        curve.line(Point::new(right, bottom));
        curve.line(Point::new(left, bottom));
        curve.close();
    }
    if curve.is_empty() {
        return None;
    }
    let luma = shade.luma();
    let fill = Some(Color::from_u8(luma, luma, luma, u8::MAX).into());
    Some(Shape { geometry: Geometry::Curve(curve), fill, fill_rule: FillRule::NonZero, stroke: None })
}

/// Sets the words of a line as one run. Between two words stands a space as wide as their gap: text that is
/// searched or copied has its words apart, and the file holds one run a line.
fn run(line: &TextLine) -> TextItem {
    let mut pen = Pen::new(line.style);
    for (index, word) in line.words.iter().enumerate() {
        if index > 0 {
            pen.space_to(word.x - line.words[0].x);
        }
        word.text.chars().for_each(|one| pen.write(one));
    }
    TextItem {
        font: pen.font,
        size: Abs::pt(line.style.size_pt),
        fill: Color::BLACK.into(),
        stroke: None,
        lang: Lang::RUSSIAN,
        region: None,
        text: pen.text,
        glyphs: pen.glyphs,
    }
}

/// Writes glyphs one after another.
struct Pen {
    style: Style,
    font: FontInstance,
    text: EcoString,
    glyphs: Vec<Glyph>,
    /// How far the pen has come, in ems.
    at: f64,
}

impl Pen {
    fn new(style: Style) -> Self {
        Self { style, font: font_instance(style.face), text: EcoString::new(), glyphs: Vec::new(), at: 0.0 }
    }

    fn write(&mut self, character: char) {
        let glyph = self.style.face.glyph(character);
        self.push(character, glyph.id, glyph.advance);
    }

    /// Moves to a place given in millimetres from the start of the line.
    fn space_to(&mut self, place: f64) {
        let gap = place / (self.style.size_pt * MM_PER_PT) - self.at;
        self.push(' ', self.style.face.glyph(' ').id, gap);
    }

    /// A line too long for the 16-bit places of a run is cut; no page is that wide.
    fn push(&mut self, character: char, id: u16, advance: f64) {
        let start = u16::try_from(self.text.len());
        let end = u16::try_from(self.text.len() + character.len_utf8());
        let (Ok(start), Ok(end)) = (start, end) else {
            return;
        };
        self.text.push(character);
        self.at += advance;
        self.glyphs.push(Glyph {
            id,
            x_advance: Em::new(advance),
            x_offset: Em::zero(),
            y_advance: Em::zero(),
            y_offset: Em::zero(),
            range: start..end,
            span: (Span::detached(), 0),
        });
    }
}
