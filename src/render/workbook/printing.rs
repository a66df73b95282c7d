//! The print settings of a sheet: A4 landscape, its head on every page, readable letters.

use anyhow::Result;
use rust_xlsxwriter::Worksheet;

/// The format measures widths in digits, which are wider than most letters.
pub(super) const WIDTH_UNITS: f64 = 0.88;
/// ISO A4 in the format's list of papers.
const PAPER_A4: u8 = 9;
const MARGIN_INCHES: f64 = 0.4;
const BINDING_INCHES: f64 = 0.8;
/// Width of A4 landscape between these margins, in millimetres.
const PAPER: f64 = 297.0 - 25.4 * (MARGIN_INCHES + BINDING_INCHES);
/// A unit of a column's width, and the room around its text, in millimetres: 7 and 5 pixels.
const UNIT: f64 = 1.853;
const INSET: f64 = 1.323;
/// The same where a digit is not rounded to whole pixels.
const NARROW_UNIT: f64 = 1.765;
const NARROW_INSET: f64 = 1.26;
/// Letters may shrink to this share of their size: to eight points.
pub(super) const LEAST_SCALE: f64 = 8.0 / 9.0;

/// Sets paper, head and number of pages across: a wide table takes several, with its first columns on each.
pub(super) fn set_up(page: &mut Worksheet, header: u32, widths: &[f64], frozen: u16) -> Result<()> {
    let across = pages_across(widths, usize::from(frozen));
    page.set_landscape().set_paper_size(PAPER_A4).set_print_fit_to_pages(across, 0);
    page.set_repeat_rows(header, header)?;
    if across > 1 && frozen > 0 {
        page.set_repeat_columns(0, frozen - 1)?;
    }
    page.set_margins(BINDING_INCHES, MARGIN_INCHES, MARGIN_INCHES, 0.6, 0.3, 0.3);
    page.set_footer("&L&A&RСтр. &P из &N");
    Ok(())
}

/// Returns the width of a column in millimetres.
pub(super) fn millimetres(characters: f64) -> f64 {
    characters * WIDTH_UNITS * UNIT + INSET
}

/// Returns the room for text between the lines of a column in millimetres: programs that measure digits exactly, not in whole
/// pixels, have the narrowest columns.
pub(super) fn text_room(characters: f64) -> f64 {
    characters * WIDTH_UNITS * NARROW_UNIT + NARROW_INSET
}

/// Returns the width of a column that has so much room for text.
pub(super) fn characters(millimetres: f64) -> f64 {
    (millimetres - NARROW_INSET) / (WIDTH_UNITS * NARROW_UNIT)
}

/// Returns how wide the columns are together that stand on the first page.
pub(super) fn first_page(widths: &[f64]) -> f64 {
    let mut used = 0.0;
    for column in widths.iter().copied().map(millimetres) {
        if used > 0.0 && used + column > PAPER / LEAST_SCALE {
            break;
        }
        used += column;
    }
    used.min(PAPER / LEAST_SCALE)
}

/// Returns how many adjacent pages the columns take at a readable size; a column is not split.
fn pages_across(widths: &[f64], frozen: usize) -> u16 {
    let room = PAPER / LEAST_SCALE;
    let repeated: f64 = widths.iter().take(frozen).copied().map(millimetres).sum();
    let (mut pages, mut used) = (1, 0.0);
    for column in widths.iter().copied().map(millimetres) {
        if used + column > room && used > repeated {
            (pages, used) = (pages + 1, repeated);
        }
        used += column;
    }
    pages
}

#[cfg(test)]
mod tests {
    use super::*;

    fn across(widths: &[f64], frozen: usize) -> u16 {
        pages_across(widths, frozen)
    }

    #[test]
    fn a_wide_table_goes_on_several_pages_and_a_narrow_one_on_one() {
        assert_eq!(across(&[29.0; 6], 1), 1, "174 units have room");
        assert_eq!(across(&[29.0; 7], 1), 2);
        // Four columns of 29 fit beside the two repeated ones on each page.
        assert_eq!(across(&[29.0; 15], 2), 4);
        assert_eq!(across(&[400.0, 10.0], 1), 1, "a column that has no room anywhere stands alone");
        assert_eq!(across(&[], 0), 1);
    }
}
