//! How native charts look: the colours, hatchings and letters of the charts on paper.

use rust_xlsxwriter::{
    ChartFont, ChartFormat, ChartLine, ChartMarker, ChartMarkerType, ChartPatternFill, ChartPatternFillType,
    ChartSolidFill,
};

use crate::base::shown;
use crate::render::charts::ink::{BLUE, Colour, Fill, Hatch, INK, WHITE};

/// Size of labels in points.
pub(super) const TEXT: f64 = 9.0;

pub(super) fn font(size: f64) -> ChartFont {
    let mut font = ChartFont::new();
    font.set_name("Arial").set_size(size).set_color(INK.number());
    font
}

pub(super) fn fill(colour: Colour) -> ChartSolidFill {
    let mut fill = ChartSolidFill::new();
    fill.set_color(colour.number());
    fill
}

pub(super) fn line(colour: Colour, width: f64) -> ChartLine {
    let mut line = ChartLine::new();
    line.set_color(colour.number()).set_width(width);
    line
}

/// Returns the look of an area with the fill it has on paper.
pub(super) fn area(part: Fill) -> ChartFormat {
    let mut format = ChartFormat::new();
    format.set_border(&line(INK, 0.75));
    match part {
        Fill::Plain(colour) => format.set_solid_fill(&fill(colour)),
        Fill::Hatch(hatch) => {
            let pattern = match hatch {
                Hatch::Dense => ChartPatternFillType::DiagonalStripesWideUpwards,
                Hatch::Light => ChartPatternFillType::DiagonalStripesLightDownwards,
                Hatch::Points => ChartPatternFillType::Dotted20Percent,
            };
            let mut fill = ChartPatternFill::new();
            fill.set_pattern(pattern)
                .set_foreground_color(BLUE.number())
                .set_background_color(WHITE.number());
            format.set_pattern_fill(&fill)
        }
    };
    format
}

pub(super) fn marker(kind: ChartMarkerType, is_open: bool) -> ChartMarker {
    let mut format = ChartFormat::new();
    format.set_solid_fill(&fill(if is_open { WHITE } else { BLUE })).set_border(&line(BLUE, 1.25));
    let mut marker = ChartMarker::new();
    marker.set_type(kind).set_size(7).set_format(&mut format);
    marker
}

/// Returns a text that stays a text on one line: the format's writer takes `=…` and `…!A1` for places of cells.
pub(super) fn words(text: &str) -> String {
    let text = shown::line(text);
    let mut safe = if text.starts_with('=') { "\u{a0}".to_owned() } else { String::new() };
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        safe.push(sign);
        if sign == '!' && signs.peek().is_some_and(|next| !next.is_whitespace()) {
            safe.push('\u{a0}');
        }
    }
    safe
}

/// Returns a label that is not broken into lines.
pub(super) fn unbroken(text: &str) -> String {
    words(text).replace(' ', "\u{a0}")
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn no_text_becomes_a_place_of_cells() {
        assert_eq!(words("=A1"), "\u{a0}=A1");
        assert_eq!(words("Урок!A1"), "Урок!\u{a0}A1");
        assert_eq!(words("Молодцы! Все успевают"), "Молодцы! Все успевают");
    }
}
