//! Separates the letters of a template's text from their marks. The typesetter lets a letter and its mark
//! share one place in the text; readers of the PDF then find the letter twice, or the word split.

use ttf_parser::GlyphId;
use typst::layout::{Frame, FrameItem};
use typst::text::TextItem;

/// Gives every mark of a page a place of its own in the text.
pub(super) fn part(frame: &mut Frame) {
    frame.retain(|item| {
        match item {
            FrameItem::Text(text) => part_run(text),
            FrameItem::Group(group) => part(&mut group.frame),
            _ => {}
        }
        true
    });
}

/// A glyph for several characters that the font draws for one of them is given that one alone.
fn part_run(item: &mut TextItem) {
    let face = item.font.ttf();
    for glyph in &mut item.glyphs {
        let start = usize::from(glyph.range.start);
        let text = &item.text[start..usize::from(glyph.range.end)];
        let mut signs = text.char_indices().filter(|_| text.chars().nth(1).is_some());
        let own = signs.find(|(_, sign)| face.glyph_index(*sign) == Some(GlyphId(glyph.id)));
        if let Some((at, sign)) = own {
            let ends = [start + at, start + at + sign.len_utf8()];
            let [from, to] = ends.map(|end| u16::try_from(end).unwrap_or(u16::MAX));
            glyph.range = from..to;
        }
    }
}

#[cfg(test)]
mod tests {
    use typst::layout::{Abs, Em};
    use typst::syntax::Span;
    use typst::text::{Glyph, Lang};
    use typst::visualize::Color;

    use super::*;
    use crate::render::pdf::desk::font_instance;

    #[test]
    fn a_mark_that_shares_its_letters_place_gets_its_own() {
        let font = font_instance(0);
        let id = |sign| font.ttf().glyph_index(sign).expect("the font has the sign").0;
        let glyph = |sign, range| Glyph {
            id: id(sign),
            x_advance: Em::zero(),
            x_offset: Em::zero(),
            y_advance: Em::zero(),
            y_offset: Em::zero(),
            range,
            span: (Span::detached(), 0),
        };
        let glyphs = vec![glyph('о', 0..4), glyph('\u{301}', 0..4), glyph('к', 4..6)];
        let mut item = TextItem {
            font: font.clone(),
            size: Abs::pt(8.0),
            fill: Color::BLACK.into(),
            stroke: None,
            lang: Lang::RUSSIAN,
            region: None,
            text: "о\u{301}к".into(),
            glyphs,
        };
        part_run(&mut item);
        let ranges: Vec<_> = item.glyphs.iter().map(|glyph| glyph.range.clone()).collect();
        assert_eq!(ranges, [0..2, 2..4, 4..6]);
    }
}
