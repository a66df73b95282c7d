//! What is wrong with a register.

/// One fault of a register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineFault {
    /// Line in the file, from 1, the heading counted.
    pub line: usize,
    /// What is wrong.
    pub kind: FaultKind,
    /// Numbers of the events concerned, as text; may be empty.
    pub detail: String,
}

/// Kinds of faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultKind {
    /// The file went through a mail program or an editor; the detail says what changed.
    Reformatted,
    /// The heading is not that of a register.
    Heading,
    /// The last line has no end: either writing or the file was cut short.
    Cut,
    /// The line is not an event.
    Malformed,
    /// The line does not match its own digest.
    Edited,
    /// Lines are missing before this one.
    Removed,
    /// The line is in the wrong place.
    Reordered,
    /// The line stood here before.
    Duplicated,
    /// The line before was replaced by another with a correct digest.
    Rewritten,
    /// The name of a bag leads out of the archive.
    Outside,
}
