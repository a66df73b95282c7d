//! Lays out text whose characters are not simply in a row: letters with marks, scripts that Liberation lacks,
//! scripts from right to left. Each stretch uses the first face that has its characters, in the way of its
//! script.

use std::ops::Range;
use std::sync::LazyLock;

use unicode_bidi::{BidiInfo, Level};
use unicode_script::{Script, UnicodeScript};
use unicode_segmentation::UnicodeSegmentation;

use super::fonts::Face;
use crate::base::signs::{FILES, Faces, is_ignorable, is_plain, printable};

/// A stretch of a line in one face, its glyphs from left to right.
pub(super) struct Run {
    /// The index of the program's font file.
    pub(super) face: usize,
    /// The text, in reading order.
    pub(super) text: String,
    pub(super) glyphs: Vec<PlacedGlyph>,
}

/// A glyph of a run, measured in ems.
pub(super) struct PlacedGlyph {
    pub(super) id: u16,
    pub(super) advance: f64,
    /// Its offset from its place.
    pub(super) offset: [f64; 2],
    /// The part of the text that it shows, alone or with its neighbours.
    pub(super) range: Range<usize>,
}

impl Run {
    /// Returns how wide the run is, in ems.
    pub(super) fn advance(&self) -> f64 {
        self.glyphs.iter().map(|glyph| glyph.advance).sum()
    }
}

/// Returns the width of a text in ems.
pub(super) fn advance(face: Face, text: &str) -> f64 {
    if is_plain(text) {
        return text.chars().map(|one| face.glyph(one).advance).sum();
    }
    runs(face, text).iter().map(Run::advance).sum()
}

/// Lays out a line of text; the runs are side by side from left to right.
pub(super) fn runs(face: Face, text: &str) -> Vec<Run> {
    let text = printable(text).replace('\n', " ");
    let order = BidiInfo::new(&text, Some(Level::ltr()));
    let mut runs = Vec::new();
    for paragraph in &order.paragraphs {
        let (levels, stretches) = order.visual_runs(paragraph, paragraph.range.clone());
        for stretch in stretches {
            let is_from_right = levels[stretch.start].is_rtl();
            let mut pieces = pieces(face, &text[stretch]);
            if is_from_right {
                pieces.reverse();
            }
            runs.extend(pieces.into_iter().map(|piece| piece.set(is_from_right)));
        }
    }
    runs
}

/// A stretch of one direction, face and script.
struct Piece<'a> {
    face: usize,
    script: Script,
    text: &'a str,
}

/// Splits a stretch of one direction where the face or the script changes; a letter stays with its marks.
fn pieces(face: Face, text: &str) -> Vec<Piece<'_>> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut start = 0;
    for (at, cluster) in text.grapheme_indices(true) {
        let chosen = faces_of(cluster).choose(face as usize);
        let script = cluster.chars().map(|one| one.script()).find(|script| is_own(*script));
        match pieces.last_mut() {
            Some(last) if last.face == chosen && goes_with(last.script, script) => {
                last.script = script.unwrap_or(last.script);
                last.text = &text[start..at + cluster.len()];
            }
            _ => {
                start = at;
                pieces.push(Piece { face: chosen, script: script.unwrap_or(Script::Common), text: cluster });
            }
        }
    }
    pieces
}

fn faces_of(cluster: &str) -> Faces {
    let signs = cluster.chars().filter(|sign| !is_ignorable(*sign));
    signs.fold(Faces::ALL, |faces, sign| faces.and(Faces::of(sign)))
}

/// Returns whether a script has letters of its own: digits, spaces and marks go with any script.
fn is_own(script: Script) -> bool {
    !matches!(script, Script::Common | Script::Inherited | Script::Unknown)
}

fn goes_with(before: Script, script: Option<Script>) -> bool {
    script.is_none_or(|script| script == before || !is_own(before))
}

static SETTERS: LazyLock<Vec<rustybuzz::Face<'static>>> = LazyLock::new(|| {
    let read = |file: &&'static [u8]| {
        rustybuzz::Face::from_slice(file, 0).expect("the fonts in the program can be read")
    };
    FILES.iter().map(read).collect()
});

impl Piece<'_> {
    fn set(self, is_from_right: bool) -> Run {
        let setter = &SETTERS[self.face];
        let mut buffer = rustybuzz::UnicodeBuffer::new();
        buffer.push_str(self.text);
        buffer.set_direction(if is_from_right {
            rustybuzz::Direction::RightToLeft
        } else {
            rustybuzz::Direction::LeftToRight
        });
        buffer.guess_segment_properties();
        buffer.set_flags(rustybuzz::BufferFlags::REMOVE_DEFAULT_IGNORABLES);
        // A mark with the same place in the text as its letter would be read as the end of a word.
        buffer.set_cluster_level(rustybuzz::BufferClusterLevel::MonotoneCharacters);
        let set = rustybuzz::shape(setter, &[], buffer);
        let em = f64::from(setter.units_per_em());
        let ranges = ranges(set.glyph_infos(), self.text.len());
        let places = set.glyph_infos().iter().zip(set.glyph_positions()).zip(ranges);
        let glyphs = places.map(|((info, place), range)| PlacedGlyph {
            id: u16::try_from(info.glyph_id).unwrap_or(0),
            advance: f64::from(place.x_advance) / em,
            offset: [f64::from(place.x_offset) / em, f64::from(place.y_offset) / em],
            range,
        });
        Run { face: self.face, text: self.text.to_owned(), glyphs: glyphs.collect() }
    }
}

/// Returns the part of the text that each glyph shows; glyphs that show something together share it.
fn ranges(glyphs: &[rustybuzz::GlyphInfo], length: usize) -> Vec<Range<usize>> {
    let mut starts: Vec<usize> = glyphs.iter().map(|glyph| glyph.cluster as usize).collect();
    starts.sort_unstable();
    starts.dedup();
    let end = |start: usize| {
        let next = starts.partition_point(|other| *other <= start);
        starts.get(next).copied().unwrap_or(length)
    };
    glyphs.iter().map(|glyph| glyph.cluster as usize).map(|start| start..end(start)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        runs(Face::Sans, text).into_iter().map(|run| run.text).collect()
    }

    #[test]
    fn a_text_is_cut_where_the_face_changes() {
        assert_eq!(texts("Иван გიორგი 5А"), ["Иван ", "გიორგი", " 5А"]);
        assert!(runs(Face::Serif, "Ա★∠ა").iter().all(|run| run.glyphs.iter().all(|glyph| glyph.id != 0)));
    }

    #[test]
    fn a_mark_takes_no_room_and_stands_with_its_letter() {
        let [with, without] = ["за\u{301}мок", "замок"].map(|text| advance(Face::Sans, text));
        assert!((with - without).abs() < 0.05, "{with} {without}");
        let set = runs(Face::Sans, "за\u{301}мок");
        let mark = set[0].glyphs.iter().find(|glyph| glyph.advance == 0.0).expect("the mark has no width");
        assert_eq!(&set[0].text[mark.range.clone()], "\u{301}");
    }

    #[test]
    fn hebrew_and_arabic_run_from_the_right() {
        let set = runs(Face::Sans, "שלום");
        let starts: Vec<usize> = set[0].glyphs.iter().map(|glyph| glyph.range.start).collect();
        assert_eq!(starts, [6, 4, 2, 0]);
        // Joined letters have other glyphs than single ones.
        let glyphs =
            |text: &str| runs(Face::Sans, text)[0].glyphs.iter().map(|one| one.id).collect::<Vec<_>>();
        assert_ne!(glyphs("مم"), [glyphs("م"), glyphs("م")].concat());
    }

    #[test]
    fn runs_of_both_directions_stand_as_they_are_read() {
        assert_eq!(texts("Али (محمد), 5А").concat(), "Али (محمد), 5А");
        let line = texts("שלום محمد");
        assert_eq!(line.first().map(String::as_str), Some("محمد"), "{line:?}");
    }
}
