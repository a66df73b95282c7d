//! All fonts of the program, and which of them has a character. All are under the SIL Open Font License (see
//! `fonts/`).

use std::sync::LazyLock;

use ttf_parser::Face;

/// How many Liberation faces come first: every document names one of them; the others help if it lacks a
/// character.
pub(crate) const OWN: usize = 4;

/// The font files: Sans, Sans Bold, Serif, Serif Bold, then the helping faces, letters before symbols.
pub(crate) const FILES: [&[u8]; 12] = [
    include_bytes!("../../../fonts/LiberationSans-Regular.ttf"),
    include_bytes!("../../../fonts/LiberationSans-Bold.ttf"),
    include_bytes!("../../../fonts/LiberationSerif-Regular.ttf"),
    include_bytes!("../../../fonts/LiberationSerif-Bold.ttf"),
    include_bytes!("../../../fonts/NotoSans-Regular.ttf"),
    include_bytes!("../../../fonts/NotoSansGeorgian-Regular.ttf"),
    include_bytes!("../../../fonts/NotoSansArmenian-Regular.ttf"),
    include_bytes!("../../../fonts/NotoSansHebrew-Regular.ttf"),
    include_bytes!("../../../fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../../../fonts/NotoSansSymbols-Regular.ttf"),
    include_bytes!("../../../fonts/NotoSansSymbols2-Regular.ttf"),
    include_bytes!("../../../fonts/NotoSansMath-Regular.ttf"),
];

static FACES: LazyLock<Vec<Face<'static>>> = LazyLock::new(|| {
    let read = |file: &&'static [u8]| Face::parse(file, 0).expect("the fonts in the program can be read");
    FILES.iter().map(read).collect()
});

/// Faces as bits, the first of [`FILES`] the lowest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Faces(u16);

impl Faces {
    /// Every face.
    pub(crate) const ALL: Self = Self((1 << FILES.len()) - 1);
    const OWN: Self = Self((1 << OWN) - 1);

    /// Returns the faces that have a character. All Liberation faces have it or none has, so that a text may
    /// use any of them.
    pub(crate) fn of(sign: char) -> Self {
        let has = |face: &Face<'_>| face.glyph_index(sign).is_some_and(|glyph| glyph.0 != 0);
        let found = FACES.iter().enumerate().filter(|(_, face)| has(face));
        let bits = found.fold(0, |bits, (index, _)| bits | 1 << index);
        if bits & Self::OWN.0 == Self::OWN.0 { Self(bits) } else { Self(bits & !Self::OWN.0) }
    }

    /// Returns the faces that are among both.
    pub(crate) fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Tells whether there is none.
    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Tells whether Liberation is among them.
    pub(crate) fn has_own(self) -> bool {
        self.0 & Self::OWN.0 == Self::OWN.0
    }

    /// Returns the face for a text that names one of Liberation's: this one, or the first that helps.
    pub(crate) fn choose(self, wanted: usize) -> usize {
        if self.0 & 1 << wanted != 0 { wanted } else { self.0.trailing_zeros() as usize % FILES.len() }
    }
}
