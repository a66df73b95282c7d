//! Codes of the PAR2 files beside a bag. The bag itself stays valid without them.

use super::code::{Code, code};
use crate::verify::severity::ArchiveSeverity::Warning;

/// The files cannot repair anything.
pub(crate) const PARITY_UNREADABLE: Code = code(
    "A901",
    Warning,
    "файлы PAR2 рядом с пакетом не читаются: {0}",
    "the PAR2 files beside the bag cannot be read: {0}",
    "запишите их заново: letopis copy --parity; сам пакет от этого не пострадал",
    "write them anew: letopis copy --parity; the bag itself is not affected",
);

/// Some of it is lost.
pub(crate) const PARITY_DAMAGED: Code = code(
    "A902",
    Warning,
    "файлы PAR2 рядом с пакетом повреждены: целых блоков {0}, было {1}",
    "the PAR2 files beside the bag are damaged: {0} blocks are whole, there were {1}",
    "запишите их заново, пока пакет цел: letopis copy --parity",
    "write them anew while the bag is whole: letopis copy --parity",
);

/// It would repair the bag into another one.
pub(crate) const PARITY_OTHER: Code = code(
    "A903",
    Warning,
    "файлы PAR2 рядом с пакетом сделаны не от него: файл {0} в них другой",
    "the PAR2 files beside the bag are not of this bag: they have another file {0}",
    "запишите их заново: letopis copy --parity",
    "write them anew: letopis copy --parity",
);

/// Every code of this file.
pub(super) const ALL: &[Code] = &[PARITY_UNREADABLE, PARITY_DAMAGED, PARITY_OTHER];
