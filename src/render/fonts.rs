//! The four faces that documents name, and how they draw single characters. `shaping` sets the characters
//! that they lack.

use std::sync::LazyLock;

use crate::base::signs::{DIRECT, FILES, OWN};

/// A font of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// Liberation Sans.
    Sans = 0,
    /// Liberation Sans Bold.
    SansBold = 1,
    /// Liberation Serif.
    Serif = 2,
    /// Liberation Serif Bold.
    SerifBold = 3,
}

/// The faces of one design.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Family {
    /// Liberation Sans.
    #[default]
    Sans,
    /// Liberation Serif.
    Serif,
}

impl Family {
    /// Returns the face for running text.
    pub const fn plain(self) -> Face {
        match self {
            Self::Sans => Face::Sans,
            Self::Serif => Face::Serif,
        }
    }

    /// Returns the face for heads and sums.
    pub const fn bold(self) -> Face {
        match self {
            Self::Sans => Face::SansBold,
            Self::Serif => Face::SerifBold,
        }
    }
}

/// A character as a font draws it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// Number in the font.
    pub id: u16,
    /// Advance width in ems.
    pub advance: f64,
}

/// Drawn where a font has no glyph, so that a reader sees that something is missing.
const MISSING: char = '□';

/// A face's data on its characters.
struct Metrics {
    direct: Vec<Option<Glyph>>,
    missing: Glyph,
}

static METRICS: LazyLock<Vec<Metrics>> =
    LazyLock::new(|| FILES[..OWN].iter().map(|file| Metrics::read(file)).collect());

impl Face {
    /// Returns how the face draws a single character; one that it lacks is an empty box.
    pub fn glyph(self, character: char) -> Glyph {
        let metrics = &METRICS[self as usize];
        metrics.direct.get(character as usize).copied().flatten().unwrap_or(metrics.missing)
    }
}

impl Metrics {
    fn read(file: &[u8]) -> Self {
        let face = ttf_parser::Face::parse(file, 0).expect("the fonts in the program can be read");
        let em = f64::from(face.units_per_em());
        let glyph = |character: char| {
            let id = face.glyph_index(character)?;
            Some(Glyph { id: id.0, advance: f64::from(face.glyph_hor_advance(id)?) / em })
        };
        let direct = (0..DIRECT).map(|code| char::from_u32(code).and_then(glyph)).collect();
        let missing = glyph(MISSING).expect("the fonts in the program have the empty box");
        Self { direct, missing }
    }
}
