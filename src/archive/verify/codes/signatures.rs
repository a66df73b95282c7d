//! Signatures over tag files and the register.

use super::{Code, code};
use crate::archive::verify::report::Severity::*;

pub(in crate::archive::verify) const SIGNATURE_BROKEN: Code = code(
    "A701",
    Error,
    "подпись неверна",
    "the signature is broken",
    "возьмите файл и подпись к нему из другой копии или подпишите заново",
    "take the file and its signature from another copy, or sign again",
);
pub(in crate::archive::verify) const SIGNATURE_UNCHECKED: Code = code(
    "A702",
    Unchecked,
    "подпись не проверена",
    "the signature was not checked",
    "проверьте её программой, которой она создана",
    "check it with the program that made it",
);
pub(in crate::archive::verify) const SIGNED_FILE_ABSENT: Code = code(
    "A703",
    Unchecked,
    "нет файла «{0}», к которому эта подпись",
    "the file '{0}' that this signature is over is absent",
    "возьмите его из другой копии пакета",
    "take it from another copy of the bag",
);

/// Every code of this file.
pub(super) const ALL: &[Code] = &[SIGNATURE_BROKEN, SIGNATURE_UNCHECKED, SIGNED_FILE_ABSENT];
