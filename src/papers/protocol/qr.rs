//! A QR code as shaded rectangles (ISO/IEC 18004, by the `qrcode` crate).

use qrcode::{Color, EcLevel, QrCode};

use crate::render::drawing::{Drawing, Shade};

/// Modules that stay white around a code, as the standard requires.
const QUIET: usize = 4;

/// Draws a code that fills a square of `side` millimetres; a text too long for any code draws nothing.
pub(super) fn draw(drawing: &mut Drawing, text: &str, [left, top]: [f64; 2], side: f64) {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else { return };
    let width = code.width();
    let module = side / (width + 2 * QUIET) as f64;
    let at = |edge: f64, place: usize| edge + (place + QUIET) as f64 * module;
    let colors = code.to_colors();
    for (y, row) in colors.chunks(width).enumerate() {
        // One rectangle for each run of dark modules: fewer marks, and no hairlines between neighbours.
        let mut x = 0;
        while x < width {
            let run = row[x..].iter().take_while(|color| **color == Color::Dark).count();
            if run > 0 {
                drawing.fill(Shade::Dark, [at(left, x), at(top, y), at(left, x + run), at(top, y + 1)]);
            }
            x += run.max(1);
        }
    }
}
