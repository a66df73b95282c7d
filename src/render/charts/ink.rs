//! What charts are drawn with: colours and hatchings that stay apart in grey.

/// A colour of light: red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

/// Text, axes, outlines.
pub const INK: Colour = Colour([0x1D, 0x27, 0x33]);
/// What says that something is missing, axes' numbers.
pub const QUIET: Colour = Colour([0x50, 0x5A, 0x64]);
/// Lines behind the data.
pub const GRID: Colour = Colour([0xC9, 0xCF, 0xD6]);
/// Bars, dots, hatchings.
pub const BLUE: Colour = Colour([0x12, 0x43, 0x6D]);
/// Paper.
pub const WHITE: Colour = Colour([0xFF, 0xFF, 0xFF]);
/// Grounds of a heat table from the least to the most.
pub const STEPS: [Colour; 5] =
    [WHITE, Colour([0xE1, 0xEA, 0xF2]), Colour([0xAF, 0xC8, 0xDE]), Colour([0x6E, 0x9C, 0xC6]), BLUE];

/// How much lighter a fill must be than the one beside it (WCAG 2.2, 1.4.11).
pub const LEAST_CONTRAST: f64 = 3.0;

impl Colour {
    /// Returns `#12436d`.
    pub fn code(self) -> String {
        let [red, green, blue] = self.0;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// Returns the colour as one number, red in the highest byte.
    pub fn number(self) -> u32 {
        let [red, green, blue] = self.0.map(u32::from);
        red << 16 | green << 8 | blue
    }

    /// Returns what a black and white printer makes of it.
    pub fn grey(self) -> Self {
        let [red, green, blue] = self.0.map(f64::from);
        // The weights of Rec. 601, which printers and PDF readers use.
        let luma = (0.299 * red + 0.587 * green + 0.114 * blue).round() as u8;
        Self([luma; 3])
    }

    /// Returns the relative luminance of WCAG from 0, black, to 1, white.
    pub fn luminance(self) -> f64 {
        let linear = self.0.map(|part| {
            let share = f64::from(part) / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    /// Returns how much lighter one of two colours is than the other: from 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance() + 0.05, other.luminance() + 0.05);
        (one / two).max(two / one)
    }

    /// Returns the colour of text that is read on this ground.
    pub fn text(self) -> Self {
        if self.contrast(INK) >= self.contrast(WHITE) { INK } else { WHITE }
    }
}

/// What an area is filled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// One colour.
    Plain(Colour),
    /// Blue strokes or points on white.
    Hatch(Hatch),
}

/// A hatching.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hatch {
    /// Broad strokes that rise, half of the ground.
    Dense,
    /// Fine strokes that fall, a seventh of the ground.
    Light,
    /// Points.
    Points,
}

/// How a hatching is drawn: the side of its tile and the breadth of a stroke or a point, in millimetres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tile {
    /// Side of the square that is repeated.
    pub side: f64,
    /// Breadth of a stroke; of a point, its diameter.
    pub breadth: f64,
}

impl Hatch {
    /// Every hatching.
    pub const ALL: [Self; 3] = [Self::Dense, Self::Light, Self::Points];

    /// Returns the name templates know it by.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dense => "dense",
            Self::Light => "light",
            Self::Points => "points",
        }
    }

    /// Returns its sizes.
    pub const fn tile(self) -> Tile {
        match self {
            Self::Dense => Tile { side: 1.3, breadth: 0.46 },
            Self::Light => Tile { side: 1.9, breadth: 0.2 },
            Self::Points => Tile { side: 1.3, breadth: 0.45 },
        }
    }
}

/// Fills of the parts of a whole, from the left.
pub const PARTS: [Fill; 5] = [
    Fill::Plain(BLUE),
    Fill::Hatch(Hatch::Dense),
    Fill::Hatch(Hatch::Light),
    Fill::Plain(WHITE),
    Fill::Hatch(Hatch::Points),
];

/// Returns the fill of a part of a whole.
pub fn of_part(part: usize) -> Fill {
    PARTS[part % PARTS.len()]
}

/// Tells whether two fills that touch can be told apart without colour: by three to one in grey, or by hatching.
pub fn differ(one: Fill, two: Fill) -> bool {
    match (one, two) {
        (Fill::Plain(one), Fill::Plain(two)) => one.grey().contrast(two.grey()) >= LEAST_CONTRAST,
        (one, two) => one != two,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        assert!((Colour([0; 3]).contrast(WHITE) - 21.0).abs() < 1e-9);
        // #767676 is the lightest grey that passes 4.5 on white.
        assert!(Colour([0x76; 3]).contrast(WHITE) >= 4.5 && Colour([0x77; 3]).contrast(WHITE) < 4.5);
        assert_eq!(BLUE.code(), "#12436d");
        assert_eq!(BLUE.number(), 0x0012_436D);
    }

    /// The parts of one whole touch in this order, and where a part is empty any two of them may.
    #[test]
    fn parts_of_a_whole_stay_apart_in_grey() {
        for (at, one) in PARTS.iter().enumerate() {
            for two in &PARTS[at + 1..] {
                assert!(differ(*one, *two), "{one:?} {two:?}");
            }
        }
        assert!(
            !differ(Fill::Plain(BLUE), Fill::Plain(Colour([0x80, 0x16, 0x50]))),
            "plum is as dark as blue"
        );
        assert!(!differ(PARTS[1], PARTS[1]));
    }

    /// Hatchings of one direction would be told apart by their darkness alone.
    #[test]
    fn hatchings_differ_in_how_much_they_cover_too() {
        let covered = |hatch: Hatch| {
            let Tile { side, breadth } = hatch.tile();
            match hatch {
                Hatch::Points => breadth * breadth * std::f64::consts::PI / 4.0 / (side * side),
                _ => breadth * std::f64::consts::SQRT_2 / side,
            }
        };
        assert!((0.45..0.55).contains(&covered(Hatch::Dense)));
        assert!(covered(Hatch::Light) < 0.16);
        assert!(covered(Hatch::Points) < 0.12);
    }

    #[test]
    fn text_is_read_on_every_ground_in_colour_and_in_grey() {
        for ground in STEPS {
            assert!(ground.text().contrast(ground) >= 4.5, "{ground:?}");
            assert!(ground.text().grey().contrast(ground.grey()) >= 4.5, "{ground:?}");
        }
        for quiet in [INK, QUIET, BLUE] {
            assert!(quiet.contrast(WHITE) >= 4.5);
        }
    }

    #[test]
    fn steps_of_a_heat_table_darken_in_grey() {
        let steps = STEPS.map(|step| step.grey().luminance());
        assert!(steps.windows(2).all(|pair| pair[0] / pair[1] > 1.15), "{steps:?}");
    }
}
