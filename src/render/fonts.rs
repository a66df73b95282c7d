//! The only fonts there are, inside the program: Liberation, under the SIL Open Font License (see `fonts/`).

use std::sync::LazyLock;

/// The font files, in the order of [`Face`].
pub(crate) const FILES: [&[u8]; 4] = [
    include_bytes!("../../fonts/LiberationSans-Regular.ttf"),
    include_bytes!("../../fonts/LiberationSans-Bold.ttf"),
    include_bytes!("../../fonts/LiberationSerif-Regular.ttf"),
    include_bytes!("../../fonts/LiberationSerif-Bold.ttf"),
];

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

/// A character as a font draws it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// Number in the font.
    pub id: u16,
    /// Advance width in ems.
    pub advance: f64,
}

/// Characters below this have a table of their own; Latin, Cyrillic, punctuation and signs all are.
const DIRECT: u32 = 0x2700;
/// Drawn where a font has no glyph: a reader sees that something stands there.
const MISSING: char = '□';

/// What a face knows of its characters.
struct Metrics {
    direct: Vec<Option<Glyph>>,
    missing: Glyph,
}

static METRICS: LazyLock<[Metrics; 4]> = LazyLock::new(|| FILES.map(Metrics::read));

impl Face {
    /// Returns how the face draws a character; one it lacks is drawn as an empty box.
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
