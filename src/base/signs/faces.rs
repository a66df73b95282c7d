//! All fonts of the program, and which of them has a character. All are under the SIL Open Font License (see
//! `fonts/`).

use std::sync::LazyLock;

use ttf_parser::Face;

/// How many Liberation faces come first: every document names one of them; the others help if it lacks a
/// character.
pub(crate) const OWN: usize = 4;

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        /// The font files: Sans, Sans Bold, Serif, Serif Bold, then the faces that help, the letters before the symbols.
        pub(crate) const FILES: [&[u8]; 12] = [$(include_bytes!(concat!("../../../fonts/", $name))),+];
        /// Their names.
        const FILE_NAMES: [&str; 12] = [$($name),+];
    };
}

files!(
    "LiberationSans-Regular.ttf",
    "LiberationSans-Bold.ttf",
    "LiberationSerif-Regular.ttf",
    "LiberationSerif-Bold.ttf",
    "NotoSans-Regular.ttf",
    "NotoSansGeorgian-Regular.ttf",
    "NotoSansArmenian-Regular.ttf",
    "NotoSansHebrew-Regular.ttf",
    "NotoSansArabic-Regular.ttf",
    "NotoSansSymbols-Regular.ttf",
    "NotoSansSymbols2-Regular.ttf",
    "NotoSansMath-Regular.ttf",
);

/// Walks the font files by name.
pub(crate) fn font_files() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    FILE_NAMES.into_iter().zip(FILES)
}

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
