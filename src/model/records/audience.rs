//! The audience of a course or a plan, with a cell for each kind of audience.

use super::people::{Class, Group, Pupil};
use crate::model::cells::{Codec, Reader, Writer};
use crate::model::columns::{Holds, Kind};
use crate::model::id::Id;
use crate::model::values::Text;

/// The classes, groups or pupils of a course, a plan or a group's lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// A whole class.
    Class(Id<Class>),
    /// A group.
    Group(Id<Group>),
    /// One pupil (only in the curriculum).
    Pupil(Id<Pupil>),
}

/// Two cells, of which one is filled: a class or a group.
pub(super) struct ClassOrGroup;

/// Three cells, of which one is filled: a class, a group or a pupil.
pub(super) struct ClassGroupOrPupil;

impl Codec<Audience> for ClassOrGroup {
    const HOLDS: Holds = Holds::any(Kind::Text);
    fn read(cells: &mut impl Reader) -> Audience {
        let class = cells.link().map(Audience::Class);
        let group = cells.link().map(Audience::Group);
        only(&[class, group], cells)
    }
    fn write(value: &Audience, cells: &mut impl Writer) {
        write_class_and_group(*value, cells);
    }
    fn nothing() -> Audience {
        NOBODY
    }
}

impl Codec<Audience> for ClassGroupOrPupil {
    const HOLDS: Holds = Holds::any(Kind::Text);
    fn read(cells: &mut impl Reader) -> Audience {
        let class = cells.link().map(Audience::Class);
        let group = cells.link().map(Audience::Group);
        let pupil = cells.link().map(Audience::Pupil);
        only(&[class, group, pupil], cells)
    }
    fn write(value: &Audience, cells: &mut impl Writer) {
        write_class_and_group(*value, cells);
        cells.put_text(if let Audience::Pupil(pupil) = *value { cells.key(pupil) } else { Text::new() });
    }
    fn nothing() -> Audience {
        NOBODY
    }
}

/// For a row that is not kept.
const NOBODY: Audience = Audience::Class(Id::NOWHERE);

fn only(given: &[Option<Audience>], cells: &mut impl Reader) -> Audience {
    let mut filled = given.iter().flatten();
    cells.one_alone(filled.clone().count());
    filled.next().copied().unwrap_or(NOBODY)
}

fn write_class_and_group(audience: Audience, cells: &mut impl Writer) {
    cells.put_text(if let Audience::Class(class) = audience { cells.key(class) } else { Text::new() });
    cells.put_text(if let Audience::Group(group) = audience { cells.key(group) } else { Text::new() });
}
