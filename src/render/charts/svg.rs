//! Pictures as SVG whose text is text.

use std::fmt::Write;

use super::ink::{BLUE, Fill, Hatch, INK, WHITE};
use super::picture::{Anchor, Area, Dash, Dot, Line, Picture, Words};
use crate::base::shown;
use crate::render::measure::MM_PER_PT;

/// The faces that are as wide as the one the layout was measured with.
const FACES: &str = "Liberation Sans, Arial, Helvetica, sans-serif";
const OUTLINE: f64 = 0.2;

/// Returns a picture as an SVG element. `name` begins its ids: no other picture of a page may have it.
pub(super) fn write(picture: &Picture, alt: &str, name: &str) -> String {
    let (width, height) = (number(picture.width), number(picture.height));
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" role=\"img\" aria-label=\"{}\" \
         viewBox=\"0 0 {width} {height}\" width=\"{width}mm\" height=\"{height}mm\" font-family=\"{FACES}\">\n",
        escaped(alt)
    );
    let mut hatches: Vec<Hatch> = picture.areas.iter().filter_map(hatch).collect();
    hatches.sort_unstable();
    hatches.dedup();
    for hatch in hatches {
        pattern(&mut out, hatch, name);
    }
    picture.back.iter().for_each(|one| line(&mut out, one));
    picture.areas.iter().for_each(|one| area(&mut out, one, name));
    picture.lines.iter().for_each(|one| line(&mut out, one));
    picture.dots.iter().for_each(|one| dot(&mut out, one));
    picture.words.iter().for_each(|one| words(&mut out, one));
    out.push_str("</svg>\n");
    out
}

fn hatch(area: &Area) -> Option<Hatch> {
    match area.fill {
        Fill::Hatch(hatch) => Some(hatch),
        Fill::Plain(_) => None,
    }
}

fn pattern(out: &mut String, hatch: Hatch, name: &str) {
    let tile = hatch.tile();
    let (side, breadth) = (tile.side, tile.breadth);
    let s = number(side);
    let _ = write!(
        out,
        "<pattern id=\"{name}-{}\" width=\"{s}\" height=\"{s}\" patternUnits=\"userSpaceOnUse\"><rect width=\"{s}\" \
         height=\"{s}\" fill=\"{}\"/>",
        hatch.name(),
        WHITE.code()
    );
    let half = number(side / 2.0);
    let _ = match hatch {
        Hatch::Points => write!(
            out,
            "<circle cx=\"{half}\" cy=\"{half}\" r=\"{}\" fill=\"{}\"/>",
            number(breadth / 2.0),
            BLUE.code()
        ),
        // The strokes beside the middle one fill the corners of the tile.
        Hatch::Dense => strokes(
            out,
            &[[-1.0, 1.0, 1.0, -1.0], [0.0, 1.0, 1.0, 0.0], [0.0, 2.0, 2.0, 0.0]],
            tile.side,
            breadth,
        ),
        Hatch::Light => strokes(
            out,
            &[[-1.0, 0.0, 1.0, 2.0], [0.0, 0.0, 1.0, 1.0], [0.0, -1.0, 2.0, 1.0]],
            tile.side,
            breadth,
        ),
    };
    out.push_str("</pattern>\n");
}

fn strokes(out: &mut String, ends: &[[f64; 4]], side: f64, breadth: f64) -> std::fmt::Result {
    let stroke = |[x, y, to_x, to_y]: &[f64; 4]| {
        let at = |share: &f64| number(share * side);
        format!("M{},{}L{},{}", at(x), at(y), at(to_x), at(to_y))
    };
    let path: String = ends.iter().map(stroke).collect();
    write!(out, "<path d=\"{path}\" stroke=\"{}\" stroke-width=\"{}\"/>", BLUE.code(), number(breadth))
}

fn area(out: &mut String, area: &Area, name: &str) {
    let [x, y, width, height] = area.place.map(number);
    let fill = match area.fill {
        Fill::Plain(colour) => colour.code(),
        Fill::Hatch(hatch) => format!("url(#{name}-{})", hatch.name()),
    };
    let outline = if area.is_outlined {
        format!(" stroke=\"{}\" stroke-width=\"{OUTLINE}\"", INK.code())
    } else {
        String::new()
    };
    let _ = writeln!(
        out,
        "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{fill}\"{outline}/>"
    );
}

fn line(out: &mut String, line: &Line) {
    let [x, y, to_x, to_y] = line.ends.map(number);
    let lengths: Vec<String> = line.dash.lengths().iter().map(|one| number(*one)).collect();
    let dash = if line.dash == Dash::Whole {
        String::new()
    } else {
        format!(" stroke-dasharray=\"{}\"", lengths.join(" "))
    };
    let _ = writeln!(
        out,
        "<line x1=\"{x}\" y1=\"{y}\" x2=\"{to_x}\" y2=\"{to_y}\" stroke=\"{}\" stroke-width=\"{}\"{dash}/>",
        line.colour.code(),
        number(line.breadth)
    );
}

fn dot(out: &mut String, dot: &Dot) {
    let fill = if dot.is_open { WHITE } else { BLUE }.code();
    let edge = format!("fill=\"{fill}\" stroke=\"{}\" stroke-width=\"0.35\"", BLUE.code());
    let corners = dot.corners();
    let _ = if corners.is_empty() {
        let [x, y] = dot.at.map(number);
        writeln!(out, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{}\" {edge}/>", number(dot.radius))
    } else {
        let points: Vec<String> =
            corners.iter().map(|[x, y]| format!("{},{}", number(*x), number(*y))).collect();
        writeln!(out, "<polygon points=\"{}\" {edge}/>", points.join(" "))
    };
}

fn words(out: &mut String, words: &Words) {
    let anchor = match words.anchor {
        Anchor::Start => "",
        Anchor::Middle => " text-anchor=\"middle\"",
        Anchor::End => " text-anchor=\"end\"",
    };
    let (x, y) = (number(words.x), number(words.y));
    let turn = if words.is_upwards { format!(" transform=\"rotate(-90 {x} {y})\"") } else { String::new() };
    let ground = if words.has_ground {
        format!(
            " stroke=\"{}\" stroke-width=\"0.9\" stroke-linejoin=\"round\" paint-order=\"stroke\"",
            WHITE.code()
        )
    } else {
        String::new()
    };
    let weight = if words.is_bold { " font-weight=\"bold\"" } else { "" };
    let _ = writeln!(
        out,
        "<text x=\"{x}\" y=\"{y}\" font-size=\"{}\" fill=\"{}\"{anchor}{weight}{turn}{ground}>{}</text>",
        number(words.size * MM_PER_PT),
        words.colour.code(),
        escaped(&words.text)
    );
}

/// Returns millimetres to the hundredth, with no more digits than needed.
fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in shown::line(text).chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            sign => out.push(sign),
        }
    }
    out
}
