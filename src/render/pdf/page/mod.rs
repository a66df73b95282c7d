//! Adds drawings to the pages of a template, as the typesetter's own text runs and curves.

mod marks;
mod pen;

use typst::ecow::EcoVec;
use typst::layout::{Abs, Angle, Frame, FrameItem, Point, Size, Transform};
use typst::syntax::Span;
use typst::visualize::{Color, Curve, FillRule, FixedStroke, Geometry, Shape};
use typst_layout::{Page, PagedDocument};

use crate::render::drawing::{Drawing, Fill, Shade, TextLine, Weight};

/// Returns the document with the marks of letters separated from the letters in the text.
pub(super) fn part_marks(document: PagedDocument) -> PagedDocument {
    change_pages(document, |pages| pages.iter_mut().for_each(|page| marks::part(&mut page.frame)))
}

/// Returns the document with the drawings on its pages: the first drawing on the first page, and so on.
pub(super) fn draw(document: PagedDocument, drawings: &[Drawing]) -> PagedDocument {
    change_pages(document, |pages| {
        for (page, drawing) in pages.iter_mut().zip(drawings) {
            put(&mut page.frame, drawing);
        }
    })
}

fn change_pages(mut document: PagedDocument, change: impl FnOnce(&mut [Page])) -> PagedDocument {
    let mut pages: EcoVec<Page> = document.pages().into();
    change(pages.make_mut());
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
        if let Some(shape) = rules(weight, drawing) {
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
    let items = pen::items(line).into_iter().map(|(along, item)| (along, FrameItem::Text(item)));
    if line.upwards {
        let mut turned = Frame::soft(Size::zero());
        items.for_each(|(along, item)| turned.push(Point::with_x(along), item));
        turned.transform(Transform::rotate(Angle::deg(-90.0)));
        frame.push_frame(place, turned);
    } else {
        items.for_each(|(along, item)| frame.push(place + Point::with_x(along), item));
    }
}

/// Returns all rules of one weight as one curve: a page has two, not a hundred.
fn rules(weight: Weight, Drawing { rules, strokes, .. }: &Drawing) -> Option<Shape> {
    let mut curve = Curve(Vec::with_capacity(2 * rules.len()));
    for [x1, y1, x2, y2] in rules.iter().filter(|rule| rule.weight == weight).map(|rule| rule.ends) {
        curve.move_(Point::new(Abs::mm(x1), Abs::mm(y1)));
        curve.line(Point::new(Abs::mm(x2), Abs::mm(y2)));
    }
    let stroke = FixedStroke::from_pair(Color::BLACK, Abs::pt(strokes.points(weight)));
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
